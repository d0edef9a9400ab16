//! Years that are told by their number alone: 2024—2025学年, 2023/24赛季, 2025财年, 2025海州马拉松.

use super::codes;
use super::lexicon::{self, prefix_before, unit_at};
use super::line::{Line, is_han};
use super::value::{FigureValue, Kind};
use super::{FigureLabel, Reading};

/// Years that begin and end in the midst of those of the calendar, and words after a year's number that make it one.
const OWN_YEARS: &[&str] = &[
    "财政年度",
    "学年度",
    "学年",
    "年度",
    "财年",
    "赛季",
    "雪季",
    "榨季",
    "供暖季",
    "采暖季",
];

/// Reads the year or the two years at `at`.
pub(super) fn read(line: &Line, at: usize) -> Option<Reading> {
    if !line.at(at).is_ascii_digit() {
        return None;
    }
    let (first, first_end) = year(line, at).or_else(|| short_year(line, at))?;
    // A year with its 年 is a date like others.
    if line.at(first_end) == '年' {
        return None;
    }
    let (last, end) = second(line, first_end, first).map_or((None, first_end), |(last, end)| (Some(last), end));
    let word = OWN_YEARS.iter().find(|word| line.has(end, word));
    let (end, kind) = match (last, word) {
        // 2024年度 is of a date.
        (None, Some(word)) if *word != "年度" => (end + word.chars().count(), Kind::Date),
        (Some(_), Some(word)) => (end + word.chars().count(), Kind::Range),
        // （1881—1936）: when somebody lived.
        (Some(_), None) if matches!(line.before(at, 1), '（' | '(') && matches!(line.at(end), '）' | ')' | '，') => {
            (end, Kind::Range)
        }
        (None, None) if names(line, at, end, first) => (end, Kind::Date),
        _ => return None,
    };
    let mut value = FigureValue::of(kind);
    value.timex = Some(first.to_string());
    if let Some(last) = last {
        (value.min, value.max) = (Some(first.to_string()), Some(last.to_string()));
        value.timex = Some(format!("{first}/{last}"));
        value.parts = [first, last]
            .map(|year| FigureValue {
                timex: Some(year.to_string()),
                ..FigureValue::of(Kind::Date)
            })
            .into();
    }
    Some(Reading::whole((at, end), FigureLabel::Time, value, 0.9))
}

/// The four digits of a year of our time at `at`.
fn year(line: &Line, at: usize) -> Option<(u32, usize)> {
    let end = line.short_run(at, 4, |char| char.is_ascii_digit());
    let year = line.whole(at, end).filter(|year| (1800..2100).contains(year))?;
    (end == at + 4).then_some((year, end))
}

/// 06 of `06/07赛季`.
fn short_year(line: &Line, at: usize) -> Option<(u32, usize)> {
    let end = line.short_run(at, 2, |char| char.is_ascii_digit());
    let next = line.short_run(end + 1, 2, |char| char.is_ascii_digit());
    let season = end == at + 2 && next == end + 3 && matches!(line.at(end), '/' | '-' | '—') && line.has(next, "赛季");
    let year = line.whole(at, end).filter(|_| season)?;
    Some((if year > 50 { 1900 + year } else { 2000 + year }, end))
}

/// 2025 of `2024—2025`, 25 of `2024/25`: the year after the first one.
fn second(line: &Line, at: usize, first: u32) -> Option<(u32, usize)> {
    let start = if line.has(at, "——") {
        at + 2
    } else if matches!(line.at(at), '—' | '-' | '~' | '/' | '至') {
        at + 1
    } else {
        return None;
    };
    let end = line.short_run(start, 4, |char| char.is_ascii_digit());
    let number = line.whole(start, end)?;
    let last = match end - start {
        4 => number,
        // 1999/00
        2 if number == 0 => (first / 100 + 1) * 100,
        2 => first / 100 * 100 + number,
        _ => return None,
    };
    (last > first && last < first + 100).then_some((last, end))
}

/// Whether the year's number stands before a name and counts nothing: 2025海州马拉松.
fn names(line: &Line, at: usize, end: usize, year: u32) -> bool {
    const COUNTING: &str = "多余左上下以前后来几万亿千百十至到和与及或的号年月日时点";
    let next = line.at(end);
    let before = line.before(at, 1);
    year >= 1900
        && is_han(next)
        && !COUNTING.contains(next)
        && unit_at(line, end).is_none()
        && !lexicon::is_other_word(line, end)
        && prefix_before(line, at, 0).is_none()
        && codes::end_of(line, at).is_none()
        && !matches!(before, '第' | '.' | '-' | '/' | '$' | '¥')
        && !before.is_ascii_alphanumeric()
}
