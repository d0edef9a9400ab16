//! The tags grouped by label and text; a click walks through the mentions.

use std::sync::Arc;

use egui::{Align, Button, Id, Layout, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::text_view;
use super::tokens::Colors;
use super::widgets::label_button;
use crate::app::command::Command;
use crate::app::entities::Group;
use crate::app::model::Model;
use crate::app::sheet::Sheet;
use crate::i18n::{Lang, T};

/// A line of the list.
enum Line<'a> {
    Label {
        name: &'a str,
        color: crate::annot::label::Rgb,
        mentions: usize,
    },
    Group(&'a Group),
}

/// Shows the panel.
pub fn show(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let Some(sheet) = model.sheet() else { return };
    let lang = model.lang;
    let colors = Colors::of(ui.ctx().theme());
    if sheet.entities.groups.is_empty() {
        ui.add_space(8.0);
        ui.add(egui::Label::new(RichText::new(T::EntitiesEmpty.of(lang)).color(colors.faint_ink)).wrap());
        return;
    }
    let filter_id = Id::unique("entities filter");
    let mut filter = ui
        .data_mut(|data| data.get_temp::<String>(filter_id))
        .unwrap_or_default();
    let field = TextEdit::singleline(&mut filter)
        .hint_text(T::Filter.of(lang))
        .desired_width(f32::INFINITY);
    if ui.add(field).accessible_name(T::Filter.of(lang)).changed() {
        ui.data_mut(|data| data.insert_temp(filter_id, filter.clone()));
    }
    let groups = Arc::clone(&sheet.entities.groups);
    let lines = lines(&groups, sheet, lang, filter.trim());
    let height = 24.0;
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical()
        .auto_shrink(false)
        .show_rows(ui, height, lines.len(), |ui, rows| {
            for line in &lines[rows] {
                match line {
                    Line::Label { name, color, mentions } => {
                        ui.horizontal(|ui| {
                            ui.set_min_height(height);
                            ui.label(RichText::new(*name).strong().color(colors.label_text(*color)));
                            ui.label(RichText::new(mentions.to_string()).color(colors.faint_ink));
                        });
                    }
                    Line::Group(group) => group_line(ui, lang, sheet, group, height, commands),
                }
            }
        });
}

fn lines<'a>(groups: &'a [Group], sheet: &'a Sheet, lang: Lang, filter: &str) -> Vec<Line<'a>> {
    let mut lines = Vec::with_capacity(groups.len() + 8);
    let mut last = None;
    for group in groups
        .iter()
        .filter(|group| filter.is_empty() || group.name.contains(filter))
    {
        if last != Some(&group.label) {
            last = Some(&group.label);
            let label = sheet.document.labels().get(&group.label);
            let of_label = groups.iter().filter(|other| other.label == group.label);
            lines.push(Line::Label {
                name: label.map_or(group.label.as_str(), |label| lang.label(label)),
                color: label.map(|label| label.color).unwrap_or_default(),
                mentions: of_label.map(|group| group.spans.len()).sum(),
            });
        }
        lines.push(Line::Group(group));
    }
    lines
}

fn group_line(ui: &mut Ui, lang: Lang, sheet: &Sheet, group: &Group, height: f32, commands: &mut Vec<Command>) {
    let colors = Colors::of(ui.ctx().theme());
    let place = sheet
        .chosen
        .and_then(|chosen| group.spans.iter().position(|&span| span == chosen));
    let count = match (place, group.spans.len()) {
        (Some(place), count) if count > 1 => format!("{}/{count}", place + 1),
        (_, count) => format!("×{count}"),
    };
    let name = group.name.replace('\n', " ");
    let row = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        more(ui, lang, sheet, group, &format!("{name}  {count}"), commands);
        let width = ui.available_width();
        let button = Button::new(&name)
            .selected(place.is_some())
            .truncate()
            .frame_when_inactive(false)
            .right_text(RichText::new(&count).color(colors.faint_ink));
        let response = ui.add_sized(vec2(width, height), button);
        if response.on_hover_text(T::WalkHint.of(lang)).clicked() {
            let next = place.map_or(0, |place| (place + 1) % group.spans.len());
            let id = group.spans[next];
            commands.push(Command::Choose(Some(id), false));
            if let Some(span) = sheet.document.spans().get(id) {
                commands.push(Command::Reveal(span.range));
            }
            text_view::take_keyboard(ui);
        }
    });
}

/// What can be done to all mentions at once.
fn more(ui: &mut Ui, lang: Lang, sheet: &Sheet, group: &Group, title: &str, commands: &mut Vec<Command>) {
    let button = Button::new("…").frame_when_inactive(false);
    let (button, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.label(RichText::new(title).strong());
        ui.label(T::RenameLabel.of(lang));
        for label in sheet.document.labels().iter().filter(|label| label.id != group.label) {
            if label_button(ui, lang, label, false).clicked() {
                commands.push(Command::Relabel(group.spans.clone(), label.id.clone()));
                ui.close();
            }
        }
        ui.separator();
        if ui.button(T::RemoveAll.of(lang)).clicked() {
            commands.push(Command::RemoveSpans(group.spans.clone()));
            ui.close();
        }
    });
    button
        .on_hover_text(T::More.of(lang))
        .accessible_name(format!("{} {}", T::More.of(lang), group.name));
}
