//! Writing an export, as one set or dealt into three, and reading it back.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::articles::{Articles, Found};
use super::plan::ExportPlan;
use crate::annot::{Document, LabelId};
use crate::formats::card::{About, Counts};
use crate::formats::splits::{Dealt, Split, deal};
use crate::formats::{Beside, ExportOptions, Files, Format, LossReport, Packing, Proof};
use crate::store::article;
use crate::store::export_files::{Existing, ExportFiles};
use crate::store::exporting::Exporting;

/// The card of a dealt export.
const CARD: &str = "README.md";

/// An export that is being written, as the window and the worker see it.
#[derive(Debug)]
pub struct Progress {
    /// Articles looked at.
    pub done: AtomicUsize,
    /// All of them.
    pub of: usize,
    /// Set to give it up.
    pub stop: AtomicBool,
}

impl Progress {
    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// What became of an export.
#[derive(Debug)]
pub enum Written {
    /// It is written.
    Done {
        /// What was written and lost.
        report: LossReport,
        /// What was found again; `None` where nothing can be read back.
        proof: Option<Proof>,
        /// Articles that could not be read.
        unreadable: Vec<String>,
    },
    /// Nothing is written: these files would be written over.
    Exists(Vec<PathBuf>),
    /// It was given up, and nothing is written.
    Stopped,
    /// It failed.
    Failed {
        /// Why.
        error: io::Error,
        /// What it was to be written to.
        target: PathBuf,
    },
}

/// Writes an export to `target`: a file or a folder, as the format has it; a folder where it is dealt into sets.
#[must_use]
pub fn write(articles: &Articles, plan: &ExportPlan, target: &Path, overwrite: bool, progress: &Progress) -> Written {
    let Some(format) = plan.format() else {
        return Written::Stopped;
    };
    let existing = if overwrite { Existing::Replace } else { Existing::Tell };
    let files = match format.packing {
        Packing::Set(name) if !plan.is_dealt() => ExportFiles::as_file(target, name, existing),
        _ => ExportFiles::in_folder(target, existing),
    };
    let done = files.and_then(|files| match plan.is_dealt() {
        true => write_sets(articles, plan, format, files, progress),
        false => write_one(articles, plan, format, files, progress),
    });
    done.unwrap_or_else(|error| Written::Failed {
        error,
        target: target.to_owned(),
    })
}

fn write_one(
    articles: &Articles,
    plan: &ExportPlan,
    format: &'static Format,
    mut files: ExportFiles,
    progress: &Progress,
) -> io::Result<Written> {
    let mut export = Exporting::new(format, plan.options(), "");
    let mut report = LossReport::default();
    let unreadable = each(articles, format, progress, |document, beside| {
        report.add(export.add(document, beside, &mut files)?);
        Ok(())
    })?;
    if progress.is_stopped() {
        return Ok(Written::Stopped);
    }
    let proof = export.finish(articles.documents(), &mut files)?;
    kept(files, report, proof, unreadable, progress)
}

fn write_sets(
    articles: &Articles,
    plan: &ExportPlan,
    format: &'static Format,
    mut files: ExportFiles,
    progress: &Progress,
) -> io::Result<Written> {
    let Some(dealt) = Sets::of(articles, plan, format, progress) else {
        return Ok(Written::Stopped);
    };
    // All sets number the labels alike, or a model trained on one would read the others wrongly.
    let options = ExportOptions {
        numbered: dealt.labels.clone(),
        ..plan.options()
    };
    let mut exports: Vec<Option<Exporting>> = Split::ALL.map(|_| None).into();
    let mut counts = Counts::default();
    let mut report = LossReport::default();
    let mut sets = dealt.sets.iter();
    let unreadable = each(articles, format, progress, |document, beside| {
        let Some(&Some(set)) = sets.next() else { return Ok(()) };
        let export = exports[place(set)].get_or_insert_with(|| {
            let folder = format!("{}/", set.as_str());
            Exporting::new(format, options.clone(), &folder)
        });
        let more = export.add(document, beside, &mut files)?;
        if more.refused.is_empty() {
            counts.add_to(set, document);
        }
        report.add(more);
        Ok(())
    })?;
    if progress.is_stopped() {
        return Ok(Written::Stopped);
    }
    let about = About {
        title: plan.chosen.sets.title.trim().to_owned(),
        licence: plan.chosen.sets.licence.trim().to_owned(),
        ..About::default()
    };
    files.append(CARD, counts.card(&about).as_bytes())?;
    let mut proof: Option<Proof> = None;
    for (set, export) in Split::ALL.into_iter().zip(exports) {
        let Some(export) = export else { continue };
        let sets = dealt.sets.iter();
        let own = articles.documents().zip(sets).filter(|(_, found)| **found == Some(set));
        if let Some(part) = export.finish(own.map(|(document, _)| document), &mut files)? {
            proof.get_or_insert_default().add(part);
        }
    }
    kept(files, report, proof, unreadable, progress)
}

fn place(set: Split) -> usize {
    Split::ALL.iter().position(|found| *found == set).unwrap_or(0)
}

/// Hands each article to `write`, with what lies beside it where the format keeps that. Names what could not be read.
fn each(
    articles: &Articles,
    format: &Format,
    progress: &Progress,
    mut write: impl FnMut(&Document, &Beside) -> io::Result<()>,
) -> io::Result<Vec<String>> {
    let mut done = Ok(());
    let unreadable = articles.visit(|found| {
        if progress.is_stopped() {
            return false;
        }
        progress.done.fetch_add(1, Ordering::Relaxed);
        let Some(Found {
            document,
            path,
            saved_path,
        }) = found
        else {
            return true;
        };
        let beside = match format.keeps_beside() {
            true => article::beside(saved_path, Some(path), document),
            false => Beside::default(),
        };
        done = write(document, &beside);
        done.is_ok()
    });
    done.map(|()| unreadable)
}

fn kept(
    files: ExportFiles,
    report: LossReport,
    proof: Option<Proof>,
    unreadable: Vec<String>,
    progress: &Progress,
) -> io::Result<Written> {
    let existing = files.existing();
    if files.asks() && !existing.is_empty() {
        return Ok(Written::Exists(existing));
    }
    if progress.is_stopped() {
        return Ok(Written::Stopped);
    }
    files.keep()?;
    Ok(Written::Done {
        report,
        proof,
        unreadable,
    })
}

/// Into which set each article goes.
struct Sets {
    sets: Vec<Option<Split>>,
    labels: Vec<LabelId>,
}

impl Sets {
    /// Deals the articles; `None` when that was given up.
    fn of(articles: &Articles, plan: &ExportPlan, format: &Format, progress: &Progress) -> Option<Self> {
        let options = plan.options();
        let mut dealt = Vec::new();
        articles.visit(|found| {
            if let Some(Found { document, .. }) = found {
                dealt.push(of_document(document, format, &options));
            }
            !progress.is_stopped()
        });
        let mut labels: Vec<LabelId> = dealt.iter().flat_map(|one| one.labels.keys().cloned()).collect();
        labels.sort();
        labels.dedup();
        let sets = deal(&dealt, &plan.split_options(), plan.chosen.sets.keep_duplicates);
        (!progress.is_stopped()).then_some(Self { sets, labels })
    }
}

/// What of a document counts when it is dealt: the tags that go out, by their names in the file.
pub(super) fn of_document(document: &Document, format: &Format, options: &ExportOptions) -> Dealt {
    let (text, _) = format.excerpt(document, options);
    Dealt::new(
        document.text().as_str(),
        text.tags.iter().map(crate::formats::Tag::label),
    )
}
