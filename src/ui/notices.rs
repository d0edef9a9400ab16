//! Sentences to the editor, above the status bar.

use egui::{Align2, Area, Button, Frame, Id, Margin, Order, Stroke, Ui, vec2};

use super::text_view;
use super::tokens::Colors;
use crate::app::command::{Command, UiCommand};
use crate::app::model::{Model, Weight};
use crate::i18n::T;

/// Shows the notices: the last ones, the newest lowest.
pub fn show(ui: &Ui, model: &Model, commands: &mut Vec<Command>) {
    if model.notices.is_empty() {
        return;
    }
    let colors = Colors::of(ui.ctx().theme());
    let last_step = model.shown.and_then(|place| {
        let article = model.articles.get(place)?;
        Some((article.id, article.sheet.as_deref()?.history.depth()))
    });
    let area = Area::new(Id::unique("notices"))
        .order(Order::Foreground)
        .anchor(Align2::LEFT_BOTTOM, vec2(16.0, -44.0));
    area.show(ui.ctx(), |ui| {
        for notice in model.notices.iter().rev().take(4).rev() {
            let edge = if notice.weight == Weight::Lasting {
                colors.accent
            } else {
                colors.line
            };
            let frame = Frame::popup(ui.style())
                .inner_margin(Margin::symmetric(12, 8))
                .stroke(Stroke::new(1.0, edge));
            frame.show(ui, |ui| {
                ui.set_max_width(560.0);
                ui.horizontal(|ui| {
                    ui.add(egui::Label::new(&notice.text).wrap());
                    if notice.step.is_some() && notice.step == last_step {
                        let (undo, hint) = UiCommand::Undo.texts();
                        if ui
                            .button(undo.of(model.lang))
                            .on_hover_text(hint.of(model.lang))
                            .clicked()
                        {
                            commands.extend([Command::Ui(UiCommand::Undo), Command::CloseNotice(notice.id)]);
                            text_view::take_keyboard(ui);
                        }
                    }
                    if notice.weight == Weight::Lasting {
                        let close = ui.add(Button::new("×").frame_when_inactive(false));
                        if close.accessible_name(T::Close.of(model.lang)).clicked() {
                            commands.push(Command::CloseNotice(notice.id));
                        }
                    }
                });
            });
        }
    });
}
