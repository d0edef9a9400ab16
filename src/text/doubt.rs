//! Places where the text is probably not what was printed: the machine that read the page took one character for another.
//!
//! Few and right rather than many: whoever walks through them should find something at nearly every stop. Each rule has
//! a file of its own and says there what it takes for evidence. None invents: a fix that is not plain is left out.

mod half_width;
mod letters;
mod look_alike;
mod marks;
mod numbers;
mod pairs;
mod radicals;
mod shapes;

use super::{CharIdx, CharRange};

/// A place that should be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The characters in question, never empty and within one line.
    pub range: CharRange,
    /// Why they are doubted.
    pub reason: Reason,
    /// What probably stood there, to be put in place of all of `range`; `None` where that is anyone's guess.
    pub fix: Option<String>,
}

/// Why a place is doubted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A character that makes no word here, where one that looks like it does: `自已` for `自己`.
    LookAlike,
    /// A radical or another form that only looks like the character: `⽇` (U+2F47) for `日`.
    Radical,
    /// A letter in a number: `2O25`.
    LetterInNumber,
    /// A digit in a Latin word: `Micr0soft`.
    DigitInWord,
    /// Marks that never stand beside each other: `，。`, `.，`, `%%`.
    ImpossibleMarks,
    /// A half-width mark between Chinese characters in a text that has full-width ones.
    HalfWidthMark,
    /// A number with a space or a wrong mark inside, or of digits of two widths: `1. 06`, `98 %`, `2 024年`, `２0亿元`.
    BrokenNumber,
    /// A quotation mark or bracket without its other half.
    UnpairedMark,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::LookAlike,
        Self::Radical,
        Self::LetterInNumber,
        Self::DigitInWord,
        Self::ImpossibleMarks,
        Self::HalfWidthMark,
        Self::BrokenNumber,
        Self::UnpairedMark,
    ];
}

impl Reason {
    /// Its name in the saved file, where doubts that were put away are kept.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LookAlike => "look_alike",
            Self::Radical => "radical",
            Self::LetterInNumber => "letter_in_number",
            Self::DigitInWord => "digit_in_word",
            Self::ImpossibleMarks => "impossible_marks",
            Self::HalfWidthMark => "half_width_mark",
            Self::BrokenNumber => "broken_number",
            Self::UnpairedMark => "unpaired_mark",
        }
    }
}

/// What is known of words.
pub trait Lexicon {
    /// How often a word stands in a corpus of sixty million words; `None` for what is no word.
    fn frequency(&self, word: &str) -> Option<usize>;

    /// The words of `text`, in order and without gaps, by the dictionary alone: a guessed name would hide a misreading.
    fn words<'a>(&self, text: &'a str) -> Vec<&'a str>;
}

impl Lexicon for jieba_rs::Jieba {
    fn frequency(&self, word: &str) -> Option<usize> {
        self.has_word(word).then(|| self.suggest_freq(word))
    }

    fn words<'a>(&self, text: &'a str) -> Vec<&'a str> {
        self.cut(text, false).into_iter().map(|token| token.word).collect()
    }
}

impl Lexicon for super::Words {
    fn frequency(&self, word: &str) -> Option<usize> {
        self.jieba().frequency(word)
    }

    fn words<'a>(&self, text: &'a str) -> Vec<&'a str> {
        Lexicon::words(self.jieba(), text)
    }
}

/// One line of the text, which is a paragraph.
#[derive(Clone, Copy)]
struct Line<'a> {
    /// Its characters as a string, without the line feed.
    text: &'a str,
    /// The same one by one.
    chars: &'a [char],
    /// Where it begins in the text.
    start: CharIdx,
    /// How many spaces it begins with.
    indent: usize,
}

impl Line<'_> {
    /// A doubt about the characters of this line from `from` up to `to`.
    fn doubt(&self, from: usize, to: usize, reason: Reason, fix: Option<String>) -> Doubt {
        Doubt {
            range: CharRange::new(self.start + from.into(), self.start + to.into()),
            reason,
            fix,
        }
    }

    /// The character before `at`, if there is one.
    fn before(&self, at: usize) -> Option<char> {
        self.chars.get(at.checked_sub(1)?).copied()
    }

    /// The character at `at`, if there is one.
    fn at(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }
}

/// The doubtful places of a reading text (one paragraph a line), in order and apart from each other. Time grows with the
/// length of the text.
#[must_use]
pub fn doubts(text: &str, lexicon: &dyn Lexicon) -> Vec<Doubt> {
    let mut found = Vec::new();
    let mut pairs = pairs::Open::default();
    let is_full_width = half_width::is_rare_in(text);
    let mut chars = Vec::new();
    let mut start = CharIdx(0);
    for text in text.split('\n') {
        chars.clear();
        chars.extend(text.chars());
        let line = Line {
            text,
            chars: &chars,
            start,
            indent: chars.iter().take_while(|c| c.is_whitespace()).count(),
        };
        start = start + CharIdx::from(chars.len() + 1);
        radicals::find(&line, &mut found);
        look_alike::find(&line, lexicon, &mut found);
        letters::find(&line, &mut found);
        numbers::find(&line, &mut found);
        marks::find(&line, &mut found);
        if is_full_width {
            half_width::find(&line, &mut found);
        }
        pairs.read(&line, &mut found);
    }
    pairs.end(&mut found);
    // Where two rules see the same place, the one that sees it from further left, or sees more of it, is shown.
    found.sort_by_key(|doubt| (doubt.range.start, std::cmp::Reverse(doubt.range.end)));
    let mut end = CharIdx(0);
    found.retain(|doubt| {
        let apart = doubt.range.start >= end;
        end = end.max(doubt.range.end);
        apart
    });
    found
}

/// Whether `c` is a Chinese character, as opposed to a letter, a digit or a mark.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '々' | '〇')
}

/// Whether `c` is a digit, half-width or full-width.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jieba_rs::Jieba;
    use proptest::prelude::*;

    use super::*;

    static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

    /// The text with each doubt as `[what stands there→fix]`.
    pub(super) fn shown(text: &str) -> String {
        let mut shown = String::new();
        let chars: Vec<char> = text.chars().collect();
        let mut at = 0;
        for doubt in doubts(text, &*JIEBA) {
            let (start, end) = (doubt.range.start.to_usize(), doubt.range.end.to_usize());
            shown.extend(&chars[at..start]);
            let there: String = chars[start..end].iter().collect();
            let fix = doubt.fix.unwrap_or_else(|| "?".into());
            shown.push_str(&format!("[{there}→{fix}]"));
            at = end;
        }
        shown.extend(&chars[at..]);
        shown
    }

    /// Each text, and what is doubted in it.
    #[track_caller]
    pub(super) fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(shown(text), *expected);
        }
    }

    /// Texts in which nothing is doubted.
    #[track_caller]
    pub(super) fn check_clean(texts: &[&str]) {
        for text in texts {
            assert_eq!(shown(text), *text);
        }
    }

    #[test]
    fn clean_text_is_not_doubted() {
        let text = include_str!("doubt/clean.txt");
        let found = doubts(text, &*JIEBA);
        assert_eq!(found, [], "{}", shown(text));
    }

    proptest! {
        #[test]
        fn doubts_are_in_order_apart_and_within_a_line(text in "[自已己入人员1lO０. ，。、“”（）%年a😀𬱟⽇\u{3000}\r\n]{0,60}") {
            let chars: Vec<char> = text.chars().collect();
            let mut end = 0;
            for doubt in doubts(&text, &*JIEBA) {
                let (from, to) = (doubt.range.start.to_usize(), doubt.range.end.to_usize());
                prop_assert!(end <= from && from < to && to <= chars.len());
                prop_assert!(!chars[from..to].contains(&'\n'));
                let there: String = chars[from..to].iter().collect();
                prop_assert_ne!(doubt.fix, Some(there));
                end = to;
            }
        }
    }
}
