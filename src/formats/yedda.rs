//! YEDDA's inline markup: `[@胡勇#PER*]`, and `[$胡勇#PER*]` for what is suggested.
//!
//! YEDDA finds tags with `\[\@.*?\#.*?\*\](?!\#)` on one line and cannot escape anything: a text that has `[@` itself is
//! refused, a tag with one of its signs inside or `#` behind it is left out, and one over a line end is split.

use std::io;
use std::sync::Arc;

use super::intake::is_blank;
use super::loss::{LossKind, leave_out};
use super::{
    Annotated, Entry, Files, Format, Holds, InputFile, Intake, LabelNames, LossReport, Nesting, OffsetUnit, Packing,
    Parts, Purpose, Tag, Writer,
};
use crate::annot::{Mark, Status};
use crate::text::{CharIdx, CharRange, Text};

pub(super) const FORMAT: Format = Format {
    id: "yedda",
    name: "YEDDA",
    purpose: Purpose::Tagging,
    holds: Holds {
        nesting: Nesting::Depth(1),
        ..Holds::TAGS
    },
    offsets: OffsetUnit::Inline,
    packing: Packing::Documents(&[".ann"]),
    labels: LabelNames::Short,
    writer: |_| Box::new(Inline),
    limit,
    reader: Some(read),
    parts: Parts::Whole,
};

fn limit(text: &mut Annotated, report: &mut LossReport) {
    let words = text.text.as_str();
    if opening_in(words).is_some() {
        let what = format!("\"{}\" has the opening of a tag, [@ or [$, as text", text.name);
        report.refused.push(what);
        return;
    }
    if words.starts_with('\u{feff}') {
        report.count(LossKind::Character, || "byte order mark".to_owned());
        let end = text.text.len();
        let without = words.trim_start_matches('\u{feff}').to_owned();
        let gone = end - CharIdx::count(&without);
        *text = text.moved(Text::new(without), |at| CharIdx(at.0.saturating_sub(gone.0)));
    }
    split_at_line_ends(text, report);
    let is_markup = |c: char| matches!(c, '[' | ']' | '@' | '$' | '#' | '*');
    let is_writable = |tag: &Tag| {
        let behind = text.text.char_at(tag.range.end);
        let label = tag.label().as_str();
        behind != Some('#') && !label.contains(is_markup) && !text.text.slice(tag.range).contains(is_markup)
    };
    if !text.tags.iter().all(is_writable) {
        let (kept, gone): (Vec<Tag>, Vec<Tag>) = text.tags.iter().cloned().partition(is_writable);
        leave_out(text, kept, &gone, LossKind::Unwritable, report);
    }
}

fn split_at_line_ends(text: &mut Annotated, report: &mut LossReport) {
    let breaks = |c: char| c == '\n' || c == '\r';
    let mut next_id = text.next_id();
    let mut tags = Vec::with_capacity(text.tags.len());
    for tag in &text.tags {
        let covered = text.text.slice(tag.range);
        if !covered.contains(breaks) {
            tags.push(tag.clone());
            continue;
        }
        report.count(LossKind::Pieces, || text.covered(tag));
        let mut at = tag.range.start;
        let mut id = tag.id.0;
        for line in covered.split(breaks) {
            let range = CharRange::new(at, at + CharIdx::count(line));
            at = range.end + CharIdx(1);
            if !range.is_empty() {
                tags.push(Tag::new(id, range, Arc::clone(&tag.mark)));
                id = next_id;
                next_id += 1;
            }
        }
    }
    text.tags = tags;
    text.settle();
}

struct Inline;

impl Writer for Inline {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let text = &entry.text.text;
        let mut out = String::with_capacity(text.as_str().len() + entry.text.tags.len() * 10);
        let mut from = CharIdx(0);
        for tag in &entry.text.tags {
            out.push_str(text.slice(CharRange::new(from, tag.range.start)));
            out.push_str("[@");
            out.push_str(text.slice(tag.range));
            out.push('#');
            out.push_str(tag.label().as_str());
            out.push_str("*]");
            from = tag.range.end;
        }
        out.push_str(text.slice(CharRange::new(from, text.len())));
        files.append(&format!("{}.ann", entry.stem), out.as_bytes())
    }
}

fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    for file in files {
        match file.text() {
            Ok(marked) => {
                let mut text = read_text(marked, intake, file);
                text.name = format!("{}.txt", file.stem());
                intake.take(file, None, text);
            }
            Err((line, what)) => intake.error(file.name, line, what),
        }
    }
}

/// Where the next `[@` or `[$` begins.
fn opening_in(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'[', bytes).find(|at| matches!(bytes.get(at + 1), Some(b'@' | b'$')))
}

fn read_text(marked: &str, intake: &mut Intake<'_>, file: &InputFile<'_>) -> Annotated {
    let is_plain = |part: &str| opening_in(part).is_none();
    let mut text = String::with_capacity(marked.len());
    let mut chars = 0;
    let mut tags = Vec::new();
    let mut rest = marked;
    while let Some(at) = opening_in(rest) {
        text.push_str(&rest[..at]);
        chars += CharIdx::count(&rest[..at]).0;
        let (opening, inside) = rest[at..].split_at(2);
        let line = inside.split(['\n', '\r']).next().unwrap_or_default();
        let parts = line
            .split_once('#')
            .and_then(|(covered, behind)| Some((covered, behind.split_once("*]")?.0)));
        match parts {
            Some((covered, label)) if !covered.is_empty() && is_plain(covered) && is_plain(label) => {
                let mut mark = intake.plain(label);
                if opening == "[$" {
                    mark = Arc::new(Mark {
                        status: Status::Suggested,
                        ..Mark::clone(&mark)
                    });
                }
                let start = CharIdx(chars);
                let range = CharRange::new(start, start + CharIdx::count(covered));
                if is_blank(label) {
                    let number = 1 + marked[..marked.len() - inside.len()].matches('\n').count();
                    intake.error(file.name, number, format!("the tag on \"{covered}\" has no label"));
                } else {
                    tags.push(Tag::new(CharIdx::from(tags.len() + 1).0, range, mark));
                }
                text.push_str(covered);
                chars = range.end.0;
                rest = &inside[covered.len() + 1 + label.len() + 2..];
            }
            _ => {
                let number = 1 + marked[..marked.len() - inside.len()].matches('\n').count();
                intake.error(
                    file.name,
                    number,
                    format!("{opening} opens a tag that is not closed, or has another in it"),
                );
                text.push_str(opening);
                chars += 2;
                rest = inside;
            }
        }
    }
    text.push_str(rest);
    Annotated {
        text: Arc::new(Text::new(text)),
        tags,
        ..Annotated::default()
    }
}
