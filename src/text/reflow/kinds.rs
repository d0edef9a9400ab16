//! What each block is.

use std::ops::Range;

use super::articles;
use super::byline;
use super::glyph;
use super::lines::{self, Line};
use super::shape::{self, Shape};
use crate::text::BlockKind;

/// The lines that make one block.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Indices of its lines.
    pub lines: Range<usize>,
    pub kind: BlockKind,
    pub starts_article: bool,
}

/// The widest heading, in half-width units.
const LONGEST_HEADING: u32 = 72;
/// The longest text taken for a caption because a photographer's name follows it.
const LONGEST_CAPTION: u32 = 700;

/// The groups that end where `breaks` says, with their kinds.
pub(super) fn groups(raw: &str, lines: &[Line], breaks: &[bool]) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut start = 0;
    for (index, &ends) in breaks.iter().enumerate() {
        if ends {
            let range = start..index + 1;
            groups.push(Group {
                kind: kind(raw, &lines[range.clone()]),
                lines: range,
                starts_article: false,
            });
            start = index + 1;
        }
    }
    for index in 0..groups.len() {
        let (group, next) = (&groups[index], groups.get(index + 1));
        let above = index.checked_sub(1).map(|above| &groups[above]);
        let kind = in_context(raw, lines, group, above, next);
        groups[index].kind = kind;
    }
    articles::mark(raw, lines, &mut groups);
    groups
}

/// The kind of a block by itself.
fn kind(raw: &str, lines: &[Line]) -> BlockKind {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return BlockKind::Other;
    };
    let width: u32 = lines.iter().map(|line| line.width).sum();
    match first.shape {
        Shape::Byline | Shape::Credit if width <= 120 => return BlockKind::Byline,
        Shape::Furniture => return BlockKind::Furniture,
        Shape::Row(_) if lines.len() == 1 => return BlockKind::Other,
        Shape::Item if shape::is_timed(first.text(raw)) => return BlockKind::Other,
        Shape::Lead => return BlockKind::Paragraph,
        _ => {}
    }
    if lines.len() == 1 && shape::is_section(first.text(raw)) {
        return BlockKind::Furniture;
    }
    if begins_caption(first.text(raw)) || (width <= LONGEST_CAPTION && ends_photographed(raw, lines)) {
        return BlockKind::Caption;
    }
    let marks: u32 = lines.iter().map(|line| line.marks).sum();
    let tells = lines.iter().any(|line| line.text(raw).contains('。'));
    if width <= LONGEST_HEADING && !tells && !last.ends_marked() && marks <= 3 && !glyph::is_opener(last.last) {
        return BlockKind::Heading;
    }
    BlockKind::Paragraph
}

/// The kind of a block with the ones above and below it in view.
fn in_context(raw: &str, lines: &[Line], group: &Group, above: Option<&Group>, next: Option<&Group>) -> BlockKind {
    let own = &lines[group.lines.clone()];
    let above_is = |kind| above.is_some_and(|above| above.kind == kind);
    let narrow = own.iter().map(|line| line.width).sum::<u32>() <= byline::WIDEST_SIGNATURE;
    let signed = narrow && above_is(BlockKind::Paragraph) && byline::is_signature(joined(raw, own).trim());
    if group.kind == BlockKind::Heading && signed && next.is_none_or(|next| next.kind != BlockKind::Paragraph) {
        return BlockKind::Byline;
    }
    let labelled = |group: &Group| shape::opens_with_label(lines[group.lines.start].text(raw));
    let beside = above.is_some_and(labelled) || next.is_some_and(labelled);
    if group.kind == BlockKind::Heading && labelled(group) && beside {
        return BlockKind::Paragraph;
    }
    let (Some(first), Some(last), Some(next)) = (own.first(), own.last(), next) else {
        return group.kind;
    };
    let name = own.len() == 1 && byline::is_name(first.text(raw));
    if group.kind == BlockKind::Heading && name && above_is(BlockKind::Heading) && next.kind != BlockKind::Heading {
        return BlockKind::Byline;
    }
    let heads_rows = next.kind == BlockKind::Other && shape::cells(first.text(raw), first).is_some();
    if group.kind == BlockKind::Heading && heads_rows {
        return BlockKind::Other;
    }
    if group.kind != BlockKind::Paragraph {
        return group.kind;
    }
    let width: u32 = own.iter().map(|line| line.width).sum();
    let after = &lines[next.lines.clone()];
    let photographed = next.kind == BlockKind::Byline
        && after
            .last()
            .is_some_and(|line| line.text(raw).trim_end_matches(['）', ')']).ends_with(['摄', '攝']));
    if photographed && width <= LONGEST_CAPTION {
        return BlockKind::Caption;
    }
    let asks = matches!(last.core, '？' | '！' | '?' | '!') && own.iter().map(|line| line.marks).sum::<u32>() == 1;
    let next_width: u32 = after.iter().map(|line| line.width).sum();
    if asks
        && own.len() <= 3
        && !matches!(first.first, '“' | '「' | '『' | '（')
        && !shape::asks_or_answers(first.text(raw))
        && next_width > 2 * width
        && width <= 44
    {
        return BlockKind::Heading;
    }
    BlockKind::Paragraph
}

/// The text of a block of a few lines, a space at each wrap.
fn joined(raw: &str, lines: &[Line]) -> String {
    let texts: Vec<&str> = lines.iter().map(|line| line.text(raw)).collect();
    texts.join(" ")
}

/// Whether `text` opens as captions do.
pub(super) fn begins_caption(text: &str) -> bool {
    const OPENINGS: [&str; 14] = [
        "图为",
        "圖為",
        "上图",
        "下图",
        "左图",
        "右图",
        "图①",
        "图1",
        "图一",
        "▲",
        "△",
        "资料图",
        "图片说明",
        "（图",
    ];
    OPENINGS.iter().any(|opening| text.starts_with(opening))
}

/// Whether the credit of a picture ends the block of these lines.
fn ends_photographed(raw: &str, lines: &[Line]) -> bool {
    const PICTURED: [&str; 6] = ["摄", "攝", "片", "供图", "供圖", "资料图"];
    let credited = |line: &Line| line.text(raw).ends_with(byline::ENDS_CREDIT);
    if !lines.last().is_some_and(credited) {
        return false;
    }
    let tail = lines::joined(raw, lines::last(lines));
    let inner = tail.trim_end_matches(['）', ')']);
    byline::ends_credited(&tail) && PICTURED.iter().any(|end| inner.ends_with(end))
}
