//! doccano's JSON lines, for its projects of spans and for those with relations.
//!
//! doccano's server cuts texts by code points, its window counts UTF-16 units; the two differ behind an astral
//! character, so an export for the window has a switch (doccano/doccano#2484). Ids of entities and relations are unique
//! in the file: older versions looked them up over all of it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::intake::range;
use super::json::{self, PlainTag, Words};
use super::utf16::Utf16;
use super::{
    Annotated, Entry, ExportOptions, Files, Format, Holds, InputFile, Intake, LabelNames, OffsetUnit, Packing, Parts,
    Purpose, Tag, Writer, no_limit,
};
use crate::annot::{Relation, SpanId};
use crate::text::{CharRange, Text};

const SPANS_FILE: &str = "doccano.jsonl";
const RELATIONS_FILE: &str = "doccano-relations.jsonl";

pub(super) const SPANS: Format = Format {
    id: "doccano",
    name: "doccano (spans)",
    purpose: Purpose::Tagging,
    holds: Holds::TAGS,
    offsets: OffsetUnit::CodePoint,
    packing: Packing::Set(SPANS_FILE),
    labels: LabelNames::Own,
    writer: |options| Box::new(Spans { utf16: options.utf16 }),
    limit: no_limit,
    reader: Some(read),
    parts: Parts::Lines,
};

pub(super) const RELATIONS: Format = Format {
    id: "doccano-relations",
    name: "doccano (spans and relations)",
    purpose: Purpose::Tagging,
    holds: Holds {
        relations: true,
        ..Holds::TAGS
    },
    offsets: OffsetUnit::CodePoint,
    packing: Packing::Set(RELATIONS_FILE),
    labels: LabelNames::Own,
    writer: |options| Box::new(Relations::new(options)),
    limit: no_limit,
    reader: Some(read),
    parts: Parts::Lines,
};

/// Offsets in code points, or in UTF-16 units where those are asked for.
fn offsets(text: &Annotated, utf16: bool) -> impl Fn(CharRange) -> (u32, u32) {
    let units = utf16.then(|| Utf16::new(text.text.as_str()));
    move |range| match &units {
        Some(units) => units.range(range),
        None => range.into(),
    }
}

struct Spans {
    utf16: bool,
}

#[derive(Serialize)]
struct SpansLine<'a> {
    id: usize,
    text: &'a str,
    label: Vec<(u32, u32, &'a str)>,
    name: &'a str,
    #[serde(rename = "Comments")]
    comments: [&'a str; 0],
}

impl Writer for Spans {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let text = entry.text;
        let offsets = offsets(text, self.utf16);
        let label = text.tags.iter().map(|tag| {
            let (start, end) = offsets(tag.range);
            (start, end, tag.label().as_str())
        });
        let line = SpansLine {
            id: entry.number,
            text: text.text.as_str(),
            label: label.collect(),
            name: &text.name,
            comments: [],
        };
        files.append(SPANS_FILE, &json::line(&line)?)
    }
}

struct Relations {
    utf16: bool,
    next_entity: usize,
    next_relation: usize,
}

impl Relations {
    fn new(options: &ExportOptions) -> Self {
        Self {
            utf16: options.utf16,
            next_entity: 1,
            next_relation: 1,
        }
    }
}

#[derive(Serialize)]
struct RelationsLine<'a> {
    id: usize,
    text: &'a str,
    entities: Vec<EntityObject<'a>>,
    relations: Vec<RelationObject<'a>>,
    name: &'a str,
    #[serde(rename = "Comments")]
    comments: [&'a str; 0],
}

#[derive(Serialize)]
struct EntityObject<'a> {
    id: usize,
    label: &'a str,
    start_offset: u32,
    end_offset: u32,
}

#[derive(Serialize)]
struct RelationObject<'a> {
    id: usize,
    from_id: usize,
    to_id: usize,
    #[serde(rename = "type")]
    kind: &'a str,
}

impl Writer for Relations {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let text = entry.text;
        let offsets = offsets(text, self.utf16);
        let ids: HashMap<SpanId, usize> = text.tags.iter().map(|tag| tag.id).zip(self.next_entity..).collect();
        let entities = (self.next_entity..).zip(&text.tags).map(|(id, tag)| {
            let (start_offset, end_offset) = offsets(tag.range);
            EntityObject {
                id,
                label: tag.label().as_str(),
                start_offset,
                end_offset,
            }
        });
        let relations = (self.next_relation..)
            .zip(&text.relations)
            .filter_map(|(id, relation)| {
                Some(RelationObject {
                    id,
                    from_id: *ids.get(&relation.from)?,
                    to_id: *ids.get(&relation.to)?,
                    kind: &relation.label,
                })
            });
        let line = RelationsLine {
            id: entry.number,
            text: text.text.as_str(),
            entities: entities.collect(),
            relations: relations.collect(),
            name: &text.name,
            comments: [],
        };
        self.next_entity += text.tags.len();
        self.next_relation += text.relations.len();
        files.append(RELATIONS_FILE, &json::line(&line)?)
    }
}

/// A line of either kind of project, of this or an older version.
#[derive(Deserialize)]
#[serde(expecting = "an object with `text`")]
struct ReadLine<'a> {
    #[serde(default)]
    id: Option<serde_json::Value>,
    #[serde(default)]
    name: Option<String>,
    #[serde(borrow, alias = "data")]
    text: Words<'a>,
    #[serde(borrow, default, alias = "labels", alias = "entities", alias = "spans")]
    label: Vec<PlainTag<'a>>,
    #[serde(borrow, default)]
    relations: Vec<ReadRelation<'a>>,
}

#[derive(Deserialize)]
#[serde(expecting = "a relation with `from_id`, `to_id` and `type`")]
struct ReadRelation<'a> {
    from_id: i64,
    to_id: i64,
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
}

fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    for file in files {
        intake.each_line(file, |intake, number, line| {
            match serde_json::from_slice::<ReadLine<'_>>(line) {
                Ok(found) => read_line(file, number, found, intake),
                Err(error) => intake.error(file.name, number, json::what(&error)),
            }
        });
    }
}

fn read_line(file: &InputFile<'_>, number: usize, line: ReadLine<'_>, intake: &mut Intake<'_>) {
    let units = intake.options().utf16.then(|| Utf16::new(&line.text.0));
    let mut ids = HashMap::new();
    let mut tags = Vec::with_capacity(line.label.len());
    for (id, tag) in (1..).zip(&line.label) {
        let mut place = range(tag.start, tag.end);
        if let Some(units) = &units {
            match (units.chars(place.start.0), units.chars(place.end.0)) {
                (Some(start), Some(end)) => place = CharRange::new(start, end),
                _ => {
                    let what = format!(
                        "the tag \"{}\" at {}–{} cuts a character in two",
                        tag.label, tag.start, tag.end
                    );
                    intake.error(file.name, number, what);
                    continue;
                }
            }
        }
        if let Some(own) = tag.id {
            ids.insert(own, SpanId(id));
        }
        tags.push(Tag::new(id, place, intake.plain(&tag.label)));
    }
    let mut relations = Vec::with_capacity(line.relations.len());
    for (count, relation) in (1..).zip(&line.relations) {
        let (Some(&from), Some(&to)) = (ids.get(&relation.from_id), ids.get(&relation.to_id)) else {
            let what = format!("the relation \"{}\" joins entities that are not there", relation.kind);
            intake.error(file.name, number, what);
            continue;
        };
        relations.push(Relation {
            id: format!("r{count}"),
            label: relation.kind.clone().into_owned(),
            from,
            to,
        });
    }
    let text = Annotated {
        name: line.name.unwrap_or_else(|| json::name(line.id.as_ref())),
        text: Arc::new(Text::new(line.text.0.into_owned())),
        tags,
        relations,
        ..Annotated::default()
    };
    intake.take(file, number, text);
}
