//! The saved file as a format among the others: a folder of them goes out and comes in whole.

use std::collections::HashSet;
use std::io;

use super::intake::is_blank;
use super::native::{self, LoadError};
use super::{
    Entry, Files, Format, Holds, InputFile, Intake, LabelNames, OffsetUnit, Packing, Parts, Purpose, Writer, no_limit,
};
use crate::annot::{Edit, Relation, Span, SpanId};

pub(super) const FORMAT: Format = Format {
    id: "native",
    name: "Zhupi saved files",
    purpose: Purpose::Whole,
    holds: Holds::ALL,
    offsets: OffsetUnit::CodePoint,
    packing: Packing::Documents(&[".json"]),
    labels: LabelNames::Own,
    writer: |_| Box::new(SavedFiles),
    limit: no_limit,
    reader: Some(read),
    parts: Parts::Whole,
};

struct SavedFiles;

impl Writer for SavedFiles {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        files.append(&format!("{}.json", entry.stem), &bytes(entry)?)?;
        match &entry.beside.journal {
            Some(journal) => files.append(&format!("journal/{}.jsonl", entry.stem), journal),
            None => Ok(()),
        }
    }
}

/// The saved file of a document with the chosen tags.
pub(super) fn bytes(entry: &Entry<'_>) -> io::Result<Vec<u8>> {
    let document = entry.document;
    let chosen: HashSet<SpanId> = entry.text.tags.iter().map(|tag| tag.id).collect();
    if chosen.len() == document.spans().len() {
        return Ok(native::save(document));
    }
    // A saved file keeps its text whole; only tags can be left out of it.
    let is_out = |span: &&Span| !chosen.contains(&span.id);
    let is_loose = |relation: &&Relation| !(chosen.contains(&relation.from) && chosen.contains(&relation.to));
    let edit = Edit::Batch(vec![
        Edit::Relations {
            remove: document.relations().iter().filter(is_loose).cloned().collect(),
            add: Vec::new(),
        },
        Edit::Spans {
            remove: document.spans().iter().filter(is_out).cloned().collect(),
            add: Vec::new(),
        },
    ]);
    let mut part = document.clone();
    part.apply(&edit).map_err(io::Error::other)?;
    Ok(native::save(&part))
}

fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    for file in files {
        match native::load(file.bytes) {
            Ok(loaded) if loaded.version > native::VERSION => {
                let what = format!(
                    "this file has version {}; this program knows {}",
                    loaded.version,
                    native::VERSION
                );
                intake.error(file.name, None, what);
            }
            Ok(loaded) => {
                let nameless = |span: &Span| is_blank(span.mark.label.as_str());
                if let Some(span) = loaded.document.spans().iter().find(|span| nameless(span)) {
                    let covered = loaded.document.covered(span);
                    intake.error(file.name, None, format!("the tag on \"{covered}\" has no label"));
                    continue;
                }
                intake.take_document(loaded.document, None);
            }
            Err(LoadError::Json { line, column, what }) => {
                intake.error(file.name, line, format!("column {column}: {what}"));
            }
            Err(error) => intake.error(file.name, None, error.to_string()),
        }
    }
}
