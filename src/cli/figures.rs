//! `zhupi figures`: every figure of texts, as a table.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::output::Output;
use super::read::SourceArgs;
use super::suggest::date;
use super::{Outcome, saved, tell};
use crate::annot::Document;
use crate::formats::Files;
use crate::store::files::{saved_files_in, texts_in};
use crate::suggest::figures::{Approx, Date, Dimension, Figure, find};
use crate::text::Words;
use crate::text::words::sentences;

/// Where to look for figures.
#[derive(Debug, Args)]
pub struct FiguresArgs {
    /// Texts, saved files, and folders of one or the other
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The CSV file to write, instead of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that exists
    #[arg(long)]
    force: bool,
    /// The day of the issue, from which 昨天 and 去年 count [default: the saved file's]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    issue_date: Option<Date>,
    #[command(flatten)]
    source: SourceArgs,
}

/// The name of the table where the user gives a folder.
const FILE: &str = "figures.csv";

const COLUMNS: [&str; 16] = [
    "file",
    "text",
    "value",
    "min",
    "max",
    "approx",
    "unit",
    "code",
    "dimension",
    "kind",
    "label",
    "timex",
    "sentence",
    "line",
    "start",
    "end",
];

pub(super) fn run(args: &FiguresArgs) -> Result<Outcome> {
    let words = Words::load();
    let mut output = match &args.output {
        Some(path) if path.is_dir() => Output::folder(path, args.force)?,
        Some(path) => Output::file(FILE, path, args.force)?,
        None => Output::stdout()?,
    };
    let mut out = Vec::new();
    row(&mut out, COLUMNS);
    output.append(FILE, &out)?;
    let mut count = 0;
    for path in files(&args.paths)? {
        let document = match (saved::is_saved(&path), &args.output) {
            (false, _) => args.source.read(&path, &words)?,
            (true, None) => saved::load(&path)?,
            (true, Some(_)) => saved::load_to_write(&path)?,
        };
        out.clear();
        count += rows(&mut out, &path, &document, args.issue_date);
        output.append(FILE, &out)?;
    }
    output.finish()?;
    if let Some(path) = &args.output {
        tell(format_args!("{count} figures written to {}", path.display()));
    }
    Ok(Outcome::Done)
}

/// The files that `paths` mean: of a folder its saved files, or, where it has none, its texts.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let saved = saved_files_in(path)?;
        let inside = if saved.is_empty() { texts_in(path)? } else { saved };
        if inside.is_empty() {
            anyhow::bail!("there are no texts or saved files in the folder: {}", path.display());
        }
        files.extend(inside);
    }
    Ok(files)
}

/// Appends a row for each figure of a document; how many there are.
fn rows(out: &mut Vec<u8>, path: &Path, document: &Document, issue_date: Option<Date>) -> usize {
    let text = document.text();
    let issue_date = issue_date.or_else(|| Date::parse(document.meta().issue_date.as_deref()?));
    let figures = find(text.as_str(), issue_date);
    let file = path.display().to_string();
    let mut sentences = sentences(text.as_str()).peekable();
    for figure in &figures {
        let at = text.byte_of(figure.range.start).to_usize();
        while sentences.next_if(|sentence| sentence.end <= at).is_some() {}
        let sentence = sentences.peek().cloned().unwrap_or(0..0);
        let sentence = text.as_str()[sentence].trim();
        row(out, cells(document, &file, figure, sentence).iter().map(String::as_str));
    }
    figures.len()
}

fn cells(document: &Document, file: &str, figure: &Figure, sentence: &str) -> [String; 16] {
    let value = &figure.value;
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let unit = value.unit.as_ref();
    [
        file.to_owned(),
        document.text().slice(figure.range).to_owned(),
        said(&value.value),
        said(&value.min),
        said(&value.max),
        value.approx.map_or("", Approx::as_str).to_owned(),
        unit.map(|unit| unit.raw.clone()).unwrap_or_default(),
        unit.and_then(|unit| unit.code.clone()).unwrap_or_default(),
        unit.and_then(|unit| unit.dimension)
            .map_or("", Dimension::as_str)
            .to_owned(),
        value.kind.as_str().to_owned(),
        figure.label.as_str().to_owned(),
        said(&value.timex),
        sentence.to_owned(),
        (document.block_at(figure.range.start) + 1).to_string(),
        figure.range.start.0.to_string(),
        figure.range.end.0.to_string(),
    ]
}

/// Appends a row of CSV as RFC 4180 has it.
fn row<'c>(out: &mut Vec<u8>, cells: impl IntoIterator<Item = &'c str>) {
    for (number, cell) in cells.into_iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            out.push(b'"');
            out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }
    out.extend_from_slice(b"\r\n");
}
