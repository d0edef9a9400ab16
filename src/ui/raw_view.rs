//! The raw lines beside the reading text, with their numbers; both scroll and select in step.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::epaint::text::CharIndex;
use egui::{Align2, Color32, FontId, Galley, Id, Painter, Pos2, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::fonts;
use super::text_view::{self, TextView, printable};
use super::tokens::{self, Colors};
use super::views::ArticleView;
use crate::annot::LabelId;
use crate::app::command::{Command, Selection};
use crate::app::model::Model;
use crate::app::sheet::Sheet;
use crate::i18n::{Lang, T};
use crate::layout::Metrics;
use crate::layout::kinsoku::{Context, class};
use crate::text::{CharIdx, CharRange, Text};

/// The size of the raw text beside that of the reading text.
const SCALE: f32 = 0.85;
/// The height of a row, in em.
const ROW: f32 = 1.7;
/// The space for line numbers, in em.
const GUTTER: f32 = 3.0;

/// The space behind a row, for its mark and the scroll bar, in em.
const BESIDE: f32 = 1.5;

/// Characters beside what was replaced (spaces, a line end) that its raw place may hold; more means that the block was
/// moved, and what lies around it is not its own.
const MOST_BESIDE: usize = 4;

/// Characters typed at a row's end that are looked at for that row: they have no place of their own in the raw text.
const MOST_BEHIND: u32 = 16;

/// A row: a raw line, or a part of one that is too wide.
#[derive(Clone, Copy, Debug, PartialEq)]
struct RawRow {
    chars: CharRange,
    /// The number of its line, from 1.
    line: u32,
    is_first: bool,
    is_last: bool,
}

/// How the raw text of one article is broken and scrolled.
#[derive(Debug, Default)]
pub struct RawView {
    rows: Arc<Vec<RawRow>>,
    /// The width that they were broken for, in em.
    width: u32,
    /// Where it was scrolled to in the last frame, in points.
    offset: f32,
    /// Which side the editor moved last.
    leads: bool,
    /// Where a drag began.
    pressed: Option<CharIdx>,
}

/// A row on the screen.
struct Placed {
    row: RawRow,
    rect: Rect,
    left: f32,
    galley: Arc<Galley>,
}

impl Placed {
    fn x(&self, at: CharIdx) -> f32 {
        let column = at.0.saturating_sub(self.row.chars.start.0).min(self.row.chars.len());
        let offset = self
            .galley
            .rows
            .first()
            .map(|row| row.x_offset(CharIndex(column as usize)));
        self.left + offset.unwrap_or_default()
    }

    fn char_at(&self, x: f32) -> CharIdx {
        let column = self
            .galley
            .rows
            .first()
            .map_or(CharIndex(0), |row| row.char_at(x - self.left));
        CharIdx(self.row.chars.start.0 + u32::try_from(column.0).unwrap_or(0)).min(self.row.chars.end)
    }
}

/// How wide the panel must be for so many characters of a raw line, in points, where the text has that size.
#[must_use]
pub fn width_for(chars: f32, text_size: f32) -> f32 {
    (chars + GUTTER + BESIDE) * (text_size * SCALE).round() + 14.0
}

/// Shows the raw text.
pub fn show(ui: &mut Ui, model: &Model, view: &mut ArticleView, commands: &mut Vec<Command>) {
    let (words, lang, has_marks) = (model.words.as_deref(), model.lang, model.settings.view.marks);
    let em = (model.settings.text_size_pt * SCALE).round();
    let Some(sheet) = model.sheet() else { return };
    let ArticleView { text: view, raw, .. } = view;
    let colors = Colors::of(ui.ctx().theme());
    let rect = ui.available_rect_before_wrap();
    let width = ((rect.width() / em - GUTTER - BESIDE).floor().max(6.0)) as u32;
    follow(raw, sheet, width);
    let rows = Arc::clone(&raw.rows);
    let row_height = (em * ROW).round();
    lead(ui, raw, rect);

    let mut area = ScrollArea::vertical().id_salt("raw").auto_shrink(false);
    // The rows that are beyond what fits: as the reading text, the raw one comes to its end when it is scrolled to its end.
    let beyond = (rows.len() as f32 - ui.available_height() / row_height).max(0.0);
    if let Some(place) = view.middle(sheet.selection.caret).filter(|_| !raw.leads) {
        let share = raw_place(sheet, &rows, place) / rows.len().max(1) as f32;
        area = area.vertical_scroll_offset(share * beyond * row_height);
    }
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let shown = area.show_rows(ui, row_height, rows.len(), |ui, visible| {
        let painter = ui.painter().clone();
        let mut placed = Vec::with_capacity(visible.len());
        for &row in rows.get(visible).unwrap_or_default() {
            let (_, rect) = ui.allocate_space(vec2(ui.available_width(), row_height));
            let text = printable(sheet.document.source.text.slice(row.chars));
            placed.push(Placed {
                row,
                rect,
                left: (rect.left() + GUTTER * em).round(),
                galley: painter.layout_no_wrap(text, FontId::proportional(em), ink(sheet, row.chars, colors)),
            });
        }
        for row in &placed {
            paint(&painter, (sheet, view), row, em, has_marks, colors);
        }
        expose(ui, sheet, &placed, lang);
        point(ui, sheet, (view, raw), &placed, (words, model.brush.as_ref()), commands);
    });
    let offset = shown.state.clamped_offset().y;
    if raw.leads && (offset - raw.offset).abs() > 0.1 {
        let share = (offset / row_height / beyond.max(f32::EPSILON)).clamp(0.0, 1.0);
        let at = f64::from(share) * rows.len() as f64;
        let row = rows.get(at as usize).or(rows.last());
        if let Some(row) = row {
            let into = (at.fract() * f64::from(row.chars.len())) as u32;
            let is_end = share >= 1.0;
            let raw_at = if is_end {
                row.chars.end
            } else {
                CharIdx(row.chars.start.0 + into)
            };
            view.scroll_to(sheet.document.alignment().to_reading(raw_at));
            ui.ctx().request_repaint();
        }
    }
    raw.offset = offset;
}

/// The colour of a row: what was set aside is dim here too.
fn ink(sheet: &Sheet, row: CharRange, colors: Colors) -> Color32 {
    let text = sheet.document.source.text.slice(row);
    let indent = text.chars().take_while(|c| c.is_whitespace()).count();
    let first = sheet.document.alignment().to_reading(row.start + CharIdx::from(indent));
    match sheet.document.is_set_aside(first) {
        true => colors.set_aside(),
        false => colors.ink,
    }
}

/// Breaks the lines anew where the width has changed; the text never does.
fn follow(raw: &mut RawView, sheet: &Sheet, width: u32) {
    if raw.width != width {
        raw.width = width;
        raw.rows = Arc::new(broken(&sheet.document.source.text, width, &fonts::metrics()));
    }
}

/// The rows of a text whose lines end in LF, CRLF or CR; the ends belong to no row. A row that goes on ends where one of the
/// reading text might: no number is cut, and no row has nothing but the stop of its line, with the line's mark far left.
fn broken(text: &Text, width: u32, metrics: &Metrics) -> Vec<RawRow> {
    let most = width as f32;
    let mut rows = Vec::new();
    let (mut start, mut at, mut line, mut filled) = (0, 0, 1, 0.0);
    let mut is_first = true;
    // Where the row may end at the latest so far, and how much of it is filled up to there.
    let mut end = (0, 0.0);
    let mut context = Context::START;
    let row = |from: u32, to: u32, line, is_first, is_last| RawRow {
        chars: CharRange::new(CharIdx(from), CharIdx(to)),
        line,
        is_first,
        is_last,
    };
    let mut chars = text.as_str().chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' || c == '\r' {
            rows.push(row(start, at, line, is_first, true));
            at += 1;
            if c == '\r' && chars.next_if_eq(&'\n').is_some() {
                at += 1;
            }
            (start, filled, is_first) = (at, 0.0, true);
            (end, context) = ((at, 0.0), Context::START);
            line += 1;
            continue;
        }
        let (advance, class) = (metrics.advance(c), class(c));
        if at > start && context.breaks_before(class) {
            end = (at, filled);
        }
        // Spaces hang behind a full row.
        while filled + advance > most && at > start && !c.is_whitespace() {
            if end.0 == start {
                // A word wider than the row.
                end = (at, filled);
            }
            rows.push(row(start, end.0, line, is_first, false));
            (start, filled, is_first) = (end.0, filled - end.1, false);
            end = (start, 0.0);
        }
        filled += advance;
        context.push(class);
        at += 1;
    }
    rows.push(row(start, at, line, is_first, true));
    rows
}

/// The side that was scrolled last leads: each would pull the other back at its ends otherwise.
fn lead(ui: &Ui, view: &mut RawView, rect: Rect) {
    let is_over = ui.rect_contains_pointer(rect);
    let is_moved = ui.input(|input| input.smooth_scroll_delta().y != 0.0 || input.pointer.any_down());
    if is_moved {
        view.leads = is_over;
    } else if ui.input(|input| {
        input
            .events
            .iter()
            .any(|event| matches!(event, egui::Event::Key { pressed: true, .. }))
    }) {
        view.leads = false;
    }
}

/// The row, and how much of it, in which the raw text has that place of the reading text; at its end, the end of the rows.
fn raw_place(sheet: &Sheet, rows: &[RawRow], place: f64) -> f32 {
    let place = CharIdx(place.max(0.0) as u32);
    if place >= sheet.document.text().len() {
        return rows.len() as f32;
    }
    let at = sheet.document.alignment().to_raw(place);
    let row = rows.partition_point(|row| row.chars.start <= at).saturating_sub(1);
    let into = rows.get(row).map_or(0.0, |row| {
        f64::from(at.0.saturating_sub(row.chars.start.0)) / f64::from(row.chars.len().max(1))
    });
    (row as f64 + into.min(1.0)) as f32
}

fn paint(
    painter: &Painter,
    (sheet, view): (&Sheet, &TextView),
    placed: &Placed,
    em: f32,
    has_marks: bool,
    colors: Colors,
) {
    let Placed { row, rect, .. } = placed;
    if row.is_first {
        let at = pos2(rect.left() + (GUTTER - 0.8) * em, rect.center().y);
        let font = FontId::proportional(tokens::SMALL_SIZE - 1.0);
        painter.text(at, Align2::RIGHT_CENTER, row.line.to_string(), font, colors.faint_ink);
    }
    let grounds = [
        (view.lit(), colors.found),
        (sheet.chosen_span().map(|span| span.range), colors.selection),
        (Some(sheet.selection.range()), colors.selection),
    ];
    for (range, color) in grounds {
        for piece in pieces(sheet, view, range, row.chars) {
            let piece = Rect::from_x_y_ranges(placed.x(piece.start)..=placed.x(piece.end), rect.y_range());
            painter.rect_filled(piece.shrink2(vec2(0.0, 2.0)), 2.0, color);
        }
    }
    corrections(painter, (sheet, view), placed, colors);
    let y = rect.center().y - placed.galley.rect.height() / 2.0;
    painter.galley(pos2(placed.left, y), Arc::clone(&placed.galley), colors.ink);
    if has_marks {
        marks(painter, sheet, placed, em, colors);
    }
}

/// Dots under what was corrected, as under what stands in its place in the reading text.
fn corrections(painter: &Painter, (sheet, view): (&Sheet, &TextView), placed: &Placed, colors: Colors) {
    let (row, y) = (placed.row.chars, placed.rect.bottom() - 2.0);
    for gap in replaced(sheet, view, row, None) {
        // The line ends and spaces around it were not corrected.
        let text = sheet.document.source.text.slice(gap);
        let before = text.chars().take_while(|c| c.is_whitespace()).count();
        let words = CharIdx::count(text.trim());
        let start = gap.start + CharIdx::from(before);
        let Some(piece) = CharRange::new(start, start + words)
            .intersection(row)
            .filter(|piece| !piece.is_empty())
        else {
            continue;
        };
        let line = [pos2(placed.x(piece.start) + 1.0, y), pos2(placed.x(piece.end) - 1.0, y)];
        painter.extend(egui::Shape::dotted_line(&line, colors.accent, 3.0, 0.8));
    }
}

/// The raw places of what was corrected in a row; only of corrections in the reading range, where one is given.
fn replaced(sheet: &Sheet, view: &TextView, row: CharRange, within: Option<CharRange>) -> Vec<CharRange> {
    let alignment = sheet.document.alignment();
    let raw_end = sheet.document.source.text.len();
    let near = CharRange::new(alignment.to_reading(row.start), alignment.to_reading(row.end));
    let here = CharRange::new(near.start, CharIdx(near.end.0 + MOST_BEHIND));
    let range = within.map_or(Some(here), |range| range.intersection(here));
    let corrected = view.corrections_within(range.unwrap_or_default());
    corrected
        // What was only taken out is no part of a reading range.
        .filter(|(place, _)| within.is_none() || !place.is_empty())
        .map(|(place, count)| (alignment.raw_gap(place, raw_end), count))
        .filter(|(gap, count)| gap.len() as usize <= count + MOST_BESIDE)
        .map(|(gap, _)| gap)
        .collect()
}

/// The raw pieces of a reading range that lie in a row.
fn pieces(sheet: &Sheet, view: &TextView, range: Option<CharRange>, row: CharRange) -> Vec<CharRange> {
    let Some(range) = range.filter(|range| !range.is_empty()) else {
        return Vec::new();
    };
    // Only as much of the range as stands in this row: it may be the whole text.
    let alignment = sheet.document.alignment();
    let near = CharRange::new(alignment.to_reading(row.start), alignment.to_reading(row.end));
    let mut all = alignment.raw_pieces(range.intersection(near).unwrap_or_default());
    // What was corrected shares no character with the raw text; it stands for what it replaced.
    all.extend(replaced(sheet, view, row, Some(range)));
    all.into_iter().filter_map(|piece| piece.intersection(row)).collect()
}

/// A dot on each space; at a line's end ¶ where the reading text has one too, else ⏎.
fn marks(painter: &Painter, sheet: &Sheet, placed: &Placed, em: f32, colors: Colors) {
    let raw = &sheet.document.source.text;
    for (index, c) in raw.slice(placed.row.chars).chars().enumerate() {
        if c.is_whitespace() {
            let at = CharIdx(placed.row.chars.start.0 + CharIdx::from(index).0);
            let x = (placed.x(at) + placed.x(CharIdx(at.0 + 1))) / 2.0;
            text_view::space_mark(painter, pos2(x, placed.rect.center().y), colors);
        }
    }
    if placed.row.is_last && placed.row.chars.end < raw.len() {
        let alignment = sheet.document.alignment();
        let reading = alignment.to_reading(placed.row.chars.end);
        let is_kept = sheet.document.text().char_at(reading).is_none_or(|c| c == '\n');
        let end = placed.x(placed.row.chars.end).min(placed.rect.right() - em);
        let at = pos2(end + 4.0, placed.rect.center().y);
        if is_kept {
            let font = FontId::proportional(em * 0.8);
            painter.text(at, Align2::LEFT_CENTER, "¶", font, colors.accent);
        } else {
            text_view::join_mark(painter, at + vec2(em * 0.35, 0.0), em, colors);
        }
    }
}

fn id() -> Id {
    Id::unique("raw text")
}

/// The visible lines, for screen readers.
fn expose(ui: &Ui, sheet: &Sheet, placed: &[Placed], lang: Lang) {
    ui.ctx().accesskit_node_builder(id(), |node| {
        let lines = placed
            .iter()
            .map(|placed| sheet.document.source.text.slice(placed.row.chars));
        node.set_role(Role::Document);
        node.set_label(T::RawView.of(lang));
        node.set_value(lines.collect::<Vec<_>>().join("\n"));
    });
}

/// Hovering lights the word on both sides; a click or a drag selects in the reading text, and the brush tags.
fn point(
    ui: &Ui,
    sheet: &Sheet,
    (view, raw): (&mut TextView, &mut RawView),
    placed: &[Placed],
    (words, brush): (Option<&crate::text::Words>, Option<&LabelId>),
    commands: &mut Vec<Command>,
) {
    let response = ui.interact(ui.clip_rect(), id(), Sense::click_and_drag());
    let at = |pos: Pos2| {
        let row = placed.partition_point(|row| row.rect.bottom() <= pos.y);
        let row = placed.get(row).or(placed.last())?;
        Some(row.char_at(pos.x))
    };
    if let Some(under) = response.hover_pos().and_then(at) {
        let reading = sheet.document.alignment().to_reading(under);
        view.light_word(sheet, reading, words);
    }
    if ui.input(|input| input.pointer.primary_pressed()) && response.contains_pointer() {
        raw.pressed = response.interact_pointer_pos().or(response.hover_pos()).and_then(at);
    }
    let Some(pressed) = raw.pressed else { return };
    if let Some(now) = ui.input(|input| input.pointer.latest_pos()).and_then(at) {
        let alignment = sheet.document.alignment();
        let selection = Selection {
            anchor: alignment.to_reading(pressed),
            caret: alignment.to_reading(now),
        };
        let is_over = ui.input(|input| input.pointer.primary_released());
        if selection != sheet.selection || is_over {
            match brush.filter(|_| is_over && !selection.range().is_empty() && !sheet.correcting.is_on) {
                Some(label) => commands.push(Command::Tag(selection.range(), label.clone())),
                None => commands.push(Command::Select {
                    selection,
                    palette: is_over,
                }),
            }
        }
        if is_over {
            commands.push(Command::Reveal(selection.range()));
            text_view::take_keyboard(ui);
        }
    }
    if !ui.input(|input| input.pointer.primary_down()) {
        raw.pressed = None;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_rows_of_a_line_are_the_line(text in "[甲乙，。“”0-9a-c %\u{3000}𬱟\r\n]{0,40}", width in 1_u32..6) {
            let metrics = Metrics::new(1.0, |c| if c.is_ascii() { 0.5 } else { 1.0 });
            let text = Text::new(text);
            let mut lines: Vec<String> = Vec::new();
            for row in broken(&text, width, &metrics) {
                let shown = text.slice(row.chars);
                let filled: f32 = shown.trim_end().chars().map(|c| metrics.advance(c)).sum();
                prop_assert!(filled <= width as f32 || shown.chars().count() == 1, "{:?}", shown);
                if row.is_first {
                    lines.push(String::new());
                }
                prop_assert_eq!(row.line as usize, lines.len());
                lines.last_mut().unwrap().push_str(shown);
            }
            let unix = text.as_str().replace("\r\n", "\n").replace('\r', "\n");
            prop_assert_eq!(lines, unix.split('\n').collect::<Vec<_>>());
        }
    }

    #[test]
    fn each_line_has_its_number_and_wide_ones_go_on() {
        let metrics = Metrics::new(1.0, |c| if c.is_ascii() { 0.5 } else { 1.0 });
        let text = Text::from("甲乙丙丁\r\n\r戊\nab\n己庚辛\u{3000}\r\n壬癸子 丑\n天地玄，黄12345678");
        let rows = broken(&text, 3, &metrics);
        let shown: Vec<_> = rows
            .iter()
            .map(|row| (row.line, text.slice(row.chars), row.is_last))
            .collect();
        let expected = [
            (1, "甲乙丙", false),
            (1, "丁", true),
            (2, "", true),
            (3, "戊", true),
            (4, "ab", true),
            (5, "己庚辛\u{3000}", true),
            (6, "壬癸子 ", false),
            (6, "丑", true),
            (7, "天地", false),
            (7, "玄，黄", false),
            (7, "123456", false),
            (7, "78", true),
        ];
        assert_eq!(shown, expected);
    }
}
