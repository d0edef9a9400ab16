//! The card beside a doubted place: why it is doubted, and what can be done.

use egui::{Align, Button, Frame, Layout, Margin, RichText, Ui};

use super::checks_panel::{reason_hint, reason_text};
use super::text_view;
use super::tokens::Colors;
use crate::app::command::{Command, UiCommand};
use crate::app::model::Model;
use crate::i18n::T;

/// The width of what stands in the card, in points.
const WIDTH: f32 = 300.0;

/// Shows the card while a doubt is looked at.
pub fn show(ui: &Ui, model: &Model, commands: &mut Vec<Command>) {
    let lang = model.lang;
    let Some(sheet) = model.sheet() else { return };
    let Some(doubt) = sheet.doubts.current.and_then(|range| sheet.doubts.get(range)) else {
        return;
    };
    let Some(area) = text_view::area_aside(ui, "doubt card", doubt.range, WIDTH + 24.0) else {
        return;
    };
    let colors = Colors::of(ui.ctx().theme());
    area.accessible_name(T::DoubtCard.of(lang)).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::same(10)).show(ui, |ui| {
            ui.set_width(WIDTH);
            let mut command = None;
            ui.horizontal(|ui| {
                ui.label(RichText::new(reason_text(doubt.reason).of(lang)).strong());
                if let Some((place, count)) = sheet.doubts.place() {
                    ui.label(RichText::new(format!("{place} / {count}")).color(colors.faint_ink));
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let close = ui.add(Button::new("×").frame_when_inactive(false)).on_hover_text("Esc");
                    if close.accessible_name(T::Close.of(lang)).clicked() {
                        command = Some(Command::ShowDoubt(None));
                    }
                });
            });
            ui.add(egui::Label::new(RichText::new(reason_hint(doubt.reason).of(lang)).color(colors.faint_ink)).wrap());
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                if let Some(fix) = &doubt.fix {
                    let there = sheet.document.text().slice(doubt.range);
                    let text = if fix.is_empty() {
                        lang.fill(T::DoubtTakeOut, &[there])
                    } else {
                        format!("{there} → {fix}")
                    };
                    let button = Button::new(RichText::new(text).color(colors.on_accent)).fill(colors.accent);
                    if ui.add(button).on_hover_text("Enter").clicked() {
                        command = Some(Command::FixDoubt(doubt.range));
                    }
                }
                if ui.button(T::DoubtDismiss.of(lang)).clicked() {
                    command = Some(Command::DismissDoubt(doubt.range));
                }
                let (next, hint) = UiCommand::NextDoubt.texts();
                if ui.button(next.of(lang)).on_hover_text(hint.of(lang)).clicked() {
                    command = Some(Command::Ui(UiCommand::NextDoubt));
                }
            });
            if let Some(command) = command {
                commands.push(command);
                text_view::take_keyboard(ui);
            }
        });
    });
}
