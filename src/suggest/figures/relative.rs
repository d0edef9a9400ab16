//! Words for times counted from the day of the issue: 昨天, 去年, 上周三; weekdays.

use std::sync::LazyLock;

use super::by_char::ByChar;
use super::calendar::Date;
use super::clock::with_clock;
use super::dates::{Found, in_month, in_year, small};
use super::line::{Line, is_han};
use super::moment::{Grain, Moment, Part};
use super::{lexicon, names, numeral};

/// Words for years, months and days counted from the day of the issue.
enum Relative {
    Year(i32),
    Month(i32),
    Week(i64),
    Quarter(i32),
    Day(i64, Option<&'static str>),
    Season(i32, &'static str),
    /// Counted from another time in the text: 当天, 次年.
    Told(Grain),
}

impl Relative {
    fn grain(&self) -> Grain {
        match self {
            Self::Year(_) | Self::Season(..) => Grain::Year,
            Self::Month(_) => Grain::Month,
            Self::Week(_) => Grain::Week,
            Self::Quarter(_) => Grain::Quarter,
            Self::Day(..) => Grain::Day,
            Self::Told(grain) => *grain,
        }
    }
}

const RELATIVE: &[(&str, Relative)] = &[
    ("大前天", Relative::Day(-3, None)),
    ("大后天", Relative::Day(3, None)),
    ("前天", Relative::Day(-2, None)),
    ("前日", Relative::Day(-2, None)),
    ("昨天", Relative::Day(-1, None)),
    ("昨日", Relative::Day(-1, None)),
    ("昨晚", Relative::Day(-1, Some("EV"))),
    ("昨夜", Relative::Day(-1, Some("NI"))),
    ("昨晨", Relative::Day(-1, Some("MO"))),
    ("今天", Relative::Day(0, None)),
    ("今日", Relative::Day(0, None)),
    ("今晚", Relative::Day(0, Some("EV"))),
    ("今夜", Relative::Day(0, Some("NI"))),
    ("今晨", Relative::Day(0, Some("MO"))),
    ("今早", Relative::Day(0, Some("MO"))),
    ("明天", Relative::Day(1, None)),
    ("明日", Relative::Day(1, None)),
    ("明晚", Relative::Day(1, Some("EV"))),
    ("明晨", Relative::Day(1, Some("MO"))),
    ("明早", Relative::Day(1, Some("MO"))),
    ("后天", Relative::Day(2, None)),
    ("今明后三天", Relative::Told(Grain::Day)),
    ("今明两天", Relative::Told(Grain::Day)),
    ("今明两日", Relative::Told(Grain::Day)),
    ("明后两天", Relative::Told(Grain::Day)),
    ("昨今两天", Relative::Told(Grain::Day)),
    ("昨今两日", Relative::Told(Grain::Day)),
    ("今明两年", Relative::Told(Grain::Year)),
    ("当天", Relative::Told(Grain::Day)),
    ("当日", Relative::Told(Grain::Day)),
    ("当晚", Relative::Told(Grain::Day)),
    ("当夜", Relative::Told(Grain::Day)),
    ("同日", Relative::Told(Grain::Day)),
    ("同月", Relative::Told(Grain::Month)),
    ("当月", Relative::Told(Grain::Month)),
    ("当年", Relative::Told(Grain::Year)),
    ("那年", Relative::Told(Grain::Year)),
    ("那天", Relative::Told(Grain::Day)),
    ("那晚", Relative::Told(Grain::Day)),
    ("次日", Relative::Told(Grain::Day)),
    ("翌日", Relative::Told(Grain::Day)),
    ("第二天", Relative::Told(Grain::Day)),
    ("第二日", Relative::Told(Grain::Day)),
    ("前一交易日", Relative::Told(Grain::Day)),
    ("前一天", Relative::Told(Grain::Day)),
    ("前一日", Relative::Told(Grain::Day)),
    ("前一晚", Relative::Told(Grain::Day)),
    ("前一周", Relative::Told(Grain::Week)),
    ("前一个月", Relative::Told(Grain::Month)),
    ("前一年", Relative::Told(Grain::Year)),
    ("头一天", Relative::Told(Grain::Day)),
    ("头一年", Relative::Told(Grain::Year)),
    ("去岁", Relative::Year(-1)),
    ("今冬明春", Relative::Told(Grain::Year)),
    ("去冬今春", Relative::Told(Grain::Year)),
    ("周末", Relative::Week(0)),
    ("第二年", Relative::Told(Grain::Year)),
    ("次年", Relative::Told(Grain::Year)),
    ("翌年", Relative::Told(Grain::Year)),
    ("同年", Relative::Told(Grain::Year)),
    ("上一年度", Relative::Year(-1)),
    ("上一年", Relative::Year(-1)),
    ("下一年度", Relative::Year(1)),
    ("下一年", Relative::Year(1)),
    ("上年度", Relative::Year(-1)),
    ("上年", Relative::Year(-1)),
    ("本年度", Relative::Year(0)),
    ("本年", Relative::Year(0)),
    ("全年", Relative::Year(0)),
    ("年初", Relative::Year(0)),
    ("年底", Relative::Year(0)),
    ("年末", Relative::Year(0)),
    ("年内", Relative::Year(0)),
    ("月初", Relative::Month(0)),
    ("月底", Relative::Month(0)),
    ("月末", Relative::Month(0)),
    ("大前年", Relative::Year(-3)),
    ("前年", Relative::Year(-2)),
    ("去年", Relative::Year(-1)),
    ("今年", Relative::Year(0)),
    ("明年", Relative::Year(1)),
    ("后年", Relative::Year(2)),
    ("上半月", Relative::Month(0)),
    ("下半月", Relative::Month(0)),
    ("上一个月", Relative::Month(-1)),
    ("下一个月", Relative::Month(1)),
    ("上个月", Relative::Month(-1)),
    ("上月", Relative::Month(-1)),
    ("本月", Relative::Month(0)),
    ("这个月", Relative::Month(0)),
    ("下个月", Relative::Month(1)),
    ("下月", Relative::Month(1)),
    ("上一季度", Relative::Quarter(-1)),
    ("上季度", Relative::Quarter(-1)),
    ("上个季度", Relative::Quarter(-1)),
    ("本季度", Relative::Quarter(0)),
    ("下一季度", Relative::Quarter(1)),
    ("下季度", Relative::Quarter(1)),
    ("下个季度", Relative::Quarter(1)),
    ("上一周", Relative::Week(-1)),
    ("下一周", Relative::Week(1)),
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
    ("昨", Relative::Day(-1, None)),
    ("今", Relative::Day(0, None)),
];

static RELATIVE_BY_START: LazyLock<ByChar<&(&str, Relative)>> =
    LazyLock::new(|| ByChar::of(RELATIVE, |(word, _)| word.chars().next()));

pub(super) fn relative(line: &Line, at: usize, issue: Option<Date>) -> Option<Found> {
    let words = RELATIVE_BY_START.get(line.at(at)).iter();
    let (word, relative) = words.copied().find(|(word, _)| line.has(at, word))?;
    let end = at + word.chars().count();
    // 空前天, 五年前年年: the word begins inside another one.
    let before = line.before(at, 1);
    let inside_word = match line.at(at) {
        // 目前日产, 提前日
        '前' if line.at(at + 1) == '日' => !is_free(before) || "本产均期程子常记志用报刊".contains(line.at(end)),
        '前' | '后' => "以年先之目当空提".contains(before) || line.has(at, "后天下"),
        // 上一年级, 下一周期
        '上' | '下' if line.at(at + 1) == '一' => {
            "以晚马早网线路桌地赶".contains(before) || "级期岁半来多一".contains(line.at(end))
        }
        '头' => !is_free(before),
        '周' => "上下本这每个双过度从数".contains(before) || numeral::is_numeral(before),
        '明' => "光文说透声".contains(before),
        // 少年初识, 换上年仅19岁的, 5000米以上年货
        '年' | '月' => !is_free(before),
        '上' if line.at(at + 1) == '年' => before == '以' || "仅轻龄纪青迈画货级".contains(line.at(end)),
        '全' => matches!(line.at(end), '龄' | '级'),
        '当' => "正适充担承".contains(before) && line.at(at + 1) != '晚' || "然报亮球".contains(line.at(end)),
        '同' => "不共相".contains(before) || "级龄而本球".contains(line.at(end)),
        '次' | '第' => {
            numeral::is_numeral(before) || "多每首连续这此该本".contains(before) || "级本".contains(line.at(end))
        }
        '本' => "日基根原".contains(before) || line.at(end) == '级',
        _ => false,
    };
    if inside_word {
        return None;
    }
    // 昨凌晨, 今上午, but no 如今下…
    let part = matches!(line.at(end), '凌' | '上' | '下' | '中' | '清' | '傍') && !"如至迄当现而古于".contains(before);
    if matches!(*word, "昨" | "今") && !part {
        return None;
    }
    // 当年 and 那天 are a time where a time goes on: 当年9月, 那天下午.
    if matches!(*word, "当年" | "那年" | "那天" | "那晚") {
        return told(line, end, relative).filter(|(_, whole)| *whole > end);
    }
    if line.has(at, "前一周") && matches!(line.at(end), '期' | '岁') {
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
            let day = weekday_at(line, end).filter(|_| *word != "周末");
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
            let weekend = day.is_none() && line.at(end) == '末' && *word != "周末";
            let end = day.map_or(end + usize::from(weekend), |(_, end)| end);
            return Some(with_clock(line, (moment, end)));
        }
        Relative::Quarter(offset) => {
            let months = issue.map(|issue| issue.plus_months(offset * 3));
            moment.year = months.map(Date::year);
            moment.part = months.map(|month| Part::Quarter((month.month() - 1) / 3 + 1));
            let last = usize::from(line.at(end) == '末');
            return Some((moment, end + last));
        }
        Relative::Day(offset, part) => {
            on(&mut moment, issue.map(|issue| issue.plus_days(offset)));
            moment.day_part = part;
        }
        Relative::Told(_) => return told(line, end, relative),
        Relative::Season(offset, season) => {
            moment.year = issue.map(|issue| issue.year() + offset);
            moment.part = Some(Part::Season(season));
        }
    }
    let found = with_clock(line, (moment, end));
    (found.1 > at + 1).then_some(found)
}

/// What is counted from another time of the text, with what follows of the date.
fn told(line: &Line, end: usize, relative: &Relative) -> Option<Found> {
    let mut moment = Moment {
        relative: Some(relative.grain()),
        ..Moment::default()
    };
    match relative.grain() {
        Grain::Year => return Some(in_year(line, end, moment)),
        Grain::Month => return Some(in_month(line, end, moment)),
        _ if matches!(line.before(end, 1), '晚' | '夜') => {
            moment.day_part = Some(if line.before(end, 1) == '晚' { "EV" } else { "NI" });
        }
        _ => {}
    }
    Some(with_clock(line, (moment, end)))
}

/// 第三年, 第二天下午 where the clause begins with it or a part of the day follows: the time that a tale has come to, and no
/// place in an order.
pub(super) fn nth(line: &Line, at: usize) -> Option<Found> {
    if line.at(at) != '第' {
        return None;
    }
    let (number, end) = small(line, at + 1)?;
    let grain = match line.at(end) {
        '天' | '日' => Grain::Day,
        '年' => Grain::Year,
        _ => return None,
    };
    let found = told(line, end + 1, &Relative::Told(grain))?;
    let clause = !is_han(line.before(at, 1)) && (line.at(found.1) == '，' || is_han(line.at(found.1)));
    let other_word = "级本度".contains(line.at(end + 1));
    (number > 0 && !other_word && (clause || found.0.day_part.is_some() || found.0.clock.is_some())).then_some(found)
}

/// 周三, 星期日, 礼拜天.
pub(super) fn weekday(line: &Line, at: usize) -> Option<Found> {
    let (day, end) = weekday_word(line, at)?;
    let moment = Moment {
        part: Some(Part::Weekday(day)),
        ..Moment::default()
    };
    Some(with_clock(line, (moment, end)))
}

/// One past the weekday behind the date that ends at `end`, or `end`: 3月12日 星期四. In brackets it stands for itself.
pub(super) fn on_weekday(line: &Line, end: usize) -> usize {
    let at = line.skip_spaces(end);
    let Some((_, after)) = weekday_word(line, at) else {
        return end;
    };
    // 9月12日 周一至周五: the weekdays are a stretch of their own.
    let joins = matches!(line.at(after), '至' | '到' | '—' | '-' | '~' | '、' | '和' | '及');
    let own = joins && weekday_word(line, after + 1).is_some();
    if own || names::is_called_like_a_weekday(line, at, after) {
        end
    } else {
        after
    }
}

/// The weekday at `at`, Monday 1, and where its word ends.
fn weekday_word(line: &Line, at: usize) -> Option<(u8, usize)> {
    let word = ["周", "星期", "礼拜"].into_iter().find(|word| line.has(at, word))?;
    let (day, end) = weekday_at(line, at + word.chars().count())?;
    if word == "周"
        && (matches!(
            line.at(end),
            '次' | '个' | '期' | '岁' | '年' | '大' | '良' | '新' | '内' | '时' | '本'
        ) || (numeral::is_numeral(line.before(at, 1)) && line.before(at, 2) != '周')
            || matches!(line.before(at, 1), '四' | '圆' | '一' | '几' | '数' | '姓'))
    {
        return None;
    }
    // 每周三场: what is counted each week.
    let counted = line.at(end) != '周' && lexicon::unit_at(line, end).is_some_and(|unit| !unit.weak);
    let each = word == "周" && line.before(at, 1) == '每' && counted;
    (!each).then_some((day, end))
}

/// Whether 年初 or 月底 behind `before` is a word of its own, and not the end of 少年 or 五年.
fn is_free(before: char) -> bool {
    !is_han(before) && !before.is_ascii_digit()
        || "在于到从自至截将并和与及，今较比，为据是的了由对起时".contains(before)
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
