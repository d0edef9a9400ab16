//! `zhupi corrections`: what editors corrected, as JSONL.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::output::Output;
use super::{Outcome, counted, saved, tell};
use crate::formats::Files;
use crate::formats::corrections::export;

/// Where to look for corrections.
#[derive(Debug, Args)]
pub struct CorrectionsArgs {
    /// Saved files, folders of them, and texts that have one
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The JSONL file to write, instead of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that exists
    #[arg(long)]
    force: bool,
}

/// The name of the file where the user gives a folder.
const FILE: &str = "corrections.jsonl";

pub(super) fn run(args: &CorrectionsArgs) -> Result<Outcome> {
    let mut output = match &args.output {
        Some(path) if path.is_dir() => Output::folder(path, args.force)?,
        Some(path) => Output::file(FILE, path, args.force)?,
        None => Output::stdout()?,
    };
    output.append(FILE, &[])?;
    let mut count = 0;
    for path in saved::list(&args.paths)? {
        let document = match &args.output {
            None => saved::load(&path)?,
            Some(_) => saved::load_to_write(&path)?,
        };
        let lines = export([&document]);
        count += lines.iter().filter(|&&byte| byte == b'\n').count();
        output.append(FILE, &lines)?;
    }
    output.finish()?;
    if let Some(path) = &args.output {
        let count = counted(count, "corrected paragraph");
        tell(format_args!("{count} written to {}", path.display()));
    }
    Ok(Outcome::Done)
}
