//! neat's table for historical newspapers: a row a character, two columns for tags (the outer and one inside it), and
//! places on the page image, which are 0 here.
//!
//! Rows are numbered from 1 in each sentence. Nothing is quoted. Header and columns as in neat's `example_nerd.tsv`.

use std::io;

use super::rows::{RowText, Scheme, characters, needs_rows, places, sentence_starts};
use super::{
    Entry, Files, Format, Holds, InputFile, Intake, LabelNames, Nesting, OffsetUnit, Packing, Parts, Purpose, Tag,
    Writer,
};
use crate::text::CharIdx;

const HEADER: &str = "No.\tTOKEN\tNE-TAG\tNE-EMB\tID\turl_id\tleft\tright\ttop\tbottom\n";

pub(super) const FORMAT: Format = Format {
    id: "neat",
    name: "neat",
    purpose: Purpose::Edition,
    holds: Holds {
        nesting: Nesting::Depth(2),
        ..Holds::ROWS
    },
    offsets: OffsetUnit::Token,
    packing: Packing::Documents(&[".tsv"]),
    labels: LabelNames::Short,
    writer: |_| Box::new(Table),
    limit: needs_rows,
    reader: Some(read),
    parts: Parts::Whole,
};

struct Table;

impl Writer for Table {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let text = entry.text;
        let characters = characters(&text.text);
        let mut end = CharIdx(0);
        let (outer, inner): (Vec<&Tag>, Vec<&Tag>) = text.tags.iter().partition(|tag| {
            let is_outer = tag.range.start >= end;
            end = end.max(tag.range.end);
            is_outer
        });
        let outer = places(&characters, outer);
        let inner = places(&characters, inner);
        let starts = sentence_starts(&characters, &outer);
        let mut out = Vec::with_capacity(characters.len() * 32);
        out.extend_from_slice(HEADER.as_bytes());
        let mut number = 0;
        for (index, character) in characters.iter().enumerate() {
            number = if starts[index] { 1 } else { number + 1 };
            out.extend_from_slice(format!("{number}\t{}\t", character.token).as_bytes());
            Scheme::Bio.push(&mut out, outer[index]);
            out.push(b'\t');
            Scheme::Bio.push(&mut out, inner[index]);
            out.extend_from_slice(b"\t-\t0\t0\t0\t0\t0\n");
        }
        files.append(&format!("{}.tsv", entry.stem), &out)
    }
}

fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    for file in files {
        let mut text = RowText::default();
        let mut last = 0;
        intake.each_line(file, |intake, number, line| {
            let Ok(line) = std::str::from_utf8(line) else {
                return intake.error(file.name, number, "this is not UTF-8");
            };
            let columns: Vec<&str> = line.split('\t').collect();
            match columns.as_slice() {
                // The header, and the address of a page image.
                ["No.", ..] | ["#", ..] => {}
                [count, token, tag, inner, ..] => {
                    let Ok(count) = count.parse::<u32>() else {
                        return intake.error(file.name, number, format!("\"{count}\" is no number of a row"));
                    };
                    if count <= last {
                        text.end_sentence();
                    }
                    last = count;
                    if !token.is_empty()
                        && let Err(what) = text.push(token, [*tag, *inner], intake)
                    {
                        intake.error(file.name, number, what);
                    }
                }
                _ => intake.error(file.name, number, "a row has a number, a token and two columns of tags"),
            }
        });
        if !text.is_empty() {
            intake.take(file, None, text.finish());
        }
    }
}
