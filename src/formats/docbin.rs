//! spaCy's DocBin, the `.spacy` file that `spacy train` reads: MessagePack, packed by zlib.
//!
//! Tokens are characters, as spaCy's own Chinese segments by default. `doc.ents` has the tags that lie side by side and do
//! not begin or end with white space, for training a recogniser; the group `sc` of `doc.spans` has all of them, for a span
//! categoriser. Strings stand for themselves once; everywhere else is their number.

mod read;
mod strings;

use std::io::{self, BufWriter, Read as _, Write as _};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use rmpv::Value;

use self::strings::Listed;
use super::cas::named_entities_only;
use super::loss::side_by_side;
use super::{
    Annotated, Entry, Files, Format, Holds, LabelNames, OffsetUnit, Overlap, Packing, Parts, Purpose, Tag, Writer,
};
use crate::text::CharRange;

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
    purpose: Purpose::Training,
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
    parts: Parts::Seek(read::read_large),
};

/// All documents so far, as small as they can be told: the file has them column by column, each with its length before
/// it, so that none can be written before all are there.
#[derive(Default)]
struct DocBin {
    overlap: Overlap,
    strings: Listed,
    docs: Vec<Doc>,
    /// Characters in all of them.
    tokens: usize,
    groups: Vec<Value>,
    names: Vec<Value>,
}

struct Doc {
    text: Box<str>,
    entities: Vec<Entity>,
}

/// A tag of `doc.ents`.
struct Entity {
    range: CharRange,
    label: u64,
    name: u64,
}

/// Bytes of a token: four numbers.
const TOKEN: usize = 4 * size_of::<u64>();

impl Writer for DocBin {
    fn add(&mut self, entry: &Entry<'_>, _files: &mut dyn Files) -> io::Result<()> {
        let text = entry.text;
        self.tokens += text.text.len().to_usize();
        if self.tokens > u32::MAX as usize / TOKEN {
            let most = u32::MAX as usize / TOKEN;
            return Err(io::Error::other(format!(
                "a DocBin holds {most} characters; split the documents"
            )));
        }
        let is_trainable = |tag: &&Tag| {
            let covered = text.text.slice(tag.range);
            covered.trim().len() == covered.len()
        };
        let tags = text.tags.iter().filter(is_trainable).cloned().collect();
        let (entities, _) = side_by_side(tags, self.overlap);
        let entities = entities.iter().map(|tag| Entity {
            range: tag.range,
            label: self.strings.add(tag.label().as_str()),
            name: text.entity(tag).map_or(0, |entity| self.strings.add(&entity.name)),
        });
        let doc = Doc {
            entities: entities.collect(),
            text: text.text.as_str().into(),
        };
        for (byte, c) in doc.text.char_indices() {
            self.strings.add(&doc.text[byte..byte + c.len_utf8()]);
        }
        self.docs.push(doc);
        let group = self.group(text)?;
        self.groups.push(Value::Binary(group));
        let name = packed(&map([("name", text.name.as_str().into())]))?;
        self.names.push(Value::Binary(name));
        Ok(())
    }

    fn finish(&mut self, files: &mut dyn Files) -> io::Result<()> {
        let mut done = std::mem::take(self);
        let count = done.docs.len();
        let file = BufWriter::with_capacity(1 << 20, Appending { files });
        let mut out = ZlibEncoder::new(file, Compression::default());
        let write =
            |out: &mut ZlibEncoder<_>, value: &Value| rmpv::encode::write_value(out, value).map_err(io::Error::other);
        let each = |value: Value| Value::Array(vec![value; count]);
        /// A map of ten entries.
        const MAP: u8 = 0x80 | 10;
        out.write_all(&[MAP])?;
        for (key, value) in [
            ("version", "0.1".into()),
            (
                "attrs",
                Value::Array([ORTH, ENT_IOB, ENT_TYPE, ENT_KB_ID].map(Value::from).to_vec()),
            ),
        ] {
            write(&mut out, &key.into())?;
            write(&mut out, &value)?;
        }
        write(&mut out, &"tokens".into())?;
        binary(&mut out, done.tokens * TOKEN)?;
        for doc in &done.docs {
            out.write_all(&doc.tokens(&mut done.strings))?;
        }
        write(&mut out, &"spaces".into())?;
        // A space is a token of its own: none follows another token.
        binary(&mut out, done.tokens)?;
        io::copy(&mut io::repeat(0).take(done.tokens as u64), &mut out)?;
        let mut lengths = Vec::with_capacity(count * size_of::<i32>());
        for doc in std::mem::take(&mut done.docs) {
            let len = i32::try_from(doc.text.chars().count()).map_err(io::Error::other)?;
            lengths.extend_from_slice(&len.to_le_bytes());
        }
        let strings = done.strings.sorted().into_iter().map(Value::from).collect();
        for (key, value) in [
            ("lengths", Value::Binary(lengths)),
            ("strings", Value::Array(strings)),
            ("cats", each(Value::Map(Vec::new()))),
            ("flags", each(map([("has_unknown_spaces", false.into())]))),
            ("span_groups", Value::Array(done.groups)),
            ("user_data", Value::Array(done.names)),
        ] {
            write(&mut out, &key.into())?;
            write(&mut out, &value)?;
        }
        out.finish()?.flush()
    }
}

/// The file, written as it comes.
struct Appending<'a> {
    files: &'a mut dyn Files,
}

impl io::Write for Appending<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.files.append(FILE, bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What stands before so many bytes.
fn binary(out: &mut impl io::Write, len: usize) -> io::Result<()> {
    let len = u32::try_from(len).map_err(io::Error::other)?;
    out.write_all(&[0xc6])?;
    out.write_all(&len.to_be_bytes())
}

impl Doc {
    /// Its tokens, one a character. The strings have all of them.
    fn tokens(&self, strings: &mut Listed) -> Vec<u8> {
        let mut tokens = Vec::with_capacity(self.text.len() / 3 * TOKEN);
        let mut entities = self.entities.iter().peekable();
        for (at, (byte, c)) in (0..).zip(self.text.char_indices()) {
            let orth = strings.add(&self.text[byte..byte + c.len_utf8()]);
            entities.next_if(|entity| entity.range.end.0 <= at);
            let here = entities.peek().filter(|entity| entity.range.start.0 <= at);
            let said = match here {
                Some(entity) if entity.range.start.0 == at => [BEGINS, entity.label, entity.name],
                Some(entity) => [INSIDE, entity.label, entity.name],
                None => [OUTSIDE, 0, 0],
            };
            for number in [orth].iter().chain(&said) {
                tokens.extend_from_slice(&number.to_le_bytes());
            }
        }
        tokens
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
