//! The keys of the commands, and where they are heard.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::UiCommand;

/// The keys that the text takes when it has the focus, or that the window takes wherever the focus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Only the text: a letter typed into a field is a letter.
    Text,
    /// The whole window.
    Window,
}

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

impl UiCommand {
    /// The keys that run it, the first of them shown in menus, and where they are heard.
    #[must_use]
    pub fn shortcuts(self) -> (Scope, Vec<KeyboardShortcut>) {
        let keys = |modifiers, keys: &[Key]| keys.iter().map(|&key| KeyboardShortcut::new(modifiers, key)).collect();
        let ctrl = |key| (Scope::Window, keys(Modifiers::COMMAND, &[key]));
        let plain = |key| (Scope::Text, keys(Modifiers::NONE, &[key]));
        match self {
            Self::Open => ctrl(Key::O),
            Self::Save => ctrl(Key::S),
            Self::CloseArticle => ctrl(Key::W),
            Self::Quit => ctrl(Key::Q),
            Self::ExportJson => (Scope::Window, keys(CTRL_SHIFT, &[Key::E])),
            Self::Undo => (Scope::Text, keys(Modifiers::COMMAND, &[Key::Z])),
            Self::Redo => {
                let mut all: Vec<KeyboardShortcut> = keys(CTRL_SHIFT, &[Key::Z]);
                all.push(KeyboardShortcut::new(Modifiers::COMMAND, Key::Y));
                (Scope::Text, all)
            }
            Self::SelectAll => (Scope::Text, keys(Modifiers::COMMAND, &[Key::A])),
            Self::Find => ctrl(Key::F),
            Self::Remove => plain(Key::Delete),
            Self::TagOthers => plain(Key::A),
            Self::NextTag => (Scope::Text, keys(Modifiers::ALT, &[Key::ArrowRight])),
            Self::PreviousTag => (Scope::Text, keys(Modifiers::ALT, &[Key::ArrowLeft])),
            Self::StartLeft => plain(Key::OpenBracket),
            Self::StartRight => plain(Key::CloseBracket),
            Self::EndLeft => brace(Key::OpenCurlyBracket, Key::OpenBracket),
            Self::EndRight => brace(Key::CloseCurlyBracket, Key::CloseBracket),
            Self::Done => ctrl(Key::Enter),
            Self::LargerText => (Scope::Window, keys(Modifiers::COMMAND, &[Key::Plus, Key::Equals])),
            Self::SmallerText => ctrl(Key::Minus),
            Self::UsualText => ctrl(Key::Num0),
            Self::LeftPanel => (Scope::Window, keys(Modifiers::NONE, &[Key::F9])),
            Self::RightPanel => (Scope::Window, keys(Modifiers::NONE, &[Key::F10])),
            Self::CommandPalette => ctrl(Key::K),
            Self::Keys => (Scope::Window, keys(Modifiers::NONE, &[Key::F1])),
            Self::EditText => (Scope::Window, keys(Modifiers::NONE, &[Key::F2])),
            Self::JoinNext => (Scope::Text, keys(Modifiers::COMMAND, &[Key::J])),
            Self::SplitHere => (Scope::Text, keys(CTRL_SHIFT, &[Key::Enter])),
            Self::MoveBlockUp => (Scope::Text, keys(Modifiers::ALT, &[Key::ArrowUp])),
            Self::MoveBlockDown => (Scope::Text, keys(Modifiers::ALT, &[Key::ArrowDown])),
            Self::StartArticle => (Scope::Text, keys(CTRL_SHIFT, &[Key::N])),
            Self::DropBlock => (Scope::Text, keys(CTRL_SHIFT, &[Key::D])),
            Self::MakeHeading => (Scope::Text, keys(Modifiers::ALT, &[Key::Num1])),
            Self::MakeParagraph => (Scope::Text, keys(Modifiers::ALT, &[Key::Num2])),
            Self::MakeCaption => (Scope::Text, keys(Modifiers::ALT, &[Key::Num3])),
            Self::MakeByline => (Scope::Text, keys(Modifiers::ALT, &[Key::Num4])),
            Self::MakeFurniture => (Scope::Text, keys(Modifiers::ALT, &[Key::Num5])),
            Self::MakeOther => (Scope::Text, keys(Modifiers::ALT, &[Key::Num6])),
            Self::NextSuggestion => plain(Key::Tab),
            Self::PreviousSuggestion => (Scope::Text, keys(Modifiers::SHIFT, &[Key::Tab])),
            Self::AcceptSuggestion => plain(Key::Enter),
            Self::RejectSuggestion => plain(Key::Backspace),
            Self::Replace => ctrl(Key::H),
            Self::NextDoubt => (Scope::Window, keys(Modifiers::NONE, &[Key::F8])),
            Self::PreviousDoubt => (Scope::Window, keys(Modifiers::SHIFT, &[Key::F8])),
            Self::RawView => ctrl(Key::Backslash),
            Self::Marks => (Scope::Window, keys(CTRL_SHIFT, &[Key::M])),
            Self::Outline => (Scope::Window, keys(CTRL_SHIFT, &[Key::O])),
            Self::Export => ctrl(Key::E),
            Self::Figures => (Scope::Window, keys(Modifiers::NONE, &[Key::F7])),
            Self::EditValue => plain(Key::V),
            Self::Import
            | Self::OpenExample
            | Self::Checks
            | Self::ExportCorrections
            | Self::ExportJsonl
            | Self::Copy
            | Self::NewLabel
            | Self::ThemeLight
            | Self::ThemeDark
            | Self::ThemeSystem
            | Self::ShowSuggestions
            | Self::KeepSuggestions
            | Self::ExportFigures
            | Self::ExportFacts
            | Self::RelateFigures
            | Self::AboutArticle => (Scope::Window, Vec::new()),
        }
    }
}

/// A brace comes as a key of its own or as Shift and a bracket, as the system has it.
fn brace(brace: Key, bracket: Key) -> (Scope, Vec<KeyboardShortcut>) {
    let shortcuts = vec![
        KeyboardShortcut::new(Modifiers::SHIFT, brace),
        KeyboardShortcut::new(Modifiers::NONE, brace),
        KeyboardShortcut::new(Modifiers::SHIFT, bracket),
    ];
    (Scope::Text, shortcuts)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_commands_share_a_key() {
        let mut taken = HashSet::new();
        for command in UiCommand::ALL.iter().copied() {
            for shortcut in command.shortcuts().1 {
                assert!(taken.insert(shortcut), "{command:?}: {shortcut:?} is taken");
            }
        }
    }
}
