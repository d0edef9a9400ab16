//! What is seen of the correcting of characters: the paragraph that is being typed into, the input method's
//! composition at the caret, and what was corrected before.

use std::sync::Arc;

use egui::output::IMEOutput;
use egui::{FontId, IMEPurpose, Painter, Rect, Response, Stroke, StrokeKind, Tooltip, Ui, pos2, vec2};

use super::shaped::ShapedRow;
use super::{Geometry, Page, Surroundings, part_rect, row_at};
use crate::annot::Document;
use crate::app::sheet::Sheet;
use crate::i18n::{Lang, T};
use crate::text::change::Replacement;
use crate::text::{CharIdx, CharRange};
use crate::ui::tokens::{self, Colors};

/// A correction longer than this is a paragraph that was moved, not characters that were mended.
const LONGEST: usize = 60;

/// A correction, where it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Corrected {
    /// Empty where characters were only taken out.
    pub range: CharRange,
    pub before: String,
    pub after: String,
}

/// The corrections of one revision of the document.
#[derive(Debug, Default)]
pub(super) struct CorrectedCache {
    revision: Option<u64>,
    all: Arc<Vec<Corrected>>,
}

impl CorrectedCache {
    /// Those that stand in `range`.
    pub fn within(&self, range: CharRange) -> impl Iterator<Item = &Corrected> {
        let first = self.all.partition_point(|one| one.range.end <= range.start);
        self.all[first..]
            .iter()
            .take_while(move |one| one.range.start < range.end)
    }
}

/// The corrections of characters, in order.
pub(super) fn corrected(cache: &mut CorrectedCache, document: &Document, revision: u64) -> Arc<Vec<Corrected>> {
    if cache.revision != Some(revision) {
        cache.revision = Some(revision);
        let shown = document
            .placed_corrections()
            .filter(|(_, replacement)| is_of_characters(replacement));
        let all = shown.map(|(range, replacement)| Corrected {
            range,
            before: replacement.before.clone(),
            after: replacement.after.clone(),
        });
        cache.all = Arc::new(all.collect());
    }
    Arc::clone(&cache.all)
}

/// Whether a replacement does more than join, split or move lines.
fn is_of_characters(replacement: &Replacement) -> bool {
    let letters = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let has_feed = replacement.before.contains('\n') || replacement.after.contains('\n');
    let is_move = has_feed
        && replacement
            .before
            .chars()
            .count()
            .max(replacement.after.chars().count())
            > LONGEST;
    let only_lines = has_feed && letters(&replacement.before) == letters(&replacement.after);
    !is_move && !only_lines
}

/// Below the text: the paragraph that is being typed into stands on a card.
pub(super) fn ground(painter: &Painter, sheet: &Sheet, geometry: &Geometry, shaped: &[ShapedRow], colors: Colors) {
    if !sheet.correcting.is_on {
        return;
    }
    let block = sheet.document.block_at(sheet.selection.caret);
    let rows = shaped.iter().filter(|row| row.paragraph == block);
    let Some((top, bottom)) = rows.fold(None, |all: Option<(f32, f32)>, row| {
        Some(all.map_or((row.top, row.bottom), |(top, _)| (top, row.bottom)))
    }) else {
        return;
    };
    let rect = Rect::from_min_max(
        pos2(geometry.left - 10.0, top),
        pos2(geometry.left + geometry.width + 10.0, bottom),
    );
    painter.rect(
        rect,
        4.0,
        colors.card,
        Stroke::new(1.0, colors.accent),
        StrokeKind::Inside,
    );
    let bar = Rect::from_min_max(rect.min, pos2(rect.left() + 4.0, rect.bottom()));
    painter.rect_filled(bar, 2.0, colors.accent);
}

/// Over the text: dots under what was corrected, a wedge where something was taken out.
pub(super) fn marks(painter: &Painter, corrected: &[Corrected], row: &ShapedRow, colors: Colors) {
    let first = corrected.partition_point(|one| one.range.end < row.chars.start);
    let y = row.glyph_bottom() + 2.5;
    let here = corrected[first..]
        .iter()
        .take_while(|one| one.range.start <= row.chars.end);
    for one in here {
        if one.range.is_empty() {
            let belongs = row.chars.contains(one.range.start) || (row.is_last && row.chars.end == one.range.start);
            if belongs {
                let x = row.x(one.range.start);
                let wedge = vec![pos2(x - 3.0, y + 2.0), pos2(x, y - 2.5), pos2(x + 3.0, y + 2.0)];
                painter.line(wedge, Stroke::new(1.2, colors.accent));
            }
        } else if let Some(part) = part_rect(row, one.range) {
            let line = [pos2(part.left() + 1.0, y), pos2(part.right() - 1.0, y)];
            painter.extend(egui::Shape::dotted_line(&line, colors.accent, 3.0, 0.8));
        }
    }
}

/// What a corrected place was, while the pointer is on it.
pub(super) fn tooltip(
    ui: &Ui,
    response: &Response,
    page: &mut Page<'_>,
    geometry: &Geometry,
    shaped: &[ShapedRow],
    lang: Lang,
) {
    let Page { sheet, view } = page;
    let all = corrected(&mut view.corrected, &sheet.document, sheet.revision);
    if all.is_empty()
        || !response.contains_pointer()
        || sheet.card
        || sheet.correcting.is_on
        || ui.input(|input| input.pointer.any_down())
    {
        return;
    }
    let Some(pos) = ui
        .input(|input| input.pointer.hover_pos())
        .filter(|&pos| geometry.rect.contains(pos))
    else {
        return;
    };
    let Some(row) = row_at(shaped, pos.y) else { return };
    let Some(under) = row.char_under(pos.x) else { return };
    let near = row.nearest(pos.x);
    let first = all.partition_point(|one| one.range.end < under);
    let found = all[first..]
        .iter()
        .take(3)
        .find(|one| one.range.contains(under) || (one.range.is_empty() && one.range.start == near));
    let Some(found) = found else { return };
    let text = change_text(found, lang);
    let id = super::id().with(("corrected", found.range.start.0));
    Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, egui::PopupAnchor::Pointer)
        .gap(14.0)
        .show(|ui| ui.add(egui::Label::new(text).extend()));
}

/// A correction in words.
fn change_text(one: &Corrected, lang: Lang) -> String {
    let visible = |text: &str| text.replace('\n', "⏎");
    match (one.before.is_empty(), one.after.is_empty()) {
        (true, _) => T::CorrectedInserted.of(lang).to_owned(),
        (false, true) => lang.fill(T::CorrectedRemoved, &[&visible(&one.before)]),
        (false, false) => format!("{} → {}", visible(&one.before), visible(&one.after)),
    }
}

/// What was changed within a tag, in words.
#[must_use]
pub fn changes_within(document: &Document, range: CharRange, lang: Lang) -> Vec<String> {
    let touching = document
        .placed_corrections()
        .filter(|(place, one)| place.start <= range.end && range.start <= place.end && is_of_characters(one))
        .filter(|(place, ..)| place.overlaps(range) || (range.start < place.start && place.start < range.end));
    let texts = touching.map(|(place, one)| {
        let one = Corrected {
            range: place,
            before: one.before.clone(),
            after: one.after.clone(),
        };
        change_text(&one, lang)
    });
    texts.collect()
}

/// Tells the input method where the caret is, and shows its composition there, over what follows.
pub(super) fn composition(
    ui: &Ui,
    painter: &Painter,
    page: &Page<'_>,
    geometry: &Geometry,
    shaped: &[ShapedRow],
    around: Surroundings<'_>,
) {
    let Page { sheet, view } = page;
    if !sheet.correcting.is_on || !ui.memory(|memory| memory.owns_ime_events(super::id())) {
        return;
    }
    let caret = caret_rect(shaped, sheet.selection.caret)
        .unwrap_or(Rect::from_min_size(geometry.rect.min, vec2(1.0, geometry.em)));
    let mut cursor_rect = caret;
    if let Some(preedit) = view.preedit.as_ref().filter(|preedit| !preedit.is_empty()) {
        let colors = Colors::of(ui.ctx().theme());
        let font = FontId::proportional(around.text_size);
        let galley = painter.layout_no_wrap(preedit.clone(), font, colors.ink);
        let ground = Rect::from_min_size(caret.min, vec2(galley.rect.width(), caret.height()));
        painter.rect_filled(ground.expand2(vec2(1.0, 0.0)), 0.0, colors.card);
        let y = ground.bottom() - 1.0;
        painter.galley(
            pos2(ground.left(), ground.center().y - galley.rect.height() / 2.0),
            galley,
            colors.ink,
        );
        painter.hline(ground.x_range(), y, Stroke::new(tokens::LINE, colors.accent));
        cursor_rect = ground;
    }
    if cfg!(target_os = "linux") {
        // X11 tells the input method of the rectangle's first corner alone, and the candidates stand right below it.
        cursor_rect.min.y = cursor_rect.max.y;
    }
    ui.output_mut(|output| {
        output.ime = Some(IMEOutput {
            purpose: IMEPurpose::Normal,
            rect: geometry.rect,
            cursor_rect,
            should_interrupt_composition: false,
        });
    });
}

/// Where the caret is on the screen.
fn caret_rect(shaped: &[ShapedRow], at: CharIdx) -> Option<Rect> {
    let row = shaped
        .iter()
        .find(|row| row.chars.contains(at) || (row.is_last && row.chars.end == at))?;
    Some(Rect::from_min_max(
        pos2(row.x(at), row.glyph_top),
        pos2(row.x(at) + 1.0, row.glyph_bottom()),
    ))
}
