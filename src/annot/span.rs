//! One tag: where it stands and what it says.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{EntityId, LabelId};
use crate::text::CharRange;

/// The number of a span: `s12` in the saved file is 12.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpanId(pub u32);

/// Whether the editor stands by a tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The editor made it or agreed.
    #[default]
    Accepted,
    /// Proposed and not yet judged.
    Suggested,
    /// Proposed and turned down; kept so that it is not proposed again.
    Rejected,
}

impl Status {
    /// Its name in the saved file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Suggested => "suggested",
            Self::Rejected => "rejected",
        }
    }
}

/// Where a tag comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The editor's hand.
    #[default]
    Hand,
    /// The grammar of figures, or another rule.
    Rule,
    /// A list of names.
    Dictionary,
    /// A learned tagger.
    Model,
    /// Another mention of a tagged name.
    Propagated,
    /// A file of another program.
    Imported,
}

impl Origin {
    /// Its name in the saved file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::Rule => "rule",
            Self::Dictionary => "dictionary",
            Self::Model => "model",
            Self::Propagated => "propagated",
            Self::Imported => "imported",
        }
    }
}

/// What a tag says, apart from where it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    /// The kind of thing it names.
    pub label: LabelId,
    /// Whether the editor stands by it.
    pub status: Status,
    /// Where it comes from.
    pub origin: Origin,
    /// How sure its maker was, 0 to 1, as it was written.
    pub score: Option<serde_json::Number>,
    /// Which entity it is a mention of.
    pub entity: Option<EntityId>,
    /// A remark of the editor's.
    pub note: String,
    /// What a figure or a time means (the saved file's `value`).
    pub value: Option<Value>,
}

/// A tag. Small, because documents have half a million: what it says is shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Its own number, which it keeps when it is moved or relabelled.
    pub id: SpanId,
    /// The characters of the reading text that it covers; never empty.
    pub range: CharRange,
    /// What it says.
    pub mark: Arc<Mark>,
}

impl Span {
    /// The same tag on other characters.
    #[must_use]
    pub fn on(&self, range: CharRange) -> Self {
        Self { range, ..self.clone() }
    }

    /// The same tag after `change` to what it says.
    #[must_use]
    pub fn saying(&self, change: impl FnOnce(&mut Mark)) -> Self {
        let mut mark = Mark::clone(&self.mark);
        change(&mut mark);
        Self {
            mark: Arc::new(mark),
            ..self.clone()
        }
    }

    /// The order of a document: by start, the longest first, then by age.
    #[must_use]
    pub fn order(&self) -> (u32, std::cmp::Reverse<u32>, SpanId) {
        (self.range.start.0, std::cmp::Reverse(self.range.end.0), self.id)
    }
}
