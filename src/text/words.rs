//! Words and sentences, as ranges of bytes in the text they were asked about.

use std::iter;
use std::ops::Range;
use std::sync::OnceLock;

use jieba_rs::Jieba;

use super::ByteIdx;

/// Text on either side of a place that is enough to know the word there, in characters.
const REACH: usize = 40;

/// A segmenter for Chinese. Its dictionary is read when the first question is asked, once.
#[derive(Debug, Default)]
pub struct Words {
    jieba: OnceLock<Jieba>,
}

impl Words {
    /// A segmenter with the dictionary that comes with it. Costs nothing until it is asked.
    #[must_use]
    pub fn load() -> Self {
        Self::default()
    }

    /// The word of `line` in which the byte `at` lies; at the end of the line, the last one. Empty only in an empty line.
    #[must_use]
    pub fn word_at(&self, line: &str, at: usize) -> Range<usize> {
        let at = line.floor_char_boundary(at);
        let (before, after) = line.split_at(at);
        let start = before
            .char_indices()
            .rev()
            .take(REACH)
            .last()
            .map_or(at, |(start, _)| start);
        let end = after.char_indices().nth(REACH).map_or(line.len(), |(end, _)| at + end);
        let near = line.get(start..end).unwrap_or_default();
        let mut last = at..at;
        for word in self.words(near) {
            last = start + word.start..start + word.end;
            if last.end > at {
                break;
            }
        }
        last
    }

    /// The words of `text` in order, unknown names guessed. They tile it: spaces and marks are words of their own.
    pub fn words<'a>(&self, text: &'a str) -> impl Iterator<Item = Range<usize>> + use<'a> {
        let mut end = 0;
        self.jieba().cut(text, true).into_iter().map(move |token| {
            let start = end;
            end += token.word.len();
            start..end
        })
    }

    /// The words of `text` as [`Words::words`] gives them, each with its part of speech in the ICTCLAS tags (`nr` people,
    /// `ns` places, `nt` organisations, `n` nouns …); those of unknown words are guessed.
    pub fn tagged<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, &'a str)> {
        let mut end = 0;
        self.jieba().tag(text, true).into_iter().map(move |token| {
            let start = end;
            end += token.word.len();
            (start..end, token.tag)
        })
    }

    /// Whether the dictionary has the word.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.jieba().has_word(word)
    }

    /// Whether a word of the dictionary lies over the byte `edge` of `text`.
    pub(super) fn spans(&self, text: &str, edge: usize) -> bool {
        let mut end = 0;
        self.jieba().cut(text, false).into_iter().any(|token| {
            let start = end;
            end += token.word.len();
            start < edge && edge < end
        })
    }

    pub(super) fn jieba(&self) -> &Jieba {
        self.jieba.get_or_init(Jieba::new)
    }
}

/// The sentence of `text` in which the byte `at` lies. Marks that close a quotation stay with the sentence they end, as
/// do spaces after it; a line end is the end of a sentence.
#[must_use]
pub fn sentence_at(text: &str, at: ByteIdx) -> Range<usize> {
    let at = text.floor_char_boundary(at.to_usize());
    let mut sentences = sentences(text).peekable();
    let mut last = 0..0;
    while let Some(sentence) = sentences.next() {
        if at < sentence.end || sentences.peek().is_none() {
            return sentence;
        }
        last = sentence;
    }
    last
}

/// The sentences of `text` in order; they tile it.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let range = start..start + sentence_length(rest);
        start = range.end;
        Some(range)
    })
}

/// How many bytes of `text`, which is not empty, its first sentence takes.
fn sentence_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut ended = false;
    let mut spaced = false;
    let mut last = ' ';
    while let Some((at, c)) = chars.next() {
        let goes_on = ends_sentence(c) || closes(c) && !spaced;
        if ended && !goes_on && !c.is_whitespace() {
            return at;
        }
        spaced |= ended && c.is_whitespace();
        let full_stop = c == '.' && !last.is_numeric() && chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        ended |= ends_sentence(c) || full_stop;
        if c == '\n' {
            return at + 1;
        }
        last = c;
    }
    text.len()
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '…' | '!' | '?' | '｡')
}

fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '】' | '》' | '"' | '\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_keep_what_closes_them() {
        let cut = |text: &'static str| -> Vec<&str> { sentences(text).map(|range| &text[range]).collect() };
        assert_eq!(
            cut("他说：“走吧。”她没动！真的？！好……"),
            ["他说：“走吧。”", "她没动！", "真的？！", "好……"]
        );
        assert_eq!(cut("It costs 3.5 yuan. Good."), ["It costs 3.5 yuan. ", "Good."]);
        assert_eq!(cut("标题\n正文。"), ["标题\n", "正文。"]);
        assert_eq!(cut(""), [""; 0]);
    }

    #[test]
    fn a_place_is_in_one_sentence() {
        let text = "先下雨。后天晴";
        assert_eq!(sentence_at(text, ByteIdx(0)), 0..12);
        assert_eq!(sentence_at(text, ByteIdx(12)), 12..21);
        assert_eq!(sentence_at(text, ByteIdx(21)), 12..21);
        assert_eq!(sentence_at("", ByteIdx(5)), 0..0);
    }

    #[test]
    fn words_tile_the_text() {
        let words = Words::load();
        let text = "重庆市公安局通报，30名民警😀";
        let mut end = 0;
        for word in words.words(text) {
            assert_eq!(word.start, end);
            end = word.end;
        }
        assert_eq!(end, text.len());
        assert_eq!(&text[words.word_at(text, text.find('民').unwrap())], "民警");
        assert_eq!(&text[words.word_at(text, text.len())], "😀");
        assert_eq!(words.word_at("", 0), 0..0);
    }
}
