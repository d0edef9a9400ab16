//! Figures that contradict each other: both places, the arithmetic, and a way to put a finding away.

use std::sync::Arc;

use egui::{Align, Button, Frame, Layout, Margin, RichText, ScrollArea, Ui};

use super::text_view;
use super::tokens::Colors;
use crate::annot::{Document, Status};
use crate::app::command::{Command, FigureCommand, Selection};
use crate::app::figures::dismissal;
use crate::app::model::Model;
use crate::i18n::{Lang, T};
use crate::suggest::figures::checks::{Finding, FindingKind};

/// Findings shown at a time: cards are laid out whether they are in sight or not.
const MOST: usize = 100;
/// What is left below the findings where no place is doubted, in points.
const ROOM_BELOW: f32 = 48.0;

/// Shows the findings.
pub fn show(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let Some(sheet) = model.sheet() else { return };
    let lang = model.lang;
    let colors = Colors::of(ui.ctx().theme());
    let all = Arc::clone(&sheet.figures.all);
    let document = &sheet.document;
    // Findings of another text have no places in this one.
    let end = document.text().len();
    let is_here = |finding: &&Finding| finding.places.iter().all(|place| place.end <= end);
    if all.findings.is_empty() {
        ui.add(egui::Label::new(RichText::new(T::FindingsNone.of(lang)).color(colors.faint_ink)).wrap());
    }
    // The doubts below need room too: a few of the many, or the line that says there are none.
    let most = if sheet.doubts.all.is_empty() {
        ui.available_height() - ROOM_BELOW
    } else {
        ui.available_height() * 0.5
    };
    let area = ScrollArea::vertical().id_salt("findings").max_height(most);
    area.auto_shrink([false, true]).show(ui, |ui| {
        for finding in all.findings.iter().filter(is_here).take(MOST) {
            show_finding(ui, lang, document, finding, commands);
        }
        let more = all.findings.len().saturating_sub(MOST);
        if more > 0 {
            ui.label(RichText::new(lang.fill(T::FindingsMore, &[&more.to_string()])).color(colors.faint_ink));
        }
        if all.put_away > 0 {
            let text = lang.fill(T::FindingsPutAway, &[&all.put_away.to_string()]);
            let restore = ui.add(Button::new(text).frame_when_inactive(false));
            if restore.on_hover_text(T::FindingsRestore.of(lang)).clicked() {
                commands.push(FigureCommand::RestoreDismissed.into());
            }
        }
    });
}

fn kind_text(kind: FindingKind) -> T {
    match kind {
        FindingKind::DifferentNumbers => T::CheckDifferentNumbers,
        FindingKind::DifferentModifiers => T::CheckDifferentModifiers,
        FindingKind::Slip => T::CheckSlip,
        FindingKind::Growth => T::CheckGrowth,
        FindingKind::Shares => T::CheckShares,
        FindingKind::UnequalLists => T::CheckUnequalLists,
        FindingKind::ImpossibleDate => T::CheckImpossibleDate,
        FindingKind::WrongWeekday => T::CheckWrongWeekday,
        FindingKind::PercentOutOfRange => T::CheckPercentOutOfRange,
    }
}

fn show_finding(ui: &mut Ui, lang: Lang, document: &Document, finding: &Finding, commands: &mut Vec<Command>) {
    let colors = Colors::of(ui.ctx().theme());
    let card = Frame::new()
        .fill(colors.card)
        .corner_radius(5)
        .inner_margin(Margin::same(8));
    card.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(kind_text(finding.kind).of(lang)).strong());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let put_away = ui.add(Button::new("×").frame_when_inactive(false));
                let put_away = put_away.on_hover_text(T::FindingDismiss.of(lang));
                if put_away.accessible_name(T::FindingDismiss.of(lang)).clicked() {
                    commands.push(FigureCommand::Dismiss(dismissal(document, finding)).into());
                    text_view::take_keyboard(ui);
                }
            });
        });
        let arithmetic = match lang {
            Lang::Zh => &finding.zh,
            Lang::En => &finding.en,
        };
        ui.add(egui::Label::new(arithmetic).wrap());
        ui.horizontal_wrapped(|ui| {
            for &place in &finding.places {
                let paragraph = (document.block_at(place.start) + 1).to_string();
                let words: String = document.text().slice(place).chars().take(24).collect();
                let button = ui.button(words).on_hover_text(lang.fill(T::Paragraph, &[&paragraph]));
                if button.clicked() {
                    let mut tags = document.spans().overlapping(place);
                    let tag = tags.find(|span| span.range == place && span.mark.status == Status::Accepted);
                    commands.push(match tag {
                        Some(tag) => Command::Choose(Some(tag.id), false),
                        None => Command::Select {
                            selection: Selection {
                                anchor: place.start,
                                caret: place.end,
                            },
                            palette: false,
                        },
                    });
                    commands.push(Command::Reveal(place));
                    text_view::take_keyboard(ui);
                }
            }
        });
    });
    ui.add_space(6.0);
}
