//! The tags of a document grouped as the entities panel lists them: by label, then by text.

use std::collections::HashMap;
use std::sync::Arc;

use crate::annot::{Document, LabelId, SpanId, Status};

/// All tags of one label on one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The label.
    pub label: LabelId,
    /// The text that they cover.
    pub name: String,
    /// The tags, in the order of the text.
    pub spans: Vec<SpanId>,
}

/// The groups, kept until the document changes.
#[derive(Clone, Debug, Default)]
pub struct EntityList {
    /// The groups: labels in the order of the label bar, within one the most frequent first.
    pub groups: Arc<Vec<Group>>,
    /// For which revision they were made.
    pub revision: Option<u64>,
    /// Whether a worker is making them anew.
    pub is_due: bool,
}

impl EntityList {
    /// How many tags there are: without what was rejected, and what is proposed and not judged.
    #[must_use]
    pub fn tags(&self) -> usize {
        self.groups.iter().map(|group| group.spans.len()).sum()
    }
}

/// Groups the accepted tags of a document.
#[must_use]
pub fn group(document: &Document) -> Vec<Group> {
    let mut places: HashMap<(&LabelId, &str), usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    let text = document.text();
    for span in document
        .spans()
        .iter()
        .filter(|span| span.mark.status == Status::Accepted)
    {
        let name = text.slice(span.range);
        let place = *places.entry((&span.mark.label, name)).or_insert_with(|| {
            groups.push(Group {
                label: span.mark.label.clone(),
                name: name.to_owned(),
                spans: Vec::new(),
            });
            groups.len() - 1
        });
        groups[place].spans.push(span.id);
    }
    let labels = document.labels();
    groups.sort_by_key(|group| (labels.rank(&group.label), std::cmp::Reverse(group.spans.len())));
    groups
}
