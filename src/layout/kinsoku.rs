//! Between which characters a row may end (kinsoku, 避头尾).
//!
//! The rules are those of GB/T 15834 and of *Requirements for Chinese Text Layout* (W3C clreq) for punctuation, and a
//! small part of the Unicode line breaking algorithm (UAX #14) for words and numbers.

use unicode_width::UnicodeWidthChar;

/// What a character allows before and after itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Stands for itself: a row may end before and after it.
    Ideograph,
    /// Part of a word.
    Letter,
    /// Part of a number.
    Digit,
    /// Never ends a row: opening brackets and quotes.
    Open,
    /// Never begins a row: stops, closing brackets and quotes, dashes and dots, small kana.
    Close,
    /// As [`Self::Close`], but part of what is around it where that is a word or a number: `9·11`, `3～5`, `don’t`.
    Point,
    /// As [`Self::Close`], but holds on to the word or number after it: `1,234`, `10:30`, `km/h`.
    Infix,
    /// Joins words (a row may end after it), or is the sign of a number (it may not).
    Hyphen,
    /// Belongs to what follows, and to the word or number before it: `$`, `¥`, `+`.
    Prefix,
    /// Belongs to the number before it: `%`, `℃`.
    Postfix,
    /// Opening or closing, nobody knows: `"`.
    Quote,
    /// A row may end after it; at the end of a row it takes no room.
    Space,
    /// A row never ends beside it.
    Glue,
    /// Drawn onto the character before it, whose class it shares.
    Mark,
}

/// The class of `c`.
#[must_use]
pub fn class(c: char) -> Class {
    match c {
        '\u{4E00}'..='\u{9FFF}' => Class::Ideograph,
        '\0'..='\u{7F}' => ascii(c),
        '\u{3000}' => Class::Space,
        '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '〖' | '〘' | '〚' | '〝' | '［' | '｛' | '｟' | '｢' | '“'
        | '‘' | '﹙' | '﹛' | '﹝' | '︵' | '︷' | '︹' | '︻' | '︽' | '︿' | '﹁' | '﹃' | '¡' | '¿' | '‚' | '„' => {
            Class::Open
        }
        '，' | '。' | '、' | '；' | '！' | '？' | '）' | '》' | '〉' | '」' | '』' | '】' | '〕' | '〗' | '〙'
        | '〛' | '〞' | '〟' | '™' | '®' | '］' | '｝' | '｠' | '｣' | '｡' | '､' | '”' | '…' | '‥' | '⋯' | '—' | '―'
        | '─' | '⸺' | '‼' | '⁇' | '⁈' | '⁉' | '﹐' | '﹑' | '﹒' | '﹔' | '﹕' | '﹖' | '﹗' | '﹚' | '﹜' | '﹞'
        | '︶' | '︸' | '︺' | '︼' | '︾' | '﹀' | '﹂' | '﹄' => Class::Close,
        '々'
        | '〻'
        | 'ー'
        | 'ｰ'
        | 'ゝ'
        | 'ゞ'
        | 'ヽ'
        | 'ヾ'
        | '゛'
        | '゜'
        | 'ぁ'
        | 'ぃ'
        | 'ぅ'
        | 'ぇ'
        | 'ぉ'
        | 'っ'
        | 'ゃ'
        | 'ゅ'
        | 'ょ'
        | 'ゎ'
        | 'ゕ'
        | 'ゖ'
        | 'ァ'
        | 'ィ'
        | 'ゥ'
        | 'ェ'
        | 'ォ'
        | 'ッ'
        | 'ャ'
        | 'ュ'
        | 'ョ'
        | 'ヮ'
        | 'ヵ'
        | 'ヶ'
        | 'ㇰ'..='ㇿ'
        | 'ｧ'..='ｯ' => Class::Close,
        '’' | '：' | '．' | '·' | '・' | '･' | '•' | '‧' | '～' | '〜' | '／' | '×' | '÷' => {
            Class::Point
        }
        '０'..='９' => Class::Digit,
        '‐' | '‒' | '–' | '－' => Class::Hyphen,
        '¥' | '￥' | '＄' | '£' | '￡' | '€' | '₩' | '￦' | '₽' | '₹' | '±' | '−' | '＋' | '№' => {
            Class::Prefix
        }
        '％' | '‰' | '‱' | '℃' | '℉' | '°' | '′' | '″' | '¢' | '￠' => Class::Postfix,
        '«' | '»' | '‹' | '›' | '＂' | '＇' => Class::Quote,
        '\u{A0}' | '\u{2007}' | '\u{2011}' | '\u{202F}' | '\u{2060}' | '\u{FEFF}' => Class::Glue,
        '\u{80}'..='\u{9F}' | '\u{2000}'..='\u{200B}' | '\u{2028}' | '\u{2029}' | '\u{205F}' => Class::Space,
        'ぁ'..='ヿ' | '가'..='힣' | '！'..='～' => Class::Ideograph,
        _ => match c.width() {
            None | Some(0) => Class::Mark,
            Some(1) if c.is_alphabetic() => Class::Letter,
            Some(1) if c.is_numeric() && !('①'..='⓿').contains(&c) => Class::Digit,
            _ => Class::Ideograph,
        },
    }
}

fn ascii(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        '(' | '[' | '{' => Class::Open,
        ')' | ']' | '}' | '!' | '?' => Class::Close,
        ',' | '.' | ':' | ';' | '/' => Class::Infix,
        '-' => Class::Hyphen,
        '~' => Class::Point,
        '$' | '+' | '#' => Class::Prefix,
        '%' => Class::Postfix,
        '"' | '\'' => Class::Quote,
        ' ' | '\0'..='\x1F' | '\x7F' => Class::Space,
        _ => Class::Letter,
    }
}

/// The classes of the last characters, as far as the next decision needs them.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    before_last: Class,
    last: Class,
}

impl Context {
    /// At the beginning of a row.
    pub const START: Self = Self {
        before_last: Class::Space,
        last: Class::Glue,
    };

    /// Goes on by one character.
    #[inline]
    pub fn push(&mut self, next: Class) {
        let last = match (self.last, next) {
            (_, Class::Mark) => return,
            // What may not end a row may not do so for a space behind it.
            (Class::Open | Class::Prefix, Class::Space) => self.last,
            _ => next,
        };
        *self = Self {
            before_last: self.last,
            last,
        };
    }

    /// Whether a row may end here, before a character of class `next`.
    #[inline]
    #[must_use]
    pub fn breaks_before(self, next: Class) -> bool {
        use Class::{Close, Digit, Glue, Hyphen, Infix, Letter, Mark, Open, Point, Postfix, Prefix, Quote, Space};
        let after_word = matches!(self.before_last, Letter | Digit);
        match (self.last, next) {
            (_, Mark | Space | Glue | Close | Point | Infix | Postfix) | (Glue | Open | Prefix, _) => false,
            (Space, _) => true,
            (_, Hyphen | Quote) | (Quote, _) => false,
            (Infix, Letter | Digit) | (Hyphen, Digit) => false,
            (Point, Letter | Digit) => !after_word,
            (Hyphen, Letter) => after_word,
            (Letter | Digit | Postfix, Letter | Digit | Prefix) => false,
            _ => true,
        }
    }
}

/// Whether `c` can be one grapheme cluster with a neighbour: combining marks, joiners, selectors, regional indicators,
/// skin tones, Hangul letters. Errs on the side of yes; the segmenter then decides.
#[inline]
#[must_use]
pub fn may_join(c: char) -> bool {
    !matches!(c,
        '\u{4E00}'..='\u{9FFF}'
        | '\u{20}'..='\u{2FF}'
        | '\u{370}'..='\u{3FF}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205F}'
        | '\u{2100}'..='\u{2BFF}'
        | '\u{2E80}'..='\u{3029}'
        | '\u{3030}'..='\u{3098}'
        | '\u{309B}'..='\u{4DFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF01}'..='\u{FF9D}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1F3FA}'
        | '\u{1F400}'..='\u{1F9FF}'
        | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    #[test]
    fn what_never_begins_and_what_never_ends_a_row() {
        for c in "，。、；：？！）》」』”’…—·％%℃‰々ーっャ】〕〉．～".chars() {
            let mut context = Context::START;
            context.push(Class::Ideograph);
            assert!(!context.breaks_before(class(c)), "{c} begins a row");
            context.push(Class::Space);
            assert!(!context.breaks_before(class(c)), "{c} begins a row after a space");
        }
        for c in "（《「『“‘【〔〈¥$￥＄£€([{".chars() {
            let mut context = Context::START;
            context.push(Class::Ideograph);
            context.push(class(c));
            assert!(!context.breaks_before(Class::Ideograph), "{c} ends a row");
            context.push(Class::Space);
            assert!(!context.breaks_before(Class::Ideograph), "{c} and a space end a row");
        }
    }

    #[test]
    fn what_may_not_join_never_does() {
        let free: Vec<char> = ('\0'..=char::MAX).filter(|&c| !may_join(c)).collect();
        for &c in &free {
            for neighbour in ['一', 'a', '😀', '가', 'क'] {
                for pair in [[c, neighbour], [neighbour, c]] {
                    let pair: String = pair.iter().collect();
                    assert_eq!(pair.graphemes(true).count(), 2, "{pair:?}");
                }
            }
        }
        assert!(free.len() > 80_000);
    }
}
