//! CoNLL rows, a character a row: `字<TAB>B-PER`, an empty line between sentences, in the schemes BIO, BIOES and BMES.
//!
//! Blank characters have no row; a reader that splits at white space would lose count over U+3000. Between documents
//! stands a row `-DOCSTART-<TAB>O`, as in CoNLL-2003.

use std::io;

use super::intake::LONGEST_LINE;
use super::rows::{RowText, Scheme, characters, needs_rows, places, sentence_starts};
use super::{Entry, Files, Format, Holds, InputFile, Intake, LabelNames, OffsetUnit, Packing, Parts, Purpose, Writer};

const DOCUMENT_START: &str = "-DOCSTART-";

const fn format(id: &'static str, name: &'static str, file: &'static str, writer: super::MakeWriter) -> Format {
    Format {
        id,
        name,
        purpose: Purpose::Training,
        holds: Holds::ROWS,
        offsets: OffsetUnit::Token,
        packing: Packing::Set(file),
        labels: LabelNames::Short,
        writer,
        limit: needs_rows,
        reader: Some(read),
        parts: Parts::Sections(b"-DOCSTART-"),
    }
}

pub(super) const BIO: Format = format("conll-bio", "CoNLL by character, BIO", "conll-bio.tsv", |_| {
    rows(Scheme::Bio, "conll-bio.tsv")
});
pub(super) const BIOES: Format = format("conll-bioes", "CoNLL by character, BIOES", "conll-bioes.tsv", |_| {
    rows(Scheme::Bioes, "conll-bioes.tsv")
});
pub(super) const BMES: Format = format("conll-bmes", "CoNLL by character, BMES", "conll-bmes.tsv", |_| {
    rows(Scheme::Bmes, "conll-bmes.tsv")
});

fn rows(scheme: Scheme, file: &'static str) -> Box<dyn Writer> {
    Box::new(Rows { scheme, file })
}

struct Rows {
    scheme: Scheme,
    file: &'static str,
}

impl Writer for Rows {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let text = entry.text;
        let characters = characters(&text.text);
        let places = places(&characters, &text.tags);
        let starts = sentence_starts(&characters, &places);
        let mut out = Vec::with_capacity(characters.len() * 8);
        if entry.number > 1 {
            out.extend_from_slice(DOCUMENT_START.as_bytes());
            out.extend_from_slice(b"\tO\n\n");
        }
        for ((character, place), starts) in characters.iter().zip(&places).zip(&starts) {
            if *starts {
                out.push(b'\n');
            }
            out.extend_from_slice(character.token.as_bytes());
            out.push(b'\t');
            self.scheme.push(&mut out, *place);
            out.push(b'\n');
        }
        out.push(b'\n');
        files.append(self.file, &out)
    }
}

/// Reads rows of any of the schemes: the token first, its tag last, between them what there may be, split by tabs or, in
/// a row without one, by white space.
fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    for file in files {
        let mut text = RowText::default();
        let bytes = file.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file.bytes);
        for (number, line) in (1..).zip(super::intake::lines(bytes)) {
            if line.is_empty() {
                text.end_sentence();
                continue;
            }
            let line = match std::str::from_utf8(line) {
                Ok(line) if line.len() <= LONGEST_LINE => line,
                Ok(_) => {
                    intake.error(
                        file.name,
                        number,
                        format!("this line is longer than {LONGEST_LINE} bytes"),
                    );
                    continue;
                }
                Err(_) => {
                    intake.error(file.name, number, "this is not UTF-8");
                    continue;
                }
            };
            let columns = if line.contains('\t') {
                line.split_once('\t').zip(line.rsplit_once('\t'))
            } else {
                let line = line.trim();
                line.split_once(char::is_whitespace)
                    .zip(line.rsplit_once(char::is_whitespace))
            };
            match columns.map(|((token, _), (_, tag))| (token, tag)) {
                Some((DOCUMENT_START, _)) => {
                    if !text.is_empty() {
                        intake.take(file, number, text.finish());
                    }
                }
                Some((token, tag)) if !token.is_empty() => {
                    if let Err(what) = text.push(token, [tag], intake) {
                        intake.error(file.name, number, what);
                    }
                }
                None if line.trim().is_empty() => text.end_sentence(),
                _ => intake.error(file.name, number, "this row has no token and tag"),
            }
        }
        if !text.is_empty() {
            intake.take(file, None, text.finish());
        }
    }
}
