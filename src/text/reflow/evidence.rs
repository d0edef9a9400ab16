//! What speaks for a break at a line end and what speaks against it.
//!
//! Each piece of evidence has a weight, a log-odds: positive for a break, negative for a wrap. Weights of what is common
//! were fitted by logistic regression on text set as `typeset.rs` sets it, and rounded; those of what is rare (bylines,
//! lists, poems, tables) were chosen so that they outweigh a full line.

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
    /// The block up to the end of `prev`.
    pub block: BlockSoFar,
    /// Whether `next` and the lines after it are a heading: short at its end, without a mark.
    pub heading_next: bool,
    /// Whether `next` is one short sentence that asks, with room left after it.
    pub question_next: bool,
    /// How much wider the column around `next` is than `next`, in half-width units.
    pub next_short_by: i64,
    /// Whether `prev` and `next` are lines of a poem.
    pub verse: Verse,
    /// Whether one of them is a row of a table.
    pub rows: bool,
}

/// What is known of a block before its end is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BlockSoFar {
    /// The width of its lines, in half-width units.
    pub width: u32,
    /// Marks in it that divide or end a sentence.
    pub marks: u32,
    /// Whether a blank line stands before it.
    pub after_blank: bool,
    /// Whether it begins with words as paragraphs do.
    pub opens_paragraph: bool,
    /// Whether all its words are Latin and begin with capitals, as in a title.
    pub title: bool,
    /// What its first line is recognised as.
    pub shape: Shape,
}

impl BlockSoFar {
    fn is(&self, shape: Shape) -> bool {
        self.shape == shape
    }

    fn looks_like_heading(&self) -> bool {
        self.marks == 0 && self.width <= 44 && !self.opens_paragraph && matches!(self.shape, Shape::Plain | Shape::Item)
    }
}

/// Where a line end stands to the lines of a poem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verse {
    /// In prose.
    Outside,
    /// Between prose and the first or the last line.
    Edge,
    /// Between two lines.
    Inside,
}

/// What is observed, what that is worth, and whether it holds.
pub(super) type Evidence = (&'static str, f32, fn(&Junction) -> bool);

/// Everything that can be seen without a dictionary.
pub(super) const EVIDENCE: &[Evidence] = &[
    // The end of the line.
    ("a sentence ends", 0.6, |j| j.prev.is_finished()),
    ("a clause ends", -6.0, |j| {
        !j.prev.is_finished() && glyph::is_pause(j.prev.core)
    }),
    ("a comma ends the line", -3.0, |j| matches!(j.prev.core, '，' | ',')),
    ("a colon ends the line", -2.5, |j| glyph::is_colon(j.prev.core)),
    ("no mark ends the line", -2.6, |j| !j.prev.ends_marked()),
    ("no mark ends the line, but others came before", -4.0, |j| {
        !j.prev.ends_marked() && j.block.marks > 0
    }),
    ("a paragraph has begun and no mark ends the line", -2.0, |j| {
        !j.prev.ends_marked() && (j.block.opens_paragraph || j.block.is(Shape::Lead))
    }),
    ("the line ends with an opening mark", -5.0, |j| {
        glyph::is_opener(j.prev.last)
    }),
    ("the last word asks for more", -2.5, |j| {
        glyph::leans_on(j.prev.last) && !j.begins_short()
    }),
    ("a credit ends the line", 7.0, |j| {
        j.prev.shape != Shape::Credit && shape::ends_credited(j.prev_text())
    }),
    ("a pointer to another page ends the line", 9.0, |j| {
        shape::ends_pointing(j.prev_text())
    }),
    // The beginning of the next.
    ("the next line begins with a closing mark", -5.0, |j| {
        glyph::cannot_start(j.next.first)
    }),
    ("the next word leans on the one before", -5.0, |j| {
        glyph::leans_back(j.next.first)
    }),
    ("a small letter follows", -3.0, |j| {
        j.next.first.is_lowercase() && !j.prev.is_finished()
    }),
    ("a figure goes on", -5.0, figure_spans),
    ("a figure waits for its unit", -4.0, |j| {
        glyph::is_digit(j.prev.last) && glyph::counts(j.next.first) && !glyph::is_digit(j.next.first)
    }),
    ("a hyphen waits for the rest of its word", -8.0, |j| {
        matches!(j.prev.last, '-' | '\u{2010}' | '\u{ad}') && j.next.first.is_alphabetic()
    }),
    ("a Latin word goes on in Chinese text", -1.5, |j| {
        !j.prev.latin && j.prev.last.is_ascii_alphanumeric() && j.next.first.is_ascii_alphabetic()
    }),
    ("a dash after a sentence", 1.0, |j| {
        j.prev.is_finished() && j.next.first == '—'
    }),
    ("a paragraph opens like this", 0.4, |j| {
        j.prev.is_finished() && opens_paragraph(j.next_text())
    }),
    // The space between them.
    ("a blank line", 4.4, blank),
    ("no blank line where the text has them", -0.4, |j| {
        !blank(j) && j.habit.blanks
    }),
    ("an indent", 6.0, indented),
    ("no indent where the text has them", -1.2, |j| {
        !indented(j) && j.habit.indents
    }),
    // Room in the column for what follows.
    ("no room was left", -2.6, |j| j.slack() < 0),
    ("a little room was left", 0.2, |j| (0..2).contains(&j.slack())),
    ("room was left for a character", 1.5, |j| (2..4).contains(&j.slack())),
    ("room was left for a word", 4.8, |j| (4..8).contains(&j.slack())),
    ("much room was left", 8.0, |j| j.slack() >= 8),
    ("a little room was left in an even column", 0.8, |j| {
        j.column.tight && (0..2).contains(&j.slack())
    }),
    ("room for a character was left in an even column", 0.8, |j| {
        j.column.tight && j.slack() >= 2
    }),
    (
        "the next line is short by an indent, as first lines are here",
        4.5,
        next_is_first_line,
    ),
    (
        "the next line is not short by an indent, as first lines are here",
        -1.7,
        |j| {
            j.habit.lost_indent == 4
                && !j.next.latin
                && !(blank(j) && j.block.looks_like_heading())
                && j.next_short_by < 4
                && j.next.indent == 0
                && j.next.shape == Shape::Plain
        },
    ),
    ("the next line is too wide for the column", 3.0, |j| {
        j.next.width > j.column.width + 4 && !glyph::cannot_start(j.next.last)
    }),
    ("a sentence ends where every line does so", 5.0, |j| {
        j.habit.unwrapped && j.prev.is_finished()
    }),
    ("lines too long for a column", 4.0, |j| j.column.width > 160),
    ("a scrap comes next", -4.0, |j| {
        j.next.width <= 8 && !j.prev.ends_marked() && j.next.shape == Shape::Plain && j.slack() < 2
    }),
    ("few words between blank lines", 1.8, |j| {
        blank(j) && j.block.after_blank && j.block.looks_like_heading() && !j.prev.ends_marked()
    }),
    ("a short question comes after a sentence", 2.5, |j| {
        j.prev.is_finished() && j.question_next
    }),
    ("a title in capitals ends", 7.0, |j| {
        j.block.title && !is_title(j.next, j.next_text())
    }),
    ("a heading comes after a sentence", 6.5, |j| {
        j.heading_next && j.prev.is_finished()
    }),
    // Quotation marks and brackets.
    ("a bracket or quotation is open", -1.2, |j| {
        j.open_for.is_some_and(|units| units < 400)
    }),
    ("a line as long follows in a sentence", -4.0, |j| {
        j.block.marks > 0 && !j.prev.ends_marked() && j.slack() >= 2 && j.prev.width.abs_diff(j.next.width) <= 2
    }),
    // Lines of a headline, which are as long as its words make them.
    ("a headline's last word asks for more", -7.0, |j| {
        j.in_headline() && glyph::leads_on(j.prev.last)
    }),
    ("a figure in a headline waits for what it counts", -5.0, |j| {
        j.in_headline() && figure_waits(j.prev_text())
    }),
    ("a scrap of a headline comes next", -2.5, |j| {
        j.in_headline() && j.next.width <= 8 && j.next.width * 3 <= j.prev.width
    }),
    // What the lines are.
    ("a byline comes next", 8.0, |j| {
        matches!(j.next.shape, Shape::Byline | Shape::Credit)
            && !byline_goes_on(j)
            && !matches!(j.prev.last, '电' | '電' | '讯' | '訊')
    }),
    ("a byline ends", 5.0, |j| {
        j.block.is(Shape::Byline) && !byline_goes_on(j)
    }),
    ("a byline waits for a name", -6.0, byline_goes_on),
    ("a credit ends", 6.0, |j| j.prev.shape == Shape::Credit),
    ("a pointer to another page", 6.5, |j| {
        j.next.shape == Shape::Furniture || j.block.is(Shape::Furniture)
    }),
    ("a pointer to another page goes on", -20.0, |j| {
        j.prev.shape == Shape::Furniture && j.open_for.is_some()
    }),
    ("a report opens", 8.0, |j| j.next.shape == Shape::Lead),
    ("an item of a list after a sentence", 4.0, |j| {
        j.next.shape == Shape::Item && j.prev.is_finished()
    }),
    ("an item of a list where room was left", 2.0, |j| {
        j.next.shape == Shape::Item && j.slack() >= 2
    }),
    ("an item of a list after another", 9.0, |j| {
        j.next.shape == Shape::Item && j.block.is(Shape::Item)
    }),
    ("one speaker after another", 3.0, |j| {
        j.begins && is_speech(j.prev) && is_quotation_mark(j.next.first)
    }),
    ("an item of a list after a colon", 6.0, |j| {
        j.next.shape == Shape::Item && glyph::is_colon(j.prev.core)
    }),
    ("lines of a poem", 14.0, |j| j.verse == Verse::Inside),
    ("a poem begins or ends", 6.0, |j| {
        j.verse == Verse::Edge && (j.prev.is_finished() || j.block.marks == 0)
    }),
    ("rows of a table", 7.0, |j| j.rows),
];

/// What the dictionary says; asked only where the rest leaves a doubt.
pub(super) const WORD_SPANS: f32 = -5.0;
pub(super) const WORD_ENDS: f32 = 0.6;
/// The same between two lines of a headline, where the room left says nothing.
pub(super) const WORD_SPANS_HEADLINE: f32 = -10.0;

impl<'a> Junction<'a> {
    /// The log-odds of a break.
    pub(super) fn score(&self, words: Option<&Words>) -> f32 {
        let seen: f32 = EVIDENCE
            .iter()
            .filter(|(_, _, holds)| holds(self))
            .map(|(_, weight, _)| weight)
            .sum();
        match words {
            Some(words) if self.in_headline() && seen < -WORD_SPANS_HEADLINE => {
                let spans = self.word_spans(words) == Some(true);
                seen + if spans { WORD_SPANS_HEADLINE } else { WORD_ENDS }
            }
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

    /// How much wider the column is than `prev` with the first stretch of `next`, in half-width units. Negative where
    /// the stretch did not fit. The first line of a block may have lost an indent of two characters.
    pub(super) fn slack(&self) -> i64 {
        let gap = u32::from(self.prev.latin && self.next.latin);
        let indent = if self.begins {
            self.prev.indent.max(self.habit.lost_indent).min(4)
        } else {
            0
        };
        i64::from(self.column.width) - i64::from(self.prev.width + gap + indent + self.next.need)
    }

    /// Whether `prev` and `next` are lines of one headline or of two in a row: short, with words alone in them.
    fn in_headline(&self) -> bool {
        self.block.looks_like_heading()
            && self.slack() >= 2
            && !self.prev.ends_marked()
            && self.prev.width >= 10
            && !blank(self)
            && !indented(self)
            && self.next.shape == Shape::Plain
            && self.next.marks == 0
            && !self.next.ends_marked()
            && !self.prev.latin
            && !self.next.latin
            && self.heading_next
    }

    /// Whether `prev` stands alone and is short, as headings are.
    fn begins_short(&self) -> bool {
        self.begins && self.slack() >= 4
    }
}

fn blank(j: &Junction) -> bool {
    j.next.blank > j.habit.blank_lines_everywhere
}

fn indented(j: &Junction) -> bool {
    let usual = j.habit.indent_everywhere;
    j.next.indent > usual && (j.prev.indent <= usual || j.begins)
}

fn next_is_first_line(j: &Junction) -> bool {
    j.habit.is_first_line(j.next, j.next_short_by) && (j.prev.is_finished() || j.block.marks == 0)
}

/// Whether the name in a byline is still to come, or its last character.
fn byline_goes_on(j: &Junction) -> bool {
    let rest = j.next.width <= 8 && j.next.marks == 0 && j.slack() < 2;
    let credit = j.next.shape == Shape::Credit && !shape::begins_with_role(j.next_text());
    j.block.is(Shape::Byline)
        && (shape::ends_with_role(j.prev_text()) || shape::is_credit(j.next_text()) || rest || credit)
}

fn figure_spans(j: &Junction) -> bool {
    let (last, first) = (j.prev.last, j.next.first);
    glyph::is_digit(first) && (glyph::is_digit(last) || matches!(last, '.' | '．' | '第' | '约' | '近' | '达'))
}

/// Whether the line is Latin without a mark, with a capital at each word of more than three letters.
pub(super) fn is_title(line: &Line, text: &str) -> bool {
    let mut long = text
        .split_whitespace()
        .filter(|word| word.chars().count() > 3)
        .peekable();
    line.latin
        && line.marks == 0
        && line.width <= 120
        && line.first.is_uppercase()
        && !line.is_finished()
        && long.peek().is_some()
        && long.all(|word| word.starts_with(char::is_uppercase))
}

/// Whether `text` breaks off after a figure and its counting word: `二百余名`.
fn figure_waits(text: &str) -> bool {
    let Some(figure) = text.strip_suffix(['名', '位', '个', '個', '项', '項', '条', '條', '座', '件', '所', '家'])
    else {
        return false;
    };
    figure.ends_with(|c| glyph::is_digit(c) || "一二三四五六七八九十百千万萬亿億余餘多两兩几".contains(c))
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '“' | '「' | '『')
}

/// Whether the line is one quotation, from its mark to its mark.
fn is_speech(line: &Line) -> bool {
    is_quotation_mark(line.first) && matches!(line.last, '”' | '」' | '』') && line.is_finished()
}

/// Openings that paragraphs of reports have more often than other sentences do.
pub(super) fn opens_paragraph(text: &str) -> bool {
    const OPENINGS: [&str; 22] = [
        "图为",
        "圖為",
        "据",
        "據",
        "同时",
        "此外",
        "另外",
        "目前",
        "近年来",
        "近日",
        "日前",
        "今年",
        "昨日",
        "当天",
        "记者",
        "本报",
        "在",
        "对此",
        "与此同时",
        "下一步",
        "接下来",
        "不过",
    ];
    let figure = text.trim_start_matches(glyph::is_digit);
    OPENINGS.iter().any(|opening| text.starts_with(opening))
        || figure.len() < text.len() && figure.starts_with(['月', '日', '年'])
}
