//! The command line: what the program is asked for, and the commands that need no window.
//!
//! A command reads and checks all of its input before the first byte of a result is where others see it ([`output`]);
//! results go to stdout or `-o`, messages to stderr.

mod check;
mod corrections;
mod export;
mod figures;
mod import;
mod output;
mod read;
mod saved;
mod split;
mod stats;
mod stream;
mod suggest;

use std::fmt::Display;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::{Args, Parser, Subcommand};

use crate::formats::{self, Format};

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
    Read(read::ReadArgs),
    /// Propose tags: a saved file for each text, or JSON lines in and out
    Suggest(suggest::SuggestArgs),
    /// Write saved files in another format
    Export(export::ExportArgs),
    /// Make saved files of files in another format
    Import(import::ImportArgs),
    /// List the formats: name, what it holds, in what it counts, which way it goes
    Formats,
    /// Look for what is wrong in saved files
    Check(check::CheckArgs),
    /// Count tags and documents
    Stats(stats::StatsArgs),
    /// Deal saved files into sets for training, tuning and testing, with a card
    Split(split::SplitArgs),
    /// List every figure with its value, unit, sentence and place, as CSV
    Figures(figures::FiguresArgs),
    /// List the paragraphs that editors corrected, before and after, as JSON lines
    Corrections(corrections::CorrectionsArgs),
}

/// How a command ended that did what it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With nothing to say: exit code 0.
    Done,
    /// With findings, or with losses where it was asked to be strict: exit code 1.
    Findings,
}

/// Runs a command.
///
/// # Errors
/// Where the input is bad or the output cannot be written; then nothing is written. The message names the file.
pub fn run(command: &Command) -> Result<Outcome> {
    match command {
        Command::Read(args) => read::run(args),
        Command::Suggest(args) if args.stream => stream::run(args),
        Command::Suggest(args) => suggest::run(args),
        Command::Export(args) => export::run(args),
        Command::Import(args) => import::run(args),
        Command::Formats => list_formats(),
        Command::Check(args) => check::run(args),
        Command::Stats(args) => stats::run(args),
        Command::Split(args) => split::run(args),
        Command::Figures(args) => figures::run(args),
        Command::Corrections(args) => corrections::run(args),
    }
}

/// Whether an error says that nobody reads the output any more (`zhupi figures … | head`), which is no fault.
#[must_use]
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

fn list_formats() -> Result<Outcome> {
    let lines: String = formats::all().iter().map(|format| format!("{format}\n")).collect();
    print(lines.as_bytes())
}

/// Writes a result to stdout.
fn print(result: &[u8]) -> Result<Outcome> {
    let mut out = io::stdout().lock();
    out.write_all(result).context("stdout")?;
    out.flush().context("stdout")?;
    Ok(Outcome::Done)
}

/// Tells the user something beside the result. Where stderr is closed there is nobody to tell it to.
pub fn tell(message: impl Display) {
    writeln!(io::stderr(), "{message}").ok();
}

/// A count with its noun: `1 document`, `2 documents`.
fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// The format that an argument names.
fn format_named(id: &str) -> Result<&'static Format, String> {
    formats::by_id(id).ok_or_else(|| "there is no such format; `zhupi formats` lists them".to_owned())
}

/// Refuses `--utf16` for a format that counts in one way only.
fn check_utf16(asked: bool, format: &Format) -> Result<()> {
    let has_option = format.id.starts_with("doccano");
    ensure!(
        has_option || !asked,
        "--utf16 is for the doccano formats, not for {}",
        format.id
    );
    Ok(())
}

/// An argument `from=to`.
fn pair(argument: &str) -> Result<(String, String), String> {
    match argument.split_once('=') {
        Some((from, to)) if !from.is_empty() && !to.is_empty() => Ok((from.to_owned(), to.to_owned())),
        _ => Err("this must be two names with = between them".to_owned()),
    }
}
