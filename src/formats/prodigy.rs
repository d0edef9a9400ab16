//! Prodigy's JSON lines, with one token a character (as under `--highlight-chars`), so that any tag can be drawn.
//!
//! Ends are one past the last, but for `token_end`, which is the last token's own number.

use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::intake::range;
use super::json::{self, PlainTag, Words};
use super::{
    Annotated, Entry, Files, Format, Holds, InputFile, Intake, LabelNames, OffsetUnit, Packing, Parts, Purpose, Tag,
    Writer, no_limit,
};
use crate::annot::{Mark, Status};
use crate::text::{CharIdx, Text};

const FILE: &str = "prodigy.jsonl";

pub(super) const FORMAT: Format = Format {
    id: "prodigy",
    name: "Prodigy",
    purpose: Purpose::Tagging,
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
    text: &'a str,
    meta: Meta<'a>,
    tokens: Vec<Token<'a>>,
    spans: Vec<SpanObject<'a>>,
    answer: &'a str,
}

#[derive(Serialize)]
struct Meta<'a> {
    source: &'a str,
}

#[derive(Serialize)]
struct Token<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    id: u32,
    ws: bool,
}

#[derive(Serialize)]
struct SpanObject<'a> {
    start: u32,
    end: u32,
    token_start: u32,
    token_end: u32,
    label: &'a str,
}

impl Writer for Lines {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let words = entry.text.text.as_str();
        let tokens = (0..).zip(words.char_indices()).map(|(id, (byte, c))| Token {
            text: &words[byte..byte + c.len_utf8()],
            start: id,
            end: id + 1,
            id,
            ws: false,
        });
        let spans = entry.text.tags.iter().map(|tag| SpanObject {
            start: tag.range.start.0,
            end: tag.range.end.0,
            token_start: tag.range.start.0,
            token_end: (tag.range.end - CharIdx(1)).0,
            label: tag.label().as_str(),
        });
        let line = Line {
            text: words,
            meta: Meta {
                source: &entry.text.name,
            },
            tokens: tokens.collect(),
            spans: spans.collect(),
            answer: "accept",
        };
        files.append(FILE, &json::line(&line)?)
    }
}

#[derive(Deserialize)]
#[serde(expecting = "an object with `text`")]
struct ReadLine<'a> {
    #[serde(borrow)]
    text: Words<'a>,
    #[serde(default)]
    meta: Option<ReadMeta>,
    #[serde(borrow, default)]
    spans: Vec<PlainTag<'a>>,
    #[serde(default)]
    answer: Option<String>,
}

#[derive(Default, Deserialize)]
struct ReadMeta {
    #[serde(default)]
    source: String,
}

fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    for file in files {
        intake.each_line(file, |intake, number, line| {
            let found = match serde_json::from_slice::<ReadLine<'_>>(line) {
                Ok(found) => found,
                Err(error) => return intake.error(file.name, number, json::what(&error)),
            };
            let is_rejected = match found.answer.as_deref() {
                Some("ignore") => return intake.warn(file.name, number, "left out: its answer is \"ignore\""),
                answer => answer == Some("reject"),
            };
            let tags = (1..).zip(&found.spans).map(|(id, tag)| {
                let mut mark = intake.plain(&tag.label);
                if is_rejected {
                    mark = Arc::new(Mark {
                        status: Status::Rejected,
                        ..Mark::clone(&mark)
                    });
                }
                Tag::new(id, range(tag.start, tag.end), mark)
            });
            let text = Annotated {
                tags: tags.collect(),
                name: found.meta.unwrap_or_default().source,
                text: Arc::new(Text::new(found.text.0.into_owned())),
                ..Annotated::default()
            };
            intake.take(file, number, text);
        });
    }
}
