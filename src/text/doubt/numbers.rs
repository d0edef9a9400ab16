//! Numbers with a space or a wrong mark inside.

use std::cmp::Ordering;

use super::{Doubt, Line, Reason, is_digit, is_han};

pub(super) fn find(line: &Line, found: &mut Vec<Doubt>) {
    if !line.chars.iter().any(|&c| is_han(c)) {
        return;
    }
    let mut at = 0;
    while at < line.chars.len() {
        if !is_digit(line.chars[at]) {
            at += 1;
            continue;
        }
        let end = end_of_digits(line, at);
        let broken = broken_group(line, at, end)
            .or_else(|| spaced_group(line, at, end))
            .or_else(|| broken_point(line, at, end))
            .or_else(|| broken_year(line, at, end))
            .or_else(|| broken_percent(line, at, end))
            .or_else(|| mixed_width(line, at, end))
            .or_else(|| stray_point(line, at, end));
        at = match broken {
            Some(doubt) => {
                let past = (doubt.range.end - line.start).to_usize();
                found.push(doubt);
                past
            }
            None => end,
        };
    }
}

fn end_of_digits(line: &Line, from: usize) -> usize {
    from + line.chars[from..].iter().take_while(|&&c| is_digit(c)).count()
}

fn end_of_spaces(line: &Line, from: usize) -> usize {
    let rest = line.chars.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|&&c| c == ' ').count()
}

fn string(chars: &[char]) -> String {
    chars.iter().filter(|&&c| c != ' ').collect()
}

fn is_percent(c: char) -> bool {
    matches!(c, '%' | '％' | '‰')
}

/// Whether what follows a number shows that it counts or measures, rather than begins the next sentence.
fn measures(next: Option<char>) -> bool {
    next.is_some_and(|c| is_percent(c) || "万亿倍个元人吨米亩公千百余多".contains(c))
}

/// `1. 06 万`, `1 .06`, `61。6%`, `1..5%`.
fn broken_point(line: &Line, at: usize, end: usize) -> Option<Doubt> {
    let point = end_of_spaces(line, end);
    let marks = line
        .chars
        .get(point..)?
        .iter()
        .take_while(|c| matches!(c, '.' | '．' | '。' | '，' | ','))
        .count();
    let from = end_of_spaces(line, point + marks);
    let to = end_of_digits(line, from.min(line.chars.len()));
    let has_space = point > end || from > point + marks;
    let after = line.at(end_of_spaces(line, to));
    // A number at the start of a line with a point behind it counts the paragraphs.
    if marks == 0 || to == from || at == line.indent || !measures(after) {
        return None;
    }
    let separators = &line.chars[point..point + marks];
    let is_broken = match separators {
        ['.' | '．'] => has_space,
        ['。'] => to - from <= 2,
        _ => marks == 2 && separators.iter().any(|c| matches!(c, '.' | '．')),
    };
    let sign = if is_digit_wide(line.chars[at]) { '．' } else { '.' };
    is_broken.then(|| {
        let number = format!(
            "{}{sign}{}",
            string(&line.chars[at..end]),
            string(&line.chars[from..to])
        );
        line.doubt(at, to, Reason::BrokenNumber, Some(number))
    })
}

/// A digit in its half-width form.
fn half_width(digit: char) -> char {
    let shifted = (digit as u32)
        .checked_sub('０' as u32)
        .and_then(|value| char::from_digit(value, 10));
    shifted.unwrap_or(digit)
}

fn is_digit_wide(c: char) -> bool {
    ('０'..='９').contains(&c)
}

/// `1, 200元`.
fn broken_group(line: &Line, at: usize, end: usize) -> Option<Doubt> {
    let from = end_of_spaces(line, end + 1);
    let to = end_of_digits(line, from.min(line.chars.len()));
    let is_group = line.at(end) == Some(',') && from > end + 1 && end - at <= 3 && to - from == 3;
    let is_alone = line.before(at).is_some_and(is_han) && measures(line.at(to));
    (is_group && is_alone).then(|| line.doubt(at, to, Reason::BrokenNumber, Some(string(&line.chars[at..to]))))
}

/// `1 234.5万`: a space between thousands, which a newspaper does not print; not in a row of numbers.
fn spaced_group(line: &Line, at: usize, end: usize) -> Option<Doubt> {
    let mut to = end;
    while line.at(to) == Some(' ') && end_of_digits(line, to + 1) == to + 4 {
        to += 4;
    }
    if to > end && line.at(to) == Some('.') && line.at(to + 1).is_some_and(is_digit) {
        to = end_of_digits(line, to + 1);
    }
    let is_group = to > end && end - at <= 3 && line.at(at) != Some('0');
    let is_alone = line.before(at).is_some_and(is_han) && measures(line.at(to));
    (is_group && is_alone).then(|| line.doubt(at, to, Reason::BrokenNumber, Some(string(&line.chars[at..to]))))
}

/// `2 024年`, `20 24年`.
fn broken_year(line: &Line, at: usize, end: usize) -> Option<Doubt> {
    let from = end_of_spaces(line, end);
    let to = end_of_digits(line, from.min(line.chars.len()));
    let year = string(&line.chars[at..to]);
    let value = year.chars().map(half_width).collect::<String>().parse();
    let is_year = matches!(value, Ok(1840..=2100)) && line.at(to) == Some('年') && from > end && to > from;
    is_year.then(|| line.doubt(at, to, Reason::BrokenNumber, Some(year)))
}

/// `98 %`.
fn broken_percent(line: &Line, at: usize, end: usize) -> Option<Doubt> {
    let sign = end_of_spaces(line, end);
    let is_broken = sign > end && line.at(sign).is_some_and(is_percent);
    is_broken.then(|| line.doubt(at, sign + 1, Reason::BrokenNumber, Some(string(&line.chars[at..=sign]))))
}

/// `3.5.%`, `1.06.万`: a second point, or one before the sign of percent.
fn stray_point(line: &Line, at: usize, end: usize) -> Option<Doubt> {
    let is_point = |c: Option<char>| matches!(c, Some('.' | '．'));
    let next = line.at(end + 1);
    let has_fraction = at >= 2 && is_point(line.before(at)) && line.before(at - 1).is_some_and(is_digit);
    let is_stray = (has_fraction && measures(next)) || next.is_some_and(is_percent);
    (is_point(line.at(end)) && is_stray).then(|| line.doubt(end, end + 1, Reason::BrokenNumber, Some(String::new())))
}

/// `２0亿元`: digits of two widths in one number. They become those of the line's other numbers, or else of most of its own.
fn mixed_width(line: &Line, at: usize, end: usize) -> Option<Doubt> {
    let fraction = match (line.at(end), line.at(end + 1)) {
        (Some('.' | '．'), Some(next)) if is_digit(next) => end_of_digits(line, end + 1),
        _ => end,
    };
    let number = line.chars.get(at..fraction)?;
    let count = |chars: &[char]| {
        let wide = chars.iter().filter(|&&c| is_digit_wide(c)).count();
        (wide, chars.iter().filter(|&&c| is_digit(c)).count() - wide)
    };
    let (wide, narrow) = count(number);
    if wide == 0 || narrow == 0 {
        return None;
    }
    let (all_wide, all_narrow) = count(line.chars);
    let is_wide = match (all_wide - wide).cmp(&(all_narrow - narrow)) {
        Ordering::Equal => wide > narrow,
        others => others == Ordering::Greater,
    };
    let digits = number.iter().map(|&c| match c {
        '0'..='9' if is_wide => char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c),
        '．' if !is_wide => '.',
        c if is_wide => c,
        c => half_width(c),
    });
    Some(line.doubt(at, fraction, Reason::BrokenNumber, Some(digits.collect())))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, check_clean};

    #[test]
    fn broken_numbers_are_mended() {
        check(&[
            ("落实1. 06 万个岗位", "落实[1. 06→1.06] 万个岗位"),
            ("占98 %以上", "占[98 %→98%]以上"),
            ("2 024年全市", "[2 024→2024]年全市"),
            ("20 24年全市", "[20 24→2024]年全市"),
            ("１９ ９７年全市", "[１９ ９７→１９９７]年全市"),
            ("下降61。6%", "下降[61。6→61.6]%"),
            ("下降1..5%", "下降[1..5→1.5]%"),
            ("罚款1, 200元", "罚款[1, 200→1,200]元"),
            ("投资1 234.5万元", "投资[1 234.5→1234.5]万元"),
            ("共12 345 678元", "共[12 345 678→12345678]元"),
            ("投资２0亿元", "投资[２0→20]亿元"),
            ("投资２0亿元，增长１２％", "投资[２0→２０]亿元，增长１２％"),
            ("共１２3人", "共[１２3→１２３]人"),
            ("降到２.5万", "降到[２.5→2.5]万"),
            ("增长3.5.%", "增长3.5[.→]%"),
            ("增长3.%", "增长3[.→]%"),
            ("全市1.06.万人", "全市1.06[.→]万人"),
        ]);
    }

    #[test]
    fn sound_numbers_are_left_alone() {
        check_clean(&[
            "1. 2024年要点",
            "1. 5万人到场",
            "到了3。5月再来",
            "比分是3 2",
            "电话1 234 5678",
            "得分10 120 230分",
            "98%、1.06万、1,200元、2024年",
            "１２人，２．５万，３.５万，增长12%",
            "共3, 4, 5三组",
            "见1.2.3节",
            "他得3.5.不多",
            "see 1. 06 and 98 %",
        ]);
    }
}
