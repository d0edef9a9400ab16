//! Times of day: 上午9时30分, 8点半, `9:30`, and the part of the day after a date.

use super::dates::{Found, small};
use super::lexicon::unit_at;
use super::line::{Line, is_han};
use super::moment::{Clock, Moment};
use super::numeral::everyday_digit;

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
    ("夜里", "NI"),
    ("深夜", "NI"),
    ("午夜", "NI"),
    ("夜半", "NI"),
    ("后半夜", "NI"),
    ("下半夜", "NI"),
    ("半夜", "NI"),
    ("夜晚", "NI"),
    ("黎明", "MO"),
    ("拂晓", "MO"),
    ("黄昏", "EV"),
    ("白天", "DT"),
    ("一大清早", "MO"),
    ("大清早", "MO"),
    ("一清早", "MO"),
    ("一大早", "MO"),
    ("一早", "MO"),
    ("晚", "EV"),
    ("早", "MO"),
    ("夜", "NI"),
    ("晨", "MO"),
];

/// The part of the day and the time of day that may follow a date.
pub(super) fn with_clock(line: &Line, (mut moment, end): Found) -> Found {
    let at = line.skip_spaces(end);
    moment.day_end = end;
    if let Some(found) = from_clock(line, at, moment) {
        return found;
    }
    let Some((word, code)) = day_part(line, at) else {
        return (moment, end);
    };
    let after = line.at(at + word.chars().count());
    let other_word = match *word {
        "晚" => "会点报餐宴上期辈年婚些".contains(after),
        "早" => "已在期餐就些有报年".contains(after),
        "夜" => "班景色校市".contains(after),
        "晨" => "报练跑曦光".contains(after),
        // 一早一晚
        "一早" => after == '一',
        _ => false,
    };
    if other_word {
        return (moment, end);
    }
    moment.day_part = Some(code);
    let end = at + word.chars().count();
    (moment, after_moments(line, end))
}

/// 傍晚时分, and 深夜 where it is all that the clause says before its comma.
pub(super) fn part_alone(line: &Line, at: usize) -> Option<Found> {
    let (word, code) = day_part(line, at).filter(|(word, _)| word.chars().count() > 1)?;
    let end = at + word.chars().count();
    let moments = after_moments(line, end);
    let alone = !is_han(line.before(at, 1)) && line.at(end) == '，';
    let moment = Moment {
        day_part: Some(code),
        ..Moment::default()
    };
    (moments > end || alone).then_some((moment, moments))
}

/// One past the 时分 of 傍晚时分 at `at`, if it stands there.
fn after_moments(line: &Line, at: usize) -> usize {
    at + if line.has(at, "时分") { 2 } else { 0 }
}

/// The word for a part of the day at `at`.
fn day_part(line: &Line, at: usize) -> Option<&'static (&'static str, &'static str)> {
    let opens = "凌清早上中正下午傍晚当夜深白晨半后黎拂黄一大".contains(line.at(at));
    DAY_PARTS.iter().find(|(word, _)| opens && line.has(at, word))
}

/// 上午9时30分, 8点半, `9:30`.
pub(super) fn from_clock(line: &Line, at: usize, moment: Moment) -> Option<Found> {
    clock(line, at, moment, moment != Moment::default())
}

/// 六点 of 下午两点到六点: behind another time of day.
pub(super) fn until_clock(line: &Line, at: usize) -> Option<Found> {
    clock(line, at, Moment::default(), true)
}

/// The time of day at `at`; `said` where words before it tell of a time.
fn clock(line: &Line, at: usize, mut moment: Moment, said: bool) -> Option<Found> {
    let part = day_part(line, at);
    let start = part.map_or(at, |(word, _)| line.skip_spaces(at + word.chars().count()));
    let said = said || part.is_some();
    let about = neighbours(line, start).filter(|_| said);
    moment.about |= about.is_some();
    let (mut hour, end) = about.or_else(|| small(line, start)).filter(|(hour, _)| *hour <= 24)?;
    let (minute, second, end) = after_hour(line, (start, end), said)?;
    let code = part.map(|(_, code)| *code).or(moment.day_part);
    let word = part.map_or("", |(word, _)| *word);
    hour = match (code, hour) {
        (Some("NI"), 12) if word == "凌晨" => 0,
        (Some("EV" | "NI"), 12) => 24,
        (Some("AF" | "EV"), 0..12) => hour + 12,
        // 夜里十一点 is before midnight, 夜里两点 after it.
        (Some("NI"), 6..12) if word != "凌晨" => hour + 12,
        (Some("MI"), 0..3) => hour + 12,
        _ => hour,
    };
    moment.day_part = None;
    moment.clock = Some(Clock { hour, minute, second });
    Some((moment, end))
}

/// 七八 of 晚上七八点, 六七 of 六七月: the first of two numbers that follow each other, and where they end.
pub(super) fn neighbours(line: &Line, at: usize) -> Option<(u8, usize)> {
    let (first, second) = (everyday_digit(line.at(at))?, everyday_digit(line.at(at + 1))?);
    (second == first + 1 && matches!(line.at(at + 2), '点' | '时' | '月'))
        .then(|| Some((u8::try_from(first).ok()?, at + 2)))?
}

/// Minute, second and the end of a time of day.
type AfterHour = (Option<u8>, Option<u8>, usize);

/// A number below sixty at `at`.
fn sixty(line: &Line, at: usize) -> Option<(u8, usize)> {
    small(line, line.skip_spaces(at)).filter(|(number, _)| *number < 60)
}

/// What follows the hour that stands at `hour`; `said` when a date or a part of the day stands before it.
fn after_hour(line: &Line, hour: (usize, usize), said: bool) -> Option<AfterHour> {
    let at = line.skip_spaces(hour.1);
    match line.at(at) {
        ':' => after_colon(line, at, said),
        '时' | '点' => after_word(line, hour, at, said),
        _ => None,
    }
}

/// `9:30`, `9:30:15`; 3:2 and a score are none.
fn after_colon(line: &Line, at: usize, said: bool) -> Option<AfterHour> {
    let two_digits = |at: usize| small(line, at).filter(|(number, end)| *number < 60 && *end == at + 2);
    let (minute, end) = two_digits(at + 1)?;
    let second = two_digits(end + 1).filter(|_| line.at(end) == ':');
    let end = second.map_or(end, |(_, end)| end);
    let score = !said && line.clause_has(at, 24, &["比分", "胜", "负", "平", "击败", "不敌", "领先"]);
    let goes_on = line.at(end) == ':' || line.at(end).is_ascii_digit();
    (!score && !goes_on).then_some((Some(minute), second.map(|(second, _)| second), end))
}

/// 9时30分, 8点半, 八点三十, 12时许.
fn after_word(line: &Line, hour: (usize, usize), at: usize, said: bool) -> Option<AfterHour> {
    for (word, minute) in [
        ("半", Some(30)),
        ("钟", None),
        ("整", Some(0)),
        ("一刻", Some(15)),
        ("三刻", Some(45)),
    ] {
        if line.has(at + 1, word) {
            return Some((minute, None, at + 1 + word.chars().count()));
        }
    }
    let dot = line.at(at) == '点';
    // 零点 is midnight just as 0点.
    let arabic = line.at(hour.0).is_ascii_digit() || line.at(hour.0) == '零';
    if let Some((minute, end)) = sixty(line, at + 1) {
        let after = line.skip_spaces(end);
        if line.at(after) == '分' && line.at(after + 1) != '之' {
            let second = sixty(line, after + 1).filter(|(_, end)| line.at(*end) == '秒');
            return Some((
                Some(minute),
                second.map(|(second, _)| second),
                second.map_or(after + 1, |(_, end)| end + 1),
            ));
        }
        // 八点三十: tens of minutes make it a time by themselves.
        let tens = end > at + 2 && minute >= 10 && !arabic && unit_at(line, end).is_none();
        let pair = said && (end > at + 2 || line.at(at + 1) == '零');
        if dot && (pair || tens) {
            return Some((Some(minute), None, end));
        }
    }
    let next = line.at(at + 1);
    let other_word = if dot {
        // 3点建议 are three points.
        let ends = arabic && "许左前之到至开，。、出起".contains(next);
        !said && !ends
    } else {
        let chinese = !said && !arabic;
        let phrase =
            chinese && ("一四几同平届小何".contains(line.before(at, 1)) || "不而至有地任事人兴".contains(next));
        phrase || "期间代候常刻速空节尚差".contains(next)
    };
    (!other_word).then_some((None, None, at + 1))
}
