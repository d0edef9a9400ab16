//! The words of the grammar: units and classifiers (`units.tsv`), words that only look like one (`not_units.txt`),
//! and the words that bend a number.

use std::sync::LazyLock;

use super::by_char::ByChar;
use super::line::{Line, is_han, is_letter, is_space};
use super::value::{Approx, Dimension, Unit};

/// A word that may stand after a number.
pub(super) struct UnitWord {
    word: Vec<char>,
    code: Option<&'static str>,
    /// What it measures; `None` for words after which a number is no figure of their kind.
    pub(super) dimension: Option<Dimension>,
    /// Just as often a noun or part of a word: only after Arabic digits or a longer numeral.
    pub(super) weak: bool,
    /// Tells a place in an order even without 第: 届.
    pub(super) ordinal: bool,
    /// Only after 第: 大.
    pub(super) after_ordinal_only: bool,
    /// Only after a space, and before no word: `1.5 A`, but 3A级.
    pub(super) spaced: bool,
}

impl UnitWord {
    /// How many characters it has.
    pub(super) fn len(&self) -> usize {
        self.word.len()
    }

    /// The unit as it is saved.
    pub(super) fn unit(&self) -> Unit {
        Unit {
            raw: self.word.iter().collect(),
            code: self.code.map(str::to_owned),
            dimension: self.dimension,
        }
    }
}

static UNITS: LazyLock<ByChar<UnitWord>> = LazyLock::new(|| {
    let mut units = ByChar::default();
    for row in include_str!("units.tsv").lines().filter(|row| !row.starts_with('#')) {
        let mut columns = row.split('\t');
        let (Some(word), Some(code), Some(what)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        let word: Vec<char> = word.chars().collect();
        let Some(first) = word.first().copied() else {
            continue;
        };
        let weak = what.ends_with('?') || what == "level";
        let dimension = match what {
            "ordinal" | "order" => Some(Dimension::Count),
            "level" => Some(Dimension::Other),
            _ => Dimension::from_name(what.trim_end_matches(['?', '_'])),
        };
        units.push(
            first,
            UnitWord {
                word,
                code: (!code.is_empty()).then_some(code),
                dimension,
                weak,
                ordinal: what == "ordinal",
                after_ordinal_only: what == "order",
                spaced: what.ends_with('_'),
            },
        );
    }
    units.sort_by_key(|unit| std::cmp::Reverse(unit.word.len()));
    units
});

static OTHER_WORDS: LazyLock<ByChar<&'static str>> = LazyLock::new(|| {
    let mut words = ByChar::default();
    let rows = include_str!("not_units.txt")
        .lines()
        .filter(|row| !row.starts_with('#'));
    for word in rows.flat_map(str::split_whitespace) {
        words.push(word.chars().next().unwrap_or_default(), word);
    }
    words
});

/// Whether a word that only begins like a unit stands at `index` (`not_units.txt`).
pub(super) fn is_other_word(line: &Line, index: usize) -> bool {
    OTHER_WORDS.get(line.at(index)).iter().any(|word| line.has(index, word))
}

/// The longest unit or classifier at `index`. Latin ones end where the letters end.
pub(super) fn unit_at(line: &Line, index: usize) -> Option<&'static UnitWord> {
    UNITS.get(line.at(index)).iter().find(|unit| {
        let end = index + unit.word.len();
        let whole = !unit.word.last().is_some_and(|last| is_letter(*last)) || !is_latin(line.at(end));
        let spaced = || {
            is_space(line.before(index, 1)) && (!is_han(line.at(end)) || "以内左上下到至的时。".contains(line.at(end)))
        };
        whole
            && (!unit.spaced || spaced())
            && unit
                .word
                .iter()
                .enumerate()
                .all(|(offset, char)| line.at(index + offset) == *char)
    })
}

/// The unit written exactly `raw`.
pub(super) fn unit_named(raw: &str) -> Option<Unit> {
    let words = UNITS.get(raw.chars().next()?);
    words.iter().map(UnitWord::unit).find(|unit| unit.raw == raw)
}

fn is_latin(char: char) -> bool {
    is_letter(char) || char.is_ascii_digit() || matches!(char, '-' | '_')
}

/// A word before a number that bends it, and the characters before which it is part of another word.
pub(super) struct Prefix {
    pub(super) word: &'static str,
    pub(super) approx: Approx,
    not_after: &'static str,
}

const fn prefix(word: &'static str, approx: Approx, not_after: &'static str) -> Prefix {
    Prefix {
        word,
        approx,
        not_after,
    }
}

/// Longest first, so that 不超过 is not read as 超过.
const PREFIXES: &[Prefix] = &[
    prefix("大于等于", Approx::EqualOrMore, ""),
    prefix("小于等于", Approx::EqualOrLess, ""),
    prefix("不得低于", Approx::EqualOrMore, ""),
    prefix("不得少于", Approx::EqualOrMore, ""),
    prefix("不得高于", Approx::EqualOrLess, ""),
    prefix("不得超过", Approx::EqualOrLess, ""),
    prefix("不超过", Approx::EqualOrLess, ""),
    prefix("不少于", Approx::EqualOrMore, ""),
    prefix("不低于", Approx::EqualOrMore, ""),
    prefix("不小于", Approx::EqualOrMore, ""),
    prefix("不多于", Approx::EqualOrLess, ""),
    prefix("不高于", Approx::EqualOrLess, ""),
    prefix("不大于", Approx::EqualOrLess, ""),
    prefix("超过了", Approx::MoreThan, "不"),
    prefix("突破了", Approx::MoreThan, "不"),
    prefix("超过", Approx::MoreThan, ""),
    prefix("超出", Approx::MoreThan, ""),
    prefix("突破", Approx::MoreThan, ""),
    prefix("大约", Approx::Approx, ""),
    prefix("大概", Approx::Approx, ""),
    prefix("将近", Approx::Approx, ""),
    prefix("接近", Approx::Approx, ""),
    prefix("至少", Approx::EqualOrMore, ""),
    prefix("最少", Approx::EqualOrMore, ""),
    prefix("至多", Approx::EqualOrLess, ""),
    prefix("最多", Approx::EqualOrLess, ""),
    prefix("不足", Approx::LessThan, ""),
    prefix("不到", Approx::LessThan, "达找得看想等收买"),
    prefix("不及", Approx::LessThan, "来比远"),
    prefix("不下", Approx::EqualOrMore, "居高相争"),
    prefix("差不多", Approx::Approx, ""),
    prefix("未满", Approx::LessThan, ""),
    prefix("不满", Approx::LessThan, ""),
    prefix("低于", Approx::LessThan, "不"),
    prefix("少于", Approx::LessThan, "不"),
    prefix("小于", Approx::LessThan, "不"),
    prefix("高于", Approx::MoreThan, "不"),
    prefix("多于", Approx::MoreThan, "不"),
    prefix("大于", Approx::MoreThan, "不"),
    prefix("近", Approx::Approx, "附最邻临靠远亲贴逼渐相切"),
    prefix("约", Approx::Approx, "节预合契条公违签制履邀纽特相如解"),
    prefix("超", Approx::MoreThan, "赶反高英中德西意法土甲乙"),
    prefix("逾", Approx::MoreThan, ""),
    prefix("≥", Approx::EqualOrMore, ""),
    prefix("≤", Approx::EqualOrLess, ""),
    prefix(">", Approx::MoreThan, ""),
    prefix("<", Approx::LessThan, ""),
];

/// The prefixes under their last character, the longest first.
static PREFIXES_BY_END: LazyLock<ByChar<&'static Prefix>> =
    LazyLock::new(|| ByChar::of(PREFIXES, |prefix| prefix.word.chars().last()));

/// The word that bends a number starting at `index`, and where that word starts; never before `floor`.
pub(super) fn prefix_before(line: &Line, index: usize, floor: usize) -> Option<(&'static Prefix, usize)> {
    let end = line.skip_spaces_back(index);
    PREFIXES_BY_END.get(line.before(end, 1)).iter().find_map(|prefix| {
        if !line.has_before(end, prefix.word) {
            return None;
        }
        let start = end - prefix.word.chars().count();
        (start >= floor && !prefix.not_after.contains(line.before(start, 1))).then_some((*prefix, start))
    })
}

/// Words after a number and its unit that bend it; longest first.
const SUFFIXES: &[(&str, Approx)] = &[
    ("及以上", Approx::EqualOrMore),
    ("及以下", Approx::EqualOrLess),
    ("或以上", Approx::EqualOrMore),
    ("以上", Approx::EqualOrMore),
    ("以下", Approx::EqualOrLess),
    ("以内", Approx::EqualOrLess),
    ("之内", Approx::EqualOrLess),
    ("左右", Approx::Approx),
    ("上下", Approx::Approx),
    ("开外", Approx::MoreThan),
    ("出头", Approx::MoreThan),
    ("有余", Approx::MoreThan),
    ("许", Approx::Approx),
];

/// The word that bends the number before `index`, and where it ends.
pub(super) fn suffix_at(line: &Line, index: usize) -> Option<(Approx, usize)> {
    let start = line.skip_spaces(index);
    if !matches!(
        line.at(start),
        '及' | '或' | '以' | '之' | '左' | '上' | '开' | '出' | '有' | '许'
    ) {
        return None;
    }
    let (word, approx) = SUFFIXES.iter().find(|(word, _)| line.has(start, word))?;
    let end = start + word.chars().count();
    // 许多, 许可, and the name 许
    let other_word = *word == "许" && is_han(line.at(end));
    (!other_word).then_some((*approx, end))
}

#[cfg(test)]
mod tests {
    use super::{Line, prefix_before, suffix_at, unit_at};

    #[test]
    fn every_row_of_the_table_is_a_unit() {
        let rows = include_str!("units.tsv").lines().filter(|row| !row.starts_with('#'));
        for row in rows {
            let columns: Vec<_> = row.split('\t').collect();
            assert_eq!(columns.len(), 3, "{row}");
            assert!(
                unit_at(&Line::of(&format!(" {}", columns[0])), 1)
                    .is_some_and(|unit| unit.len() == columns[0].chars().count()),
                "{row}"
            );
        }
    }

    #[test]
    fn the_longest_unit_wins_and_latin_units_end_with_their_letters() {
        let at = |text: &str| unit_at(&Line::of(text), 0).map(|unit| unit.unit().raw);
        assert_eq!(at("平方公里的").as_deref(), Some("平方公里"));
        assert_eq!(at("千瓦时").as_deref(), Some("千瓦时"));
        assert_eq!(at("kg。").as_deref(), Some("kg"));
        assert_eq!(at("kgx"), None);
        assert_eq!(at("的"), None);
    }

    #[test]
    fn words_that_bend_a_number_are_not_parts_of_other_words() {
        let before =
            |text: &str| prefix_before(&Line::of(text), text.chars().count(), 0).map(|(prefix, _)| prefix.word);
        assert_eq!(before("不超过"), Some("不超过"));
        assert_eq!(before("有近"), Some("近"));
        assert_eq!(before("附近"), None);
        assert_eq!(before("节约"), None);
        assert_eq!(before("英超"), None);
        assert_eq!(suffix_at(&Line::of("以上的"), 0).map(|(_, end)| end), Some(2));
        assert!(suffix_at(&Line::of("以后"), 0).is_none());
    }
}
