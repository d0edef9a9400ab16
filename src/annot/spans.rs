//! The tags of a document, in order, and which of them a stretch of text shows.

use super::{Span, SpanId};
use crate::text::{Assoc, ChangeSet, CharIdx, CharRange};

/// Spans in one block of the index.
const BLOCK: usize = 64;

/// The spans of a document, sorted by start and the longest first.
///
/// `furthest` holds the largest end of each block of [`BLOCK`] spans, so that a look-up need not read all spans that
/// begin before a stretch to find the few that reach into it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spans {
    spans: Vec<Span>,
    furthest: Vec<CharIdx>,
}

impl Spans {
    /// Sorts the spans.
    #[must_use]
    pub fn new(mut spans: Vec<Span>) -> Self {
        spans.sort_by_key(Span::order);
        let mut all = Self {
            spans,
            furthest: Vec::new(),
        };
        all.index_from(0);
        all
    }

    /// All of them, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Span] {
        &self.spans
    }

    /// All of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Span> {
        self.spans.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The span of that number. Reads through all of them: fine for a click, not for each row.
    #[must_use]
    pub fn get(&self, id: SpanId) -> Option<&Span> {
        self.spans.iter().find(|span| span.id == id)
    }

    /// The spans that share a character with `range`, in order.
    pub fn overlapping(&self, range: CharRange) -> impl Iterator<Item = &Span> {
        let end = self.spans.partition_point(|span| span.range.start < range.end);
        let blocks = self.furthest.iter().take(end.div_ceil(BLOCK)).enumerate();
        blocks
            .filter(move |(_, furthest)| **furthest > range.start)
            .flat_map(move |(block, _)| &self.spans[block * BLOCK..end.min((block + 1) * BLOCK)])
            .filter(move |span| span.range.overlaps(range))
    }

    /// The spans that cover the character at `at`, outermost first.
    pub fn at(&self, at: CharIdx) -> impl Iterator<Item = &Span> {
        self.overlapping(CharRange::new(at, CharIdx(at.0.saturating_add(1))))
    }

    /// The index of the first span that begins at or after `at`.
    #[must_use]
    pub fn first_from(&self, at: CharIdx) -> usize {
        self.spans.partition_point(|span| span.range.start < at)
    }

    /// Puts one in its place.
    pub fn insert(&mut self, span: Span) {
        let at = self.spans.partition_point(|other| other.order() < span.order());
        self.spans.insert(at, span);
        self.index_from(at);
    }

    /// Puts several in their places; one pass however many they are.
    pub fn insert_all(&mut self, spans: &[Span]) {
        match spans {
            [] => {}
            [one] => self.insert(one.clone()),
            _ => {
                self.spans.extend_from_slice(spans);
                self.spans.sort_by_key(Span::order);
                self.index_from(0);
            }
        }
    }

    /// Takes out the spans that are equal to these in number and place. `false`, and nothing changed, where one of them
    /// is not there.
    pub fn remove_all(&mut self, spans: &[Span]) -> bool {
        if let [one] = spans {
            let Ok(at) = self.spans.binary_search_by_key(&one.order(), Span::order) else {
                return false;
            };
            self.spans.remove(at);
            self.index_from(at);
            return true;
        }
        let mut places = Vec::with_capacity(spans.len());
        for span in spans {
            match self.spans.binary_search_by_key(&span.order(), Span::order) {
                Ok(at) => places.push(at),
                Err(_) => return false,
            }
        }
        places.sort_unstable();
        places.dedup();
        if places.len() < spans.len() {
            return false;
        }
        self.take_out(&places);
        self.index_from(places.first().copied().unwrap_or(0));
        true
    }

    /// Moves every span with a change of the text. Returns those that the change did more to than move them along
    /// (`before`, `after`); `after` is `None` where all of its text is gone, and the span with it.
    pub fn map(&mut self, change: &ChangeSet) -> Vec<(Span, Option<Span>)> {
        let (Some(first), Some(last)) = (change.replacements().first(), change.replacements().last()) else {
            return Vec::new();
        };
        // Only what reaches the change is looked at closely; what lies behind it is moved along.
        let behind = self.spans.partition_point(|span| span.range.start <= last.range().end);
        let shift = i64::from(change.map_pos(last.range().end, Assoc::After).0) - i64::from(last.range().end.0);
        for span in &mut self.spans[behind..] {
            span.range = span.range.shifted(shift);
        }
        let near = self.first_reaching(first.at).min(behind);
        let back = change.inverse();
        let mut touched = Vec::new();
        let mut gone = Vec::new();
        for (index, span) in self.spans[near..behind].iter_mut().enumerate() {
            let before = span.range;
            if before.end < first.at {
                continue;
            }
            let range = change.map_range(before);
            if range.is_empty() {
                touched.push((span.clone(), None));
                gone.push(near + index);
                continue;
            }
            if back.map_range(range) != before {
                touched.push((span.clone(), Some(span.on(range))));
            }
            span.range = range;
        }
        let behind = behind - gone.len();
        if !gone.is_empty() {
            self.take_out(&gone);
        }
        // Two that began apart may begin at one place now, the last of them where the first behind the change does.
        let at = self.spans.get(behind).map(|span| span.range.start);
        let alike = self.spans[behind..]
            .iter()
            .take_while(|span| Some(span.range.start) == at);
        let until = behind + alike.count();
        self.spans[near..until].sort_by_key(Span::order);
        self.index_from(near);
        touched
    }

    /// The index of the first span that reaches to `at` or beyond; those before it end before `at`.
    fn first_reaching(&self, at: CharIdx) -> usize {
        let block = self.furthest.iter().position(|&furthest| furthest >= at);
        let start = block.map_or(self.spans.len(), |block| block * BLOCK);
        let skipped = self.spans[start..].iter().take_while(|span| span.range.end < at);
        start + skipped.count()
    }

    /// Takes out the spans at these places, which are in order.
    fn take_out(&mut self, places: &[usize]) {
        let mut next = places.iter().copied().peekable();
        let mut index = 0;
        self.spans.retain(|_| {
            let is_gone = next.next_if_eq(&index).is_some();
            index += 1;
            !is_gone
        });
    }

    /// Makes the index anew from the block that holds span `from`.
    fn index_from(&mut self, from: usize) {
        self.furthest.truncate(from / BLOCK);
        let rest = self.spans[self.furthest.len() * BLOCK..].chunks(BLOCK);
        self.furthest
            .extend(rest.map(|block| block.iter().map(|span| span.range.end).max().unwrap_or_default()));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::text::Text;
    use crate::text::change::Replacement;

    fn span(id: u32, start: u32, len: u32) -> Span {
        Span {
            id: SpanId(id),
            range: CharRange::new(CharIdx(start), CharIdx(start + len)),
            mark: Arc::default(),
        }
    }

    proptest! {
        #[test]
        fn a_look_up_finds_what_reading_all_would(
            places in prop::collection::vec((0..500_u32, 1..60_u32), 0..400), from in 0..560_u32, len in 0..80_u32,
        ) {
            let mut spans = Spans::default();
            let all: Vec<Span> = places.iter().zip(0..).map(|(&(start, len), id)| span(id, start, len)).collect();
            let (half, rest) = all.split_at(all.len() / 2);
            spans.insert_all(half);
            for one in rest {
                spans.insert(one.clone());
            }
            prop_assert_eq!(&spans, &Spans::new(all.clone()));
            let range = CharRange::new(CharIdx(from), CharIdx(from + len));
            let found: Vec<SpanId> = spans.overlapping(range).map(|span| span.id).collect();
            let expected: Vec<SpanId> =
                Spans::new(all.clone()).iter().filter(|span| span.range.overlaps(range)).map(|span| span.id).collect();
            prop_assert_eq!(found, expected);
            prop_assert!(spans.remove_all(half));
            prop_assert_eq!(&spans, &Spans::new(rest.to_vec()));
        }
    }

    proptest! {
        #[test]
        fn a_change_moves_each_as_it_would_alone(
            places in prop::collection::vec((0..60_u32, 1..20_u32), 0..200),
            at in 0..60_u32, len in 0..12_u32, with in "[ab]{0,4}", second in 0..40_u32,
        ) {
            let text = Text::new("文".repeat(120));
            let one = |at: u32, len: u32| Replacement {
                at: CharIdx(at),
                before: "文".repeat(len as usize),
                after: with.clone(),
            };
            let change = ChangeSet::new(vec![one(at, len), one(at + len + 1 + second % 8, second % 3)]);
            prop_assert!(change.fits(&text));
            let all: Vec<Span> = places.iter().zip(0..).map(|(&(start, len), id)| span(id, start, len)).collect();
            let mut spans = Spans::new(all.clone());
            let touched = spans.map(&change);
            let alone = all.iter().map(|span| span.on(change.map_range(span.range)));
            let expected: Vec<Span> = alone.filter(|span| !span.range.is_empty()).collect();
            prop_assert_eq!(&spans, &Spans::new(expected));
            let lost = touched.iter().filter(|(_, after)| after.is_none()).count();
            prop_assert_eq!(lost, all.len() - spans.len());
        }
    }

    #[test]
    fn removing_what_is_not_there_changes_nothing() {
        let mut spans = Spans::new(vec![span(1, 0, 2), span(2, 4, 2)]);
        let before = spans.clone();
        assert!(!spans.remove_all(&[span(1, 0, 2), span(3, 4, 2)]));
        assert!(!spans.remove_all(&[span(1, 0, 2), span(1, 0, 2)]));
        assert_eq!(spans, before);
    }
}
