//! Small windows over the work, one at a time.

use std::path::PathBuf;

use super::command::ExportKind;

/// The dialog that is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// A box to type a path into, where the system has no file dialog.
    Path {
        /// What the path is for.
        purpose: PathPurpose,
        /// What has been typed.
        typed: String,
    },
    /// Quitting would lose something: article name and why it could not be saved.
    Unsaved {
        /// The article.
        name: String,
        /// Why it could not be saved.
        error: String,
    },
    /// The command palette.
    Palette {
        /// What has been typed.
        typed: String,
        /// Which of the commands found is marked.
        marked: usize,
    },
    /// What is said of the article as a whole, as it has been typed.
    About {
        /// The headline.
        title: String,
        /// The day of the issue, `YYYY-MM-DD`.
        issue_date: String,
        /// A remark.
        note: String,
    },
    /// The card of keys.
    Keys,
    /// A new label.
    NewLabel {
        /// What has been typed.
        typed: String,
    },
    /// The export; what is chosen is in the model's `exchange`.
    Export,
    /// An export would write over these files.
    Overwrite {
        /// Where it goes.
        target: PathBuf,
        /// The files.
        files: Vec<PathBuf>,
    },
    /// The import; what was read is in the model's `exchange`.
    Import,
}

/// What a path is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPurpose {
    /// To open.
    Open,
    /// To export to; the path proposed.
    Export(ExportKind, PathBuf),
    /// To write the planned export to; the path proposed.
    ExportTo(PathBuf),
    /// To write the planned export into, as several files; the folder proposed.
    ExportInto(PathBuf),
    /// To import.
    Import,
}
