//! What a figure counts or measures, as far as its sentence says it.

use super::facts::TELLING;
use super::line::is_han;
use super::value::Kind;
use super::{Figure, FigureLabel};
use crate::text::offset::CharRange;

/// Words at which the subject of a clause ends and what is said about it begins.
const PREDICATES: &[&str] = &[
    "分别", "同比", "环比", "较", "比", "下降", "降低", "减少", "降至", "降到", "增长", "增加", "增至", "增幅", "提高",
    "提升", "上升", "升至", "回落", "达", "为", "占", "超", "突破", "保持", "实现", "完成", "共", "累计", "约", "近",
    "是", "有", "缩短", "扩大", "稳定", "首次", "已", "从", "由", "只", "仅", "跌", "涨", "挽回", "投入", "投资",
    "破获", "侦破", "查处", "抓获", "建成", "新建", "新增", "建立", "打造", "出台", "上线", "到", "落实", "立案",
    "出动", "征收", "缴获", "查获", "追回", "发放", "拨付", "排查", "整治", "化解", "调解", "救助", "引进", "受理",
    "办结", "收缴",
];

/// Words behind which the thing stands that is done, had or given.
const TRANSITIVE: &[&str] = &[
    "挽回", "追回", "投入", "实现", "完成", "建成", "新建", "新增", "破获", "侦破", "查处", "查获", "缴获", "征收",
    "发放", "拨付", "化解", "受理", "引进", "节约", "共有", "捐赠",
];

/// Characters that end a counted noun.
const NOUN_ENDS: &str = "的和与及或被在为将已均由从较比获受等也都是有可全进参荣立把对向给让使不";

/// The longest counted noun, in characters.
const LONGEST_NOUN: usize = 12;

/// How far before a figure its subject is looked for, in characters.
const REACH: usize = 120;

/// What the figure at `index` counts: the noun after a classifier, or the subject before a rate or an amount.
pub(super) fn indicator(chars: &[char], figures: &[Figure], index: usize, sentence: usize) -> Option<CharRange> {
    let figure = figures.get(index)?;
    noun_after(chars, figure)
        .or_else(|| object_before(chars, figure))
        .or_else(|| subject_before(chars, figures, index, sentence))
}

/// 民警为群众挽回[损失]1.9万元: what is done, and how much of it, in a clause about somebody else.
fn object_before(chars: &[char], figure: &Figure) -> Option<CharRange> {
    let end = figure.range.start.to_usize();
    let from = end.saturating_sub(LONGEST_NOUN);
    let near = chars.get(from..end)?;
    let start = near.iter().rposition(|char| !is_han(*char)).map_or(0, |at| at + 1);
    let words: String = near.get(start..)?.iter().collect();
    let verbs = TRANSITIVE
        .iter()
        .filter_map(|verb| Some(words.rfind(verb)? + verb.len()));
    let mut object = words.get(verbs.max()?..)?;
    let mut length = object.chars().count();
    let mut object_end = end;
    while let Some(rest) = ["达到", "达", "约", "共计", "共", "近", "超"]
        .iter()
        .find_map(|word| object.strip_suffix(word))
    {
        object_end -= length - rest.chars().count();
        (object, length) = (rest, rest.chars().count());
    }
    let is_noun = length >= 2 && !object.contains(|char| "的和与及被在为将比了".contains(char));
    is_noun.then(|| CharRange::of(object_end - length, object_end))
}

/// 826个[派出所综合服务窗口]: what a classifier counts; 1.9亿元的[损失]: what an amount is of.
fn noun_after(chars: &[char], figure: &Figure) -> Option<CharRange> {
    let end = figure.range.end.to_usize();
    let of = chars.get(end) == Some(&'的');
    if figure.value.unit.is_none() || (figure.value.kind != Kind::Count && !of) {
        return None;
    }
    let start = end + usize::from(of);
    let after = chars.get(start..)?;
    // 由100起降至80起: what follows is said of it, and is no noun.
    if begins_predicate(after) {
        return None;
    }
    let rest = after.iter().take(LONGEST_NOUN);
    let length = rest
        .take_while(|char| is_han(**char) && !NOUN_ENDS.contains(**char))
        .count();
    (length >= 2).then(|| CharRange::of(start, start + length))
}

/// [全市刑事案件总量]较2020年下降61.6%: what the clause, or the one before it in the sentence, begins with.
fn subject_before(chars: &[char], figures: &[Figure], index: usize, sentence: usize) -> Option<CharRange> {
    let mut end = figures.get(index)?.range.start.to_usize();
    let sentence = sentence.max(end.saturating_sub(REACH));
    while end > sentence {
        let clause = chars.get(sentence..end)?;
        let start = clause
            .iter()
            .rposition(|char| matches!(char, '，' | ',' | '：' | ':' | '、'))
            .map_or(sentence, |comma| sentence + comma + 1);
        // A time at the start of the clause is no part of its subject.
        let mut subject = start;
        let before = figures.get(..index).unwrap_or_default().iter().rev();
        let mut here = before.take_while(|figure| figure.range.start.to_usize() >= start);
        if let Some(time) =
            here.find(|figure| figure.label == FigureLabel::Time && figure.range.start.to_usize() == start)
        {
            subject = time.range.end.to_usize();
        }
        // 其中民警700人次: the part is what is counted.
        if chars.get(subject..end)?.starts_with(&['其', '中']) {
            subject += 2;
        }
        let words = chars.get(subject..end)?;
        let is_word = |char: &char| is_han(*char) || char.is_alphanumeric();
        let length = words.iter().take_while(|char| is_word(char)).count();
        let predicate = (0..length).find(|at| words.get(*at..).is_some_and(begins_predicate));
        let subject_end = predicate.or((length == words.len()).then_some(length));
        let is_aside = |length: usize| words.get(..length).is_some_and(is_aside);
        if let Some(length) = subject_end.filter(|&length| length >= 2 && !is_aside(length)) {
            return Some(CharRange::of(subject, subject + length));
        }
        end = start.saturating_sub(1);
    }
    None
}

/// 王小明说，… or 经查，…: a clause that tells where the rest comes from, and has no subject of it.
fn is_aside(words: &[char]) -> bool {
    let clause: String = words.iter().collect();
    ["经查", "据了解", "据悉", "据介绍", "据统计", "同时", "此外", "另外"].contains(&clause.as_str())
        || TELLING.iter().any(|word| clause.ends_with(word))
}

fn begins_predicate(words: &[char]) -> bool {
    PREDICATES.iter().any(|predicate| {
        let mut rest = words.iter();
        predicate.chars().all(|char| rest.next() == Some(&char))
    })
}
