//! Which line ends end a block: the evidence is summed up from the first line to the last, and corrected where it leaves a
//! doubt.

use super::column::{self, Column};
use super::forest;
use super::habit::Habit;
use super::junction::{self, BlockSoFar, Junction, Side};
use super::lines::Line;
use super::measures;
use super::runs;
use super::shape::{self, Shape};
use crate::text::Words;

/// Evidence that adds up to more is not corrected: on held-out pages that made 0.01 points of the line ends at most, and the
/// trees take time.
const SURE: f32 = 3.0;

/// For each line, whether a block ends with it. The last one does.
pub(super) fn breaks(raw: &str, lines: &[Line], words: Option<&Words>) -> Vec<bool> {
    let mut breaks = Vec::with_capacity(lines.len());
    each_junction(raw, lines, |junction| {
        let ends = ends_block(junction.evidence(words), || measures::of(junction));
        breaks.push(ends);
        ends
    });
    breaks.extend(lines.last().map(|_| true));
    breaks
}

/// Whether a block ends where the evidence adds up to `odds`. The measures are asked for where it leaves a doubt.
pub(super) fn ends_block(odds: f32, measures: impl FnOnce() -> Vec<i16>) -> bool {
    let correction = if odds.abs() < SURE {
        forest::correction(&measures())
    } else {
        0.0
    };
    odds + correction > 0.0
}

/// Shows `decide` each line end with what was decided before it.
pub(super) fn each_junction(raw: &str, lines: &[Line], mut decide: impl FnMut(&Junction) -> bool) {
    let stacked = runs::stacked(lines);
    let columns = column::of(lines, &stacked);
    let heads: Vec<bool> = (0..lines.len())
        .map(|index| heading(raw, lines, &columns, index))
        .collect();
    let habit = Habit::of(lines, &columns, &heads);
    let verse = runs::verse(lines, &columns);
    let labels = runs::labelled(raw, lines);
    let cells = runs::celled(raw, lines);
    let mut begins = true;
    let mut open = Open::default();
    let mut block = BlockSoFar::default();
    for (index, pair) in lines.windows(2).enumerate() {
        let [prev, next] = pair else { continue };
        open.pass(prev);
        if begins {
            let text = prev.text(raw);
            block = BlockSoFar {
                after_blank: prev.blank > habit.blank_lines_everywhere || index == 0,
                under_heading: index > 0 && block.looks_like_heading(),
                under_byline: block.under_heading && matches!(block.shape, Shape::Byline | Shape::Credit),
                after_sentence: index > 0 && lines[index - 1].is_finished(),
                labelled: labels[index],
                celled: cells[index],
                opens_paragraph: junction::opens_paragraph(text),
                title: true,
                heads: heads[index],
                reach: u32::MAX,
                bracketed: matches!(prev.first, '（' | '('),
                start: prev.start,
                indent: prev.indent,
                shape: prev.shape,
                singles: if block.lines == 1 { block.singles + 1 } else { 0 },
                ..BlockSoFar::default()
            };
        }
        block.width = block.width.saturating_add(prev.width);
        block.widest = block.widest.max(prev.width);
        block.lines += 1;
        block.title &= junction::is_title(prev, prev.text(raw));
        block.bracketed = block.bracketed && !prev.text(raw).trim_end_matches(['）', ')']).contains(['）', ')']);
        block.items_run_on = block.items_run_on || prev.stops > 0 && shape::has_item_within(prev.text(raw));
        block.marks = block.marks.saturating_add(prev.marks);
        let junction = Junction {
            raw,
            lines,
            at: index,
            prev,
            next,
            column: columns[index],
            next_column: columns[index + 1],
            habit: &habit,
            begins,
            open_for: (open.depth > 0).then_some(open.units),
            block,
            heading_next: heads[index + 1],
            question_next: question(lines, &columns, index + 1),
            verse: Side::of(verse[index], verse[index + 1]),
            stacked: Side::of(stacked[index], stacked[index + 1]),
            rows: Side::of(runs::is_row(raw, lines, index), runs::is_row(raw, lines, index + 1)),
            labels: Side::of(block.labelled || labels[index], labels[index + 1]),
            cells: Side::of(block.celled || cells[index], cells[index + 1]),
        };
        begins = decide(&junction);
        block.reach = block.reach.min(prev.reach(next));
        if begins {
            open = Open::default();
        }
    }
}

/// Whether at most four lines from `first` on are a heading: no full stop in them, one comma at most, and room left at the
/// end.
fn heading(raw: &str, lines: &[Line], columns: &[Column], first: usize) -> bool {
    if shape::is_labelled(lines[first].text(raw)) || matches!(lines[first].first, '（' | '(') {
        return false;
    }
    let mut marks = 0;
    for (ahead, (line, column)) in lines[first..].iter().zip(&columns[first..]).take(4).enumerate() {
        let parted = ahead > 0 && line.blank > 0;
        marks += line.marks;
        let told = line.stops > 0 || marks > 1 || line.is_finished();
        if parted || told || !matches!(line.shape, Shape::Plain | Shape::Item) {
            return false;
        }
        let Some(next) = lines.get(first + ahead + 1) else {
            return !line.ends_marked();
        };
        let opens = next.indent > line.indent + 1 || next.shape.is_told_by_its_words();
        if opens && !line.ends_marked() {
            return true;
        }
        let room = i64::from(column.width) - i64::from(line.width + next.need);
        let enough = match (marks, next.blank) {
            (0, 0) => 6,
            (0, _) => 2,
            (_, 0) => 10,
            _ => 4,
        };
        if !line.ends_marked() && room >= enough {
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
