//! Which spaces of a line belong to the text, and what becomes of a wrap.
//!
//! Chinese is written without spaces; a scan puts them beside figures and marks. Those that a newspaper sets on purpose
//! are kept: after `本报讯`, between the parts of a byline and of a headline, between Latin words.

use std::collections::HashSet;

use super::byline;
use super::glyph;
use super::lines::is_space;
use super::shape;
use crate::text::{BlockKind, Words};

/// What a wrap between two lines of a block becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrap {
    /// Nothing.
    Closed,
    /// A space.
    Space,
    /// Nothing, and the hyphen before it goes too.
    Hyphen,
}

/// Where a space stands.
pub(super) struct Gap<'a> {
    /// The kind of the block.
    pub kind: BlockKind,
    /// Whether the line is the first of its block.
    pub begins: bool,
    /// The line up to the space, and from after it.
    pub left: &'a str,
    pub right: &'a str,
    /// The whole line.
    pub line: &'a str,
    /// Whether the line has no Chinese in it.
    pub latin: bool,
}

impl Gap<'_> {
    /// Whether the space belongs to the text.
    pub(super) fn is_kept(&self, words: Option<&Words>) -> bool {
        let (Some(l), Some(r)) = (self.left.chars().next_back(), self.right.chars().next()) else {
            return false;
        };
        match self.kind {
            BlockKind::Other => return true,
            BlockKind::Byline | BlockKind::Furniture => return self.parts_names(),
            BlockKind::Heading | BlockKind::Paragraph | BlockKind::Caption => {}
        }
        if !self.latin && (is_chinese(l) || is_chinese(r)) {
            self.follows_opening()
                || self.lies_in_byline()
                || self.precedes_signature(l)
                || self.kind == BlockKind::Heading && self.parts_clauses(l, r, words)
        } else {
            let percent = matches!(r, '%' | '‰' | '℃');
            let fraction = glyph::is_digit(l) && self.right.starts_with(['.', ',']) && !self.latin;
            !percent && !fraction && !self.breaks_figure(l, r)
        }
    }

    /// `胡 勇 摄`: a name of two characters is padded to three; every other space divides names and roles.
    fn parts_names(&self) -> bool {
        let single = |word: Option<&str>| {
            let mut chars = word.unwrap_or_default().chars();
            let alone = chars.next().filter(|&c| glyph::is_hanzi(c) && chars.next().is_none());
            alone.is_some_and(|c| !"摄攝文图圖绘报".contains(c))
        };
        let edge = |c: char| is_space(c) || matches!(c, '（' | '(' | '）' | ')' | '/' | '／' | '、');
        !(single(self.left.rsplit(edge).next()) && single(self.right.split(edge).next()))
    }

    /// After `本报讯`, after the mark of a list item, after `第三章`, after the time of a broadcast.
    fn follows_opening(&self) -> bool {
        const LONGEST: usize = 240;
        if !self.begins || self.left.len() > LONGEST {
            return false;
        }
        let lead = shape::lead_length(self.line).is_some_and(|lead| {
            self.left.len() == lead || self.left.len() < lead && self.left.ends_with(['讯', '訊', '电', '電'])
        });
        let mark = |c: char| c.is_ascii_digit() || c.is_ascii_punctuation() || glyph::is_bullet(c);
        let marker = self.left.chars().count() <= 3
            && self.left.chars().all(mark)
            && !self.left.ends_with(|c: char| c.is_ascii_digit());
        let chapter = self.left.starts_with('第') && self.left.ends_with(['章', '节', '節', '条', '條', '篇']);
        lead || marker || chapter || shape::is_clock(self.left)
    }

    /// `（记者 叶会娟 通讯员 胡勇）` inside a paragraph.
    fn lies_in_byline(&self) -> bool {
        // Where the line ends before the bracket does, the rest is in the next.
        let mut after = self.right.chars();
        let closes = after.by_ref().take(LONGEST_BYLINE).any(ends_byline) || after.next().is_none();
        closes && opens_byline(self.left) && self.parts_names()
    }

    /// Between a sentence and the name under it.
    fn precedes_signature(&self, l: char) -> bool {
        (glyph::is_final(l) || glyph::is_closer(l))
            && (byline::begins_with_role(self.right.trim_start_matches(['（', '(', '■', '□']))
                || byline::is_photographer(self.right))
    }

    /// `守护一江碧水 建设美丽家园`
    fn parts_clauses(&self, l: char, r: char, words: Option<&Words>) -> bool {
        const SHORTEST: usize = 2;
        let left = self.left.rsplit(is_space).next().unwrap_or_default();
        let right = self.right.split(is_space).next().unwrap_or_default();
        let edges = (glyph::is_hanzi(l) || glyph::is_closer(l)) && (glyph::is_hanzi(r) || glyph::is_opener(r));
        let long = left.chars().count() >= SHORTEST && right.chars().count() >= SHORTEST;
        edges && long && !words.is_some_and(|words| words.spans(&format!("{left}{right}"), left.len()))
    }

    /// `1. 06`, but not `1. 2024`, an item.
    fn breaks_figure(&self, l: char, r: char) -> bool {
        let whole = self.left.strip_suffix(['.', ',']);
        matches!(l, '.' | ',')
            && !self.latin
            && glyph::is_digit(r)
            && whole.is_some_and(|whole| {
                let figure = whole.trim_end_matches(glyph::is_digit);
                figure.len() < whole.len() && !(figure.is_empty() && self.begins)
            })
    }
}

/// The longest byline in brackets, in characters.
const LONGEST_BYLINE: usize = 40;

fn ends_byline(c: char) -> bool {
    matches!(c, '）' | ')' | '。' | '，')
}

/// Whether `text` breaks off in a byline in brackets: `本报讯（记者 叶会娟 通讯员`. Looks back no further than such a
/// bracket is long: a line has no limit.
fn opens_byline(text: &str) -> bool {
    let opens = |c: char| matches!(c, '（' | '(');
    let mut before = text.char_indices().rev().take(LONGEST_BYLINE);
    let open = before
        .find(|&(_, c)| ends_byline(c) || opens(c))
        .filter(|&(_, c)| opens(c));
    let role = open.and_then(|(at, c)| text.get(at + c.len_utf8()..));
    role.is_some_and(byline::begins_with_role)
}

/// What becomes of the wrap between `left` and `right`, two lines of a block of this kind.
pub(super) fn wrap<'a>(kind: BlockKind, left: &str, right: &str, latin: bool, vocabulary: &mut Vocabulary<'a>) -> Wrap {
    let (Some(l), Some(r)) = (left.chars().next_back(), right.chars().next()) else {
        return Wrap::Closed;
    };
    if (kind == BlockKind::Byline || opens_byline(left)) && byline::divides_byline(left, right) {
        return Wrap::Space;
    }
    if l == '\u{ad}' {
        return Wrap::Hyphen;
    }
    if matches!(l, '-' | '\u{2010}') && r.is_alphabetic() && !glyph::is_cjk(r) {
        return if vocabulary.joins(left, right) {
            Wrap::Hyphen
        } else {
            Wrap::Closed
        };
    }
    let spaced = if latin {
        !matches!(l, '/' | '(' | '[' | '—' | '–' | '-') && !matches!(r, '—' | '–')
    } else {
        spaced_in_chinese(left, right, vocabulary)
    };
    if spaced { Wrap::Space } else { Wrap::Closed }
}

/// Whether a space stood between two pieces of Latin in a Chinese text, where a wrap may also cut a word.
fn spaced_in_chinese(left: &str, right: &str, vocabulary: &mut Vocabulary) -> bool {
    let letter = |c: char| glyph::is_spaced_word(c) && !c.is_numeric();
    let start = left.trim_end_matches(letter).len();
    let (head, tail) = (
        &left[start..],
        &right[..right.len() - right.trim_start_matches(letter).len()],
    );
    let (before, after) = (left.chars().next_back(), right.chars().next());
    match (head.chars().count(), tail.chars().count()) {
        (0, 0) => false,
        (0, after) => after > 1 && before.is_some_and(|c| matches!(c, '.' | ',' | ';' | '!' | '?' | ')')),
        (before, 0) => before > 2 && after.is_some_and(glyph::is_spaced_word),
        (1, _) | (_, 1) => false,
        (before, after) => {
            let capitals = head.chars().chain(tail.chars()).all(char::is_uppercase);
            let cut = capitals && before + after <= 6 || vocabulary.has(head, tail);
            !cut
        }
    }
}

fn is_chinese(c: char) -> bool {
    glyph::is_cjk(c) || matches!(u32::from(c), 0xb7 | 0x2010..=0x206f | 0x2460..=0x24ff | 0x25a0..=0x26ff)
}

/// First parts of English compounds that keep their hyphen.
const COMPOUND_HEADS: [&str; 46] = [
    "well", "ill", "self", "non", "ex", "mid", "semi", "quasi", "long", "short", "high", "low", "full", "part", "half",
    "all", "old", "new", "so", "much", "far", "first", "second", "third", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    "state", "world", "year", "hand",
];

/// Last parts of English compounds that keep their hyphen.
const COMPOUND_TAILS: [&str; 43] = [
    "known", "based", "term", "year", "old", "led", "owned", "made", "run", "wide", "long", "time", "scale", "class",
    "level", "style", "free", "related", "off", "up", "in", "out", "down", "to", "of", "the", "and", "like", "elect",
    "general", "called", "looking", "speaking", "friendly", "rate", "range", "speed", "tech", "quality", "profile",
    "backed", "funded", "hour",
];

/// The Latin words of a text; collected when a hyphen at a wrap first asks for them.
pub(super) struct Vocabulary<'a> {
    raw: &'a str,
    words: Option<HashSet<&'a str>>,
}

impl<'a> Vocabulary<'a> {
    pub(super) fn of(raw: &'a str) -> Self {
        Self { raw, words: None }
    }

    /// Whether the word that `left` begins and `right` goes on with is one word without its hyphen: the text has it so
    /// elsewhere, or nothing makes it a compound.
    fn joins(&mut self, left: &str, right: &str) -> bool {
        let stem = left.trim_end_matches(['-', '\u{2010}']);
        let head = stem.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let tail = right.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let before = &stem[..stem.len() - head.len()];
        let part_of_compound = before.ends_with(|c: char| c == '-' || c.is_ascii_digit());
        let goes_on = right[tail.len()..].starts_with('-');
        if head.is_empty() || part_of_compound || !tail.chars().all(char::is_lowercase) {
            return false;
        }
        if self.has(&format!("{head}-"), tail) {
            return false;
        }
        let compound = goes_on
            || COMPOUND_HEADS.contains(&head.to_lowercase().as_str())
            || COMPOUND_TAILS.contains(&tail)
            || self.has(head, "") && self.has("", tail);
        self.has(head, tail) || !compound && head.is_ascii() && tail.is_ascii()
    }

    /// Whether the text has the word that `head` and `tail` make.
    fn has(&mut self, head: &str, tail: &str) -> bool {
        let raw = self.raw;
        let words = self.words.get_or_insert_with(|| {
            raw.split(|c: char| !(c.is_alphabetic() || c == '-') || glyph::is_cjk(c))
                .filter(|word| !word.is_empty())
                .scan(false, |follows_hyphen, word| {
                    let piece = std::mem::replace(follows_hyphen, word.ends_with('-'));
                    Some((!piece).then_some(word))
                })
                .flatten()
                .collect()
        });
        let word = format!("{head}{tail}");
        words.contains(word.as_str()) || words.contains(word.to_lowercase().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each space of `line` that is kept is shown as `_`.
    fn spaces(kind: BlockKind, line: &str) -> String {
        let latin = !line.chars().any(glyph::is_cjk);
        let mut shown = String::new();
        for (at, c) in line.char_indices() {
            let gap = Gap {
                kind,
                begins: true,
                left: &line[..at],
                right: line[at..].trim_start(),
                line,
                latin,
            };
            match c {
                ' ' if gap.is_kept(None) => shown.push('_'),
                ' ' => {}
                c => shown.push(c),
            }
        }
        shown
    }

    #[test]
    fn stray_spaces_go_and_others_stay() {
        use BlockKind::{Byline, Heading, Other, Paragraph};
        for (kind, line, expected) in [
            (Paragraph, "达到 98%以上…… 9月", "达到98%以上……9月"),
            (
                Paragraph,
                "落实 1.06 万个，办结 25.9 万余起、 3 次",
                "落实1.06万个，办结25.9万余起、3次",
            ),
            (Paragraph, "约 98 %的人", "约98%的人"),
            (Paragraph, "达1. 06万", "达1.06万"),
            (Paragraph, "达1 .06万", "达1.06万"),
            (Paragraph, "本报讯 30多项", "本报讯_30多项"),
            (
                Paragraph,
                "新华社上海9月1日电 （记者 王 力）今天",
                "新华社上海9月1日电_（记者_王力）今天",
            ),
            (Paragraph, "请到 Hong Kong 转机", "请到Hong_Kong转机"),
            (
                Paragraph,
                "he said: “Go on.” Then 98 men",
                "he_said:_“Go_on.”_Then_98_men",
            ),
            (Paragraph, "（记者 胡 勇）", "（记者_胡勇）"),
            (Byline, "记者 叶会娟 通讯员 胡 勇 摄", "记者_叶会娟_通讯员_胡勇_摄"),
            (Heading, "守护一江碧水 建设美丽家园", "守护一江碧水_建设美丽家园"),
            (Heading, "发案量下降 61.6%", "发案量下降61.6%"),
            (Paragraph, "1. 先登记", "1._先登记"),
            (Paragraph, "● 先登记", "●_先登记"),
            (Other, "渝中 12 34", "渝中_12_34"),
        ] {
            assert_eq!(spaces(kind, line), expected, "{line}");
        }
    }

    #[test]
    fn a_wrap_between_latin_words_is_a_space() {
        let text = "government well-known";
        for (left, right, latin, expected) in [
            ("the", "end", true, Wrap::Space),
            ("the well-", "known man", true, Wrap::Closed),
            ("our govern-", "ment", true, Wrap::Hyphen),
            ("a long-", "term plan", true, Wrap::Closed),
            ("the con\u{ad}", "tract", true, Wrap::Hyphen),
            ("在New", "York举行", false, Wrap::Space),
            ("利用A", "I技术", false, Wrap::Closed),
            ("加入AS", "EAN的", false, Wrap::Closed),
            ("叫gover", "nment的", false, Wrap::Closed),
            ("到20", "25年", false, Wrap::Closed),
            ("公", "安", false, Wrap::Closed),
        ] {
            let wrap = wrap(BlockKind::Paragraph, left, right, latin, &mut Vocabulary::of(text));
            assert_eq!(wrap, expected, "{left}|{right}");
        }
    }
}
