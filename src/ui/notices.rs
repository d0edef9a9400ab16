//! Sentences to the editor, above the status bar.

use std::time::Duration;

use egui::accesskit::Live;
use egui::{Align2, Area, Button, Frame, Id, Margin, Order, ScrollArea, Stroke, Ui, vec2};

use super::text_view;
use super::tokens::Colors;
use crate::app::command::{Command, UiCommand};
use crate::app::model::Model;
use crate::app::notices::{About, Notice, Weight};
use crate::i18n::T;

/// As wide as a sentence gets, in points.
const WIDTH: f32 = 560.0;
/// As much of the window's height as they take; beyond, they are scrolled.
const SHARE_OF_HEIGHT: f32 = 0.5;
/// So many are put away together.
const MANY: usize = 3;
/// After so long a notice that is looked at is told again to stay.
const HELD_FOR: Duration = Duration::from_secs(1);

/// Shows the notices, the newest lowest.
pub fn show(ui: &Ui, model: &Model, commands: &mut Vec<Command>) {
    if model.notices.is_empty() {
        return;
    }
    let last_step = model.last_step();
    let height = ui.ctx().content_rect().height() * SHARE_OF_HEIGHT;
    let area = Area::new(Id::unique("notices"))
        .order(Order::Foreground)
        .anchor(Align2::LEFT_BOTTOM, vec2(16.0, -44.0));
    area.show(ui.ctx(), |ui| {
        // The room of before is not that of now: another notice may have come.
        let scroll = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        scroll.stick_to_bottom(true).show(ui, |ui| {
            for notice in &model.notices {
                let shown = ui.push_id(notice.id, |ui| one(ui, model, notice, last_step, commands));
                let is_looked_at = shown.response.contains_pointer() || shown.inner;
                if is_looked_at && notice.weight == Weight::Passing {
                    commands.push(Command::HoldNotice(notice.id));
                    // Nothing moves while somebody reads.
                    ui.ctx().request_repaint_after(HELD_FOR);
                }
            }
            let lasting = model.notices.iter().filter(|notice| notice.weight == Weight::Lasting);
            let lasting: Vec<u64> = lasting.map(|notice| notice.id).collect();
            let all = model.lang.fill(T::CloseAll, &[&lasting.len().to_string()]);
            if lasting.len() >= MANY && ui.button(all).clicked() {
                commands.extend(lasting.into_iter().map(Command::CloseNotice));
            }
        });
    });
}

/// Shows a notice; whether the keyboard is in it.
fn one(ui: &mut Ui, model: &Model, notice: &Notice, last_step: Option<About>, commands: &mut Vec<Command>) -> bool {
    let colors = Colors::of(ui.ctx().theme());
    let (edge, live) = match notice.weight {
        Weight::Passing => (colors.line, Live::Polite),
        Weight::Lasting => (colors.accent, Live::Assertive),
    };
    let frame = Frame::popup(ui.style())
        .inner_margin(Margin::symmetric(12, 8))
        .stroke(Stroke::new(1.0, edge));
    let mut has_keyboard = false;
    frame.show(ui, |ui| {
        ui.set_max_width(WIDTH);
        ui.horizontal(|ui| {
            let text = ui.add(egui::Label::new(&notice.text).wrap());
            // Read aloud when it comes: an error at once, the rest when nothing else is being said.
            ui.ctx().accesskit_node_builder(text.id, |node| node.set_live(live));
            if notice.about.is_some() && notice.about == last_step {
                let (undo, hint) = UiCommand::Undo.texts();
                let undo = ui.button(undo.of(model.lang)).on_hover_text(hint.of(model.lang));
                has_keyboard |= undo.has_focus();
                if undo.clicked() {
                    commands.extend([Command::Ui(UiCommand::Undo), Command::CloseNotice(notice.id)]);
                    text_view::take_keyboard(ui);
                }
            }
            let close = ui.add(Button::new("×").frame_when_inactive(false));
            let close = close.accessible_name(T::Close.of(model.lang));
            has_keyboard |= close.has_focus();
            if close.clicked() {
                commands.push(Command::CloseNotice(notice.id));
            }
        });
    });
    has_keyboard
}
