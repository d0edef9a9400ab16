//! Formats of rows: a text as its characters one by one, each with its place in a tag (BIO and its kin).

use std::sync::Arc;

use super::annotated::{Annotated, Tag, is_blank};
use super::intake::Intake;
use super::loss::LossReport;
use crate::annot::{LabelId, Mark};
use crate::text::{CharIdx, CharRange, Text};

/// Refuses a text without a character that gets a row: its rows would not be there to be found.
pub(super) fn needs_rows(text: &mut Annotated, report: &mut LossReport) {
    if text.text.as_str().chars().all(is_blank) {
        report
            .refused
            .push(format!("\"{}\" has no character that is not blank", text.name));
    }
}

/// A character that gets a row. Blank characters get none, and tags go on over them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Character<'a> {
    /// The character.
    pub token: &'a str,
    /// Where it begins in the text, in bytes.
    pub byte: usize,
    /// Its number in the text, in code points.
    pub at: CharIdx,
    /// Whether a line ends between the character before and this one.
    pub begins_line: bool,
}

/// The characters of a text that get rows.
#[must_use]
pub fn characters(text: &Text) -> Vec<Character<'_>> {
    let words = text.as_str();
    let mut characters = Vec::with_capacity(text.len().to_usize());
    let mut begins_line = false;
    for (at, (byte, c)) in (0..).zip(words.char_indices()) {
        if is_blank(c) {
            begins_line |= matches!(c, '\n' | '\r');
            continue;
        }
        characters.push(Character {
            token: &words[byte..byte + c.len_utf8()],
            byte,
            at: CharIdx(at),
            begins_line,
        });
        begins_line = false;
    }
    characters
}

/// Where a character stands in a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// In none.
    Outside,
    /// In a tag with this label.
    In {
        /// The tag's label.
        label: &'a LabelId,
        /// Whether it is the tag's first character.
        first: bool,
        /// Whether it is the tag's last.
        last: bool,
    },
}

/// The place of each character in tags that lie side by side, in order.
#[must_use]
pub fn places<'a>(characters: &[Character<'_>], tags: impl IntoIterator<Item = &'a Tag>) -> Vec<Place<'a>> {
    let mut places = vec![Place::Outside; characters.len()];
    let mut from = 0;
    for tag in tags {
        let start = from + characters[from..].partition_point(|one| one.at < tag.range.start);
        let end = start + characters[start..].partition_point(|one| one.at < tag.range.end);
        for (number, place) in (start..).zip(&mut places[start..end]) {
            *place = Place::In {
                label: tag.label(),
                first: number == start,
                last: number + 1 == end,
            };
        }
        from = end;
    }
    places
}

/// For each character whether a sentence begins with it: after a line end or the mark that ends a sentence, and outside
/// all tags. The first is none that begins one, having nothing before it.
#[must_use]
pub fn sentence_starts(characters: &[Character<'_>], places: &[Place<'_>]) -> Vec<bool> {
    let ends = |token: &str| matches!(token, "。" | "！" | "？" | "!" | "?" | "…");
    let closes = |token: &str| matches!(token, "”" | "’" | "」" | "』" | "）" | ")" | "》" | "\"") || ends(token);
    let mut after_end = false;
    let mut starts = Vec::with_capacity(characters.len());
    for (number, (character, place)) in characters.iter().zip(places).enumerate() {
        let free = matches!(place, Place::Outside | Place::In { first: true, .. });
        let starts_here = number > 0 && free && (character.begins_line || (after_end && !closes(character.token)));
        starts.push(starts_here);
        after_end = ends(character.token) || (after_end && closes(character.token));
    }
    starts
}

/// How places are spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// B begins, I goes on.
    Bio,
    /// B begins, I goes on, E ends, S is alone.
    Bioes,
    /// As BIOES, with M for I.
    Bmes,
}

impl Scheme {
    /// The letter for a place in a tag.
    #[must_use]
    pub fn letter(self, first: bool, last: bool) -> char {
        match (self, first, last) {
            (Self::Bioes | Self::Bmes, true, true) => 'S',
            (Self::Bioes | Self::Bmes, false, true) => 'E',
            (_, true, _) => 'B',
            (Self::Bmes, false, false) => 'M',
            (_, false, _) => 'I',
        }
    }

    /// Appends `O`, or the letter, a hyphen and the label.
    pub fn push(self, out: &mut Vec<u8>, place: Place<'_>) {
        match place {
            Place::Outside => out.push(b'O'),
            Place::In { label, first, last } => {
                let mut letter = [0; 4];
                out.extend_from_slice(self.letter(first, last).encode_utf8(&mut letter).as_bytes());
                out.push(b'-');
                out.extend_from_slice(label.as_str().as_bytes());
            }
        }
    }
}

/// A text that is put together from rows.
#[derive(Default)]
pub struct RowText {
    text: String,
    chars: u32,
    /// Where the last token ends.
    token_end: u32,
    last_token_len: usize,
    tags: Vec<Tag>,
    /// For each column of tags the one that may go on.
    open: Vec<Option<Open>>,
}

struct Open {
    start: u32,
    mark: Arc<Mark>,
}

impl RowText {
    /// Whether no row has come yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds a token with what its columns say, in any of the schemes. A tag that goes on without having begun begins.
    ///
    /// # Errors
    /// Where a column says neither `O` nor a letter of a scheme, a hyphen and a label. The token is added.
    pub fn push<'t>(
        &mut self,
        token: &str,
        columns: impl IntoIterator<Item = &'t str>,
        intake: &mut Intake<'_>,
    ) -> Result<(), String> {
        let token_len = token.chars().count();
        // Words of letters are kept apart, characters are not.
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{2e80}');
        let words = token_len > 1 || self.last_token_len > 1;
        let spaced = words && joins(self.text.chars().next_back()) && joins(token.chars().next());
        let end = self.token_end;
        if spaced {
            self.text.push(' ');
            self.chars += 1;
        }
        let start = self.chars;
        self.text.push_str(token);
        self.chars += CharIdx::from(token_len).0;
        self.token_end = self.chars;
        self.last_token_len = token_len;

        let mut wrong = None;
        for (column, said) in columns.into_iter().enumerate() {
            if self.open.len() <= column {
                self.open.push(None);
            }
            let (letter, label) = match said.split_once(['-', '_']) {
                Some((letter, label)) if letter.len() == 1 && !label.is_empty() => (letter, label),
                _ => {
                    if said != "O" {
                        wrong = Some(format!("\"{said}\" is neither O nor a tag such as B-PER"));
                    }
                    ("O", "")
                }
            };
            let goes_on = self.open[column]
                .as_ref()
                .is_some_and(|open| open.mark.label.as_str() == label);
            match letter {
                "I" | "M" | "E" | "L" if goes_on => {}
                "B" | "S" | "U" | "I" | "M" | "E" | "L" => {
                    self.close(column, end);
                    self.open[column] = Some(Open {
                        start,
                        mark: intake.plain(label),
                    });
                }
                "O" => self.close(column, end),
                _ => {
                    wrong = Some(format!("\"{said}\" begins with none of B, I, M, E, S, L, U"));
                    self.close(column, end);
                }
            }
            if matches!(letter, "E" | "L" | "S" | "U") {
                self.close(column, self.chars);
            }
        }
        wrong.map_or(Ok(()), Err)
    }

    /// Puts spaces before the next token, so that it stands at `at`.
    ///
    /// # Errors
    /// Where the text is longer already, or `at` is further away than any stretch of blank characters.
    pub fn pad_to(&mut self, at: u32) -> Result<(), String> {
        const WIDEST: u32 = 100_000;
        match at.checked_sub(self.chars) {
            Some(gap @ 0..WIDEST) => {
                self.text.extend((0..gap).map(|_| ' '));
                self.chars = at;
                self.last_token_len = 0;
                Ok(())
            }
            _ => Err(format!(
                "a token at {at} does not follow one that ends at {}",
                self.chars
            )),
        }
    }

    /// Ends a sentence, and with it a line.
    pub fn end_sentence(&mut self) {
        if self.text.is_empty() || self.text.ends_with('\n') {
            return;
        }
        for column in 0..self.open.len() {
            self.close(column, self.token_end);
        }
        self.text.push('\n');
        self.chars += 1;
        self.last_token_len = 0;
    }

    /// The text with its tags, and an empty one in its place.
    #[must_use]
    pub fn finish(&mut self) -> Annotated {
        self.end_sentence();
        let mut done = std::mem::take(self);
        // The last line feed ends nothing.
        done.text.pop();
        for (tag, id) in done.tags.iter_mut().zip(1..) {
            tag.id.0 = id;
        }
        Annotated {
            text: Arc::new(Text::new(done.text)),
            tags: done.tags,
            ..Annotated::default()
        }
    }

    fn close(&mut self, column: usize, end: u32) {
        if let Some(open) = self.open[column].take() {
            let range = CharRange::new(CharIdx(open.start), CharIdx(end));
            self.tags.push(Tag::new(0, range, open.mark));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::ImportOptions;

    fn spelt(scheme: Scheme, text: &str, tags: &[(usize, usize)]) -> String {
        let text = Text::from(text);
        let mark = Arc::new(Mark {
            label: "PER".into(),
            ..Mark::default()
        });
        let tag = |&(start, end): &(usize, usize)| Tag::new(1, CharRange::of(start, end), Arc::clone(&mark));
        let tags: Vec<Tag> = tags.iter().map(tag).collect();
        let characters = characters(&text);
        let places = places(&characters, &tags);
        let starts = sentence_starts(&characters, &places);
        let mut out = Vec::new();
        for ((character, place), starts) in characters.iter().zip(places).zip(starts) {
            out.extend_from_slice(if starts { b"| " } else { b"" });
            out.extend_from_slice(character.token.as_bytes());
            scheme.push(&mut out, place);
            out.push(b' ');
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn places_are_spelt_by_scheme() {
        let text = "胡\n勇𬱟见甲\u{3000}。";
        let tags = [(0, 4), (5, 7)];
        assert_eq!(
            spelt(Scheme::Bio, text, &tags),
            "胡B-PER 勇I-PER 𬱟I-PER 见O 甲B-PER 。O "
        );
        assert_eq!(
            spelt(Scheme::Bioes, text, &tags),
            "胡B-PER 勇I-PER 𬱟E-PER 见O 甲S-PER 。O "
        );
        assert_eq!(
            spelt(Scheme::Bmes, text, &tags),
            "胡B-PER 勇M-PER 𬱟E-PER 见O 甲S-PER 。O "
        );
    }

    #[test]
    fn sentences_begin_outside_tags_only() {
        assert_eq!(
            spelt(Scheme::Bio, "“走！”他说。来\n去", &[]),
            "“O 走O ！O ”O | 他O 说O 。O | 来O | 去O "
        );
        assert_eq!(spelt(Scheme::Bio, "甲。乙", &[(0, 3)]), "甲B-PER 。I-PER 乙I-PER ");
    }

    #[test]
    fn rows_become_text_again() {
        let options = ImportOptions::default();
        let mut each = |_| {};
        let mut intake = Intake::new(&options, &mut each);
        let mut text = RowText::default();
        for (token, tag) in [
            ("胡", "B-PER"),
            ("勇", "I-PER"),
            ("2", "I-NUM"),
            ("0", "E-NUM"),
            ("Li", "S-PER"),
            ("Na", "B-PER"),
        ] {
            text.push(token, [tag], &mut intake).unwrap();
        }
        text.end_sentence();
        assert!(text.push("说", ["X-PER"], &mut intake).is_err());
        let text = text.finish();
        assert_eq!(text.text.as_str(), "胡勇20 Li Na\n说");
        let tags: Vec<(String, &str)> = text
            .tags
            .iter()
            .map(|tag| (text.covered(tag), tag.label().as_str()))
            .collect();
        let expected = [("胡勇", "PER"), ("20", "NUM"), ("Li", "PER"), ("Na", "PER")];
        assert_eq!(tags, expected.map(|(covered, label)| (covered.to_owned(), label)));
    }
}
