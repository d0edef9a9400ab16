//! Overruling what was made of the lines: joining, splitting, moving, naming them anew.

use std::ops::Range;

use super::correct::Step;
use crate::annot::document::{BlockMark, PlacedBlock};
use crate::annot::{Edit, EditError, lines};
use crate::app::command::Selection;
use crate::app::model::Model;
use crate::app::notices::{About, Weight};
use crate::app::sheet::Sheet;
use crate::i18n::T;
use crate::text::{BlockKind, CharIdx, CharRange};

impl Model {
    /// Joins the selected lines, or the one at the caret with the next.
    pub(super) fn join_lines(&mut self) {
        let Some(sheet) = self.sheet() else { return };
        let blocks = selected_blocks(sheet);
        let blocks = blocks.start..blocks.end.max(blocks.start + 2);
        match lines::joined(&sheet.document, blocks) {
            Some(edit) => {
                self.change_text(Edit::Text(edit), Step::Own);
            }
            None => self.say(T::NothingToJoin),
        }
    }

    /// Splits the line at the caret.
    pub(super) fn split_line(&mut self) {
        let Some(sheet) = self.sheet() else { return };
        match lines::split(&sheet.document, sheet.selection.caret) {
            Some(edit) => {
                if self.change_text(Edit::Text(edit), Step::Own) {
                    self.with_sheet(|sheet| {
                        // The caret goes on with what follows it.
                        let next = sheet.document.block_at(sheet.selection.caret) + 1;
                        let at_end = |sheet: &Sheet| {
                            let block = sheet.document.blocks().get(next - 1);
                            block.is_some_and(|block| block.range.end == sheet.selection.caret)
                        };
                        if let Some(block) = sheet.document.blocks().get(next).filter(|_| at_end(sheet)) {
                            sheet.selection = Selection::caret(block.range.start);
                        }
                    });
                }
            }
            None => self.say(T::NothingToSplit),
        }
    }

    /// Moves the selected blocks by one, up (-1) or down (1), with the selection on them.
    pub(super) fn move_blocks(&mut self, by: i8) {
        let Some(sheet) = self.sheet() else { return };
        let blocks = selected_blocks(sheet);
        let count = sheet.document.blocks().len();
        // What stands beside them changes places with them.
        let (from, to) = match by {
            ..0 if blocks.start > 0 => (blocks.start - 1, blocks.end - 1),
            0.. if blocks.end < count => (blocks.end, blocks.start),
            _ => {
                self.say(T::AtTheEdge);
                return;
            }
        };
        let start_of = |sheet: &Sheet, block: usize| {
            let block = sheet.document.blocks().get(block);
            block.map_or(CharIdx(0), |block| block.range.start)
        };
        let before = start_of(sheet, blocks.start);
        let place = range_of(sheet, &blocks);
        let mut edit = Edit::MoveBlock { from, to };
        let marks = starts_after_move(sheet.document.blocks(), &blocks, by < 0);
        if !marks.is_empty() {
            edit = Edit::Batch(vec![edit, Edit::Blocks(marks)]);
        }
        if !self.edit(edit, place) {
            return;
        }
        self.with_sheet(|sheet| {
            sheet.text_changed_at_large();
            let moved = blocks.start.saturating_add_signed(isize::from(by));
            let shift = i64::from(start_of(sheet, moved).0) - i64::from(before.0);
            sheet.selection = Selection {
                anchor: sheet.selection.anchor.offset(shift),
                caret: sheet.selection.caret.offset(shift),
            };
            sheet.reveal = range_of(sheet, &(moved..moved + blocks.len()));
        });
    }

    /// An article begins with the block at the caret, or no longer.
    pub(super) fn start_article(&mut self) {
        self.mark_selected(1, |mark| mark.starts_article = !mark.starts_article);
    }

    /// Sets the selected blocks aside, or restores them where the first of them is set aside.
    pub(super) fn drop_blocks(&mut self) {
        let Some(sheet) = self.sheet() else { return };
        let first = sheet.document.blocks().get(selected_blocks(sheet).start);
        let dropped = !first.is_some_and(|block| block.mark.dropped);
        self.mark_selected(usize::MAX, |mark| mark.dropped = dropped);
    }

    /// Makes the selected blocks of that kind.
    pub(super) fn make_blocks(&mut self, kind: BlockKind) {
        self.mark_selected(usize::MAX, |mark| mark.kind = kind);
    }

    fn mark_selected(&mut self, most: usize, change: impl Fn(&mut BlockMark)) {
        let Some(sheet) = self.sheet() else { return };
        let blocks = selected_blocks(sheet);
        let place = range_of(sheet, &blocks);
        let marks = blocks.take(most).filter_map(|number| {
            let mut mark = sheet.document.blocks().get(number)?.mark;
            let before = mark;
            change(&mut mark);
            (mark != before).then_some((number, mark))
        });
        let marks: Vec<_> = marks.collect();
        if !marks.is_empty() {
            self.edit(Edit::Blocks(marks), place);
        }
    }

    /// Says why an edit was not made.
    pub(super) fn say_refused(&mut self, error: &EditError) {
        let text = match error {
            EditError::NotThere => T::EditNotThere,
            EditError::OutOfRange => T::EditOutOfRange,
            EditError::OtherText => T::EditOtherText,
            EditError::TearsTag(_) => T::EditTearsTag,
        };
        let torn = match (error, self.sheet()) {
            (EditError::TearsTag(id), Some(sheet)) => sheet.document.spans().get(*id),
            _ => None,
        };
        let words = torn.and_then(|span| Some(self.sheet()?.document.covered(span).replace('\n', " ")));
        let text = self.lang.fill(text, &[&words.unwrap_or_default()]);
        let about = self.shown_id().map(About::Refusal);
        self.notify_about(Weight::Lasting, text, about);
    }
}

/// What is to be said of the blocks, by their new numbers, once those of `moved` have changed places with their neighbour
/// above or below. Where an article begins stays with the place, so that a block that is moved there becomes its first; and
/// one that is moved over the border between two articles joins the other. A single block and its neighbour change places
/// under the borders, which moving it back therefore restores. What is of the page alone and, of several blocks, whole
/// articles take what is said of them along.
fn starts_after_move(blocks: &[PlacedBlock], moved: &Range<usize>, is_up: bool) -> Vec<(usize, BlockMark)> {
    let place = if is_up {
        moved.start.checked_sub(1)
    } else {
        Some(moved.end)
    };
    let (Some(own), Some(beside)) = (
        blocks.get(moved.clone()),
        place.and_then(|place| Some(blocks.get(place)?.mark)),
    ) else {
        return Vec::new();
    };
    let Some((first, others)) = own.split_first() else {
        return Vec::new();
    };
    let is_furniture = |mark: BlockMark| mark.kind == BlockKind::Furniture;
    let begins = |number: usize| blocks.get(number).is_none_or(|block| block.mark.starts_article);
    let is_whole = first.mark.starts_article && begins(moved.end);
    let is_single = others.is_empty();
    let goes_along = !is_single && (is_whole || others.iter().any(|block| block.mark.starts_article));
    if goes_along || is_furniture(first.mark) || is_furniture(beside) {
        return Vec::new();
    }
    let saying = |mark: BlockMark, starts_article| BlockMark { starts_article, ..mark };
    let mut marks = Vec::new();
    if is_single {
        let (number, upper, lower) = match is_up {
            true => (moved.start - 1, first.mark, beside),
            false => (moved.start, beside, first.mark),
        };
        marks.push((number, upper, lower.starts_article));
        marks.push((number + 1, lower, upper.starts_article));
    } else if is_up {
        marks.push((moved.start - 1, first.mark, beside.starts_article));
        marks.push((moved.end - 1, beside, false));
        // The rest of the article whose first block has left it.
        let mut rest = blocks.iter().enumerate().skip(moved.end);
        if let Some((number, block)) = rest.find(|(_, block)| !is_furniture(block.mark))
            && first.mark.starts_article
        {
            marks.push((number, block.mark, true));
        }
    } else {
        marks.push((moved.start, beside, first.mark.starts_article || beside.starts_article));
        marks.push((moved.start + 1, first.mark, false));
    }
    let changed = marks
        .into_iter()
        .filter(|(_, mark, starts)| mark.starts_article != *starts);
    changed
        .map(|(number, mark, starts)| (number, saying(mark, starts)))
        .collect()
}

/// The blocks that the selection touches; one at whose start it merely ends is not meant.
fn selected_blocks(sheet: &Sheet) -> Range<usize> {
    let range = sheet.selection.range();
    let first = sheet.document.block_at(range.start);
    let last = sheet.document.block_at(range.end);
    let starts_last = sheet
        .document
        .blocks()
        .get(last)
        .is_some_and(|block| block.range.start == range.end);
    let end = if last > first && starts_last { last } else { last + 1 };
    first..end
}

fn range_of(sheet: &Sheet, blocks: &Range<usize>) -> Option<CharRange> {
    let all = sheet.document.blocks().get(blocks.clone())?;
    Some(CharRange::new(all.first()?.range.start, all.last()?.range.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::Document;
    use crate::annot::document::Parts;
    use crate::text::Text;

    /// A letter for each block, `*` before those that begin an article, `-` before what is of the page alone.
    fn document(words: &str) -> Document {
        let words: Vec<&str> = words.split(' ').collect();
        let marks = words.iter().map(|word| BlockMark {
            kind: if word.contains('-') {
                BlockKind::Furniture
            } else {
                BlockKind::Paragraph
            },
            starts_article: word.starts_with('*'),
            dropped: false,
        });
        let text: Vec<&str> = words.iter().map(|word| word.trim_start_matches(['*', '-'])).collect();
        Document::new(Parts {
            text: Text::from(text.join("\n").as_str()),
            blocks: marks.collect(),
            ..Parts::default()
        })
    }

    fn move_in(document: &mut Document, moved: Range<usize>, is_up: bool) {
        let marks = starts_after_move(document.blocks(), &moved, is_up);
        let (from, to) = match is_up {
            true => (moved.start - 1, moved.end - 1),
            false => (moved.end, moved.start),
        };
        let edit = Edit::Batch(vec![Edit::MoveBlock { from, to }, Edit::Blocks(marks)]);
        document.apply(&edit).unwrap();
    }

    /// The blocks of `before`, after those of `moved` were moved.
    fn moved(before: &str, moved: Range<usize>, is_up: bool) -> String {
        let mut document = document(before);
        move_in(&mut document, moved, is_up);
        let shown = document.blocks().iter().map(|block| {
            let sign = match block.mark {
                mark if mark.starts_article => "*",
                mark if mark.kind == BlockKind::Furniture => "-",
                _ => "",
            };
            format!("{sign}{}", document.text().slice(block.range))
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_block_that_is_moved_over_the_border_of_an_article_joins_it() {
        // The first of the second article goes up: what it changed places with begins that article now.
        assert_eq!(moved("*a b *c d e", 2..3, true), "*a c *b d e");
        assert_eq!(moved("*a b *c -f d", 2..3, true), "*a c *b -f d");
        assert_eq!(moved("*a *b c", 1..2, true), "*b *a c");
        // The last of the first goes down.
        assert_eq!(moved("*a b *c d", 1..2, false), "*a c *b d");
        assert_eq!(moved("*a b *c", 2..3, true), "*a c *b");
        // Two that are selected.
        assert_eq!(moved("*a b *c d e", 2..4, true), "*a c d b *e");
    }

    #[test]
    fn an_article_begins_where_it_began() {
        assert_eq!(moved("*a *b c d", 2..3, true), "*a *c b d");
        assert_eq!(moved("*a *b c d", 1..2, false), "*a *c b d");
        assert_eq!(moved("*a b c", 1..2, false), "*a c b");
        assert_eq!(moved("-f *a b", 2..3, true), "-f *b a");
    }

    #[test]
    fn whole_articles_and_what_is_of_the_page_alone_change_nothing_else() {
        assert_eq!(moved("*a *b *c", 1..2, true), "*b *a *c");
        assert_eq!(moved("*a *b *c", 1..2, false), "*a *c *b");
        assert_eq!(moved("*a b *c d", 2..4, true), "*a *c d b");
        assert_eq!(moved("-f *a b", 1..2, true), "*a -f b");
        assert_eq!(moved("*a -f b", 1..2, true), "-f *a b");
    }

    #[test]
    fn a_block_that_is_moved_there_and_back_leaves_everything_as_it_was() {
        // Every way of marking four blocks: an article's first or not, of the page alone or not.
        for way in 0..4_usize.pow(4) {
            let words = (0..4).zip(["a", "b", "c", "d"]).map(|(number, letter)| {
                let sign = ["", "*", "-", "*-"][way / 4_usize.pow(number) % 4];
                format!("{sign}{letter}")
            });
            let words = words.collect::<Vec<_>>().join(" ");
            let before = document(&words);
            for upper in 0..3 {
                let (upper, lower) = (upper..upper + 1, upper + 1..upper + 2);
                let mut after = before.clone();
                move_in(&mut after, lower.clone(), true);
                assert_ne!(after.text(), before.text());
                move_in(&mut after, upper.clone(), false);
                assert_eq!(after, before, "{words}: {lower:?} up and down");
                move_in(&mut after, upper.clone(), false);
                move_in(&mut after, lower.clone(), true);
                assert_eq!(after, before, "{words}: {upper:?} down and up");
            }
        }
    }
}
