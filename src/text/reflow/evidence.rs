//! What speaks for a break at a line end and what speaks against it.
//!
//! Each piece of evidence has a weight, a log-odds: positive for a break, negative for a wrap. They were fitted together
//! with those of `ending.rs` by logistic regression on articles of several writers, set in columns of 8 to 60 characters
//! with lost indents, false and missing blank lines and stray spaces, and rounded. The regression was drawn to weights
//! chosen by hand, so that what is rare (bylines, lists, poems, tables) keeps those. It must hold on articles that it
//! was not fitted on; a weight that only one writer's articles ask for is not worth its line.

use super::byline;
use super::ending::Ending;
use super::glyph;
use super::junction::{
    Boundary, Fit, INDENT, Junction, Side, blank, byline_goes_on, clock_spans, decimal_spans, figure_spans,
    figure_waits, hangs, indented, is_quotation_mark, is_speech, is_title, opens_paragraph, set_about_one_middle,
};
use super::kinds;
use super::shape::{self, Shape};
use crate::text::Words;

/// What is observed, what that is worth, and whether it holds.
pub(super) type Evidence = (&'static str, f32, fn(&Junction) -> bool);

/// Everything that can be seen without a dictionary.
pub(super) const EVIDENCE: &[Evidence] = &[
    // The end of the line.
    ("a comma ends the line", -0.8, |j| matches!(j.prev.core, '，' | ',')),
    ("a paragraph has begun and no mark ends the line", -0.9, |j| {
        !j.prev.ends_marked() && !j.block.is(Shape::Byline) && (j.block.opens_paragraph || j.block.is(Shape::Lead))
    }),
    ("the line ends with an opening mark", -5.0, |j| {
        glyph::is_opener(j.prev.last)
    }),
    ("the last word asks for more", -2.1, |j| {
        glyph::leans_on(j.prev.last) && !j.begins_short()
    }),
    ("a credit ends the line", 7.4, |j| {
        j.prev.shape != Shape::Credit && j.ends_credited()
    }),
    ("prose breaks off where room was left", -1.4, |j| {
        Ending::of(j.prev, j.block.is_bare()) == Ending::Broken
            && glyph::is_hanzi(j.prev.last)
            && j.slack() >= 2
            && j.next.shape == Shape::Plain
            && j.block.is(Shape::Plain)
            && !j.ends_credited()
    }),
    ("a pointer to another page ends the line", 9.0, |j| {
        shape::ends_pointing(j.prev_text())
    }),
    // The beginning of the next.
    ("the next line begins with a closing mark", -5.5, |j| {
        glyph::cannot_start(j.next.first)
    }),
    ("the next word leans on the one before", -5.3, |j| {
        glyph::leans_back(j.next.first)
    }),
    ("a small letter follows", -5.9, |j| {
        j.next.first.is_lowercase() && !j.prev.is_finished()
    }),
    ("a figure goes on", -5.4, |j| {
        figure_spans(j) && j.rows != Side::Inside && j.next.shape != Shape::Item && j.slack() < 4
    }),
    ("a figure goes on although there was room", -4.2, |j| {
        figure_spans(j) && j.rows != Side::Inside && j.next.shape != Shape::Item && j.slack() >= 4
    }),
    ("a decimal goes on", -6.8, decimal_spans),
    ("a figure waits for its unit", -5.9, |j| {
        glyph::is_digit(j.prev.last) && glyph::counts(j.next.first) && !glyph::is_digit(j.next.first)
    }),
    ("a hyphen waits for the rest of its word", -8.0, |j| {
        matches!(j.prev.last, '-' | '\u{2010}' | '\u{ad}') && j.next.first.is_alphabetic()
    }),
    ("a Latin word goes on in Chinese text", -2.0, |j| {
        !j.prev.latin && j.prev.last.is_ascii_alphanumeric() && j.next.first.is_ascii_alphabetic()
    }),
    ("a caption opens after a sentence", 7.5, |j| {
        j.prev.is_finished() && kinds::begins_caption(j.next_text())
    }),
    ("a dash after a sentence", 3.7, |j| {
        j.prev.is_finished() && j.next.first == '—'
    }),
    ("a paragraph opens like this", -0.5, |j| {
        j.prev.is_finished() && opens_paragraph(j.next_text())
    }),
    ("a label opens the next line after a sentence", 1.5, |j| {
        j.prev.is_finished() && shape::asks_or_answers(j.next_text())
    }),
    ("the speaker is named after a quotation", -1.7, |j| {
        matches!(j.prev.last, '”' | '」' | '』') && shape::names_speaker(j.next_text())
    }),
    ("items run on within the block", -5.4, |j| {
        j.next.shape == Shape::Item && j.block.items_run_on
    }),
    ("a remark in brackets ends", 5.7, |j| {
        j.block.bracketed && j.open_for.is_none() && matches!(j.prev.last, '）' | ')')
    }),
    // Indents.
    ("an indent of two characters", 1.1, |j| {
        indented(j) && j.next.indent == j.habit.indent_everywhere + INDENT
    }),
    ("the block is indented and the next line is not", -2.0, |j| {
        j.block.indent > j.habit.indent_everywhere
            && j.next.indent <= j.habit.indent_everywhere
            && j.next.shape == Shape::Plain
            && j.block.is(Shape::Plain)
    }),
    ("lines set about one middle", -3.5, set_about_one_middle),
    ("the lines of an item hang", -3.9, hangs),
    // Room in the column.
    ("most of the line was left", 2.0, |j| {
        !j.prev.ends_marked() && j.slack() > i64::from(j.column.width / 2)
    }),
    ("a little room was left in an even column", 0.7, |j| {
        j.column.tight && (0..2).contains(&j.slack())
    }),
    ("room for a character was left in an even column", 0.2, |j| {
        j.column.tight && j.slack() >= 2
    }),
    ("the next line is too wide for the column", 1.6, |j| {
        j.next.width > j.column.width + 4 && !glyph::cannot_start(j.next.last)
    }),
    ("a sentence ends where every line does so", 4.9, |j| {
        j.habit.unwrapped && j.prev.is_finished()
    }),
    ("lines too long for a column", 4.3, |j| j.column.width > 160),
    ("a scrap comes next", 0.0, |j| {
        j.next.width <= 8 && !j.prev.ends_marked() && j.next.shape == Shape::Plain && j.slack() < 2
    }),
    ("few words between blank lines", 0.8, |j| {
        blank(j) && j.block.after_blank && j.block.looks_like_heading() && !j.prev.ends_marked()
    }),
    ("a question between blank lines", 1.9, |j| {
        blank(j) && j.block.after_blank && j.begins && j.block.marks == 1 && matches!(j.prev.core, '？' | '！')
    }),
    ("a short question comes after a sentence", 2.0, |j| {
        j.prev.is_finished() && j.question_next
    }),
    ("a title in capitals ends", 5.0, |j| {
        j.block.title && !is_title(j.next, j.next_text())
    }),
    ("a heading comes after a sentence", 2.8, |j| {
        j.heading_next && j.prev.is_finished()
    }),
    // Quotation marks and brackets.
    ("a bracket or quotation is open", -2.5, |j| {
        j.open_for.is_some_and(|units| units < 400)
    }),
    ("the next line closes what is open", -4.3, |j| {
        j.open_for.is_some_and(|units| units < 80) && j.next.closed > 0
    }),
    ("a line as long follows in a sentence", -2.0, |j| {
        let indent = if j.begins { 4 } else { 0 };
        let as_long = |width: u32| width.abs_diff(j.next.width) <= 2;
        j.block.marks > 0
            && !j.prev.ends_marked()
            && j.slack() >= 2
            && (as_long(j.prev.width) || as_long(j.prev.width + indent))
    }),
    // Lines of a headline, which are as long as its words make them.
    ("a headline's last word asks for more", -4.5, |j| {
        j.in_headline() && glyph::leads_on(j.prev.last)
    }),
    ("a figure in a headline waits for what it counts", -2.9, |j| {
        j.in_headline() && figure_waits(j.prev_text())
    }),
    ("a scrap of a headline comes next", -0.9, |j| {
        j.in_headline() && j.next.width <= 8 && j.next.width * 3 <= j.prev.width
    }),
    ("the next line is too long for a headline's column", 3.0, |j| {
        j.fit() == Some(Fit::TooLong)
    }),
    ("the next line is hardly too long for a headline's column", 1.2, |j| {
        j.fit() == Some(Fit::Barely)
    }),
    ("a headline would have had room in one line", 1.1, |j| {
        j.fit() == Some(Fit::OneLine)
    }),
    ("a headline has even lines", -0.3, |j| j.fit() == Some(Fit::Even)),
    ("a headline fills its column", -0.3, |j| j.fit() == Some(Fit::Full)),
    ("a headline fills its column with even lines", 0.1, |j| {
        j.fit() == Some(Fit::FullAndEven)
    }),
    ("a headline neither fills its column nor has even lines", -0.1, |j| {
        j.fit() == Some(Fit::Neither)
    }),
    ("a headline is short with the next line", -2.4, |j| {
        j.in_headline() && j.block.width + j.next.width <= 24
    }),
    ("a headline is of usual length with the next line", -1.0, |j| {
        j.in_headline() && (25..=36).contains(&(j.block.width + j.next.width))
    }),
    ("a headline is too long with the next line", 1.4, |j| {
        j.in_headline() && j.block.width + j.next.width > 46
    }),
    ("a headline is short", 0.8, |j| j.in_headline() && j.block.width <= 8),
    ("the name of a section ends", 5.5, |j| {
        j.begins && shape::is_section(j.prev_text())
    }),
    ("a first line comes after what is none", 0.1, |j| {
        let seen = j.seen();
        seen.ending == Ending::Bare && j.begins && seen.first_line == Some(2) && seen.room != 2
    }),
    ("a first line comes after another", -0.1, |j| {
        let seen = j.seen();
        seen.ending == Ending::Bare && j.begins && seen.first_line == Some(2) && seen.room == 2
    }),
    ("a full line comes after a first line", -2.1, |j| {
        let seen = j.seen();
        seen.ending == Ending::Bare && j.begins && seen.first_line == Some(0) && seen.room == 2
    }),
    ("a part of a headline begins at the end of the line", -1.1, |j| {
        j.in_headline() && shape::last_part_is_short(j.prev_text())
    }),
    (
        "a part of a headline ends at the beginning of the next line",
        -0.5,
        |j| j.in_headline() && shape::first_part_is_short(j.next_text()),
    ),
    ("a quotation opens the next line of a headline", -1.7, |j| {
        j.in_headline() && glyph::is_opener(j.next.first)
    }),
    ("a colon introduces the rest of a headline", -3.6, |j| {
        j.in_headline() && glyph::is_colon(j.prev.core)
    }),
    ("the parts of a section's name", 2.7, |j| {
        j.begins && !shape::is_section(j.prev_text()) && shape::is_divided_name(j.prev_text())
    }),
    ("a signature comes next", 3.5, |j| {
        j.prev.is_finished()
            && j.next.shape == Shape::Plain
            && j.next.width <= byline::WIDEST_SIGNATURE
            && byline::is_signature(j.next_text())
    }),
    ("a signature ends", 5.9, |j| {
        j.begins
            && j.block.after_sentence
            && j.prev.shape == Shape::Plain
            && j.prev.width <= byline::WIDEST_SIGNATURE
            && byline::is_signature(j.prev_text())
    }),
    ("a paragraph under the author's name goes on", -1.9, |j| {
        j.block.under_byline && !j.prev.is_finished()
    }),
    ("a dash opens the second headline", 6.1, |j| {
        j.in_headline() && matches!(j.next.first, '—' | '─' | '―')
    }),
    ("a name under a headline", 3.8, |j| {
        let signed = j
            .after()
            .is_some_and(|after| matches!(after.shape, Shape::Byline | Shape::Credit));
        j.block.looks_like_heading()
            && j.heading_next
            && byline::is_name(j.next_text())
            && !j.prev.ends_marked()
            && !glyph::is_digit(j.prev.first)
            && !signed
    }),
    ("a name ends under a headline", 5.9, |j| {
        j.begins && j.block.under_heading && byline::is_name(j.prev_text())
    }),
    ("a heading from top to bottom goes on", -10.7, |j| {
        j.stacked == Side::Inside && j.next.width <= j.prev.width.max(2)
    }),
    ("a heading from top to bottom begins or ends", 7.9, |j| {
        j.stacked == Side::Edge || j.stacked == Side::Inside && j.next.width > j.prev.width.max(2)
    }),
    // What the lines are.
    ("a byline comes next", 4.3, |j| {
        matches!(j.next.shape, Shape::Byline | Shape::Credit)
            && !byline_goes_on(j)
            && (byline::begins_with_role(j.next_text()) || !byline::breaks_off_credit(j.prev_text()))
            && !byline::role_spans(j.prev_text(), j.next_text())
            && !matches!(j.prev.last, '电' | '電' | '讯' | '訊')
    }),
    ("a byline ends", 3.2, |j| {
        j.block.is(Shape::Byline) && !byline_goes_on(j)
    }),
    ("a byline ends with a name", 0.3, |j| {
        j.block.is(Shape::Byline)
            && !byline_goes_on(j)
            && !byline::ends_with_role(j.prev_text())
            && !byline::names_people(j.next_text())
    }),
    ("a byline waits for a name", -3.8, byline_goes_on),
    (
        "the word that closes a credit stands alone in the next line",
        -8.0,
        |j| byline::is_credit(j.next_text()) && byline::breaks_off_credit(j.prev_text()),
    ),
    ("a credit ends", 5.1, |j| j.prev.shape == Shape::Credit),
    ("a pointer to another page comes next", 2.9, |j| {
        j.next.shape == Shape::Furniture && !j.block.is(Shape::Furniture)
    }),
    ("a pointer to another page ends where room was left", 1.8, |j| {
        j.block.is(Shape::Furniture) && j.slack() >= 2
    }),
    ("a pointer to another page ends where no room was left", 0.8, |j| {
        j.block.is(Shape::Furniture) && j.slack() < 2
    }),
    ("a pointer to another page goes on", -20.0, |j| {
        j.prev.shape == Shape::Furniture && j.open_for.is_some()
    }),
    ("a report opens", 8.2, |j| j.next.shape == Shape::Lead),
    ("the opening of a report stands alone where room was left", 0.8, |j| {
        j.begins && j.slack() >= 2 && j.prev.shape == Shape::Lead && shape::is_whole_lead(j.prev_text())
    }),
    ("the opening of a report fills its line", 0.4, |j| {
        j.begins && j.slack() < 2 && j.prev.shape == Shape::Lead && shape::is_whole_lead(j.prev_text())
    }),
    ("an item of a list after a sentence", 1.8, |j| {
        j.next.shape == Shape::Item && j.prev.is_finished()
    }),
    ("an item of a list where room was left", 1.6, |j| {
        j.next.shape == Shape::Item && j.slack() >= 2
    }),
    ("an item of a list after another", 3.4, |j| {
        j.next.shape == Shape::Item && j.block.is(Shape::Item)
    }),
    ("an item of a list after another where room was left", 4.0, |j| {
        j.next.shape == Shape::Item && j.block.is(Shape::Item) && j.slack() >= 2
    }),
    ("the next line opens as the block does, where room was left", 5.1, |j| {
        j.slack() >= 2 && j.opens_as_block()
    }),
    ("the next line opens as the block does, after a sentence", 5.5, |j| {
        j.slack() < 2 && j.prev.is_finished() && j.opens_as_block()
    }),
    (
        "the next line opens as the block does, where no room was left",
        5.0,
        |j| j.slack() < 2 && !j.prev.is_finished() && j.opens_as_block(),
    ),
    ("one labelled line after another where room was left", 4.9, |j| {
        j.slack() >= 2 && j.labels == Side::Inside
    }),
    ("one labelled line after another where no room was left", 3.4, |j| {
        j.slack() < 2 && j.labels == Side::Inside
    }),
    ("one of several times comes next", 3.5, |j| {
        j.labels != Side::Outside && j.next.shape == Shape::Item && shape::is_timed(j.next_text())
    }),
    ("the last labelled line ends", -0.3, |j| {
        j.labels == Side::Edge && j.block.labelled
    }),
    ("the first labelled line comes next", 1.2, |j| {
        j.labels == Side::Edge && !j.block.labelled
    }),
    ("one speaker after another", 3.3, |j| {
        j.begins && is_speech(j.prev) && is_quotation_mark(j.next.first)
    }),
    (
        "one of several lines with cells comes next, where room was left",
        1.5,
        |j| j.slack() >= 2 && j.cells == Side::Inside,
    ),
    (
        "one of several lines with cells comes next, where no room was left",
        1.8,
        |j| j.slack() < 2 && j.cells == Side::Inside,
    ),
    ("the first of several lines with cells comes next", 0.8, |j| {
        j.cells == Side::Edge && !j.block.celled
    }),
    ("a date stands alone in the next line", 1.4, |j| {
        byline::is_date(j.next_text()) && j.has_room_after_next()
    }),
    ("an item of a list after a colon", 5.7, |j| {
        j.next.shape == Shape::Item && glyph::is_colon(j.prev.core) && !clock_spans(j)
    }),
    ("lines of a poem", 9.7, |j| j.verse == Side::Inside),
    ("a poem begins or ends", 4.7, |j| {
        j.verse == Side::Edge && (j.prev.is_finished() || j.block.marks == 0)
    }),
    ("rows of a table", 3.4, |j| j.rows == Side::Inside),
    ("a table begins or ends", 2.8, |j| j.rows == Side::Edge),
];

/// What the dictionary says where a word lies over the line end, by the room that was left there: none, little, much.
/// A line that could have taken the rest of the word was not wrapped within it.
pub(super) const WORD_SPANS: [f32; 3] = [-6.7, -6.3, -3.6];
/// What it says where a word ends there.
pub(super) const WORD_ENDS: f32 = -0.5;

/// The same of what the dictionary says.
pub(super) type HeadlineWords = (&'static str, f32, fn(&Boundary) -> bool);

/// What it says between two lines of a headline or of two in a row, where the room left says little.
pub(super) const HEADLINE_WORDS: &[HeadlineWords] = &[
    ("a word lies over the line end", -10.1, |b| b.spans),
    ("a word ends the line", -1.2, |b| !b.spans),
    ("a verb begins the next line", -0.2, |b| !b.spans && b.next == Some('v')),
    ("a noun or a name begins the next line", 0.9, |b| {
        !b.spans && matches!(b.next, Some('n' | 't' | 's' | 'j'))
    }),
    ("a figure begins the next line", -0.1, |b| {
        !b.spans && b.next == Some('m')
    }),
    ("a word that leads on begins the next line", -0.5, |b| {
        !b.spans && matches!(b.next, Some('u' | 'c' | 'p' | 'd' | 'f' | 'q' | 'k' | 'y'))
    }),
    ("a verb ends the line", -0.7, |b| !b.spans && b.prev == Some('v')),
    ("a noun or a name ends the line", -0.6, |b| {
        !b.spans && matches!(b.prev, Some('n' | 't' | 's' | 'j'))
    }),
    ("a word that leads on ends the line", -0.4, |b| {
        !b.spans && matches!(b.prev, Some('u' | 'c' | 'p' | 'd' | 'r' | 'm' | 'a' | 'b'))
    }),
    ("no verb has come yet", 0.5, |b| !b.spans && !b.verb_before),
    ("each part has a verb", 1.4, |b| {
        !b.spans && b.verb_before && b.verb_after
    }),
    ("no verb comes in the next line", 0.8, |b| !b.spans && !b.verb_after),
];

/// More than the dictionary ever says of a headline.
const MOST_FROM_WORDS: f32 = 15.0;

impl Junction<'_> {
    /// What the evidence adds up to: the log-odds of a break.
    pub(super) fn evidence(&self, words: Option<&Words>) -> f32 {
        let held = EVIDENCE.iter().filter(|(_, _, holds)| holds(self));
        let seen = self.seen().score() + held.map(|(_, weight, _)| weight).sum::<f32>();
        let Some(words) = words else { return seen };
        if self.in_headline() {
            return if seen.abs() < MOST_FROM_WORDS {
                seen + self.headline_words(words)
            } else {
                seen
            };
        }
        let most = WORD_SPANS[self.room_for_a_word()];
        if seen < 0.0 || seen > -most || self.next.shape.is_told_by_its_words() {
            return seen;
        }
        seen + self
            .word_spans(words)
            .map_or(0.0, |over| if over { most } else { WORD_ENDS })
    }

    fn headline_words(&self, words: &Words) -> f32 {
        let boundary = self.boundary(words);
        let held = HEADLINE_WORDS.iter().filter(|(_, _, holds)| holds(&boundary));
        held.map(|(_, weight, _)| weight).sum()
    }
}
