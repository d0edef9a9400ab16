//! The figures of a document with what is said of each, and the table of them as CSV (RFC 4180): the same rows for the
//! command line and the window.

use std::borrow::Cow;
use std::collections::HashMap;

use super::table::csv_cell;
use crate::annot::fact::{Facts, Role, Said};
use crate::annot::{Document, LabelId, Span, SpanId, Status};
use crate::suggest::figures::facts::facts;
use crate::suggest::figures::{Approx, Dimension, Figure, FigureLabel, FigureValue};
use crate::text::words::sentences;
use crate::text::{CharIdx, CharRange, Text};

/// The columns. What other programs may read stays where it is: a new one comes last.
pub const COLUMNS: [&str; 19] = [
    "file",
    "text",
    "value",
    "min",
    "max",
    "approx",
    "unit",
    "code",
    "dimension",
    "kind",
    "label",
    "timex",
    "sentence",
    "line",
    "start",
    "end",
    "counts",
    "status",
    "parts",
];

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct FigureRow<'a> {
    /// Where it stands.
    pub range: CharRange,
    /// `figure` or `time`.
    pub label: FigureLabel,
    /// What it means, where that is known.
    pub value: Option<&'a FigureValue>,
    /// The sentence that it stands in.
    pub sentence: CharRange,
    /// What it counts or measures.
    pub counts: &'a str,
    /// Whether the editor has accepted it.
    pub status: Status,
}

/// Appends the row of the columns' names.
pub fn push_header(out: &mut Vec<u8>) {
    push_cells(out, &COLUMNS);
}

/// Appends a figure of a document; `file` says where that is. Positions are code points of the reading text.
pub fn push_row(out: &mut Vec<u8>, file: &str, document: &Document, row: &FigureRow<'_>) {
    let value = row.value;
    let number = |field: fn(&FigureValue) -> &Option<String>| value.and_then(|value| field(value).as_deref());
    let number = |field| number(field).unwrap_or_default();
    let unit = value.and_then(|value| value.unit.as_ref());
    let parts = value.map(|value| value.parts.as_slice()).unwrap_or_default();
    let parts: Vec<&str> = parts.iter().filter_map(|part| part.value.as_deref()).collect();
    let line = document.block_at(row.range.start) + 1;
    push_cells(
        out,
        &[
            file,
            document.text().slice(row.range),
            number(|value| &value.value),
            number(|value| &value.min),
            number(|value| &value.max),
            value.and_then(|value| value.approx).map_or("", Approx::as_str),
            unit.map_or("", |unit| unit.raw.as_str()),
            unit.and_then(|unit| unit.code.as_deref()).unwrap_or_default(),
            unit.and_then(|unit| unit.dimension).map_or("", Dimension::as_str),
            value.map_or("", |value| value.kind.as_str()),
            row.label.as_str(),
            number(|value| &value.timex),
            &sentence_around(document.text(), row.sentence, row.range),
            &line.to_string(),
            &row.range.start.0.to_string(),
            &row.range.end.0.to_string(),
            row.counts,
            row.status.as_str(),
            &parts.join(" "),
        ],
    );
}

/// How far from a figure its sentence is told, in characters.
const SENTENCE_REACH: u32 = 100;

/// The words of a `sentence` around a figure in it, without the space at their edges. Of a long sentence it is the stretch
/// around the figure, from mark to mark where there is one, with `…` where it was cut: a text without a full stop is one
/// sentence, and not every figure of it can have all of it.
#[must_use]
pub fn sentence_around(text: &Text, sentence: CharRange, figure: CharRange) -> Cow<'_, str> {
    if sentence.len() <= 2 * SENTENCE_REACH {
        return Cow::Borrowed(text.slice(sentence).trim());
    }
    let divides = |c: char| matches!(c, '，' | '；' | '、' | '：') || c.is_whitespace();
    let begin = figure.start.max(sentence.start).min(sentence.end);
    // A tag may be longer than any sentence should be.
    let (longest, reach) = (begin.0.saturating_add(SENTENCE_REACH), CharIdx(SENTENCE_REACH));
    let end = figure.end.min(CharIdx(longest)).max(begin).min(sentence.end);
    let from = CharIdx(begin.0.saturating_sub(SENTENCE_REACH)).max(sentence.start);
    let to = (end + reach).min(sentence.end);

    let mut before = text.slice(CharRange::new(from, begin));
    let mut after = text.slice(CharRange::new(end, to));
    let (is_cut_before, is_cut_after) = (from > sentence.start, to < sentence.end);
    if is_cut_before && let Some((_, whole)) = before.split_once(divides) {
        before = whole;
    }
    if is_cut_after && let Some((at, mark)) = after.char_indices().rfind(|(_, c)| divides(*c)) {
        after = &after[..at + mark.len_utf8()];
    }
    let middle = text.slice(CharRange::new(begin, end));
    let words = format!("{before}{middle}{after}");
    let ellipsis = |is_cut| if is_cut { "…" } else { "" };
    Cow::Owned(format!(
        "{}{}{}",
        ellipsis(is_cut_before),
        words.trim(),
        ellipsis(is_cut_after)
    ))
}

/// Appends a row of cells.
pub fn push_cells(out: &mut Vec<u8>, cells: &[&str]) {
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        csv_cell(out, cell);
    }
    out.extend_from_slice(b"\r\n");
}

/// Which of the two labels of figures a label is, if it is one.
#[must_use]
pub fn figure_label(label: &LabelId) -> Option<FigureLabel> {
    [FigureLabel::Figure, FigureLabel::Time]
        .into_iter()
        .find(|known| known.as_str() == label.as_str())
}

/// The meaning of a tag, where it has one that can be read.
#[must_use]
pub fn value_of(span: &Span) -> Option<FigureValue> {
    FigureValue::from_json(span.mark.value.as_ref()?)
}

/// What is said of a figure: by hand, else what its sentence seems to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The sentence that it stands in.
    pub sentence: CharRange,
    /// What it counts or measures.
    pub counted: String,
    /// Where that stands, where its own clause says it.
    pub subject: Option<CharRange>,
    /// The person or organisation whose figure it is.
    pub holder: Option<CharRange>,
    /// The place among the figures of the time for which it holds.
    pub time: Option<usize>,
}

/// The figures that are understood, as the facts and the checks see them, and which of those given each is.
#[must_use]
pub fn understood(figures: &[&Span], values: &[Option<FigureValue>]) -> (Vec<Figure>, Vec<usize>) {
    let (mut understood, mut places) = (Vec::new(), Vec::new());
    for (place, (span, value)) in figures.iter().zip(values).enumerate() {
        if let (Some(label), Some(value)) = (figure_label(&span.mark.label), value) {
            understood.push(Figure {
                range: span.range,
                core: span.range,
                label,
                value: value.clone(),
                score: 1.0,
            });
            places.push(place);
        }
    }
    (understood, places)
}

/// What is said of each figure. They and their `values` are in the order of the text, `understood` is what the function of
/// that name makes of them, `mentions` are the tags among which who holds a figure is looked for.
#[must_use]
pub fn told(
    document: &Document,
    figures: &[&Span],
    values: &[Option<FigureValue>],
    (understood, places): (&[Figure], &[usize]),
    mentions: &[(CharRange, &str)],
) -> Vec<Told> {
    let text = document.text();
    let said = Facts::of(document);
    let numbers: HashMap<SpanId, usize> = figures
        .iter()
        .zip(0..)
        .map(|(span, number)| (span.id, number))
        .collect();
    let guesses = facts(text.as_str(), understood, mentions);
    let mut guesses = guesses.iter().peekable();
    let mut sentences = sentence_ranges(text.as_str()).peekable();
    let mut all: Vec<Told> = Vec::with_capacity(figures.len());
    // What the figures of the sentence so far count, by their units: the last one's.
    let mut counted: HashMap<&str, usize> = HashMap::new();
    for (number, span) in figures.iter().enumerate() {
        while sentences.next_if(|sentence| sentence.end <= span.range.start).is_some() {}
        let guess = guesses.next_if(|guess| places.get(guess.figure) == Some(&number));
        let by_hand = |role| said.said(document, span.id, role);
        let tag = |tag| document.spans().get(tag).map(|span: &Span| span.range);
        let mut told = Told {
            sentence: sentences.peek().copied().unwrap_or(span.range),
            ..Told::default()
        };
        if all.last().is_some_and(|last| last.sentence != told.sentence) {
            counted.clear();
        }
        let unit = values.get(number).and_then(|value| value.as_ref()?.unit.as_ref());
        let unit = unit.map(|unit| unit.raw.as_str()).filter(|unit| !unit.is_empty());
        told.holder = match by_hand(Role::HeldBy) {
            Some(Said::Tag(holder)) => tag(holder),
            Some(Said::Nothing) => None,
            None => guess.and_then(|guess| guess.holder),
        };
        told.time = match by_hand(Role::AtTime) {
            Some(Said::Tag(time)) => numbers.get(&time).copied(),
            Some(Said::Nothing) => None,
            None => guess.and_then(|guess| places.get(guess.time?).copied()),
        };
        let measured = by_hand(Role::MeasureOf);
        let subject = match measured {
            Some(Said::Tag(subject)) => tag(subject),
            Some(Said::Nothing) => None,
            None => guess.and_then(|guess| Some(before_figures(guess.indicator?, understood))),
        };
        told.subject = subject.filter(|subject| !subject.is_empty());
        told.counted = match told.subject {
            Some(subject) => text.slice(subject).trim().to_owned(),
            None if guess.is_some() && measured != Some(Said::Nothing) => {
                let same = unit.and_then(|unit| all.get(*counted.get(unit)?));
                same.map(|same: &Told| same.counted.clone()).unwrap_or_default()
            }
            None => String::new(),
        };
        if let Some(unit) = unit.filter(|_| !told.counted.is_empty()) {
            counted.insert(unit, number);
        }
        all.push(told);
    }
    all
}

fn sentence_ranges(text: &str) -> impl Iterator<Item = CharRange> + '_ {
    let mut start = CharIdx(0);
    sentences(text).map(move |bytes| {
        let end = start + CharIdx::count(&text[bytes]);
        let range = CharRange::new(start, end);
        start = end;
        range
    })
}

/// The part of a subject before the first figure in it: `全市游客120万人次，2021年135万人次`.
fn before_figures(indicator: CharRange, figures: &[Figure]) -> CharRange {
    let first = figures.partition_point(|figure| figure.range.end <= indicator.start);
    match figures.get(first) {
        Some(figure) if figure.range.start < indicator.end => {
            CharRange::new(indicator.start, figure.range.start.max(indicator.start))
        }
        _ => indicator,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::annot::Mark;
    use crate::annot::document::Parts;
    use crate::suggest::figures::find;
    use crate::text::Text;

    #[test]
    fn of_a_sentence_without_end_each_figure_has_the_part_around_it() {
        let clause = "破案5万多起，";
        let text = Text::from(clause.repeat(1_000).as_str());
        let around = |start: u32| sentence_around(&text, text.range(), (start + 2, start + 6).into());
        for start in [0, 3_500, 6_993] {
            let words = around(start);
            assert!(words.contains("破案5万多起") && words.chars().count() <= 206, "{words}");
            assert_eq!(words.starts_with('…'), start > 0, "{words}");
            assert_eq!(words.ends_with('…'), start < 6_993, "{words}");
            let whole = words.trim_matches('…');
            assert!(whole.starts_with("破案") && whole.ends_with("起，"), "{words}");
        }
        let unmarked = Text::from(format!("{}5起{}", "破".repeat(300), "案".repeat(300)).as_str());
        let words = sentence_around(&unmarked, unmarked.range(), (300, 302).into());
        assert_eq!(words, format!("…{}5起{}…", "破".repeat(100), "案".repeat(100)));
        // A tag that is longer than all of that, and one that leaves its sentence.
        for (sentence, figure) in [((0, 602), (0, 602)), ((0, 300), (290, 602))] {
            assert!(
                sentence_around(&unmarked, sentence.into(), figure.into())
                    .chars()
                    .count()
                    <= 302
            );
        }
        let short = Text::from(" 破案5起。");
        assert_eq!(sentence_around(&short, short.range(), (3, 5).into()), "破案5起。");
    }

    #[test]
    fn a_figure_counts_what_the_last_one_of_its_unit_in_the_sentence_counts() {
        let text = "𬱟报道，2020年全市游客120万人次，2021年135万人次，投资3亿元。2022年98万人次。";
        let document = Document::new(Parts {
            text: Text::from(text),
            ..Parts::default()
        });
        let found = find(text, None);
        let spans: Vec<Span> = (1..)
            .zip(&found)
            .map(|(id, figure)| Span {
                id: SpanId(id),
                range: figure.range,
                mark: Arc::new(Mark {
                    label: figure.label.as_str().into(),
                    ..Mark::default()
                }),
            })
            .collect();
        let spans: Vec<&Span> = spans.iter().collect();
        let values: Vec<_> = found.iter().map(|figure| Some(figure.value.clone())).collect();
        let (figures, places) = understood(&spans, &values);
        let told = told(&document, &spans, &values, (&figures, &places), &[]);
        let counted: Vec<&str> = told.iter().map(|told| told.counted.as_str()).collect();
        assert_eq!(counted, ["", "全市游客", "", "全市游客", "", "", ""]);
        let mut out = Vec::new();
        push_row(
            &mut out,
            "a,b.txt",
            &document,
            &FigureRow {
                range: spans[3].range,
                label: FigureLabel::Figure,
                value: values[3].as_ref(),
                sentence: told[3].sentence,
                counts: &told[3].counted,
                status: Status::Suggested,
            },
        );
        let row = String::from_utf8(out).unwrap();
        assert!(row.starts_with("\"a,b.txt\",135万人次,1350000,,,,人次,"), "{row}");
        assert!(row.ends_with(",1,25,31,全市游客,suggested,\r\n"), "{row}");
    }
}
