//! Dates and times of day: `2024年9月15日上午9时30分`, 今年上半年, 昨天下午, `1至8月`.

use super::calendar::Date;
use super::lexicon::unit_at;
use super::line::Line;
use super::moment::{Clock, Grain, Moment, Part};
use super::numeral::{self, digit};
use super::value::{Approx, FigureValue, Kind};
use super::{FigureLabel, Reading};

/// Days of the lunar calendar: 正月初一, 腊月二十三, 农历八月十五. They have no TIMEX value.
fn lunar(line: &Line, at: usize) -> Option<Reading> {
    let named = ["农历", "阴历"].into_iter().any(|word| line.has(at, word));
    let start = if named { at + 2 } else { at };
    let own_month = ["正月", "腊月", "冬月"].into_iter().any(|word| line.has(start, word));
    let month_end = if own_month {
        start + 2
    } else {
        let (_, end) = small(line, start).filter(|(month, end)| named && *month <= 12 && line.at(*end) == '月')?;
        end + 1
    };
    let day = if line.at(month_end) == '初' {
        month_end + 1
    } else {
        month_end
    };
    let end = match small(line, day) {
        Some((number, end)) if (1..=30).contains(&number) => end + usize::from(line.at(end) == '日'),
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

/// A moment and where it ends.
type Found = (Moment, usize);

/// Reads a date, a time of day or a stretch of dates at `at`.
pub(super) fn read(line: &Line, at: usize, issue: Option<Date>) -> Option<Reading> {
    if let Some(reading) = lunar(line, at) {
        return Some(reading);
    }
    let complete = moment(line, at, issue).or_else(|| listed(line, at));
    let needs_end = complete.is_none();
    let (mut start, mut end) = complete.or_else(|| open_end(line, at))?;
    // 今年1至8月: after a year, months whose unit is said only at the end.
    if start.is_bare_year() {
        let months = open_end(line, end).filter(|(month, _)| month.month.is_some());
        if let Some((month, month_end)) = months.filter(|(month, end)| until(line, *end, month, issue).is_some()) {
            (start.month, end) = (month.month, month_end);
        }
    }
    let mut value = FigureValue::of(if start.clock.is_some() { Kind::Time } else { Kind::Date });
    let timex = start.timex(issue);
    value.timex = Some(timex.clone());
    if let Some((last, after)) = until(line, end, &start, issue) {
        let last_timex = last.timex(issue);
        value.kind = Kind::Range;
        value.parts = [&timex, &last_timex]
            .map(|timex| FigureValue {
                timex: Some(timex.clone()),
                ..FigureValue::of(if last.clock.is_some() { Kind::Time } else { Kind::Date })
            })
            .into();
        value.timex = Some(format!("{timex}/{last_timex}"));
        (value.min, value.max) = (Some(timex), Some(last_timex));
        end = after;
    } else if needs_end {
        return None;
    }
    for (word, approx) in [
        ("左右", Some(Approx::Approx)),
        ("前后", Some(Approx::Approx)),
        ("许", Some(Approx::Approx)),
        ("以来", None),
    ] {
        if line.has(end, word) {
            value.approx = approx;
            end += word.chars().count();
            break;
        }
    }
    Some(Reading {
        start: at,
        end,
        core: (at, end),
        label: FigureLabel::Time,
        value,
        score: 0.95,
    })
}

/// A whole moment at `at`, from the year down to the second.
fn moment(line: &Line, at: usize, issue: Option<Date>) -> Option<Found> {
    written(line, at)
        .or_else(|| relative(line, at, issue))
        .or_else(|| from_year(line, at))
        .or_else(|| decade(line, at))
        .or_else(|| from_part(line, at, Moment::default()))
        .or_else(|| from_month(line, at, Moment::default()))
        .or_else(|| from_day(line, at, Moment::default()))
        .or_else(|| weekday(line, at))
        .or_else(|| from_clock(line, at, Moment::default()))
}

/// `2024-09-15`, `2024/9/15`, `2024.9.15`, `2024-09`.
fn written(line: &Line, at: usize) -> Option<Found> {
    let end = line.short_run(at, 4, |char| char.is_ascii_digit());
    let mark = line.at(end);
    if end != at + 4 || !matches!(mark, '-' | '/' | '.') {
        return None;
    }
    let year = line
        .text(at, end)
        .parse::<i32>()
        .ok()
        .filter(|year| (1000..2200).contains(year))?;
    let (month, after) = two_digits(line, end + 1).filter(|(month, _)| (1..=12).contains(month))?;
    let mut moment = Moment {
        year: Some(year),
        month: Some(month),
        ..Moment::default()
    };
    let day = two_digits(line, after + 1).filter(|(day, _)| line.at(after) == mark && (1..=31).contains(day));
    match day {
        Some((day, end)) if !line.at(end).is_ascii_digit() && line.at(end) != mark => {
            moment.day = Some(day);
            Some(with_clock(line, (moment, end)))
        }
        None if mark != '.'
            && after == end + 3
            && !line.at(after).is_ascii_digit()
            && !matches!(line.at(after), '年' | '-') =>
        {
            Some((moment, after))
        }
        _ => None,
    }
}

fn two_digits(line: &Line, at: usize) -> Option<(u8, usize)> {
    let end = line.short_run(at, 4, |char| char.is_ascii_digit());
    let number = (end > at && end <= at + 2).then(|| line.text(at, end).parse().ok())??;
    Some((number, end))
}

/// A number below 100 in Arabic or Chinese, as months, days and hours are written.
pub(super) fn small(line: &Line, at: usize) -> Option<(u8, usize)> {
    if line.at(at).is_ascii_digit() {
        return two_digits(line, at);
    }
    let end = line.short_run(at, 4, |char| {
        digit(char).is_some() || matches!(char, '十' | '廿' | '卅')
    });
    if end == at || end > at + 4 {
        return None;
    }
    let (mut tens, mut ones, mut seen_ten) = (0_i64, None, false);
    for index in at..end {
        match line.at(index) {
            '十' if !seen_ten => (tens, ones, seen_ten) = (ones.unwrap_or(1), None, true),
            '廿' if index == at => (tens, seen_ten) = (2, true),
            '卅' if index == at => (tens, seen_ten) = (3, true),
            '零' | '〇' if ones.is_none() => ones = if end == at + 1 { Some(0) } else { None },
            char if ones.is_none() => ones = Some(digit(char)?),
            _ => return None,
        }
    }
    let number = tens * 10 + ones.unwrap_or(0);
    Some((u8::try_from(number).ok()?, end))
}

/// Words for years, months and days counted from the day of the issue.
enum Relative {
    Year(i32),
    Month(i32),
    Week(i64),
    Day(i64, Option<&'static str>),
    Season(i32, &'static str),
}

impl Relative {
    fn grain(&self) -> Grain {
        match self {
            Self::Year(_) | Self::Season(..) => Grain::Year,
            Self::Month(_) => Grain::Month,
            Self::Week(_) => Grain::Week,
            Self::Day(..) => Grain::Day,
        }
    }
}

const RELATIVE: &[(&str, Relative)] = &[
    ("大前天", Relative::Day(-3, None)),
    ("大后天", Relative::Day(3, None)),
    ("前天", Relative::Day(-2, None)),
    ("昨天", Relative::Day(-1, None)),
    ("昨日", Relative::Day(-1, None)),
    ("昨晚", Relative::Day(-1, Some("EV"))),
    ("昨夜", Relative::Day(-1, Some("NI"))),
    ("昨晨", Relative::Day(-1, Some("MO"))),
    ("今天", Relative::Day(0, None)),
    ("今日", Relative::Day(0, None)),
    ("今晚", Relative::Day(0, Some("EV"))),
    ("今晨", Relative::Day(0, Some("MO"))),
    ("今早", Relative::Day(0, Some("MO"))),
    ("明天", Relative::Day(1, None)),
    ("明日", Relative::Day(1, None)),
    ("明晚", Relative::Day(1, Some("EV"))),
    ("明晨", Relative::Day(1, Some("MO"))),
    ("明早", Relative::Day(1, Some("MO"))),
    ("后天", Relative::Day(2, None)),
    ("大前年", Relative::Year(-3)),
    ("前年", Relative::Year(-2)),
    ("去年", Relative::Year(-1)),
    ("今年", Relative::Year(0)),
    ("明年", Relative::Year(1)),
    ("后年", Relative::Year(2)),
    ("上个月", Relative::Month(-1)),
    ("上月", Relative::Month(-1)),
    ("本月", Relative::Month(0)),
    ("这个月", Relative::Month(0)),
    ("下个月", Relative::Month(1)),
    ("下月", Relative::Month(1)),
    ("上周", Relative::Week(-1)),
    ("上星期", Relative::Week(-1)),
    ("上个星期", Relative::Week(-1)),
    ("本周", Relative::Week(0)),
    ("这周", Relative::Week(0)),
    ("本星期", Relative::Week(0)),
    ("这个星期", Relative::Week(0)),
    ("下周", Relative::Week(1)),
    ("下星期", Relative::Week(1)),
    ("下个星期", Relative::Week(1)),
    ("今春", Relative::Season(0, "SP")),
    ("今夏", Relative::Season(0, "SU")),
    ("今秋", Relative::Season(0, "FA")),
    ("今冬", Relative::Season(0, "WI")),
    ("去冬", Relative::Season(-1, "WI")),
    ("去秋", Relative::Season(-1, "FA")),
];

fn relative(line: &Line, at: usize, issue: Option<Date>) -> Option<Found> {
    let (word, relative) = RELATIVE.iter().find(|(word, _)| line.has(at, word))?;
    let end = at + word.chars().count();
    // 空前天, 五年前年年: the word begins inside another one.
    let before = line.before(at, 1);
    if matches!(line.at(at), '前' | '后') && (before == '以' || before == '年' || before == '先' || before == '之')
    {
        return None;
    }
    if line.has(at, "上周") && matches!(line.at(end), '边' | '期' | '围' | '率') || line.has(at, "今日头条") {
        return None;
    }
    let mut moment = Moment {
        relative: Some(relative.grain()),
        ..Moment::default()
    };
    let on = |moment: &mut Moment, date: Option<Date>| {
        moment.year = date.map(Date::year);
        moment.month = date.map(Date::month);
        moment.day = date.map(Date::day);
    };
    match *relative {
        Relative::Year(offset) => {
            moment.year = issue.map(|issue| issue.year() + offset);
            return Some(in_year(line, end, moment));
        }
        Relative::Month(offset) => {
            on(&mut moment, issue.map(|issue| issue.plus_months(offset)));
            moment.day = None;
            return Some(in_month(line, end, moment));
        }
        Relative::Week(offset) => {
            let day = weekday_at(line, end);
            let monday = issue.map(|issue| issue.plus_days(1 - i64::from(issue.weekday()) + offset * 7));
            on(
                &mut moment,
                monday.map(|monday| monday.plus_days(day.map_or(0, |(day, _)| i64::from(day) - 1))),
            );
            moment.part = match (day, monday) {
                (Some((day, _)), None) => Some(Part::Weekday(day)),
                (None, Some(monday)) => Some(Part::Week(monday.iso_week().1)),
                _ => None,
            };
            if day.is_none() {
                on(&mut moment, None);
                moment.year = monday.map(|monday| monday.iso_week().0);
            }
            let weekend = day.is_none() && line.at(end) == '末';
            let end = day.map_or(end + usize::from(weekend), |(_, end)| end);
            return Some(with_clock(line, (moment, end)));
        }
        Relative::Day(offset, part) => {
            on(&mut moment, issue.map(|issue| issue.plus_days(offset)));
            moment.day_part = part;
        }
        Relative::Season(offset, season) => {
            moment.year = issue.map(|issue| issue.year() + offset);
            moment.part = Some(Part::Season(season));
        }
    }
    Some(with_clock(line, (moment, end)))
}

/// 2024年, 一九九八年, 九八年, 公元前221年, with what follows of the date.
fn from_year(line: &Line, at: usize) -> Option<Found> {
    let (before_christ, start) = if line.has(at, "公元前") {
        (true, at + 3)
    } else if line.has(at, "公元") {
        (false, at + 2)
    } else {
        (false, at)
    };
    let (year, end) = year_number(line, start, start > at)?;
    let after = line.skip_spaces(end);
    if line.at(after) != '年' || matches!(line.at(after + 1), '级' | '制' | '代') {
        return None;
    }
    let moment = Moment {
        year: Some(if before_christ { -year } else { year }),
        ..Moment::default()
    };
    Some(in_year(line, after + 1, moment))
}

/// The number before 年, where it names a year and is no length of time.
fn year_number(line: &Line, at: usize, era_said: bool) -> Option<(i32, usize)> {
    let end = line.short_run(at, 4, |char| char.is_ascii_digit());
    let numeral = if end > at { None } else { numeral::read(line, at) };
    let (year, end, named) = match numeral {
        Some(numeral) => {
            let year = i32::try_from(numeral.whole()?).ok()?;
            let row = numeral.positional && matches!(numeral.len(), 2 | 4);
            (year, numeral.end, row || (1900..2100).contains(&year))
        }
        None if end > at && end <= at + 4 => (line.text(at, end).parse().ok()?, end, end == at + 4),
        None => return None,
    };
    if era_said {
        return Some((year, end));
    }
    let year_said = line.skip_spaces(end);
    let dated = line.at(year_said) == '年'
        && small(line, line.skip_spaces(year_said + 1)).is_some_and(|(_, month)| line.at(month) == '月');
    // 1000年前 counts the years.
    let counted = year % 1000 == 0 && line.has(year_said, "年前") && line.at(year_said + 2) != '后';
    if (1000..2200).contains(&year) && named && !counted {
        return Some((year, end));
    }
    // 98年3月, 九八年: the century goes without saying.
    let two_digits = line.at(at).is_ascii_digit() && end == at + 2;
    let since = year >= 49 && "在于从自到至、".contains(line.before(at, 1));
    let short = two_digits && (dated || line.at(at) == '0' || since) || (named && year < 100);
    short.then_some((if year > 30 { 1900 + year } else { 2000 + year }, end))
}

/// What may follow a year: a part of it, a month, a day.
fn in_year(line: &Line, end: usize, mut moment: Moment) -> Found {
    let at = line.skip_spaces(end);
    for (word, not_before) in [
        ("度", "假过"),
        ("年底", ""),
        ("年初", ""),
        ("年末", ""),
        ("同期", ""),
        ("全年", ""),
        ("底", "气部层"),
        ("初", "中夏冬期始一二三"),
        ("末", "端"),
        ("中", "国央共东超小学期华心南西间国美日俄方午文"),
    ] {
        if line.has(end, word) && !not_before.contains(line.at(end + word.chars().count())) {
            return (moment, end + word.chars().count());
        }
    }
    for (word, season) in [("春", "SP"), ("夏", "SU"), ("秋", "FA"), ("冬", "WI")] {
        if line.has(end, word) && matches!(line.at(end + 1), '天' | '季' | '，' | '、' | '。') {
            moment.part = Some(Part::Season(season));
            return (
                moment,
                end + if matches!(line.at(end + 1), '天' | '季') {
                    2
                } else {
                    1
                },
            );
        }
    }
    from_part(line, at, moment)
        .or_else(|| from_month(line, at, moment))
        .unwrap_or((moment, end))
}

/// 上半年, 一季度, 前三季度, 前8个月.
fn from_part(line: &Line, at: usize, mut moment: Moment) -> Option<Found> {
    for (word, half) in [("上半年", 1), ("下半年", 2)] {
        if line.has(at, word) {
            moment.part = Some(Part::Half(half));
            return Some((moment, at + 3));
        }
    }
    let first = line.at(at) == '前';
    let start = if matches!(line.at(at), '第' | '前') {
        at + 1
    } else {
        at
    };
    let (number, end) = small(line, start)?;
    if line.has(end, "季度") && (1..=4).contains(&number) {
        moment.part = Some(if first {
            Part::FirstMonths(number * 3)
        } else {
            Part::Quarter(number)
        });
        return Some((moment, end + 2));
    }
    let months = if line.has(end, "个月") {
        2
    } else if line.at(end) == '月' {
        1
    } else {
        return None;
    };
    if !first
        || !(1..=12).contains(&number)
        || !(moment.year.is_some() || moment.relative.is_some() || months == 1 || number > 3)
    {
        return None;
    }
    moment.part = Some(Part::FirstMonths(number));
    Some((moment, end + months))
}

/// 9月, with what follows of the date.
fn from_month(line: &Line, at: usize, mut moment: Moment) -> Option<Found> {
    let (month, end) = small(line, at)?;
    let end = line.skip_spaces(end);
    if line.at(end) != '月'
        || !(1..=12).contains(&month)
        || matches!(line.at(end + 1), '球' | '亮' | '饼' | '嫂' | '薪' | '租')
    {
        return None;
    }
    moment.month = Some(month);
    Some(in_month(line, end + 1, moment))
}

/// What may follow a month: a part of it, a day.
fn in_month(line: &Line, end: usize, moment: Moment) -> Found {
    for (word, not_before) in [
        ("份", "额"),
        ("上旬", ""),
        ("中旬", ""),
        ("下旬", ""),
        ("初", "中期一二三四五六七八九十"),
        ("底", "部"),
        ("末", ""),
    ] {
        if line.has(end, word) && !not_before.contains(line.at(end + word.chars().count())) {
            return (moment, end + word.chars().count());
        }
    }
    from_day(line, line.skip_spaces(end), moment).unwrap_or((moment, end))
}

/// 15日, or 15号 after a month, with the time of day.
fn from_day(line: &Line, at: usize, mut moment: Moment) -> Option<Found> {
    let (start, lunar) = if line.at(at) == '初' && moment.month.is_some() {
        (at + 1, true)
    } else {
        (at, false)
    };
    let (day, end) = small(line, start)?;
    let end = line.skip_spaces(end);
    let called_day = match line.at(end) {
        '日' => {
            !matches!(line.at(end + 1), '元' | '圆' | '内' | '游' | '均' | '夜' | '后')
                || line.has(end, "日后") && moment.month.is_some()
        }
        '号' => moment.month.is_some() || moment.relative.is_some(),
        _ => false,
    };
    if lunar && (1..=10).contains(&day) && !called_day {
        moment.day = Some(day);
        return Some((moment, end));
    }
    // 三日 may be three days.
    let alone = moment.month.is_none() && moment.relative.is_none();
    let length = alone && !line.at(at).is_ascii_digit() && is_length(line, at, end);
    if !called_day || !(1..=31).contains(&day) || length {
        return None;
    }
    moment.day = Some(day);
    Some(with_clock(line, (moment, end + 1)))
}

/// Whether the Chinese number of 日 from `at` up to `end` is told as a length of time: 为期三日, 三日之内.
fn is_length(line: &Line, at: usize, end: usize) -> bool {
    let (before, after) = (line.before(at, 1), line.at(end + 1));
    "期时达仅约近每这共前满第续多几数余足整过别梁窗".contains(before)
        || "之以假来前间三子万千数九两不游份谈制水复香".contains(after)
}

/// 80年代, 20世纪90年代, 上世纪八十年代, 21世纪, 本世纪.
fn decade(line: &Line, at: usize) -> Option<Found> {
    let mut moment = Moment::default();
    // 六七十年代
    if let (Some(first), Some(second), true) = (digit(line.at(at)), digit(line.at(at + 1)), line.has(at + 2, "十年代"))
    {
        let decade = |digit: i64| u16::try_from(190 + digit).ok();
        moment.part = Some(Part::Decades(decade(first)?, decade(second)?));
        return Some((moment, at + 5));
    }
    let (century, mut end) = if line.has(at, "上世纪") || line.has(at, "本世纪") {
        (Some(if line.at(at) == '上' { 19 } else { 20 }), at + 3)
    } else if line.has(at, "上个世纪") {
        (Some(19), at + 4)
    } else {
        match small(line, at).filter(|(_, end)| line.has(line.skip_spaces(*end), "世纪")) {
            Some((number, end)) if (1..=30).contains(&number) => {
                (Some(u16::from(number) - 1), line.skip_spaces(end) + 2)
            }
            _ => (None, at),
        }
    };
    let years = small(line, line.skip_spaces(end))
        .filter(|(years, after)| years % 10 == 0 && *years < 100 && line.has(*after, "年代"));
    let digits = match (century, years) {
        (Some(century), Some((years, after))) => {
            end = after + 2;
            century * 10 + u16::from(years / 10)
        }
        (Some(century), None) => century,
        (None, Some((years, after))) => {
            end = after + 2;
            if years >= 30 {
                190 + u16::from(years / 10)
            } else {
                200 + u16::from(years / 10)
            }
        }
        (None, None) => return None,
    };
    for word in [
        "初期",
        "中期",
        "末期",
        "后期",
        "上半期",
        "下半期",
        "初",
        "末",
        "中叶",
        "下半叶",
        "上半叶",
    ] {
        if line.has(end, word) {
            end += word.chars().count();
            break;
        }
    }
    moment.part = Some(Part::Digits(digits));
    Some((moment, end))
}

/// 周三, 星期日, 礼拜天.
fn weekday(line: &Line, at: usize) -> Option<Found> {
    let word = ["周", "星期", "礼拜"].into_iter().find(|word| line.has(at, word))?;
    let (day, end) = weekday_at(line, at + word.chars().count())?;
    if word == "周"
        && (matches!(
            line.at(end),
            '次' | '个' | '期' | '岁' | '年' | '大' | '良' | '新' | '内' | '时' | '本'
        ) || numeral::is_numeral(line.before(at, 1))
            || matches!(line.before(at, 1), '四' | '圆' | '一' | '几' | '数' | '姓'))
    {
        return None;
    }
    let moment = Moment {
        part: Some(Part::Weekday(day)),
        ..Moment::default()
    };
    Some(with_clock(line, (moment, end)))
}

fn weekday_at(line: &Line, at: usize) -> Option<(u8, usize)> {
    let day = match line.at(at) {
        '日' | '天' => 7,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        _ => return None,
    };
    Some((day, at + 1))
}

/// Parts of the day with their TIMEX codes; longest first.
const DAY_PARTS: &[(&str, &str)] = &[
    ("凌晨", "NI"),
    ("清晨", "MO"),
    ("早晨", "MO"),
    ("早上", "MO"),
    ("上午", "MO"),
    ("中午", "MI"),
    ("正午", "MI"),
    ("下午", "AF"),
    ("午后", "AF"),
    ("傍晚", "EV"),
    ("晚上", "EV"),
    ("晚间", "EV"),
    ("当晚", "EV"),
    ("夜间", "NI"),
    ("深夜", "NI"),
    ("午夜", "NI"),
    ("晚", "EV"),
    ("早", "MO"),
    ("夜", "NI"),
    ("晨", "MO"),
];

/// The part of the day and the time of day that may follow a date.
fn with_clock(line: &Line, (mut moment, end): Found) -> Found {
    let at = line.skip_spaces(end);
    if let Some(found) = from_clock(line, at, moment) {
        return found;
    }
    for (word, code) in DAY_PARTS {
        let after = line.at(at + word.chars().count());
        let other_word = match *word {
            "晚" => "会点报餐宴上期辈年婚些".contains(after),
            "早" => "已在期餐就些有报年".contains(after),
            "夜" => "班景色校市".contains(after),
            "晨" => "报练跑曦光".contains(after),
            _ => false,
        };
        if line.has(at, word) && !other_word {
            moment.day_part = Some(code);
            return (moment, at + word.chars().count());
        }
    }
    (moment, end)
}

/// 上午9时30分, 8点半, `9:30`.
fn from_clock(line: &Line, at: usize, mut moment: Moment) -> Option<Found> {
    let part = DAY_PARTS.iter().find(|(word, _)| line.has(at, word));
    let start = part.map_or(at, |(word, _)| line.skip_spaces(at + word.chars().count()));
    let (mut hour, end) = small(line, start).filter(|(hour, _)| *hour <= 24)?;
    let said = part.is_some() || moment != Moment::default();
    let (minute, second, end) = after_hour(line, end, said)?;
    let code = part.map(|(_, code)| *code).or(moment.day_part);
    let word = part.map_or("", |(word, _)| *word);
    let evening = code.is_some_and(|code| matches!(code, "AF" | "EV")) || matches!(word, "夜间" | "深夜");
    if (evening && hour < 12) || (word == "中午" && hour < 3) {
        hour += 12;
    }
    moment.day_part = None;
    moment.clock = Some(Clock { hour, minute, second });
    Some((moment, end))
}

/// What follows the hour: minute, second and the end.
fn after_hour(line: &Line, at: usize, said: bool) -> Option<(Option<u8>, Option<u8>, usize)> {
    let sixty = |at: usize| small(line, at).filter(|(number, _)| *number < 60);
    match line.at(at) {
        ':' => {
            let (minute, end) = sixty(at + 1).filter(|(_, end)| *end == at + 3)?;
            let second = sixty(end + 1).filter(|(_, after)| line.at(end) == ':' && *after == end + 3);
            let end = second.map_or(end, |(_, end)| end);
            let score = !said && line.clause_has(at, 24, &["比分", "胜", "负", "平", "击败", "不敌", "领先"]);
            (!score && line.at(end) != ':' && !line.at(end).is_ascii_digit()).then_some((
                Some(minute),
                second.map(|(second, _)| second),
                end,
            ))
        }
        '时' | '点' => {
            let dot = line.at(at) == '点';
            let next = line.at(at + 1);
            if matches!(next, '半') {
                return Some((Some(30), None, at + 2));
            }
            for (word, minute) in [("钟", None), ("整", Some(0)), ("一刻", Some(15)), ("三刻", Some(45))] {
                if line.has(at + 1, word) {
                    return Some((minute, None, at + 1 + word.chars().count()));
                }
            }
            if let Some((minute, end)) = sixty(line.skip_spaces(at + 1)) {
                if line.at(end) == '分' && !matches!(line.at(end + 1), '之') {
                    let second = sixty(end + 1).filter(|(_, after)| line.at(*after) == '秒');
                    return Some((
                        Some(minute),
                        second.map(|(second, _)| second),
                        second.map_or(end + 1, |(_, end)| end + 1),
                    ));
                }
                let pair = end == at + 3 || line.at(at + 1) == '零' || end > at + 2;
                // 八点三十: tens of minutes make it a time by themselves.
                let tens = end > at + 2
                    && (10..60).contains(&minute)
                    && !line.before(at, 1).is_ascii_digit()
                    && unit_at(line, end).is_none();
                if dot && ((said && pair) || tens) {
                    return Some((Some(minute), None, end));
                }
            }
            let length = !dot
                && matches!(
                    next,
                    '期' | '间' | '代' | '候' | '常' | '刻' | '速' | '空' | '节' | '尚' | '差'
                );
            let points = dot
                && !said
                && !matches!(
                    next,
                    '许' | '左' | '前' | '之' | '到' | '至' | '开' | '，' | '。' | '、' | '出' | '起'
                );
            let chinese = !said && !line.before(at, 1).is_ascii_digit();
            let word = chinese
                && (dot || "一四几同平届小何".contains(line.before(at, 1)) || "不而至有地任事人兴".contains(next));
            (!length && !points && !word).then_some((None, None, at + 1))
        }
        _ => None,
    }
}

/// `2020—2024年`, `1至8月`, `12至15日`: the unit is said only at the end.
fn open_end(line: &Line, at: usize) -> Option<Found> {
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
        line.text(at, end)
            .parse::<i32>()
            .ok()
            .filter(|year| end == at + 4 && (1000..2200).contains(year))
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
        '月' if second <= 12 => moment.month = Some(first),
        '日' if second <= 31 && line.at(last + 1) != '元' => moment.day = Some(first),
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
fn listed(line: &Line, at: usize) -> Option<Found> {
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
fn until(line: &Line, end: usize, first: &Moment, issue: Option<Date>) -> Option<Found> {
    let at = connector(line, end)?;
    let (mut last, end) = short_year(line, at, first).or_else(|| moment(line, at, issue))?;
    let same_grain = match (first.clock.is_some(), first.day.is_some(), first.month.is_some()) {
        (true, ..) => last.clock.is_some(),
        (_, true, _) => last.day.is_some(),
        (_, _, true) => last.month.is_some(),
        _ if matches!(first.part, Some(Part::Digits(_))) => matches!(last.part, Some(Part::Digits(_))),
        _ if matches!(first.part, Some(Part::Weekday(_))) => matches!(last.part, Some(Part::Weekday(_))),
        _ => last.year.is_some() && last.day.is_none(),
    };
    if !same_grain {
        return None;
    }
    // What is not said again is the same: 9月12日至15日.
    last.year = last.year.or(first.year);
    last.month = last.month.or(first.month);
    if last.clock.is_some() {
        last.day = last.day.or(first.day);
    }
    Some((last, end))
}
