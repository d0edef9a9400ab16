//! What is said of a figure beside its value: relations from its tag to others, and what was taken back.

use std::collections::{HashMap, HashSet};

use super::dismissal::Dismissal;
use super::{Document, Label, LabelId, LabelSet, SpanId};

/// The label of words that are tagged for what a figure measures.
const INDICATOR: &str = "indicator";
/// Its names in Chinese and English; a label of that name made by the editor has its own.
const INDICATOR_NAMES: (&str, &str) = ("指标", "Indicator");

/// A part of a fact; the label of the relation that says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The person or organisation whose figure it is.
    HeldBy,
    /// What it counts or measures.
    MeasureOf,
    /// The time for which it holds.
    AtTime,
}

impl Role {
    /// All of them, as facts are told: who, what, when.
    pub const ALL: [Self; 3] = [Self::HeldBy, Self::MeasureOf, Self::AtTime];

    /// The relation's label in the saved file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HeldBy => "held_by",
            Self::MeasureOf => "measure_of",
            Self::AtTime => "at_time",
        }
    }

    /// The part of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// The label of words that are tagged only to say what a figure measures, and the set with it, where it is not there yet.
#[must_use]
pub fn indicator(labels: &LabelSet) -> (LabelId, Option<LabelSet>) {
    let label = LabelId::from(INDICATOR);
    let (zh, en) = INDICATOR_NAMES;
    let with_it = labels.get(&label).is_none().then(|| labels.with_named(&label, zh, en));
    (label, with_it)
}

/// Whether tags of a label are there only to carry facts: nobody has chosen it as a label to tag with.
#[must_use]
pub fn is_carrier(labels: &LabelSet, label: &LabelId) -> bool {
    let is_ours = || {
        labels
            .get(label)
            .is_some_and(|label| (label.zh.as_str(), label.en.as_str()) == INDICATOR_NAMES)
    };
    label.as_str() == INDICATOR && is_ours()
}

/// The tags that are there only to carry facts: of the label made for that, and named by a fact. One of that label that
/// no fact names is somebody's own.
#[must_use]
pub fn carriers(document: &Document) -> HashSet<SpanId> {
    let label = LabelId::from(INDICATOR);
    if !is_carrier(document.labels(), &label) {
        return HashSet::new();
    }
    let facts = document.relations().iter();
    let named: HashSet<SpanId> = facts
        .filter(|relation| Role::from_name(&relation.label).is_some())
        .map(|relation| relation.to)
        .collect();
    let tags = document.spans().iter().filter(|tag| tag.mark.label == label);
    tags.map(|tag| tag.id).filter(|id| named.contains(id)).collect()
}

/// The labels that people tag with, in their order: without the one made to carry facts, unless a tag of it is
/// somebody's own.
pub fn labels_to_tag_with(document: &Document) -> impl Iterator<Item = &Label> {
    let label = LabelId::from(INDICATOR);
    let is_hidden = is_carrier(document.labels(), &label) && {
        let carriers = carriers(document);
        let mut tags = document.spans().iter().filter(|tag| tag.mark.label == label);
        tags.all(|tag| carriers.contains(&tag.id))
    };
    let labels = document.labels().iter();
    labels.filter(move |found| !is_hidden || found.id != label)
}

/// What a document says of a part of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// That tag.
    Tag(SpanId),
    /// That there is nothing to be said, whatever the sentence seems to say.
    Nothing,
}

/// What a document says of its figures.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    tags: HashMap<(SpanId, Role), SpanId>,
    /// By the names of the figures' tags.
    nothing: HashSet<(Role, String)>,
}

impl Facts {
    /// Reads the relations and what was taken back. Of several relations of one kind the first counts; one to a tag that
    /// is not there says nothing.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let here: HashSet<SpanId> = if document.relations().is_empty() {
            HashSet::new()
        } else {
            document.spans().iter().map(|span| span.id).collect()
        };
        let mut tags = HashMap::new();
        for relation in document.relations() {
            if let Some(role) = Role::from_name(&relation.label).filter(|_| here.contains(&relation.to)) {
                tags.entry((relation.from, role)).or_insert(relation.to);
            }
        }
        let nothing = document.dismissals().iter().filter_map(taken_back);
        let nothing = nothing.map(|(role, name)| (role, name.to_owned())).collect();
        Self { tags, nothing }
    }

    /// What the document says of a part of a figure's fact; `None` where it leaves that to the sentence.
    #[must_use]
    pub fn said(&self, document: &Document, figure: SpanId, role: Role) -> Option<Said> {
        if let Some(&tag) = self.tags.get(&(figure, role)) {
            return Some(Said::Tag(tag));
        }
        let is_nothing = !self.nothing.is_empty() && self.nothing.contains(&(role, document.span_name(figure)));
        is_nothing.then_some(Said::Nothing)
    }
}

/// Says that nothing fills that part of a figure's fact: the relation's label and the name of the figure's tag.
#[must_use]
pub fn nothing(document: &Document, figure: SpanId, role: Role) -> Dismissal {
    Dismissal {
        check: role.as_str().to_owned(),
        texts: vec![document.span_name(figure)],
        ..Dismissal::default()
    }
}

/// The part of a fact that a dismissal takes back, and the name of the figure's tag; `None` for one that puts a finding
/// away.
#[must_use]
pub fn taken_back(dismissal: &Dismissal) -> Option<(Role, &str)> {
    let role = Role::from_name(&dismissal.check)?;
    let [name] = dismissal.texts.as_slice() else {
        return None;
    };
    Some((role, name))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::{Edit, Mark, Relation, Span};
    use crate::text::{CharRange, Text};

    #[test]
    fn a_relation_says_more_than_what_was_taken_back_and_one_to_nothing_says_nothing() {
        let spans = [(1, 0), (2, 1)].map(|(id, start)| Span {
            id: SpanId(id),
            range: CharRange::of(start, start + 1),
            mark: Arc::new(Mark::default()),
        });
        let relation = |id: &str, label: &str, to| Relation {
            id: id.to_owned(),
            label: label.to_owned(),
            from: SpanId(1),
            to: SpanId(to),
        };
        let mut document = Document::new(Parts {
            text: Text::from("𬱟三"),
            spans: spans.to_vec(),
            relations: vec![relation("r1", "held_by", 2), relation("r2", "at_time", 9)],
            ..Parts::default()
        });
        let dismissed = [Role::HeldBy, Role::MeasureOf].map(|role| nothing(&document, SpanId(1), role));
        document.apply(&Edit::Dismissals(dismissed.to_vec())).unwrap();
        let facts = Facts::of(&document);
        let said = Role::ALL.map(|role| facts.said(&document, SpanId(1), role));
        assert_eq!(said, [Some(Said::Tag(SpanId(2))), Some(Said::Nothing), None]);
        assert_eq!(facts.said(&document, SpanId(2), Role::MeasureOf), None);
    }

    #[test]
    fn a_label_that_only_carries_facts_is_none_to_tag_with_until_somebody_does() {
        let (label, labels) = indicator(&LabelSet::default());
        let span = |id, start| Span {
            id: SpanId(id),
            range: CharRange::of(start, start + 1),
            mark: Arc::new(Mark {
                label: label.clone(),
                ..Mark::default()
            }),
        };
        let fact = Relation {
            id: "r1".to_owned(),
            label: "measure_of".to_owned(),
            from: SpanId(9),
            to: SpanId(1),
        };
        let document = |spans: &[Span]| {
            Document::new(Parts {
                text: Text::from("𬱟三"),
                labels: labels.clone().unwrap(),
                spans: spans.to_vec(),
                relations: vec![fact.clone()],
                ..Parts::default()
            })
        };
        let is_offered = |document: &Document| labels_to_tag_with(document).any(|found| found.id == label);
        for spans in [&[][..], &[span(1, 0)]] {
            let document = document(spans);
            assert!(!is_offered(&document) && labels_to_tag_with(&document).count() == 5);
        }
        let tagged = document(&[span(1, 0), span(2, 1)]);
        assert!(is_offered(&tagged));
        assert_eq!(carriers(&tagged), HashSet::from([SpanId(1)]));
    }
}
