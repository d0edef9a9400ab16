//! `zhupi suggest`: saved files with what the machine proposes.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use clap::Args;

use super::output::Output;
use super::read::SourceArgs;
use super::{Outcome, counted, saved, tell};
use crate::annot::{Document, Edit, LabelSet, Meta, Origin, Span, SpanId, Status};
use crate::formats::{Files, native};
use crate::store::article::saved_file_of;
use crate::store::files::texts_in;
use crate::store::journal::journal_path;
use crate::suggest::figures::Date;
use crate::suggest::suggest;
use crate::text::Words;

/// For which texts, and where to.
#[derive(Debug, Args)]
pub struct SuggestArgs {
    /// Texts, folders of them, or saved files, which keep their tags
    #[arg(required_unless_present = "stream")]
    files: Vec<PathBuf>,
    /// The folder for the saved files
    #[arg(short, long, value_name = "DIR", required_unless_present = "stream")]
    output: Option<PathBuf>,
    /// Read {"id", "text"} lines from stdin and write them with "spans" to stdout
    #[arg(long, conflicts_with_all = ["files", "output", "force", "as_is", "encoding"])]
    pub(super) stream: bool,
    /// Write over files that exist, but for saved files that an editor has worked on
    #[arg(long)]
    force: bool,
    /// The day of the issue, from which 昨天 and 去年 count
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(super) issue_date: Option<Date>,
    #[command(flatten)]
    source: SourceArgs,
}

/// An argument that is a day.
pub(super) fn date(argument: &str) -> Result<Date, String> {
    Date::parse(argument).ok_or_else(|| "this must be a day, written 2025-09-15".to_owned())
}

pub(super) fn run(args: &SuggestArgs) -> Result<Outcome> {
    let Some(folder) = &args.output else {
        bail!("-o must name a folder");
    };
    let words = Words::load();
    let mut output = Output::folder(folder, args.force)?;
    let mut names = HashMap::new();
    let (mut documents, mut suggested) = (0, 0);
    for path in files(&args.files)? {
        let mut document = if saved::is_saved(&path) {
            saved::load_to_write(&path)?
        } else {
            args.source.read(&path, &words)?
        };
        suggested +=
            add_suggestions(&mut document, &words, args.issue_date).with_context(|| path.display().to_string())?;
        documents += 1;
        let name = saved_name(&path, folder, &mut names)?;
        if args.force {
            keep_work(&folder.join(&name), &path)?;
        }
        output.append(&name, &native::save(&document))?;
    }
    output.finish()?;
    tell(format_args!(
        "{} with {} written to {}",
        counted(documents, "document"),
        counted(suggested, "suggestion"),
        folder.display()
    ));
    Ok(Outcome::Done)
}

fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let texts = texts_in(path)?;
            if texts.is_empty() {
                bail!("there are no texts in the folder: {}", path.display());
            }
            files.extend(texts);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// The name of a source's saved file in `folder`, which no other source of this run has. `taken` holds the names given
/// so far and the sources that they were given to.
fn saved_name(path: &Path, folder: &Path, taken: &mut HashMap<String, String>) -> Result<String> {
    let source = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let usual = if saved::is_saved(path) {
        source.clone()
    } else {
        let (saved, _) = saved_file_of(path, Some(folder))?;
        saved.file_name().unwrap_or_default().to_string_lossy().into_owned()
    };
    // Case does not tell two names apart on every disk.
    let name = match taken.get(&usual.to_lowercase()) {
        Some(owner) if *owner != source => format!("{source}.json"),
        _ => usual,
    };
    match taken.insert(name.to_lowercase(), source) {
        Some(_) => bail!(
            "another file of this name is to be saved as {name} too: {}",
            path.display()
        ),
        None => Ok(name),
    }
}

/// Refuses to write over a saved file that an editor has worked on, `--force` or not. Where it is what is read itself, its
/// tags are in what is written.
fn keep_work(saved_path: &Path, input: &Path) -> Result<()> {
    let Ok(place) = fs::canonicalize(saved_path) else {
        return Ok(());
    };
    if !place.is_file() || fs::canonicalize(input).is_ok_and(|input| input == place) {
        return Ok(());
    }
    let document = saved::load_to_write(saved_path)?;
    if is_worked_on(&document) || journal_path(saved_path).exists() {
        bail!(
            "this saved file has an editor's work in it and is not written over; `zhupi suggest` adds to it where it is \
             given instead of its text: {}",
            saved_path.display()
        );
    }
    Ok(())
}

/// Whether a document has anything that nobody but an editor (or another program) can have put into it.
fn is_worked_on(document: &Document) -> bool {
    let is_judged = |span: &Span| {
        let mark = &span.mark;
        mark.status != Status::Suggested || mark.origin == Origin::Hand || !mark.note.is_empty()
    };
    let meta = Meta {
        issue_date: document.meta().issue_date.clone(),
        ..Meta::default()
    };
    document.spans().iter().any(is_judged)
        || document.blocks().iter().any(|block| block.mark.dropped)
        || !document.corrections().is_empty()
        || !document.entities().is_empty()
        || !document.relations().is_empty()
        || !document.dismissals().is_empty()
        || *document.labels() != LabelSet::default()
        || *document.meta() != meta
}

/// Adds what the machine proposes where nobody has said anything yet; how many tags that is.
fn add_suggestions(document: &mut Document, words: &Words, issue_date: Option<Date>) -> Result<usize> {
    if let Some(date) = issue_date {
        let meta = Meta {
            issue_date: Some(date.to_string()),
            ..document.meta().clone()
        };
        document.apply(&Edit::Meta(meta))?;
    }
    let issue_date = document.meta().issue_date.as_deref().and_then(Date::parse);
    let suggestions = suggest(document.text().as_str(), words, issue_date);
    let is_free = |range| document.spans().overlapping(range).next().is_none();
    let add: Vec<Span> = (document.next_id()..)
        .zip(suggestions.iter().filter(|suggestion| is_free(suggestion.range)))
        .map(|(id, suggestion)| Span {
            id: SpanId(id),
            range: suggestion.range,
            mark: Arc::new(suggestion.mark()),
        })
        .collect();
    let count = add.len();
    document.apply(&Edit::Spans {
        remove: Vec::new(),
        add,
    })?;
    Ok(count)
}
