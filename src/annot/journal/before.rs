//! What an edit will touch, taken down before it is made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::step::{Step, Tag, Told};
use crate::annot::dismissal::Dismissal;
use crate::annot::document::BlockMark;
use crate::annot::fact::taken_back;
use crate::annot::{Document, Edit, Entity, LabelSet, Meta, Relation, Span, SpanId};
use crate::text::ChangeSet;

/// What an edit will touch, as it is before it.
#[derive(Clone, Debug, Default)]
pub struct Before {
    change: ChangeSet,
    spans: BTreeMap<SpanId, Option<Told>>,
    /// New tags as they were first, where the step itself changes them again.
    made: BTreeMap<SpanId, Told>,
    /// `None` for a block whose number is of a text that the step itself has made.
    blocks: BTreeMap<usize, Option<BlockMark>>,
    moved: Vec<(usize, usize)>,
    entities: Option<Arc<Vec<Entity>>>,
    relations: Option<Arc<Vec<Relation>>>,
    labels: Option<Arc<LabelSet>>,
    meta: Option<Meta>,
    dismissals: Option<Arc<Vec<Dismissal>>>,
}

impl Before {
    /// What `edit` will touch in `document`. Costs what the edit does, not what the document holds.
    #[must_use]
    pub fn of(document: &Document, edit: &Edit) -> Self {
        let mut before = Self::default();
        before.see(document, edit);
        before
    }

    /// What `edit`, too, will touch, which is made as a part of the same step now that the first is made.
    pub fn also(&mut self, document: &Document, edit: &Edit) {
        self.see(document, edit);
    }

    fn see(&mut self, document: &Document, edit: &Edit) {
        match edit {
            Edit::Spans { remove, add } => {
                for span in remove {
                    self.see_made(document, span);
                }
                for span in remove.iter().chain(add) {
                    self.see_span(document, span.id);
                }
            }
            Edit::Entities { .. } => self.entities = Some(Arc::clone(&document.entities)),
            Edit::Relations { .. } => self.relations = Some(Arc::clone(&document.relations)),
            Edit::Labels(_) => self.labels = Some(Arc::clone(&document.labels)),
            Edit::Meta(_) => self.meta = Some(document.meta.clone()),
            Edit::Dismissals(_) => self.dismissals = Some(Arc::clone(&document.dismissals)),
            Edit::Blocks(marks) => {
                let breaks = |text: &str| text.contains('\n');
                let are_old = self.moved.is_empty()
                    && !(self.change.replacements().iter()).any(|one| breaks(&one.before) || breaks(&one.after));
                for (number, _) in marks {
                    let mark = document.blocks.get(*number).filter(|_| are_old).map(|block| block.mark);
                    self.blocks.entry(*number).or_insert(mark);
                }
            }
            Edit::Text(edit) => {
                let back = self.change.inverse();
                for one in edit.change.replacements() {
                    let range = back.map_range(one.range());
                    let touched: Vec<SpanId> = document.spans().overlapping(range).map(|span| span.id).collect();
                    for id in touched {
                        self.see_span(document, id);
                    }
                }
                self.change = self.change.then(&edit.change);
            }
            Edit::MoveBlock { from, to } => self.moved.push((*from, *to)),
            // They follow from the changes of the text.
            Edit::Corrections(_) | Edit::Runs { .. } | Edit::Lost(_) => {}
            Edit::Batch(edits) => {
                for edit in edits {
                    self.see(document, edit);
                }
            }
        }
    }

    /// A tag that the step has made itself and changes again: a value that is written over as its suggestion is accepted.
    fn see_made(&mut self, document: &Document, span: &Span) {
        let is_new = matches!(self.spans.get(&span.id), Some(None));
        if is_new && self.change.replacements().is_empty() && span.range.end <= document.text().len() {
            let told = Told::new(document, span);
            self.made.entry(span.id).or_insert(told);
        }
    }

    fn see_span(&mut self, document: &Document, id: SpanId) {
        self.spans.entry(id).or_insert_with(|| Told::of(document, id));
    }

    /// The step, once `document` is as it is after it.
    #[must_use]
    pub fn after(mut self, document: &Document) -> Step {
        let figures = self.dismissals.as_ref().map(|before| figures(document, before));
        let spans = self.spans.into_iter().map(|(id, before)| {
            let tag = Tag {
                name: document.span_name(id),
                before,
                made: self.made.remove(&id),
                after: Told::of(document, id),
            };
            (id, tag)
        });
        let blocks = self.blocks.into_iter().filter_map(|(number, before)| {
            let block = document.blocks.get(number)?;
            Some((number, (before, block.mark, block.range)))
        });
        let entity_names = self.entities.is_some().then(|| {
            let named = self
                .entities
                .iter()
                .chain([&document.entities])
                .flat_map(|all| all.iter());
            named
                .map(|entity| (entity.id, document.entity_name(entity.id)))
                .collect()
        });
        let span_names = self.relations.is_some().then(|| {
            let named = self
                .relations
                .iter()
                .chain([&document.relations])
                .flat_map(|all| all.iter());
            let ends = named.flat_map(|relation| [relation.from, relation.to]);
            ends.map(|id| (id, document.span_name(id))).collect()
        });
        Step {
            spans: spans.collect(),
            blocks: blocks.collect(),
            change: self.change,
            moved: self.moved,
            entities: self.entities.map(|before| (before, Arc::clone(&document.entities))),
            relations: self.relations.map(|before| (before, Arc::clone(&document.relations))),
            labels: self.labels.map(|before| (before, Arc::clone(&document.labels))),
            meta: self.meta.map(|before| (before, document.meta.clone())),
            dismissals: self.dismissals.map(|before| (before, Arc::clone(&document.dismissals))),
            entity_names: entity_names.unwrap_or_default(),
            span_names: span_names.unwrap_or_default(),
            figures: figures.unwrap_or_default(),
        }
    }
}

/// What the figures cover of which something was taken back or given back since `before`, by the names of their tags.
fn figures(document: &Document, before: &[Dismissal]) -> BTreeMap<String, String> {
    let after = document.dismissals();
    let new = after.iter().filter(|one| !before.contains(one));
    let gone = before.iter().filter(|one| !after.contains(one));
    let names = new.chain(gone).filter_map(taken_back);
    let names: BTreeSet<&str> = names.map(|(_, name)| name).collect();
    if names.is_empty() {
        return BTreeMap::new();
    }
    let named = document.spans().iter().map(|span| (document.span_name(span.id), span));
    let named = named.filter(|(name, _)| names.contains(name.as_str()));
    named
        .map(|(name, span)| (name, document.covered(span).to_owned()))
        .collect()
}
