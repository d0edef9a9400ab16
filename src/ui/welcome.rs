//! What is there before anything is open.

use egui::{Align, Button, Layout, RichText, Ui, vec2};

use super::tokens::Colors;
use crate::app::command::{Command, UiCommand};
use crate::app::model::Model;
use crate::i18n::T;

/// Shows the welcome, or that something is on its way.
pub fn show(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let lang = model.lang;
    let colors = Colors::of(ui.ctx().theme());
    ui.with_layout(Layout::top_down(Align::Center), |ui| {
        ui.add_space(ui.available_height() * 0.24);
        if let Some(path) = model.opening.last() {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            ui.label(RichText::new(lang.fill(T::Opening, &[&name])).size(16.0));
            return;
        }
        ui.label(RichText::new(T::Welcome.of(lang)).size(40.0).color(colors.accent));
        ui.label(RichText::new(T::WelcomeLine.of(lang)).size(16.0));
        ui.add_space(18.0);
        let open = Button::new(RichText::new(T::Open.of(lang)).size(16.0).color(colors.on_accent)).fill(colors.accent);
        if ui.add(open.min_size(vec2(200.0, 36.0))).clicked() {
            commands.push(Command::Ui(UiCommand::Open));
        }
        let example = Button::new(RichText::new(T::OpenExample.of(lang)).size(16.0));
        if ui.add(example.min_size(vec2(200.0, 36.0))).clicked() {
            commands.push(Command::Ui(UiCommand::OpenExample));
        }
        ui.add_space(6.0);
        ui.label(RichText::new(T::DropHere.of(lang)).color(colors.faint_ink));
        recent(ui, model, commands);
    });
}

fn recent(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    if model.settings.recent_files.is_empty() {
        return;
    }
    ui.add_space(18.0);
    ui.label(RichText::new(T::Recent.of(model.lang)).strong());
    let recent = &model.settings.recent_files;
    for path in recent.iter().take(6) {
        let mut name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        // Issues of many days have their A1.txt.
        let has_namesake = recent
            .iter()
            .any(|other| other != path && other.file_name() == path.file_name());
        if let Some(folder) = path
            .parent()
            .and_then(|folder| folder.file_name())
            .filter(|_| has_namesake)
        {
            name = format!("{} / {name}", folder.to_string_lossy());
        }
        if ui.link(name).on_hover_text(path.display().to_string()).clicked() {
            commands.push(Command::OpenPaths(vec![path.clone()]));
        }
    }
}
