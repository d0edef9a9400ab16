//! What floats beside a stretch of the text: cards and the palette.

use std::sync::Arc;

use egui::{Align2, Area, AreaState, Id, Order, Rect, Ui, pos2};

use super::shaped::ShapedRow;
use crate::text::{CharIdx, CharRange};

/// The area of a card that floats `gap` points below a stretch, or above it where there is no room; always within the
/// article. `None` while the stretch is out of sight.
#[must_use]
pub fn area_beside(ui: &Ui, name: &'static str, range: CharRange, gap: f32) -> Option<Area> {
    let places = ui.data(|data| data.get_temp::<Arc<Places>>(super::id()))?;
    let place = places.of_stretch(range)?;
    let id = Id::unique(name);
    let height = AreaState::load(ui.ctx(), id)
        .and_then(|state| state.size)
        .map_or(0.0, |size| size.y);
    let area = Area::new(id).order(Order::Foreground).constrain_to(places.rect);
    let is_below = place.bottom() + gap + height <= places.rect.bottom() || place.top() - height < places.rect.top();
    Some(if is_below {
        area.fixed_pos(pos2(place.left(), place.bottom() + gap))
    } else {
        area.pivot(Align2::LEFT_BOTTOM)
            .fixed_pos(pos2(place.left(), place.top()))
    })
}

/// The visible rows' places as they were painted last, kept for what floats over the text.
#[derive(Debug)]
pub(super) struct Places {
    rect: Rect,
    rows: Vec<(CharRange, f32, f32, Vec<f32>)>,
}

impl Places {
    pub(super) fn of(shaped: &[ShapedRow], rect: Rect) -> Self {
        let in_sight = shaped
            .iter()
            .filter(|row| row.bottom > rect.top() && row.top < rect.bottom());
        let rows = in_sight.map(|row| {
            let xs = (row.chars.start.0..=row.chars.end.0)
                .map(|at| row.x(CharIdx(at)))
                .collect();
            (row.chars, row.top, row.bottom, xs)
        });
        Self {
            rows: rows.collect(),
            rect,
        }
    }

    /// The part of a stretch in the last row that shows something of it.
    fn of_stretch(&self, range: CharRange) -> Option<Rect> {
        let (chars, top, bottom, xs) = self.rows.iter().rev().find(|(chars, ..)| chars.overlaps(range))?;
        let x = |at: CharIdx| xs.get(at.0.checked_sub(chars.start.0)? as usize).copied();
        let left = x(range.start.max(chars.start))?;
        let right = x(range.end.min(chars.end))?;
        Some(Rect::from_min_max(pos2(left, *top), pos2(right, *bottom)))
    }
}
