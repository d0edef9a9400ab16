//! Dates and times of day: `2024年9月15日上午9时30分`, 今年上半年, 昨天下午, `1至8月`.

use super::calendar::Date;
use super::clock::{from_clock, neighbours, part_alone, with_clock};
use super::decades::decade;
use super::line::{Line, is_han, is_space};
use super::moment::{Moment, Part};
use super::numeral::{self, everyday_digit};
use super::relative::{nth, on_weekday, relative, weekday};
use super::stretch::{listed, open_end, until};
use super::value::{Approx, FigureValue, Kind};
use super::{FigureLabel, Reading, eras, lunar, years};

/// A moment and where it ends.
pub(super) type Found = (Moment, usize);

/// Reads a date, a time of day or a stretch of dates at `at`.
pub(super) fn read(line: &Line, at: usize, issue: Option<Date>) -> Option<Reading> {
    if line.at(at) == '每' {
        return every(line, at);
    }
    if numeral::is_numeral(line.at(at)) && !may_be_date(line, at) && !eras::opens(line.at(at), line.at(at + 1)) {
        return None;
    }
    if let Some(reading) = lunar::read(line, at) {
        return Some(reading);
    }
    if let Some(end) = eras::span_end(line, at) {
        return Some(Reading::whole(
            (at, end),
            FigureLabel::Time,
            FigureValue::of(Kind::Date),
            0.85,
        ));
    }
    if let Some(reading) = years::read(line, at) {
        return Some(reading);
    }
    let complete = moment(line, at, issue).or_else(|| listed(line, at));
    let needs_end = complete.is_none();
    let (mut start, mut end) = complete.or_else(|| open_end(line, at))?;
    // 今年1至8月, 去年一至三季度, 2025年第47至48周: after a year, months, quarters or weeks whose unit is said only at the end.
    if start.is_bare_year() {
        let number = end + usize::from(line.at(end) == '第');
        let parts = open_end(line, number).filter(|(part, _)| part.month.is_some() || part.part.is_some());
        if let Some((part, part_end)) = parts.filter(|(part, end)| until(line, *end, part, issue).is_some()) {
            (start.month, start.part, end) = (part.month, part.part, part_end);
        }
    }
    let kind = |moment: &Moment| match (moment.clock, moment.day_part) {
        (None, None) => Kind::Date,
        _ => Kind::Time,
    };
    let mut value = FigureValue::of(kind(&start));
    let timex = start.timex(issue);
    value.timex = Some(timex.clone());
    let stretch = until(line, end, &start, issue);
    // 9月22日 8:00—16:00: behind a space the hours of a row stand for themselves.
    let row_of_hours = start.clock.is_some() && start.day_end > at && is_space(line.at(start.day_end));
    if row_of_hours && stretch.is_some() {
        end = start.day_end;
        start.clock = None;
        value = FigureValue::of(Kind::Date);
        value.timex = Some(start.timex(issue));
    } else if let Some((last, after)) = stretch {
        let last_timex = last.timex(issue);
        value.kind = Kind::Range;
        value.parts = [&timex, &last_timex]
            .map(|timex| FigureValue {
                timex: Some(timex.clone()),
                ..FigureValue::of(kind(&last))
            })
            .into();
        value.timex = Some(format!("{timex}/{last_timex}"));
        (value.min, value.max) = (Some(timex), Some(last_timex));
        end = after;
    } else if needs_end {
        return None;
    }
    if start.about {
        value.approx = Some(Approx::Approx);
    }
    let hour_only = start.clock.is_some_and(|clock| clock.minute.is_none());
    for (word, approx) in [
        ("左右", Some(Approx::Approx)),
        ("前后", Some(Approx::Approx)),
        ("许", Some(Approx::Approx)),
        ("多钟", Some(Approx::MoreThan)),
        ("多", Some(Approx::MoreThan)),
        ("以来", None),
        ("至今", None),
    ] {
        if line.has(end, word) && (hour_only || !word.starts_with('多')) {
            value.approx = approx;
            end += word.chars().count();
            break;
        }
    }
    Some(Reading::whole((at, end), FigureLabel::Time, value, 0.95))
}

/// 每年3月至5月, 每周六下午, 每天上午9时: a time that comes again and again, which no issue date fixes.
fn every(line: &Line, at: usize) -> Option<Reading> {
    let skipped = match line.at(at + 1) {
        '年' | '月' | '天' | '日' => 2,
        '个' => 2,
        _ => 1,
    };
    let start = at + skipped;
    if line.at(start) == '每' {
        return None;
    }
    let reading = read(line, start, None).or_else(|| every_part(line, start))?;
    let own = matches!(line.at(start), '今' | '昨' | '去' | '明' | '当' | '同');
    (!own).then_some(Reading {
        start: at,
        core: (at, reading.end),
        ..reading
    })
}

/// 清晨 of 每天清晨, behind the day at `at`.
fn every_part(line: &Line, at: usize) -> Option<Reading> {
    let (moment, end) = with_clock(line, (Moment::default(), at));
    let day = matches!(line.before(at, 1), '天' | '日');
    let mut value = FigureValue::of(Kind::Time);
    value.timex = Some(moment.timex(None));
    (day && moment.day_part.is_some() && end > at + 1).then_some(Reading::whole(
        (at, end),
        FigureLabel::Time,
        value,
        0.9,
    ))
}

/// Whether what follows the numeral at `at` may follow the first number of a date or a time of day.
fn may_be_date(line: &Line, at: usize) -> bool {
    // 二千零二十五年
    const LONGEST: usize = 7;
    let end = line.short_run(at, LONGEST, numeral::is_numeral);
    let written = end == at + 4 && matches!(line.at(end), '/' | '.');
    let mark = line.at(line.skip_spaces(end));
    let marks = matches!(
        mark,
        '年' | '月'
            | '日'
            | '号'
            | '时'
            | '点'
            | '世'
            | '季'
            | '个'
            | ':'
            | '-'
            | '—'
            | '~'
            | '至'
            | '到'
            | '、'
            | '和'
            | '及'
    );
    // 2025财年, 2025海州马拉松
    let named = end == at + 4 && line.at(at).is_ascii_digit() && is_han(mark);
    let season = end == at + 2 && mark == '/' && line.has(at + 5, "赛季");
    end <= at + LONGEST && (written || marks || named || season)
}

/// A whole moment at `at`, from the year down to the second.
pub(super) fn moment(line: &Line, at: usize, issue: Option<Date>) -> Option<Found> {
    written(line, at)
        .or_else(|| nth(line, at))
        .or_else(|| relative(line, at, issue))
        .or_else(|| from_year(line, at))
        .or_else(|| decade(line, at))
        .or_else(|| from_part(line, at, Moment::default()))
        .or_else(|| from_month(line, at, Moment::default()))
        .or_else(|| from_day(line, at, Moment::default()))
        .or_else(|| weekday(line, at))
        .or_else(|| from_clock(line, at, Moment::default()))
        .or_else(|| part_alone(line, at))
}

/// `2024-09-15`, `2024/9/15`, `2024.9.15`, `2024-09`.
fn written(line: &Line, at: usize) -> Option<Found> {
    let end = line.short_run(at, 4, |char| char.is_ascii_digit());
    let mark = line.at(end);
    if end != at + 4 || !matches!(mark, '-' | '/' | '.') {
        return None;
    }
    let year = i32::try_from(line.whole(at, end)?).ok();
    let year = year.filter(|year| (1000..2200).contains(year))?;
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
            Some(with_clock(line, (moment, on_weekday(line, end))))
        }
        // 2021.03—2024.05: a month in a row of them, and no decimal.
        None if (mark != '.' || is_stretch_of_months(line, at, after))
            && after == end + 3
            && !line.at(after).is_ascii_digit()
            && !matches!(line.at(after), '年' | '-') =>
        {
            Some((moment, after))
        }
        _ => None,
    }
}

/// Whether another month in digits stands before or after the one from `at` up to `end`.
fn is_stretch_of_months(line: &Line, at: usize, end: usize) -> bool {
    let joins = |char: char| matches!(char, '—' | '-' | '~' | '至');
    let month = |at: usize| {
        let year = line.short_run(at, 4, |char| char.is_ascii_digit());
        year == at + 4 && line.at(year) == '.' && two_digits(line, year + 1).is_some_and(|(_, end)| end == year + 3)
    };
    let after = line.skip_spaces(end);
    let next = line.run(after, |char| matches!(char, '—' | '-' | '~' | '至'));
    let before = line.skip_spaces_back(at);
    let back = (1..=2).take_while(|back| joins(line.before(before, *back))).count();
    let last = line.skip_spaces_back(before - back);
    (next > after && month(line.skip_spaces(next))) || (back > 0 && last >= 7 && month(last - 7))
}

pub(super) fn two_digits(line: &Line, at: usize) -> Option<(u8, usize)> {
    let end = line.short_run(at, 4, |char| char.is_ascii_digit());
    let number = line.whole(at, end).filter(|_| end <= at + 2)?;
    Some((u8::try_from(number).ok()?, end))
}

/// A number below 100 in Arabic or Chinese, as months, days and hours are written.
pub(super) fn small(line: &Line, at: usize) -> Option<(u8, usize)> {
    if line.at(at).is_ascii_digit() {
        return two_digits(line, at);
    }
    let end = line.short_run(at, 4, |char| {
        everyday_digit(char).is_some() || matches!(char, '十' | '廿' | '卅')
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
            char if ones.is_none() => ones = Some(everyday_digit(char)?),
            _ => return None,
        }
    }
    let number = tens * 10 + ones.unwrap_or(0);
    Some((u8::try_from(number).ok()?, end))
}

/// 2024年, 一九九八年, 九八年, 公元前221年, with what follows of the date.
pub(super) fn from_year(line: &Line, at: usize) -> Option<Found> {
    if let Some((year, end)) = eras::year(line, at) {
        let moment = Moment {
            year: Some(year),
            ..Moment::default()
        };
        return Some(in_year(line, end, moment));
    }
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
pub(super) fn year_number(line: &Line, at: usize, era_said: bool) -> Option<(i32, usize)> {
    let end = line.short_run(at, 4, |char| char.is_ascii_digit());
    let numeral = if end > at { None } else { numeral::read(line, at) };
    let (year, end, named) = match numeral {
        Some(numeral) => {
            let year = i32::try_from(numeral.whole()?).ok()?;
            let row = numeral.positional && matches!(numeral.len(), 2 | 4);
            (year, numeral.end, row || (1900..2100).contains(&year))
        }
        None if end > at && end <= at + 4 => (i32::try_from(line.whole(at, end)?).ok()?, end, end == at + 4),
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
pub(super) fn in_year(line: &Line, end: usize, mut moment: Moment) -> Found {
    let at = line.skip_spaces(end);
    let by_number = || {
        from_part(line, at, moment)
            .or_else(|| from_month(line, at, moment))
            .unwrap_or((moment, end))
    };
    // Most dates go on with a number, before which no word needs to be looked for.
    if line.at(at).is_ascii_digit() {
        return by_number();
    }
    for (word, not_before) in [
        ("度", "假过"),
        ("年底", ""),
        ("年初", ""),
        ("年末", ""),
        ("同期", ""),
        ("全年", ""),
        ("这个时候", ""),
        ("这时候", ""),
        ("春节", "联档晚"),
        ("国庆", "档"),
        ("元旦", "晚"),
        ("端午", ""),
        ("中秋", "晚"),
        ("清明", "上"),
        ("重阳", ""),
        ("元宵", "晚"),
        ("除夕", ""),
        ("“五一”", ""),
        ("“十一”", ""),
        ("五一", ""),
        ("暑假", ""),
        ("寒假", ""),
        ("底", "气部层"),
        ("初", "中夏冬期始一二三"),
        ("末", "端"),
        ("中", "国央共东超小学期华心南西间国美日俄方午文"),
    ] {
        if line.has(end, word) && !not_before.contains(line.at(end + word.chars().count())) {
            return (moment, end + word.chars().count());
        }
    }
    // The months of the lunar year have no TIMEX value.
    if ["正月", "腊月", "冬月"].into_iter().any(|word| line.has(at, word)) {
        return (moment, at + 2);
    }
    for (word, season, not_before) in [
        ("春", "SP", "节运联耕晚播秋小玉"),
        ("夏", "SU", "粮令装收商朝"),
        ("秋", "FA", "粮收招游"),
        ("冬", "WI", "奥残泳训储至春小"),
    ] {
        // 1936年冬至1937年春 is no solstice.
        let until = line.at(end + 1) == '至' && numeral::is_numeral(line.at(end + 2));
        if line.has(end, word) && (until || !not_before.contains(line.at(end + 1))) {
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
    by_number()
}

/// 第48周 behind its year; behind the first week of a stretch 第 may be missing.
pub(super) fn week(line: &Line, at: usize, mut moment: Moment) -> Option<Found> {
    let start = at + usize::from(line.at(at) == '第');
    let (number, end) = small(line, line.skip_spaces(start))?;
    let end = line.skip_spaces(end);
    if line.at(end) != '周' || !(1..=53).contains(&number) || "年期岁龄刊".contains(line.at(end + 1)) {
        return None;
    }
    moment.part = Some(Part::Week(number));
    Some((moment, end + 1))
}

/// 上半年, 一季度, 前三季度, 前8个月, 第48周.
fn from_part(line: &Line, at: usize, mut moment: Moment) -> Option<Found> {
    if line.at(at) == '第'
        && moment.is_bare_year()
        && let Some(found) = week(line, at, moment)
    {
        return Some(found);
    }
    for (word, half) in [("上半年", 1), ("下半年", 2)] {
        if line.has(at, word) {
            moment.part = Some(Part::Half(half));
            return Some((moment, at + 3));
        }
    }
    // 今年头两个月, 首三季
    let first = matches!(line.at(at), '前' | '首') || (line.at(at) == '头' && moment != Moment::default());
    let start = if first || line.at(at) == '第' { at + 1 } else { at };
    let (number, end) = small(line, start)?;
    let quarters = if line.has(end, "季度") {
        2
    } else {
        usize::from(first && line.at(end) == '季' && (2..=3).contains(&number))
    };
    if quarters > 0 && (1..=4).contains(&number) {
        moment.part = Some(if first {
            Part::FirstMonths(number * 3)
        } else {
            Part::Quarter(number)
        });
        let last = usize::from(line.at(end + quarters) == '末');
        return Some((moment, end + quarters + last));
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
pub(super) fn from_month(line: &Line, at: usize, mut moment: Moment) -> Option<Found> {
    let about = neighbours(line, at).filter(|(month, _)| *month > 0);
    moment.about |= about.is_some();
    let (month, end) = about.or_else(|| small(line, at))?;
    let end = line.skip_spaces(end);
    if line.at(end) != '月'
        || !(1..=12).contains(&month)
        || matches!(line.at(end + 1), '球' | '亮' | '饼' | '嫂' | '薪' | '租' | '龄')
    {
        return None;
    }
    moment.month = Some(month);
    Some(in_month(line, end + 1, moment))
}

/// What may follow a month: a part of it, a day.
pub(super) fn in_month(line: &Line, end: usize, moment: Moment) -> Found {
    let day = line.skip_spaces(end);
    if line.at(day).is_ascii_digit() {
        return from_day(line, day, moment).unwrap_or((moment, end));
    }
    for (word, not_before) in [
        ("份", "额"),
        ("上旬", ""),
        ("中旬", ""),
        ("下旬", ""),
        ("上中旬", ""),
        ("中下旬", ""),
        ("上、中旬", ""),
        ("中、下旬", ""),
        ("上半月", ""),
        ("下半月", ""),
        ("初", "中期一二三四五六七八九十"),
        ("底", "部"),
        ("末", ""),
    ] {
        if line.has(end, word) && !not_before.contains(line.at(end + word.chars().count())) {
            return (moment, end + word.chars().count());
        }
    }
    // 下月中, but 《…》9月中
    if moment.relative.is_some() && line.at(end) == '中' && !is_han(line.at(end + 1)) {
        return (moment, end + 1);
    }
    from_day(line, day, moment).unwrap_or((moment, end))
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
            !matches!(line.at(end + 1), '元' | '圆' | '内' | '游' | '均' | '夜' | '后' | '龄')
                || line.has(end, "日后") && moment.month.is_some()
                || line.has(end, "日夜半")
                || line.has(end, "日夜间")
                || line.has(end, "日夜") && (moment.month.is_some() || !is_han(line.at(end + 2)))
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
    Some(with_clock(line, (moment, on_weekday(line, end + 1))))
}

/// Whether the Chinese number of 日 from `at` up to `end` is told as a length of time: 为期三日, 三日之内.
fn is_length(line: &Line, at: usize, end: usize) -> bool {
    let (before, after) = (line.before(at, 1), line.at(end + 1));
    "期时达仅约近每这共前满第续多几数余足整过别梁窗".contains(before)
        || "之以假来前间游份制".contains(after)
        // 十八日水势: only a short number is part of 三日水.
        || (end == at + 1 && "三子万千数九两不谈水复香".contains(after))
}
