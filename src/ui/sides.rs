//! The panels at the sides of the text, and how wide they are.

use egui::{Frame, Id, Margin, Panel, Ui};

use super::text_view;
use super::tokens::Colors;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::panes::Pane;

/// Characters of a line of the text that stay in sight whatever stands beside it.
const LEAST_CHARS: f32 = 20.0;
/// Characters of a raw line that are seen at least.
const LEAST_RAW_CHARS: f32 = 12.0;

/// Which panels are shown in this frame, and what room there is for them.
pub(super) struct Sides {
    shown: Vec<Pane>,
    /// The width of the window, in points.
    window: f32,
    /// What is left when the text and all panels are as narrow as they can be.
    slack: f32,
    /// How much of that the panels shown so far have left.
    left: f32,
    /// The size of the text.
    em: f32,
}

impl Sides {
    /// Finds out which panels have room in a window of that width.
    pub fn fit(model: &mut Model, window: f32) -> Self {
        let em = model.settings.text_size_pt;
        // Very large type in a small window: then half of it is the text's.
        let text = text_view::width_for(LEAST_CHARS, em).min(window / 2.0);
        let shown = model.fit_panes(|pane| least(pane, em), window - text);
        let all: f32 = shown.iter().map(|&pane| least(pane, em)).sum();
        let slack = (window - text - all).max(0.0);
        Self {
            shown,
            window,
            slack,
            left: slack,
            em,
        }
    }

    /// Shows a panel, if it has room, as wide as its edge was dragged to; before it is dragged, as wide as is usual. The
    /// width to which it is dragged is kept.
    pub fn show(
        &mut self,
        pane: Pane,
        ui: &mut Ui,
        model: &mut Model,
        commands: &mut Vec<Command>,
        contents: impl FnOnce(&mut Ui, &mut Model, &mut Vec<Command>),
    ) {
        if !self.shown.contains(&pane) {
            return;
        }
        let name = pane.name();
        let (usual, least) = (self.usual(pane), least(pane, self.em));
        let kept = model.settings.view.widths.get(name).copied();
        let kept = kept.filter(|width| width.is_finite());
        // The panel remembers its width by its id: with another usual width it begins anew.
        let id = Id::unique((name, kept.is_none().then_some(usual.round() as u32)));
        let panel = match pane {
            Pane::Articles | Pane::Outline => Panel::left(id),
            Pane::Raw | Pane::Right => Panel::right(id),
        };
        let colors = Colors::of(ui.ctx().theme());
        let frame = match pane {
            Pane::Articles | Pane::Right => Frame::new().fill(colors.desk).inner_margin(Margin::symmetric(10, 8)),
            Pane::Outline | Pane::Raw => Frame::new().fill(colors.paper).inner_margin(Margin::symmetric(6, 6)),
        };
        let shown = panel
            .frame(frame)
            .default_size(kept.unwrap_or(usual))
            .size_range(least..=(least + self.left))
            .show(ui, |ui| contents(ui, model, commands));
        let width = shown.response.rect.width();
        self.left = (self.left - (width - least).max(0.0)).max(0.0);
        // The window's own size moves the edge too: only what happens between a press and a release is the editor's.
        let id = Id::unique(("panel", name));
        if ui.input(|input| input.pointer.any_pressed()) {
            ui.data_mut(|data| data.insert_temp(id, width));
        }
        if ui.input(|input| input.pointer.any_released())
            && let Some(before) = ui.data(|data| data.get_temp::<f32>(id))
            && (before - width).abs() >= 1.0
        {
            commands.push(Command::PanelWidth(name, width));
        }
    }

    /// The width of a panel until its edge is dragged: what it would like, but of the slack no more than its share, for
    /// the text has one too.
    fn usual(&self, pane: Pane) -> f32 {
        let wish = match pane {
            Pane::Articles => 190.0,
            // A heading has more characters than eleven; where there is room, most of them are seen.
            Pane::Outline => (self.window * 0.15).clamp(200.0, 400.0),
            Pane::Raw => self.window * 0.3,
            // In a window of 1280 points the reading column keeps its 36 characters; beyond 1820 the text leaves room.
            Pane::Right => (self.window * 0.33).min(600.0) + ((self.window - 1820.0) * 0.55).clamp(0.0, 400.0),
        };
        let least = least(pane, self.em);
        let share = self.slack / (self.shown.len() + 1) as f32;
        wish.clamp(least, least + share)
    }
}

/// The width below which a panel is of no use, in points.
fn least(pane: Pane, em: f32) -> f32 {
    match pane {
        Pane::Articles | Pane::Outline => 140.0,
        Pane::Raw => super::raw_view::width_for(LEAST_RAW_CHARS, em),
        Pane::Right => 240.0,
    }
}
