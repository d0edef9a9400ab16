//! Raw OCR lines become a text one can read: wraps, blank lines, indents and stray spaces go, everything else stays.
//!
//! The lines are cut and measured (`lines`), each is recognised by its wording where it can be (`shape`, `byline`) or by its
//! neighbours (`runs`), the width of the column around it is judged (`column`), and what the whole text does (`habit`).
//! At each line end (`junction`) the evidence is weighed: how the line ends and what is seen there (`ending`), and what the
//! words say (`evidence`). Where that leaves a doubt, trees correct it (`forest`) by the numbers around it (`measures`).
//! The blocks get their kinds (`kinds`), and it is said where articles begin (`articles`); last, the spaces are judged
//! (`spaces`) and the text is written.

mod articles;
mod byline;
mod column;
mod decide;
mod ending;
mod evidence;
mod forest;
mod glyph;
mod habit;
mod junction;
mod kinds;
mod lines;
mod measure;
mod measures;
mod runs;
mod shape;
mod spaces;
mod writer;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod typeset;

use self::kinds::Group;
use self::lines::Line;
use self::spaces::{Gap, Vocabulary, Wrap};
use self::writer::Writer;
use super::{Block, BlockKind, CharIdx, Run, Words};

/// A reading text and where it came from.
///
/// Every character stands in the raw text, at a growing position, with two exceptions that have no run: the space that
/// a wrap between Latin words became, and a line end between blocks that a raw `\r`, form feed or space was folded to or
/// that parts a sentence from the pointer to another page after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The blocks joined by `\n`.
    pub text: String,
    /// The stretches that it shares with the raw text, in order.
    pub runs: Vec<Run>,
    /// One for each line of `text`; none where nothing was kept.
    pub blocks: Vec<Block>,
}

/// The reading text of `raw`. `words` is asked at line ends where the rest leaves a doubt.
#[must_use]
pub fn reflow(raw: &str, words: Option<&Words>) -> Reading {
    let lines = measured(raw);
    let breaks = decide::breaks(raw, &lines, words);
    let groups = kinds::groups(raw, &lines, &breaks);
    let mut writer = Writer::with_capacity(raw.len());
    let mut vocabulary = Vocabulary::of(raw);
    for (index, group) in groups.iter().enumerate() {
        write(&mut writer, raw, &lines, group, words, &mut vocabulary);
        writer.end_block(group.kind, group.starts_article);
        if index + 1 < groups.len() {
            writer.next_block(lines[group.lines.end - 1].newline);
        }
    }
    writer.finish()
}

/// What is seen at a line end, for those who fit the weights anew (`assets/reflow`).
#[derive(Clone, Debug)]
pub struct LineEnd {
    /// Where the text of the next line begins in the raw text.
    pub next: CharIdx,
    /// What the evidence adds up to: the log-odds of a break.
    pub evidence: f32,
    /// What is measured, in the order of [`measure_names`].
    pub measures: Vec<i16>,
}

/// Shows `judge` each line end of `raw` in order. What it answers, whether a block ends there, is what the next are seen by.
pub fn each_line_end(raw: &str, words: Option<&Words>, mut judge: impl FnMut(&LineEnd) -> bool) {
    decide::each_junction(raw, &measured(raw), |junction| {
        judge(&LineEnd {
            next: CharIdx(junction.next.at),
            evidence: junction.evidence(words),
            measures: measures::of(junction),
        })
    });
}

/// What each of the measures of a [`LineEnd`] is.
#[must_use]
pub fn measure_names() -> Vec<String> {
    measures::names()
}

/// Whether a block ends at a line end as reflow decides it.
#[must_use]
pub fn breaks(end: &LineEnd) -> bool {
    decide::ends_block(end.evidence, || end.measures.clone())
}

/// The lines of `raw`, each recognised by itself or by those beside it.
fn measured(raw: &str) -> Vec<Line> {
    let mut lines = lines::cut(raw);
    runs::mark_rows(raw, &mut lines);
    lines
}

/// How the spaces of a block are judged.
struct Spacing<'a> {
    kind: BlockKind,
    /// Where the names begin that credit a picture or sign the text, in bytes of the raw text; behind the block if none do.
    names_at: usize,
    words: Option<&'a Words>,
}

impl<'a> Spacing<'a> {
    fn of(raw: &str, lines: &[Line], kind: BlockKind, words: Option<&'a Words>) -> Self {
        let names_at = match kind {
            BlockKind::Paragraph | BlockKind::Caption => names_at(raw, lines),
            _ => None,
        };
        Self {
            kind,
            names_at: names_at.unwrap_or(raw.len()),
            words,
        }
    }

    /// What the text before byte `end` of the raw text is part of.
    fn kind_until(&self, end: usize) -> BlockKind {
        if end >= self.names_at {
            BlockKind::Byline
        } else {
            self.kind
        }
    }
}

/// Where the names begin that end the block of these lines, in bytes of the raw text: `新桥合龙。|本报记者 周文|摄`.
fn names_at(raw: &str, lines: &[Line]) -> Option<usize> {
    if !lines.last()?.text(raw).ends_with(byline::ENDS_CREDIT) {
        return None;
    }
    let lines = lines::last(lines);
    let mut at = byline::credit_at(&lines::joined(raw, lines))?;
    for line in lines {
        let length = line.end - line.start;
        if at < length {
            return Some(line.start + at);
        }
        at -= length;
    }
    None
}

fn write<'a>(
    writer: &mut Writer,
    raw: &'a str,
    lines: &[Line],
    group: &Group,
    words: Option<&Words>,
    vocabulary: &mut Vocabulary<'a>,
) {
    let spacing = Spacing::of(raw, &lines[group.lines.clone()], group.kind, words);
    for index in group.lines.clone() {
        let line = &lines[index];
        let text = line.text(raw);
        let next = (index + 1 < group.lines.end).then(|| &lines[index + 1]);
        let wrap = next.map_or(Wrap::Closed, |next| {
            let kind = spacing.kind_until(line.end);
            spaces::wrap(kind, text, next.text(raw), line.latin && next.latin, vocabulary)
        });
        let kept = match (wrap, text.chars().next_back()) {
            (Wrap::Hyphen, Some(hyphen)) => &text[..text.len() - hyphen.len_utf8()],
            _ => text,
        };
        if line.gaps {
            write_gaps(writer, kept, line, index == group.lines.start, &spacing);
        } else {
            writer.copy(kept, line.at);
        }
        if wrap == Wrap::Space {
            writer.fold(' ');
        }
    }
}

/// Writes `text` without its stray spaces. Of several spaces in a row that belong to the text the first is kept, in the
/// rows of a table all.
fn write_gaps(writer: &mut Writer, text: &str, line: &Line, begins: bool, spacing: &Spacing) {
    let mut at = line.at;
    let mut rest = text;
    let mut done = 0;
    while let Some(start) = rest.find(lines::is_space) {
        let (piece, after) = rest.split_at(start);
        let right = after.trim_start_matches(lines::is_space);
        let space = &after[..after.len() - right.len()];
        writer.copy(piece, at);
        at += count(piece);
        done += piece.len();
        let kind = spacing.kind_until(line.start + done + space.len());
        let gap = Gap {
            kind,
            begins,
            left: &text[..done],
            right,
            line: text,
            latin: line.latin,
        };
        if gap.is_kept(spacing.words) {
            let one = space.chars().next().map_or(0, char::len_utf8);
            writer.copy(if kind == BlockKind::Other { space } else { &space[..one] }, at);
        }
        at += count(space);
        done += space.len();
        rest = right;
    }
    writer.copy(rest, at);
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// The text with every line of `raw` kept as a block, blank ones too. CR, LF and CRLF end a line and nothing else does, so
/// a form feed stays a character; what follows the last end is a line where it is not empty.
#[must_use]
pub fn as_is(raw: &str) -> Reading {
    let mut rest = raw.strip_prefix('\u{feff}').unwrap_or(raw);
    let mut at = u32::from(rest.len() < raw.len());
    let mut writer = Writer::with_capacity(rest.len());
    let mut is_first = true;
    let mut newline = None;
    while !rest.is_empty() {
        if !is_first {
            writer.next_block(newline);
        }
        is_first = false;
        let (line, after) = rest.split_at(rest.find(['\r', '\n']).unwrap_or(rest.len()));
        writer.copy(line, at);
        write_kept_block(&mut writer, line);
        at += count(line);
        let (ending, feed) = match after {
            after if after.starts_with("\r\n") => (2, Some(at + 1)),
            after if after.starts_with('\n') => (1, Some(at)),
            after => (after.len().min(1), None),
        };
        newline = feed;
        at += u32::from(ending > 0) + u32::from(ending > 1);
        rest = &after[ending..];
    }
    writer.finish()
}

fn write_kept_block(writer: &mut Writer, line: &str) {
    let blank = line.chars().all(lines::is_space);
    writer.end_block(if blank { BlockKind::Other } else { BlockKind::Paragraph }, false);
}
