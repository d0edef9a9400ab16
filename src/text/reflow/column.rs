//! How wide the column is in which a line was set, judged from the lines around it.

use std::ops::Range;

use super::glyph;
use super::lines::Line;

/// Lines looked at on either side.
const REACH: usize = 9;

/// Lines narrower than this, in half-width units, are too short to be stretched or squeezed by a character.
const NARROW: u32 = 20;

/// The column around a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Column {
    /// Its width in half-width units.
    pub width: u32,
    /// Whether its full lines agree to the unit; else they were stretched and squeezed to fit.
    pub tight: bool,
    /// How many lines are full in it, or nearly.
    pub agreeing: usize,
}

/// How much a line at this distance says, in sixteenths.
const WEIGHT: [i32; REACH + 1] = [16, 14, 13, 12, 10, 9, 8, 7, 6, 5];

/// The column of line `index`: the width at which most lines nearby are full, that is, could not have taken the first
/// stretch of the line after them, while few are wider.
///
/// A line that is short there may stand where two columns meet. Then it is full in the column of the lines on one side
/// alone.
pub(super) fn around(lines: &[Line], index: usize) -> Column {
    let (before, after) = (index.saturating_sub(REACH), (index + REACH + 1).min(lines.len()));
    let column = best(lines, before..after, index);
    let line = &lines[index];
    if line.width + 8 > column.width {
        return column;
    }
    let need = lines.get(index + 1).map_or(0, |next| next.need);
    let sides = [before..index, index + 1..after];
    let full = |column: Column| line.width <= column.width + 2 && line.width + need + 2 > column.width;
    let side = sides
        .into_iter()
        .find_map(|side| Some(best(lines, side, index)).filter(|&column| column.agreeing >= 3 && full(column)));
    side.unwrap_or(column)
}

/// The width that suits most of the lines in `range`, those near `index` before others.
fn best(lines: &[Line], range: Range<usize>, index: usize) -> Column {
    let mut best = (i32::MIN, Column::default());
    for candidate in &lines[range.clone()] {
        let width = candidate.width;
        if width == best.1.width {
            continue;
        }
        let spread_by = if width < NARROW { 0 } else { 2 };
        let (mut score, mut exact, mut spread) = (0, 0, 0);
        for at in range.clone() {
            let line = &lines[at];
            let weight = WEIGHT[at.abs_diff(index).min(REACH)];
            let need = lines.get(at + 1).map_or(0, |next| next.need);
            let hangs = u32::from(glyph::cannot_start(line.last)) * 2;
            if line.width <= width + hangs && line.width + need > width {
                score += weight;
                exact += 1;
            } else if line.width > width + spread_by {
                score -= weight;
            } else if line.width + need + spread_by > width {
                score += weight * 5 / 8;
                spread += 1;
            }
        }
        if score > best.0 || (score == best.0 && width > best.1.width) {
            let tight = exact >= 3 && spread * 8 <= exact;
            let agreeing = exact + spread;
            best = (score, Column { width, tight, agreeing });
        }
    }
    best.1
}
