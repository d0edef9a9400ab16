//! `zhupi check`: what is wrong in saved files.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{Outcome, print, saved};
use crate::annot::check::{Severity, check_saved};
use crate::store::files::read_source;

/// What to check.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Saved files, folders of them, and sources that have one
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

pub(super) fn run(args: &CheckArgs) -> Result<Outcome> {
    let mut result = String::new();
    let mut has_errors = false;
    for path in saved::list(&args.paths)? {
        for finding in check_saved(&read_source(&path)?) {
            has_errors |= finding.severity() == Severity::Error;
            writeln!(result, "{}: {finding}", path.display())?;
        }
    }
    print(result.as_bytes())?;
    Ok(if has_errors { Outcome::Findings } else { Outcome::Done })
}
