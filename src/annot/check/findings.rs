//! What looks wrong about the tags of a document, with the places and the words that a finding is known by.

use std::collections::HashMap;

use super::{Diagnostic, Kind, check};
use crate::annot::dismissal::Dismissal;
use crate::annot::{Document, Edit, LabelId, SpanId, Status};
use crate::text::CharRange;

/// A finding about tags.
#[derive(Clone, Debug, PartialEq)]
pub struct TagFinding {
    /// What was found.
    pub kind: Kind,
    /// The tags in question with their places (for a lost one where its text stood, which may be empty); the other one, where it is about two, comes second.
    pub places: Vec<(SpanId, CharRange)>,
    /// The edit that puts it right, where there is one.
    pub fix: Option<Edit>,
}

impl TagFinding {
    /// Everything that looks wrong about a document's tags, in the order of its text. Reads all of them: for a worker.
    #[must_use]
    pub fn all(document: &Document) -> Vec<Self> {
        let lost = document.lost().iter().map(|lost| Self {
            kind: Kind::Lost {
                text: lost.text.clone(),
                label: lost.span.mark.label.clone(),
            },
            places: vec![(lost.span.id, lost.span.range)],
            fix: None,
        });
        let lost: Vec<Self> = lost.collect();
        let found = check(document);
        if found.is_empty() {
            return lost;
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
            Some(Self {
                places: places.collect(),
                fix: diagnostic.fix(document),
                kind: diagnostic.kind,
            })
        };
        lost.into_iter().chain(found.into_iter().filter_map(finding)).collect()
    }

    /// What puts it away: the check and what the tags cover. A text with two labels is one finding wherever it stands.
    #[must_use]
    pub fn dismissal(&self, document: &Document) -> Dismissal {
        if let Kind::Lost { text, label } = &self.kind {
            return Dismissal {
                check: self.kind.as_str().to_owned(),
                texts: vec![text.clone(), label.as_str().to_owned()],
                ..Dismissal::default()
            };
        }
        let covered = self
            .places
            .iter()
            .map(|&(_, range)| document.text().slice(range).to_owned());
        Dismissal {
            check: self.kind.as_str().to_owned(),
            texts: covered.collect(),
            ..Dismissal::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::document;
    use super::TagFinding;

    #[test]
    fn findings_name_both_places_and_put_them_right() {
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
        let found = TagFinding::all(&document);
        let said: Vec<String> = found
            .iter()
            .map(|one| {
                let places: Vec<&str> = one.places.iter().map(|place| document.text().slice(place.1)).collect();
                format!("{}|{}", one.kind.as_str(), places.join("+"))
            })
            .collect();
        assert_eq!(
            said,
            [
                "two_labels|罗勇+罗勇",
                "edge|（北京市",
                "duplicate|北京市+北京市",
                "crossing|京市）+北京市",
                "edge|京市）",
            ]
        );
        assert_eq!(found[0].dismissal(&document).texts, ["罗勇", "罗勇"]);
        document.apply(found[0].fix.as_ref().unwrap()).unwrap();
        assert_eq!(TagFinding::all(&document).len(), 4);
    }
}
