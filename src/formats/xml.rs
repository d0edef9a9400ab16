//! XML: what a text must not hold, how it is written, and a reader that refuses what is made to harm.

use std::sync::Arc;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::annotated::Annotated;
use super::intake::InputFile;
use super::loss::{LossKind, LossReport};
use crate::annot::Mark;
use crate::text::Text;

/// Elements in each other beyond this depth are refused: no annotated text needs them, and a reader would run out of
/// memory on a file that is nothing else.
const DEEPEST: usize = 256;

/// Whether XML 1.0 has no way to write the character, not even as a reference (the production `Char`).
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Puts U+FFFD in the place of every character that XML cannot hold, in the text and in all that is said of it, so that
/// no position moves; counts them.
pub(super) fn no_forbidden_characters(text: &mut Annotated, report: &mut LossReport) {
    if let Some(words) = replaced(text.text.as_str(), report) {
        text.text = Arc::new(Text::new(words));
    }
    for tag in &mut text.tags {
        let mark = &tag.mark;
        let note = replaced(&mark.note, report);
        let label = replaced(mark.label.as_str(), report);
        if note.is_none() && label.is_none() {
            continue;
        }
        tag.mark = Arc::new(Mark {
            note: note.unwrap_or_else(|| mark.note.clone()),
            label: label.map_or_else(|| mark.label.clone(), |label| label.as_str().into()),
            ..Mark::clone(mark)
        });
    }
    for entity in &mut text.entities {
        if let Some(name) = replaced(&entity.name, report) {
            entity.name = name;
        }
    }
    for relation in &mut text.relations {
        if let Some(label) = replaced(&relation.label, report) {
            relation.label = label;
        }
    }
}

fn replaced(words: &str, report: &mut LossReport) -> Option<String> {
    if !words.contains(is_forbidden) {
        return None;
    }
    let writable = words.chars().map(|c| {
        if is_forbidden(c) {
            report.count(LossKind::Character, || format!("U+{:04X}", u32::from(c)));
            '\u{fffd}'
        } else {
            c
        }
    });
    Some(writable.collect())
}

/// Appends text as the content of an element.
pub(super) fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // As it stands a parser would make it a line feed.
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

/// Appends ` name="value"`.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            // As they stand a parser would make them spaces.
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// A value as JSON that XML can hold.
pub(super) fn json_text(value: &serde_json::Value) -> String {
    let text = value.to_string();
    match text.contains(['\u{fffe}', '\u{ffff}']) {
        true => text.replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff"),
        false => text,
    }
}

/// What a file holds, one after the other.
pub(super) enum Node<'a> {
    /// An element begins.
    Start(&'a Element),
    /// The last one that is open ends.
    End,
    /// Text, with references resolved.
    Text(&'a str),
}

/// An element: its name without a prefix, and its attributes.
pub(super) struct Element {
    /// The name without a prefix.
    pub name: String,
    /// The namespace prefix, empty where there is none.
    pub prefix: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// An attribute's value, by its name as it is written (`xml:id`).
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str())
    }

    /// All attributes, by their names as they are written.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Reads a file and hands each node to `each`, with its line. No entity is known but XML's own five: a document type
/// that declares others is refused, and so nothing can grow on expansion.
///
/// # Errors
/// Names the line where the file is no well-formed XML, declares entities, or `each` refuses a node.
pub(super) fn each_node(
    file: &InputFile<'_>,
    mut each: impl FnMut(usize, Node<'_>) -> Result<(), String>,
) -> Result<(), (usize, String)> {
    let text = file.text()?;
    let mut reader = Reader::from_str(text);
    let mut lines = Lines::new(text);
    let (mut depth, mut roots) = (0_usize, 0);
    loop {
        let line = lines.of(reader.buffer_position());
        let event = reader.read_event();
        let refuse = |what: String| Err((line, what));
        let event = match event {
            Ok(event) => event,
            Err(error) => return Err((lines.of(reader.error_position()), error.to_string())),
        };
        let done = match event {
            Event::Start(_) | Event::Empty(_) if depth == 0 && roots == 1 => {
                Err("a second outermost element".to_owned())
            }
            Event::Start(start) => {
                depth += 1;
                roots += usize::from(depth == 1);
                if depth > DEEPEST {
                    return refuse(format!("elements stand in each other more than {DEEPEST} deep"));
                }
                element(&start).and_then(|element| each(line, Node::Start(&element)))
            }
            Event::Empty(start) => {
                roots += usize::from(depth == 0);
                element(&start)
                    .and_then(|element| each(line, Node::Start(&element)))
                    .and_then(|()| each(line, Node::End))
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                each(line, Node::End)
            }
            Event::Text(words) if depth == 0 => match words.trim().is_empty() {
                true => Ok(()),
                false => Err("this is no XML file: text stands outside of all elements".to_owned()),
            },
            Event::Text(words) => each(line, Node::Text(&words.xml10_content())),
            Event::CData(words) => each(line, Node::Text(&words.xml10_content())),
            Event::GeneralRef(reference) => {
                let name = reference.xml10_content();
                match reference.resolve_char_ref() {
                    Ok(Some(c)) => each(line, Node::Text(c.encode_utf8(&mut [0; 4]))),
                    Ok(None) => match quick_xml::escape::resolve_predefined_entity(&name) {
                        Some(words) => each(line, Node::Text(words)),
                        None => Err(format!("the entity &{name}; is not known")),
                    },
                    Err(error) => Err(error.to_string()),
                }
            }
            Event::DocType(declared) if declared.xml10_content().contains('[') => Err(
                "a document type with declarations of its own is refused: entities may expand without end".to_owned(),
            ),
            Event::DocType(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => Ok(()),
            Event::Eof if depth > 0 => Err("the file ends inside an element".to_owned()),
            Event::Eof if roots == 0 => Err("this is no XML file".to_owned()),
            Event::Eof => return Ok(()),
        };
        if let Err(what) = done {
            return refuse(what);
        }
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let name = start.name();
    let prefix = name.prefix().map(|prefix| prefix.as_ref().to_owned());
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute
            .normalized_value(XmlVersion::Explicit1_0)
            .map_err(|error| error.to_string())?;
        Ok((attribute.key.as_ref().to_owned(), value.into_owned()))
    });
    Ok(Element {
        name: name.local_name().as_ref().to_owned(),
        prefix: prefix.unwrap_or_default(),
        attributes: attributes.collect::<Result<_, String>>()?,
    })
}

/// Counts lines up to positions that only grow.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line of a byte.
    fn of(&mut self, byte: u64) -> usize {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        if byte > self.at {
            self.line += memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.at..byte]).count();
            self.at = byte;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, (usize, String)> {
        let file = InputFile {
            name: "a.xml",
            bytes: text.as_bytes(),
        };
        let mut found = String::new();
        each_node(&file, |_, node| {
            match node {
                Node::Start(element) => {
                    found += &format!("<{}", element.name);
                    for (name, value) in element.attributes() {
                        found += &format!(" {name}={value:?}");
                    }
                    found += ">";
                }
                Node::End => found += "/",
                Node::Text(text) => found += text,
            }
            Ok(())
        })?;
        Ok(found)
    }

    #[test]
    fn what_is_written_is_read() {
        let said = "罗<勇>&\"𬱟\"\r\n\t\u{2028}\u{85}]]>";
        let mut xml = String::from("<?xml version=\"1.0\"?>\n<x:a");
        push_attribute(&mut xml, "xml:id", said);
        xml += ">";
        push_text(&mut xml, said);
        xml += "<b/></x:a>";
        assert_eq!(read(&xml).unwrap(), format!("<a xml:id={said:?}>{said}<b>//"));
    }

    #[test]
    fn what_harms_or_is_broken_is_refused_by_line() {
        let bomb = "<!DOCTYPE a [\n<!ENTITY b \"bbbb\">\n]>\n<a>&b;</a>";
        let deep = "<a>".repeat(DEEPEST + 1);
        let cases = [
            (bomb, 1, "document type"),
            ("<a>\n&b;</a>", 2, "not known"),
            ("<a b='&b;'/>", 1, "b"),
            (deep.as_str(), 1, "deep"),
            ("<a>\n<b></a>", 2, "b"),
            ("<a>\n", 2, "ends inside"),
            ("记者", 1, "no XML"),
            ("\n", 1, "no XML"),
            ("<a/>\n<b/>", 1, "second"),
        ];
        for (xml, line, part) in cases {
            let (found, what) = read(xml).unwrap_err();
            assert!(found >= line && what.contains(part), "{xml}: {found}: {what}");
        }
    }
}
