//! What is said of a figure beside its value: whose it is, what it measures and when, each to be corrected.

use egui::{Button, ComboBox, Id, Key, RichText, TextEdit, Ui, vec2};

use super::figure_fields::{HEIGHT, Place, field_name, half_width, keep_keys, leave, line, name_width, why_not};
use super::tokens::Colors;
use crate::annot::fact::{Facts, Role, Said};
use crate::annot::{Span, SpanId};
use crate::app::command::{Command, FigureCommand};
use crate::app::figures::relations::{FactChoice, candidates};
use crate::app::figures::table::Column;
use crate::app::figures::wording::role_text;
use crate::app::figures::{Row, Tabulated};
use crate::app::sheet::Sheet;
use crate::i18n::{Lang, T};
use crate::suggest::figures::FigureLabel;

/// The width of the button that opens the choices beside a field, in points.
const ARROW: f32 = 26.0;

/// A figure of the table with what the choices are made from.
struct Told<'a> {
    lang: Lang,
    place: Place,
    sheet: &'a Sheet,
    table: &'a Tabulated,
    row: &'a Row,
    said: [Option<Said>; 3],
}

/// Shows the fact of a figure. Nothing for times, and until the table has the figure.
pub fn show(ui: &mut Ui, lang: Lang, place: Place, sheet: &Sheet, span: &Span, commands: &mut Vec<Command>) {
    if span.mark.label.as_str() != FigureLabel::Figure.as_str() {
        return;
    }
    let table = &sheet.figures.all;
    let Some(row) = table.rows.iter().find(|row| row.id == span.id) else {
        return;
    };
    let facts = Facts::of(&sheet.document);
    let told = Told {
        lang,
        place,
        sheet,
        table,
        row,
        said: Role::ALL.map(|role| facts.said(&sheet.document, row.id, role)),
    };
    let names = name_width(ui, lang);
    let half = half_width(ui, names);
    line(ui, |ui| {
        for role in [Role::HeldBy, Role::AtTime] {
            name(ui, &told, role, names);
            choice(ui, &told, role, half, commands);
        }
    });
    let unknown = line(ui, |ui| {
        name(ui, &told, Role::MeasureOf, names);
        measure(ui, &told, commands)
    });
    if let Some(words) = unknown {
        why_not(ui, &lang.fill(T::FactNoWords, &[&words]));
    }
}

/// The name of a part before it; the editor's own word is underlined.
fn name(ui: &mut Ui, told: &Told, role: Role, width: f32) {
    let name = field_name(ui, role_text(role).of(told.lang), width);
    if told.said[role as usize].is_some() {
        let colors = Colors::of(ui.ctx().theme());
        let stroke = egui::Stroke::new(1.5, colors.accent);
        let rect = name.rect;
        ui.painter().hline(rect.x_range(), rect.bottom() - 4.0, stroke);
        name.on_hover_text(T::FactByHand.of(told.lang));
    }
}

impl Told<'_> {
    fn words(&self, role: Role) -> String {
        let column = match role {
            Role::HeldBy => Column::Holder,
            Role::MeasureOf => Column::Counted,
            Role::AtTime => Column::Time,
        };
        let words = column.cell(&self.sheet.document, &self.table.rows, self.row, self.lang);
        words.replace('\n', " ")
    }

    /// The choices for a part of the fact; the one that holds is marked.
    fn choices(&self, ui: &mut Ui, role: Role, commands: &mut Vec<Command>) {
        let said = self.said[role as usize];
        let words = self.words(role);
        let as_read = (FactChoice::AsRead, T::FactAsRead.of(self.lang), said.is_none());
        let nothing = (
            FactChoice::Nothing,
            T::FactNothing.of(self.lang),
            said == Some(Said::Nothing),
        );
        for (choice, name, is_so) in [as_read, nothing] {
            if ui.selectable_label(is_so, name).clicked() {
                commands.push(FigureCommand::SetFact(self.row.id, role, choice).into());
            }
        }
        ui.separator();
        let open = &self.sheet.suggestions.open;
        let mut is_near = true;
        for candidate in candidates(&self.sheet.document, open, self.table, self.row, role) {
            if is_near && !candidate.is_near {
                ui.separator();
            }
            is_near = candidate.is_near;
            let is_so = matches!(said, Some(Said::Tag(_))) && candidate.words == words;
            if ui.selectable_label(is_so, &candidate.words).clicked() {
                commands.push(FigureCommand::SetFact(self.row.id, role, candidate.choice).into());
            }
        }
    }
}

/// Who or when: one of the names or times around.
fn choice(ui: &mut Ui, told: &Told, role: Role, width: f32, commands: &mut Vec<Command>) {
    let words = told.words(role);
    let combo = ComboBox::from_id_salt(("fact", told.place, role))
        .width(width)
        .height(320.0)
        .truncate()
        .selected_text(if words.is_empty() { "—" } else { &words });
    // The width of a combo box is its least: a long name would push the rest out of the panel.
    let response = ui.scope(|ui| {
        ui.set_max_width(width);
        combo.show_ui(ui, |ui| told.choices(ui, role, commands))
    });
    let response = response.inner;
    let is_shown = response.inner.is_some();
    let field = response.response.accessible_name(role_text(role).of(told.lang));
    keep_keys(ui, told.place, &field, is_shown);
}

/// What is measured: words of the article, typed or chosen. Returns what was typed and is not there, once the field is
/// left.
fn measure(ui: &mut Ui, told: &Told, commands: &mut Vec<Command>) -> Option<String> {
    let colors = Colors::of(ui.ctx().theme());
    let id = Id::unique(("figure measure", told.place));
    let text = told.sheet.document.text().as_str();
    let draft = ui.data(|data| data.get_temp::<(SpanId, String)>(id));
    let saved = told.words(Role::MeasureOf);
    // The field goes on for another figure in the frame in which it is left.
    if let Some((figure, typed)) = draft.as_ref().filter(|(figure, _)| *figure != told.row.id)
        && text.contains(typed.trim())
    {
        ui.data_mut(|data| data.remove::<(SpanId, String)>(id));
        commands.push(FigureCommand::SetMeasure(*figure, typed.clone()).into());
    }
    let typed = draft
        .filter(|(figure, _)| *figure == told.row.id)
        .map(|(_, typed)| typed);
    let is_unknown = typed.as_ref().is_some_and(|typed| !text.contains(typed.trim()));
    let mut typed = typed.unwrap_or_else(|| saved.clone());
    let told_before = is_unknown.then(|| typed.trim().to_owned());
    let mut field = TextEdit::singleline(&mut typed)
        .id(id)
        .hint_text(T::FactWordsHint.of(told.lang));
    if is_unknown {
        field = field.text_color(colors.error);
    }
    let width = ui.available_width() - ARROW - ui.spacing().item_spacing.x;
    let response = ui.add_sized(vec2(width, HEIGHT), field);
    let name = role_text(Role::MeasureOf).of(told.lang);
    let response = response.accessible_name(name);
    if response.lost_focus() {
        let is_given_up = ui.input(|input| input.key_pressed(Key::Escape));
        // Words that are not there stay to be put right.
        if is_given_up || text.contains(typed.trim()) {
            ui.data_mut(|data| data.remove::<(SpanId, String)>(id));
        }
        if !is_given_up && text.contains(typed.trim()) && typed.trim() != saved.trim() {
            commands.push(FigureCommand::SetMeasure(told.row.id, typed).into());
        }
        leave(ui, told.place);
    } else if response.changed() {
        ui.data_mut(|data| data.insert_temp(id, (told.row.id, typed)));
    }
    let button = Button::new(RichText::new("▾").color(colors.faint_ink)).min_size(vec2(ARROW, HEIGHT));
    let (button, list) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        told.choices(ui, Role::MeasureOf, commands);
    });
    let button = button.accessible_name(told.lang.fill(T::FactOthers, &[name]));
    keep_keys(ui, told.place, &button, list.is_some());
    told_before.filter(|_| !response.has_focus())
}
