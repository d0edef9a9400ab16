//! Every shape of `tests/fixtures/figures.tsv`, and what holds for any text at all.

use proptest::prelude::*;

use super::{Date, Figure, FigureLabel, FigureValue, find};

/// A value on one line: kind, value, bounds, approx, unit, TIMEX – what is not there is left out.
fn meaning(value: &FigureValue) -> String {
    let mut text = value.kind.as_str().to_owned();
    if let Some(number) = &value.value {
        text += &format!(" {number}");
    }
    if value.min.is_some() || value.max.is_some() {
        let (min, max) = (value.min.as_deref().unwrap_or(""), value.max.as_deref().unwrap_or(""));
        text += &format!(" [{min},{max}]");
    }
    if let Some(approx) = value.approx {
        text += &format!(" {}", approx.as_str());
    }
    if let Some(unit) = &value.unit {
        text += &format!(" {}", unit.raw);
        if let Some(code) = &unit.code {
            text += &format!("={code}");
        }
        if let Some(dimension) = unit.dimension {
            text += &format!("/{}", dimension.as_str());
        }
    }
    if let Some(timex) = &value.timex {
        text += &format!(" @{timex}");
    }
    text
}

/// The text with its figures marked, and their meanings.
fn marked(text: &str, figures: &[Figure]) -> (String, String) {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut done = 0;
    for figure in figures {
        let (start, end) = (figure.range.start.to_usize(), figure.range.end.to_usize());
        let (open, close) = match figure.label {
            FigureLabel::Figure => ('⟦', '⟧'),
            FigureLabel::Time => ('⟪', '⟫'),
        };
        out.extend(&chars[done..start]);
        out.push(open);
        out.extend(&chars[start..end]);
        out.push(close);
        done = end;
    }
    out.extend(&chars[done..]);
    let meanings: Vec<String> = figures.iter().map(|figure| meaning(&figure.value)).collect();
    (out, meanings.join(" ; "))
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = include_str!("../../../tests/fixtures/figures.tsv").lines();
    rows.filter(|row| !row.starts_with('#'))
        .map(|row| row.split_once('\t').expect(row))
}

fn unmarked(text: &str) -> String {
    text.replace(['⟦', '⟧', '⟪', '⟫'], "")
}

#[test]
fn every_shape_has_its_span_and_its_meaning() {
    assert!(rows().count() > 800);
    let mut wrong = String::new();
    for (expected, meanings) in rows() {
        let text = unmarked(expected);
        let (found, found_meanings) = marked(&text, &find(&text, None));
        if (found.as_str(), found_meanings.as_str()) != (expected, meanings) {
            wrong += &format!("{expected}\t{meanings}\n{found}\t{found_meanings}\n\n");
        }
    }
    assert!(wrong.is_empty(), "expected, then found:\n{wrong}");
}

#[test]
fn astral_characters_before_a_figure_shift_nothing() {
    for (expected, _) in rows() {
        let text = unmarked(expected);
        let alone = find(&text, None);
        let prefix = "𬱟😀\u{feff}。\r\n";
        let behind = find(&format!("{prefix}{text}"), None);
        let count = i64::try_from(prefix.chars().count()).unwrap();
        let shifted: Vec<_> = alone.iter().map(|figure| figure.range.shifted(count)).collect();
        assert_eq!(
            behind.iter().map(|figure| figure.range).collect::<Vec<_>>(),
            shifted,
            "{text}"
        );
    }
}

#[test]
fn the_issue_date_gives_what_is_not_said() {
    let issue = Date::new(2025, 9, 16);
    for (text, timex) in [
        ("9月15日", "2025-09-15"),
        ("15日", "2025-09-15"),
        ("12月3日", "2025-12-03"),
        ("2月3日", "2025-02-03"),
        ("昨天", "2025-09-15"),
        ("昨晚8时", "2025-09-15T20"),
        ("去年", "2024"),
        ("去年12月", "2024-12"),
        ("今年上半年", "2025-H1"),
        ("今年1至8月", "2025-01/2025-08"),
        ("本月", "2025-09"),
        ("上个月", "2025-08"),
        ("本周", "2025-W38"),
        ("上周三", "2025-09-10"),
        ("下周一", "2025-09-22"),
        ("星期一", "2025-09-15"),
        ("一季度", "2025-Q1"),
        ("今年第38周", "2025-W38"),
        ("去年第12周", "2024-W12"),
        ("9月15日 周一", "2025-09-15"),
        ("9月12日至15日", "2025-09-12/2025-09-15"),
    ] {
        let figures = find(text, issue);
        assert_eq!(figures.len(), 1, "{text}");
        assert_eq!(figures[0].value.timex.as_deref(), Some(timex), "{text}");
    }
}

#[test]
fn values_survive_the_saved_file() {
    for (expected, _) in rows() {
        for figure in find(&unmarked(expected), None) {
            assert_eq!(
                FigureValue::from_json(&figure.value.to_json()),
                Some(figure.value),
                "{expected}"
            );
        }
    }
}

#[test]
fn long_runs_are_read_once() {
    // Quadratic reading of any of these would not end within the patience of whoever runs the tests.
    for piece in [
        "7",
        "一",
        "1至",
        "百",
        "3、",
        "五十",
        "2:",
        "1.",
        "9月",
        "第",
        "两个半",
        "1,234",
        "上周",
        "分之",
        " 1",
        "近",
        "每个",
        "每年",
        "3幢、",
        "2024—",
        "2021.03—",
        "周一",
        "明清",
        "几年",
        "六七月",
        "被的",
        "110、",
        "拨打110或",
        "1扣1中",
        "9投",
        "2025年第1周",
        "12日星期四",
        "百分之三秒",
        "6月龄至",
    ] {
        let text = piece.repeat(50_000);
        let figures = find(&text, None);
        assert!(figures.len() <= text.chars().count(), "{piece}");
    }
}

proptest! {
    #[test]
    fn figures_are_sorted_apart_and_inside_the_text(
        pieces in proptest::collection::vec(
            prop_oneof![
                proptest::sample::select(vec![
                    "1", "20", "3.5", "９", "一", "十", "百", "万", "亿", "两", "半", "几", "多", "余", "近", "约", "第", "年", "月",
                    "日", "时", "分", "%", "％", "成", "倍", "个", "名", "元", "至", "-", "—", "~", "分之", "百分之", "比", ":", "∶", "/",
                    ".", "·", ",", "，", " ", "\u{3000}", "\n", "今年", "去年", "上周", "十四五", "“", "”", "负", "零", "点", "以上", "来",
                    "前", "后", "翻", "番", "折", "对折", "农历", "初", "周", "星期", "k", "kg", "$", "¥", "月龄", "扣", "投", "中", "秒", "拨打", "110", "或", "一早", "𬱟", "😀",
                ]).prop_map(str::to_owned),
                "\\PC{0,3}",
            ],
            0..24,
        )
    ) {
        let text: String = pieces.concat();
        let length = text.chars().count();
        let mut floor = 0;
        for figure in find(&text, Date::new(2025, 9, 16)) {
            prop_assert!(figure.range.start.to_usize() >= floor && !figure.range.is_empty());
            prop_assert!(figure.range.covers(figure.core), "{:?}", figure);
            prop_assert!((0.0..=1.0).contains(&figure.score));
            floor = figure.range.end.to_usize();
        }
        prop_assert!(floor <= length);
    }
}
