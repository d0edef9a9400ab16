//! Marks that never stand beside each other.

use super::{Doubt, Line, Reason};

pub(super) fn find(line: &Line, found: &mut Vec<Doubt>) {
    let mut at = 0;
    while at < line.chars.len() {
        let end = at + line.chars[at..].iter().take_while(|&&c| strength(c).is_some()).count();
        let run = &line.chars[at..end];
        let impossible = |from, to, fix| line.doubt(from, to, Reason::ImpossibleMarks, Some(fix));
        if is_impossible(run) {
            let strongest = run.iter().rev().max_by_key(|&&c| strength(c)).map(char::to_string);
            found.push(impossible(at, end, strongest.unwrap_or_default()));
        } else if let [mark] = run {
            if let Some(closed) = line.before(at).and_then(|before| closed_before(before, *mark)) {
                found.push(impossible(at - 1, at, closed.to_string()));
            } else if matches!(mark, '，' | '、') && line.at(end).is_some_and(closes_bracket) {
                found.push(impossible(at, end, String::new()));
            }
        }
        at = end.max(at + 1);
    }
}

/// How much a mark separates: of several in one place the strongest is the likeliest.
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

/// Whether these marks cannot stand together. `？！` can, and full stops in a row are a poor man's ellipsis.
fn is_impossible(run: &[char]) -> bool {
    let are_strong = run.iter().all(|c| matches!(c, '！' | '？'));
    let is_ellipsis = run.len() > 2 && run.iter().all(|&c| c == '。');
    run.len() > 1 && !are_strong && !is_ellipsis
}

/// What an opening mark before a separating one really is: `“十四五“，`.
fn closed_before(open: char, mark: char) -> Option<char> {
    if matches!(mark, '！' | '？') {
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
        ]);
    }
}
