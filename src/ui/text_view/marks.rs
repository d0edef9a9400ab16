//! What cannot be seen, made visible: spaces, paragraph ends, joined lines. Painted; no glyph moves.

use egui::{Align2, FontId, Painter, Pos2, Stroke, pos2, vec2};

use super::shaped::ShapedRow;
use crate::annot::Document;
use crate::text::{CharIdx, CharRange};
use crate::ui::tokens::Colors;

/// Marks a row.
pub(super) fn show(painter: &Painter, document: &Document, row: &ShapedRow, em: f32, colors: Colors) {
    let middle = f32::midpoint(row.glyph_top, row.glyph_bottom());
    for (index, c) in document.text().slice(row.chars).chars().enumerate() {
        if c.is_whitespace() {
            let at = CharIdx(row.chars.start.0 + CharIdx::from(index).0);
            let x = f32::midpoint(row.x(at), row.x(CharIdx(at.0 + 1)));
            space(painter, pos2(x, middle), colors);
        }
    }
    for at in joins(document, row.chars) {
        // Above the characters: below them are the lines of the tags.
        join(painter, pos2(row.x(at), row.glyph_top + 0.06 * em), em, colors);
    }
    if row.is_last {
        let place = pos2(row.x(row.chars.end) + 3.0, middle);
        painter.text(
            place,
            Align2::LEFT_CENTER,
            "¶",
            FontId::proportional(em * 0.7),
            colors.accent,
        );
    }
}

/// A space: small enough to leave the characters beside it alone.
pub(in crate::ui) fn space(painter: &Painter, at: Pos2, colors: Colors) {
    painter.circle_filled(at, 1.1, colors.accent.gamma_multiply(0.75));
}

/// The arrow of the Enter key, drawn: a letter of this size would be too thin to be seen.
pub(in crate::ui) fn join(painter: &Painter, at: Pos2, em: f32, colors: Colors) {
    let unit = em * 0.06;
    let place = |x: f32, y: f32| at + vec2(x, y) * unit;
    let stroke = Stroke::new(1.1, colors.accent);
    painter.line(vec![place(4.0, -3.0), place(4.0, 2.0), place(-4.0, 2.0)], stroke);
    painter.line(vec![place(-1.5, -0.5), place(-4.0, 2.0), place(-1.5, 4.5)], stroke);
}

/// The places in the row `range` where two raw lines were joined; one between two rows is at the end of the first.
fn joins(document: &Document, range: CharRange) -> Vec<CharIdx> {
    let raw = &document.source.text;
    let near = CharRange::new(range.start.offset(-1), range.end.offset(1));
    let is_here = |at: CharIdx| range.start < at && at <= range.end;
    let mut places = Vec::new();
    let mut before: Option<crate::text::Run> = None;
    for run in document.alignment().runs_within(near) {
        if let Some(before) = before {
            let (from, to) = (before.raw_range().end, run.raw);
            let gap = CharRange::new(from, to);
            // A moved block stands beside what was far away: nothing was joined there.
            let is_near = from <= to && gap.len() < 64;
            let is_kept = document.text().char_before(run.reading) == Some('\n');
            if is_near && !is_kept && raw.slice(gap).contains(['\n', '\r']) && is_here(run.reading) {
                places.push(run.reading);
            }
        }
        before = Some(run);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::Source;
    use crate::annot::document::Parts;
    use crate::text::{Alignment, Run, Text};

    #[test]
    fn joins_are_where_a_raw_line_ended() {
        let document = Document::new(Parts {
            source: Source {
                text: Text::from("甲乙\r\n丙 丁\n戊"),
                ..Source::default()
            },
            text: Text::from("甲乙丙丁\n戊"),
            alignment: Alignment::new([(0, 0, 2), (2, 4, 1), (3, 6, 1), (4, 7, 2)].map(Run::from).to_vec()),
            ..Parts::default()
        });
        assert_eq!(joins(&document, CharRange::of(0, 6)), [CharIdx(2)]);
        assert_eq!(joins(&document, CharRange::of(0, 2)), [CharIdx(2)]);
        assert_eq!(joins(&document, CharRange::of(2, 4)), []);
        assert_eq!(joins(&document, CharRange::of(3, 6)), []);
    }
}
