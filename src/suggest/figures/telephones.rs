//! Numbers that are dialled, and count nothing: 拨打96110或110, 报警电话（110）.

use super::lexicon;
use super::line::{Line, is_han};
use super::numeral;

/// The fewest digits of a number that is dialled.
const FEWEST: usize = 3;

/// The most digits of a number that is dialled.
const MOST: usize = 12;

/// Words before a number that is dialled.
const DIALLING: &[&str] = &["电话", "热线", "专线", "号码", "拨打", "拨通", "直拨", "请拨", "致电"];

/// Numbers that everybody knows: a verb before them or quotation marks are enough.
const EMERGENCIES: &[&str] = &["110", "119", "120", "122"];

/// Where the number that is dialled at `at` ends, if it is one.
pub(super) fn end_of(line: &Line, at: usize) -> Option<usize> {
    let end = line.short_run(at, MOST, |char| char.is_ascii_digit());
    let goes_on = matches!(line.at(end), '.' | '-' | ':' | '比') && line.at(end + 1).is_ascii_digit();
    let fits = (at + FEWEST..=at + MOST).contains(&end);
    (fits && !goes_on && is_dialled(line, at, end) && !counts(line, end)).then_some(end)
}

/// Whether what follows the number that ends at `end` is counted by it: 热线电话120件.
fn counts(line: &Line, end: usize) -> bool {
    let next = line.skip_spaces(end);
    let unit = || lexicon::unit_at(line, next).filter(|_| !lexicon::is_other_word(line, next));
    numeral::big_power(line.at(next)).is_some()
        || matches!(line.at(next), '%' | '‰' | '多' | '余')
        || unit().is_some_and(|unit| unit.dimension.is_some())
}

/// Whether the number from `at` up to `end`, or one before it in the same list, stands behind a word for dialling.
fn is_dialled(line: &Line, at: usize, end: usize) -> bool {
    /// Longer lists of numbers are not looked back on.
    const LISTED: usize = 4;
    let verb = "打叫拨呼".contains(line.before(opening(line, at), 1));
    let quoted = matches!((line.before(at, 1), line.at(end)), ('“', '”') | ('「', '」'));
    if (verb || quoted) && EMERGENCIES.contains(&line.text(at, end).as_str()) {
        return true;
    }
    let mut number = at;
    for _ in 0..LISTED {
        let start = opening(line, number);
        if DIALLING.iter().any(|word| line.has_before(start, word)) {
            return true;
        }
        let Some(before) = listed_before(line, start) else {
            return false;
        };
        number = before;
    }
    false
}

/// Where what leads to the number at `at` begins: quotation marks, a colon, 拨打了.
fn opening(line: &Line, at: usize) -> usize {
    let mut start = line.skip_spaces_back(at);
    for marks in ["“‘「\"（(", "：:", "为是了过"] {
        if marks.contains(line.before(start, 1)) {
            start = line.skip_spaces_back(start - 1);
        }
    }
    start
}

/// Where the number begins that stands before the one at `start` in a list, with what it is called: 110报警电话或96110.
fn listed_before(line: &Line, start: usize) -> Option<usize> {
    const NAME: usize = 8;
    /// With the code of its place: `0571-12345678`.
    const LONGEST: usize = MOST + 4;
    if !matches!(line.before(start, 1), '、' | '，' | '或' | '和' | '及' | '与' | '/') {
        return None;
    }
    let back = |from: usize, most: usize, belongs: fn(char) -> bool| {
        let count = (1..=most)
            .take_while(|count| belongs(line.before(from, *count)))
            .count();
        from - count
    };
    let closes: fn(char) -> bool = |char| matches!(char, '”' | '’' | '」' | '"' | '）' | ')');
    let name = back(back(start - 1, 1, closes), NAME, is_han);
    let end = back(name, 1, closes);
    let number = back(end, LONGEST, |char| char.is_ascii_digit() || char == '-');
    (number + FEWEST <= end).then_some(number)
}
