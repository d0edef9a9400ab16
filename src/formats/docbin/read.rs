//! Reading a DocBin: `doc.ents`, and the groups of `doc.spans` where there are any.

use std::collections::{HashMap, HashSet};
use std::io::{self, BufReader, Read};
use std::sync::Arc;

use flate2::read::ZlibDecoder;
use rmpv::Value;

use super::strings::{Strings, little_endian};
use super::{BEGINS, ENT_IOB, ENT_KB_ID, ENT_TYPE, INSIDE, ORTH};
use crate::formats::cas::entity;
use crate::formats::intake::imported;
use crate::formats::{Annotated, InputFile, Intake, Source, Tag};
use crate::text::{CharIdx, CharRange, Text};

/// A file that unpacks to more than this is refused: more than a DocBin can hold.
const LARGEST: u64 = 5 << 30;
/// Tokens for which memory is set aside before they come.
const MOST_RESERVED: usize = 1 << 26;
/// Bytes of one span in a group.
const SPAN: usize = 40;

pub(super) fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    for file in files {
        read_file(file.bytes, file.name, intake);
    }
}

pub(super) fn read_large(
    file: Box<dyn Source>,
    name: &str,
    _beside: &[InputFile<'_>],
    intake: &mut Intake<'_>,
) -> io::Result<()> {
    read_file(file, name, intake);
    Ok(())
}

fn read_file(file: impl Read, name: &str, intake: &mut Intake<'_>) {
    let mut unpacked = BufReader::new(ZlibDecoder::new(BufReader::new(file))).take(LARGEST);
    let done = Columns::read(&mut unpacked).and_then(|columns| read_docs(&columns, name, intake));
    if let Err(what) = done {
        let what = match unpacked.limit() {
            0 => format!("this unpacks to more than {LARGEST} bytes"),
            _ => what,
        };
        intake.error(name, None, what);
    }
}

fn no_docbin(error: impl std::fmt::Display) -> String {
    format!("this is no DocBin: {error}")
}

fn value(bytes: &mut impl Read) -> Result<Value, String> {
    rmpv::decode::read_value(bytes).map_err(no_docbin)
}

/// What stands under a key.
fn part<'a>(map: &'a Value, key: &str) -> Option<&'a Value> {
    let entries = map.as_map()?;
    entries
        .iter()
        .find(|(found, _)| found.as_str() == Some(key))
        .map(|(_, value)| value)
}

/// The bytes of a big-endian number.
fn number(bytes: &mut impl Read, len: usize) -> Result<usize, String> {
    let mut read = [0; 4];
    let read = &mut read[..len];
    bytes.read_exact(read).map_err(no_docbin)?;
    Ok(read.iter().fold(0, |number, byte| (number << 8) | usize::from(*byte)))
}

/// How many bytes stand behind the mark of a binary.
fn binary(bytes: &mut impl Read) -> Result<usize, String> {
    match number(bytes, 1)? {
        0xc4 => number(bytes, 1),
        0xc5 => number(bytes, 2),
        0xc6 => number(bytes, 4),
        _ => Err(no_docbin("its tokens are no bytes")),
    }
}

/// What a token says: its word, its place in an entity, the entity's label and name.
type Token = [u64; 4];

/// The file, column by column. Tokens are four bytes each: text has few that differ.
struct Columns {
    tokens: Vec<u32>,
    kinds: Vec<Token>,
    spaces: Vec<u8>,
    lengths: Vec<u8>,
    strings: Strings,
    groups: Vec<Value>,
    data: Vec<Value>,
    flags: Vec<Value>,
}

impl Columns {
    fn read(file: &mut impl Read) -> Result<Self, String> {
        let entries = match number(file, 1)? {
            map @ 0x80..=0x8f => map & 0x0f,
            0xde => number(file, 2)?,
            0xdf => number(file, 4)?,
            _ => return Err(no_docbin("it is no map")),
        };
        let mut columns = Self {
            tokens: Vec::new(),
            kinds: Vec::new(),
            spaces: Vec::new(),
            lengths: Vec::new(),
            strings: Strings::new(std::iter::empty()),
            groups: Vec::new(),
            data: Vec::new(),
            flags: Vec::new(),
        };
        let mut attrs: Vec<u64> = Vec::new();
        let mut has_lengths = false;
        for _ in 0..entries {
            let key = value(file)?;
            let list = |value| match value {
                Value::Array(list) => list,
                _ => Vec::new(),
            };
            match key.as_str().unwrap_or_default() {
                "attrs" => attrs = list(value(file)?).iter().filter_map(Value::as_u64).collect(),
                "tokens" => {
                    let len = binary(file)?;
                    columns.read_tokens(&attrs, len, file)?;
                }
                "spaces" => columns.spaces = bytes(value(file)?, "spaces")?,
                "lengths" => {
                    columns.lengths = bytes(value(file)?, "lengths")?;
                    has_lengths = true;
                }
                "strings" => {
                    let strings = list(value(file)?);
                    columns.strings = Strings::new(strings.iter().filter_map(Value::as_str));
                }
                "span_groups" => columns.groups = list(value(file)?),
                "user_data" => columns.data = list(value(file)?),
                "flags" => columns.flags = list(value(file)?),
                _ => drop(value(file)?),
            }
        }
        if !has_lengths {
            return Err("there are no \"lengths\"".to_owned());
        }
        Ok(columns)
    }

    fn read_tokens(&mut self, attrs: &[u64], len: usize, file: &mut impl Read) -> Result<(), String> {
        let column = |attr: u64| attrs.iter().position(|found| *found == attr);
        let orth = column(ORTH).ok_or("the tokens have no words")?;
        let places = [Some(orth), column(ENT_IOB), column(ENT_TYPE), column(ENT_KB_ID)];
        let mut known: HashMap<Token, u32> = HashMap::new();
        let mut row = vec![0; size_of_val(attrs)];
        let count = len / row.len();
        // What the file says of its length may be a lie.
        self.tokens.reserve_exact(count.min(MOST_RESERVED));
        for _ in 0..count {
            file.read_exact(&mut row).map_err(no_docbin)?;
            let token = places.map(|place| place.map_or(0, |place| little_endian(&row[place * 8..][..8])));
            let next = u32::try_from(self.kinds.len()).map_err(no_docbin)?;
            let kind = *known.entry(token).or_insert(next);
            if kind == next {
                self.kinds.push(token);
            }
            self.tokens.push(kind);
        }
        Ok(())
    }
}

fn bytes(value: Value, key: &str) -> Result<Vec<u8>, String> {
    match value {
        Value::Binary(bytes) => Ok(bytes),
        _ => Err(format!("there are no \"{key}\"")),
    }
}

fn read_docs(columns: &Columns, name: &str, intake: &mut Intake<'_>) -> Result<(), String> {
    let (mut tokens, mut spaces) = (columns.tokens.as_slice(), columns.spaces.as_slice());
    for (index, length) in columns.lengths.chunks_exact(4).enumerate() {
        let length = usize::try_from(little_endian(length)).unwrap_or(usize::MAX);
        let taken = (tokens.split_at_checked(length)).zip(spaces.split_at_checked(length));
        let Some(((own, tokens_left), (own_spaces, spaces_left))) = taken else {
            return Err(format!("document {} has fewer tokens than its length says", index + 1));
        };
        (tokens, spaces) = (tokens_left, spaces_left);
        let flags = columns.flags.get(index);
        let unknown_spaces = flags.and_then(|flags| part(flags, "has_unknown_spaces"));
        let has_spaces = unknown_spaces.and_then(Value::as_bool) != Some(true);
        let rows = own.iter().filter_map(|kind| columns.kinds.get(*kind as usize));
        let rows = rows.zip(own_spaces.iter().map(|space| has_spaces && *space != 0));
        let mut doc = Doc::default();
        let group = columns.groups.get(index).and_then(Value::as_slice).unwrap_or_default();
        let done = doc
            .read_tokens(rows, &columns.strings)
            .and_then(|()| doc.read_groups(group, &columns.strings));
        if let Err(what) = done {
            intake.error(name, None, format!("document {}: {what}", index + 1));
            continue;
        }
        let mut text = doc.finish();
        let data = columns.data.get(index).and_then(Value::as_slice);
        let data = data.and_then(|mut data| value(&mut data).ok());
        let own_name = data
            .as_ref()
            .and_then(|data| part(data, "name"))
            .and_then(Value::as_str);
        text.name = own_name.unwrap_or_default().to_owned();
        intake.take_element(&InputFile { name, bytes: b"" }, index + 1, text);
    }
    Ok(())
}

/// A tag in tokens, as the file says it.
#[derive(PartialEq, Eq, Hash)]
struct Found<'a> {
    start: usize,
    end: usize,
    label: &'a str,
    name: &'a str,
}

#[derive(Default)]
struct Doc<'a> {
    text: String,
    /// Where each token begins and ends, in code points.
    tokens: Vec<CharRange>,
    ents: Vec<Found<'a>>,
    spans: Vec<Found<'a>>,
}

impl<'a> Doc<'a> {
    fn read_tokens<'r>(
        &mut self,
        rows: impl Iterator<Item = (&'r Token, bool)>,
        strings: &'a Strings,
    ) -> Result<(), String> {
        let mut at = CharIdx(0);
        for (index, ([orth, iob, kind, name], space)) in rows.enumerate() {
            let word = strings.get(*orth)?;
            let range = CharRange::new(at, at + CharIdx::count(word));
            self.text.push_str(word);
            self.tokens.push(range);
            at = range.end;
            if space {
                self.text.push(' ');
                at = at + CharIdx(1);
            }
            match (*iob, self.ents.last_mut()) {
                (INSIDE, Some(last)) if last.end == index => last.end += 1,
                (BEGINS | INSIDE, _) => self.ents.push(Found {
                    start: index,
                    end: index + 1,
                    label: strings.get(*kind)?,
                    name: strings.get(*name)?,
                }),
                _ => {}
            }
        }
        Ok(())
    }

    fn read_groups(&mut self, mut group: &[u8], strings: &'a Strings) -> Result<(), String> {
        if group.is_empty() {
            return Ok(());
        }
        let groups = value(&mut group)?;
        let mut packed: Vec<&[u8]> = Vec::new();
        match &groups {
            Value::Map(groups) => packed.extend(groups.iter().filter_map(|(group, _)| group.as_slice())),
            // As spaCy wrote them before 3.2.
            Value::Array(groups) => packed.extend(groups.iter().filter_map(Value::as_slice)),
            _ => return Err("its groups of spans are of an unknown kind".to_owned()),
        }
        for mut group in packed {
            let group = value(&mut group)?;
            let spans = part(&group, "spans").and_then(Value::as_array);
            for span in spans.into_iter().flatten().filter_map(Value::as_slice) {
                if span.len() != SPAN {
                    return Err(format!("a span has {} bytes, not {SPAN}", span.len()));
                }
                let number = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte));
                let place = |bytes: &[u8]| usize::try_from(number(bytes)).unwrap_or(usize::MAX);
                self.spans.push(Found {
                    name: strings.get(number(&span[8..16]))?,
                    label: strings.get(number(&span[16..24]))?,
                    start: place(&span[24..28]),
                    end: place(&span[28..32]),
                });
            }
        }
        Ok(())
    }

    fn finish(self) -> Annotated {
        let mut text = Annotated {
            text: Arc::new(Text::new(self.text)),
            ..Annotated::default()
        };
        // An entity that stands in a group too is one tag.
        let grouped: HashSet<&Found<'_>> = self.spans.iter().collect();
        let ents = self.ents.iter().filter(|ent| !grouped.contains(ent));
        for (id, found) in (1..).zip(self.spans.iter().chain(ents)) {
            let tokens = self.tokens.get(found.start..found.end).unwrap_or_default();
            let range = match (tokens.first(), tokens.last()) {
                (Some(first), Some(last)) => CharRange::new(first.start, last.end),
                // Reported as a tag that does not fit.
                _ => CharRange::default(),
            };
            let mut mark = imported(found.label);
            if !found.name.is_empty() {
                mark.entity = Some(entity(&mut text, found.name, found.label));
            }
            text.tags.push(Tag::new(id, range, Arc::new(mark)));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use crate::formats::{ImportOptions, InputFile, by_id, import};

    /// A damaged file may unpack to a map of nothing.
    #[test]
    fn a_file_without_columns_is_no_empty_one() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(&[0x80]).unwrap();
        let bytes = zlib.finish().unwrap();
        let file = InputFile {
            name: "a.spacy",
            bytes: &bytes,
        };
        let (texts, faults) = import(by_id("docbin").unwrap(), &[file], &ImportOptions::default());
        assert!(texts.is_empty() && faults.len() == 1, "{faults:?}");
    }
}
