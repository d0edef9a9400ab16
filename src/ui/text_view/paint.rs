//! Painting a frame: grounds, tags, selection, glyphs, underlines, handles, chips, caret.
//!
//! The order in a row: paragraph and search grounds · tag grounds · selection · glyphs · underlines and handles · chips ·
//! caret. Tags are painted under and over the glyphs; they never move one.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};

use super::shaped::ShapedRow;
use super::{Geometry, LaneCache, Page, Surroundings, blocks, correcting, marks, part_rect};
use crate::annot::document::PlacedBlock;
use crate::annot::{Document, Label, Span, SpanId, Spans, Status};
use crate::app::figures::value_of;
use crate::app::sheet::Sheet;
use crate::app::suggestions::is_judged;
use crate::layout::lanes::assign_lanes;
use crate::suggest::figures::conversions::convert;
use crate::text::{BlockKind, CharIdx, CharRange};
use crate::ui::tokens::{self, Colors};

/// How long the place of an undone step is lit.
pub(super) const FLASH: Duration = Duration::from_millis(1200);
/// The radius of a handle at a tag's end.
pub(super) const HANDLE: f32 = 5.0;

/// Paints what is in sight.
pub(super) fn show(ui: &Ui, page: &mut Page<'_>, geometry: &Geometry, shaped: &[ShapedRow], around: Surroundings<'_>) {
    let painter = ui.painter_at(geometry.rect);
    let colors = Colors::of(ui.ctx().theme());
    painter.rect_filled(geometry.rect, 0.0, colors.paper);
    let Page { sheet, view } = &mut *page;
    let sheet = &**sheet;
    refresh_lanes(&mut view.lanes, (sheet.revision, sheet.suggestions.generation));
    let corrected = correcting::corrected(&mut view.corrected, &sheet.document, sheet.revision);
    correcting::ground(&painter, sheet, geometry, shaped, colors);

    let hovered = view.pointer.hovered;
    let resizing = view.pointer.resizing();
    for row in shaped {
        let document = &sheet.document;
        let suggested = &sheet.suggestions.open.spans;
        let lanes = lanes_of(&mut view.lanes, document, suggested, row.paragraph);
        let block = document.blocks().get(row.paragraph);
        let spans: Vec<(&Span, CharRange)> = document
            .spans()
            .overlapping(row.chars)
            .filter(|span| span.mark.status == Status::Accepted)
            .chain(
                suggested
                    .overlapping(row.chars)
                    .filter(|span| !is_judged(document, span)),
            )
            .map(|span| match resizing {
                Some((id, range)) if id == span.id => (span, range),
                _ => (span, span.range),
            })
            .collect();
        found_grounds(&painter, sheet, row, colors, around.found);
        for (span, range) in &spans {
            if let (Some(label), Status::Accepted) = (document.labels().get(&span.mark.label), span.mark.status) {
                let is_lit = sheet.chosen == Some(span.id) || hovered == Some(span.id);
                tag_ground(&painter, row, *range, label, colors, is_lit);
            }
        }
        if let Some(rect) = view.lit.and_then(|lit| glyph_box(row, lit)) {
            painter.rect_filled(rect, 2.0, colors.found);
        }
        selection_ground(
            &painter,
            view.pointer.selecting().unwrap_or(sheet.selection.range()),
            row,
            colors,
        );
        painter.galley(
            pos2(row.left, row.glyph_top),
            Arc::clone(&row.galley),
            ink(block, colors),
        );
        for (span, range) in &spans {
            if let Some(label) = document.labels().get(&span.mark.label) {
                let lane = lanes.get(&span.id).copied().unwrap_or(0);
                let rank = document.labels().rank(&span.mark.label);
                underline(&painter, row, *range, lane, (label, rank), span.mark.status, colors);
            }
        }
        correcting::marks(&painter, &corrected, row, colors);
        doubts(&painter, sheet, row, colors);
        if around.has_marks {
            marks::show(&painter, document, row, around.text_size, colors);
        }
        block_mark(&painter, geometry, row, block, colors);
    }
    chosen_tag(&painter, page, shaped, colors, around);
    hovered_chip(&painter, page, shaped, colors, around);
    correcting::composition(ui, &painter, page, geometry, shaped, around);
    caret(ui, &painter, page.sheet, shaped, colors);
}

fn ink(block: Option<&PlacedBlock>, colors: Colors) -> Color32 {
    match block {
        Some(block) if block.mark.dropped => colors.set_aside(),
        Some(block)
            if matches!(
                block.mark.kind,
                BlockKind::Furniture | BlockKind::Byline | BlockKind::Caption
            ) =>
        {
            colors.faint_ink
        }
        _ => colors.ink,
    }
}

/// A caption has a bar beside it, a set-aside block a struck one.
fn block_mark(painter: &Painter, geometry: &Geometry, row: &ShapedRow, block: Option<&PlacedBlock>, colors: Colors) {
    let Some(block) = block else { return };
    let x = geometry.left + geometry.em;
    if block.mark.kind == BlockKind::Caption {
        painter.vline(x, row.top..=row.bottom, Stroke::new(3.0, colors.line));
    }
    if block.mark.starts_article && row.is_first && row.chars.start > CharIdx(0) {
        let above = blocks::styles()[usize::from(blocks::style_of(Some(block)))].above;
        article_rule(painter, geometry, row, above, colors);
    }
    if block.mark.dropped {
        let y = row.glyph_top + row.galley.rect.height() * 0.55;
        painter.hline(row.left..=row.x(row.chars.end), y, Stroke::new(1.0, colors.faint_ink));
    }
}

/// Over the first line of another article on the page, which has `above` em of space above it: a rule across the column,
/// with a wedge, as far from that line's characters as from those before.
fn article_rule(painter: &Painter, geometry: &Geometry, row: &ShapedRow, above: f32, colors: Colors) {
    let y = (row.top - 0.6 * above * geometry.em).round();
    let (left, right) = (geometry.left, geometry.left + geometry.width);
    painter.hline(left..=right, y, Stroke::new(1.0, colors.line));
    let wedge = vec![pos2(left, y - 4.0), pos2(left + 7.0, y), pos2(left, y + 4.0)];
    painter.add(egui::Shape::convex_polygon(wedge, colors.accent, Stroke::NONE));
}

fn glyph_box(row: &ShapedRow, range: CharRange) -> Option<Rect> {
    let part = part_rect(row, range)?;
    Some(Rect::from_x_y_ranges(
        part.x_range(),
        row.glyph_top + 2.0..=row.glyph_bottom() - 1.0,
    ))
}

fn found_grounds(painter: &Painter, sheet: &Sheet, row: &ShapedRow, colors: Colors, current: Option<CharRange>) {
    let first = sheet.found.partition_point(|found| found.end <= row.chars.start);
    for &found in sheet.found[first..]
        .iter()
        .take_while(|found| found.start < row.chars.end)
    {
        if let Some(rect) = glyph_box(row, found) {
            painter.rect_filled(rect, 2.0, colors.found);
            if current == Some(found) {
                painter.rect_stroke(rect, 2.0, Stroke::new(1.5, colors.accent), egui::StrokeKind::Inside);
            }
        }
    }
    let Some((places, since)) = &sheet.flash else { return };
    let strength = 1.0 - since.elapsed().as_secs_f32() / FLASH.as_secs_f32();
    let color = colors.accent.gamma_multiply(0.35 * strength.clamp(0.0, 1.0));
    let first = places.partition_point(|place| place.end <= row.chars.start);
    let here = places[first..].iter().take_while(|place| place.start < row.chars.end);
    for rect in here.filter_map(|&place| glyph_box(row, place)) {
        painter.rect_filled(rect, 3.0, color);
    }
}

fn tag_ground(painter: &Painter, row: &ShapedRow, range: CharRange, label: &Label, colors: Colors, is_lit: bool) {
    if let Some(rect) = glyph_box(row, range) {
        let fill = colors.label_fill(label.color);
        painter.rect_filled(rect, 2.0, if is_lit { fill.gamma_multiply(1.9) } else { fill });
    }
}

fn selection_ground(painter: &Painter, range: CharRange, row: &ShapedRow, colors: Colors) {
    if let Some(mut rect) = part_rect(row, range) {
        if range.end > row.chars.end && row.is_last {
            // The line feed is selected too: the selection goes on in the next paragraph.
            rect.max.x += 6.0;
        }
        painter.rect_filled(rect.shrink2(vec2(0.0, 1.0)), 0.0, colors.selection);
    }
}

/// The line under a tag. Its pattern follows the label's place in the bar, so that colour is never alone; a suggestion's
/// is dotted.
fn underline(
    painter: &Painter,
    row: &ShapedRow,
    range: CharRange,
    lane: u8,
    (label, rank): (&Label, usize),
    status: Status,
    colors: Colors,
) {
    let Some(part) = part_rect(row, range) else { return };
    let y = lane_y(row, lane);
    let color = colors.label(label.color);
    let stroke = Stroke::new(tokens::LINE, color);
    // Neighbouring tags of one label stay two: a gap of two points between them.
    let (x0, x1) = (part.left() + 1.0, part.right() - 1.0);
    let dashes = |on: f32, off: f32| {
        painter.extend(egui::Shape::dashed_line(&[pos2(x0, y), pos2(x1, y)], stroke, on, off));
    };
    if status == Status::Suggested {
        dashes(2.0, 2.5);
        return;
    }
    match rank % 5 {
        0 => {
            painter.hline(x0..=x1, y, stroke);
        }
        1 => {
            let thin = Stroke::new(1.0, color);
            painter.hline(x0..=x1, y - 1.0, thin);
            painter.hline(x0..=x1, y + 1.0, thin);
        }
        2 => dashes(7.0, 2.0),
        3 => wave(painter, x0, x1, y, color),
        _ => dashes(3.5, 2.0),
    }
    // A tag that begins or ends here has a foot; one that goes on over the wrap has none.
    for (is_end, x) in [(range.start >= row.chars.start, x0), (range.end <= row.chars.end, x1)] {
        if is_end {
            painter.vline(x, y - 2.5..=y + 1.0, Stroke::new(1.0, color));
        }
    }
}

/// A doubted place has a wave under it, and a box while its card is open.
fn doubts(painter: &Painter, sheet: &Sheet, row: &ShapedRow, colors: Colors) {
    for doubt in sheet.doubts.within(row.chars) {
        let Some(part) = part_rect(row, doubt.range) else {
            continue;
        };
        wave(
            painter,
            part.left() + 1.0,
            part.right() - 1.0,
            row.glyph_bottom() + 2.5,
            colors.accent,
        );
        if sheet.doubts.current == Some(doubt.range)
            && let Some(rect) = glyph_box(row, doubt.range)
        {
            let stroke = Stroke::new(1.5, colors.accent);
            painter.rect_stroke(rect.expand(1.0), 3.0, stroke, egui::StrokeKind::Outside);
        }
    }
}

fn wave(painter: &Painter, x0: f32, x1: f32, y: f32, color: Color32) {
    let step = 2.5;
    let count = ((x1 - x0) / step).max(1.0) as usize;
    let points: Vec<Pos2> = (0..=count)
        .map(|n| pos2((x0 + n as f32 * step).min(x1), y + if n % 2 == 0 { 1.0 } else { -1.0 }))
        .collect();
    painter.line(points, Stroke::new(1.3, color));
}

fn lane_y(row: &ShapedRow, lane: u8) -> f32 {
    row.glyph_bottom() - 1.0 + f32::from(lane) * tokens::LANE
}

/// The handles of the chosen tag.
fn chosen_tag(painter: &Painter, page: &Page<'_>, shaped: &[ShapedRow], colors: Colors, around: Surroundings<'_>) {
    let Page { sheet, view } = page;
    let Some(span) = sheet.chosen.and_then(|chosen| sheet.tag(chosen)) else {
        return;
    };
    let Some(label) = sheet.document.labels().get(&span.mark.label) else {
        return;
    };
    let range = view.pointer.resizing().map_or(span.range, |(_, range)| range);
    let color = colors.label(label.color);
    if span.mark.status == Status::Suggested {
        for row in shaped {
            if let Some(rect) = glyph_box(row, range) {
                painter.rect_stroke(
                    rect.expand(1.0),
                    3.0,
                    Stroke::new(1.5, color),
                    egui::StrokeKind::Outside,
                );
            }
        }
        let name = suggestion_name(around.lang.label(label), span);
        chip(painter, shaped, range, &name, colors.label_text(label.color), colors);
        return;
    }
    for at in handles(shaped, range) {
        // A bar at the end of the text, and a dot below it to take hold of.
        let height = shaped
            .iter()
            .find(|row| row.bottom > at.y)
            .map_or(0.0, |row| row.galley.rect.height());
        painter.vline(at.x, at.y - height + 4.0..=at.y, Stroke::new(1.5, color));
        painter.circle(at + vec2(0.0, 2.0), HANDLE - 1.0, colors.paper, Stroke::new(2.0, color));
    }
    chip(
        painter,
        shaped,
        range,
        around.lang.label(label),
        colors.label_text(label.color),
        colors,
    );
}

/// Where the handles of a tag are on the screen: start and end, as far as they are in sight.
pub(super) fn handles(shaped: &[ShapedRow], range: CharRange) -> Vec<Pos2> {
    let mut places = Vec::with_capacity(2);
    let start = shaped.iter().find(|row| row.chars.contains(range.start));
    places.extend(start.map(|row| pos2(row.x(range.start), row.glyph_bottom() + 1.0)));
    let end = shaped
        .iter()
        .find(|row| row.chars.start < range.end && range.end <= row.chars.end);
    places.extend(end.map(|row| pos2(row.x(range.end), row.glyph_bottom() + 1.0)));
    places
}

fn hovered_chip(painter: &Painter, page: &Page<'_>, shaped: &[ShapedRow], colors: Colors, around: Surroundings<'_>) {
    let Page { sheet, view } = page;
    let hovered = view.pointer.hovered;
    let Some(hovered) = hovered.filter(|&hovered| Some(hovered) != sheet.chosen) else {
        return;
    };
    let Some(span) = sheet.tag(hovered) else { return };
    if let Some(label) = sheet.document.labels().get(&span.mark.label) {
        let name = around.lang.label(label);
        let mut name = match span.mark.status {
            Status::Suggested => suggestion_name(name, span),
            _ => name.to_owned(),
        };
        if let Some(meaning) = value_of(span).and_then(|value| convert(&value).or(value.timex)) {
            name = format!("{name} · {meaning}");
        }
        chip(
            painter,
            shaped,
            span.range,
            &name,
            colors.label_text(label.color),
            colors,
        );
    }
}

/// What is written over a suggestion: its label, and how sure the machine is.
fn suggestion_name(label: &str, span: &Span) -> String {
    match span.mark.score.as_ref().and_then(serde_json::Number::as_f64) {
        Some(score) => format!("{label}？{:.0} %", score * 100.0),
        None => format!("{label}？"),
    }
}

/// A label's name over the first character of a tag.
fn chip(painter: &Painter, shaped: &[ShapedRow], range: CharRange, name: &str, color: Color32, colors: Colors) {
    let Some(row) = shaped.iter().find(|row| row.chars.contains(range.start)) else {
        return;
    };
    let font = FontId::proportional(tokens::SMALL_SIZE - 1.0);
    let galley = painter.layout_no_wrap(name.to_owned(), font, color);
    let size = galley.rect.size() + vec2(8.0, 1.0);
    let bottom_left = pos2(row.x(range.start), row.glyph_top + 2.0);
    let rect = Align2::LEFT_BOTTOM.anchor_size(bottom_left, size);
    painter.rect(
        rect,
        3.0,
        colors.card,
        Stroke::new(1.0, color),
        egui::StrokeKind::Inside,
    );
    painter.galley(rect.min + vec2(4.0, 0.5), galley, color);
}

fn caret(ui: &Ui, painter: &Painter, sheet: &Sheet, shaped: &[ShapedRow], colors: Colors) {
    let at = sheet.selection.caret;
    // A chosen tag has its handles; the caret within it shows where a split or the typing would be.
    let is_within = |span: &Span| span.range.start < at && at < span.range.end;
    let is_hidden = sheet.chosen.is_some() && !sheet.chosen_span().is_some_and(is_within);
    if is_hidden || !ui.memory(|memory| memory.has_focus(super::id())) {
        return;
    }
    let Some(row) = shaped
        .iter()
        .find(|row| row.chars.contains(at) || (row.is_last && row.chars.end == at))
    else {
        return;
    };
    painter.vline(
        row.x(at),
        row.glyph_top + 2.0..=row.glyph_bottom() - 2.0,
        Stroke::new(2.0, colors.accent),
    );
}

fn refresh_lanes(cache: &mut LaneCache, revision: (u64, u64)) {
    if cache.revision != revision {
        cache.revision = revision;
        cache.paragraphs.clear();
    }
}

/// The lanes of a paragraph's tags, worked out once for each revision.
fn lanes_of(
    cache: &mut LaneCache,
    document: &Document,
    suggested: &Spans,
    paragraph: usize,
) -> Arc<HashMap<SpanId, u8>> {
    let lanes = cache.paragraphs.entry(paragraph).or_insert_with(|| {
        let Some(block) = document.blocks().get(paragraph) else {
            return Arc::default();
        };
        let tags = document.spans().overlapping(block.range);
        let mut spans: Vec<&Span> = tags.filter(|span| span.mark.status == Status::Accepted).collect();
        spans.extend(suggested.overlapping(block.range));
        spans.sort_by_key(|span| span.order());
        let places: Vec<(u32, u32)> = spans
            .iter()
            .map(|span| (span.range.start.0, span.range.end.0))
            .collect();
        let lanes = assign_lanes(&places, tokens::LANES);
        Arc::new(spans.iter().map(|span| span.id).zip(lanes).collect())
    });
    Arc::clone(lanes)
}
