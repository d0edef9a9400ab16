//! The right panel: what is known of the article, one tab for each way of looking at it.

use std::ops::RangeInclusive;

use egui::{Button, RichText, Role, Ui, WidgetInfo};

use super::{checks_panel, entities_panel, figures_panel, suggestions_panel};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::tab::Tab;

/// The usual width of the panel in a window of that width, and how far it can be dragged, in points. In a window of 1280
/// points the reading column keeps its 36 characters.
#[must_use]
pub fn widths(window: f32) -> (f32, RangeInclusive<f32>) {
    let most = (window - 480.0).clamp(240.0, 1600.0);
    // Beyond that it is the text that leaves room.
    let usual = (window * 0.33).clamp(240.0, 600.0) + ((window - 1820.0) * 0.55).clamp(0.0, 400.0);
    (usual, 240.0..=most)
}

/// Shows the row of tabs and the chosen one.
pub fn show(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let lang = model.lang;
    // A panel shrinks to what is in it, and a short list shall not move the text.
    ui.set_min_width(ui.available_width());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for &tab in Tab::ALL {
            let is_chosen = tab == model.right_tab;
            let name = RichText::new(tab.text().of(lang));
            let button = Button::new(if is_chosen { name.strong() } else { name })
                .selected(is_chosen)
                .frame_when_inactive(is_chosen);
            let response = ui.add(button);
            response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_chosen, tab.text().of(lang)));
            if response.clicked() {
                commands.push(Command::RightTab(tab));
            }
        }
    });
    ui.add_space(4.0);
    match model.right_tab {
        Tab::Entities => entities_panel::show(ui, model, commands),
        Tab::Suggestions => suggestions_panel::show(ui, model, commands),
        Tab::Figures => figures_panel::show(ui, model, commands),
        Tab::Checks => checks_panel::show(ui, model, commands),
    }
}
