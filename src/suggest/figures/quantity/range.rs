//! Two amounts as the ends of one: `3至5万元`, 六成到七成, 3000元以上6000元以下.

use super::{Amount, amount};
use crate::suggest::figures::decimal::Decimal;
use crate::suggest::figures::lexicon::suffix_at;
use crate::suggest::figures::line::Line;
use crate::suggest::figures::numeral;
use crate::suggest::figures::value::{Approx, Kind};

/// The two ends of a range as one amount, if one starts with `left`.
pub(super) fn range(line: &Line, left: &Amount) -> Option<Amount> {
    let at = line.skip_spaces(left.end);
    let connector = ["——", "至", "到", "~", "—", "-"]
        .into_iter()
        .find(|word| line.has(at, word))?;
    if left.approx.is_some_and(|_| left.low == left.high) || left.kind == Kind::Ordinal {
        return None;
    }
    let mut start = line.skip_spaces(at + connector.chars().count());
    for sign in ["零下", "负"] {
        if line.has(start, sign) {
            start += sign.chars().count();
        }
    }
    let numeral = numeral::read(line, start)?;
    let mut right = amount(line, numeral, at)?;
    let (arabic_left, arabic_right) = (line.at(left.core_end - 1).is_ascii_digit(), numeral.arabic);
    if connector == "-" && !((arabic_left || left.power > 0) && arabic_right) {
        return None;
    }
    let mut low = left.low;
    let raw = |amount: &Amount| amount.unit.as_ref().map(|unit| unit.raw.clone()).unwrap_or_default();
    match (raw(left).as_str(), raw(&right).as_str()) {
        // 一年二个月至九年 is told in months.
        ("个月", "年") => {
            let twelve = Decimal::whole(12);
            (right.low, right.high) = (right.low.times(twelve)?, right.high.times(twelve)?);
            right.unit.clone_from(&left.unit);
        }
        ("年", "个月") => low = low.times(Decimal::whole(12))?,
        _ => {
            let code = |amount: &Amount| amount.unit.as_ref().map(|unit| unit.code.clone());
            if left.unit.is_some() && code(&right) != code(left) {
                return None;
            }
        }
    }
    // Two short numerals need something to count: 一到五个.
    if right.unit.is_none() && !(arabic_left && arabic_right) && !(numeral.len() > 1 && left.core_end - left.start > 1)
    {
        return None;
    }
    // 3至5万: the multiplier is said once.
    if left.power == 0 && left.unit.is_none() && right.power > 0 {
        let carried = low.shift(i32::try_from(right.power).ok()?)?;
        if carried < right.high {
            low = carried;
        }
    }
    // 六成到七成, 6到7成
    if right.kind == Kind::Percent && left.unit.is_none() && line.at(right.end - 1) == '成' {
        low = low.shift(1)?;
    }
    if right.kind == Kind::Ordinal
        || low == right.high
        || right.low < Decimal::ZERO && low > Decimal::ZERO && connector == "-"
    {
        return None;
    }
    right.start = left.start;
    (right.low, right.high) = (low.min(right.low), low.max(right.high));
    right.score = right.score.max(left.score);
    Some(right)
}

/// 3000元以上6000元以下, 三年以上十年以下: two limits that laws tell like a range.
pub(super) fn limits(line: &Line, left: &Amount) -> Option<Amount> {
    let (approx, start) = suffix_at(line, left.end)?;
    if approx != Approx::EqualOrMore || !line.has_before(start, "以上") {
        return None;
    }
    let mut right = amount(line, numeral::read(line, start)?, start)?;
    let (below, end) = suffix_at(line, right.end)?;
    let same_unit = left.unit.is_none() || left.unit == right.unit;
    if below != Approx::EqualOrLess || !same_unit || left.low >= right.low {
        return None;
    }
    (right.start, right.low, right.end) = (left.start, left.low, end);
    Some(right)
}
