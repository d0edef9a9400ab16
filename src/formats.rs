//! The files in which annotations are kept and exchanged.
//!
//! [`all`] is the table of formats. An export cuts a document down to what the format holds ([`loss`]), counting what
//! goes, before the format's writer sees it; an import reads files into [`Annotated`] texts with every fault named by
//! file and line ([`intake`]). What one writes the other reads back: [`proof`]. docs/formats.md is the dictionary.
//!
//! A new format is a module with a [`Format`] named in [`all`]: a [`Writer`], a reader that gives what it finds to the
//! [`Intake`], and `limit` for what the format cannot write beyond what [`Holds`] says. `tests/exchange.rs` then proves
//! it with any document.

pub mod annotated;
pub mod archive;
mod brat;
pub mod card;
mod cas;
mod chat;
mod conll;
pub mod corrections;
mod docbin;
mod doccano;
pub mod figures;
pub mod guess;
mod hf;
pub mod intake;
pub mod journal;
pub mod json;
pub mod jsonl;
mod labelstudio;
pub mod loss;
pub mod merge;
pub mod native;
mod neat;
pub mod open;
pub mod options;
mod parquet;
mod parts;
mod prodigy;
pub mod proof;
pub mod rows;
mod saved;
mod select;
mod sentences;
mod spacy;
pub mod splits;
mod stems;
pub(crate) mod table;
mod tei;
pub mod utf16;
mod w3c;
mod webanno;
mod xml;
mod yedda;

use std::collections::BTreeMap;
use std::fmt;
use std::io;

pub use annotated::{Annotated, Tag};
pub use intake::{Diagnostic, Imported, InputFile, Intake, Severity};
pub use loss::{Holds, LossKind, LossReport, Nesting};
pub use options::{ExportOptions, ImportOptions, LabelNames, Layer, Overlap};
pub(crate) use parts::Parts;
pub use parts::{Source, read_large};
pub use proof::{Proof, prove, prove_document, prove_large};

use crate::annot::Document;
use stems::Stems;

/// In what a format counts positions. All ends are one past the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffsetUnit {
    /// Unicode code points.
    CodePoint,
    /// UTF-16 code units: an astral character counts two.
    Utf16,
    /// Rows or list entries, one a character.
    Token,
    /// None: the tags stand in the text.
    Inline,
}

impl fmt::Display for OffsetUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CodePoint => "code points",
            Self::Utf16 => "UTF-16",
            Self::Token => "tokens",
            Self::Inline => "inline",
        })
    }
}

/// What people use a format for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To train models.
    Training,
    /// To go on tagging in another program.
    Tagging,
    /// To publish and to study the text.
    Edition,
    /// To look at tags as a table.
    Table,
    /// To keep all of a document.
    Whole,
}

impl Purpose {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 5] = [Self::Training, Self::Tagging, Self::Edition, Self::Table, Self::Whole];
}

/// How documents become files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// All in one file, which has this name where a folder is given for it: the format's id and an ending. Files beside it
    /// have names of their own.
    Set(&'static str),
    /// Files for each document, its stem with these endings (with their dot).
    Documents(&'static [&'static str]),
}

impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Export")
            .field("format", self.format)
            .finish_non_exhaustive()
    }
}

/// Makes a writer for one export.
pub type MakeWriter = fn(&ExportOptions) -> Box<dyn Writer>;

/// A format.
pub struct Format {
    /// The name by which commands know it.
    pub id: &'static str,
    /// The name by which people know it.
    pub name: &'static str,
    /// What it is for.
    pub purpose: Purpose,
    /// What it can hold.
    pub holds: Holds,
    /// In what it counts.
    pub offsets: OffsetUnit,
    /// How documents become files.
    pub packing: Packing,
    /// How it calls the built-in labels.
    pub labels: LabelNames,
    /// Makes a writer for one export.
    writer: MakeWriter,
    /// What it cannot hold beyond what [`Holds`] says: leaves that out of the text, or refuses it.
    limit: fn(&mut Annotated, &mut LossReport),
    /// Reads files that the format's writer or another program wrote; `None` where there is no way back.
    reader: Option<fn(&[InputFile<'_>], &mut Intake<'_>)>,
    /// How the file of a set can be read a part at a time.
    parts: Parts,
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl fmt::Display for Format {
    /// The line for `zhupi formats`: id, what it holds, offset unit, whether it can be imported; split by tabs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = if self.imports() { "export and import" } else { "export" };
        write!(
            f,
            "{}\t{}\t{}\t{direction}\t{}",
            self.id, self.holds, self.offsets, self.name
        )
    }
}

/// No limits beyond [`Holds`].
fn no_limit(_: &mut Annotated, _: &mut LossReport) {}

/// Formats that want line feeds only: another line end counts as changed.
pub(crate) fn line_feeds(text: &mut Annotated, report: &mut LossReport) {
    if let Some(plain) = text.with_line_feeds() {
        for _ in memchr::memchr_iter(b'\r', text.text.as_str().as_bytes()) {
            report.count(LossKind::Character, || "line end".to_owned());
        }
        *text = plain;
    }
}

/// The formats, in the order of menus.
#[must_use]
pub fn all() -> &'static [Format] {
    const FORMATS: &[Format] = &[
        saved::FORMAT,
        jsonl::FORMAT,
        doccano::SPANS,
        doccano::RELATIONS,
        labelstudio::FORMAT,
        labelstudio::config::FORMAT,
        spacy::FORMAT,
        prodigy::FORMAT,
        brat::FORMAT,
        conll::BIO,
        conll::BIOES,
        conll::BMES,
        hf::FORMAT,
        chat::FORMAT,
        yedda::FORMAT,
        neat::FORMAT,
        table::CSV,
        table::TSV,
        cas::json::FORMAT,
        cas::xmi::FORMAT,
        webanno::FORMAT,
        w3c::FORMAT,
        tei::FORMAT,
        docbin::FORMAT,
        parquet::FORMAT,
        archive::FORMAT,
    ];
    FORMATS
}

/// The format of that id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Format> {
    all().iter().find(|format| format.id == id)
}

/// Where an export's files go: a folder, an archive, memory.
pub trait Files {
    /// Appends to the file of that name, which the first call for it makes.
    ///
    /// # Errors
    /// Where the bytes cannot be written.
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;
}

/// Files in memory, for previews, proofs and tests.
impl Files for BTreeMap<String, Vec<u8>> {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        match self.get_mut(name) {
            Some(file) => file.extend_from_slice(bytes),
            None => {
                self.insert(name.to_owned(), bytes.to_vec());
            }
        }
        Ok(())
    }
}

/// One document on its way into a file.
pub struct Entry<'a> {
    /// The document's name without its ending, fit for a file and its own among all of the export.
    pub stem: &'a str,
    /// Its number, from 1.
    pub number: usize,
    /// The text and the tags to write: all of them can be written.
    pub text: &'a Annotated,
    /// All of the document, for the formats that keep it.
    pub document: &'a Document,
    /// What lies beside its saved file.
    pub beside: &'a Beside,
}

/// What the world has of a document beside its saved file, for the formats that keep it
/// ([`Format::keeps_beside`]).
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The bytes of the source that was opened, where the file is still what it was (`source.sha256`).
    pub original: Option<Vec<u8>>,
    /// The journal of the saved file.
    pub journal: Option<Vec<u8>>,
}

/// Writes documents in one format. Holds no more than one document at a time, unless the format's end needs more.
pub trait Writer {
    /// Writes a document.
    ///
    /// # Errors
    /// Where `files` cannot be written.
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()>;

    /// Writes what stands behind all documents.
    ///
    /// # Errors
    /// Where `files` cannot be written.
    fn finish(&mut self, _files: &mut dyn Files) -> io::Result<()> {
        Ok(())
    }
}

/// An export under way.
pub struct Export {
    format: &'static Format,
    options: ExportOptions,
    writer: Box<dyn Writer>,
    stems: Stems,
    number: usize,
}

impl Export {
    /// Begins an export.
    #[must_use]
    pub fn new(format: &'static Format, options: ExportOptions) -> Self {
        Self {
            writer: (format.writer)(&options),
            format,
            options,
            stems: Stems::default(),
            number: 0,
        }
    }

    /// Writes a document and says what of it the format could not hold. A document that the format cannot write at all
    /// is named in `refused`, and nothing is written.
    ///
    /// # Errors
    /// Where `files` cannot be written.
    pub fn add(&mut self, document: &Document, files: &mut dyn Files) -> io::Result<LossReport> {
        self.add_with(document, &Beside::default(), files)
    }

    /// As [`Self::add`], with what lies beside the document's saved file.
    ///
    /// # Errors
    /// Where `files` cannot be written.
    pub fn add_with(&mut self, document: &Document, beside: &Beside, files: &mut dyn Files) -> io::Result<LossReport> {
        let (text, mut report) = self.format.excerpt(document, &self.options);
        if !report.refused.is_empty() {
            return Ok(report);
        }
        self.number += 1;
        let entry = Entry {
            stem: self.stems.next(&text.name),
            number: self.number,
            text: &text,
            document,
            beside,
        };
        self.writer.add(&entry, files)?;
        report.documents = 1;
        report.tags = if self.format.holds_tags() { text.tags.len() } else { 0 };
        Ok(report)
    }

    /// Writes what stands behind all documents.
    ///
    /// # Errors
    /// Where `files` cannot be written.
    pub fn finish(mut self, files: &mut dyn Files) -> io::Result<()> {
        self.writer.finish(files)
    }
}

impl Format {
    /// What the one file of a set is called after a stem: `STEM.ENDING` or, where the ending does not say the format,
    /// `STEM.FORMAT.ENDING`. `None` where each document has files of its own.
    #[must_use]
    pub fn file_name(&self, stem: &str) -> Option<String> {
        let Packing::Set(name) = self.packing else {
            return None;
        };
        let ending = name.split_once('.').map_or("", |(_, ending)| ending);
        Some(match ending == self.id {
            true => format!("{stem}.{ending}"),
            false => format!("{stem}.{}.{ending}", self.id),
        })
    }

    /// Whether its files can be read.
    #[must_use]
    pub fn imports(&self) -> bool {
        self.reader.is_some()
    }

    /// What of a document goes into a file of this format, and what does not: the report before writing.
    #[must_use]
    pub fn excerpt(&self, document: &Document, options: &ExportOptions) -> (Annotated, LossReport) {
        let mut report = LossReport::default();
        let mut text = if self.keeps_documents() {
            select::whole(document, options)
        } else {
            select::select(document, options, self.labels, &mut report)
        };
        loss::reduce(&mut text, self.holds, options.overlap, &mut report);
        (self.limit)(&mut text, &mut report);
        (text, report)
    }

    /// Whether its files have tags in them, and not only what there is to tag with.
    #[must_use]
    pub fn holds_tags(&self) -> bool {
        self.id != labelstudio::config::FORMAT.id
    }

    /// Whether its files keep the whole of a document.
    #[must_use]
    pub fn keeps_documents(&self) -> bool {
        [saved::FORMAT.id, archive::FORMAT.id].contains(&self.id)
    }

    /// Whether a file of that name has no text of its own but belongs to those beside it.
    #[must_use]
    pub fn is_beside(&self, name: &str) -> bool {
        self.list_beside().is_some() && name.to_lowercase().ends_with(".json")
    }

    /// The name of the list that belongs to a set of this format and lies beside it, where there is one.
    #[must_use]
    pub fn list_beside(&self) -> Option<&'static str> {
        [hf::FORMAT.id, parquet::FORMAT.id]
            .contains(&self.id)
            .then_some(hf::LABELS_FILE)
    }

    /// Names of files without which the file of this name cannot be read, as it says itself: the texts that annotations
    /// speak of. `read` gives its bytes, and is called only where the format can say such a thing.
    pub fn named_by(&self, name: &str, read: impl FnOnce() -> Vec<u8>) -> Vec<String> {
        if self.id == w3c::FORMAT.id && !name.to_lowercase().ends_with(".txt") {
            w3c::sources(&read())
        } else {
            Vec::new()
        }
    }

    /// Whether its files keep what lies beside a document's saved file.
    #[must_use]
    pub fn keeps_beside(&self) -> bool {
        self.id == archive::FORMAT.id
    }
}

/// Reads files of a format and hands each text to `each`. Returns what is wrong with the files; it is for the caller to
/// say whether what was read is used when something is.
pub fn read(
    format: &Format,
    files: &[InputFile<'_>],
    options: &ImportOptions,
    each: &mut dyn FnMut(Imported),
) -> Vec<Diagnostic> {
    let mut intake = Intake::new(options, each);
    match format.reader {
        Some(reader) => reader(files, &mut intake),
        None => {
            for file in files {
                intake.error(
                    file.name,
                    None,
                    format!("files of the format {} cannot be imported", format.id),
                );
            }
        }
    }
    intake.finish()
}

/// Reads files of a format: the texts in them, and what is wrong with the files.
#[must_use]
pub fn import(format: &Format, files: &[InputFile<'_>], options: &ImportOptions) -> (Vec<Imported>, Vec<Diagnostic>) {
    let mut texts = Vec::new();
    let diagnostics = read(format, files, options, &mut |text| texts.push(text));
    (texts, diagnostics)
}

/// Writes documents as files in memory.
///
/// # Errors
/// None that memory gives.
pub fn export<'a>(
    format: &'static Format,
    documents: impl IntoIterator<Item = &'a Document>,
    options: &ExportOptions,
) -> io::Result<(BTreeMap<String, Vec<u8>>, LossReport)> {
    let mut files = BTreeMap::new();
    let mut export = Export::new(format, options.clone());
    let mut report = LossReport::default();
    for document in documents {
        report.add(export.add(document, &mut files)?);
    }
    export.finish(&mut files)?;
    Ok((files, report))
}
