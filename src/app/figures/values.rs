//! What the grammar says that a stretch of text means.

use std::collections::HashSet;

use crate::annot::check::{self, TagFinding};
use crate::annot::{Document, Edit, LabelId, Span, SpanId, Status};
use crate::suggest::figures::{self, Date, Figure, FigureValue, Kind, Unit};
use crate::text::change::Replacement;
use crate::text::{ChangeSet, CharRange};

/// Whether a label's tags have a value.
#[must_use]
pub fn has_value(label: &LabelId) -> bool {
    super::figure_label(label).is_some()
}

/// What these stretches of a document mean, each as far as the grammar takes just it for a figure: as it stands in its
/// paragraph, else by itself.
#[must_use]
pub fn values_at(document: &Document, ranges: &[CharRange]) -> Vec<Option<serde_json::Value>> {
    let issue_date = document.meta().issue_date.as_deref().and_then(Date::parse);
    let mut paragraph: Option<(usize, Vec<Figure>)> = None;
    let value = |range: &CharRange| {
        let number = document.block_at(range.start);
        let block = document.blocks().get(number)?.range;
        if paragraph.as_ref().is_none_or(|(known, _)| *known != number) {
            let found = figures::find(document.text().slice(block), issue_date);
            paragraph = Some((number, found));
        }
        let (_, found) = paragraph.as_ref()?;
        let here = range.shifted(-i64::from(block.start.0));
        let in_place = found
            .iter()
            .find(|figure| figure.range == here)
            .map(|figure| figure.value.clone());
        let value = in_place.or_else(|| whole(document.text().slice(*range), issue_date))?;
        Some(value.to_json())
    };
    ranges.iter().map(value).collect()
}

/// The figures at which `change` will be made that mean what is read from their text now, or nothing: nobody has said
/// otherwise by hand.
#[must_use]
pub fn read_near(document: &Document, change: &ChangeSet) -> Vec<SpanId> {
    let near = change.replacements().iter().map(Replacement::range);
    let figures: Vec<&Span> = near.flat_map(|range| figures_near(document, range)).collect();
    let ranges: Vec<CharRange> = figures.iter().map(|span| span.range).collect();
    let values = values_at(document, &ranges);
    let read = figures.iter().zip(values);
    let read = read.filter(|(span, value)| span.mark.value.is_none() || span.mark.value == *value);
    read.map(|(span, _)| span.id).collect()
}

/// The edit that lets those figures mean what is read from their text after `change`; `None` where they do.
#[must_use]
pub fn read_again(document: &Document, change: &ChangeSet, read: &[SpanId]) -> Option<Edit> {
    if read.is_empty() {
        return None;
    }
    let read: HashSet<SpanId> = read.iter().copied().collect();
    let back = change.inverse();
    let near = back.replacements().iter().map(Replacement::range);
    let figures = near.flat_map(|range| figures_near(document, range));
    let mut figures: Vec<&Span> = figures.filter(|span| read.contains(&span.id)).collect();
    figures.dedup_by_key(|span| span.id);
    let ranges: Vec<CharRange> = figures.iter().map(|span| span.range).collect();
    let (mut remove, mut add) = (Vec::new(), Vec::new());
    for (span, value) in figures.into_iter().zip(values_at(document, &ranges)) {
        if span.mark.value != value {
            remove.push(span.clone());
            add.push(span.saying(|mark| mark.value = value));
        }
    }
    (!add.is_empty()).then_some(Edit::Spans { remove, add })
}

/// The figures whose text was corrected and whose value, given by hand, is not what that says.
#[must_use]
pub fn unfitting(document: &Document) -> Vec<TagFinding> {
    let corrected: Vec<CharRange> = document.placed_corrections().map(|(place, _)| place).collect();
    let is_corrected = |range: CharRange| {
        let first = corrected.partition_point(|place| place.end <= range.start);
        corrected.get(first).is_some_and(|place| place.start < range.end)
    };
    let spans = document.spans().iter().filter(|span| {
        let is_valued = has_value(&span.mark.label) && span.mark.value.is_some();
        is_valued && span.mark.status == Status::Accepted && is_corrected(span.range)
    });
    let spans: Vec<&Span> = spans.collect();
    let ranges: Vec<CharRange> = spans.iter().map(|span| span.range).collect();
    let read = spans.into_iter().zip(values_at(document, &ranges));
    let differing =
        read.filter_map(|(span, read)| Some((span, read.filter(|read| span.mark.value.as_ref() != Some(read))?)));
    let finding = |(span, read): (&Span, serde_json::Value)| TagFinding {
        fix: Some(Edit::Spans {
            remove: vec![span.clone()],
            add: vec![span.saying(|mark| mark.value = Some(read.clone()))],
        }),
        kind: check::Kind::Value { read },
        places: vec![(span.id, span.range)],
    };
    differing.map(finding).collect()
}

/// The tags with values that share a character with `range`, or touch it.
fn figures_near(document: &Document, range: CharRange) -> impl Iterator<Item = &Span> {
    let wider = CharRange::new(range.start.offset(-1), range.end.offset(1));
    let spans = document.spans().overlapping(wider);
    spans.filter(|span| has_value(&span.mark.label) && span.mark.status != Status::Rejected)
}

/// The meaning of a text that is one figure from its first character to its last.
fn whole(text: &str, issue_date: Option<Date>) -> Option<FigureValue> {
    let length = text.chars().count();
    let found = figures::find(text, issue_date);
    let whole = found
        .into_iter()
        .find(|figure| figure.range == CharRange::of(0, length))?;
    Some(whole.value)
}

/// A unit by its printed name, with its code where the grammar knows it.
#[must_use]
pub fn unit_named(raw: &str) -> Option<Unit> {
    let raw = raw.trim();
    if raw.is_empty() {
        return None;
    }
    let known = whole(&format!("3{raw}"), None).and_then(|value| value.unit);
    Some(known.filter(|unit| unit.raw == raw).unwrap_or(Unit {
        raw: raw.to_owned(),
        code: None,
        dimension: None,
    }))
}

/// The kind of figure that a unit makes of a number, where the grammar knows the unit.
#[must_use]
pub fn kind_of_unit(unit: &Unit) -> Option<Kind> {
    let known = whole(&format!("3{}", unit.raw), None)?;
    known
        .unit
        .is_some_and(|known| known.raw == unit.raw)
        .then_some(known.kind)
}

/// The TIMEX3 value that a length of time has by its number, or its bounds, and its unit.
#[must_use]
pub fn timex_of_length(value: &FigureValue) -> Option<String> {
    let number = match (&value.value, &value.min, &value.max) {
        (Some(number), ..) => number.clone(),
        (None, Some(min), Some(max)) => format!("{min}至{max}"),
        _ => return None,
    };
    whole(&format!("{number}{}", value.unit.as_ref()?.raw), None)?.timex
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::document::Parts;
    use crate::text::Text;

    #[test]
    fn a_stretch_means_what_it_means_in_its_paragraph_else_by_itself() {
        let document = Document::new(Parts {
            text: Text::new("𬱟\n共25.9万余起，3至5万元。".to_owned()),
            ..Parts::default()
        });
        let value = |start, end| {
            let values = values_at(&document, &[CharRange::of(start, end)]);
            let value = values.into_iter().next().flatten();
            value
                .and_then(|value| FigureValue::from_json(&value))
                .map(|value| (value.value, value.min))
        };
        let number = |text: &str| Some(text.to_owned());
        assert_eq!(value(3, 10), Some((number("259000"), number("259000"))));
        assert_eq!(value(3, 7), Some((number("25.9"), None)));
        assert_eq!(value(11, 16), Some((None, number("30000"))));
        assert_eq!(value(2, 3), None);
    }

    #[test]
    fn units_are_known_by_their_printed_names() {
        assert_eq!(unit_named("万元").map(|unit| unit.raw), Some("万元".to_owned()));
        assert_eq!(unit_named("元").and_then(|unit| unit.code), Some("CNY".to_owned()));
        assert_eq!(unit_named(" "), None);
    }
}
