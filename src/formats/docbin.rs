//! spaCy's DocBin, the `.spacy` file that `spacy train` reads: MessagePack, packed by zlib.
//!
//! Tokens are characters, as spaCy's own Chinese segments by default. `doc.ents` has the tags that lie side by side and do
//! not begin or end with white space, for training a recogniser; the group `sc` of `doc.spans` has all of them, for a span
//! categoriser. Strings stand for themselves once; everywhere else is their number.

mod read;
mod strings;

use std::io::{self, Write as _};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use rmpv::Value;

use self::strings::Listed;
use super::cas::named_entities_only;
use super::loss::side_by_side;
use super::{Annotated, Entry, Files, Format, Holds, LabelNames, OffsetUnit, Overlap, Packing, Tag, Writer};

const FILE: &str = "docbin.spacy";
/// The group of spans that spaCy's span categoriser looks for.
const GROUP: &str = "sc";

/// spaCy's numbers for what a token says.
const ORTH: u64 = 65;
const ENT_IOB: u64 = 77;
const ENT_TYPE: u64 = 78;
const ENT_KB_ID: u64 = 452;

/// Values of `ENT_IOB`.
const INSIDE: u64 = 1;
const OUTSIDE: u64 = 2;
const BEGINS: u64 = 3;

pub(super) const FORMAT: Format = Format {
    id: "docbin",
    name: "spaCy DocBin",
    holds: Holds {
        entities: true,
        ..Holds::TAGS
    },
    offsets: OffsetUnit::Token,
    packing: Packing::Set(FILE),
    labels: LabelNames::Short,
    writer: |options| {
        Box::new(DocBin {
            overlap: options.overlap,
            ..DocBin::default()
        })
    },
    limit: named_entities_only,
    reader: Some(read::read),
};

/// All documents so far: the file has them column by column.
#[derive(Default)]
struct DocBin {
    overlap: Overlap,
    strings: Listed,
    tokens: Vec<u8>,
    lengths: Vec<u8>,
    groups: Vec<Value>,
    names: Vec<Value>,
}

impl Writer for DocBin {
    fn add(&mut self, entry: &Entry<'_>, _files: &mut dyn Files) -> io::Result<()> {
        let text = entry.text;
        let len = i32::try_from(text.text.len().0).map_err(io::Error::other)?;
        self.lengths.extend_from_slice(&len.to_le_bytes());

        let words = text.text.as_str();
        let is_trainable = |tag: &&Tag| {
            let covered = text.text.slice(tag.range);
            covered.trim().len() == covered.len()
        };
        let tags = text.tags.iter().filter(is_trainable).cloned().collect();
        let (entities, _) = side_by_side(tags, self.overlap);
        let mut entities = entities.iter().peekable();
        for (at, (byte, c)) in (0..).zip(words.char_indices()) {
            let orth = self.strings.add(&words[byte..byte + c.len_utf8()]);
            entities.next_if(|tag| tag.range.end.0 <= at);
            let here = entities.peek().filter(|tag| tag.range.start.0 <= at);
            let said = match here {
                Some(tag) => {
                    let place = if tag.range.start.0 == at { BEGINS } else { INSIDE };
                    [place, self.strings.add(tag.label().as_str()), self.named(text, tag)]
                }
                None => [OUTSIDE, 0, 0],
            };
            for number in [orth].iter().chain(&said) {
                self.tokens.extend_from_slice(&number.to_le_bytes());
            }
        }
        let group = self.group(text)?;
        self.groups.push(Value::Binary(group));
        let name = packed(&map([("name", text.name.as_str().into())]))?;
        self.names.push(Value::Binary(name));
        Ok(())
    }

    fn finish(&mut self, files: &mut dyn Files) -> io::Result<()> {
        let done = std::mem::take(self);
        let count = done.groups.len();
        let spaces = done.tokens.len() / (4 * size_of::<u64>());
        let each = |value: Value| Value::Array(vec![value; count]);
        let message = map([
            ("version", "0.1".into()),
            (
                "attrs",
                Value::Array([ORTH, ENT_IOB, ENT_TYPE, ENT_KB_ID].map(Value::from).to_vec()),
            ),
            ("tokens", Value::Binary(done.tokens)),
            // A space is a token of its own: none follows another token.
            ("spaces", Value::Binary(vec![0; spaces])),
            ("lengths", Value::Binary(done.lengths)),
            (
                "strings",
                Value::Array(done.strings.into_sorted().map(Value::from).collect()),
            ),
            ("cats", each(Value::Map(Vec::new()))),
            ("flags", each(map([("has_unknown_spaces", false.into())]))),
            ("span_groups", Value::Array(done.groups)),
            ("user_data", Value::Array(done.names)),
        ]);
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(&packed(&message)?)?;
        files.append(FILE, &zlib.finish()?)
    }
}

impl DocBin {
    /// The number of the name of what a tag names; 0 for nothing.
    fn named(&mut self, text: &Annotated, tag: &Tag) -> u64 {
        text.entity(tag).map_or(0, |entity| self.strings.add(&entity.name))
    }

    /// All tags as a group of spans. A group stands in a map from its bytes to the names that it has.
    fn group(&mut self, text: &Annotated) -> io::Result<Vec<u8>> {
        let mut spans = Vec::with_capacity(text.tags.len());
        for tag in &text.tags {
            let label = self.strings.add(tag.label().as_str());
            let mut span = Vec::with_capacity(40);
            for number in [0, self.named(text, tag), label] {
                span.extend_from_slice(&number.to_be_bytes());
            }
            // In tokens, and again in characters: both are the same here.
            let (start, end) = <(u32, u32)>::from(tag.range);
            for place in [start, end, start, end] {
                span.extend_from_slice(&place.to_be_bytes());
            }
            spans.push(Value::Binary(span));
        }
        if spans.is_empty() {
            return Ok(Vec::new());
        }
        let group = map([
            ("name", GROUP.into()),
            ("attrs", Value::Map(Vec::new())),
            ("spans", Value::Array(spans)),
        ]);
        let names = Value::Array(vec![GROUP.into()]);
        packed(&Value::Map(vec![(Value::Binary(packed(&group)?), names)]))
    }
}

fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Map(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

fn packed(value: &Value) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, value).map_err(io::Error::other)?;
    Ok(bytes)
}
