//! A moment as far as the words give it, and its TIMEX3 value.

use super::calendar::Date;

/// What of a date is said. Nothing said is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Moment {
    pub(super) year: Option<i32>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    /// A part of the year or the whole of a week: the end of the TIMEX value.
    pub(super) part: Option<Part>,
    /// Hour, minute and second, as far as said.
    pub(super) clock: Option<Clock>,
    /// Said from the day of the issue, and how finely: 昨天, 去年.
    pub(super) relative: Option<Grain>,
    /// Only about then: 七八点.
    pub(super) about: bool,
    /// 上午, 晚: the TIMEX code.
    pub(super) day_part: Option<&'static str>,
    /// Where the words for the day end and those for the time of day begin.
    pub(super) day_end: usize,
}

/// How fine a word like 昨天 or 去年 is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Grain {
    Year,
    Month,
    Quarter,
    Week,
    Day,
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// 上半年 is 1.
    Half(u8),
    /// 一季度 is 1.
    Quarter(u8),
    /// 前三季度 is 9: from January to the end of that month.
    FirstMonths(u8),
    /// 春 is `SP`.
    Season(&'static str),
    /// Monday is 1.
    Weekday(u8),
    /// A week of the year as ISO 8601 counts them: 第48周 is 48.
    Week(u8),
    /// A decade or a century: the digits of the year that are said.
    Digits(u16),
    /// The digits of the years of a century before the common era: 公元前3世纪 is 2.
    BeforeChrist(u8),
    /// 六七十年代.
    Decades(u16, u16),
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Clock {
    pub(super) hour: u8,
    pub(super) minute: Option<u8>,
    pub(super) second: Option<u8>,
}

impl Moment {
    /// Whether a year is said, and nothing finer.
    pub(super) fn is_bare_year(&self) -> bool {
        let year = self.year.is_some() || self.relative == Some(Grain::Year);
        year && self.month.is_none() && self.part.is_none() && self.clock.is_none()
    }

    /// The TIMEX3 value: what is not said comes from the issue date, and is `X` where there is none.
    pub(super) fn timex(&self, issue: Option<Date>) -> String {
        let day = self.day_timex(issue);
        let Some(clock) = self.clock else {
            return match self.day_part {
                Some(part) => format!("{}T{part}", day.unwrap_or_default()),
                None => day.unwrap_or_default(),
            };
        };
        let mut text = format!("{}T{:02}", day.unwrap_or_default(), clock.hour);
        for part in [clock.minute, clock.second].into_iter().flatten() {
            text.push_str(&format!(":{part:02}"));
        }
        text
    }

    fn day_timex(&self, issue: Option<Date>) -> Option<String> {
        let year = self.year.or_else(|| self.nearest_year(issue));
        let year_text = year.map_or_else(
            || "XXXX".to_owned(),
            |year| {
                if year < 0 {
                    format!("BC{:04}", -year)
                } else {
                    format!("{year:04}")
                }
            },
        );
        match (self.month, self.day, self.part) {
            (_, _, Some(Part::Half(half))) => Some(format!("{year_text}-H{half}")),
            (_, _, Some(Part::Quarter(quarter))) => Some(format!("{year_text}-Q{quarter}")),
            (_, _, Some(Part::FirstMonths(last))) => Some(format!("{year_text}-01/{year_text}-{last:02}")),
            (_, _, Some(Part::Season(season))) => Some(format!("{year_text}-{season}")),
            (_, _, Some(Part::Digits(digits))) => Some(format!("{digits:02}")),
            (_, _, Some(Part::BeforeChrist(digits))) => Some(format!("BC{digits:02}")),
            (_, _, Some(Part::Decades(first, second))) => Some(format!("{first}/{second}")),
            (None, None, Some(Part::Weekday(weekday))) => Some(match issue {
                Some(issue) => last_weekday(issue, weekday).to_string(),
                None => format!("XXXX-WXX-{weekday}"),
            }),
            (Some(month), Some(day), _) => Some(format!("{year_text}-{month:02}-{day:02}")),
            (Some(month), None, _) => Some(format!("{year_text}-{month:02}")),
            (None, Some(day), _) => Some(match issue.and_then(|issue| nearest_day(issue, day)) {
                Some(date) => date.to_string(),
                None => format!("XXXX-XX-{day:02}"),
            }),
            (None, None, None) if self.relative.is_some() => Some(match self.relative {
                Some(Grain::Quarter) => format!("{year_text}-QX"),
                Some(Grain::Month) => format!("{year_text}-XX"),
                Some(Grain::Week) => format!("{year_text}-WXX"),
                Some(Grain::Day) => format!("{year_text}-XX-XX"),
                Some(Grain::Year) | None => year_text,
            }),
            (None, None, Some(Part::Week(week))) => Some(format!("{year_text}-W{week:02}")),
            (None, None, None) => self.year.map(|_| year_text),
        }
    }

    /// The year in which a month is nearest to the issue date: in January, 12月 is last year's.
    fn nearest_year(&self, issue: Option<Date>) -> Option<i32> {
        let issue = issue?;
        let Some(month) = self.month else {
            return Some(issue.year());
        };
        (-1..=1).map(|offset| issue.year() + offset).min_by_key(|year| {
            let months = (year - issue.year()) * 12 + i32::from(month) - i32::from(issue.month());
            // News tells what has been more often than what is to come.
            if months > 0 { months * 2 } else { -months }
        })
    }
}

/// The day of that number nearest to the issue date.
fn nearest_day(issue: Date, day: u8) -> Option<Date> {
    (-1..=1)
        .filter_map(|offset| {
            let month = issue.plus_months(offset);
            Date::new(month.year(), month.month(), day)
        })
        .min_by_key(|date| (date.days() - issue.days()).abs())
}

/// A weekday alone is the last one up to the issue date.
fn last_weekday(issue: Date, weekday: u8) -> Date {
    let back = (i64::from(issue.weekday()) - i64::from(weekday)).rem_euclid(7);
    issue.plus_days(-back)
}

#[cfg(test)]
mod tests {
    use super::{Clock, Date, Moment, Part};

    #[test]
    fn what_is_not_said_comes_from_the_issue_date() {
        let issue = Date::new(2025, 1, 6);
        let day = Moment {
            month: Some(12),
            day: Some(30),
            ..Moment::default()
        };
        assert_eq!(day.timex(None), "XXXX-12-30");
        assert_eq!(day.timex(issue), "2024-12-30");
        let only_day = Moment {
            day: Some(31),
            ..Moment::default()
        };
        assert_eq!(only_day.timex(issue), "2024-12-31");
        let weekday = Moment {
            part: Some(Part::Weekday(5)),
            ..Moment::default()
        };
        assert_eq!(
            (weekday.timex(None).as_str(), weekday.timex(issue).as_str()),
            ("XXXX-WXX-5", "2025-01-03")
        );
        let clock = Moment {
            clock: Some(Clock {
                hour: 9,
                minute: Some(5),
                second: None,
            }),
            ..Moment::default()
        };
        assert_eq!(clock.timex(issue), "T09:05");
    }
}
