//! The rows and columns. The table has the keyboard as a whole: the keys are about the chosen row.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, Color32, EventFilter, FontId, Id, Key, Modifiers, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use super::cell::{self, Went};
use crate::annot::SpanId;
use crate::app::command::{Command, UiCommand, Verdict};
use crate::app::figures::table::{Arrangement, Column};
use crate::app::figures::wording::short_value;
use crate::app::figures::{Row, Tabulated};
use crate::app::sheet::Sheet;
use crate::formats::figures::sentence_around;
use crate::i18n::{Lang, T};
use crate::text::{CharIdx, CharRange};
use crate::ui::figure_fields::{self, Place};
use crate::ui::text_view;
use crate::ui::tokens::{self, Colors};

/// The height of a row.
const HEIGHT: f32 = 24.0;
/// Room for the scroll bar beside the rows.
const BAR: f32 = 10.0;
/// No cell is wider than this many characters, and a sentence may be very long.
const WIDEST: u32 = 200;

/// The characters of a sentence that are shown before its figure.
const BEFORE: u32 = 10;

/// Each column with its least width in points, and its share of the width that no words need.
const WIDTHS: [(Column, f32, f32); 8] = [
    (Column::Printed, 86.0, 0.5),
    (Column::Value, 104.0, 0.2),
    (Column::Unit, 44.0, 0.1),
    (Column::Kind, 72.0, 0.1),
    (Column::Counted, 80.0, 0.6),
    (Column::Time, 84.0, 0.2),
    (Column::Holder, 100.0, 0.4),
    (Column::Sentence, 150.0, 12.0),
];
/// What a narrow panel leaves out, the first of these first; the line below the table has all of it.
const LEFT_OUT: [Column; 6] = [
    Column::Holder,
    Column::Time,
    Column::Sentence,
    Column::Kind,
    Column::Counted,
    Column::Unit,
];

/// The most em that the words of a column make it wider for: longer ones are rare, and cut.
const LONGEST: f32 = 22.0;
/// Room around the words of a cell, in points.
const PADDING: f32 = 14.0;

/// The columns that a width has room for, with their widths: each gets what its long words need before the sentence gets
/// the rest. `lengths` are those of the words, in the order of [`Column::ALL`].
fn columns(width: f32, lengths: &[f32; Column::ALL.len()]) -> Vec<(Column, f32)> {
    let mut columns = WIDTHS.to_vec();
    let sum = |columns: &[(Column, f32, f32)]| columns.iter().map(|(_, least, _)| least).sum::<f32>();
    for column in LEFT_OUT {
        if sum(&columns) <= width {
            break;
        }
        columns.retain(|(other, ..)| *other != column);
    }
    let left = (width - sum(&columns)).max(0.0);
    let lacking = |(column, least, _): &(Column, f32, f32)| {
        let length = Column::ALL.iter().zip(lengths).find(|(other, _)| *other == column);
        let words = length.map_or(0.0, |(_, length)| length.min(LONGEST) * tokens::UI_SIZE + PADDING);
        (words - least).max(0.0)
    };
    let all_lacking: f32 = columns.iter().map(lacking).sum();
    let filled = if all_lacking > left { left / all_lacking } else { 1.0 };
    let rest = left - all_lacking * filled;
    let shares: f32 = columns.iter().map(|(.., share)| share).sum();
    columns
        .iter()
        .map(|column| (column.0, column.1 + lacking(column) * filled + rest * column.2 / shares))
        .collect()
}

/// The id by which the table has the keyboard.
fn id() -> Id {
    Id::unique("figures table")
}

/// Gives the keyboard to the table.
pub fn take_keyboard(ui: &Ui) {
    ui.memory_mut(|memory| memory.request_focus(id()));
}

fn column_text(column: Column) -> T {
    match column {
        Column::Printed => T::FigurePrinted,
        Column::Value => T::FigureValue,
        Column::Unit => T::FigureUnit,
        Column::Kind => T::FigureKind,
        Column::Counted => T::FigureCounted,
        Column::Time => T::FigureTime,
        Column::Holder => T::FigureHolder,
        Column::Sentence => T::FigureSentence,
    }
}

/// Shows the table. The keyboard comes to its first row where it is sent there `from_filter`.
pub fn show(ui: &mut Ui, lang: Lang, sheet: &mut Sheet, from_filter: bool, commands: &mut Vec<Command>) {
    let order = sheet.figures.order(&sheet.document, lang);
    let all = Arc::clone(&sheet.figures.all);
    let columns = columns(ui.available_width() - BAR, sheet.figures.lengths());
    let whole = ui.available_rect_before_wrap();
    header(ui, lang, &columns, &mut sheet.figures.arrangement);
    let table = ui.interact(whole, id(), Sense::focusable_noninteractive());
    table.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, T::TabFigures.of(lang)));
    if std::mem::take(&mut sheet.figures.takes_keyboard) {
        table.request_focus();
        if place_of(&all, &order, sheet.chosen).is_none() {
            choose(&all, &order, 0, commands);
        }
    }
    if from_filter {
        take_keyboard(ui);
        choose(&all, &order, 0, commands);
    }
    cell::follow(ui, sheet, commands);
    keys(ui, sheet, &all, &order, commands);
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().id_salt("figures table").auto_shrink(false);
    if let Some(place) = place_to_reveal(sheet, &all, &order) {
        area = area.vertical_scroll_offset(place.saturating_sub(4) as f32 * HEIGHT);
    }
    area.show_rows(ui, HEIGHT, order.len(), |ui, shown| {
        sheet.figures.in_sight.0 = shown.clone();
        for &number in &order[shown] {
            if let Some(row) = all.rows.get(number as usize) {
                let rect = table_row(ui, lang, sheet, (&all, row), &columns, commands);
                let name = |column| column_text(column).of(lang);
                let went = cell::show(ui, sheet, row, cells(&columns, rect), name, commands);
                if went != Went::Nowhere {
                    take_keyboard(ui);
                }
                if went == Went::On
                    && let Some(place) = place_of(&all, &order, Some(row.id))
                {
                    choose(&all, &order, (place + 1).min(order.len() - 1), commands);
                }
            }
        }
    });
    if table.has_focus() {
        let colors = Colors::of(ui.ctx().theme());
        let stroke = Stroke::new(1.5, colors.accent);
        ui.painter().hline(whole.x_range(), whole.top() + HEIGHT, stroke);
    }
}

/// The place of a figure in the order of the table.
fn place_of(all: &Tabulated, order: &[u32], figure: Option<SpanId>) -> Option<usize> {
    let figure = figure?;
    order
        .iter()
        .position(|number| all.rows.get(*number as usize).is_some_and(|row| row.id == figure))
}

/// The place in the table of a figure that was just chosen, where it is out of sight.
fn place_to_reveal(sheet: &mut Sheet, all: &Tabulated, order: &[u32]) -> Option<usize> {
    let (in_sight, revealed) = &mut sheet.figures.in_sight;
    if *revealed == sheet.chosen {
        return None;
    }
    *revealed = sheet.chosen;
    let place = place_of(all, order, sheet.chosen)?;
    // The first and the last row may be cut by the edge.
    let is_in_sight = (place > in_sight.start || place == 0 && in_sight.start == 0) && place + 1 < in_sight.end;
    (!is_in_sight).then_some(place)
}

/// Chooses the row at a place, and shows it in the text.
fn choose(all: &Tabulated, order: &[u32], place: usize, commands: &mut Vec<Command>) {
    let row = order.get(place).and_then(|number| all.rows.get(*number as usize));
    if let Some(row) = row {
        commands.extend([Command::Choose(Some(row.id), false), Command::Reveal(row.range)]);
    }
}

/// The keys of the table while it has the keyboard.
fn keys(ui: &Ui, sheet: &mut Sheet, all: &Tabulated, order: &[u32], commands: &mut Vec<Command>) {
    if !ui.memory(|memory| memory.has_focus(id())) {
        return;
    }
    let filter = EventFilter {
        tab: true,
        vertical_arrows: true,
        escape: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id(), filter));
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let plain = |key| pressed(Modifiers::NONE, key);
    let place = place_of(all, order, sheet.chosen);
    let page = sheet.figures.in_sight.0.len().saturating_sub(2).max(1);
    let here = place.unwrap_or(0);
    let last = order.len().saturating_sub(1);
    let steps = [
        (Key::ArrowDown, place.map_or(0, |place| place + 1)),
        (Key::ArrowUp, here.saturating_sub(1)),
        (Key::PageDown, here + page),
        (Key::PageUp, here.saturating_sub(page)),
        (Key::Home, 0),
        (Key::End, last),
    ];
    if place.is_none_or(|place| place == 0) && plain(Key::ArrowUp) {
        super::take_filter(ui);
        return;
    }
    for (key, to) in steps {
        if plain(key) {
            choose(all, order, to.min(last), commands);
        }
    }
    for (modifiers, key, command) in [
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::Z, UiCommand::Redo),
        (Modifiers::COMMAND, Key::Z, UiCommand::Undo),
        (Modifiers::COMMAND, Key::Y, UiCommand::Redo),
    ] {
        if pressed(modifiers, key) {
            commands.push(Command::Ui(command));
        }
    }
    if plain(Key::Escape) || pressed(Modifiers::SHIFT, Key::Tab) {
        text_view::take_keyboard(ui);
    }
    let (Some(place), Some(chosen)) = (place, sheet.chosen) else {
        return;
    };
    if plain(Key::Tab)
        && let Some(span) = sheet.tag(chosen)
    {
        figure_fields::focus_first(ui, Place::Details, span);
    }
    if plain(Key::Enter) {
        sheet.figures.typing = Some(cell::begin(Column::Value, chosen));
    }
    let verdicts = [
        (Key::Space, Verdict::Accept),
        (Key::Backspace, Verdict::Reject),
        (Key::Delete, Verdict::Reject),
    ];
    for (key, verdict) in verdicts {
        if !plain(key) {
            continue;
        }
        match sheet.suggestions.get(chosen) {
            Some(suggestion) => {
                commands.push(Command::Judge(vec![suggestion.clone()], verdict));
                choose(all, order, (place + 1).min(last), commands);
            }
            None if key == Key::Space => choose(all, order, (place + 1).min(last), commands),
            None if key == Key::Delete => commands.push(Command::Ui(UiCommand::Remove)),
            None => {}
        }
    }
}

/// The cells of a row on the screen.
fn cells(columns: &[(Column, f32)], row: Rect) -> impl Iterator<Item = (Column, Rect)> {
    let mut left = row.left();
    columns.iter().map(move |&(column, width)| {
        let cell = Rect::from_min_size(pos2(left, row.top()), vec2(width, row.height()));
        left += width;
        (column, cell)
    })
}

/// Writes words into a cell: numbers end below each other, everything else begins so; what is too long ends with `…`, or
/// is told in the fewer words of `short`.
fn write(ui: &Ui, column: Column, cell: Rect, words: &str, short: Option<&str>, style: (f32, Color32)) {
    let cell = cell.shrink2(vec2(5.0, 0.0));
    let (size, ink) = style;
    let galley = |words: &str| {
        let words = words
            .chars()
            .take(WIDEST as usize)
            .map(|c| if c == '\n' { ' ' } else { c })
            .collect();
        let mut job = LayoutJob::single_section(words, TextFormat::simple(FontId::proportional(size), ink));
        job.wrap = TextWrapping::truncate_at_width(cell.width());
        ui.painter().layout_job(job)
    };
    let whole = galley(words);
    let galley = short.filter(|_| whole.elided).map_or(whole, galley);
    let align = match column {
        Column::Value => Align2::RIGHT_CENTER,
        _ => Align2::LEFT_CENTER,
    };
    let place = align.align_size_within_rect(galley.size(), cell);
    ui.painter().galley(place.min, galley, ink);
}

fn header(ui: &mut Ui, lang: Lang, columns: &[(Column, f32)], arrangement: &mut Arrangement) {
    let colors = Colors::of(ui.ctx().theme());
    let width: f32 = columns.iter().map(|(_, width)| width).sum();
    let (rect, _) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    for (column, cell) in cells(columns, rect) {
        let name = column_text(column).of(lang);
        let response = ui.interact(cell, ui.scope_id().with(("column", column)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let mark = match (arrangement.column == column, arrangement.is_descending) {
            (false, _) => "",
            (true, false) => " ▲",
            (true, true) => " ▼",
        };
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(cell, 2.0, colors.hover);
        }
        let words = format!("{name}{mark}");
        let style = (tokens::SMALL_SIZE, colors.faint_ink);
        write(ui, column, cell, &words, None, style);
        if response.clicked() {
            let again = arrangement.column == column;
            arrangement.is_descending = again && !arrangement.is_descending;
            arrangement.column = column;
        }
    }
    let line = Stroke::new(1.0, colors.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
}

fn table_row(
    ui: &mut Ui,
    lang: Lang,
    sheet: &mut Sheet,
    (all, row): (&Tabulated, &Row),
    columns: &[(Column, f32)],
    commands: &mut Vec<Command>,
) -> Rect {
    let colors = Colors::of(ui.ctx().theme());
    let width = columns.iter().map(|(_, width)| width).sum();
    let (rect, _) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    // The row keeps its id while the table scrolls or is sorted, and leaves the keyboard to the table.
    let response = ui.interact(rect, Id::unique(("figure row", row.id.0)), Sense::CLICK);
    let is_chosen = sheet.chosen == Some(row.id);
    response.widget_info(|| {
        let words = format!("{} {} {} {}", row.printed, row.number(), row.unit(), row.counted);
        WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, words)
    });
    if is_chosen {
        ui.painter().rect_filled(rect, 2.0, colors.selection);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 2.0, colors.hover);
    }
    // A suggestion is fainter, and its mark is too: nobody stands by it yet.
    let ink = if row.is_accepted || is_chosen {
        colors.ink
    } else {
        colors.faint_ink
    };
    for (column, cell) in cells(columns, rect) {
        if column == Column::Sentence {
            let ink = if is_chosen { colors.ink } else { colors.faint_ink };
            write(ui, column, cell, &near(sheet, row), None, (tokens::UI_SIZE, ink));
        } else {
            let words = column.cell(&sheet.document, &all.rows, row, lang);
            let short = match column {
                Column::Value => row.value.as_ref().and_then(|value| short_value(value, lang)),
                _ => None,
            };
            write(ui, column, cell, &words, short.as_deref(), (tokens::UI_SIZE, ink));
        }
    }
    let left = rect.left() + 1.0;
    let stroke = Stroke::new(2.0, if row.is_accepted { colors.accent } else { colors.line });
    ui.painter().vline(left, rect.top() + 4.0..=rect.bottom() - 4.0, stroke);
    if response.clicked() {
        commands.extend([Command::Choose(Some(row.id), false), Command::Reveal(row.range)]);
        take_keyboard(ui);
    }
    if response.double_clicked() {
        let under = response.interact_pointer_pos();
        let column = cells(columns, rect).find(|(_, cell)| under.is_some_and(|at| cell.contains(at)));
        let column = match column {
            Some((Column::Unit, _)) => Column::Unit,
            _ => Column::Value,
        };
        sheet.figures.typing = Some(cell::begin(column, row.id));
    }
    response.on_hover_ui(|ui| {
        ui.set_max_width(360.0);
        ui.label(sentence_around(sheet.document.text(), row.sentence, row.range));
    });
    rect
}

/// The sentence from a little before the figure: in a long one it would stand out of sight.
fn near(sheet: &Sheet, row: &Row) -> String {
    let text = sheet.document.text();
    let start = CharIdx(row.range.start.0.saturating_sub(BEFORE)).max(row.sentence.start);
    let end = row.sentence.end.min(start + CharIdx(WIDEST)).max(start);
    let words = text.slice(CharRange::new(start, end));
    if start == row.sentence.start {
        words.trim().to_owned()
    } else {
        format!("…{}", words.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_panel_leaves_columns_out_and_a_wide_one_is_filled() {
        let columns = |width| columns(width, &[0.0; Column::ALL.len()]);
        let names = |width| -> Vec<Column> { columns(width).into_iter().map(|(column, _)| column).collect() };
        assert_eq!(names(1000.0), Column::ALL);
        assert!(!names(600.0).contains(&Column::Holder) && names(600.0).contains(&Column::Sentence));
        assert_eq!(
            names(392.0),
            [
                Column::Printed,
                Column::Value,
                Column::Unit,
                Column::Kind,
                Column::Counted
            ]
        );
        assert_eq!(names(200.0), [Column::Printed, Column::Value]);
        for width in [200.0, 392.0, 600.0, 1000.0] {
            let sum: f32 = columns(width).iter().map(|(_, width)| width).sum();
            assert!((sum - width).abs() < 0.1, "{sum} of {width}");
        }
    }
    #[test]
    fn words_are_not_cut_while_there_is_room_for_them() {
        let mut lengths = [0.0; Column::ALL.len()];
        // In the order of the columns: 16 em are printed, 12 are counted.
        (lengths[0], lengths[4]) = (16.0, 12.0);
        let width = |all: f32, column| {
            let columns = columns(all, &lengths);
            columns.into_iter().find(|(other, _)| *other == column).unwrap().1
        };
        for all in [960.0, 1500.0] {
            assert!(width(all, Column::Printed) >= 16.0 * tokens::UI_SIZE);
            assert!(width(all, Column::Counted) >= 12.0 * tokens::UI_SIZE);
            assert!(width(all, Column::Sentence) >= 150.0);
        }
        // What is left beyond that is the sentence's.
        assert!(width(1500.0, Column::Sentence) > 550.0);
        // One that is too long by far takes no more than it may.
        lengths[0] = 500.0;
        assert!(columns(1500.0, &lengths)[0].1 < 400.0);
    }
}
