//! Where each character of the reading text stands in the raw text, and back.

use serde::{Deserialize, Serialize};

use super::{ChangeSet, CharIdx, CharRange, Text};

/// A stretch that both texts share, one character for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, u32, u32)", into = "(u32, u32, u32)")]
pub struct Run {
    /// Where it begins in the reading text.
    pub reading: CharIdx,
    /// Where it begins in the raw text.
    pub raw: CharIdx,
    /// How many characters it holds, at least one.
    pub len: u32,
}

impl Run {
    /// The stretch in the reading text.
    #[must_use]
    pub fn reading_range(self) -> CharRange {
        CharRange::new(self.reading, CharIdx(self.reading.0.saturating_add(self.len)))
    }

    /// The stretch in the raw text.
    #[must_use]
    pub fn raw_range(self) -> CharRange {
        CharRange::new(self.raw, CharIdx(self.raw.0.saturating_add(self.len)))
    }

    /// The part of the run whose reading characters lie in `range`, if any.
    fn within(self, range: CharRange) -> Option<Self> {
        let part = self.reading_range().intersection(range)?;
        Some(Self {
            reading: part.start,
            raw: CharIdx(self.raw.0 + part.start.0 - self.reading.0),
            len: part.len(),
        })
    }
}

impl From<(u32, u32, u32)> for Run {
    fn from((reading, raw, len): (u32, u32, u32)) -> Self {
        Self {
            reading: CharIdx(reading),
            raw: CharIdx(raw),
            len,
        }
    }
}

impl From<Run> for (u32, u32, u32) {
    fn from(run: Run) -> Self {
        (run.reading.0, run.raw.0, run.len)
    }
}

/// The runs that a reading text shares with its raw text.
///
/// What lies between runs was dropped on the raw side (wraps, stray spaces), or put in or replaced on the reading side.
/// Every position still has one on the other side: a position between runs maps to the end of the run before it. The
/// runs are sorted by `reading`; by `raw` too, until the editor moves a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    runs: Vec<Run>,
    /// Indices of `runs` by `raw`; empty while that is their own order.
    by_raw: Vec<u32>,
}

impl Alignment {
    /// Sorts the runs and joins those that continue each other.
    #[must_use]
    pub fn new(mut runs: Vec<Run>) -> Self {
        runs.retain(|run| run.len > 0);
        runs.sort_by_key(|run| run.reading);
        runs.dedup_by(|next, run| {
            let continues = run.reading_range().end == next.reading && run.raw_range().end == next.raw;
            if continues {
                run.len += next.len;
            }
            continues
        });
        let by_raw = if runs.is_sorted_by_key(|run| run.raw) {
            Vec::new()
        } else {
            let mut order: Vec<u32> = (0..runs.len()).map(|index| CharIdx::from(index).0).collect();
            order.sort_by_key(|&index| runs[index as usize].raw);
            order
        };
        Self { runs, by_raw }
    }

    /// The alignment of a text with itself.
    #[must_use]
    pub fn identity(len: CharIdx) -> Self {
        Self::new(vec![Run {
            reading: CharIdx(0),
            raw: CharIdx(0),
            len: len.0,
        }])
    }

    /// The runs, sorted by their place in the reading text.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Whether the reading text goes through the raw text from its start to its end: the editor has moved no block.
    #[must_use]
    pub fn is_in_raw_order(&self) -> bool {
        self.by_raw.is_empty()
    }

    /// The runs that share a reading character with `range`, cut to it.
    pub fn runs_within(&self, range: CharRange) -> impl Iterator<Item = Run> + '_ {
        let first = self.runs.partition_point(|run| run.reading_range().end <= range.start);
        self.runs[first..]
            .iter()
            .take_while(move |run| run.reading < range.end)
            .filter_map(move |run| run.within(range))
    }

    /// The pieces of the raw text that a reading range covers, one for each unbroken stretch.
    #[must_use]
    pub fn raw_pieces(&self, range: CharRange) -> Vec<CharRange> {
        let mut pieces: Vec<CharRange> = Vec::new();
        for run in self.runs_within(range) {
            let piece = run.raw_range();
            match pieces.last_mut() {
                Some(last) if last.end == piece.start => last.end = piece.end,
                _ => pieces.push(piece),
            }
        }
        pieces
    }

    /// The raw position of a reading position. Total: between runs, the end of the run before.
    #[must_use]
    pub fn to_raw(&self, reading: CharIdx) -> CharIdx {
        let next = self.runs.partition_point(|run| run.reading <= reading);
        let Some(run) = next.checked_sub(1).map(|index| self.runs[index]) else {
            return CharIdx(0);
        };
        CharIdx(run.raw.0 + (reading.0 - run.reading.0).min(run.len))
    }

    /// The reading position of a raw position. Total: between runs, the end of the run before.
    #[must_use]
    pub fn to_reading(&self, raw: CharIdx) -> CharIdx {
        let run = if self.by_raw.is_empty() {
            let next = self.runs.partition_point(|run| run.raw <= raw);
            next.checked_sub(1).map(|index| self.runs[index])
        } else {
            let next = self
                .by_raw
                .partition_point(|&index| self.runs[index as usize].raw <= raw);
            next.checked_sub(1).map(|index| self.runs[self.by_raw[index] as usize])
        };
        run.map_or(CharIdx(0), |run| {
            CharIdx(run.reading.0 + (raw.0 - run.raw.0).min(run.len))
        })
    }

    /// Whether no character of the reading text stands in that stretch of the raw text.
    #[must_use]
    pub fn is_free(&self, raw: CharRange) -> bool {
        let is_before = |run: &Run| run.raw_range().end <= raw.start;
        let next = if self.by_raw.is_empty() {
            self.runs.get(self.runs.partition_point(is_before))
        } else {
            self.raw_neighbour(is_before).1
        };
        next.is_none_or(|run| raw.end <= run.raw)
    }

    /// `range` with the characters around it up to the next ones that stand in the raw text; `len` is the length of the
    /// reading text.
    #[must_use]
    pub fn free_around(&self, range: CharRange, len: CharIdx) -> CharRange {
        let before = self.runs.partition_point(|run| run.reading < range.start);
        let from = before
            .checked_sub(1)
            .map_or(CharIdx(0), |run| self.runs[run].reading_range().end);
        let after = self.runs.partition_point(|run| run.reading_range().end <= range.end);
        let until = self.runs.get(after).map_or(len, |run| run.reading);
        CharRange::new(from.min(range.start), until.max(range.end))
    }

    /// The raw characters between the one that stands before a reading range and the one that stands after it: what the
    /// range replaces. `raw_len` is the length of the raw text.
    #[must_use]
    pub fn raw_gap(&self, range: CharRange, raw_len: CharIdx) -> CharRange {
        let before = self.runs.partition_point(|run| run.reading < range.start);
        let from = before
            .checked_sub(1)
            .and_then(|index| self.runs[index].within(CharRange::new(CharIdx(0), range.start)));
        let after = self.runs.partition_point(|run| run.reading_range().end <= range.end);
        let until = self
            .runs
            .get(after)
            .map(|run| CharIdx(run.raw.0 + range.end.0.saturating_sub(run.reading.0)));
        let start = from.map_or(CharIdx(0), |run| run.raw_range().end);
        let end = until.unwrap_or(raw_len);
        if self.is_in_raw_order() {
            return CharRange::new(start, end);
        }
        // Where blocks were moved, what stands before it in the raw text may be far from what stands behind it: at the
        // end of a moved block only the one side is near, at its start only the other.
        let next = self
            .raw_neighbour(|run| run.raw_range().end <= start)
            .1
            .map_or(raw_len, |run| run.raw);
        let last = self.raw_neighbour(|run| run.raw < end).0;
        let last = last.map_or(CharIdx(0), |run| run.raw_range().end.min(end));
        let (behind, before) = (CharRange::new(start, next.max(start)), CharRange::new(last, end));
        if before.len() > behind.len() { before } else { behind }
    }

    /// The last run, in the order of the raw text, for which `is_before` holds, and the first for which it does not.
    fn raw_neighbour(&self, is_before: impl Fn(&Run) -> bool) -> (Option<&Run>, Option<&Run>) {
        let at = self
            .by_raw
            .partition_point(|&index| is_before(&self.runs[index as usize]));
        let run = |place: usize| self.runs.get(*self.by_raw.get(place)? as usize);
        (at.checked_sub(1).and_then(run), run(at))
    }

    /// The alignment after `change` was made to the reading text: what stays keeps its raw place, what is new has none
    /// unless `restored` gives it one (in positions of the changed text).
    #[must_use]
    pub fn changed(&self, change: &ChangeSet, restored: &[Run]) -> Self {
        let mut runs = Vec::with_capacity(self.runs.len() + restored.len() + 2);
        for (old, new) in change.retained(self.end()) {
            let shift = i64::from(new.0) - i64::from(old.start.0);
            let moved = |run: Run| Run {
                reading: run.reading.offset(shift),
                ..run
            };
            // Only the runs at the ends of what stays can be cut by the change.
            let whole = self.runs.partition_point(|run| run.reading < old.start)
                ..self.runs.partition_point(|run| run.reading_range().end <= old.end);
            let Some(inner) = self.runs.get(whole) else {
                runs.extend(self.runs_within(old).map(moved));
                continue;
            };
            let (from, to) = match (inner.first(), inner.last()) {
                (Some(first), Some(last)) => (first.reading, last.reading_range().end),
                _ => (old.end, old.end),
            };
            runs.extend(self.runs_within(CharRange::new(old.start, from)).map(moved));
            runs.extend(inner.iter().copied().map(moved));
            runs.extend(self.runs_within(CharRange::new(to, old.end)).map(moved));
        }
        runs.extend_from_slice(restored);
        Self::new(runs)
    }

    /// The alignment without the characters of `remove`, and with the runs of `add`.
    #[must_use]
    pub fn exchanged(&self, remove: &[Run], add: &[Run]) -> Self {
        let mut runs = self.runs.clone();
        for gone in remove {
            let range = gone.reading_range();
            let first = runs.partition_point(|run| run.reading_range().end <= range.start);
            let count = runs[first..].partition_point(|run| run.reading < range.end);
            let part = |run: Option<&Run>, side| run.and_then(|run| run.within(side));
            let here = &runs[first..first + count];
            let left = part(here.first(), CharRange::new(CharIdx(0), range.start));
            let right = part(here.last(), CharRange::new(range.end, CharIdx(u32::MAX)));
            runs.splice(first..first + count, left.into_iter().chain(right));
        }
        runs.extend_from_slice(add);
        Self::new(runs)
    }

    /// The end of the last run in the reading text.
    fn end(&self) -> CharIdx {
        self.runs.last().map_or(CharIdx(0), |run| run.reading_range().end)
    }

    /// What is wrong with it between these two texts, if anything: a run out of range, two that overlap, characters that
    /// differ.
    ///
    /// # Errors
    /// One sentence naming the first run that does not fit.
    pub fn check(&self, reading: &Text, raw: &Text) -> Result<(), String> {
        let mut end = CharIdx(0);
        for run in &self.runs {
            let name = <[u32; 3]>::from(<(u32, u32, u32)>::from(*run));
            if run.reading < end {
                return Err(format!("alignment run {name:?} overlaps the one before it"));
            }
            end = run.reading_range().end;
            if end > reading.len() || run.raw_range().end > raw.len() {
                return Err(format!("alignment run {name:?} lies outside the text"));
            }
            if reading.slice(run.reading_range()) != raw.slice(run.raw_range()) {
                return Err(format!("alignment run {name:?} joins characters that differ"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(runs: &[(u32, u32, u32)]) -> Alignment {
        Alignment::new(runs.iter().copied().map(Run::from).collect())
    }

    #[test]
    fn a_span_over_a_wrap_has_two_pieces() {
        let alignment = runs(&[(0, 1, 4), (4, 6, 10)]);
        assert_eq!(
            alignment.raw_pieces(CharRange::of(2, 7)),
            [CharRange::of(3, 5), CharRange::of(6, 9)]
        );
    }

    #[test]
    fn every_position_has_one_on_the_other_side() {
        let alignment = runs(&[(0, 1, 4), (4, 6, 10)]);
        let to_reading: Vec<u32> = (0..8).map(|raw| alignment.to_reading(CharIdx(raw)).0).collect();
        assert_eq!(to_reading, [0, 0, 1, 2, 3, 4, 4, 5]);
        let to_raw: Vec<u32> = (0..6).map(|at| alignment.to_raw(CharIdx(at)).0).collect();
        assert_eq!(to_raw, [1, 2, 3, 4, 6, 7]);
    }

    #[test]
    fn runs_that_continue_each_other_are_one() {
        assert_eq!(runs(&[(0, 1, 4), (4, 5, 2)]).runs(), [Run::from((0, 1, 6))]);
    }

    #[test]
    fn what_was_replaced_in_a_moved_block_is_found_at_either_end() {
        // Raw 甲乙⏎丙丁⏎, read as 丙丁⏎甲乙⏎, the first or the last of 丙丁 replaced.
        let raw_len = CharIdx(6);
        let last = runs(&[(0, 3, 1), (2, 2, 1), (3, 0, 2), (5, 5, 1)]);
        assert_eq!(last.raw_gap(CharRange::of(1, 2), raw_len), CharRange::of(4, 5));
        let first = runs(&[(1, 4, 1), (2, 2, 1), (3, 0, 2), (5, 5, 1)]);
        assert_eq!(first.raw_gap(CharRange::of(0, 1), raw_len), CharRange::of(3, 4));
        // Nothing was replaced where something was only put in.
        let whole = runs(&[(0, 3, 2), (3, 2, 1), (4, 0, 2), (6, 5, 1)]);
        assert!(whole.raw_gap(CharRange::of(2, 3), raw_len).is_empty());
    }

    #[test]
    fn a_moved_block_is_found_from_the_raw_side() {
        let alignment = runs(&[(0, 10, 5), (5, 0, 10)]);
        assert_eq!(alignment.to_reading(CharIdx(3)), CharIdx(8));
        assert_eq!(alignment.to_reading(CharIdx(12)), CharIdx(2));
    }
}
