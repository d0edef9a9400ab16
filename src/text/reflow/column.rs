//! How wide the column is in which a line was set, judged from the lines around it.

use super::lines::Line;

/// Lines looked at on either side.
const REACH: usize = 9;

/// The column around a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Column {
    /// Its width in half-width units.
    pub width: u32,
    /// Whether its full lines agree to the unit; else they were stretched and squeezed to fit.
    pub tight: bool,
    /// Whether other lines than the one in question speak for it.
    pub known: bool,
}

/// How much a line at this distance says, in sixteenths.
const WEIGHT: [i32; REACH + 1] = [16, 14, 13, 12, 10, 9, 8, 7, 6, 5];

/// The column of line `index`: the width at which most lines nearby are full, that is, could not have taken the first
/// stretch of the line after them, while few are wider.
pub(super) fn around(lines: &[Line], index: usize) -> Column {
    let from = index.saturating_sub(REACH);
    let near = &lines[from..(index + REACH + 1).min(lines.len())];
    let mut best = (i32::MIN, Column::default());
    for candidate in near {
        let width = candidate.width;
        if width == best.1.width {
            continue;
        }
        let (mut score, mut exact, mut spread, mut others) = (0, 0, 0, 0);
        for (offset, line) in near.iter().enumerate() {
            let weight = WEIGHT[(from + offset).abs_diff(index).min(REACH)];
            let need = near.get(offset + 1).map_or(0, |next| next.need);
            if line.width <= width && line.width + need > width {
                score += weight;
                exact += 1;
                others += u32::from(from + offset != index);
            } else if line.width > width + 2 {
                score -= weight;
            } else if line.width + need + 2 > width {
                score += weight * 5 / 8;
                spread += 1;
                others += u32::from(from + offset != index);
            }
        }
        if score > best.0 || (score == best.0 && width > best.1.width) {
            best = (
                score,
                Column {
                    width,
                    tight: exact >= 3 && spread * 8 <= exact,
                    known: others >= 2,
                },
            );
        }
    }
    best.1
}
