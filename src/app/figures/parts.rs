//! The parts of a figure's meaning, each as a field that can be typed into or chosen.

use super::values::{kind_of_unit, timex_of_length, unit_named};
use crate::suggest::figures::{Approx, Decimal, FigureValue, Kind};

/// A part of a value that can be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The number.
    Value,
    /// The lower bound.
    Min,
    /// The upper bound.
    Max,
    /// The unit, as printed.
    Unit,
    /// The TIMEX3 value.
    Timex,
}

impl Part {
    /// The parts that a value of its kind has, and those that it has beyond them: nothing that is saved is hidden.
    #[must_use]
    pub fn of(value: &FigureValue) -> Vec<Self> {
        let usual: &[Self] = match value.kind {
            Kind::Date | Kind::Time => &[Self::Timex],
            Kind::Range => &[Self::Min, Self::Max, Self::Unit],
            Kind::Duration => &[Self::Value, Self::Unit, Self::Timex],
            Kind::Score | Kind::Ordinal => &[Self::Value],
            _ => &[Self::Value, Self::Unit],
        };
        let all = match value.kind {
            Kind::Range => [Self::Min, Self::Max, Self::Unit, Self::Value, Self::Timex],
            _ => [Self::Value, Self::Unit, Self::Min, Self::Max, Self::Timex],
        };
        let is_there = |part: &Self| usual.contains(part) || !part.read(value).is_empty();
        all.into_iter().filter(is_there).collect()
    }

    /// The part as it is saved; empty where there is none.
    #[must_use]
    pub fn read(self, value: &FigureValue) -> String {
        let part = match self {
            Self::Value => &value.value,
            Self::Min => &value.min,
            Self::Max => &value.max,
            Self::Timex => &value.timex,
            Self::Unit => return value.unit.as_ref().map(|unit| unit.raw.clone()).unwrap_or_default(),
        };
        part.clone().unwrap_or_default()
    }

    /// The value with this part as typed; `None` where that is no number or no time value. What depends on the part
    /// follows it: bounds that lay on the number, the sides of a score, a unit's code and the kind that goes with it, the
    /// time value of a length of time.
    #[must_use]
    pub fn write(self, value: &FigureValue, typed: &str) -> Option<FigureValue> {
        let mut changed = value.clone();
        let typed = typed.trim();
        match self {
            Self::Unit => {
                let follows = value.unit.as_ref().and_then(kind_of_unit);
                changed.unit = unit_named(typed);
                if let Some(kind) = changed.unit.as_ref().and_then(kind_of_unit)
                    && (follows == Some(value.kind) || (follows.is_none() && value.kind == Kind::Count))
                {
                    changed.kind = kind;
                }
            }
            Self::Timex => changed.timex = time_value(typed)?,
            Self::Min | Self::Max => {
                // The ends of a stretch of time are time values.
                let is_time = matches!(value.kind, Kind::Date | Kind::Time) || value.is_stretch_of_time();
                let end = if is_time { time_value(typed)? } else { number(typed)? };
                let bound = if self == Self::Min {
                    &mut changed.min
                } else {
                    &mut changed.max
                };
                *bound = end;
                if let (true, Some(min), Some(max)) = (value.is_stretch_of_time(), &changed.min, &changed.max) {
                    changed.timex = Some(format!("{min}/{max}"));
                    for (part, end) in changed.parts.iter_mut().zip([min, max]) {
                        part.timex = Some(end.clone());
                    }
                }
            }
            Self::Value => {
                let number = number(typed)?;
                let before = std::mem::replace(&mut changed.value, number.clone());
                if before.is_some() {
                    for bound in [&mut changed.min, &mut changed.max] {
                        if *bound == before {
                            bound.clone_from(&number);
                        }
                    }
                }
                if !changed.parts.is_empty() {
                    changed.parts = sides(&changed, number.as_deref());
                }
            }
        }
        if value.timex.is_some() && timex_of_length(value) == value.timex && self != Self::Timex {
            changed.timex = timex_of_length(&changed);
        }
        Some(changed)
    }
}

/// The value as one of another kind. Its parts stay: what does not belong to the kind is still there to be moved.
#[must_use]
pub fn with_kind(value: &FigureValue, kind: Kind) -> FigureValue {
    FigureValue { kind, ..value.clone() }
}

/// The value bent in another way: a number that is more than 30 is at least 30, one that is less at most 30, and the bound
/// that an earlier word gave goes with it.
#[must_use]
pub fn with_approx(value: &FigureValue, approx: Option<Approx>) -> FigureValue {
    let mut changed = FigureValue {
        approx,
        ..value.clone()
    };
    if value.value.is_some() {
        let on_number = |bound: &Option<String>| *bound == value.value;
        if on_number(&value.min) {
            changed.min = None;
        }
        if on_number(&value.max) {
            changed.max = None;
        }
        match approx {
            Some(Approx::MoreThan | Approx::EqualOrMore) => changed.min.clone_from(&value.value),
            Some(Approx::LessThan | Approx::EqualOrLess) => changed.max.clone_from(&value.value),
            Some(Approx::Approx) | None => {}
        }
    }
    changed
}

/// The number in one field: the value, the bounds (`3–5`) of a figure that has no other, the time value of a time.
#[must_use]
pub fn read_number(value: &FigureValue) -> String {
    match (value.kind, &value.value, &value.min, &value.max) {
        (Kind::Date | Kind::Time, ..) => Part::Timex.read(value),
        (_, None, Some(min), Some(max)) => format!("{min}–{max}"),
        (_, None, Some(bound), None) | (_, None, None, Some(bound)) => bound.clone(),
        (_, number, ..) => number.clone().unwrap_or_default(),
    }
}

/// The value with its number as typed into one field; `None` where that is none. Two numbers are bounds; one number for a
/// range makes it what its unit counts.
#[must_use]
pub fn write_number(value: &FigureValue, typed: &str) -> Option<FigureValue> {
    if matches!(value.kind, Kind::Date | Kind::Time) {
        return Part::Timex.write(value, typed);
    }
    if typed.trim() == read_number(value) {
        return Some(value.clone());
    }
    // A hyphen may also be the sign of the first number.
    let hyphen = typed.char_indices().skip(1).find(|(_, c)| *c == '-');
    let ends = typed
        .split_once(['–', '—', '~', '～', '至'])
        .or_else(|| hyphen.and_then(|(at, _)| Some((typed.get(..at)?, typed.get(at + 1..)?))));
    let has_bounds = value.value.is_none() && (value.min.is_some() || value.max.is_some());
    let mut changed = value.clone();
    match ends {
        Some((min, max)) => {
            changed.value = None;
            let with_min = Part::Min.write(&changed, min)?;
            let mut changed = Part::Max.write(&with_min, max)?;
            if value.timex.is_some() && timex_of_length(value) == value.timex {
                changed.timex = timex_of_length(&changed);
            }
            (changed.min.is_some() && changed.max.is_some()).then_some(changed)
        }
        None if has_bounds => {
            (changed.min, changed.max) = (None, None);
            if changed.kind == Kind::Range {
                changed.kind = changed.unit.as_ref().and_then(kind_of_unit).unwrap_or(Kind::Count);
            }
            let follows = value.timex.is_some() && timex_of_length(value) == value.timex;
            let mut changed = Part::Value.write(&changed, typed)?;
            if follows {
                changed.timex = timex_of_length(&changed);
            }
            Some(changed)
        }
        None => Part::Value.write(value, typed),
    }
}

/// A number as it is saved, from one with separators: a decimal, a fraction (`1/3`), a proportion (`3:2`). An empty field
/// is no number at all.
fn number(typed: &str) -> Option<Option<String>> {
    let digits: String = typed.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
    if digits.is_empty() {
        return Some(None);
    }
    let digits = digits.replace(['：', '∶'], ":");
    let sign = [":", "/"].into_iter().find(|sign| digits.contains(sign)).unwrap_or(":");
    let sides = digits
        .split(sign)
        .map(|side| Some(Decimal::parse(side)?.to_string()))
        .collect::<Option<Vec<String>>>()?;
    (sign == ":" || sides.len() == 2).then(|| Some(sides.join(sign)))
}

/// The numbers of a proportion or a fraction as values of their own.
fn sides(value: &FigureValue, number: Option<&str>) -> Vec<FigureValue> {
    let number = number.filter(|number| number.contains([':', '/'])).unwrap_or_default();
    let numbers = number.split([':', '/']).filter(|side| !side.is_empty());
    let kind = value.parts.first().map_or(Kind::Count, |part| part.kind);
    let side = |side: &str| FigureValue {
        value: Some(side.to_owned()),
        ..FigureValue::of(kind)
    };
    numbers.map(side).collect()
}

/// A TIMEX3 value as it is saved, known by its characters: `2025-09-15T09:30`, `XXXX-W38`, `PT1.5H`, `2021/2025`,
/// `PAST_REF`. An empty field is none at all.
fn time_value(typed: &str) -> Option<Option<String>> {
    let is_of_timex = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || "-:/._+".contains(c);
    typed
        .chars()
        .all(is_of_timex)
        .then(|| (!typed.is_empty()).then(|| typed.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suggest::figures::find;

    fn value_of(text: &str) -> FigureValue {
        find(text, None).into_iter().next().unwrap().value
    }

    #[test]
    fn what_is_typed_becomes_the_value() {
        let value = value_of("25.9万余起");
        let changed = Part::Value.write(&value, "260,000").unwrap();
        assert_eq!(changed.value.as_deref(), Some("260000"));
        assert_eq!(changed.min.as_deref(), Some("260000"));
        assert_eq!(Part::Value.write(&value, "many"), None);
        assert_eq!(Part::Value.write(&value, "").unwrap().value, None);
        let date = value_of("2025年9月15日");
        let changed = Part::Timex.write(&date, " 2025-09 ").unwrap();
        assert_eq!(changed.timex.as_deref(), Some("2025-09"));
        assert_eq!(Part::Timex.write(&date, "明天"), None);
    }

    #[test]
    fn code_dimension_and_kind_follow_the_unit() {
        let changed = Part::Unit.write(&value_of("25.9万余起"), "元").unwrap();
        assert_eq!(changed.kind, Kind::Money);
        assert_eq!(changed.unit.and_then(|unit| unit.code), Some("CNY".to_owned()));
        // A kind that was chosen against the unit stays.
        let chosen = with_kind(&value_of("3个"), Kind::Ratio);
        assert_eq!(Part::Unit.write(&chosen, "元").unwrap().kind, Kind::Ratio);
    }

    #[test]
    fn the_time_value_of_a_length_follows_its_number_and_unit() {
        let value = value_of("连续13年");
        let changed = Part::Value.write(&value, "14").unwrap();
        assert_eq!(changed.timex.as_deref(), Some("P14Y"));
        let changed = Part::Unit.write(&changed, "天").unwrap();
        assert_eq!(changed.timex.as_deref(), Some("P14D"));
        let by_hand = Part::Timex.write(&changed, "P2W").unwrap();
        assert_eq!(Part::Value.write(&by_hand, "15").unwrap().timex.as_deref(), Some("P2W"));
    }

    #[test]
    fn the_ends_of_a_stretch_of_time_are_times_and_it_follows_them() {
        let value = value_of("9月22日至26日");
        assert_eq!(Part::Max.write(&value, "后天"), None);
        let changed = Part::Max.write(&value, "2025-09-27").unwrap();
        assert_eq!(changed.max.as_deref(), Some("2025-09-27"));
        assert_eq!(changed.timex.as_deref(), Some("XXXX-09-22/2025-09-27"));
        assert_eq!(changed.parts[1].timex, changed.max);
    }

    #[test]
    fn the_sides_of_a_score_follow_it_and_fractions_are_numbers() {
        let value = value_of("以3∶2获胜");
        let changed = Part::Value.write(&value, "3：1").unwrap();
        let sides: Vec<_> = changed.parts.iter().map(|part| part.value.as_deref()).collect();
        assert_eq!(sides, [Some("3"), Some("1")]);
        let changed = Part::Value.write(&value_of("三分之一"), "2/3").unwrap();
        assert_eq!(changed.value.as_deref(), Some("2/3"));
        assert_eq!(Part::Value.write(&changed, "1/2/3"), None);
    }

    #[test]
    fn bounds_follow_the_word_that_bends_the_number() {
        let value = value_of("30多项");
        let bent = |approx| {
            let value = with_approx(&value, approx);
            (value.min, value.max)
        };
        let thirty = || Some("30".to_owned());
        assert_eq!(bent(Some(Approx::LessThan)), (None, thirty()));
        assert_eq!(bent(Some(Approx::EqualOrMore)), (thirty(), None));
        assert_eq!(bent(None), (None, None));
    }

    #[test]
    fn one_field_takes_a_number_or_its_bounds() {
        let typed = |value: &FigureValue, typed| {
            let value = write_number(value, typed)?;
            Some(format!("{:?} {}", value.kind, read_number(&value)))
        };
        let range = value_of("3至5万元");
        assert_eq!(read_number(&range), "30000–50000");
        assert_eq!(typed(&range, "30000-60,000").as_deref(), Some("Range 30000–60000"));
        assert_eq!(typed(&range, "40000").as_deref(), Some("Money 40000"));
        assert_eq!(typed(&range, "3–"), None);
        let count = value_of("25.9万余起");
        assert_eq!(typed(&count, "-3").as_deref(), Some("Count -3"));
        assert_eq!(typed(&count, "20至30").as_deref(), Some("Count 20–30"));
        let years = value_of("三到五年");
        assert_eq!(write_number(&years, "4").unwrap().timex.as_deref(), Some("P4Y"));
        let day = value_of("2025年9月15日");
        assert_eq!(typed(&day, "2025-09-16").as_deref(), Some("Date 2025-09-16"));
    }

    #[test]
    fn no_part_that_is_saved_is_hidden() {
        assert_eq!(Part::of(&value_of("25.9万余起")), [Part::Value, Part::Unit, Part::Min]);
        let range = with_kind(&value_of("约30个"), Kind::Range);
        assert_eq!(Part::of(&range), [Part::Min, Part::Max, Part::Unit, Part::Value]);
        assert_eq!(Part::of(&FigureValue::of(Kind::Date)), [Part::Timex]);
    }
}
