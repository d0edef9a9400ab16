//! Making, changing and walking tags.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::command::Selection;
use super::super::model::Model;
use super::super::notices::Weight;
use super::super::propagation::Propagation;
use crate::annot::{Document, Edit, LabelId, Mark, Origin, Span, SpanId, Status, occurrences};
use crate::i18n::T;
use crate::text::{CharIdx, CharRange};

impl Model {
    pub(super) fn tag(&mut self, ranges: &[CharRange], label: &LabelId, origin: Origin) {
        let Some(sheet) = self.sheet() else { return };
        let document = &sheet.document;
        let mut add = new_spans(document, ranges, label, origin);
        self.fill_values(&mut add);
        // A tag that is there already is chosen, not doubled; a suggestion of the same becomes the tag.
        let mut remove = Vec::new();
        let mut there = None;
        add.retain(|span| match same_tag(document, span.range, label) {
            Some(same) if same.mark.status == Status::Accepted => {
                there = Some(same.id);
                false
            }
            Some(same) => {
                remove.push(same.clone());
                true
            }
            None => true,
        });
        let chosen = add.last().map(|span| span.id).or(there);
        let place = add.first().map(|span| span.range);
        if !add.is_empty() && !self.edit(Edit::Spans { remove, add }, place) {
            return;
        }
        self.with_sheet(|sheet| {
            sheet.chosen = chosen;
            sheet.card = false;
            sheet.palette = false;
            sheet.selection = Selection::caret(sheet.selection.range().end);
        });
    }

    /// Puts changed spans in the place of these.
    pub(in crate::app) fn change_spans(&mut self, ids: &[SpanId], change: impl Fn(&Span) -> Span) -> bool {
        let Some(sheet) = self.sheet() else { return false };
        let remove = spans_of(&sheet.document, ids);
        let mut add: Vec<Span> = remove.iter().map(change).collect();
        self.revalue(&remove, &mut add);
        if remove == add {
            return false;
        }
        let place = remove.first().map(|span| span.range);
        self.edit(Edit::Spans { remove, add }, place)
    }

    pub(super) fn relabel(&mut self, spans: &[SpanId], label: &LabelId) {
        let count = spans.len();
        if !self.change_spans(spans, |span| span.saying(|mark| mark.label = label.clone())) || count < 2 {
            return;
        }
        let name = self
            .sheet()
            .and_then(|sheet| sheet.document.labels().get(label))
            .map(|label| self.lang.label(label));
        let text = self
            .lang
            .fill(T::LabelRenamed, &[&count.to_string(), name.unwrap_or(label.as_str())]);
        self.notify_step(text);
    }

    pub(super) fn remove_spans(&mut self, ids: &[SpanId]) {
        let Some(sheet) = self.sheet() else { return };
        let remove = spans_of(&sheet.document, ids);
        let place = remove.first().map(|span| span.range);
        let count = remove.len();
        let removed: HashSet<SpanId> = ids.iter().copied().collect();
        if count == 0
            || !self.edit(
                Edit::Spans {
                    remove,
                    add: Vec::new(),
                },
                place,
            )
        {
            return;
        }
        self.with_sheet(|sheet| {
            if sheet.chosen.is_some_and(|chosen| ids.contains(&chosen)) {
                sheet.chosen = None;
                sheet.card = false;
                sheet.selection = Selection::caret(place.map_or(CharIdx(0), |place| place.start));
            }
            if let Some(strip) = &mut sheet.propagation {
                strip.spans.retain(|span| !removed.contains(span));
                strip.current = strip.current.min(strip.spans.len().saturating_sub(1));
                if strip.spans.is_empty() {
                    sheet.propagation = None;
                }
            }
        });
        if count > 1 {
            let text = self.lang.fill(T::TagsRemoved, &[&count.to_string()]);
            self.notify_step(text);
        }
    }

    pub(super) fn resize(&mut self, id: SpanId, range: CharRange) {
        if !range.is_empty() {
            self.change_spans(&[id], |span| span.on(range));
        }
    }

    pub(super) fn move_ends(&mut self, start: i64, end: i64) {
        let Some(sheet) = self.sheet() else { return };
        let Some(span) = sheet.chosen_span() else {
            self.say(T::NothingSelected);
            return;
        };
        let text_end = sheet.document.text().len();
        let (start, end) = (span.range.start.offset(start), span.range.end.offset(end).min(text_end));
        let id = span.id;
        if start < end {
            self.resize(id, CharRange::new(start, end));
            self.with_sheet(|sheet| sheet.reveal = Some(CharRange::new(start, end)));
        }
    }

    /// Tags every other place of the chosen tag's text, or of the selected text with the label of a tag on it.
    pub(super) fn tag_others(&mut self) {
        let Some(sheet) = self.sheet() else { return };
        let Some(span) = sheet.chosen_span() else {
            self.say(T::NothingSelected);
            return;
        };
        let text = sheet.document.covered(span).to_owned();
        let label = span.mark.label.clone();
        let value = span.mark.value.clone();
        let ranges = occurrences::untagged(&sheet.document, &text, &label);
        if ranges.is_empty() {
            let text = self.lang.fill(T::OthersNone, &[&text]);
            self.notify(Weight::Passing, text);
            return;
        }
        let mut add = new_spans(&sheet.document, &ranges, &label, Origin::Propagated);
        if value.is_some() {
            for span in &mut add {
                *span = span.saying(|mark| mark.value.clone_from(&value));
            }
        }
        // A suggestion on the same characters has come true.
        let remove = ranges
            .iter()
            .filter_map(|&range| same_tag(&sheet.document, range, &label).cloned())
            .collect();
        let spans: Vec<SpanId> = add.iter().map(|span| span.id).collect();
        let place = ranges.first().copied();
        if self.edit(Edit::Spans { remove, add }, place) {
            self.with_sheet(|sheet| {
                sheet.card = false;
                sheet.propagation = Some(Propagation {
                    text,
                    label,
                    spans,
                    current: 0,
                });
            });
        }
    }

    pub(super) fn step_tag(&mut self, step: isize) {
        let Some(sheet) = self.sheet() else { return };
        let spans = sheet.document.spans();
        let shown = |index: &usize| spans[*index].mark.status != Status::Rejected;
        let place = match sheet.chosen_span() {
            Some(chosen) => spans.index_of(chosen).unwrap_or(0),
            None => spans.first_from(sheet.selection.caret),
        };
        let has_chosen = sheet.chosen_span().is_some();
        let next = if step > 0 {
            (place + usize::from(has_chosen)..spans.len()).find(shown)
        } else {
            (0..place).rev().find(shown)
        };
        let Some(span) = next.map(|index| &spans[index]) else {
            return;
        };
        let (id, range) = (span.id, span.range);
        self.go_to(id, range);
    }

    pub(super) fn add_label(&mut self, name: &str) {
        self.dialog = None;
        let Some(sheet) = self.sheet().filter(|_| !name.trim().is_empty()) else {
            return;
        };
        let (labels, label) = sheet.document.labels().with_new(name);
        let selected = sheet.selection.range();
        if self.edit(Edit::Labels(labels), None) && !selected.is_empty() {
            self.tag(&[selected], &label, Origin::Hand);
        }
    }
}

/// The tags of these numbers, in the order of the text.
fn spans_of(document: &Document, ids: &[SpanId]) -> Vec<Span> {
    if let [id] = ids {
        return document.spans().get(*id).cloned().into_iter().collect();
    }
    let wanted: HashSet<SpanId> = ids.iter().copied().collect();
    let spans = document.spans().iter();
    spans.filter(|span| wanted.contains(&span.id)).cloned().collect()
}

/// New tags with numbers of their own.
pub(super) fn new_spans(document: &Document, ranges: &[CharRange], label: &LabelId, origin: Origin) -> Vec<Span> {
    let mark = Arc::new(Mark {
        label: label.clone(),
        origin,
        ..Mark::default()
    });
    let ids = document.next_id()..;
    let spans = ranges.iter().zip(ids).filter(|(range, _)| !range.is_empty());
    spans
        .map(|(&range, id)| Span {
            id: SpanId(id),
            range,
            mark: Arc::clone(&mark),
        })
        .collect()
}

/// The tag of that label on just these characters.
pub(super) fn same_tag<'a>(document: &'a Document, range: CharRange, label: &LabelId) -> Option<&'a Span> {
    document
        .spans()
        .overlapping(range)
        .find(|span| span.range == range && span.mark.label == *label)
}
