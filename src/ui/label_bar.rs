//! The labels: legend, buttons for the selection, and brush.

use egui::{Button, RichText, Ui};

use super::tokens::Colors;
use super::widgets::label_button;
use crate::annot::fact;
use crate::app::command::{Command, UiCommand};
use crate::app::model::Model;
use crate::i18n::T;

/// Shows the label bar.
pub fn show(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let Some(sheet) = model.sheet() else { return };
    let lang = model.lang;
    let selected = sheet.selection.range();
    ui.horizontal_wrapped(|ui| {
        let labels = sheet.document.labels();
        // What carries facts is no tool: it comes with them.
        for label in labels.iter().filter(|label| !fact::is_carrier(labels, &label.id)) {
            let is_brush = model.brush.as_ref() == Some(&label.id);
            if label_button(ui, lang, label, is_brush)
                .on_hover_text(T::BrushHint.of(lang))
                .clicked()
            {
                if selected.is_empty() {
                    commands.push(Command::Brush((!is_brush).then(|| label.id.clone())));
                } else {
                    commands.push(Command::Tag(selected, label.id.clone()));
                }
            }
        }
        let (name, hint) = UiCommand::NewLabel.texts();
        let add = ui
            .add(Button::new("+").frame_when_inactive(false))
            .on_hover_text(hint.of(lang));
        if add.accessible_name(name.of(lang)).clicked() {
            commands.push(Command::Ui(UiCommand::NewLabel));
        }
        if let Some(label) = model
            .brush
            .as_ref()
            .and_then(|brush| sheet.document.labels().get(brush))
        {
            let colors = Colors::of(ui.ctx().theme());
            let text = lang.fill(T::BrushOn, &[lang.label(label)]);
            ui.label(RichText::new(text).color(colors.label_text(label.color)));
        }
    });
}
