//! The raw text cut into lines, each measured once.

use super::glyph;
use super::measure::{self, Extent, Measure};
use super::shape::{self, Shape};

/// A raw line that is not blank, without the spaces at its edges.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Where its text begins and ends in the raw text, in bytes.
    pub start: usize,
    pub end: usize,
    /// Where its text begins in the raw text, in code points.
    pub at: u32,
    /// The code point of the `\n` that ends it, where one does.
    pub newline: Option<u32>,
    /// Blank lines between the line before and this one.
    pub blank: u32,
    /// The space before its text, in half-width units.
    pub indent: u32,
    /// Its text, in half-width units, stray spaces left out.
    pub width: u32,
    /// Its first stretch that a typesetter would not have divided, in half-width units.
    pub need: u32,
    extent: Extent,
    need_extent: Extent,
    pub first: char,
    pub last: char,
    /// The last character that is not a closing mark.
    pub core: char,
    /// Brackets and quotation marks opened and not closed in it, and closed without having been opened.
    pub opened: u32,
    pub closed: u32,
    /// Marks inside it that divide or end a sentence; those of an enumeration are in headings too and do not count.
    pub marks: u32,
    /// Those of them that are full stops and semicolons, which no headline has.
    pub stops: u32,
    /// Whether it has spaces inside.
    pub gaps: bool,
    /// Whether it has no character of a script without spaces.
    pub latin: bool,
    pub shape: Shape,
}

impl Line {
    pub(super) fn text<'a>(&self, raw: &'a str) -> &'a str {
        raw.get(self.start..self.end).unwrap_or_default()
    }

    /// How wide it would have been with the first stretch of `next`, the spaces inside it counted.
    pub(super) fn reach(&self, next: &Self) -> u32 {
        (self.width + next.need).saturating_add(2 * u32::from(self.gaps))
    }

    /// Whether it ends as a sentence does.
    pub(super) fn is_finished(&self) -> bool {
        glyph::is_final(self.core)
            || (self.core == '.' && self.latin)
            || (self.core == '—' && glyph::is_closer(self.last))
    }

    /// Whether it ends with a mark of any kind.
    pub(super) fn ends_marked(&self) -> bool {
        self.is_finished() || glyph::is_pause(self.core) || glyph::is_colon(self.core)
    }
}

/// Of the lines of a block the last, which hold what may stand at its end: a credit, a signature, a pointer.
pub(super) fn last(lines: &[Line]) -> &[Line] {
    const LONGEST: usize = 48;
    let mut bytes = 0;
    let long = lines.iter().rposition(|line| {
        bytes += line.end - line.start;
        bytes >= LONGEST * 3
    });
    &lines[long.unwrap_or_default()..]
}

/// The text of lines, with nothing between them.
pub(super) fn joined(raw: &str, lines: &[Line]) -> String {
    lines.iter().map(|line| line.text(raw)).collect()
}

/// Whether `c` ends a raw line. `\r\n` is one end; the caller sees to that.
pub(super) fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether `c` is only space: what may be dropped at the edges of a line. A byte-order mark is.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Cuts `raw` into lines. A pointer to another page that follows a sentence on its line is a line of its own.
pub(super) fn cut(raw: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(raw.len() / 60);
    let mut blank = 0;
    let mut start = 0;
    let mut at = 0;
    let mut chars = raw.char_indices().peekable();
    let mut count = 0;
    loop {
        let next = chars.next();
        let (end, newline, after, length) = match next {
            Some((_, c)) if !ends_line(c) => {
                count += 1;
                continue;
            }
            Some((end, '\r')) => match chars.next_if(|&(_, c)| c == '\n') {
                Some((lf, _)) => (end, Some(at + count + 1), lf + 1, count + 2),
                None => (end, None, end + 1, count + 1),
            },
            Some((end, c)) => (end, (c == '\n').then_some(at + count), end + c.len_utf8(), count + 1),
            None => (raw.len(), None, raw.len(), count),
        };
        let whole = raw.get(start..end).unwrap_or_default();
        match measured(whole, start, at, newline, blank) {
            None => blank += u32::from(next.is_some()),
            Some(line) => {
                push_with_pointer(&mut lines, line, raw);
                blank = 0;
            }
        }
        if next.is_none() {
            break;
        }
        (start, at, count) = (after, at + length, 0);
    }
    let wrapped = lines.iter().filter(|line| !line.ends_marked());
    let measure = measure::of(wrapped.map(|line| line.extent));
    for line in &mut lines {
        line.width = line.extent.under(measure);
        line.need = line.need_extent.under(measure);
    }
    lines
}

/// Adds `line`, as two lines when a pointer to another page ends it. A pointer may end on the line after.
fn push_with_pointer(lines: &mut Vec<Line>, line: Line, raw: &str) {
    const LONGEST_REST: u32 = 24;
    if line.last != '）' && line.last != ')' {
        lines.push(line);
        return;
    }
    let text = line.text(raw);
    let begun = line.closed == 1 && line.opened == 0 && line.extent.under(Measure::Set) <= LONGEST_REST;
    if begun && let Some(above) = lines.pop() {
        match shape::pointer_at_end(above.text(raw), text) {
            Some(split) => divide(lines, &above, split, raw),
            None => lines.push(above),
        }
    }
    match shape::pointer_at_end(text, "") {
        Some(split) if split > 0 => divide(lines, &line, split, raw),
        _ => lines.push(line),
    }
}

/// Adds `line` as two lines, the second of them furniture that begins at byte `split` of its text.
fn divide(lines: &mut Vec<Line>, line: &Line, split: usize, raw: &str) {
    let (before, pointer) = line.text(raw).split_at(split);
    let pointer_at = line.at + u32::try_from(before.chars().count()).unwrap_or(u32::MAX);
    let head = measured(before, line.start, line.at, None, line.blank);
    let tail = measured(pointer, line.start + split, pointer_at, line.newline, 0);
    lines.extend(head.map(|head| Line {
        indent: line.indent,
        ..head
    }));
    lines.extend(tail.map(|tail| Line {
        shape: Shape::Furniture,
        ..tail
    }));
}

/// The line whose whole text is `whole`; `None` when it is blank.
fn measured(whole: &str, start: usize, at: u32, newline: Option<u32>, blank: u32) -> Option<Line> {
    let text = whole.trim_start_matches(is_space);
    let lead = &whole[..whole.len() - text.len()];
    let text = text.trim_end_matches(is_space);
    let first = text.chars().next()?;
    let latin = !text.chars().any(glyph::is_cjk);
    let mut line = Line {
        start: start + lead.len(),
        end: start + lead.len() + text.len(),
        at: at + u32::try_from(lead.chars().count()).unwrap_or(u32::MAX),
        newline,
        blank,
        indent: lead.chars().map(indent_width).sum(),
        width: 0,
        need: 0,
        extent: Extent::default(),
        need_extent: unbroken(text, latin),
        first,
        last: first,
        core: first,
        opened: 0,
        closed: 0,
        marks: 0,
        stops: 0,
        gaps: false,
        latin,
        shape: Shape::Plain,
    };
    let left_out = line.measure(text);
    line.width = line.extent.under(Measure::Set);
    line.shape = shape::of(text, &line);
    if matches!(line.shape, Shape::Lead | Shape::Byline | Shape::Credit) {
        line.extent.add_space(left_out);
    }
    Some(line)
}

impl Line {
    /// Fills in what takes a walk over the characters. Gives the width of the spaces it left out as stray.
    fn measure(&mut self, text: &str) -> u32 {
        let mut space = 0;
        let mut left_out = 0;
        let mut before = self.core;
        for c in text.chars() {
            if is_space(c) {
                self.gaps = true;
                space += indent_width(c);
                continue;
            }
            if space > 0 && !glyph::is_cjk(self.last) && !glyph::is_cjk(c) {
                self.extent.add_space(space);
            } else {
                left_out += space;
            }
            space = 0;
            self.extent.add(c, self.latin);
            if glyph::is_opener(c) {
                if self.opened == 0 {
                    before = self.core;
                }
                self.opened += 1;
            } else if glyph::is_closer(c) {
                match self.opened.checked_sub(1) {
                    Some(left) => self.opened = left,
                    None => self.closed += 1,
                }
                // A remark in brackets after a sentence belongs to the sentence: 。（完）
                if self.opened == 0 && matches!(c, '）' | ')') && glyph::is_final(before) {
                    self.core = before;
                }
            } else {
                self.marks += u32::from(c != '、' && (glyph::is_final(c) || glyph::is_pause(c)));
                self.stops += u32::from(matches!(c, '。' | '；' | '｡'));
                self.core = match c {
                    '"' | '\'' => self.core,
                    // A scan often reads the Chinese full stop as the Latin one.
                    '.' if glyph::is_hanzi(self.last) || matches!(self.last, 'Ａ'..='Ｚ' | 'ａ'..='ｚ') => '。',
                    c => c,
                };
            }
            self.last = c;
        }
        left_out
    }
}

fn indent_width(c: char) -> u32 {
    match c {
        '\u{feff}' => 0,
        '\t' => 4,
        '\u{3000}' | '\u{2003}' => 2,
        _ => 1,
    }
}

/// The stretch with which `text` begins and which a typesetter would not divide: opening marks, a character or a Latin
/// word or a figure, and the marks after it that cannot start a line.
fn unbroken(text: &str, latin: bool) -> Extent {
    const LONGEST: usize = 24;
    let mut extent = Extent::default();
    let mut last = None;
    for c in text.chars().take(LONGEST) {
        let glued = match last {
            None => true,
            Some(last) => {
                glyph::is_opener(last)
                    || glyph::cannot_start(c)
                    || glyph::is_digit(c) && (glyph::is_digit(last) || last == '．')
                    || c == '．' && glyph::is_digit(last)
                    || (!is_space(c) && !glyph::is_cjk(last) && !glyph::is_cjk(c) && !glyph::is_opener(c))
            }
        };
        if !glued {
            break;
        }
        extent.add(c, latin);
        last = Some(c);
    }
    extent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_is_one() {
        let raw = "\u{feff}甲\r\n乙\r丙\n\n丁\u{2028}戊\u{c}己";
        let lines = cut(raw);
        let seen: Vec<_> = lines
            .iter()
            .map(|line| (line.text(raw), line.at, line.newline, line.blank))
            .collect();
        assert_eq!(
            seen,
            [
                ("甲", 1, Some(3), 0),
                ("乙", 4, None, 0),
                ("丙", 6, Some(7), 0),
                ("丁", 9, None, 1),
                ("戊", 11, None, 0),
                ("己", 13, None, 0),
            ]
        );
    }

    #[test]
    fn a_line_is_measured_without_its_stray_spaces() {
        let lines = cut("　　落实 1.06 万个“护学  ");
        assert_eq!((lines[0].indent, lines[0].width), (4, 18));
        assert_eq!((lines[0].opened, lines[0].closed), (1, 0));
    }

    #[test]
    fn what_cannot_be_divided_is_one_stretch() {
        for (text, width) in [
            ("安", 2),
            ("“安宁", 4),
            ("安”，宁", 6),
            ("98%以", 3),
            ("Zhupi is", 5),
            ("）。安", 4),
        ] {
            assert_eq!(unbroken(text, false).under(Measure::Set), width, "{text}");
        }
    }
}
