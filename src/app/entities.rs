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
    /// How many tags there are: without what was rejected, what is proposed and not judged, and what was set aside.
    #[must_use]
    pub fn tags(&self) -> usize {
        self.groups.iter().map(|group| group.spans.len()).sum()
    }
}

/// Groups the accepted tags of a document, without those in blocks that were set aside.
#[must_use]
pub fn group(document: &Document) -> Vec<Group> {
    let mut places: HashMap<(&LabelId, &str), usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    let text = document.text();
    for span in document
        .spans()
        .iter()
        .filter(|span| span.mark.status == Status::Accepted && !document.is_set_aside(span.range.start))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::document::{BlockMark, Parts};
    use crate::annot::{Edit, Mark, Span};
    use crate::text::{CharRange, Text};

    #[test]
    fn tags_in_a_block_that_was_set_aside_do_not_count() {
        let tag = |id, start, end| Span {
            id: SpanId(id),
            range: CharRange::of(start, end),
            mark: Arc::new(Mark::default()),
        };
        let mut document = Document::new(Parts {
            text: Text::from("罗永说\n罗永到场"),
            spans: [tag(1, 0, 2), tag(2, 4, 6)].into_iter().collect(),
            ..Parts::default()
        });
        let count = |document: &Document| group(document).iter().map(|group| group.spans.len()).sum::<usize>();
        assert_eq!(count(&document), 2);
        let mark = BlockMark {
            dropped: true,
            ..document.blocks()[1].mark
        };
        let back = document.apply(&Edit::Blocks(vec![(1, mark)])).unwrap();
        assert_eq!(count(&document), 1);
        document.apply(&back).unwrap();
        assert_eq!(count(&document), 2);
    }
}
