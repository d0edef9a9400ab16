//! Who or what the tags name, and how they hang together.

use super::{LabelId, SpanId};

/// The number of an entity: `e2` in the saved file is 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// A person, an organisation … that several tags may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What spans refer to.
    pub id: EntityId,
    /// The label that its tags have.
    pub label: LabelId,
    /// What it is called.
    pub name: String,
}

/// Something said of two spans: `held_by`, `at_time`, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Its name in the saved file.
    pub id: String,
    /// What holds between the two.
    pub label: String,
    /// The span it is said of.
    pub from: SpanId,
    /// The span it points to.
    pub to: SpanId,
}
