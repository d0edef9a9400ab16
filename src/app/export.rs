//! An export as the editor plans it: what of which articles, in which format; what it comes to before it is written,
//! and the writing, both on a worker.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::annot::{Document, DocumentStatus, Label, LabelId, Status};
use crate::formats::options::ChatTemplate;
use crate::formats::{
    self, Export, ExportOptions, Format, InputFile, Layer, LossReport, Overlap, Packing, Proof, prove,
};
use crate::store::article::{self, ReadOptions};
use crate::store::export_files::ExportFiles;
use crate::store::files;
use crate::text::Words;

/// The format that is proposed where none was used before.
pub const USUAL_FORMAT: &str = "jsonl";
/// Lines of the preview, and characters of each.
const PREVIEW_LINES: usize = 14;
const PREVIEW_CHARS: usize = 600;
/// The most that is read back for the proof: readers want a whole file in memory.
const PROVEN_BYTES: u64 = 512 << 20;

/// Which articles go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The one that is shown.
    Article,
    /// All on the desk, opened or not.
    Desk,
}

/// What the editor has chosen in the export dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportPlan {
    /// Which articles.
    pub scope: Scope,
    /// Only those marked as done.
    pub only_done: bool,
    /// Only accepted tags; else suggestions too.
    pub only_accepted: bool,
    /// The labels that there are.
    pub labels: Vec<Label>,
    /// Those of them that stay out.
    pub without: Vec<LabelId>,
    /// The format's id.
    pub format: &'static str,
    /// Which text.
    pub layer: Layer,
    /// Which tag stays where the format holds no two at one place.
    pub overlap: Overlap,
    /// Offsets in UTF-16 units.
    pub utf16: bool,
    /// Whether blocks that were set aside go out too.
    pub with_dropped: bool,
    /// What the chat format says.
    pub chat: ChatTemplate,
    /// What the labels are called in the file, as typed; an empty name is the format's own.
    pub names: BTreeMap<String, String>,
}

impl ExportPlan {
    /// The format.
    #[must_use]
    pub fn format(&self) -> Option<&'static Format> {
        formats::by_id(self.format)
    }

    /// What the formats are told.
    #[must_use]
    pub fn options(&self) -> ExportOptions {
        let keeps_all = self.format().is_some_and(Format::keeps_documents);
        let statuses = match self.only_accepted {
            true => Some(vec![Status::Accepted]),
            false if keeps_all => None,
            false => Some(vec![Status::Accepted, Status::Suggested]),
        };
        let kept = self.labels.iter().map(|label| label.id.clone());
        let labels = kept.filter(|id| !self.without.contains(id)).collect();
        let names = self.names.iter().filter(|(_, name)| !name.trim().is_empty());
        ExportOptions {
            layer: self.layer,
            statuses,
            labels: (!self.without.is_empty()).then_some(labels),
            label_names: names.map(|(id, name)| (id.as_str().into(), name.clone())).collect(),
            overlap: self.overlap,
            utf16: self.utf16,
            with_dropped: self.with_dropped,
            chat: self.chat.clone(),
        }
    }
}

/// An article on its way out.
#[derive(Clone, Debug)]
pub enum Origin {
    /// One that is open, as it is now.
    Open(Box<Document>),
    /// One that is read when its turn comes.
    File(PathBuf),
}

/// The articles of an export, one after the other: no more than one of those not opened is in memory.
#[derive(Clone, Debug)]
pub struct Articles {
    /// Which.
    pub origins: Arc<Vec<Origin>>,
    /// Where annotations are, if not beside the sources.
    pub annotations_dir: Option<PathBuf>,
    /// The segmenter.
    pub words: Arc<Words>,
    /// Only those marked as done.
    pub only_done: bool,
}

impl Articles {
    /// Hands each article to `each` until it says no, `None` for one that is not wanted; names in the result what could
    /// not be read. An article that was never saved has nothing to export.
    fn visit(&self, mut each: impl FnMut(Option<&Document>) -> bool) -> Vec<String> {
        let mut unreadable = Vec::new();
        for origin in self.origins.iter() {
            let read;
            let document = match origin {
                Origin::Open(document) => Some(document.as_ref()),
                Origin::File(path) => {
                    read = self.read(path).unwrap_or_else(|error| {
                        unreadable.push(error);
                        None
                    });
                    read.as_ref()
                }
            };
            if !each(document.filter(|document| self.wants(document))) {
                break;
            }
        }
        unreadable
    }

    fn read(&self, path: &Path) -> Result<Option<Document>, String> {
        let dir = self.annotations_dir.as_deref();
        let is_saved_file = path.extension().is_some_and(|extension| extension == "json");
        if !is_saved_file && !files::annotations_path(path, dir).exists() {
            return Ok(None);
        }
        let opened = article::open(path, dir, ReadOptions::default(), &self.words);
        opened
            .map(|opened| Some(opened.document))
            .map_err(|error| error.to_string())
    }

    fn wants(&self, document: &Document) -> bool {
        !self.only_done || document.meta().status == DocumentStatus::Done
    }
}

/// What an export comes to.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// Documents and tags that would be written, and what would be lost.
    pub report: LossReport,
    /// Tags by label, before names change and losses.
    pub by_label: BTreeMap<LabelId, usize>,
    /// Labels of articles that are not open.
    pub labels: Vec<Label>,
    /// The first file's name and its first lines; `None` where it is not text.
    pub lines: Option<(String, Option<String>)>,
    /// Articles that could not be read.
    pub unreadable: Vec<String>,
}

/// Works out what an export comes to; `None` when `stop` was set meanwhile.
#[must_use]
pub fn preview(articles: &Articles, plan: &ExportPlan, stop: &AtomicBool) -> Option<Preview> {
    let (format, options) = (plan.format()?, plan.options());
    let mut preview = Preview::default();
    let unreadable = articles.visit(|document| {
        if stop.load(Ordering::Relaxed) {
            return false;
        }
        let Some(document) = document else { return true };
        let (text, mut report) = format.excerpt(document, &options);
        if report.refused.is_empty() {
            report.documents = 1;
            report.tags = text.tags.len();
        }
        let is_first = preview.lines.is_none() && report.documents > 0;
        preview.report.add(report);
        let statuses = options.statuses.as_deref();
        for span in document.spans().iter() {
            if statuses.is_none_or(|statuses| statuses.contains(&span.mark.status)) {
                *preview.by_label.entry(span.mark.label.clone()).or_default() += 1;
            }
        }
        for label in document.labels().iter() {
            if preview.labels.iter().all(|known| known.id != label.id) {
                preview.labels.push(label.clone());
            }
        }
        if is_first {
            preview.lines = first_lines(format, document, &options);
        }
        true
    });
    preview.unreadable = unreadable;
    (!stop.load(Ordering::Relaxed)).then_some(preview)
}

fn first_lines(
    format: &'static Format,
    document: &Document,
    options: &ExportOptions,
) -> Option<(String, Option<String>)> {
    let (files, _) = formats::export(format, [document], options).ok()?;
    let wanted = match format.packing {
        Packing::Set(name) => files.get_key_value(name),
        // The file of which the tags are: brat's .ann rather than its .txt.
        Packing::Documents(endings) => endings.iter().find_map(|ending| {
            files
                .iter()
                .find(|(name, _)| name.ends_with(ending) && *ending != ".txt")
        }),
    };
    let (name, bytes) = wanted.or_else(|| files.first_key_value())?;
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some((name.clone(), None));
    };
    let mut lines = String::new();
    for line in text.lines().take(PREVIEW_LINES) {
        let cut = line.char_indices().nth(PREVIEW_CHARS).map(|(byte, _)| byte);
        lines.push_str(&line[..cut.unwrap_or(line.len())]);
        lines.push_str(if cut.is_some() { "…\n" } else { "\n" });
    }
    Some((name.clone(), Some(lines)))
}

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
    /// It failed, and why.
    Failed(String),
}

/// Writes an export to `target`: a file or a folder, as the format has it.
#[must_use]
pub fn write(articles: &Articles, plan: &ExportPlan, target: &Path, overwrite: bool, progress: &Progress) -> Written {
    match try_write(articles, plan, target, overwrite, progress) {
        Ok(written) => written,
        Err(error) => Written::Failed(format!("{error}: {}", target.display())),
    }
}

fn try_write(
    articles: &Articles,
    plan: &ExportPlan,
    target: &Path,
    overwrite: bool,
    progress: &Progress,
) -> std::io::Result<Written> {
    let Some(format) = plan.format() else {
        return Ok(Written::Stopped);
    };
    let options = plan.options();
    let mut files = match format.packing {
        Packing::Set(name) => ExportFiles::as_file(target, name)?,
        Packing::Documents(_) => ExportFiles::in_folder(target)?,
    };
    let mut export = Export::new(format, options.clone());
    let mut report = LossReport::default();
    let mut failed = None;
    let unreadable = articles.visit(|document| {
        if progress.stop.load(Ordering::Relaxed) {
            return false;
        }
        progress.done.fetch_add(1, Ordering::Relaxed);
        let Some(document) = document else { return true };
        match export.add(document, &mut files) {
            Ok(more) => report.add(more),
            Err(error) => failed = Some(error),
        }
        failed.is_none()
    });
    if let Some(error) = failed {
        return Err(error);
    }
    if progress.stop.load(Ordering::Relaxed) {
        return Ok(Written::Stopped);
    }
    export.finish(&mut files)?;
    let existing = files.existing();
    if !overwrite && !existing.is_empty() {
        return Ok(Written::Exists(existing));
    }
    let kept = files.keep()?;
    let proof = read_back(articles, format, &options, &kept)?;
    Ok(Written::Done {
        report,
        proof,
        unreadable,
    })
}

/// Reads the files back and compares; `None` where the format has no way back or the files are too large for memory.
fn read_back(
    articles: &Articles,
    format: &Format,
    options: &ExportOptions,
    kept: &[(String, PathBuf)],
) -> std::io::Result<Option<Proof>> {
    let mut size = 0;
    for (_, path) in kept {
        size += fs::metadata(path)?.len();
    }
    if !format.imports() || size > PROVEN_BYTES {
        return Ok(None);
    }
    let mut read = Vec::with_capacity(kept.len());
    for (name, path) in kept {
        read.push((name.as_str(), fs::read(path)?));
    }
    let inputs: Vec<InputFile<'_>> = read.iter().map(|(name, bytes)| InputFile { name, bytes }).collect();
    let documents = articles.origins.iter().filter_map(|origin| {
        let document = match origin {
            Origin::Open(document) => Document::clone(document),
            Origin::File(path) => articles.read(path).ok().flatten()?,
        };
        articles.wants(&document).then_some(document)
    });
    Ok(prove(format, options, documents, &inputs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::Source;
    use crate::annot::document::Parts;

    fn articles(count: usize) -> Articles {
        let document = |number: usize| {
            let parts = Parts {
                source: Source {
                    name: format!("{number}.txt"),
                    ..Source::default()
                },
                text: "县供销社".into(),
                ..Parts::default()
            };
            Origin::Open(Box::new(Document::new(parts)))
        };
        Articles {
            origins: Arc::new((0..count).map(document).collect()),
            annotations_dir: None,
            words: Arc::new(Words::load()),
            only_done: false,
        }
    }

    fn plan() -> ExportPlan {
        ExportPlan {
            scope: Scope::Desk,
            only_done: false,
            only_accepted: true,
            labels: Vec::new(),
            without: Vec::new(),
            format: "brat",
            layer: Layer::Reading,
            overlap: Overlap::Outer,
            utf16: false,
            with_dropped: false,
            chat: ChatTemplate::default(),
            names: BTreeMap::new(),
        }
    }

    #[test]
    fn what_is_given_up_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        for is_stopped in [true, false] {
            let progress = Progress {
                done: AtomicUsize::new(0),
                of: 3,
                stop: AtomicBool::new(is_stopped),
            };
            let written = write(&articles(3), &plan(), folder.path(), false, &progress);
            let left = fs::read_dir(folder.path()).unwrap().count();
            if is_stopped {
                assert!(matches!(written, Written::Stopped));
                assert_eq!(left, 0);
            } else {
                assert!(matches!(written, Written::Done { ref report, .. } if report.documents == 3));
                assert_eq!(progress.done.into_inner(), 3);
            }
        }
        let stop = AtomicBool::new(true);
        assert!(preview(&articles(3), &plan(), &stop).is_none());
    }
}
