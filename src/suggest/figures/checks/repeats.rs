//! The same thing said twice: a headline and the text.

use std::collections::{HashMap, HashSet};

use super::{Article, Finding, FindingKind, exact};
use crate::suggest::figures::decimal::Decimal;
use crate::suggest::figures::line::{is_han, is_space};
use crate::suggest::figures::sentences::Sentences;
use crate::suggest::figures::value::Kind;
use crate::suggest::figures::{Figure, FigureLabel, facts};

/// How many characters of the counted noun must agree before two figures count the same thing.
const SAME_NOUN: usize = 4;

/// How many characters after two different numbers must agree before one of them is doubted.
const SAME_WORDS: usize = 5;

/// How far after a figure the title may begin that tells what is counted, in characters.
const TITLE_REACH: usize = 10;

/// The fewest and the most characters of the words before a figure that say what it measures.
const LABEL: std::ops::RangeInclusive<usize> = 3..=20;

/// The fewest of them before two different numbers are doubted that are no slip.
const LONG_LABEL: usize = 4;

/// What figures that say the same thing have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Thing {
    /// The words after a figure, with its unit: 个集体和个.
    Noun(String, String),
    /// The words before it, with its unit; % and 百分点 are one: 刑事案件总量下降.
    Label(String, String),
    /// What is done to what, in whatever order, with its unit: 挽回损失 of 损失被挽回.
    Deed(String, String),
}

/// Words before an indicator that say for where or since when, and change nothing of what it is.
const SCOPES: &[&str] = &[
    "截至目前",
    "据统计",
    "目前",
    "全国",
    "全省",
    "全市",
    "全区",
    "全县",
    "我国",
    "我省",
    "我市",
    "我区",
    "我县",
    "本市",
    "该市",
    "该区",
    "该县",
    "全年",
    "同时",
    "累计",
    "共计",
    "共",
    "我们",
];

/// Words between an indicator and its number.
const VERBS: &[&str] = &[
    "达到", "共计", "累计", "超过", "共有", "达", "为", "是", "约", "至", "到", "了", "共", "有", "已", "仅", "只",
    "近", "：", ":", "的",
];

/// Words with which something is told about an indicator that was named elsewhere.
const RELATIONS: &[&str] = &[
    "同比", "环比", "较", "比", "下降", "降", "减少", "增", "提高", "提升", "上升", "升", "回落", "分别", "占", "其中",
    "平均", "每", "从", "由", "第", "最", "另",
];

impl Article<'_> {
    /// The same thing with different numbers, or with one number bent in two ways.
    pub(super) fn repeats(&self) -> Vec<Finding> {
        let times = facts::times(&self.chars, self.figures, &Sentences::of(&self.chars));
        let counting: Vec<usize> = (0..self.figures.len())
            .filter(|index| {
                let figure = &self.figures[*index];
                figure.label == FigureLabel::Figure && exact(&figure.value).is_some()
            })
            .collect();
        let turned = self.turned(&counting);
        let mut said: Vec<(Thing, Vec<usize>)> = Vec::new();
        let mut places: HashMap<Thing, usize> = HashMap::new();
        for index in counting {
            for thing in self.things(index).into_iter().chain(self.deeds(index, &turned)) {
                let place = *places.entry(thing.clone()).or_insert(said.len());
                match said.get_mut(place) {
                    Some((_, group)) => group.push(index),
                    None => said.push((thing, vec![index])),
                }
            }
        }
        let mut found = HashSet::new();
        let mut findings = Vec::new();
        for (thing, group) in said.iter().filter(|(_, group)| group.len() > 1) {
            for finding in self.disagreements(thing, group, &times) {
                if found.insert(finding.places.clone()) {
                    findings.push(finding);
                }
            }
        }
        findings
    }

    /// What the figure at `index` says something about.
    fn things(&self, index: usize) -> Vec<Thing> {
        let Some(figure) = self.figures.get(index) else {
            return Vec::new();
        };
        let unit = figure.value.unit.as_ref();
        let raw = unit.map(|unit| unit.raw.clone()).unwrap_or_default();
        let kind = figure.value.kind;
        let noun = matches!(kind, Kind::Count | Kind::Money).then(|| self.noun(figure));
        let noun = noun.flatten().filter(|_| unit.is_some());
        let measures = matches!(
            kind,
            Kind::Count | Kind::Money | Kind::Measure | Kind::Percent | Kind::Ratio
        );
        let label = measures.then(|| self.label(index)).flatten();
        let label = label.filter(|label| LABEL.contains(&label.chars().count()) && unit.is_some());
        let share = if kind == Kind::Percent {
            "%".to_owned()
        } else {
            raw.clone()
        };
        let noun = noun.map(|noun| Thing::Noun(noun, raw));
        noun.into_iter()
            .chain(label.map(|label| Thing::Label(label, share)))
            .collect()
    }

    /// The first characters of what a figure counts: nothing where no noun follows.
    fn noun(&self, figure: &Figure) -> Option<String> {
        let start = figure.range.end.to_usize();
        let noun: String = self.chars.get(start..)?.iter().take(SAME_NOUN).collect();
        let whole = noun.chars().count() == SAME_NOUN && noun.chars().all(is_han);
        // 十八集电视连续剧《…》 counts what the title names.
        let mut near = self.chars.get(start..)?.iter().take(TITLE_REACH);
        if near.any(|char| matches!(char, '《' | '“')) {
            return None;
        }
        (whole && !noun.starts_with(['的', '和', '以', '是', '在', '，'])).then_some(noun)
    }

    /// The words of the clause before the figure at `index` that say what it measures; nothing where they only go on
    /// about something named before.
    fn label(&self, index: usize) -> Option<String> {
        let end = self.figures.get(index)?.range.start.to_usize();
        let mut start = end;
        let is_word = |char: &char| is_han(*char) || char.is_ascii_alphanumeric() || *char == '的';
        while start > 0 && end - start <= *LABEL.end() && self.chars.get(start - 1).is_some_and(is_word) {
            start -= 1;
        }
        // 18℃ 太原晴16℃: in a table the words belong to the row.
        if self
            .chars
            .get(self.figures.get(index)?.range.end.to_usize())
            .copied()
            .is_some_and(is_space)
        {
            return None;
        }
        let mut row = start;
        while row > 0 && self.chars.get(row - 1).copied().is_some_and(is_space) {
            row -= 1;
        }
        // Behind another number, which is told of something else, and behind a time that opens the clause.
        for figure in self.figures.get(..index)?.iter().rev() {
            let (from, to) = (figure.range.start.to_usize(), figure.range.end.to_usize());
            if figure.label == FigureLabel::Figure && to >= row {
                return None;
            }
            if to <= start {
                break;
            }
            if from <= start {
                start = to;
                break;
            }
        }
        let words = self.slice(start, end);
        let mut label = words.as_str();
        while let Some(rest) = SCOPES.iter().find_map(|scope| label.strip_prefix(scope)) {
            label = rest;
        }
        while let Some(rest) = VERBS.iter().find_map(|verb| label.strip_suffix(verb)) {
            label = rest;
        }
        (!RELATIONS.iter().any(|relation| label.starts_with(relation))).then(|| label.to_owned())
    }

    /// The last two characters before a figure that tell what is done: 查获 of 共查获30件.
    fn verb(&self, figure: &Figure) -> String {
        let before = self.sentence_before(figure);
        let words: String = before.iter().rev().take_while(|char| is_han(**char)).take(6).collect();
        let words: String = words.chars().rev().collect();
        let mut verb = words.as_str();
        while let Some(rest) = VERBS.iter().find_map(|verb_end| verb.strip_suffix(verb_end)) {
            verb = rest;
        }
        let skip = verb.chars().count().saturating_sub(2);
        verb.chars().skip(skip).collect()
    }

    /// How many characters after the two figures agree.
    fn same_words_after(&self, left: &Figure, right: &Figure) -> usize {
        let after = |figure: &Figure| self.chars.get(figure.range.end.to_usize()..).unwrap_or_default().iter();
        after(left)
            .zip(after(right))
            .take_while(|(left, right)| left == right)
            .count()
    }

    /// Each later figure of a group beside the first.
    fn disagreements(&self, thing: &Thing, group: &[usize], times: &[Option<usize>]) -> Vec<Finding> {
        let figure = |index: &usize| self.figures.get(*index);
        let numbers: HashSet<String> = group
            .iter()
            .filter_map(|index| Some(exact(&figure(index)?.value)?.trimmed().to_string()))
            .collect();
        // Three numbers for one word are a list of things called by it.
        let is_list = numbers.len() > 2;
        let Some((first_index, first)) = group.first().and_then(|index| Some((index, figure(index)?))) else {
            return Vec::new();
        };
        let time = |index: usize| {
            let time = times.get(index).copied().flatten();
            time.and_then(|time| self.figures.get(time)?.value.timex.as_deref())
        };
        let later = group.iter().skip(1).filter_map(|index| {
            let second = figure(index)?;
            let other_time = matches!((time(*first_index), time(*index)), (Some(left), Some(right)) if left != right);
            (!other_time)
                .then(|| self.disagreement(thing, first, second, is_list))
                .flatten()
        });
        later.collect()
    }

    fn disagreement(&self, thing: &Thing, first: &Figure, second: &Figure, is_list: bool) -> Option<Finding> {
        let (Thing::Noun(name, _) | Thing::Label(name, _) | Thing::Deed(name, _)) = thing;
        let (before, number) = (exact(&first.value)?, exact(&second.value)?);
        let (left, right) = (self.printed(first), self.printed(second));
        let places = vec![first.range, second.range];
        let unit = |figure: &Figure| figure.value.unit.as_ref().map(|unit| unit.raw.clone());
        if before == number {
            let bent = first.value.approx != second.value.approx;
            let measured_otherwise = first.value.kind == Kind::Percent && is_points(first) != is_points(second);
            let kind = match (measured_otherwise, bent) {
                (true, _) => FindingKind::DifferentNumbers,
                (_, true) => FindingKind::DifferentModifiers,
                _ => return None,
            };
            let zh = format!("同一数字两种说法：“{left}”与“{right}”（{name}）");
            let en = format!("The same number said in two ways: “{left}” and “{right}” ({name})");
            return Some(Finding { places, kind, zh, en });
        }
        if unit(first) != unit(second) {
            return None;
        }
        let slip = [4, 8]
            .into_iter()
            .any(|power| before.shift(power) == Some(number) || number.shift(power) == Some(before));
        // Two numbers far apart count two things that share a name.
        let (less, more) = (before.min(number), before.max(number));
        let near = less.times(Decimal::whole(2)).is_some_and(|twice| more <= twice);
        let same = match thing {
            Thing::Noun(..) => {
                let (left, right) = (self.verb(first), self.verb(second));
                let done = left == right || left.is_empty() || right.is_empty();
                done && self.same_words_after(first, second) >= SAME_WORDS
            }
            Thing::Label(label, _) => label.chars().count() >= LONG_LABEL,
            Thing::Deed(..) => true,
        };
        if !slip && (is_list || !near || !same) {
            return None;
        }
        let (kind, zh, en) = if slip {
            (FindingKind::Slip, "相差万倍", "a factor of ten thousand")
        } else {
            (FindingKind::DifferentNumbers, "前后不一", "they differ")
        };
        Some(Finding {
            places,
            kind,
            zh: format!("{left} = {before}，{right} = {number}：{zh}（{name}）"),
            en: format!("{left} = {before}, {right} = {number}: {en} ({name})"),
        })
    }
}

fn is_points(figure: &Figure) -> bool {
    figure
        .value
        .unit
        .as_ref()
        .is_some_and(|unit| unit.raw.ends_with("百分点"))
}
