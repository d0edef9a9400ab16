//! The blocks of a reading text: one a line, each of a kind.

use serde::{Deserialize, Serialize};

use super::CharRange;

/// What a block is on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// A headline or a sub-heading.
    Heading,
    /// Running text.
    #[default]
    Paragraph,
    /// What stands under or beside a picture.
    Caption,
    /// Who wrote or photographed.
    Byline,
    /// What belongs to the page and not to the article: pointers to other pages, page numbers, mastheads.
    Furniture,
    /// Anything else.
    Other,
}

impl BlockKind {
    /// All kinds, in the order of the menus.
    pub const ALL: [Self; 6] = [
        Self::Heading,
        Self::Paragraph,
        Self::Caption,
        Self::Byline,
        Self::Furniture,
        Self::Other,
    ];

    /// Its name in the saved file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Caption => "caption",
            Self::Byline => "byline",
            Self::Furniture => "furniture",
            Self::Other => "other",
        }
    }
}

/// A line of the reading text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the reading text, without the line feed behind it.
    pub range: CharRange,
    /// Whether another article begins with it.
    pub starts_article: bool,
}
