//! What looks wrong about the tags of an article, with the places and the words that a finding is known by.

use std::collections::HashMap;

use crate::annot::check::{Diagnostic, Kind, check};
use crate::annot::dismissal::Dismissal;
use crate::annot::{Document, Edit, LabelId, SpanId, Status};
use crate::i18n::{Lang, T};
use crate::text::CharRange;

/// A finding about tags.
#[derive(Clone, Debug, PartialEq)]
pub struct TagFinding {
    /// What was found.
    pub kind: Kind,
    /// The tags in question with their places; the other one, where it is about two, comes second.
    pub places: Vec<(SpanId, CharRange)>,
    /// The edit that puts it right, where there is one that nobody would object to.
    pub fix: Option<Edit>,
}

/// Everything that looks wrong about a document's tags, in the order of its text. Reads all of them: for a worker.
#[must_use]
pub fn find(document: &Document) -> Vec<TagFinding> {
    let found = check(document);
    if found.is_empty() {
        return Vec::new();
    }
    let spans: Vec<_> = document.spans().iter().collect();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    // The first tag of each label on a text.
    let mut by_words: HashMap<(&str, &LabelId), usize> = HashMap::new();
    for (index, span) in spans.iter().enumerate() {
        by_name.insert(document.span_name(span.id), index);
        if span.mark.status != Status::Rejected {
            let words = (document.covered(span), &span.mark.label);
            by_words.entry(words).or_insert(index);
        }
    }
    let finding = |diagnostic: Diagnostic| {
        let index = diagnostic.span.as_ref()?.index;
        let other = match &diagnostic.kind {
            Kind::Crossing { other } | Kind::Duplicate { other } => by_name.get(other),
            Kind::TwoLabels { text, usual, .. } => by_words.get(&(text.as_str(), usual)),
            _ => None,
        };
        let place = |index: usize| spans.get(index).map(|&span| (span.id, span.range));
        let places = std::iter::once(index).chain(other.copied()).filter_map(place);
        let fix = match &diagnostic.kind {
            Kind::TwoLabels { usual, .. } => spans.get(index).map(|&span| Edit::Spans {
                remove: vec![span.clone()],
                add: vec![span.saying(|mark| mark.label = usual.clone())],
            }),
            _ => diagnostic.fix(document),
        };
        Some(TagFinding {
            places: places.collect(),
            fix,
            kind: diagnostic.kind,
        })
    };
    found.into_iter().filter_map(finding).collect()
}

impl TagFinding {
    /// What puts it away: the check and what the tags cover. A text with two labels is one finding wherever it stands.
    #[must_use]
    pub fn dismissal(&self, document: &Document) -> Dismissal {
        let covered = self
            .places
            .iter()
            .map(|&(_, range)| document.text().slice(range).to_owned());
        Dismissal {
            check: check_name(&self.kind).to_owned(),
            texts: covered.collect(),
            ..Dismissal::default()
        }
    }

    /// What was found, in a few words.
    #[must_use]
    pub fn title(&self) -> T {
        match self.kind {
            Kind::Crossing { .. } => T::CheckCrossing,
            Kind::Duplicate { .. } => T::CheckDuplicate,
            Kind::TwoLabels { .. } => T::CheckTwoLabels,
            Kind::Edge { .. } => T::CheckEdge,
            Kind::UnknownLabel(_) => T::CheckUnknownLabel,
            Kind::MissingEntity(_) => T::CheckMissingEntity,
            _ => T::CheckTag,
        }
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
            Kind::Edge { trimmed } => lang.fill(T::FixEdge, &[document.text().slice(*trimmed)]),
            Kind::Duplicate { .. } => T::FixDuplicate.of(lang).to_owned(),
            _ => T::FixEntity.of(lang).to_owned(),
        })
    }
}

/// The check's name in the saved file.
fn check_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Crossing { .. } => "crossing",
        Kind::Duplicate { .. } => "duplicate",
        Kind::TwoLabels { .. } => "two_labels",
        Kind::Edge { .. } => "edge",
        Kind::UnknownLabel(_) => "unknown_label",
        Kind::MissingEntity(_) => "missing_entity",
        _ => "tag",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::{Mark, Span};
    use crate::text::Text;

    fn document(text: &str, tags: &[(usize, usize, &str)]) -> Document {
        let spans = tags.iter().zip(1..).map(|(&(start, end, label), id)| Span {
            id: SpanId(id),
            range: CharRange::of(start, end),
            mark: Arc::new(Mark {
                label: label.into(),
                ..Mark::default()
            }),
        });
        Document::new(Parts {
            text: Text::from(text),
            spans: spans.collect(),
            ..Parts::default()
        })
    }

    #[test]
    fn findings_name_both_places_say_what_is_wrong_and_put_it_right() {
        let mut document = document(
            "𬱟罗勇，罗勇，罗勇（北京市）",
            &[
                (1, 3, "person"),
                (4, 6, "person"),
                (7, 9, "unit"),
                (9, 13, "place"),
                (10, 13, "place"),
                (10, 13, "place"),
                (11, 14, "place"),
            ],
        );
        let found = find(&document);
        let said: Vec<String> = found
            .iter()
            .map(|one| {
                let places: Vec<&str> = one.places.iter().map(|place| document.text().slice(place.1)).collect();
                let fix = one.fix_name(&document, Lang::Zh).unwrap_or_default();
                format!("{}|{}|{fix}", check_name(&one.kind), places.join("+"))
            })
            .collect();
        assert_eq!(
            said,
            [
                "two_labels|罗勇+罗勇|改为“人物”",
                "edge|（北京市|改为“北京市”",
                "duplicate|北京市+北京市|删去重复的一处",
                "crossing|京市）+北京市|",
                "edge|京市）|改为“京市”",
            ]
        );
        assert_eq!(
            found[0].sentence(&document, Lang::En),
            "“罗勇” is Organisation ×1 and Person ×2"
        );
        assert_eq!(found[0].dismissal(&document).texts, ["罗勇", "罗勇"]);
        document.apply(found[0].fix.as_ref().unwrap()).unwrap();
        assert_eq!(find(&document).len(), 4);
    }
}
