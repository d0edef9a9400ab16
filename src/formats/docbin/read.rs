//! Reading a DocBin: `doc.ents`, and the groups of `doc.spans` where there are any.

use std::collections::HashSet;
use std::io::Read;
use std::sync::Arc;

use flate2::read::ZlibDecoder;
use rmpv::Value;

use super::strings::{Strings, little_endian};
use super::{BEGINS, ENT_IOB, ENT_KB_ID, ENT_TYPE, INSIDE, ORTH};
use crate::formats::cas::entity;
use crate::formats::intake::imported;
use crate::formats::{Annotated, InputFile, Intake, Tag};
use crate::text::{CharIdx, CharRange, Text};

/// A file that unpacks to more than this is refused.
const LARGEST: u64 = 2 << 30;
/// Bytes of one span in a group.
const SPAN: usize = 40;

pub(super) fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    for file in files {
        let done = unpacked(file.bytes).and_then(|message| read_message(&message, file, intake));
        if let Err(what) = done {
            intake.error(file.name, None, what);
        }
    }
}

fn unpacked(bytes: &[u8]) -> Result<Value, String> {
    let mut unpacked = Vec::new();
    let mut zlib = ZlibDecoder::new(bytes).take(LARGEST + 1);
    zlib.read_to_end(&mut unpacked)
        .map_err(|error| format!("this is no DocBin: {error}"))?;
    if unpacked.len() as u64 > LARGEST {
        return Err(format!("this unpacks to more than {LARGEST} bytes"));
    }
    value(&unpacked)
}

fn value(mut bytes: &[u8]) -> Result<Value, String> {
    rmpv::decode::read_value(&mut bytes).map_err(|error| format!("this is no DocBin: {error}"))
}

/// What stands under a key.
fn part<'a>(map: &'a Value, key: &str) -> Option<&'a Value> {
    let entries = map.as_map()?;
    entries
        .iter()
        .find(|(found, _)| found.as_str() == Some(key))
        .map(|(_, value)| value)
}

fn bytes<'a>(map: &'a Value, key: &str) -> Result<&'a [u8], String> {
    part(map, key)
        .and_then(Value::as_slice)
        .ok_or_else(|| format!("there are no \"{key}\""))
}

fn list<'a>(map: &'a Value, key: &str) -> &'a [Value] {
    part(map, key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn read_message(message: &Value, file: &InputFile<'_>, intake: &mut Intake<'_>) -> Result<(), String> {
    let attrs: Vec<u64> = list(message, "attrs").iter().filter_map(Value::as_u64).collect();
    let strings = Strings::new(list(message, "strings").iter().filter_map(Value::as_str));
    let columns = Columns::new(&attrs)?;
    let row = attrs.len() * size_of::<u64>();
    let (mut tokens, mut spaces) = (bytes(message, "tokens")?, bytes(message, "spaces")?);
    let (groups, data, flags) = (
        list(message, "span_groups"),
        list(message, "user_data"),
        list(message, "flags"),
    );
    for (number, length) in bytes(message, "lengths")?.chunks_exact(4).enumerate() {
        let length = usize::try_from(little_endian(length)).unwrap_or(usize::MAX);
        let taken = (tokens.split_at_checked(length.saturating_mul(row))).zip(spaces.split_at_checked(length));
        let Some(((own, tokens_left), (own_spaces, spaces_left))) = taken else {
            return Err(format!("document {} has fewer tokens than its length says", number + 1));
        };
        (tokens, spaces) = (tokens_left, spaces_left);
        let unknown_spaces = flags.get(number).and_then(|flags| part(flags, "has_unknown_spaces"));
        let has_spaces = unknown_spaces.and_then(Value::as_bool) != Some(true);
        let rows = own
            .chunks_exact(row)
            .zip(own_spaces.iter().map(|space| has_spaces && *space != 0));
        let mut doc = Doc::default();
        let group = groups.get(number).and_then(Value::as_slice).unwrap_or_default();
        let name = data
            .get(number)
            .and_then(Value::as_slice)
            .and_then(|data| value(data).ok());
        let done = doc
            .read_tokens(rows, &columns, &strings)
            .and_then(|()| doc.read_groups(group, &strings));
        if let Err(what) = done {
            intake.error(file.name, None, format!("document {}: {what}", number + 1));
            continue;
        }
        let mut text = doc.finish();
        let name = name
            .as_ref()
            .and_then(|data| part(data, "name"))
            .and_then(Value::as_str);
        text.name = name.unwrap_or_default().to_owned();
        intake.take(file, None, text);
    }
    Ok(())
}

/// Where in a token's row its numbers stand.
struct Columns {
    orth: usize,
    iob: Option<usize>,
    kind: Option<usize>,
    name: Option<usize>,
}

impl Columns {
    fn new(attrs: &[u64]) -> Result<Self, String> {
        let column = |attr: u64| attrs.iter().position(|found| *found == attr);
        Ok(Self {
            orth: column(ORTH).ok_or("the tokens have no words")?,
            iob: column(ENT_IOB),
            kind: column(ENT_TYPE),
            name: column(ENT_KB_ID),
        })
    }
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
        rows: impl Iterator<Item = (&'r [u8], bool)>,
        columns: &Columns,
        strings: &Strings<'a>,
    ) -> Result<(), String> {
        let mut at = CharIdx(0);
        for (index, (row, space)) in rows.enumerate() {
            let number = |column: usize| little_endian(&row[column * 8..][..8]);
            let word = strings.get(number(columns.orth))?;
            let range = CharRange::new(at, at + CharIdx::count(word));
            self.text.push_str(word);
            self.tokens.push(range);
            at = range.end;
            if space {
                self.text.push(' ');
                at = at + CharIdx(1);
            }
            let said = |column: Option<usize>| column.map_or(Ok(""), |column| strings.get(number(column)));
            match (columns.iob.map(number), self.ents.last_mut()) {
                (Some(INSIDE), Some(last)) if last.end == index => last.end += 1,
                (Some(BEGINS | INSIDE), _) => self.ents.push(Found {
                    start: index,
                    end: index + 1,
                    label: said(columns.kind)?,
                    name: said(columns.name)?,
                }),
                _ => {}
            }
        }
        Ok(())
    }

    fn read_groups(&mut self, group: &[u8], strings: &Strings<'a>) -> Result<(), String> {
        if group.is_empty() {
            return Ok(());
        }
        let groups = value(group)?;
        let mut packed: Vec<&[u8]> = Vec::new();
        match &groups {
            Value::Map(groups) => packed.extend(groups.iter().filter_map(|(group, _)| group.as_slice())),
            // As spaCy wrote them before 3.2.
            Value::Array(groups) => packed.extend(groups.iter().filter_map(Value::as_slice)),
            _ => return Err("its groups of spans are of an unknown kind".to_owned()),
        }
        for group in packed {
            let group = value(group)?;
            for span in list(&group, "spans").iter().filter_map(Value::as_slice) {
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
