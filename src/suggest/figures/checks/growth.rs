//! From one number to another, and the change that is told of it: 由200起降至100起，下降50%.

use super::{Article, Finding, FindingKind, exact};
use crate::suggest::figures::Figure;
use crate::suggest::figures::decimal::Decimal;

/// Words between the number before and the number after.
const ARRIVES: &[&str] = &[
    "降至",
    "降到",
    "降为",
    "减至",
    "减少到",
    "减少至",
    "下降到",
    "下降至",
    "增至",
    "增加到",
    "增加至",
    "增长到",
    "增长至",
    "升至",
    "升到",
    "提高到",
    "提高至",
    "提升至",
    "提升到",
    "上升到",
    "上升至",
    "扩大到",
    "缩短到",
    "缩短至",
];
/// Words before a change upwards.
const RISES: &[&str] = &["增长", "增加", "提高", "上升", "增幅", "提升", "涨幅", "上涨"];
/// Words before a change downwards.
const FALLS: &[&str] = &["下降", "降低", "减少", "降幅", "下跌", "跌幅", "缩短"];

impl Article<'_> {
    /// 由A降至B，下降N%; 由A增至B，增长N倍.
    pub(super) fn growth(&self) -> Vec<Finding> {
        let windows = self.numbers.windows(3).map(|window| match window {
            [from, to, change] => self.wrong_change(from, to, change),
            _ => None,
        });
        windows.flatten().collect()
    }

    fn wrong_change(&self, from: &Figure, to: &Figure, change: &Figure) -> Option<Finding> {
        let (road, said) = (self.between(from, to)?, self.between(to, change)?);
        let unit = |figure: &Figure| figure.value.unit.as_ref().map(|unit| unit.raw.clone());
        let rises = RISES.iter().any(|word| said.contains(word));
        let sign = match unit(change)?.as_str() {
            "%" if rises || FALLS.iter().any(|word| said.contains(word)) => "%",
            // 下降两倍 has no arithmetic.
            "倍" if rises => "倍",
            _ => return None,
        };
        let applies = unit(from) == unit(to) && ARRIVES.iter().any(|word| road.contains(word));
        if !applies || said.contains(['较', '比']) || change.value.approx.is_some() {
            return None;
        }
        let (before, after, printed) = (exact(&from.value)?, exact(&to.value)?, exact(&change.value)?);
        let percent = if sign == "%" { printed } else { printed.shift(2)? };
        let real = change_in_percent(before, after, percent.places())?;
        let ends = [(from, before), (to, after)].map(|(figure, number)| self.rounding(figure, number));
        let own = Decimal::whole(if sign == "%" { 1 } else { 50 }).shift(-i32::try_from(printed.places()).ok()?)?;
        let tolerance = tolerance(before, after, ends)?.plus(own)?;
        if real.minus(percent.magnitude())?.magnitude() <= tolerance {
            return None;
        }
        let real = if sign == "%" { real } else { real.shift(-2)?.trimmed() };
        let (left, right) = (self.printed(from), self.printed(to));
        Some(Finding {
            places: vec![from.range, to.range, change.range],
            kind: FindingKind::Growth,
            zh: format!("|{right} − {left}| ÷ {left} = {real}{sign}，文中为 {printed}{sign}"),
            en: format!("|{right} − {left}| ÷ {left} = {real}{sign}, the text says {printed}{sign}"),
        })
    }

    /// Half a unit of the last digit printed where there is a point or a multiplier: 500 for 9.8万. Whole numbers are
    /// exact.
    fn rounding(&self, figure: &Figure, number: Decimal) -> Decimal {
        let core = self.slice(figure.core.start.to_usize(), figure.core.end.to_usize());
        let rounded = core.contains(['.', '．', '·', '万', '亿']);
        let digits: String = core.chars().filter(char::is_ascii_digit).collect();
        let last_place = Decimal::parse(&digits)
            .filter(|_| rounded)
            .and_then(|digits| number.magnitude().divided(digits, 6));
        last_place
            .and_then(|place| place.divided(Decimal::whole(2), 6))
            .unwrap_or(Decimal::ZERO)
    }
}

/// |to − from| ÷ from, in percent with one digit more than is printed.
fn change_in_percent(from: Decimal, to: Decimal, places: u32) -> Option<Decimal> {
    let difference = to.minus(from)?.magnitude();
    difference
        .times(Decimal::whole(100))?
        .divided(from.magnitude(), places.max(1))
}

/// How far the change may be off, in percent, because both ends are rounded.
fn tolerance(from: Decimal, to: Decimal, rounding: [Decimal; 2]) -> Option<Decimal> {
    let [round_from, round_to] = rounding;
    // d(to/from) = d(to)/from + to·d(from)/from²
    let share = to.times(round_from)?.divided(from.magnitude(), 6)?;
    round_to
        .plus(share.magnitude())?
        .times(Decimal::whole(100))?
        .divided(from.magnitude(), 6)
}
