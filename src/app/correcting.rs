//! Correcting the characters of the reading text.

use std::collections::HashMap;

use crate::annot::{Span, SpanId};

/// Whether the text can be typed into, and what typing goes on with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Correcting {
    /// Whether keys type.
    pub is_on: bool,
    /// The number of the block in which that was begun or which was changed last.
    pub block: usize,
    /// Tags whose characters at the caret were taken out in this step: what is typed there now is theirs, for taking out
    /// and typing anew is how a misread name is corrected. One that lost all its characters comes back once half of them
    /// are typed again.
    pub open_tags: Vec<Span>,
    /// What the tags that typing has touched in this step named before it.
    pub names: HashMap<SpanId, String>,
    /// The notice that names the tags lost in this step, and they with their names.
    pub lost: Option<(u64, Vec<(SpanId, String)>)>,
}

impl Correcting {
    /// Ends what typing goes on with: the caret was put elsewhere.
    pub fn close(&mut self) {
        self.open_tags.clear();
        self.names.clear();
    }
}
