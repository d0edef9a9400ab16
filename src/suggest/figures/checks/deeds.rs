//! The same deed told in another order of words: 挽回损失1.9万元, 1.9亿元的损失被挽回, 挽回的损失达1.9亿元.
//!
//! Only what stands turned around somewhere is looked for in its usual order: elsewhere the words before a figure are
//! compared as they stand.

use std::collections::HashMap;

use super::Article;
use super::repeats::Thing;
use crate::suggest::figures::Figure;
use crate::suggest::figures::line::is_han;

/// How many characters a verb and the head of what it is done to have.
const WORD: usize = 2;

/// How far before or after a figure the words of its deed may stand, in characters.
const REACH: usize = 16;

/// The most objects of one verb that are looked for: each figure is held against all of its verb's.
const OBJECTS: usize = 64;

/// Words that turn a deed around.
const PASSIVE: &[&str] = &["被", "得到", "得以"];

/// Words that may stand before or behind one of them.
const ADVERBS: &[&str] = &[
    "已经", "全部", "悉数", "依法", "成功", "及时", "当场", "已", "均", "都", "也", "的",
];

/// Words with which a figure tells of a part, a mean or a change of what another one tells.
const OTHERWISE: &[&str] = &["其中", "平均", "每", "同比", "环比", "另"];

/// What is done, and to what and in which unit: the deeds that are told turned around.
pub(super) type Turned = HashMap<String, Vec<(String, String)>>;

impl Article<'_> {
    /// The deeds that one of the figures at `counting` tells turned around.
    pub(super) fn turned(&self, counting: &[usize]) -> Turned {
        let mut turned = Turned::new();
        for figure in counting.iter().filter_map(|index| self.figures.get(*index)) {
            if let (Some((verb, object)), Some(unit)) = (self.passive(figure), &figure.value.unit) {
                let objects = turned.entry(verb).or_default();
                let object = (object, unit.raw.clone());
                if objects.len() < OBJECTS && !objects.contains(&object) {
                    objects.push(object);
                }
            }
        }
        turned
    }

    /// The deeds among `turned` that the figure at `index` tells, in whatever order.
    pub(super) fn deeds(&self, index: usize, turned: &Turned) -> Vec<Thing> {
        let Some(figure) = self.figures.get(index).filter(|_| !turned.is_empty()) else {
            return Vec::new();
        };
        let Some(unit) = &figure.value.unit else {
            return Vec::new();
        };
        let before = self.words_before(figure);
        let told: String = before.iter().collect();
        if OTHERWISE.iter().any(|word| told.contains(word)) {
            return Vec::new();
        }
        let mut deeds = Vec::new();
        let words = [before, self.words_after(figure)];
        let has = |word: &str| {
            let mut all = words.iter().flat_map(|words| words.windows(WORD));
            all.any(|pair| pair.iter().copied().eq(word.chars()))
        };
        for verb in words.iter().flat_map(|words| words.windows(WORD)) {
            let verb: String = verb.iter().collect();
            for (object, raw) in turned.get(&verb).into_iter().flatten() {
                let deed = Thing::Deed(format!("{verb}{object}"), raw.clone());
                if *raw == unit.raw && has(object) && !deeds.contains(&deed) {
                    deeds.push(deed);
                }
            }
        }
        deeds
    }

    /// 挽回 and 损失 of 1.9亿元的损失被挽回, or of 损失1.9亿元被挽回.
    fn passive(&self, figure: &Figure) -> Option<(String, String)> {
        let after: String = self.words_after(figure).into_iter().collect();
        let marks = PASSIVE.iter().filter_map(|word| Some((after.rfind(word)?, word)));
        let (at, word) = marks.max()?;
        let (mut noun, mut deed) = (after.get(..at)?, after.get(at + word.len()..)?);
        while let Some(rest) = ADVERBS.iter().find_map(|word| noun.strip_suffix(word)) {
            noun = rest;
        }
        while let Some(rest) = ADVERBS.iter().find_map(|word| deed.strip_prefix(word)) {
            deed = rest;
        }
        let verb: String = deed.chars().take(WORD).collect();
        let noun: Vec<char> = noun.chars().filter(|char| *char != '的').collect();
        let object = if noun.is_empty() {
            self.words_before(figure)
        } else {
            noun
        };
        let head: String = object.get(object.len().checked_sub(WORD)?..)?.iter().collect();
        (verb.chars().count() == WORD).then_some((verb, head))
    }

    /// The Chinese characters just before a figure.
    fn words_before(&self, figure: &Figure) -> Vec<char> {
        let end = figure.range.start.to_usize();
        let near = self.chars.get(end.saturating_sub(REACH)..end).unwrap_or_default();
        let start = near.iter().rposition(|char| !is_han(*char)).map_or(0, |at| at + 1);
        near.get(start..).unwrap_or_default().to_vec()
    }

    /// The Chinese characters just after a figure.
    fn words_after(&self, figure: &Figure) -> Vec<char> {
        let after = self.chars.get(figure.range.end.to_usize()..).unwrap_or_default();
        after
            .iter()
            .copied()
            .take(REACH)
            .take_while(|char| is_han(*char))
            .collect()
    }
}
