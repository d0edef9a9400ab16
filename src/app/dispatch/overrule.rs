//! Overruling what was made of the lines: joining, splitting, moving, naming them anew.

use std::ops::Range;

use super::correct::Step;
use crate::annot::document::BlockMark;
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
        if let Some(marks) = start_kept_at_top(sheet, from, to) {
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

/// The first article of a page begins at its top, whichever block is moved there, below what is of the page alone: what to
/// say of the blocks where moving one of them would leave something above that beginning.
fn start_kept_at_top(sheet: &Sheet, from: usize, to: usize) -> Option<Vec<(usize, BlockMark)>> {
    let blocks = sheet.document.blocks();
    let is_furniture = |mark: BlockMark| mark.kind == BlockKind::Furniture;
    let top = blocks.iter().position(|block| !is_furniture(block.mark))?;
    let first = blocks.get(top)?.mark;
    let (is_up, is_down) = (to == top && from > top, from == top && to > top);
    let next = blocks.get(if is_up { from } else { top + 1 })?.mark;
    if !(is_up || is_down) || !first.starts_article || next.starts_article || is_furniture(next) {
        return None;
    }
    let saying = |mark: BlockMark, starts_article| BlockMark { starts_article, ..mark };
    let place = if is_up { top + 1 } else { to };
    Some(vec![(top, saying(next, true)), (place, saying(first, false))])
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
