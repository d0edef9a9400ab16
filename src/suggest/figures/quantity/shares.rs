//! Shares and halves: 三成半, 八五折, 打对折, 半年, 半数.

use super::{Amount, bend, range::range};
use crate::suggest::figures::decimal::Decimal;
use crate::suggest::figures::lexicon::unit_at;
use crate::suggest::figures::line::{Line, is_han};
use crate::suggest::figures::numeral::{self, Numeral, digit};
use crate::suggest::figures::value::{Approx, Dimension, Kind, Unit};
use crate::suggest::figures::{Reading, duration};

/// %, 成, 折: shares told in tenths become percent.
pub(super) fn take_share(line: &Line, amount: &mut Amount, at: usize, numeral: &Numeral) -> bool {
    let percent = || {
        Some(Unit {
            raw: "%".to_owned(),
            code: Some("%".to_owned()),
            dimension: Some(Dimension::Percent),
        })
    };
    let point = ["个百分点", "百分点"].into_iter();
    if let Some((raw, end)) = point
        .filter_map(|word| Some((word, line.after_spaced(at, word)?)))
        .next()
    {
        amount.unit = Some(Unit {
            raw: raw.to_owned(),
            code: None,
            dimension: Some(Dimension::Percent),
        });
        (amount.kind, amount.end, amount.score) = (Kind::Percent, end, 0.98);
        return true;
    }
    let char = line.at(at);
    let is_share = match char {
        '成' => !"为功立果员本年长人熟都交就绩分效品了型套婚语名份千百因败灾群才电堆见新".contains(line.at(at + 1)),
        '折' => {
            let cut = "打享优惠价票扣售卖低至到最".contains(line.before(numeral.start, 1))
                || !is_han(line.at(at + 1))
                || "优扣售出的起".contains(line.at(at + 1));
            cut && !"线叠合磨腾射旧返中断服".contains(line.at(at + 1))
        }
        _ => false,
    };
    if !is_share || numeral.bare_multiplier || numeral.power > 1 {
        return false;
    }
    // 八五折 and 75折 are tenths and hundredths already.
    let hundredths = char == '折' && numeral.low >= Decimal::whole(10);
    let tenfold = |number: Decimal| if hundredths { Some(number) } else { number.shift(1) };
    let (Some(mut low), Some(mut high)) = (tenfold(amount.low), tenfold(amount.high)) else {
        return false;
    };
    let mut end = at + 1;
    if char == '成' {
        let after = line.skip_spaces(end);
        let more = match line.at(after) {
            '半' => Some(5),
            char => {
                digit(char).filter(|_| !numeral::is_numeral(line.at(after + 1)) && unit_at(line, after + 1).is_none())
            }
        };
        if let Some(more) = more.map(Decimal::whole) {
            (low, high, end) = (
                low.plus(more).unwrap_or(low),
                high.plus(more).unwrap_or(high),
                after + 1,
            );
        }
    }
    if matches!(line.at(end), '多' | '余') && char == '成' {
        (amount.approx, end) = (Some(Approx::MoreThan), end + 1);
    }
    (amount.low, amount.high, amount.end) = (low.trimmed(), high.trimmed(), end);
    (amount.unit, amount.kind, amount.score) = (percent(), Kind::Percent, 0.9);
    true
}

/// 打对折: half the price.
pub(in crate::suggest::figures) fn half_price(line: &Line, at: usize, floor: usize) -> Option<Reading> {
    let said = line.has(at, "对折") && line.before(at, 1) == '打';
    said.then(|| share_in_words(line, (at, at + 2), "50", floor))?
}

fn share_in_words(line: &Line, core: (usize, usize), number: &str, floor: usize) -> Option<Reading> {
    let number = Decimal::parse(number)?;
    let amount = Amount {
        start: core.0,
        core_end: core.1,
        end: core.1,
        low: number,
        high: number,
        approx: None,
        unit: Some(Unit {
            raw: "%".to_owned(),
            code: Some("%".to_owned()),
            dimension: Some(Dimension::Percent),
        }),
        kind: Kind::Percent,
        power: 0,
        score: 0.85,
    };
    Some(bend(line, &amount, floor))
}

/// 半年, 半个月, 半小时, 半斤; 半数.
pub(in crate::suggest::figures) fn half_of_a_unit(line: &Line, at: usize, floor: usize) -> Option<Reading> {
    // 半年度报告, 半年报
    let report = line.has(at, "半年度") || line.has(at, "半年报");
    if numeral::is_numeral(line.before(at, 1)) || report {
        return None;
    }
    let half = Decimal::parse("0.5")?;
    let (unit, kind, end) = if line.has(at, "半数") {
        (None, Kind::Ratio, at + 2)
    } else if line.has(at, "半成") {
        return share_in_words(line, (at, at + 2), "5", floor);
    } else {
        let unit = unit_at(line, at + 1).filter(|unit| !unit.weak)?;
        let kind = match unit.dimension? {
            Dimension::Time => Kind::Duration,
            Dimension::Mass | Dimension::Length | Dimension::Area | Dimension::Volume => Kind::Measure,
            _ => return None,
        };
        (Some(unit.unit()), kind, at + 1 + unit.len())
    };
    let amount = Amount {
        start: at,
        core_end: at + 1,
        end,
        low: half,
        high: half,
        approx: None,
        unit,
        kind,
        power: 0,
        score: 0.85,
    };
    // 半年至一年
    let range = range(line, &amount);
    let is_range = range.is_some();
    let mut reading = bend(line, &range.unwrap_or(amount), floor);
    if is_range {
        reading.value.kind = Kind::Range;
    }
    duration::place_in_time(line, &mut reading, floor);
    Some(reading)
}
