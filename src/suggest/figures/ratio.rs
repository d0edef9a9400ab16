//! Numbers told by two numbers: 百分之三十, 三分之一, `1/2`, `3∶2`, 翻两番.

use super::decimal::Decimal;
use super::lexicon::{self, prefix_before, suffix_at, unit_at};
use super::line::Line;
use super::numeral::{self, Numeral};
use super::quantity::{self, bound};
use super::value::{Approx, Dimension, FigureValue, Kind, Unit};
use super::{FigureLabel, Reading, duration};

/// Reads a number told by two at `at`.
pub(super) fn read(line: &Line, at: usize, floor: usize) -> Option<Reading> {
    hundredths(line, at, floor)
        .or_else(|| fraction(line, at, floor))
        .or_else(|| versus(line, at))
        .or_else(|| half(line, at, floor))
}

/// 百分之, 千分之, 万分之 with the UCUM code and the power of ten of what they stand for.
const SHARES: &[(&str, &str, i32)] = &[
    ("百分之", "%", -2),
    ("佰分之", "%", -2),
    ("千分之", "[ppth]", -3),
    ("仟分之", "[ppth]", -3),
    ("万分之", "10*-4", -4),
    ("百万分之", "[ppm]", -6),
    ("百分", "%", -2),
];

/// 百分之三十, 百分之三十到四十, 百分百.
fn hundredths(line: &Line, at: usize, floor: usize) -> Option<Reading> {
    if !matches!(line.at(at), '百' | '佰' | '千' | '仟' | '万') {
        return None;
    }
    let share = |at: usize| {
        let mut shares = SHARES.iter();
        shares.find_map(|share| line.after_spaced(at, share.0).map(|end| (*share, end)))
    };
    let number = |at: usize| {
        let at = line.skip_spaces(at);
        let (negative, at) = if line.at(at) == '负' {
            (true, at + 1)
        } else {
            (false, at)
        };
        let numeral = numeral::read(line, at)?;
        let (low, high) = if negative {
            (numeral.high.negated(), numeral.low.negated())
        } else {
            (numeral.low, numeral.high)
        };
        Some((low, high, numeral))
    };
    let ((raw, code, power), after) = share(at)?;
    let (mut low, mut high, first) = number(after)?;
    if raw == "百分" && !(first.bare_multiplier || first.len() > 1) {
        return None;
    }
    let mut end = first.end;
    let mut kind = Kind::Percent;
    let mut approx = first.approx;
    if matches!(line.at(end), '多' | '余') && !line.has(end, "多少") {
        approx = Some(Approx::MoreThan);
        end += 1;
    }
    let connector = line.skip_spaces(end);
    if matches!(line.at(connector), '至' | '到' | '~' | '—') {
        let second = line.skip_spaces(connector + 1);
        let after = share(second).map_or(second, |(_, end)| end);
        if let Some((_, upper, second)) = number(after).filter(|(_, upper, _)| *upper > high) {
            let unit = unit_at(line, second.end).filter(|_| part_unit(line, second.end).is_none());
            if after != connector + 1 || unit.is_none() {
                (kind, high, end) = (Kind::Range, upper, second.end);
            }
        }
    }
    let mut start = at;
    if start > floor && line.before(start, 1) == '负' {
        (start, low, high) = (start - 1, high.negated(), low.negated());
    }
    if raw != "百分"
        && let Some((unit, unit_kind, unit_end)) = part_unit(line, end)
    {
        let (low, high) = (low.shift(power)?.trimmed(), high.shift(power)?.trimmed());
        let mut reading = bent(line, (start, unit_end), floor, unit_kind, |value, suffix| {
            bound(value, low, high, suffix.or(approx));
        });
        of_a_unit(line, &mut reading, (floor, end), unit, Some((low, high)));
        if kind == Kind::Range {
            reading.value.kind = kind;
        }
        return Some(reading);
    }
    let mut reading = bent(line, (start, end), floor, Kind::Percent, |value, suffix| {
        bound(value, low, high, suffix.or(approx));
    });
    reading.value.kind = kind;
    reading.value.unit = Some(Unit {
        raw: if code == "%" { "%" } else { raw }.to_owned(),
        code: Some(code.to_owned()),
        dimension: Some(Dimension::Percent),
    });
    Some(reading)
}

/// 三分之一, 一又二分之一, `3/5`, `1 3/5`.
fn fraction(line: &Line, at: usize, floor: usize) -> Option<Reading> {
    let first = numeral::read(line, at)?;
    let mut whole = None;
    let (mut denominator, mut after) = (first, line.skip_spaces(first.end));
    if line.at(after) == '又' {
        whole = Some(first);
        denominator = numeral::read(line, line.skip_spaces(after + 1))?;
        after = line.skip_spaces(denominator.end);
    } else if let Some(second) = whole_before_slash(line, &first, after) {
        whole = Some(first);
        (denominator, after) = (second, second.end);
    }
    let (numerator, denominator) = if let Some(start) = line.after_spaced(after, "分之") {
        (numeral::read(line, line.skip_spaces(start))?, denominator)
    } else if line.at(after) == '/' && denominator.arabic {
        let second = numeral::read(line, line.skip_spaces(after + 1)).filter(|second| second.arabic)?;
        if line.at(second.end) == '/' {
            return None;
        }
        (denominator, second)
    } else {
        return None;
    };
    if denominator.low == Decimal::ZERO || denominator.is_span() || numerator.is_span() {
        return None;
    }
    let end = numerator.end.max(denominator.end);
    let sign = quantity::sign_before(line, at).filter(|sign| *sign >= floor);
    let total = whole.map_or(Some(Decimal::ZERO), |whole| whole.low.times(denominator.low));
    let total = total
        .and_then(|whole| whole.plus(numerator.low))
        .unwrap_or(numerator.low);
    let total = if sign.is_some() { total.negated() } else { total };
    let quotient = total.divided_exactly(denominator.low);
    let (start, unit) = (sign.unwrap_or(at), part_unit(line, end));
    let (kind, last) = unit
        .as_ref()
        .map_or((Kind::Ratio, end), |(_, kind, last)| (*kind, *last));
    let mut reading = bent(line, (start, last), floor, kind, |value, approx| {
        match quotient {
            Some(number) => bound(value, number, number, approx),
            // 1/3 has no end as a decimal; as a fraction it is exact.
            None => {
                let number = Some(format!("{total}/{}", denominator.low));
                value.approx = approx;
                match approx {
                    Some(Approx::MoreThan | Approx::EqualOrMore) => value.min.clone_from(&number),
                    Some(Approx::LessThan | Approx::EqualOrLess) => value.max.clone_from(&number),
                    Some(Approx::Approx) | None => {}
                }
                value.value = number;
            }
        }
    });
    reading.value.unit = None;
    reading.value.parts = [numerator, denominator].map(|part| part_of(&part)).into();
    if let Some((unit, ..)) = unit {
        let number = quotient.map(|number| (number, number));
        of_a_unit(line, &mut reading, (floor, end), unit, number);
    }
    Some(reading)
}

/// The unit at `at` of which a fraction may be a part, the kind of figure that makes, and where the unit ends: seconds, and
/// what is hardly ever another word.
fn part_unit(line: &Line, at: usize) -> Option<(Unit, Kind, usize)> {
    let at = line.skip_spaces(at);
    let word = unit_at(line, at).filter(|word| !word.weak && !lexicon::is_other_word(line, at))?;
    let unit = word.unit();
    let kind = match word.dimension? {
        Dimension::Time if unit.raw.contains('秒') => Kind::Duration,
        Dimension::Length | Dimension::Area | Dimension::Volume | Dimension::Mass if word.len() > 1 => Kind::Measure,
        _ => return None,
    };
    Some((unit, kind, at + word.len()))
}

/// Makes a fraction whose number ends at `end` a part of `unit`, and no share of something: 百分之三秒, 十分之一毫米. Its
/// bounds are known where it ends as a decimal.
fn of_a_unit(
    line: &Line,
    reading: &mut Reading,
    (floor, end): (usize, usize),
    unit: Unit,
    bounds: Option<(Decimal, Decimal)>,
) {
    reading.core.1 = end;
    reading.value.parts.clear();
    if reading.value.kind == Kind::Duration {
        reading.value.timex = bounds.and_then(|(low, high)| duration::timex(low, high, &unit));
    }
    reading.value.unit = Some(unit);
    duration::place_in_time(line, reading, floor);
}

/// The second number of `1 3/5`.
fn whole_before_slash(line: &Line, first: &Numeral, after: usize) -> Option<Numeral> {
    let spaced = first.arabic && after > first.end && line.at(after).is_ascii_digit();
    let second = numeral::read(line, after).filter(|_| spaced)?;
    (line.at(second.end) == '/' && line.at(second.end + 1).is_ascii_digit()).then_some(second)
}

fn part_of(numeral: &Numeral) -> FigureValue {
    FigureValue {
        value: Some(numeral.low.to_string()),
        ..FigureValue::of(Kind::Count)
    }
}

/// Words near two numbers that say that they are a result.
const GAMES: &[&str] = &[
    "比分",
    "的比分",
    "战胜",
    "击败",
    "胜",
    "负",
    "平",
    "逼",
    "不敌",
    "力克",
    "领先",
    "落后",
    "比赛",
    "队",
    "进球",
    "主场",
    "客场",
    "淘汰",
    "决赛",
    "大败",
    "横扫",
    "险胜",
    "扳",
    "爆冷",
    "定格",
    "获",
    "战",
    "取胜",
    "赢",
];

/// `3∶2`, `78:96`, 三比二: a score or a proportion.
fn versus(line: &Line, at: usize) -> Option<Reading> {
    let first = numeral::read(line, at).filter(|first| !first.is_span() && first.approx.is_none())?;
    let sign = line.at(line.skip_spaces(first.end));
    let game = |end: usize| line.clause_has(at, 24, GAMES) || GAMES.iter().any(|word| line.has(end, word));
    let mut parts = vec![first];
    let mut end = first.end;
    loop {
        let place = line.skip_spaces(end);
        let joins = line.at(place) == sign
            && (matches!(sign, ':' | '∶' | '比') || (sign == '-' && parts.len() < 2 && game(place)));
        let next = numeral::read(line, line.skip_spaces(place + 1))
            .filter(|next| joins && next.arabic == first.arabic && !next.is_span());
        let Some(next) = next else {
            break;
        };
        parts.push(next);
        end = next.end;
    }
    // 一天比一天: a proportion has two bare numbers.
    if parts.len() < 2 || (sign == '比' && unit_at(line, end).is_some_and(|unit| !unit.weak)) {
        return None;
    }
    let kind = if parts.len() == 2 && game(end) {
        Kind::Score
    } else {
        Kind::Ratio
    };
    let numbers: Vec<String> = parts.iter().map(|part| part.low.to_string()).collect();
    let value = FigureValue {
        value: Some(numbers.join(":")),
        parts: parts.iter().map(part_of).collect(),
        ..FigureValue::of(kind)
    };
    Some(Reading::whole((at, end), FigureLabel::Figure, value, 0.9))
}

/// 一半, 半数; 对折.
fn half(line: &Line, at: usize, floor: usize) -> Option<Reading> {
    let end = if line.has(at, "一半") || line.has(at, "半数") {
        at + 2
    } else {
        return None;
    };
    let half = Decimal::parse("0.5")?;
    Some(bent(line, (at, end), floor, Kind::Ratio, |value, approx| {
        bound(value, half, half, approx);
    }))
}

/// 翻番, 翻两番: twice, four times.
pub(super) fn doubled(line: &Line, at: usize) -> Option<Reading> {
    let mut number = at + 1;
    for word in ["了", "近", "将近"] {
        if line.has(number, word) {
            number += word.chars().count();
        }
    }
    let (times, end) = if line.at(number) == '番' {
        (1, number + 1)
    } else {
        let numeral = numeral::read(line, number)?;
        let times = numeral.whole().filter(|times| (1..=20).contains(times))?;
        (times, (line.at(numeral.end) == '番').then_some(numeral.end + 1)?)
    };
    let factor = Decimal::whole(1_i64 << times);
    let mut value = FigureValue::of(Kind::Ratio);
    bound(&mut value, factor, factor, None);
    value.unit = Some(Unit {
        raw: "番".to_owned(),
        code: None,
        dimension: Some(Dimension::Ratio),
    });
    Some(Reading::whole((at, end), FigureLabel::Figure, value, 0.9))
}

/// A reading of `core` with the words around it that bend it; `fill` writes the number.
fn bent(
    line: &Line,
    core: (usize, usize),
    floor: usize,
    kind: Kind,
    fill: impl FnOnce(&mut FigureValue, Option<Approx>),
) -> Reading {
    let (mut start, mut end, mut approx) = (core.0, core.1, None);
    if let Some((suffix, after)) = suffix_at(line, end) {
        (approx, end) = (Some(suffix), after);
    } else if kind == Kind::Duration && quantity::is_within(line, end) {
        (approx, end) = (Some(Approx::EqualOrLess), end + 1);
    }
    if let Some((prefix, before)) = prefix_before(line, start, floor) {
        (approx, start) = (Some(prefix.approx), before);
    }
    let mut value = FigureValue::of(kind);
    fill(&mut value, approx);
    Reading {
        start,
        end,
        core,
        label: FigureLabel::Figure,
        value,
        score: 0.95,
    }
}
