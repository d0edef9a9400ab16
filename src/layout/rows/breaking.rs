//! Breaking the paragraphs of a document into rows, all of them or those that an edit has touched.

use std::ops::Range;

use super::{Paragraph, Rows};
use crate::layout::{Column, RowEnd, break_paragraph};
use crate::text::change::Replacement;
use crate::text::{Assoc, ByteIdx, ChangeSet, Text};

impl Rows {
    /// No row yet; [`Self::extend`] adds them.
    #[must_use]
    pub fn new(column: Column) -> Self {
        Self {
            column,
            paragraphs: vec![Paragraph::default()],
            ends: Vec::new(),
        }
    }

    /// All rows of `text`. `style_of` gives the style of a paragraph by its number.
    pub fn build(column: Column, text: &str, style_of: impl FnMut(usize) -> u8) -> Self {
        let mut rows = Self::new(column);
        rows.extend(text, usize::MAX, style_of);
        rows
    }

    /// Breaks further paragraphs, at least `bytes` of them where there are as many; whether all are broken now.
    pub fn extend(&mut self, text: &str, bytes: usize, mut style_of: impl FnMut(usize) -> u8) -> bool {
        let start = self.end().byte as usize;
        let until = start.saturating_add(bytes);
        while !self.is_complete(text) && (self.end().byte as usize) < until {
            let style = style_of(self.paragraph_count());
            let rest = text.get(self.end().byte as usize..).unwrap_or_default();
            let line = rest.split('\n').next().unwrap_or_default();
            push_paragraph(&self.column, &mut self.paragraphs, &mut self.ends, line, style);
        }
        self.is_complete(text)
    }

    /// Whether all of `text` is broken.
    #[must_use]
    pub fn is_complete(&self, text: &str) -> bool {
        self.end().byte as usize > text.len()
    }

    /// Follows a change that has made `text`: breaks the paragraphs from the first replacement to the last, as
    /// [`Self::splice`] does.
    pub fn apply(&mut self, text: &Text, change: &ChangeSet, style_of: impl FnMut(usize) -> u8) {
        let replacements = change.replacements();
        let (Some(first), Some(last)) = (replacements.first(), replacements.last()) else {
            return;
        };
        let at = text.byte_of(first.at);
        let end = text.byte_of(change.map_pos(last.range().end, Assoc::After));
        let bytes = |side: fn(&Replacement) -> &String| replacements.iter().map(|one| side(one).len()).sum::<usize>();
        let inserted = end.to_usize() - at.to_usize();
        let removed = inserted - bytes(|one| &one.after) + bytes(|one| &one.before);
        self.splice(text.as_str(), at, removed.into(), inserted.into(), style_of);
    }

    /// Follows an edit: `text` is the new text, in which `inserted` bytes stand at `at` for the `removed` bytes of the
    /// old one. Breaks the paragraphs that were touched; `style_of` is asked for those, by their new numbers. The others
    /// keep their styles, whatever their new numbers.
    ///
    /// What was not broken before stays so, and so does a paragraph that became part of it.
    pub fn splice(
        &mut self,
        text: &str,
        at: ByteIdx,
        removed: ByteIdx,
        inserted: ByteIdx,
        style_of: impl FnMut(usize) -> u8,
    ) {
        if at.0 >= self.end().byte {
            return;
        }
        let first = self.paragraph_of(|paragraph| paragraph.byte <= at.0);
        let last_byte = at.0 + removed.0;
        if last_byte >= self.end().byte {
            self.truncate(first);
            return;
        }
        let last = self.paragraph_of(|paragraph| paragraph.byte <= last_byte);
        let next = self.paragraph(last + 1);
        self.rebreak(text, first..last + 1, next.byte - removed.0 + inserted.0, style_of);
    }

    /// Breaks the paragraphs in `range` again, whose text is the same and whose styles may be new.
    pub fn restyle(&mut self, text: &str, range: Range<usize>, style_of: impl FnMut(usize) -> u8) {
        let range = range.start..range.end.min(self.paragraph_count());
        if !range.is_empty() {
            let next = self.paragraph(range.end).byte;
            self.rebreak(text, range, next, style_of);
        }
    }

    /// Puts the lines of `text` up to `next_byte`, where the next paragraph begins, in the place of the paragraphs in
    /// `old`.
    fn rebreak(&mut self, text: &str, old: Range<usize>, next_byte: u32, mut style_of: impl FnMut(usize) -> u8) {
        let (start, old_next) = (self.paragraph(old.start), self.paragraph(old.end));
        let lines = text
            .get(start.byte as usize..next_byte as usize - 1)
            .unwrap_or_default();
        let (mut paragraphs, mut ends) = (vec![start], Vec::new());
        for (n, line) in lines.split('\n').enumerate() {
            let style = style_of(old.start + n);
            push_paragraph(&self.column, &mut paragraphs, &mut ends, line, style);
        }
        let new_next = paragraphs.pop().unwrap_or(start);
        for later in self.paragraphs.iter_mut().skip(old.end) {
            later.byte = later.byte - old_next.byte + new_next.byte;
            later.char = later.char - old_next.char + new_next.char;
            later.row = later.row - old_next.row + new_next.row;
            later.y = later.y - old_next.y + new_next.y;
        }
        self.paragraphs.splice(old, paragraphs);
        self.ends.splice(start.row as usize..old_next.row as usize, ends);
    }

    /// Forgets all paragraphs from `count` on.
    fn truncate(&mut self, count: usize) {
        self.paragraphs.truncate(count + 1);
        let end = self.end();
        self.ends.truncate(end.row as usize);
    }
}

/// Breaks `line`, which begins where the last of `paragraphs` says, and adds where the next one would begin.
fn push_paragraph(
    column: &Column,
    paragraphs: &mut Vec<Paragraph>,
    ends: &mut Vec<RowEnd>,
    line: &str,
    style_number: u8,
) {
    let Some(paragraph) = paragraphs.last_mut() else { return };
    paragraph.style = style_number;
    let style = column.style(style_number);
    let before = ends.len();
    // The breaker knows one size of characters only, so the column is measured with theirs.
    let width = (column.width() - style.left) / style.scale;
    break_paragraph(line, column.metrics(), width, style.first_indent / style.scale, ends);
    let rows = ends.len() - before;
    let end = ends.last().copied().unwrap_or_default();
    let next = Paragraph {
        byte: paragraph.byte + end.byte + 1,
        char: paragraph.char + end.char + 1,
        row: paragraph.row + u32::try_from(rows).unwrap_or(u32::MAX),
        style: 0,
        y: paragraph.y + f64::from(style.above) + rows as f64 * f64::from(style.row_height) + f64::from(style.below),
    };
    paragraphs.push(next);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::rows::tests::{build, column, document, style_of};
    use crate::text::CharRange;

    fn assert_same(a: &Rows, b: &Rows) {
        assert_eq!(a.paragraphs, b.paragraphs);
        assert_eq!(a.ends, b.ends);
    }

    fn on_boundary(text: &str, at: usize) -> usize {
        text.floor_char_boundary(at.min(text.len()))
    }

    proptest! {
        #[test]
        fn in_pieces_or_at_once(text in document(), bytes in 1_usize..40) {
            let mut rows = Rows::new(column(6.0));
            while !rows.extend(&text, bytes, style_of) {}
            assert_same(&rows, &build(&text));
        }

        #[test]
        fn an_edit_is_as_good_as_building_anew(
            text in document(), with in "[一\n甲a𬱟，]{0,6}", a in 0_usize..240, b in 0_usize..240, broken in 0_usize..240,
        ) {
            let (a, b) = (on_boundary(&text, a.min(b)), on_boundary(&text, a.max(b)));
            let mut new = text.clone();
            new.replace_range(a..b, &with);
            let plain = |_| 0;
            for complete in [true, false] {
                let mut rows = Rows::new(column(6.0));
                rows.extend(&text, if complete { usize::MAX } else { broken }, plain);
                rows.splice(&new, a.into(), (b - a).into(), with.len().into(), plain);
                prop_assert!(rows.is_complete(&new) || !complete);
                rows.extend(&new, usize::MAX, plain);
                assert_same(&rows, &Rows::build(column(6.0), &new, plain));
            }
        }

        #[test]
        fn a_change_in_several_places_too(
            text in document(), parts in prop::collection::vec((0_usize..80, 0_usize..4, "[一\n甲a𬱟，]{0,4}"), 0..4),
        ) {
            let mut text = Text::new(text);
            let mut rows = Rows::build(column(6.0), text.as_str(), |_| 0);
            let mut replacements = Vec::new();
            let mut free = 0;
            for (at, removed, with) in parts {
                let start = (free + at).min(text.len().to_usize());
                let range = CharRange::of(start, (start + removed).min(text.len().to_usize()));
                replacements.push(Replacement { at: range.start, before: text.slice(range).to_owned(), after: with });
                free = range.end.to_usize();
            }
            let change = ChangeSet::new(replacements);
            change.apply(&mut text);
            rows.apply(&text, &change, |_| 0);
            assert_same(&rows, &Rows::build(column(6.0), text.as_str(), |_| 0));
        }

        #[test]
        fn styles_can_be_changed(text in document(), a in 0_usize..9, b in 0_usize..9) {
            let mut rows = Rows::build(column(6.0), &text, |_| 0);
            let styled = |n| u8::from((a..b).contains(&n));
            rows.restyle(&text, a..b, styled);
            assert_same(&rows, &Rows::build(column(6.0), &text, styled));
        }
    }
}
