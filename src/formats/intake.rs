//! Reading files of a format: what is found, and what is wrong with it, by file and line.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use super::annotated::{Annotated, Tag};
use super::open::labels_with;
use super::options::ImportOptions;
use crate::annot::{Document, LabelId, Mark, Origin};
use crate::text::{CharIdx, CharRange};

/// A file to read: its name, for messages and for pairing files that belong together, and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct InputFile<'a> {
    /// The name without the folder.
    pub name: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
}

impl<'a> InputFile<'a> {
    /// The name without its last extension.
    #[must_use]
    pub fn stem(&self) -> &'a str {
        self.name.rsplit_once('.').map_or(self.name, |(stem, _)| stem)
    }

    /// Whether the name ends in `.extension`, in any case.
    #[must_use]
    pub fn has_extension(&self, extension: &str) -> bool {
        let found = self.name.rsplit_once('.').map(|(_, found)| found);
        found.is_some_and(|found| found.eq_ignore_ascii_case(extension))
    }

    /// The bytes as text, without a byte order mark.
    ///
    /// # Errors
    /// Names the line where the bytes stop being UTF-8.
    pub fn text(&self) -> Result<&'a str, (usize, String)> {
        let bytes = self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(self.bytes);
        std::str::from_utf8(bytes).map_err(|error| {
            let line = 1 + memchr::memchr_iter(b'\n', &bytes[..error.valid_up_to()]).count();
            (line, "this is not UTF-8".to_owned())
        })
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something of the file is not imported.
    Error,
    /// All is imported, but not quite as it stood.
    Warning,
}

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The file's name.
    pub file: String,
    /// The line, counted from 1, where there is one.
    pub line: Option<usize>,
    /// One sentence without a full stop.
    pub what: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

/// A text that was read.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Its text and tags, with labels by our ids.
    pub annotated: Annotated,
    /// The whole document, where the format is one that keeps it.
    pub document: Option<Document>,
    /// The journal that was kept with it.
    pub journal: Option<Vec<u8>>,
}

/// Diagnostics kept of one import; the rest are counted.
const KEPT: usize = 200;
/// Marks of which is remembered what they become with our labels.
const REMEMBERED: usize = 4096;
/// A line longer than this is refused: no text of a newspaper is, and a reader needs the whole line in memory.
#[cfg(not(test))]
pub const LONGEST_LINE: usize = 256 << 20;
#[cfg(test)]
#[expect(missing_docs, reason = "as above, short enough for a test to reach")]
pub const LONGEST_LINE: usize = 1 << 10;

/// Takes what a format reads, checks it, and hands it on. Formats call it; it gives labels our ids and texts names.
pub struct Intake<'a> {
    options: &'a ImportOptions,
    each: &'a mut dyn FnMut(Imported),
    diagnostics: Vec<Diagnostic>,
    left_out: usize,
    marks: HashMap<*const Mark, (Arc<Mark>, Arc<Mark>)>,
    labels: HashMap<String, Arc<Mark>>,
    count: usize,
    /// Lines of the file in the parts before this one.
    lines_before: usize,
    /// The file of which elements are read, and the number of this one.
    element: (String, usize),
}

impl<'a> Intake<'a> {
    /// An intake that hands what is read to `each`.
    pub(super) fn new(options: &'a ImportOptions, each: &'a mut dyn FnMut(Imported)) -> Self {
        Self {
            options,
            each,
            diagnostics: Vec::new(),
            left_out: 0,
            marks: HashMap::new(),
            labels: HashMap::new(),
            count: 0,
            lines_before: 0,
            element: Default::default(),
        }
    }

    /// The next element of a file that is one list, by which faults name it where they have no line: its number, from 1,
    /// also where the file is read a part at a time.
    pub(super) fn next_element(&mut self, file: &InputFile<'_>) -> usize {
        if self.element.0 != file.name {
            self.element = (file.name.to_owned(), 0);
        }
        self.element.1 += 1;
        self.element.1
    }

    /// How to read.
    #[must_use]
    pub fn options(&self) -> &'a ImportOptions {
        self.options
    }

    /// An error: something of the file is not imported.
    pub fn error(&mut self, file: &str, line: impl Into<Option<usize>>, what: impl Into<String>) {
        self.note(Severity::Error, file, line.into(), what.into());
    }

    /// A warning: all is imported, but not quite as it stood.
    pub fn warn(&mut self, file: &str, line: impl Into<Option<usize>>, what: impl Into<String>) {
        self.note(Severity::Warning, file, line.into(), what.into());
    }

    /// The next part of the file begins so many lines after this one.
    pub(super) fn go_on_after(&mut self, lines: usize) {
        self.lines_before += lines;
    }

    fn note(&mut self, severity: Severity, file: &str, line: Option<usize>, what: String) {
        if self.diagnostics.len() >= KEPT {
            self.left_out += 1;
            return;
        }
        let file = file.to_owned();
        self.diagnostics.push(Diagnostic {
            severity,
            file,
            line: line.map(|line| line + self.lines_before),
            what,
        });
    }

    /// A mark that says nothing but this label of the file; one for all tags with it.
    #[must_use]
    pub fn plain(&mut self, label: &str) -> Arc<Mark> {
        if let Some(mark) = self.labels.get(label) {
            return Arc::clone(mark);
        }
        let mark = Arc::new(imported(label));
        self.labels.insert(label.to_owned(), Arc::clone(&mark));
        mark
    }

    /// Takes a text whose tags are checked here: those that are empty, lie outside or have no label are reported and left out.
    /// `line` is where the text stands in the file.
    pub fn take(&mut self, file: &InputFile<'_>, line: impl Into<Option<usize>>, text: Annotated) {
        self.take_at(file, line.into(), None, text);
    }

    /// As [`Self::take`], of the element with this number of a file that has no lines.
    pub fn take_element(&mut self, file: &InputFile<'_>, number: usize, text: Annotated) {
        self.take_at(file, None, Some(number), text);
    }

    fn take_at(&mut self, file: &InputFile<'_>, line: Option<usize>, element: Option<usize>, mut text: Annotated) {
        let of_element = element.map(|number| format!("document {number}: ")).unwrap_or_default();
        let end = text.text.len();
        let fits = |tag: &Tag| !tag.range.is_empty() && tag.range.end <= end;
        if !text.tags.iter().all(fits) {
            for tag in text.tags.iter().filter(|tag| !fits(tag)) {
                let label = tag.label();
                let what = if tag.range.is_empty() {
                    format!("the tag \"{label}\" has offsets that are empty, reversed or below zero")
                } else {
                    let (start, stop) = <(u32, u32)>::from(tag.range);
                    format!(
                        "the tag \"{label}\" at {start}–{stop} does not fit the text of {} characters",
                        end.0
                    )
                };
                self.error(file.name, line, of_element.clone() + &what);
            }
            text.tags.retain(fits);
        }
        for tag in &mut text.tags {
            tag.mark = self.with_our_label(&tag.mark);
        }
        for tag in text.tags.iter().filter(|tag| is_blank(tag.label().as_str())) {
            let what = format!("the tag on \"{}\" has no label", text.covered(tag));
            self.error(file.name, line, of_element.clone() + &what);
        }
        text.tags.retain(|tag| !is_blank(tag.label().as_str()));
        for entity in &mut text.entities {
            entity.label = self.options.label_id(&entity.label);
            if is_blank(entity.label.as_str())
                && let Some(tag) = text.tags.iter().find(|tag| tag.mark.entity == Some(entity.id))
            {
                entity.label = tag.label().clone();
            }
        }
        text.entities.retain(|entity| !is_blank(entity.label.as_str()));
        // A reader may make a mark for each tag: only so many are remembered.
        if self.marks.len() > REMEMBERED {
            self.marks.clear();
        }
        text.settle();
        self.count += 1;
        if text.name.is_empty() {
            text.name = if self.count == 1 {
                file.stem().to_owned()
            } else {
                format!("{}-{}", file.stem(), self.count)
            };
        }
        (self.each)(Imported {
            annotated: text,
            document: None,
            journal: None,
        });
    }

    /// Takes a document of a format that keeps all of it, and its journal where that is kept too.
    /// Labels of its tags that its set lacks are added to it, as they are for every other format.
    pub fn take_document(&mut self, mut document: Document, journal: Option<Vec<u8>>) {
        let labels = document.spans().iter().map(|span| &span.mark.label);
        let set = labels_with(document.labels(), labels);
        if set.len() > document.labels().len() {
            document = document.with_labels(set);
        }
        (self.each)(Imported {
            annotated: Annotated::of(&document),
            document: Some(document),
            journal,
        });
    }

    /// Calls `read` with each line that is not empty, and its number. A line feed ends a line, a carriage return before
    /// it belongs to it; nothing else does.
    pub fn each_line(&mut self, file: &InputFile<'_>, mut read: impl FnMut(&mut Self, usize, &'_ [u8])) {
        let bytes = file.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file.bytes);
        for (number, line) in (1..).zip(lines(bytes)) {
            if line.len() > LONGEST_LINE {
                self.error(
                    file.name,
                    number,
                    format!("this line is longer than {LONGEST_LINE} bytes"),
                );
            } else if !line.trim_ascii().is_empty() {
                read(self, number, line);
            }
        }
    }

    /// The mark with our id for its label. Tags share marks: each is named once. The old mark is kept with the new one,
    /// so that no other can come to its address.
    fn with_our_label(&mut self, mark: &Arc<Mark>) -> Arc<Mark> {
        if let Some((_, ours)) = self.marks.get(&Arc::as_ptr(mark)) {
            return Arc::clone(ours);
        }
        let label = self.options.label_id(&mark.label);
        let ours = if label == mark.label {
            Arc::clone(mark)
        } else {
            Arc::new(Mark {
                label,
                ..Mark::clone(mark)
            })
        };
        if Arc::strong_count(mark) > 1 {
            self.marks
                .insert(Arc::as_ptr(mark), (Arc::clone(mark), Arc::clone(&ours)));
        }
        ours
    }

    /// What was wrong, in the order of the files.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        if self.left_out > 0
            && let Some(last) = self.diagnostics.last().cloned()
        {
            self.diagnostics.push(Diagnostic {
                line: None,
                what: format!("… and {} more", self.left_out),
                ..last
            });
        }
        self.diagnostics
    }
}

/// Whether the name of a label says nothing.
#[must_use]
pub fn is_blank(label: &str) -> bool {
    label.trim().is_empty()
}

/// A mark that says this label, from another program's file.
#[must_use]
pub fn imported(label: &str) -> Mark {
    Mark {
        label: LabelId::from(label),
        origin: Origin::Imported,
        ..Mark::default()
    }
}

/// A range from offsets that a file gives, which may be any numbers. One that can fit no text (it begins before the
/// text, or ends before it begins) comes out empty, and one beyond all texts at their end: [`Intake::take`] reports both.
#[must_use]
pub fn range(start: i64, end: i64) -> CharRange {
    let index = |at: i64| u32::try_from(at).unwrap_or(u32::MAX);
    if start < 0 || end <= start {
        return CharRange::default();
    }
    CharRange::new(CharIdx(index(start)), CharIdx(index(end)))
}

/// The lines of a file, without the line feed and a carriage return before it.
pub fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let bytes = rest?;
        let line = match memchr::memchr(b'\n', bytes) {
            Some(at) => {
                rest = Some(&bytes[at + 1..]);
                &bytes[..at]
            }
            None => {
                rest = None;
                bytes
            }
        };
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{by_id, import};

    fn faults(format: &str, bytes: &[u8]) -> Vec<String> {
        let name = "a.jsonl";
        let format = by_id(format).unwrap();
        let (_, faults) = import(format, &[InputFile { name, bytes }], &ImportOptions::default());
        faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_line_without_end_is_refused_and_the_next_one_read() {
        let long = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"甲\"}}\n", "甲".repeat(LONGEST_LINE));
        assert_eq!(
            faults("jsonl", long.as_bytes()),
            ["a.jsonl:1: this line is longer than 1024 bytes"]
        );
        let row = format!("{}\tO\n", "甲".repeat(LONGEST_LINE));
        assert_eq!(
            faults("conll-bio", row.as_bytes()),
            ["a.jsonl:1: this line is longer than 1024 bytes"]
        );
    }

    #[test]
    fn endless_faults_are_counted() {
        let faults = faults("jsonl", "x\n".repeat(KEPT + 5).as_bytes());
        assert_eq!(faults.len(), KEPT + 1);
        assert_eq!(faults.last().unwrap(), "a.jsonl: … and 5 more");
    }

    #[test]
    fn only_a_line_feed_ends_a_line() {
        let found: Vec<&[u8]> = lines("甲\r\n乙\u{2028}丙\r丁\n\n戊".as_bytes()).collect();
        let expected = ["甲", "乙\u{2028}丙\r丁", "", "戊"];
        assert_eq!(found, expected.map(str::as_bytes));
    }
}
