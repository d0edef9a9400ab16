//! Who has how much of what, and when: as far as one sentence says it, by rules of position.

use super::line::{ends_sentence, is_han};
use super::value::Kind;
use super::{Figure, FigureLabel};
use crate::text::offset::CharRange;

/// One figure with what the sentence says about it. Ranges are in code points of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The index of the figure among those given.
    pub figure: usize,
    /// The person or the organisation whose figure it is: the last one named before it in the paragraph.
    pub holder: Option<CharRange>,
    /// What is counted or measured: the noun after a classifier, or the subject before a rate or an amount.
    pub indicator: Option<CharRange>,
    /// The index of the time for which it holds.
    pub time: Option<usize>,
}

/// Words at which the subject of a clause ends and what is said about it begins.
const PREDICATES: &[&str] = &[
    "分别", "同比", "环比", "较", "比", "下降", "降低", "减少", "降至", "降到", "增长", "增加", "增至", "增幅", "提高",
    "提升", "上升", "升至", "回落", "达", "为", "占", "超", "突破", "保持", "实现", "完成", "共", "累计", "约", "近",
    "是", "有", "缩短", "扩大", "稳定", "首次", "已", "从", "由", "只", "仅", "跌", "涨", "挽回", "投入", "投资",
    "破获", "侦破", "查处", "抓获", "建成", "新建", "新增", "建立", "打造", "出台", "上线", "到",
];

/// Characters that end a counted noun.
const NOUN_ENDS: &str = "的和与及或被在为将已均由从较比获受等也都是有可全进参荣立把对向给让使不";

/// A fact for each figure that counts or measures something, in the order of the figures.
///
/// `mentions` are the names tagged in the text with the ids of their labels, sorted; `person` and `unit` can hold a
/// figure. A guess to be corrected: a sentence whose subject comes later or in another sentence is not understood.
#[must_use]
pub fn facts(text: &str, figures: &[Figure], mentions: &[(CharRange, &str)]) -> Vec<Fact> {
    let chars: Vec<char> = text.chars().collect();
    let countable = |figure: &Figure| figure.label == FigureLabel::Figure && figure.value.kind != Kind::Ordinal;
    let facts = figures.iter().enumerate().filter(|(_, figure)| countable(figure));
    facts
        .map(|(index, figure)| {
            let sentence = sentence_start(&chars, figure.range.start.to_usize());
            Fact {
                figure: index,
                holder: holder(&chars, figure, mentions),
                indicator: noun_after(&chars, figure).or_else(|| subject_before(&chars, figures, index, sentence)),
                time: time_of(&chars, figures, index, sentence),
            }
        })
        .collect()
}

fn sentence_start(chars: &[char], at: usize) -> usize {
    let before = chars.get(..at).unwrap_or_default();
    before
        .iter()
        .rposition(|char| ends_sentence(*char))
        .map_or(0, |index| index + 1)
}

fn holder(chars: &[char], figure: &Figure, mentions: &[(CharRange, &str)]) -> Option<CharRange> {
    let paragraph = chars.get(..figure.range.start.to_usize()).unwrap_or_default();
    let start = paragraph
        .iter()
        .rposition(|char| *char == '\n')
        .map_or(0, |index| index + 1);
    // Mentions are sorted: those before the figure, backwards, until the paragraph starts.
    let before = mentions.partition_point(|(range, _)| range.start < figure.range.start);
    let before = mentions.get(..before).unwrap_or_default().iter().rev();
    let mut here = before.take_while(|(range, _)| range.start.to_usize() >= start);
    here.find(|(range, label)| matches!(*label, "person" | "unit") && range.end <= figure.range.start)
        .map(|(range, _)| *range)
}

/// 826个[派出所综合服务窗口]: what a classifier counts.
fn noun_after(chars: &[char], figure: &Figure) -> Option<CharRange> {
    const LONGEST: usize = 12;
    if figure.value.kind != Kind::Count || figure.value.unit.is_none() {
        return None;
    }
    let start = figure.range.end.to_usize();
    let rest = chars.get(start..)?.iter().take(LONGEST);
    let length = rest
        .take_while(|char| is_han(**char) && !NOUN_ENDS.contains(**char))
        .count();
    (length >= 2).then(|| CharRange::of(start, start + length))
}

/// [全市刑事案件总量]较2020年下降61.6%: what the clause, or the one before it in the sentence, begins with.
fn subject_before(chars: &[char], figures: &[Figure], index: usize, sentence: usize) -> Option<CharRange> {
    let mut end = figures.get(index)?.range.start.to_usize();
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
        let words = chars.get(subject..end)?;
        let length = (0..words.len())
            .find(|at| words.get(*at..).is_some_and(begins_predicate))
            .unwrap_or(words.len());
        let whole = words
            .iter()
            .take(length)
            .all(|char| is_han(*char) || char.is_alphanumeric());
        if length >= 2 && whole {
            return Some(CharRange::of(subject, subject + length));
        }
        end = start.saturating_sub(1);
    }
    None
}

fn begins_predicate(words: &[char]) -> bool {
    PREDICATES.iter().any(|predicate| {
        let mut rest = words.iter();
        predicate.chars().all(|char| rest.next() == Some(&char))
    })
}

/// The last time before the figure in its sentence with which nothing is compared, else the first one after it.
fn time_of(chars: &[char], figures: &[Figure], index: usize, sentence: usize) -> Option<usize> {
    let at = figures.get(index)?.range.start.to_usize();
    let compared = |time: &Figure| {
        let before = time
            .range
            .start
            .to_usize()
            .checked_sub(1)
            .and_then(|before| chars.get(before));
        matches!(before, Some('较' | '比'))
    };
    let is_time = |figure: &Figure| figure.label == FigureLabel::Time && !compared(figure);
    let before = figures
        .iter()
        .enumerate()
        .take(index)
        .rev()
        .take_while(|(_, time)| time.range.start.to_usize() >= sentence);
    let mut before = before.filter(|(_, time)| is_time(time));
    before.next().map(|(time, _)| time).or_else(|| {
        let after = figures.iter().enumerate().skip(index + 1);
        let mut after = after.take_while(|(_, time)| sentence_start(chars, time.range.start.to_usize()) <= at);
        after.find(|(_, time)| is_time(time)).map(|(time, _)| time)
    })
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::{CharRange, facts};

    /// Holder, indicator, figure and time of each fact, `-` where there is none; `holder` is named in the text.
    fn table(text: &str, holder: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let figures = find(text, None);
        let place = text.find(holder).map(|byte| text[..byte].chars().count());
        let mention = |start| (CharRange::of(start, start + holder.chars().count()), "unit");
        let mentions: Vec<_> = place.map(mention).into_iter().collect();
        let print = |range: CharRange| {
            chars[range.start.to_usize()..range.end.to_usize()]
                .iter()
                .collect::<String>()
        };
        let rows = facts(text, &figures, &mentions);
        rows.iter()
            .map(|fact| {
                let part = |range: Option<CharRange>| range.map_or("-".to_owned(), print);
                let time = fact.time.map(|time| figures[time].range);
                [
                    part(fact.holder),
                    part(fact.indicator),
                    print(figures[fact.figure].range),
                    part(time),
                ]
                .join("|")
            })
            .collect()
    }

    #[test]
    fn a_sentence_says_who_what_how_much_and_when() {
        let text = "2024年江北水务集团新建30座泵站，漏损率较2020年下降6.1%。";
        assert_eq!(
            table(text, "江北水务集团"),
            ["江北水务集团|泵站|30座|2024年", "江北水务集团|漏损率|6.1%|2024年"]
        );
        let text = "江北水务集团负责人说，供水量从2020年的9.8万吨增至2024年的12.5万吨。";
        assert_eq!(
            table(text, "江北水务集团"),
            [
                "江北水务集团|供水量|9.8万吨|2020年",
                "江北水务集团|供水量|12.5万吨|2024年"
            ]
        );
    }

    #[test]
    fn what_the_sentence_does_not_say_stays_open() {
        assert_eq!(table("共3个。", "无"), ["-|-|3个|-"]);
        assert_eq!(table("第四场比赛", "无"), Vec::<String>::new());
    }
}
