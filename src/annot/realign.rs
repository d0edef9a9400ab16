//! What the editor corrected, held against the raw text: characters that are as they were read are so again, however they
//! came back, and each correction knows the raw characters that it replaced.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::{Document, Edit};
use crate::text::change::Replacement;
use crate::text::diff::matches;
use crate::text::{Alignment, ChangeSet, CharIdx, CharRange, Run};

/// Longer stretches without a character of the raw text are left as they are: reading them would be felt while typing.
const LONGEST: u32 = 20_000;

/// A correction and where it stands in the text as it is now.
type Placed<'a> = (CharRange, &'a Replacement);

/// Characters of the reading text of which none stands in the raw text, from one that does to the next, with all that was
/// corrected in them.
struct Stretch<'p, 'd> {
    place: CharRange,
    /// The number of the first correction in it.
    first: usize,
    corrections: &'p [Placed<'d>],
    /// For each character of the automatic text in it, where that stands in the raw text.
    raw: Vec<Option<CharIdx>>,
}

impl<'p, 'd> Stretch<'p, 'd> {
    /// The stretch that `place` lies in; `None` where it is too long.
    fn around(document: &Document, placed: &'p [Placed<'d>], mut place: CharRange) -> Option<Self> {
        let text = document.text();
        let (first, corrections) = loop {
            let before = place;
            place = document.alignment().free_around(place, text.len());
            let first = placed.partition_point(|(one, _)| one.end < place.start);
            let count = placed[first..].partition_point(|(one, _)| one.start <= place.end);
            let here = &placed[first..first + count];
            for (one, _) in here {
                place = CharRange::new(place.start.min(one.start), place.end.max(one.end));
            }
            if place == before {
                break (first, here);
            }
        };
        let gap = document.alignment().raw_gap(place, document.source.text.len());
        if place.len() > LONGEST || gap.len() > LONGEST {
            return None;
        }
        let mut automatic: Vec<char> = Vec::new();
        let mut at = place.start;
        for (one, replacement) in corrections {
            automatic.extend(text.slice(CharRange::new(at, one.start)).chars());
            automatic.extend(replacement.before.chars());
            at = one.end;
        }
        automatic.extend(text.slice(CharRange::new(at, place.end)).chars());
        let scanned: Vec<char> = document.source.text.slice(gap).chars().collect();
        let mut raw = vec![None; automatic.len()];
        for (here, there) in matches(&automatic, &scanned) {
            let at = gap.start + there.into();
            // What stands in the text already, as a line feed between two corrected lines may, is no other's.
            let is_free = document.alignment().is_free(CharRange::new(at, at + CharIdx(1)));
            raw[here] = is_free.then_some(at);
        }
        Some(Self {
            place,
            first,
            corrections,
            raw,
        })
    }

    /// The raw pieces of what each correction replaced, without those that are `taken`, to which they are added: where
    /// blocks were moved, two stretches may lie beside one gap of the raw text.
    fn replaced(&self, taken: &mut HashSet<CharIdx>) -> impl Iterator<Item = Vec<CharRange>> {
        let (mut at, mut automatic) = (self.place.start, 0);
        self.corrections.iter().map(move |(place, replacement)| {
            automatic += (place.start - at).to_usize();
            at = place.end;
            let until = automatic + replacement.before.chars().count();
            let raw = self.raw.get(automatic..until).unwrap_or_default();
            automatic = until;
            let mut pieces = Vec::new();
            for at in raw.iter().copied().flatten().filter(|&at| taken.insert(at)) {
                push_piece(&mut pieces, CharRange::new(at, at + CharIdx(1)));
            }
            pieces
        })
    }

    /// The characters that are as they were read: where they stand, and their numbers in the automatic text. Corrections
    /// that replace some of them by themselves are told again in `finer`, by their numbers.
    fn kept(&self, finer: &mut BTreeMap<usize, Vec<Replacement>>) -> Vec<(CharIdx, usize)> {
        let mut kept = Vec::new();
        let (mut at, mut automatic) = (self.place.start, 0);
        let mut keep = |at: CharIdx, automatic: usize, count: usize| {
            kept.extend((0..count).map(|n| (at + n.into(), automatic + n)));
        };
        for (number, (place, one)) in (self.first..).zip(self.corrections) {
            let count = (place.start - at).to_usize();
            keep(at, automatic, count);
            automatic += count;
            let before: Vec<char> = one.before.chars().collect();
            let after: Vec<char> = one.after.chars().collect();
            let same = same_runs(&before, &after);
            for &(b, a, count) in &same {
                keep(place.start + a.into(), automatic + b, count);
            }
            if !same.is_empty() {
                finer.insert(number, parted(one.at, &before, &after, &same));
            }
            automatic += before.len();
            at = place.end;
        }
        keep(at, automatic, (self.place.end - at).to_usize());
        kept
    }
}

/// The edit that takes up what `change`, which was just made, brought back: its characters that are as they were read get
/// their places in the raw text again, and are no corrections any more. `None` where all is told so already.
#[must_use]
pub fn realigned(document: &Document, change: &ChangeSet) -> Option<Edit> {
    let placed: Vec<Placed<'_>> = document.placed_corrections().collect();
    let mut finer = BTreeMap::new();
    let mut found: Vec<Run> = Vec::new();
    let mut taken = HashSet::new();
    let mut done = None;
    for place in change.inverse().replacements().iter().map(Replacement::range) {
        if done.is_some_and(|done: CharRange| done.covers(place)) {
            continue;
        }
        let Some(stretch) = Stretch::around(document, &placed, place) else {
            continue;
        };
        done = Some(stretch.place);
        let there: Vec<Run> = document.alignment().runs_within(stretch.place).collect();
        let fits = |run: &Run| {
            there.iter().all(|other| {
                let (ours, theirs) = (run.reading_range(), other.reading_range());
                (ours.end <= theirs.start && run.raw_range().end <= other.raw)
                    || (theirs.end <= ours.start && other.raw_range().end <= run.raw)
            })
        };
        for (reading, automatic) in stretch.kept(&mut finer) {
            let Some(raw) = stretch.raw.get(automatic).copied().flatten() else {
                continue;
            };
            let run = Run { reading, raw, len: 1 };
            if fits(&run) && taken.insert(raw) {
                found.push(run);
            }
        }
    }
    let mut edits = Vec::new();
    if !found.is_empty() {
        let add = Alignment::new(found).runs().to_vec();
        edits.push(Edit::Runs {
            remove: Vec::new(),
            add,
        });
    }
    if !finer.is_empty() {
        let mut replacements = Vec::with_capacity(placed.len() + finer.len());
        for (number, (_, one)) in placed.iter().enumerate() {
            match finer.remove(&number) {
                Some(parts) => replacements.extend(parts),
                None => replacements.push(Replacement::clone(one)),
            }
        }
        edits.push(Edit::Corrections(Arc::new(ChangeSet::new(replacements))));
    }
    (!edits.is_empty()).then_some(Edit::Batch(edits))
}

/// Runs of equal characters: their places in both, and how many. A few that happen to be equal within much that is not
/// say nothing.
fn same_runs(before: &[char], after: &[char]) -> Vec<(usize, usize, usize)> {
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    for (b, a) in matches(before, after) {
        match runs.last_mut() {
            Some((b0, a0, count)) if *b0 + *count == b && *a0 + *count == a => *count += 1,
            _ => runs.push((b, a, 1)),
        }
    }
    let (mut end_b, mut end_a) = (0, 0);
    let mut said = Vec::with_capacity(runs.len());
    for (n, &(b, a, count)) in runs.iter().enumerate() {
        let left = (b - end_b).max(a - end_a);
        (end_b, end_a) = (b + count, a + count);
        let &(next_b, next_a, _) = runs.get(n + 1).unwrap_or(&(before.len(), after.len(), 0));
        let right = (next_b - end_b).max(next_a - end_a);
        if left.min(right) <= 4 * count {
            said.push((b, a, count));
        }
    }
    said
}

/// The replacement of `before`, which stood at `at`, by `after`, without the runs that are the same.
fn parted(at: CharIdx, before: &[char], after: &[char], same: &[(usize, usize, usize)]) -> Vec<Replacement> {
    let (mut end_b, mut end_a) = (0, 0);
    let ends = [(before.len(), after.len(), 0)];
    let parts = same.iter().chain(&ends).map(|&(b, a, count)| {
        let part = Replacement {
            at: at + end_b.into(),
            before: before[end_b..b].iter().collect(),
            after: after[end_a..a].iter().collect(),
        };
        (end_b, end_a) = (b + count, a + count);
        part
    });
    parts.collect()
}

/// The corrections with their places in the text as it is now, and the raw characters of what each replaced, one range
/// for each unbroken piece. Reads round all of them: for saving and exporting.
#[must_use]
pub fn raw_of_corrections(document: &Document) -> Vec<(CharRange, &Replacement, Vec<CharRange>)> {
    let placed: Vec<Placed<'_>> = document.placed_corrections().collect();
    let mut all = Vec::with_capacity(placed.len());
    let mut taken = HashSet::new();
    while let Some(&(place, replacement)) = placed.get(all.len()) {
        let done = all.len();
        match Stretch::around(document, &placed, place) {
            Some(stretch) => {
                let later = stretch
                    .replaced(&mut taken)
                    .zip(stretch.corrections)
                    .zip(stretch.first..);
                let later = later.filter(|(_, number)| *number >= done);
                all.extend(later.map(|((raw, &(place, one)), _)| (place, one, raw)));
            }
            None => {
                let gap = document.alignment().raw_gap(place, document.source.text.len());
                all.push((place, replacement, Vec::from([gap])));
            }
        }
        if all.len() == done {
            all.push((place, replacement, Vec::new()));
        }
    }
    all
}

/// What stretches of the reading text cover of the raw text, characters that were replaced included.
#[derive(Debug)]
pub struct RawPlaces<'a> {
    alignment: &'a Alignment,
    replaced: Vec<(CharRange, Vec<CharRange>)>,
}

impl<'a> RawPlaces<'a> {
    /// Those of a document.
    #[must_use]
    pub fn of(document: &'a Document) -> Self {
        let corrections = raw_of_corrections(document);
        let replaced = corrections.into_iter().map(|(place, _, raw)| (place, raw));
        Self::new(document.alignment(), replaced)
    }

    /// Those that an alignment and the corrections, in order, with their places in the reading and in the raw text give.
    pub fn new(alignment: &'a Alignment, replaced: impl IntoIterator<Item = (CharRange, Vec<CharRange>)>) -> Self {
        let replaced = replaced.into_iter().filter(|(place, _)| !place.is_empty());
        Self {
            alignment,
            replaced: replaced.collect(),
        }
    }

    /// The raw ranges of the characters of a stretch that are as they were read.
    #[must_use]
    pub fn same(&self, range: CharRange) -> Vec<CharRange> {
        self.alignment.raw_pieces(range)
    }

    /// The raw ranges of a stretch, one for each unbroken piece, in the order of the reading text. A correction that lies
    /// in it stands for what it replaced.
    #[must_use]
    pub fn pieces(&self, range: CharRange) -> Vec<CharRange> {
        let first = self.replaced.partition_point(|(place, _)| place.start < range.start);
        let here = self.replaced[first..]
            .iter()
            .take_while(|(place, _)| place.end <= range.end);
        let replaced = here.flat_map(|(place, raw)| raw.iter().map(|&raw| (place.start, raw)));
        let same = self.alignment.runs_within(range);
        let mut all: Vec<(CharIdx, CharRange)> = same.map(|run| (run.reading, run.raw_range())).collect();
        all.extend(replaced);
        all.sort_by_key(|(reading, _)| *reading);
        let mut pieces = Vec::new();
        for (_, piece) in all {
            push_piece(&mut pieces, piece);
        }
        pieces
    }
}

/// Appends a piece, to the last one where it continues it.
fn push_piece(pieces: &mut Vec<CharRange>, piece: CharRange) {
    match pieces.last_mut() {
        Some(last) if last.end == piece.start => last.end = piece.end,
        _ => pieces.push(piece),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::{History, Source};
    use crate::text::Text;

    const RAW: &str = "\u{FEFF}纺织新村的\r\n  退休教师顾\r\n念慈说，\r\n\r\n98%的人😀到了。\r\n";

    fn document() -> Document {
        let runs = [(0, 1, 5), (5, 10, 5), (10, 17, 4), (14, 22, 1), (15, 25, 9)];
        Document::new(Parts {
            source: Source {
                text: Text::from(RAW),
                ..Source::default()
            },
            text: Text::from("纺织新村的退休教师顾念慈说，\n98%的人😀到了。"),
            alignment: Alignment::new(runs.map(Run::from).to_vec()),
            ..Parts::default()
        })
    }

    /// Makes a change as the window does.
    fn retype(document: &mut Document, history: &mut History, range: CharRange, with: &str) {
        let change = ChangeSet::replace(document.text(), range, with);
        history
            .extend(document, Edit::Text(change.clone().into()), None)
            .unwrap();
        if let Some(edit) = realigned(document, &change) {
            history.amend(document, edit).unwrap();
        }
    }

    fn told(document: &Document) -> Vec<String> {
        let all = raw_of_corrections(document).into_iter();
        let told = all.map(|(_, one, raw)| {
            let raw: Vec<&str> = raw.iter().map(|&range| document.source.text.slice(range)).collect();
            format!("{}→{}|{}", one.before, one.after, raw.join("+"))
        });
        told.collect()
    }

    #[test]
    fn the_same_characters_typed_again_are_no_correction() {
        let first = document();
        let mut document = first.clone();
        let mut history = History::default();
        for at in [11, 10, 9] {
            retype(&mut document, &mut history, CharRange::of(at, at + 1), "");
        }
        assert_eq!(told(&document), ["顾念慈→|顾+念慈"]);
        for (at, c) in ["顾", "念", "慈"].iter().enumerate() {
            retype(&mut document, &mut history, CharRange::of(9 + at, 9 + at), c);
        }
        assert_eq!(document, first);
        history.undo(&mut document).unwrap();
        assert_eq!(document, first);
    }

    #[test]
    fn a_correction_is_of_the_characters_that_differ() {
        let mut document = document();
        let mut history = History::default();
        retype(&mut document, &mut history, CharRange::of(9, 12), "");
        retype(&mut document, &mut history, CharRange::of(9, 9), "顾念兹");
        assert_eq!(told(&document), ["慈→兹|慈"]);
        let places = RawPlaces::of(&document);
        assert_eq!(
            places.pieces(CharRange::of(9, 12)),
            [(14, 15), (17, 19)].map(CharRange::from)
        );
        // One that was typed before its neighbours.
        retype(&mut document, &mut history, CharRange::of(9, 12), "念顾");
        retype(&mut document, &mut history, CharRange::of(9, 10), "");
        assert_eq!(told(&document), ["念慈→|念慈"]);
        assert_eq!(document.alignment().to_raw(CharIdx(9)), CharIdx(14));
    }

    #[test]
    fn the_raw_characters_are_those_that_were_there_before() {
        for (start, end, with, expected) in [
            // The first of a block, which has a line end before it, and the last.
            (0, 1, "织", "纺→织|纺"),
            (15, 17, "97", "8→7|8"),
            (5, 6, "X", "退→X|退"),
            (4, 6, "", "的退→|的+退"),
            (0, 0, "新", "→新|"),
            (15, 15, "约", "→约|"),
            (9, 10, "", "顾→|顾"),
        ] {
            let mut document = document();
            retype(&mut document, &mut History::default(), CharRange::of(start, end), with);
            assert_eq!(told(&document), [expected], "{start}–{end} {with}");
        }
    }

    #[test]
    fn a_few_characters_that_are_the_same_by_chance_say_nothing() {
        let mut document = document();
        retype(
            &mut document,
            &mut History::default(),
            CharRange::of(0, 14),
            "甲乙丙丁戊教己庚辛壬癸子",
        );
        assert_eq!(document.corrections().replacements().len(), 1);
    }

    proptest! {
        #[test]
        fn what_is_as_it_was_read_stands_in_the_raw_text(
            edits in prop::collection::vec((any::<u32>(), 0..5_u32, "[顾念慈的人😀98%\n]{0,4}"), 1..16),
        ) {
            let first = document();
            let mut document = first.clone();
            let mut history = History::default();
            let mut states = vec![document.clone()];
            for (at, len, with) in edits {
                let end = document.text().len().0;
                let start = at % (end + 1);
                let range = CharRange::from((start, (start + len).min(end)));
                history.close();
                retype(&mut document, &mut history, range, &with);
                let fits = document.alignment().check(document.text(), &document.source.text);
                prop_assert!(fits.is_ok(), "{:?}", fits);
                prop_assert!(document.alignment().is_in_raw_order());
                prop_assert_eq!(&document.automatic_text(), &**first.text());
                for (_, one, raw) in raw_of_corrections(&document) {
                    let raw: String = raw.iter().map(|&range| document.source.text.slice(range)).collect();
                    prop_assert_eq!(raw, one.before.clone());
                }
                states.push(document.clone());
            }
            // Typed as it was read, all is as it was.
            let whole = document.text().range();
            history.close();
            retype(&mut document, &mut history, whole, "");
            retype(&mut document, &mut history, CharRange::default(), first.text().as_str());
            prop_assert_eq!(document.alignment(), first.alignment());
            prop_assert!(document.corrections().is_empty());
            states.push(document.clone());
            while history.undo(&mut document)?.is_some() {
                states.pop();
                prop_assert_eq!(Some(&document), states.last());
            }
            prop_assert_eq!(&document, &first);
        }

        #[test]
        fn where_blocks_were_moved_nothing_stands_for_another_paragraph(
            edits in prop::collection::vec((any::<u32>(), 0..5_u32, "[顾念慈的人😀98%\n]{0,4}", any::<bool>()), 1..16),
        ) {
            let first = document();
            let mut document = first.clone();
            let mut history = History::default();
            let mut states = vec![document.clone()];
            for (at, len, with, moves) in edits {
                let end = document.text().len().0;
                let start = at % (end + 1);
                history.close();
                if moves {
                    let blocks = document.blocks().len();
                    let (from, to) = (start as usize % blocks, len as usize % blocks);
                    history.apply(&mut document, Edit::MoveBlock { from, to }, None)?;
                } else {
                    retype(&mut document, &mut history, CharRange::from((start, (start + len).min(end))), &with);
                }
                let fits = document.alignment().check(document.text(), &document.source.text);
                prop_assert!(fits.is_ok(), "{:?}", fits);
                let mut taken: Vec<CharRange> = document.alignment().runs().iter().map(|run| run.raw_range()).collect();
                for (_, one, raw) in raw_of_corrections(&document) {
                    // As much as is known of what it replaced, in order.
                    let mut before = one.before.chars();
                    let raw_text: String = raw.iter().map(|&range| document.source.text.slice(range)).collect();
                    prop_assert!(raw_text.chars().all(|c| before.any(|other| other == c)), "{:?} {}", one, raw_text);
                    taken.extend(raw);
                }
                taken.sort_unstable();
                prop_assert!(taken.windows(2).all(|two| two[0].end <= two[1].start), "{:?}", taken);
                states.push(document.clone());
            }
            while history.undo(&mut document)?.is_some() {
                states.pop();
                prop_assert_eq!(Some(&document), states.last());
            }
            prop_assert_eq!(&document, &first);
        }
    }
}
