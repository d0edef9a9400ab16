//! Plan periods: “十四五”时期 is a time, the name of a plan (“十四五”规划) is none.

use super::line::Line;
use super::value::{FigureValue, Kind};
use super::{FigureLabel, Reading};

/// What a plan period is called, and its first and last year.
const PLANS: &[(&str, u16, u16)] = &[
    ("十一五", 2006, 2010),
    ("十二五", 2011, 2015),
    ("十三五", 2016, 2020),
    ("十四五", 2021, 2025),
    ("十五五", 2026, 2030),
    ("十六五", 2031, 2035),
    ("一五", 1953, 1957),
    ("二五", 1958, 1962),
    ("六五", 1981, 1985),
    ("七五", 1986, 1990),
    ("八五", 1991, 1995),
    ("九五", 1996, 2000),
    ("十五", 2001, 2005),
];

/// Words after it that make it the name of a plan.
const PLAN_WORDS: &[&str] = &[
    "规划",
    "计划",
    "纲要",
    "总体规划",
    "发展规划",
    "专项规划",
    "重点",
    "建议",
];

/// Words after it that belong to the period.
const PERIOD_WORDS: &[&str] = &["时期", "期间", "以来", "末期", "末", "初期", "初", "中期", "后期"];

/// A plan's period as a time, or its name, which is no figure.
pub(super) enum Plan {
    /// The period.
    Period(Box<Reading>),
    /// The name ends here.
    Name(usize),
}

/// Reads the name of a plan at `at`.
pub(super) fn read(line: &Line, at: usize, floor: usize) -> Option<Plan> {
    if line.at(at + 1) != '五' && line.at(at + 2) != '五' {
        return None;
    }
    let (name, first, last) = PLANS.iter().find(|(name, ..)| line.has(at, name))?;
    let name_end = at + name.chars().count();
    let opened = matches!(line.before(at, 1), '“' | '"' | '「' | '‘' | '『' | '〝');
    let quoted = opened && matches!(line.at(name_end), '”' | '"' | '」' | '’' | '』' | '〞');
    let after = if quoted { name_end + 1 } else { name_end };
    let certain = name.chars().count() == 3;
    if !certain && !quoted {
        let period = ["时期", "期间", "计划", "规划"]
            .into_iter()
            .any(|word| line.has(after, word));
        if !period {
            return None;
        }
    }
    if PLAN_WORDS.iter().any(|word| line.has(after, word)) {
        return Some(Plan::Name(after));
    }
    let period = line.skip_spaces(after);
    let word = PERIOD_WORDS.iter().find(|word| line.has(period, word));
    if !certain && word.is_none() {
        return Some(Plan::Name(after));
    }
    let (start, end) = match word {
        Some(word) if quoted && at > floor => (at - 1, period + word.chars().count()),
        Some(word) => (at, period + word.chars().count()),
        None => (at, name_end),
    };
    let value = FigureValue {
        timex: Some(format!("{first}/{last}")),
        ..FigureValue::of(Kind::Duration)
    };
    Some(Plan::Period(Box::new(Reading {
        start,
        end,
        core: (at, name_end),
        label: FigureLabel::Time,
        value,
        score: 0.9,
    })))
}
