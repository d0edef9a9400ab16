//! Which line ends end a block: the evidence is summed up from the first line to the last.

use super::column::{self, Column};
use super::evidence::Junction;
use super::habit::Habit;
use super::lines::Line;
use super::shape::Shape;
use crate::text::Words;

/// For each line, whether a block ends with it. The last one does.
pub(super) fn breaks(raw: &str, lines: &[Line], words: Option<&Words>) -> Vec<bool> {
    let mut breaks = Vec::with_capacity(lines.len());
    each_junction(raw, lines, |junction| {
        let ends = junction.score(words) > 0.0;
        breaks.push(ends);
        ends
    });
    breaks.extend(lines.last().map(|_| true));
    breaks
}

/// Shows `decide` each line end with what was decided before it.
pub(super) fn each_junction(raw: &str, lines: &[Line], mut decide: impl FnMut(&Junction) -> bool) {
    let columns: Vec<Column> = (0..lines.len()).map(|index| column::around(lines, index)).collect();
    let habit = Habit::of(lines, &columns);
    let mut begins = true;
    let mut open = Open::default();
    for (index, pair) in lines.windows(2).enumerate() {
        let [prev, next] = pair else { continue };
        open.pass(prev);
        let junction = Junction {
            raw,
            prev,
            next,
            column: columns[index],
            habit: &habit,
            begins,
            open_for: (open.depth > 0).then_some(open.units),
            verse: verse(lines, index),
            rows: rows(prev, next),
        };
        begins = decide(&junction);
        if begins {
            open = Open::default();
        }
    }
}

/// Brackets and quotation marks open in the block so far.
#[derive(Default)]
struct Open {
    depth: u32,
    /// Half-width units since the outermost was opened.
    units: u32,
}

impl Open {
    fn pass(&mut self, line: &Line) {
        let left = self.depth.saturating_sub(line.closed);
        self.units = if left == 0 { 0 } else { self.units + line.width };
        self.depth = left + line.opened;
    }
}

/// Whether lines `index` and the next belong to at least four short ones of which each ends with a mark and every second
/// one ends a sentence: a wrap does that by chance about once in a thousand lines.
fn verse(lines: &[Line], index: usize) -> bool {
    const LONGEST: u32 = 34;
    let line = |at: usize| lines.get(at).filter(|line| line.ends_marked() && line.width <= LONGEST);
    if line(index).is_none() || line(index + 1).is_none() {
        return false;
    }
    let before = (1..=3)
        .take_while(|&back| index.checked_sub(back).and_then(line).is_some())
        .count();
    let after = (2..=4).take_while(|&on| line(index + on).is_some()).count();
    let run = index - before..=index + 1 + after;
    let length = before + after + 2;
    let finished = lines[run]
        .iter()
        .filter(|line| line.is_finished() || line.core == '；')
        .count();
    length >= 4 && finished * 2 >= length
}

fn rows(prev: &Line, next: &Line) -> bool {
    matches!((prev.shape, next.shape), (Shape::Row(a), Shape::Row(b)) if a.abs_diff(b) <= 1)
}
