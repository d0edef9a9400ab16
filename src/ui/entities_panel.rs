//! The tags grouped by label and text; a click walks through the mentions.

use std::sync::{Arc, Weak};

use egui::{Align, Button, Id, Layout, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::text_view;
use super::tokens::Colors;
use super::widgets::label_button;
use crate::annot::LabelId;
use crate::app::command::Command;
use crate::app::entities::Group;
use crate::app::model::Model;
use crate::app::sheet::Sheet;
use crate::i18n::{Lang, T};

/// The lines of the list: worked out when the groups or the filter change, not in each frame.
struct Lines {
    /// Those that they are the lines of, which shall not live longer for it.
    groups: Weak<Vec<Group>>,
    filter: String,
    lines: Vec<Line>,
}

/// A line of the list.
enum Line {
    Label {
        label: LabelId,
        mentions: usize,
    },
    /// A group, by its number.
    Group(usize),
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
    let lines = lines(ui, sheet, filter.trim());
    let groups = &sheet.entities.groups;
    let height = 24.0;
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical()
        .auto_shrink(false)
        .show_rows(ui, height, lines.lines.len(), |ui, rows| {
            for line in &lines.lines[rows] {
                match line {
                    Line::Label { label, mentions } => label_line(ui, lang, sheet, label, *mentions, height),
                    Line::Group(group) => group_line(ui, lang, sheet, &groups[*group], height, commands),
                }
            }
        });
}

fn label_line(ui: &mut Ui, lang: Lang, sheet: &Sheet, id: &LabelId, mentions: usize, height: f32) {
    let colors = Colors::of(ui.ctx().theme());
    let label = sheet.document.labels().get(id);
    let name = label.map_or(id.as_str(), |label| lang.label(label));
    let color = label.map_or(colors.ink, |label| colors.label_text(label.color));
    ui.horizontal(|ui| {
        ui.set_min_height(height);
        ui.label(RichText::new(name).strong().color(color));
        ui.label(RichText::new(mentions.to_string()).color(colors.faint_ink));
    });
}

/// The lines for the groups as they are; the last ones where nothing has changed.
fn lines(ui: &Ui, sheet: &Sheet, filter: &str) -> Arc<Lines> {
    let id = Id::unique("entities lines");
    let groups = &sheet.entities.groups;
    if let Some(last) = ui.data(|data| data.get_temp::<Arc<Lines>>(id))
        && last.groups.as_ptr() == Arc::as_ptr(groups)
        && last.filter == filter
    {
        return last;
    }
    let mut lines: Vec<Line> = Vec::with_capacity(groups.len() + 8);
    let mut heading = None;
    for (number, group) in groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.name.contains(filter))
    {
        let is_new = heading.is_none_or(|at| !matches!(&lines[at], Line::Label { label, .. } if *label == group.label));
        if is_new {
            heading = Some(lines.len());
            lines.push(Line::Label {
                label: group.label.clone(),
                mentions: 0,
            });
        }
        if let Some(Line::Label { mentions, .. }) = heading.and_then(|at| lines.get_mut(at)) {
            *mentions += group.spans.len();
        }
        lines.push(Line::Group(number));
    }
    let lines = Arc::new(Lines {
        groups: Arc::downgrade(groups),
        filter: filter.to_owned(),
        lines,
    });
    ui.data_mut(|data| data.insert_temp(id, Arc::clone(&lines)));
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
