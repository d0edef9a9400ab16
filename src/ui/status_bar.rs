//! The state of the article in one line: saved, encoding, place, counts.

use std::sync::atomic::Ordering;
use std::time::Duration;

use egui::{Align, Button, Layout, Response, RichText, TextStyle, TextWrapMode, Ui, WidgetText};

use super::text_view::{self, TextView};
use super::tokens::Colors;
use super::widgets::keys_text;
use crate::app::command::{Command, UiCommand};
use crate::app::exchange::ExchangeCommand;
use crate::app::model::Model;
use crate::app::sheet::Sheet;
use crate::i18n::{Lang, T};
use crate::text::decode::encodings;

/// What the line's right end needs, in points.
const ROOM_FOR_DONE: f32 = 160.0;

/// Shows the status bar.
pub fn show(ui: &mut Ui, model: &Model, view: &TextView, commands: &mut Vec<Command>) {
    let lang = model.lang;
    let colors = Colors::of(ui.ctx().theme());
    ui.horizontal_centered(|ui| {
        exporting(ui, model, commands);
        let Some(sheet) = model.sheet() else {
            ui.label(RichText::new(T::WelcomeLine.of(lang)).small().color(colors.faint_ink));
            return;
        };
        saved(ui, model, sheet, commands);
        ui.separator();
        encoding(ui, model, sheet, commands);
        ui.separator();
        let paragraph = sheet.document.block_at(sheet.selection.caret) + 1;
        ui.label(lang.fill(T::Paragraph, &[&paragraph.to_string()]));
        ui.separator();
        ui.label(lang.fill(T::Tags, &[&sheet.entities.tags().to_string()]));
        suggestions(ui, model, sheet, commands);
        let selected = sheet.selection.range().len();
        if selected > 0 {
            ui.separator();
            ui.label(lang.fill(T::SelectedChars, &[&selected.to_string()]));
        }
        if sheet.correcting.is_on {
            ui.separator();
            correcting(ui, lang);
        }
        if let Some(percent) = view.percent_set().filter(|&percent| percent < 100) {
            ui.separator();
            ui.label(lang.fill(T::LayingOut, &[&percent.to_string()]));
        }
        if let Some(path) = model.opening.last() {
            ui.separator();
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            ui.label(lang.fill(T::Opening, &[&name]));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (name, hint) = UiCommand::Done.texts();
            if ui
                .add(Button::new(name.of(lang)))
                .on_hover_text(hint.of(lang))
                .clicked()
            {
                commands.push(Command::Ui(UiCommand::Done));
            }
        });
    });
}

/// How far an export has come, while one is being written.
fn exporting(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let Some(under) = &model.exchange.under else { return };
    let (done, of) = (under.progress.done.load(Ordering::Relaxed), under.progress.of);
    ui.spinner();
    ui.label(model.lang.fill(T::Exporting, &[&done.to_string(), &of.to_string()]));
    if ui.small_button(T::Cancel.of(model.lang)).clicked() {
        commands.push(Command::Exchange(ExchangeCommand::StopExport));
    }
    ui.separator();
    ui.ctx().request_repaint_after(Duration::from_millis(100));
}

/// How correcting ends, and where there is room, how a paragraph is split.
fn correcting(ui: &mut Ui, lang: Lang) {
    let colors = Colors::of(ui.ctx().theme());
    let said = |text: &str| WidgetText::from(RichText::new(text).color(colors.error).strong());
    let ends = T::Correcting.of(lang);
    let keys = keys_text(ui, UiCommand::SplitHere).unwrap_or_default();
    let all = said(&lang.fill(T::CorrectingKeys, &[ends, &keys]));
    let all = all.into_galley(ui, Some(TextWrapMode::Extend), f32::INFINITY, TextStyle::Body);
    if all.size().x + ROOM_FOR_DONE < ui.available_width() {
        ui.label(all);
    } else {
        ui.label(said(ends));
    }
}

fn saved(ui: &mut Ui, model: &Model, sheet: &Sheet, commands: &mut Vec<Command>) {
    let lang = model.lang;
    let colors = Colors::of(ui.ctx().theme());
    let (text, color) = match sheet {
        _ if sheet.read_only.is_some() => (T::ReadOnly, colors.accent),
        _ if sheet.save.error.is_some() => (T::NotSaved, colors.error),
        _ if sheet.save.writing.is_some() => (T::Saving, colors.ink),
        _ if sheet.is_unsaved() => (T::Unsaved, colors.ink),
        // There may be no file yet: nothing was saved, and nothing needs to be.
        _ if sheet.revision == 0 && sheet.document.spans().is_empty() => (T::NoChanges, colors.faint_ink),
        _ => (T::Saved, colors.good),
    };
    let label = ui.label(RichText::new(text.of(lang)).color(color));
    label.on_hover_text(sheet.saved_path.display().to_string());
    if let Some(error) = &sheet.save.error
        && ui.button(T::Retry.of(lang)).on_hover_text(error).clicked()
    {
        commands.push(Command::Ui(UiCommand::Save));
    }
}

/// How many suggestions are open; a click goes to the next.
fn suggestions(ui: &mut Ui, model: &Model, sheet: &Sheet, commands: &mut Vec<Command>) {
    let lang = model.lang;
    let open = sheet.suggestions.open.spans.len();
    if !model.settings.suggestions {
        return;
    }
    ui.separator();
    if open == 0 && sheet.suggestions.is_searching() {
        ui.label(T::Searching.of(lang));
        return;
    }
    let (_, hint) = UiCommand::NextSuggestion.texts();
    let count = Button::new(lang.fill(T::SuggestionCount, &[&open.to_string()])).frame_when_inactive(false);
    let response = flush(ui, |ui| ui.add_enabled(open > 0, count)).on_hover_text(hint.of(lang));
    if response.clicked() {
        commands.push(Command::Ui(UiCommand::NextSuggestion));
        text_view::take_keyboard(ui);
    }
}

fn encoding(ui: &mut Ui, model: &Model, sheet: &Sheet, commands: &mut Vec<Command>) {
    let source = &sheet.document.source;
    let button = Button::new(&source.encoding).frame_when_inactive(false);
    let menu = flush(ui, |ui| {
        let menu = egui::containers::menu::MenuButton::from_button(button);
        let (menu, _) = menu.ui(ui, |ui| {
            for &name in encodings() {
                if ui.radio(source.encoding == name, name).clicked() {
                    commands.push(Command::ReadAs(name));
                    ui.close();
                }
            }
        });
        menu
    });
    menu.on_hover_text(model.lang.fill(T::EncodingHint, &[&source.encoding]));
}

/// A button that stands as far from the lines beside it as what is only read.
fn flush(ui: &mut Ui, button: impl FnOnce(&mut Ui) -> Response) -> Response {
    let padding = std::mem::take(&mut ui.spacing_mut().button_padding.x);
    let response = button(ui);
    ui.spacing_mut().button_padding.x = padding;
    response
}
