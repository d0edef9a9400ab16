//! What can be checked inside one article: figures that contradict each other. Each finding is a hint with its
//! arithmetic, never a change.

mod days;
mod deeds;
mod growth;
mod lists;
mod repeats;
mod shares;
mod sums;

use super::decimal::Decimal;
use super::line::ends_sentence;
use super::value::FigureValue;
use super::{Figure, FigureLabel};
use crate::text::offset::CharRange;

/// Something in an article that does not add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The figures that disagree, in the order of the text; one for a figure that is impossible by itself.
    pub places: Vec<CharRange>,
    /// What sort of disagreement it is.
    pub kind: FindingKind,
    /// The arithmetic, in Chinese.
    pub zh: String,
    /// The arithmetic, in English.
    pub en: String,
}

/// The sorts of disagreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FindingKind {
    /// The same thing is counted twice with different numbers.
    DifferentNumbers,
    /// The same number is bent in one place (多, 约) and not in the other.
    DifferentModifiers,
    /// Two numbers for the same thing that differ by ten thousand times or a power of it.
    Slip,
    /// 由A降至B, and a percentage that is not the one between them.
    Growth,
    /// Shares of one whole that make more or less than all of it.
    Shares,
    /// 分别 with more names than figures, or the other way round.
    UnequalLists,
    /// A day that does not exist.
    ImpossibleDate,
    /// A weekday that the date does not have.
    WrongWeekday,
    /// More than a hundred percent of a whole.
    PercentOutOfRange,
}

impl FindingKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::DifferentNumbers,
        Self::DifferentModifiers,
        Self::Slip,
        Self::Growth,
        Self::Shares,
        Self::UnequalLists,
        Self::ImpossibleDate,
        Self::WrongWeekday,
        Self::PercentOutOfRange,
    ];

    /// The name in the saved file and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DifferentNumbers => "different_numbers",
            Self::DifferentModifiers => "different_modifiers",
            Self::Slip => "slip",
            Self::Growth => "growth",
            Self::Shares => "shares",
            Self::UnequalLists => "unequal_lists",
            Self::ImpossibleDate => "impossible_date",
            Self::WrongWeekday => "wrong_weekday",
            Self::PercentOutOfRange => "percent_out_of_range",
        }
    }
}

/// Everything in `text` that its `figures` contradict, in the order of the text.
#[must_use]
pub fn check(text: &str, figures: &[Figure]) -> Vec<Finding> {
    let article = Article {
        chars: text.chars().collect(),
        figures,
        numbers: figures
            .iter()
            .filter(|figure| figure.label == FigureLabel::Figure)
            .collect(),
    };
    let mut findings = article.repeats();
    findings.extend(article.growth());
    findings.extend(article.shares());
    findings.extend(article.sums());
    findings.extend(article.lists());
    findings.extend(article.dates());
    findings.extend(article.percents());
    findings.sort_by_key(|finding| finding.places.first().map(|place| place.start));
    findings
}

struct Article<'a> {
    chars: Vec<char>,
    /// Every figure and time.
    figures: &'a [Figure],
    /// The figures that are no times.
    numbers: Vec<&'a Figure>,
}

/// Two figures with more characters between them do not belong together.
const FAR: usize = 60;

impl Article<'_> {
    fn slice(&self, start: usize, end: usize) -> String {
        self.chars
            .get(start..end.min(self.chars.len()))
            .unwrap_or_default()
            .iter()
            .collect()
    }

    fn printed(&self, figure: &Figure) -> String {
        self.slice(figure.range.start.to_usize(), figure.range.end.to_usize())
    }

    /// The text between two figures, or `None` where a sentence ends in it.
    fn between(&self, left: &Figure, right: &Figure) -> Option<String> {
        let (start, end) = (left.range.end.to_usize(), right.range.start.to_usize());
        let between = self.chars.get(start..end)?;
        (between.len() <= FAR && !between.iter().copied().any(ends_sentence)).then(|| between.iter().collect())
    }

    /// The sentence before a figure, as far as [`FAR`].
    fn sentence_before(&self, figure: &Figure) -> &[char] {
        let end = figure.range.start.to_usize();
        let near = self.chars.get(end.saturating_sub(FAR)..end).unwrap_or_default();
        let ended = near.iter().rposition(|char| ends_sentence(*char));
        near.get(ended.map_or(0, |index| index + 1)..).unwrap_or_default()
    }

    /// Figures that stand in one list: only 、 和 及 以及 与 or a comma between them.
    fn runs(&self) -> Vec<Vec<&Figure>> {
        let mut runs: Vec<Vec<&Figure>> = Vec::new();
        for figure in self.numbers.iter().copied() {
            let joined = runs.last().and_then(|run| run.last()).is_some_and(|last| {
                self.between(last, figure)
                    .is_some_and(|between| matches!(between.as_str(), "、" | "和" | "及" | "以及" | "与" | "，" | ","))
            });
            match runs.last_mut().filter(|_| joined) {
                Some(run) => run.push(figure),
                None => runs.push(vec![figure]),
            }
        }
        runs
    }
}

fn exact(value: &FigureValue) -> Option<Decimal> {
    value.value.as_deref().and_then(Decimal::parse)
}

/// `1 + 2 + 3`
fn terms(numbers: &[Decimal]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ")
}

#[cfg(test)]
mod tests {
    use super::super::{Date, find};
    use super::check;

    fn kinds(text: &str) -> Vec<&'static str> {
        let figures = find(text, Date::new(2025, 9, 16));
        check(text, &figures)
            .into_iter()
            .map(|finding| finding.kind.as_str())
            .collect()
    }

    #[test]
    fn finds_what_does_not_add_up() {
        for (text, kind) in [
            (
                "5.8万个集体和个人受奖\n共有5.8万多个集体和个人受奖",
                "different_modifiers",
            ),
            ("共有30名志愿者参加。活动中，35名志愿者参加清扫。", "different_numbers"),
            ("资金1.9亿元人均补贴到位。资金1.9万元人均补贴到位。", "slip"),
            (
                "全市刑事案件总量下降61.6%\n据介绍，刑事案件总量下降66.1%。",
                "different_numbers",
            ),
            (
                "今年出口总额350亿元。市商务局说，今年出口总额达到305亿元。",
                "different_numbers",
            ),
            ("生产总值增长5%\n全年生产总值增长5个百分点。", "different_numbers"),
            ("GDP达到1200亿元。GDP达到1200万元。", "slip"),
            ("1.9亿元的损失被挽回\n民警为群众挽回损失1.9万元。", "slip"),
            ("挽回经济损失1.9万元。近日，1.9亿元经济损失已被成功挽回。", "slip"),
            ("挽回的损失达1.9亿元。损失1.9万元被及时挽回。", "slip"),
            (
                "30辆被盗汽车已全部得到追回。民警追回被盗汽车35辆。",
                "different_numbers",
            ),
            ("园区总产值1.2亿元\n园区总产值1.2万元", "slip"),
            ("案件由200起降至100起，下降60%。", "growth"),
            ("产量由100吨增至300吨，增长3倍。", "growth"),
            ("警情从2020年的9.8万起降至2024年的4.1万起，下降68.2%", "growth"),
            ("甲、乙、丙三类分别占45%、40%和30%。", "shares"),
            ("工业占40%、农业占35%、服务业占30%。", "shares"),
            ("工业占40%，农业占35%，服务业占比达30%。", "shares"),
            ("新建小学8所、中学6所，共计20所。", "shares"),
            ("共有教师30人（男18人、女14人）。", "shares"),
            ("北区、南区和东区分别新建3所、5所学校", "unequal_lists"),
            ("会议定于2月30日召开", "impossible_date"),
            ("2025年9月15日（星期三）开幕", "wrong_weekday"),
            ("2025年9月15日 星期三 第6版", "wrong_weekday"),
            ("2025年9月15日周三上午9时开幕", "wrong_weekday"),
            ("产品合格率达到105%", "percent_out_of_range"),
        ] {
            let found = kinds(text);
            assert!(found.contains(&kind), "{text}: {found:?}");
        }
    }

    #[test]
    fn keeps_quiet_where_it_adds_up() {
        for text in [
            "5.8万多个集体和个人受奖\n共有5.8万多个集体和个人受奖",
            "案件由200起降至100起，下降50%。",
            "警情从2020年的9.8万起降至2024年的4.1万起，下降58.2%",
            "甲、乙、丙三类分别占45%、40%和15%。",
            "北区、南区和东区分别新建3所、5所和8所学校",
            "工业占40%、农业占35%、服务业占25%。",
            "工业占33.4%、农业占33.3%、服务业占33.4%。",
            "男性占60%，党员占70%，本科以上占45%。",
            "产量占全国的60%、占全省的80%。",
            "工业占70%，其中电子占60%、汽车占40%。",
            "新建小学8所、中学6所，共计14所。",
            "新建小学8所、中学6所等，共计20所。",
            "第一季度农作物产量下降7.8%，其中大米和玉米的产量分别下降13.4%和23.5%。",
            "产量由100吨增至300吨，增长2倍。",
            "产量由100吨增至300吨，是原来的3倍。",
            "工业产值300亿元，同比增长3.2%；农业产值200亿元，同比增长5%。",
            "2023年出口总额305亿元。2024年出口总额350亿元。",
            "北京最高气温30℃，上海最高气温32℃，广州最高气温35℃。",
            "十八集电视连续剧《甲》开拍。二十二集电视连续剧《乙》播出。",
            "天津雷阵雨30℃ 呼和浩特晴31℃\n天津雷阵雨32℃ 呼和浩特晴30℃",
            "北区、南区和东区分别新建3所、5所学校和8所医院",
            "会议定于2月28日召开",
            "2025年9月15日（星期一）开幕",
            "2025年9月15日 星期一 第6版",
            "2025年9月15日星期一至9月19日星期五",
            "产品合格率达到100%",
            "产值比上年增长120%",
            "两地分别新建3所、5所学校",
            "30多项工作经验被推广，出台30项措施",
            "1.9万元的损失被挽回\n民警为群众挽回损失1.9万元。",
            "挽回损失1.9万元，其中1.5万元的损失被当场挽回。",
            "1.9亿元的损失被挽回。缴获赃款1.9万元。",
            "去年1.9亿元的损失被挽回。今年挽回损失1.5亿元。",
            "5.8万多个集体和个人受奖，57个集体和个人立功",
        ] {
            assert_eq!(kinds(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn shows_both_places_and_the_arithmetic() {
        let text = "案件由200起降至100起，下降60%。";
        let findings = check(text, &find(text, None));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].places.len(), 3);
        assert!(
            findings[0].zh.contains("50.0%") && findings[0].en.contains("60%"),
            "{:?}",
            findings[0]
        );
    }
}
