//! `zhupi check`: what is wrong in saved files.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{Outcome, print, saved};
use crate::annot::check::{Severity, check_saved};
use crate::formats::{self, InputFile, archive};
use crate::store::files::read_source;

/// What to check.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Saved files, folders of them, sources that have one, and archives (.zip)
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

pub(super) fn run(args: &CheckArgs) -> Result<Outcome> {
    let mut result = String::new();
    let mut has_errors = false;
    let is_archive = |path: &&PathBuf| path.extension().is_some_and(|extension| extension == "zip");
    for path in args.paths.iter().filter(is_archive) {
        let bytes = read_source(path)?;
        let name = path.display().to_string();
        for finding in archive::check(&InputFile {
            name: &name,
            bytes: &bytes,
        }) {
            has_errors |= finding.severity == formats::Severity::Error;
            writeln!(result, "{finding}")?;
        }
    }
    let saved: Vec<PathBuf> = args.paths.iter().filter(|path| !is_archive(path)).cloned().collect();
    for path in saved::list(&saved)? {
        for finding in check_saved(&read_source(&path)?) {
            has_errors |= finding.severity() == Severity::Error;
            writeln!(result, "{}: {finding}", path.display())?;
        }
    }
    print(result.as_bytes())?;
    Ok(if has_errors { Outcome::Findings } else { Outcome::Done })
}
