//! The small palette at the end of a selection.

use egui::{Frame, Margin, RichText, Ui};

use super::text_view;
use super::tokens::Colors;
use super::widgets::label_button;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::i18n::T;

/// Shows the palette while it is offered.
pub fn show(ui: &Ui, model: &Model, commands: &mut Vec<Command>) {
    let Some(sheet) = model.sheet().filter(|sheet| sheet.palette) else {
        return;
    };
    let selected = sheet.selection.range();
    let Some(area) = text_view::area_beside(ui, "tag palette", selected, 6.0) else {
        return;
    };
    let lang = model.lang;
    let colors = Colors::of(ui.ctx().theme());
    area.accessible_name(T::TagPalette.of(lang)).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::same(6)).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new(T::TagPalette.of(lang)).small().color(colors.faint_ink));
                for label in sheet.document.labels().iter() {
                    if label_button(ui, lang, label, false).clicked() {
                        commands.push(Command::Tag(selected, label.id.clone()));
                        text_view::take_keyboard(ui);
                    }
                }
            });
        });
    });
}
