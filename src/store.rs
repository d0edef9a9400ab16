//! The world of files: reading sources, writing results so that no crash and no full disk costs anyone their work.

pub mod article;
pub mod atomic;
pub mod export_files;
pub mod exporting;
pub mod files;
pub mod importing;
pub mod journal;
pub mod settings;
