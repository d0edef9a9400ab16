//! Tags that went with their text: kept, with the place where it stood, until the text is there again or they are put
//! away.

use std::collections::HashMap;

use super::{Document, Edit, Span, SpanId, Status};
use crate::text::change::Replacement;
use crate::text::diff::matches;
use crate::text::{Assoc, ChangeSet, CharIdx, CharRange};

/// A tag whose text is gone.
#[derive(Clone, Debug, PartialEq)]
pub struct LostTag {
    /// The tag; its range is what stands now where its text stood, and may be empty.
    pub span: Span,
    /// Its own text.
    pub text: String,
}

impl LostTag {
    /// The same at another place.
    #[must_use]
    pub fn on(&self, range: CharRange) -> Self {
        Self {
            span: self.span.on(range),
            text: self.text.clone(),
        }
    }
}

/// The lost tags after `change` is made to the text, those that go with it included; `None` where there are none before
/// and after.
pub(super) fn after(document: &Document, change: &ChangeSet) -> Option<Vec<LostTag>> {
    // What is put in right beside the place is put in there.
    let place = |range: CharRange| {
        CharRange::new(
            change.map_pos(range.start, Assoc::Before),
            change.map_pos(range.end, Assoc::After),
        )
    };
    let mut lost: Vec<LostTag> = document.lost.iter().map(|one| one.on(place(one.span.range))).collect();
    for one in change.replacements() {
        let touched = document.spans.overlapping(one.range());
        let going =
            touched.filter(|span| span.mark.status == Status::Accepted && change.map_range(span.range).is_empty());
        for span in going {
            if lost.iter().all(|known| known.span.id != span.id) {
                lost.push(LostTag {
                    span: span.on(place(span.range)),
                    text: document.covered(span).to_owned(),
                });
            }
        }
    }
    (!lost.is_empty()).then_some(lost)
}

/// The edit that puts lost tags back on their own text, where `change`, which was just made, has brought that back to
/// the place where it stood. `None` where it has brought back none.
#[must_use]
pub fn found_again(document: &Document, change: &ChangeSet) -> Option<Edit> {
    if document.lost.is_empty() {
        return None;
    }
    let places: Vec<CharRange> = change.inverse().replacements().iter().map(Replacement::range).collect();
    let is_touched = |range: CharRange| {
        let first = places.partition_point(|place| place.end < range.start);
        places.get(first).is_some_and(|place| place.start <= range.end)
    };
    let mut add: Vec<Span> = Vec::new();
    for lost in document.lost.iter().filter(|lost| is_touched(lost.span.range)) {
        let is_taken = |range: CharRange| {
            let there = document.spans.overlapping(range).chain(&add);
            let mut same = there.filter(|span| span.range == range);
            same.any(|span| span.mark.label == lost.span.mark.label)
        };
        let mut here = places_of(document, lost);
        if let Some(range) = here.find(|&range| !is_taken(range)) {
            add.push(lost.span.on(range));
        }
    }
    back_on(document, add)
}

/// The edit that puts lost tags of these numbers back on what was typed anew in their places, where that shares half of
/// their text: a name that was taken out by itself and typed with another character. `None` where none is.
#[must_use]
pub fn half_again(document: &Document, ids: &[SpanId]) -> Option<Edit> {
    let own = document.lost.iter().filter(|lost| ids.contains(&lost.span.id));
    let back = own.filter(|lost| {
        let before: Vec<char> = lost.text.chars().collect();
        let typed: Vec<char> = document.text.slice(lost.span.range).chars().collect();
        !typed.is_empty() && 2 * matches(&before, &typed).len() >= before.len()
    });
    back_on(document, back.map(|lost| lost.span.clone()).collect())
}

/// The edit that tells the own texts of lost tags that were taken out piece by piece; `None` where they have them.
#[must_use]
pub fn renamed(document: &Document, names: &HashMap<SpanId, String>) -> Option<Edit> {
    let mut lost = Vec::clone(&document.lost);
    for one in &mut lost {
        if let Some(name) = names.get(&one.span.id) {
            one.text.clone_from(name);
        }
    }
    (lost != *document.lost).then(|| Edit::Lost(lost.into()))
}

/// The edit that puts tags of which a part is left back on their whole own texts, where those stand again; `None` where none
/// does.
#[must_use]
pub fn whole_again(document: &Document, names: &HashMap<SpanId, String>) -> Option<Edit> {
    let text = document.text();
    let grown = |span: &Span| {
        let name = names.get(&span.id)?;
        let left = document.covered(span);
        let before = name.match_indices(left).map(|(byte, _)| CharIdx::count(&name[..byte]));
        let place = |before: CharIdx| {
            let start = CharIdx(span.range.start.0.checked_sub(before.0)?);
            let range = CharRange::new(start, start + CharIdx::count(name));
            (range.end <= text.len() && text.slice(range) == *name).then_some(range)
        };
        before.filter_map(place).find(|&range| range != span.range)
    };
    let there = names.keys().filter_map(|&id| document.spans().get(id));
    let (mut remove, mut add) = (Vec::new(), Vec::new());
    for span in there.filter(|span| !span.range.is_empty()) {
        if let Some(range) = grown(span) {
            remove.push(span.clone());
            add.push(span.on(range));
        }
    }
    (!add.is_empty()).then_some(Edit::Spans { remove, add })
}

/// The edit that puts these lost tags back on their ranges; `None` where there are none.
fn back_on(document: &Document, add: Vec<Span>) -> Option<Edit> {
    if add.is_empty() {
        return None;
    }
    let mut lost = Vec::clone(&document.lost);
    lost.retain(|one| add.iter().all(|span| span.id != one.span.id));
    let spans = Edit::Spans {
        remove: Vec::new(),
        add,
    };
    Some(Edit::Batch(vec![spans, Edit::Lost(lost.into())]))
}

/// Where a lost tag's own text stands at its place.
fn places_of<'a>(document: &'a Document, lost: &'a LostTag) -> impl Iterator<Item = CharRange> + 'a {
    let place = lost.span.range;
    let text = document.text.slice(place);
    text.match_indices(lost.text.as_str()).map(move |(byte, own)| {
        let start = place.start + CharIdx::count(&text[..byte]);
        CharRange::new(start, start + CharIdx::count(own))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::realign::realigned;
    use crate::annot::{History, Mark};
    use crate::text::Text;

    const TEXT: &str = "退休教师顾念慈说，\n顾念慈的人😀𬱟到了。";

    fn document() -> Document {
        let spans = [(4, 7, "person"), (0, 7, "unit"), (10, 13, "person"), (15, 17, "figure")];
        let spans = spans.into_iter().zip(1..).map(|((start, end, label), id)| Span {
            id: SpanId(id),
            range: CharRange::of(start, end),
            mark: Arc::new(Mark {
                label: label.into(),
                ..Mark::default()
            }),
        });
        Document::new(Parts {
            text: Text::from(TEXT),
            spans: spans.collect(),
            ..Parts::default()
        })
    }

    /// Makes a change as the window does.
    fn change(document: &mut Document, history: &mut History, range: CharRange, with: &str) {
        let change = ChangeSet::replace(document.text(), range, with);
        history
            .apply(document, Edit::Text(change.clone().into()), None)
            .unwrap();
        for follow in [realigned, found_again] {
            if let Some(edit) = follow(document, &change) {
                history.amend(document, edit).unwrap();
            }
        }
    }

    fn covered(document: &Document) -> Vec<&str> {
        document.spans().iter().map(|span| document.covered(span)).collect()
    }

    #[test]
    fn a_lost_tag_comes_back_on_its_own_text_in_its_place() {
        let first = document();
        let mut document = first.clone();
        let mut history = History::default();
        change(&mut document, &mut history, CharRange::of(2, 8), "");
        assert_eq!(covered(&document), ["退休", "顾念慈", "😀𬱟"]);
        assert_eq!(document.lost().len(), 1);
        // Its text elsewhere is another mention.
        change(&mut document, &mut history, CharRange::of(0, 0), "顾念慈");
        assert_eq!(document.lost().len(), 1);
        change(&mut document, &mut history, CharRange::of(5, 5), "某人顾念");
        assert_eq!(document.lost().len(), 1);
        change(&mut document, &mut history, CharRange::of(9, 9), "慈");
        assert_eq!(covered(&document), ["退休", "顾念慈", "顾念慈", "😀𬱟"]);
        assert!(document.lost().is_empty());
        while history.undo(&mut document).unwrap().is_some() {}
        assert_eq!(document, first);
    }

    #[test]
    fn two_of_one_name_come_back_on_two_places() {
        let mut document = document();
        let mut history = History::default();
        change(&mut document, &mut history, CharRange::of(4, 13), "");
        assert_eq!(document.lost().len(), 2);
        change(
            &mut document,
            &mut history,
            CharRange::of(4, 4),
            "顾念慈、顾念慈、顾念慈",
        );
        assert_eq!(covered(&document), ["退休教师", "顾念慈", "顾念慈", "😀𬱟"]);
        assert_eq!(document.spans().get(SpanId(3)).unwrap().range, CharRange::of(8, 11));
    }

    #[test]
    fn a_lost_tag_goes_with_its_block() {
        let mut document = document();
        let mut history = History::default();
        change(&mut document, &mut history, CharRange::of(10, 13), "");
        let before = document.clone();
        let back = document.apply(&Edit::MoveBlock { from: 1, to: 0 }).unwrap();
        assert_eq!(document.lost()[0].span.range, CharRange::of(0, 0));
        let mut other = document.clone();
        change(&mut other, &mut history, CharRange::of(0, 0), "顾念慈");
        assert!(other.lost().is_empty());
        document.apply(&back).unwrap();
        assert_eq!(document, before);
    }

    proptest! {
        #[test]
        fn no_tag_is_ever_dropped_without_a_word(
            edits in prop::collection::vec((any::<u32>(), 0..9_u32, "(顾念慈|[人😀\n]{0,2})", any::<bool>()), 1..24),
        ) {
            let first = document();
            let mut document = first.clone();
            let mut history = History::default();
            let mut states = vec![document.clone()];
            for (at, len, with, moves) in edits {
                let end = document.text().len().0;
                let start = at % (end + 1);
                let blocks = document.blocks().len();
                let shift = Edit::MoveBlock { from: start as usize % blocks, to: len as usize % blocks };
                if !moves {
                    change(&mut document, &mut history, CharRange::from((start, (start + len).min(end))), &with);
                } else if history.apply(&mut document, shift, None).is_err() {
                    continue;
                }
                let there = document.spans().iter().map(|span| span.id);
                let lost = document.lost().iter().map(|lost| lost.span.id);
                let mut all: Vec<u32> = there.chain(lost).map(|id| id.0).collect();
                all.sort_unstable();
                prop_assert_eq!(all, [1, 2, 3, 4]);
                for lost in document.lost().iter() {
                    prop_assert!(lost.span.range.end <= document.text().len());
                }
                states.push(document.clone());
            }
            while history.undo(&mut document)?.is_some() {
                states.pop();
                prop_assert_eq!(Some(&document), states.last());
            }
            prop_assert_eq!(&document, &first);
        }
    }
}
