//! Letters among digits and digits among letters.

use super::{Doubt, Line, Reason, is_digit, is_han};

pub(super) fn find(line: &Line, found: &mut Vec<Doubt>) {
    let chars = line.chars;
    let mut at = 0;
    while at < chars.len() {
        let end = at + chars[at..].iter().take_while(|&&c| is_part(c)).count();
        if end == at {
            at += 1;
            continue;
        }
        let run = &chars[at..end];
        let (before, after) = (line.before(at), line.at(end));
        let number = as_number(run, before, after)
            .or_else(|| as_decimals(line, at, end))
            .or_else(|| as_count(run, after, line.at(end + 1)));
        if let Some(number) = number {
            found.push(line.doubt(at, end, Reason::LetterInNumber, Some(number)));
        } else if let Some(word) = as_word(run) {
            found.push(line.doubt(at, end, Reason::DigitInWord, Some(word)));
        }
        at = end;
    }
    find_in_chinese_numbers(line, found);
}

/// What a number or a Latin word is made of.
fn is_part(c: char) -> bool {
    is_digit(c) || c.is_ascii_alphabetic() || ('Ａ'..='ｚ').contains(&c) || c == '〇'
}

/// The digit that a character is taken for.
fn digit_like(c: char) -> Option<char> {
    match c {
        'O' | 'o' | '〇' | 'Ｏ' | 'ｏ' => Some('0'),
        'l' | 'I' | 'ｌ' | 'Ｉ' => Some('1'),
        _ => None,
    }
}

/// The number that a run is if its letters are digits: only such letters as look like one, fewer of them than digits,
/// and none where it has a meaning of its own: `O2` is oxygen, `5l` are litres, `Ⅰ` and `I` number sections.
fn as_number(run: &[char], before: Option<char>, after: Option<char>) -> Option<String> {
    let digits = run.iter().filter(|&&c| is_digit(c)).count();
    let letters = run.len() - digits;
    let (first, last) = (*run.first()?, *run.last()?);
    let is_single = digits == 1 && letters == 1;
    let before_measure = after.is_some_and(|c| is_han(c) || c == '%' || c == '％');
    // `1OO` can be nothing else before what it counts, though it has more letters than digits.
    let are_noughts = is_digit(first) && run.iter().all(|&c| is_digit(c) || digit_like(c) == Some('0'));
    let has_too_many = letters > digits && !(are_noughts && letters <= 4 && before_measure);
    // Litres are not counted once more: `3l个` is 31个.
    let is_counted = after.is_some_and(|c| "个個名人件起次岁歲年月日场場家户戶".contains(c));
    let has_unit = matches!(last, 'l' | 'ｌ') && letters == 1 && !is_counted;
    let is_formula = digit_like(first) == Some('0');
    let is_numbered = is_single && (matches!(first, 'I' | 'Ｉ') || !before_measure);
    let is_joined = [before, after].contains(&Some('-')) || before.is_some_and(|c| c.is_alphabetic() && !is_han(c));
    if letters == 0 || has_too_many || has_unit || is_formula || is_numbered || is_joined {
        return None;
    }
    in_digits(run)
}

/// The run with a digit for each letter that looks like one; `None` where a letter does not.
fn in_digits(run: &[char]) -> Option<String> {
    let is_wide = run.iter().any(|c| ('０'..='９').contains(c));
    run.iter()
        .map(|&c| match digit_like(c) {
            Some(digit) if is_wide => char::from_u32(digit as u32 - '0' as u32 + '０' as u32),
            Some(digit) => Some(digit),
            None => is_digit(c).then_some(c),
        })
        .collect()
}

/// The decimals that a run is behind a number and its point, before what is measured: `1.O6万`.
fn as_decimals(line: &Line, at: usize, end: usize) -> Option<String> {
    let run = &line.chars[at..end];
    let is_behind_point = matches!(line.before(at), Some('.' | '．'))
        && at
            .checked_sub(1)
            .and_then(|point| line.before(point))
            .is_some_and(is_digit);
    let is_before_measure = line.at(end).is_some_and(|c| is_han(c) || c == '%' || c == '％');
    let letters = run.iter().filter(|&&c| !is_digit(c)).count();
    let has_unit = run.last().is_some_and(|c| matches!(c, 'l' | 'ｌ'));
    let is_it = is_behind_point && is_before_measure && (1..run.len()).contains(&letters) && !has_unit;
    is_it.then(|| in_digits(run)).flatten()
}

/// The number that a run is if its one letter is the digit that it is drawn like, before what it counts: `20Z5年`, `5S次`.
/// What comes before other words has a name of its own: `4S店`, `8B模型`, `5S起`.
fn as_count(run: &[char], after: Option<char>, second: Option<char>) -> Option<String> {
    let drawn_like = |c: char| match c {
        'Z' => Some('2'),
        'S' => Some('5'),
        'B' => Some('8'),
        _ => None,
    };
    let is_year = run.len() == 4 && matches!(run.first(), Some('1' | '2')) && after == Some('年');
    // The day after a telephone came out is `5S次日`.
    let is_next = after == Some('次') && second.is_some_and(|c| "日年月要级級".contains(c));
    let is_counted = after.is_some_and(|c| "次名件岁歲户戶项項月日".contains(c)) && !is_next;
    let begins = run.first().is_some_and(char::is_ascii_digit);
    let letters = run.iter().filter(|c| !c.is_ascii_digit()).count();
    if !(is_year || is_counted && begins && run.len() <= 4) || letters != 1 {
        return None;
    }
    run.iter()
        .map(|&c| if c.is_ascii_digit() { Some(c) } else { drawn_like(c) })
        .collect()
}

/// The Latin word that a run is if its one digit is a letter: a `0` or `1` between small letters of a word of four or
/// more.
fn as_word(run: &[char]) -> Option<String> {
    let mut digits = run.iter().enumerate().filter(|(_, c)| !c.is_ascii_alphabetic());
    let (at, digit) = digits.next()?;
    let is_only = digits.next().is_none() && run.len() >= 4;
    let is_inside = at > 0 && run[at - 1].is_ascii_lowercase() && run.get(at + 1).is_some_and(char::is_ascii_lowercase);
    let letter = match digit {
        '0' => 'o',
        '1' => 'l',
        _ => return None,
    };
    (is_only && is_inside).then(|| run.iter().map(|&c| if c == *digit { letter } else { c }).collect())
}

/// The letter O in a year written in Chinese digits: `二O二五年`.
fn find_in_chinese_numbers(line: &Line, found: &mut Vec<Doubt>) {
    let is_digit = |c: Option<char>| c.is_some_and(|c| "一二三四五六七八九".contains(c));
    let mut at = 0;
    while at < line.chars.len() {
        let len = line.chars[at..]
            .iter()
            .take_while(|c| matches!(c, 'O' | 'o' | 'Ｏ' | 'ｏ'))
            .count();
        if (1..=3).contains(&len) && is_digit(line.before(at)) && is_digit(line.at(at + len)) {
            found.push(line.doubt(at, at + len, Reason::LetterInNumber, Some("〇".repeat(len))));
        }
        at += len.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, check_clean};

    #[test]
    fn letters_in_numbers_become_digits() {
        check(&[
            ("共1O3人", "共[1O3→103]人"),
            ("截至2O25年", "截至[2O25→2025]年"),
            ("2〇25年l5日", "[2〇25→2025]年[l5→15]日"),
            ("１Ｏ３人", "[１Ｏ３→１０３]人"),
            ("1O月1日，占1OO%", "[1O→10]月1日，占[1OO→100]%"),
            ("共3l个，20Z5年", "共[3l→31]个，[20Z5→2025]年"),
            ("2OOO元，1OO多名", "[2OOO→2000]元，[1OO→100]多名"),
            ("落实1.O6万个，占9.l5%", "落实1.[O6→06]万个，占9.[l5→15]%"),
            ("5S次受到嘉奖，1Z月", "[5S→55]次受到嘉奖，[1Z→12]月"),
            ("二O二五年，二OO八年", "二[O→〇]二五年，二[OO→〇〇]八年"),
        ]);
    }

    #[test]
    fn digits_in_words_become_letters() {
        check(&[
            ("用Micr0soft的软件", "用[Micr0soft→Microsoft]的软件"),
            ("App1e公司", "[App1e→Apple]公司"),
        ]);
    }

    #[test]
    fn what_is_written_with_both_is_left_alone() {
        check_clean(&[
            "吸入O2和O3",
            "倒5l水",
            "5G、H2O、K11、A4纸",
            "G20峰会",
            "I5处理器",
            "mp3播放",
            "Win10x",
            "B2O口",
            "1|2|3",
            "二○二五年",
            "4S店、5S管理、8B模型",
            "苹果5S次日发售，5S起售价",
            "倒1.5l水、2.O版",
        ]);
    }
}
