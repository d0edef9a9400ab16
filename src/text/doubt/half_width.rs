//! Half-width marks between Chinese characters, in a text that has full-width ones throughout.

use super::{Doubt, Line, Reason, is_han};

/// Full-width marks for each half-width one that make a text one that has them throughout.
const THROUGHOUT: usize = 10;

/// Whether half-width marks between Chinese characters are the exception in this text.
pub(super) fn is_rare_in(text: &str) -> bool {
    let mut wide = 0_usize;
    let mut half = 0_usize;
    let mut after_han = false;
    for c in text.chars() {
        wide += usize::from(matches!(c, '，' | '。' | '：' | '；' | '？' | '！'));
        half += usize::from(after_han && wide_form(c).is_some());
        after_han = is_han(c);
    }
    half > 0 && half * THROUGHOUT <= wide
}

pub(super) fn find(line: &Line, found: &mut Vec<Doubt>) {
    for (at, &c) in line.chars.iter().enumerate() {
        let Some(wide) = wide_form(c) else { continue };
        let before = line.before(at).is_some_and(|c| is_han(c) || "”’》）".contains(c));
        let spaces = line.chars[at + 1..].iter().take_while(|&&c| c == ' ').count();
        let next = line.at(at + 1 + spaces);
        // In `乔治.布什` the point is a dot between names, at the end of a paragraph it is a full stop.
        let fix = match (c, next) {
            ('.', Some(_)) => None,
            _ => Some(wide.to_string()),
        };
        if before && next.is_none_or(|c| is_han(c) || "“‘《（”’".contains(c)) {
            found.push(line.doubt(at, at + 1 + spaces, Reason::HalfWidthMark, fix));
        }
    }
}

fn wide_form(c: char) -> Option<char> {
    match c {
        ',' => Some('，'),
        '.' => Some('。'),
        ':' => Some('：'),
        ';' => Some('；'),
        '?' => Some('？'),
        '!' => Some('！'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, check_clean};

    const WIDE: &str =
        "一，二，三，四，五，六，七，八，九，十，十一，十二，十三，十四，十五，十六，十七，十八，十九，二十，";

    #[test]
    fn the_exception_is_doubted() {
        check(&[
            (
                &format!("{WIDE}他来了, 她没来."),
                &format!("{WIDE}他来了[, →，]她没来[.→。]"),
            ),
            (&format!("{WIDE}乔治.布什"), &format!("{WIDE}乔治[.→?]布什")),
        ]);
    }

    #[test]
    fn the_rule_is_not() {
        check_clean(&["他来了,她没来,走了.", &format!("{WIDE}3.5万, 10:30, Yes, no.")]);
    }
}
