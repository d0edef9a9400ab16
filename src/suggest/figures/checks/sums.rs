//! A whole and its parts: 共有职工300人，其中男180人、女140人; 小学8所、中学6所，共计14所.

use super::{Article, Finding, FindingKind, exact, terms};
use crate::suggest::figures::Figure;
use crate::suggest::figures::decimal::Decimal;
use crate::suggest::figures::value::Kind;

/// Characters that may stand between two parts: their names.
const PART_NAME: usize = 12;

/// No list of parts is longer.
const MOST_PARTS: usize = 30;

impl Article<'_> {
    /// Parts of one list, after 其中 or 包括 or in brackets, that come to more than the whole before it – less is no
    /// contradiction: not all parts need to be named – and a total after a list that is not its sum.
    pub(super) fn sums(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (number, pair) in self.numbers.windows(2).enumerate() {
            let [whole, first] = pair else { continue };
            let opens = |between: &String| {
                between.contains("其中") || between.contains("包括") || between.starts_with(['（', '('])
            };
            if self.between(whole, first).filter(opens).is_some() {
                findings.extend(too_much(whole, &self.parts_from(number + 1)));
            }
        }
        let mut number = 0;
        while number < self.numbers.len() {
            let parts = self.parts_from(number);
            number += parts.len().max(1);
            findings.extend(
                self.numbers
                    .get(number)
                    .and_then(|total| self.wrong_total(&parts, total)),
            );
        }
        findings
    }

    /// The figures of one list from `number` on.
    fn parts_from(&self, number: usize) -> Vec<&Figure> {
        let mut parts: Vec<&Figure> = self.numbers.get(number).copied().into_iter().collect();
        for next in self.numbers.iter().copied().skip(number + 1).take(MOST_PARTS) {
            let joins = |between: &String| {
                let is_listed = between.contains(['、', '和', '及', '与']);
                is_listed
                    && !between.contains(['，', '；', ',', ';', '）', ')'])
                    && between.chars().count() <= PART_NAME
            };
            let between = parts.last().and_then(|last| self.between(last, next));
            if between.filter(joins).is_none() {
                break;
            }
            parts.push(next);
        }
        parts
    }

    /// 小学8所、中学6所，共计20所.
    fn wrong_total(&self, parts: &[&Figure], total: &Figure) -> Option<Finding> {
        let between = self.between(parts.last()?, total)?;
        let totals = ["，共计", "，总计", "，合计", "，共", "，一共"].contains(&between.as_str());
        let open = between.contains('等');
        let (sum, shares) = sum_of(parts, total)?;
        let all = exact(&total.value)?;
        if !totals || open || sum == all {
            return None;
        }
        let terms = terms(&shares);
        Some(Finding {
            places: parts
                .iter()
                .copied()
                .chain([total])
                .map(|figure| figure.range)
                .collect(),
            kind: FindingKind::Shares,
            zh: format!("{terms} = {sum}，文中为 {all}"),
            en: format!("{terms} = {sum}, the text says {all}"),
        })
    }
}

/// The sum of parts that are exact and of the unit of the whole, with them. Rates of change have no sum.
fn sum_of(parts: &[&Figure], whole: &Figure) -> Option<(Decimal, Vec<Decimal>)> {
    let unit = |figure: &Figure| figure.value.unit.as_ref().map(|unit| unit.raw.clone());
    let number = |figure: &Figure| exact(&figure.value).filter(|_| figure.value.approx.is_none());
    let is_alike = unit(whole).is_some() && parts.iter().all(|part| unit(part) == unit(whole));
    let is_sum = matches!(whole.value.kind, Kind::Count | Kind::Money | Kind::Measure);
    if parts.len() < 2 || !is_alike || !is_sum || number(whole).is_none() {
        return None;
    }
    let shares: Vec<Decimal> = parts.iter().map(|part| number(part)).collect::<Option<_>>()?;
    let sum = shares.iter().try_fold(Decimal::ZERO, |sum, share| sum.plus(*share))?;
    Some((sum, shares))
}

fn too_much(whole: &Figure, parts: &[&Figure]) -> Option<Finding> {
    let (sum, shares) = sum_of(parts, whole)?;
    let all = exact(&whole.value)?;
    if sum <= all {
        return None;
    }
    let terms = terms(&shares);
    let places = std::iter::once(whole).chain(parts.iter().copied());
    Some(Finding {
        places: places.map(|figure| figure.range).collect(),
        kind: FindingKind::Shares,
        zh: format!("{terms} = {sum}，超过 {all}"),
        en: format!("{terms} = {sum}, more than {all}"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::{FindingKind, check};
    use crate::suggest::figures::find;

    #[test]
    fn parts_of_one_list_cannot_be_more_than_the_whole() {
        for (text, is_found) in [
            ("共有职工300人，其中男180人、女140人。", true),
            ("共有职工320人，其中男180人、女140人。", false),
            ("共建学校12所，包括小学8所和中学6所。", true),
            ("共建学校20所，包括小学8所和中学6所。", false),
            // Two ways of dividing one whole, and parts that are only about so many.
            ("共有职工300人，其中男180人，本科以上200人。", false),
            ("共有职工300人，其中男约180人、女约140人。", false),
            ("共有职工300人。其中男180人、女140人。", false),
            ("种树300棵，其中松树180棵、花140盆。", false),
        ] {
            let figures = find(text, None);
            let findings = check(text, &figures);
            let found = findings.iter().any(|finding| finding.kind == FindingKind::Shares);
            assert_eq!(found, is_found, "{text}: {findings:?}");
        }
    }
}
