//! The import dialog: what was read, where it goes, what is wrong with it.

use egui::{Button, RichText, ScrollArea, Ui};

use super::format_list::format_box;
use super::tokens::Colors;
use crate::app::command::Command;
use crate::app::exchange::ExchangeCommand;
use crate::app::import::{Beside, Found, ImportPlan};
use crate::app::model::{Model, shown_place};
use crate::formats::{Format, Severity};
use crate::i18n::{Lang, T};

/// Shows the dialog.
pub fn show(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let lang = model.lang;
    let plan = &model.exchange.import;
    ui.set_width(620.0);
    ui.heading(T::ImportTitle.of(lang));
    let names = plan
        .paths
        .iter()
        .map(|path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy());
    let names: Vec<_> = names.collect();
    ui.add(egui::Label::new(RichText::new(names.join(" · ")).weak()).truncate());
    ui.add_space(6.0);
    format(ui, lang, plan, commands);
    ui.add_space(6.0);
    match &plan.found {
        None => {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(T::ImportReading.of(lang));
            });
        }
        Some(found) => found_in(ui, lang, found),
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let is_partial = plan.found.as_ref().is_some_and(Found::is_partial);
        let go = if is_partial { T::ImportGoodPart } else { T::ImportGo };
        let is_ready = plan.found.as_ref().is_some_and(|found| !found.is_empty());
        if ui.add_enabled(is_ready, Button::new(go.of(lang))).clicked() {
            commands.push(Command::Exchange(ExchangeCommand::Import));
        }
        if ui.button(T::Cancel.of(lang)).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}

fn format(ui: &mut Ui, lang: Lang, plan: &ImportPlan, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.label(T::ExportFormat.of(lang));
        let chosen = plan.format.unwrap_or_default();
        if let Some(picked) = format_box(ui, lang, chosen, Format::imports) {
            commands.push(Command::Exchange(ExchangeCommand::ReadAs(picked, plan.utf16)));
        }
        let mut utf16 = plan.utf16;
        if chosen.starts_with("doccano") && ui.checkbox(&mut utf16, T::OffsetsUtf16.of(lang)).changed() {
            commands.push(Command::Exchange(ExchangeCommand::ReadAs(
                plan.format.unwrap_or_default(),
                utf16,
            )));
        }
    });
}

fn found_in(ui: &mut Ui, lang: Lang, found: &Found) {
    let colors = Colors::of(ui.ctx().theme());
    if found.format.is_empty() {
        ui.colored_label(colors.error, T::ImportNoFormat.of(lang));
    } else {
        let texts = (found.merges.len() + found.new.len()).to_string();
        ui.label(RichText::new(lang.fill(T::ExportCounts, &[&texts, &found.tags.to_string()])).strong());
    }
    ScrollArea::vertical()
        .max_height(420.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            let line = |ui: &mut Ui, text: String, color| {
                ui.add(egui::Label::new(RichText::new(text).color(color)).wrap());
            };
            for merge in &found.merges {
                let report = &merge.report;
                let counts = [
                    merge.name(),
                    report.placed.to_string(),
                    report.already.to_string(),
                    (report.unplaced.len() + report.differing.len()).to_string(),
                ];
                line(
                    ui,
                    lang.fill(T::ImportInto, &counts.each_ref().map(String::as_str)),
                    colors.ink,
                );
                line(ui, shown_place(&merge.path), colors.faint_ink);
                for words in report.not_placed().take(20) {
                    line(ui, lang.fill(T::ImportNotPlaced, &[&words]), colors.error);
                }
            }
            if !found.new.is_empty() {
                line(
                    ui,
                    lang.fill(T::ImportAsNew, &[&found.new.len().to_string()]),
                    colors.ink,
                );
                for new in &found.new {
                    let document = &new.document;
                    let tags = lang.fill(T::Tags, &[&document.spans().len().to_string()]);
                    let text = format!("{} · {tags} → {}", document.source.name, new.path.display());
                    line(ui, text, colors.faint_ink);
                    let about = match &new.beside {
                        Beside::Nothing => continue,
                        Beside::Same(source) => (T::ImportForSource, source),
                        Beside::Other(source) => (T::ImportApart, source),
                    };
                    let source = about.1.file_name().unwrap_or(about.1.as_os_str()).to_string_lossy();
                    line(ui, lang.fill(about.0, &[&source]), colors.ink);
                }
            }
            for diagnostic in &found.diagnostics {
                let color = match diagnostic.severity {
                    Severity::Error => colors.error,
                    Severity::Warning => colors.faint_ink,
                };
                line(ui, lang.diagnostic(diagnostic), color);
            }
        });
}
