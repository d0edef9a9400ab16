//! The tags that `A` carried to the other places of a name, until the editor has looked at them.

use crate::annot::{LabelId, SpanId};

/// Tags made in one go, each of which can still be vetoed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Propagation {
    /// The name.
    pub text: String,
    /// Its label.
    pub label: LabelId,
    /// The tags that were made, in the order of the text; vetoed ones are gone from it.
    pub spans: Vec<SpanId>,
    /// Which of them is being looked at.
    pub current: usize,
}
