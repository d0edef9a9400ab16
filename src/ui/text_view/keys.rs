//! What the keys do while the text has the keyboard.

use egui::{Event, Key, Modifiers, Popup, Ui};

use super::pointer::word_at;
use super::{Geometry, Page, Surroundings, TextView, scroll, typing};
use crate::annot::LabelId;
use crate::app::command::{Command, Selection, UiCommand, Verdict};
use crate::app::sheet::Sheet;
use crate::text::{CharIdx, CharRange};

/// Reads this frame's keys in their order.
pub(super) fn read(
    ui: &Ui,
    page: &mut Page<'_>,
    geometry: &Geometry,
    around: Surroundings<'_>,
    commands: &mut Vec<Command>,
) {
    let (events, time) = ui.input(|input| (input.events.clone(), input.time));
    let mut caret = page.sheet.selection;
    let is_correcting = page.sheet.correcting.is_on;
    let is_behind_menu = page.view.menu.is_some() || Popup::is_any_open(ui.ctx());
    for event in events {
        if is_behind_menu && !is_for_menu(page.sheet, &event) {
            continue;
        }
        if is_correcting && typing::read(page, &event, around, commands) {
            continue;
        }
        let sheet = &mut *page.sheet;
        match event {
            Event::Copy => commands.push(Command::Ui(UiCommand::Copy)),
            // What cannot be done now is answered with how it can.
            Event::Paste(text) => commands.push(Command::Paste(text)),
            Event::Cut => commands.push(Command::Cut),
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => {
                if let Some(label) = label_of_key(sheet, key, modifiers).filter(|_| !is_correcting) {
                    tag(sheet, label, commands);
                } else if key == Key::Escape {
                    escape(sheet, around, commands);
                } else if key == Key::Enter && modifiers.is_none() && sheet.propagation.is_some() {
                    commands.push(Command::Propagation(None));
                } else if key == Key::Enter && modifiers.is_none() && sheet.doubts.current.is_some() {
                    commands.extend(sheet.doubts.current.map(Command::FixDoubt));
                } else if key == Key::Enter && modifiers.is_none() && typing::is_double(page.view, time) {
                    commands.push(Command::Ui(UiCommand::EditText));
                } else if let Some(moved) = moved(page, caret.caret, key, modifiers, geometry, around) {
                    caret = Selection {
                        anchor: if modifiers.shift { caret.anchor } else { moved },
                        caret: moved,
                    };
                    commands.push(Command::Select {
                        selection: caret,
                        palette: false,
                    });
                    commands.push(Command::Reveal(CharRange::new(moved, moved)));
                }
            }
            _ => {}
        }
    }
}

/// Whether an open menu lets this through to the text: only what it prints as a shortcut.
fn is_for_menu(sheet: &Sheet, event: &Event) -> bool {
    match *event {
        Event::Copy | Event::Cut | Event::Paste(_) => true,
        Event::Key { key, modifiers, .. } => !sheet.correcting.is_on && label_of_key(sheet, key, modifiers).is_some(),
        _ => false,
    }
}

fn label_of_key(sheet: &Sheet, key: Key, modifiers: Modifiers) -> Option<LabelId> {
    let digit = key.symbol_or_name().chars().next().filter(char::is_ascii_digit)?;
    let is_digit = key.symbol_or_name().len() == 1 && modifiers.is_none();
    sheet
        .document
        .labels()
        .by_key(digit)
        .filter(|_| is_digit)
        .map(|label| label.id.clone())
}

/// A label's key tags the selection, or gives the chosen tag another label.
fn tag(sheet: &Sheet, label: LabelId, commands: &mut Vec<Command>) {
    let selected = sheet.selection.range();
    if !selected.is_empty() {
        commands.push(Command::Tag(selected, label));
    } else if sheet.chosen_suggestion().is_some() {
        commands.push(Command::JudgeChosen(Verdict::As(label)));
    } else if let Some(chosen) = sheet.chosen {
        commands.push(Command::Relabel(vec![chosen], label));
    }
}

/// Esc undoes the last thing that stands open: strip, palette, card, tag, selection, brush, find bar.
fn escape(sheet: &Sheet, around: Surroundings<'_>, commands: &mut Vec<Command>) {
    if sheet.propagation.is_some() {
        commands.push(Command::Propagation(None));
    } else if sheet.doubts.current.is_some() {
        commands.push(Command::ShowDoubt(None));
    } else if sheet.palette || !sheet.selection.range().is_empty() {
        commands.push(Command::ClosePalette);
    } else if sheet.card {
        commands.push(Command::Choose(sheet.chosen, false));
    } else if sheet.chosen.is_some() {
        commands.push(Command::Choose(None, false));
    } else if around.brush.is_some() {
        commands.push(Command::Brush(None));
    } else if around.is_finding {
        commands.push(Command::CloseFind);
    }
}

/// Where a key moves the caret to.
fn moved(
    page: &mut Page<'_>,
    caret: CharIdx,
    key: Key,
    modifiers: Modifiers,
    geometry: &Geometry,
    around: Surroundings<'_>,
) -> Option<CharIdx> {
    if modifiers.alt {
        return None;
    }
    let sheet = &*page.sheet;
    let end = sheet.document.text().len();
    let by_word = modifiers.command || modifiers.ctrl;
    let rows = (geometry.rect.height() / geometry.em / 1.9).max(2.0) as i64 - 1;
    let place = match key {
        Key::ArrowLeft if by_word => word_edge(sheet, caret, -1, around),
        Key::ArrowRight if by_word => word_edge(sheet, caret, 1, around),
        Key::ArrowLeft => sheet.document.text().step(caret, -1),
        Key::ArrowRight => sheet.document.text().step(caret, 1),
        Key::ArrowUp if !by_word => return vertical(page, caret, -1),
        Key::ArrowDown if !by_word => return vertical(page, caret, 1),
        Key::PageUp => return by_page(page, caret, -rows, geometry),
        Key::PageDown => return by_page(page, caret, rows, geometry),
        Key::Home if by_word => CharIdx(0),
        Key::End if by_word => end,
        Key::Home => row_edge(page.view, caret, false)?,
        Key::End => row_edge(page.view, caret, true)?,
        _ => return None,
    };
    page.view.goal_x = None;
    Some(place)
}

pub(super) fn word_edge(sheet: &Sheet, caret: CharIdx, direction: i64, around: Surroundings<'_>) -> CharIdx {
    let next = sheet.document.text().step(caret, direction);
    let word = word_at(sheet, if direction < 0 { next } else { caret }, around);
    match (word.is_empty(), direction < 0) {
        (true, _) => next,
        (false, true) => word.start.min(next),
        (false, false) => word.end.max(next),
    }
}

fn row_edge(view: &TextView, caret: CharIdx, to_end: bool) -> Option<CharIdx> {
    let rows = &view.set.as_ref()?.rows;
    let row = rows.row(rows.row_of_char(caret))?;
    // The end of a row that goes on is the start of the next one; its last character is the end that can be shown.
    let last = if row.is_last {
        row.chars.end
    } else {
        CharIdx(row.chars.end.0.saturating_sub(1))
    };
    Some(if to_end { last } else { row.chars.start })
}

/// Up or down by rows, keeping to the horizontal place where it began. Counts in em, as rows do.
fn vertical(page: &mut Page<'_>, caret: CharIdx, by: i64) -> Option<CharIdx> {
    let set = page.view.set.as_ref()?;
    let metrics = crate::ui::fonts::metrics();
    let width = |from: CharIdx, to: CharIdx, scale: f32| -> f32 {
        set.text
            .slice(CharRange::new(from, to))
            .chars()
            .map(|c| metrics.advance(c) * scale)
            .sum()
    };
    let number = set.rows.row_of_char(caret);
    let row = set.rows.row(number)?;
    let scale = set.rows.column().style(row.style).scale;
    let goal = page
        .view
        .goal_x
        .unwrap_or_else(|| row.left + width(row.chars.start, caret, scale));
    let last = i64::try_from(set.rows.len()).ok()? - 1;
    let target = usize::try_from((i64::try_from(number).ok()? + by).clamp(0, last)).ok()?;
    let there = set.rows.row(target)?;
    let scale = set.rows.column().style(there.style).scale;
    let mut x = there.left;
    let mut at = there.chars.start;
    for c in set.text.slice(there.chars).chars() {
        let advance = metrics.advance(c) * scale;
        if x + advance / 2.0 > goal {
            break;
        }
        x += advance;
        at.0 += 1;
    }
    if !there.is_last && at == there.chars.end {
        at.0 -= 1;
    }
    page.view.goal_x = Some(goal);
    Some(at)
}

fn by_page(page: &mut Page<'_>, caret: CharIdx, rows: i64, geometry: &Geometry) -> Option<CharIdx> {
    let moved = vertical(page, caret, rows);
    let ems = rows as f64 * 1.9;
    scroll::by(page.view, ems, geometry.rect, geometry.em);
    moved
}
