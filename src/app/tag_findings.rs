//! The words for what looks wrong about the tags of an article.

use crate::annot::check::{Kind, TagFinding};
use crate::annot::{Document, LabelId};
use crate::app::figures::wording::shown_number;
use crate::i18n::{Lang, T};
use crate::suggest::figures::FigureValue;

impl TagFinding {
    /// What was found, in a few words.
    #[must_use]
    pub fn title(&self) -> T {
        title(self.kind.as_str()).unwrap_or(T::CheckTag)
    }

    /// What was found, in a sentence.
    #[must_use]
    pub fn sentence(&self, document: &Document, lang: Lang) -> String {
        let label = |id: &LabelId| {
            let label = document.labels().get(id);
            label.map_or(id.as_str(), |label| lang.label(label)).to_owned()
        };
        match &self.kind {
            Kind::Crossing { .. } => T::CheckCrossingText.of(lang).to_owned(),
            Kind::Duplicate { .. } => T::CheckDuplicateText.of(lang).to_owned(),
            Kind::TwoLabels {
                text,
                label: here,
                count,
                usual,
                usual_count,
            } => {
                let (here, usual) = (label(here), label(usual));
                let counts = [count, usual_count].map(ToString::to_string);
                lang.fill(T::CheckTwoLabelsText, &[text, &here, &counts[0], &usual, &counts[1]])
            }
            Kind::Lost { text, label: id } => lang.fill(T::CheckLostText, &[text, &label(id)]),
            Kind::Value { read } => lang.fill(T::CheckValueText, &[&number(read)]),
            Kind::Edge { trimmed } if trimmed.is_empty() => T::CheckEdgeOnlyText.of(lang).to_owned(),
            Kind::Edge { .. } => T::CheckEdgeText.of(lang).to_owned(),
            Kind::UnknownLabel(id) => lang.fill(T::CheckUnknownLabelText, &[id.as_str()]),
            Kind::MissingEntity(name) => lang.fill(T::CheckMissingEntityText, &[name]),
            other => other.to_string(),
        }
    }

    /// What its fix does, in a few words; `None` where there is none.
    #[must_use]
    pub fn fix_name(&self, document: &Document, lang: Lang) -> Option<String> {
        self.fix.as_ref()?;
        Some(match &self.kind {
            Kind::TwoLabels { usual, .. } => {
                let label = document.labels().get(usual);
                lang.fill(T::FixLabel, &[label.map_or(usual.as_str(), |label| lang.label(label))])
            }
            Kind::Value { read } => lang.fill(T::FixEdge, &[&number(read)]),
            Kind::Edge { trimmed } => lang.fill(T::FixEdge, &[document.text().slice(*trimmed)]),
            Kind::Duplicate { .. } => T::FixDuplicate.of(lang).to_owned(),
            _ => T::FixEntity.of(lang).to_owned(),
        })
    }
}

/// A value in a few characters.
fn number(value: &serde_json::Value) -> String {
    let value = FigureValue::from_json(value);
    let number = value.as_ref().map(shown_number).unwrap_or_default();
    let unit = value
        .and_then(|value| value.unit)
        .map(|unit| unit.raw)
        .unwrap_or_default();
    format!("{number}{unit}")
}

/// What a check of tags finds, in a few words; `None` for the name of another check.
#[must_use]
pub fn title(check: &str) -> Option<T> {
    Some(match check {
        "crossing" => T::CheckCrossing,
        "duplicate" => T::CheckDuplicate,
        "two_labels" => T::CheckTwoLabels,
        "edge" => T::CheckEdge,
        "lost" => T::CheckLost,
        "value" => T::CheckValue,
        "unknown_label" => T::CheckUnknownLabel,
        "missing_entity" => T::CheckMissingEntity,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::check::tests::document;

    #[test]
    fn findings_say_what_is_wrong_and_what_their_fixes_do() {
        let document = document(
            "罗勇，罗勇，罗勇（北京市",
            &[
                (0, 2, "person"),
                (3, 5, "person"),
                (6, 8, "unit"),
                (8, 12, "place"),
                (9, 12, "place"),
                (9, 12, "place"),
            ],
        );
        let found = TagFinding::all(&document);
        let fixes: Vec<_> = found
            .iter()
            .filter_map(|one| one.fix_name(&document, Lang::Zh))
            .collect();
        assert_eq!(fixes, ["改为“人物”", "改为“北京市”", "删去重复的一处"]);
        assert_eq!(
            found[0].sentence(&document, Lang::En),
            "“罗勇” is Organisation ×1 and Person ×2"
        );
        assert_eq!(found[0].title(), T::CheckTwoLabels);
    }
}
