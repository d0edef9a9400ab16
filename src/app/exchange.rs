//! What the window knows of exports and imports under way.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::export::{ExportPlan, Preview, Progress, Written};
use super::import::{Found, ImportPlan};

/// The state of both dialogs, and of an export that is being written.
#[derive(Debug, Default)]
pub struct Exchange {
    /// What the export dialog has chosen.
    pub plan: Option<ExportPlan>,
    /// How a format is looked for in it.
    pub format_search: FormatSearch,
    /// What it comes to, of the choice that was counted last.
    pub preview: Option<Preview>,
    /// The count that was asked for last.
    pub asked: Option<Asked>,
    /// The export that is being written.
    pub under: Option<Under>,
    /// What the import dialog shows.
    pub import: ImportPlan,
    /// The number of the last reading of files.
    pub reading: u64,
}

impl Exchange {
    /// Whether the preview is of what is chosen now.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.is_here)
    }
}

/// What was typed to find a format. Belongs to the view alone.
#[derive(Clone, Debug, Default)]
pub struct FormatSearch {
    /// What has been typed.
    pub typed: String,
    /// Whether the list has not been shown yet.
    pub is_new: bool,
}

/// A choice to count: the count is out of date when either changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What is chosen.
    pub plan: ExportPlan,
    /// The open articles' revisions, added up.
    pub revisions: u64,
}

/// A count that was asked for.
#[derive(Debug)]
pub struct Asked {
    /// Of what.
    pub choice: Choice,
    /// When it is to be made; `None` once it is under way.
    pub due: Option<Instant>,
    /// Set when it is no longer wanted.
    pub stop: Arc<AtomicBool>,
    /// Whether it has come.
    pub is_here: bool,
}

/// An export that is being written.
#[derive(Debug)]
pub struct Under {
    /// How far it is.
    pub progress: Arc<Progress>,
}

/// What the dialogs ask for.
#[derive(Clone, Debug)]
pub enum ExchangeCommand {
    /// Ask where the export goes.
    ChooseTarget,
    /// Write the export.
    Write {
        /// A file or a folder, as the format has it.
        target: PathBuf,
        /// Whether files there may be written over.
        overwrite: bool,
    },
    /// Give up the export that is being written.
    StopExport,
    /// Read files to import, in the format that they seem to be in.
    Read(Vec<PathBuf>),
    /// Read them again in this format, with UTF-16 offsets or not.
    ReadAs(&'static str, bool),
    /// Import what was read.
    Import,
}

/// What workers bring home of exports and imports.
#[derive(Debug)]
pub enum Event {
    /// An export was counted, or given up; with the flag that it was asked with.
    Counted(Option<Box<Preview>>, Arc<AtomicBool>),
    /// The dialog for an export's target was answered (an inner `None`: cancelled) or could not be had.
    Target {
        /// The answer.
        picked: Option<Option<PathBuf>>,
        /// What was proposed.
        proposed: PathBuf,
        /// Whether it was for a folder.
        is_folder: bool,
    },
    /// An export was written, or not.
    Written(PathBuf, Written),
    /// The dialog for files to import was answered (an empty list: cancelled) or could not be had.
    PickedImport(Option<Vec<PathBuf>>),
    /// Files were read, at that reading, or not.
    Read(u64, Result<Box<Found>, String>),
    /// A journal was put beside a saved file, or not: the sentence that says so.
    Restored(Option<String>),
    /// Imported articles were saved, to be opened by these files, or not.
    SavedNew(Result<Vec<PathBuf>, String>),
}
