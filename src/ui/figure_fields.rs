//! The fields in which a figure's meaning is read and changed, part by part.

use egui::{ComboBox, Id, Key, Modifiers, TextEdit, Ui, vec2};

use super::figures_panel::table;
use super::text_view;
use super::tokens::{self, Colors};
use super::widgets::select_all;
use crate::annot::{Span, SpanId};
use crate::app::command::{Command, FigureCommand};
use crate::app::figures::parts::{Part, with_approx, with_kind};
use crate::app::figures::value_of;
use crate::app::figures::values::has_value;
use crate::app::figures::wording::{APPROXES, KINDS, approx_text, kind_text};
use crate::app::sheet::Sheet;
use crate::i18n::{Lang, T};
use crate::suggest::figures::conversions::convert;
use crate::suggest::figures::{FigureLabel, FigureValue, Kind};

/// The space between a name and its field, and between two fields, in points.
const GAP: f32 = 6.0;
/// The height of a field, in points.
pub(super) const HEIGHT: f32 = 28.0;

/// Where the fields stand: both places may show the same figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the card over the text.
    Card,
    /// Below the table.
    Details,
}

/// What is being typed into a field, and for which figure: kept until the field is left, as one step for undo.
#[derive(Clone, Debug)]
struct Draft {
    figure: SpanId,
    typed: String,
}

fn name(part: Part) -> T {
    match part {
        Part::Value => T::FigureValue,
        Part::Min => T::FigureMin,
        Part::Max => T::FigureMax,
        Part::Unit => T::FigureUnit,
        Part::Timex => T::FigureTimex,
    }
}

fn field_id(place: Place, part: Part) -> Id {
    Id::unique(("figure part", place, part))
}

/// Lets the first field of the card take the keyboard as soon as it is there.
pub fn take_keyboard(ctx: &egui::Context) {
    ctx.data_mut(|data| data.insert_temp(Id::unique("figure card takes keyboard"), true));
}

/// Gives the keyboard to the first field of a figure, with what stands there selected to be typed over.
pub fn focus_first(ui: &Ui, place: Place, span: &Span) {
    let value = meaning(span);
    if let Some(&part) = Part::of(&value).first() {
        let id = field_id(place, part);
        ui.memory_mut(|memory| memory.request_focus(id));
        select_all(ui, id, &part.read(&value));
    }
}

/// Whether the keyboard is to go to the first field of the card, which is there: asked once.
fn takes_keyboard(ui: &Ui) -> bool {
    // Before its size is known the card is laid out without being there.
    !ui.is_sizing_pass()
        && ui
            .data_mut(|data| data.remove_temp::<bool>(Id::unique("figure card takes keyboard")))
            .is_some()
}

/// What a tag means; of one of which nobody has said it, no more than its label.
fn meaning(span: &Span) -> FigureValue {
    let is_time = span.mark.label.as_str() == FigureLabel::Time.as_str();
    value_of(span).unwrap_or(FigureValue::of(if is_time { Kind::Date } else { Kind::Count }))
}

/// Shows what a figure means, to be changed. Nothing for tags of other labels.
pub fn show(ui: &mut Ui, lang: Lang, place: Place, sheet: &Sheet, span: &Span, commands: &mut Vec<Command>) {
    settle(ui, place, sheet, Some(span.id), commands);
    if !has_value(&span.mark.label) {
        return;
    }
    let value = meaning(span);
    let names = name_width(ui, lang);
    let (width, whole) = (half_width(ui, names), whole_width(ui, names));
    let parts = Part::of(&value);
    if place == Place::Card && takes_keyboard(ui) {
        focus_first(ui, place, span);
    }
    for pair in parts.chunks(2) {
        line(ui, |ui| {
            for &part in pair {
                field_name(ui, name(part).of(lang), names);
                // A time value is long, and nothing stands beside it.
                let width = if part == Part::Timex && pair.len() == 1 {
                    whole
                } else {
                    width
                };
                field(ui, (lang, place, span.id), &value, part, width, commands);
            }
        });
    }
    for &part in &parts {
        let id = field_id(place, part);
        let draft = ui.data(|data| data.get_temp::<Draft>(id));
        let draft = draft.filter(|draft| draft.figure == span.id && part.write(&value, &draft.typed).is_none());
        if let Some(draft) = draft.filter(|_| !ui.memory(|memory| memory.has_focus(id))) {
            let why = match part {
                Part::Timex => T::FigureNoTime,
                Part::Min | Part::Max if matches!(value.kind, Kind::Date | Kind::Time) => T::FigureNoTime,
                _ => T::FigureNoNumber,
            };
            why_not(ui, &lang.fill(why, &[draft.typed.trim()]));
        }
    }
    line(ui, |ui| {
        field_name(ui, T::FigureKind.of(lang), names);
        let kinds = KINDS.map(|kind| (kind_text(kind).of(lang), with_kind(&value, kind)));
        let chosen = kind_text(value.kind).of(lang);
        choice(
            ui,
            (place, T::FigureKind, lang),
            width,
            chosen,
            &kinds,
            span.id,
            commands,
        );
        if !matches!(value.kind, Kind::Date | Kind::Time) || value.approx.is_some() {
            field_name(ui, T::FigureApprox.of(lang), names);
            let ways = APPROXES.map(|approx| (approx_text(approx).of(lang), with_approx(&value, approx)));
            let chosen = approx_text(value.approx).of(lang);
            choice(
                ui,
                (place, T::FigureApprox, lang),
                width,
                chosen,
                &ways,
                span.id,
                commands,
            );
        }
    });
}

/// What a figure comes to in digits and international units, or the code of its unit; `None` where that says no more than
/// its fields.
#[must_use]
pub fn converted(span: &Span) -> Option<String> {
    let value = value_of(span)?;
    let code = value.unit.as_ref().and_then(|unit| unit.code.clone());
    let Some(converted) = convert(&value) else { return code };
    let fields = [Part::Value, Part::Unit].map(|part| part.read(&value));
    (converted != fields[0] && converted != fields.concat()).then(|| format!("= {converted}"))
}

/// Makes of what was typed for another figure its value, as far as it is one: a field may be gone in the frame in which it
/// is left.
pub fn settle(ui: &Ui, place: Place, sheet: &Sheet, shown: Option<SpanId>, commands: &mut Vec<Command>) {
    for part in [Part::Value, Part::Min, Part::Max, Part::Unit, Part::Timex] {
        let id = field_id(place, part);
        let draft = ui.data(|data| data.get_temp::<Draft>(id));
        let Some(draft) = draft.filter(|draft| Some(draft.figure) != shown) else {
            continue;
        };
        let value = sheet.tag(draft.figure).map(meaning);
        if value
            .as_ref()
            .is_some_and(|value| part.write(value, &draft.typed).is_none())
        {
            // It is there to be put right when its figure is shown again.
            continue;
        }
        ui.data_mut(|data| data.remove::<Draft>(id));
        if let Some(value) = value {
            commit(&value, part, &draft, commands);
        }
    }
}

fn commit(value: &FigureValue, part: Part, draft: &Draft, commands: &mut Vec<Command>) {
    let changed = part.write(value, &draft.typed);
    if let Some(changed) = changed.filter(|changed| changed != value) {
        commands.push(FigureCommand::SetValue(draft.figure, changed).into());
    }
}

/// A line of names and fields, two lines where one has no room.
pub(super) fn line<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let line = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        contents(ui)
    });
    line.inner
}

/// Says below a field why it does not take what was typed.
pub(super) fn why_not(ui: &mut Ui, why: &str) {
    let ink = Colors::of(ui.ctx().theme()).error;
    ui.add(egui::Label::new(egui::RichText::new(why).small().color(ink)).wrap());
}

/// Lets a button with a list have the keyboard while the list is open, so that Esc closes the list and means nothing more.
pub(super) fn keep_keys(ui: &Ui, place: Place, button: &egui::Response, is_open: bool) {
    if !is_open {
        return;
    }
    if button.clicked() {
        button.request_focus();
    }
    let filter = egui::EventFilter {
        escape: true,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(button.id, filter));
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        give_back(ui, place);
    }
}

fn give_back(ui: &Ui, place: Place) {
    match place {
        Place::Card => text_view::take_keyboard(ui),
        Place::Details => table::take_keyboard(ui),
    }
}

/// The width of each of two fields in a line, with names as wide as `names` before them; of one in a line, where there is
/// no room for two.
pub(super) fn half_width(ui: &Ui, names: f32) -> f32 {
    const LEAST: f32 = 84.0;
    let half = (ui.available_width() - 2.0 * names - 3.0 * GAP) / 2.0;
    if half >= LEAST { half } else { whole_width(ui, names) }
}

/// The width of the only field in a line, with a name as wide as `names` before it.
fn whole_width(ui: &Ui, names: f32) -> f32 {
    (ui.available_width() - names - 2.0 * GAP).max(0.0)
}

/// The width of the longest name of a field.
pub(super) fn name_width(ui: &Ui, lang: Lang) -> f32 {
    let names = [
        T::FigureValue,
        T::FigureMin,
        T::FigureMax,
        T::FigureUnit,
        T::FigureTimex,
        T::FigureKind,
        T::FigureApprox,
        T::FigureHolder,
        T::FigureCounted,
        T::FigureTime,
    ];
    let font = egui::FontId::proportional(tokens::SMALL_SIZE);
    let width = |text: T| {
        let words = text.of(lang).to_owned();
        let galley = ui
            .painter()
            .layout_no_wrap(words, font.clone(), egui::Color32::PLACEHOLDER);
        galley.rect.width()
    };
    names.into_iter().map(width).fold(0.0, f32::max).ceil()
}

/// The name of a field before it.
pub(super) fn field_name(ui: &mut Ui, name: &str, width: f32) -> egui::Response {
    let colors = Colors::of(ui.ctx().theme());
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), egui::Sense::hover());
    let font = egui::FontId::proportional(tokens::SMALL_SIZE);
    let (at, align) = (rect.left_center(), egui::Align2::LEFT_CENTER);
    ui.painter().text(at, align, name, font, colors.faint_ink);
    response
}

fn field(
    ui: &mut Ui,
    (lang, place, figure): (Lang, Place, SpanId),
    value: &FigureValue,
    part: Part,
    width: f32,
    commands: &mut Vec<Command>,
) {
    let colors = Colors::of(ui.ctx().theme());
    let id = field_id(place, part);
    let draft = ui.data(|data| data.get_temp::<Draft>(id));
    let draft = draft.filter(|draft| draft.figure == figure);
    let saved = part.read(value);
    let mut typed = draft.map_or_else(|| saved.clone(), |draft| draft.typed);
    let is_readable = part.write(value, &typed).is_some();
    let mut field = TextEdit::singleline(&mut typed).id(id);
    if !is_readable {
        field = field.text_color(colors.error);
    }
    let response = ui.add_sized(vec2(width, HEIGHT), field);
    let response = response.accessible_name(name(part).of(lang));
    if response.lost_focus() {
        let is_given_up = ui.input(|input| input.key_pressed(Key::Escape));
        // What cannot be stays to be put right.
        if is_given_up || part.write(value, &typed).is_some() {
            ui.data_mut(|data| data.remove::<Draft>(id));
        }
        if !is_given_up {
            commit(value, part, &Draft { figure, typed }, commands);
        }
        leave(ui, place);
    } else if response.changed() {
        ui.data_mut(|data| data.insert_temp(id, Draft { figure, typed }));
    }
}

/// Gives the keyboard back to the text or the table after Enter or Esc, which means nothing more to them; Tab goes to the
/// next field.
pub(super) fn leave(ui: &Ui, place: Place) {
    let consume = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if consume(Key::Enter) || consume(Key::Escape) {
        give_back(ui, place);
    }
}

/// A choice among values, each with its name.
fn choice(
    ui: &mut Ui,
    (place, field, lang): (Place, T, Lang),
    width: f32,
    chosen: &str,
    ways: &[(&str, FigureValue)],
    figure: SpanId,
    commands: &mut Vec<Command>,
) {
    let combo = ComboBox::from_id_salt(("figure choice", place, field as u32))
        .width(width)
        .height(360.0)
        .truncate()
        .selected_text(chosen);
    let response = combo.show_ui(ui, |ui| {
        for (name, value) in ways {
            if ui.selectable_label(*name == chosen, *name).clicked() && *name != chosen {
                commands.push(FigureCommand::SetValue(figure, value.clone()).into());
            }
        }
    });
    let is_shown = response.inner.is_some();
    let field = response.response.accessible_name(field.of(lang));
    keep_keys(ui, place, &field, is_shown);
}
