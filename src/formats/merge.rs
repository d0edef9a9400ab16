//! An imported text's tags in a document that is open: where the texts agree, and as near as a comparison of both can
//! say where they do not.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::annotated::{Annotated, is_blank};
use super::open::{labels_with, spans_of};
use crate::annot::{Document, Edit, Entity, EntityId, Mark, Relation, Span, SpanId};
use crate::text::{CharIdx, CharRange, Text};

/// How the imported text agrees with the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// It is the reading text.
    Reading,
    /// It is the raw text.
    Raw,
    /// It is another; so many of its characters that are not blank stand in the reading text, in order.
    Partial {
        /// Those that do.
        shared: usize,
        /// All of them.
        of: usize,
    },
}

/// What became of the imported tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeReport {
    /// How the texts agree.
    pub agreement: Agreement,
    /// Tags placed on the words that they had.
    pub placed: usize,
    /// Tags that the document has already.
    pub already: usize,
    /// Tags not placed because other words stand there: what they had, and what stands there.
    pub differing: Vec<(String, String)>,
    /// Tags whose words are not in the document.
    pub unplaced: Vec<String>,
}

impl MergeReport {
    /// The words of the tags that were not placed, with what stands there instead.
    pub fn not_placed(&self) -> impl Iterator<Item = String> {
        let differing = self
            .differing
            .iter()
            .map(|(before, there)| format!("{before} → {there}"));
        differing.chain(self.unplaced.iter().cloned())
    }
}

impl fmt::Display for MergeReport {
    /// A line for each thing to know.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.agreement {
            Agreement::Reading | Agreement::Raw => writeln!(f, "the texts agree")?,
            Agreement::Partial { shared, of } => writeln!(f, "{shared} of {of} characters agree")?,
        }
        let tags = if self.placed == 1 { "tag" } else { "tags" };
        writeln!(f, "{} {tags} placed, {} there already", self.placed, self.already)?;
        for (before, after) in &self.differing {
            writeln!(f, "not placed, other words stand there: {before} → {after}")?;
        }
        self.unplaced
            .iter()
            .try_for_each(|words| writeln!(f, "not placed: {words}"))
    }
}

/// The edit that brings the imported tags into the document, and what becomes of them. Tags that the document has
/// already (the same characters, the same label) do not come twice.
#[must_use]
pub fn merge(document: &Document, imported: &Annotated) -> (Edit, MergeReport) {
    let (places, agreement) = places(document, &imported.text);
    let mut report = MergeReport {
        agreement,
        placed: 0,
        already: 0,
        differing: Vec::new(),
        unplaced: Vec::new(),
    };
    let mut next_id = document.next_id();
    let (entities, new_entities) = entities(document, imported, &mut next_id);

    let mut there: HashMap<(CharRange, &str), SpanId> = HashMap::new();
    for span in document.spans().iter() {
        there.entry((span.range, span.mark.label.as_str())).or_insert(span.id);
    }
    let mut ids: HashMap<SpanId, SpanId> = HashMap::new();
    let mut add = Vec::new();
    let spans = spans_of(imported, imported.next_id());
    for span in &spans {
        let words = imported.text.slice(span.range);
        let range = match place(&places, imported, document.text(), span.range) {
            Place::Same(range) => range,
            Place::Other(range) => {
                let there = document.text().slice(range).to_owned();
                report.differing.push((words.to_owned(), there));
                continue;
            }
            Place::None => {
                report.unplaced.push(words.to_owned());
                continue;
            }
        };
        if let Some(&known) = there.get(&(range, span.mark.label.as_str())) {
            report.already += 1;
            ids.insert(span.id, known);
            continue;
        }
        report.placed += 1;
        let id = SpanId(next_id);
        next_id += 1;
        ids.insert(span.id, id);
        there.insert((range, span.mark.label.as_str()), id);
        add.push(Span {
            id,
            range,
            mark: with_entity(&span.mark, &entities),
        });
    }
    let relations = relations(document, imported, &ids);
    let labels = labels_with(document.labels(), add.iter().map(|span| &span.mark.label));

    let mut edits = Vec::new();
    if labels != *document.labels() {
        edits.push(Edit::Labels(labels));
    }
    if !new_entities.is_empty() {
        edits.push(Edit::Entities {
            remove: Vec::new(),
            add: new_entities,
        });
    }
    let remove = Vec::new();
    edits.push(Edit::Spans { remove, add });
    if !relations.is_empty() {
        edits.push(Edit::Relations {
            remove: Vec::new(),
            add: relations,
        });
    }
    (Edit::Batch(edits), report)
}

/// For each character of the imported text its place in the reading text, if it has one.
fn places(document: &Document, imported: &Text) -> (Vec<Option<CharIdx>>, Agreement) {
    let reading = document.text();
    let len = imported.len().to_usize();
    if *imported == **reading {
        return ((0..len).map(|at| Some(at.into())).collect(), Agreement::Reading);
    }
    let mut places = vec![None; len];
    if *imported == document.source.text {
        for run in document.alignment().runs() {
            let from = run.raw.to_usize();
            for (offset, place) in (0..run.len).zip(&mut places[from..]) {
                *place = Some(CharIdx(run.reading.0 + offset));
            }
        }
        return (places, Agreement::Raw);
    }
    // White space is what wraps and formats of rows change; the rest tells where a word is.
    let (ours, theirs) = (not_blank(reading), not_blank(imported));
    let mut input = InternedInput::default();
    input.update_before(theirs.iter().map(|(_, c)| *c));
    input.update_after(ours.iter().map(|(_, c)| *c));
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let mut shared = 0;
    let (mut before, mut after) = (0, 0);
    let ends = std::iter::once((theirs.len(), 0, ours.len(), 0));
    let hunks = diff.hunks().map(|hunk| {
        let (before, after) = (&hunk.before, &hunk.after);
        (before.start as usize, before.len(), after.start as usize, after.len())
    });
    for (before_start, removed, after_start, added) in hunks.chain(ends) {
        let same = theirs[before..before_start].iter().zip(&ours[after..after_start]);
        for ((their_place, _), (our_place, _)) in same {
            places[their_place.to_usize()] = Some(*our_place);
            shared += 1;
        }
        (before, after) = (before_start + removed, after_start + added);
    }
    let of = theirs.len();
    (places, Agreement::Partial { shared, of })
}

fn not_blank(text: &Text) -> Vec<(CharIdx, char)> {
    let numbered = (0..).map(CharIdx).zip(text.as_str().chars());
    numbered.filter(|(_, c)| !is_blank(*c)).collect()
}

/// Where a tag's words are.
enum Place {
    /// Here, all of them and no others; white space does not count.
    Same(CharRange),
    /// Other words stand here.
    Other(CharRange),
    /// Nowhere, or torn apart.
    None,
}

/// Where a tag goes.
fn place(places: &[Option<CharIdx>], imported: &Annotated, reading: &Text, range: CharRange) -> Place {
    let words = imported.text.slice(range);
    let here = &places[range.start.to_usize()..range.end.to_usize()];
    let is_all_blank = words.chars().all(is_blank);
    let wanted = here
        .iter()
        .zip(words.chars())
        .filter(|(_, c)| is_all_blank || !is_blank(*c));
    let count = wanted.clone().count();
    let found: Vec<CharIdx> = wanted.filter_map(|(place, _)| *place).collect();
    // A moved block can stand before what it followed.
    let (Some(&first), Some(&last)) = (found.iter().min(), found.iter().max()) else {
        return Place::None;
    };
    if !found.is_sorted() {
        return Place::None;
    }
    let range = CharRange::new(first, last + CharIdx(1));
    let there = reading.slice(range);
    let same = |c: &char| !is_blank(*c);
    if is_all_blank || words.chars().filter(same).eq(there.chars().filter(same)) {
        return Place::Same(range);
    }
    let is_near = found.len() * 2 >= count && there.chars().filter(same).count() <= count * 2;
    if is_near { Place::Other(range) } else { Place::None }
}

/// The document's entity for each of the imported ones, and those that are new in it.
fn entities(
    document: &Document,
    imported: &Annotated,
    next_id: &mut u32,
) -> (HashMap<EntityId, EntityId>, Vec<Entity>) {
    let mut ids = HashMap::new();
    let mut new = Vec::new();
    for entity in &imported.entities {
        let same = |known: &&Entity| known.label == entity.label && known.name == entity.name;
        let known = document.entities().iter().find(same).map(|known| known.id);
        let id = known.unwrap_or_else(|| {
            let id = EntityId(*next_id);
            *next_id += 1;
            new.push(Entity { id, ..entity.clone() });
            id
        });
        ids.insert(entity.id, id);
    }
    (ids, new)
}

fn with_entity(mark: &Arc<Mark>, entities: &HashMap<EntityId, EntityId>) -> Arc<Mark> {
    match mark.entity {
        None => Arc::clone(mark),
        Some(entity) => Arc::new(Mark {
            entity: entities.get(&entity).copied(),
            ..Mark::clone(mark)
        }),
    }
}

/// The imported relations between the spans as they are numbered in the document, without those that it has.
fn relations(document: &Document, imported: &Annotated, ids: &HashMap<SpanId, SpanId>) -> Vec<Relation> {
    let known = document.relations();
    let mut number = known.len();
    let mut new: Vec<Relation> = Vec::new();
    for relation in &imported.relations {
        let (Some(&from), Some(&to)) = (ids.get(&relation.from), ids.get(&relation.to)) else {
            continue;
        };
        let same = |other: &Relation| other.from == from && other.to == to && other.label == relation.label;
        if known.iter().chain(&new).any(same) {
            continue;
        }
        let id = loop {
            number += 1;
            let id = format!("r{number}");
            if known.iter().all(|relation| relation.id != id) {
                break id;
            }
        };
        new.push(Relation {
            id,
            from,
            to,
            ..relation.clone()
        });
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::Source;
    use crate::annot::document::Parts;
    use crate::formats::Tag;
    use crate::formats::intake::imported;
    use crate::text::{Alignment, Run};

    fn document() -> Document {
        Document::new(Parts {
            source: Source {
                text: Text::from("记者罗\n𬱟勇来\n电。\n县供销社"),
                ..Source::default()
            },
            text: Text::from("记者罗𬱟勇来电。\n县供销社"),
            alignment: Alignment::new([(0, 0, 3), (3, 4, 3), (6, 8, 7)].map(Run::from).to_vec()),
            ..Parts::default()
        })
    }

    fn text(words: &str, tags: &[(usize, usize, &str)]) -> Annotated {
        let tag = |(id, &(start, end, label)): (u32, &(usize, usize, &str))| {
            Tag::new(id, CharRange::of(start, end), Arc::new(imported(label)))
        };
        Annotated {
            text: Arc::new(Text::from(words)),
            tags: (1..).zip(tags).map(tag).collect(),
            ..Annotated::default()
        }
    }

    fn covered(document: &Document) -> Vec<String> {
        let spans = document.spans().iter();
        spans
            .map(|span| format!("{}:{}", document.covered(span), span.mark.label))
            .collect()
    }

    #[test]
    fn tags_find_their_words_in_either_text_and_in_others() {
        let cases = [
            ("记者罗𬱟勇来电。\n县供销社", (2, 5), (9, 13)),
            ("记者罗\n𬱟勇来\n电。\n县供销社", (2, 6), (11, 15)),
            ("记者罗𬱟勇来电。县供销社", (2, 5), (8, 12)),
            ("本报讯 记者罗𬱟勇来信说：县供销社", (6, 9), (13, 17)),
        ];
        for (words, person, unit) in cases {
            let mut document = document();
            let imported = text(words, &[(person.0, person.1, "person"), (unit.0, unit.1, "官署")]);
            let (edit, report) = merge(&document, &imported);
            assert_eq!(
                (report.placed, report.differing.len(), report.unplaced.len()),
                (2, 0, 0),
                "{words}"
            );
            document.apply(&edit).unwrap();
            assert_eq!(covered(&document), ["罗𬱟勇:person", "县供销社:官署"], "{words}");
            assert!(document.labels().get(&"官署".into()).is_some());
            let (_, again) = merge(&document, &imported);
            assert_eq!((again.placed, again.already), (0, 2));
        }
    }

    #[test]
    fn what_cannot_be_placed_is_told() {
        let imported = text("记者罗颖勇来电，市粮管所", &[(2, 5, "person"), (8, 12, "unit")]);
        let (edit, report) = merge(&document(), &imported);
        assert_eq!(report.differing, [("罗颖勇".to_owned(), "罗𬱟勇".to_owned())]);
        assert_eq!(report.unplaced, ["市粮管所"]);
        assert!(report.to_string().contains("not placed: 市粮管所"));
        let mut document = document();
        document.apply(&edit).unwrap();
        assert!(document.spans().is_empty());
    }

    #[test]
    fn a_tag_is_never_clipped() {
        let mut document = Document::new(Parts {
            text: Text::from("全市发案.8万余起。"),
            ..Parts::default()
        });
        let imported = text("全市发案2.8万余起。", &[(4, 10, "figure")]);
        let (edit, report) = merge(&document, &imported);
        assert_eq!((report.placed, report.unplaced.len()), (0, 0));
        assert_eq!(report.differing, [("2.8万余起".to_owned(), ".8万余起".to_owned())]);
        document.apply(&edit).unwrap();
        assert!(document.spans().is_empty());
    }

    #[test]
    fn entities_and_relations_are_joined_to_those_there_are() {
        let mut document = document();
        let mut imported = text("记者罗𬱟勇来电。\n县供销社", &[(2, 5, "person"), (9, 13, "unit")]);
        imported.entities = vec![Entity {
            id: EntityId(1),
            label: "unit".into(),
            name: "县供销社".into(),
        }];
        Arc::make_mut(&mut imported.tags[1].mark).entity = Some(EntityId(1));
        imported.relations = vec![Relation {
            id: "x".into(),
            label: "member".into(),
            from: SpanId(1),
            to: SpanId(2),
        }];
        let (edit, _) = merge(&document, &imported);
        let undo = document.apply(&edit).unwrap();
        assert_eq!((document.entities().len(), document.relations().len()), (1, 1));
        let (edit, report) = merge(&document, &imported);
        assert_eq!(report.already, 2);
        let before = document.clone();
        document.apply(&edit).unwrap();
        assert_eq!(document, before);
        document.apply(&undo).unwrap();
        assert!(document.spans().is_empty() && document.relations().is_empty());
    }
}
