//! A text that can be asked for any character by its number.

use unicode_segmentation::GraphemeCursor;

use super::{ByteIdx, CharIdx, CharRange};

/// Characters between two marks: a look-up counts through at most this many.
#[cfg(not(test))]
const STRIDE: u32 = 128;
#[cfg(test)]
const STRIDE: u32 = 4;

/// A place whose number in both units is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    char: u32,
    byte: u32,
}

/// A string with marks, so that code points turn into bytes and back in about 50 ns wherever they are.
///
/// Invariant: the first mark is (0, 0), the last is the end, and no two neighbours lie further apart than twice
/// [`STRIDE`] characters.
#[derive(Clone, Debug)]
pub struct Text {
    string: String,
    marks: Vec<Mark>,
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.string == other.string
    }
}

impl Eq for Text {}

impl Default for Text {
    fn default() -> Self {
        Self::new(String::new())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

impl Text {
    /// Takes the string as it is; one pass over it.
    #[must_use]
    pub fn new(string: String) -> Self {
        let mut marks = vec![Mark { char: 0, byte: 0 }];
        push_marks(&mut marks, &string);
        Self { string, marks }
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Its length in code points.
    #[must_use]
    pub fn len(&self) -> CharIdx {
        CharIdx(self.marks.last().map_or(0, |mark| mark.char))
    }

    /// Whether it has no character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// The whole of it as a range.
    #[must_use]
    pub fn range(&self) -> CharRange {
        CharRange::new(CharIdx(0), self.len())
    }

    /// The byte at which character `at` begins; past the end, the end.
    #[must_use]
    pub fn byte_of(&self, at: CharIdx) -> ByteIdx {
        let next = self.marks.partition_point(|mark| mark.char <= at.0);
        let mark = self.marks[next.saturating_sub(1)];
        let rest = &self.string[mark.byte as usize..];
        let skip = (at.0 - mark.char) as usize;
        let bytes = rest.char_indices().nth(skip).map_or(rest.len(), |(byte, _)| byte);
        ByteIdx(mark.byte + u32::try_from(bytes).unwrap_or(u32::MAX))
    }

    /// The character that begins at byte `at`, or that `at` lies inside; past the end, the end.
    #[must_use]
    pub fn char_of(&self, at: ByteIdx) -> CharIdx {
        let next = self.marks.partition_point(|mark| mark.byte <= at.0);
        let mark = self.marks[next.saturating_sub(1)];
        let end = self.string.floor_char_boundary(at.to_usize());
        let count = self.string[mark.byte as usize..end].chars().count();
        CharIdx(mark.char) + count.into()
    }

    /// The characters in `range`; what lies past the end is left out.
    #[must_use]
    pub fn slice(&self, range: CharRange) -> &str {
        &self.string[self.byte_of(range.start).to_usize()..self.byte_of(range.end).to_usize()]
    }

    /// The character at `at`, if there is one.
    #[must_use]
    pub fn char_at(&self, at: CharIdx) -> Option<char> {
        self.string[self.byte_of(at).to_usize()..].chars().next()
    }

    /// The character before `at`, if there is one.
    #[must_use]
    pub fn char_before(&self, at: CharIdx) -> Option<char> {
        self.string[..self.byte_of(at).to_usize()].chars().next_back()
    }

    /// The place one character on (`direction` 1) or back (-1), over whole grapheme clusters; at an end, that end.
    #[must_use]
    pub fn step(&self, at: CharIdx, direction: i64) -> CharIdx {
        let mut cursor = GraphemeCursor::new(self.byte_of(at).to_usize(), self.string.len(), true);
        let next = if direction < 0 {
            cursor.prev_boundary(&self.string, 0)
        } else {
            cursor.next_boundary(&self.string, 0)
        };
        match next {
            Ok(Some(byte)) => self.char_of(byte.into()),
            _ => at,
        }
    }

    /// The stretch of this text in which it differs from `other`: before and behind it the two are the same. Empty where
    /// something was only put in, or nothing differs.
    #[must_use]
    pub fn differing(&self, other: &Self) -> CharRange {
        const STEP: usize = 256;
        let (a, b) = (self.string.as_bytes(), other.string.as_bytes());
        let start = same_bytes(a.chunks(STEP), b.chunks(STEP), true);
        let start = self.string.floor_char_boundary(start);
        let (rest, other_rest) = (&a[start..], &b[start..]);
        let end = same_bytes(rest.rchunks(STEP), other_rest.rchunks(STEP), false);
        let end = self.string.ceil_char_boundary(a.len() - end);
        CharRange::new(self.char_of(start.into()), self.char_of(end.into()))
    }

    /// Puts `with` in the place of the characters in `range`. The marks around the change are made anew, the later ones
    /// only moved.
    pub fn replace(&mut self, range: CharRange, with: &str) {
        let (from, to) = (self.byte_of(range.start), self.byte_of(range.end));
        let removed_chars = CharIdx::count(&self.string[from.to_usize()..to.to_usize()]);
        let removed_bytes = to.0 - from.0;
        let first = self.marks.partition_point(|mark| mark.byte <= from.0) - 1;
        let last = self
            .marks
            .partition_point(|mark| mark.byte <= to.0)
            .min(self.marks.len() - 1);
        self.string.replace_range(from.to_usize()..to.to_usize(), with);

        let (added_chars, added_bytes) = (CharIdx::count(with).0, ByteIdx::from(with.len()).0);
        let tail: Vec<Mark> = self.marks[last..]
            .iter()
            .filter(|mark| mark.byte >= to.0)
            .map(|mark| Mark {
                char: mark.char - removed_chars.0 + added_chars,
                byte: mark.byte - removed_bytes + added_bytes,
            })
            .collect();
        self.marks.truncate(first + 1);
        let here = self.marks[first].byte as usize;
        let until = tail.first().map_or(self.string.len(), |mark| mark.byte as usize);
        push_marks(&mut self.marks, &self.string[here..until]);
        // The stretch ends where the tail begins, so its last mark is the tail's first.
        self.marks.extend(tail.into_iter().skip(1));
        debug_assert_eq!(
            self.marks.last().map(|mark| mark.byte as usize),
            Some(self.string.len())
        );
    }
}

/// How many bytes are the same in both, going through both at once; most of the way many at a time.
fn same_bytes<'a>(a: impl Iterator<Item = &'a [u8]>, b: impl Iterator<Item = &'a [u8]>, is_forward: bool) -> usize {
    let mut same = 0;
    for (a, b) in a.zip(b) {
        if a == b {
            same += a.len();
            continue;
        }
        let equal = |(a, b): &(&u8, &u8)| a == b;
        same += match is_forward {
            true => a.iter().zip(b).take_while(equal).count(),
            false => a.iter().rev().zip(b.iter().rev()).take_while(equal).count(),
        };
        break;
    }
    same
}

/// Adds marks for `stretch`, which begins at the last mark, up to and including its end.
fn push_marks(marks: &mut Vec<Mark>, stretch: &str) {
    let Some(&start) = marks.last() else { return };
    let mut char = 0;
    for (byte, _) in stretch.char_indices() {
        if char > 0 && char % STRIDE == 0 {
            marks.push(Mark {
                char: start.char + char,
                byte: start.byte + ByteIdx::from(byte).0,
            });
        }
        char += 1;
    }
    if char > 0 {
        marks.push(Mark {
            char: start.char + char,
            byte: start.byte + ByteIdx::from(stretch.len()).0,
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &Text) {
        let mut chars = 0_usize;
        for (byte, c) in text.as_str().char_indices() {
            assert_eq!(text.byte_of(chars.into()), byte.into());
            assert_eq!(text.char_of(byte.into()), chars.into());
            assert_eq!(text.char_at(chars.into()), Some(c));
            chars += 1;
        }
        assert_eq!(text.len(), chars.into());
        assert_eq!(text.byte_of(text.len()), text.as_str().len().into());
    }

    #[test]
    fn a_step_goes_over_whole_grapheme_clusters() {
        let text = Text::from("罗e\u{301}𬱟👩‍👧\n");
        let places = [0, 1, 3, 4, 7, 8];
        for pair in places.windows(2) {
            assert_eq!(text.step(CharIdx(pair[0]), 1), CharIdx(pair[1]));
            assert_eq!(text.step(CharIdx(pair[1]), -1), CharIdx(pair[0]));
        }
        assert_eq!(
            (text.step(CharIdx(0), -1), text.step(CharIdx(8), 1)),
            (CharIdx(0), CharIdx(8))
        );
    }

    proptest! {
        #[test]
        fn any_text_answers_for_every_character(text in "[a罗𬱟😀\r\n\u{feff}]{0,40}") {
            check(&Text::new(text));
        }

        #[test]
        fn two_texts_are_the_same_around_what_differs(
            head in "[a罗𬱟]{0,300}", old in "[b勇😀]{0,3}", new in "[b永😀]{0,3}", tail in "[a罗𬱟]{0,300}",
        ) {
            let (a, b) = (Text::new(format!("{head}{old}{tail}")), Text::new(format!("{head}{new}{tail}")));
            let differs = a.differing(&b);
            let growth = i64::from(b.len().0) - i64::from(a.len().0);
            prop_assert_eq!(a.slice(CharRange::new(0.into(), differs.start)), b.slice(CharRange::new(0.into(), differs.start)));
            let end = differs.end.offset(growth);
            prop_assert_eq!(a.slice(CharRange::new(differs.end, a.len())), b.slice(CharRange::new(end, b.len())));
            prop_assert!(differs.len() <= CharIdx::count(&old).0, "{:?}", differs);
        }

        #[test]
        fn replacing_is_what_a_string_does(
            text in "[a罗𬱟😀\n]{0,40}", with in "[b勇🀄]{0,20}", a in 0_usize..41, b in 0_usize..41,
        ) {
            let mut buffer = Text::new(text.clone());
            let chars: Vec<char> = text.chars().collect();
            let (a, b) = (a.min(chars.len()), b.min(chars.len()));
            let range = CharRange::of(a, b);
            buffer.replace(range, &with);
            let expected: String = chars[..a.min(b)].iter().copied().chain(with.chars()).chain(chars[a.max(b)..].iter().copied()).collect();
            prop_assert_eq!(buffer.as_str(), expected.as_str());
            check(&buffer);
        }
    }
}
