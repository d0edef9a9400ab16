//! Figures in words: kinds, what bends a number, numbers in digits.

use super::Row;
use crate::annot::fact::Role;
use crate::i18n::{Lang, T};
use crate::suggest::figures::conversions::grouped;
use crate::suggest::figures::{Approx, Decimal, FigureValue, Kind};

/// All kinds, in the order in which they are offered.
pub const KINDS: [Kind; 12] = [
    Kind::Count,
    Kind::Money,
    Kind::Measure,
    Kind::Percent,
    Kind::Ratio,
    Kind::Range,
    Kind::Ordinal,
    Kind::Score,
    Kind::List,
    Kind::Duration,
    Kind::Date,
    Kind::Time,
];

/// All that bends a number, in the order in which it is offered; the first is a number as it is.
pub const APPROXES: [Option<Approx>; 6] = [
    None,
    Some(Approx::Approx),
    Some(Approx::MoreThan),
    Some(Approx::EqualOrMore),
    Some(Approx::LessThan),
    Some(Approx::EqualOrLess),
];

/// The kind of a row in words.
#[must_use]
pub fn kind_name(row: &Row, lang: Lang) -> &'static str {
    row.value.as_ref().map_or("", |value| kind_text(value.kind).of(lang))
}

/// A kind of figure in words.
#[must_use]
pub fn kind_text(kind: Kind) -> T {
    match kind {
        Kind::Count => T::KindCount,
        Kind::Percent => T::KindPercent,
        Kind::Ratio => T::KindRatio,
        Kind::Range => T::KindRange,
        Kind::Ordinal => T::KindOrdinal,
        Kind::Date => T::KindDate,
        Kind::Time => T::KindTime,
        Kind::Duration => T::KindDuration,
        Kind::Money => T::KindMoney,
        Kind::Measure => T::KindMeasure,
        Kind::Score => T::KindScore,
        Kind::List => T::KindList,
    }
}

/// A value in digits, without its unit: `≈ 30`, `300–500`, `2025-09-15`.
#[must_use]
pub fn shown_number(value: &FigureValue) -> String {
    if let (Kind::Date | Kind::Time, Some(timex)) = (value.kind, &value.timex) {
        return timex.clone();
    }
    if value.kind == Kind::Score && !value.parts.is_empty() {
        return value.parts.iter().map(shown_number).collect::<Vec<_>>().join(" : ");
    }
    let digits = |number: &String| match Decimal::parse(number) {
        // 2020—2024年 are years.
        Some(number) if !value.is_stretch_of_time() => grouped(number),
        _ => number.clone(),
    };
    match (&value.value, &value.min, &value.max) {
        (Some(number), ..) => format!("{}{}", approx_sign(value.approx), digits(number)),
        (None, Some(min), Some(max)) => format!("{}–{}", digits(min), digits(max)),
        (None, Some(min), None) => format!("≥ {}", digits(min)),
        (None, None, Some(max)) => format!("≤ {}", digits(max)),
        (None, None, None) => value.timex.clone().unwrap_or_default(),
    }
}

fn approx_sign(approx: Option<Approx>) -> &'static str {
    match approx {
        None => "",
        Some(Approx::Approx) => "≈ ",
        Some(Approx::MoreThan) => "> ",
        Some(Approx::EqualOrMore) => "≥ ",
        Some(Approx::EqualOrLess) => "≤ ",
        Some(Approx::LessThan) => "< ",
    }
}

/// What bends a number, in words.
#[must_use]
pub fn approx_text(approx: Option<Approx>) -> T {
    match approx {
        None => T::ApproxExact,
        Some(Approx::Approx) => T::ApproxAbout,
        Some(Approx::MoreThan) => T::ApproxMoreThan,
        Some(Approx::EqualOrMore) => T::ApproxAtLeast,
        Some(Approx::LessThan) => T::ApproxLessThan,
        Some(Approx::EqualOrLess) => T::ApproxAtMost,
    }
}

/// A part of a fact in words.
#[must_use]
pub fn role_text(role: Role) -> T {
    match role {
        Role::HeldBy => T::FigureHolder,
        Role::MeasureOf => T::FigureCounted,
        Role::AtTime => T::FigureTime,
    }
}

/// The number of a value in few characters, where it has one: what a narrow column shows rather than the first half of the
/// digits.
#[must_use]
pub fn short_value(value: &FigureValue, lang: Lang) -> Option<String> {
    if matches!(value.kind, Kind::Date | Kind::Time | Kind::Score) {
        return None;
    }
    let short = |number: &String| Some(short_number(number.parse().ok()?, lang));
    match (&value.value, &value.min, &value.max) {
        (Some(number), ..) => Some(format!("{}{}", approx_sign(value.approx), short(number)?)),
        (None, Some(min), Some(max)) => Some(format!("{}–{}", short(min)?, short(max)?)),
        _ => None,
    }
}

/// A number in few characters, as a diagram has room for them: 135万, 1.35M.
#[must_use]
pub fn short_number(number: f64, lang: Lang) -> String {
    let steps: &[(f64, &str)] = match lang {
        Lang::Zh => &[(1e12, "万亿"), (1e8, "亿"), (1e4, "万")],
        Lang::En => &[(1e12, "T"), (1e9, "bn"), (1e6, "M"), (1e3, "k")],
    };
    // 9,999 is said as it is in both languages.
    let step = steps.iter().find(|(step, _)| number.abs() >= step.max(1e4));
    let (scaled, sign) = step.map_or((number, ""), |&(step, sign)| (number / step, sign));
    let places = match scaled.abs() {
        100.0.. => 0,
        10.0.. => 1,
        _ => 2,
    };
    let places = if step.is_none() && number.abs() >= 100.0 {
        1
    } else {
        places
    };
    let text = format!("{scaled:.places$}");
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    };
    format!("{text}{sign}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_have_no_thousands() {
        let years = FigureValue {
            min: Some("2020".to_owned()),
            max: Some("2024".to_owned()),
            timex: Some("2020/2024".to_owned()),
            ..FigureValue::of(Kind::Range)
        };
        assert_eq!(shown_number(&years), "2020–2024");
        let people = FigureValue { timex: None, ..years };
        assert_eq!(shown_number(&people), "2,020–2,024");
    }

    #[test]
    fn numbers_are_short_in_either_language() {
        let cases = [
            (1_350_000.0, "135万", "1.35M"),
            (986_000.0, "98.6万", "986k"),
            (9_999.0, "9999", "9999"),
            (12_500.0, "1.25万", "12.5k"),
            (190_000_000.0, "1.9亿", "190M"),
            (98.25, "98.2", "98.2"),
            (0.0, "0", "0"),
            (-3.5, "-3.5", "-3.5"),
        ];
        for (number, zh, en) in cases {
            assert_eq!(short_number(number, Lang::Zh), zh);
            assert_eq!(short_number(number, Lang::En), en);
        }
    }

    #[test]
    fn a_value_is_short_with_what_bends_it() {
        let short = |text: &str| {
            let found = crate::suggest::figures::find(text, None);
            short_value(&found[0].value, Lang::Zh)
        };
        assert_eq!(short("超过2100万元").as_deref(), Some("> 2100万"));
        assert_eq!(short("3至5万元").as_deref(), Some("3万–5万"));
        assert_eq!(short("2025年9月15日"), None);
    }

    #[test]
    fn every_kind_and_bend_is_offered_once() {
        let kinds: std::collections::HashSet<Kind> = KINDS.into_iter().collect();
        let approxes: std::collections::HashSet<_> = APPROXES.into_iter().collect();
        assert_eq!((kinds.len(), approxes.len()), (KINDS.len(), APPROXES.len()));
    }
}
