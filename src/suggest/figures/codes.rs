//! What is written in digits and is no number: telephone numbers, model numbers, addresses in the net, list markers.

use std::sync::LazyLock;

use super::by_char::ByChar;
use super::line::{Line, ends_sentence, is_han, is_letter, is_space};
use super::numeral::{self, Numeral};
use super::value::Dimension;
use super::{addresses, composite, lexicon, telephones};

/// A whole number without a unit and with this many digits is a telephone number or a code.
const CODE_DIGITS: usize = 7;

/// Words before a number that make it a code.
const NAMING: &[&str] = &[
    "电话",
    "热线",
    "拨打",
    "致电",
    "手机",
    "传真",
    "邮编",
    "邮政编码",
    "编号",
    "尾号",
    "号码",
    "代码",
    "车牌",
    "微信",
    "QQ",
    "账号",
    "证号",
    "文号",
    "国道",
    "型号",
    "专线",
    "ISBN",
    "ISSN",
    "电话：",
    "电话:",
    "热线：",
];

/// Words after a number that make it a code or a name.
const NAMED: &[&str] = &[
    "路",
    "楼",
    "室",
    "热线",
    "急救",
    "网站",
    "客服",
    "短信",
    "国道",
    "省道",
    "县道",
    "高速",
    "路公交",
    "路车",
    "次列车",
    "法案",
    "条款",
    "航班",
    "次航班",
    "年级",
    "号",
    "型",
    "系列",
    "报警",
    "平台电话",
    "频道",
    "工程机",
    "大街",
];

static NAMED_BY_START: LazyLock<ByChar<&&str>> = LazyLock::new(|| ByChar::of(NAMED, |word| word.chars().next()));
static NAMING_BY_END: LazyLock<ByChar<&&str>> = LazyLock::new(|| ByChar::of(NAMING, |word| word.chars().last()));

/// Whether a word of [`NAMING`] ends before `at`.
fn is_named_before(line: &Line, at: usize) -> bool {
    let words = NAMING_BY_END.get(line.before(at, 1));
    words.iter().any(|word| line.has_before(at, word))
}

/// Where the code or marker at `at` ends, if there is one; the digits before the end are no figures.
pub(super) fn end_of(line: &Line, at: usize) -> Option<usize> {
    let char = line.at(at);
    list_marker(line, at)
        .or_else(|| document(line, at))
        .or_else(|| slogan(line, at))
        .or_else(|| addresses::end_of(line, at))
        .or_else(|| telephones::end_of(line, at))
        .or_else(|| {
            if char.is_ascii_digit() {
                written_in_digits(line, at)
            } else {
                None
            }
        })
}

/// Whether a list or a chapter starts at `at`: `１、`, `（一）`, 二、.
fn list_marker(line: &Line, at: usize) -> Option<usize> {
    let end = line.short_run(at, 3, numeral::is_numeral);
    if end == at || end > at + 3 {
        return None;
    }
    let before = line.before(at, 1);
    if matches!(before, '（' | '(' | '【' | '〔') && matches!(line.at(end), '）' | ')' | '】' | '〕') {
        return Some(end + 1);
    }
    let opens = before == '\0' || is_space(before) || ends_sentence(before) || before == '：';
    let space_in_line = is_space(before) && is_han(line.before(line.skip_spaces_back(at), 1));
    let marker = match line.at(end) {
        '、' => !line.at(end + 1).is_ascii_digit(),
        '.' => !line.at(end + 1).is_ascii_digit(),
        ')' | '）' => true,
        _ => false,
    };
    (opens && marker && !space_in_line).then_some(end + 1)
}

/// `（2024）苏09刑初37号`, `〔2024〕12号`: the number of a case or of a document, which begins with its year.
fn document(line: &Line, at: usize) -> Option<usize> {
    const LONGEST: usize = 16;
    let end = line.short_run(at, 4, |char| char.is_ascii_digit());
    let bracketed = matches!(line.before(at, 1), '（' | '(' | '〔' | '[' | '【')
        && matches!(line.at(end), '）' | ')' | '〕' | ']' | '】');
    if end != at + 4 || !bracketed {
        return None;
    }
    let number = line.short_run(end + 1, LONGEST, |char| {
        (is_han(char) && char != '号') || char.is_ascii_digit()
    });
    (line.at(number) == '号' && line.at(number - 1).is_ascii_digit()).then_some(number + 1)
}

/// “三个代表”, “四分开一完善”: the name of what is counted stands in the quotation marks with its number.
fn slogan(line: &Line, at: usize) -> Option<usize> {
    const LONGEST: usize = 8;
    if !matches!(line.before(at, 1), '“' | '「' | '‘') || line.at(at).is_ascii_digit() {
        return None;
    }
    let end = line.short_run(at, LONGEST, is_han);
    let numeral = numeral::read(line, at).filter(Numeral::is_single)?;
    // “三个工作日内” is something said.
    let counts = lexicon::unit_at(line, numeral.end).is_none_or(|unit| unit.dimension == Some(Dimension::Count));
    (counts && end > at + 2 && matches!(line.at(end), '”' | '」' | '’')).then_some(end)
}

/// Whether the number from `at` up to `end` opens a row of a table: `1 海州 37 28`.
fn is_rank(line: &Line, at: usize, end: usize) -> bool {
    let name = line.skip_spaces(end);
    at == 0 && end <= 2 && name > end && is_han(line.at(name)) && {
        let after = line.run(name, is_han);
        (name + 2..name + 12).contains(&after)
            && is_space(line.at(after))
            && line.at(line.skip_spaces(after)).is_ascii_digit()
    }
}

/// Whether a number at `at` is part of a Latin name: Baltic Link 2.
fn is_latin_name(line: &Line, at: usize) -> bool {
    let name = line.skip_spaces_back(at);
    let start = (0..name)
        .rev()
        .take(20)
        .find(|at| !is_letter(line.at(*at)))
        .map_or(0, |at| at + 1);
    // Units and currencies are written in capitals; a word of a name is not.
    name < at && name > start + 2 && line.at(start).is_ascii_uppercase() && line.at(start + 1).is_ascii_lowercase()
}

fn is_word(char: char) -> bool {
    char.is_ascii_alphanumeric()
        || matches!(
            char,
            '-' | '_' | '/' | '.' | ':' | '@' | '%' | '&' | '=' | '?' | '#' | '+'
        )
}

fn is_digit_or_dash(char: char) -> bool {
    char.is_ascii_digit() || matches!(char, '-' | '.')
}

fn written_in_digits(line: &Line, at: usize) -> Option<usize> {
    let end = line.run(at, |char| char.is_ascii_digit());
    let (before, after) = (line.before(at, 1), line.at(end));
    // G20, A4, F-35, COVID-19, Mate60: digits inside a Latin word, but not US$20 or RMB50.
    let joined = is_letter(before) || before == '_' || (before == '-' && line.before(at, 2).is_ascii_alphanumeric());
    if joined && composite::currency_before(line, at, 0).is_none() {
        return Some(line.run(at, is_word));
    }
    // 5G, 4K, 3D, 2e5 – unless the letters are a unit.
    if is_letter(after) && lexicon::unit_at(line, end).is_none() && numeral::letter_power(line, end).is_none() {
        return Some(line.run(at, is_word));
    }
    if is_letter(after)
        && matches!(after, 'G' | 'M')
        && end - at == 1
        && !line.has(end, "GB")
        && !line.has(end, "MB")
        && !line.has(end, "MW")
        && !line.has(end, "GW")
        && !line.has(end, "GHz")
        && !line.has(end, "MHz")
        && !line.has(end, "MPa")
    {
        return Some(end + 1);
    }
    // 1/4决赛, 13/14次列车
    let slash_end = line.run(end + 1, |char| char.is_ascii_digit());
    if after == '/' && ["决赛", "次列车"].into_iter().any(|word| line.has(slash_end, word)) {
        return Some(slash_end);
    }
    let chain = line.run(at, is_digit_or_dash);
    // “5·12”: a day as the name of what happened on it. 90后: a generation.
    let event = matches!(before, '“' | '"' | '「') && matches!(line.at(chain), '”' | '"' | '」') && chain > end;
    let generation = end == at + 2
        && matches!(line.at(at + 1), '0' | '5')
        && after == '后'
        && !"续来面者".contains(line.at(end + 1));
    if event || generation {
        return Some(chain.max(end));
    }
    // 010-64035547, 127.0.0.1, 978-7-02-000220-7; 2024-9-15 and 2024.9.15 are dates and were read before.
    let (groups, last) = groups(line, end, chain);
    let telephone = line.at(at) == '0' && groups == 2 && last >= 7;
    if groups > 2 || telephone {
        return Some(chain);
    }
    // 600036.sh
    if after == '.' && is_letter(line.at(end + 1)) {
        return Some(line.run(at, is_word));
    }
    let length = end - at;
    if length < chain - at || matches!(after, ',' | '%' | '‰') && length < CODE_DIGITS {
        return None;
    }
    let padded = length > 1 && line.at(at) == '0';
    if length > 34 || padded && !matches!(after, ':') {
        return Some(end);
    }
    let next = line.skip_spaces(end);
    let counted = numeral::big_power(line.at(next)).is_some()
        || matches!(line.at(next), '%' | '多' | '余')
        || lexicon::unit_at(line, next).is_some_and(|unit| unit.dimension.is_some());
    // 下转4版 points to a page.
    let page = line.at(next) == '版' && matches!(line.before(line.skip_spaces_back(at), 1), '转' | '见' | '接' | '在');
    if page || is_rank(line, at, end) {
        return Some(end);
    }
    if counted {
        return None;
    }
    if is_latin_name(line, at) {
        return Some(end);
    }
    let from = line.skip_spaces_back(at);
    let named = NAMED_BY_START.get(line.at(end)).iter().any(|word| line.has(end, word))
        || is_named_before(line, from)
        || (matches!(line.before(from, 1), ':' | '：' | '为' | '是') && is_named_before(line, from - 1));
    // 《圣域2》: the number of a title.
    // 歼-20
    let model = before == '-' && is_han(line.before(at, 2));
    let title = matches!(after, '》' | '〉') || matches!(before, '《' | '〈') && after != '年';
    (length >= CODE_DIGITS || named || title || model).then_some(end)
}

/// How many groups of digits the chain has whose first one ends at `end`, and how many digits the last one has.
fn groups(line: &Line, end: usize, chain: usize) -> (usize, usize) {
    let (mut groups, mut digits) = (1, 0);
    for at in end..chain {
        if !line.at(at).is_ascii_digit() {
            digits = 0;
            continue;
        }
        digits += 1;
        groups += usize::from(digits == 1);
    }
    (groups, digits)
}

/// Where the address in the net at `at` ends.
pub(super) fn address_end(line: &Line, at: usize) -> Option<usize> {
    let is_address = ["http", "www.", "ftp:"].iter().any(|word| line.has(at, word));
    is_address.then(|| line.run(at, is_word))
}
