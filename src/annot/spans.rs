//! The tags of a document, in order, and which of them a stretch of text shows.

use std::cmp::Reverse;
use std::ops::Index;
use std::sync::{Arc, OnceLock};

use super::{Span, SpanId};
use crate::text::{Assoc, ChangeSet, CharIdx, CharRange};

/// Spans in a chunk when it is made; one that has grown to twice as many is parted.
#[cfg(not(test))]
const CHUNK: usize = 256;
#[cfg(test)]
const CHUNK: usize = 4;

/// The spans of a document, sorted by start and the longest first.
///
/// They are kept in chunks, because a change of the text must not cost what a long document has of them: what lies behind
/// the change is moved along chunk by chunk, and a copy of the document shares every chunk that neither of the two has
/// changed. Invariant: no chunk is empty, and the chunks are in order.
#[derive(Clone, Debug, Default)]
pub struct Spans {
    chunks: Vec<Chunk>,
}

#[derive(Clone, Debug)]
struct Chunk {
    /// Where they stood when one of them was last changed.
    spans: Arc<Vec<Span>>,
    /// By how many characters all of them have moved since.
    shift: i64,
    /// Where they stand now, once somebody has asked and there is a shift.
    placed: OnceLock<Arc<Vec<Span>>>,
    /// The largest end of `spans`, so that a look-up need not read all that begin before a stretch to find the few that
    /// reach into it.
    furthest: CharIdx,
}

impl Chunk {
    fn new(spans: Vec<Span>) -> Self {
        Self {
            furthest: furthest(&spans),
            spans: Arc::new(spans),
            shift: 0,
            placed: OnceLock::new(),
        }
    }

    /// The spans where they stand now.
    fn spans(&self) -> &[Span] {
        if self.shift == 0 {
            return &self.spans;
        }
        let shifted = |span: &Span| span.on(span.range.shifted(self.shift));
        self.placed
            .get_or_init(|| Arc::new(self.spans.iter().map(shifted).collect()))
    }

    /// Changes the spans; they must be in order again afterwards.
    fn change<T>(&mut self, change: impl FnOnce(&mut Vec<Span>) -> T) -> T {
        if self.shift != 0 {
            self.spans = match self.placed.take() {
                Some(placed) => placed,
                None => Arc::new(self.spans().to_vec()),
            };
            self.shift = 0;
        }
        let spans = Arc::make_mut(&mut self.spans);
        let result = change(spans);
        self.furthest = furthest(spans);
        result
    }

    fn move_along(&mut self, by: i64) {
        self.shift += by;
        self.placed = OnceLock::new();
    }

    /// Where the first of them begins.
    fn start(&self) -> CharIdx {
        let first = self.spans.first();
        first.map_or(CharIdx(0), |span| span.range.start.offset(self.shift))
    }

    fn furthest(&self) -> CharIdx {
        self.furthest.offset(self.shift)
    }

    fn first_order(&self) -> Option<Order> {
        Some(self.order_of(self.spans.first()?))
    }

    fn last_order(&self) -> Option<Order> {
        Some(self.order_of(self.spans.last()?))
    }

    /// As [`Span::order`] is where the span stands now.
    fn order_of(&self, span: &Span) -> Order {
        let range = span.range.shifted(self.shift);
        (range.start.0, Reverse(range.end.0), span.id)
    }
}

/// What [`Span::order`] gives.
type Order = (u32, Reverse<u32>, SpanId);

fn furthest(spans: &[Span]) -> CharIdx {
    spans.iter().map(|span| span.range.end).max().unwrap_or_default()
}

impl PartialEq for Spans {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Index<usize> for Spans {
    type Output = Span;

    /// Panics, as that of a slice does, where there are not that many.
    fn index(&self, mut index: usize) -> &Span {
        for chunk in &self.chunks {
            match index.checked_sub(chunk.spans.len()) {
                Some(left) => index = left,
                None => return &chunk.spans()[index],
            }
        }
        panic!("a document has no span {index} behind its last");
    }
}

impl Spans {
    /// Sorts the spans.
    #[must_use]
    pub fn new(mut spans: Vec<Span>) -> Self {
        spans.sort_by_key(Span::order);
        let chunks = spans.chunks(CHUNK).map(|chunk| Chunk::new(chunk.to_vec()));
        Self {
            chunks: chunks.collect(),
        }
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Span> + Clone {
        self.chunks.iter().flat_map(|chunk| chunk.spans().iter())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.spans.len()).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// The span of that number. Reads through all of them: fine for a click, not for each row.
    #[must_use]
    pub fn get(&self, id: SpanId) -> Option<&Span> {
        self.chunks.iter().find_map(|chunk| {
            let place = chunk.spans.iter().position(|span| span.id == id)?;
            chunk.spans().get(place)
        })
    }

    /// The spans that share a character with `range`, in order.
    pub fn overlapping(&self, range: CharRange) -> impl Iterator<Item = &Span> {
        let until = self.chunks.partition_point(|chunk| chunk.start() < range.end);
        let reaching = self.chunks[..until]
            .iter()
            .filter(move |chunk| chunk.furthest() > range.start);
        reaching
            .flat_map(move |chunk| {
                let spans = chunk.spans();
                &spans[..spans.partition_point(|span| span.range.start < range.end)]
            })
            .filter(move |span| span.range.overlaps(range))
    }

    /// The spans that cover the character at `at`, outermost first.
    pub fn at(&self, at: CharIdx) -> impl Iterator<Item = &Span> {
        self.overlapping(CharRange::new(at, CharIdx(at.0.saturating_add(1))))
    }

    /// The index of the first span that begins at or after `at`.
    #[must_use]
    pub fn first_from(&self, at: CharIdx) -> usize {
        let next = self.chunks.partition_point(|chunk| chunk.start() < at);
        let Some((last, before)) = self.chunks[..next].split_last() else {
            return 0;
        };
        let before: usize = before.iter().map(|chunk| chunk.spans.len()).sum();
        before + last.spans().partition_point(|span| span.range.start < at)
    }

    /// The index of a span; `None` where it is not there.
    #[must_use]
    pub fn index_of(&self, span: &Span) -> Option<usize> {
        let (chunk, place) = self.place_of(span)?;
        let before: usize = self.chunks[..chunk].iter().map(|chunk| chunk.spans.len()).sum();
        Some(before + place)
    }

    /// Puts one in its place.
    pub fn insert(&mut self, span: Span) {
        let order = span.order();
        let chunk = self.chunk_for(&span);
        let Some(here) = self.chunks.get_mut(chunk) else {
            self.chunks.push(Chunk::new(vec![span]));
            return;
        };
        let rest = here.change(|spans| {
            let at = spans.partition_point(|other| other.order() < order);
            spans.insert(at, span);
            (spans.len() >= 2 * CHUNK).then(|| spans.split_off(CHUNK))
        });
        if let Some(rest) = rest {
            self.chunks.insert(chunk + 1, Chunk::new(rest));
        }
    }

    /// Puts several in their places; one pass where they are many.
    pub fn insert_all(&mut self, spans: &[Span]) {
        if spans.len() <= self.chunks.len() {
            for span in spans {
                self.insert(span.clone());
            }
        } else {
            let all = self.iter().chain(spans).cloned();
            *self = Self::new(all.collect());
        }
    }

    /// Takes out the spans that are equal to these in number and place. `false`, and nothing changed, where one of them
    /// is not there.
    pub fn remove_all(&mut self, spans: &[Span]) -> bool {
        let mut places = Vec::with_capacity(spans.len());
        for span in spans {
            match self.place_of(span) {
                Some(place) => places.push(place),
                None => return false,
            }
        }
        places.sort_unstable();
        places.dedup();
        if places.len() < spans.len() {
            return false;
        }
        for here in places.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(chunk, _)) = here.first() else { continue };
            self.chunks[chunk].change(|spans| {
                let mut gone = here.iter().map(|&(_, place)| place).peekable();
                let mut index = 0;
                spans.retain(|_| {
                    index += 1;
                    gone.next_if_eq(&(index - 1)).is_none()
                });
            });
        }
        self.chunks.retain(|chunk| !chunk.spans.is_empty());
        true
    }

    /// Moves every span with a change of the text. Returns those that the change did more to than move them along
    /// (`before`, `after`); `after` is `None` where all of its text is gone, and the span with it.
    pub fn map(&mut self, change: &ChangeSet) -> Vec<(Span, Option<Span>)> {
        let (Some(first), Some(last)) = (change.replacements().first(), change.replacements().last()) else {
            return Vec::new();
        };
        let (from, to) = (first.at, last.range().end);
        let by = i64::from(change.map_pos(to, Assoc::After).0) - i64::from(to.0);
        let back = change.inverse();
        let mut touched = Vec::new();
        for chunk in &mut self.chunks {
            if chunk.start() > to {
                chunk.move_along(by);
            } else if chunk.furthest() >= from {
                chunk.change(|spans| map_closely(spans, change, &back, &mut touched));
            }
        }
        self.chunks.retain(|chunk| !chunk.spans.is_empty());
        // Two that began apart may begin at one place now, and be in two chunks.
        let in_order = |pair: &[Chunk]| pair[0].last_order() <= pair[1].first_order();
        if !self.chunks.windows(2).all(in_order) {
            *self = Self::new(self.iter().cloned().collect());
        }
        touched
    }

    /// The chunk that holds a span of that order, or that it is to be put into.
    fn chunk_for(&self, span: &Span) -> usize {
        let order = Some(span.order());
        let next = self.chunks.partition_point(|chunk| chunk.first_order() <= order);
        next.saturating_sub(1)
    }

    /// The chunk and the place in it of a span.
    fn place_of(&self, span: &Span) -> Option<(usize, usize)> {
        let chunk = self.chunk_for(span);
        let spans = self.chunks.get(chunk)?.spans();
        let place = spans.binary_search_by_key(&span.order(), Span::order).ok()?;
        Some((chunk, place))
    }
}

/// Moves spans one by one with a change, of which `back` is the inverse; see [`Spans::map`].
fn map_closely(spans: &mut Vec<Span>, change: &ChangeSet, back: &ChangeSet, touched: &mut Vec<(Span, Option<Span>)>) {
    spans.retain_mut(|span| {
        let before = span.range;
        let range = change.map_range(before);
        if range.is_empty() {
            touched.push((span.clone(), None));
        } else if back.map_range(range) != before {
            touched.push((span.clone(), Some(span.on(range))));
        }
        span.range = range;
        !range.is_empty()
    });
    spans.sort_by_key(Span::order);
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
