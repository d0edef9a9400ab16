//! Two neighbouring stretches of lines that change places, and what goes along with them.

use super::change::Replacement;
use super::{Alignment, ChangeSet, CharIdx, CharRange, Run, Text};

/// Whole lines that change places with later ones; the line feed between the two (or whatever stands there) stays
/// between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swap {
    left: CharRange,
    right: CharRange,
}

/// On which side of a stretch it is cut out of the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Start,
    End,
}

impl Swap {
    /// `left` and `right` in positions of the text before, each from the start of a line to the end of one.
    #[must_use]
    pub fn new(left: CharRange, right: CharRange) -> Self {
        debug_assert!(left.end <= right.start, "the left stretch stands before the right one");
        Self { left, right }
    }

    /// All that changes its place.
    #[must_use]
    pub fn whole(self) -> CharRange {
        CharRange::new(self.left.start, self.right.end)
    }

    fn between(self) -> CharRange {
        CharRange::new(self.left.end, self.right.start)
    }

    /// The stretches in their new order, each where it was, with how far it goes.
    fn stretches(self) -> [(CharRange, i64); 3] {
        let [left, between, right] = [self.left, self.between(), self.right].map(|range| i64::from(range.len()));
        [
            (self.right, -left - between),
            (self.between(), right - left),
            (self.left, between + right),
        ]
    }

    /// Makes the swap in a text.
    pub fn apply(self, text: &mut Text) {
        let swapped: String = self.stretches().iter().map(|(range, _)| text.slice(*range)).collect();
        text.replace(self.whole(), &swapped);
    }

    /// Where a tag on `range` stands afterwards; `None` where it would be torn apart.
    #[must_use]
    pub fn place_of(self, range: CharRange) -> Option<CharRange> {
        if !range.overlaps(self.whole()) || range.covers(self.whole()) {
            return Some(range);
        }
        let mut stretches = self.stretches().into_iter();
        let (_, by) = stretches.find(|(stretch, _)| stretch.covers(range))?;
        Some(range.shifted(by))
    }

    /// Where a stretch that may be empty stands afterwards; one that would be torn apart is where its start is.
    #[must_use]
    pub fn place_near(self, range: CharRange) -> CharRange {
        if range.end < self.left.start || self.right.end < range.start || range.covers(self.whole()) {
            return range;
        }
        let lines = [self.stretches()[2], self.stretches()[0], self.stretches()[1]];
        if let Some((_, by)) = lines.iter().find(|(stretch, _)| stretch.covers(range)) {
            return range.shifted(*by);
        }
        let start = CharRange::new(range.start, range.start);
        let of_start = lines.iter().find(|(stretch, _)| stretch.covers(start));
        of_start.map_or(start, |(_, by)| start.shifted(*by))
    }

    /// The alignment of the text after the swap, given that of the text before.
    #[must_use]
    pub fn of_alignment(self, alignment: &Alignment) -> Alignment {
        let before = CharRange::new(CharIdx(0), self.left.start);
        let behind = CharRange::new(self.right.end, CharIdx(u32::MAX));
        let mut runs: Vec<Run> = alignment.runs_within(before).collect();
        for (stretch, by) in self.stretches() {
            runs.extend(alignment.runs_within(stretch).map(|run| Run {
                reading: run.reading.offset(by),
                ..run
            }));
        }
        runs.extend(alignment.runs_within(behind));
        Alignment::new(runs)
    }

    /// How the text before `change` becomes the swapped text, when the lines that the two stretches were made from have
    /// changed places in it as well. Each replacement stays with its line.
    #[must_use]
    pub fn of_change(self, change: &ChangeSet) -> ChangeSet {
        let cuts = [
            (self.left.start, Edge::Start),
            (self.left.end, Edge::End),
            (self.right.start, Edge::Start),
            (self.right.end, Edge::End),
        ];
        // What is replaced before, in, between, in and behind the stretches; and where they begin and end in the text
        // before the change.
        let mut parts: [Vec<Replacement>; 5] = Default::default();
        let mut edges = Vec::with_capacity(cuts.len());
        let mut growth = 0;
        for one in change.replacements() {
            let mut start = one.at.offset(growth);
            let mut rest = one.clone();
            while let Some(&(cut, edge)) = cuts.get(edges.len())
                && cut <= start + CharIdx::count(&rest.after)
            {
                if cut < start {
                    edges.push(cut.offset(-growth));
                    continue;
                }
                let (head, tail) = cut_in_two(&rest, cut - start, edge);
                parts[edges.len()].push(head);
                edges.push(tail.at);
                (start, rest) = (cut, tail);
            }
            parts[edges.len()].push(rest);
            growth += one.growth();
        }
        let untouched = cuts.iter().skip(edges.len()).map(|(cut, _)| cut.offset(-growth));
        let edges: Vec<CharIdx> = edges.iter().copied().chain(untouched).collect();
        let &[left_start, left_end, right_start, right_end] = edges.as_slice() else {
            return change.clone();
        };
        let source = Self::new(
            CharRange::new(left_start, left_end),
            CharRange::new(right_start, right_end),
        );
        let [before, left, between, right, behind] = parts;
        let mut swapped = before;
        for (part, (_, by)) in [right, between, left].into_iter().zip(source.stretches()) {
            swapped.extend(part.into_iter().map(|one| Replacement {
                at: one.at.offset(by),
                ..one
            }));
        }
        swapped.extend(behind);
        ChangeSet::new(swapped)
    }
}

/// Cuts a replacement where `kept` characters of what it puts in stand before the edge of a line. Where as many lines were
/// taken out as put in, line stays with line; else all that was taken out stays on the side that has the new text.
fn cut_in_two(one: &Replacement, kept: CharIdx, edge: Edge) -> (Replacement, Replacement) {
    let byte = one
        .after
        .char_indices()
        .nth(kept.to_usize())
        .map_or(one.after.len(), |(byte, _)| byte);
    let feeds = |text: &str| text.matches('\n').count();
    let (head, tail) = one.after.split_at(byte);
    let cut = if feeds(&one.before) == feeds(&one.after) {
        let mut places = one.before.match_indices('\n').map(|(place, _)| place);
        match (edge, feeds(head)) {
            (Edge::Start, 0) => 0,
            (Edge::Start, number) => places.nth(number - 1).map_or(0, |place| place + 1),
            (Edge::End, number) => places.nth(number).unwrap_or(one.before.len()),
        }
    } else if kept.0 == 0 && (edge == Edge::Start || !tail.is_empty()) {
        0
    } else {
        one.before.len()
    };
    let (before, rest) = one.before.split_at(cut);
    let first = Replacement {
        at: one.at,
        before: before.to_owned(),
        after: head.to_owned(),
    };
    let second = Replacement {
        at: first.range().end,
        before: rest.to_owned(),
        after: tail.to_owned(),
    };
    (first, second)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The swap of the lines from `a` up to `b` with those from `b` up to `c`.
    fn swap_of_lines(text: &str, (a, b, c): (usize, usize, usize)) -> Swap {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            let len = line.chars().count();
            lines.push((start, start + len));
            start += len + 1;
        }
        Swap::new(
            CharRange::of(lines[a].0, lines[b - 1].1),
            CharRange::of(lines[b].0, lines[c - 1].1),
        )
    }

    fn check(
        automatic: &str,
        replacements: &[(usize, &str, &str)],
        lines: (usize, usize, usize),
        expected: &[(&str, &str)],
    ) {
        let all = replacements.iter().map(|&(at, before, after)| Replacement {
            at: at.into(),
            before: before.into(),
            after: after.into(),
        });
        let change = ChangeSet::new(all.collect());
        let mut text = Text::from(automatic);
        change.apply(&mut text);
        let swap = swap_of_lines(text.as_str(), lines);
        swap.apply(&mut text);
        let swapped = swap.of_change(&change);
        assert!(swapped.inverse().fits(&text), "{swapped:?} does not make {text:?}");
        let pairs: Vec<(&str, &str)> = swapped
            .replacements()
            .iter()
            .map(|one| (&*one.before, &*one.after))
            .collect();
        assert_eq!(pairs, expected);
    }

    #[test]
    fn a_correction_goes_with_its_line() {
        check("甲入\n乙", &[(1, "入", "人")], (0, 1, 2), &[("入", "人")]);
        check("甲\n入", &[(2, "入", "人")], (0, 1, 2), &[("入", "人")]);
        check(
            "甲入\n乙己",
            &[(1, "入", "人"), (4, "己", "已")],
            (0, 1, 2),
            &[("己", "已"), ("入", "人")],
        );
        // A line that was split, and one that was joined.
        check("甲乙\n丙", &[(1, "", "\n")], (1, 2, 3), &[("", "\n")]);
        check("甲\n乙\n丙", &[(1, "\n", "")], (0, 1, 2), &[("\n", "")]);
        // Both ends of two lines were replaced at once.
        check(
            "甲入\n己乙\n丙",
            &[(1, "入\n己", "人\n已")],
            (1, 2, 3),
            &[("入", "人"), ("己", "已")],
        );
        // All of a line was taken out.
        check("甲\n乙\n丙", &[(2, "乙", "")], (1, 2, 3), &[("乙", "")]);
    }

    #[test]
    fn a_tag_is_moved_but_never_torn() {
        // 甲乙 丙 丁, one a line.
        let swap = swap_of_lines("甲乙\n丙\n丁", (0, 1, 2));
        assert_eq!(swap.place_of(CharRange::of(0, 2)), Some(CharRange::of(2, 4)));
        assert_eq!(swap.place_of(CharRange::of(3, 4)), Some(CharRange::of(0, 1)));
        assert_eq!(swap.place_of(CharRange::of(5, 6)), Some(CharRange::of(5, 6)));
        assert_eq!(swap.place_of(CharRange::of(0, 4)), Some(CharRange::of(0, 4)));
        assert_eq!(swap.place_of(CharRange::of(0, 6)), Some(CharRange::of(0, 6)));
        assert_eq!(swap.place_of(CharRange::of(1, 4)), None);
        assert_eq!(swap.place_of(CharRange::of(3, 6)), None);
        // Both lines of a tag go together.
        let swap = swap_of_lines("甲乙\n丙\n丁", (0, 2, 3));
        assert_eq!(swap.place_of(CharRange::of(1, 4)), Some(CharRange::of(3, 6)));
    }

    proptest! {
        #[test]
        fn the_swapped_change_makes_the_swapped_text(
            automatic in "[甲入\n😀]{0,16}",
            parts in prop::collection::vec((0..6_usize, 0..4_usize, "[人\n𬱟]{0,3}"), 0..4),
            picks in (0..100_usize, 0..100_usize, 0..100_usize),
        ) {
            let source = Text::from(automatic.as_str());
            let (mut replacements, mut free) = (Vec::new(), 0);
            for (skip, len, after) in parts {
                let start = (free + skip).min(source.len().to_usize());
                let end = (start + len).min(source.len().to_usize());
                let range = CharRange::of(start, end);
                replacements.push(Replacement { at: range.start, before: source.slice(range).to_owned(), after });
                free = end + 1;
                if free > source.len().to_usize() {
                    break;
                }
            }
            let change = ChangeSet::new(replacements);
            let mut text = source.clone();
            change.apply(&mut text);
            let lines = text.as_str().split('\n').count();
            prop_assume!(lines >= 2);
            let a = picks.0 % (lines - 1);
            let b = a + 1 + picks.1 % (lines - a - 1);
            let c = b + 1 + picks.2 % (lines - b);
            let swap = swap_of_lines(text.as_str(), (a, b, c));
            let mut expected: Vec<&str> = text.as_str().split('\n').collect();
            expected[a..c].rotate_left(b - a);
            let expected = expected.join("\n");

            swap.apply(&mut text);
            prop_assert_eq!(text.as_str(), expected);
            let swapped = swap.of_change(&change);
            prop_assert!(swapped.inverse().fits(&text), "{:?}", swapped);
            // What it is made from has the same characters, in another order.
            swapped.inverse().apply(&mut text);
            let sorted = |text: &str| {
                let mut chars: Vec<char> = text.chars().collect();
                chars.sort_unstable();
                chars
            };
            prop_assert_eq!(sorted(text.as_str()), sorted(&automatic));
        }
    }
}
