//! The cell of the table that is being typed into: a value or a unit.

use egui::{Align, Align2, Id, Key, Margin, Rect, TextEdit, Ui, UiBuilder};

use crate::annot::SpanId;
use crate::app::command::{Command, FigureCommand};
use crate::app::figures::parts::{Part, read_number, write_number};
use crate::app::figures::table::{Column, Typing};
use crate::app::figures::{Row, value_of};
use crate::app::sheet::Sheet;
use crate::suggest::figures::{FigureValue, Kind};
use crate::ui::tokens::Colors;
use crate::ui::widgets::select_all;

/// Where the keyboard goes from the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Went {
    /// It stays, or has gone elsewhere.
    Nowhere,
    /// Back to the table.
    Back,
    /// Back to the table, to the next row.
    On,
}

fn id() -> Id {
    Id::unique("figures cell")
}

/// A cell of a figure, to be typed into from the next time that its row is shown.
pub(super) fn begin(column: Column, figure: SpanId) -> Typing {
    Typing {
        figure,
        column,
        typed: String::new(),
        is_begun: false,
    }
}

/// Gives up a cell that was not begun before another figure was chosen, and takes in what was typed into one whose row
/// has gone out of sight.
pub(super) fn follow(ui: &Ui, sheet: &mut Sheet, commands: &mut Vec<Command>) {
    let Some(mut typing) = sheet.figures.typing.take() else {
        return;
    };
    if !typing.is_begun {
        // A suggestion whose value was just written is a tag now, under another number.
        if sheet.tag(typing.figure).is_none() {
            typing.figure = sheet.chosen.unwrap_or(typing.figure);
        }
        sheet.figures.typing = (sheet.chosen == Some(typing.figure)).then_some(typing);
    } else if ui.memory(|memory| memory.has_focus(id())) || was_just_left(ui) {
        sheet.figures.typing = Some(typing);
    } else {
        commit(sheet, &typing, false, commands);
    }
}

/// Whether the cell has lost the keyboard since it was shown last: [`show`] sees to it.
fn was_just_left(ui: &Ui) -> bool {
    ui.ctx()
        .read_response(id())
        .is_some_and(|response| response.lost_focus())
}

/// Shows the cell over what stands there, if it is one of this row. `name` is what the column is called.
pub(super) fn show(
    ui: &mut Ui,
    sheet: &mut Sheet,
    row: &Row,
    mut cells: impl Iterator<Item = (Column, Rect)>,
    name: impl Fn(Column) -> &'static str,
    commands: &mut Vec<Command>,
) -> Went {
    let Some(mut typing) = sheet.figures.typing.take_if(|typing| typing.figure == row.id) else {
        return Went::Nowhere;
    };
    let cell = cells.find(|(column, _)| *column == typing.column);
    let (Some((column, cell)), Some(value)) = (cell, meaning(sheet, typing.figure)) else {
        return Went::Back;
    };
    let is_new = !typing.is_begun;
    if is_new {
        typing.is_begun = true;
        typing.typed = match column {
            Column::Unit => Part::Unit.read(&value),
            _ => read_number(&value),
        };
    }
    let colors = Colors::of(ui.ctx().theme());
    let is_readable = written(column, &value, &typing.typed).is_some();
    let along = match column {
        Column::Unit => Align::Min,
        _ => Align::Max,
    };
    let field = TextEdit::singleline(&mut typing.typed)
        .id(id())
        .margin(Margin::symmetric(4, 2))
        .text_color(if is_readable { colors.ink } else { colors.error })
        .align(Align2([along, Align::Center]))
        .lock_focus(true);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(cell));
    let response = inside.add_sized(cell.size(), field).accessible_name(name(column));
    if is_new {
        response.request_focus();
        select_all(ui, id(), &typing.typed);
    }
    let is_pressed = |key| !is_new && ui.input(|input| input.key_pressed(key));
    if is_pressed(Key::Tab) {
        commit(sheet, &typing, false, commands);
        let other = match column {
            Column::Unit => Column::Value,
            _ => Column::Unit,
        };
        sheet.figures.typing = Some(begin(other, typing.figure));
        return Went::Nowhere;
    }
    if is_new || !response.lost_focus() {
        sheet.figures.typing = Some(typing);
        return Went::Nowhere;
    }
    if is_pressed(Key::Escape) {
        return Went::Back;
    }
    let is_entered = is_pressed(Key::Enter);
    if is_entered && !is_readable {
        // It stays until it is a number, or given up.
        response.request_focus();
        sheet.figures.typing = Some(typing);
        return Went::Nowhere;
    }
    commit(sheet, &typing, is_entered, commands);
    if is_entered { Went::On } else { Went::Nowhere }
}

fn meaning(sheet: &Sheet, figure: SpanId) -> Option<FigureValue> {
    let span = sheet.tag(figure)?;
    Some(value_of(span).unwrap_or(FigureValue::of(Kind::Count)))
}

/// The value with what was typed into a column; `None` where that is no number.
fn written(column: Column, value: &FigureValue, typed: &str) -> Option<FigureValue> {
    match column {
        Column::Unit => Part::Unit.write(value, typed),
        _ => write_number(value, typed),
    }
}

/// Makes what was typed the value, as far as it is one. Where the editor has `confirmed` it, a suggestion is right even if
/// nothing has changed.
fn commit(sheet: &Sheet, typing: &Typing, confirmed: bool, commands: &mut Vec<Command>) {
    let Some(value) = meaning(sheet, typing.figure) else {
        return;
    };
    let Some(changed) = written(typing.column, &value, &typing.typed) else {
        return;
    };
    if changed != value || (confirmed && sheet.suggestions.get(typing.figure).is_some()) {
        commands.push(FigureCommand::SetValue(typing.figure, changed).into());
    }
}
