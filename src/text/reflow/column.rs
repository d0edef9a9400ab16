//! How wide the column is in which a line was set, judged from the lines around it and from the page.

use std::ops::Range;

use super::glyph;
use super::lines::Line;

/// Lines looked at on either side.
const REACH: usize = 9;

/// Lines narrower than this, in half-width units, are too short to be stretched or squeezed by a character.
const NARROW: u32 = 20;

/// Lines of more half-width units than this are in no column whose width the page could tell.
const WIDEST: usize = 160;

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

/// What the page says for a width at which all its lines are full, in the same measure.
const PAGE: i32 = 120;

/// So many lines must end in the middle of a sentence before the page says all that it can say.
const FEWEST: usize = 12;

/// What a line says of its column.
struct Told {
    width: u32,
    /// Its width with the first stretch of the line after it.
    reach: u32,
    /// How far a mark at its end may hang into the margin.
    hangs: u32,
    /// Whether it ends with a mark. Lines of verse do, and are as long as they are.
    marked: bool,
    /// Whether it is one of those that stand under one another one or two characters wide, which tell nothing.
    stacked: bool,
}

/// The column of each line; `stacked` as [`super::runs::stacked`] gives it.
pub(super) fn of(lines: &[Line], stacked: &[bool]) -> Vec<Column> {
    let told = |(index, line): (usize, &Line)| Told {
        width: line.width,
        reach: line.width + lines.get(index + 1).map_or(0, |next| next.need),
        hangs: u32::from(glyph::cannot_start(line.last)) * 2,
        marked: line.ends_marked(),
        stacked: stacked[index],
    };
    let told: Vec<Told> = lines.iter().enumerate().map(told).collect();
    let page = Page::of(&told);
    (0..told.len()).map(|index| page.around(&told, index)).collect()
}

/// How often each width occurs among the lines that end in the middle of a sentence: nearly all of those are full.
struct Page {
    /// Of a thousand such lines, how many are as wide as the index or a unit narrower.
    full: [i32; WIDEST + 1],
}

impl Page {
    fn of(lines: &[Told]) -> Self {
        let mut counts = [0_usize; WIDEST + 1];
        let mut total = 0;
        for line in lines.iter().filter(|line| !line.stacked && !line.marked) {
            total += 1;
            if let Some(count) = counts.get_mut(line.width as usize) {
                *count += 1;
            }
        }
        let mut full = [0; WIDEST + 1];
        for (width, share) in full.iter_mut().enumerate() {
            let near = counts[width] + counts[width.saturating_sub(1)];
            *share = i32::try_from(near * 1000 / usize::max(total, FEWEST)).unwrap_or(1000);
        }
        Self { full }
    }

    /// What the page says for columns of `width`.
    fn weight(&self, width: u32) -> i32 {
        self.full.get(width as usize).copied().unwrap_or_default() * PAGE / 1000
    }

    /// The column of line `index`: the width at which most lines nearby are full, that is, could not have taken the
    /// first stretch of the line after them, while few are wider.
    ///
    /// A line that is short there may stand where two columns meet. Then it is full in the column of the lines on one
    /// side alone.
    fn around(&self, lines: &[Told], index: usize) -> Column {
        let (before, after) = (index.saturating_sub(REACH), (index + REACH + 1).min(lines.len()));
        let column = self.best(lines, before..after, index);
        let line = &lines[index];
        if line.reach + 2 > column.width {
            return column;
        }
        let sides = [before..index, index + 1..after];
        // The first line of a paragraph may have lost an indent.
        let full = |column: Column| line.width <= column.width + 2 && line.reach + 4 > column.width;
        let side = sides.into_iter().find_map(|side| {
            Some(self.best(lines, side, index)).filter(|&column| column.agreeing >= 3 && full(column))
        });
        side.unwrap_or(column)
    }

    /// The width that suits most of the lines in `range`, those near `index` before others.
    fn best(&self, lines: &[Told], range: Range<usize>, index: usize) -> Column {
        let mut best = (i32::MIN, Column::default());
        for candidate in lines[range.clone()].iter().filter(|line| !line.stacked) {
            let width = candidate.width;
            if width == best.1.width {
                continue;
            }
            let spread_by = if width < NARROW { 0 } else { 2 };
            let (mut score, mut exact, mut spread) = (self.weight(width), 0, 0);
            for (at, line) in range.clone().zip(&lines[range.clone()]) {
                if line.stacked {
                    continue;
                }
                let weight = WEIGHT[at.abs_diff(index).min(REACH)];
                let told = if line.marked { weight / 3 } else { weight };
                if line.width <= width + line.hangs && line.reach > width {
                    score += told;
                    exact += 1;
                } else if line.width > width + spread_by {
                    score -= weight * 3 / 2;
                } else if line.reach + spread_by > width {
                    score += told * 5 / 8;
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
}
