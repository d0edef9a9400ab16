//! A number of something: `近40个`, `25.9万余起`, `98%以上`, `3至5万元`, 一年半.

mod attempts;
mod range;
mod shares;
mod stands;
mod unit;

use super::decimal::Decimal;
use super::lexicon::{self, UnitWord, prefix_before, suffix_at, unit_at};
use super::line::{Line, is_han};
use super::numeral::{self, Numeral};
use super::value::{Approx, Dimension, FigureValue, Kind, Unit};
use super::{FigureLabel, Reading, composite, duration};
use range::{limits, range};
pub(super) use shares::{half_of_a_unit, half_price};
use stands::stands;
use unit::unit_after;

/// A number with its unit, before the words around it are looked at.
pub(super) struct Amount {
    pub(super) start: usize,
    /// Where the number itself ends.
    pub(super) core_end: usize,
    /// Where the unit ends.
    pub(super) end: usize,
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    pub(super) approx: Option<Approx>,
    pub(super) unit: Option<Unit>,
    pub(super) kind: Kind,
    /// The power of ten of the multiplier, which a range carries to its lower end.
    pub(super) power: u32,
    /// How sure it is that this is a figure.
    pub(super) score: f32,
}

/// Reads the amount at `at`, with the words that bend it and a range if it is one.
pub(super) fn read(line: &Line, at: usize, floor: usize) -> Option<Reading> {
    let numeral = numeral::read(line, at)?;
    if numeral.is_single_formal(line) && !matches!(line.at(numeral.end), '元' | '角' | '分') {
        return None;
    }
    let left = amount(line, numeral, floor)?;
    let amount = range(line, &left).or_else(|| limits(line, &left));
    let is_range = amount.is_some();
    let mut reading = bend(line, &amount.unwrap_or(left), floor);
    if is_range {
        reading.value.kind = Kind::Range;
    } else if !stands(line, &numeral, &reading) {
        return None;
    }
    duration::place_in_time(line, &mut reading, floor);
    Some(reading)
}

/// The number with its unit; `None` where what follows says that it is no figure.
pub(super) fn amount(line: &Line, numeral: Numeral, floor: usize) -> Option<Amount> {
    let mut amount = Amount {
        start: numeral.start,
        core_end: numeral.end,
        end: numeral.end,
        low: numeral.low,
        high: numeral.high,
        approx: numeral.approx,
        unit: None,
        kind: Kind::Count,
        power: numeral.power,
        score: if numeral.arabic { 0.8 } else { 0.6 },
    };
    take_sign(line, &mut amount, floor);
    take_more(line, &mut amount, &numeral);
    let at = line.skip_spaces(amount.end);
    if line.has(at, "年如一日") {
        return None;
    }
    if shares::take_share(line, &mut amount, at, &numeral) {
        return Some(amount);
    }
    if let Some(unit) = attempts::unit(line, &numeral, at) {
        (amount.unit, amount.end, amount.score) = (Some(unit), at + 1, 0.9);
        return Some(amount);
    }
    // 两个半小时, 3个多月: what bends the number stands inside the unit.
    let inside = line.at(at + 1);
    let divided = line.at(at) == '个' && matches!(inside, '多' | '余' | '半');
    if let Some(unit) = divided
        .then(|| composite::time_after_classifier(line, at + 2))
        .flatten()
    {
        match inside {
            '半' => add_half(&mut amount),
            _ => amount.approx = Some(Approx::MoreThan),
        }
        amount.end = at + 1 + unit.raw.chars().count();
        (amount.unit, amount.kind, amount.score) = (Some(unit), Kind::Duration, 0.9);
        return Some(amount);
    }
    match unit_after(line, (amount.end, at), &numeral) {
        Some(unit) if unit.dimension.is_some() => settle(line, &mut amount, at, unit, &numeral),
        Some(_) => return None,
        None if matches!(line.at(at), '号' | '#') => return None,
        None => {}
    }
    Some(amount)
}

fn add_half(amount: &mut Amount) {
    let half = Decimal::parse("0.5").unwrap_or_default();
    if let (Some(low), Some(high)) = (amount.low.plus(half), amount.high.plus(half)) {
        (amount.low, amount.high) = (low, high);
    }
}

/// 负, -, 零下 before the number.
fn take_sign(line: &Line, amount: &mut Amount, floor: usize) {
    let Some(sign) = sign_before(line, amount.start).filter(|sign| *sign >= floor) else {
        return;
    };
    amount.start = sign;
    (amount.low, amount.high) = (amount.high.negated(), amount.low.negated());
}

/// Where the sign before the number at `start` begins.
pub(super) fn sign_before(line: &Line, start: usize) -> Option<usize> {
    let before = line.skip_spaces_back(start);
    if line.has_before(before, "零下") {
        return Some(before - 2);
    }
    let other = line.before(start, 2);
    let negative = match line.before(start, 1) {
        '负' => !"胜担平正抱欺自".contains(other),
        '-' => !other.is_ascii_alphanumeric() && !matches!(other, '-' | ')'),
        _ => false,
    };
    negative.then(|| start - 1)
}

/// 多, 余, 来, 几 after the number and before the unit.
fn take_more(line: &Line, amount: &mut Amount, numeral: &Numeral) {
    let at = line.skip_spaces(amount.end);
    let round = numeral.power > 0 || (numeral.arabic && numeral.low >= Decimal::whole(10));
    let next = line.at(at + 1);
    match line.at(at) {
        '多' if round && !matches!(next, '少' | '样' | '数' | '云' | '雨') => {
            amount.approx = Some(Approx::MoreThan);
        }
        '余' if round && !matches!(next, '下' | '额' | '热' | '震') => amount.approx = Some(Approx::MoreThan),
        '来' if (1..4).contains(&numeral.power) && unit_at(line, at + 1).is_some() => {
            amount.approx = Some(Approx::Approx);
        }
        '几' if numeral.arabic && unit_at(line, at + 1).is_some() => {
            amount.approx = Some(Approx::Approx);
            (amount.low, amount.high) = (
                amount.low.plus(Decimal::whole(1)).unwrap_or(amount.low),
                amount.high.plus(Decimal::whole(9)).unwrap_or(amount.high),
            );
        }
        _ => return,
    }
    amount.end = at + 1;
}

/// Takes the unit at `at`, and what may follow it: 半, 多, a smaller unit.
fn settle(line: &Line, amount: &mut Amount, at: usize, word: &UnitWord, numeral: &Numeral) {
    let mut unit = word.unit();
    amount.end = at + word.len();
    // 300台（套）: the second classifier in brackets belongs to the first.
    let bracketed = unit_at(line, amount.end + 1).filter(|_| line.at(amount.end) == '（');
    if let Some(second) = bracketed.filter(|second| line.at(amount.end + 1 + second.len()) == '）') {
        let end = amount.end + second.len() + 2;
        unit.raw = line.text(at, end);
        amount.end = end;
    }
    take_divisor(line, amount, &mut unit);
    let dimension = unit.dimension;
    amount.kind = match dimension {
        Some(Dimension::Percent) => Kind::Percent,
        Some(Dimension::Ratio) => Kind::Ratio,
        Some(Dimension::Money) => Kind::Money,
        Some(Dimension::Time) if !unit.raw.ends_with('岁') => Kind::Duration,
        Some(Dimension::Count) | None if word.ordinal => Kind::Ordinal,
        Some(Dimension::Count) | None => Kind::Count,
        Some(_) => Kind::Measure,
    };
    amount.score = match (numeral.arabic, word.weak) {
        (true, false) => 0.95,
        (true, true) => 0.85,
        (false, _) if numeral.is_single() => 0.7,
        (false, _) => 0.9,
    };
    // 决胜局8平: both sides have eight.
    let drawn = unit.raw == "平" && !matches!(line.before(amount.start, 1), '胜' | '负');
    if drawn && !line.at(amount.end).is_ascii_digit() && !numeral::is_numeral(line.at(amount.end)) {
        amount.kind = Kind::Score;
    }
    if unit.raw == "度" && !line.clause_has(amount.start, 12, &["温", "热", "冷", "烧", "寒", "零"]) {
        unit.code = None;
        unit.dimension = Some(Dimension::Other);
    }
    amount.unit = Some(unit);
    let measured = matches!(
        dimension,
        Some(Dimension::Time | Dimension::Length | Dimension::Mass | Dimension::Area | Dimension::Volume)
    );
    match line.at(amount.end) {
        // 四条半, 七圈半
        '半' if dimension == Some(Dimension::Count)
            && amount.approx.is_none()
            && amount.low == amount.high
            && amount.low.places() == 0
            && !is_han(line.at(amount.end + 1)) =>
        {
            add_half(amount);
            amount.end += 1;
        }
        // 五倍多
        '多' if dimension == Some(Dimension::Ratio) && !is_han(line.at(amount.end + 1)) => {
            amount.approx = Some(Approx::MoreThan);
            amount.end += 1;
        }
        '半' if measured
            && amount.approx.is_none()
            && amount.low.places() == 0
            && !"数年天个月".contains(line.at(amount.end + 1)) =>
        {
            add_half(amount);
            amount.end += 1;
        }
        // 五分多钟
        '多' if line.at(amount.end + 1) == '钟' => {
            amount.approx = Some(Approx::MoreThan);
            amount.unit = lexicon::unit_named(&format!("{}钟", line.at(at)));
            (amount.kind, amount.end) = (Kind::Duration, amount.end + 2);
        }
        '多' | '余'
            if measured
                && !matches!(
                    line.at(amount.end + 1),
                    '云' | '雨' | '次' | '名' | '地' | '家' | '种' | '个'
                ) =>
        {
            amount.approx = Some(Approx::MoreThan);
            amount.end += 1;
        }
        _ => composite::join_smaller_units(line, amount),
    }
}

/// 元/吨, mg/L, 立方米每秒: the unit after the stroke or 每.
fn take_divisor(line: &Line, amount: &mut Amount, unit: &mut Unit) {
    let sign = line.at(amount.end);
    let divides = sign == '/' || (sign == '每' && unit.dimension != Some(Dimension::Count));
    let divisor = unit_at(line, amount.end + 1).filter(|divisor| divides && divisor.dimension.is_some());
    let Some(divisor) = divisor else {
        return;
    };
    let below = divisor.unit();
    unit.raw = format!("{}{sign}{}", unit.raw, below.raw);
    if unit.dimension != Some(Dimension::Money) {
        unit.dimension = Some(Dimension::Other);
        unit.code = unit
            .code
            .take()
            .zip(below.code)
            .map(|(above, below)| format!("{above}/{below}"));
    } else {
        unit.code = None;
    }
    amount.end += 1 + divisor.len();
}

/// The amount with the words before and after it that bend it, as a reading.
pub(super) fn bend(line: &Line, amount: &Amount, floor: usize) -> Reading {
    let (mut start, mut end, mut approx) = (amount.start, amount.end, amount.approx);
    let mut unit = amount.unit.clone();
    let mut kind = amount.kind;
    if let Some((currency, at)) = composite::currency_before(line, start, floor) {
        if unit.is_none() {
            (unit, kind) = (Some(currency), Kind::Money);
        }
        start = at;
    }
    if let Some((suffix, after)) = suffix_at(line, end) {
        approx = Some(suffix);
        end = after;
    } else if kind == Kind::Duration && is_within(line, end) {
        approx = Some(Approx::EqualOrLess);
        end += 1;
    }
    if let Some((prefix, before)) = prefix_before(line, start, floor) {
        approx = Some(prefix.approx);
        start = before;
    } else if is_round(line, amount)
        && start > floor
        && matches!(line.before(start, 1), '过' | '破')
        && !"超经通不越透".contains(line.before(start, 2))
    {
        approx = Some(Approx::MoreThan);
        start -= 1;
    }
    let mut value = FigureValue::of(kind);
    bound(&mut value, amount.low, amount.high, approx);
    value.unit = unit;
    if kind == Kind::Score {
        value.value = value.value.map(|side| format!("{side}:{side}"));
        value.unit = None;
    }
    if kind == Kind::Duration {
        value.timex = value
            .unit
            .as_ref()
            .and_then(|unit| duration::timex(amount.low, amount.high, unit));
    }
    Reading {
        start,
        end,
        core: (amount.start, amount.core_end),
        label: FigureLabel::Figure,
        value,
        score: amount.score,
    }
}

/// 内 of 6小时内, and no 内部.
pub(super) fn is_within(line: &Line, at: usize) -> bool {
    line.at(at) == '内' && !"部地容外蒙".contains(line.at(at + 1))
}

/// 过百, 破亿, 过百亿: multipliers that stand for one of them.
fn is_round(line: &Line, amount: &Amount) -> bool {
    let length = amount.core_end - amount.start;
    let multipliers = line.short_run(amount.start, length, |char| matches!(char, '百' | '千' | '万' | '亿'));
    multipliers == amount.core_end && length > 0
}

/// Writes the number and its bounds as the words have bent them.
pub(super) fn bound(value: &mut FigureValue, low: Decimal, high: Decimal, approx: Option<Approx>) {
    value.approx = approx;
    if low != high {
        value.min = Some(low.to_string());
        value.max = Some(high.to_string());
        return;
    }
    value.value = Some(low.to_string());
    match approx {
        Some(Approx::MoreThan | Approx::EqualOrMore) => value.min = Some(low.to_string()),
        Some(Approx::LessThan | Approx::EqualOrLess) => value.max = Some(low.to_string()),
        Some(Approx::Approx) | None => {}
    }
}
