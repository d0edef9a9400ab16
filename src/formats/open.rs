//! An imported text becomes a document of ours.

use std::collections::HashSet;
use std::fmt::Write;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::annotated::{Annotated, Tag};
use super::intake::Imported;
use super::loss::gaps_are_blank;
use crate::annot::document::Parts;
use crate::annot::{Document, Label, LabelId, LabelSet, Source, Span};
use crate::text::{Alignment, CharIdx, Run, Text};

impl Imported {
    /// The document: the one that the file keeps, or one whose raw text is the imported text, and whose reading text is
    /// the same with every line end a line feed. A tag in pieces becomes a span over all of them where only white space
    /// lies between, and a span for each piece where more does.
    #[must_use]
    pub fn into_document(self) -> Document {
        self.document.unwrap_or_else(|| document_of(&self.annotated))
    }
}

fn document_of(raw: &Annotated) -> Document {
    let plain = raw.with_line_feeds();
    let alignment = match &plain {
        None => Alignment::identity(raw.text.len()),
        Some(_) => line_feed_alignment(raw.text.as_str()),
    };
    let reading = plain.as_ref().unwrap_or(raw);
    Document::new(Parts {
        source: Source {
            name: raw.name.clone(),
            sha256: sha256(raw.text.as_str().as_bytes()),
            encoding: "UTF-8".to_owned(),
            newline: newline(raw.text.as_str()).to_owned(),
            text: Text::clone(&raw.text),
        },
        text: Text::clone(&reading.text),
        alignment,
        blocks: reading.blocks.clone(),
        labels: labels_with(&LabelSet::default(), reading.tags.iter().map(Tag::label)),
        spans: spans_of(reading, reading.next_id()),
        entities: reading.entities.clone(),
        relations: reading.relations.clone(),
        meta: reading.meta.clone(),
        ..Parts::default()
    })
}

/// The tags as spans, each in one piece; further pieces are numbered from `next_id`.
pub(super) fn spans_of(text: &Annotated, mut next_id: u32) -> Vec<Span> {
    let mut spans = Vec::with_capacity(text.tags.len());
    for tag in &text.tags {
        let whole = Span {
            id: tag.id,
            range: tag.range,
            mark: Arc::clone(&tag.mark),
        };
        if gaps_are_blank(&text.text, &tag.pieces) {
            spans.push(whole);
            continue;
        }
        for (number, &piece) in tag.pieces.iter().enumerate() {
            let mut part = whole.on(piece);
            if number > 0 {
                part.id.0 = next_id;
                next_id += 1;
            }
            spans.push(part);
        }
    }
    spans
}

/// The set with a label for each of `used` that it does not know; their ids are as they stand in the file.
pub(super) fn labels_with<'a>(labels: &LabelSet, used: impl Iterator<Item = &'a LabelId>) -> LabelSet {
    let mut labels = labels.clone();
    let mut seen = HashSet::new();
    for id in used {
        if !seen.insert(id) || labels.get(id).is_some() {
            continue;
        }
        let (with_new, new) = labels.with_new(id.as_str());
        let named = with_new.iter().map(|label| Label {
            id: if label.id == new { id.clone() } else { label.id.clone() },
            ..label.clone()
        });
        labels = LabelSet::new(named.collect());
    }
    labels
}

/// The alignment of a text with the same text with line feeds only.
fn line_feed_alignment(raw: &str) -> Alignment {
    let mut runs = vec![Run {
        reading: CharIdx(0),
        raw: CharIdx(0),
        len: 0,
    }];
    let mut chars = raw.chars().peekable();
    let (mut reading, mut at) = (0, 0);
    while let Some(c) = chars.next() {
        let begins_run = match c {
            '\r' => {
                // Of CR LF the line feed stays; a lone CR has a line feed in its place, which is another character.
                reading += u32::from(chars.peek() != Some(&'\n'));
                true
            }
            _ => {
                if let Some(run) = runs.last_mut() {
                    run.len += 1;
                }
                reading += 1;
                false
            }
        };
        at += 1;
        if begins_run {
            runs.push(Run {
                reading: CharIdx(reading),
                raw: CharIdx(at),
                len: 0,
            });
        }
    }
    Alignment::new(runs)
}

fn newline(text: &str) -> &'static str {
    let crlf = text.matches("\r\n").count();
    let lf = text.matches('\n').count() - crlf;
    let cr = text.matches('\r').count() - crlf;
    match (lf > 0, crlf > 0, cr > 0) {
        (_, false, false) => "lf",
        (false, true, false) => "crlf",
        (false, false, true) => "cr",
        _ => "mixed",
    }
}

/// SHA-256 in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string cannot fail.
            if write!(hex, "{byte:02x}").is_err() {
                debug_assert!(false);
            }
            hex
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::intake::imported;
    use crate::formats::native;
    use crate::text::CharRange;

    #[test]
    fn an_imported_text_is_a_document_that_saves_and_loads() {
        let mark = Arc::new(imported("DUTY"));
        let annotated = Annotated {
            text: Arc::new(Text::from("记者罗\r\n勇𬱟说\r完\n")),
            tags: vec![
                Tag::new(1, CharRange::of(2, 7), Arc::clone(&mark)),
                Tag::in_pieces(2, vec![CharRange::of(0, 1), CharRange::of(7, 8)], mark).unwrap(),
            ],
            ..Annotated::default()
        };
        let document = Imported {
            annotated,
            document: None,
            journal: None,
        }
        .into_document();
        assert_eq!(document.text().as_str(), "记者罗\n勇𬱟说\n完\n");
        assert_eq!(document.source.newline, "mixed");
        let covered: Vec<&str> = document.spans().iter().map(|span| document.covered(span)).collect();
        assert_eq!(covered, ["记", "罗\n勇𬱟", "说"]);
        assert!(document.labels().get(&"DUTY".into()).is_some());
        let saved = native::save(&document);
        assert_eq!(native::load(&saved).unwrap().document, document);
    }
}
