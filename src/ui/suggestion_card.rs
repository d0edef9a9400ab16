//! The card of the chosen suggestion: what it is, accept, reject, or another label.

use egui::{Button, Frame, Margin, RichText, Ui};

use super::figure_fields::Place;
use super::tag_card::about;
use super::tokens::Colors;
use super::widgets::{keys_text, label_button};
use super::{figure_fact, figure_fields, text_view};
use crate::annot::Span;
use crate::app::command::{Command, UiCommand, Verdict};
use crate::app::model::Model;
use crate::app::sheet::Sheet;
use crate::i18n::{Lang, T};

/// The width of the card.
const WIDTH: f32 = 300.0;

/// Shows the card while a suggestion is chosen with it.
pub fn show(ui: &Ui, model: &Model, commands: &mut Vec<Command>) {
    let Some(sheet) = model.sheet().filter(|sheet| sheet.card) else {
        return;
    };
    let Some(suggestion) = sheet.chosen_suggestion() else {
        return;
    };
    let Some(area) = text_view::area_beside(ui, "suggestion card", suggestion.range, 14.0) else {
        return;
    };
    area.accessible_name(T::SuggestionCard.of(model.lang))
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(Margin::same(10)).show(ui, |ui| {
                ui.set_width(WIDTH);
                contents(ui, model.lang, sheet, suggestion, commands);
            });
        });
}

fn contents(ui: &mut Ui, lang: Lang, sheet: &Sheet, suggestion: &Span, commands: &mut Vec<Command>) {
    let colors = Colors::of(ui.ctx().theme());
    let covered: String = sheet.document.covered(suggestion).chars().take(40).collect();
    ui.add(egui::Label::new(RichText::new(covered).strong()).truncate());
    ui.label(RichText::new(about(lang, suggestion)).small().color(colors.faint_ink));
    figure_fields::show(ui, lang, Place::Card, sheet, suggestion, commands);
    figure_fact::show(ui, lang, Place::Card, sheet, suggestion, commands);
    let before = commands.len();
    ui.horizontal_wrapped(|ui| {
        for label in sheet.document.labels().iter() {
            if label_button(ui, lang, label, label.id == suggestion.mark.label).clicked() {
                commands.push(Command::Judge(vec![suggestion.clone()], Verdict::As(label.id.clone())));
            }
        }
    });
    ui.horizontal(|ui| {
        let accept = Button::new(RichText::new(T::AcceptSuggestion.of(lang)).color(colors.on_accent));
        let buttons = [
            (accept.fill(colors.accent), UiCommand::AcceptSuggestion, Verdict::Accept),
            (
                Button::new(T::RejectSuggestion.of(lang)),
                UiCommand::RejectSuggestion,
                Verdict::Reject,
            ),
        ];
        for (button, command, verdict) in buttons {
            let keys = keys_text(ui, command);
            let response = ui.add(button).on_hover_text(keys.unwrap_or_default());
            if response.clicked() {
                commands.push(Command::Judge(vec![suggestion.clone()], verdict));
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button(T::Close.of(lang)).clicked() {
                commands.push(Command::Choose(Some(suggestion.id), false));
            }
        });
    });
    if commands.len() > before {
        text_view::take_keyboard(ui);
    }
}
