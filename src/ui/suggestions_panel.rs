//! What the machine proposes, by how sure it is and by text; a click walks through the places.

use std::sync::Arc;

use egui::{Align, Button, Frame, Layout, Panel, RichText, ScrollArea, Ui, vec2};

use super::text_view;
use super::tokens::Colors;
use crate::annot::Span;
use crate::app::command::{Command, UiCommand, Verdict};
use crate::app::model::Model;
use crate::app::sheet::Sheet;
use crate::app::suggestions::{Group, Tier};
use crate::i18n::{Lang, T};

/// The height of a line.
const HEIGHT: f32 = 30.0;

/// A line of the list.
enum Line<'a> {
    Tier(Tier, usize),
    Group(&'a Group),
}

/// Shows the panel.
pub fn show(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let Some(sheet) = model.sheet() else { return };
    let lang = model.lang;
    let colors = Colors::of(ui.ctx().theme());
    if !model.settings.suggestions {
        ui.label(RichText::new(T::SuggestionsHidden.of(lang)).color(colors.faint_ink));
        let (name, hint) = UiCommand::ShowSuggestions.texts();
        if ui.button(name.of(lang)).on_hover_text(hint.of(lang)).clicked() {
            commands.push(Command::Ui(UiCommand::ShowSuggestions));
        }
        return;
    }
    let open = Arc::clone(&sheet.suggestions.open);
    if open.rejected > 0 {
        Panel::bottom("rejected").frame(Frame::new()).show(ui, |ui| {
            let text = lang.fill(T::RejectedCount, &[&open.rejected.to_string()]);
            let restore = ui.add(Button::new(text).frame_when_inactive(false));
            if restore.on_hover_text(T::RejectedRestore.of(lang)).clicked() {
                commands.push(Command::RestoreRejected);
            }
        });
    }
    if open.groups.is_empty() {
        let text = if sheet.suggestions.is_searching() {
            T::Searching
        } else {
            T::NoSuggestions
        };
        ui.label(RichText::new(text.of(lang)).color(colors.faint_ink));
        return;
    }
    let keys = RichText::new(T::SuggestionsKeys.of(lang))
        .small()
        .color(colors.faint_ink);
    ui.add(egui::Label::new(keys).wrap());
    let lines = lines(&open.groups);
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical()
        .auto_shrink(false)
        .show_rows(ui, HEIGHT, lines.len(), |ui, rows| {
            for line in &lines[rows] {
                match line {
                    Line::Tier(tier, count) => tier_line(ui, lang, *tier, *count, &open.groups, commands),
                    Line::Group(group) => group_line(ui, lang, sheet, group, commands),
                }
            }
        });
}

fn lines(groups: &[Group]) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(groups.len() + 3);
    let mut last = None;
    for group in groups {
        if last != Some(group.tier) {
            last = Some(group.tier);
            let of_tier = groups.iter().filter(|other| other.tier == group.tier);
            lines.push(Line::Tier(group.tier, of_tier.map(|group| group.spans.len()).sum()));
        }
        lines.push(Line::Group(group));
    }
    lines
}

/// A tier; only what is sure can be accepted in one go.
fn tier_line(ui: &mut Ui, lang: Lang, tier: Tier, count: usize, groups: &[Group], commands: &mut Vec<Command>) {
    let colors = Colors::of(ui.ctx().theme());
    let text = match tier {
        Tier::Sure => T::TierSure,
        Tier::Likely => T::TierLikely,
        Tier::Unsure => T::TierUnsure,
    };
    ui.horizontal(|ui| {
        ui.set_min_height(HEIGHT);
        ui.label(RichText::new(text.of(lang)).strong());
        ui.label(RichText::new(count.to_string()).color(colors.faint_ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if tier == Tier::Sure && ui.button(T::AcceptTier.of(lang)).clicked() {
                let of_tier = groups.iter().filter(|group| group.tier == tier);
                let all: Vec<Span> = of_tier.flat_map(|group| group.spans.iter().cloned()).collect();
                commands.push(Command::Judge(all, Verdict::Accept));
                text_view::take_keyboard(ui);
            }
        });
    });
}

/// The suggestions on one text: a click goes to the next of them, the marks judge all.
fn group_line(ui: &mut Ui, lang: Lang, sheet: &Sheet, group: &Group, commands: &mut Vec<Command>) {
    let colors = Colors::of(ui.ctx().theme());
    let place = sheet
        .chosen
        .and_then(|chosen| group.spans.iter().position(|span| span.id == chosen));
    let count = match (place, group.spans.len()) {
        (_, 1) => String::new(),
        (Some(place), count) => format!("{}/{count}", place + 1),
        (None, count) => format!("×{count}"),
    };
    let row = vec2(ui.available_width(), HEIGHT);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let verdicts = [
            ("×", colors.error, T::RejectAllOf, Verdict::Reject),
            ("✔", colors.good, T::AcceptAllOf, Verdict::Accept),
        ];
        for (mark, color, name, verdict) in verdicts {
            let name = lang.fill(name, &[&group.name]);
            let button = Button::new(RichText::new(mark).color(color)).frame_when_inactive(false);
            let response = ui.add(button).on_hover_text(&name).accessible_name(name);
            if response.clicked() {
                commands.push(Command::Judge(group.spans.clone(), verdict));
                text_view::take_keyboard(ui);
            }
        }
        let label = sheet.document.labels().get(&group.label);
        let width = ui.available_width();
        let button = Button::new(&group.name)
            .selected(place.is_some())
            .truncate()
            .frame_when_inactive(false)
            .right_text(RichText::new(count).color(colors.faint_ink));
        let response = ui.add_sized(vec2(width, HEIGHT), button);
        if let Some(label) = label {
            let swatch =
                egui::Rect::from_center_size(response.rect.left_center() + vec2(1.0, 0.0), vec2(3.0, HEIGHT - 8.0));
            ui.painter().rect_filled(swatch, 1.0, colors.label(label.color));
        }
        let name = label.map_or(group.label.as_str(), |label| lang.label(label));
        if response.on_hover_text(name).clicked() {
            let next = place.map_or(0, |place| (place + 1) % group.spans.len());
            let span = &group.spans[next];
            commands.extend([Command::Choose(Some(span.id), true), Command::Reveal(span.range)]);
            text_view::take_keyboard(ui);
        }
    });
}
