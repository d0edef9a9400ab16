//! The visible rows, shaped by the font engine.

use std::sync::Arc;

use egui::epaint::text::CharIndex;
use egui::text::LayoutJob;
use egui::{Color32, FontId, Galley, Painter};

use super::Geometry;
use super::rows::SetText;
use crate::annot::Document;
use crate::text::{CharIdx, CharRange};

/// A row on the screen. Lives for one frame: the font engine may forget its galleys in the next.
pub(super) struct ShapedRow {
    pub galley: Arc<Galley>,
    pub chars: CharRange,
    pub paragraph: usize,
    pub is_first: bool,
    pub is_last: bool,
    pub left: f32,
    pub top: f32,
    pub bottom: f32,
    /// Where the glyphs' box begins and ends: the row's own height is larger.
    pub glyph_top: f32,
}

impl ShapedRow {
    /// The x on the screen of a character's left edge; for the end of the row, the right edge of the last.
    pub fn x(&self, at: CharIdx) -> f32 {
        let column = at.0.saturating_sub(self.chars.start.0).min(self.chars.len());
        let offset = self
            .galley
            .rows
            .first()
            .map_or(0.0, |row| row.x_offset(CharIndex(column as usize)));
        self.left + offset
    }

    /// The place between characters that is nearest to an x on the screen.
    pub fn nearest(&self, x: f32) -> CharIdx {
        let column = self
            .galley
            .rows
            .first()
            .map_or(CharIndex(0), |row| row.char_at(x - self.left));
        CharIdx(self.chars.start.0 + u32::try_from(column.0).unwrap_or(0)).min(self.chars.end)
    }

    /// The character under an x on the screen, if one is there.
    pub fn char_under(&self, x: f32) -> Option<CharIdx> {
        let near = self.nearest(x);
        [CharIdx(near.0.saturating_sub(1)), near]
            .into_iter()
            .find(|&at| self.chars.contains(at) && self.x(at) <= x && x < self.x(CharIdx(at.0 + 1)))
    }

    /// The bottom of the glyphs' box.
    pub fn glyph_bottom(&self) -> f32 {
        self.glyph_top + self.galley.rect.height()
    }
}

/// Shapes the rows in sight.
pub(super) fn visible(painter: &Painter, document: &Document, set: &SetText, geometry: &Geometry) -> Vec<ShapedRow> {
    let bottom = geometry.document_y(geometry.rect.bottom());
    let text = set.text.as_str();
    let rows = set.rows.rows_between(geometry.top, bottom);
    let mut shaped = Vec::with_capacity(rows.len());
    for number in rows {
        let Some(row) = set.rows.row(number) else { break };
        let style = set.rows.column().style(row.style);
        let top = geometry.y(row.top);
        let height = row.height * geometry.em;
        let words = printable(&text[row.start.to_usize()..row.end.to_usize()]);
        let mut job = LayoutJob::simple_singleline(
            words,
            FontId::proportional(geometry.em * style.scale),
            Color32::PLACEHOLDER,
        );
        job.break_on_newline = false;
        job.keep_trailing_whitespace = true;
        let galley = painter.layout_job(job);
        // Below the glyphs there is room for the lanes, so they stand a little above the middle.
        let glyph_top = (top + (height - galley.rect.height()) * 0.42).round();
        shaped.push(ShapedRow {
            galley,
            chars: row.chars,
            paragraph: row.paragraph as usize,
            is_first: row.is_first,
            is_last: row.is_last,
            left: (geometry.left + row.left * geometry.em).round(),
            top,
            bottom: top + height,
            glyph_top,
        });
    }
    debug_assert!(document.text().len() >= shaped.last().map_or(CharIdx(0), |row| row.chars.end));
    shaped
}

/// Control characters and line separators have no glyph: each is shown as a mark of its own, one for one.
pub(in crate::ui) fn printable(row: &str) -> String {
    if row
        .chars()
        .all(|c| !c.is_control() && c != '\u{2028}' && c != '\u{2029}')
    {
        return row.to_owned();
    }
    let show = |c: char| match c {
        '\t' => ' ',
        '\u{2028}' | '\u{2029}' => '·',
        c if c.is_control() => '·',
        c => c,
    };
    row.chars().map(show).collect()
}
