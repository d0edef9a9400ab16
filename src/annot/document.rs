//! A document: one article or page, its two texts, and all that was said about them.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::dismissal::Dismissal;
use super::lost::LostTag;
use super::{Entity, EntityId, LabelSet, Relation, Span, SpanId, Spans};
use crate::text::change::Replacement;
use crate::text::{Alignment, BlockKind, ChangeSet, CharIdx, CharRange, Text};

/// The file that was opened. Never changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its name, without the folder.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The encoding it was read in.
    pub encoding: String,
    /// `lf`, `crlf`, `cr` or `mixed`.
    pub newline: String,
    /// The raw text, exactly as decoded.
    pub text: Text,
}

/// How far the editor has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStatus {
    /// Nothing done yet.
    Untouched,
    /// Begun.
    #[default]
    InProgress,
    /// Finished.
    Done,
}

/// What is said of the document as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// How far the editor has come.
    pub status: DocumentStatus,
    /// The headline, where the editor gave one.
    pub title: String,
    /// The day of the issue, `YYYY-MM-DD`.
    pub issue_date: Option<String>,
    /// A remark of the editor's.
    pub note: String,
}

/// What is said of one block; its place follows from the text, which has one block a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BlockMark {
    /// What it is.
    pub kind: BlockKind,
    /// Whether another article begins with it.
    pub starts_article: bool,
    /// Whether the editor set it aside as not of this article.
    pub dropped: bool,
}

/// A block and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedBlock {
    /// Its characters, without the line feed behind them.
    pub range: CharRange,
    /// What is said of it.
    pub mark: BlockMark,
}

/// Keys that were found in an object of a file and are not known here, each with the number of known keys before it.
pub type Unknown = Vec<(usize, String, serde_json::Value)>;

/// The whole of a document. Cheap to clone: what is large is shared until it is changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The file that was opened.
    pub source: Arc<Source>,
    pub(super) text: Arc<Text>,
    pub(super) alignment: Arc<Alignment>,
    pub(super) blocks: Arc<Vec<PlacedBlock>>,
    pub(super) labels: Arc<LabelSet>,
    pub(super) spans: Arc<Spans>,
    pub(super) entities: Arc<Vec<Entity>>,
    pub(super) relations: Arc<Vec<Relation>>,
    pub(super) meta: Meta,
    /// From the automatic reading text to the text as it is now.
    pub(super) corrections: Arc<ChangeSet>,
    pub(super) dismissals: Arc<Vec<Dismissal>>,
    pub(super) lost: Arc<Vec<LostTag>>,
    pub(super) next_id: u32,
    /// The names of spans and entities that are not of the form `s12`, `e2`.
    pub foreign_names: Arc<ForeignNames>,
    /// Keys of the file that this program does not know.
    pub unknown: Arc<UnknownKeys>,
    /// What it was read from, where saving it would give other bytes.
    pub written: Written,
}

/// The bytes of the file that a document was read from, and the document as it was then: as long as nobody changes it, it is
/// written as it was. Says nothing of the document itself, so that any two are equal.
#[derive(Clone, Debug, Default)]
pub struct Written(Option<Arc<(Vec<u8>, Document)>>);

impl PartialEq for Written {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Written {
    /// What `document` was read from.
    #[must_use]
    pub fn new(bytes: &[u8], document: Document) -> Self {
        Self(Some(Arc::new((bytes.to_vec(), document))))
    }

    /// The bytes, where `document` is still what was read from them.
    #[must_use]
    pub fn of(&self, document: &Document) -> Option<&[u8]> {
        let (bytes, first) = &**self.0.as_ref()?;
        (first == document).then_some(bytes)
    }
}

/// Names that other programs gave to spans and entities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignNames {
    /// Of spans.
    pub spans: HashMap<SpanId, String>,
    /// Of entities.
    pub entities: HashMap<EntityId, String>,
}

/// Unknown keys by the object that they stood in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnknownKeys {
    /// In the file's outermost object.
    pub file: Unknown,
    /// In `source`.
    pub source: Unknown,
    /// In `document`.
    pub document: Unknown,
    /// In a block, by its number.
    pub blocks: HashMap<usize, Unknown>,
    /// In a label, by its id.
    pub labels: HashMap<String, Unknown>,
    /// In a label's name, by the label's id.
    pub label_names: HashMap<String, Unknown>,
    /// In a span.
    pub spans: HashMap<SpanId, Unknown>,
    /// In an entity.
    pub entities: HashMap<EntityId, Unknown>,
    /// Relations as they stood, by id.
    pub relations: HashMap<String, Unknown>,
}

/// The parts from which a document is put together when a file is opened.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// The file.
    pub source: Source,
    /// The reading text, one block a line.
    pub text: Text,
    /// Its alignment with the raw text.
    pub alignment: Alignment,
    /// What is said of the blocks, one for each line.
    pub blocks: Vec<BlockMark>,
    /// The labels.
    pub labels: LabelSet,
    /// The tags.
    pub spans: Vec<Span>,
    /// What they name.
    pub entities: Vec<Entity>,
    /// What holds between them.
    pub relations: Vec<Relation>,
    /// What is said of the whole.
    pub meta: Meta,
    /// From the automatic reading text to `text`.
    pub corrections: ChangeSet,
    /// Findings that were put away.
    pub dismissals: Vec<Dismissal>,
    /// Tags whose text is gone.
    pub lost: Vec<LostTag>,
}

impl Document {
    /// Puts a document together. Blocks that are missing for the last lines become paragraphs.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let lost = parts.lost.iter().map(|lost| &lost.span);
        let spans_end = parts.spans.iter().chain(lost).map(|span| span.id.0).max().unwrap_or(0);
        let entities_end = parts.entities.iter().map(|entity| entity.id.0).max().unwrap_or(0);
        let blocks = place_blocks(&parts.text, &parts.blocks);
        Self {
            source: Arc::new(parts.source),
            text: Arc::new(parts.text),
            alignment: Arc::new(parts.alignment),
            blocks: Arc::new(blocks),
            labels: Arc::new(parts.labels),
            spans: Arc::new(Spans::new(parts.spans)),
            entities: Arc::new(parts.entities),
            relations: Arc::new(parts.relations),
            meta: parts.meta,
            corrections: Arc::new(parts.corrections),
            dismissals: Arc::new(parts.dismissals),
            lost: Arc::new(parts.lost),
            next_id: spans_end.max(entities_end) + 1,
            foreign_names: Arc::default(),
            unknown: Arc::default(),
            written: Written::default(),
        }
    }

    /// The same with this set of labels.
    #[must_use]
    pub fn with_labels(self, labels: LabelSet) -> Self {
        Self {
            labels: Arc::new(labels),
            ..self
        }
    }

    /// The reading text.
    #[must_use]
    pub fn text(&self) -> &Arc<Text> {
        &self.text
    }

    /// The reading text's alignment with the raw text.
    #[must_use]
    pub fn alignment(&self) -> &Alignment {
        &self.alignment
    }

    /// The blocks, one for each line of the reading text.
    #[must_use]
    pub fn blocks(&self) -> &Arc<Vec<PlacedBlock>> {
        &self.blocks
    }

    /// The number of the block that holds the character at `at`, or that `at` is the end of.
    #[must_use]
    pub fn block_at(&self, at: CharIdx) -> usize {
        self.blocks
            .partition_point(|block| block.range.start <= at)
            .saturating_sub(1)
    }

    /// Whether the block at a place was set aside.
    #[must_use]
    pub fn is_set_aside(&self, at: CharIdx) -> bool {
        self.blocks
            .get(self.block_at(at))
            .is_some_and(|block| block.mark.dropped)
    }

    /// The labels.
    #[must_use]
    pub fn labels(&self) -> &LabelSet {
        &self.labels
    }

    /// The tags.
    #[must_use]
    pub fn spans(&self) -> &Spans {
        &self.spans
    }

    /// What the tags name.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// What holds between tags.
    #[must_use]
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// What is said of the whole.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Findings that the editor has put away.
    #[must_use]
    pub fn dismissals(&self) -> &[Dismissal] {
        &self.dismissals
    }

    /// The tags that went with their text, in the order in which they went.
    #[must_use]
    pub fn lost(&self) -> &Arc<Vec<LostTag>> {
        &self.lost
    }

    /// From the automatic reading text to the text as it is now.
    #[must_use]
    pub fn corrections(&self) -> &ChangeSet {
        &self.corrections
    }

    /// The text that a span covers.
    #[must_use]
    pub fn covered(&self, span: &Span) -> &str {
        self.text.slice(span.range)
    }

    /// A number that no span or entity has yet. The same until an edit uses it.
    #[must_use]
    pub fn next_id(&self) -> u32 {
        self.next_id
    }

    /// The name of a span in the saved file.
    #[must_use]
    pub fn span_name(&self, id: SpanId) -> String {
        let foreign = self.foreign_names.spans.get(&id);
        foreign.cloned().unwrap_or_else(|| format!("s{}", id.0))
    }

    /// The name of an entity in the saved file.
    #[must_use]
    pub fn entity_name(&self, id: EntityId) -> String {
        let foreign = self.foreign_names.entities.get(&id);
        foreign.cloned().unwrap_or_else(|| format!("e{}", id.0))
    }

    /// The title: the editor's, else the first heading, else the first words, else the file's name.
    #[must_use]
    pub fn title(&self) -> String {
        if !self.meta.title.is_empty() {
            return self.meta.title.clone();
        }
        let heading = self
            .blocks
            .iter()
            .find(|block| block.mark.kind == BlockKind::Heading && !block.mark.dropped);
        let block = heading.or(self.blocks.first());
        let words: String = block
            .map(|block| self.text.slice(block.range).chars().take(24).collect())
            .unwrap_or_default();
        if words.trim().is_empty() {
            self.source.name.clone()
        } else {
            words.trim().to_owned()
        }
    }

    /// The automatic reading text, before the editor's corrections.
    #[must_use]
    pub fn automatic_text(&self) -> Text {
        let mut text = Text::clone(&self.text);
        self.corrections.inverse().apply(&mut text);
        text
    }

    /// The corrections with their places in the text as it is now.
    pub fn placed_corrections(&self) -> impl Iterator<Item = (CharRange, &Replacement)> {
        let mut growth = 0_i64;
        self.corrections.replacements().iter().map(move |one| {
            let start = one.at.offset(growth);
            let after = CharIdx::count(&one.after);
            growth += i64::from(after.0) - i64::from(one.range().len());
            let range = CharRange::new(start, start + after);
            (range, one)
        })
    }
}

/// The ranges of a text's lines, each with its mark.
pub(super) fn place_blocks(text: &Text, marks: &[BlockMark]) -> Vec<PlacedBlock> {
    let mut start = 0_u32;
    let lines = text.as_str().split('\n').map(|line| {
        let range = CharRange::new(CharIdx(start), CharIdx(start) + CharIdx::count(line));
        start = range.end.0 + 1;
        range
    });
    let marks = marks.iter().copied().chain(std::iter::repeat(BlockMark::default()));
    lines
        .zip(marks)
        .map(|(range, mark)| PlacedBlock { range, mark })
        .collect()
}
