//! Hugging Face token classification: JSON lines with `tokens` and numbers for `ner_tags`, and the list of names that
//! the numbers stand for (a `ClassLabel`'s) beside them.
//!
//! Tokens are characters; blank ones are left out, because the usual tokenisers drop them. `char_offsets` says where
//! each stood.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

use serde::{Deserialize, Serialize};

use super::json::{self, Words};
use super::rows::{Place, RowText, characters, needs_rows, places};
use super::{Entry, Files, Format, Holds, InputFile, Intake, LabelNames, OffsetUnit, Packing, Parts, Purpose, Writer};
use crate::annot::LabelId;

const FILE: &str = "hf.jsonl";
pub(super) const LABELS_FILE: &str = "hf_labels.json";

pub(super) const FORMAT: Format = Format {
    id: "hf",
    name: "Hugging Face token classification",
    purpose: Purpose::Training,
    holds: Holds::ROWS,
    offsets: OffsetUnit::Token,
    packing: Packing::Set(FILE),
    labels: LabelNames::Short,
    writer: |options| {
        Box::new(Lines {
            numbers: TagNumbers::new(&options.numbered),
        })
    },
    limit: needs_rows,
    reader: Some(read),
    parts: Parts::Lines,
};

struct Lines {
    numbers: TagNumbers,
}

/// Numbers for `O`, `B-…` and `I-…`, given in the order in which labels come.
#[derive(Default)]
pub(super) struct TagNumbers {
    labels: Vec<LabelId>,
    known: HashMap<LabelId, usize>,
}

impl TagNumbers {
    /// Numbers of which these labels get the first.
    pub(super) fn new(first: &[LabelId]) -> Self {
        Self {
            labels: first.to_vec(),
            known: first.iter().cloned().zip(0..).collect(),
        }
    }

    /// The number of a place.
    pub(super) fn number(&mut self, place: Place<'_>) -> usize {
        let Place::In { label, first, .. } = place else {
            return 0;
        };
        let known = self.known.get(label).copied();
        let label = known.unwrap_or_else(|| {
            self.labels.push(label.clone());
            self.known.insert(label.clone(), self.labels.len() - 1);
            self.labels.len() - 1
        });
        1 + 2 * label + usize::from(!first)
    }

    /// The names of the numbers.
    pub(super) fn names(&self) -> Vec<String> {
        let pairs = self
            .labels
            .iter()
            .flat_map(|label| [format!("B-{label}"), format!("I-{label}")]);
        std::iter::once("O".to_owned()).chain(pairs).collect()
    }
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    tokens: Vec<&'a str>,
    ner_tags: Vec<usize>,
    char_offsets: Vec<u32>,
}

impl Writer for Lines {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let characters = characters(&entry.text.text);
        let places = places(&characters, &entry.text.tags);
        let line = Line {
            id: &entry.text.name,
            tokens: characters.iter().map(|character| character.token).collect(),
            ner_tags: places.into_iter().map(|place| self.numbers.number(place)).collect(),
            char_offsets: characters.iter().map(|character| character.at.0).collect(),
        };
        files.append(FILE, &json::line(&line)?)
    }

    fn finish(&mut self, files: &mut dyn Files) -> io::Result<()> {
        files.append(LABELS_FILE, &json::line(&self.numbers.names())?)
    }
}

/// A text as a file has it.
#[derive(Deserialize)]
#[serde(expecting = "an object with `tokens` and `ner_tags`")]
pub(super) struct ReadLine<'a> {
    #[serde(default)]
    pub(super) id: Option<serde_json::Value>,
    #[serde(borrow)]
    pub(super) tokens: Vec<Words<'a>>,
    #[serde(borrow, alias = "tags", alias = "labels")]
    pub(super) ner_tags: Vec<ReadTag<'a>>,
    #[serde(default)]
    pub(super) char_offsets: Vec<u32>,
}

/// A number of the list, or the name itself.
pub(super) enum ReadTag<'a> {
    Number(usize),
    Name(Cow<'a, str>),
}

impl<'de: 'a, 'a> Deserialize<'de> for ReadTag<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // `Value` rather than an untagged enum, which does not see numbers of arbitrary precision.
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(name) => Ok(Self::Name(Cow::Owned(name))),
            serde_json::Value::Number(number) => {
                match number.as_u64().and_then(|number| usize::try_from(number).ok()) {
                    Some(number) => Ok(Self::Number(number)),
                    None => Err(serde::de::Error::custom("a tag's number is not one of the list")),
                }
            }
            _ => Err(serde::de::Error::custom("a tag is neither a number nor a name")),
        }
    }
}

/// The files without the lists of names among them (`.json`), and the names of the last of those.
pub(super) fn names_beside<'f, 'a>(
    files: &'f [InputFile<'a>],
    intake: &mut Intake<'_>,
) -> (Vec<String>, Vec<&'f InputFile<'a>>) {
    let (lists, others): (Vec<&InputFile<'a>>, Vec<&InputFile<'a>>) =
        files.iter().partition(|file| file.has_extension("json"));
    let mut names: Vec<String> = Vec::new();
    for list in lists {
        match serde_json::from_slice(list.bytes) {
            Ok(found) => names = found,
            Err(error) => intake.error(list.name, error.line(), json::what(&error)),
        }
    }
    (names, others)
}

fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    let (names, lines) = names_beside(files, intake);
    for file in lines {
        intake.each_line(file, |intake, number, line| {
            let done = serde_json::from_slice::<ReadLine<'_>>(line)
                .map_err(|error| json::what(&error))
                .and_then(|line| read_line(&line, &names, intake));
            match done {
                Ok(text) => intake.take(file, number, text),
                Err(what) => intake.error(file.name, number, what),
            }
        });
    }
}

/// The text of a line, whose numbers stand for these names.
pub(super) fn read_line(
    line: &ReadLine<'_>,
    names: &[String],
    intake: &mut Intake<'_>,
) -> Result<super::Annotated, String> {
    if line.tokens.len() != line.ner_tags.len() {
        return Err(format!(
            "there are {} tokens and {} tags",
            line.tokens.len(),
            line.ner_tags.len()
        ));
    }
    let mut text = RowText::default();
    let has_offsets = line.char_offsets.len() == line.tokens.len();
    for (index, (token, tag)) in line.tokens.iter().zip(&line.ner_tags).enumerate() {
        if has_offsets {
            text.pad_to(line.char_offsets[index])?;
        }
        let tag = match tag {
            ReadTag::Name(name) => name,
            ReadTag::Number(number) => names
                .get(*number)
                .ok_or_else(|| format!("no name is known for tag {number}; import {LABELS_FILE} with this file"))?
                .as_str(),
        };
        text.push(&token.0, [tag], intake)?;
    }
    let mut text = text.finish();
    text.name = json::name(line.id.as_ref());
    Ok(text)
}
