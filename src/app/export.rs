//! An export as the editor plans it: what of which articles, in which format; what it comes to before it is written,
//! and the writing, both on a worker.

mod write;

pub use write::write;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::annot::{Document, DocumentStatus, Label, LabelId, Status};
use crate::formats::options::ChatTemplate;
use crate::formats::splits::{Dealt, Split, SplitOptions, deal};
use crate::formats::{self, ExportOptions, Format, Layer, LossReport, Overlap, Packing, Proof};
use crate::i18n::Lang;
use crate::store::article::{self, Opened, ReadOptions};
use crate::store::files;
use crate::text::Words;

/// The format that is proposed where none was used before.
pub const USUAL_FORMAT: &str = "jsonl";
/// Lines of the preview, and characters of each.
const PREVIEW_LINES: usize = 14;
const PREVIEW_CHARS: usize = 600;

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
    /// Whether and how the articles are dealt into sets.
    pub sets: SetsPlan,
}

/// How articles are dealt into sets for training, tuning and testing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetsPlan {
    /// Whether they are.
    pub is_on: bool,
    /// How much goes into each set; only how they compare counts.
    pub shares: [u32; 3],
    /// What chance begins from.
    pub seed: u64,
    /// Whether texts that an earlier article has already go out too.
    pub keep_duplicates: bool,
    /// The name of the data set, for the card.
    pub title: String,
    /// Its licence (an SPDX name), for the card.
    pub licence: String,
}

impl Default for SetsPlan {
    fn default() -> Self {
        Self {
            is_on: false,
            shares: [80, 10, 10],
            seed: 1,
            keep_duplicates: false,
            title: String::new(),
            licence: String::new(),
        }
    }
}

impl SetsPlan {
    fn options(&self) -> SplitOptions {
        SplitOptions {
            shares: self.shares.map(f64::from),
            seed: self.seed,
        }
    }
}

impl ExportPlan {
    /// The format.
    #[must_use]
    pub fn format(&self) -> Option<&'static Format> {
        formats::by_id(self.format)
    }

    /// Whether the articles are dealt into sets: one article cannot be.
    #[must_use]
    pub fn is_dealt(&self) -> bool {
        self.sets.is_on && self.scope == Scope::Desk
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
            numbered: Vec::new(),
        }
    }
}

/// An article on its way out.
#[derive(Clone, Debug)]
pub enum Origin {
    /// One that is open.
    Open {
        /// As it is now.
        document: Box<Document>,
        /// The file that was opened.
        path: PathBuf,
        /// Its saved file.
        saved_path: PathBuf,
    },
    /// One that is read when its turn comes.
    File(PathBuf),
}

/// An article whose turn has come.
#[derive(Clone, Copy, Debug)]
struct Found<'a> {
    document: &'a Document,
    path: &'a Path,
    saved_path: &'a Path,
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
    /// The language of the window, for what goes wrong.
    pub lang: Lang,
}

impl Articles {
    /// Hands each article to `each` until it says no; `None` for one that is not wanted. Names in the result what could
    /// not be read. An article that was never saved has nothing to export.
    fn visit(&self, mut each: impl FnMut(Option<Found<'_>>) -> bool) -> Vec<String> {
        let mut unreadable = Vec::new();
        for origin in self.origins.iter() {
            let read;
            let found = match origin {
                Origin::Open {
                    document,
                    path,
                    saved_path,
                } => Some(Found {
                    document,
                    path,
                    saved_path,
                }),
                Origin::File(path) => {
                    read = self.read(path).unwrap_or_else(|error| {
                        unreadable.push(error);
                        None
                    });
                    read.as_ref().map(|opened| Found {
                        document: &opened.document,
                        path,
                        saved_path: &opened.saved_path,
                    })
                }
            };
            if !each(found.filter(|found| self.wants(found.document))) {
                break;
            }
        }
        unreadable
    }

    /// The wanted articles again, those that are not open read anew.
    fn documents(&self) -> impl Iterator<Item = Document> {
        self.origins.iter().filter_map(|origin| {
            let document = match origin {
                Origin::Open { document, .. } => Document::clone(document),
                Origin::File(path) => self.read(path).ok().flatten()?.document,
            };
            self.wants(&document).then_some(document)
        })
    }

    fn read(&self, path: &Path) -> Result<Option<Opened>, String> {
        let dir = self.annotations_dir.as_deref();
        let is_saved_file = path.extension().is_some_and(|extension| extension == "json");
        if !is_saved_file && !files::annotations_path(path, dir).exists() {
            return Ok(None);
        }
        let opened = article::open(path, dir, ReadOptions::default(), &self.words);
        opened.map(Some).map_err(|error| self.lang.open_error(&error))
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
    /// What goes into each set, where the articles are dealt.
    pub sets: Option<SetCounts>,
}

/// What goes into each of [`Split::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetCounts {
    /// Documents.
    pub documents: [usize; 3],
    /// Tags.
    pub tags: [usize; 3],
    /// Documents that go into none, because an earlier one has their text.
    pub left_out: usize,
}

impl SetCounts {
    fn of(dealt: &[Dealt], sets: &[Option<Split>]) -> Self {
        let mut counts = Self::default();
        for (document, set) in dealt.iter().zip(sets) {
            let Some(place) = Split::ALL.iter().position(|found| Some(*found) == *set) else {
                counts.left_out += 1;
                continue;
            };
            counts.documents[place] += 1;
            counts.tags[place] += document.labels.values().sum::<usize>();
        }
        counts
    }
}

/// Works out what an export comes to; `None` when `stop` was set meanwhile.
#[must_use]
pub fn preview(articles: &Articles, plan: &ExportPlan, stop: &AtomicBool) -> Option<Preview> {
    let (format, options) = (plan.format()?, plan.options());
    let mut preview = Preview::default();
    let mut dealt = Vec::new();
    let unreadable = articles.visit(|found| {
        if stop.load(Ordering::Relaxed) {
            return false;
        }
        let Some(Found { document, .. }) = found else {
            return true;
        };
        if plan.is_dealt() {
            dealt.push(write::of_document(document, format, &options));
        }
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
    if plan.is_dealt() {
        let sets = deal(&dealt, &plan.sets.options(), plan.sets.keep_duplicates);
        preview.sets = Some(SetCounts::of(&dealt, &sets));
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    use crate::annot::document::Parts;
    use crate::annot::{Mark, Source, Span, SpanId};
    use crate::text::CharRange;

    fn articles(count: usize) -> Articles {
        let document = |number: usize| {
            let label = ["unit", "place"][number % 2];
            let span = Span {
                id: SpanId(1),
                range: CharRange::of(0, 4),
                mark: Arc::new(Mark {
                    label: label.into(),
                    ..Mark::default()
                }),
            };
            let parts = Parts {
                source: Source {
                    name: format!("{number}.txt"),
                    ..Source::default()
                },
                text: format!("县供销社{}", number / 2).as_str().into(),
                spans: vec![span],
                ..Parts::default()
            };
            Origin::Open {
                document: Box::new(Document::new(parts)),
                path: format!("{number}.txt").into(),
                saved_path: format!("{number}.json").into(),
            }
        };
        Articles {
            origins: Arc::new((0..count).map(document).collect()),
            annotations_dir: None,
            words: Arc::new(Words::load()),
            only_done: false,
            lang: Lang::Zh,
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
            sets: SetsPlan::default(),
        }
    }

    fn progress(is_stopped: bool) -> Progress {
        Progress {
            done: AtomicUsize::new(0),
            of: 3,
            stop: AtomicBool::new(is_stopped),
        }
    }

    #[test]
    fn what_is_given_up_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        for is_stopped in [true, false] {
            let progress = progress(is_stopped);
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

    /// Twenty articles of which each second has the text of the one before.
    #[test]
    fn articles_are_dealt_into_sets_that_agree_and_are_proven() {
        let folder = tempfile::tempdir().unwrap();
        let articles = articles(40);
        let mut plan = plan();
        plan.format = "hf";
        plan.sets.is_on = true;
        plan.sets.licence = "CC-BY-4.0".to_owned();
        let counted = preview(&articles, &plan, &AtomicBool::new(false)).unwrap();
        let counts = counted.sets.unwrap();
        assert_eq!((counts.documents.iter().sum::<usize>(), counts.left_out), (20, 20));
        assert!(counts.documents.iter().all(|count| *count > 0), "{counts:?}");
        let target = folder.path().join("sets");
        let Written::Done { report, proof, .. } = write(&articles, &plan, &target, false, &progress(false)) else {
            panic!("it was not written");
        };
        assert_eq!(
            (report.documents, proof.unwrap().to_string()),
            (20, "20 of 20 recovered".to_owned())
        );
        let read = |name: &str| fs::read_to_string(target.join(name)).unwrap();
        for (set, count) in ["train", "dev", "test"].iter().zip(counts.documents) {
            assert_eq!(read(&format!("{set}/hf.jsonl")).lines().count(), count);
            assert_eq!(read(&format!("{set}/hf_labels.json")), read("train/hf_labels.json"));
        }
        assert!(read("README.md").contains("license: \"cc-by-4.0\""));
        let again = write(&articles, &plan, &target, false, &progress(false));
        assert!(matches!(again, Written::Exists(files) if files.len() == 7));
    }
}
