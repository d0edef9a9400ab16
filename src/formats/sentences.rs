//! Texts cut into sentences and tokens, for the formats whose programs show them so.

use super::annotated::{Annotated, Tag};
use super::rows::{Character, characters, places, sentence_starts};

/// The sentences of a text, each with its tokens: the characters that are not blank. A sentence ends at the end of a
/// line or with the mark that ends one, but never inside a tag.
pub(super) fn sentences(text: &Annotated) -> Vec<Vec<Character<'_>>> {
    let characters = characters(&text.text);
    let starts = sentence_starts(&characters, &places(&characters, &joined(&text.tags)));
    let mut sentences: Vec<Vec<Character<'_>>> = Vec::new();
    for (character, starts) in characters.into_iter().zip(starts) {
        match sentences.last_mut() {
            Some(sentence) if !starts => sentence.push(character),
            _ => sentences.push(vec![character]),
        }
    }
    sentences
}

/// Tags side by side that cover what `tags` cover; of those that overlap one is left, over all of them.
fn joined(tags: &[Tag]) -> Vec<Tag> {
    let mut joined: Vec<Tag> = Vec::new();
    for tag in tags {
        match joined.last_mut() {
            Some(last) if tag.range.start < last.range.end => last.range.end = last.range.end.max(tag.range.end),
            _ => joined.push(Tag::new(tag.id.0, tag.range, tag.mark.clone())),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::{CharRange, Text};

    #[test]
    fn a_sentence_does_not_end_in_a_tag() {
        let tag = |id, start, end| Tag::new(id, CharRange::of(start, end), Arc::default());
        let text = Annotated {
            text: Arc::new(Text::from("甲来。𬱟\n\u{3000}乙去。丙。")),
            tags: vec![tag(1, 3, 7), tag(2, 6, 8)],
            ..Annotated::default()
        };
        let words = |sentence: &Vec<Character<'_>>| sentence.iter().map(|one| one.token).collect::<String>();
        let found: Vec<String> = sentences(&text).iter().map(words).collect();
        assert_eq!(found, ["甲来。", "𬱟乙去。", "丙。"]);
        assert!(sentences(&Annotated::default()).is_empty());
    }
}
