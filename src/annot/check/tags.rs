//! What looks wrong about tags on a text, whether they are a document's or a file's.

use std::collections::HashMap;

use super::Kind;
use crate::annot::LabelId;
use crate::text::{CharIdx, CharRange};

/// A tag that covers at least one character of the text.
pub(crate) struct Tag<'a> {
    /// Its number among the spans.
    pub index: usize,
    pub label: &'a LabelId,
    pub range: CharRange,
    pub text: &'a str,
}

/// Tags by start, the longest first.
pub(crate) struct Tags<'a>(Vec<Tag<'a>>);

/// Labels between which a text may change with what it says: 三年 tells when, or how long.
const BY_CONTEXT: [&str; 2] = ["figure", "time"];

impl<'a> Tags<'a> {
    pub(crate) fn new(mut tags: Vec<Tag<'a>>) -> Self {
        tags.sort_by_key(|tag| (tag.range.start, std::cmp::Reverse(tag.range.end), tag.index));
        Self(tags)
    }

    /// All findings, each with the number of its span.
    pub(crate) fn check(&self, name: &dyn Fn(usize) -> String) -> Vec<(usize, Kind)> {
        let mut found = self.overlaps(name);
        found.extend(self.0.iter().filter_map(|tag| Some((tag.index, edge(tag)?))));
        found.extend(self.two_labels());
        found
    }

    /// Tags of one label that cross or repeat each other.
    fn overlaps(&self, name: &dyn Fn(usize) -> String) -> Vec<(usize, Kind)> {
        let mut found = Vec::new();
        // Of each label the tags that the place reached so far lies in, the outermost first.
        let mut open: HashMap<&LabelId, Vec<&Tag>> = HashMap::new();
        for tag in &self.0 {
            let open = open.entry(tag.label).or_default();
            while open.pop_if(|outer| outer.range.end <= tag.range.start).is_some() {}
            if let Some(outer) = open.last() {
                let other = name(outer.index);
                if outer.range == tag.range {
                    found.push((tag.index, Kind::Duplicate { other }));
                    continue;
                }
                if outer.range.end < tag.range.end {
                    found.push((tag.index, Kind::Crossing { other }));
                }
            }
            open.push(tag);
        }
        found
    }

    /// Tags whose text has another label more often.
    fn two_labels(&self) -> Vec<(usize, Kind)> {
        let mut by_text: HashMap<&str, Vec<&Tag>> = HashMap::new();
        for tag in &self.0 {
            by_text.entry(tag.text).or_default().push(tag);
        }
        let mut found = Vec::new();
        for (text, tags) in by_text {
            let mut counts: Vec<(&LabelId, usize)> = Vec::new();
            for tag in &tags {
                match counts.iter_mut().find(|(label, _)| *label == tag.label) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((tag.label, 1)),
                }
            }
            // Of equals the one that comes first in the text is the usual one.
            let Some(&(usual, usual_count)) = counts.iter().rev().max_by_key(|(_, count)| *count) else {
                continue;
            };
            for &(label, count) in counts.iter().filter(|(label, _)| *label != usual) {
                if [label, usual].iter().all(|label| BY_CONTEXT.contains(&label.as_str())) {
                    continue;
                }
                let is_usual_too = |tag: &Tag| {
                    tags.iter()
                        .any(|other| other.label == usual && other.range == tag.range)
                };
                for tag in tags.iter().filter(|tag| tag.label == label && !is_usual_too(tag)) {
                    found.push((
                        tag.index,
                        Kind::TwoLabels {
                            text: text.to_owned(),
                            label: label.clone(),
                            count,
                            usual: usual.clone(),
                            usual_count,
                        },
                    ));
                }
            }
        }
        found
    }
}

/// A tag that begins or ends with what is no part of a name: a space, a mark, a quotation mark or bracket whose other
/// half it does not cover.
fn edge(tag: &Tag) -> Option<Kind> {
    let mut text = tag.text;
    let mut range = tag.range;
    loop {
        if let Some(rest) = text.strip_prefix(|c| is_outside(c) || is_half(c, text)) {
            text = rest;
            range.start = range.start + CharIdx(1);
        } else if let Some(rest) = text.strip_suffix(|c| is_outside(c) || is_half(c, text)) {
            text = rest;
            range.end = range.end - CharIdx(1);
        } else {
            break;
        }
    }
    (range != tag.range).then_some(Kind::Edge { trimmed: range })
}

fn is_outside(c: char) -> bool {
    c.is_whitespace() || "，。、；：！？…,;:!?".contains(c)
}

/// Whether `c` is one half of a pair whose halves `text` has in different number.
fn is_half(c: char, text: &str) -> bool {
    const PAIRS: [&[char; 2]; 9] = [
        &['“', '”'],
        &['‘', '’'],
        &['「', '」'],
        &['『', '』'],
        &['（', '）'],
        &['(', ')'],
        &['《', '》'],
        &['〈', '〉'],
        &['【', '】'],
    ];
    PAIRS
        .iter()
        .any(|[open, close]| (c == *open || c == *close) && text.matches(*open).count() != text.matches(*close).count())
}
