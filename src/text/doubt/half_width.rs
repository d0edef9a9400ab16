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
        // In `乔治.布什` the point is a dot between names; else it is a full stop.
        let is_in_name = |c: Option<char>| c.is_some_and(|c| IN_NAMES.contains(c));
        let fix = match c {
            '.' if is_in_name(line.before(at)) && is_in_name(next) => None,
            _ => Some(wide.to_string()),
        };
        if before && next.is_none_or(|c| is_han(c) || "“‘《（”’".contains(c)) {
            found.push(line.doubt(at, at + 1 + spaces, Reason::HalfWidthMark, fix));
        }
    }
}

/// Characters that foreign names are written with.
const IN_NAMES: &str = "阿埃艾爱安昂奥巴邦鲍贝比彼宾波伯博布查达戴丹道德登迪蒂丁杜顿多厄恩尔法菲费芬佛弗夫福富盖冈哥格戈古哈海汉赫亨华霍基吉加杰金卡凯坎康考科可克肯库拉莱兰朗劳勒雷里莉丽利莲林琳隆卢鲁路伦罗洛马玛麦曼梅门蒙米密明莫姆穆纳娜内尼涅宁纽诺欧帕潘佩皮普奇恰乔切琴丘让瑞萨塞桑森沙山什史司斯丝苏索塔泰坦汤唐特提廷图托瓦万威韦维温文翁沃乌西希夏谢辛休许雅亚扬耶叶伊英尤约泽詹珍治朱兹佐";

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
            (
                &format!("{WIDE}罗勇介绍.重庆公安"),
                &format!("{WIDE}罗勇介绍[.→。]重庆公安"),
            ),
            (&format!("{WIDE}乔治.布什"), &format!("{WIDE}乔治[.→?]布什")),
        ]);
    }

    #[test]
    fn the_rule_is_not() {
        check_clean(&["他来了,她没来,走了.", &format!("{WIDE}3.5万, 10:30, Yes, no.")]);
    }
}
