//! What floats beside a stretch of the text: cards and the palette.

use std::sync::Arc;

use egui::{Align2, Area, AreaState, Id, Order, Rangef, Rect, Ui, pos2};

use super::Geometry;
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

/// The area of a card about a stretch that is read on meanwhile: beside the column in the height of the stretch, where
/// the margin is wide enough for `width` points; else below its last row with the next row left free, or above its first one
/// with the row before left free, over the bars there if need be; right beside it where there is no room for either. `None` while the stretch is out of sight.
#[must_use]
pub fn area_aside(ui: &Ui, name: &'static str, range: CharRange, width: f32) -> Option<Area> {
    const GAP: f32 = 14.0;
    const TIGHT: f32 = 4.0;
    let places = ui.data(|data| data.get_temp::<Arc<Places>>(super::id()))?;
    let (first, last) = (places.first_of(range)?, places.of_stretch(range)?);
    let id = Id::unique(name);
    let size = AreaState::load(ui.ctx(), id).and_then(|state| state.size);
    let height = size.map_or(0.0, |size| size.y);
    let window = ui.ctx().content_rect();
    let within = Rect::from_x_y_ranges(places.rect.x_range(), window.y_range());
    let area = Area::new(id).order(Order::Foreground).constrain_to(within);
    let (paper, column) = (places.rect, places.column);
    if column.max + GAP + width <= paper.right() {
        return Some(area.fixed_pos(pos2(column.max + GAP, first.top())));
    }
    if column.min - GAP - width >= paper.left() {
        return Some(area.fixed_pos(pos2(column.min - GAP - width, first.top())));
    }
    // The neighbours of the row are what tells whether it was misread: one is left free wherever there is room.
    let next = last.bottom() + last.height() + GAP / 2.0;
    let before = first.top() - first.height() - GAP / 2.0;
    let below = |top: f32| (top + height <= within.bottom()).then(|| pos2(last.left(), top));
    let above = |bottom: f32| (bottom - height >= within.top()).then(|| pos2(first.left(), bottom - height));
    let at = below(next).or_else(|| above(before));
    let at = at
        .or_else(|| below(last.bottom() + TIGHT))
        .or_else(|| above(first.top() - TIGHT));
    Some(area.fixed_pos(at.unwrap_or(pos2(last.left(), next))))
}

/// A row's characters, its top and bottom, and the x of every place between them.
type PlacedRow = (CharRange, f32, f32, Vec<f32>);

/// The visible rows' places as they were painted last, kept for what floats over the text.
#[derive(Debug)]
pub(super) struct Places {
    /// The whole view.
    rect: Rect,
    /// From the left edge of the column to its right one.
    column: Rangef,
    rows: Vec<PlacedRow>,
}

impl Places {
    pub(super) fn of(shaped: &[ShapedRow], geometry: &Geometry) -> Self {
        let rect = geometry.rect;
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
            column: Rangef::new(geometry.left, geometry.left + geometry.width),
        }
    }

    /// The part of a stretch in the first row that shows something of it.
    fn first_of(&self, range: CharRange) -> Option<Rect> {
        Self::part(self.rows.iter().find(|row| row.0.overlaps(range))?, range)
    }

    /// The part of a stretch in the last row that shows something of it.
    fn of_stretch(&self, range: CharRange) -> Option<Rect> {
        Self::part(self.rows.iter().rev().find(|row| row.0.overlaps(range))?, range)
    }

    fn part((chars, top, bottom, xs): &PlacedRow, range: CharRange) -> Option<Rect> {
        let x = |at: CharIdx| xs.get(at.0.checked_sub(chars.start.0)? as usize).copied();
        let left = x(range.start.max(chars.start))?;
        let right = x(range.end.min(chars.end))?;
        Some(Rect::from_min_max(pos2(left, *top), pos2(right, *bottom)))
    }
}
