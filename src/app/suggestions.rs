//! What the machine proposes for an article and the editor has not judged.
//!
//! Nothing of it is in the document: a suggestion becomes a tag when it is accepted, and a rejected tag when it is turned
//! down. Two steps, each redone only when what it depends on has changed: the search reads the text on a worker; what of
//! it is still open follows from the document's tags.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use serde_json::Number;

use super::model::{Model, SheetId};
use super::outcome::Outcome;
use crate::annot::{Document, LabelId, Span, SpanId, Spans, Status};
use crate::jobs::Lane;
use crate::suggest::figures::Date;
use crate::suggest::{Suggestion, suggest};
use crate::text::{CharIdx, CharRange, Text, Words};

/// Suggestions and tags up to which the open ones are worked out at once; beyond, on a worker.
const OPENED_AT_ONCE: usize = 4_000;

/// How sure the machine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// At least nine in ten are right.
    Sure,
    /// At least seven in ten.
    Likely,
    /// The rest.
    Unsure,
}

impl Tier {
    /// The tier of a suggestion; one without a score is unsure.
    #[must_use]
    pub fn of(span: &Span) -> Self {
        match span.mark.score.as_ref().and_then(Number::as_f64).unwrap_or(0.0) {
            0.9.. => Self::Sure,
            0.7.. => Self::Likely,
            _ => Self::Unsure,
        }
    }
}

/// The suggestions of one tier and label on one text.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// How sure they are.
    pub tier: Tier,
    /// Their label.
    pub label: LabelId,
    /// What they cover.
    pub name: String,
    /// The suggestions, in the order of the text.
    pub spans: Vec<Span>,
}

/// The open suggestions and their groups.
#[derive(Clone, Debug, Default)]
pub struct Open {
    /// In the order of the text. The numbers of those that are not in the document are counted down from the largest, so
    /// that no tag has them.
    pub spans: Spans,
    /// By tier, then in the order of the label bar, then the most frequent first.
    pub groups: Vec<Group>,
    /// How many suggestions the editor has turned down.
    pub rejected: usize,
}

/// What the search was asked.
#[derive(Clone, Debug)]
pub struct Question {
    text: Arc<Text>,
    issue_date: Option<String>,
}

impl Question {
    fn is(&self, document: &Document) -> bool {
        Arc::ptr_eq(&self.text, document.text()) && self.issue_date == document.meta().issue_date
    }
}

/// An article's suggestions.
#[derive(Debug, Default)]
pub struct Suggestions {
    /// What the search found, for the last question that was answered.
    found: Arc<Vec<Span>>,
    answered: Option<Question>,
    /// The question that a worker is at.
    asked: Option<Question>,
    /// Those that are neither accepted nor turned down; none while they are hidden.
    pub open: Arc<Open>,
    /// The text that the places of `open` are in.
    placed_in: Option<Arc<Text>>,
    /// Counts the changes of `open`.
    pub generation: u64,
    /// For which revision of the document `open` was made, and whether suggestions were shown.
    made_for: Option<(u64, bool)>,
    is_due: bool,
}

impl Suggestions {
    /// An open suggestion.
    #[must_use]
    pub fn get(&self, id: SpanId) -> Option<&Span> {
        self.open.spans.get(id)
    }

    /// Whether a worker is at them.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        self.asked.is_some()
    }

    /// Returns those that were open, for a worker to discard.
    fn set_open(&mut self, open: Open, text: &Arc<Text>) -> Arc<Open> {
        self.placed_in = Some(Arc::clone(text));
        self.generation += 1;
        std::mem::replace(&mut self.open, Arc::new(open))
    }

    /// Moves the open suggestions to where they stand in a changed text, until the search has read it; those whose own
    /// words have changed are gone. Returns those that were open, for a worker to discard.
    fn follow(&mut self, document: &Document) -> Option<Arc<Open>> {
        let text = document.text();
        let before = self.placed_in.take_if(|before| !Arc::ptr_eq(before, text))?;
        let spans = if self.open.spans.len() <= OPENED_AT_ONCE {
            moved(self.open.spans.iter(), &before, text)
        } else {
            Vec::new()
        };
        let spans = Spans::new(spans);
        let groups = group(document, &spans);
        let rejected = self.open.rejected;
        let open = Open {
            spans,
            groups,
            rejected,
        };
        Some(self.set_open(open, text))
    }
}

/// Whether the editor has judged a suggestion: the same was accepted or turned down, or a tag of the label is there.
#[must_use]
pub fn is_judged(document: &Document, suggestion: &Span) -> bool {
    let label = &suggestion.mark.label;
    document
        .spans()
        .overlapping(suggestion.range)
        .any(|span| match span.mark.status {
            Status::Accepted => span.range == suggestion.range || span.mark.label == *label,
            Status::Rejected => span.range == suggestion.range && span.mark.label == *label,
            Status::Suggested => false,
        })
}

/// What a search finds in a text. `last` is what was found for a text before it: paragraphs are read each by itself, so
/// only those that have changed since are read again.
fn search(question: &Question, words: &Words, last: Option<(&Question, &[Span])>) -> Vec<Span> {
    let issue_date = question.issue_date.as_deref().and_then(Date::parse);
    let text = question.text.as_str();
    let last = last.filter(|(last, _)| last.issue_date == question.issue_date);
    let (before, known) = last.map_or(("", [].as_slice()), |(last, known)| (last.text.as_str(), known));
    let changed = changed_paragraphs(before, text);
    let start = CharIdx::count(&text[..changed.after.start]);
    let end = CharIdx::count(&before[changed.before.clone()]) + start;
    let growth = i64::from(CharIdx::count(&text[changed.after.clone()]).0) - i64::from(end.0 - start.0);
    let fresh = suggest(&text[changed.after], words, issue_date);
    let fresh = fresh.into_iter().map(|suggestion: Suggestion| Span {
        id: SpanId::default(),
        range: suggestion.range.shifted(i64::from(start.0)),
        mark: Arc::new(suggestion.mark()),
    });
    let head = known.iter().take_while(|span| span.range.end <= start).cloned();
    let tail = known.iter().filter(|span| span.range.start >= end);
    let tail = tail.map(|span| span.on(span.range.shifted(growth)));
    let ids = (0..=u32::MAX).rev();
    let numbered = head.chain(fresh).chain(tail).zip(ids);
    numbered.map(|(span, id)| Span { id: SpanId(id), ..span }).collect()
}

/// The paragraphs in which two texts differ, as bytes of each, without the line feeds around them.
struct Changed {
    before: Range<usize>,
    after: Range<usize>,
}

fn changed_paragraphs(before: &str, after: &str) -> Changed {
    let same = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
    let prefix = same(&mut before.bytes().zip(after.bytes()));
    let line_feed = after.as_bytes()[..prefix].iter().rposition(|&byte| byte == b'\n');
    let start = line_feed.map_or(0, |at| at + 1);
    let room = before.len().min(after.len()) - start;
    let suffix = same(&mut before.bytes().rev().zip(after.bytes().rev()).take(room));
    let tail = &after.as_bytes()[after.len() - suffix..];
    let rest = tail.iter().position(|&byte| byte == b'\n').map_or(0, |at| suffix - at);
    Changed {
        before: start..before.len() - rest,
        after: start..after.len() - rest,
    }
}

/// The suggestions that are still open: those found and those that came with the file, but for blocks that were set aside.
#[must_use]
pub fn open(document: &Document, found: &[Span]) -> Open {
    let known = |span: &&Span| {
        document.labels().get(&span.mark.label).is_some()
            && !document.is_set_aside(span.range.start)
            && !is_judged(document, span)
    };
    let stored: Vec<&Span> = document
        .spans()
        .iter()
        .filter(|span| span.mark.status == Status::Suggested)
        .collect();
    let same_stored = |span: &Span| {
        document.spans().overlapping(span.range).any(|other| {
            other.mark.status == Status::Suggested && other.range == span.range && other.mark.label == span.mark.label
        })
    };
    let fresh = found.iter().filter(|span| !same_stored(span));
    let all = fresh.chain(stored).filter(known).cloned().collect();
    let spans = Spans::new(all);
    Open {
        groups: group(document, &spans),
        rejected: document
            .spans()
            .iter()
            .filter(|span| span.mark.status == Status::Rejected)
            .count(),
        spans,
    }
}

/// Spans of one text in another that differs from it in one stretch.
fn moved<'a>(spans: impl IntoIterator<Item = &'a Span>, before: &Text, after: &Text) -> Vec<Span> {
    let differs = before.differing(after);
    let growth = i64::from(after.len().0) - i64::from(before.len().0);
    let place = |range: CharRange| {
        if range.end <= differs.start {
            Some(range)
        } else if range.start >= differs.end {
            Some(range.shifted(growth))
        } else {
            None
        }
    };
    spans
        .into_iter()
        .filter_map(|span| Some(span.on(place(span.range)?)))
        .collect()
}

fn group(document: &Document, spans: &Spans) -> Vec<Group> {
    let mut places: HashMap<(Tier, &LabelId, &str), usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for span in spans.iter() {
        let (tier, name) = (Tier::of(span), document.covered(span));
        let place = *places.entry((tier, &span.mark.label, name)).or_insert_with(|| {
            groups.push(Group {
                tier,
                label: span.mark.label.clone(),
                name: name.to_owned(),
                spans: Vec::new(),
            });
            groups.len() - 1
        });
        groups[place].spans.push(span.clone());
    }
    let labels = document.labels();
    groups.sort_by_key(|group| {
        (
            group.tier,
            labels.rank(&group.label),
            std::cmp::Reverse(group.spans.len()),
        )
    });
    groups
}

impl Model {
    /// Brings the suggestions up to the shown document.
    pub fn refresh_suggestions(&mut self) {
        let Some(place) = self.shown else { return };
        let is_shown = self.settings.suggestions;
        let id = self.articles[place].id;
        let Some(sheet) = self.articles[place].sheet.as_deref_mut() else {
            return;
        };
        let document = &sheet.document;
        let suggestions = &mut sheet.suggestions;
        let is_answered = suggestions
            .answered
            .as_ref()
            .is_some_and(|answered| answered.is(document));
        if !is_answered && is_shown {
            self.jobs.discard(suggestions.follow(document));
            suggestions.made_for = None;
            // One search at a time: while somebody types, the next one is for what has been typed by then.
            if suggestions.asked.is_none() {
                let question = Question {
                    text: Arc::clone(document.text()),
                    issue_date: document.meta().issue_date.clone(),
                };
                suggestions.asked = Some(question.clone());
                let words = Arc::clone(&self.segmenter);
                let last = suggestions
                    .answered
                    .clone()
                    .map(|last| (last, Arc::clone(&suggestions.found)));
                self.jobs.run(Lane::Derive, move || {
                    let last = last.as_ref().map(|(last, found)| (last, found.as_slice()));
                    Outcome::Searched {
                        sheet: id,
                        found: search(&question, &words, last),
                        question,
                    }
                });
            }
            return;
        }
        if suggestions.made_for == Some((sheet.revision, is_shown)) || suggestions.is_due {
            return;
        }
        suggestions.made_for = Some((sheet.revision, is_shown));
        if !is_shown {
            self.jobs
                .discard(suggestions.set_open(Open::default(), document.text()));
        } else if suggestions.found.len() + document.spans().len() <= OPENED_AT_ONCE {
            let open = open(document, &suggestions.found);
            self.jobs.discard(suggestions.set_open(open, document.text()));
        } else {
            suggestions.is_due = true;
            let (document, found) = (document.clone(), Arc::clone(&suggestions.found));
            self.jobs.run(Lane::Derive, move || Outcome::OpenSuggestions {
                sheet: id,
                open: open(&document, &found),
                text: Arc::clone(document.text()),
            });
        }
    }

    /// Takes in what a search found.
    pub(super) fn searched(&mut self, sheet: SheetId, question: Question, found: Vec<Span>) {
        let Some(sheet) = self.sheet_of(sheet) else { return };
        sheet.suggestions.asked = None;
        // The text may have moved on since; then the next search is for it.
        if !question.is(&sheet.document) {
            return;
        }
        // The numbers are new, and what was chosen stays chosen.
        if let Some(chosen) = sheet
            .chosen_suggestion()
            .filter(|chosen| sheet.document.spans().get(chosen.id).is_none())
        {
            let same = found
                .binary_search_by_key(&chosen.range.start, |span| span.range.start)
                .ok();
            let same = same
                .and_then(|place| found.get(place))
                .filter(|same| same.range == chosen.range && same.mark.label == chosen.mark.label);
            sheet.chosen = same.map(|same| same.id);
        }
        let old = std::mem::replace(&mut sheet.suggestions.found, Arc::new(found));
        sheet.suggestions.answered = Some(question);
        sheet.suggestions.made_for = None;
        self.jobs.discard(old);
    }

    /// Takes in the open suggestions that a worker made.
    pub(super) fn opened_suggestions(&mut self, sheet: SheetId, open: Open, text: &Arc<Text>) {
        let Some(sheet) = self.sheet_of(sheet) else { return };
        sheet.suggestions.is_due = false;
        if Arc::ptr_eq(text, sheet.document.text()) {
            let old = sheet.suggestions.set_open(open, text);
            self.jobs.discard(old);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static WORDS: LazyLock<Words> = LazyLock::new(Words::load);

    proptest! {
        #[test]
        fn a_changed_text_is_searched_as_if_it_were_new(
            before in "(昨天|重庆市|公安局|张建国|5.8万|多起|😀|𬱟|\u{3000}|\n|，|共|3|个){0,24}",
            after in "(昨天|重庆市|公安局|张建国|5.8万|多起|😀|𬱟|\u{3000}|\n|，|共|3|个){0,24}",
            common in "(\n|重庆市公安局|共3个|。){0,6}",
            has_date in any::<bool>(),
        ) {
            let question = |text: String| Question {
                text: Arc::new(Text::new(text)),
                issue_date: has_date.then(|| "2025-09-16".to_owned()),
            };
            let first = question(format!("{common}{before}{common}"));
            let second = question(format!("{common}{after}{common}"));
            let found = search(&first, &WORDS, None);
            prop_assert_eq!(search(&second, &WORDS, Some((&first, &found))), search(&second, &WORDS, None));
        }

        #[test]
        fn suggestions_stay_on_their_words_while_the_text_changes(
            head in "[一二𬱟a]{0,6}", old in "[三四😀]{0,4}", new in "[三四😀]{0,4}", tail in "[一二𬱟a]{0,6}",
            places in prop::collection::vec((0..12_usize, 1..4_usize), 0..6),
        ) {
            let before = Text::new(format!("{head}{old}{tail}"));
            let after = Text::new(format!("{head}{new}{tail}"));
            let length = before.len().to_usize();
            let spans: Vec<Span> = places
                .into_iter()
                .filter(|(start, length_of)| start + length_of <= length)
                .map(|(start, length)| Span {
                    id: SpanId(0),
                    range: CharRange::of(start, start + length),
                    mark: Arc::default(),
                })
                .collect();
            let (head_end, tail_start) = (head.chars().count(), length - tail.chars().count());
            let untouched = spans
                .iter()
                .filter(|span| span.range.end.to_usize() <= head_end || span.range.start.to_usize() >= tail_start);
            let expected: Vec<&str> = untouched.map(|span| before.slice(span.range)).collect();
            let moved = moved(&spans, &before, &after);
            let found: Vec<&str> = moved.iter().map(|span| after.slice(span.range)).collect();
            // A stretch that came back the same may keep more than must be kept.
            prop_assert!(found.len() >= expected.len());
            let mut rest = found.iter();
            prop_assert!(expected.iter().all(|word| rest.any(|other| other == word)));
        }
    }
}
