//! Which line ends end a block: the evidence is summed up from the first line to the last.

use super::column::{self, Column};
use super::evidence::{self, BlockSoFar, Junction, Verse};
use super::habit::Habit;
use super::lines::Line;
use super::shape::{self, Shape};
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
    let verse = verse(lines);
    let mut begins = true;
    let mut open = Open::default();
    let mut block = BlockSoFar::default();
    for (index, pair) in lines.windows(2).enumerate() {
        let [prev, next] = pair else { continue };
        open.pass(prev);
        let short_by = |at: usize| i64::from(columns[at].width) - i64::from(lines[at].width);
        if begins {
            block = BlockSoFar {
                after_blank: prev.blank > habit.blank_lines_everywhere || index == 0,
                opens_paragraph: evidence::opens_paragraph(prev.text(raw)),
                title: true,
                shape: prev.shape,
                ..BlockSoFar::default()
            };
        }
        block.width = block.width.saturating_add(prev.width);
        block.title &= evidence::is_title(prev, prev.text(raw));
        block.marks = block.marks.saturating_add(prev.marks);
        let junction = Junction {
            raw,
            prev,
            next,
            column: columns[index],
            habit: &habit,
            begins,
            open_for: (open.depth > 0).then_some(open.units),
            block,
            heading_next: heading(lines, &columns, index + 1),
            question_next: question(lines, &columns, index + 1),
            next_short_by: short_by(index + 1),
            verse: match (verse[index], verse[index + 1]) {
                (true, true) => Verse::Inside,
                (false, false) => Verse::Outside,
                _ => Verse::Edge,
            },
            rows: is_row(raw, lines, index) || is_row(raw, lines, index + 1),
        };
        begins = decide(&junction);
        if begins {
            open = Open::default();
        }
    }
}

/// Whether at most three lines from `first` on are a heading: no mark in them, and room left at the end.
fn heading(lines: &[Line], columns: &[Column], first: usize) -> bool {
    for (ahead, (line, column)) in lines[first..].iter().zip(&columns[first..]).take(3).enumerate() {
        let parted = ahead > 0 && line.blank > 0;
        if parted || line.marks > 0 || line.ends_marked() || !matches!(line.shape, Shape::Plain | Shape::Item) {
            return false;
        }
        let Some(next) = lines.get(first + ahead + 1) else {
            return true;
        };
        let room = i64::from(column.width) - i64::from(line.width + next.need);
        if room >= 6 || room >= 2 && next.blank > 0 {
            return true;
        }
    }
    false
}

/// Whether at most two lines from `first` on are one short sentence that asks or calls, with room left after it.
fn question(lines: &[Line], columns: &[Column], first: usize) -> bool {
    let wraps = lines[first].marks == 0 && !lines[first].ends_marked() && lines[first].shape == Shape::Plain;
    let last = first + usize::from(wraps);
    let Some(line) = lines.get(last) else { return false };
    let need = lines.get(last + 1).map_or(0, |next| next.need);
    line.marks == 1
        && matches!(line.core, '？' | '！')
        && !matches!(line.last, '”' | '」')
        && line.width + need + 4 <= columns[last].width
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

/// The longest line of a poem, in half-width units.
const LONGEST_VERSE: u32 = 34;
/// The fewest lines of a poem.
const SHORTEST_POEM: usize = 4;

/// For each line, whether it belongs to a poem: to at least four short ones, the first of them after a blank line or a
/// shorter line without a mark, of at most two widths, of which each ends with a mark and every second one ends a
/// sentence.
fn verse(lines: &[Line]) -> Vec<bool> {
    let mut verse = vec![false; lines.len()];
    let alike = |line: &Line| line.ends_marked() && line.width <= LONGEST_VERSE && line.marks <= 2;
    let mut first = 0;
    for run in lines.chunk_by(|line, next| alike(line) == alike(next)) {
        let opened = first == 0 || run[0].blank > 0 || {
            let above = &lines[first - 1];
            above.marks == 0 && above.width < run[0].width
        };
        let mut widths: Vec<u32> = run.iter().map(|line| line.width).collect();
        widths.sort_unstable();
        widths.dedup();
        let finished = run
            .iter()
            .filter(|line| line.is_finished() || line.core == '；')
            .count();
        if alike(&run[0]) && run.len() >= SHORTEST_POEM && widths.len() <= 2 && opened && finished * 2 >= run.len() {
            verse[first..first + run.len()].fill(true);
        }
        first += run.len();
    }
    verse
}

/// Whether line `index` is a row of figures, or the head of one, with a row of as many cells beside it.
fn is_row(raw: &str, lines: &[Line], index: usize) -> bool {
    let Some(cells) = shape::cells(lines[index].text(raw), &lines[index]) else {
        return false;
    };
    let beside = [index.checked_sub(1), Some(index + 1)];
    beside
        .into_iter()
        .flatten()
        .filter_map(|at| lines.get(at))
        .any(|line| matches!(line.shape, Shape::Row(others) if others.abs_diff(cells) <= 1))
}
