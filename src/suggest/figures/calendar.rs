//! The civil calendar, as far as dates in a newspaper need it.

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, or `None` where there is no such day.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// A date written `2025-09-15`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let mut part = || {
            parts
                .next()
                .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let (year, month, day) = (part()?.parse().ok()?, part()?.parse().ok()?, part()?.parse().ok()?);
        Self::new(year, month, day)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// The day of the week, Monday 1 to Sunday 7.
    #[must_use]
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        u8::try_from((self.days() + 3).rem_euclid(7) + 1).unwrap_or(1)
    }

    /// The year and the week of ISO 8601: a week belongs to the year in which its Thursday lies.
    #[must_use]
    pub fn iso_week(self) -> (i32, u8) {
        let thursday = self.plus_days(4 - i64::from(self.weekday()));
        let new_year = Self {
            month: 1,
            day: 1,
            ..thursday
        };
        let week = (thursday.days() - new_year.days()) / 7 + 1;
        (thursday.year, u8::try_from(week).unwrap_or(1))
    }

    /// The day `count` days later.
    #[must_use]
    pub fn plus_days(self, count: i64) -> Self {
        Self::from_days(self.days() + count)
    }

    /// The first day of the month `count` months later.
    #[must_use]
    pub fn plus_months(self, count: i32) -> Self {
        let months = self.year * 12 + i32::from(self.month) - 1 + count;
        let month = u8::try_from(months.rem_euclid(12) + 1).unwrap_or(1);
        Self {
            year: months.div_euclid(12),
            month,
            day: 1,
        }
    }

    /// How many days after 1970-01-01.
    #[must_use]
    pub fn days(self) -> i64 {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil.
        let month = i64::from(self.month);
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    fn from_days(days: i64) -> Self {
        // The inverse, civil_from_days of the same paper.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = (month_from_march + 2) % 12 + 1;
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self {
            year: i32::try_from(year).unwrap_or(i32::MAX),
            month: u8::try_from(month).unwrap_or(1),
            day: u8::try_from(day).unwrap_or(1),
        }
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// How many days `month` has in `year`; 0 for a month that does not exist.
#[must_use]
pub fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Date;
    use proptest::prelude::*;

    #[test]
    fn knows_weekdays_and_leap_years() {
        assert_eq!(Date::new(2025, 9, 15).unwrap().weekday(), 1);
        assert_eq!(Date::new(1998, 1, 1).unwrap().weekday(), 4);
        assert!(Date::new(2023, 2, 29).is_none() && Date::new(2024, 2, 29).is_some());
        assert!(Date::new(2024, 4, 31).is_none() && Date::new(2024, 13, 1).is_none());
        assert_eq!(Date::new(2024, 12, 30).unwrap().iso_week(), (2025, 1));
        assert_eq!(Date::new(2025, 9, 15).unwrap().iso_week(), (2025, 38));
        assert_eq!(Date::parse("2025-09-15"), Date::new(2025, 9, 15));
        assert_eq!(
            Date::new(2025, 1, 31).unwrap().plus_months(-1).to_string(),
            "2024-12-01"
        );
    }

    proptest! {
        #[test]
        fn days_round_trip(days in -700_000_i64..2_000_000) {
            let date = Date::new(1970, 1, 1).unwrap().plus_days(days);
            prop_assert_eq!(date.days(), days);
            prop_assert!(Date::new(date.year(), date.month(), date.day()).is_some());
        }
    }
}
