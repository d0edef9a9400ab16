//! What the whole text does: whether blank lines and indents mean anything in it.

use super::column::Column;
use super::lines::Line;

/// How many of the paragraphs do something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Share {
    Few,
    #[default]
    Some,
    Most,
}

impl Share {
    /// `count` of `total`; too few of them say nothing.
    fn of(count: usize, total: usize) -> Self {
        if total < 2 {
            Self::Some
        } else if count * 4 >= total * 3 {
            Self::Most
        } else if count * 5 <= total {
            Self::Few
        } else {
            Self::Some
        }
    }
}

/// The habits of one text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Habit {
    /// How many paragraphs that end for certain have a blank line after them.
    pub blanks: Share,
    /// How many of the lines that begin after those are indented.
    pub indents: Share,
    /// Every line is a paragraph: nearly all long ones end as a sentence does.
    pub unwrapped: bool,
    /// Blank lines that stand between any two lines, so that only more of them mean something.
    pub blank_lines_everywhere: u32,
    /// The space before every line, in half-width units, so that only more of it means something.
    pub indent_everywhere: u32,
    /// What is missing from the first lines of paragraphs, in half-width units: 4 where their indent was lost, 0 where
    /// it was kept or there was none, 2 where nothing tells.
    pub lost_indent: u32,
    /// The widest line of a headline, in half-width units: its lines are set in a column of their own.
    pub headline: u32,
}

impl Habit {
    pub(super) fn of(lines: &[Line], columns: &[Column], heads: &[bool]) -> Self {
        let total = lines.len();
        let double_spaced = lines.iter().filter(|line| line.blank > 0).count() * 10 > total * 8 && total >= 6;
        let everywhere = u32::from(double_spaced);
        let indented = lines.iter().filter(|line| line.indent > 0).count();
        let all_indented = total >= 3 && indented * 10 > total * 8;
        let least = lines.iter().map(|line| line.indent).filter(|&indent| indent > 0).min();
        let indent_everywhere = least.filter(|_| all_indented).unwrap_or_default();
        let (mut ends, mut blank, mut indent, mut full_firsts, mut short_firsts) = (0, 0, 0, 0, 0);
        for (index, pair) in lines.windows(2).enumerate() {
            let [prev, next] = pair else { continue };
            let ended = prev.is_finished() && prev.width + next.need + 4 <= columns[index].width;
            if ended {
                ends += 1;
                blank += usize::from(next.blank > everywhere);
                indent += usize::from(next.indent > indent_everywhere);
            }
            let headed = heads[index] && !heads[index + 1] && next.marks > 0;
            let begins = ended || headed || next.indent > indent_everywhere;
            let goes_on = lines.get(index + 2).is_some_and(|after| after.blank <= everywhere);
            if begins && goes_on && !next.latin && !next.ends_marked() {
                let missing = i64::from(columns[index + 1].width) - i64::from(next.width);
                short_firsts += usize::from((3..=6).contains(&missing));
                full_firsts += usize::from(missing < 2);
            }
        }
        let display = lines.iter().zip(heads).filter(|&(line, &heads)| heads && !line.latin);
        Self {
            headline: display.map(|(line, _)| line.width).max().unwrap_or_default(),
            blanks: Share::of(blank, ends),
            indents: Share::of(indent, ends),
            unwrapped: is_unwrapped(lines),
            blank_lines_everywhere: everywhere,
            indent_everywhere,
            // Most newspapers indent.
            lost_indent: if full_firsts > 2 * short_firsts + 1 {
                0
            } else if full_firsts > short_firsts {
                2
            } else {
                4
            },
        }
    }
}

/// Of lines that are full by chance one in ten ends with a sentence.
fn is_unwrapped(lines: &[Line]) -> bool {
    const LONG: u32 = 80;
    let (mut long, mut told, mut finished) = (0, 0, 0);
    for line in lines.iter().filter(|line| line.marks > 0) {
        long += usize::from(line.width >= LONG);
        told += 1;
        finished += usize::from(line.is_finished());
    }
    long >= 1 && told >= 2 && finished * 10 >= told * 9
}
