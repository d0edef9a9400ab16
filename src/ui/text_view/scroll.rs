//! Scrolling: a place in the text is at the top, not a number of pixels, so that it stays through everything.

use egui::{CursorIcon, Rect, Sense, Ui, pos2};

use super::TextView;
use crate::layout::{Anchor, Rows};
use crate::text::CharRange;
use crate::ui::tokens::Colors;

/// The width of the scroll bar.
pub(super) const BAR_WIDTH: f32 = 12.0;
/// Space above the first row, and the least below the last, in em.
const AIR: f64 = 1.2;
/// How much of the view can be left empty below the last row: notices stand there, and text that they cover moves up.
const BEYOND: f64 = 1.0 / 3.0;
/// How near to the edge something may stand when it is scrolled into view, in em.
const NEAR: f64 = 4.0;

/// Moves the text as the wheel says, or to what shall be seen.
pub(super) fn follow(ui: &Ui, view: &mut TextView, reveal: &mut Option<CharRange>, rect: Rect, em: f32, height: f64) {
    let visible = f64::from(rect.height() / em);
    let Some(set) = &view.set else { return };
    let mut top = set.rows.y_of_anchor(view.anchor);
    let before = top;
    if view.anchor == Anchor::default() {
        top = -AIR;
    }
    if ui.rect_contains_pointer(rect) {
        let wheel = ui.input(|input| input.smooth_scroll_delta().y);
        top -= f64::from(wheel / em);
    }
    if let Some(range) = reveal.take() {
        if set
            .rows
            .chars_of_paragraph(set.rows.paragraph_count().saturating_sub(1))
            .end
            < range.start
        {
            // Not broken yet: ask again in the next frame.
            *reveal = Some(range);
            ui.ctx().request_repaint();
        } else {
            top = revealed(&set.rows, range, top, visible);
        }
    }
    top = limit(top, height, visible);
    if top != before || view.anchor == Anchor::default() {
        view.anchor = set.rows.anchor_at(top);
    }
}

/// The top at which `range` is in sight: as it is where it already is, else a third down.
fn revealed(rows: &Rows, range: CharRange, top: f64, visible: f64) -> f64 {
    let first = rows.y_of_row(rows.row_of_char(range.start));
    let last = rows.y_of_row(rows.row_of_char(range.end)) + 2.0;
    let near = NEAR.min(visible / 4.0);
    if first >= top + near / 2.0 && last <= top + visible - near {
        return top;
    }
    if first < top && first >= top - near * 2.0 {
        return first - near / 2.0;
    }
    if last > top + visible - near && last <= top + visible + near {
        return last - visible + near;
    }
    // The end of the text stands low in the view; further up it goes only by hand.
    (first - visible / 3.0).min((rows.height() + near - visible).max(-AIR))
}

fn limit(top: f64, height: f64, visible: f64) -> f64 {
    let most = height + below(height, visible) - visible;
    top.clamp(-AIR, most.max(-AIR))
}

/// The space below the last row, in em: no more than a little where all is in sight.
fn below(height: f64, visible: f64) -> f64 {
    if height + 2.0 * AIR <= visible {
        AIR
    } else {
        (visible * BEYOND).max(AIR)
    }
}

/// The place that what stands beside the text keeps to: at the top of the view at the text's start, at its bottom at the
/// end, and between them as far down as the text is scrolled, so that both sides come to their ends together. `None` where
/// all is in sight.
pub(super) fn middle(top: f64, height: f64, visible: f64) -> Option<f64> {
    let all = height + 2.0 * AIR;
    (all > visible).then(|| ((top + AIR) / (all - visible)).min(1.0) * all - AIR)
}

/// The top at which `place` is what [`middle`] says.
pub(super) fn top_for(place: f64, height: f64, visible: f64) -> f64 {
    let all = height + 2.0 * AIR;
    ((place + AIR) / all).clamp(0.0, 1.0) * (all - visible).max(0.0) - AIR
}

/// Scrolls by so many em, for keys and for a drag past the edge.
pub(super) fn by(view: &mut TextView, ems: f64, rect: Rect, em: f32) {
    let visible = f64::from(rect.height() / em);
    let Some(set) = &view.set else { return };
    let top = set.rows.y_of_anchor(view.anchor) + ems;
    view.anchor = set.rows.anchor_at(limit(top, set.rows.height(), visible));
}

/// The scroll bar: its handle can be dragged, a click beside it goes there. The cursor it wants, if any.
pub(super) fn bar(ui: &Ui, view: &mut TextView, rect: Rect, em: f32, height: f64) -> Option<CursorIcon> {
    let visible = f64::from(rect.height() / em);
    let set = view.set.as_ref()?;
    // What is not broken yet is guessed from what is, so that the handle does not shrink under the hand.
    let height_all = height / f64::from(set.progress().max(0.01));
    let all = height_all + AIR + below(height_all, visible);
    if all <= visible {
        return None;
    }
    let track = Rect::from_min_max(pos2(rect.right() - BAR_WIDTH, rect.top()), rect.max);
    let response = ui.interact(track, super::id().with("scroll bar"), Sense::click_and_drag());
    let length = ((visible / all) as f32 * track.height()).max(28.0).min(track.height());
    let room = (track.height() - length).max(1.0);
    let top = set.rows.y_of_anchor(view.anchor) + AIR;
    let at = (top / (all - visible)).clamp(0.0, 1.0) as f32 * room;
    if response.dragged() || response.clicked() {
        let pointer = response
            .interact_pointer_pos()
            .map_or(at, |pos| pos.y - track.top() - length / 2.0);
        let to = f64::from((pointer / room).clamp(0.0, 1.0)) * (all - visible) - AIR;
        view.anchor = set.rows.anchor_at(limit(to, height, visible));
    }
    let colors = Colors::of(ui.ctx().theme());
    let handle = Rect::from_min_size(
        pos2(track.left() + 3.0, track.top() + at),
        egui::vec2(BAR_WIDTH - 6.0, length),
    );
    let color = if response.hovered() || response.dragged() {
        colors.faint_ink
    } else {
        colors.line
    };
    ui.painter().rect_filled(handle, 3.0, color);
    response.hovered().then_some(CursorIcon::Default)
}
