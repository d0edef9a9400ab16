//! The same amount in digits and in the units that the world uses: 25.9万 is 259,000, a 亩 a fifteenth of a hectare.

use super::decimal::Decimal;
use super::line::fold;
use super::value::{Dimension, FigureValue, Kind, Unit};

/// Units of China with what they are in SI units: multiply by the first number, divide by the second, then the code.
/// 1 亩 = 10000/15 m², 1 斤 = 0.5 kg, 1 两 = 50 g, 1 里 = 0.5 km, 1 尺 = 1/3 m (State Council order of 1959 and 1984).
const CHINESE_UNITS: &[(&str, i64, i64, &str)] = &[
    ("亩", 1, 15, "ha"),
    ("公顷", 1, 1, "ha"),
    ("公亩", 1, 100, "ha"),
    ("斤", 1, 2, "kg"),
    ("市斤", 1, 2, "kg"),
    ("两", 50, 1, "g"),
    ("钱", 5, 1, "g"),
    ("担", 50, 1, "kg"),
    ("里", 1, 2, "km"),
    ("华里", 1, 2, "km"),
    ("丈", 10, 3, "m"),
    ("尺", 1, 3, "m"),
    ("寸", 1, 30, "m"),
    ("海里", 1852, 1000, "km"),
    ("英里", 1_609_344, 1_000_000, "km"),
    ("英尺", 3048, 10_000, "m"),
    ("英寸", 254, 100, "cm"),
    ("磅", 45_359_237, 100_000_000, "kg"),
    ("马力", 7355, 10_000, "kW"),
];

/// The figure in digits with an international unit, where that says more than what is printed; `None` for dates and
/// for figures without a number.
#[must_use]
pub fn convert(value: &FigureValue) -> Option<String> {
    if matches!(value.kind, Kind::Date | Kind::Time | Kind::Ordinal | Kind::Score) {
        return None;
    }
    let numbers = match (&value.value, &value.min, &value.max) {
        (Some(number), ..) => vec![number],
        (None, Some(min), Some(max)) => vec![min, max],
        _ => return None,
    };
    let numbers: Vec<Decimal> = numbers
        .into_iter()
        .map(|number| Decimal::parse(number))
        .collect::<Option<_>>()?;
    let (numbers, unit) = match &value.unit {
        Some(unit) => in_world_units(&numbers, unit)?,
        None => (numbers, None),
    };
    let text: Vec<String> = numbers.into_iter().map(grouped).collect();
    let text = text.join("–");
    Some(match unit.as_deref() {
        Some("%") => format!("{text}%"),
        Some(unit) => format!("{text} {unit}"),
        None => text,
    })
}

fn in_world_units(numbers: &[Decimal], unit: &Unit) -> Option<(Vec<Decimal>, Option<String>)> {
    let raw: String = unit.raw.chars().map(fold).collect();
    let known = CHINESE_UNITS.iter().find(|(known, ..)| *known == raw);
    if let Some((_, times, by, code)) = known {
        let convert = |number: &Decimal| {
            let product = number.times(Decimal::whole(*times))?;
            Some(product.divided(Decimal::whole(*by), 4)?.trimmed())
        };
        return Some((
            numbers.iter().map(convert).collect::<Option<_>>()?,
            Some((*code).to_owned()),
        ));
    }
    let code = match unit.dimension {
        Some(Dimension::Count | Dimension::Ratio) | None => None,
        Some(_) => unit.code.clone(),
    };
    Some((numbers.to_vec(), code))
}

/// With a comma before each three digits, from the point to the left.
pub fn grouped(number: Decimal) -> String {
    let text = number.to_string();
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::convert;

    #[test]
    fn says_figures_in_digits_and_world_units() {
        for (text, expected) in [
            ("25.9万余起", Some("259,000")),
            ("1.9亿元", Some("190,000,000 CNY")),
            ("3至5万美元", Some("30,000–50,000 USD")),
            ("1500亩", Some("100 ha")),
            ("100亩", Some("6.6667 ha")),
            ("1500畝", Some("100 ha")),
            ("三斤半", Some("1.75 kg")),
            ("四十里路", Some("20 km")),
            ("10英里", Some("16.0934 km")),
            ("三成", Some("30%")),
            ("-20℃", Some("-20 Cel")),
            ("十几名", Some("11–19")),
            ("1234", Some("1,234")),
            ("9月15日", None),
            ("第四场", None),
            ("三分之一", None),
        ] {
            assert_eq!(convert(&find(text, None)[0].value).as_deref(), expected, "{text}");
        }
    }
}
