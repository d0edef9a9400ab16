//! JSON lines, the smallest shape that trainers read: `{"id","text","label":[[start,end,"L"]]}`.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::intake::range;
use super::{
    Annotated, Entry, Files, Format, Holds, InputFile, Intake, LabelNames, OffsetUnit, Packing, Parts, Purpose, Tag,
    Writer, json, no_limit,
};
use crate::text::Text;

const FILE: &str = "jsonl.jsonl";

pub(super) const FORMAT: Format = Format {
    id: "jsonl",
    name: "JSON lines",
    purpose: Purpose::Training,
    holds: Holds::TAGS,
    offsets: OffsetUnit::CodePoint,
    packing: Packing::Set(FILE),
    labels: LabelNames::Own,
    writer: |_| Box::new(Lines),
    limit: no_limit,
    reader: Some(read),
    parts: Parts::Lines,
};

struct Lines;

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    text: &'a str,
    label: Vec<(u32, u32, &'a str)>,
}

impl Writer for Lines {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let text = entry.text;
        let line = Line {
            id: &text.name,
            text: text.text.as_str(),
            label: text.tags.iter().map(json::triple).collect(),
        };
        files.append(FILE, &json::line(&line)?)
    }
}

/// A line of this or a like kind: `labels`, `spans` and `entities` are other names for `label`.
#[derive(Deserialize)]
#[serde(expecting = "an object with `text`")]
struct ReadLine<'a> {
    #[serde(default)]
    id: Option<serde_json::Value>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow, default, alias = "labels", alias = "spans", alias = "entities")]
    label: Vec<json::PlainTag<'a>>,
}

fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    for file in files {
        intake.each_line(file, |intake, number, line| {
            match serde_json::from_slice::<ReadLine<'_>>(line) {
                Ok(read) => {
                    let tags = (1..).zip(&read.label).map(|(id, tag)| {
                        let mark = intake.plain(&tag.label);
                        Tag::new(id, range(tag.start, tag.end), mark)
                    });
                    let text = Annotated {
                        tags: tags.collect(),
                        name: json::name(read.id.as_ref()),
                        text: Arc::new(Text::new(read.text.into_owned())),
                        ..Annotated::default()
                    };
                    intake.take(file, number, text);
                }
                Err(error) => intake.error(file.name, number, json::what(&error)),
            }
        });
    }
}
