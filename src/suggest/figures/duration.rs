//! Lengths of time: how long they are, and whether the words around them say when instead.

use super::decimal::Decimal;
use super::lexicon::unit_at;
use super::line::{Line, is_han};
use super::numeral;
use super::value::{Approx, Dimension, FigureValue, Kind, Unit};
use super::{FigureLabel, Reading};

/// The TIMEX3 value of a length of time: `P13Y`, `PT30M`; of a range `P3Y/P5Y`.
pub(super) fn timex(low: Decimal, high: Decimal, unit: &Unit) -> Option<String> {
    let (designator, of_a_day, factor) = match unit.raw.trim_start_matches('个') {
        "年" | "周年" | "年头" | "学年" | "载" => ("Y", false, 1),
        "世纪" => ("Y", false, 100),
        "年代" => ("Y", false, 10),
        "季度" => ("M", false, 3),
        "月" | "月大" | "月龄" => ("M", false, 1),
        "周" | "星期" | "礼拜" | "周龄" => ("W", false, 1),
        "天" | "日" | "昼夜" | "工作日" | "交易日" | "日龄" | "天龄" => ("D", false, 1),
        "小时" | "钟头" => ("H", true, 1),
        "刻钟" => ("M", true, 15),
        "分钟" | "分" | "min" => ("M", true, 1),
        "秒" | "秒钟" => ("S", true, 1),
        _ => return None,
    };
    let one = |number: Decimal| {
        let number = number.times(Decimal::whole(factor))?.trimmed();
        Some(format!("P{}{number}{designator}", if of_a_day { "T" } else { "" }))
    };
    if low == high {
        one(low)
    } else {
        Some(format!("{}/{}", one(low)?, one(high)?))
    }
}

/// Words after a length of time that turn it into an answer to "when"; longest first.
const PLACING: &[&str] = &["以来", "之前", "之后", "以前", "以后", "来", "间", "前", "后"];

/// 五年来, 三天后, 未来五年 tell when and not how long: the words that say so join the span, and it is a time.
pub(super) fn place_in_time(line: &Line, reading: &mut Reading, floor: usize) {
    let duration = matches!(reading.value.kind, Kind::Duration | Kind::Range) && reading.value.timex.is_some();
    // 6月龄前: an age is counted from a birth and not from now.
    let age = reading.value.unit.as_ref().is_some_and(|unit| unit.raw.ends_with('龄'));
    if !duration || age {
        return;
    }
    let mut placed = false;
    if let Some(end) = placing_end(line, reading.end) {
        reading.end = end;
        placed = true;
    }
    // 前30分钟免费, 近两小时: hours are counted, years are looked back on.
    let hours = reading
        .value
        .timex
        .as_deref()
        .is_some_and(|timex| timex.starts_with("PT"));
    if let Some(start) = placing_start(line, reading.start, floor, hours) {
        reading.start = start;
        placed = true;
    }
    // 近五年 is the last five years, 近四十年 almost forty.
    let recent = reading.value.approx == Some(Approx::Approx) && line.at(reading.start) == '近' && !hours;
    if recent && (placed || is_short(&reading.value)) {
        reading.value.approx = None;
        placed = true;
    }
    if placed {
        reading.label = FigureLabel::Time;
    }
}

/// Where the word begins that stands before a length of time at `start` and makes it an answer to "when".
fn placing_start(line: &Line, start: usize, floor: usize, hours: bool) -> Option<usize> {
    for word in ["未来", "接下来", "过去的", "过去", "今后", "最近", "此前", "此后", "近"] {
        let length = word.chars().count();
        let counted = hours && word == "近";
        let free = start >= floor + length && line.before(start, 2) != '附';
        if line.has_before(start, word) && free && !counted {
            return Some(start - length);
        }
    }
    let first = line.before(start, 1) == '前' && start > floor && !is_han(line.before(start, 2));
    (first && !hours).then(|| start - 1)
}

/// One past the word at `at` that makes the length of time before it an answer to "when".
fn placing_end(line: &Line, at: usize) -> Option<usize> {
    let word = PLACING.iter().find(|word| line.has(at, word))?;
    let end = at + word.chars().count();
    let next = line.at(end);
    let other_word = match *word {
        "间" => "接隔歇断".contains(next),
        "后" => "备续卫勤勤期面".contains(next),
        "前" => "列线期景茅提后夕".contains(next),
        "来" => "到自临访宾华".contains(next),
        _ => false,
    };
    (!other_word).then_some(end)
}

/// 几天后, 数小时前: some of a unit of time are no figure, but tell when.
pub(super) fn vaguely_placed(line: &Line, at: usize, floor: usize) -> Option<Reading> {
    const FEWEST: i64 = 2;
    const MOST: i64 = 9;
    if !matches!(line.at(at), '几' | '数') || numeral::is_numeral(line.before(at, 1)) {
        return None;
    }
    let word = unit_at(line, at + 1).filter(|unit| unit.dimension == Some(Dimension::Time) && !unit.weak)?;
    let end = placing_end(line, at + 1 + word.len())?;
    let unit = word.unit();
    let (low, high) = (Decimal::whole(FEWEST), Decimal::whole(MOST));
    let value = FigureValue {
        min: Some(low.to_string()),
        max: Some(high.to_string()),
        approx: Some(Approx::Approx),
        timex: timex(low, high, &unit),
        unit: Some(unit),
        ..FigureValue::of(Kind::Duration)
    };
    Some(Reading {
        start: placing_start(line, at, floor, false).unwrap_or(at),
        end,
        core: (at, at + 1),
        label: FigureLabel::Time,
        value,
        score: 0.9,
    })
}

fn is_short(value: &FigureValue) -> bool {
    let number = value.value.as_deref().and_then(Decimal::parse);
    number.is_some_and(|number| number <= Decimal::whole(10))
}
