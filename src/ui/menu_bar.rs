//! The menus, made of the list of commands.

use egui::{MenuBar, Ui};

use super::widgets::{menu_item, menu_switch};
use crate::app::command::{Command, UiCommand};
use crate::app::model::Model;
use crate::app::panes::Pane;
use crate::i18n::{Lang, T};
use crate::store::settings::Theme;
use crate::text::BlockKind;

/// One for each kind of block.
const BLOCK_KINDS: [UiCommand; 6] = [
    UiCommand::MakeHeading,
    UiCommand::MakeParagraph,
    UiCommand::MakeCaption,
    UiCommand::MakeByline,
    UiCommand::MakeFurniture,
    UiCommand::MakeOther,
];

/// Shows the menu bar.
pub fn show(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let lang = model.lang;
    MenuBar::new().ui(ui, |ui| {
        menu(ui, model, T::File, &[UiCommand::Open], commands, |ui, commands| {
            recent(ui, model, commands);
            items(
                ui,
                model,
                &[
                    UiCommand::OpenExample,
                    UiCommand::Save,
                    UiCommand::ExportJson,
                    UiCommand::ExportJsonl,
                    UiCommand::ExportFigures,
                    UiCommand::ExportFacts,
                    UiCommand::AboutArticle,
                    UiCommand::ExportCorrections,
                    UiCommand::Export,
                    UiCommand::Import,
                ],
                commands,
            );
            ui.separator();
            items(ui, model, &[UiCommand::CloseArticle, UiCommand::Quit], commands);
        });
        let edit = [
            UiCommand::Undo,
            UiCommand::Redo,
            UiCommand::Copy,
            UiCommand::SelectAll,
            UiCommand::Find,
            UiCommand::Replace,
        ];
        menu(ui, model, T::Edit, &edit, commands, |_, _| {});
        let view = [
            UiCommand::LargerText,
            UiCommand::SmallerText,
            UiCommand::UsualText,
            UiCommand::LeftPanel,
            UiCommand::RightPanel,
            UiCommand::RawView,
            UiCommand::Marks,
            UiCommand::Outline,
        ];
        menu(ui, model, T::View, &view, commands, |ui, commands| {
            ui.separator();
            ui.menu_button(T::Theme.of(lang), |ui| {
                let themes = [UiCommand::ThemeLight, UiCommand::ThemeDark, UiCommand::ThemeSystem];
                items(ui, model, &themes, commands);
            });
            ui.menu_button(T::Language.of(lang), |ui| {
                for (other, name) in [(Lang::Zh, "中文"), (Lang::En, "English")] {
                    if ui.radio(lang == other, name).clicked() {
                        commands.push(Command::Language(other));
                        ui.close();
                    }
                }
            });
        });
        let annotate = [
            UiCommand::TagOthers,
            UiCommand::Remove,
            UiCommand::NextTag,
            UiCommand::PreviousTag,
            UiCommand::StartLeft,
            UiCommand::StartRight,
            UiCommand::EndLeft,
            UiCommand::EndRight,
            UiCommand::EditValue,
            UiCommand::NewLabel,
            UiCommand::Done,
        ];
        let suggestions = [
            UiCommand::NextSuggestion,
            UiCommand::PreviousSuggestion,
            UiCommand::AcceptSuggestion,
            UiCommand::RejectSuggestion,
            UiCommand::ShowSuggestions,
            UiCommand::KeepSuggestions,
            UiCommand::Figures,
            UiCommand::RelateFigures,
        ];
        menu(ui, model, T::Annotate, &annotate, commands, |ui, commands| {
            ui.separator();
            items(ui, model, &suggestions, commands);
        });
        let doubts = [
            UiCommand::DropBlock,
            UiCommand::NextDoubt,
            UiCommand::PreviousDoubt,
            UiCommand::Checks,
        ];
        let text = [&UiCommand::OF_BLOCKS[..], &doubts].concat();
        menu(ui, model, T::TextMenu, &text, commands, |ui, commands| {
            ui.menu_button(T::BlockKind.of(lang), |ui| items(ui, model, &BLOCK_KINDS, commands));
        });
        menu(
            ui,
            model,
            T::Help,
            &[UiCommand::CommandPalette, UiCommand::Keys],
            commands,
            |_, _| {},
        );
    });
}

fn menu(
    ui: &mut Ui,
    model: &Model,
    title: T,
    first: &[UiCommand],
    commands: &mut Vec<Command>,
    rest: impl FnOnce(&mut Ui, &mut Vec<Command>),
) {
    ui.menu_button(title.of(model.lang), |ui| {
        ui.set_min_width(220.0);
        items(ui, model, first, commands);
        rest(ui, commands);
    });
}

fn items(ui: &mut Ui, model: &Model, list: &[UiCommand], commands: &mut Vec<Command>) {
    let has_switches = list.iter().any(|&command| is_on(model, command).is_some());
    for &command in list {
        let is_chosen = match has_switches {
            true => menu_switch(ui, model.lang, command, is_on(model, command)),
            false => menu_item(ui, model.lang, command),
        };
        if is_chosen {
            commands.push(Command::Ui(command));
            ui.close();
        }
    }
}

/// Whether what a command switches is on; `None` for one that switches nothing.
fn is_on(model: &Model, command: UiCommand) -> Option<bool> {
    let (settings, view) = (&model.settings, &model.settings.view);
    let kind = model.sheet().and_then(|sheet| {
        let block = sheet.document.block_at(sheet.selection.caret);
        Some(sheet.document.blocks().get(block)?.mark.kind)
    });
    Some(match command {
        UiCommand::LeftPanel => model.shows(Pane::Articles),
        UiCommand::RightPanel => model.shows(Pane::Right),
        UiCommand::RawView => model.shows(Pane::Raw),
        UiCommand::Marks => view.marks,
        UiCommand::Outline => model.shows(Pane::Outline),
        UiCommand::ShowSuggestions => settings.suggestions,
        UiCommand::ThemeLight => settings.theme == Theme::Light,
        UiCommand::ThemeDark => settings.theme == Theme::Dark,
        UiCommand::ThemeSystem => settings.theme == Theme::System,
        UiCommand::MakeHeading => kind == Some(BlockKind::Heading),
        UiCommand::MakeParagraph => kind == Some(BlockKind::Paragraph),
        UiCommand::MakeCaption => kind == Some(BlockKind::Caption),
        UiCommand::MakeByline => kind == Some(BlockKind::Byline),
        UiCommand::MakeFurniture => kind == Some(BlockKind::Furniture),
        UiCommand::MakeOther => kind == Some(BlockKind::Other),
        _ => return None,
    })
}

fn recent(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    if model.settings.recent_files.is_empty() {
        return;
    }
    ui.menu_button(T::Recent.of(model.lang), |ui| {
        for path in &model.settings.recent_files {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
                commands.push(Command::OpenPaths(vec![path.clone()]));
                ui.close();
            }
        }
    });
}
