//! The menus, made of the list of commands.

use egui::{MenuBar, Ui};

use super::widgets::menu_item;
use crate::app::command::{Command, UiCommand};
use crate::app::model::Model;
use crate::i18n::{Lang, T};

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
        menu(ui, lang, T::File, &[UiCommand::Open], commands, |ui, commands| {
            recent(ui, model, commands);
            items(
                ui,
                lang,
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
            items(ui, lang, &[UiCommand::CloseArticle, UiCommand::Quit], commands);
        });
        let edit = [
            UiCommand::Undo,
            UiCommand::Redo,
            UiCommand::Copy,
            UiCommand::SelectAll,
            UiCommand::Find,
            UiCommand::Replace,
        ];
        menu(ui, lang, T::Edit, &edit, commands, |_, _| {});
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
        menu(ui, lang, T::View, &view, commands, |ui, commands| {
            ui.separator();
            ui.menu_button(T::Theme.of(lang), |ui| {
                let themes = [UiCommand::ThemeLight, UiCommand::ThemeDark, UiCommand::ThemeSystem];
                items(ui, lang, &themes, commands);
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
        menu(ui, lang, T::Annotate, &annotate, commands, |ui, commands| {
            ui.separator();
            items(ui, lang, &suggestions, commands);
        });
        let text = [
            UiCommand::EditText,
            UiCommand::JoinNext,
            UiCommand::SplitHere,
            UiCommand::MoveBlockUp,
            UiCommand::MoveBlockDown,
            UiCommand::StartArticle,
            UiCommand::DropBlock,
            UiCommand::NextDoubt,
            UiCommand::PreviousDoubt,
            UiCommand::Checks,
        ];
        menu(ui, lang, T::TextMenu, &text, commands, |ui, commands| {
            ui.menu_button(T::BlockKind.of(lang), |ui| items(ui, lang, &BLOCK_KINDS, commands));
        });
        menu(
            ui,
            lang,
            T::Help,
            &[UiCommand::CommandPalette, UiCommand::Keys],
            commands,
            |_, _| {},
        );
    });
}

fn menu(
    ui: &mut Ui,
    lang: Lang,
    title: T,
    first: &[UiCommand],
    commands: &mut Vec<Command>,
    rest: impl FnOnce(&mut Ui, &mut Vec<Command>),
) {
    ui.menu_button(title.of(lang), |ui| {
        ui.set_min_width(220.0);
        items(ui, lang, first, commands);
        rest(ui, commands);
    });
}

fn items(ui: &mut Ui, lang: Lang, list: &[UiCommand], commands: &mut Vec<Command>) {
    for &command in list {
        if menu_item(ui, lang, command) {
            commands.push(Command::Ui(command));
            ui.close();
        }
    }
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
