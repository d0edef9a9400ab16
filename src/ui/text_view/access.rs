//! The visible rows as text runs, for screen readers and for tests.

use egui::accesskit::Role;
use egui::emath::TSTransform;
use egui::epaint::text::CharIndex;
use egui::text::{CCursor, CCursorRange};
use egui::text_selection::accesskit_text::update_accesskit_for_text_widget;
use egui::{Galley, Response, Ui, vec2};

use super::shaped::ShapedRow;
use crate::annot::Document;
use crate::app::command::Selection;
use crate::text::CharIdx;

/// Tells AccessKit, where somebody listens, what is on the screen.
pub(super) fn expose(ui: &Ui, response: &Response, document: &Document, selection: Selection, shaped: &[ShapedRow]) {
    let title = document.title();
    let is_heard = ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Document);
        node.set_label(title);
    });
    let Some(first) = shaped.first().filter(|_| is_heard.is_some()) else {
        return;
    };
    let cursor = |at: CharIdx| CCursor::new(CharIndex(at.0.saturating_sub(first.chars.start.0) as usize));
    let last = shaped.last().map_or(first.chars.end, |row| row.chars.end);
    let within = |at: CharIdx| at >= first.chars.start && at <= last;
    let cursors = (within(selection.anchor) && within(selection.caret))
        .then(|| CCursorRange::two(cursor(selection.anchor), cursor(selection.caret)));
    let page = page_of(shaped, &first.galley);
    update_accesskit_for_text_widget(ui.ctx(), response.id, cursors, TSTransform::IDENTITY, &page);
}

/// The visible rows put together as one galley at their places on the screen; only looked at, never painted.
fn page_of(shaped: &[ShapedRow], any: &Galley) -> Galley {
    let mut rows = Vec::with_capacity(shaped.len());
    for row in shaped {
        for placed in row.galley.rows.iter().take(1) {
            let mut placed = placed.clone();
            placed.pos += vec2(row.left, row.glyph_top);
            placed.ends_with_newline = row.is_last;
            rows.push(placed);
        }
    }
    let mut page = any.clone();
    page.rows = rows;
    page
}
