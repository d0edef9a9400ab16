//! Keys, pasting and the input method while characters are being corrected: what is typed is text.

use egui::{Event, ImeEvent, Key};

use super::keys::word_edge;
use super::{Page, Surroundings, TextView};
use crate::app::command::{Command, Direction, Selection};

/// Two presses of Enter within this time begin the correcting, in seconds.
const DOUBLE: f64 = 0.45;

/// Whether this press of Enter is the second of two.
pub(super) fn is_double(view: &mut TextView, time: f64) -> bool {
    let last = view.last_enter.replace(time);
    let is_double = last.is_some_and(|last| time - last < DOUBLE);
    if is_double {
        view.last_enter = None;
    }
    is_double
}

/// Reads one event; whether it was one of typing.
pub(super) fn read(page: &mut Page<'_>, event: &Event, around: Surroundings<'_>, commands: &mut Vec<Command>) -> bool {
    match event {
        Event::Text(text) => commands.push(Command::Type(text.clone())),
        Event::Paste(text) if !text.is_empty() => commands.push(Command::Paste(text.clone())),
        Event::Cut => commands.push(Command::Cut),
        Event::Ime(event) => compose(page, event, commands),
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } => match key {
            Key::Escape | Key::Enter if modifiers.is_none() => commands.push(Command::StopCorrecting),
            Key::Backspace | Key::Delete if !modifiers.alt => {
                let (direction, step) = if *key == Key::Backspace {
                    (Direction::Back, -1)
                } else {
                    (Direction::Forward, 1)
                };
                if (modifiers.ctrl || modifiers.command) && page.sheet.selection.range().is_empty() {
                    let caret = page.sheet.selection.caret;
                    let selection = Selection {
                        anchor: word_edge(page.sheet, caret, step, around),
                        caret,
                    };
                    commands.push(Command::Select {
                        selection,
                        palette: false,
                    });
                }
                commands.push(Command::Erase(direction));
            }
            _ => return false,
        },
        _ => return false,
    }
    true
}

fn compose(page: &mut Page<'_>, event: &ImeEvent, commands: &mut Vec<Command>) {
    match event {
        ImeEvent::Preedit { text, .. } => page.view.preedit = Some(text.clone()),
        ImeEvent::Commit(text) => {
            page.view.preedit = None;
            if !text.is_empty() {
                commands.push(Command::Type(text.clone()));
            }
        }
        ImeEvent::DeleteSurrounding {
            before_chars,
            after_chars,
        } if before_chars + after_chars > 0 => {
            let count = |chars: usize| i64::try_from(chars).unwrap_or(0);
            let caret = page.sheet.selection.caret;
            let selection = Selection {
                anchor: caret.offset(-count(*before_chars)),
                caret: caret.offset(count(*after_chars)).min(page.sheet.document.text().len()),
            };
            commands.extend([
                Command::Select {
                    selection,
                    palette: false,
                },
                Command::Erase(Direction::Back),
            ]);
        }
        // The rest tells of nothing that is typed.
        _ => {}
    }
}
