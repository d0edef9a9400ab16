//! `zhupi check`: what is wrong in saved files.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{Outcome, print, saved};
use crate::formats::native;
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
        for (is_error, what) in findings(&read_source(&path)?) {
            has_errors |= is_error;
            writeln!(result, "{}: {what}", path.display())?;
        }
    }
    print(result.as_bytes())?;
    Ok(if has_errors { Outcome::Findings } else { Outcome::Done })
}

/// What was found in the bytes of a saved file, as `severity: message`, and whether it is an error.
fn findings(bytes: &[u8]) -> Vec<(bool, String)> {
    match native::load(bytes) {
        Err(error) => vec![(true, format!("error: {error}"))],
        Ok(loaded) if loaded.version > native::VERSION => {
            vec![(false, format!("warning: {}", saved::newer(loaded.version)))]
        }
        Ok(_) => Vec::new(),
    }
}
