//! Breaking the article's rows anew when its text, its width or its size has changed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Ui;

use super::TextView;
use super::blocks;
use crate::annot::Document;
use crate::annot::document::PlacedBlock;
use crate::layout::{Anchor, Column, Rows};
use crate::text::{ByteIdx, Text};
use crate::ui::fonts;

/// Breaking may take this long in one frame; the rest follows in the next ones.
const BUDGET: Duration = Duration::from_millis(6);
/// Bytes that are broken between two looks at the clock.
const PIECE: usize = 256 << 10;

/// Bytes that are compared at once where two texts are looked through for their difference.
#[cfg(not(test))]
const STEP: usize = 4096;
#[cfg(test)]
const STEP: usize = 4;

/// Rows, and what they were made from.
#[derive(Debug)]
pub(super) struct SetText {
    pub rows: Rows,
    pub text: Arc<Text>,
    blocks: Arc<Vec<PlacedBlock>>,
    /// The width that they were broken for, in em.
    width: f32,
}

impl SetText {
    /// How much of the text is broken, 0 to 1.
    pub fn progress(&self) -> f32 {
        let all = self.text.as_str().len();
        if all == 0 {
            1.0
        } else {
            (self.rows.broken_bytes().to_usize() as f32 / all as f32).min(1.0)
        }
    }
}

/// Brings the rows up to the document; what is broken already stays usable meanwhile.
pub(super) fn follow(ui: &Ui, view: &mut TextView, document: &Document, width: f32) {
    let is_same_setting = |set: &SetText| (set.width - width).abs() < 0.01;
    match &mut view.set {
        Some(set) if is_same_setting(set) => follow_document(set, &mut view.anchor, document),
        _ => {
            let column = Column::new(fonts::metrics(), width, &blocks::styles());
            view.set = Some(SetText {
                rows: Rows::new(column),
                text: Arc::clone(document.text()),
                blocks: Arc::clone(document.blocks()),
                width,
            });
        }
    }
    let Some(set) = &mut view.set else { return };
    let since = Instant::now();
    let blocks = Arc::clone(&set.blocks);
    // What the editor looks at comes first, however far down: nothing can be shown before it is broken.
    let wanted = view.anchor.byte.to_usize();
    while !set.rows.is_complete(set.text.as_str()) {
        let style = |paragraph: usize| blocks::style_of(blocks.get(paragraph));
        set.rows.extend(set.text.as_str(), PIECE, style);
        if set.rows.broken_bytes().to_usize() > wanted + PIECE && since.elapsed() > BUDGET {
            ui.ctx().request_repaint();
            break;
        }
    }
}

/// After an edit only the paragraphs that it touched are broken again.
fn follow_document(set: &mut SetText, anchor: &mut Anchor, document: &Document) {
    if !Arc::ptr_eq(&set.text, document.text()) {
        let (old, new) = (Arc::clone(&set.text), Arc::clone(document.text()));
        let (at, removed, inserted) = difference(old.as_str(), new.as_str());
        let blocks = Arc::clone(document.blocks());
        let style = |paragraph: usize| blocks::style_of(blocks.get(paragraph));
        set.rows.splice(
            new.as_str(),
            ByteIdx::from(at),
            ByteIdx::from(removed),
            ByteIdx::from(inserted),
            style,
        );
        // What is at the top stays there, whatever was changed above it or around it.
        let top = anchor.byte.to_usize();
        let top = match moved(top, (at, removed, inserted)) {
            Some(top) => top,
            None => moved_in_line(old.as_str(), new.as_str(), (at, removed, inserted), top),
        };
        anchor.byte = ByteIdx::from(top);
        set.text = new;
    }
    if !Arc::ptr_eq(&set.blocks, document.blocks()) {
        let (old, new) = (Arc::clone(&set.blocks), Arc::clone(document.blocks()));
        let style = |paragraph: usize| blocks::style_of(new.get(paragraph));
        let differs = |n: &usize| old.get(*n).map(|block| block.mark.kind) != new.get(*n).map(|block| block.mark.kind);
        let broken = set.rows.paragraph_count().min(new.len());
        let first = (0..broken).find(differs);
        if let Some(first) = first {
            let last = (first..broken).rev().find(differs).unwrap_or(first);
            set.rows.restyle(set.text.as_str(), first..last + 1, style);
        }
        set.blocks = new;
    }
}

/// Where a byte of the old text is in the new one, unless it lies within what was changed.
fn moved(byte: usize, (at, removed, inserted): (usize, usize, usize)) -> Option<usize> {
    if byte >= at + removed {
        Some(byte - removed + inserted)
    } else {
        (byte <= at).then_some(byte)
    }
}

/// The same for one within: the stretch goes from the first to the last of changes that may lie far apart, and where it has
/// as many lines as before, the place is looked for in its own line; there as far along as it was, if that has changed
/// around it too.
fn moved_in_line(old: &str, new: &str, (at, removed, inserted): (usize, usize, usize), byte: usize) -> usize {
    let (before, after) = (&old[at..at + removed], &new[at..at + inserted]);
    let feeds = |text: &str| text.matches('\n').count();
    if feeds(before) != feeds(after) {
        return at;
    }
    let start_of_line = |text: &str, byte: usize| text[..byte].rfind('\n').map_or(0, |feed| feed + 1);
    let old_start = start_of_line(old, byte);
    let new_start = match feeds(&old[at..byte]) {
        0 => start_of_line(new, at),
        line => after
            .match_indices('\n')
            .nth(line - 1)
            .map_or(at, |(feed, _)| at + feed + 1),
    };
    fn line(text: &str, start: usize) -> &str {
        text[start..].split('\n').next().unwrap_or_default()
    }
    let (old, new) = (line(old, old_start), line(new, new_start));
    let inside = byte - old_start;
    let inside = moved(inside, difference(old, new)).unwrap_or(inside * new.len() / old.len().max(1));
    new_start + new.floor_char_boundary(inside)
}

/// The one stretch in which two texts differ: where it begins, and its length in each, in bytes.
fn difference(old: &str, new: &str) -> (usize, usize, usize) {
    let head = old.floor_char_boundary(alike_from_start(old.as_bytes(), new.as_bytes()));
    let tail = alike_from_end(&old.as_bytes()[head..], &new.as_bytes()[head..]);
    let mut old_end = old.len() - tail;
    let mut new_end = new.len() - tail;
    while !old.is_char_boundary(old_end) {
        old_end += 1;
        new_end += 1;
    }
    (head, old_end - head, new_end - head)
}

/// How many bytes are the same at the start. Compared in pieces: the text is long and all but a few bytes are the same.
fn alike_from_start(a: &[u8], b: &[u8]) -> usize {
    let pieces = a.chunks_exact(STEP).zip(b.chunks_exact(STEP));
    let whole = pieces.take_while(|(a, b)| a == b).count() * STEP;
    let rest = a[whole..].iter().zip(&b[whole..]);
    whole + rest.take_while(|(a, b)| a == b).count()
}

/// How many bytes are the same at the end.
fn alike_from_end(a: &[u8], b: &[u8]) -> usize {
    let pieces = a.rchunks_exact(STEP).zip(b.rchunks_exact(STEP));
    let whole = pieces.take_while(|(a, b)| a == b).count() * STEP;
    let rest = a[..a.len() - whole].iter().rev().zip(b[..b.len() - whole].iter().rev());
    whole + rest.take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_stays_in_its_line_when_much_is_replaced_around_it() {
        for (old, new, top, expected) in [
            ("甲一\n甲二\n甲三", "乙乙一\n乙乙二\n乙乙三", "二\n", "二\n"),
            ("甲一\n甲二\n甲三", "乙一\n乙二\n乙三", "甲二", "乙二"),
            ("甲一甲\n二\n甲三", "乙一乙\n二\n乙三", "一", "一"),
            ("甲一\n甲二\n甲三", "乙一乙二\n乙三", "甲二", "乙一"),
        ] {
            let byte = old.find(top).unwrap();
            let differs = difference(old, new);
            let moved = moved(byte, differs).unwrap_or_else(|| moved_in_line(old, new, differs, byte));
            assert!(new[moved..].starts_with(expected), "{old:?} → {new:?}: {moved}");
        }
    }

    #[test]
    fn the_difference_lies_on_character_boundaries() {
        // 罗 and 网 share bytes; the difference must not cut through them.
        for (old, new) in [
            ("罗勇", "网勇"),
            ("a罗", "a罗罗"),
            ("", "甲"),
            ("甲乙", "甲"),
            ("同", "同"),
            ("𬱟", "𬱠"),
            ("甲乙丙丁戊己", "甲乙丙庚戊己"),
            ("甲乙丙丁戊己", "甲乙丙丁丙丁戊己"),
            ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaa"),
        ] {
            let (at, removed, inserted) = difference(old, new);
            let mut text = old.to_owned();
            text.replace_range(at..at + removed, &new[at..at + inserted]);
            assert_eq!(text, new);
        }
    }
}
