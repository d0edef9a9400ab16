//! What a step did to a document, as lines of its journal.
//!
//! A journal is a record for people who ask later what was changed, and when; nothing is recovered from it. A step is
//! told by what it comes to: the touched parts as they were before it ([`Before`]) and as they are after it ([`Step`]).
//! Typing that goes on is one step, and a name that was taken out and typed anew is one line.

mod lines;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value};

pub use self::lines::{faults, opened};

use super::dismissal::Dismissal;
use super::document::BlockMark;
use super::fact::taken_back;
use super::{Document, Edit, Entity, LabelSet, Mark, Meta, Relation, Span, SpanId};
use crate::text::{ChangeSet, CharRange};

/// How a step came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The editor made it.
    Done,
    /// The editor took it back: the lines tell what taking it back changed.
    Undone,
    /// The editor made it again.
    Redone,
}

impl Act {
    fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Undone => "undone",
            Self::Redone => "redone",
        }
    }
}

/// A tag as it was at some moment.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    range: CharRange,
    mark: Arc<Mark>,
    words: String,
    entity: Option<String>,
}

impl Told {
    fn of(document: &Document, id: SpanId) -> Option<Self> {
        Some(Self::new(document, document.spans().get(id)?))
    }

    fn new(document: &Document, span: &Span) -> Self {
        Self {
            range: span.range,
            mark: Arc::clone(&span.mark),
            words: document.covered(span).to_owned(),
            entity: span.mark.entity.map(|entity| document.entity_name(entity)),
        }
    }

    fn fields(&self) -> Map<String, Value> {
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
            Edit::Corrections(_) => {}
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

/// A tag before and after a step.
#[derive(Clone, Debug)]
struct Tag {
    name: String,
    before: Option<Told>,
    /// What it was first, if the step made it and changed it.
    made: Option<Told>,
    after: Option<Told>,
}

/// A list before and after a step, where it was touched.
type Lists<T> = Option<(Arc<Vec<T>>, Arc<Vec<T>>)>;
type BlockChange = (Option<BlockMark>, BlockMark, CharRange);

/// What a step has changed.
#[derive(Clone, Debug, Default)]
pub struct Step {
    change: ChangeSet,
    spans: BTreeMap<SpanId, Tag>,
    blocks: BTreeMap<usize, BlockChange>,
    moved: Vec<(usize, usize)>,
    entities: Lists<Entity>,
    relations: Lists<Relation>,
    labels: Option<(Arc<LabelSet>, Arc<LabelSet>)>,
    meta: Option<(Meta, Meta)>,
    dismissals: Lists<Dismissal>,
    entity_names: BTreeMap<super::EntityId, String>,
    span_names: BTreeMap<SpanId, String>,
    /// What the figures cover of whose facts a part was taken back or given back, by the names of their tags.
    figures: BTreeMap<String, String>,
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

fn joined<T>(first: Option<(T, T)>, second: Option<(T, T)>) -> Option<(T, T)> {
    match (first, second) {
        (Some((before, _)), Some((_, after))) => Some((before, after)),
        (first, second) => first.or(second),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::fact::{Role, nothing};
    use crate::annot::{History, Status};
    use crate::text::Text;

    fn document(text: &str) -> Document {
        Document::new(Parts {
            text: Text::from(text),
            ..Parts::default()
        })
    }

    fn tag(id: u32, start: u32, end: u32, label: &str) -> Span {
        Span {
            id: SpanId(id),
            range: CharRange::of(start as usize, end as usize),
            mark: Arc::new(Mark {
                label: label.into(),
                ..Mark::default()
            }),
        }
    }

    fn replace(document: &Document, start: usize, end: usize, with: &str) -> Edit {
        Edit::Text(ChangeSet::replace(document.text(), CharRange::of(start, end), with).into())
    }

    fn made(document: &mut Document, edit: &Edit) -> (Step, Edit) {
        let before = Before::of(document, edit);
        let back = document.apply(edit).unwrap();
        (before.after(document), back)
    }

    fn said(step: &Step) -> String {
        let lines = step.lines("T", 1, Act::Done).unwrap();
        let lines = String::from_utf8(lines).unwrap();
        lines.replace("{\"time\":\"T\",\"step\":1,\"act\":\"done\",\"what\":", "{")
    }

    #[test]
    fn each_change_of_a_tag_is_a_line() {
        let mut document = document("😀记者罗勇说");
        let add = |add: Span| Edit::Spans {
            remove: vec![],
            add: vec![add],
        };
        let (step, _) = made(&mut document, &add(tag(1, 3, 5, "unit")));
        assert_eq!(
            said(&step),
            "{\"tag added\",\"tag\":\"s1\",\"label\":\"unit\",\"start\":3,\"end\":5,\"text\":\"罗勇\",\
             \"status\":\"accepted\",\"origin\":\"hand\"}\n"
        );
        let change = |document: &Document, to: Span| Edit::Spans {
            remove: vec![document.spans().get(to.id).unwrap().clone()],
            add: vec![to],
        };
        let relabel = change(&document, tag(1, 3, 5, "person"));
        let (step, back) = made(&mut document, &relabel);
        assert!(
            said(&step).contains("{\"tag relabelled\"") && said(&step).ends_with("\"before\":{\"label\":\"unit\"}}\n")
        );
        let (step, _) = made(&mut document, &back);
        assert!(said(&step).ends_with("\"before\":{\"label\":\"person\"}}\n"));
        let wider = change(&document, tag(1, 1, 5, "unit"));
        let (step, _) = made(&mut document, &wider);
        assert!(
            said(&step).contains("{\"tag moved\"")
                && said(&step).contains("\"before\":{\"start\":3,\"text\":\"罗勇\"}")
        );
        let judged = change(
            &document,
            tag(1, 1, 5, "unit").saying(|mark| mark.status = Status::Rejected),
        );
        let (step, _) = made(&mut document, &judged);
        assert!(
            said(&step).contains("{\"tag judged\"") && said(&step).contains("\"before\":{\"status\":\"accepted\"}")
        );
        let same = change(&document, document.spans().get(SpanId(1)).unwrap().clone());
        assert_eq!(said(&made(&mut document, &same).0), "");
    }

    #[test]
    fn typing_is_told_by_what_it_comes_to() {
        let mut document = document("记者罗男说，市供销社。");
        let tags = [tag(1, 2, 4, "person"), tag(2, 6, 10, "unit")];
        document
            .apply(&Edit::Spans {
                remove: vec![],
                add: tags.to_vec(),
            })
            .unwrap();
        // Both characters go, and the tag with them; typing brings it back on other words.
        let gone = replace(&document, 2, 4, "");
        let (first, _) = made(&mut document, &gone);
        assert!(
            said(&first).contains("{\"tag removed\",\"tag\":\"s1\""),
            "{}",
            said(&first)
        );
        let typed = Edit::Batch(vec![
            replace(&document, 2, 2, "罗勇"),
            Edit::Spans {
                remove: vec![],
                add: vec![tag(1, 2, 4, "person")],
            },
        ]);
        let (second, _) = made(&mut document, &typed);
        let step = first.then(second);
        assert_eq!(
            said(&step),
            "{\"text corrected\",\"start\":3,\"before\":\"男\",\"after\":\"勇\"}\n"
        );
    }

    #[test]
    fn a_value_written_over_in_the_step_that_accepts_it_is_told_with_the_one_before() {
        let mut document = document("𬱟70座");
        let proposed = tag(1, 1, 4, "figure").saying(|mark| mark.value = Some("7".into()));
        let by_hand = proposed.saying(|mark| mark.value = Some("70".into()));
        let edit = Edit::Batch(vec![
            Edit::Spans {
                remove: vec![],
                add: vec![proposed.clone()],
            },
            Edit::Spans {
                remove: vec![proposed],
                add: vec![by_hand],
            },
        ]);
        let (step, back) = made(&mut document, &edit);
        let lines = said(&step);
        let lines: Vec<&str> = lines.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("{\"tag added\"") && lines[0].contains("\"value\":\"7\""));
        assert!(lines[1].starts_with("{\"tag changed\"") && lines[1].contains("\"value\":\"70\""));
        assert!(lines[1].ends_with("\"before\":{\"value\":\"7\"}}"));
        let back = said(&made(&mut document, &back).0);
        assert!(back.starts_with("{\"tag removed\"") && back.lines().count() == 1);
    }

    #[test]
    fn a_part_of_a_fact_that_is_taken_back_is_told_with_the_figure() {
        let mut document = document("𬱟70座");
        let add = Edit::Spans {
            remove: vec![],
            add: vec![tag(1, 1, 4, "figure")],
        };
        document.apply(&add).unwrap();
        let edit = Edit::Dismissals(vec![nothing(&document, SpanId(1), Role::HeldBy)]);
        let (step, back) = made(&mut document, &edit);
        let rest = ",\"tag\":\"s1\",\"text\":\"70座\",\"role\":\"held_by\"}\n";
        assert_eq!(said(&step), format!("{{\"fact taken back\"{rest}"));
        assert_eq!(
            said(&made(&mut document, &back).0),
            format!("{{\"fact restored\"{rest}")
        );
    }

    #[test]
    fn undoing_a_step_tells_its_way_back() {
        let mut document = document("甲乙\n丙");
        let mut history = History::default();
        let edit = Edit::Batch(vec![
            Edit::Meta(Meta {
                title: "头".into(),
                ..Meta::default()
            }),
            Edit::Blocks(vec![(
                1,
                BlockMark {
                    dropped: true,
                    ..BlockMark::default()
                },
            )]),
            Edit::Spans {
                remove: vec![],
                add: vec![tag(1, 0, 2, "unit")],
            },
        ]);
        let before = Before::of(&document, &edit);
        history.apply(&mut document, edit, None).unwrap();
        let forth = said(&before.after(&document));
        assert!(
            forth.contains("{\"block changed\",\"block\":1,\"start\":3,\"end\":4,"),
            "{forth}"
        );
        assert!(forth.contains("\"before\":{\"dropped\":false}") && forth.contains("\"before\":{\"title\":\"\"}"));
        let back = history.undoes().cloned().unwrap();
        let before = Before::of(&document, &back);
        history.undo(&mut document).unwrap();
        let lines = before.after(&document).lines("T", 2, Act::Undone).unwrap();
        let lines = String::from_utf8(lines).unwrap();
        assert_eq!(
            lines.lines().filter(|line| line.contains("\"act\":\"undone\"")).count(),
            3
        );
        assert!(
            lines.contains("tag removed") && lines.contains("\"before\":{\"dropped\":true}"),
            "{lines}"
        );
        assert!(history.redoes().is_some() && history.undoes().is_none());
    }

    #[test]
    fn a_line_that_is_not_of_a_journal_is_named() {
        let good = opened(&document("甲"), "T").unwrap();
        assert!(faults(&good).is_empty());
        let found = faults(&[&good[..], b"{\"time\":\"T\"}\n{\n"].concat());
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3]);
    }
}
