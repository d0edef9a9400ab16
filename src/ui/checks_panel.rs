//! What may be wrong in the text, in order; a click goes there and offers the fix.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Button, FontId, RichText, ScrollArea, Ui, vec2};

use super::text_view;
use super::tokens::{self, Colors};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::i18n::T;
use crate::text::doubt::{Doubt, Reason};
use crate::text::{CharIdx, CharRange, Text};

/// Characters of the text shown before and behind a place.
const CONTEXT: u32 = 5;
/// The height of a line.
const LINE: f32 = 26.0;

/// Shows the panel.
pub fn show(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let Some(sheet) = model.sheet() else { return };
    let lang = model.lang;
    let colors = Colors::of(ui.ctx().theme());
    let doubts = Arc::clone(&sheet.doubts.all);
    if doubts.is_empty() {
        let text = if sheet.doubts.revision.is_none() {
            T::ChecksRunning
        } else {
            T::ChecksEmpty
        };
        ui.add(egui::Label::new(RichText::new(text.of(lang)).color(colors.faint_ink)).wrap());
        put_away(ui, model, commands);
        return;
    }
    ui.horizontal(|ui| {
        let count = lang.fill(T::ChecksCount, &[&doubts.len().to_string()]);
        ui.label(RichText::new(count).color(colors.faint_ink));
        put_away(ui, model, commands);
    });
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical()
        .id_salt("doubts")
        .auto_shrink(false)
        .show_rows(ui, LINE, doubts.len(), |ui, rows| {
            for doubt in &doubts[rows] {
                let is_current = sheet.doubts.current == Some(doubt.range);
                let reason = reason_text(doubt.reason).of(lang);
                let button = Button::new(line(doubt, sheet.document.text(), colors))
                    .selected(is_current)
                    .frame_when_inactive(is_current)
                    .truncate()
                    .right_text(RichText::new(reason).small().color(colors.faint_ink));
                let response = ui.add_sized(vec2(ui.available_width(), LINE), button);
                if response.on_hover_text(reason_hint(doubt.reason).of(lang)).clicked() {
                    commands.push(Command::ShowDoubt(Some(doubt.range)));
                    text_view::take_keyboard(ui);
                }
            }
        });
}

/// How many doubts were put away; a click shows them again.
fn put_away(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let count = model.sheet().map_or(0, |sheet| sheet.doubts.put_away);
    if count > 0 {
        let text = model.lang.fill(T::FindingsPutAway, &[&count.to_string()]);
        let restore = ui.add(Button::new(text).frame_when_inactive(false));
        if restore.on_hover_text(T::FindingsRestore.of(model.lang)).clicked() {
            commands.push(Command::RestoreDoubts);
        }
    }
}

/// The doubted characters among their neighbours, and what they should be.
fn line(doubt: &Doubt, text: &Text, colors: Colors) -> LayoutJob {
    let font = FontId::proportional(tokens::UI_SIZE);
    let plain = |color| TextFormat::simple(font.clone(), color);
    let start = CharIdx(doubt.range.start.0.saturating_sub(CONTEXT));
    let end = CharIdx(doubt.range.end.0 + CONTEXT);
    let before = text.slice(CharRange::new(start, doubt.range.start));
    let after = text.slice(CharRange::new(doubt.range.end, end));
    let mut job = LayoutJob::default();
    // Within its own line: what stands beyond the line's ends says nothing here.
    job.append(
        before.rsplit('\n').next().unwrap_or_default(),
        0.0,
        plain(colors.faint_ink),
    );
    job.append(text.slice(doubt.range), 0.0, plain(colors.error));
    job.append(
        after.split('\n').next().unwrap_or_default(),
        0.0,
        plain(colors.faint_ink),
    );
    job
}

/// Why a place is doubted, in a word or two.
#[must_use]
pub fn reason_text(reason: Reason) -> T {
    match reason {
        Reason::LookAlike => T::LookAlike,
        Reason::Radical => T::Radical,
        Reason::LetterInNumber => T::LetterInNumber,
        Reason::DigitInWord => T::DigitInWord,
        Reason::ImpossibleMarks => T::ImpossibleMarks,
        Reason::HalfWidthMark => T::HalfWidthMark,
        Reason::BrokenNumber => T::BrokenNumber,
        Reason::UnpairedMark => T::UnpairedMark,
    }
}

/// Why a place is doubted, in a sentence.
#[must_use]
pub fn reason_hint(reason: Reason) -> T {
    match reason {
        Reason::LookAlike => T::LookAlikeHint,
        Reason::Radical => T::RadicalHint,
        Reason::LetterInNumber => T::LetterInNumberHint,
        Reason::DigitInWord => T::DigitInWordHint,
        Reason::ImpossibleMarks => T::ImpossibleMarksHint,
        Reason::HalfWidthMark => T::HalfWidthMarkHint,
        Reason::BrokenNumber => T::BrokenNumberHint,
        Reason::UnpairedMark => T::UnpairedMarkHint,
    }
}
