//! brat's standoff: `.txt` with the text, `.ann` with the tags, and `annotation.conf` for the whole.
//!
//! A tag that holds a line end must be written in fragments, joined by one space in the text column; brat reads its
//! files by Python's line ends, so every character that is one counts. Line ends are line feeds: with CR LF brat's
//! server and its window count differently (nlplab/brat#853).

mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;

use serde_json::Value;

use super::loss::{LossKind, leave_out};
use super::{
    Annotated, Entry, Files, Format, Holds, LabelNames, LossReport, OffsetUnit, Packing, Parts, Purpose, Tag, Writer,
    line_feeds,
};
use crate::text::{CharIdx, CharRange};

const CONFIG_FILE: &str = "annotation.conf";
/// The database that references to our entities name.
const DATABASE: &str = "zhupi";

pub(super) const FORMAT: Format = Format {
    id: "brat",
    name: "brat standoff",
    purpose: Purpose::Tagging,
    holds: Holds {
        status: false,
        ..Holds::ALL
    },
    offsets: OffsetUnit::CodePoint,
    packing: Packing::Documents(&[".txt", ".ann"]),
    labels: LabelNames::Own,
    writer: |_| Box::new(Standoff::default()),
    limit,
    reader: Some(read::read),
    parts: Parts::Whole,
};

/// Whether a reader in Python breaks a line at the character (`str.splitlines`).
fn breaks_line(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Cuts tags at line ends, and leaves out those that have nothing else.
fn limit(text: &mut Annotated, report: &mut LossReport) {
    line_feeds(text, report);
    for relation in &mut text.relations {
        let word = one_word(&relation.label);
        if word != relation.label {
            report.count(LossKind::Character, || relation.label.clone());
            relation.label = word;
        }
    }
    if !text.text.as_str().contains(breaks_line) {
        return;
    }
    let (mut kept, mut gone) = (Vec::with_capacity(text.tags.len()), Vec::new());
    for tag in std::mem::take(&mut text.tags) {
        let pieces = tag
            .pieces()
            .iter()
            .flat_map(|&piece| fragments(text.text.slice(piece), piece.start));
        match Tag::in_pieces(tag.id.0, pieces.collect(), tag.mark.clone()) {
            Some(cut) => kept.push(cut),
            None => gone.push(tag),
        }
    }
    leave_out(text, kept, &gone, LossKind::Unwritable, report);
    text.settle();
}

/// The stretches of `covered`, which begins at `start`, between its line ends.
fn fragments(covered: &str, start: CharIdx) -> Vec<CharRange> {
    let mut at = start;
    let lines = covered.split(breaks_line).map(|line| {
        let range = CharRange::new(at, at + CharIdx::count(line));
        at = range.end + CharIdx(1);
        range
    });
    lines.collect()
}

/// What the configuration must declare.
#[derive(Default)]
struct Standoff {
    labels: BTreeSet<String>,
    relations: BTreeSet<String>,
    attributes: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Writer for Standoff {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        files.append(&format!("{}.txt", entry.stem), entry.text.text.as_str().as_bytes())?;
        let ann = self.standoff(entry.text).map_err(io::Error::other)?;
        files.append(&format!("{}.ann", entry.stem), ann.as_bytes())
    }

    fn finish(&mut self, files: &mut dyn Files) -> io::Result<()> {
        let mut config = String::from("[entities]\n");
        for label in &self.labels {
            config += &format!("{label}\n");
        }
        config += "\n[relations]\n";
        for relation in &self.relations {
            config += &format!("{relation}\tArg1:<ENTITY>, Arg2:<ENTITY>\n");
        }
        config += "\n[events]\n\n[attributes]\n";
        for (name, values) in &self.attributes {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            config += &format!("{name}\tArg:<ENTITY>, Value:{}\n", values.join("|"));
        }
        files.append(CONFIG_FILE, config.as_bytes())
    }
}

impl Standoff {
    fn standoff(&mut self, text: &Annotated) -> Result<String, std::fmt::Error> {
        let mut ann = String::new();
        for tag in &text.tags {
            let label = tag.label().as_str();
            write!(ann, "T{}\t{label} ", tag.id.0)?;
            for (number, piece) in tag.pieces().iter().enumerate() {
                let semicolon = if number > 0 { ";" } else { "" };
                write!(ann, "{semicolon}{} {}", piece.start.0, piece.end.0)?;
            }
            writeln!(ann, "\t{}", text.covered(tag))?;
            if !self.labels.contains(label) {
                self.labels.insert(label.to_owned());
            }
        }
        for (number, relation) in (1..).zip(&text.relations) {
            let label = &relation.label;
            writeln!(
                ann,
                "R{number}\t{label} Arg1:T{} Arg2:T{}\t",
                relation.from.0, relation.to.0
            )?;
            self.relations.insert(label.clone());
        }
        let (mut attribute, mut reference, mut note) = (0, 0, 0);
        for tag in &text.tags {
            let id = tag.id.0;
            if let Some(entity) = text.entity(tag) {
                reference += 1;
                let name = escaped(&entity.name);
                writeln!(ann, "N{reference}\tReference T{id} {DATABASE}:e{}\t{name}", entity.id.0)?;
            }
            if !tag.mark.note.is_empty() {
                note += 1;
                writeln!(ann, "#{note}\tAnnotatorNotes T{id}\t{}", escaped(&tag.mark.note))?;
            }
            let Some(value) = &tag.mark.value else { continue };
            for (name, said) in shown(value) {
                attribute += 1;
                let said = one_word(said);
                writeln!(ann, "A{attribute}\t{name} T{id} {said}")?;
                self.attributes.entry(name).or_default().insert(said);
            }
            note += 1;
            writeln!(ann, "#{note}\tValue T{id}\t{}", escaped(&value.to_string()))?;
        }
        Ok(ann)
    }
}

/// What of a value brat shows at the tag; the whole of it is in a note.
fn shown(value: &Value) -> Vec<(&'static str, &str)> {
    let kind = value.get("kind").and_then(Value::as_str);
    let unit = value.pointer("/unit/code").and_then(Value::as_str);
    let named = [("Kind", kind), ("Unit", unit)];
    named
        .iter()
        .filter_map(|(name, said)| Some((*name, (*said)?)))
        .collect()
}

/// A type or an attribute's value: brat splits at spaces.
fn one_word(text: &str) -> String {
    let word: String = (text.chars())
        .map(|c| if super::annotated::is_blank(c) { '_' } else { c })
        .collect();
    if word.is_empty() { "_".to_owned() } else { word }
}

/// A note on one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            c if breaks_line(c) => escaped.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => escaped.push(c),
        }
    }
    escaped
}
