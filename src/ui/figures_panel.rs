//! The figures as a table: sorted, filtered, corrected, copied as CSV.

use std::sync::Arc;

use egui::{
    Align2, Button, FontId, Panel, Pos2, Rect, RichText, Role, ScrollArea, Sense, Stroke, TextEdit, Ui, WidgetInfo,
    pos2, vec2,
};

use super::tokens::{self, Colors};
use super::{figure_fields, text_view};
use crate::annot::SpanId;
use crate::app::command::{Command, FigureCommand, UiCommand};
use crate::app::figures::values::has_value;
use crate::app::figures::{Arrangement, Column, Row, Series, Tabulated, kind_name};
use crate::app::model::Model;
use crate::app::sheet::Sheet;
use crate::i18n::{Lang, T};

/// The height of a row.
const HEIGHT: f32 = 24.0;
/// The widths of the columns but the last, which takes what is left.
const WIDTHS: [f32; 5] = [112.0, 112.0, 56.0, 72.0, 112.0];
/// The least width of the last.
const SENTENCE: f32 = 280.0;

fn column_text(column: Column) -> T {
    match column {
        Column::Printed => T::FigurePrinted,
        Column::Value => T::FigureValue,
        Column::Unit => T::FigureUnit,
        Column::Kind => T::FigureKind,
        Column::Counted => T::FigureCounted,
        Column::Sentence => T::FigureSentence,
    }
}

/// Shows the panel.
pub fn show(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let lang = model.lang;
    let colors = Colors::of(ui.ctx().theme());
    let Some(sheet) = model.sheet_mut() else { return };
    if sheet.figures.all.rows.is_empty() {
        ui.add(egui::Label::new(RichText::new(T::FiguresEmpty.of(lang)).color(colors.faint_ink)).wrap());
        return;
    }
    tools(ui, lang, &mut sheet.figures.arrangement, commands);
    let order = sheet.figures.order(&sheet.document, lang);
    let all = Arc::clone(&sheet.figures.all);
    Panel::bottom("figure details").show(ui, |ui| details(ui, lang, sheet, &all, commands));
    let width = ui.available_width().max(WIDTHS.iter().sum::<f32>() + SENTENCE);
    ScrollArea::horizontal().auto_shrink(false).show(ui, |ui| {
        ui.set_width(width);
        header(ui, lang, width, &mut sheet.figures.arrangement);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical().auto_shrink(false);
        if let Some(place) = place_to_reveal(sheet, &all, &order) {
            area = area.vertical_scroll_offset(place.saturating_sub(4) as f32 * HEIGHT);
        }
        area.show_rows(ui, HEIGHT, order.len(), |ui, shown| {
            sheet.figures.in_sight.0 = shown.clone();
            for &number in &order[shown] {
                if let Some(row) = all.rows.get(number as usize) {
                    table_row(ui, lang, sheet, row, width, commands);
                }
            }
        });
    });
}

/// The place in the table of a figure that was just chosen elsewhere, where it is out of sight.
fn place_to_reveal(sheet: &mut Sheet, all: &Tabulated, order: &[u32]) -> Option<usize> {
    let (in_sight, revealed) = &mut sheet.figures.in_sight;
    if *revealed == sheet.chosen {
        return None;
    }
    *revealed = sheet.chosen;
    let chosen = sheet.chosen?;
    let is_chosen = |number: &u32| all.rows.get(*number as usize).is_some_and(|row| row.id == chosen);
    let place = order.iter().position(is_chosen)?;
    // The first and the last row may be cut by the edge.
    let is_in_sight = place > in_sight.start && place + 1 < in_sight.end;
    (!is_in_sight).then_some(place)
}

fn tools(ui: &mut Ui, lang: Lang, arrangement: &mut Arrangement, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut arrangement.filter)
            .hint_text(T::Filter.of(lang))
            .desired_width((ui.available_width() - 220.0).clamp(60.0, 240.0));
        ui.add(field).accessible_name(T::Filter.of(lang));
        let (hint, copy) = (T::CopyFiguresHint.of(lang), Button::new(T::CopyFigures.of(lang)));
        if ui.add(copy).on_hover_text(hint).clicked() {
            commands.push(FigureCommand::Copy.into());
        }
        ui.menu_button(T::More.of(lang), |ui| {
            for command in [
                UiCommand::ExportFigures,
                UiCommand::ExportFacts,
                UiCommand::RelateFigures,
            ] {
                let (name, hint) = command.texts();
                if ui.button(name.of(lang)).on_hover_text(hint.of(lang)).clicked() {
                    commands.push(Command::Ui(command));
                    ui.close();
                }
            }
        });
    });
}

/// The cells of a row on the screen.
fn cells(row: Rect) -> impl Iterator<Item = (Column, Rect)> {
    let mut left = row.left();
    Column::ALL.into_iter().enumerate().map(move |(number, column)| {
        let width = WIDTHS.get(number).copied().unwrap_or((row.right() - left).max(0.0));
        let cell = Rect::from_min_size(pos2(left, row.top()), vec2(width, row.height()));
        left += width;
        (column, cell)
    })
}

/// Where the words of a cell stand: numbers end below each other, everything else begins so.
fn cell_anchor(column: Column, cell: Rect) -> (Pos2, Align2) {
    match column {
        Column::Value => (cell.right_center() - vec2(8.0, 0.0), Align2::RIGHT_CENTER),
        _ => (cell.left_center() + vec2(6.0, 0.0), Align2::LEFT_CENTER),
    }
}

fn header(ui: &mut Ui, lang: Lang, width: f32, arrangement: &mut Arrangement) {
    let colors = Colors::of(ui.ctx().theme());
    let (rect, _) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    for (column, cell) in cells(rect) {
        let name = column_text(column).of(lang);
        let response = ui.interact(cell, ui.scope_id().with(("column", column)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let mark = match (arrangement.column == column, arrangement.is_descending) {
            (false, _) => "",
            (true, false) => " ▲",
            (true, true) => " ▼",
        };
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(cell, 2.0, colors.hover);
        }
        let font = FontId::proportional(tokens::SMALL_SIZE);
        let painter = ui.painter().with_clip_rect(cell.intersect(ui.clip_rect()));
        let (at, align) = cell_anchor(column, cell);
        painter.text(at, align, format!("{name}{mark}"), font, colors.faint_ink);
        if response.clicked() {
            let again = arrangement.column == column;
            arrangement.is_descending = again && !arrangement.is_descending;
            arrangement.column = column;
        }
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, colors.line));
}

fn table_row(ui: &mut Ui, lang: Lang, sheet: &Sheet, row: &Row, width: f32, commands: &mut Vec<Command>) {
    let colors = Colors::of(ui.ctx().theme());
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click());
    let is_chosen = sheet.chosen == Some(row.id);
    let number = row.number();
    response.widget_info(|| {
        let words = format!("{} {number} {} {}", row.printed, row.unit(), row.counted);
        WidgetInfo::selected(Role::Button, true, is_chosen, words)
    });
    if is_chosen {
        ui.painter().rect_filled(rect, 2.0, colors.selection);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 2.0, colors.hover);
    }
    let sentence = sheet.document.text().slice(row.sentence).trim();
    // A suggestion is fainter, and its mark is broken: nobody stands by it yet.
    let ink = if row.is_accepted || is_chosen {
        colors.ink
    } else {
        colors.faint_ink
    };
    for (column, cell) in cells(rect) {
        let (text, ink) = match column {
            Column::Printed => (row.printed.as_str(), ink),
            Column::Value => (number.as_str(), ink),
            Column::Unit => (row.unit(), ink),
            Column::Kind => (kind_name(row, lang), ink),
            Column::Counted => (row.counted.as_str(), ink),
            Column::Sentence => (sentence, if is_chosen { colors.ink } else { colors.faint_ink }),
        };
        let painter = ui
            .painter()
            .with_clip_rect(cell.shrink2(vec2(3.0, 0.0)).intersect(ui.clip_rect()));
        let (at, align) = cell_anchor(column, cell);
        // Rows are one line high however long the sentence is.
        let line: String = text.chars().take(60).collect();
        painter.text(at, align, line, FontId::proportional(tokens::UI_SIZE), ink);
    }
    let left = rect.left() + 1.0;
    let stroke = Stroke::new(2.0, if row.is_accepted { colors.accent } else { colors.line });
    ui.painter().vline(left, rect.top() + 4.0..=rect.bottom() - 4.0, stroke);
    let response = if sentence.chars().count() > 20 {
        response.on_hover_text(sentence)
    } else {
        response
    };
    if response.clicked() {
        commands.extend([Command::Choose(Some(row.id), false), Command::Reveal(row.range)]);
        text_view::take_keyboard(ui);
    }
}

/// The chosen figure: its meaning, to be changed, and the series that it belongs to.
fn details(ui: &mut Ui, lang: Lang, sheet: &Sheet, all: &Tabulated, commands: &mut Vec<Command>) {
    let colors = Colors::of(ui.ctx().theme());
    let chosen = sheet.chosen.and_then(|chosen| sheet.tag(chosen));
    let Some(span) = chosen.filter(|span| has_value(&span.mark.label)) else {
        ui.label(RichText::new(T::FigureChoose.of(lang)).small().color(colors.faint_ink));
        return;
    };
    ui.add_space(4.0);
    let covered: String = sheet.document.covered(span).chars().take(40).collect();
    ui.add(egui::Label::new(RichText::new(covered).strong()).truncate());
    figure_fields::show(ui, lang, span, commands);
    let row = all.rows.iter().find(|row| row.id == span.id);
    if let Some(row) = row {
        said(ui, lang, sheet, row, all);
    }
    related(ui, lang, sheet, span.id, commands);
    let series = row.and_then(|row| all.series.get(row.series?).map(|series| (row, series)));
    if let Some((row, series)) = series {
        ui.label(RichText::new(&row.counted).small().color(colors.faint_ink));
        spark(ui, series, row.size());
    }
}

/// What the sentence says of a figure: whose it is, what it measures, and when.
fn said(ui: &mut Ui, lang: Lang, sheet: &Sheet, row: &Row, all: &Tabulated) {
    let colors = Colors::of(ui.ctx().theme());
    let holder = row.holder.map_or("", |holder| sheet.document.text().slice(holder));
    let time = row
        .time
        .and_then(|time| all.rows.get(time))
        .map_or("", |time| time.printed.as_str());
    let parts = [
        (T::RelationHeldBy, holder),
        (T::RelationMeasureOf, &row.counted),
        (T::RelationAtTime, time),
    ];
    let words: Vec<String> = parts
        .into_iter()
        .filter(|(_, word)| !word.is_empty())
        .map(|(name, word)| format!("{} {word}", name.of(lang)))
        .collect();
    if !words.is_empty() {
        ui.add(egui::Label::new(RichText::new(words.join(" · ")).small().color(colors.faint_ink)).wrap());
    }
}

/// The relations of a figure in the document, each of which can be removed.
fn related(ui: &mut Ui, lang: Lang, sheet: &Sheet, id: SpanId, commands: &mut Vec<Command>) {
    let document = &sheet.document;
    ui.horizontal_wrapped(|ui| {
        for relation in document.relations().iter().filter(|relation| relation.from == id) {
            let Some(other) = document.spans().get(relation.to) else {
                continue;
            };
            let name = match relation.label.as_str() {
                "measure_of" => T::RelationMeasureOf.of(lang),
                "at_time" => T::RelationAtTime.of(lang),
                "held_by" => T::RelationHeldBy.of(lang),
                other => other,
            };
            let words = format!("{name} → {}  ×", document.covered(other));
            let remove = ui
                .button(RichText::new(words).small())
                .on_hover_text(T::RelationRemove.of(lang));
            if remove.clicked() {
                commands.push(FigureCommand::Unrelate(relation.clone()).into());
            }
        }
    });
}

/// A small bar for each time of a series, with the first and the last named.
fn spark(ui: &mut Ui, series: &Series, chosen: Option<f64>) {
    let colors = Colors::of(ui.ctx().theme());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width().min(320.0), 56.0), Sense::hover());
    let words: Vec<String> = series
        .points
        .iter()
        .map(|(time, number)| format!("{time}: {number}"))
        .collect();
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words.join(", ")));
    let bars = Rect::from_min_max(rect.min, rect.max - vec2(0.0, 16.0));
    let most = series.points.iter().map(|(_, number)| number.abs()).fold(0.0, f64::max);
    let step = rect.width() / series.points.len().max(1) as f32;
    for (n, (_, number)) in series.points.iter().enumerate() {
        let share = if most > 0.0 { (number.abs() / most) as f32 } else { 0.0 };
        let left = bars.left() + n as f32 * step + step * 0.15;
        let top = bars.bottom() - (bars.height() * share).max(1.0);
        let bar = Rect::from_min_max(pos2(left, top), pos2(left + step * 0.7, bars.bottom()));
        let is_chosen = chosen == Some(*number);
        ui.painter()
            .rect_filled(bar, 1.0, if is_chosen { colors.accent } else { colors.faint_ink });
    }
    let font = FontId::proportional(tokens::SMALL_SIZE - 1.0);
    let ends = [
        (rect.left_bottom(), Align2::LEFT_BOTTOM, series.points.first()),
        (rect.right_bottom(), Align2::RIGHT_BOTTOM, series.points.last()),
    ];
    for (at, align, point) in ends {
        if let Some((time, _)) = point {
            ui.painter().text(at, align, time, font.clone(), colors.faint_ink);
        }
    }
    response.on_hover_text(words.join("\n"));
}
