//! Words in which a numeral counts nothing: 千家万户, 第一时间, 四川.

use std::sync::LazyLock;

use super::by_char::ByChar;
use super::line::Line;
use super::numeral::is_numeral;

/// A word, and where in it stands the numeral under which it is filed.
struct Idiom {
    /// The character behind that numeral, or before one at the word's end: most words are told apart by it, and the word
    /// itself need not be fetched.
    neighbour: Option<char>,
    word: Vec<char>,
    offset: usize,
    /// Characters that make it another word: 十分 before 钟.
    not_before: &'static str,
}

/// Filed under each numeral that a word holds, the longest word first.
static IDIOMS: LazyLock<ByChar<Idiom>> = LazyLock::new(|| {
    let mut idioms = ByChar::default();
    let rows = include_str!("idioms.txt").lines().filter(|row| !row.starts_with('#'));
    for word in rows.flat_map(str::split_whitespace) {
        let (word, not_before) = word.split_once('!').unwrap_or((word, ""));
        let word: Vec<char> = word.chars().collect();
        for (offset, char) in word.iter().enumerate() {
            if is_key(*char) {
                let word = word.clone();
                let idiom = Idiom {
                    neighbour: word.get(offset + 1).or(word.get(offset.wrapping_sub(1))).copied(),
                    word,
                    offset,
                    not_before,
                };
                idioms.push(*char, idiom);
            }
        }
    }
    idioms.sort_by_key(|idiom| std::cmp::Reverse(idiom.word.len()));
    idioms
});

/// A character at which the grammar starts to read, and under which a word is filed.
pub(super) fn is_key(char: char) -> bool {
    is_numeral(char) || matches!(char, '第' | '半' | '数')
}

/// Where the longest word around the numeral at `index` ends, if there is one.
pub(super) fn covering(line: &Line, index: usize) -> Option<usize> {
    let (before, after) = (line.before(index, 1), line.at(index + 1));
    IDIOMS.get(line.at(index)).iter().find_map(|idiom| {
        if idiom
            .neighbour
            .is_some_and(|neighbour| neighbour != after && neighbour != before)
        {
            return None;
        }
        let start = index.checked_sub(idiom.offset)?;
        let end = start + idiom.word.len();
        let here = idiom
            .word
            .iter()
            .enumerate()
            .all(|(offset, char)| line.at(start + offset) == *char);
        (here && !idiom.not_before.contains(line.at(end))).then_some(end)
    })
}

#[cfg(test)]
mod tests {
    use super::{Line, covering};

    #[test]
    fn a_word_covers_its_numerals_wherever_they_stand() {
        let line = Line::of("惠及千家万户，第一时间统一部署");
        assert_eq!(covering(&line, 2), Some(6));
        assert_eq!(covering(&line, 4), Some(6));
        assert_eq!(covering(&line, 7), Some(11));
        assert_eq!(covering(&line, 12), Some(13));
        let line = Line::of("十分重要，十分钟");
        assert_eq!((covering(&line, 0), covering(&line, 5)), (Some(2), None));
        let line = Line::of("三百名");
        assert_eq!(covering(&line, 0), None);
    }
}
