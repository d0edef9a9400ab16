//! Units said in two steps, and currencies before the number: 5元3角, 1米85, 1小时30分, `US$20`.

use super::decimal::Decimal;
use super::lexicon::{self, unit_at};
use super::line::{Line, is_han, is_letter};
use super::numeral::{self, digit};
use super::quantity::Amount;
use super::value::{Dimension, Unit};

/// 三天三夜: as many nights as days.
fn join_nights(line: &Line, amount: &mut Amount, raw: &str) -> bool {
    let nights = format!("{}夜", line.text(amount.start, amount.core_end));
    let joined = matches!(raw, "天" | "日") && line.has(amount.end, &nights);
    if joined {
        amount.end += nights.chars().count();
    }
    joined
}

/// Seconds in the units of time that are told in two steps.
fn seconds(raw: &str) -> Option<i64> {
    Some(match raw {
        "天" => 86_400,
        "小时" | "个小时" => 3600,
        "分钟" | "分" => 60,
        "秒" | "秒钟" => 1,
        _ => return None,
    })
}

/// Adds what follows in a smaller unit to `amount`.
pub(super) fn join_smaller_units(line: &Line, amount: &mut Amount) {
    if amount.approx.is_some() || amount.low != amount.high {
        return;
    }
    let Some(unit) = amount.unit.clone() else {
        return;
    };
    match unit.dimension {
        Some(Dimension::Money) if matches!(unit.raw.as_str(), "元" | "块" | "美元" | "欧元") => {
            join_money(line, amount);
        }
        Some(Dimension::Money) if matches!(unit.raw.as_str(), "角" | "毛") => join_tenth(line, amount, '分'),
        Some(Dimension::Count) if unit.raw == "块" => join_money(line, amount),
        Some(Dimension::Mass) if unit.raw == "斤" => join_tenth(line, amount, '两'),
        Some(Dimension::Mass) if unit.raw == "两" => join_tenth(line, amount, '钱'),
        Some(Dimension::Length) if unit.raw == "丈" => join_tenth(line, amount, '尺'),
        Some(Dimension::Length) if unit.raw == "尺" => join_tenth(line, amount, '寸'),
        Some(Dimension::Length) if unit.raw == "米" => join_centimetres(line, amount),
        Some(Dimension::Time) if unit.raw == "年" => join_months(line, amount),
        Some(Dimension::Time) if join_nights(line, amount, &unit.raw) => {}
        Some(Dimension::Time) => {
            join_time(line, amount, &unit.raw);
            join_hundredths(line, amount);
        }
        Some(Dimension::Count) if unit.raw == "分" => {
            join_time(line, amount, &unit.raw);
            join_hundredths(line, amount);
        }
        _ => {}
    }
}

/// 六斤二两, 一角二分: a unit and its tenth.
fn join_tenth(line: &Line, amount: &mut Amount, tenth: char) {
    let small =
        numeral::read(line, amount.end).filter(|small| small.whole().is_some_and(|number| (1..10).contains(&number)));
    let Some(small) = small else {
        return;
    };
    // 宽一丈五: the tenth goes unsaid.
    let unsaid = matches!(tenth, '尺' | '寸') && !small.arabic && !is_han(line.at(small.end));
    let end = match line.at(small.end) {
        said if said == tenth => small.end + 1,
        _ if unsaid => small.end,
        _ => return,
    };
    if let Some(total) = small.low.shift(-1).and_then(|small| amount.low.plus(small)) {
        (amount.low, amount.high, amount.end, amount.core_end) = (total, total, end, small.end);
    }
}

/// 元, 角, 分.
fn join_money(line: &Line, amount: &mut Amount) {
    let mut joined = false;
    let mut power = 0;
    loop {
        let at = if line.at(amount.end) == '又' {
            amount.end + 1
        } else {
            amount.end
        };
        let Some(small) = numeral::read(line, at).filter(|small| small.whole().is_some_and(|number| number < 100))
        else {
            break;
        };
        // 一块1 cm²的芯片: the second number is another one.
        if small.arabic != line.before(amount.core_end, 1).is_ascii_digit() {
            break;
        }
        let len;
        (power, len) = match line.at(small.end) {
            '角' | '毛' => (-1, 1),
            '分' if !matches!(line.at(small.end + 1), '之' | '钟') => (-2, 1),
            '美' if line.at(small.end + 1) == '分' => (-2, 2),
            // 九块八, 两块四毛五: the last digit is of the next smaller unit.
            next if power > -2 && may_drop_unit(line, amount, next) && small.len() == 1 => (power - 1, 0),
            _ => break,
        };
        let Some(total) = small.low.shift(power).and_then(|small| amount.low.plus(small)) else {
            break;
        };
        (amount.low, amount.high, amount.end) = (total, total, small.end + len);
        amount.core_end = small.end;
        joined = true;
    }
    if joined && amount.unit.as_ref().is_some_and(|unit| unit.raw == "块") {
        amount.kind = super::value::Kind::Money;
        amount.unit = Some(Unit {
            raw: "块".to_owned(),
            code: Some("CNY".to_owned()),
            dimension: Some(Dimension::Money),
        });
    }
}

/// Whether the unit after the last digit of an amount of money may go unsaid before `next`: in 块 and 毛 only.
fn may_drop_unit(line: &Line, amount: &Amount, next: char) -> bool {
    matches!(line.before(amount.end, 1), '块' | '毛') && !is_han(next) && !next.is_ascii_digit()
}

/// 1米85, 一米八.
fn join_centimetres(line: &Line, amount: &mut Amount) {
    let start = amount.end;
    let mut end = start;
    let mut digits = String::from("0.");
    while let Some(digit) = line.at(end).to_digit(10).map(i64::from).or_else(|| digit(line.at(end))) {
        digits.push_str(&digit.to_string());
        end += 1;
        if end > start + 2 {
            return;
        }
    }
    if end == start
        || amount.low >= Decimal::whole(10)
        || numeral::is_numeral(line.at(end))
        || unit_at(line, end).is_some()
    {
        return;
    }
    if let Some(total) = Decimal::parse(&digits).and_then(|small| amount.low.plus(small)) {
        (amount.low, amount.high, amount.end, amount.core_end) = (total, total, end, end);
    }
}

/// 三年六个月 in months.
fn join_months(line: &Line, amount: &mut Amount) {
    let small = numeral::read(line, amount.end).filter(|small| small.whole().is_some_and(|months| months < 12));
    let Some((small, unit)) = small.and_then(|small| Some((small, unit_at(line, small.end)?))) else {
        return;
    };
    let total = amount
        .low
        .times(Decimal::whole(12))
        .and_then(|total| total.plus(small.low));
    if let Some(total) = total.filter(|_| unit.unit().raw == "个月") {
        (amount.low, amount.high) = (total, total);
        (amount.end, amount.core_end) = (small.end + unit.len(), small.end);
        amount.unit = Some(unit.unit());
    }
}

/// 10秒76: hundredths of a second, as sports tell them.
fn join_hundredths(line: &Line, amount: &mut Amount) {
    let end = line.short_run(amount.end, 2, |char| char.is_ascii_digit());
    let seconds = amount.unit.as_ref().is_some_and(|unit| unit.raw == "秒");
    if !seconds || end != amount.end + 2 || unit_at(line, end).is_some() {
        return;
    }
    let hundredths = Decimal::parse(&format!("0.{}", line.text(amount.end, end)));
    if let Some(total) = hundredths.and_then(|hundredths| amount.low.plus(hundredths)) {
        (amount.low, amount.high, amount.end, amount.core_end) = (total, total, end, end);
    }
}

/// 1小时30分钟 in the smaller unit: 90 minutes.
fn join_time(line: &Line, amount: &mut Amount, raw: &str) {
    let Some(mut larger) = seconds(raw) else {
        return;
    };
    while let Some(small) = numeral::read(line, line.skip_spaces(amount.end)).filter(|small| small.whole().is_some()) {
        let Some(word) =
            unit_at(line, small.end).filter(|word| word.dimension == Some(Dimension::Time) || word.len() == 1)
        else {
            return;
        };
        let mut unit = word.unit();
        let Some(smaller) = seconds(&unit.raw).filter(|smaller| *smaller < larger) else {
            return;
        };
        // 一天24小时 says the same thing twice.
        if small.low >= Decimal::whole(larger / smaller) {
            return;
        }
        let total = amount
            .low
            .times(Decimal::whole(larger / smaller))
            .and_then(|total| total.plus(small.low));
        let Some(total) = total else {
            return;
        };
        if unit.raw == "分" {
            unit.code = Some("min".to_owned());
        }
        unit.dimension = Some(Dimension::Time);
        (amount.low, amount.high, amount.end, amount.core_end) = (total, total, small.end + word.len(), small.end);
        amount.kind = super::value::Kind::Duration;
        amount.unit = Some(unit);
        larger = smaller;
    }
}

/// The unit of time at `index` that is counted with 个, with its 个: for 小时 `个小时`.
pub(super) fn time_after_classifier(line: &Line, index: usize) -> Option<Unit> {
    let mut unit = ["月", "小时", "星期", "礼拜", "钟头", "世纪", "季度"]
        .into_iter()
        .find(|word| line.has(index, word))
        .and_then(|word| lexicon::unit_named(&format!("个{word}")))?;
    unit.dimension = Some(Dimension::Time);
    Some(unit)
}

/// Currencies written before the number, longest first.
const CURRENCIES: &[(&str, Option<&str>)] = &[
    ("US$", Some("USD")),
    ("HK$", Some("HKD")),
    ("NT$", Some("TWD")),
    ("A$", Some("AUD")),
    ("C$", Some("CAD")),
    ("S$", Some("SGD")),
    ("$", Some("USD")),
    ("¥", Some("CNY")),
    ("€", Some("EUR")),
    ("£", Some("GBP")),
    ("₽", Some("RUB")),
    ("₩", Some("KRW")),
    ("CNY", Some("CNY")),
    ("RMB", Some("CNY")),
    ("USD", Some("USD")),
    ("EUR", Some("EUR")),
    ("GBP", Some("GBP")),
    ("JPY", Some("JPY")),
    ("HKD", Some("HKD")),
];

/// The currency written before the number at `index`, and where it starts.
pub(super) fn currency_before(line: &Line, index: usize, floor: usize) -> Option<(Unit, usize)> {
    let end = line.skip_spaces_back(index);
    let last = line.before(end, 1);
    if !(is_letter(last) || matches!(last, '$' | '¥' | '€' | '£' | '₽' | '₩')) {
        return None;
    }
    let (raw, code) = CURRENCIES.iter().find(|(raw, _)| line.has_before(end, raw))?;
    let start = end - raw.chars().count();
    if start < floor || (is_letter(line.at(start)) && is_letter(line.before(start, 1))) {
        return None;
    }
    let unit = Unit {
        raw: (*raw).to_owned(),
        code: code.map(str::to_owned),
        dimension: Some(Dimension::Money),
    };
    Some((unit, start))
}
