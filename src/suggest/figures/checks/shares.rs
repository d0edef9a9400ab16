//! Shares of one whole.

use super::{Article, Finding, FindingKind, exact, terms};
use crate::suggest::figures::Figure;
use crate::suggest::figures::decimal::Decimal;
use crate::suggest::figures::line::is_han;
use crate::suggest::figures::value::{Dimension, Kind};

/// Three or more parts told in clauses of their own are taken for one whole up to this sum: 男性占60%，党员占70% are two ways of
/// dividing it.
const NEAR_WHOLE: i64 = 120;

/// How a share joins the one before it in the sentence.
#[derive(Clone, Copy, PartialEq)]
enum Joint {
    /// 、 or 和: one list.
    List,
    /// A comma: clauses.
    Clause,
}

impl Article<'_> {
    /// 工业占40%、农业占35%、服务业占30%; 分别占45%、40%和30%: together more than a hundred percent.
    pub(super) fn shares(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut run: Vec<(&Figure, Decimal)> = Vec::new();
        let mut whole = String::new();
        let mut is_list = true;
        for figure in self.numbers.iter().copied() {
            let share = exact(&figure.value).filter(|_| figure.value.kind == Kind::Percent && is_percent(figure));
            let joint = run.last().and_then(|(last, _)| self.joint(last, figure, &whole));
            if let (Some(joint), Some(share)) = (joint, share) {
                is_list &= joint == Joint::List;
                run.push((figure, share));
                continue;
            }
            findings.extend(too_much(&run, is_list));
            run.clear();
            let said: String = self.sentence_before(figure).iter().collect();
            if let (Some((_, of)), Some(share)) = (said.rsplit_once('占'), share) {
                (whole, is_list) = (whole_of(of), true);
                if whole.chars().count() <= LONGEST_WHOLE {
                    run.push((figure, share));
                }
            }
        }
        findings.extend(too_much(&run, is_list));
        findings
    }

    /// How `next` is joined to the share before it, if it is another share of `whole`.
    fn joint(&self, last: &Figure, next: &Figure, whole: &str) -> Option<Joint> {
        let between = self.between(last, next)?;
        if matches!(between.as_str(), "、" | "和" | "及" | "以及" | "与" | "，" | ",") {
            return Some(Joint::List);
        }
        let (name, of) = between.rsplit_once('占')?;
        // 占全国的30%、占全省的80% are shares of two wholes; 其中 opens a smaller one.
        let of = whole_of(of);
        let named = name.chars().filter(|char| is_han(*char)).count() > 0;
        if !(named && (of.is_empty() || of == whole)) || name.contains("其中") || name.chars().count() > LONGEST_NAME
        {
            return None;
        }
        Some(if name.contains(['，', ',']) {
            Joint::Clause
        } else {
            Joint::List
        })
    }

    /// 占120%, 合格率105%: more than a whole.
    pub(super) fn percents(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for figure in self.figures {
            let share =
                figure.value.unit.as_ref().is_some_and(|unit| {
                    unit.code.as_deref() == Some("%") && unit.dimension == Some(Dimension::Percent)
                });
            if !share || exact(&figure.value).is_none_or(|number| number <= Decimal::whole(100)) {
                continue;
            }
            let before = self.sentence_before(figure);
            let before: String = before
                .get(before.len().saturating_sub(8)..)
                .unwrap_or_default()
                .iter()
                .collect();
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

/// The longest name of a part, with the mark before it.
const LONGEST_NAME: usize = 16;
/// The longest name of a whole after 占.
const LONGEST_WHOLE: usize = 10;

/// The whole that is named after 占: nothing of 占比达, 总数 of 占总数的.
fn whole_of(after: &str) -> String {
    let words = after.trim_start_matches(['比', '了']);
    words
        .trim_end_matches(['的', '为', '达', '到', '约', '近', '：'])
        .to_owned()
}

fn is_percent(figure: &Figure) -> bool {
    let unit = figure.value.unit.as_ref();
    figure.value.approx.is_none() && unit.is_some_and(|unit| unit.code.as_deref() == Some("%"))
}

fn too_much(run: &[(&Figure, Decimal)], is_list: bool) -> Option<Finding> {
    let shares: Vec<Decimal> = run.iter().map(|(_, share)| *share).collect();
    let sum = shares.iter().try_fold(Decimal::ZERO, |sum, share| sum.plus(*share))?;
    // Each share may be rounded up by half of its last place.
    let places = shares.iter().map(|share| share.places()).max()?;
    let half = Decimal::parse("0.5")?.shift(-i32::try_from(places).ok()?)?;
    let rounded = half.times(Decimal::whole(i64::try_from(shares.len()).ok()?))?;
    let most = Decimal::whole(100).plus(rounded)?;
    let two_ways = !is_list && (shares.len() < 3 || sum > Decimal::whole(NEAR_WHOLE));
    if shares.len() < 2 || sum <= most || two_ways {
        return None;
    }
    let terms = terms(&shares);
    Some(Finding {
        places: run.iter().map(|(figure, _)| figure.range).collect(),
        kind: FindingKind::Shares,
        zh: format!("{terms} = {sum}%，超过 100%"),
        en: format!("{terms} = {sum}%, more than 100%"),
    })
}
