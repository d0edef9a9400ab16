//! What the pointer does to the text: it selects, tags with the brush, chooses tags and drags their ends.

use std::ops::Range;

use egui::{CursorIcon, Event, Modifiers, PointerButton, Pos2, Response, Ui};

use super::paint::{HANDLE, handles};
use super::shaped::ShapedRow;
use super::{ContextMenu, Geometry, Page, Surroundings, row_at, scroll};
use crate::annot::{Span, SpanId, Status};
use crate::app::command::{Command, Selection};
use crate::app::sheet::Sheet;
use crate::text::words::sentence_at;
use crate::text::{CharIdx, CharRange, Words};

/// Presses that follow each other within this time count as one gesture, in seconds.
const CLICK_TIME: f64 = 0.45;
/// A pointer that moved no further than this, in points, has not moved.
const CLICK_DISTANCE: f32 = 6.0;

/// What the pointer is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Pointer {
    /// The tag under it.
    pub hovered: Option<SpanId>,
    action: Action,
    last_press: Option<(f64, Pos2)>,
    presses: u8,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Action {
    #[default]
    None,
    /// Characters are being selected; `unit` was selected by the press itself (a word, a sentence).
    Selecting {
        unit: CharRange,
        head: CharIdx,
        from: Pos2,
        has_moved: bool,
    },
    /// An end of a tag is being dragged.
    Resizing {
        span: SpanId,
        fixed: CharIdx,
        moving: CharIdx,
        before: CharRange,
    },
}

impl Pointer {
    /// The characters that a drag has selected so far.
    pub fn selecting(&self) -> Option<CharRange> {
        match self.action {
            Action::Selecting { .. } => self.dragged_selection().map(Selection::range),
            _ => None,
        }
    }

    fn dragged_selection(&self) -> Option<Selection> {
        let Action::Selecting { unit, head, .. } = self.action else {
            return None;
        };
        Some(if head < unit.start {
            Selection {
                anchor: unit.end,
                caret: head,
            }
        } else {
            Selection {
                anchor: unit.start,
                caret: head.max(unit.end),
            }
        })
    }

    /// The tag that is being resized, and where its ends are now.
    pub fn resizing(&self) -> Option<(SpanId, CharRange)> {
        let Action::Resizing {
            span,
            fixed,
            moving,
            before,
        } = self.action
        else {
            return None;
        };
        let range = CharRange::new(fixed, moving);
        Some((span, if range.is_empty() { before } else { range }))
    }
}

/// Reads this frame's pointer events in their order.
pub(super) fn read(
    ui: &Ui,
    response: &Response,
    page: &mut Page<'_>,
    geometry: &Geometry,
    shaped: &[ShapedRow],
    around: Surroundings<'_>,
    commands: &mut Vec<Command>,
) {
    let is_over = response.contains_pointer() && !over_bar(ui, geometry);
    let (events, time) = ui.input(|input| (input.events.clone(), input.time));
    for event in events {
        match event {
            Event::PointerButton {
                pos,
                button,
                pressed: true,
                modifiers,
            } if is_over && geometry.rect.contains(pos) => {
                ui.memory_mut(|memory| memory.request_focus(super::id()));
                match button {
                    PointerButton::Primary => press(page, shaped, pos, time, modifiers, around, commands),
                    PointerButton::Secondary => {
                        page.sheet.palette = false;
                        if let Some(row) = row_at(shaped, pos.y) {
                            page.view.menu = Some(ContextMenu::new(
                                page.sheet,
                                row.nearest(pos.x),
                                row.char_under(pos.x),
                                pos,
                            ));
                        }
                    }
                    _ => {}
                }
            }
            Event::PointerMoved(pos) => moved(page, shaped, pos),
            Event::PointerButton {
                pos,
                button: PointerButton::Primary,
                pressed: false,
                ..
            } => {
                moved(page, shaped, pos);
                release(page, shaped, pos, around, commands);
            }
            Event::PointerGone => page.view.pointer.hovered = None,
            _ => {}
        }
    }
    follow_past_edges(ui, page, geometry, shaped);
    hover(ui, is_over, page, shaped, around);
}

fn over_bar(ui: &Ui, geometry: &Geometry) -> bool {
    ui.input(|input| input.pointer.latest_pos())
        .is_some_and(|pos| pos.x > geometry.rect.right() - scroll::BAR_WIDTH)
}

fn press(
    page: &mut Page<'_>,
    shaped: &[ShapedRow],
    pos: Pos2,
    time: f64,
    modifiers: Modifiers,
    around: Surroundings<'_>,
    commands: &mut Vec<Command>,
) {
    let Some(row) = row_at(shaped, pos.y) else { return };
    let Page { sheet, view } = page;
    let pointer = &mut view.pointer;
    let is_repeat = pointer
        .last_press
        .is_some_and(|(then, there)| time - then < CLICK_TIME && there.distance(pos) < CLICK_DISTANCE);
    pointer.presses = if is_repeat { pointer.presses % 3 + 1 } else { 1 };
    pointer.last_press = Some((time, pos));
    let presses = pointer.presses;
    view.goal_x = None;

    if presses == 1
        && let Some(action) = grabbed_handle(sheet, shaped, pos)
    {
        view.pointer.action = action;
        return;
    }
    let at = row.nearest(pos.x);
    if modifiers.shift && presses == 1 {
        match sheet.chosen_span() {
            Some(span) => commands.push(Command::Resize(span.id, nearest_end_moved(span.range, at))),
            None => {
                let selection = Selection {
                    caret: at,
                    ..sheet.selection
                };
                commands.push(Command::Select {
                    selection,
                    palette: true,
                });
            }
        }
        return;
    }
    let under = row.char_under(pos.x).unwrap_or(at);
    let unit = match presses {
        1 => CharRange::new(at, at),
        2 => word_at(sheet, under, around),
        _ => sentence_around(sheet, under),
    };
    view.pointer.action = Action::Selecting {
        unit,
        head: if presses == 1 { at } else { unit.end },
        from: pos,
        has_moved: false,
    };
    if presses > 1 {
        // The first press of the gesture may have chosen a tag; the word is what is meant.
        commands.push(Command::Choose(None, false));
    }
}

fn moved(page: &mut Page<'_>, shaped: &[ShapedRow], pos: Pos2) {
    let Some(row) = row_at(shaped, pos.y) else { return };
    let at = row.nearest(pos.x);
    match &mut page.view.pointer.action {
        Action::None => {}
        Action::Selecting {
            head, from, has_moved, ..
        } => {
            if *has_moved || from.distance(pos) > CLICK_DISTANCE / 2.0 {
                *has_moved = true;
                *head = at;
            }
        }
        Action::Resizing { moving, .. } => *moving = at,
    }
}

fn release(
    page: &mut Page<'_>,
    shaped: &[ShapedRow],
    pos: Pos2,
    around: Surroundings<'_>,
    commands: &mut Vec<Command>,
) {
    let (sheet, pointer) = (&*page.sheet, &mut page.view.pointer);
    let resized = pointer.resizing();
    let selected = pointer.dragged_selection();
    let presses = pointer.presses;
    let action = std::mem::take(&mut pointer.action);
    if let (Some((span, range)), Action::Resizing { before, .. }) = (resized, action) {
        if range != before {
            commands.push(Command::Resize(span, range));
        }
        return;
    }
    let Some(selection) = selected else { return };
    let range = selection.range();
    if !range.is_empty() {
        match around.brush.filter(|_| !sheet.correcting.is_on) {
            Some(label) => commands.push(Command::Tag(range, label.clone())),
            None => commands.push(Command::Select {
                selection,
                palette: true,
            }),
        }
        return;
    }
    if presses == 1 {
        click(sheet, shaped, pos, selection.caret, commands);
    }
}

/// A click chooses the tag under it, the inner one of several first, the next outer one at the next click.
fn click(sheet: &Sheet, shaped: &[ShapedRow], pos: Pos2, caret: CharIdx, commands: &mut Vec<Command>) {
    let under = row_at(shaped, pos.y).and_then(|row| row.char_under(pos.x));
    let tags = under.map(|under| tags_at(sheet, under)).unwrap_or_default();
    let chosen = sheet
        .chosen
        .and_then(|chosen| tags.iter().position(|&tag| tag == chosen));
    let next = match chosen {
        Some(place) if tags.len() > 1 => Some(tags[(place + 1) % tags.len()]),
        _ => tags.first().copied(),
    };
    match next.filter(|_| !sheet.correcting.is_on) {
        Some(tag) => commands.push(Command::ChooseAt(tag, caret)),
        None => {
            commands.push(Command::Select {
                selection: Selection::caret(caret),
                palette: false,
            });
            let doubt = under.and_then(|under| doubt_at(sheet, under));
            commands.extend(doubt.map(|range| Command::ShowDoubt(Some(range))));
        }
    }
}

/// The doubt on a character; while typing a click only places the caret.
fn doubt_at(sheet: &Sheet, at: CharIdx) -> Option<CharRange> {
    let here = CharRange::new(at, CharIdx(at.0 + 1));
    let doubt = sheet.doubts.within(here).next().filter(|_| !sheet.correcting.is_on);
    doubt.map(|doubt| doubt.range)
}

/// The tags and the open suggestions on a character, the shortest first.
pub(super) fn tags_at(sheet: &Sheet, at: CharIdx) -> Vec<SpanId> {
    let mut tags: Vec<&Span> = sheet
        .document
        .spans()
        .at(at)
        .filter(|span| span.mark.status == Status::Accepted)
        .chain(sheet.suggestions.open.spans.at(at))
        .collect();
    tags.sort_by_key(|span| span.range.len());
    tags.iter().map(|span| span.id).collect()
}

fn grabbed_handle(sheet: &Sheet, shaped: &[ShapedRow], pos: Pos2) -> Option<Action> {
    let span = sheet.chosen_span()?;
    let range = span.range;
    let near = |at: &Pos2| at.distance(pos) <= HANDLE + 3.0;
    let start_in_sight = shaped.iter().any(|row| row.chars.contains(range.start));
    let places = handles(shaped, range);
    let grabbed = places.iter().rposition(near)?;
    let is_start = grabbed == 0 && start_in_sight;
    let (fixed, moving) = if is_start {
        (range.end, range.start)
    } else {
        (range.start, range.end)
    };
    Some(Action::Resizing {
        span: span.id,
        fixed,
        moving,
        before: range,
    })
}

/// The range with the end that is nearer to `at` moved there.
fn nearest_end_moved(range: CharRange, at: CharIdx) -> CharRange {
    let moves_start = at <= range.start || (at < range.end && at.0 - range.start.0 < range.end.0 - at.0);
    if moves_start {
        CharRange::new(at, range.end)
    } else {
        CharRange::new(range.start, at)
    }
}

/// The word on a character: the segmenter's, or while its dictionary is still being read, the run of like characters.
pub(super) fn word_at(sheet: &Sheet, at: CharIdx, around: Surroundings<'_>) -> CharRange {
    word_around(sheet, at, around.words)
}

pub(super) fn word_around(sheet: &Sheet, at: CharIdx, words: Option<&Words>) -> CharRange {
    part_of_line(sheet, at, |line, inside| match words {
        Some(words) => words.word_at(line, inside),
        None => {
            use unicode_segmentation::UnicodeSegmentation;
            let word = line
                .unicode_word_indices()
                .find(|(start, word)| (*start..start + word.len()).contains(&inside));
            word.map_or(inside..inside, |(start, word)| start..start + word.len())
        }
    })
}

pub(super) fn sentence_around(sheet: &Sheet, at: CharIdx) -> CharRange {
    part_of_line(sheet, at, |line, inside| sentence_at(line, inside.into()))
}

/// A part of the line that `at` is in; `part` finds it in the line, by the byte that `at` is there.
fn part_of_line(sheet: &Sheet, at: CharIdx, part: impl FnOnce(&str, usize) -> Range<usize>) -> CharRange {
    let document = &sheet.document;
    let Some(block) = document.blocks().get(document.block_at(at)) else {
        return CharRange::default();
    };
    let (text, start) = (document.text(), block.range.start);
    let line = text.slice(block.range);
    let inside = text.slice(CharRange::new(start, at.min(block.range.end))).len();
    let bytes = part(line, inside);
    let count = |until: usize| CharIdx::count(line.get(..until).unwrap_or(line));
    CharRange::new(start + count(bytes.start), start + count(bytes.end))
}

/// A drag past the upper or lower edge scrolls.
fn follow_past_edges(ui: &Ui, page: &mut Page<'_>, geometry: &Geometry, shaped: &[ShapedRow]) {
    if page.view.pointer.action == Action::None {
        return;
    }
    let Some(pos) = ui.input(|input| input.pointer.latest_pos()) else {
        return;
    };
    let rect = geometry.rect;
    let past = (pos.y - rect.bottom()).max(0.0) - (rect.top() - pos.y).max(0.0);
    if past != 0.0 {
        let ems = f64::from((past / geometry.em).clamp(-3.0, 3.0)) * 0.2;
        scroll::by(page.view, ems, rect, geometry.em);
        moved(page, shaped, pos);
        ui.ctx().request_repaint();
    }
}

fn hover(ui: &Ui, is_over: bool, page: &mut Page<'_>, shaped: &[ShapedRow], around: Surroundings<'_>) {
    let Page { sheet, view } = page;
    if !is_over {
        view.pointer.hovered = None;
        view.lit = None;
        return;
    }
    let Some(pos) = ui.input(|input| input.pointer.latest_pos()) else {
        return;
    };
    let over_handle = grabbed_handle(sheet, shaped, pos).is_some();
    let under = row_at(shaped, pos.y)
        .filter(|row| row.bottom > pos.y)
        .and_then(|row| row.char_under(pos.x));
    match under.filter(|_| around.lights_words) {
        Some(under) => view.light_word(sheet, under, around.words),
        None => view.lit = None,
    }
    view.pointer.hovered = under.and_then(|under| tags_at(sheet, under).first().copied());
    let icon = match view.pointer.action {
        Action::Resizing { .. } => CursorIcon::ResizeHorizontal,
        _ if over_handle => CursorIcon::ResizeHorizontal,
        Action::None if view.pointer.hovered.is_some() && around.brush.is_none() => CursorIcon::PointingHand,
        _ if around.brush.is_some() => CursorIcon::Crosshair,
        _ => CursorIcon::Text,
    };
    ui.ctx().set_cursor_icon(icon);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_end_moves() {
        let range = CharRange::of(10, 20);
        for (at, expected) in [
            (5, (5, 20)),
            (12, (12, 20)),
            (17, (10, 17)),
            (25, (10, 25)),
            (15, (10, 15)),
        ] {
            let expected = CharRange::of(expected.0, expected.1);
            assert_eq!(nearest_end_moved(range, CharIdx(at)), expected, "{at}");
        }
    }
}
