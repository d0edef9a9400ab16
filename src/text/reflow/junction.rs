//! A line end: the line before it and the line after it, and what is known around them.

use std::cmp::Ordering;

use super::byline;
use super::column::Column;
use super::ending::{self, Ending, Seen};
use super::glyph;
use super::habit::Habit;
use super::lines::Line;
use super::shape::{self, Shape};
use crate::text::Words;

/// The end of one line and the beginning of the next, with what is known around them.
pub(super) struct Junction<'a> {
    pub raw: &'a str,
    /// All lines of the text, and where `prev` stands among them.
    pub lines: &'a [Line],
    pub at: usize,
    pub prev: &'a Line,
    pub next: &'a Line,
    /// The columns around `prev` and around `next`.
    pub column: Column,
    pub next_column: Column,
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
    /// Whether `prev` and `next` are lines of a poem.
    pub verse: Side,
    /// Whether they are of a heading that runs from top to bottom.
    pub stacked: Side,
    /// Whether they are rows of a table.
    pub rows: Side,
    /// Whether they open with labels, as do lines beside them.
    pub labels: Side,
    /// Whether they open with a short cell, as do lines beside them.
    pub cells: Side,
}

/// What is known of a block before its end is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BlockSoFar {
    /// Where it begins in the raw text, in bytes.
    pub start: usize,
    /// The width of its lines, in half-width units.
    pub width: u32,
    /// The width of its widest line.
    pub widest: u32,
    /// The space before its first line, in half-width units.
    pub indent: u32,
    /// How many lines it has.
    pub lines: u32,
    /// How many blocks of one line stand right before it.
    pub singles: u32,
    /// The least width that one of its lines would have had with the first stretch of the next: its column is narrower.
    pub reach: u32,
    /// Marks in it that divide or end a sentence.
    pub marks: u32,
    /// Whether it begins as headings do: room is left after a few lines without a full stop.
    pub heads: bool,
    /// Whether it begins with a bracket that is closed nowhere but at the end of its last line.
    pub bracketed: bool,
    /// Whether an item of a list begins within one of its lines.
    pub items_run_on: bool,
    /// Whether the block before it looks like a heading.
    pub under_heading: bool,
    /// Whether the block before it is the author's name under a heading.
    pub under_byline: bool,
    /// Whether the block before it ends as a sentence does.
    pub after_sentence: bool,
    /// Whether it is one of several lines in a row that open with labels.
    pub labelled: bool,
    /// Whether it is one of several lines in a row that open with a short cell.
    pub celled: bool,
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
    pub(super) fn is(&self, shape: Shape) -> bool {
        self.shape == shape
    }

    pub(super) fn looks_like_heading(&self) -> bool {
        self.is_bare()
            && !self.under_byline
            && self.width <= 60
            && (self.heads || !self.opens_paragraph)
            && matches!(self.shape, Shape::Plain | Shape::Item)
    }

    /// Whether no mark in it makes a sentence of it.
    pub(super) fn is_bare(&self) -> bool {
        self.marks == 0 && !self.under_byline || self.heads && self.marks <= 1
    }
}

/// Where a line end stands to the lines of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Between two others.
    Outside,
    /// Before the first or after the last.
    Edge,
    /// Between two of them.
    Inside,
}

impl Side {
    pub(super) fn of(prev: bool, next: bool) -> Self {
        match (prev, next) {
            (true, true) => Self::Inside,
            (false, false) => Self::Outside,
            _ => Self::Edge,
        }
    }
}

/// How a line fits into a headline. Headlines are set in a column of their own, or in lines of about one length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// The line would not have been wrapped where the one before was.
    TooLong,
    /// It would have been wrapped there if the lines differ by a little.
    Barely,
    /// The text has a headline in one line that is as wide as the two.
    OneLine,
    /// The line before fills the widest column that a headline of the text has.
    Full,
    /// The lines are of about one length.
    Even,
    FullAndEven,
    Neither,
}

/// What the dictionary knows of a line end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Boundary {
    /// Whether a word lies over it.
    pub spans: bool,
    /// The part of speech of the word before it and of the one after it, as the first letter of its ICTCLAS tag.
    pub prev: Option<char>,
    pub next: Option<char>,
    /// Whether a verb stands in the block so far, and in the line after it.
    pub verb_before: bool,
    pub verb_after: bool,
}

/// Narrower columns, in half-width units, have no room for an indent of two characters.
const NARROWEST_INDENTED: u32 = 12;

impl<'a> Junction<'a> {
    /// What the dictionary knows of the line end.
    pub(super) fn boundary(&self, words: &Words) -> Boundary {
        let spans = self.word_spans(words).unwrap_or_default();
        let class = |tag: &str| tag.chars().next();
        let is_verb = |tag: &&str| tag.starts_with('v') && *tag != "vn";
        let block = self.raw.get(self.block.start..self.prev.end).unwrap_or_default();
        let block: String = block.split(char::is_whitespace).collect();
        let before: Vec<&str> = words.tagged(&block).map(|(_, tag)| tag).collect();
        let after: Vec<&str> = words.tagged(self.next_text()).map(|(_, tag)| tag).collect();
        Boundary {
            spans,
            prev: before.last().copied().and_then(class),
            next: after.first().copied().and_then(class),
            verb_before: before.iter().any(is_verb),
            verb_after: after.iter().any(is_verb),
        }
    }

    /// The room that was left for the rest of a word, in three steps. An indent shows that it was enough.
    pub(super) fn room_for_a_word(&self) -> usize {
        match self.slack() {
            _ if indented(self) => 2,
            ..2 => 0,
            2..8 => 1,
            8.. => 2,
        }
    }

    /// What the line end shows at a glance.
    pub(super) fn seen(&self) -> Seen {
        let lost = self.habit.lost_indent == 4 && self.next.indent == 0 && self.next_column.width >= NARROWEST_INDENTED;
        Seen {
            ending: Ending::of(self.prev, self.block.is_bare()),
            room: ending::room(self.slack()),
            blank: blank(self),
            blanks: self.habit.blanks,
            indented: indented(self),
            indents: self.habit.indents,
            first_line: lost
                .then(|| ending::first_line(self.next, self.after(), self.next_column))
                .flatten(),
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

    /// The line after `next`.
    pub(super) fn after(&self) -> Option<&'a Line> {
        self.lines.get(self.at + 2)
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
        let indent = if self.begins && !self.block.is_bare() && self.column.width >= NARROWEST_INDENTED {
            self.prev.indent.max(self.habit.lost_indent).min(4)
        } else {
            0
        };
        i64::from(self.column.width) - i64::from(self.prev.width + gap + indent + self.next.need)
    }

    /// Whether `prev` and `next` are lines of one headline or of two in a row.
    pub(super) fn in_headline(&self) -> bool {
        self.block.looks_like_heading()
            && (self.heading_next || self.question_next)
            && !self.prev.is_finished()
            && !blank(self)
            && !self.prev.latin
            && !self.next.latin
            && self.next.shape == Shape::Plain
    }

    /// Whether `next` opens with a figure as the block does, which is not long: `9月22日`, `9月23日`.
    pub(super) fn opens_as_block(&self) -> bool {
        const MOST_LINES: u32 = 4;
        self.block.width <= MOST_LINES * self.column.width
            && shape::open_alike(self.raw.get(self.block.start..).unwrap_or_default(), self.next_text())
    }

    /// Whether the block ends with the credit of a picture or the name of its author.
    pub(super) fn ends_credited(&self) -> bool {
        const LONGEST: usize = 160;
        if !byline::ENDS_CREDIT.contains(&self.prev.last) {
            return false;
        }
        let from = self.raw.floor_char_boundary(self.prev.end.saturating_sub(LONGEST));
        let tail = self
            .raw
            .get(from.max(self.block.start)..self.prev.end)
            .unwrap_or_default();
        byline::ends_credited(&tail.split(['\n', '\r']).map(str::trim).collect::<String>())
    }

    /// How `next` would fit into the headline that the block is.
    pub(super) fn fit(&self) -> Option<Fit> {
        if !self.in_headline() {
            return None;
        }
        let widest = self.habit.headline;
        let even = self.prev.width + 2 >= self.next.width && self.prev.width <= self.next.width + 4;
        let full = self.prev.width + self.next.need > widest;
        let reach = self.block.reach.min(self.prev.reach(self.next));
        let fits = self.block.widest.max(self.next.width).cmp(&reach);
        Some(if fits == Ordering::Greater {
            Fit::TooLong
        } else if fits == Ordering::Equal {
            Fit::Barely
        } else if self.block.width + self.next.width <= widest {
            Fit::OneLine
        } else {
            match (full, even) {
                (true, true) => Fit::FullAndEven,
                (true, false) => Fit::Full,
                (false, true) => Fit::Even,
                (false, false) => Fit::Neither,
            }
        })
    }

    /// Whether room was left after `next`.
    pub(super) fn has_room_after_next(&self) -> bool {
        let need = self.after().map_or(0, |after| after.need);
        self.next.width + need + 2 <= self.next_column.width
    }

    /// Whether `prev` stands alone and is short, as headings are.
    pub(super) fn begins_short(&self) -> bool {
        self.begins && self.slack() >= 4
    }
}

pub(super) fn blank(j: &Junction) -> bool {
    j.next.blank > j.habit.blank_lines_everywhere
}

pub(super) fn indented(j: &Junction) -> bool {
    let usual = j.habit.indent_everywhere;
    j.next.indent > usual && (j.prev.indent <= usual || j.begins)
}

/// The indent of a paragraph, two characters, in half-width units.
pub(super) const INDENT: u32 = 4;

/// Whether both lines were set about the middle of their column, as the lines of a headline are: then the space before
/// them is no indent.
pub(super) fn set_about_one_middle(j: &Junction) -> bool {
    const TWICE_OFF: u32 = 3;
    let twice_middle = |line: &Line| 2 * line.indent + line.width;
    let moved = j.prev.indent.max(j.next.indent) > INDENT || j.prev.indent.abs_diff(j.next.indent) > 1;
    moved
        && !j.prev.ends_marked()
        && j.next.indent > 0
        && j.prev.width.max(j.next.width) + INDENT <= j.column.width.max(j.habit.headline + INDENT)
        && twice_middle(j.prev).abs_diff(twice_middle(j.next)) <= TWICE_OFF
}

/// Whether `next` stands further in than the items of a list, as what is left of them does: `1. 凡在群内|  收费的`.
pub(super) fn hangs(j: &Junction) -> bool {
    const AHEAD: usize = 4;
    let item = |line: &Line| matches!(line.shape, Shape::Item | Shape::Row(_));
    let further = |line: &Line| line.indent < j.next.indent;
    let begun = j.begins && further(j.prev);
    let others = j.lines.iter().skip(j.at + 2).take(AHEAD);
    begun
        && j.block.is(j.prev.shape)
        && item(j.prev)
        && !item(j.next)
        && others.into_iter().any(|line| item(line) && further(line))
}

/// Whether the name in a byline is still to come, or its last character.
pub(super) fn byline_goes_on(j: &Junction) -> bool {
    if !j.block.is(Shape::Byline) {
        return false;
    }
    let rest = j.next.width <= 8 && j.next.marks == 0 && j.slack() < 2;
    let next = j.next_text();
    let credit = j.next.shape == Shape::Credit && !byline::begins_with_role(next);
    // `本报评论员` needs no name: had there been one, it would have had room.
    let waits = byline::ends_with_role(j.prev_text()) && (j.slack() < 8 || byline::is_name(next));
    rest || credit || byline::names_people(next) || byline::is_credit(next) || waits
}

pub(super) fn figure_spans(j: &Junction) -> bool {
    let (last, first) = (j.prev.last, j.next.first);
    if !glyph::is_digit(first) {
        return false;
    }
    let joins = |c: char| matches!(c, ':' | '：' | '—' | '-' | '–' | '~' | '～' | '∶');
    let before = j.prev_text().chars().rev().find(|&c| !joins(c));
    glyph::is_digit(last)
        || matches!(last, '.' | '．' | '第' | '约' | '近' | '达')
        || joins(last) && before.is_some_and(glyph::is_digit)
}

/// `7:|20`
pub(super) fn clock_spans(j: &Junction) -> bool {
    let hour = || j.prev_text().strip_suffix([':', '：']);
    glyph::is_digit(j.next.first) && hour().is_some_and(|hour| hour.ends_with(glyph::is_digit))
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
pub(super) fn figure_waits(text: &str) -> bool {
    let Some(figure) = text.strip_suffix(['名', '位', '个', '個', '项', '項', '条', '條', '座', '件', '所', '家'])
    else {
        return false;
    };
    figure.ends_with(|c| glyph::is_digit(c) || "一二三四五六七八九十百千万萬亿億余餘多两兩几".contains(c))
}

/// `1.|06`, in digits of either width.
pub(super) fn decimal_spans(j: &Junction) -> bool {
    let whole = || j.prev_text().strip_suffix(['.', '．']);
    glyph::is_digit(j.next.first) && whole().is_some_and(|whole| whole.ends_with(glyph::is_digit))
}

pub(super) fn is_quotation_mark(c: char) -> bool {
    matches!(c, '“' | '「' | '『')
}

/// Whether the line is one quotation, from its mark to its mark.
pub(super) fn is_speech(line: &Line) -> bool {
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
    text.starts_with('【')
        || shape::asks_or_answers(text)
        || OPENINGS.iter().any(|opening| text.starts_with(opening))
        || figure.len() < text.len() && figure.starts_with(['月', '日', '年'])
}
