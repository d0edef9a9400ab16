//! An import as the editor looks at it before it is made: what was read, where it would go, what is wrong with it. Read
//! and worked out on a worker.

mod fresh;

pub use fresh::{Beside, NewArticle, save_new};

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::fresh::Surroundings;
use super::model::SheetId;
use crate::annot::{Document, Edit};
use crate::formats::guess::guess;
use crate::formats::merge::{Agreement, MergeReport, merge};
use crate::formats::{self, Diagnostic, ImportOptions, Imported, InputFile, Severity};
use crate::i18n::Lang;
use crate::store::article::{self, Opened, ReadOptions};
use crate::store::importing::{self, beginnings, groups};
use crate::text::Words;

/// A text is the article of its name with changes where so much of it agrees, in percent.
const SAME_ARTICLE_PERCENT: usize = 70;
/// Articles that an import opens; beyond, the editor does.
const MOST_OPENED: usize = 200;

/// What the import dialog shows.
#[derive(Clone, Debug, Default)]
pub struct ImportPlan {
    /// The files.
    pub paths: Vec<PathBuf>,
    /// The format that the editor chose; `None` leaves it to a guess.
    pub format: Option<&'static str>,
    /// Offsets in UTF-16 units.
    pub utf16: bool,
    /// What was read; `None` while it is being read.
    pub found: Option<Found>,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// In which format.
    pub format: &'static str,
    /// Tags in all of it.
    pub tags: usize,
    /// What goes into articles of the desk.
    pub merges: Vec<Merge>,
    /// What becomes articles of their own.
    pub new: Vec<NewArticle>,
    /// What is wrong with the files.
    pub diagnostics: Vec<Diagnostic>,
}

impl Found {
    /// Whether something of the files cannot be imported.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.diagnostics.iter().any(|found| found.severity == Severity::Error)
    }

    /// Whether there is nothing to import.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.merges.is_empty() && self.new.is_empty()
    }
}

/// Tags that go into an article of the desk.
#[derive(Clone, Debug)]
pub struct Merge {
    /// Which.
    pub sheet: SheetId,
    /// At which revision the edit fits.
    pub revision: u64,
    /// Its file.
    pub path: PathBuf,
    /// The article as it was opened for this, where it was not open.
    pub opened: Option<Box<Opened>>,
    /// What brings them in.
    pub edit: Edit,
    /// What becomes of them.
    pub report: MergeReport,
    /// The journal that came with them, for an article that has none yet.
    pub journal: Option<Vec<u8>>,
}

impl Merge {
    /// The article's name.
    #[must_use]
    pub fn name(&self) -> String {
        file_name(&self.path)
    }
}

/// An article that an import may go into.
#[derive(Clone, Debug)]
pub struct Target {
    /// Which.
    pub sheet: SheetId,
    /// Its revision.
    pub revision: u64,
    /// Its file.
    pub path: PathBuf,
    /// Text and annotations as they are.
    pub document: Document,
    /// The article as it was opened for this.
    pub opened: Option<Box<Opened>>,
}

/// An article of the desk that is not open, or can only be read.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub sheet: SheetId,
    /// Its file.
    pub path: PathBuf,
    /// Whether it can only be read.
    pub is_read_only: bool,
}

/// The articles that there are, and what it takes to open them.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Those that are open.
    pub open: Vec<Target>,
    /// The others.
    pub listed: Vec<Listed>,
    /// Where annotations are, if not beside the sources.
    pub annotations_dir: Option<PathBuf>,
    /// The segmenter.
    pub words: Arc<Words>,
    /// The language of the window, for what goes wrong.
    pub lang: Lang,
}

/// Reads files and works out where what they hold would go.
///
/// # Errors
/// A sentence when a file cannot be read.
pub fn read(paths: &[PathBuf], format: Option<&'static str>, utf16: bool, desk: Desk) -> Result<Found, String> {
    let failed = |error| desk.lang.read_error(&error);
    let format = match format.and_then(formats::by_id) {
        Some(format) => format,
        None => {
            let files = beginnings(&with_companions(paths)).map_err(failed)?;
            let inputs: Vec<InputFile<'_>> = files.iter().map(|(name, bytes)| InputFile { name, bytes }).collect();
            match guess(&inputs) {
                Ok(Some(format)) => format,
                Ok(None) => return Ok(Found::default()),
                Err((format, diagnostics)) => {
                    return Ok(Found {
                        format,
                        diagnostics,
                        ..Found::default()
                    });
                }
            }
        }
    };
    let options = ImportOptions {
        utf16,
        ..ImportOptions::default()
    };
    let mut found = Found {
        format: format.id,
        ..Found::default()
    };
    let mut texts = Vec::new();
    // Of the files no more than those that belong together are in memory.
    for group in groups(paths, format) {
        let more = importing::read(format, &group, &options, &mut |text: Imported| {
            found.tags += text.annotated.tags.len();
            texts.push(text);
        });
        found.diagnostics.extend(more.map_err(failed)?);
    }
    if let Some(from) = paths.first() {
        place(texts, desk, from, &mut found);
    }
    Ok(found)
}

/// Brat's tags stand beside their text: who picks one means both.
fn with_companions(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut all = paths.to_vec();
    for path in paths {
        if path.extension().is_some_and(|extension| extension == "ann") {
            let text = path.with_extension("txt");
            if text.is_file() && !all.contains(&text) {
                all.push(text);
            }
        }
    }
    all
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// A name without its ending.
fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// Whether a text of that name is of the article in this file. Some formats keep names without endings, and a saved file
/// has an ending of its own.
fn is_name_of(name: &str, file: &str) -> bool {
    name == file || name == stem(file) || (file.ends_with(".json") && stem(name) == stem(file))
}

/// Where a text goes.
enum Place {
    /// Into that target.
    Target(usize),
    /// Nowhere, for the reason given.
    Nowhere(String),
}

/// Finds the article that each text is of: the one with the very same text, or the one of its name where most of the text
/// agrees. A text goes into one article, and an article gets one text.
fn place(texts: Vec<Imported>, desk: Desk, from: &Path, found: &mut Found) {
    let surroundings = Surroundings::of(from, &desk);
    let (targets, shut) = opened_for(&texts, desk);
    let mut is_taken = vec![false; targets.len()];
    let mut places: Vec<Option<Place>> = texts.iter().map(|_| None).collect();
    // Of several articles with the same text the one of the name comes first.
    for must_have_name in [true, false] {
        for (text, goes) in texts.iter().zip(&mut places).filter(|(_, goes)| goes.is_none()) {
            let fits = |target: &Target| has_text_of(target, text) && (!must_have_name || is_named(target, text));
            let free = targets
                .iter()
                .zip(&is_taken)
                .position(|(target, taken)| !taken && fits(target));
            if let Some(at) = free {
                is_taken[at] = true;
                *goes = Some(Place::Target(at));
            }
        }
    }
    for (text, goes) in texts.iter().zip(&mut places).filter(|(_, goes)| goes.is_none()) {
        let mut refused = None;
        for (at, target) in targets.iter().enumerate().filter(|(_, target)| is_named(target, text)) {
            let name = file_name(&target.path);
            if is_taken[at] {
                refused = Some(format!("another text of these files goes into the article {name}"));
            } else if agrees(merge(&target.document, &text.annotated).1.agreement) {
                is_taken[at] = true;
                *goes = Some(Place::Target(at));
                break;
            } else {
                refused = Some(format!(
                    "the article {name} has another text; nothing of this is imported"
                ));
            }
        }
        if goes.is_some() {
            continue;
        }
        let name = text.annotated.name.as_str();
        let shut = shut.iter().find(|(file, _)| is_name_of(name, file));
        let double = || {
            let target = targets.iter().find(|target| has_text_of(target, text))?;
            let name = file_name(&target.path);
            Some(format!("another text of these files goes into the article {name}"))
        };
        let reason = shut.map(|(_, why)| why.clone()).or(refused).or_else(double);
        *goes = reason.map(Place::Nowhere);
    }
    for (text, goes) in texts.into_iter().zip(places) {
        let name = text.annotated.name.clone();
        let reason = match goes {
            None => {
                let new = surroundings.new_article(text, &found.new);
                found.new.push(new);
                continue;
            }
            Some(Place::Nowhere(reason)) => reason,
            Some(Place::Target(at)) => {
                let target = &targets[at];
                let (edit, report) = merge(&target.document, &text.annotated);
                if target.document.clone().apply(&edit).is_ok() {
                    found.merges.push(Merge {
                        sheet: target.sheet,
                        revision: target.revision,
                        path: target.path.clone(),
                        opened: target.opened.clone(),
                        edit,
                        report,
                        journal: text.journal,
                    });
                    continue;
                }
                format!("its tags do not fit the article {}", file_name(&target.path))
            }
        };
        found.diagnostics.push(Diagnostic {
            severity: Severity::Error,
            file: name,
            line: None,
            what: reason,
        });
    }
}

/// The open articles and those that the names of texts speak of, opened; and the names of those that could not be, each
/// with the reason.
fn opened_for(texts: &[Imported], desk: Desk) -> (Vec<Target>, Vec<(String, String)>) {
    let mut targets = desk.open;
    let mut opened_here = 0;
    let mut shut = Vec::new();
    let names: HashSet<&str> = texts.iter().map(|text| text.annotated.name.as_str()).collect();
    let stems: HashSet<&str> = names.iter().map(|name| stem(name)).collect();
    for listed in desk.listed {
        let name = file_name(&listed.path);
        let is_saved_file = name.ends_with(".json");
        let stem = stem(&name);
        let is_meant = names.contains(&*name) || names.contains(stem) || (is_saved_file && stems.contains(stem));
        if !is_meant {
            continue;
        }
        if listed.is_read_only {
            let why = format!("the article {name} can only be read");
            shut.push((name, why));
            continue;
        }
        if opened_here >= MOST_OPENED {
            shut.push((name, "open this article first".to_owned()));
            continue;
        }
        opened_here += 1;
        let dir = desk.annotations_dir.as_deref();
        match article::open(&listed.path, dir, ReadOptions::default(), &desk.words) {
            // What there is to know of the article comes before its tags.
            Ok(opened) if !opened.remarks.is_empty() => shut.push((name, "open this article first".to_owned())),
            Ok(opened) => targets.push(Target {
                sheet: listed.sheet,
                revision: 0,
                path: listed.path,
                document: opened.document.clone(),
                opened: Some(Box::new(opened)),
            }),
            Err(error) => {
                let why = format!("open this article first: {}", desk.lang.open_error(&error));
                shut.push((name, why));
            }
        }
    }
    (targets, shut)
}

fn has_text_of(target: &Target, text: &Imported) -> bool {
    let imported = &text.annotated.text;
    **imported == **target.document.text() || **imported == target.document.source.text
}

/// Whether the text names the target's file or has its source.
fn is_named(target: &Target, text: &Imported) -> bool {
    let name = text.annotated.name.as_str();
    let source = &target.document.source;
    let has_source = |document: &Document| !source.sha256.is_empty() && document.source.sha256 == source.sha256;
    is_name_of(name, &file_name(&target.path))
        || (!name.is_empty() && name == source.name)
        || text.document.as_ref().is_some_and(has_source)
}

fn agrees(agreement: Agreement) -> bool {
    match agreement {
        Agreement::Reading | Agreement::Raw => true,
        Agreement::Partial { shared, of } => of > 0 && shared * 100 >= of * SAME_ARTICLE_PERCENT,
    }
}
