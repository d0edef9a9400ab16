//! Finding text or a pattern, and tagging all that was found.

use std::sync::Arc;

use egui::{Button, Id, Key, Modifiers, Response, RichText, TextEdit, Ui};

use super::tokens::Colors;
use super::widgets::{label_button, select_all};
use super::{replace_row, tab_order};
use crate::annot::search::{Query, find_all};
use crate::app::command::{Command, Selection};
use crate::app::model::Model;
use crate::i18n::T;
use crate::text::{CharIdx, CharRange};

/// Shows the find bar.
pub fn show(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    search(model, commands);
    let order = Id::unique("find_bar");
    if model.find.replaces {
        tab_order::follow(ui, order);
    }
    let lang = model.lang;
    let colors = Colors::of(ui.ctx().theme());
    if model.find.replaces {
        replace_row::refresh(model);
    }
    let found = match &model.find.previewed {
        // What stays as it is when it is replaced is not counted, nor gone to.
        previewed if model.find.replaces && previewed.error.is_none() => Arc::clone(&previewed.places),
        _ => model.sheet().map(|sheet| Arc::clone(&sheet.found)).unwrap_or_default(),
    };
    let finds_any = model.sheet().is_some_and(|sheet| !sheet.found.is_empty());
    let caret = model.sheet().map_or(CharIdx(0), |sheet| sheet.selection.range().start);
    let find = &mut model.find;
    let mut step = 0;
    let mut is_closed = false;
    let mut fields = Vec::new();
    let mut switches = Vec::new();
    ui.horizontal_wrapped(|ui| {
        let field = TextEdit::singleline(&mut find.pattern)
            .hint_text(T::FindText.of(lang))
            .desired_width(220.0);
        let response = ui.add(field).accessible_name(T::FindText.of(lang));
        if std::mem::take(&mut find.wants_focus) {
            response.request_focus();
            // What was looked for last is there still, and is typed over.
            select_all(ui, response.id, &find.pattern);
        }
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            step = if ui.input(|input| input.modifiers.shift) { -1 } else { 1 };
            response.request_focus();
        }
        is_closed |= is_left(ui, &response);
        fields.push(response);
        let replaces = ui.toggle_value(&mut find.replaces, T::ReplaceRow.of(lang));
        switches.push(replaces.on_hover_text(T::ReplaceRowHint.of(lang)));
        let is_regex = ui.toggle_value(&mut find.is_regex, T::FindRegex.of(lang));
        switches.push(is_regex.on_hover_text(T::FindRegexHint.of(lang)));
        for (text, by) in [(T::FindPrevious, -1), (T::FindNext, 1)] {
            let button = ui.add_enabled(!found.is_empty(), Button::new(text.of(lang)));
            if button.clicked() {
                step = by;
            }
            switches.push(button);
        }
        let place = find.current.and_then(|current| found.binary_search(&current).ok());
        let summary = match (&find.error, found.len()) {
            (Some(error), _) => {
                let error = lang.pattern_error(error);
                Some(RichText::new(lang.fill(T::FindBad, &[&error])).color(colors.error))
            }
            (None, 0) if find.pattern.is_empty() => None,
            (None, 0) if !finds_any => Some(RichText::new(T::FindNone.of(lang)).color(colors.faint_ink)),
            (None, count) => {
                let place = place.map_or(0, |place| place + 1);
                let count = lang.fill(T::FindCount, &[&place.to_string(), &count.to_string()]);
                Some(RichText::new(count))
            }
        };
        // An empty label would draw the row's rest over its beginning.
        if let Some(summary) = summary {
            ui.label(summary);
        }
        let close = ui.add(Button::new("×").frame_when_inactive(false));
        let close = close.accessible_name(T::Close.of(lang));
        is_closed |= close.clicked();
        switches.push(close);
    });
    if let Some(next) = stepped(&found, find.current, caret, step) {
        find.current = Some(next);
        let selection = Selection {
            anchor: next.start,
            caret: next.end,
        };
        commands.extend([
            Command::Select {
                selection,
                palette: false,
            },
            Command::Reveal(next),
        ]);
    }
    if model.find.replaces {
        // What is looked for, what comes in its place, and what is done with both, before all the rest.
        let shown = replace_row::show(ui, model, commands);
        fields.extend(shown.controls);
        fields.extend(switches);
        fields.extend(shown.rows);
        tab_order::keep(ui.ctx(), order, &fields);
    } else if !found.is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.label(T::TagAllFound.of(lang));
            let Some(sheet) = model.sheet() else { return };
            for label in sheet.document.labels().iter() {
                if label_button(ui, lang, label, false).clicked() {
                    commands.push(Command::TagAll(found.to_vec(), label.id.clone()));
                }
            }
        });
    }
    if is_closed {
        commands.push(Command::CloseFind);
    }
}

/// Whether a field of the bar was left with Esc, which closes the bar; the text, which has the keyboard next, shall not
/// hear it too.
pub(super) fn is_left(ui: &Ui, field: &Response) -> bool {
    (field.has_focus() || field.lost_focus()) && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}

/// Looks again where the text or what is looked for has changed.
fn search(model: &mut Model, commands: &mut Vec<Command>) {
    let (Some(id), Some(sheet)) = (model.shown_id(), model.sheet()) else {
        return;
    };
    let find = &model.find;
    let wanted = (id, sheet.revision, find.pattern.clone(), find.is_regex);
    if find.searched.as_ref() == Some(&wanted) {
        return;
    }
    let (is_elsewhere, is_typed) = match &find.searched {
        None => (true, false),
        Some((other, _, pattern, is_regex)) => (*other != id, (pattern, *is_regex) != (&wanted.2, wanted.3)),
    };
    let selected = sheet.selection.range();
    let query = Query {
        pattern: wanted.2.clone(),
        is_regex: wanted.3,
        ..Query::default()
    };
    let result = match model.sheet() {
        Some(sheet) if !query.pattern.is_empty() => find_all(sheet.document.text(), &query),
        _ => Ok(Vec::new()),
    };
    model.find.searched = Some(wanted);
    let (found, error) = match result {
        Ok(found) => (found, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    model.find.error = error;
    if is_typed {
        // What is typed shows its first place from the caret on; the caret stays where it is.
        model.find.current = stepped(&found, None, selected.start, 1);
        commands.extend(model.find.current.map(Command::Reveal));
    } else if is_elsewhere {
        model.find.current = found.binary_search(&selected).is_ok().then_some(selected);
    }
    if let Some(sheet) = model.sheet_mut() {
        sheet.found = Arc::new(found);
    }
}

/// The match before or after the one being looked at, or else before or from `caret` on; around the end.
fn stepped(found: &[CharRange], current: Option<CharRange>, caret: CharIdx, step: isize) -> Option<CharRange> {
    if step == 0 || found.is_empty() {
        return None;
    }
    let from = current.map_or(caret, |current| current.start);
    let next = if step > 0 {
        let is_behind = |found: &CharRange| found.start < from || current.is_some() && found.start == from;
        found.partition_point(is_behind) % found.len()
    } else {
        let before = found.partition_point(|found| found.start < from);
        before.checked_sub(1).unwrap_or(found.len() - 1)
    };
    found.get(next).copied()
}
