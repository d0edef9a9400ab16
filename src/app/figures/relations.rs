//! Facts as relations between tags, and what a part of a fact can be corrected to.

use super::{Row, Tabulated, figure_label, tabulate};
use crate::annot::fact::{Facts, Role};
use crate::annot::{Document, Relation, Span, SpanId, Status};
use crate::app::suggestions::Open;
use crate::text::{CharIdx, CharRange};

/// The relations that the document does not have yet: from each accepted figure to the tag of what it measures, to its
/// time, and to the person or organisation whose figure it is. Where the document says something already, that stays.
#[must_use]
pub fn between(document: &Document) -> Vec<Relation> {
    let table = tabulate(document, &Open::default());
    let known = Facts::of(document);
    let mut found: Vec<(Role, SpanId, SpanId)> = Vec::new();
    for row in &table.rows {
        let subject = row.subject.and_then(|subject| tag_on(document, subject));
        let time = row.time.and_then(|time| table.rows.get(time)).map(|time| time.id);
        let holder = row.holder.and_then(|holder| tag_on(document, holder));
        found.extend(subject.map(|subject| (Role::MeasureOf, row.id, subject)));
        found.extend(time.map(|time| (Role::AtTime, row.id, time)));
        found.extend(holder.map(|holder| (Role::HeldBy, row.id, holder)));
    }
    found.retain(|&(role, from, _)| known.said(document, from, role).is_none());
    let with_numbers = found.into_iter().zip(next_number(document)..);
    with_numbers
        .map(|((role, from, to), number)| relation(number, role, from, to))
        .collect()
}

/// A relation under that number.
#[must_use]
pub fn relation(number: u64, role: Role, from: SpanId, to: SpanId) -> Relation {
    Relation {
        id: format!("r{number}"),
        label: role.as_str().to_owned(),
        from,
        to,
    }
}

/// A number that no relation of the document has.
#[must_use]
pub fn next_number(document: &Document) -> u64 {
    let numbers = document
        .relations()
        .iter()
        .filter_map(|known| known.id.strip_prefix('r')?.parse::<u64>().ok());
    numbers.max().unwrap_or(0) + 1
}

/// The accepted tag on just these characters, else the longest within them; no figure, no time.
fn tag_on(document: &Document, range: CharRange) -> Option<SpanId> {
    let tags = document.spans().overlapping(range);
    let names = tags.filter(|span| span.mark.status == Status::Accepted && figure_label(&span.mark.label).is_none());
    let within = names.filter(|span| range.covers(span.range));
    within.max_by_key(|span: &&Span| span.range.len()).map(|span| span.id)
}

/// What a part of a fact can be corrected to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactChoice {
    /// What the sentence seems to say.
    AsRead,
    /// Nothing, whatever the sentence seems to say.
    Nothing,
    /// That tag or suggestion.
    Tag(SpanId),
    /// These characters, which are tagged for it.
    Words(CharRange),
}

/// A choice with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is chosen.
    pub choice: FactChoice,
    /// What it covers.
    pub words: String,
    /// Whether it stands in the figure's own paragraph.
    pub is_near: bool,
}

/// How far from the figure a name is offered for it, in characters either side.
const REACH: u32 = 20_000;

/// What the article offers for a part of a figure's fact: people and organisations, times, or what other figures measure,
/// be they tagged or suggested. First those of the figure's paragraph, then the others; in the order of the text, each name
/// once and at the place nearest to the figure.
#[must_use]
pub fn candidates(document: &Document, open: &Open, table: &Tabulated, row: &Row, role: Role) -> Vec<Candidate> {
    let block = document.blocks().get(document.block_at(row.range.start));
    let paragraph = block.map_or(row.sentence, |block| block.range);
    let end = document.text().len();
    let around = CharRange::new(
        CharIdx(row.range.start.0.saturating_sub(REACH)),
        CharIdx(row.range.end.0.saturating_add(REACH)).min(end),
    );
    let mut offered: Vec<(CharRange, FactChoice)> = match role {
        Role::HeldBy => {
            let is_holder = |span: &&Span| matches!(span.mark.label.as_str(), "person" | "unit");
            let spans = tags_in(document, open, around).filter(is_holder);
            spans.map(|span| (span.range, FactChoice::Tag(span.id))).collect()
        }
        Role::AtTime => {
            let is_time = |span: &&Span| span.mark.label.as_str() == "time" && span.id != row.id;
            let spans = tags_in(document, open, around).filter(is_time);
            spans.map(|span| (span.range, FactChoice::Tag(span.id))).collect()
        }
        Role::MeasureOf => {
            let others = table.rows.iter().filter_map(|other| other.subject);
            let here = others.filter(|subject| around.covers(*subject));
            here.map(|subject| (subject, FactChoice::Words(subject))).collect()
        }
    };
    let distance = |range: CharRange| row.range.start.0.abs_diff(range.start.0);
    let is_near = |range: CharRange| paragraph.covers(range);
    offered.sort_by_key(|(range, _)| (!is_near(*range), distance(*range)));
    let mut seen = std::collections::HashSet::new();
    offered.retain(|(range, _)| seen.insert(document.text().slice(*range).to_owned()));
    offered.sort_by_key(|(range, _)| (!is_near(*range), *range));
    let candidate = |(range, choice): (CharRange, FactChoice)| Candidate {
        choice,
        words: document.text().slice(range).trim().replace('\n', " "),
        is_near: is_near(range),
    };
    offered.into_iter().map(candidate).collect()
}

/// The accepted tags and the open suggestions in a stretch.
fn tags_in<'d>(document: &'d Document, open: &'d Open, range: CharRange) -> impl Iterator<Item = &'d Span> {
    let accepted = document.spans().overlapping(range);
    let accepted = accepted.filter(|span| span.mark.status == Status::Accepted);
    accepted.chain(open.spans.overlapping(range))
}

/// Where the article has these words, nearest to a figure; `None` where it has not.
#[must_use]
pub fn words_near(document: &Document, figure: CharRange, words: &str) -> Option<CharRange> {
    let words = words.trim();
    if words.is_empty() {
        return None;
    }
    let text = document.text().as_str();
    let length = CharIdx::count(words);
    // Counted from one place to the next, so that the text is read once.
    let (mut byte, mut at) = (0, CharIdx(0));
    let places = text.match_indices(words).map(|(found, _)| {
        at = at + CharIdx::count(&text[byte..found]);
        byte = found;
        CharRange::new(at, at + length)
    });
    places.min_by_key(|place| figure.start.0.abs_diff(place.start.0))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::fact;
    use crate::annot::{Edit, LabelId, Mark};
    use crate::suggest::figures;
    use crate::text::Text;

    /// Figures and times tagged by the grammar, then the tags given.
    fn tagged(text: &str, tags: &[(usize, usize, &str)]) -> Document {
        let label = |label: &str, value| Mark {
            label: LabelId::from(label),
            value,
            ..Mark::default()
        };
        let mut marks: Vec<(CharRange, Mark)> = figures::find(text, None)
            .into_iter()
            .map(|figure| (figure.range, label(figure.label.as_str(), Some(figure.value.to_json()))))
            .collect();
        marks.extend(
            tags.iter()
                .map(|&(start, end, name)| (CharRange::of(start, end), label(name, None))),
        );
        let spans = marks.into_iter().zip(1..).map(|((range, mark), id)| Span {
            id: SpanId(id),
            range,
            mark: Arc::new(mark),
        });
        Document::new(Parts {
            text: Text::new(text.to_owned()),
            spans: spans.collect(),
            ..Parts::default()
        })
    }

    fn said(relations: &[Relation]) -> Vec<(&str, u32, u32)> {
        let one = |one: &'_ Relation| (one.from.0, one.to.0);
        relations
            .iter()
            .map(|it| (it.label.as_str(), one(it).0, one(it).1))
            .collect()
    }

    #[test]
    fn a_figure_is_held_at_a_time_by_who_is_tagged() {
        let text = "2024年江北水务集团新建30座泵站。";
        let mut document = tagged(text, &[(5, 11, "unit"), (16, 18, "place")]);
        let relations = between(&document);
        assert_eq!(
            said(&relations),
            [("measure_of", 2, 4), ("at_time", 2, 1), ("held_by", 2, 3)]
        );
        let edit = Edit::Relations {
            remove: Vec::new(),
            add: relations,
        };
        document.apply(&edit).unwrap();
        assert_eq!(between(&document), []);
    }

    #[test]
    fn what_the_editor_said_is_neither_doubled_nor_invented_again() {
        let text = "2024年江北水务集团新建30座泵站，江南水务集团新建8座。";
        let mut document = tagged(text, &[(5, 11, "unit"), (19, 25, "unit")]);
        let pumps = document.spans().iter().find(|span| document.covered(span) == "30座");
        let pumps = pumps.unwrap().id;
        let other = document
            .spans()
            .iter()
            .find(|span| span.range.start.0 == 19)
            .unwrap()
            .id;
        let by_hand = relation(1, Role::HeldBy, pumps, other);
        let edits = vec![
            Edit::Relations {
                remove: Vec::new(),
                add: vec![by_hand],
            },
            Edit::Dismissals(vec![fact::nothing(&document, pumps, Role::AtTime)]),
        ];
        document.apply(&Edit::Batch(edits)).unwrap();
        let relations = between(&document);
        assert!(relations.iter().all(|relation| relation.from != pumps), "{relations:?}");
        let row = tabulate(&document, &Open::default());
        let row = row.rows.iter().find(|row| row.id == pumps).unwrap();
        assert_eq!((row.holder, row.time), (Some(CharRange::of(19, 25)), None));
    }

    #[test]
    fn the_article_offers_names_once_and_the_words_nearest_are_found() {
        let text = "𬱟市水务局\n2024年市水务局与江北集团、市水务局建30座泵站，投资3亿元。\n2023年江南集团。";
        let document = tagged(
            text,
            &[(1, 5, "unit"), (11, 15, "unit"), (16, 20, "unit"), (21, 25, "unit")],
        );
        let table = tabulate(&document, &Open::default());
        let start = CharIdx::count(text).0 - 5;
        let suggested = Span {
            id: SpanId(u32::MAX),
            range: CharRange::new(CharIdx(start), CharIdx(start + 4)),
            mark: Arc::new(Mark {
                label: LabelId::from("unit"),
                status: Status::Suggested,
                ..Mark::default()
            }),
        };
        let open = Open {
            spans: crate::annot::Spans::new(vec![suggested]),
            ..Open::default()
        };
        let row = table.rows.iter().find(|row| row.printed == "30座").unwrap();
        let words = |role| -> Vec<String> {
            let offered = candidates(&document, &open, &table, row, role);
            offered.into_iter().map(|one| one.words).collect()
        };
        assert_eq!(words(Role::HeldBy), ["江北集团", "市水务局", "江南集团"]);
        assert_eq!(words(Role::AtTime), ["2024年", "2023年"]);
        assert!(words(Role::MeasureOf).contains(&"泵站".to_owned()));
        assert_eq!(
            words_near(&document, row.range, " 市水务局 "),
            Some(CharRange::of(21, 25))
        );
        assert_eq!(
            words_near(&document, CharRange::of(0, 1), "市水务局"),
            Some(CharRange::of(1, 5))
        );
        assert_eq!(words_near(&document, row.range, "桥"), None);
        assert_eq!(words_near(&document, row.range, " "), None);
    }
}
