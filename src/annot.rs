//! What the editor says about a text: tags, the entities they name, and every change of them with its way back.

pub mod check;
pub mod dismissal;
pub mod document;
pub mod edit;
pub mod entity;
pub mod fact;
pub mod history;
pub mod journal;
pub mod label;
pub mod lines;
pub mod lost;
pub mod occurrences;
pub mod realign;
mod reorder;
pub mod search;
pub mod span;
pub mod spans;

pub use document::{Document, DocumentStatus, Meta, Source};
pub use edit::{Edit, EditError};
pub use entity::{Entity, EntityId, Relation};
pub use history::History;
pub use label::{Label, LabelId, LabelSet};
pub use lost::LostTag;
pub use span::{Mark, Origin, Span, SpanId, Status};
pub use spans::Spans;
