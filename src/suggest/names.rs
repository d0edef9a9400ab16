//! People, organisations and places by a dictionary's parts of speech and a few rules: a modest base, for a text of
//! which nothing else is known.
//!
//! A word that ends as organisations do (公安局, 有限公司) is joined with the words before it, back to the place or the
//! name that it is of; without one it is a common noun. A person must have a surname.

mod lexicon;

use super::Suggestion;
use crate::annot::Origin;
use crate::text::{CharRange, Words};

/// A word of a paragraph.
struct Word<'a> {
    text: &'a str,
    tag: &'a str,
    /// Whether the dictionary has it; a guessed tag is wrong as often as right.
    is_known: bool,
    /// In characters, counted from the start of the text.
    start: usize,
    end: usize,
}

impl Word<'_> {
    fn len(&self) -> usize {
        self.end - self.start
    }

    fn is_han(&self) -> bool {
        self.text.chars().all(lexicon::is_han)
    }
}

/// Every name in `text`: sorted, and no two share a character. Takes time linear in the length of the text.
pub(super) fn find(text: &str, words: &Words) -> Vec<Suggestion> {
    let mut names = Vec::new();
    let mut offset = 0;
    for paragraph in text.split('\n') {
        let mut at = offset;
        let tagged: Vec<Word<'_>> = words
            .tagged(paragraph)
            .map(|(range, tag)| {
                let text = &paragraph[range];
                let start = at;
                at += text.chars().count();
                Word {
                    text,
                    tag,
                    is_known: !matches!(tag, "nr" | "ns" | "nt") || words.knows(text),
                    start,
                    end: at,
                }
            })
            .collect();
        in_paragraph(&tagged, &mut names);
        offset = at + 1;
    }
    names
}

/// Appends the names of a paragraph.
fn in_paragraph(words: &[Word<'_>], names: &mut Vec<Suggestion>) {
    let first = names.len();
    let mut end = words.len();
    // From the end, so that the longest organisation is found first: 重庆市公安局渝中区分局 is one.
    while let Some(index) = end.checked_sub(1) {
        let name = unit_ending_at(words, index)
            .or_else(|| person_ending_at(words, index))
            .or_else(|| place_at(words, index));
        end = match name {
            Some((start, label, score)) => {
                names.push(Suggestion {
                    range: CharRange::of(words[start].start, words[index].end),
                    label,
                    score,
                    origin: Origin::Dictionary,
                    value: None,
                });
                start
            }
            None => index,
        };
    }
    names[first..].reverse();
}

/// The first word of a name, its label, its score.
type Found = (usize, &'static str, f32);

/// Words in an organisation's name, at most.
const MOST_WORDS: usize = 8;

fn unit_ending_at(words: &[Word<'_>], index: usize) -> Option<Found> {
    let last = &words[index];
    let has_ending = lexicon::ends_organisation(last.text);
    let is_whole = match last.tag {
        "nt" => last.len() >= 2 && !lexicon::is_common(last.text),
        // 人民日报, 新华社.
        "nz" => last.len() >= 3 && has_ending,
        _ => false,
    };
    if !last.is_han() || !(is_whole && last.is_known || has_ending) {
        return None;
    }
    let mut anchor = is_whole.then_some(index);
    for start in (index.saturating_sub(MOST_WORDS - 1)..index).rev() {
        let word = &words[start];
        if !joins(word) {
            break;
        }
        if matches!(word.tag, "ns" | "nt" | "nz" | "nrt" | "j") && word.len() >= 2 {
            anchor = Some(start);
        }
    }
    let start = anchor?;
    let has_place = matches!(words[start].tag, "ns" | "nt");
    Some((start, "unit", if has_place { 0.7 } else { 0.5 }))
}

/// Whether a word may stand within an organisation's name.
fn joins(word: &Word<'_>) -> bool {
    let is_name_word = matches!(
        word.tag,
        "ns" | "nt" | "nz" | "nr" | "nrt" | "n" | "j" | "vn" | "b" | "an" | "m" | "x" | "l"
    );
    is_name_word && word.is_han() && !lexicon::is_title(word.text)
}

fn person_ending_at(words: &[Word<'_>], index: usize) -> Option<Found> {
    let word = &words[index];
    if !word.is_han() || lexicon::is_common(word.text) || lexicon::is_place(word.text) {
        return None;
    }
    let is_witnessed = has_witness(words, index, index);
    let surname_len = lexicon::surname_len(word.text);
    let has_surname = surname_len.is_some_and(|len| (1..=2).contains(&(word.len() - len)));
    // 公正, 卫星, 荣立: of two characters most are words like others.
    let is_likely = word.len() >= 3 || !word.is_known || is_witnessed;
    if matches!(word.tag, "nr" | "nrfg") && has_surname && is_likely {
        return Some((index, "person", if is_witnessed { 0.9 } else { 0.6 }));
    }
    let is_foreign = matches!(word.tag, "nr" | "nrt") && word.len() >= 3 && lexicon::is_transliterated(word.text);
    if is_foreign {
        return Some((index, "person", if is_witnessed { 0.8 } else { 0.4 }));
    }
    // A rare name falls into its characters; then a title must speak for it.
    let start = index.checked_sub(1)?;
    let before = &words[start];
    let is_split = before.end == word.start
        && lexicon::surname_len(before.text) == Some(before.len())
        && word.len() <= 2
        && !is_function_word(word.tag);
    (is_split && has_witness(words, start, index)).then_some((start, "person", 0.5))
}

fn is_function_word(tag: &str) -> bool {
    tag.starts_with(['u', 'p', 'c', 'r', 'd', 'm', 'q', 'f', 't', 'w', 'y'])
}

/// Whether a title stands before the words from `start` to `last`, or a title or a verb of saying behind.
fn has_witness(words: &[Word<'_>], start: usize, last: usize) -> bool {
    let before = start.checked_sub(1).map(|index| words[index].text);
    let after = words.get(last + 1).map(|word| word.text);
    before.is_some_and(lexicon::is_title)
        || after.is_some_and(|word| lexicon::is_title(word) || lexicon::is_saying(word))
}

fn place_at(words: &[Word<'_>], index: usize) -> Option<Found> {
    let word = &words[index];
    let is_tagged =
        word.tag == "ns" && (word.is_known || lexicon::ends_place(word.text)) && !lexicon::is_unnamed_place(word.text);
    let is_place = (is_tagged && !lexicon::is_common(word.text)) || lexicon::is_place(word.text);
    (is_place && word.len() >= 2 && word.is_han()).then_some((index, "place", if word.is_known { 0.7 } else { 0.5 }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let places = Text::from(text);
        let found = find(text, &Words::load());
        let found: Vec<String> = found
            .iter()
            .map(|one| format!("{}|{}", places.slice(one.range), one.label))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_organisation_goes_back_to_its_place() {
        check("重庆市公安局昨天通报", &["重庆市公安局|unit"]);
        check("公安局昨天通报", &[]);
        check("结局如何", &[]);
    }

    #[test]
    fn a_kind_of_place_is_no_name() {
        check("工程惠及北区和新村，山东的河口也有份", &["山东|place", "河口|place"]);
    }

    #[test]
    fn a_person_has_a_surname() {
        check("记者张建国报道", &["张建国|person"]);
    }

    #[test]
    fn astral_characters_and_line_ends_shift_nothing() {
        check("😀𬱟\n\n北京\u{3000}上海", &["北京|place", "上海|place"]);
    }
}
