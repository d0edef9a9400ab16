//! The dialog about the article: title, day of issue, note.

use egui::{Button, Key, Response, RichText, TextEdit, Ui};

use super::tokens::Colors;
use crate::app::command::{Command, FigureCommand};
use crate::i18n::{Lang, T};
use crate::suggest::figures::Date;

/// Shows the dialog's fields: title, day of issue, note.
pub(super) fn contents(
    ui: &mut Ui,
    lang: Lang,
    (title, issue_date, note): (&mut String, &mut String, &mut String),
    commands: &mut Vec<Command>,
) {
    ui.set_width(420.0);
    let colors = Colors::of(ui.ctx().theme());
    ui.heading(T::AboutArticle.of(lang).trim_end_matches('…'));
    let is_first_frame = ui.memory(|memory| memory.focused().is_none());
    let first = field(ui, lang, T::AboutTitle, title, false);
    if is_first_frame {
        first.request_focus();
    }
    let date = field(ui, lang, T::AboutIssueDate, issue_date, false);
    let typed = issue_date.trim();
    let is_date = typed.is_empty() || Date::parse(typed).is_some();
    let (hint, color) = if is_date {
        (T::AboutIssueDateHint, colors.faint_ink)
    } else {
        (T::AboutBadDate, colors.error)
    };
    ui.add(egui::Label::new(RichText::new(hint.of(lang)).small().color(color)).wrap());
    let issue_date = (!typed.is_empty()).then(|| typed.to_owned());
    field(ui, lang, T::Note, note, true);
    let is_entered = (first.lost_focus() || date.lost_focus()) && ui.input(|input| input.key_pressed(Key::Enter));
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let is_chosen = ui.add_enabled(is_date, Button::new(T::Save.of(lang))).clicked();
        if is_chosen || (is_entered && is_date) {
            let about = FigureCommand::SetAbout {
                title: title.trim().to_owned(),
                issue_date,
                note: note.clone(),
            };
            commands.push(about.into());
        }
        if ui.button(T::Cancel.of(lang)).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}

fn field(ui: &mut Ui, lang: Lang, name: T, typed: &mut String, is_long: bool) -> Response {
    let name = name.of(lang);
    ui.label(RichText::new(name).small());
    let field = if is_long {
        TextEdit::multiline(typed).desired_rows(3)
    } else {
        TextEdit::singleline(typed)
    };
    ui.add(field.desired_width(f32::INFINITY)).accessible_name(name)
}
