//! The column that a text is set in, and how it sets each kind of paragraph.

use super::Metrics;

/// How the paragraphs of one kind are set. Lengths are in em of body text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BlockStyle {
    /// The size of its characters, in body sizes: 1.3 for a heading, 0.9 for a caption.
    pub scale: f32,
    /// The distance from the left edge of the column.
    pub left: f32,
    /// What the first row is further in (or out, where negative).
    pub first_indent: f32,
    /// From the top of one row to the top of the next.
    pub row_height: f32,
    /// The space above the paragraph.
    pub above: f32,
    /// The space below the paragraph.
    pub below: f32,
}

impl Default for BlockStyle {
    /// Body text: two characters in, nearly a row's height between the rows.
    fn default() -> Self {
        Self {
            scale: 1.0,
            left: 0.0,
            first_indent: 2.0,
            row_height: 1.9,
            above: 0.0,
            below: 0.0,
        }
    }
}

impl BlockStyle {
    /// Heights in steps of 1/1024 em: sums of such numbers are exact in an `f64`, so it does not matter in what order
    /// edits changed them.
    fn stepped(self) -> Self {
        let step = |length: f32| (length.max(0.0) * 1024.0).round() / 1024.0;
        Self {
            scale: self.scale.max(0.01),
            row_height: step(self.row_height).max(1.0 / 1024.0),
            above: step(self.above),
            below: step(self.below),
            ..self
        }
    }
}

/// The column that a text is set in.
#[derive(Clone, Debug)]
pub struct Column {
    metrics: Metrics,
    width: f32,
    styles: Vec<BlockStyle>,
}

impl Column {
    /// A column `width` em wide. Paragraphs name their style by its index in `styles`.
    #[must_use]
    pub fn new(metrics: Metrics, width: f32, styles: &[BlockStyle]) -> Self {
        let styles = styles.iter().map(|style| style.stepped()).collect();
        Self { metrics, width, styles }
    }

    /// The advances of its font.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Its width in em.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.width
    }

    /// The style numbered `style`; body text where there is none.
    #[must_use]
    pub fn style(&self, style: u8) -> BlockStyle {
        let style = self.styles.get(usize::from(style)).copied();
        style.unwrap_or_else(|| BlockStyle::default().stepped())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_without_sense_are_mended() {
        let odd = BlockStyle {
            scale: 0.0,
            row_height: -1.0,
            above: f32::NAN,
            below: -2.0,
            ..BlockStyle::default()
        };
        let column = Column::new(Metrics::new(1.0, |_| 1.0), 36.0, &[odd]);
        let mended = column.style(0);
        assert!(mended.scale > 0.0 && mended.row_height > 0.0, "{mended:?}");
        assert_eq!((mended.above, mended.below), (0.0, 0.0));
        assert_eq!(column.style(9).first_indent, 2.0);
    }
}
