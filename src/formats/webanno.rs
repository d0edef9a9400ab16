//! WebAnno TSV 3.3, which INCEpTION reads and writes: sentences of tokens in rows, positions in UTF-16 units.
//!
//! Tokens are the characters that are not blank. Text between sentences cannot be stored, and a tag that begins or ends
//! in white space is cut there. `_` is none, `*` a tag without a value, `[n]` joins rows and tells tags at one place
//! apart, `|` stands between those.

mod read;

use std::io;

use super::rows::needs_rows;
use super::sentences::sentences;
use super::utf16::Utf16;
use super::{
    Annotated, Entry, Files, Format, Holds, LabelNames, LossReport, Nesting, OffsetUnit, Packing, Parts, Purpose,
    Writer, line_feeds,
};
use crate::text::{CharIdx, CharRange};

pub(super) const FORMAT: Format = Format {
    id: "webanno",
    name: "WebAnno TSV 3.3",
    purpose: Purpose::Tagging,
    holds: Holds {
        nesting: Nesting::Any,
        entities: true,
        ..Holds::ROWS
    },
    offsets: OffsetUnit::Utf16,
    packing: Packing::Documents(&[".tsv"]),
    labels: LabelNames::Short,
    writer: |_| Box::new(Tsv),
    limit,
    reader: Some(read::read),
    parts: Parts::Whole,
};

const HEADER: &str = "#FORMAT=WebAnno TSV 3.3\n\
    #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\n\n";

fn limit(text: &mut Annotated, report: &mut LossReport) {
    needs_rows(text, report);
    line_feeds(text, report);
    super::cas::named_entities_only(text, report);
}

/// How the text of a sentence is written, and a token: the character and what stands for it. Other control characters
/// have a backslash before them.
const TEXT_ESCAPES: [(char, &str); 6] = [
    ('\\', "\\\\"),
    ('\t', "\\t"),
    ('\n', "\\n"),
    ('\r', "\\r"),
    ('\u{8}', "\\b"),
    ('\u{c}', "\\f"),
];

/// The characters that a value has a backslash before.
const VALUE_MARKUP: &str = "\\[]|_;*";

struct Tsv;

impl Writer for Tsv {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let text = entry.text;
        let units = Utf16::new(text.text.as_str());
        let mut rows = Rows::new(text);
        let mut out = HEADER.to_owned();
        for (number, sentence) in (1..).zip(sentences(text)) {
            if number > 1 {
                out.push('\n');
            }
            if let [first, .., last] | [first @ last] = sentence.as_slice() {
                let words = text.text.slice(CharRange::new(first.at, last.at + CharIdx(1)));
                for line in words.split('\n') {
                    out.push_str("#Text=");
                    push_text(&mut out, line);
                    out.push('\n');
                }
            }
            for (at, token) in (1..).zip(&sentence) {
                let (begin, end) = units.range(CharRange::new(token.at, token.at + CharIdx(1)));
                out.push_str(&format!("{number}-{at}\t{begin}-{end}\t"));
                push_text(&mut out, token.token);
                rows.push_tags(&mut out, token.at);
                out.push_str("\t\n");
            }
        }
        files.append(&format!("{}.tsv", entry.stem), out.as_bytes())
    }
}

/// Goes through the tokens of a text and says what tags stand at each.
struct Rows<'a> {
    text: &'a Annotated,
    /// For each tag the number that joins its rows; 0 where it needs none.
    numbers: Vec<usize>,
    next: usize,
    /// The tags that the last token was in.
    open: Vec<usize>,
}

impl<'a> Rows<'a> {
    fn new(text: &'a Annotated) -> Self {
        // A tag needs a number when it has two tokens, or shares its only one.
        let tokens: Vec<CharIdx> = super::rows::characters(&text.text).iter().map(|one| one.at).collect();
        let first = |range: CharRange| tokens.partition_point(|&at| at < range.start);
        let past = |range: CharRange| tokens.partition_point(|&at| at < range.end);
        let mut covering = vec![0_i64; tokens.len() + 1];
        for tag in &text.tags {
            covering[first(tag.range)] += 1;
            covering[past(tag.range)] -= 1;
        }
        let mut depth = 0;
        for count in &mut covering {
            depth += *count;
            *count = depth;
        }
        let mut count = 0;
        let numbers = text.tags.iter().map(|tag| {
            let (first, past) = (first(tag.range), past(tag.range));
            let shares = past - first > 1 || covering[first] > 1;
            count += usize::from(shares);
            if shares { count } else { 0 }
        });
        Self {
            text,
            numbers: numbers.collect(),
            next: 0,
            open: Vec::new(),
        }
    }

    /// Appends the two columns, each with its tab before it.
    fn push_tags(&mut self, out: &mut String, at: CharIdx) {
        let tags = &self.text.tags;
        self.open.retain(|&tag| tags[tag].range.end > at);
        while let Some(tag) = tags.get(self.next).filter(|tag| tag.range.start <= at) {
            if tag.range.end > at {
                self.open.push(self.next);
            }
            self.next += 1;
        }
        if self.open.is_empty() {
            out.push_str("\t_\t_");
            return;
        }
        let entity = |tag: usize| self.text.entity(&tags[tag]).map(|entity| entity.name.as_str());
        let label = |tag: usize| Some(tags[tag].label().as_str());
        for said in [&entity as &dyn Fn(usize) -> Option<&'a str>, &label] {
            out.push('\t');
            for (place, &tag) in self.open.iter().enumerate() {
                if place > 0 {
                    out.push('|');
                }
                match said(tag) {
                    Some(value) => push_value(out, value),
                    None => out.push('*'),
                }
                if self.numbers[tag] > 0 {
                    out.push_str(&format!("[{}]", self.numbers[tag]));
                }
            }
        }
    }
}

fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match TEXT_ESCAPES.iter().find(|(escaped, _)| *escaped == c) {
            Some((_, escape)) => out.push_str(escape),
            None => {
                // The vertical tab is the one that the reference leaves as it is.
                if c < ' ' && c != '\u{b}' {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
}

fn push_value(out: &mut String, value: &str) {
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            c => {
                if VALUE_MARKUP.contains(c) || (c == '-' && chars.peek() == Some(&'>')) {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
}
