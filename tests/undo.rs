//! Whatever is done, undone and done again: the document stays whole and comes back exactly.

use std::sync::Arc;

use proptest::prelude::*;
use zhupi::annot::document::{BlockMark, Parts};
use zhupi::annot::{Document, Edit, Entity, EntityId, History, Mark, Source, Span, SpanId};
use zhupi::text::{Alignment, BlockKind, ChangeSet, CharIdx, CharRange, Run, Text};

/// What a hand at the keyboard may do; numbers are taken modulo what the document has.
#[derive(Clone, Debug)]
enum Move {
    Tag(u32, u32),
    Untag(usize),
    Resize(usize, u32, u32),
    Name(usize, String),
    Type(u32, u32, String),
    Mark(usize, usize),
    Shift(usize, usize),
    TagAll(u32),
    Undo,
    Redo,
}

fn moves() -> impl Strategy<Value = Move> {
    let text = "[a罗勇𬱟😀\n]{0,3}";
    prop_oneof![
        3 => (any::<u32>(), any::<u32>()).prop_map(|(a, b)| Move::Tag(a, b)),
        1 => any::<usize>().prop_map(Move::Untag),
        2 => (any::<usize>(), any::<u32>(), any::<u32>()).prop_map(|(span, a, b)| Move::Resize(span, a, b)),
        1 => (any::<usize>(), text).prop_map(|(span, name)| Move::Name(span, name)),
        5 => (any::<u32>(), 0..5_u32, text).prop_map(|(at, len, with)| Move::Type(at, len, with)),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(block, kind)| Move::Mark(block, kind)),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(from, to)| Move::Shift(from, to)),
        1 => any::<u32>().prop_map(Move::TagAll),
        4 => Just(Move::Undo),
        2 => Just(Move::Redo),
    ]
}

fn document() -> Document {
    Document::new(Parts {
        source: Source {
            text: Text::from("\u{FEFF}记者罗\r\n勇𬱟说，98\r\n%的人😀到了。\r\n\r\n完"),
            ..Source::default()
        },
        text: Text::from("记者罗勇𬱟说，98%的人😀到了。\n完"),
        alignment: Alignment::new(vec![
            Run::from((0, 1, 3)),
            Run::from((3, 6, 6)),
            Run::from((9, 14, 7)),
            Run::from((16, 22, 1)),
            Run::from((17, 25, 1)),
        ]),
        ..Parts::default()
    })
}

/// The edit that a move is in this document; `None` for undo, redo, and what there is nothing to do it to.
fn edit(document: &Document, one: &Move) -> Option<Edit> {
    let place = |a: u32| CharIdx(a % (document.text().len().0 + 1));
    let span = |number: usize| {
        let spans = document.spans();
        (!spans.is_empty()).then(|| spans[number % spans.len()].clone())
    };
    let new = |range, number| Span {
        id: SpanId(document.next_id() + number),
        range,
        mark: Arc::default(),
    };
    let blocks = document.blocks().len();
    Some(match one {
        Move::Tag(a, b) => Edit::Spans {
            remove: vec![],
            add: vec![new(CharRange::new(place(*a), place(*b)), 0)],
        },
        Move::Untag(number) => Edit::Spans {
            remove: vec![span(*number)?],
            add: vec![],
        },
        Move::Resize(number, a, b) => {
            let span = span(*number)?;
            let add = vec![span.on(CharRange::new(place(*a), place(*b)))];
            Edit::Spans {
                remove: vec![span],
                add,
            }
        }
        Move::Name(number, name) => {
            let span = span(*number)?;
            let id = EntityId(document.next_id());
            let entity = Entity {
                id,
                label: span.mark.label.clone(),
                name: name.clone(),
            };
            let named = span.saying(|mark: &mut Mark| mark.entity = Some(id));
            Edit::Batch(vec![
                Edit::Entities {
                    remove: vec![],
                    add: vec![entity],
                },
                Edit::Spans {
                    remove: vec![span],
                    add: vec![named],
                },
            ])
        }
        Move::Type(at, len, with) => {
            let start = place(*at);
            let end = (start + CharIdx(*len)).min(document.text().len());
            Edit::Text(ChangeSet::replace(document.text(), CharRange::new(start, end), with).into())
        }
        Move::Mark(block, kind) => {
            let mark = BlockMark {
                kind: BlockKind::ALL[kind % BlockKind::ALL.len()],
                ..BlockMark::default()
            };
            Edit::Blocks(vec![(block % blocks, mark)])
        }
        Move::Shift(from, to) => Edit::MoveBlock {
            from: from % blocks,
            to: to % blocks,
        },
        Move::TagAll(a) => {
            let at = place(*a);
            let c = document.text().char_at(at)?;
            let places = (0..document.text().len().0).map(CharIdx);
            let same = places.filter(|&at| document.text().char_at(at) == Some(c));
            let add = same
                .zip(0..)
                .map(|(at, number)| new(CharRange::new(at, at + CharIdx(1)), number));
            Edit::Spans {
                remove: vec![],
                add: add.collect(),
            }
        }
        Move::Undo | Move::Redo => return None,
    })
}

/// What holds of every document.
fn is_whole(document: &Document) -> Result<(), TestCaseError> {
    let text = document.text();
    prop_assert_eq!(CharIdx::count(text.as_str()), text.len());
    for span in document.spans().iter() {
        prop_assert!(!span.range.is_empty() && span.range.end <= text.len(), "{:?}", span);
        let covered: String = text
            .as_str()
            .chars()
            .skip(span.range.start.to_usize())
            .take(span.range.len() as usize)
            .collect();
        prop_assert_eq!(document.covered(span), covered);
    }
    prop_assert!(document.spans().iter().is_sorted_by_key(Span::order));
    let lines: Vec<&str> = text.as_str().split('\n').collect();
    let blocks: Vec<&str> = document.blocks().iter().map(|block| text.slice(block.range)).collect();
    prop_assert_eq!(lines, blocks);
    let fits = document.alignment().check(text, &document.source.text);
    prop_assert!(fits.is_ok(), "{:?}", fits);
    prop_assert!(document.corrections().inverse().fits(text));
    Ok(())
}

/// All that an editor can see is the same.
fn is_same(document: &Document, other: &Document) -> Result<(), TestCaseError> {
    prop_assert_eq!(document.text(), other.text());
    prop_assert_eq!(document.spans(), other.spans());
    prop_assert_eq!(document.entities(), other.entities());
    prop_assert_eq!(document.blocks(), other.blocks());
    prop_assert_eq!(document.alignment(), other.alignment());
    prop_assert_eq!(document.corrections(), other.corrections());
    Ok(())
}

proptest! {
    #[test]
    fn every_step_can_be_taken_back_and_made_again(moves in prop::collection::vec(moves(), 1..40)) {
        let mut document = document();
        let mut history = History::default();
        // The document after each step that is done, and after each that was taken back.
        let mut states = vec![document.clone()];
        let mut undone: Vec<Document> = Vec::new();
        for one in &moves {
            match one {
                Move::Undo => {
                    let did = history.undo(&mut document)?.is_some();
                    prop_assert_eq!(did, states.len() > 1);
                    if did {
                        undone.extend(states.pop());
                    }
                }
                Move::Redo => {
                    let did = history.redo(&mut document)?.is_some();
                    prop_assert_eq!(did, !undone.is_empty());
                    states.extend(undone.pop());
                }
                _ => {
                    let Some(edit) = edit(&document, one) else { continue };
                    let before = document.clone();
                    if history.apply(&mut document, edit, None).is_ok() {
                        states.push(document.clone());
                        undone.clear();
                    } else {
                        prop_assert_eq!(&document, &before);
                    }
                }
            }
            is_whole(&document)?;
            if let Some(state) = states.last() {
                is_same(&document, state)?;
            }
        }
        while history.undo(&mut document)?.is_some() {
            undone.extend(states.pop());
            is_same(&document, states.last().ok_or_else(|| TestCaseError::fail("more undone than done"))?)?;
        }
        is_same(&document, &self::document())?;
        while history.redo(&mut document)?.is_some() {
            is_same(&document, &undone.pop().ok_or_else(|| TestCaseError::fail("more redone than undone"))?)?;
        }
        prop_assert!(undone.is_empty());
    }

    #[test]
    fn what_is_typed_in_one_go_is_one_step(typed in prop::collection::vec("[a罗𬱟]{1,2}", 1..8)) {
        let first = document();
        let mut document = first.clone();
        let mut history = History::default();
        let mut at = CharIdx(3);
        for text in &typed {
            let change = ChangeSet::replace(document.text(), CharRange::new(at, at), text);
            history.extend(&mut document, Edit::Text(change.into()), None)?;
            at = at + CharIdx::count(text);
            is_whole(&document)?;
        }
        let last = document.clone();
        prop_assert!(history.undo(&mut document)?.is_some());
        prop_assert!(!history.can_undo());
        is_same(&document, &first)?;
        history.redo(&mut document)?;
        is_same(&document, &last)?;
    }
}
