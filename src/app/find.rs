//! The find bar.

use std::path::PathBuf;
use std::sync::Arc;

use super::model::SheetId;
use crate::annot::search::Preview;
use crate::text::CharRange;

/// What is looked for, and where the editor is among what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    /// Whether the bar is open.
    pub is_open: bool,
    /// Whether the field should take the focus.
    pub wants_focus: bool,
    /// What was typed.
    pub pattern: String,
    /// Whether it is a regular expression.
    pub is_regex: bool,
    /// Why it cannot be looked for.
    pub error: Option<String>,
    /// For which article, revision, pattern and kind its `found` holds.
    pub searched: Option<(SheetId, u64, String, bool)>,
    /// The match being looked at.
    pub current: Option<CharRange>,
    /// Whether the row for replacing is open.
    pub replaces: bool,
    /// What shall stand in the place of what was found.
    pub template: String,
    /// Whether the editor has been in the field for it since the bar was opened: until then an empty one asks for nothing.
    pub is_template_meant: bool,
    /// What replacing would do.
    pub previewed: Previewed,
}

impl Find {
    /// Whether what was found shall be taken out, with nothing in its place.
    #[must_use]
    pub fn takes_out(&self) -> bool {
        self.template.is_empty() && self.is_template_meant
    }

    /// Whether it is said what shall be done with what was found.
    #[must_use]
    pub fn is_replacement_said(&self) -> bool {
        !self.template.is_empty() || self.is_template_meant
    }
}

/// What replacing would do in each place, and when that was worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Previewed {
    /// The revision, file, pattern, kind and template that `previews` holds for.
    pub asked: Option<(u64, PathBuf, String, bool, String)>,
    /// The places that would change.
    pub previews: Arc<Vec<Preview>>,
    /// Where they are.
    pub places: Arc<Vec<CharRange>>,
    /// Why nothing can be put in the place of what was found.
    pub error: Option<String>,
    /// The number of the place that the list was last scrolled to; where the editor scrolls it since, it stays.
    pub scrolled_to: Option<usize>,
}
