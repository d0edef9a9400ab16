//! What a format cannot hold of a text, counted before a byte is written.

use std::collections::BTreeMap;
use std::fmt;

use super::annotated::{Annotated, Tag};
use super::options::Overlap;
use crate::annot::Status;
use crate::text::CharRange;

/// How tags may lie on each other in a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nesting {
    /// In any way.
    Any,
    /// One inside the other, to this depth: 1 is side by side only.
    Depth(usize),
}

/// What a format can hold beside a text and its plain tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds {
    /// How tags may lie on each other.
    pub nesting: Nesting,
    /// Tags in several pieces.
    pub discontinuous: bool,
    /// What figures and times mean.
    pub values: bool,
    /// Which entity a tag names.
    pub entities: bool,
    /// What holds between tags.
    pub relations: bool,
    /// Remarks on tags.
    pub notes: bool,
    /// Whether a tag is accepted, suggested or rejected, and its score.
    pub status: bool,
    /// Every character of the text; `false` where white space and control characters are dropped.
    pub white_space: bool,
}

impl Holds {
    /// A text with tags in any place, and nothing more.
    pub const TAGS: Self = Self {
        nesting: Nesting::Any,
        discontinuous: false,
        values: false,
        entities: false,
        relations: false,
        notes: false,
        status: false,
        white_space: true,
    };
    /// Everything.
    pub const ALL: Self = Self {
        nesting: Nesting::Any,
        discontinuous: true,
        values: true,
        entities: true,
        relations: true,
        notes: true,
        status: true,
        white_space: true,
    };
    /// Tags side by side on characters that are not blank.
    pub const ROWS: Self = Self {
        nesting: Nesting::Depth(1),
        white_space: false,
        ..Self::TAGS
    };
}

impl fmt::Display for Holds {
    /// A list for `zhupi formats`: `overlaps, values, notes`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nesting = match self.nesting {
            Nesting::Any => "overlaps",
            Nesting::Depth(1) => "no overlaps",
            Nesting::Depth(_) => "nested",
        };
        f.write_str(nesting)?;
        let rest = [
            (self.discontinuous, "pieces"),
            (self.values, "values"),
            (self.entities, "entities"),
            (self.relations, "relations"),
            (self.notes, "notes"),
            (self.status, "status"),
            (!self.white_space, "no white space"),
        ];
        for (_, name) in rest.iter().filter(|(holds, _)| *holds) {
            write!(f, ", {name}")?;
        }
        Ok(())
    }
}

/// What kind of thing is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LossKind {
    /// Tags left out because another lies at their place.
    Overlap,
    /// Tags in pieces that became several tags.
    Pieces,
    /// Tags left out because the format cannot write them.
    Unwritable,
    /// Tags left out because none of their characters is in the raw text.
    NotInRaw,
    /// Values of figures and times.
    Value,
    /// Entities of tags.
    Entity,
    /// Relations.
    Relation,
    /// Remarks on tags.
    Note,
    /// Status and score of tags that are not plainly accepted.
    Status,
    /// Line ends that became line feeds, and characters that the format cannot have in a text.
    Character,
}

impl LossKind {
    /// Whether tags are missing or cut, rather than something said of them.
    #[must_use]
    pub fn is_of_tags(self) -> bool {
        matches!(self, Self::Overlap | Self::Pieces | Self::Unwritable | Self::NotInRaw)
    }

    /// What is lost, as a sentence goes on after the count.
    /// What is lost, of one and of several.
    fn phrases(self) -> (&'static str, &'static str) {
        match self {
            Self::Overlap => ("overlapping tag left out", "overlapping tags left out"),
            Self::Pieces => ("tag in pieces split", "tags in pieces split"),
            Self::Unwritable => (
                "tag left out that the format cannot write",
                "tags left out that the format cannot write",
            ),
            Self::NotInRaw => (
                "tag left out that is not in the raw text",
                "tags left out that are not in the raw text",
            ),
            Self::Value => ("value not kept", "values not kept"),
            Self::Entity => ("entity link not kept", "entity links not kept"),
            Self::Relation => ("relation not kept", "relations not kept"),
            Self::Note => ("note not kept", "notes not kept"),
            Self::Status => ("status or score not kept", "statuses or scores not kept"),
            Self::Character => ("character changed", "characters changed"),
        }
    }
}

/// How much of one kind is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// How many.
    pub count: usize,
    /// The first of them, by what they cover.
    pub examples: Vec<String>,
}

/// Examples named for each kind of loss.
const EXAMPLES: usize = 3;

/// What an export wrote and could not write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LossReport {
    /// Documents written.
    pub documents: usize,
    /// Tags written.
    pub tags: usize,
    /// Suggestions that were not asked for, in documents without an accepted tag: a sign that the choice is wrong.
    pub unjudged: usize,
    /// What was lost, by kind.
    pub losses: BTreeMap<LossKind, Loss>,
    /// Documents that the format cannot write at all, with the reason.
    pub refused: Vec<String>,
}

impl LossReport {
    /// Whether everything that was asked for is in the file.
    #[must_use]
    pub fn is_lossless(&self) -> bool {
        self.losses.is_empty() && self.refused.is_empty()
    }

    /// Counts one more loss; `example` says which.
    pub fn count(&mut self, kind: LossKind, example: impl FnOnce() -> String) {
        let loss = self.losses.entry(kind).or_default();
        loss.count += 1;
        if loss.examples.len() < EXAMPLES {
            loss.examples.push(example().replace(['\r', '\n'], "⏎"));
        }
    }

    /// Adds the report of another document.
    pub fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.tags += other.tags;
        self.unjudged += other.unjudged;
        self.refused.extend(other.refused);
        for (kind, loss) in other.losses {
            let sum = self.losses.entry(kind).or_default();
            sum.count += loss.count;
            let room = EXAMPLES.saturating_sub(sum.examples.len());
            sum.examples.extend(loss.examples.into_iter().take(room));
        }
    }
}

impl fmt::Display for LossReport {
    /// One line for each loss: `2 overlapping tags left out (县公司, 罗勇)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, loss) in &self.losses {
            let (one, several) = kind.phrases();
            write!(f, "{} {}", loss.count, if loss.count == 1 { one } else { several })?;
            if !loss.examples.is_empty() {
                let more = if loss.count > loss.examples.len() { ", …" } else { "" };
                write!(f, " ({}{more})", loss.examples.join(", "))?;
            }
            writeln!(f)?;
        }
        self.refused
            .iter()
            .try_for_each(|why| writeln!(f, "not written: {why}"))
    }
}

/// Cuts a text's tags down to what a format holds, and counts what goes.
pub fn reduce(text: &mut Annotated, holds: Holds, overlap: Overlap, report: &mut LossReport) {
    if !holds.discontinuous && text.tags.iter().any(|tag| !tag.pieces.is_empty()) {
        split_pieces(text, report);
    }
    if !holds.white_space {
        let blank = |tag: &Tag| {
            let mut chars = tag.pieces().iter().flat_map(|&piece| text.text.slice(piece).chars());
            chars.all(super::annotated::is_blank)
        };
        let (gone, kept): (Vec<_>, _) = std::mem::take(&mut text.tags).into_iter().partition(blank);
        leave_out(text, kept, &gone, LossKind::Unwritable, report);
    }
    if let Nesting::Depth(depth) = holds.nesting
        && has_overlaps(&text.tags)
    {
        let tags = std::mem::take(&mut text.tags);
        let (kept, gone) = if depth == 1 {
            side_by_side(tags, overlap)
        } else {
            nested(tags, depth)
        };
        leave_out(text, kept, &gone, LossKind::Overlap, report);
    }
    if !holds.relations {
        for relation in &text.relations {
            report.count(LossKind::Relation, || relation.label.clone());
        }
        text.relations.clear();
    }
    for tag in &text.tags {
        let mark = &tag.mark;
        let of_status = mark.status != Status::Accepted || mark.score.is_some();
        let losses = [
            (!holds.values && mark.value.is_some(), LossKind::Value),
            (!holds.notes && !mark.note.is_empty(), LossKind::Note),
            (!holds.entities && mark.entity.is_some(), LossKind::Entity),
            (!holds.status && of_status, LossKind::Status),
        ];
        for (_, kind) in losses.iter().filter(|(lost, _)| *lost) {
            report.count(*kind, || text.covered(tag));
        }
    }
}

/// Takes `gone` for lost and leaves `kept` as the text's tags. Relations of lost tags are lost with them.
pub fn leave_out(text: &mut Annotated, kept: Vec<Tag>, gone: &[Tag], kind: LossKind, report: &mut LossReport) {
    for tag in gone {
        report.count(kind, || text.covered(tag));
    }
    text.tags = kept;
    if gone.is_empty() {
        return;
    }
    let before = text.relations.clone();
    text.settle();
    for lost in before.iter().filter(|relation| !text.relations.contains(relation)) {
        report.count(LossKind::Relation, || lost.label.clone());
    }
}

/// Makes tags in pieces whole: those with nothing but white space in their gaps cover it; the others become a tag for
/// each piece.
fn split_pieces(text: &mut Annotated, report: &mut LossReport) {
    let mut next_id = text.next_id();
    let mut tags = Vec::with_capacity(text.tags.len());
    for mut tag in std::mem::take(&mut text.tags) {
        if gaps_are_blank(&text.text, &tag.pieces) {
            tag.pieces.clear();
            tags.push(tag);
            continue;
        }
        report.count(LossKind::Pieces, || text.covered(&tag));
        for (number, &piece) in tag.pieces.iter().enumerate() {
            let mut part = Tag::new(tag.id.0, piece, tag.mark.clone());
            if number > 0 {
                part.id.0 = next_id;
                next_id += 1;
            }
            tags.push(part);
        }
    }
    text.tags = tags;
    text.settle();
}

/// Whether nothing but white space lies between the pieces.
pub(super) fn gaps_are_blank(text: &crate::text::Text, pieces: &[CharRange]) -> bool {
    pieces.windows(2).all(|pair| {
        let gap = CharRange::new(pair[0].end, pair[1].start);
        text.slice(gap).chars().all(char::is_whitespace)
    })
}

fn has_overlaps(tags: &[Tag]) -> bool {
    let mut end = crate::text::CharIdx(0);
    tags.iter().any(|tag| {
        let overlaps = tag.range.start < end;
        end = end.max(tag.range.end);
        overlaps
    })
}

/// Tags of which no two share a character, and the rest.
pub(super) fn side_by_side(tags: Vec<Tag>, overlap: Overlap) -> (Vec<Tag>, Vec<Tag>) {
    let mut order: Vec<usize> = (0..tags.len()).collect();
    let len = |index: &usize| tags[*index].range.len();
    match overlap {
        Overlap::Outer => {}
        Overlap::Inner => order.sort_by_key(len),
        Overlap::Longest => order.sort_by_key(|index| std::cmp::Reverse(len(index))),
    }
    let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
    let mut stays = vec![false; tags.len()];
    for index in order {
        let range = tags[index].range;
        let before = taken.range(..range.end.0).next_back();
        if before.is_none_or(|(_, &end)| end <= range.start.0) {
            taken.insert(range.start.0, range.end.0);
            stays[index] = true;
        }
    }
    let mut stays = stays.into_iter();
    tags.into_iter().partition(|_| stays.next() == Some(true))
}

/// Tags that lie beside or inside each other, at most `depth` deep, and the rest. Of two that cross, the first stays.
fn nested(tags: Vec<Tag>, depth: usize) -> (Vec<Tag>, Vec<Tag>) {
    let mut open: Vec<CharRange> = Vec::new();
    tags.into_iter().partition(|tag| {
        while open.last().is_some_and(|outer| outer.end <= tag.range.start) {
            open.pop();
        }
        let stays = open.len() < depth && open.last().is_none_or(|outer| outer.covers(tag.range));
        if stays {
            open.push(tag.range);
        }
        stays
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::Text;

    fn text(words: &str, tags: &[&[(usize, usize)]]) -> Annotated {
        let tag = |(id, pieces): (u32, &&[(usize, usize)])| {
            let pieces = pieces.iter().map(|&(start, end)| CharRange::of(start, end)).collect();
            Tag::in_pieces(id, pieces, Arc::default()).unwrap()
        };
        let mut text = Annotated {
            text: Arc::new(Text::from(words)),
            tags: (1..).zip(tags).map(tag).collect(),
            ..Annotated::default()
        };
        text.settle();
        text
    }

    fn ranges(text: &Annotated) -> Vec<(u32, u32)> {
        text.tags.iter().map(|tag| tag.range.into()).collect()
    }

    #[test]
    fn the_choice_decides_which_of_two_stays() {
        let cases = [
            (Overlap::Outer, vec![(0, 3), (4, 5)]),
            (Overlap::Inner, vec![(0, 3), (4, 5)]),
            (Overlap::Longest, vec![(2, 9)]),
        ];
        for (overlap, expected) in cases {
            let mut text = text("零一二三四五六七八九", &[&[(0, 3)], &[(2, 9)], &[(4, 5)]]);
            let mut report = LossReport::default();
            reduce(&mut text, Holds::ROWS, overlap, &mut report);
            assert_eq!(ranges(&text), expected, "{overlap:?}");
            assert_eq!(report.losses[&LossKind::Overlap].count, 3 - expected.len());
        }
    }

    #[test]
    fn nested_tags_stay_to_the_depth() {
        let two = Holds {
            nesting: Nesting::Depth(2),
            ..Holds::TAGS
        };
        let mut text = text(
            "零一二三四五六七八九",
            &[&[(0, 6)], &[(1, 5)], &[(2, 3)], &[(5, 8)], &[(5, 6)]],
        );
        let mut report = LossReport::default();
        reduce(&mut text, two, Overlap::Outer, &mut report);
        assert_eq!(ranges(&text), [(0, 6), (1, 5), (5, 6)]);
        assert_eq!(report.to_string(), "2 overlapping tags left out (二, 五六七)\n");
    }

    #[test]
    fn a_wrap_is_covered_and_a_real_gap_splits() {
        let mut text = text("胡\n勇、乙-丙", &[&[(0, 1), (2, 3)], &[(4, 5), (6, 7)]]);
        let mut report = LossReport::default();
        reduce(&mut text, Holds::TAGS, Overlap::Outer, &mut report);
        assert_eq!(ranges(&text), [(0, 3), (4, 5), (6, 7)]);
        assert_eq!(report.losses[&LossKind::Pieces].examples, ["乙 丙"]);
    }
}
