//! What speaks for a break at a line end and what speaks against it.
//!
//! Each piece of evidence has a weight, a log-odds: positive for a break, negative for a wrap. The weights were fitted
//! on typeset articles (see `typeset.rs` for how those are made), then rounded.

use super::column::Column;
use super::glyph;
use super::habit::Habit;
use super::lines::Line;
use super::shape::{self, Shape};
use crate::text::Words;

/// The end of one line and the beginning of the next, with what is known around them.
pub(super) struct Junction<'a> {
    pub raw: &'a str,
    pub prev: &'a Line,
    pub next: &'a Line,
    pub column: Column,
    pub habit: &'a Habit,
    /// Whether a block begins with `prev`.
    pub begins: bool,
    /// Half-width units since a bracket or quotation mark was opened that is still open after `prev`.
    pub open_for: Option<u32>,
    /// Whether `prev` and `next` are lines of a poem, or rows of one table.
    pub verse: bool,
    pub rows: bool,
}

/// One observation and what it is worth.
pub(super) struct Evidence {
    /// What is observed, for people and for tests.
    #[cfg_attr(not(test), expect(dead_code, reason = "read when a decision is explained"))]
    pub says: &'static str,
    pub weight: f32,
    pub holds: fn(&Junction) -> bool,
}

const fn evidence(says: &'static str, weight: f32, holds: fn(&Junction) -> bool) -> Evidence {
    Evidence { says, weight, holds }
}

/// Everything that can be seen without a dictionary.
pub(super) const EVIDENCE: &[Evidence] = &[
    // The end of the line.
    evidence("a sentence ends", 1.2, |j| j.prev.is_finished()),
    evidence("a clause ends", -3.0, |j| {
        !j.prev.is_finished() && glyph::is_pause(j.prev.core)
    }),
    evidence("a colon ends the line", -0.5, |j| glyph::is_colon(j.prev.core)),
    evidence("no mark ends the line", -1.8, |j| !j.prev.ends_marked()),
    evidence("the line ends with an opening mark", -4.0, |j| {
        glyph::is_opener(j.prev.last)
    }),
    evidence("the last word asks for more", -2.0, |j| {
        glyph::leans_on(j.prev.last) && !j.begins_short()
    }),
    evidence("a credit ends the line", 4.0, |j| {
        j.prev.shape != Shape::Credit && shape::ends_credited(j.prev_text())
    }),
    // The beginning of the next.
    evidence("the next line begins with a closing mark", -6.0, |j| {
        glyph::cannot_start(j.next.first)
    }),
    evidence("the next word leans on the one before", -2.5, |j| {
        glyph::leans_back(j.next.first)
    }),
    evidence("a small letter follows", -2.0, |j| {
        j.next.first.is_lowercase() && !j.prev.is_finished()
    }),
    evidence("a figure goes on", -4.0, |j| j.figure_spans()),
    evidence("a figure waits for its unit", -2.5, |j| {
        glyph::is_digit(j.prev.last) && glyph::counts(j.next.first) && !glyph::is_digit(j.next.first)
    }),
    evidence("a Latin word goes on in Chinese text", -1.0, |j| {
        !j.prev.latin && j.prev.last.is_ascii_alphanumeric() && j.next.first.is_ascii_alphabetic()
    }),
    evidence("a dash after a sentence", 1.5, |j| {
        j.prev.is_finished() && j.next.first == '—'
    }),
    evidence("a quotation begins after a sentence", 0.3, |j| {
        j.prev.is_finished() && matches!(j.next.first, '“' | '「')
    }),
    evidence("a paragraph opens like this", 0.7, |j| {
        j.prev.is_finished() && opens_paragraph(j.next_text())
    }),
    // The space between them.
    evidence("a blank line", 3.0, |j| j.blank()),
    evidence("no blank line where the text has them", -1.5, |j| {
        !j.blank() && j.habit.blanks
    }),
    evidence("an indent", 3.5, |j| j.indented()),
    evidence("no indent where the text has them", -1.0, |j| {
        !j.indented() && j.habit.indents
    }),
    // Room in the column for what follows.
    evidence("no room was left", -1.0, |j| j.slack() < 0),
    evidence("a little room was left", 1.0, |j| (0..2).contains(&j.slack())),
    evidence("room was left for a character", 2.5, |j| (2..4).contains(&j.slack())),
    evidence("room was left for a word", 4.0, |j| (4..8).contains(&j.slack())),
    evidence("much room was left", 5.5, |j| j.slack() >= 8),
    evidence("room was left in an even column", 2.0, |j| {
        j.column.tight && j.slack() >= 0
    }),
    evidence("lines too long for a column", 4.0, |j| j.column.width > 160),
    // Quotation marks and brackets.
    evidence("a bracket or quotation is open", -2.5, |j| {
        j.open_for.is_some_and(|units| units < 400)
    }),
    // What the lines are.
    evidence("a byline comes next", 4.0, |j| {
        matches!(j.next.shape, Shape::Byline | Shape::Credit)
    }),
    evidence("a byline ends", 3.0, |j| j.begins && j.prev.shape == Shape::Byline),
    evidence("a credit ends", 6.0, |j| j.prev.shape == Shape::Credit),
    evidence("a pointer to another page", 6.0, |j| {
        j.next.shape == Shape::Furniture || j.begins && j.prev.shape == Shape::Furniture
    }),
    evidence("a report opens", 5.0, |j| j.next.shape == Shape::Lead),
    evidence("an item of a list after a whole line", 2.5, |j| {
        j.next.shape == Shape::Item && (j.prev.ends_marked() || j.slack() >= 2)
    }),
    evidence("lines of a poem", 5.0, |j| j.verse),
    evidence("rows of a table", 7.0, |j| j.rows),
];

/// What the dictionary says; asked only where the rest leaves a doubt.
pub(super) const WORD_SPANS: f32 = -3.5;
pub(super) const WORD_ENDS: f32 = 0.6;

impl<'a> Junction<'a> {
    /// The log-odds of a break.
    pub(super) fn score(&self, words: Option<&Words>) -> f32 {
        let seen: f32 = EVIDENCE
            .iter()
            .filter(|evidence| (evidence.holds)(self))
            .map(|evidence| evidence.weight)
            .sum();
        match words {
            Some(words) if -WORD_ENDS < seen && seen < -WORD_SPANS => {
                seen + self
                    .word_spans(words)
                    .map_or(0.0, |spans| if spans { WORD_SPANS } else { WORD_ENDS })
            }
            _ => seen,
        }
    }

    /// Whether a word of the dictionary lies over the line end; `None` when no Chinese stands at both sides of it.
    pub(super) fn word_spans(&self, words: &Words) -> Option<bool> {
        const REACH: usize = 8;
        if !glyph::is_hanzi(self.prev.last) || !glyph::is_hanzi(self.next.first) {
            return None;
        }
        let prev = self.prev_text();
        let from = prev
            .char_indices()
            .rev()
            .take(REACH)
            .take_while(|&(_, c)| glyph::is_hanzi(c))
            .last()
            .map_or(prev.len(), |(at, _)| at);
        let mut joined = prev.get(from..).unwrap_or_default().to_owned();
        let edge = joined.len();
        joined.extend(self.next_text().chars().take(REACH).take_while(|&c| glyph::is_hanzi(c)));
        Some(words.spans(&joined, edge))
    }

    pub(super) fn prev_text(&self) -> &'a str {
        self.prev.text(self.raw)
    }

    pub(super) fn next_text(&self) -> &'a str {
        self.next.text(self.raw)
    }

    fn blank(&self) -> bool {
        self.next.blank > self.habit.blank_lines_everywhere
    }

    fn indented(&self) -> bool {
        self.next.indent > 0 && (self.prev.indent == 0 || self.begins) && !self.habit.indented_everywhere
    }

    /// How much wider the column is than `prev` with the first stretch of `next`, in half-width units. Negative where
    /// the stretch did not fit. The first line of a block may have lost an indent of two characters.
    pub(super) fn slack(&self) -> i64 {
        let gap = u32::from(self.prev.latin && self.next.latin);
        let indent = if !self.begins {
            0
        } else if self.habit.first_lines_short {
            4
        } else {
            self.prev.indent.min(4)
        };
        i64::from(self.column.width) - i64::from(self.prev.width + gap + indent + self.next.need)
    }

    /// Whether `prev` stands alone and is short, as headings are.
    fn begins_short(&self) -> bool {
        self.begins && self.slack() >= 4
    }

    fn figure_spans(&self) -> bool {
        let (last, first) = (self.prev.last, self.next.first);
        glyph::is_digit(first) && (glyph::is_digit(last) || matches!(last, '.' | '．' | '第' | '约' | '近' | '达'))
    }
}

/// Openings that paragraphs of reports have more often than other sentences do.
fn opens_paragraph(text: &str) -> bool {
    const OPENINGS: [&str; 22] = [
        "据",
        "同时",
        "此外",
        "另外",
        "目前",
        "近年来",
        "近日",
        "今年",
        "记者",
        "本报",
        "日前",
        "与此同时",
        "据了解",
        "在",
        "据介绍",
        "據",
        "此外",
        "记者",
        "昨日",
        "当天",
        "下一步",
        "接下来",
    ];
    let figure = text.trim_start_matches(glyph::is_digit);
    OPENINGS.iter().any(|opening| text.starts_with(opening))
        || figure.len() < text.len() && figure.starts_with(['月', '日', '年'])
}
