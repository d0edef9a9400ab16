//! The other places where a name stands: the many that one tag can become.

use super::{Document, LabelId, Status};
use crate::text::{ByteIdx, CharRange};

/// All places of `name` in the reading text that carry no tag of `label` on just these characters yet (a rejected
/// suggestion counts as such a tag: the editor has judged it), in order, without overlaps.
///
/// Wraps and stray spaces of the raw text are no hindrance: the reading text has none. A name that is part of a longer
/// run of Latin letters or digits is not the name (`AI` in `OPENAI`, `18` in `180`).
#[must_use]
pub fn untagged(document: &Document, name: &str, label: &LabelId) -> Vec<CharRange> {
    let text = document.text();
    if name.trim().is_empty() || name.contains('\n') {
        return Vec::new();
    }
    let string = text.as_str();
    let mut found = Vec::new();
    for (byte, _) in string.match_indices(name) {
        let end = byte + name.len();
        if !stands_alone(string, byte, end) {
            continue;
        }
        let range = CharRange::new(text.char_of(ByteIdx::from(byte)), text.char_of(ByteIdx::from(end)));
        let tagged = document.spans().overlapping(range).any(|span| {
            span.mark.label == *label && (span.mark.status != Status::Suggested) && (span.range.covers(range))
        });
        if !tagged {
            found.push(range);
        }
    }
    found
}

/// Whether the word or number at these bytes is not part of a longer one.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let joins = |a: Option<char>, b: Option<char>| match (a, b) {
        (Some(a), Some(b)) => {
            (a.is_ascii_alphabetic() && b.is_ascii_alphabetic()) || (a.is_ascii_digit() && b.is_ascii_digit())
        }
        _ => false,
    };
    let name = &text[start..end];
    !joins(text[..start].chars().next_back(), name.chars().next())
        && !joins(name.chars().next_back(), text[end..].chars().next())
}
