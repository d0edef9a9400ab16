//! What a step has changed: each touched part as it was before and as it is after.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::annot::dismissal::Dismissal;
use crate::annot::document::BlockMark;
use crate::annot::{Document, Entity, EntityId, LabelSet, Mark, Meta, Relation, Span, SpanId};
use crate::text::{ChangeSet, CharRange};

/// A tag as it was at some moment.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    pub(super) range: CharRange,
    pub(super) mark: Arc<Mark>,
    pub(super) words: String,
    pub(super) entity: Option<String>,
}

impl Told {
    pub(super) fn of(document: &Document, id: SpanId) -> Option<Self> {
        Some(Self::new(document, document.spans().get(id)?))
    }

    pub(super) fn new(document: &Document, span: &Span) -> Self {
        Self {
            range: span.range,
            mark: Arc::clone(&span.mark),
            words: document.covered(span).to_owned(),
            entity: span.mark.entity.map(|entity| document.entity_name(entity)),
        }
    }

    pub(super) fn fields(&self) -> Map<String, Value> {
        let (start, end) = <(u32, u32)>::from(self.range);
        let mark = &self.mark;
        let mut fields = Map::new();
        let mut put = |key: &str, value: Value| fields.insert(key.to_owned(), value);
        put("label", mark.label.as_str().into());
        put("start", start.into());
        put("end", end.into());
        put("text", self.words.as_str().into());
        put("status", mark.status.as_str().into());
        put("origin", mark.origin.as_str().into());
        if let Some(entity) = &self.entity {
            put("entity", entity.as_str().into());
        }
        if !mark.note.is_empty() {
            put("note", mark.note.as_str().into());
        }
        if let Some(value) = &mark.value {
            put("value", value.clone());
        }
        fields
    }
}

/// A tag before and after a step.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) before: Option<Told>,
    /// What it was first, if the step made it and changed it.
    pub(super) made: Option<Told>,
    pub(super) after: Option<Told>,
}

/// A list before and after a step, where it was touched.
pub(super) type Lists<T> = Option<(Arc<Vec<T>>, Arc<Vec<T>>)>;
pub(super) type BlockChange = (Option<BlockMark>, BlockMark, CharRange);

/// What a step has changed.
#[derive(Clone, Debug, Default)]
pub struct Step {
    pub(super) change: ChangeSet,
    pub(super) spans: BTreeMap<SpanId, Tag>,
    pub(super) blocks: BTreeMap<usize, BlockChange>,
    pub(super) moved: Vec<(usize, usize)>,
    pub(super) entities: Lists<Entity>,
    pub(super) relations: Lists<Relation>,
    pub(super) labels: Option<(Arc<LabelSet>, Arc<LabelSet>)>,
    pub(super) meta: Option<(Meta, Meta)>,
    pub(super) dismissals: Lists<Dismissal>,
    pub(super) entity_names: BTreeMap<EntityId, String>,
    pub(super) span_names: BTreeMap<SpanId, String>,
    /// What the figures cover of whose facts a part was taken back or given back, by the names of their tags.
    pub(super) figures: BTreeMap<String, String>,
}

impl Step {
    /// This step, and `next`, which was made right after it, as one.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        let back = self.change.inverse();
        for (id, mut tag) in next.spans {
            if let Some(first) = self.spans.get_mut(&id) {
                first.after = tag.after;
            } else {
                if let Some(before) = &mut tag.before {
                    before.range = back.map_range(before.range);
                }
                self.spans.insert(id, tag);
            }
        }
        for (number, (before, after, range)) in next.blocks {
            let first = self.blocks.get(&number).map_or(before, |(before, ..)| *before);
            self.blocks.insert(number, (first, after, range));
        }
        self.change = self.change.then(&next.change);
        self.moved.extend(next.moved);
        self.entities = joined(self.entities, next.entities);
        self.relations = joined(self.relations, next.relations);
        self.labels = joined(self.labels, next.labels);
        self.meta = joined(self.meta, next.meta);
        self.dismissals = joined(self.dismissals, next.dismissals);
        self.entity_names.extend(next.entity_names);
        self.span_names.extend(next.span_names);
        self.figures.extend(next.figures);
        self
    }
}

fn joined<T>(first: Option<(T, T)>, second: Option<(T, T)>) -> Option<(T, T)> {
    match (first, second) {
        (Some((before, _)), Some((_, after))) => Some((before, after)),
        (first, second) => first.or(second),
    }
}
