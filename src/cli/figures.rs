//! `zhupi figures`: every figure of texts, as a table.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::Args;

use super::output::{Output, called, is_stdout};
use super::read::SourceArgs;
use super::suggest::date;
use super::{Outcome, counted, saved, tell};
use crate::annot::{Document, Mark, Span, SpanId, Status};
use crate::formats::Files;
use crate::formats::figures::{FigureRow, figure_label, push_header, push_row, told, understood, value_of};
use crate::store::files::texts_in;
use crate::suggest::figures::{Date, Figure, FigureValue, find};
use crate::text::Words;

/// Where to look for figures.
#[derive(Debug, Args)]
pub struct FiguresArgs {
    /// Saved files, texts, and folders of one or the other; of a text that has a saved file that one counts
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

pub(super) fn run(args: &FiguresArgs) -> Result<Outcome> {
    let words = Words::load();
    let files = files(args)?;
    let mut output = match &args.output {
        Some(path) if is_stdout(path) => Output::stdout()?,
        Some(path) if path.is_dir() => Output::folder(path, args.force)?,
        Some(path) => Output::file(FILE, path, args.force)?,
        None => Output::stdout()?,
    };
    output.spare(files.iter().chain(&args.paths).cloned());
    let mut header = Vec::new();
    push_header(&mut header);
    output.append(FILE, &header)?;
    let mut count = 0;
    for path in files {
        let document = if saved::is_saved(&path) {
            saved::load_to_write(&path)?
        } else {
            args.source.read(&path, &words)?
        };
        count += rows(&mut output, &path, &document, args.issue_date)?;
    }
    output.finish()?;
    if let Some(path) = &args.output {
        tell(format_args!("{} written to {}", counted(count, "figure"), called(path)));
    }
    Ok(Outcome::Done)
}

/// The files that the arguments mean, each once: of a folder its saved files or, where it has none, its texts; the saved
/// file of a text, where it has one and nothing is said of how the text shall be read.
fn files(args: &FiguresArgs) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in &args.paths {
        if path.is_dir() {
            let saved = saved::in_folder(path)?;
            let inside = if saved.is_empty() { texts_in(path)? } else { saved };
            if inside.is_empty() {
                bail!("there are no texts or saved files in the folder: {}", path.display());
            }
            files.extend(inside);
        } else if saved::is_saved(path) || args.source.is_chosen() {
            files.push(path.clone());
        } else {
            files.push(match saved::of_source(path)? {
                (file, true) => file,
                (_, false) => path.clone(),
            });
        }
    }
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    Ok(files)
}

/// So many bytes of rows are written at a time: a large table never stands in memory.
const CHUNK: usize = 1 << 16;

/// Writes a row for each figure of a document: those that the editor has judged or been given, and what else is found in
/// the text. How many there are.
fn rows(output: &mut Output, path: &Path, document: &Document, issue_date: Option<Date>) -> Result<usize> {
    let issue_date = issue_date.or_else(|| Date::parse(document.meta().issue_date.as_deref()?));
    let found = find(document.text().as_str(), issue_date);
    let spans = document.spans();
    let tagged: Vec<&Span> = (spans.iter())
        .filter(|span| figure_label(&span.mark.label).is_some())
        .collect();
    // A figure that somebody has tagged otherwise, or turned down, is not found again.
    let is_new = |figure: &&Figure| {
        let mut others = spans.overlapping(figure.range);
        !others.any(|span| figure_label(&span.mark.label).is_some())
    };
    let new: Vec<Span> = (document.next_id()..)
        .zip(found.iter().filter(is_new))
        .map(|(id, figure)| Span {
            id: SpanId(id),
            range: figure.range,
            mark: Arc::new(Mark {
                label: figure.label.as_str().into(),
                status: Status::Suggested,
                ..Mark::default()
            }),
        })
        .collect();
    let mut all: Vec<&Span> = tagged.into_iter().chain(&new).collect();
    all.retain(|span| span.mark.status != Status::Rejected);
    all.sort_by_key(|span| span.order());
    let value = |span: &&Span| {
        let place = found.binary_search_by_key(&span.range.start, |figure| figure.range.start);
        let same = place
            .ok()
            .map(|place| &found[place])
            .filter(|figure| figure.range == span.range);
        let found = || Some(same?.value.clone());
        // What nobody has judged is read anew, for the day of the issue may be known by now.
        match span.mark.status {
            Status::Accepted => value_of(span).or_else(found),
            Status::Suggested | Status::Rejected => found().or_else(|| value_of(span)),
        }
    };
    let values: Vec<Option<FigureValue>> = all.iter().map(value).collect();
    let accepted = spans.iter().filter(|span| span.mark.status == Status::Accepted);
    let mentions: Vec<_> = accepted.map(|span| (span.range, span.mark.label.as_str())).collect();
    let (figures, places) = understood(&all, &values);
    let told = told(document, &all, &values, (&figures, &places), &mentions);
    let file = path.display().to_string();
    let mut out = Vec::new();
    for ((span, value), told) in all.iter().zip(&values).zip(&told) {
        let Some(label) = figure_label(&span.mark.label) else {
            continue;
        };
        let row = FigureRow {
            range: span.range,
            label,
            value: value.as_ref(),
            sentence: told.sentence,
            counts: &told.counted,
            status: span.mark.status,
        };
        push_row(&mut out, &file, document, &row);
        if out.len() >= CHUNK {
            output.append(FILE, &out)?;
            out.clear();
        }
    }
    output.append(FILE, &out)?;
    Ok(all.len())
}
