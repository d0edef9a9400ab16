//! What was tried in a game and what of it went in: 12投7中, 46扣24中, 4罚全中.

use crate::suggest::figures::idioms;
use crate::suggest::figures::line::Line;
use crate::suggest::figures::numeral::{self, Numeral};
use crate::suggest::figures::value::{Dimension, Unit};

/// What is tried.
const TRIED: &str = "投扣罚";

/// Words after what was tried that say without a number what of it went in.
const OUTCOMES: &[&str] = &["全中", "皆中", "全失", "不中", "未中", "命中"];

/// 投, 扣, 罚 or 中 at `at` as the unit of `numeral`.
pub(super) fn unit(line: &Line, numeral: &Numeral, at: usize) -> Option<Unit> {
    let char = line.at(at);
    let counts = if TRIED.contains(char) {
        OUTCOMES.iter().any(|word| line.has(at + 1, word)) || went_in(line, numeral, at + 1)
    } else {
        char == '中' && is_behind_tries(line, numeral.start)
    };
    counts.then(|| Unit {
        raw: char.to_string(),
        code: None,
        dimension: Some(Dimension::Count),
    })
}

/// Whether the number at `at` says how many of those tried went in.
fn went_in(line: &Line, tried: &Numeral, at: usize) -> bool {
    let at = line.skip_spaces(at);
    let start = at + usize::from(is_only(line.at(at)));
    let hits = numeral::read(line, start);
    // 十投四中: 四中 is the name of a school as well, and stays one.
    hits.is_some_and(|hits| {
        line.at(line.skip_spaces(hits.end)) == '中'
            && hits.high <= tried.low
            && hits.arabic == tried.arabic
            && idioms::covering(line, start).is_none()
    })
}

/// Whether something was tried before the number at `start`.
fn is_behind_tries(line: &Line, start: usize) -> bool {
    let before = line.skip_spaces_back(start);
    let end = before - usize::from(is_only(line.before(before, 1)));
    TRIED.contains(line.before(end, 1)) && numeral::is_numeral(line.before(end, 2))
}

fn is_only(char: char) -> bool {
    matches!(char, '仅' | '只' | '共')
}
