//! Reads one number: Arabic digits, Chinese numerals, and the two mixed, with what stands inside them
//! (`100多万`, `三五百`, `十几`, `7 万5 千`).

mod reader;

use std::cell::Cell;

use super::decimal::Decimal;
use super::line::{Line, is_han};
use super::value::Approx;

/// A number as it stands in the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The number, or its lower bound where the words give two.
    pub(super) low: Decimal,
    /// Equal to `low`, or the upper bound: 500 of 三五百.
    pub(super) high: Decimal,
    /// What 多, 几 or 上 inside the number say.
    pub(super) approx: Option<Approx>,
    /// Written in Arabic digits, or begun in them.
    pub(super) arabic: bool,
    /// Digits in a row, as in 二〇二五 and 九八.
    pub(super) positional: bool,
    /// The power of ten of the last multiplier: 4 of `3万`, 0 of `300` and of 三.
    pub(super) power: u32,
    /// Begins with 百, 千, 万 or 亿, which may as well be part of a word.
    pub(super) bare_multiplier: bool,
}

impl Numeral {
    /// Whether the words give a lower and an upper bound.
    pub(super) fn is_span(&self) -> bool {
        self.low != self.high
    }

    /// Whether it is one 大写 numeral: 陆地, 收拾.
    pub(super) fn is_single_formal(&self, line: &Line) -> bool {
        self.is_single() && FORMAL.contains(line.at(self.start))
    }

    /// Whether it is one Chinese character, which is just as often part of a word.
    pub(super) fn is_single(&self) -> bool {
        !self.arabic && self.end - self.start == 1
    }

    /// The number as a small integer, where it is exactly one.
    pub(super) fn whole(&self) -> Option<i64> {
        if self.is_span() || self.approx.is_some() {
            return None;
        }
        self.low.to_whole()
    }

    /// How many characters it has.
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }
}

/// The value of a Chinese digit, everyday or 大写.
pub(super) fn digit(char: char) -> Option<i64> {
    Some(match char {
        '〇' | '零' | '○' => 0,
        '一' | '壹' | '幺' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The value of a digit that is not 大写.
pub(super) fn everyday_digit(char: char) -> Option<i64> {
    digit(char).filter(|_| !FORMAL.contains(char))
}

/// 大写 numerals, which alone are words: 陆地, 收拾, 入伍.
const FORMAL: &str = "壹贰叁肆伍陆柒捌玖拾佰仟幺";

/// The power of ten of a multiplier below 万.
fn small_power(char: char) -> Option<u32> {
    Some(match char {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        _ => return None,
    })
}

/// The power of ten of a multiplier from 万 on.
pub(super) fn big_power(char: char) -> Option<u32> {
    Some(match char {
        '万' => 4,
        '亿' => 8,
        '兆' => 12,
        _ => return None,
    })
}

fn is_multiplier(char: char) -> bool {
    small_power(char).is_some() || big_power(char).is_some()
}

/// Whether a number may start with, or go on with, `char`.
pub(super) fn is_numeral(char: char) -> bool {
    char.is_ascii_digit() || digit(char).is_some() || is_multiplier(char) || matches!(char, '几' | '廿' | '卅')
}

/// The last numbers read, each with its place, filed under the end of its place.
#[derive(Default)]
pub(super) struct Memo([Cell<Option<Known>>; 4]);

/// A place, and the number that was read there, if one was.
type Known = (usize, Option<Numeral>);

impl Memo {
    /// Forgets the numbers of another line.
    pub(super) fn clear(&self) {
        for slot in &self.0 {
            slot.set(None);
        }
    }
}

/// Reads the longest number at `start`; `None` where there is none or it is too long to be one.
pub(super) fn read(line: &Line, start: usize) -> Option<Numeral> {
    let first = line.at(start);
    if !is_numeral(first) && !matches!(first, '数' | '上' | '好') {
        return None;
    }
    let slot = line.numerals.0.get(start % 4)?;
    match slot.get() {
        Some((place, numeral)) if place == start => numeral,
        _ => {
            let numeral = reader::read(line, start);
            slot.set(Some((start, numeral)));
            numeral
        }
    }
}

/// The power of ten of a letter after the digits: `40k`, `300w张`; no other letter follows.
pub(super) fn letter_power(line: &Line, at: usize) -> Option<u32> {
    let next = line.at(at + 1);
    match line.at(at) {
        'k' if !next.is_ascii_alphanumeric() => Some(3),
        // 4K is a kind of screen.
        'K' if !next.is_ascii_alphanumeric() && line.before(at, 2).is_ascii_digit() => Some(3),
        'w' if is_han(next) => Some(4),
        _ => None,
    }
}

/// A number in Arabic digits at `start`, with its end: `1,234,567`, `7.5`.
pub(super) fn arabic(line: &Line, start: usize) -> Option<(Decimal, usize)> {
    let is_digit: fn(char) -> bool = |char| char.is_ascii_digit();
    let mut end = line.run(start, is_digit);
    if end == start {
        return None;
    }
    if end - start <= 3 && line.at(start) != '0' {
        while line.at(end) == ',' && line.run(end + 1, is_digit) == end + 4 {
            end += 4;
        }
    }
    let mut places = 0;
    if line.at(end) == '.' {
        let fraction = line.run(end + 1, is_digit);
        if fraction > end + 1 {
            places = fraction - end - 1;
            end = fraction;
        }
    }
    let digits = (start..end).filter_map(|at| line.at(at).to_digit(10));
    let number = Decimal::of_digits(digits, places)?;
    Some(power_of_ten(line, number, end).unwrap_or((number, end)))
}

/// `1.2×10³`: the number times the power of ten that is written at `at`, and where that ends.
fn power_of_ten(line: &Line, number: Decimal, at: usize) -> Option<(Decimal, usize)> {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    const LONGEST: usize = 2;
    let after = line.after_spaced(at, "×")?;
    let base = line.skip_spaces(after);
    let negative = line.at(base + 2) == '⁻';
    let start = base + 2 + usize::from(negative);
    let end = line.short_run(start, LONGEST, |char| RAISED.contains(char));
    if !line.has(base, "10") || end == start || end > start + LONGEST {
        return None;
    }
    let power = (start..end).try_fold(0_i32, |power, at| {
        let digit = RAISED.chars().position(|raised| raised == line.at(at))?;
        Some(power * 10 + i32::try_from(digit).ok()?)
    })?;
    Some((number.shift(if negative { -power } else { power })?, end))
}

#[cfg(test)]
mod tests;
