//! Quotation marks and brackets without their other half.

use super::{Doubt, Line, Reason, is_digit, is_han};

/// Paragraphs that a quotation may go on without its mark being repeated.
const FURTHEST: usize = 20;

/// Open marks among which the other half of a closing one is looked for, from the last back: nobody nests deeper, and
/// time must not grow with the square of what a broken page leaves open.
const DEEPEST: usize = 32;

/// What is open while a text is read line by line.
#[derive(Default)]
pub(super) struct Open {
    /// Opening quotation marks of earlier lines, oldest first: a quotation may go on in the next paragraphs, and each
    /// of them may begin with such a mark again.
    quotes: Vec<Quote>,
    /// How many lines were read.
    lines: usize,
}

struct Quote {
    mark: char,
    line: usize,
    doubt: Doubt,
}

impl Open {
    /// Reads the next line.
    pub(super) fn read(&mut self, line: &Line, found: &mut Vec<Doubt>) {
        // Places and marks of this line.
        let mut open: Vec<(usize, char)> = Vec::new();
        // A mark of no side that opens, or is in place of one that does.
        let mut straight = None;
        for (at, &c) in line.chars.iter().enumerate() {
            match half(c) {
                None if c == '"' => straight = straight_quote(line, at, straight, &mut open, found),
                Some(('“', false)) if straight.is_some() && !open.iter().any(|one| one.1 == '“') => {
                    found.extend(straight.take().map(|at| unpaired(line, at, Some('“'))));
                }
                Some((mark, true)) => self.opening(line, at, mark, &mut open, found),
                Some((mark, false)) => self.closing(line, at, mark, &mut open, found),
                None => {}
            }
        }
        for (at, mark) in open {
            let doubt = unpaired(line, at, None);
            if is_quote(mark) {
                let line = self.lines;
                self.quotes.push(Quote { mark, line, doubt });
            } else {
                found.push(doubt);
            }
        }
        self.lines += 1;
    }

    fn opening(&mut self, line: &Line, at: usize, mark: char, open: &mut Vec<(usize, char)>, found: &mut Vec<Doubt>) {
        let is_within = open.last().is_some_and(|last| last.1 == mark);
        // Within “ ” stand ‘ ’, so that a second “ is a misread ”.
        if mark == '“' && is_within && next_quote(line, at) != Some('”') {
            open.pop();
            found.push(unpaired(line, at, Some('”')));
            return;
        }
        if at == line.indent {
            // The paragraph takes up the quotation that the last one left open.
            let lines = self.lines;
            self.quotes
                .pop_if(|quote| quote.mark == mark && quote.line + 1 == lines);
        }
        open.push((at, mark));
    }

    fn closing(&mut self, line: &Line, at: usize, mark: char, open: &mut Vec<(usize, char)>, found: &mut Vec<Doubt>) {
        if let Some(place) = last_of(open, |one| one.1 == mark) {
            found.extend(half_width_half(line, open[place].0, at));
            found.extend(open.drain(place..).skip(1).map(|(lost, _)| unpaired(line, lost, None)));
            return;
        }
        if self.close_earlier(mark) || is_other_use(line, at, mark) {
            return;
        }
        // A ” that another ” follows is a misread “.
        let is_misread = mark == '“' && next_quote(line, at) == Some('”');
        if is_misread {
            open.push((at, mark));
        }
        found.push(unpaired(line, at, is_misread.then_some(mark)));
    }

    /// Closes a quotation that an earlier line opened.
    fn close_earlier(&mut self, mark: char) -> bool {
        let is_it = |quote: &Quote| quote.mark == mark && quote.line + FURTHEST >= self.lines;
        let place = last_of(&self.quotes, is_it);
        place.map(|place| self.quotes.remove(place)).is_some()
    }

    /// At the end of the text.
    pub(super) fn end(self, found: &mut Vec<Doubt>) {
        found.extend(self.quotes.into_iter().map(|quote| quote.doubt));
    }
}

/// Reads a `"`: the end of the pair that one began, or a misread ” or “. Returns where one stands that waits for its end.
fn straight_quote(
    line: &Line,
    at: usize,
    straight: Option<usize>,
    open: &mut Vec<(usize, char)>,
    found: &mut Vec<Doubt>,
) -> Option<usize> {
    if straight.is_some() {
        return None;
    }
    let is_within = open.last().is_some_and(|last| last.1 == '“');
    let is_alone = !line.chars[at + 1..].contains(&'"');
    if is_within && is_alone && next_quote(line, at) != Some('”') {
        open.pop();
        found.push(unpaired(line, at, Some('”')));
        return None;
    }
    // Behind a digit it stands for inches or seconds.
    (!line.before(at).is_some_and(is_digit)).then_some(at)
}

/// The half-width one of two brackets about Chinese text, where the other is full-width.
fn half_width_half(line: &Line, start: usize, end: usize) -> Option<Doubt> {
    let (at, wide) = match (line.at(start)?, line.at(end)?) {
        ('(', '）') => (start, '（'),
        ('（', ')') => (end, '）'),
        _ => return None,
    };
    let is_chinese = line.chars[start..end].iter().copied().any(is_han);
    is_chinese.then(|| line.doubt(at, at + 1, Reason::HalfWidthMark, Some(wide.into())))
}

fn unpaired(line: &Line, at: usize, fix: Option<char>) -> Doubt {
    line.doubt(at, at + 1, Reason::UnpairedMark, fix.map(String::from))
}

/// The last of the open ones that is meant.
fn last_of<T>(open: &[T], is_it: impl Fn(&T) -> bool) -> Option<usize> {
    let from = open.len().saturating_sub(DEEPEST);
    Some(from + open[from..].iter().rposition(is_it)?)
}

/// A bracket that counts, as in `1）` and `a)`, or an apostrophe.
fn is_other_use(line: &Line, at: usize, mark: char) -> bool {
    let before = line.before(at);
    match mark {
        '（' => before.is_some_and(|c| is_digit(c) || c.is_ascii_alphabetic() || "一二三四五六七八九十".contains(c)),
        '‘' => [before, line.at(at + 1)]
            .iter()
            .flatten()
            .any(char::is_ascii_alphanumeric),
        _ => false,
    }
}

/// The next “ or ” after `at`.
fn next_quote(line: &Line, at: usize) -> Option<char> {
    line.chars[at + 1..].iter().copied().find(|c| matches!(c, '“' | '”'))
}

fn is_quote(mark: char) -> bool {
    matches!(mark, '“' | '‘' | '「' | '『')
}

/// The opening mark of the pair that `c` is a half of (brackets of both widths are one pair), and whether `c` opens.
fn half(c: char) -> Option<(char, bool)> {
    Some(match c {
        '“' | '‘' | '「' | '『' | '（' | '《' | '〈' | '【' | '〔' => (c, true),
        '(' => ('（', true),
        '”' => ('“', false),
        '’' => ('‘', false),
        '」' => ('「', false),
        '』' => ('『', false),
        '）' | ')' => ('（', false),
        '》' => ('《', false),
        '〉' => ('〈', false),
        '】' => ('【', false),
        '〕' => ('〔', false),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, check_clean};

    #[test]
    fn a_half_without_the_other_is_doubted() {
        check(&[
            ("推进“十四五“规划，“两稳一保”", "推进“十四五[“→”]规划，“两稳一保”"),
            ("推进”十四五”规划", "推进[”→“]十四五”规划"),
            ("他说：“去吧。", "他说：[“→?]去吧。"),
            ("《红楼梦里的人", "[《→?]红楼梦里的人"),
            ("（见3版。\n下一段）", "[（→?]见3版。\n下一段[）→?]"),
            ("发布会(第四场）", "发布会[(→（]第四场）"),
            ("（一)混用", "（一[)→）]混用"),
            ("开展\"昆仑”行动", "开展[\"→“]昆仑”行动"),
            ("开展“昆仑\"行动，“长江”行动", "开展“昆仑[\"→”]行动，“长江”行动"),
            ("“他（她”来了", "“他[（→?]她”来了"),
        ]);
    }

    #[test]
    fn a_quotation_may_go_on() {
        check_clean(&[
            "他说：“第一段。\n“第二段。\n“第三段。”",
            "他说：“第一段。\n第二段。\n第三段。”",
            "1）先去\na)再来",
            "“他说‘好’，走了”",
            "the men’s ’98 race",
            "他说\"走吧\"，“好”",
            "“24\"屏幕”和12\"碟",
            "（WHO)、(A）",
        ]);
    }
}
