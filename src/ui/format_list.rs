//! The formats to choose from: by what they are for, and found by what is typed.

use egui::{Align, Button, ComboBox, Key, Layout, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use super::tokens::Colors;
use crate::app::exchange::FormatSearch;
use crate::formats::{self, Format, Nesting, Purpose};
use crate::i18n::{Lang, T};

/// Shows the list in all the height that there is. `chosen` is a format's id.
pub fn show(ui: &mut Ui, lang: Lang, chosen: &mut String, search: &mut FormatSearch) {
    let before = chosen.clone();
    find(ui, lang, chosen, search);
    let moved = *chosen != before;
    let found = found(lang, &search.typed);
    let colors = Colors::of(ui.ctx().theme());
    ScrollArea::vertical()
        .id_salt("formats")
        .auto_shrink(false)
        .show(ui, |ui| {
            // All of them are seen at once where the window is not small.
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.spacing_mut().button_padding.y = 0.0;
            ui.spacing_mut().interact_size.y = 20.0;
            let rows = Layout::top_down_justified(Align::Min);
            ui.with_layout(rows, |ui| {
                for purpose in Purpose::ALL {
                    let mut formats = found.iter().filter(|format| format.purpose == purpose).peekable();
                    if formats.peek().is_none() {
                        continue;
                    }
                    let name = RichText::new(purpose_name(purpose).of(lang)).small();
                    ui.label(name.color(colors.faint_ink));
                    for format in formats {
                        let is_chosen = *chosen == format.id;
                        let id = RichText::new(format.id).small().color(colors.faint_ink);
                        let row = ui.add(Button::selectable(is_chosen, (lang.format_name(format), id)).truncate());
                        let row = row.on_hover_text(description(lang, format)).accessible_name(format.id);
                        if row.clicked() {
                            format.id.clone_into(chosen);
                        }
                        if is_chosen && (moved || search.is_new) {
                            row.scroll_to_me(None);
                        }
                    }
                }
                if found.is_empty() {
                    ui.colored_label(colors.faint_ink, T::FindNone.of(lang));
                }
            });
        });
    search.is_new = false;
}

/// The field that finds: Enter takes the first that is found, the arrows go from one to the next.
fn find(ui: &mut Ui, lang: Lang, chosen: &mut String, search: &mut FormatSearch) {
    let hint = T::FindFormat.of(lang);
    let id = ui.scope_id().with("find format");
    let mut step = 0;
    if ui.memory(|memory| memory.has_focus(id)) {
        ui.input_mut(|input| {
            step += isize::from(input.consume_key(Modifiers::NONE, Key::ArrowDown));
            step -= isize::from(input.consume_key(Modifiers::NONE, Key::ArrowUp));
        });
    }
    let field = TextEdit::singleline(&mut search.typed).id(id).hint_text(hint);
    let field = ui.add(field.desired_width(f32::INFINITY)).accessible_name(hint);
    if search.is_new {
        field.request_focus();
    }
    let formats = found(lang, &search.typed);
    let place = formats.iter().position(|format| format.id == *chosen);
    let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let next = match place {
        _ if step == 0 && !is_entered => None,
        None => Some(0),
        Some(place) if step != 0 => place.checked_add_signed(step),
        Some(_) => None,
    };
    if let Some(format) = next.and_then(|next| formats.get(next)) {
        format.id.clone_into(chosen);
    }
    if is_entered {
        field.request_focus();
    }
}

/// The formats of which the name, the id or what they hold has what was typed, in the order in which they are shown.
fn found(lang: Lang, typed: &str) -> Vec<&'static Format> {
    let typed = typed.trim().to_lowercase();
    let has_it = |format: &&Format| {
        let words = [
            format.id,
            format.name,
            lang.format_name(format),
            &description(lang, format),
        ];
        words.iter().any(|words| words.to_lowercase().contains(&typed))
    };
    let of = |purpose| formats::all().iter().filter(move |format| format.purpose == purpose);
    Purpose::ALL.into_iter().flat_map(of).filter(has_it).collect()
}

fn purpose_name(purpose: Purpose) -> T {
    match purpose {
        Purpose::Training => T::ForTraining,
        Purpose::Tagging => T::ForTagging,
        Purpose::Edition => T::ForEdition,
        Purpose::Table => T::ForTable,
        Purpose::Whole => T::ForWhole,
    }
}

/// What a format holds, in a line.
pub fn description(lang: Lang, format: &Format) -> String {
    let holds = format.holds;
    let nesting = match holds.nesting {
        Nesting::Any => T::HoldsOverlaps,
        Nesting::Depth(1) => T::HoldsFlat,
        Nesting::Depth(_) => T::HoldsNested,
    };
    let parts = [
        (true, nesting),
        (holds.values, T::HoldsValues),
        (holds.entities, T::HoldsEntities),
        (holds.relations, T::HoldsRelations),
        (holds.notes, T::HoldsNotes),
        (!format.imports(), T::ExportOnly),
    ];
    let held = parts.iter().filter(|(holds, _)| *holds).map(|(_, text)| text.of(lang));
    held.collect::<Vec<_>>().join(" · ")
}

/// The box in which the editor picks one of the formats.
pub fn format_box(ui: &mut Ui, lang: Lang, chosen: &str, wanted: impl Fn(&Format) -> bool) -> Option<&'static str> {
    let mut picked = None;
    let name = formats::by_id(chosen).map_or("–", |format| lang.format_name(format));
    ComboBox::from_id_salt("format")
        .width(280.0)
        .height(ui.ctx().content_rect().height() * 0.6)
        .selected_text(name)
        .show_ui(ui, |ui| {
            for format in found(lang, "").into_iter().filter(|format| wanted(format)) {
                if ui
                    .selectable_label(format.id == chosen, lang.format_name(format))
                    .clicked()
                {
                    picked = Some(format.id);
                }
            }
        });
    picked
}
