//! A whole and its parts: 共有职工300人，其中男180人、女140人.

use super::{Article, Finding, FindingKind, exact};
use crate::suggest::figures::decimal::Decimal;
use crate::suggest::figures::{Figure, FigureLabel};

/// Characters that may stand between two parts: their names.
const PART_NAME: usize = 12;

impl Article<'_> {
    /// Parts of one list, after 其中 or 包括, that come to more than the whole before it. Less is no contradiction: not all
    /// parts need to be named.
    pub(super) fn sums(&self) -> Vec<Finding> {
        let figures: Vec<&Figure> = self
            .figures
            .iter()
            .filter(|figure| figure.label == FigureLabel::Figure)
            .collect();
        let mut findings = Vec::new();
        for (number, pair) in figures.windows(2).enumerate() {
            let [whole, first] = pair else { continue };
            let opens = |between: &String| between.contains("其中") || between.contains("包括");
            if self.between(whole, first).filter(opens).is_none() {
                continue;
            }
            let mut parts = vec![*first];
            for next in figures.iter().skip(number + 2) {
                let joins = |between: &String| {
                    let is_listed = between.contains(['、', '和', '及', '与']);
                    is_listed && !between.contains(['，', '；', ',', ';']) && between.chars().count() <= PART_NAME
                };
                let last = parts.last().copied().unwrap_or(*first);
                if self.between(last, next).filter(joins).is_none() {
                    break;
                }
                parts.push(*next);
            }
            findings.extend(too_much(whole, &parts));
        }
        findings
    }
}

fn too_much(whole: &Figure, parts: &[&Figure]) -> Option<Finding> {
    let unit = |figure: &Figure| figure.value.unit.as_ref().map(|unit| unit.raw.clone());
    let number = |figure: &Figure| exact(&figure.value).filter(|_| figure.value.approx.is_none());
    let is_alike = unit(whole).is_some() && parts.iter().all(|part| unit(part) == unit(whole));
    if parts.len() < 2 || !is_alike {
        return None;
    }
    let all = number(whole)?;
    let shares: Vec<Decimal> = parts.iter().map(|part| number(part)).collect::<Option<_>>()?;
    let sum = shares.iter().try_fold(Decimal::ZERO, |sum, share| sum.plus(*share))?;
    if sum <= all {
        return None;
    }
    let terms = shares.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ");
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
