//! Marks that never stand beside each other.

use super::{Doubt, Line, Reason, is_digit, is_han};

pub(super) fn find(line: &Line, found: &mut Vec<Doubt>) {
    let mut at = 0;
    while at < line.chars.len() {
        let end = end_of_marks(line, at);
        let run = &line.chars[at..end];
        let impossible = |from, to, fix| line.doubt(from, to, Reason::ImpossibleMarks, Some(fix));
        if is_impossible(run) || is_of_two_widths(line, at, run) {
            // A stray half-width mark is dirt on the page: of the others the strongest stays.
            let strongest = run.iter().rev().max_by_key(|&&c| strength(c)).map(char::to_string);
            found.push(impossible(at, end, strongest.unwrap_or_default()));
        } else if let Some(fix) = doubled(line, at, run) {
            found.push(line.doubt(at, end, Reason::ImpossibleMarks, fix));
        } else if let [mark] = run {
            let is_quoted = matches!(line.at(end), Some('”' | '》' | '）'));
            let open = line.before(at).filter(|_| !is_quoted);
            if let Some(closed) = open.and_then(|open| closed_before(open, *mark)) {
                found.push(impossible(at - 1, at, closed.to_string()));
            } else if matches!(mark, '，' | '、') && line.at(end).is_some_and(closes_bracket)
                || is_before_quote(line, at)
            {
                found.push(impossible(at, end, String::new()));
            }
        } else if let Some(signs) = percent_signs(line, at) {
            found.push(impossible(at, at + signs, "%".to_owned()));
            at += signs;
            continue;
        }
        at = end.max(at + 1);
    }
}

/// Where the marks end that begin at `at`; spaces between two that separate belong to them, and dots of dirt.
fn end_of_marks(line: &Line, at: usize) -> usize {
    let count = |from: usize, is_one: fn(char) -> bool| {
        let rest = line.chars.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|&&c| is_one(c)).count()
    };
    let mut end = count(at, is_mark);
    while end > at {
        let next = count(end, |c| matches!(c, ' ' | '\u{3000}' | '·'));
        let separates = |at: usize| {
            line.at(at)
                .is_some_and(|c| strength(c).is_some_and(|strength| strength < 5))
        };
        if next == end || !separates(end - 1) || !separates(next) {
            break;
        }
        end = count(next, is_mark);
    }
    end
}

/// How much a full-width mark separates: of several in one place the strongest is the likeliest.
fn strength(c: char) -> Option<u8> {
    match c {
        '、' => Some(0),
        '，' => Some(1),
        '：' => Some(2),
        '；' => Some(3),
        '。' => Some(4),
        '！' | '？' => Some(5),
        _ => None,
    }
}

fn is_mark(c: char) -> bool {
    strength(c).is_some() || is_half_width(c)
}

fn is_half_width(c: char) -> bool {
    matches!(c, ',' | '.' | '．' | ';' | ':' | '!' | '?')
}

/// Whether these marks cannot stand together. `？！` can, and full stops in a row are a poor man's ellipsis.
fn is_impossible(run: &[char]) -> bool {
    let are_strong = run.iter().all(|c| matches!(c, '！' | '？'));
    let is_ellipsis = run.len() > 2 && run.iter().all(|&c| c == '。');
    let is_full_width = |c: char| strength(c).is_some() || matches!(c, ' ' | '\u{3000}' | '·');
    run.len() > 1 && run.iter().all(|&c| is_full_width(c)) && !are_strong && !is_ellipsis
}

/// `,,` and `..` between Chinese characters; what the two points stand for is anyone's guess.
fn doubled(line: &Line, at: usize, run: &[char]) -> Option<Option<String>> {
    let [mark, again] = run else { return None };
    let is_between = [line.before(at), line.at(at + 2)].iter().all(|c| c.is_some_and(is_han));
    let full_width = match mark {
        ',' => Some('，'),
        ';' => Some('；'),
        ':' => Some('：'),
        '.' | '．' => None,
        _ => return None,
    };
    (mark == again && is_between).then(|| full_width.map(String::from))
}

/// `.，`, `，,`: a half-width mark beside a full-width one. Not after a Latin word, which may end in a mark of its own
/// (`Inc.，`); not the point of `.5`, nor an ellipsis of points.
fn is_of_two_widths(line: &Line, at: usize, run: &[char]) -> bool {
    let is_mixed = run.iter().any(|&c| is_half_width(c)) && run.iter().any(|&c| strength(c).is_some());
    let is_ellipsis = run.windows(2).any(|pair| pair == ['.', '.']);
    let are_strong = run.iter().all(|c| matches!(c, '！' | '？' | '!' | '?'));
    let is_after_latin = line.before(at).is_none_or(|c| c.is_alphabetic() && !is_han(c));
    let is_point = matches!(run.last(), Some('.' | '．')) && line.at(at + run.len()).is_some_and(is_digit);
    is_mixed && !is_ellipsis && !are_strong && !is_after_latin && !is_point
}

/// `甲、”`: what is listed goes on behind the mark. `“一、”` is a heading's number.
fn is_before_quote(line: &Line, at: usize) -> bool {
    let counts = |c| is_digit(c) || "一二三四五六七八九十".contains(c);
    line.at(at) == Some('、')
        && matches!(line.at(at + 1), Some('”' | '’' | '」' | '』'))
        && line.before(at).is_some_and(|c| is_han(c) && !counts(c))
}

/// How many percent signs stand at `at`, where they are more than the one that a number has.
fn percent_signs(line: &Line, at: usize) -> Option<usize> {
    let rest = line.chars.get(at..)?;
    let signs = rest.iter().take_while(|c| matches!(c, '%' | '％')).count();
    (signs > 1 && line.before(at).is_some_and(is_digit)).then_some(signs)
}

/// What an opening mark before a separating one really is: `“十四五“，`.
fn closed_before(open: char, mark: char) -> Option<char> {
    if strength(mark).is_none_or(|strength| strength == 5) {
        return None;
    }
    match open {
        '“' => Some('”'),
        '（' => Some('）'),
        '《' => Some('》'),
        _ => None,
    }
}

fn closes_bracket(c: char) -> bool {
    matches!(c, '）' | '》' | '】' | '〉' | '〕')
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, check_clean};

    #[test]
    fn of_two_marks_the_stronger_stays() {
        check(&[
            ("他走了，。", "他走了[，。→。]"),
            ("他走了。，她没走", "他走了[。，→。]她没走"),
            ("桌、，椅", "桌[、，→，]椅"),
            ("桌，，椅", "桌[，，→，]椅"),
            ("（一套，）", "（一套[，→]）"),
            ("占98%.，其余", "占98%[.，→，]其余"),
            ("占98%，.其余", "占98%[，.→，]其余"),
            ("他走了,。", "他走了[,。→。]"),
            ("他走了；，.她", "他走了[；，.→；]她"),
            ("“甲、”等", "“甲[、→]”等"),
            ("增长12%%以上", "增长12[%%→%]以上"),
            ("他走了。 ，她没走", "他走了[。 ，→。]她没走"),
            ("他走了，·，她没走", "他走了[，·，→，]她没走"),
            ("他走了,,她没走", "他走了[,,→，]她没走"),
            ("他走了..她没走", "他走了[..→?]她没走"),
        ]);
    }

    #[test]
    fn marks_that_may_meet_are_left_alone() {
        check_clean(&[
            "真的？！",
            "他说：“走。”",
            "等等。。。",
            "“走”，他说。",
            "“去，”他说，“快去。”",
            "好……。",
            "在Apple Inc.，他说",
            "约翰·F.、玛丽",
            "好...。",
            "他说，.5也行",
            "真的?！",
            "“一、”那一节",
            "折扣为%%",
            "“.NET”框架",
            "用“，”隔开",
            "他走了。 她没走，　于是",
            "约翰·史密斯，约翰·",
            "版本3..5",
            "真的？ ！",
        ]);
    }
}
