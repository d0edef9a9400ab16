//! The program with a window: what is open, and what happens.
//!
//! Knows nothing of how it is shown: the views (`ui`) read the model and push commands, and only `dispatch` changes
//! anything.

pub mod command;
pub mod correcting;
pub mod dialog;
mod dispatch;
pub mod doubts;
pub mod entities;
pub mod exchange;
pub mod export;
pub mod figures;
pub mod find;
pub mod import;
pub mod model;
pub mod notices;
mod outcome;
pub mod panes;
pub mod propagation;
pub mod sheet;
pub mod suggestions;
pub mod tab;
pub mod tag_findings;

use std::path::PathBuf;

/// What the program is started with.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// Files and folders to open.
    pub paths: Vec<PathBuf>,
    /// Where annotations go, instead of beside each source.
    pub annotations_dir: Option<PathBuf>,
    /// Where the settings are kept; `None` keeps none.
    pub settings_folder: Option<PathBuf>,
    /// Whether to open the example when there is nothing else to open.
    pub example: bool,
}
