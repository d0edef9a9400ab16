//! The rows of a whole document: how many, how high, and which one is where. How they are made is in `breaking`.

mod breaking;

use super::{Column, RowEnd};
use crate::text::{ByteIdx, CharIdx, CharRange};

/// One row, as [`Rows::row`] finds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Its first byte in the text.
    pub start: ByteIdx,
    /// One past its last byte, without the line feed.
    pub end: ByteIdx,
    /// The same in characters.
    pub chars: CharRange,
    /// The number of its paragraph.
    pub paragraph: u32,
    /// Whether it begins its paragraph.
    pub is_first: bool,
    /// Whether it ends its paragraph.
    pub is_last: bool,
    /// The style of its paragraph.
    pub style: u8,
    /// Where its characters begin, in em of body text from the left edge of the column.
    pub left: f32,
    /// Its top, in em from the top of the document.
    pub top: f64,
    /// Its height in em.
    pub height: f32,
}

/// A place to scroll to that survives edits (map its byte through them) and other widths and sizes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Anchor {
    /// A place in the row that is meant; the first byte of it, as [`Rows::anchor_at`] makes it.
    pub byte: ByteIdx,
    /// From the top of that row, in em; not within the row for places between and beyond paragraphs.
    pub offset: f64,
}

/// Where a paragraph begins, in every unit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Paragraph {
    byte: u32,
    char: u32,
    row: u32,
    style: u8,
    y: f64,
}

/// The rows of a text whose paragraphs are its lines (parted by `\n`; after a final one comes an empty paragraph).
///
/// Rows know their place in the paragraph and paragraphs theirs in the text, so an edit breaks the paragraphs that it
/// touches and moves the numbers of the later ones.
///
/// Invariant: `paragraphs` has one entry more than there are paragraphs, the place where the next one would begin: one
/// byte (the line feed) behind the end of the last.
#[derive(Clone, Debug)]
pub struct Rows {
    column: Column,
    paragraphs: Vec<Paragraph>,
    ends: Vec<RowEnd>,
}

impl Rows {
    /// How the text is set.
    #[must_use]
    pub fn column(&self) -> &Column {
        &self.column
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no paragraph has been broken yet. (An empty text has one, empty row.)
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How many paragraphs have been broken.
    #[must_use]
    pub fn paragraph_count(&self) -> usize {
        self.paragraphs.len() - 1
    }

    /// How much of the text has been broken, in bytes.
    #[must_use]
    pub fn broken_bytes(&self) -> ByteIdx {
        ByteIdx(self.end().byte)
    }

    /// The height of all rows and the space between them, in em.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.end().y
    }

    /// The rows of paragraph `paragraph`, by number.
    #[must_use]
    pub fn rows_of_paragraph(&self, paragraph: usize) -> std::ops::Range<usize> {
        self.paragraph(paragraph).row as usize..self.paragraph(paragraph + 1).row as usize
    }

    /// The characters of paragraph `paragraph`, without the line feed.
    #[must_use]
    pub fn chars_of_paragraph(&self, paragraph: usize) -> CharRange {
        let end = self.paragraph(paragraph + 1).char.saturating_sub(1);
        CharRange::new(CharIdx(self.paragraph(paragraph).char), CharIdx(end))
    }

    /// Row `row`, if there are as many.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<Row> {
        let end = *self.ends.get(row)?;
        let number = self.paragraph_of(|paragraph| paragraph.row as usize <= row);
        let paragraph = self.paragraph(number);
        let in_paragraph = row - paragraph.row as usize;
        let start = match in_paragraph {
            0 => RowEnd::default(),
            _ => self.ends.get(row - 1).copied().unwrap_or_default(),
        };
        let style = self.column.style(paragraph.style);
        let first_indent = if in_paragraph == 0 { style.first_indent } else { 0.0 };
        Some(Row {
            start: ByteIdx(paragraph.byte + start.byte),
            end: ByteIdx(paragraph.byte + end.byte),
            chars: CharRange::new(CharIdx(paragraph.char + start.char), CharIdx(paragraph.char + end.char)),
            paragraph: u32::try_from(number).unwrap_or(u32::MAX),
            is_first: in_paragraph == 0,
            is_last: row + 1 == self.paragraph(number + 1).row as usize,
            style: paragraph.style,
            left: style.left + first_indent,
            top: paragraph.y + f64::from(style.above) + in_paragraph as f64 * f64::from(style.row_height),
            height: style.row_height,
        })
    }

    /// The row in which byte `at` of the text stands: where one row ends and the next begins, the next; a line feed
    /// stands in the row that it ends; past the end, the last.
    #[must_use]
    pub fn row_of_byte(&self, at: ByteIdx) -> usize {
        let number = self.paragraph_of(|paragraph| paragraph.byte <= at.0);
        let inside = at.0 - self.paragraph(number).byte;
        self.row_in(number, |end| end.byte <= inside)
    }

    /// The same for a character.
    #[must_use]
    pub fn row_of_char(&self, at: CharIdx) -> usize {
        let number = self.paragraph_of(|paragraph| paragraph.char <= at.0);
        let inside = at.0 - self.paragraph(number).char;
        self.row_in(number, |end| end.char <= inside)
    }

    /// The row at `y` em from the top of the document; the nearest one where there is none.
    #[must_use]
    pub fn row_at_y(&self, y: f64) -> usize {
        let number = self.paragraph_of(|paragraph| paragraph.y <= y);
        let paragraph = self.paragraph(number);
        let style = self.column.style(paragraph.style);
        let inside = ((y - paragraph.y - f64::from(style.above)) / f64::from(style.row_height)).max(0.0);
        let rows = self.rows_of_paragraph(number);
        rows.start + (inside as usize).min(rows.len().saturating_sub(1))
    }

    /// The top of row `row`, in em from the top of the document; the height of all for a row past the last.
    #[must_use]
    pub fn y_of_row(&self, row: usize) -> f64 {
        self.row(row).map_or(self.height(), |row| row.top)
    }

    /// The rows that have a part between `top` and `bottom` (em from the top of the document), and those beside the
    /// spaces there.
    #[must_use]
    pub fn rows_between(&self, top: f64, bottom: f64) -> std::ops::Range<usize> {
        let end = (self.row_at_y(bottom.max(top)) + 1).min(self.len());
        self.row_at_y(top).min(end)..end
    }

    /// What stands at `y` em from the top of the document, as a place in the text.
    #[must_use]
    pub fn anchor_at(&self, y: f64) -> Anchor {
        self.row(self.row_at_y(y)).map_or(Anchor::default(), |row| Anchor {
            byte: row.start,
            offset: y - row.top,
        })
    }

    /// Where `anchor` is now, in em from the top of the document.
    #[must_use]
    pub fn y_of_anchor(&self, anchor: Anchor) -> f64 {
        self.y_of_row(self.row_of_byte(anchor.byte)) + anchor.offset
    }

    /// Where the next paragraph would begin.
    fn end(&self) -> Paragraph {
        self.paragraphs.last().copied().unwrap_or_default()
    }

    /// Where paragraph `number` begins; the end for one past the last.
    fn paragraph(&self, number: usize) -> Paragraph {
        self.paragraphs.get(number).copied().unwrap_or_else(|| self.end())
    }

    /// The last paragraph that begins as `begins_by_then` says, which must hold for all up to one and for none after.
    fn paragraph_of(&self, begins_by_then: impl Fn(&Paragraph) -> bool) -> usize {
        let count = self.paragraph_count();
        let broken = self.paragraphs.get(..count).unwrap_or_default();
        broken.partition_point(begins_by_then).saturating_sub(1)
    }

    /// The first row of paragraph `number` for which `ends_before` does not hold; else its last one.
    fn row_in(&self, number: usize, ends_before: impl Fn(&RowEnd) -> bool) -> usize {
        let rows = self.rows_of_paragraph(number);
        let ends = self.ends.get(rows.clone()).unwrap_or_default();
        rows.start + ends.partition_point(ends_before).min(rows.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::{BlockStyle, Metrics};

    pub(super) fn column(width: f32) -> Column {
        let heading = BlockStyle {
            scale: 1.5,
            left: 1.0,
            first_indent: 0.0,
            row_height: 2.7,
            above: 0.7,
            below: 0.3,
        };
        let metrics = Metrics::new(1.0, |c| if c < '\u{2000}' { 0.5 } else { 1.0 });
        Column::new(metrics, width, &[BlockStyle::default(), heading])
    }

    pub(super) fn style_of(paragraph: usize) -> u8 {
        u8::from(paragraph.is_multiple_of(3))
    }

    pub(super) fn build(text: &str) -> Rows {
        Rows::build(column(6.0), text, style_of)
    }

    #[test]
    fn headings_are_larger_and_first_rows_further_in() {
        let text = "重庆日报\n罗勇介绍了治安情况。\n";
        let rows = build(text);
        let shown: Vec<_> = (0..rows.len()).filter_map(|row| rows.row(row)).collect();
        let texts: Vec<_> = (shown.iter())
            .map(|row| &text[row.start.to_usize()..row.end.to_usize()])
            .collect();
        assert_eq!(texts, ["重庆日", "报", "罗勇介绍", "了治安情况。", ""]);
        assert_eq!(
            shown.iter().map(|row| row.left).collect::<Vec<_>>(),
            [1.0, 1.0, 2.0, 0.0, 2.0]
        );
        assert_eq!(
            shown.iter().map(|row| row.paragraph).collect::<Vec<_>>(),
            [0, 0, 1, 1, 2]
        );
        let tops = [
            0.7,
            0.7 + 2.7,
            0.7 + 5.4 + 0.3,
            0.7 + 5.4 + 0.3 + 1.9,
            0.7 + 5.4 + 0.3 + 3.8,
        ];
        for (row, top) in shown.iter().zip(tops) {
            assert!((row.top - top).abs() < 0.01, "{row:?}");
        }
        assert_eq!(shown[3].chars, CharRange::of(9, 15));
        assert!(shown[3].is_last && !shown[3].is_first);
    }

    #[test]
    fn an_empty_text_has_one_row() {
        let rows = build("");
        assert_eq!((rows.len(), rows.paragraph_count()), (1, 1));
        assert_eq!(rows.row(0).map(|row| row.chars), Some(CharRange::of(0, 0)));
        assert_eq!(rows.row_of_byte(ByteIdx(7)), 0);
        assert_eq!(rows.row_at_y(-3.0), 0);
        let none = Rows::new(column(6.0));
        assert!(none.is_empty() && none.row(0).is_none());
        assert_eq!(
            (
                none.row_of_byte(ByteIdx(7)),
                none.row_at_y(4.0),
                none.rows_between(0.0, 9.0)
            ),
            (0, 0, 0..0)
        );
    }

    #[test]
    fn carriage_returns_and_marks_of_byte_order_take_no_room() {
        let rows = build("\u{FEFF}甲\r\n乙丙丁戊\r\n己");
        assert_eq!(rows.len(), 3);
        assert_eq!(rows.row_of_char(CharIdx(3)), 0);
        assert_eq!(rows.row_of_char(CharIdx(4)), 1);
    }

    #[test]
    fn an_anchor_keeps_its_text_at_another_width() {
        let text = "重庆日报\n罗勇介绍了治安情况，他说这一年来变化很大。\n完";
        let narrow = build(text);
        let anchor = narrow.anchor_at(narrow.y_of_row(4) + 0.5);
        let wide = Rows::build(column(12.0), text, style_of);
        let row = wide.row_at_y(wide.y_of_anchor(anchor));
        assert_eq!(row, wide.row_of_byte(anchor.byte));
        assert!((narrow.y_of_anchor(narrow.anchor_at(-2.0)) + 2.0).abs() < 1e-9);
    }

    pub(super) fn document() -> impl Strategy<Value = String> {
        "([一-三，。“]|[a9%]|[𬱟😀\u{301}\r　 ]|\n){0,80}"
    }

    proptest! {
        #[test]
        fn rows_tile_the_text(text in document()) {
            let rows = build(&text);
            let mut expected = ByteIdx(0);
            for n in 0..rows.len() {
                let row = rows.row(n).unwrap();
                prop_assert_eq!(row.start, expected);
                prop_assert_eq!(CharIdx::count(&text[..row.start.to_usize()]), row.chars.start);
                prop_assert_eq!(CharIdx::count(&text[..row.end.to_usize()]), row.chars.end);
                prop_assert!(!text[row.start.to_usize()..row.end.to_usize()].contains('\n'));
                expected = ByteIdx(row.end.0 + u32::from(row.is_last));
            }
            prop_assert_eq!(expected.to_usize(), text.len() + 1);
            prop_assert_eq!(rows.paragraph_count(), text.split('\n').count());
        }

        #[test]
        fn a_row_is_found_by_all_that_it_holds(text in document()) {
            let rows = build(&text);
            let chars = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
            for (char, byte) in chars.enumerate() {
                let n = rows.row_of_byte(byte.into());
                prop_assert_eq!(rows.row_of_char(char.into()), n);
                let row = rows.row(n).unwrap();
                prop_assert!(row.start <= byte.into() && (ByteIdx::from(byte) < row.end || row.is_last));
            }
            for n in 0..rows.len() {
                let row = rows.row(n).unwrap();
                for part in [0.0, 0.25, 0.999] {
                    prop_assert_eq!(rows.row_at_y(row.top + part * f64::from(row.height)), n);
                }
                prop_assert!(n == 0 || rows.y_of_row(n - 1) < row.top);
                prop_assert!(rows.rows_between(row.top, row.top + 0.1).eq(n..n + 1));
            }
        }

        #[test]
        fn an_anchor_comes_back(text in document(), y in -5.0_f64..100.0) {
            let rows = build(&text);
            prop_assert!((rows.y_of_anchor(rows.anchor_at(y)) - y).abs() < 1e-9);
        }

    }
}
