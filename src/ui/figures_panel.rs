//! The figures: a table that is sorted, filtered, corrected and copied, and below it all about the chosen one.

mod bars;
mod cell;
pub(super) mod table;

use std::sync::Arc;

use egui::{Align, Button, Id, Key, Layout, Modifiers, Panel, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::figure_fields::Place;
use super::tag_card::about;
use super::tokens::Colors;
use super::{figure_fact, figure_fields, text_view};
use crate::app::command::{Command, FigureCommand, UiCommand};
use crate::app::figures::Tabulated;
use crate::app::figures::table::Arrangement;
use crate::app::figures::values::has_value;
use crate::app::model::Model;
use crate::app::sheet::Sheet;
use crate::formats::figures::sentence_around;
use crate::i18n::{Lang, T};

/// The height of what stands below the table, in points: the same whether a figure is chosen or not, so that no row moves
/// away under the pointer.
const DETAILS: f32 = 300.0;
/// The least of the table and of what stands below it that is left when the border between them is dragged, in points.
const LEAST: f32 = 96.0;

/// The id of the filter.
fn filter() -> Id {
    Id::unique("figures filter")
}

/// Gives the keyboard to the filter.
fn take_filter(ui: &Ui) {
    ui.memory_mut(|memory| memory.request_focus(filter()));
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
    let from_filter = tools(ui, lang, &mut sheet.figures.arrangement, commands);
    let most = (ui.available_height() - LEAST).max(LEAST);
    Panel::bottom("figure details")
        .frame(egui::Frame::new())
        .resizable(true)
        .default_size(DETAILS.min(most))
        .size_range(LEAST..=most)
        .show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt("figure details")
                .auto_shrink(false)
                .show(ui, |ui| details(ui, lang, sheet, commands));
        });
    table::show(ui, lang, sheet, from_filter, commands);
}

/// The filter and what can be done with the table. Whether the filter sends the keyboard to the table.
fn tools(ui: &mut Ui, lang: Lang, arrangement: &mut Arrangement, commands: &mut Vec<Command>) -> bool {
    let line = vec2(ui.available_width(), ui.spacing().interact_size.y + 4.0);
    let tools = ui.allocate_ui_with_layout(line, Layout::right_to_left(Align::Center), |ui| {
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
        let (hint, copy) = (T::CopyFiguresHint.of(lang), Button::new(T::CopyFigures.of(lang)));
        if ui.add(copy).on_hover_text(hint).clicked() {
            commands.push(FigureCommand::Copy.into());
        }
        // The field would keep the arrow for itself, and Enter and Esc would only leave it.
        let has_keyboard = ui.memory(|memory| memory.has_focus(filter()));
        let is_pressed = |key| has_keyboard && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let goes_on = is_pressed(Key::ArrowDown) || is_pressed(Key::Enter);
        if is_pressed(Key::Escape) {
            text_view::take_keyboard(ui);
        }
        let field = TextEdit::singleline(&mut arrangement.filter)
            .id(filter())
            .hint_text(T::Filter.of(lang))
            .desired_width(f32::INFINITY);
        let field = ui.add(field);
        field
            .on_hover_text(T::FilterHint.of(lang))
            .accessible_name(T::Filter.of(lang));
        goes_on
    });
    tools.inner
}

/// The chosen figure: its meaning and its fact, to be changed, and the series that it belongs to.
fn details(ui: &mut Ui, lang: Lang, sheet: &Sheet, commands: &mut Vec<Command>) {
    let colors = Colors::of(ui.ctx().theme());
    ui.add_space(6.0);
    let chosen = sheet.chosen.and_then(|chosen| sheet.tag(chosen));
    let Some(span) = chosen.filter(|span| has_value(&span.mark.label)) else {
        figure_fields::settle(ui, Place::Details, sheet, None, commands);
        for text in [T::FigureChoose, T::FigureKeys] {
            let words = RichText::new(text.of(lang)).small().color(colors.faint_ink);
            ui.add(egui::Label::new(words).wrap());
        }
        return;
    };
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.horizontal_wrapped(|ui| {
        let covered: String = sheet.document.covered(span).chars().take(40).collect();
        ui.label(RichText::new(covered).strong());
        ui.label(RichText::new(about(lang, span)).small().color(colors.faint_ink));
    });
    figure_fields::show(ui, lang, Place::Details, sheet, span, commands);
    figure_fact::show(ui, lang, Place::Details, sheet, span, commands);
    let all: Arc<Tabulated> = Arc::clone(&sheet.figures.all);
    let row = all.rows.iter().position(|row| row.id == span.id);
    let series = row.and_then(|row| Some((row, all.series.get(all.rows[row].series?)?)));
    if let Some((row, series)) = series {
        bars::show(ui, lang, series, row);
    }
    if let Some(row) = row.and_then(|row| all.rows.get(row)) {
        let words = sentence_around(sheet.document.text(), row.sentence, row.range);
        ui.add(egui::Label::new(RichText::new(words).small().color(colors.faint_ink)).wrap());
    }
}
