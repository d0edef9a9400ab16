//! The strip of tags that were carried to the other places of a name: keep all, or veto each.

use egui::{Button, RichText, ScrollArea, Ui};

use super::text_view;
use super::tokens::Colors;
use crate::annot::Document;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::propagation::Propagation;
use crate::i18n::T;
use crate::text::{CharIdx, CharRange};

/// Characters of context on either side of a mention.
const CONTEXT: i64 = 8;

/// Shows the strip.
pub fn show(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let Some(sheet) = model.sheet() else { return };
    let Some(strip) = &sheet.propagation else { return };
    let lang = model.lang;
    let colors = Colors::of(ui.ctx().theme());
    ui.horizontal(|ui| {
        let count = strip.spans.len().to_string();
        ui.label(RichText::new(lang.fill(T::OthersTagged, &[&strip.text, &count])).strong());
        let keep = Button::new(RichText::new(T::KeepAll.of(lang)).color(colors.on_accent)).fill(colors.accent);
        if ui
            .add(keep.shortcut_text(RichText::new("Enter").color(colors.on_accent)))
            .clicked()
        {
            commands.push(Command::Propagation(None));
            text_view::take_keyboard(ui);
        }
        if ui.button(T::RemoveThese.of(lang)).clicked() {
            commands.push(Command::RemoveSpans(strip.spans.clone()));
            text_view::take_keyboard(ui);
        }
    });
    ScrollArea::horizontal().show(ui, |ui| {
        ui.horizontal(|ui| {
            // A name that stands in thousands of places is vetoed from the text itself.
            for (n, &id) in strip.spans.iter().enumerate().take(200) {
                let Some(span) = sheet.document.spans().get(id) else {
                    continue;
                };
                let context = context(&sheet.document, span.range);
                let mention = ui.add(Button::new(RichText::new(context)).selected(n == strip.current));
                if mention.clicked() {
                    let looked_at = Propagation {
                        current: n,
                        ..strip.clone()
                    };
                    commands.extend([Command::Propagation(Some(looked_at)), Command::Reveal(span.range)]);
                    text_view::take_keyboard(ui);
                }
                let veto = ui.add(Button::new("×").frame_when_inactive(false));
                if veto
                    .on_hover_text(T::RemoveThis.of(lang))
                    .accessible_name(T::RemoveThis.of(lang))
                    .clicked()
                {
                    commands.push(Command::RemoveSpans(vec![id]));
                    text_view::take_keyboard(ui);
                }
                ui.add_space(6.0);
            }
        });
    });
}

/// A mention with what stands around it.
fn context(document: &Document, range: CharRange) -> String {
    let text = document.text();
    let (start, end) = (range.start.offset(-CONTEXT), range.end.offset(CONTEXT).min(text.len()));
    let before = text.slice(CharRange::new(start, range.start));
    let after = text.slice(CharRange::new(range.end, end));
    let cut = |part: &str| part.replace('\n', " ");
    let open = if start > CharIdx(0) { "…" } else { "" };
    let close = if end < text.len() { "…" } else { "" };
    format!("{open}{}【{}】{}{close}", cut(before), text.slice(range), cut(after))
}
