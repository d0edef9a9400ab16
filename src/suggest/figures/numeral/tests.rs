use super::super::decimal::Decimal;
use super::{Line, Numeral, read};
use proptest::prelude::*;

fn numeral(text: &str) -> Option<Numeral> {
    read(&Line::of(text), 0)
}

/// The number, and how many characters it takes.
fn number(text: &str) -> (String, usize) {
    let numeral = numeral(text).unwrap_or_else(|| panic!("{text}"));
    let value = if numeral.is_span() {
        format!("{}–{}", numeral.low, numeral.high)
    } else {
        numeral.low.to_string()
    };
    (value, numeral.end)
}

#[test]
fn reads_each_script() {
    for (text, value) in [
        ("25.9万", "259000"),
        ("1,234,567", "1234567"),
        ("１，２３４", "1234"),
        ("7·5", "7.5"),
        ("1.06 万", "10600"),
        ("3000万", "30000000"),
        ("20万亿", "20000000000000"),
        ("10万万", "1000000000"),
        ("7 万5 千4 百", "75400"),
        ("5亿1万4千6百", "500014600"),
        ("1千零20", "1020"),
        ("3万4000", "34000"),
        ("一百二十三万五千", "1235000"),
        ("一百零一万零三千零十二", "1013012"),
        (
            "四千五百六十九万八千三百一十一亿四千八百七十二万五千三百八十二",
            "4569831148725382",
        ),
        ("两千四百五", "2450"),
        ("一万三", "13000"),
        ("一百 五 十 二", "152"),
        ("十", "10"),
        ("廿五", "25"),
        ("壹佰伍拾", "150"),
        ("肆佰陸拾", "460"),
        ("二〇二五", "2025"),
        ("六点四二万", "64200"),
        ("二十点一", "20.1"),
        ("三百二十四点七五", "324.75"),
        ("一百多万", "1000000"),
        ("十余 万", "100000"),
        ("三五百", "300–500"),
        ("七百三四十", "730–740"),
        ("三万四五", "34000–35000"),
        ("十几", "11–19"),
        ("二十几万", "210000–290000"),
        ("几十", "20–90"),
        ("数百万", "2000000–9000000"),
        ("上千", "1000"),
        ("五千米", "5000"),
        ("两万两", "20000"),
        ("40k", "40000"),
        ("300w张", "3000000"),
        ("二十五千克", "25"),
        ("两千三点一", "2300.1"),
    ] {
        let (read, _) = number(text);
        assert_eq!(read, value, "{text}");
    }
}

#[test]
fn stops_where_the_number_stops() {
    for (text, value, end) in [
        ("八百一千", "800", 2),
        ("十五名", "15", 2),
        ("2千瓦", "2", 1),
        ("三点建议", "3", 1),
        ("八点三十", "8", 1),
        ("一百零", "100", 2),
        ("98 3", "98", 2),
        ("三百九十九三", "399", 5),
        ("12,34", "12", 2),
        ("五十兆字节", "50", 2),
    ] {
        assert_eq!(number(text), (value.to_owned(), end), "{text}");
    }
    for text in ["几个", "多", "12345678901234567890123456789012345678"] {
        assert!(numeral(text).is_none(), "{text}");
    }
}

/// A number below 10^16 the way it is read out, with 零 where places are skipped.
fn chinese(mut number: u64) -> String {
    if number == 0 {
        return "零".into();
    }
    let mut sections = Vec::new();
    while number > 0 {
        sections.push(number % 10_000);
        number /= 10_000;
    }
    let names = ["", "万", "亿", "万"];
    let mut text = String::new();
    for (place, section) in sections.iter().enumerate().rev() {
        if *section == 0 {
            if place == 2 && sections.len() == 4 {
                text.push('亿');
            }
            continue;
        }
        if !text.is_empty() && *section < 1000 && !text.ends_with('零') {
            text.push('零');
        }
        let mut skipped = false;
        let mut begun = false;
        for (unit, power) in [("千", 1000), ("百", 100), ("十", 10), ("", 1)] {
            let digit = section / power % 10;
            if digit == 0 {
                skipped = begun;
                continue;
            }
            if skipped {
                text.push('零');
                skipped = false;
            }
            text.push(['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'][usize::try_from(digit).unwrap()]);
            text.push_str(unit);
            begun = true;
        }
        text.push_str(names[place]);
    }
    text
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

proptest! {
    #[test]
    fn a_number_in_any_style_is_read_back(number in prop_oneof![0_u64..20_000, 0_u64..10_000_000_000_000_000]) {
        let wide = |text: &str| -> String {
            text.chars().map(|char| char::from_u32(u32::from(char) + 0xfee0).unwrap()).collect()
        };
        let chinese = chinese(number);
        let formal: String = chinese.chars().map(|char| match char {
            '一' => '壹', '二' => '贰', '三' => '叁', '四' => '肆', '五' => '伍', '六' => '陆', '七' => '柒',
            '八' => '捌', '九' => '玖', '十' => '拾', '百' => '佰', '千' => '仟', other => other,
        }).collect();
        let traditional = chinese.replace('万', "萬").replace('亿', "億");
        let mut styles = vec![number.to_string(), grouped(number), wide(&number.to_string()), wide(&grouped(number)), chinese, traditional];
        if formal.chars().count() > 1 {
            styles.push(formal);
        }
        for style in styles {
            let read = numeral(&style);
            prop_assert!(read.is_some(), "{}", style);
            let read = read.unwrap();
            prop_assert_eq!(read.low, Decimal::parse(&number.to_string()).unwrap(), "{}", &style);
            prop_assert_eq!(read.end, style.chars().count(), "{}", &style);
        }
    }

    #[test]
    fn a_multiplied_decimal_is_exact(whole in 0_u32..10_000, fraction in 0_u32..1000) {
        let printed = format!("{whole}.{fraction:03}");
        let read = numeral(&format!("{printed}亿")).unwrap();
        prop_assert_eq!(read.low, Decimal::parse(&printed).unwrap().shift(8).unwrap());
    }
}
