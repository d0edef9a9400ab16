//! What the sentences say of figures, as relations between tags: `measure_of`, `at_time`, `held_by`.

use super::tabulate;
use crate::annot::{Document, Relation, Span, SpanId, Status};
use crate::app::suggestions::Open;
use crate::text::CharRange;

/// The relations that the document does not have yet: from each accepted figure to the tag of what it measures, to its
/// time, and to the person or organisation whose figure it is.
#[must_use]
pub fn between(document: &Document) -> Vec<Relation> {
    let table = tabulate(document, &Open::default());
    let mut found: Vec<(&str, SpanId, SpanId)> = Vec::new();
    for row in &table.rows {
        let subject = row.subject.and_then(|subject| tag_on(document, subject));
        let time = row.time.and_then(|time| table.rows.get(time)).map(|time| time.id);
        let holder = row.holder.and_then(|holder| tag_on(document, holder));
        found.extend(subject.map(|subject| ("measure_of", row.id, subject)));
        found.extend(time.map(|time| ("at_time", row.id, time)));
        found.extend(holder.map(|holder| ("held_by", row.id, holder)));
    }
    found.retain(|(label, from, to)| {
        let mut known = document.relations().iter();
        !known.any(|known| known.label == *label && known.from == *from && known.to == *to)
    });
    let numbers = document
        .relations()
        .iter()
        .filter_map(|known| known.id.strip_prefix('r')?.parse::<u64>().ok());
    let first = numbers.max().unwrap_or(0) + 1;
    let with_ids = found.into_iter().zip(first..);
    with_ids
        .map(|((label, from, to), number)| Relation {
            id: format!("r{number}"),
            label: label.to_owned(),
            from,
            to,
        })
        .collect()
}

/// The accepted tag on just these characters, else the longest within them; no figure, no time.
fn tag_on(document: &Document, range: CharRange) -> Option<SpanId> {
    let tags = document.spans().overlapping(range);
    let names =
        tags.filter(|span| span.mark.status == Status::Accepted && super::figure_label(&span.mark.label).is_none());
    let within = names.filter(|span| range.covers(span.range));
    within.max_by_key(|span: &&Span| span.range.len()).map(|span| span.id)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::{LabelId, Mark};
    use crate::suggest::figures;
    use crate::text::Text;

    #[test]
    fn a_figure_is_held_at_a_time_by_who_is_tagged() {
        let text = "2024年江北水务集团新建30座泵站。";
        let label = |label: &str, value| Mark {
            label: LabelId::from(label),
            value,
            ..Mark::default()
        };
        let mut marks: Vec<(CharRange, Mark)> = figures::find(text, None)
            .into_iter()
            .map(|figure| (figure.range, label(figure.label.as_str(), Some(figure.value.to_json()))))
            .collect();
        marks.push((CharRange::of(5, 11), label("unit", None)));
        marks.push((CharRange::of(16, 18), label("place", None)));
        let spans = marks.into_iter().zip(1..).map(|((range, mark), id)| Span {
            id: SpanId(id),
            range,
            mark: Arc::new(mark),
        });
        let mut document = Document::new(Parts {
            text: Text::new(text.to_owned()),
            spans: spans.collect(),
            ..Parts::default()
        });
        let relations = between(&document);
        let said: Vec<(&str, u32, u32)> = relations
            .iter()
            .map(|one| (one.label.as_str(), one.from.0, one.to.0))
            .collect();
        assert_eq!(said, [("measure_of", 2, 4), ("at_time", 2, 1), ("held_by", 2, 3)]);
        let edit = crate::annot::Edit::Relations {
            remove: Vec::new(),
            add: relations,
        };
        document.apply(&edit).unwrap();
        assert_eq!(between(&document), []);
    }
}
