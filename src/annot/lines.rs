//! Overruling how the reading text is divided into lines: joining two, splitting one.

use unicode_width::UnicodeWidthChar;

use super::Document;
use super::edit::TextEdit;
use crate::text::change::Replacement;
use crate::text::{Assoc, ChangeSet, CharIdx, CharRange, Run, Text};

/// Joins the lines of these blocks into one; `None` where there are not two of them.
///
/// The line feed goes, and spaces beside it; between Latin words stays one space.
#[must_use]
pub fn joined(document: &Document, blocks: std::ops::Range<usize>) -> Option<TextEdit> {
    let text = document.text();
    let blocks = document.blocks().get(blocks)?;
    let joins = blocks.windows(2).map(|pair| {
        let gap = with_spaces(text, CharRange::new(pair[0].range.end, pair[1].range.start));
        let is_between_words = match (text.char_before(gap.start), text.char_at(gap.end)) {
            (Some(left), Some(right)) => {
                (is_latin(left) || matches!(left, ',' | '.' | ';' | ':' | '!' | '?')) && is_latin(right)
            }
            _ => false,
        };
        Replacement {
            at: gap.start,
            before: text.slice(gap).to_owned(),
            after: if is_between_words { " " } else { "" }.to_owned(),
        }
    });
    let change = ChangeSet::new(joins.collect());
    (!change.is_empty()).then(|| change.into())
}

/// Splits the line at `at`; `None` at its ends, where there is nothing to split off. Spaces at the place go.
///
/// Where the raw text has a line end at the place, the new line feed stands for it.
#[must_use]
pub fn split(document: &Document, at: CharIdx) -> Option<TextEdit> {
    let text = document.text();
    let line = document.blocks().get(document.block_at(at))?.range;
    let gap = with_spaces(text, CharRange::new(at, at));
    if gap.start <= line.start || gap.end >= line.end {
        return None;
    }
    let change = ChangeSet::replace(text, gap, "\n");
    let raw = document.alignment().raw_gap(gap, document.source.text.len());
    let feed = document.source.text.slice(raw).chars().position(|c| c == '\n');
    let restored = feed.map(|offset| Run {
        reading: change.map_pos(gap.start, Assoc::Before),
        raw: raw.start + offset.into(),
        len: 1,
    });
    Some(TextEdit {
        change,
        restored: restored.into_iter().collect(),
    })
}

/// `range` with the spaces around it, within the line or lines that it touches.
fn with_spaces(text: &Text, mut range: CharRange) -> CharRange {
    let is_space = |c: &char| c.is_whitespace() && *c != '\n';
    while text.char_before(range.start).as_ref().is_some_and(is_space) {
        range.start = range.start.offset(-1);
    }
    while text.char_at(range.end).as_ref().is_some_and(is_space) {
        range.end = range.end.offset(1);
    }
    range
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && c.width() == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::{Edit, Source};
    use crate::text::Alignment;

    fn document(raw: &str, reading: &str, runs: &[(u32, u32, u32)]) -> Document {
        Document::new(Parts {
            source: Source {
                text: Text::from(raw),
                ..Source::default()
            },
            text: Text::from(reading),
            alignment: Alignment::new(runs.iter().copied().map(Run::from).collect()),
            ..Parts::default()
        })
    }

    fn as_is(text: &str) -> Document {
        let len = CharIdx::count(text).0;
        document(text, text, &[(0, 0, len)])
    }

    #[test]
    fn a_join_leaves_a_space_between_latin_words_alone() {
        for (text, expected) in [
            ("市公安\n局", "市公安局"),
            ("市公安 \n\u{3000}局", "市公安局"),
            ("the\npolice", "the police"),
            ("said,\nno", "said, no"),
            ("98\n%", "98%"),
            ("😀\n𬱟", "😀𬱟"),
            ("一\n\n二", "一二"),
        ] {
            let mut document = as_is(text);
            let edit = joined(&document, 0..document.blocks().len()).unwrap();
            document.apply(&Edit::Text(edit)).unwrap();
            assert_eq!(document.text().as_str(), expected);
        }
        assert_eq!(joined(&as_is("一\n二"), 1..2), None);
    }

    #[test]
    fn a_split_stands_for_the_raw_line_end() {
        let mut document = document("甲乙\r\n丙丁", "甲乙丙丁", &[(0, 0, 2), (2, 4, 2)]);
        assert_eq!(split(&document, CharIdx(0)), None);
        assert_eq!(split(&document, CharIdx(4)), None);
        let before = document.clone();
        let edit = split(&document, CharIdx(2)).unwrap();
        let back = document.apply(&Edit::Text(edit)).unwrap();
        assert_eq!(document.text().as_str(), "甲乙\n丙丁");
        assert_eq!(document.alignment().to_raw(CharIdx(2)), CharIdx(3));
        assert_eq!(
            document.alignment().check(document.text(), &document.source.text),
            Ok(())
        );
        document.apply(&back).unwrap();
        assert_eq!(document, before);
    }

    #[test]
    fn a_split_takes_the_space_with_it() {
        let mut document = as_is("first second");
        let edit = split(&document, CharIdx(6)).unwrap();
        document.apply(&Edit::Text(edit)).unwrap();
        assert_eq!(document.text().as_str(), "first\nsecond");
    }
}
