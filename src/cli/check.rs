//! `zhupi check`: what is wrong in saved files.

use std::fmt::Write;
use std::fs::File;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use super::{Outcome, print, saved};
use crate::annot::check::Severity;
use crate::formats::journal::faults;
use crate::formats::native::check_saved;
use crate::formats::{self, archive};
use crate::store::files::read_source;
use crate::store::journal::journal_path;

/// What to check.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Saved files, folders of them, sources that have one (with their journals), and archives (.zip)
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

pub(super) fn run(args: &CheckArgs) -> Result<Outcome> {
    let mut result = String::new();
    let mut has_errors = false;
    let is_archive = |path: &&PathBuf| path.extension().is_some_and(|extension| extension == "zip");
    for path in args.paths.iter().filter(is_archive) {
        let failed = || format!("cannot be read: {}", path.display());
        let mut file = File::open(path).with_context(failed)?;
        for finding in archive::check(&mut file, &path.display().to_string()) {
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
        let journal = journal_path(&path);
        if journal.is_file() {
            for (line, what) in faults(&read_source(&journal)?) {
                has_errors = true;
                writeln!(result, "{}:{line}: {what}", journal.display())?;
            }
        }
    }
    print(result.as_bytes())?;
    Ok(if has_errors { Outcome::Findings } else { Outcome::Done })
}
