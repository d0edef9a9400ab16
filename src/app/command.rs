//! Everything that can be asked for. Menus, keys and the command palette are made from one list.

mod keys;

use std::path::PathBuf;
use std::sync::Arc;

pub use keys::Scope;

use super::figures::relations::FactChoice;
use super::propagation::Propagation;
use crate::annot::dismissal::Dismissal;
use crate::annot::document::BlockMark;
use crate::annot::fact::Role;
use crate::annot::search::Preview;
use crate::annot::{Edit, LabelId, Span, SpanId};
use crate::i18n::T;
use crate::suggest::figures::FigureValue;
use crate::text::{CharIdx, CharRange};

/// A command without data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the texts of i18n, named alike, say what each does")]
pub enum UiCommand {
    Open,
    OpenExample,
    Save,
    ExportJson,
    ExportJsonl,
    CloseArticle,
    Quit,
    Undo,
    Redo,
    Copy,
    SelectAll,
    Find,
    Remove,
    TagOthers,
    NextTag,
    PreviousTag,
    StartLeft,
    StartRight,
    EndLeft,
    EndRight,
    NewLabel,
    Done,
    LargerText,
    SmallerText,
    UsualText,
    LeftPanel,
    RightPanel,
    ThemeLight,
    ThemeDark,
    ThemeSystem,
    CommandPalette,
    Keys,
    // the text itself
    EditText,
    JoinNext,
    SplitHere,
    MoveBlockUp,
    MoveBlockDown,
    StartArticle,
    DropBlock,
    MakeHeading,
    MakeParagraph,
    MakeCaption,
    MakeByline,
    MakeFurniture,
    MakeOther,
    NextSuggestion,
    PreviousSuggestion,
    AcceptSuggestion,
    RejectSuggestion,
    ShowSuggestions,
    KeepSuggestions,
    ExportFigures,
    ExportFacts,
    RelateFigures,
    AboutArticle,
    Replace,
    ExportCorrections,
    NextDoubt,
    PreviousDoubt,
    Checks,
    RawView,
    Marks,
    Outline,
    Export,
    Import,
    Figures,
    EditValue,
}

impl UiCommand {
    /// All of them, in the order of the command palette.
    pub const ALL: &[Self] = &[
        Self::Open,
        Self::OpenExample,
        Self::Save,
        Self::ExportJson,
        Self::ExportJsonl,
        Self::CloseArticle,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::Copy,
        Self::SelectAll,
        Self::Find,
        Self::Remove,
        Self::TagOthers,
        Self::NextTag,
        Self::PreviousTag,
        Self::StartLeft,
        Self::StartRight,
        Self::EndLeft,
        Self::EndRight,
        Self::NewLabel,
        Self::Done,
        Self::LargerText,
        Self::SmallerText,
        Self::UsualText,
        Self::LeftPanel,
        Self::RightPanel,
        Self::ThemeLight,
        Self::ThemeDark,
        Self::ThemeSystem,
        Self::CommandPalette,
        Self::Keys,
        Self::EditText,
        Self::JoinNext,
        Self::SplitHere,
        Self::MoveBlockUp,
        Self::MoveBlockDown,
        Self::StartArticle,
        Self::DropBlock,
        Self::MakeHeading,
        Self::MakeParagraph,
        Self::MakeCaption,
        Self::MakeByline,
        Self::MakeFurniture,
        Self::MakeOther,
        Self::NextSuggestion,
        Self::PreviousSuggestion,
        Self::AcceptSuggestion,
        Self::RejectSuggestion,
        Self::ShowSuggestions,
        Self::KeepSuggestions,
        Self::ExportFigures,
        Self::ExportFacts,
        Self::RelateFigures,
        Self::AboutArticle,
        Self::Replace,
        Self::ExportCorrections,
        Self::NextDoubt,
        Self::PreviousDoubt,
        Self::Checks,
        Self::RawView,
        Self::Marks,
        Self::Outline,
        Self::Export,
        Self::Import,
        Self::Figures,
        Self::EditValue,
    ];

    /// Those that overrule what was made of the characters and lines at the caret.
    pub const OF_BLOCKS: [Self; 6] = [
        Self::EditText,
        Self::JoinNext,
        Self::SplitHere,
        Self::MoveBlockUp,
        Self::MoveBlockDown,
        Self::StartArticle,
    ];

    /// Its name and what it does in a few words.
    #[must_use]
    pub fn texts(self) -> (T, T) {
        match self {
            Self::Open => (T::Open, T::OpenHint),
            Self::OpenExample => (T::OpenExample, T::OpenExampleHint),
            Self::Save => (T::Save, T::SaveHint),
            Self::ExportJson => (T::ExportJson, T::ExportJsonHint),
            Self::ExportJsonl => (T::ExportJsonl, T::ExportJsonlHint),
            Self::CloseArticle => (T::CloseArticle, T::CloseArticleHint),
            Self::Quit => (T::Quit, T::QuitHint),
            Self::Undo => (T::Undo, T::UndoHint),
            Self::Redo => (T::Redo, T::RedoHint),
            Self::Copy => (T::Copy, T::CopyHint),
            Self::SelectAll => (T::SelectAll, T::SelectAllHint),
            Self::Find => (T::Find, T::FindHint),
            Self::Remove => (T::Remove, T::RemoveHint),
            Self::TagOthers => (T::TagOthers, T::TagOthersHint),
            Self::NextTag => (T::NextTag, T::NextTagHint),
            Self::PreviousTag => (T::PreviousTag, T::PreviousTagHint),
            Self::StartLeft => (T::StartLeft, T::StartLeftHint),
            Self::StartRight => (T::StartRight, T::StartRightHint),
            Self::EndLeft => (T::EndLeft, T::EndLeftHint),
            Self::EndRight => (T::EndRight, T::EndRightHint),
            Self::NewLabel => (T::NewLabel, T::NewLabelHint),
            Self::Done => (T::Done, T::DoneHint),
            Self::LargerText => (T::LargerText, T::LargerTextHint),
            Self::SmallerText => (T::SmallerText, T::SmallerTextHint),
            Self::UsualText => (T::UsualText, T::UsualTextHint),
            Self::LeftPanel => (T::LeftPanel, T::LeftPanelHint),
            Self::RightPanel => (T::RightPanel, T::RightPanelHint),
            Self::ThemeLight => (T::ThemeLight, T::ThemeLightHint),
            Self::ThemeDark => (T::ThemeDark, T::ThemeDarkHint),
            Self::ThemeSystem => (T::ThemeSystem, T::ThemeSystemHint),
            Self::CommandPalette => (T::CommandPalette, T::CommandPaletteHint),
            Self::Keys => (T::Keys, T::KeysHint),
            Self::EditText => (T::EditText, T::EditTextHint),
            Self::JoinNext => (T::JoinNext, T::JoinNextHint),
            Self::SplitHere => (T::SplitHere, T::SplitHereHint),
            Self::MoveBlockUp => (T::MoveBlockUp, T::MoveBlockUpHint),
            Self::MoveBlockDown => (T::MoveBlockDown, T::MoveBlockDownHint),
            Self::StartArticle => (T::StartArticle, T::StartArticleHint),
            Self::DropBlock => (T::DropBlock, T::DropBlockHint),
            Self::MakeHeading => (T::MakeHeading, T::MakeHeadingHint),
            Self::MakeParagraph => (T::MakeParagraph, T::MakeParagraphHint),
            Self::MakeCaption => (T::MakeCaption, T::MakeCaptionHint),
            Self::MakeByline => (T::MakeByline, T::MakeBylineHint),
            Self::MakeFurniture => (T::MakeFurniture, T::MakeFurnitureHint),
            Self::MakeOther => (T::MakeOther, T::MakeOtherHint),
            Self::NextSuggestion => (T::NextSuggestion, T::NextSuggestionHint),
            Self::PreviousSuggestion => (T::PreviousSuggestion, T::PreviousSuggestionHint),
            Self::AcceptSuggestion => (T::AcceptSuggestion, T::AcceptSuggestionHint),
            Self::RejectSuggestion => (T::RejectSuggestion, T::RejectSuggestionHint),
            Self::ShowSuggestions => (T::ShowSuggestions, T::ShowSuggestionsHint),
            Self::KeepSuggestions => (T::KeepSuggestions, T::KeepSuggestionsHint),
            Self::ExportFigures => (T::ExportFigures, T::ExportFiguresHint),
            Self::ExportFacts => (T::ExportFacts, T::ExportFactsHint),
            Self::RelateFigures => (T::RelateFigures, T::RelateFiguresHint),
            Self::AboutArticle => (T::AboutArticle, T::AboutArticleHint),
            Self::Replace => (T::Replace, T::ReplaceHint),
            Self::ExportCorrections => (T::ExportCorrections, T::ExportCorrectionsHint),
            Self::NextDoubt => (T::NextDoubt, T::NextDoubtHint),
            Self::PreviousDoubt => (T::PreviousDoubt, T::PreviousDoubtHint),
            Self::Checks => (T::Checks, T::ChecksHint),
            Self::RawView => (T::RawView, T::RawViewHint),
            Self::Marks => (T::Marks, T::MarksHint),
            Self::Outline => (T::Outline, T::OutlineHint),
            Self::Export => (T::Export, T::ExportHint),
            Self::Import => (T::Import, T::ImportHint),
            Self::Figures => (T::Figures, T::FiguresHint),
            Self::EditValue => (T::EditValue, T::EditValueHint),
        }
    }
}

/// Where a selection begins and where its caret is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays.
    pub anchor: CharIdx,
    /// The end that moves: the caret.
    pub caret: CharIdx,
}

impl Selection {
    /// A caret without a selection.
    #[must_use]
    pub fn caret(at: CharIdx) -> Self {
        Self { anchor: at, caret: at }
    }

    /// The selected characters.
    #[must_use]
    pub fn range(self) -> CharRange {
        CharRange::new(self.anchor, self.caret)
    }
}

/// Along the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards its start.
    Back,
    /// Towards its end.
    Forward,
}

/// What is asked for, with what it needs. Dispatched in one place (`app/dispatch.rs`).
#[derive(Clone, Debug)]
pub enum Command {
    /// One without data.
    Ui(UiCommand),
    /// Open these files and folders.
    OpenPaths(Vec<PathBuf>),
    /// Show article number … of the desk.
    ShowArticle(usize),
    /// Read the article's file in another encoding.
    ReadAs(&'static str),
    /// Write the article's annotations there.
    Export(ExportKind, PathBuf),
    /// Leave a dialog.
    CloseDialog,
    /// Quit though something is not saved.
    QuitUnsaved,
    /// Take or put down the brush.
    Brush(Option<LabelId>),
    /// Select characters, or put the caret somewhere; a palette is offered for a selection made with the mouse.
    Select {
        /// The characters.
        selection: Selection,
        /// Whether to offer the palette.
        palette: bool,
    },
    /// Close the palette and leave the selection.
    ClosePalette,
    /// Choose a tag, with or without its card; `None` lets go of it.
    Choose(Option<SpanId>, bool),
    /// Choose a tag that was clicked, with its card; the caret stands where the click was.
    ChooseAt(SpanId, CharIdx),
    /// Scroll a stretch into view.
    Reveal(CharRange),
    /// Tag these characters.
    Tag(CharRange, LabelId),
    /// Tag all these, in one step.
    TagAll(Vec<CharRange>, LabelId),
    /// Give a tag another label.
    Relabel(Vec<SpanId>, LabelId),
    /// Remove tags.
    RemoveSpans(Vec<SpanId>),
    /// Move a tag's ends.
    Resize(SpanId, CharRange),
    /// Write a tag's note.
    SetNote(SpanId, String),
    /// Add a label of that name.
    AddLabel(String),
    /// Say something else of a block.
    MarkBlock(usize, BlockMark),
    /// Change the strip of carried-over tags.
    Propagation(Option<Propagation>),
    /// Another language for the window.
    Language(crate::i18n::Lang),
    /// Another size for the text, in points.
    TextSize(f32),
    /// Keep the width of a panel, in points, by its name.
    PanelWidth(&'static str, f32),
    /// Choose a tab of the right panel.
    RightTab(crate::app::tab::Tab),
    /// Put this in the place of the selection, or in at the caret.
    Type(String),
    /// The same with what was pasted, which is a step of its own for undo.
    Paste(String),
    /// Take the selection out, or the character beside the caret.
    Erase(Direction),
    /// Take the selection out and keep it for pasting.
    Cut,
    /// Make these replacements, in one step.
    Replace(Arc<Vec<Preview>>),
    /// Show that doubt with its card, or close the card.
    ShowDoubt(Option<CharRange>),
    /// Make the fix of that doubt.
    FixDoubt(CharRange),
    /// Put that doubt away.
    DismissDoubt(CharRange),
    /// Put a notice away.
    CloseNotice(u64),
    /// Let a notice that is being looked at stay.
    HoldNotice(u64),
    /// Something of the export and import dialogs.
    Exchange(super::exchange::ExchangeCommand),
    /// Accept or turn down suggestions.
    Judge(Vec<Span>, Verdict),
    /// Judge the chosen suggestion and go on to the next.
    JudgeChosen(Verdict),
    /// Let what was turned down be proposed again.
    RestoreRejected,
    /// Something about figures.
    Figure(FigureCommand),
    /// Close the find bar and go back to the caret.
    CloseFind,
    /// End the correcting of characters, in whichever paragraph.
    StopCorrecting,
}

/// What can be asked of figures, and of the article that they are in.
#[derive(Clone, Debug)]
pub enum FigureCommand {
    /// Say by hand what a figure means.
    SetValue(SpanId, FigureValue),
    /// Copy the table as it is arranged.
    Copy,
    /// Put a finding away.
    Dismiss(Dismissal),
    /// Say by hand what fills a part of a figure's fact.
    SetFact(SpanId, Role, FactChoice),
    /// Say by hand what a figure measures, in words of the article; without any, nothing.
    SetMeasure(SpanId, String),
    /// Make the edit that puts a finding about tags right, at that place.
    PutRight(Edit, CharRange),
    /// Show all findings again that were put away.
    RestoreDismissed,
    /// Show the findings again that this one puts away.
    Restore(Dismissal),
    /// Say something else of the article as a whole.
    SetAbout {
        /// The headline.
        title: String,
        /// The day of the issue, `YYYY-MM-DD`.
        issue_date: Option<String>,
        /// A remark.
        note: String,
    },
}

/// What the editor says to a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is right.
    Accept,
    /// It is wrong, and shall not be proposed again.
    Reject,
    /// It is right with this label.
    As(LabelId),
}

/// What can be exported so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportKind {
    /// The saved file itself.
    Json,
    /// One line of text and labels.
    Jsonl,
    /// The figures, as CSV.
    Figures,
    /// Who has how much of what, and when, as CSV.
    Facts,
    /// What was corrected, as training material.
    Corrections,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_list_is_complete() {
        let listed: HashSet<UiCommand> = UiCommand::ALL.iter().copied().collect();
        assert_eq!(listed.len(), UiCommand::ALL.len());
        assert_eq!(listed.len(), UiCommand::EditValue as usize + 1);
    }
}
