//! What can be checked inside one article: figures that contradict each other. Each finding is a hint with its
//! arithmetic, never a change.

mod sums;

use std::collections::HashMap;

use super::calendar::{Date, days_in_month};
use super::decimal::Decimal;
use super::line::ends_sentence;
use super::value::{Dimension, FigureValue, Kind};
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
    figures: &'a [Figure],
}

/// How many characters of the counted noun must agree before two figures count the same thing.
const SAME_NOUN: usize = 4;

/// How many characters after two different numbers must agree before one of them is doubted.
const SAME_WORDS: usize = 5;

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
        (between.len() <= 60 && !between.iter().copied().any(ends_sentence)).then(|| between.iter().collect())
    }

    /// The first characters of what a figure counts: nothing where no noun follows.
    fn noun(&self, figure: &Figure) -> Option<String> {
        let start = figure.range.end.to_usize();
        let noun: String = self.chars.get(start..)?.iter().take(SAME_NOUN).collect();
        let whole = noun.chars().count() == SAME_NOUN && noun.chars().all(super::line::is_han);
        (whole && !noun.starts_with(['的', '和', '以', '是', '在', '，'])).then_some(noun)
    }

    /// How many characters after the two figures agree.
    fn same_words_after(&self, left: &Figure, right: &Figure) -> usize {
        let after = |figure: &Figure| self.chars.get(figure.range.end.to_usize()..).unwrap_or_default().iter();
        after(left)
            .zip(after(right))
            .take_while(|(left, right)| left == right)
            .count()
    }

    /// The same noun counted twice: a headline and the text.
    fn repeats(&self) -> Vec<Finding> {
        let mut first_of: HashMap<(String, String), &Figure> = HashMap::new();
        let mut findings = Vec::new();
        for figure in self.figures.iter().filter(|figure| figure.label == FigureLabel::Figure) {
            let value = &figure.value;
            let (Some(noun), Some(unit), Some(number)) = (self.noun(figure), &value.unit, exact(value)) else {
                continue;
            };
            if !matches!(value.kind, Kind::Count | Kind::Money | Kind::Measure) {
                continue;
            }
            let Some(first) = first_of.get(&(unit.raw.clone(), noun.clone())) else {
                first_of.insert((unit.raw.clone(), noun), figure);
                continue;
            };
            let Some(before) = exact(&first.value) else {
                continue;
            };
            let (left, right) = (self.printed(first), self.printed(figure));
            let places = vec![first.range, figure.range];
            if before == number {
                if first.value.approx != value.approx {
                    findings.push(Finding {
                        places,
                        kind: FindingKind::DifferentModifiers,
                        zh: format!("同一数字两种说法：“{left}”与“{right}”（{noun}）"),
                        en: format!("The same number said in two ways: “{left}” and “{right}” ({noun})"),
                    });
                }
                continue;
            }
            let slip = [4, 8]
                .into_iter()
                .any(|power| before.shift(power) == Some(number) || number.shift(power) == Some(before));
            // Two numbers far apart count two things that share a noun.
            let (less, more) = (before.min(number), before.max(number));
            let near = less.times(Decimal::whole(2)).is_some_and(|twice| more <= twice);
            let doubtful = slip || (near && self.same_words_after(first, figure) >= SAME_WORDS);
            if !doubtful {
                continue;
            }
            let (kind, zh, en) = if slip {
                (FindingKind::Slip, "相差万倍", "a factor of ten thousand")
            } else {
                (FindingKind::DifferentNumbers, "前后不一", "they differ")
            };
            findings.push(Finding {
                places,
                kind,
                zh: format!("{left} = {before}，{right} = {number}：{zh}（{noun}）"),
                en: format!("{left} = {before}, {right} = {number}: {en} ({noun})"),
            });
        }
        findings
    }

    /// 由A降至B，下降N%.
    fn growth(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let figures: Vec<&Figure> = self
            .figures
            .iter()
            .filter(|figure| figure.label == FigureLabel::Figure)
            .collect();
        for window in figures.windows(3) {
            let [from, to, change] = window else {
                continue;
            };
            let (Some(road), Some(said)) = (self.between(from, to), self.between(to, change)) else {
                continue;
            };
            let changed = [
                "降至",
                "降到",
                "降为",
                "减至",
                "减少到",
                "下降到",
                "下降至",
                "增至",
                "增加到",
                "增长到",
                "升至",
                "升到",
                "提高到",
                "提升至",
                "上升到",
                "上升至",
            ];
            let told = [
                "下降", "降低", "减少", "降幅", "增长", "增加", "提高", "上升", "增幅", "提升",
            ];
            let same_unit =
                from.value.unit.as_ref().map(|unit| &unit.raw) == to.value.unit.as_ref().map(|unit| &unit.raw);
            let percent = change.value.unit.as_ref().is_some_and(|unit| unit.raw == "%");
            let applies = same_unit
                && percent
                && changed.iter().any(|word| road.contains(word))
                && told.iter().any(|word| said.contains(word));
            if !applies || said.contains('较') || said.contains('比') || change.value.approx.is_some() {
                continue;
            }
            let (Some(before), Some(after), Some(printed)) =
                (exact(&from.value), exact(&to.value), exact(&change.value))
            else {
                continue;
            };
            let Some(real) = change_in_percent(before, after, printed.places()) else {
                continue;
            };
            let ends = [(from, before), (to, after)].map(|(figure, number)| self.rounding(figure, number));
            let near = tolerance(before, after, ends, printed).is_some_and(|tolerance| {
                real.minus(printed.magnitude())
                    .is_some_and(|difference| difference.magnitude() <= tolerance)
            });
            if near {
                continue;
            }
            let (left, right) = (self.printed(from), self.printed(to));
            findings.push(Finding {
                places: vec![from.range, to.range, change.range],
                kind: FindingKind::Growth,
                zh: format!("|{right} − {left}| ÷ {left} = {real}%，文中为 {printed}%"),
                en: format!("|{right} − {left}| ÷ {left} = {real}%, the text says {printed}%"),
            });
        }
        findings
    }

    /// Half a unit of the last digit printed where there is a point or a multiplier: 500 for 9.8万. Whole numbers are
    /// exact.
    fn rounding(&self, figure: &Figure, number: Decimal) -> Decimal {
        let core = self.slice(figure.core.start.to_usize(), figure.core.end.to_usize());
        let rounded = core.contains(['.', '．', '·', '万', '亿']);
        let digits: String = core.chars().filter(char::is_ascii_digit).collect();
        let last_place = Decimal::parse(&digits)
            .filter(|_| rounded)
            .and_then(|digits| number.magnitude().divided(digits, 6));
        last_place
            .and_then(|place| place.divided(Decimal::whole(2), 6))
            .unwrap_or(Decimal::ZERO)
    }

    /// Shares that 分别占 names, together more than a hundred percent.
    fn shares(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for run in self.runs() {
            let before = run.first().map(|first| self.before(first, 8)).unwrap_or_default();
            let shares: Option<Vec<Decimal>> = run
                .iter()
                .map(|figure| {
                    exact(&figure.value).filter(|_| figure.value.kind == Kind::Percent && figure.value.approx.is_none())
                })
                .collect();
            let Some(shares) = shares.filter(|shares| shares.len() > 1 && before.contains("占")) else {
                continue;
            };
            let sum = shares.iter().try_fold(Decimal::ZERO, |sum, share| sum.plus(*share));
            let Some(sum) = sum.filter(|sum| *sum > Decimal::whole(101)) else {
                continue;
            };
            let terms = shares.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ");
            findings.push(Finding {
                places: run.iter().map(|figure| figure.range).collect(),
                kind: FindingKind::Shares,
                zh: format!("{terms} = {sum}%，超过 100%"),
                en: format!("{terms} = {sum}%, more than 100%"),
            });
        }
        findings
    }

    /// Figures that stand in one list: only 、 和 及 以及 与 or a comma between them.
    fn runs(&self) -> Vec<Vec<&Figure>> {
        let mut runs: Vec<Vec<&Figure>> = Vec::new();
        for figure in self.figures.iter().filter(|figure| figure.label == FigureLabel::Figure) {
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

    fn before(&self, figure: &Figure, count: usize) -> String {
        let end = figure.range.start.to_usize();
        self.slice(end.saturating_sub(count), end)
    }

    /// A、B、C分别为1和2: as many names as figures.
    fn lists(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for run in self.runs() {
            let Some(first) = run.first() else {
                continue;
            };
            let clause = self.clause_before(first);
            let Some((names, _)) = clause.rsplit_once("分别") else {
                continue;
            };
            let names = names.rsplit(['，', ',', '：', '。', '；']).next().unwrap_or("");
            let count = names
                .split(['、', '和', '与', '及'])
                .filter(|name| !name.trim().is_empty())
                .count();
            // One name, or figures in the names, is a list told elsewhere.
            let listed = names.contains('、') && !names.chars().any(|char| char.is_ascii_digit());
            if run.len() < 2 || !listed || count == run.len() {
                continue;
            }
            findings.push(Finding {
                places: run.iter().map(|figure| figure.range).collect(),
                kind: FindingKind::UnequalLists,
                zh: format!("“{names}”为 {count} 项，数字为 {} 个", run.len()),
                en: format!("“{names}” names {count}, the figures are {}", run.len()),
            });
        }
        findings
    }

    fn clause_before(&self, figure: &Figure) -> String {
        let end = figure.range.start.to_usize();
        let before = self.chars.get(..end).unwrap_or_default();
        let start = before
            .iter()
            .rposition(|char| ends_sentence(*char))
            .map_or(0, |index| index + 1);
        self.slice(start.max(end.saturating_sub(60)), end)
    }

    /// Days that do not exist, and weekdays beside a date that it does not have.
    fn dates(&self) -> Vec<Finding> {
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
            let Some(next) = self.figures.get(index + 1) else {
                continue;
            };
            let beside = self
                .between(figure, next)
                .is_some_and(|between| matches!(between.as_str(), "" | "（" | "(" | "，" | "、"));
            let (Some(date), Some(said)) = (
                year.and_then(|year| Date::new(year, month, day)),
                weekday_of(&self.printed(next)),
            ) else {
                continue;
            };
            if beside && date.weekday() != said {
                let names = ["一", "二", "三", "四", "五", "六", "日"];
                let real = names.get(usize::from(date.weekday()) - 1).copied().unwrap_or_default();
                let weekday = self.printed(next);
                findings.push(Finding {
                    places: vec![figure.range, next.range],
                    kind: FindingKind::WrongWeekday,
                    zh: format!("{date} 是星期{real}，文中为{weekday}"),
                    en: format!("{date} is weekday {}, the text says {weekday}", date.weekday()),
                });
            }
        }
        findings
    }

    /// 占120%, 合格率105%: more than a whole.
    fn percents(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for figure in self.figures {
            let share =
                figure.value.unit.as_ref().is_some_and(|unit| {
                    unit.code.as_deref() == Some("%") && unit.dimension == Some(Dimension::Percent)
                });
            if !share || exact(&figure.value).is_none_or(|number| number <= Decimal::whole(100)) {
                continue;
            }
            let before = self.before(figure, 8);
            let whole = [
                "占",
                "合格率",
                "覆盖率",
                "满意度",
                "满意率",
                "出勤率",
                "破案率",
                "就业率",
                "及格率",
                "优良率",
                "普及率",
                "入学率",
                "达标率",
                "成活率",
            ];
            let subject = whole
                .iter()
                .filter_map(|word| before.rfind(word).map(|at| (at, *word)))
                .max();
            let Some((_, subject)) = subject.filter(|_| !before.contains(['增', '升', '超', '比'])) else {
                continue;
            };
            let printed = self.printed(figure);
            findings.push(Finding {
                places: vec![figure.range],
                kind: FindingKind::PercentOutOfRange,
                zh: format!("{subject} {printed} > 100%"),
                en: format!("{subject} {printed} > 100%"),
            });
        }
        findings
    }
}

fn exact(value: &FigureValue) -> Option<Decimal> {
    value.value.as_deref().and_then(Decimal::parse)
}

/// |to − from| ÷ from, in percent with one digit more than is printed.
fn change_in_percent(from: Decimal, to: Decimal, places: u32) -> Option<Decimal> {
    let difference = to.minus(from)?.magnitude();
    difference
        .times(Decimal::whole(100))?
        .divided(from.magnitude(), places.max(1))
}

/// How far the printed percentage may be off because both ends and it itself are rounded.
fn tolerance(from: Decimal, to: Decimal, rounding: [Decimal; 2], printed: Decimal) -> Option<Decimal> {
    let [round_from, round_to] = rounding;
    // d(to/from) = d(to)/from + to·d(from)/from²
    let share = to.times(round_from)?.divided(from.magnitude(), 6)?;
    let ends = round_to
        .plus(share.magnitude())?
        .times(Decimal::whole(100))?
        .divided(from.magnitude(), 6)?;
    let own = Decimal::whole(1).shift(-i32::try_from(printed.places()).ok()?)?;
    ends.plus(own)
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
            ("案件由200起降至100起，下降60%。", "growth"),
            ("警情从2020年的9.8万起降至2024年的4.1万起，下降68.2%", "growth"),
            ("甲、乙、丙三类分别占45%、40%和30%。", "shares"),
            ("北区、南区和东区分别新建3所、5所学校", "unequal_lists"),
            ("会议定于2月30日召开", "impossible_date"),
            ("2025年9月15日（星期三）开幕", "wrong_weekday"),
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
            "会议定于2月28日召开",
            "2025年9月15日（星期一）开幕",
            "产品合格率达到100%",
            "产值比上年增长120%",
            "两地分别新建3所、5所学校",
            "30多项工作经验被推广，出台30项措施",
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
