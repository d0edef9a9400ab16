//! The proof after writing: the files are read back and compared with what was to be written.

use std::borrow::{Borrow, Cow};
use std::collections::HashMap;
use std::fmt;
use std::io;

use super::annotated::{Annotated, is_blank};
use super::stems::Stems;
use super::{Diagnostic, ExportOptions, Format, Holds, ImportOptions, Imported, InputFile, Packing, Source, Tag};
use crate::annot::{Document, Status};
use crate::text::CharRange;

/// How much of an export was found again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Tags found again, in place and with all that the format holds of them.
    pub recovered: usize,
    /// Tags written.
    pub of: usize,
    /// What did not come back, one sentence each; the first of them.
    pub missing: Vec<String>,
}

/// What did not come back is named up to this many.
const NAMED: usize = 10;

impl Proof {
    /// Whether everything came back.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.recovered == self.of && self.missing.is_empty()
    }

    /// Adds the proof of another part of the export.
    pub fn add(&mut self, other: Self) {
        self.recovered += other.recovered;
        self.of += other.of;
        for what in other.missing {
            self.miss(|| what);
        }
    }

    fn tell(&mut self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            self.miss(|| diagnostic.to_string());
        }
    }

    fn miss(&mut self, what: impl FnOnce() -> String) {
        if self.missing.len() < NAMED {
            self.missing.push(what());
        }
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} recovered", grouped(self.recovered), grouped(self.of))
    }
}

/// A count with a comma between thousands.
#[must_use]
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Reads `files` back and compares them with the documents that were exported, in their order. `None` for a format
/// that cannot be read.
pub fn prove<D: Borrow<Document>>(
    format: &Format,
    options: &ExportOptions,
    documents: impl IntoIterator<Item = D>,
    files: &[InputFile<'_>],
) -> Option<Proof> {
    format.reader?;
    let as_written = as_written(options);
    match format.packing {
        Packing::Set(_) => {
            let read = |each: &mut dyn FnMut(Imported)| Ok(super::read(format, files, &as_written, each));
            prove_set(format, options, documents, read).ok()
        }
        Packing::Documents(endings) => {
            let mut proof = Proof::default();
            let by_name: HashMap<&str, &InputFile<'_>> = files.iter().map(|file| (file.name, file)).collect();
            let mut stems = Stems::default();
            for expected in written(format, options, documents) {
                let stem = stems.next(&expected.name);
                let names = endings.iter().map(|ending| format!("{stem}{ending}"));
                let own: Vec<InputFile<'_>> = names
                    .filter_map(|name| by_name.get(&*name).map(|file| **file))
                    .collect();
                compare_files(format, &as_written, &expected, &own, &mut proof);
            }
            Some(proof)
        }
    }
}

/// As [`prove`] for the `file` of a set, which is read a part at a time, and the small files `beside` it.
///
/// # Errors
/// Where `file` cannot be read.
pub fn prove_large<D: Borrow<Document>>(
    format: &Format,
    options: &ExportOptions,
    documents: impl IntoIterator<Item = D>,
    (name, file): (&str, Box<dyn Source>),
    beside: &[InputFile<'_>],
) -> io::Result<Option<Proof>> {
    if format.reader.is_none() {
        return Ok(None);
    }
    let as_written = as_written(options);
    let read = |each: &mut dyn FnMut(Imported)| super::read_large(format, name, file, beside, &as_written, each);
    prove_set(format, options, documents, read).map(Some)
}

/// How what was written with `options` is to be read.
fn as_written(options: &ExportOptions) -> ImportOptions {
    ImportOptions {
        labels: Vec::new(),
        utf16: options.utf16,
    }
}

/// What was written of the documents.
fn written<D: Borrow<Document>>(
    format: &Format,
    options: &ExportOptions,
    documents: impl IntoIterator<Item = D>,
) -> impl Iterator<Item = Annotated> {
    documents.into_iter().filter_map(|document| {
        let (text, report) = format.excerpt(document.borrow(), options);
        report.refused.is_empty().then_some(text)
    })
}

/// Compares the texts that `read` hands out with the documents, in their order.
fn prove_set<D: Borrow<Document>>(
    format: &Format,
    options: &ExportOptions,
    documents: impl IntoIterator<Item = D>,
    read: impl FnOnce(&mut dyn FnMut(Imported)) -> io::Result<Vec<Diagnostic>>,
) -> io::Result<Proof> {
    let mut proof = Proof::default();
    let as_written = as_written(options);
    let mut written = written(format, options, documents);
    let diagnostics = read(&mut |found| match written.next() {
        Some(expected) => compare(format, &as_written, &expected, &found.annotated, &mut proof),
        None => proof.miss(|| format!("\"{}\" was not exported", found.annotated.name)),
    })?;
    for expected in written {
        proof.of += expected.tags.len();
        proof.miss(|| format!("\"{}\" is not in the files", expected.name));
    }
    proof.tell(&diagnostics);
    Ok(proof)
}

/// Reads back the files of one document, whatever they are called, for a format that has files for each document and
/// can be read.
#[must_use]
pub fn prove_document(format: &Format, options: &ExportOptions, document: &Document, files: &[InputFile<'_>]) -> Proof {
    let mut proof = Proof::default();
    let (expected, report) = format.excerpt(document, options);
    if report.refused.is_empty() {
        compare_files(format, &as_written(options), &expected, files, &mut proof);
    }
    proof
}

/// Counts the tags of `expected` that its own files have.
fn compare_files(
    format: &Format,
    options: &ImportOptions,
    expected: &Annotated,
    files: &[InputFile<'_>],
    proof: &mut Proof,
) {
    let (found, diagnostics) = super::import(format, files, options);
    proof.tell(&diagnostics);
    match found.as_slice() {
        [found] => compare(format, options, expected, &found.annotated, proof),
        _ => {
            proof.of += expected.tags.len();
            proof.miss(|| format!("\"{}\" is not in the files", expected.name));
        }
    }
}

/// Counts the tags of `expected` that `found` has.
fn compare(format: &Format, options: &ImportOptions, expected: &Annotated, found: &Annotated, proof: &mut Proof) {
    proof.of += expected.tags.len();
    let (expected, found) = if format.holds.white_space {
        (Cow::Borrowed(expected), Cow::Borrowed(found))
    } else {
        (
            Cow::Owned(expected.without(is_blank)),
            Cow::Owned(found.without(is_blank)),
        )
    };
    if expected.text != found.text {
        proof.miss(|| format!("the text of \"{}\" is another", expected.name));
        return;
    }
    let mut there: HashMap<Said<'_>, usize> = HashMap::new();
    for tag in &found.tags {
        *there
            .entry(Said::of(&found, tag, tag.label().as_str().into(), format.holds))
            .or_default() += 1;
    }
    for tag in &expected.tags {
        // The reader gave labels our ids where they have usual names; so does this side.
        let label = if format.keeps_documents() {
            tag.label().clone()
        } else {
            options.label_id(tag.label())
        };
        let label = Cow::Owned(label.as_str().to_owned());
        match there.get_mut(&Said::of(&expected, tag, label, format.holds)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                proof.recovered += 1;
            }
            _ => proof.miss(|| format!("\"{}\" as {}", expected.covered(tag), tag.label())),
        }
    }
    let surplus: usize = there.values().sum();
    if surplus > 0 {
        let name = &expected.name;
        proof.miss(|| match surplus {
            1 => format!("1 tag in \"{name}\" that was not written"),
            _ => format!("{surplus} tags in \"{name}\" that were not written"),
        });
    }
    if format.holds.relations && relations(&expected) != relations(&found) {
        proof.miss(|| format!("the relations of \"{}\" are others", expected.name));
    }
}

/// All that a format holds of a tag.
#[derive(PartialEq, Eq, Hash)]
struct Said<'a> {
    pieces: &'a [CharRange],
    label: Cow<'a, str>,
    value: Option<String>,
    entity: Option<&'a str>,
    note: &'a str,
    status: Option<(Status, Option<String>)>,
}

impl<'a> Said<'a> {
    fn of(text: &'a Annotated, tag: &'a Tag, label: Cow<'a, str>, holds: Holds) -> Self {
        let mark = &tag.mark;
        let value = mark.value.as_ref().filter(|_| holds.values);
        let entity = holds.entities.then(|| text.entity(tag)).flatten();
        Self {
            pieces: tag.pieces(),
            label,
            value: value.map(ToString::to_string),
            entity: entity.map(|entity| entity.name.as_str()),
            note: if holds.notes { &mark.note } else { "" },
            status: (holds.status).then(|| (mark.status, mark.score.as_ref().map(ToString::to_string))),
        }
    }
}

/// The relations by what they join, in an order that does not depend on the numbers of the tags.
fn relations(text: &Annotated) -> Vec<(CharRange, &str, CharRange)> {
    let places: HashMap<_, _> = text.tags.iter().map(|tag| (tag.id, tag.range)).collect();
    let place = |id| places.get(&id).copied().unwrap_or_default();
    let mut relations: Vec<_> = (text.relations.iter())
        .map(|relation| (place(relation.from), relation.label.as_str(), place(relation.to)))
        .collect();
    relations.sort();
    relations
}
