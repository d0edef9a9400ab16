//! Whether a number with its unit is a figure, or characters of a word: 一名记者, 三方, 万人之敌.

use crate::suggest::figures::Reading;
use crate::suggest::figures::line::{Line, is_han};
use crate::suggest::figures::numeral::{self, Numeral};
use crate::suggest::figures::value::Kind;

/// Whether a number on its own is a figure, or just a character of a word.
pub(super) fn stands(line: &Line, numeral: &Numeral, reading: &Reading) -> bool {
    let value = &reading.value;
    let bent = reading.start < reading.core.0 || value.approx.is_some();
    // 皖薯十三, 济麦22: the number of a variety.
    if value.unit.is_none() && "薯麦稻粳籼豆棉糯".contains(line.before(reading.start, 1)) {
        return false;
    }
    if numeral.arabic {
        return true;
    }
    let raw = value.unit.as_ref().map(|unit| unit.raw.as_str());
    let (before, after) = (line.before(reading.start, 1), line.at(reading.end));
    // 三寸之舌, 万人之敌: a phrase, unless it tells a limit.
    if numeral.len() == 1 && after == '之' && !"内间后前多久外".contains(line.at(reading.end + 1)) {
        return false;
    }
    if numeral.bare_multiplier && numeral.len() == 1 {
        // 单位：亿元 names a unit; 百元 and 千人 are amounts.
        let hundred = matches!(line.at(numeral.start), '百' | '千');
        let counts =
            "名人吨亩辆台架个件套只位艘份张".contains(line.at(numeral.end)) || (hundred && value.kind == Kind::Money);
        // 每万人 is what a number is divided by.
        return before != '每' && (bent || (counts && raw.is_some()));
    }
    // 十九中学: a school's number.
    let school = ["中学", "小学"].into_iter().any(|word| line.has(reading.end, word));
    if raw.is_none() && school && numeral.whole().is_some_and(|number| number < 100) {
        return false;
    }
    if numeral.positional {
        return raw.is_some();
    }
    if numeral.is_span() && numeral.len() == 2 && numeral.power == 0 {
        return raw.is_some();
    }
    if !numeral.is_single() {
        return true;
    }
    let Some(raw) = raw else {
        // 一死七伤
        let dead = after == '死' && numeral::digit(line.at(reading.end + 1)).is_some();
        let hurt = after == '伤' && before == '死';
        return (bent && line.at(numeral.start) == '十') || dead || hurt;
    };
    match line.at(numeral.start) {
        '一' => {
            let told_apart = "这那每某另任同前后上下首又再第其唯哪何本".contains(before);
            let counted = matches!(value.kind, Kind::Count) && raw != "人";
            // 新增病例一名: behind its noun it is no article.
            let closes = !is_han(after) && !matches!(after, '“' | '《' | '‘' | '『' | '「');
            let behind =
                closes && is_han(before) && !"的有是了在".contains(before) && !matches!(raw, "次" | "种" | "个");
            let article =
                counted && !behind && !same_unit_near(line, numeral, raw) && !is_told_in_numbers(line, reading);
            // 一个个, 一次又一次: each of many.
            let again = |between: &str| line.has(numeral.end, &format!("{raw}{between}{raw}"));
            let repeated = ["", "一", "又一", "接一"].into_iter().any(again);
            // 死路一条, 大吃一顿: at the end of a clause these stress and do not count.
            let stresses =
                !is_han(after) && is_han(before) && "条段套场顿趟遍桩笔把席片面幅盘层步家尊对组".contains(raw);
            // 一张一弛, 一人一票
            let paired = (after == '一' && raw.chars().count() == 1) || line.before(numeral.start, 2) == '一';
            !(told_apart || article || repeated || stresses || paired)
        }
        // Things are counted with 两; 二 before a classifier is a name (二期, 二级).
        '二' => !matches!(value.kind, Kind::Count | Kind::Duration) || bent,
        _ => true,
    }
}

/// 一间260元, 两粒进球、一次助攻, 一死七伤: whether a number stands beside the one thing.
fn is_told_in_numbers(line: &Line, reading: &Reading) -> bool {
    const NAME: usize = 5;
    let beside = |from: usize, to: usize| {
        let mark = (from..to).find(|at| line.at(*at) == '、');
        mark.is_some_and(|mark| numeral::is_numeral(line.at(mark + 1)) && line.at(mark + 1) != '一')
    };
    let mark_before = line.before(reading.start, 1) == '、';
    let listed = mark_before
        && (2..=NAME + 2).any(|back| {
            let char = line.before(reading.start, back);
            numeral::is_numeral(char) && char != '一'
        });
    line.at(reading.end).is_ascii_digit() || beside(reading.end, reading.end + NAME) || listed
}

/// Whether the sentence counts with the same classifier elsewhere: 一个中心、三个基地.
fn same_unit_near(line: &Line, numeral: &Numeral, raw: &str) -> bool {
    const REACH: usize = 24;
    let from = numeral.start.saturating_sub(REACH);
    (from..numeral.end + REACH).any(|at| {
        at != numeral.end
            && line.has(at, raw)
            && at > 0
            && line.at(at - 1) != '一'
            && numeral::is_numeral(line.at(at - 1))
    })
}
