//! The other end of a stretch of time: `2020—2024年`, 9月12日至15日, `1至8月`, and lists like `1997、1998年`.

use super::calendar::Date;
use super::clock::until_clock;
use super::dates::{Found, from_month, from_year, moment, small, two_digits, week, year_number};
use super::line::Line;
use super::moment::{Clock, Moment, Part};
use super::numeral::{self, digit};

/// `2020—2024年`, `1至8月`, `12至15日`: the unit is said only at the end.
pub(super) fn open_end(line: &Line, at: usize) -> Option<Found> {
    let end = line.short_run(at, 4, |char| {
        char.is_ascii_digit() || digit(char).is_some() || char == '十'
    });
    let after = connector(line, end)?;
    let (second, last_end) = small(line, after).map_or_else(
        || {
            line.short_run(after, 4, |char| char.is_ascii_digit())
                .checked_sub(0)
                .map(|end| (0, end))
        },
        Some,
    )?;
    let last = line.skip_spaces(last_end);
    let year = || {
        let year = i32::try_from(line.whole(at, end)?).ok();
        year.filter(|year| end == at + 4 && (1000..2200).contains(year))
    };
    if line.at(last) == '年' && line.at(last + 1) != '级' {
        return year().map(|year| {
            let moment = Moment {
                year: Some(year),
                ..Moment::default()
            };
            (moment, end)
        });
    }
    let (first, _) = small(line, at).filter(|(first, first_end)| *first_end == end && *first < second)?;
    let mut moment = Moment::default();
    match line.at(last) {
        '月' if second <= 12 && line.at(last + 1) != '龄' => moment.month = Some(first),
        '季' if second <= 4 && line.at(last + 1) == '度' => moment.part = Some(Part::Quarter(first)),
        // A week is one of a year only with 第.
        '周' if second <= 53 && line.before(at, 1) == '第' => moment.part = Some(Part::Week(first)),
        '日' if second <= 31 && !matches!(line.at(last + 1), '元' | '龄') => moment.day = Some(first),
        '时' if second <= 24 && !matches!(line.at(last + 1), '间' | '期') => {
            moment.clock = Some(Clock {
                hour: first,
                minute: None,
                second: None,
            });
        }
        _ => return None,
    }
    Some((moment, end))
}

/// 1997 of `1997、1998年`, 7 of `7、8月份`: the unit is said after the last one.
pub(super) fn listed(line: &Line, at: usize) -> Option<Found> {
    let end = line.short_run(at, 4, |char| char.is_ascii_digit() || digit(char).is_some());
    if !matches!(line.at(end), '、' | '和' | '及') {
        return None;
    }
    let mut moment = Moment::default();
    if end == at + 4 {
        let (year, _) = year_number(line, at, false)?;
        let (next, _) = from_year(line, end + 1)?;
        moment.year = Some(year).filter(|_| next.month.is_none());
        return moment.year.map(|_| (moment, end));
    }
    // 一、二季度
    let quarter = small(line, end + 1).filter(|(next, end)| *next <= 4 && line.has(*end, "季度"));
    if let (Some((last, _)), Some((first, small_end))) = (quarter, small(line, at)) {
        moment.part = Some(Part::Quarter(first));
        return (small_end == end && (1..last).contains(&first)).then_some((moment, end));
    }
    let (month, _) = small(line, at).filter(|(month, small_end)| (1..=12).contains(month) && *small_end == end)?;
    let (next, _) = from_month(line, end + 1, Moment::default())?;
    moment.month = Some(month).filter(|month| next.day.is_none() && next.month.is_some_and(|next| next > *month));
    moment.month.map(|_| (moment, end))
}

/// Where the other end of a range starts.
fn connector(line: &Line, at: usize) -> Option<usize> {
    let at = line.skip_spaces(at);
    let word = ["——", "至", "到", "-", "—", "~"]
        .into_iter()
        .find(|word| line.has(at, word))?;
    Some(line.skip_spaces(at + word.chars().count()))
}

/// 08年 of `2004—08年`, in the century of the first year.
fn short_year(line: &Line, at: usize, first: &Moment) -> Option<Found> {
    let century = first.year.filter(|_| first.month.is_none())? / 100;
    let (year, end) = two_digits(line, at).filter(|(_, end)| *end == at + 2)?;
    let moment = Moment {
        year: Some(century * 100 + i32::from(year)),
        ..Moment::default()
    };
    (line.at(end) == '年').then_some((moment, end + 1))
}

/// The other end of a range that starts with `first`.
pub(super) fn until(line: &Line, end: usize, first: &Moment, issue: Option<Date>) -> Option<Found> {
    let at = connector(line, end)?;
    let clock = || first.clock.and_then(|_| until_clock(line, at));
    let weeks = matches!(first.part, Some(Part::Week(_)));
    let (mut last, mut end) = short_year(line, at, first)
        .or_else(|| week(line, at, Moment::default()).filter(|_| weeks))
        .or_else(|| moment(line, at, issue))
        .or_else(clock)?;
    // 周一至周五 8:00: the hours are those of each day.
    if first.clock.is_none() && last.clock.is_some() && last.day_end > at {
        (last.clock, last.day_part, end) = (None, None, last.day_end);
    }
    // 下午4时至8时
    if let (Some(from), Some(to)) = (first.clock, last.clock.as_mut()) {
        let later = to.hour + 12;
        if from.hour >= 12 && to.hour < 12 && later > from.hour && last.day_end == 0 && numeral::is_numeral(line.at(at))
        {
            to.hour = later;
        }
    }
    let same_grain = match (first.clock.is_some(), first.day.is_some(), first.month.is_some()) {
        (true, ..) => last.clock.is_some(),
        (_, true, _) => last.day.is_some(),
        // 1949年10月至1952年底, 9月至年底
        (_, _, true) => last.month.is_some() || last.is_bare_year(),
        _ if matches!(first.part, Some(Part::Quarter(_))) => matches!(last.part, Some(Part::Quarter(_))),
        _ if weeks => matches!(last.part, Some(Part::Week(_))),
        _ if matches!(first.part, Some(Part::Digits(_))) => matches!(last.part, Some(Part::Digits(_))),
        _ if matches!(first.part, Some(Part::Weekday(_))) => matches!(last.part, Some(Part::Weekday(_))),
        _ => last.year.is_some() && last.day.is_none(),
    };
    if !same_grain {
        return None;
    }
    // What is not said again is the same: 9月12日至15日.
    last.year = last.year.or(first.year);
    if !last.is_bare_year() {
        last.month = last.month.or(first.month);
    }
    if last.clock.is_some() {
        last.day = last.day.or(first.day);
    }
    Some((last, end))
}
