//! The find bar.

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
    /// For which text, pattern and kind `found` holds.
    pub searched: Option<(u64, String, bool)>,
    /// The match being looked at.
    pub current: Option<CharRange>,
}
