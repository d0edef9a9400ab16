//! What the editor corrected, as training material for a machine that corrects what a page reader misread: JSONL, one
//! corrected paragraph a line.
//!
//! `{"source", "raw", "read", "corrected", "changes": [{"read": [start, end], "corrected": [start, end]}]}`: the file's
//! name; the lines as they were scanned; the paragraph as it was read from them by machine; the paragraph as the editor
//! left it; and which characters of `read` became which of `corrected`, in code points of those two strings. Paragraphs
//! that were only joined, split or moved are left out.

use serde::Serialize;

use crate::annot::Document;
use crate::annot::realign::raw_of_corrections;
use crate::text::change::Replacement;
use crate::text::{Assoc, ChangeSet, CharIdx, CharRange, Text};

/// A correction: where it stands, what it is, and the raw characters that it replaced.
type Correction<'a> = (CharRange, &'a Replacement, Vec<CharRange>);

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CorrectedParagraph {
    /// The name of the file that was read.
    pub source: String,
    /// The lines of the raw text, with their ends.
    pub raw: String,
    /// What was read from them automatically.
    pub read: String,
    /// What the editor made of it.
    pub corrected: String,
    /// What differs between the two.
    pub changes: Vec<Change>,
}

/// Characters of `read` that became others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Code points of [`CorrectedParagraph::read`].
    pub read: CharRange,
    /// Code points of [`CorrectedParagraph::corrected`].
    pub corrected: CharRange,
}

/// The corrected paragraphs of a document, in order.
#[must_use]
pub fn corrected_paragraphs(document: &Document) -> Vec<CorrectedParagraph> {
    let automatic = document.automatic_text();
    let back = document.corrections().inverse();
    let corrections = raw_of_corrections(document);
    let mut paragraphs = Vec::new();
    let mut rest = corrections.as_slice();
    for block in document.blocks().iter() {
        let now = block.range;
        rest = &rest[rest.partition_point(|(range, ..)| range.start < now.start)..];
        let (mut here, later) = rest.split_at(rest.partition_point(|(range, ..)| range.end <= now.end));
        rest = later;
        // What was taken away before or behind the paragraph, as when one is moved past it, is not its own.
        let is_beside =
            |(range, one, _): &Correction<'_>, end| range.is_empty() && range.start == end && one.before.contains('\n');
        let (mut starts_at, mut ends_at) = (Assoc::Before, Assoc::After);
        if let Some((_, others)) = here.split_first().filter(|(first, _)| is_beside(first, now.start)) {
            (here, starts_at) = (others, Assoc::After);
        }
        if let Some((_, others)) = here.split_last().filter(|(last, _)| is_beside(last, now.end)) {
            (here, ends_at) = (others, Assoc::Before);
        }
        // What was set aside is not of this article.
        if block.mark.dropped || !here.iter().any(|(_, replacement, _)| is_within_a_line(replacement)) {
            continue;
        }
        let read = CharRange {
            start: back.map_pos(now.start, starts_at),
            end: back.map_pos(now.end, ends_at),
        };
        let changes = here.iter().map(|(range, replacement, _)| Change {
            read: replacement.range().shifted(-i64::from(read.start.0)),
            corrected: range.shifted(-i64::from(now.start.0)),
        });
        let paragraph = CorrectedParagraph {
            source: document.source.name.clone(),
            raw: scanned(document, now, here),
            read: automatic.slice(read).to_owned(),
            corrected: document.text().slice(now).to_owned(),
            changes: changes.collect(),
        };
        // What else was changed across the paragraph's ends has no place in it.
        if paragraph.is_whole() {
            paragraphs.push(paragraph);
        }
    }
    paragraphs
}

/// The raw lines that a paragraph is made of, in its order, with the spaces that they begin and end with. Where they do
/// not follow each other in the raw text, a line feed stands between them.
fn scanned(document: &Document, paragraph: CharRange, corrections: &[Correction<'_>]) -> String {
    let alignment = document.alignment();
    let raw = &document.source.text;
    let replaced = corrections
        .iter()
        .flat_map(|(place, _, raw)| raw.iter().map(|&raw| (place.start, raw)));
    let same = alignment
        .runs_within(paragraph)
        .map(|run| (run.reading, run.raw_range()));
    let mut all: Vec<(CharIdx, CharRange)> = replaced.chain(same).collect();
    all.sort_by_key(|(reading, _)| *reading);
    let is_blank = |range: CharRange| raw.slice(range).chars().all(char::is_whitespace);
    let mut pieces: Vec<CharRange> = Vec::new();
    for (_, piece) in all {
        match pieces.last_mut() {
            Some(last)
                if last.end <= piece.start && {
                    let between = CharRange::new(last.end, piece.start);
                    is_blank(between) && alignment.is_free(between)
                } =>
            {
                last.end = piece.end;
            }
            _ => pieces.push(piece),
        }
    }
    let is_space = |c: Option<char>| c.is_some_and(|c| c.is_whitespace() && !matches!(c, '\r' | '\n'));
    let lines = pieces.into_iter().map(|CharRange { mut start, mut end }| {
        while is_space(raw.char_before(start)) && alignment.is_free(CharRange::new(start.offset(-1), start)) {
            start = start.offset(-1);
        }
        while is_space(raw.char_at(end)) && alignment.is_free(CharRange::new(end, end.offset(1))) {
            end = end.offset(1);
        }
        raw.slice(CharRange::new(start, end)).trim_matches(['\r', '\n'])
    });
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

impl CorrectedParagraph {
    /// Whether the two texts are the same but for the changes.
    fn is_whole(&self) -> bool {
        let (read, corrected) = (Text::from(self.read.as_str()), Text::from(self.corrected.as_str()));
        let changes = self.changes.iter().map(|change| Replacement {
            at: change.read.start,
            before: read.slice(change.read).to_owned(),
            after: corrected.slice(change.corrected).to_owned(),
        });
        let mut changed = read.clone();
        ChangeSet::new(changes.collect()).apply(&mut changed);
        changed == corrected
    }
}

/// The corrected paragraphs of documents as the lines of a file.
#[must_use]
pub fn export<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for paragraph in documents.into_iter().flat_map(corrected_paragraphs) {
        // Writing strings and numbers into memory does not fail.
        if serde_json::to_writer(&mut bytes, &paragraph).is_ok() {
            bytes.push(b'\n');
        }
    }
    bytes
}

/// Whether a replacement is within one line on both sides: others join, split or move lines.
fn is_within_a_line(replacement: &Replacement) -> bool {
    !replacement.before.contains('\n') && !replacement.after.contains('\n')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annot::document::{BlockMark, Parts};
    use crate::annot::{Edit, Source};
    use crate::text::{Alignment, Run};

    const RAW: &str = "记者罗\n永𬱟说，\n98%的入到了。\n\n完";

    fn document() -> Document {
        Document::new(Parts {
            source: Source {
                name: "a.txt".into(),
                text: Text::from(RAW),
                ..Source::default()
            },
            text: Text::from("记者罗永𬱟说，98%的入到了。\n完"),
            alignment: Alignment::new(vec![
                Run::from((0, 0, 3)),
                Run::from((3, 4, 4)),
                Run::from((7, 9, 8)),
                Run::from((15, 18, 2)),
            ]),
            ..Parts::default()
        })
    }

    fn correct(document: &mut Document, start: usize, end: usize, with: &str) {
        let change = ChangeSet::replace(document.text(), CharRange::of(start, end), with);
        document.apply(&Edit::Text(change.into())).unwrap();
    }

    #[test]
    fn a_corrected_paragraph_is_a_line() {
        let mut document = document();
        correct(&mut document, 3, 4, "永勇");
        correct(&mut document, 12, 13, "人");
        assert_eq!(
            String::from_utf8(export([&document])).unwrap(),
            "{\"source\":\"a.txt\",\"raw\":\"记者罗\\n永𬱟说，\\n98%的入到了。\",\"read\":\"记者罗永𬱟说，98%的入到了。\",\
             \"corrected\":\"记者罗永勇𬱟说，98%的人到了。\",\"changes\":[{\"read\":[4,4],\"corrected\":[4,5]},\
             {\"read\":[11,12],\"corrected\":[12,13]}]}\n"
        );
    }

    #[test]
    fn lines_that_were_only_joined_or_split_are_left_out() {
        let mut document = document();
        correct(&mut document, 7, 7, "\n");
        correct(&mut document, 16, 17, "");
        assert_eq!(export([&document]), b"");
        correct(&mut document, 12, 13, "人");
        let paragraphs = corrected_paragraphs(&document);
        assert_eq!(paragraphs.len(), 1);
        assert_eq!(
            (&*paragraphs[0].read, &*paragraphs[0].corrected),
            ("98%的入到了。\n完", "98%的人到了。完")
        );
    }

    #[test]
    fn a_paragraph_that_others_were_moved_past_stands_for_itself() {
        let mut document = document();
        correct(&mut document, 11, 12, "人");
        document.apply(&Edit::MoveBlock { from: 1, to: 0 }).unwrap();
        let paragraphs = corrected_paragraphs(&document);
        assert_eq!(paragraphs.len(), 1);
        let paragraph = &paragraphs[0];
        assert_eq!(paragraph.raw, "记者罗\n永𬱟说，\n98%的入到了。");
        assert_eq!(paragraph.read, "记者罗永𬱟说，98%的入到了。");
        assert_eq!(paragraph.corrected, "记者罗永𬱟说，98%的人到了。");
    }

    #[test]
    fn a_moved_paragraph_keeps_its_pair() {
        let mut document = document();
        correct(&mut document, 3, 4, "永勇");
        correct(&mut document, 12, 13, "人");
        let before = export([&document]);
        document.apply(&Edit::MoveBlock { from: 0, to: 1 }).unwrap();
        assert_eq!(document.text().as_str(), "完\n记者罗永勇𬱟说，98%的人到了。");
        assert_eq!(export([&document]), before);
        // One that was split and moved apart is told by its halves.
        correct(&mut document, 10, 10, "\n");
        document.apply(&Edit::MoveBlock { from: 2, to: 0 }).unwrap();
        let paragraphs = corrected_paragraphs(&document);
        let pairs: Vec<_> = paragraphs.iter().map(|one| (&*one.read, &*one.corrected)).collect();
        assert_eq!(
            pairs,
            [
                ("98%的入到了。", "98%的人到了。"),
                ("记者罗永𬱟说，", "记者罗永勇𬱟说，")
            ]
        );
    }

    #[test]
    fn the_raw_text_of_a_pair_is_that_of_its_paragraph_alone_in_its_order() {
        let mut document = document();
        correct(&mut document, 11, 12, "人");
        // The last line first, then joined with the other, which stands before it in the raw text.
        document.apply(&Edit::MoveBlock { from: 1, to: 0 }).unwrap();
        correct(&mut document, 1, 2, "");
        let paragraphs = corrected_paragraphs(&document);
        let pairs: Vec<_> = paragraphs
            .iter()
            .map(|one| (&*one.raw, &*one.read, &*one.corrected))
            .collect();
        assert_eq!(
            pairs,
            [(
                "完\n记者罗\n永𬱟说，\n98%的入到了。",
                "完\n记者罗永𬱟说，98%的入到了。",
                "完记者罗永𬱟说，98%的人到了。"
            )]
        );
    }

    #[test]
    fn a_paragraph_that_was_set_aside_is_left_out() {
        let mut document = document();
        correct(&mut document, 11, 12, "人");
        let mark = BlockMark {
            dropped: true,
            ..BlockMark::default()
        };
        document.apply(&Edit::Blocks(vec![(0, mark)])).unwrap();
        assert_eq!(corrected_paragraphs(&document), []);
        document.apply(&Edit::Blocks(vec![(0, BlockMark::default())])).unwrap();
        assert_eq!(corrected_paragraphs(&document).len(), 1);
    }

    proptest! {
        #[test]
        fn the_changes_are_all_that_differs(
            edits in prop::collection::vec((any::<u32>(), 0..4_u32, "[人罗\n😀]{0,2}"), 1..8),
        ) {
            let mut document = document();
            for (at, len, with) in edits {
                let end = document.text().len().0;
                let start = at % (end + 1);
                let change = ChangeSet::replace(document.text(), CharRange::from((start, (start + len).min(end))), &with);
                document.apply(&Edit::Text(change.into())).unwrap();
            }
            for paragraph in corrected_paragraphs(&document) {
                prop_assert!(paragraph.is_whole());
                prop_assert_ne!(&paragraph.read, &paragraph.corrected);
                prop_assert!(document.text().as_str().split('\n').any(|line| line == paragraph.corrected));
                prop_assert!(paragraph.raw.split('\n').all(|line| RAW.contains(line)), "{:?}", paragraph);
            }
        }
    }
}
