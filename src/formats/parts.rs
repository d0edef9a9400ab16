//! Files that are too large for memory, read a part at a time.
//!
//! A part of most formats is a file of its own: some of its lines, or of the elements of its list. The format's reader
//! gets one part after the other and need not know.

use std::io::{self, Read, Seek};

use memchr::memmem;

use super::intake::{Intake, LONGEST_LINE};
use super::{Diagnostic, Format, ImportOptions, Imported, InputFile};

/// Bytes that are read at once.
#[cfg(not(test))]
const PART: u64 = 4 << 20;
/// As above, so small that a test has many parts.
#[cfg(test)]
const PART: u64 = 64;

/// Where a large file is read from.
pub trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// A reader that goes to where it needs to in its file.
pub(crate) type Seeking = fn(Box<dyn Source>, &str, &[InputFile<'_>], &mut Intake<'_>) -> io::Result<()>;

/// How a format's file can be read a part at a time.
#[derive(Clone, Copy)]
pub(crate) enum Parts {
    /// It cannot: it is one document, or there is no reader.
    Whole,
    /// Some of its lines are a file of their own.
    Lines,
    /// So is what stands from a line that begins like this to the next.
    Sections(&'static [u8]),
    /// So are some elements of its list.
    Elements,
    /// The reader goes to where it needs to.
    Seek(Seeking),
}

/// Reads a file of a format a part at a time, with the small files `beside` it that belong to it, and hands each text to
/// `each`. Returns what is wrong with the files. Memory is needed for a part, or for the largest document.
///
/// # Errors
/// Where `file` cannot be read.
pub fn read_large(
    format: &Format,
    name: &str,
    mut file: Box<dyn Source>,
    beside: &[InputFile<'_>],
    options: &ImportOptions,
    each: &mut dyn FnMut(Imported),
) -> io::Result<Vec<Diagnostic>> {
    let mut intake = Intake::new(options, each);
    let Some(reader) = format.reader else {
        return Ok(super::read(
            format,
            &[InputFile { name, bytes: b"" }],
            options,
            &mut |_| {},
        ));
    };
    let feed = |bytes: &[u8], intake: &mut Intake<'_>| {
        let mut files = vec![InputFile { name, bytes }];
        files.extend_from_slice(beside);
        reader(&files, intake);
        intake.go_on_after(memchr::memchr_iter(b'\n', bytes).count());
    };
    match format.parts {
        Parts::Whole => {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            feed(&bytes, &mut intake);
        }
        Parts::Lines => {
            let after_line = |bytes: &[u8]| memchr::memrchr(b'\n', bytes).map(|at| at + 1);
            cut(&mut file, after_line, |bytes| feed(bytes, &mut intake))?;
        }
        Parts::Sections(beginning) => {
            let line = [b"\n", beginning].concat();
            let finder = memmem::FinderRev::new(&line);
            let before_section = |bytes: &[u8]| finder.rfind(bytes).map(|at| at + 1);
            cut(&mut file, before_section, |bytes| feed(bytes, &mut intake))?;
        }
        Parts::Elements => elements(&mut file, |bytes| feed(bytes, &mut intake))?,
        Parts::Seek(read) => read(file, name, beside, &mut intake)?,
    }
    Ok(intake.finish())
}

/// Reads until `place` finds where a part ends, and feeds it. Of a line that is too long only so much is fed that it is
/// found to be.
fn cut(file: &mut dyn Source, place: impl Fn(&[u8]) -> Option<usize>, mut feed: impl FnMut(&[u8])) -> io::Result<()> {
    let mut part = Vec::new();
    let mut is_first = true;
    // How much of the unfinished line at the end of the part is skipped.
    let mut line = 0;
    loop {
        let before = part.len();
        if file.take(PART).read_to_end(&mut part)? == 0 {
            if is_first || !part.is_empty() {
                feed(&part);
            }
            return Ok(());
        }
        match memchr::memrchr(b'\n', &part[before..]) {
            Some(at) if line > LONGEST_LINE => {
                // The rest of a line that is too long goes, up to its end.
                let end = memchr::memchr(b'\n', &part[before..]).unwrap_or(at);
                part.drain(before..before + end);
                line = part.len() - memchr::memrchr(b'\n', &part).map_or(0, |at| at + 1);
            }
            Some(at) => line = part.len() - before - at - 1,
            None if line > LONGEST_LINE => {
                part.truncate(before);
                continue;
            }
            None => line += part.len() - before,
        }
        if let Some(end) = place(&part).filter(|end| *end > 0) {
            feed(&part[..end]);
            part.drain(..end);
            is_first = false;
        }
    }
}

/// Feeds the elements of a JSON list, or values that stand one after the other, as lists of some of them.
fn elements(file: &mut dyn Source, mut feed: impl FnMut(&[u8])) -> io::Result<()> {
    let mut part = Vec::new();
    let mut scan = Scan::default();
    let mut is_first = true;
    loop {
        let before = part.len();
        let is_end = file.take(PART).read_to_end(&mut part)? == 0;
        let end = scan.last_end(&part, before);
        if is_end || (scan.is_lost && part.len() > LONGEST_LINE) {
            let rest = part.trim_ascii();
            if is_first || !(rest.is_empty() || rest == b"]") {
                opened(&mut part, is_first || !scan.is_list);
                feed(&part);
            }
            return Ok(());
        }
        let Some(end) = end else {
            // An element that does not end: the reader says what is wrong with its beginning.
            scan.is_lost = part.len() > LONGEST_LINE;
            continue;
        };
        let rest = part.split_off(end);
        opened(&mut part, is_first || !scan.is_list);
        if scan.is_list {
            part.push(b']');
        }
        feed(&part);
        part = rest;
        is_first = false;
    }
}

/// Begins a list with what stood behind the last one: its comma becomes the bracket.
fn opened(part: &mut [u8], is_begun: bool) {
    let first = part.iter_mut().find(|byte| !byte.is_ascii_whitespace());
    if let Some(comma) = first.filter(|byte| **byte == b',' && !is_begun) {
        *comma = b'[';
    }
}

/// A walk over JSON that only counts brackets.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
    has_begun: bool,
    is_list: bool,
    is_lost: bool,
}

impl Scan {
    /// Goes on from `from`. Where the last element ends, of those that end in what was gone over.
    fn last_end(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        let mut last = None;
        let mut at = from;
        while let Some(&byte) = bytes.get(at) {
            if self.in_string {
                if self.is_escaped {
                    self.is_escaped = false;
                } else {
                    let Some(next) = memchr::memchr2(b'"', b'\\', &bytes[at..]) else {
                        break;
                    };
                    at += next;
                    self.is_escaped = bytes[at] == b'\\';
                    self.in_string = self.is_escaped;
                }
                at += 1;
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'[' | b'{' => {
                    self.is_list |= !self.has_begun && byte == b'[';
                    self.has_begun = true;
                    self.depth += 1;
                }
                b']' | b'}' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == usize::from(self.is_list) {
                        last = Some(at + 1);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::formats::{by_id, import};

    /// What a file gives as a whole and a part at a time.
    fn both(format: &str, bytes: &[u8]) -> [(Vec<String>, Vec<String>); 2] {
        let (name, options) = ("a.jsonl", ImportOptions::default());
        let format = by_id(format).unwrap();
        let shown = |text: &Imported| {
            let text = &text.annotated;
            let tags: Vec<String> = text.tags.iter().map(|tag| text.covered(tag)).collect();
            format!("{}: {} {}", text.name, text.text.as_str(), tags.join(","))
        };
        let (whole, faults) = import(format, &[InputFile { name, bytes }], &options);
        let whole: Vec<String> = whole.iter().map(shown).collect();
        let mut parts = Vec::new();
        let found = read_large(
            format,
            name,
            Box::new(Cursor::new(bytes.to_vec())),
            &[],
            &options,
            &mut |text| {
                parts.push(shown(&text));
            },
        );
        let said = |found: Vec<Diagnostic>| found.iter().map(ToString::to_string).collect();
        [(whole, said(faults)), (parts, said(found.unwrap()))]
    }

    #[test]
    fn lines_are_the_same_in_parts() {
        let line = "{\"text\":\"记者罗勇𬱟说\",\"label\":[[2,4,\"PER\"]]}\n";
        for end in ["", "{broken\n", "\n\n{\"text\":\"尾\"}\n"] {
            let [whole, parts] = both("jsonl", (line.repeat(9) + end + line).as_bytes());
            assert_eq!(whole, parts);
            assert!(whole.0.len() >= 9 && whole.1.is_empty() != end.contains("broken"));
        }
        assert_eq!(both("jsonl", b"")[1].0.len(), 0);
    }

    #[test]
    fn sections_are_the_same_in_parts() {
        let section = "-DOCSTART-\tO\n\n罗\tB-PER\n勇\tI-PER\n\n说\tO\n\n";
        let [whole, parts] = both("conll-bio", section.repeat(12).as_bytes());
        assert_eq!(whole, parts);
        assert_eq!(whole.0.len(), 12);
    }

    #[test]
    fn elements_are_the_same_in_parts() {
        let element = "[\"罗勇说\\\"[甲]\\\\\", {\"entities\": [[0, 2, \"PER\"]]}]";
        let list = [element; 7].join(",\n");
        for file in [
            format!("[\n{list}\n]\n"),
            format!(" [{list}]"),
            "[]".to_owned(),
            format!("[{element}, 3, {element}]"),
        ] {
            let [whole, parts] = both("spacy", file.as_bytes());
            assert_eq!(whole.0, parts.0, "{file}");
            assert_eq!(whole.1.is_empty(), parts.1.is_empty(), "{file}");
        }
    }

    #[test]
    fn what_has_no_end_is_not_read_to_it() {
        let line = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"甲\"}}\n", "甲".repeat(LONGEST_LINE));
        let [whole, parts] = both("jsonl", line.as_bytes());
        assert_eq!(whole, parts);
        let element = format!("[[\"{}\"", "甲".repeat(2 * LONGEST_LINE));
        assert_eq!(both("spacy", element.as_bytes())[1].1.len(), 1);
    }
}
