//! Names and their figures: 北区、南区分别新建3所、5所.

use super::{Article, Finding, FindingKind};
use crate::suggest::figures::Figure;

/// A noun between two figures of a list, and the word that joins them, in characters.
const LONGEST_NOUN: usize = 10;

impl Article<'_> {
    /// A、B、C分别为1和2: as many names as figures.
    pub(super) fn lists(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for run in self.runs() {
            let Some(first) = run.first() else {
                continue;
            };
            let clause: String = self.sentence_before(first).iter().collect();
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
            let goes_on = run.last().is_some_and(|last| self.goes_on(last));
            if run.len() < 2 || !listed || count == run.len() || (goes_on && count > run.len()) {
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

    /// 3所、5所[学校和]8所医院: whether the list goes on behind a noun.
    fn goes_on(&self, last: &Figure) -> bool {
        let next = self
            .numbers
            .partition_point(|figure| figure.range.start < last.range.end);
        let between = self.numbers.get(next).and_then(|next| self.between(last, next));
        between.is_some_and(|between| {
            between.chars().count() <= LONGEST_NOUN && between.contains(['、', '和', '及', '与', '，'])
        })
    }
}
