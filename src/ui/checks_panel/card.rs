//! A finding as a card: what is wrong, with the arithmetic, its places, its fix, and a way to put it away.

use egui::{Align, Button, Frame, Layout, Margin, RichText, Ui};

use crate::annot::check::TagFinding;
use crate::annot::dismissal::Dismissal;
use crate::annot::{Document, SpanId, Status};
use crate::app::command::{Command, FigureCommand, Selection};
use crate::app::figures::dismissal;
use crate::app::sheet::Sheet;
use crate::i18n::{Lang, T};
use crate::suggest::figures::checks::{Finding, FindingKind};
use crate::text::CharRange;
use crate::ui::text_view;
use crate::ui::tokens::Colors;

/// The most characters of a place that its button shows.
const SHOWN: usize = 24;

/// Characters shown on each side of a place where nothing stands.
const AROUND: i64 = 4;

pub(super) fn kind_text(kind: FindingKind) -> T {
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

/// Figures that contradict each other.
pub(super) fn of_figures(ui: &mut Ui, lang: Lang, sheet: &Sheet, finding: &Finding, commands: &mut Vec<Command>) {
    let document = &sheet.document;
    let arithmetic = match lang {
        Lang::Zh => &finding.zh,
        Lang::En => &finding.en,
    };
    let title = kind_text(finding.kind).of(lang);
    card(
        ui,
        lang,
        title,
        arithmetic,
        &|| dismissal(document, finding),
        commands,
        |ui, commands| {
            for &place in &finding.places {
                let tags = document.spans().overlapping(place);
                let accepted = tags.filter(|span| span.mark.status == Status::Accepted);
                let mut here = accepted.chain(sheet.suggestions.open.spans.overlapping(place));
                let tag = here.find(|span| span.range == place);
                go_to(ui, lang, document, place, tag.map(|tag| tag.id), commands);
            }
        },
    );
}

/// Tags that contradict each other, or themselves.
pub(super) fn of_tags(ui: &mut Ui, lang: Lang, sheet: &Sheet, finding: &TagFinding, commands: &mut Vec<Command>) {
    let document = &sheet.document;
    let title = finding.title().of(lang);
    let sentence = finding.sentence(document, lang);
    card(
        ui,
        lang,
        title,
        &sentence,
        &|| finding.dismissal(document),
        commands,
        |ui, commands| {
            for &(tag, place) in &finding.places {
                let tag = document.spans().get(tag).map(|tag| tag.id);
                go_to(ui, lang, document, place, tag, commands);
            }
            let fix = finding.fix.as_ref().zip(finding.fix_name(document, lang));
            if let (Some((fix, name)), Some(&(_, place))) = (fix, finding.places.first()) {
                let colors = Colors::of(ui.ctx().theme());
                let button = Button::new(RichText::new(name).color(colors.on_accent)).fill(colors.accent);
                if ui.add(button).clicked() {
                    commands.extend([
                        FigureCommand::PutRight(fix.clone(), place).into(),
                        Command::Reveal(place),
                    ]);
                    text_view::take_keyboard(ui);
                }
            }
        },
    );
}

fn card(
    ui: &mut Ui,
    lang: Lang,
    title: &str,
    sentence: &str,
    dismissal: &dyn Fn() -> Dismissal,
    commands: &mut Vec<Command>,
    places: impl FnOnce(&mut Ui, &mut Vec<Command>),
) {
    let colors = Colors::of(ui.ctx().theme());
    let frame = Frame::new()
        .fill(colors.card)
        .corner_radius(5)
        .inner_margin(Margin::same(8));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(title).strong());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let put_away = ui.add(Button::new("×").frame_when_inactive(false));
                let put_away = put_away.on_hover_text(T::FindingDismiss.of(lang));
                if put_away.accessible_name(T::FindingDismiss.of(lang)).clicked() {
                    commands.push(FigureCommand::Dismiss(dismissal()).into());
                    text_view::take_keyboard(ui);
                }
            });
        });
        ui.add(egui::Label::new(sentence).wrap());
        ui.horizontal_wrapped(|ui| places(ui, commands));
    });
    ui.add_space(6.0);
}

/// A place as a button: it is shown in the text, with the tag on it chosen, or selected.
fn go_to(
    ui: &mut Ui,
    lang: Lang,
    document: &Document,
    place: CharRange,
    tag: Option<SpanId>,
    commands: &mut Vec<Command>,
) {
    let paragraph = (document.block_at(place.start) + 1).to_string();
    let text = document.text();
    let mut words: String = text.slice(place).replace('\n', " ").chars().take(SHOWN).collect();
    if place.is_empty() {
        // A place where nothing stands is shown between its neighbours.
        let near = |from: i64, to: i64| text.slice(CharRange::new(place.start.offset(from), place.start.offset(to)));
        words = format!("{}‸{}", near(-AROUND, 0), near(0, AROUND)).replace('\n', " ");
    }
    let button = ui.button(words).on_hover_text(lang.fill(T::Paragraph, &[&paragraph]));
    if button.clicked() {
        commands.push(match tag {
            Some(tag) => Command::Choose(Some(tag), false),
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
