//! A text and its tags as they are exchanged: what an export writes, and what an import reads.

use std::sync::Arc;

use crate::annot::document::BlockMark;
use crate::annot::{Document, Entity, LabelId, Mark, Meta, Relation, Span, SpanId};
use crate::text::{CharIdx, CharRange, Text};

/// A text with its tags, in the names that the file uses for labels. Offsets are code points of `text`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotated {
    /// The name of the file that the text comes from, or what the format calls the document; may be empty.
    pub name: String,
    /// The text.
    pub text: Arc<Text>,
    /// The tags, sorted as [`Span::order`] sorts.
    pub tags: Vec<Tag>,
    /// What the tags name, where their marks say so.
    pub entities: Vec<Entity>,
    /// What holds between tags.
    pub relations: Vec<Relation>,
    /// What is said of the lines of the text, one a line; empty where nothing is known of them.
    pub blocks: Vec<BlockMark>,
    /// What is said of the whole.
    pub meta: Meta,
}

/// One tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Its number, its own within the text.
    pub id: SpanId,
    /// From its first character to its last.
    pub range: CharRange,
    /// The pieces of a tag that does not cover all of `range`, in order and apart; empty where it covers all.
    pub pieces: Vec<CharRange>,
    /// What it says; `label` is the file's name for the label.
    pub mark: Arc<Mark>,
}

impl Tag {
    /// A tag in one piece.
    #[must_use]
    pub fn new(id: u32, range: CharRange, mark: Arc<Mark>) -> Self {
        Self {
            id: SpanId(id),
            range,
            pieces: Vec::new(),
            mark,
        }
    }

    /// A tag in these pieces: sorted here, and joined where they touch. `None` where they hold no character.
    #[must_use]
    pub fn in_pieces(id: u32, mut pieces: Vec<CharRange>, mark: Arc<Mark>) -> Option<Self> {
        pieces.retain(|piece| !piece.is_empty());
        pieces.sort();
        pieces.dedup_by(|next, piece| {
            let touches = next.start <= piece.end;
            if touches {
                piece.end = piece.end.max(next.end);
            }
            touches
        });
        let range = CharRange::new(pieces.first()?.start, pieces.last()?.end);
        if pieces.len() == 1 {
            pieces.clear();
        }
        Some(Self {
            id: SpanId(id),
            range,
            pieces,
            mark,
        })
    }

    /// Its label, by the file's name.
    #[must_use]
    pub fn label(&self) -> &LabelId {
        &self.mark.label
    }

    /// Its pieces: at least one.
    #[must_use]
    pub fn pieces(&self) -> &[CharRange] {
        if self.pieces.is_empty() {
            std::slice::from_ref(&self.range)
        } else {
            &self.pieces
        }
    }

    /// The order of tags in a text; see [`Span::order`].
    #[must_use]
    pub fn order(&self) -> (u32, std::cmp::Reverse<u32>, SpanId) {
        (self.range.start.0, std::cmp::Reverse(self.range.end.0), self.id)
    }
}

impl From<&Span> for Tag {
    fn from(span: &Span) -> Self {
        Self::new(span.id.0, span.range, Arc::clone(&span.mark))
    }
}

impl Annotated {
    /// The whole of a document, on its reading text.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        Self {
            tags: document.spans().iter().map(Tag::from).collect(),
            ..Self::untagged(document)
        }
    }

    /// A document without its tags.
    #[must_use]
    pub fn untagged(document: &Document) -> Self {
        Self {
            name: document.source.name.clone(),
            text: Arc::clone(document.text()),
            tags: Vec::new(),
            entities: document.entities().to_vec(),
            relations: document.relations().to_vec(),
            blocks: document.blocks().iter().map(|block| block.mark).collect(),
            meta: document.meta().clone(),
        }
    }

    /// The characters that a tag covers, pieces joined by a space.
    #[must_use]
    pub fn covered(&self, tag: &Tag) -> String {
        let pieces: Vec<&str> = tag.pieces().iter().map(|&piece| self.text.slice(piece)).collect();
        pieces.join(" ")
    }

    /// The entity that a tag is a mention of.
    #[must_use]
    pub fn entity(&self, tag: &Tag) -> Option<&Entity> {
        let id = tag.mark.entity?;
        self.entities.iter().find(|entity| entity.id == id)
    }

    /// A number that no tag has.
    #[must_use]
    pub fn next_id(&self) -> u32 {
        self.tags.iter().map(|tag| tag.id.0 + 1).max().unwrap_or(1)
    }

    /// Sorts the tags, and takes out relations whose tags are not there.
    pub fn settle(&mut self) {
        self.tags.sort_by_key(Tag::order);
        if !self.relations.is_empty() {
            let here: std::collections::HashSet<SpanId> = self.tags.iter().map(|tag| tag.id).collect();
            self.relations
                .retain(|relation| here.contains(&relation.from) && here.contains(&relation.to));
        }
    }

    /// The same on another text, with each position moved by `place`, which must keep their order. Tags that come out
    /// empty are left out.
    #[must_use]
    pub fn moved(&self, text: Text, place: impl Fn(CharIdx) -> CharIdx) -> Self {
        let moved = |range: &CharRange| CharRange::new(place(range.start), place(range.end));
        let tags = self.tags.iter().filter_map(|tag| {
            let pieces = tag.pieces().iter().map(moved).collect();
            Tag::in_pieces(tag.id.0, pieces, Arc::clone(&tag.mark))
        });
        let mut result = Self {
            tags: tags.collect(),
            text: Arc::new(text),
            name: self.name.clone(),
            entities: self.entities.clone(),
            relations: self.relations.clone(),
            blocks: self.blocks.clone(),
            meta: self.meta.clone(),
        };
        result.settle();
        result
    }

    /// The same without the characters that `drop` names.
    #[must_use]
    pub fn without(&self, drop: impl Fn(char) -> bool) -> Self {
        let mut kept = String::with_capacity(self.text.as_str().len());
        let mut places = Vec::with_capacity(self.text.len().to_usize() + 1);
        let mut count = 0;
        for c in self.text.as_str().chars() {
            places.push(CharIdx(count));
            if !drop(c) {
                kept.push(c);
                count += 1;
            }
        }
        places.push(CharIdx(count));
        let end = CharIdx(count);
        self.moved(Text::new(kept), |at| places.get(at.to_usize()).copied().unwrap_or(end))
    }

    /// The same with every line end a line feed. `None` where that is so already.
    #[must_use]
    pub fn with_line_feeds(&self) -> Option<Self> {
        let text = self.text.as_str();
        memchr::memchr(b'\r', text.as_bytes())?;
        let mut kept = String::with_capacity(text.len());
        let mut places = Vec::with_capacity(self.text.len().to_usize() + 1);
        let mut chars = text.chars().peekable();
        let mut count = 0;
        while let Some(c) = chars.next() {
            places.push(CharIdx(count));
            match c {
                '\r' if chars.peek() == Some(&'\n') => {}
                '\r' => {
                    kept.push('\n');
                    count += 1;
                }
                c => {
                    kept.push(c);
                    count += 1;
                }
            }
        }
        let end = CharIdx(count);
        Some(self.moved(Text::new(kept), |at| places.get(at.to_usize()).copied().unwrap_or(end)))
    }
}

/// Whether a character is none that a format of tokens could have in a row: white space, or one that some reader takes
/// for it (Python splits at U+001C–U+001F too) or for a byte order mark.
#[must_use]
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '\u{feff}'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(id: u32, start: usize, end: usize) -> Tag {
        Tag::new(id, CharRange::of(start, end), Arc::default())
    }

    #[test]
    fn pieces_are_sorted_and_joined() {
        let pieces = vec![CharRange::of(5, 6), CharRange::of(3, 4), CharRange::of(4, 5)];
        let tag = Tag::in_pieces(1, pieces, Arc::default()).unwrap();
        assert_eq!((tag.range, tag.pieces.len()), (CharRange::of(3, 6), 0));
        assert_eq!(Tag::in_pieces(1, vec![CharRange::of(2, 2)], Arc::default()), None);
    }

    #[test]
    fn line_ends_become_line_feeds_and_tags_follow() {
        let text = Annotated {
            text: Arc::new(Text::from("胡\r\n勇𬱟\r说")),
            tags: vec![tag(1, 0, 4), tag(2, 4, 7)],
            ..Annotated::default()
        };
        let plain = text.with_line_feeds().unwrap();
        assert_eq!(plain.text.as_str(), "胡\n勇𬱟\n说");
        let ranges: Vec<CharRange> = plain.tags.iter().map(|tag| tag.range).collect();
        assert_eq!(ranges, [CharRange::of(0, 3), CharRange::of(3, 6)]);
        assert_eq!(plain.with_line_feeds(), None);
    }

    #[test]
    fn tags_continue_over_what_is_dropped() {
        let text = Annotated {
            text: Arc::new(Text::from("胡\u{3000}勇\n说")),
            tags: vec![tag(1, 0, 3), tag(2, 1, 2)],
            ..Annotated::default()
        };
        let dense = text.without(is_blank);
        assert_eq!(dense.text.as_str(), "胡勇说");
        assert_eq!(dense.tags, [tag(1, 0, 2)]);
    }
}
