//! spaCy's training tuples as JSON: `[[text, {"entities": [[start, end, "L"]]}], …]`.
//!
//! spaCy refuses tags that overlap (E103) and tags with white space at an edge (E024).

use std::io;
use std::sync::Arc;

use serde::Deserialize;

use super::intake::range;
use super::json::{self, Array, PlainTag, Words};
use super::loss::{LossKind, leave_out};
use super::{
    Annotated, Entry, Files, Format, Holds, InputFile, Intake, LabelNames, LossReport, Nesting, OffsetUnit, Packing,
    Parts, Purpose, Tag, Writer,
};
use crate::text::Text;

const FILE: &str = "spacy.json";

pub(super) const FORMAT: Format = Format {
    id: "spacy",
    name: "spaCy training tuples",
    purpose: Purpose::Training,
    holds: Holds {
        nesting: Nesting::Depth(1),
        ..Holds::TAGS
    },
    offsets: OffsetUnit::CodePoint,
    packing: Packing::Set(FILE),
    labels: LabelNames::Short,
    writer: |_| Box::new(Tuples(Array::new(FILE))),
    limit: no_blank_edges,
    reader: Some(read),
    parts: Parts::Elements,
};

/// Leaves out tags that begin or end with white space.
pub(super) fn no_blank_edges(text: &mut Annotated, report: &mut LossReport) {
    let has_blank_edge = |tag: &Tag| {
        let covered = text.text.slice(tag.range);
        covered.trim().len() < covered.len()
    };
    if text.tags.iter().any(has_blank_edge) {
        let (gone, kept): (Vec<Tag>, Vec<Tag>) = text.tags.iter().cloned().partition(has_blank_edge);
        leave_out(text, kept, &gone, LossKind::Unwritable, report);
    }
}

struct Tuples(Array);

impl Writer for Tuples {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let entities: Vec<_> = entry.text.tags.iter().map(json::triple).collect();
        let named = std::collections::BTreeMap::from([("entities", entities)]);
        self.0.add(&(entry.text.text.as_str(), named), files)
    }

    fn finish(&mut self, files: &mut dyn Files) -> io::Result<()> {
        self.0.finish(files)
    }
}

#[derive(Deserialize)]
#[serde(expecting = "a text and its entities")]
struct ReadTuple<'a>(#[serde(borrow)] Words<'a>, #[serde(borrow)] Entities<'a>);

#[derive(Deserialize)]
#[serde(expecting = "an object with `entities`")]
struct Entities<'a> {
    #[serde(borrow, default)]
    entities: Vec<PlainTag<'a>>,
}

fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    for file in files {
        let done = json::each_element(file.bytes, |found: ReadTuple<'_>| {
            let tags = (1..)
                .zip(&found.1.entities)
                .map(|(id, tag)| Tag::new(id, range(tag.start, tag.end), intake.plain(&tag.label)));
            let text = Annotated {
                tags: tags.collect(),
                text: Arc::new(Text::new(found.0.0.into_owned())),
                ..Annotated::default()
            };
            let number = intake.next_element(file);
            intake.take_element(file, number, text);
        });
        if let Err(error) = done {
            intake.error(file.name, error.line(), json::what(&error));
        }
    }
}
