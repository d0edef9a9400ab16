//! The command line: what the program is asked for, and the commands that need no window.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};

use crate::formats::native;
use crate::store::article::{self, ReadOptions};
use crate::store::files::read_source;
use crate::text::Words;

/// 朱批: read newspapers, tag what they name, keep it as data.
#[derive(Debug, Parser)]
#[command(name = "zhupi", version, about, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to do without a window.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What to open in the window.
    #[command(flatten)]
    pub window: WindowArgs,
}

/// What the window is opened on.
#[derive(Debug, Args)]
pub struct WindowArgs {
    /// Files and folders to open; none opens the built-in example
    pub paths: Vec<PathBuf>,
    /// Where annotations are kept, instead of annotations/ beside each file
    #[arg(long, value_name = "DIR")]
    pub annotations: Option<PathBuf>,
}

/// A command without a window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the reading text, one block a line
    Read {
        /// The text file
        file: PathBuf,
        /// Print text, alignment, blocks and source as JSON
        #[arg(long)]
        json: bool,
        /// Keep every line as it is
        #[arg(long)]
        as_is: bool,
        /// Read the file in this encoding instead of guessing
        #[arg(long)]
        encoding: Option<String>,
    },
}

/// Runs a command; its results go to stdout.
///
/// # Errors
/// With the file named where something is wrong with one.
pub fn run(command: Command) -> Result<()> {
    match command {
        Command::Read {
            file,
            json,
            as_is,
            encoding,
        } => {
            let bytes = read_source(&file)?;
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let options = ReadOptions {
                encoding: encoding.as_deref(),
                as_is,
            };
            let (document, _) =
                article::read(&bytes, &name, options, &Words::load()).with_context(|| file.display().to_string())?;
            let mut out = io::stdout().lock();
            if json {
                let saved = native::file_of(&document);
                let reading = serde_json::json!({
                    "source": saved.source,
                    "text": saved.text,
                    "alignment": saved.alignment,
                    "blocks": saved.blocks,
                });
                serde_json::to_writer_pretty(&mut out, &reading)?;
                writeln!(out)?;
            } else {
                writeln!(out, "{}", document.text().as_str())?;
            }
            Ok(())
        }
    }
}
