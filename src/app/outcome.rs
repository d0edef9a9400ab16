//! What workers bring home.

use std::path::PathBuf;

use super::command::ExportKind;
use super::entities::Group;
use super::model::SheetId;
use crate::store::article::Opened;

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
    /// A folder was listed, or not.
    Listed(Result<Vec<PathBuf>, String>),
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
    /// The segmenter has read its dictionary.
    WordsLoaded,
    /// Something of an export or import.
    Exchange(super::exchange::Event),
}
