//! What was put away: how many, which ones, and the way back for each.

use egui::{Align, Button, Id, Label, Layout, RichText, ScrollArea, Ui, vec2};

use super::{card, reason_text};
use crate::annot::Document;
use crate::annot::dismissal::Dismissal;
use crate::app::command::{Command, FigureCommand};
use crate::app::tag_findings;
use crate::i18n::{Lang, T};
use crate::suggest::figures::checks::FindingKind;
use crate::text::doubt::Reason;
use crate::ui::text_view;
use crate::ui::tokens::Colors;

/// The height that the list takes at most.
const HEIGHT: f32 = 180.0;

/// Shows how many findings were put away, and when that is clicked which ones.
pub(super) fn show(ui: &mut Ui, lang: Lang, document: &Document, commands: &mut Vec<Command>) {
    let all = document.dismissals().iter().filter(|one| one.is_of_finding());
    let all: Vec<&Dismissal> = all.collect();
    if all.is_empty() {
        return;
    }
    let id = Id::unique("findings put away");
    let is_open = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    let text = lang.fill(T::FindingsPutAway, &[&all.len().to_string()]);
    ui.horizontal(|ui| {
        let arrow = if is_open { "▾" } else { "▸" };
        let button = Button::new(RichText::new(format!("{arrow} {text}")).small()).frame_when_inactive(false);
        let response = ui.add(button).on_hover_text(T::FindingsPutAwayHint.of(lang));
        if response.accessible_name(&text).clicked() {
            ui.data_mut(|data| data.insert_temp(id, !is_open));
        }
        if is_open && ui.small_button(T::FindingsRestore.of(lang)).clicked() {
            commands.push(FigureCommand::RestoreDismissed.into());
            text_view::take_keyboard(ui);
        }
    });
    if !is_open {
        return;
    }
    let area = ScrollArea::vertical().id_salt("put away").max_height(HEIGHT);
    area.auto_shrink([false, true]).show(ui, |ui| {
        for one in all {
            line(ui, lang, one, commands);
        }
    });
    ui.separator();
}

fn line(ui: &mut Ui, lang: Lang, one: &Dismissal, commands: &mut Vec<Command>) {
    let colors = Colors::of(ui.ctx().theme());
    let mut words = one.texts.clone();
    words.dedup();
    let words = words.join(" · ").replace('\n', " ");
    let title = title(&one.check).map_or(one.check.as_str(), |title| title.of(lang));
    let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let name = lang.fill(T::FindingRestoreOne, &[&words]);
        let button = ui.small_button("↩").on_hover_text(&name);
        if button.accessible_name(&name).clicked() {
            commands.push(FigureCommand::Restore(one.clone()).into());
            text_view::take_keyboard(ui);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.label(RichText::new(title).small().color(colors.faint_ink));
            ui.add(Label::new(&words).truncate()).on_hover_text(&words);
        });
    });
}

/// What a check of that name found, in a few words.
fn title(check: &str) -> Option<T> {
    let of_figures = FindingKind::ALL.into_iter().find(|kind| kind.as_str() == check);
    let of_text = Reason::ALL.into_iter().find(|reason| reason.as_str() == check);
    of_figures
        .map(card::kind_text)
        .or_else(|| of_text.map(reason_text))
        .or_else(|| tag_findings::title(check))
}
