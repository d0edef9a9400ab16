//! What workers bring home.

use std::path::PathBuf;
use std::sync::Arc;

use super::command::ExportKind;
use super::entities::Group;
use super::figures::Tabulated;
use super::model::SheetId;
use super::suggestions::{Open, Question};
use crate::annot::{Relation, Span};
use crate::store::article::Opened;
use crate::text::Text;
use crate::text::doubt::Doubt;

/// What became of a job.
#[derive(Debug)]
pub enum Outcome {
    /// An article was opened, or not.
    Opened {
        /// The file.
        path: PathBuf,
        /// The article, or a sentence.
        result: Result<Box<Opened>, String>,
        /// Whether it takes the place of the article that is shown (it was read anew in another encoding).
        replaces: Option<SheetId>,
    },
    /// Files and folders were looked at.
    Listed {
        /// The files, and the texts of the folders.
        files: Vec<PathBuf>,
        /// A sentence for each folder that cannot be read.
        errors: Vec<String>,
    },
    /// The file dialog was answered (an empty list: cancelled) or could not be had.
    Picked(Option<Vec<PathBuf>>),
    /// The dialog for an export was answered or could not be had.
    PickedExport(ExportKind, Option<Option<PathBuf>>),
    /// An article was saved, or not.
    Saved {
        /// Which.
        sheet: SheetId,
        /// The revision that was written.
        revision: u64,
        /// A sentence when it failed.
        error: Option<String>,
        /// A sentence when its journal could not be written.
        journal: Option<String>,
    },
    /// An export was written, or not.
    Exported(PathBuf, Option<String>),
    /// The settings were saved, or not.
    SettingsSaved(Option<String>),
    /// The entities panel's groups.
    Grouped {
        /// Of which article.
        sheet: SheetId,
        /// At which revision.
        revision: u64,
        /// The groups.
        groups: Vec<Group>,
    },
    /// The doubts about a text.
    Doubted {
        /// Of which article.
        sheet: SheetId,
        /// At which revision of its text.
        revision: u64,
        /// The doubts.
        doubts: Vec<Doubt>,
    },
    /// The segmenter has read its dictionary.
    WordsLoaded,
    /// What the machine proposes for a text.
    Searched {
        /// For which article.
        sheet: SheetId,
        /// What was asked.
        question: Question,
        /// The suggestions.
        found: Vec<Span>,
    },
    /// The table of figures.
    Tabulated {
        /// Of which article.
        sheet: SheetId,
        /// The table.
        table: Tabulated,
    },
    /// Relations that the sentences say.
    Related {
        /// For which article.
        sheet: SheetId,
        /// At which revision.
        revision: u64,
        /// The relations that it did not have.
        relations: Vec<Relation>,
    },
    /// The suggestions that are still open.
    OpenSuggestions {
        /// Of which article.
        sheet: SheetId,
        /// The suggestions.
        open: Open,
        /// For which text.
        text: Arc<Text>,
    },
    /// Something of an export or import.
    Exchange(super::exchange::Event),
}
