//! The card of the chosen tag: label, note, where it comes from, remove.

use egui::{Button, Frame, Id, Margin, RichText, TextEdit, Ui};

use super::figure_fields::Place;
use super::tokens::Colors;
use super::widgets::label_button;
use super::{figure_fact, figure_fields, text_view};
use crate::annot::{Origin, Span, Status};
use crate::app::command::{Command, UiCommand};
use crate::app::model::Model;
use crate::app::sheet::Sheet;
use crate::i18n::{Lang, T};

/// The width of the card.
const WIDTH: f32 = 300.0;

/// Shows the card while a tag is chosen with it.
pub fn show(ui: &Ui, model: &Model, commands: &mut Vec<Command>) {
    let Some(sheet) = model
        .sheet()
        .filter(|sheet| sheet.card && sheet.chosen_suggestion().is_none())
    else {
        return;
    };
    let Some(span) = sheet.chosen_span() else { return };
    let Some(area) = text_view::area_beside(ui, "tag card", span.range, 14.0) else {
        return;
    };
    area.accessible_name(T::TagCard.of(model.lang)).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::same(10)).show(ui, |ui| {
            ui.set_width(WIDTH);
            contents(ui, model.lang, sheet, span, commands);
        });
    });
}

fn contents(ui: &mut Ui, lang: Lang, sheet: &Sheet, span: &Span, commands: &mut Vec<Command>) {
    let colors = Colors::of(ui.ctx().theme());
    ui.horizontal(|ui| {
        let covered: String = sheet
            .document
            .covered(span)
            .replace('\n', " ")
            .chars()
            .take(40)
            .collect();
        ui.add(egui::Label::new(RichText::new(covered).strong()).truncate());
    });
    ui.label(RichText::new(about(lang, span)).small().color(colors.faint_ink));
    for change in text_view::changes_within(&sheet.document, span.range, lang) {
        ui.label(RichText::new(change).small().color(colors.accent));
    }
    ui.horizontal_wrapped(|ui| {
        for label in sheet.document.labels().iter() {
            if label_button(ui, lang, label, label.id == span.mark.label).clicked() {
                commands.push(Command::Relabel(vec![span.id], label.id.clone()));
                text_view::take_keyboard(ui);
            }
        }
    });
    figure_fields::show(ui, lang, Place::Card, sheet, span, commands);
    figure_fact::show(ui, lang, Place::Card, sheet, span, commands);
    // What is typed is kept here until the field is left: one step for undo.
    let draft_id = Id::unique(("note", span.id.0, &sheet.path));
    let mut draft = ui
        .data_mut(|data| data.get_temp::<String>(draft_id))
        .unwrap_or_else(|| span.mark.note.clone());
    let field = TextEdit::singleline(&mut draft)
        .hint_text(T::NoteHint.of(lang))
        .desired_width(f32::INFINITY);
    let response = ui.add(field).accessible_name(T::Note.of(lang));
    if response.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(draft_id));
        if draft != span.mark.note {
            commands.push(Command::SetNote(span.id, draft));
        }
        text_view::take_keyboard(ui);
    } else if response.changed() {
        ui.data_mut(|data| data.insert_temp(draft_id, draft));
    }
    ui.horizontal(|ui| {
        for command in [UiCommand::TagOthers, UiCommand::Remove] {
            let (name, hint) = command.texts();
            if ui
                .add(Button::new(name.of(lang)))
                .on_hover_text(hint.of(lang))
                .clicked()
            {
                commands.push(Command::Ui(command));
                text_view::take_keyboard(ui);
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button(T::Close.of(lang)).clicked() {
                commands.push(Command::Choose(Some(span.id), false));
                text_view::take_keyboard(ui);
            }
        });
    });
}

/// Where the tag comes from, and what its figure comes to.
pub(super) fn about(lang: Lang, span: &Span) -> String {
    let from = provenance(lang, span);
    figure_fields::converted(span).map_or_else(|| from.clone(), |converted| format!("{from} · {converted}"))
}

/// Where the tag comes from and how sure that was.
fn provenance(lang: Lang, span: &Span) -> String {
    let origin = match span.mark.origin {
        Origin::Hand => T::OriginHand,
        Origin::Rule => T::OriginRule,
        Origin::Dictionary => T::OriginDictionary,
        Origin::Model => T::OriginModel,
        Origin::Propagated => T::OriginPropagated,
        Origin::Imported => T::OriginImported,
    };
    let mut text = origin.of(lang).to_owned();
    if span.mark.status == Status::Suggested {
        text = format!("{} · {text}", T::Suggested.of(lang));
    }
    if let Some(score) = span.mark.score.as_ref().and_then(serde_json::Number::as_f64) {
        text = format!("{text} · {:.0} %", score * 100.0);
    }
    text
}
