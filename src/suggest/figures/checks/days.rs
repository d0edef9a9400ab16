//! Days that do not exist, and weekdays beside a date that does not have them.

use super::{Article, Finding, FindingKind};
use crate::suggest::figures::Figure;
use crate::suggest::figures::calendar::{Date, days_in_month};
use crate::text::offset::CharRange;

impl Article<'_> {
    /// Days that do not exist, and weekdays beside a date that it does not have.
    pub(super) fn dates(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, figure) in self.figures.iter().enumerate() {
            let Some((year, month, day)) = figure.value.timex.as_deref().and_then(day_of) else {
                continue;
            };
            let printed = self.printed(figure);
            // Without a year, 29 February is possible.
            let days = days_in_month(year.unwrap_or(2000), month);
            if day > days {
                findings.push(Finding {
                    places: vec![figure.range],
                    kind: FindingKind::ImpossibleDate,
                    zh: format!("{printed}：{month}月只有{days}天"),
                    en: format!("{printed}: month {month} has {days} days"),
                });
                continue;
            }
            let date = year.and_then(|year| Date::new(year, month, day));
            let (Some(date), Some((places, weekday, said))) = (date, self.weekday(figure, index)) else {
                continue;
            };
            if date.weekday() != said {
                const DAYS: [(&str, &str); 7] = [
                    ("一", "Monday"),
                    ("二", "Tuesday"),
                    ("三", "Wednesday"),
                    ("四", "Thursday"),
                    ("五", "Friday"),
                    ("六", "Saturday"),
                    ("日", "Sunday"),
                ];
                let real = DAYS.get(usize::from(date.weekday()) - 1).copied();
                let (zh, en) = real.unwrap_or_default();
                findings.push(Finding {
                    places,
                    kind: FindingKind::WrongWeekday,
                    zh: format!("{date} 是星期{zh}，文中为{weekday}"),
                    en: format!("{date} is a {en}, the text says {weekday}"),
                });
            }
        }
        findings
    }

    /// The weekday told with the date that is the figure at `index`: where both stand, its word, and Monday as 1.
    fn weekday(&self, figure: &Figure, index: usize) -> Option<(Vec<CharRange>, String, u8)> {
        // 9月15日 星期一 is one time; in brackets the weekday is the next one. Behind 至 it is of another day.
        let printed = self.printed(figure);
        let day = printed.split(['至', '到', '—', '～', '~']).next().unwrap_or_default();
        let inside = day.char_indices().find_map(|(at, _)| {
            let word = day.get(at..)?;
            Some((word.to_owned(), weekday_of(word)?))
        });
        if let Some((word, said)) = inside {
            return Some((vec![figure.range], word, said));
        }
        let next = self.figures.get(index + 1)?;
        let between = self.between(figure, next)?;
        let word = self.printed(next);
        let said = weekday_of(&word).filter(|_| matches!(between.as_str(), "" | "（" | "(" | "，" | "、"))?;
        Some((vec![figure.range, next.range], word, said))
    }
}

/// Year (if known), month and day of a TIMEX day.
fn day_of(timex: &str) -> Option<(Option<i32>, u8, u8)> {
    let mut parts = timex.get(..10)?.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((year.parse().ok(), month, day))
}

fn weekday_of(printed: &str) -> Option<u8> {
    let day = ["星期", "礼拜", "周"]
        .into_iter()
        .find_map(|word| printed.strip_prefix(word))?;
    let index = "一二三四五六日".chars().position(|char| day.starts_with(char));
    index
        .or(day.starts_with('天').then_some(6))
        .and_then(|index| u8::try_from(index + 1).ok())
}
