//! What is measured at a line end: the numbers that the trees of `forest.rs` compare.
//!
//! They hold no words, only how wide, how full, how marked the lines around the line end are. All are whole numbers;
//! widths are in half-width units, a yes is 1.

use super::ending;
use super::glyph;
use super::junction::{Junction, blank, indented};
use super::lines::{Line, is_space};
use super::shape::Shape;

/// One number measured at a line end.
type OfJunction = (&'static str, fn(&Junction) -> u32);
/// One number measured of a line near it.
type OfLine = (&'static str, fn(&Line, &str) -> u32);

/// What is measured of the line end itself and of the block that may end there.
const OF_JUNCTION: &[OfJunction] = &[
    ("column", |j| j.column.width),
    ("next column", |j| j.next_column.width),
    ("column is tight", |j| j.column.tight.into()),
    ("lines that agree on the column", |j| count(j.column.agreeing)),
    ("ending", |j| ending::Ending::of(j.prev, j.block.is_bare()) as u32),
    ("blank", |j| blank(j).into()),
    ("indented", |j| indented(j).into()),
    ("open for", |j| j.open_for.map_or(0, |units| units + 1)),
    ("indent of the block", |j| j.block.indent),
    ("lines of the block", |j| j.block.lines),
    ("blocks of one line before it", |j| j.block.singles),
    ("width of the block", |j| j.block.width),
    ("widest line of the block", |j| j.block.widest),
    ("marks of the block", |j| j.block.marks),
    ("shape of the block", |j| shape(j.block.shape)),
    ("block begins as a heading", |j| j.block.heads.into()),
    ("block comes under a heading", |j| j.block.under_heading.into()),
    ("block comes under a byline", |j| j.block.under_byline.into()),
    ("block comes after a sentence", |j| j.block.after_sentence.into()),
    ("block comes after a blank line", |j| j.block.after_blank.into()),
    ("block opens with a label", |j| j.block.labelled.into()),
    ("heading next", |j| j.heading_next.into()),
    ("verse", |j| j.verse as u32),
    ("rows", |j| j.rows as u32),
    ("labels", |j| j.labels as u32),
    ("blank lines between paragraphs", |j| j.habit.blanks as u32),
    ("indents of paragraphs", |j| j.habit.indents as u32),
    ("indents lost", |j| j.habit.lost_indent),
    ("widest headline", |j| j.habit.headline),
    ("same beginning as the line before", |j| {
        (j.prev.first == j.next.first).into()
    }),
    ("same beginning as the block", |j| {
        let first = j.raw.get(j.block.start..).and_then(|block| block.chars().next());
        (first == Some(j.next.first)).into()
    }),
];

/// What is measured of each line near it.
const OF_LINE: &[OfLine] = &[
    ("width", |line, _| line.width),
    ("indent", |line, _| line.indent),
    ("blank lines before", |line, _| line.blank),
    ("marks", |line, _| line.marks),
    ("stops", |line, _| line.stops),
    ("latin", |line, _| line.latin.into()),
    ("shape", |line, _| shape(line.shape)),
    ("first", |line, _| class(line.first)),
    ("last", |line, _| class(line.last)),
    ("last but closing marks", |line, _| class(line.core)),
    ("left open", |line, _| line.opened),
    ("closed", |line, _| line.closed),
    ("cells", |_, text| {
        count(text.split(is_space).filter(|cell| !cell.is_empty()).count())
    }),
    ("digits", |_, text| {
        count(text.chars().filter(|&c| glyph::is_digit(c)).count())
    }),
];

/// The lines looked at, counted from the one that ends there.
const LINES: std::ops::RangeInclusive<isize> = -3..=4;

/// What stands for the lines before the first and after the last.
const NOTHING: i16 = -100;

/// Everything measured at a line end, in the order of [`names`].
pub(super) fn of(j: &Junction) -> Vec<i16> {
    let mut measures = Vec::with_capacity(1 + OF_JUNCTION.len() + LINES.count() * (OF_LINE.len() + 2));
    measures.push(clamped(j.slack()));
    measures.extend(OF_JUNCTION.iter().map(|(_, of)| clamped(of(j).into())));
    for distance in LINES {
        let line = j.at.checked_add_signed(distance).filter(|&at| at < j.lines.len());
        let Some(at) = line else {
            measures.extend(std::iter::repeat_n(NOTHING, OF_LINE.len() + 2));
            continue;
        };
        let line = &j.lines[at];
        let column = if distance > 0 { j.next_column } else { j.column };
        let missing = i64::from(column.width) - i64::from(line.width);
        let need = j.lines.get(at + 1).map_or(0, |next| next.need);
        measures.extend([clamped(missing), clamped(missing - i64::from(need))]);
        measures.extend(OF_LINE.iter().map(|(_, of)| clamped(of(line, line.text(j.raw)).into())));
    }
    measures
}

/// The name of each measure.
pub(super) fn names() -> Vec<String> {
    let of_junction = OF_JUNCTION.iter().map(|&(name, _)| name.to_owned());
    let of_lines = LINES.flat_map(|distance| {
        let own = ["short of the column", "room"].into_iter();
        let names = own.chain(OF_LINE.iter().map(|&(name, _)| name));
        names.map(move |name| format!("{name} {distance:+}"))
    });
    std::iter::once("slack".to_owned())
        .chain(of_junction)
        .chain(of_lines)
        .collect()
}

fn clamped(measure: i64) -> i16 {
    const MOST: i64 = 10_000;
    i16::try_from(measure.clamp(-MOST, MOST)).unwrap_or_default()
}

fn count(things: usize) -> u32 {
    u32::try_from(things).unwrap_or(u32::MAX)
}

fn shape(shape: Shape) -> u32 {
    match shape {
        Shape::Plain => 0,
        Shape::Byline => 1,
        Shape::Credit => 2,
        Shape::Furniture => 3,
        Shape::Lead => 4,
        Shape::Item => 5,
        Shape::Row(_) => 6,
    }
}

/// What kind of character it is. Those that end something come first, those that stand within words last.
fn class(c: char) -> u32 {
    let is: [fn(char) -> bool; 12] = [
        glyph::is_final,
        glyph::is_pause,
        glyph::is_colon,
        glyph::is_closer,
        glyph::is_opener,
        glyph::is_bullet,
        |c| matches!(c, '—' | '─' | '―' | '-'),
        glyph::is_digit,
        |c| !glyph::is_hanzi(c) && c.is_uppercase(),
        |c| !glyph::is_hanzi(c) && c.is_lowercase(),
        glyph::leans_on,
        glyph::is_hanzi,
    ];
    count(is.iter().position(|is| is(c)).unwrap_or(is.len()))
}
