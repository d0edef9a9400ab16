//! Days of the lunar calendar.

use super::dates::small;
use super::line::Line;
use super::numeral;
use super::value::{FigureValue, Kind};
use super::{FigureLabel, Reading};

/// Days of the lunar calendar: 正月初一, 腊月二十三, 农历八月十五. They have no TIMEX value.
pub(super) fn read(line: &Line, at: usize) -> Option<Reading> {
    if let Some(end) = named_day(line, at) {
        return Some(day_of(at, end));
    }
    let named = ["农历", "阴历"].into_iter().any(|word| line.has(at, word));
    let start = if named { at + 2 } else { at };
    let own_month = ["正月", "腊月", "冬月"].into_iter().any(|word| line.has(start, word));
    if !named && !own_month {
        return None;
    }
    let month_end = if own_month {
        start + 2
    } else {
        let (_, end) = small(line, start).filter(|(month, end)| named && *month <= 12 && line.at(*end) == '月')?;
        end + 1
    };
    let early = line.at(month_end) == '初';
    let day = month_end + usize::from(early);
    let end = match small(line, day) {
        // 腊月一 is no day: the first ten are 初.
        Some((number, end)) if (if early { 1..=10 } else { 11..=30 }).contains(&number) => {
            end + usize::from(line.at(end) == '日')
        }
        _ if named || own_month => month_end,
        _ => return None,
    };
    Some(day_of(at, end))
}

/// 大年初一, 大年三十, 三月三: where the name of a feast day at `at` ends.
fn named_day(line: &Line, at: usize) -> Option<usize> {
    if line.has(at, "大年") {
        return match line.at(at + 2) {
            '初' => small(line, at + 3)
                .filter(|(day, _)| (1..=10).contains(day))
                .map(|(_, end)| end),
            '三' => (line.at(at + 3) == '十').then_some(at + 4),
            _ => None,
        };
    }
    if line.at(at + 1) != '月' {
        return None;
    }
    let feast = ["二月二", "三月三", "五月五", "六月六", "七月七", "九月九"]
        .into_iter()
        .any(|day| line.has(at, day));
    let end = at + 3;
    let free = !numeral::is_numeral(line.at(end)) && !matches!(line.at(end), '日' | '号' | '、' | '至' | '到' | '年');
    (feast && free && !numeral::is_numeral(line.before(at, 1)) && line.before(at, 1) != '年').then_some(end)
}

fn day_of(start: usize, end: usize) -> Reading {
    Reading::whole((start, end), FigureLabel::Time, FigureValue::of(Kind::Date), 0.9)
}
