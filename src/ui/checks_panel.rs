//! What may be wrong: figures that contradict each other, tags that contradict each other, characters that were misread.
//! One list; each entry names its places, and is put right or put away.

mod card;
mod put_away;

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Button, FontId, Id, Layout, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::text_view;
use super::tokens::{self, Colors};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::sheet::Sheet;
use crate::i18n::{Lang, T};
use crate::text::doubt::{Doubt, Reason};
use crate::text::{CharIdx, CharRange, Text};

/// Characters of the text shown before and behind a place.
const CONTEXT: u32 = 5;
/// The height of a doubt's line.
const LINE: f32 = 26.0;
/// Cards of one sort shown at a time: they are laid out whether they are in sight or not.
const MOST: usize = 100;

/// The sorts of findings, in the order of the list.
const SORTS: [T; 3] = [T::ChecksFigures, T::ChecksTags, T::ChecksText];

/// Shows the panel.
pub fn show(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let Some(sheet) = model.sheet() else { return };
    let lang = model.lang;
    let colors = Colors::of(ui.ctx().theme());
    let all = Arc::clone(&sheet.figures.all);
    let doubts = Arc::clone(&sheet.doubts.all);
    let counts = [all.findings.len(), all.tags.len(), doubts.len()];
    let is_shown = sorts(ui, lang, counts);
    put_away::show(ui, lang, &sheet.document, commands);
    if counts == [0, 0, 0] {
        let text = if sheet.doubts.revision.is_none() {
            T::ChecksRunning
        } else {
            T::ChecksNothing
        };
        ui.add(egui::Label::new(RichText::new(text.of(lang)).color(colors.faint_ink)).wrap());
        return;
    }
    // Findings of another text have no places in this one.
    let end = sheet.document.text().len();
    let area = ScrollArea::vertical().id_salt("findings").auto_shrink(false);
    area.show(ui, |ui| {
        if is_shown[0] {
            let here = all
                .findings
                .iter()
                .filter(|one| one.places.iter().all(|place| place.end <= end));
            for finding in here.take(MOST) {
                card::of_figures(ui, lang, sheet, finding, commands);
            }
            more(ui, lang, counts[0]);
        }
        if is_shown[1] {
            let here = all
                .tags
                .iter()
                .filter(|one| one.places.iter().all(|(_, place)| place.end <= end));
            for finding in here.take(MOST) {
                card::of_tags(ui, lang, sheet, finding, commands);
            }
            more(ui, lang, counts[1]);
        }
        if is_shown[2] {
            lines(ui, lang, sheet, &doubts, commands);
        }
    });
}

/// The sorts with their counts; which of them are shown.
fn sorts(ui: &mut Ui, lang: Lang, counts: [usize; 3]) -> [bool; 3] {
    let id = Id::unique("sorts of findings");
    let mut is_shown = ui.data(|data| data.get_temp::<[bool; 3]>(id)).unwrap_or([true; 3]);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (n, sort) in SORTS.into_iter().enumerate() {
            let text = format!("{} {}", sort.of(lang), counts[n]);
            let button = Button::new(RichText::new(&text).small()).selected(is_shown[n]);
            let response = ui.add(button).on_hover_text(T::ChecksShowHint.of(lang));
            if response.clicked() {
                is_shown[n] = !is_shown[n];
                ui.data_mut(|data| data.insert_temp(id, is_shown));
                text_view::take_keyboard(ui);
            }
        }
    });
    is_shown
}

fn more(ui: &mut Ui, lang: Lang, count: usize) {
    let colors = Colors::of(ui.ctx().theme());
    let more = count.saturating_sub(MOST);
    if more > 0 {
        ui.label(RichText::new(lang.fill(T::FindingsMore, &[&more.to_string()])).color(colors.faint_ink));
    }
}

/// The doubts, of which only those in sight are laid out.
fn lines(ui: &mut Ui, lang: Lang, sheet: &Sheet, doubts: &[Doubt], commands: &mut Vec<Command>) {
    let height = doubts.len() as f32 * LINE;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let clip = ui.clip_rect();
    let row_at = |y: f32| ((y - rect.top()) / LINE).max(0.0);
    let first = (row_at(clip.top()).floor() as usize).min(doubts.len());
    let last = (row_at(clip.bottom()).ceil() as usize).min(doubts.len());
    for (n, doubt) in (first..).zip(doubts.get(first..last).unwrap_or_default()) {
        let top = rect.top() + n as f32 * LINE;
        let line = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), LINE));
        let mut inside = ui.new_child(UiBuilder::new().max_rect(line).id_salt(("doubt", doubt.range.start.0)));
        doubt_line(&mut inside, lang, sheet, doubt, commands);
    }
}

fn doubt_line(ui: &mut Ui, lang: Lang, sheet: &Sheet, doubt: &Doubt, commands: &mut Vec<Command>) {
    let colors = Colors::of(ui.ctx().theme());
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let put_away = Button::new("×").frame_when_inactive(false);
        let put_away = ui.add(put_away).on_hover_text(T::DoubtDismiss.of(lang));
        if put_away.accessible_name(T::DoubtDismiss.of(lang)).clicked() {
            commands.push(Command::DismissDoubt(doubt.range));
            text_view::take_keyboard(ui);
        }
        let is_current = sheet.doubts.current == Some(doubt.range);
        let reason = reason_text(doubt.reason).of(lang);
        let button = Button::new(doubt_words(doubt, sheet.document.text(), colors))
            .selected(is_current)
            .frame_when_inactive(is_current)
            .truncate()
            .right_text(RichText::new(reason).small().color(colors.faint_ink));
        let response = ui.add_sized(vec2(ui.available_width(), LINE), button);
        if response.on_hover_text(reason_hint(doubt.reason).of(lang)).clicked() {
            commands.push(Command::ShowDoubt(Some(doubt.range)));
            text_view::take_keyboard(ui);
        }
    });
}

/// The doubted characters among their neighbours, and what they should be.
fn doubt_words(doubt: &Doubt, text: &Text, colors: Colors) -> LayoutJob {
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
