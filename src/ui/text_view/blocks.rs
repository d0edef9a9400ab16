//! How each kind of block is set.

use crate::annot::document::PlacedBlock;
use crate::layout::BlockStyle;
use crate::text::BlockKind;

/// The styles, in the order of [`BlockKind::ALL`].
pub(super) fn styles() -> [BlockStyle; 6] {
    let style = |scale, left, first_indent, row_height, above, below| BlockStyle {
        scale,
        left,
        first_indent,
        row_height,
        above,
        below,
    };
    [
        style(1.3, 0.0, 0.0, 2.1, 0.9, 0.3),
        style(1.0, 0.0, 2.0, 1.9, 0.0, 0.25),
        style(0.88, 2.0, 0.0, 1.7, 0.4, 0.3),
        style(0.88, 2.0, 0.0, 1.7, 0.1, 0.4),
        style(0.82, 0.0, 0.0, 1.6, 0.2, 0.2),
        style(0.9, 0.0, 0.0, 1.7, 0.1, 0.2),
    ]
}

/// The number of a block's style; body text where there is no block.
pub(super) fn style_of(block: Option<&PlacedBlock>) -> u8 {
    let kind = block.map(|block| block.mark.kind).unwrap_or_default();
    match kind {
        BlockKind::Heading => 0,
        BlockKind::Paragraph => 1,
        BlockKind::Caption => 2,
        BlockKind::Byline => 3,
        BlockKind::Furniture => 4,
        BlockKind::Other => 5,
    }
}
