//! Who has how much of what, and when: as far as one sentence says it, by rules of position.

use super::indicator::indicator;
use super::sentences::Sentences;
use super::value::Kind;
use super::{Figure, FigureLabel};
use crate::text::offset::CharRange;

/// One figure with what the sentence says about it. Ranges are in code points of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The index of the figure among those given.
    pub figure: usize,
    /// The person or the organisation whose figure it is: the last one named before it in the paragraph that does not
    /// merely tell of it.
    pub holder: Option<CharRange>,
    /// What is counted or measured: the noun after a classifier, or the subject before a rate or an amount.
    pub indicator: Option<CharRange>,
    /// The index of the time for which it holds.
    pub time: Option<usize>,
}

/// Words with which somebody tells of a figure that is not their own.
pub(super) const TELLING: &[&str] = &[
    "介绍",
    "说",
    "表示",
    "告诉记者",
    "告诉",
    "透露",
    "指出",
    "称",
    "强调",
    "坦言",
    "认为",
    "回忆",
    "讲",
    "解释",
    "解释说",
    "说道",
    "坦承",
    "通报",
    "讲述",
    "谈到",
    "提到",
    "直言",
    "估算",
    "报告",
];

/// How far after a name its word of telling may stand, in characters: 罗勇在接受记者采访时表示.
const TELLING_REACH: usize = 20;

/// A fact for each figure that counts or measures something, in the order of the figures.
///
/// `mentions` are the names tagged in the text with the ids of their labels, sorted; `person` and `unit` can hold a
/// figure. A guess to be corrected: a sentence whose subject comes later or in another sentence is not understood.
#[must_use]
pub fn facts(text: &str, figures: &[Figure], mentions: &[(CharRange, &str)]) -> Vec<Fact> {
    let chars: Vec<char> = text.chars().collect();
    let sentences = Sentences::of(&chars);
    let holders: Vec<CharRange> = mentions
        .iter()
        .filter(|(range, label)| match *label {
            "unit" => !is_addressed(&chars, *range),
            "person" => !is_addressed(&chars, *range) && !tells(&chars, *range),
            _ => false,
        })
        .map(|(range, _)| *range)
        .collect();
    let times = times(&chars, figures, &sentences);
    let countable = |figure: &Figure| figure.label == FigureLabel::Figure && figure.value.kind != Kind::Ordinal;
    let facts = figures.iter().enumerate().filter(|(_, figure)| countable(figure));
    facts
        .map(|(index, figure)| {
            let start = figure.range.start;
            let paragraph = sentences.paragraph(start.to_usize());
            let before = holders.partition_point(|holder| holder.start < start);
            let before = holders.get(..before).unwrap_or_default().iter().rev();
            let mut here = before.take_while(|holder| holder.start.to_usize() >= paragraph);
            Fact {
                figure: index,
                holder: here.find(|holder| holder.end <= start).copied(),
                indicator: indicator(&chars, figures, index, sentences.sentence(start.to_usize())),
                time: times.get(index).copied().flatten(),
            }
        })
        .collect()
}

/// 罗勇介绍，…: whether the one named at `name` only tells of what follows.
fn tells(chars: &[char], name: CharRange) -> bool {
    let after = chars.get(name.end.to_usize()..).unwrap_or_default();
    let clause = after
        .iter()
        .take(TELLING_REACH)
        .take_while(|char| !matches!(char, '，' | ',' | '：' | ':' | '。' | '；' | '“' | '\n'));
    let clause: String = clause.collect();
    // A clause that goes on past the reach, or to the end of the text, has no word of telling at its end.
    let ended = after.get(clause.chars().count()).is_some_and(|char| *char != '。');
    ended && TELLING.iter().any(|word| clause.ends_with(word))
}

/// 向张三捐赠5万元: whether something is done to the one named at `name`.
fn is_addressed(chars: &[char], name: CharRange) -> bool {
    let before = name
        .start
        .to_usize()
        .checked_sub(1)
        .and_then(|before| chars.get(before));
    matches!(before, Some('向' | '给' | '替' | '把'))
}

/// For each figure the index of the time that holds for it: the last one before it in its sentence with which nothing is
/// compared, else the first one after it.
pub(super) fn times(chars: &[char], figures: &[Figure], sentences: &Sentences) -> Vec<Option<usize>> {
    let sentence = |index: usize| {
        let figure = figures.get(index);
        figure.map(|figure| sentences.sentence(figure.range.start.to_usize()))
    };
    let is_time = |figure: &Figure| {
        let before = figure.range.start.to_usize().checked_sub(1);
        let compared = matches!(before.and_then(|before| chars.get(before)), Some('较' | '比'));
        figure.label == FigureLabel::Time && !compared
    };
    let mut times = vec![None; figures.len()];
    let mut near = None;
    for (index, figure) in figures.iter().enumerate() {
        if let Some(time) = times.get_mut(index) {
            *time = near.filter(|near| sentence(*near) == sentence(index));
        }
        if is_time(figure) {
            near = Some(index);
        }
    }
    near = None;
    for (index, figure) in figures.iter().enumerate().rev() {
        if let Some(time) = times.get_mut(index).filter(|time| time.is_none()) {
            *time = near.filter(|near| sentence(*near) == sentence(index));
        }
        if is_time(figure) {
            near = Some(index);
        }
    }
    times
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
    fn who_tells_of_a_figure_does_not_hold_it() {
        for (text, name, holder) in [
            ("罗勇介绍，去年建成泵站30座。", "罗勇", "-"),
            ("罗勇在接受记者采访时表示：“去年建成泵站30座。”", "罗勇", "-"),
            ("罗勇捐赠图书300册。", "罗勇", "罗勇"),
            ("居民们向罗勇捐赠图书300册。", "罗勇", "-"),
            ("罗勇说服大家，种下300棵树。", "罗勇", "罗勇"),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let start = text[..text.find(name).unwrap()].chars().count();
            let mentions = [(CharRange::of(start, start + name.chars().count()), "person")];
            let facts = facts(text, &find(text, None), &mentions);
            let found = facts[0].holder.map_or("-".to_owned(), |range| {
                chars[range.start.to_usize()..range.end.to_usize()].iter().collect()
            });
            assert_eq!(found, holder, "{text}");
        }
    }

    #[test]
    fn what_is_measured_is_a_noun_and_no_aside() {
        for (text, indicators) in [
            ("全市盗窃案件由100起降至80起。", vec!["全市盗窃案件", "全市盗窃案件"]),
            ("经查，损失金额达1.9万元。", vec!["损失金额"]),
            ("去年，1.9亿元的损失被挽回。", vec!["损失"]),
            ("机关持有30%的股份。", vec!["股份"]),
            ("民警为群众挽回损失1.9万元。", vec!["损失"]),
            ("全市实现进出口总额约3亿元。", vec!["进出口总额"]),
            ("公司完成全年任务的71%。", vec!["公司"]),
            ("供水量稳定，王小明说，约为300吨。", vec!["供水量"]),
            ("共出动警力1200人次，其中民警700人次。", vec!["-", "民警"]),
        ] {
            let found = table(text, "无");
            let found: Vec<&str> = found.iter().filter_map(|row| row.split('|').nth(1)).collect();
            assert_eq!(found, indicators, "{text}");
        }
    }

    #[test]
    fn what_the_sentence_does_not_say_stays_open() {
        assert_eq!(table("共3个。", "无"), ["-|-|3个|-"]);
        assert_eq!(table("第四场比赛", "无"), Vec::<String>::new());
    }
}
