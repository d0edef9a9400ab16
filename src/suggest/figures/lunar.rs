//! Days of the lunar calendar.

use super::dates::small;
use super::line::Line;
use super::value::{FigureValue, Kind};
use super::{FigureLabel, Reading};

/// Days of the lunar calendar: 正月初一, 腊月二十三, 农历八月十五. They have no TIMEX value.
pub(super) fn read(line: &Line, at: usize) -> Option<Reading> {
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
    Some(Reading {
        start: at,
        end,
        core: (at, end),
        label: FigureLabel::Time,
        value: FigureValue::of(Kind::Date),
        score: 0.9,
    })
}
