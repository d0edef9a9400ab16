//! Decades and centuries: 80年代, 20世纪90年代, 上世纪五六十年代, 公元前3世纪.

use super::dates::{Found, small, year_number};
use super::line::Line;
use super::moment::{Moment, Part};
use super::numeral::digit;

/// Words for a part of a decade or a century; longest first.
const PARTS: &[&str] = &[
    "上半期",
    "下半期",
    "上半叶",
    "下半叶",
    "中后期",
    "中晚期",
    "初期",
    "早期",
    "前期",
    "中期",
    "后期",
    "晚期",
    "末期",
    "中叶",
    "末叶",
    "之初",
    "初",
    "末",
];

/// Reads a decade or a century at `at`, with the part of it that is meant.
pub(super) fn decade(line: &Line, at: usize) -> Option<Found> {
    let (part, mut end) = full(line, at)
        .or_else(|| before_christ(line, at))
        .or_else(|| in_century(line, at))
        .or_else(|| new_century(line, at))?;
    if let Some(word) = PARTS.iter().find(|word| line.has(end, word)) {
        end += word.chars().count();
    }
    let moment = Moment {
        part: Some(part),
        ..Moment::default()
    };
    Some((moment, end))
}

/// 1980年代, 一九八〇年代
fn full(line: &Line, at: usize) -> Option<(Part, usize)> {
    if !line.has(at + 4, "年代") {
        return None;
    }
    let (year, end) = year_number(line, at, false)?;
    let year = u32::try_from(year)
        .ok()
        .filter(|year| end == at + 4 && year % 10 == 0)?;
    let decade = Part::Digits(u16::try_from(year / 10).ok()?);
    line.has(end, "年代").then_some((decade, end + 2))
}

/// 公元前3世纪
fn before_christ(line: &Line, at: usize) -> Option<(Part, usize)> {
    if !line.has(at, "公元前") {
        return None;
    }
    let (number, end) = small(line, at + 3)?;
    let end = line.skip_spaces(end);
    line.has(end, "世纪")
        .then_some((Part::BeforeChrist(number.checked_sub(1)?), end + 2))
}

/// 90年代 and 五六十年代, in the century said before them or in the last one; or that century.
fn in_century(line: &Line, at: usize) -> Option<(Part, usize)> {
    let century = century(line, at);
    let start = century.map_or(at, |(_, end)| line.skip_spaces(end));
    let of = |tens: i64| {
        let tens = u16::try_from(tens).ok()?;
        // The thirties are of the last century, the twenties of this one.
        let usual = if tens >= 3 { 19 } else { 20 };
        Some(century.map_or(usual, |(century, _)| century) * 10 + tens)
    };
    if let (Some(first), Some(second), true) = (
        digit(line.at(start)),
        digit(line.at(start + 1)),
        line.has(start + 2, "十年代"),
    ) {
        return Some((Part::Decades(of(first)?, of(second)?), start + 5));
    }
    let tens = |at: usize| small(line, at).filter(|(years, _)| years % 10 == 0 && *years < 100);
    let Some((first, end)) = tens(start) else {
        return century.map(|(century, end)| (Part::Digits(century), end));
    };
    if line.has(end, "年代") {
        return Some((Part::Digits(of(i64::from(first / 10))?), end + 2));
    }
    // 19世纪60至90年代
    let joined = matches!(line.at(end), '至' | '到' | '—' | '-' | '~' | '、');
    let last = if joined { tens(end + 1) } else { None };
    match last.filter(|(last, end)| *last > first && line.has(*end, "年代")) {
        Some((last, end)) => {
            let both = Part::Decades(of(i64::from(first / 10))?, of(i64::from(last / 10))?);
            Some((both, end + 2))
        }
        None => century.map(|(century, end)| (Part::Digits(century), end)),
    }
}

/// 上世纪, 20世纪, 公元7世纪: the digits of its years, and where it ends.
fn century(line: &Line, at: usize) -> Option<(u16, usize)> {
    for (word, century) in [("上世纪", 19), ("上个世纪", 19), ("本世纪", 20)] {
        if line.has(at, word) {
            return Some((century, at + word.chars().count()));
        }
    }
    let start = if line.has(at, "公元") { at + 2 } else { at };
    let (number, end) = small(line, start).filter(|(number, _)| (1..=30).contains(number))?;
    let end = line.skip_spaces(end);
    line.has(end, "世纪").then_some((u16::from(number) - 1, end + 2))
}

/// 新世纪以来, 新世纪之初: alone, 新世纪 is just as often a name.
fn new_century(line: &Line, at: usize) -> Option<(Part, usize)> {
    if !line.has(at, "新世纪") {
        return None;
    }
    let placed = ["以来", "之初", "初"].into_iter().any(|word| line.has(at + 3, word));
    placed.then_some((Part::Digits(20), at + 3))
}
