//! The small windows: a path box, what is not saved, the command palette, the keys, a new label.

use std::path::{Path, PathBuf};

use egui::{Align, Align2, Button, Id, Key, Layout, Modal, RichText, ScrollArea, TextEdit, Ui, Vec2, vec2};

use super::tokens::Colors;
use super::widgets::{command_button, keys_text};
use super::{about_dialog, export_dialog, import_dialog, text_view};
use crate::app::command::{Command, UiCommand};
use crate::app::dialog::{Dialog, PathPurpose};
use crate::app::exchange::ExchangeCommand;
use crate::app::model::Model;
use crate::i18n::{Lang, T, initials};

/// Where the command palette begins, in points from the top of the window.
const PALETTE_TOP: f32 = 110.0;
/// As high as its list gets.
const PALETTE_HEIGHT: f32 = 340.0;
/// The height of the list of keys.
const KEYS_HEIGHT: f32 = 476.0;

/// Shows the open dialog.
pub fn show(ui: &Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let lang = model.lang;
    let before = commands.len();
    let Some(dialog) = &mut model.dialog else { return };
    if matches!(dialog, Dialog::Export | Dialog::Import) {
        // Their state is the model's.
        let is_export = *dialog == Dialog::Export;
        let modal = Modal::new(Id::unique("exchange")).show(ui.ctx(), |ui| match is_export {
            true => export_dialog::show(ui, model, commands),
            false => import_dialog::show(ui, model, commands),
        });
        if modal.should_close() && commands.len() == before {
            commands.push(Command::CloseDialog);
        }
        return;
    }
    let mut area = Modal::default_area(Id::unique("dialog"));
    if matches!(dialog, Dialog::Palette { .. }) {
        // It is as high as what it finds, and the field stays where it is meanwhile.
        area = area.anchor(Align2::CENTER_TOP, vec2(0.0, PALETTE_TOP));
    }
    let modal = Modal::new(Id::unique("dialog"))
        .area(area)
        .show(ui.ctx(), |ui| match dialog {
            Dialog::Path { purpose, typed } => path_box(ui, lang, purpose, typed, commands),
            Dialog::Unsaved { name, error } => unsaved(ui, lang, name, error, commands),
            Dialog::Palette { typed, marked } => palette(ui, lang, typed, marked, commands),
            Dialog::Keys => keys(ui, lang),
            Dialog::About {
                title,
                issue_date,
                note,
            } => about_dialog::contents(ui, lang, (title, issue_date, note), commands),
            Dialog::NewLabel { typed } => new_label(ui, lang, typed, commands),
            Dialog::Overwrite { target, files } => overwrite(ui, lang, target, files, commands),
            Dialog::Export | Dialog::Import => {}
        });
    if modal.should_close() && commands.len() == before {
        commands.push(Command::CloseDialog);
    }
    if commands.len() > before {
        ui.data_mut(|data| data.remove::<PathBuf>(written_over()));
        text_view::take_keyboard(ui);
    }
}

/// Where the path is kept that is there already, once the editor has been told so.
fn written_over() -> Id {
    Id::unique("path that would be written over")
}

/// A field that has the focus from the start; whether Enter was pressed in it.
fn first_field(ui: &mut Ui, typed: &mut String, name: &str) -> bool {
    let response = ui
        .add(TextEdit::singleline(typed).hint_text(name).desired_width(f32::INFINITY))
        .accessible_name(name);
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if !response.has_focus() {
        response.request_focus();
    }
    is_entered
}

fn path_box(ui: &mut Ui, lang: Lang, purpose: &PathPurpose, typed: &mut String, commands: &mut Vec<Command>) {
    ui.set_width(520.0);
    let (title, go) = match purpose {
        PathPurpose::Open => (T::PathTitle, T::Open),
        PathPurpose::Export(..) | PathPurpose::ExportTo(_) | PathPurpose::ExportInto(_) => (T::PathSaveTitle, T::Save),
        PathPurpose::Import => (T::ImportTitle, T::Import),
    };
    let hint = match purpose {
        PathPurpose::ExportInto(_) => T::FolderPathHint,
        _ => T::PathHint,
    };
    ui.heading(title.of(lang));
    ui.add(egui::Label::new(RichText::new(T::NoDialog.of(lang)).weak()).wrap());
    let is_told = |ui: &Ui, typed: &str| {
        let told = ui.data(|data| data.get_temp::<PathBuf>(written_over()));
        told.is_some_and(|told| told == Path::new(typed.trim()))
    };
    let is_entered = if is_told(ui, typed) {
        // Tab leads to the button now; Enter, which may still be held down, does not write over anything.
        ui.add(TextEdit::singleline(typed).desired_width(f32::INFINITY))
            .accessible_name(hint.of(lang));
        false
    } else {
        first_field(ui, typed, hint.of(lang))
    };
    let writes_over = is_told(ui, typed);
    let colors = Colors::of(ui.ctx().theme());
    if writes_over {
        let name = Path::new(typed.trim())
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let words = RichText::new(lang.fill(T::PathIsThere, &[&name])).color(colors.error);
        ui.add(egui::Label::new(words).wrap());
    }
    if let Some(folder) = folder_to_make(purpose, Path::new(typed.trim())) {
        let words = lang.fill(T::FolderWillBeMade, &[&folder.display().to_string()]);
        ui.add(egui::Label::new(words).wrap());
    }
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let go = match writes_over {
            true => RichText::new(T::Overwrite.of(lang)).color(colors.error),
            false => RichText::new(go.of(lang)),
        };
        let is_chosen = ui.add_enabled(!typed.trim().is_empty(), Button::new(go)).clicked();
        if (is_chosen || is_entered) && !typed.trim().is_empty() {
            let path = PathBuf::from(typed.trim());
            if matches!(purpose, PathPurpose::Export(..)) && !writes_over && path.exists() {
                ui.data_mut(|data| data.insert_temp(written_over(), path));
                ui.ctx().request_repaint();
                return;
            }
            commands.push(Command::CloseDialog);
            commands.push(match purpose {
                PathPurpose::Open => Command::OpenPaths(vec![path]),
                PathPurpose::Export(kind, _) => Command::Export(*kind, path),
                PathPurpose::ExportTo(_) | PathPurpose::ExportInto(_) => Command::Exchange(ExchangeCommand::Write {
                    target: path,
                    overwrite: false,
                }),
                PathPurpose::Import => Command::Exchange(ExchangeCommand::Read(vec![path])),
            });
        }
        if ui.button(T::Cancel.of(lang)).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}

/// The folder that a planned export makes on its way, if it is not there yet.
fn folder_to_make<'a>(purpose: &PathPurpose, typed: &'a Path) -> Option<&'a Path> {
    let folder = match purpose {
        PathPurpose::ExportTo(_) => typed.parent()?,
        PathPurpose::ExportInto(_) => typed,
        _ => return None,
    };
    (!folder.as_os_str().is_empty() && !folder.exists()).then_some(folder)
}

fn unsaved(ui: &mut Ui, lang: Lang, name: &str, error: &str, commands: &mut Vec<Command>) {
    ui.set_width(460.0);
    ui.heading(T::UnsavedTitle.of(lang));
    ui.add(egui::Label::new(lang.fill(T::UnsavedText, &[name, error])).wrap());
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if ui.button(T::Retry.of(lang)).clicked() {
            commands.extend([Command::CloseDialog, Command::Ui(UiCommand::Quit)]);
        }
        if ui.button(T::StayOpen.of(lang)).clicked() {
            commands.push(Command::CloseDialog);
        }
        let colors = Colors::of(ui.ctx().theme());
        if ui
            .button(RichText::new(T::CloseAnyway.of(lang)).color(colors.error))
            .clicked()
        {
            commands.push(Command::QuitUnsaved);
        }
    });
}

fn overwrite(ui: &mut Ui, lang: Lang, target: &Path, files: &[PathBuf], commands: &mut Vec<Command>) {
    ui.set_width(520.0);
    ui.heading(lang.fill(T::OverwriteTitle, &[&files.len().to_string()]));
    for file in files.iter().take(8) {
        ui.add(egui::Label::new(RichText::new(file.display().to_string()).weak()).truncate());
    }
    if files.len() > 8 {
        ui.weak("…");
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let colors = Colors::of(ui.ctx().theme());
        let go = RichText::new(T::Overwrite.of(lang)).color(colors.error);
        if ui.button(go).clicked() {
            commands.push(Command::Exchange(ExchangeCommand::Write {
                target: target.to_owned(),
                overwrite: true,
            }));
        }
        if ui.button(T::Cancel.of(lang)).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}

fn palette(ui: &mut Ui, lang: Lang, typed: &mut String, marked: &mut usize, commands: &mut Vec<Command>) {
    ui.set_width(440.0);
    let typed_before = typed.clone();
    let is_entered = first_field(ui, typed, T::CommandHint.of(lang));
    if *typed != typed_before {
        *marked = 0;
    }
    let wanted = typed.trim().to_lowercase();
    let matches = |command: &UiCommand| {
        let name = command.texts().0;
        wanted.is_empty()
            || [Lang::Zh, Lang::En]
                .iter()
                .any(|&lang| name.of(lang).to_lowercase().contains(&wanted))
            || initials(name.of(Lang::Zh)).contains(&wanted)
            || also_called(*command).is_some_and(|words| {
                let mut words = [Lang::Zh, Lang::En].iter().flat_map(|&lang| words.of(lang).split(' '));
                words.any(|word| word.starts_with(&wanted))
            })
    };
    let found: Vec<UiCommand> = UiCommand::ALL.iter().copied().filter(matches).collect();
    let before = *marked;
    if ui.input(|input| input.key_pressed(Key::ArrowDown)) {
        *marked += 1;
    }
    if ui.input(|input| input.key_pressed(Key::ArrowUp)) {
        *marked = marked.saturating_sub(1);
    }
    *marked = (*marked).min(found.len().saturating_sub(1));
    let has_moved = *marked != before;
    let Some(&chosen) = found.get(*marked) else {
        ui.label(RichText::new(T::NoCommand.of(lang)).weak());
        return;
    };
    // One is marked, by the keys or by the mouse: a mouse that rests where the list came up says nothing.
    let is_pointed = ui.input(|input| input.pointer.delta() != Vec2::ZERO);
    ScrollArea::vertical()
        .max_height(PALETTE_HEIGHT)
        .min_scrolled_height(PALETTE_HEIGHT)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.with_layout(Layout::top_down_justified(Align::LEFT), |ui| {
                for (n, &command) in found.iter().enumerate() {
                    let row = ui.scope(|ui| {
                        let widgets = &mut ui.visuals_mut().widgets;
                        widgets.hovered = widgets.inactive;
                        command_button(ui, lang, command, n == *marked)
                    });
                    if has_moved && n == *marked {
                        row.response.scroll_to_me(None);
                    }
                    if is_pointed && row.inner.hovered() {
                        *marked = n;
                        ui.ctx().request_repaint();
                    }
                    if row.inner.clicked() || (is_entered && n == *marked) {
                        commands.extend([Command::CloseDialog, Command::Ui(command)]);
                    }
                }
            });
        });
    ui.separator();
    ui.add(egui::Label::new(RichText::new(chosen.texts().1.of(lang)).weak()).truncate());
}

/// Words by which a command is looked for that are not in its name.
fn also_called(command: UiCommand) -> Option<T> {
    Some(match command {
        UiCommand::EditText | UiCommand::Replace | UiCommand::NextDoubt | UiCommand::Checks => T::AlsoCorrect,
        UiCommand::StartArticle => T::AlsoArticle,
        UiCommand::RawView => T::AlsoRaw,
        _ => return None,
    })
}

fn new_label(ui: &mut Ui, lang: Lang, typed: &mut String, commands: &mut Vec<Command>) {
    ui.set_width(320.0);
    ui.heading(T::NewLabel.of(lang));
    let is_entered = first_field(ui, typed, T::LabelName.of(lang));
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let is_chosen = ui
            .add_enabled(!typed.trim().is_empty(), Button::new(T::Add.of(lang)))
            .clicked();
        if (is_chosen || is_entered) && !typed.trim().is_empty() {
            commands.push(Command::AddLabel(typed.clone()));
        }
        if ui.button(T::Cancel.of(lang)).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}

fn keys(ui: &mut Ui, lang: Lang) {
    ui.set_width(560.0);
    ui.heading(T::Keys.of(lang));
    let gestures = [
        (T::KeyDrag, T::KeyDragDoes),
        (T::KeyDouble, T::KeyDoubleDoes),
        (T::KeyShiftClick, T::KeyShiftClickDoes),
        (T::KeyDigits, T::KeyDigitsDoes),
        (T::KeyArrows, T::KeyArrowsDoes),
        (T::KeyEsc, T::KeyEscDoes),
        (T::KeyWheel, T::KeyWheelDoes),
    ];
    ScrollArea::vertical()
        .max_height(KEYS_HEIGHT)
        .min_scrolled_height(KEYS_HEIGHT)
        .auto_shrink(false)
        .show(ui, |ui| {
            egui::Grid::new("keys")
                .num_columns(2)
                .spacing(vec2(24.0, 4.0))
                .show(ui, |ui| {
                    for (key, does) in gestures {
                        ui.label(RichText::new(key.of(lang)).strong());
                        ui.label(does.of(lang));
                        ui.end_row();
                    }
                    for command in UiCommand::ALL.iter().copied() {
                        let Some(keys) = keys_text(ui, command) else { continue };
                        ui.label(RichText::new(keys).strong());
                        ui.label(command.texts().1.of(lang));
                        ui.end_row();
                    }
                });
        });
}

#[cfg(test)]
mod tests {
    use std::fs;

    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    use super::*;
    use crate::app::command::ExportKind;

    #[test]
    fn a_typed_path_that_is_there_is_written_over_only_when_that_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("题.csv");
        fs::write(&there, "old").unwrap();
        let typed = there.display().to_string();
        let purpose = PathPurpose::Export(ExportKind::Figures, there.clone());
        let mut has_fonts = false;
        let mut harness = Harness::new_ui_state(
            move |ui, (typed, commands): &mut (String, Vec<Command>)| {
                // They are there from the second frame on.
                if std::mem::replace(&mut has_fonts, true) {
                    path_box(ui, Lang::En, &purpose, typed, commands);
                } else {
                    crate::ui::fonts::install(ui.ctx());
                }
            },
            (typed, Vec::new()),
        );
        harness.run_steps(2);
        for _ in 0..3 {
            harness.key_press(Key::Enter);
            harness.run_steps(3);
        }
        assert!(harness.state().1.is_empty());
        assert!(harness.query_by_label_contains("题.csv").is_some());
        harness.get_by_label(T::Overwrite.of(Lang::En)).click();
        harness.run_steps(2);
        let commands = &harness.state().1;
        assert!(
            matches!(&commands[..], [Command::CloseDialog, Command::Export(ExportKind::Figures, path)] if *path == there)
        );
        // Another path is another question.
        harness.state_mut().0 = folder.path().join("new.csv").display().to_string();
        harness.state_mut().1.clear();
        harness.run_steps(2);
        harness.get_by_label(T::Save.of(Lang::En)).click();
        harness.run_steps(2);
        assert_eq!(harness.state().1.len(), 2);
    }
}
