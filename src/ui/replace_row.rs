//! Replacing what was found: every place is seen before it is changed.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Button, FontId, Key, Rect, Response, RichText, ScrollArea, Stroke, TextEdit, Ui, vec2};

use super::find_bar::is_left;
use super::tokens::{self, Colors};
use crate::annot::search::{Preview, Query, find_all, previews};
use crate::app::command::{Command, Selection};
use crate::app::find::Previewed;
use crate::app::model::Model;
use crate::i18n::{Lang, T};
use crate::text::{CharIdx, CharRange, Text};

/// Characters of the text shown before and behind a place.
const CONTEXT: u32 = 10;
/// The height of a line of the list.
const LINE: f32 = 22.0;
/// Lines of the list that are seen at once.
const LINES: usize = 6;

/// What was shown, in the order it stands in.
#[derive(Debug, Default)]
pub struct Shown {
    /// The field and the buttons.
    pub controls: Vec<Response>,
    /// The rows of the list that are in sight.
    pub rows: Vec<Response>,
}

/// Shows the row and the list of what would be changed.
pub fn show(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) -> Shown {
    let mut shown = Shown::default();
    let lang = model.lang;
    let Some(text) = model.sheet().map(|sheet| Arc::clone(sheet.document.text())) else {
        return shown;
    };
    let colors = Colors::of(ui.ctx().theme());
    let find = &mut model.find;
    let all = Arc::clone(&find.previewed.previews);
    let mut is_entered = false;
    let mut replaces_one = false;
    ui.horizontal_wrapped(|ui| {
        let field = TextEdit::singleline(&mut find.template)
            .hint_text(T::ReplaceWith.of(lang))
            .desired_width(220.0);
        let response = ui.add(field).accessible_name(T::ReplaceWith.of(lang));
        is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if is_entered {
            response.request_focus();
        }
        if is_left(ui, &response) {
            commands.push(Command::CloseFind);
        }
        find.is_template_meant |= response.has_focus();
        // With nothing to put in its place, what is found is taken out: the buttons say so.
        let (this, every) = match find.takes_out() {
            true => (T::TakeOutThis, T::TakeOutAll),
            false => (T::ReplaceThis, T::ReplaceAll),
        };
        let can_replace = !all.is_empty() && find.is_replacement_said();
        let one = ui.add_enabled(can_replace, Button::new(this.of(lang)));
        replaces_one = can_replace && (one.clicked() || is_entered);
        let count = lang.fill(every, &[&all.len().to_string()]);
        let every = ui.add_enabled(can_replace, Button::new(count));
        if every.clicked() {
            commands.push(Command::Replace(Arc::clone(&all)));
        }
        shown.controls.extend([response, one, every]);
        if let Some(error) = &find.previewed.error {
            let error = lang.fill(T::ReplaceBad, &[&lang.pattern_error(error)]);
            ui.label(RichText::new(error).color(colors.error));
        }
    });
    if replaces_one && let Some(place) = place_of(&all, find.current) {
        replace_one(&all, place, &mut find.current, commands);
    }
    let is_said = find.is_replacement_said();
    let current = place_of(&all, find.current).filter(|_| find.current.is_some());
    let is_to_scroll = current != std::mem::replace(&mut model.find.previewed.scrolled_to, current);
    // A row is as high as its line: higher ones would not fit in where they are.
    let spacing = ui.spacing_mut();
    spacing.item_spacing.y = 0.0;
    spacing.button_padding.y = 0.0;
    spacing.interact_size.y = LINE;
    ScrollArea::vertical()
        .id_salt("previews")
        .max_height(LINE * LINES as f32)
        // As high with one place as with a hundred: the text below stays where it is while one types.
        .min_scrolled_height(LINE * LINES as f32)
        .auto_shrink(false)
        .show_rows(ui, LINE, all.len(), |ui, rows| {
            if let Some(current) = current.filter(|_| is_to_scroll) {
                let down = (current as f32 - rows.start as f32) * LINE;
                let size = vec2(ui.available_width(), LINE);
                let row = Rect::from_min_size(ui.max_rect().min + vec2(0.0, down), size);
                // With its neighbours: the list fades where it goes on.
                ui.scroll_to_rect(row.expand2(vec2(0.0, LINE)), None);
            }
            for place in rows {
                let preview = &all[place];
                let button = Button::new(line(preview, is_said, &text, lang, colors))
                    .selected(current == Some(place))
                    .truncate()
                    .frame_when_inactive(current == Some(place))
                    .min_size(vec2(ui.available_width(), LINE));
                let row = ui.add(button);
                if row.clicked() {
                    model.find.current = Some(preview.range);
                    commands.extend(go_to(preview.range));
                }
                shown.rows.push(row);
            }
        });
    shown
}

/// Works the previews out anew where the text or what is asked for has changed.
pub(super) fn refresh(model: &mut Model) {
    let Some(sheet) = model.sheet() else { return };
    let asked = (
        sheet.revision,
        sheet.path.clone(),
        model.find.pattern.clone(),
        model.find.is_regex,
        model.find.template.clone(),
    );
    if model.find.previewed.asked.as_ref() == Some(&asked) {
        return;
    }
    let query = Query {
        pattern: asked.2.clone(),
        is_regex: asked.3,
        ..Query::default()
    };
    let document = &sheet.document;
    let is_kept = |one: &Preview| {
        let block = document.blocks().get(document.block_at(one.range.start));
        block.is_none_or(|block| !block.mark.dropped)
    };
    let (all, error) = match previews(document.text(), &query, &asked.4) {
        Ok(all) => (all, None),
        // Why an expression is none is said beside what is looked for.
        Err(error) => (
            Vec::new(),
            Some(error).filter(|_| find_all(document.text(), &query).is_ok()),
        ),
    };
    let changed = |one: &Preview| one.before != one.after && is_kept(one);
    let all: Vec<Preview> = all.into_iter().filter(changed).collect();
    model.find.previewed = Previewed {
        asked: Some(asked),
        places: Arc::new(all.iter().map(|one| one.range).collect()),
        previews: Arc::new(all),
        error,
        scrolled_to: None,
    };
}

/// The number of the place being looked at, or of the next one behind it.
fn place_of(all: &[Preview], current: Option<CharRange>) -> Option<usize> {
    let at = current.map_or(CharIdx(0), |current| current.start);
    let place = all.partition_point(|one| one.range.start < at);
    (!all.is_empty()).then(|| place % all.len())
}

/// Replaces one and goes to the next.
fn replace_one(all: &[Preview], place: usize, current: &mut Option<CharRange>, commands: &mut Vec<Command>) {
    let Some(one) = all.get(place) else { return };
    commands.push(Command::Replace(Arc::new(vec![one.clone()])));
    let growth = i64::from(CharIdx::count(&one.after).0) - i64::from(one.range.len());
    let next = match all.get(place + 1) {
        Some(next) => Some(next.range.shifted(growth)),
        None => all.first().filter(|_| place > 0).map(|first| first.range),
    };
    *current = next;
    commands.extend(next.into_iter().flat_map(go_to));
}

fn go_to(range: CharRange) -> [Command; 2] {
    let selection = Selection {
        anchor: range.start,
        caret: range.end,
    };
    [
        Command::Select {
            selection,
            palette: false,
        },
        Command::Reveal(range),
    ]
}

/// A place before and, where that is said, after, with what stands around it.
fn line(preview: &Preview, is_said: bool, text: &Text, lang: Lang, colors: Colors) -> LayoutJob {
    let font = FontId::proportional(tokens::UI_SIZE);
    let plain = |color| TextFormat::simple(font.clone(), color);
    let start = CharIdx(preview.range.start.0.saturating_sub(CONTEXT));
    let end = CharIdx(preview.range.end.0 + CONTEXT);
    let one_line = |text: &str| text.replace('\n', "⏎");
    let mut job = LayoutJob::default();
    let before = one_line(text.slice(CharRange::new(start, preview.range.start)));
    job.append(&before, 0.0, plain(colors.faint_ink));
    if is_said {
        let mut gone = plain(colors.faint_ink);
        gone.strikethrough = Stroke::new(1.0, colors.accent);
        job.append(&one_line(&preview.before), 2.0, gone);
        job.append(" → ", 0.0, plain(colors.accent));
        if preview.after.is_empty() {
            job.append(T::LeavesNothing.of(lang), 0.0, plain(colors.accent));
        } else {
            job.append(&one_line(&preview.after), 0.0, plain(colors.ink));
        }
    } else {
        job.append(&one_line(&preview.before), 2.0, plain(colors.ink));
    }
    let after = one_line(text.slice(CharRange::new(preview.range.end, end)));
    job.append(&after, 2.0, plain(colors.faint_ink));
    job
}
