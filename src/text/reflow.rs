//! Raw OCR lines become a text one can read: wraps, blank lines, indents and stray spaces go, everything else stays.
//!
//! The lines are cut and measured (`lines`), each is recognised by its wording where it can be (`shape`, `byline`) or by its
//! neighbours (`runs`), the width of the column around it is judged (`column`), and what the whole text does (`habit`).
//! At each line end (`junction`) the evidence is weighed: how the line ends and what is seen there (`ending`), and what the
//! words say (`evidence`). The blocks get their kinds (`kinds`), and it is said where articles begin (`articles`); last, the
//! spaces are judged (`spaces`) and the text is written.

mod articles;
mod byline;
mod column;
mod decide;
mod ending;
mod evidence;
mod glyph;
mod habit;
mod junction;
mod kinds;
mod lines;
mod measure;
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
use super::{Block, BlockKind, Run, Words};

/// A reading text and where it came from.
///
/// Every character stands in the raw text, at a growing position, with two exceptions that have no run: the space that
/// a wrap between Latin words became, and a line end between blocks that a raw `\r`, form feed or space was folded to or
/// that parts a sentence from the pointer to another page after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The blocks joined by `\n`, none after the last.
    pub text: String,
    /// The stretches that it shares with the raw text, in order.
    pub runs: Vec<Run>,
    /// One for each line of `text`; none when it is empty.
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

/// The lines of `raw`, each recognised by itself or by those beside it.
fn measured(raw: &str) -> Vec<Line> {
    let mut lines = lines::cut(raw);
    runs::mark_rows(raw, &mut lines);
    lines
}

fn write<'a>(
    writer: &mut Writer,
    raw: &'a str,
    lines: &[Line],
    group: &Group,
    words: Option<&Words>,
    vocabulary: &mut Vocabulary<'a>,
) {
    for index in group.lines.clone() {
        let line = &lines[index];
        let text = line.text(raw);
        let next = (index + 1 < group.lines.end).then(|| &lines[index + 1]);
        let wrap = next.map_or(Wrap::Closed, |next| {
            spaces::wrap(group.kind, text, next.text(raw), line.latin && next.latin, vocabulary)
        });
        let kept = match (wrap, text.chars().next_back()) {
            (Wrap::Hyphen, Some(hyphen)) => &text[..text.len() - hyphen.len_utf8()],
            _ => text,
        };
        if line.gaps {
            write_gaps(writer, kept, line, index == group.lines.start, group.kind, words);
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
fn write_gaps(writer: &mut Writer, text: &str, line: &Line, begins: bool, kind: BlockKind, words: Option<&Words>) {
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
        let gap = Gap {
            kind,
            begins,
            left: &text[..done],
            right,
            line: text,
            latin: line.latin,
        };
        if gap.is_kept(words) {
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

/// The text with every line of `raw` kept as a block, blank ones too, save those at its end.
#[must_use]
pub fn as_is(raw: &str) -> Reading {
    let body = raw.trim_end_matches(|c| lines::is_space(c) || lines::ends_line(c));
    let mut writer = Writer::with_capacity(body.len());
    let mut at = 0;
    let mut rest = body;
    if let Some(unmarked) = rest.strip_prefix('\u{feff}') {
        (at, rest) = (1, unmarked);
    }
    if rest.is_empty() {
        return writer.finish();
    }
    while let Some(end) = rest.find(lines::ends_line) {
        let (line, after) = rest.split_at(end);
        writer.copy(line, at);
        at += count(line);
        write_kept_block(&mut writer, line);
        let (newline, ending) = if after.starts_with("\r\n") {
            (Some(at + 1), 2)
        } else {
            (
                after.starts_with('\n').then_some(at),
                after.chars().next().map_or(0, char::len_utf8),
            )
        };
        writer.next_block(newline);
        at += count(&after[..ending]);
        rest = &after[ending..];
    }
    writer.copy(rest, at);
    write_kept_block(&mut writer, rest);
    writer.finish()
}

fn write_kept_block(writer: &mut Writer, line: &str) {
    let blank = line.chars().all(lines::is_space);
    writer.end_block(if blank { BlockKind::Other } else { BlockKind::Paragraph }, false);
}
