//! An import as the editor looks at it before it is made: what was read, where it would go, what is wrong with it. Read
//! and worked out on a worker.

use std::fs;
use std::path::{Path, PathBuf};

use super::model::SheetId;
use crate::annot::{Document, Edit};
use crate::formats::merge::{Agreement, MergeReport, merge};
use crate::formats::{self, Diagnostic, Format, ImportOptions, Imported, InputFile, Severity};
use crate::i18n::Lang;
use crate::store::article;
use crate::store::files::{annotations_path, read_source};

/// A text is the same article with changes where so much of it agrees, in percent.
const SAME_ARTICLE_PERCENT: usize = 70;
/// Comparisons of texts that are not the same; each costs what a difference of two texts costs.
const MOST_COMPARISONS: usize = 100;
/// Up to so many bytes are read on trial to find out the format.
const TRIED_BYTES: usize = 4 << 20;

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
    /// What goes into open articles.
    pub merges: Vec<Merge>,
    /// What becomes articles of their own.
    pub new: Vec<Document>,
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

/// Tags that go into an open article.
#[derive(Clone, Debug)]
pub struct Merge {
    /// Which.
    pub sheet: SheetId,
    /// At which revision the edit fits.
    pub revision: u64,
    /// Its name.
    pub name: String,
    /// What brings them in.
    pub edit: Edit,
    /// What becomes of them.
    pub report: MergeReport,
}

/// An open article that an import may go into.
#[derive(Clone, Debug)]
pub struct Target {
    /// Which.
    pub sheet: SheetId,
    /// Its revision.
    pub revision: u64,
    /// Its name.
    pub name: String,
    /// Text and annotations as they are.
    pub document: Document,
}

/// Reads files and works out where what they hold would go.
///
/// # Errors
/// A sentence when a file cannot be read.
pub fn read(
    paths: &[PathBuf],
    format: Option<&'static str>,
    utf16: bool,
    targets: &[Target],
    lang: Lang,
) -> Result<Found, String> {
    let mut files = Vec::new();
    for path in with_companions(paths) {
        let bytes = read_source(&path).map_err(|error| lang.read_error(&error))?;
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        files.push((name, bytes));
    }
    let inputs: Vec<InputFile<'_>> = files.iter().map(|(name, bytes)| InputFile { name, bytes }).collect();
    let options = ImportOptions {
        utf16,
        ..ImportOptions::default()
    };
    let Some(format) = format.and_then(formats::by_id).or_else(|| guess(&inputs)) else {
        return Ok(Found::default());
    };
    let (texts, diagnostics) = formats::import(format, &inputs, &options);
    let mut found = Found {
        format: format.id,
        tags: texts.iter().map(|text| text.annotated.tags.len()).sum(),
        diagnostics,
        ..Found::default()
    };
    place(texts, targets, &mut found);
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

/// The format in which most tags are found in the files, and fewest faults. Faults weigh less: formats of plain text
/// take anything, without a tag.
fn guess(files: &[InputFile<'_>]) -> Option<&'static Format> {
    let mut room = TRIED_BYTES;
    let tried: Vec<InputFile<'_>> = files
        .iter()
        .map_while(|file| {
            let start = beginning(file.bytes, room);
            let is_wanted = room > 0;
            room = room.saturating_sub(start.len());
            is_wanted.then_some(InputFile {
                name: file.name,
                bytes: start,
            })
        })
        .collect();
    let readable = formats::all().iter().filter(|format| format.imports());
    // Exports are named after their format.
    let named = |id: &str| {
        if files.iter().any(|file| file.name.contains(id)) {
            id.len()
        } else {
            0
        }
    };
    let rated = readable.filter_map(|format| {
        let (texts, diagnostics) = formats::import(format, &tried, &ImportOptions::default());
        let faults = diagnostics
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .count();
        let tags: usize = texts.iter().map(|text| text.annotated.tags.len()).sum();
        (!texts.is_empty()).then_some((format, (tags, faults == 0, diagnostics.is_empty(), named(format.id))))
    });
    // Of equals the first of the table.
    let best = rated.reduce(|best, other| if other.1 > best.1 { other } else { best });
    best.map(|(format, _)| format)
}

/// The whole of it, or the lines that fit.
fn beginning(bytes: &[u8], room: usize) -> &[u8] {
    let Some(start) = bytes.get(..room) else { return bytes };
    let end = memchr::memrchr(b'\n', start).map_or(start.len(), |at| at + 1);
    &start[..end]
}

/// Finds the open article that each text is of.
fn place(texts: Vec<Imported>, targets: &[Target], found: &mut Found) {
    // An article may get several texts: each is placed in what the ones before have made of it.
    let mut documents: Vec<Document> = targets.iter().map(|target| target.document.clone()).collect();
    let mut comparisons = 0;
    for text in texts {
        let imported = &text.annotated.text;
        let is_same = |document: &Document| **imported == **document.text() || **imported == document.source.text;
        let mut place = documents.iter().position(is_same);
        if place.is_none() {
            place = documents.iter().position(|document| {
                let (a, b) = (imported.len().to_usize(), document.text().len().to_usize());
                let is_near = a.max(b) <= 2 * a.min(b) && comparisons < MOST_COMPARISONS;
                comparisons += usize::from(is_near);
                is_near && agrees(merge(document, &text.annotated).1.agreement)
            });
        }
        let Some(place) = place else {
            found.new.push(text.into_document());
            continue;
        };
        let (edit, report) = merge(&documents[place], &text.annotated);
        if documents[place].apply(&edit).is_err() {
            found.new.push(text.into_document());
            continue;
        }
        let target = &targets[place];
        match found.merges.iter_mut().find(|merge| merge.sheet == target.sheet) {
            Some(merge) => {
                merge.report.placed += report.placed;
                merge.report.already += report.already;
                merge.report.changed.extend(report.changed);
                merge.report.unplaced.extend(report.unplaced);
                let before = std::mem::replace(&mut merge.edit, Edit::Batch(Vec::new()));
                merge.edit = Edit::Batch(vec![before, edit]);
            }
            None => found.merges.push(Merge {
                sheet: target.sheet,
                revision: target.revision,
                name: target.name.clone(),
                edit,
                report,
            }),
        }
    }
}

fn agrees(agreement: Agreement) -> bool {
    match agreement {
        Agreement::Reading | Agreement::Raw => true,
        Agreement::Partial { shared, of } => of > 0 && shared * 100 >= of * SAME_ARTICLE_PERCENT,
    }
}

/// Saves documents as articles of their own, in `annotations/` beside the file that they came from or where annotations
/// go; never over a file that is there.
///
/// # Errors
/// A sentence when one cannot be written; those before it are.
pub fn save_new(
    documents: &[Document],
    from: &Path,
    annotations_dir: Option<&Path>,
    lang: Lang,
) -> Result<Vec<PathBuf>, String> {
    let mut saved = Vec::new();
    for document in documents {
        let stem = match document.source.name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => document.source.name.as_str(),
        };
        let stem: String = stem
            .chars()
            .map(|c| if r#"\/:*?"<>|"#.contains(c) { '-' } else { c })
            .collect();
        let stem = if stem.is_empty() { "untitled".to_owned() } else { stem };
        let mut number = 1;
        let path = loop {
            let name = if number == 1 {
                stem.clone()
            } else {
                format!("{stem}-{number}")
            };
            // A name with dots in it would lose its end to the extension.
            let path = annotations_path(&from.with_file_name(format!("{name}.json")), annotations_dir);
            if !fs::exists(&path).map_err(|error| format!("{error}: {}", path.display()))? {
                break path;
            }
            number += 1;
        };
        article::save(document, &path).map_err(|error| lang.write_error(&error))?;
        saved.push(path);
    }
    Ok(saved)
}
