//! The right panel: what is known of the article, one tab for each way of looking at it.

use egui::{Button, Color32, RichText, Role, TextStyle, Ui, WidgetInfo};

use super::{checks_panel, entities_panel, figures_panel, suggestions_panel};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::tab::Tab;
use crate::i18n::Lang;

/// Between two tabs, in points.
const GAP: f32 = 2.0;

/// Shows the row of tabs and the chosen one.
pub fn show(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let lang = model.lang;
    // A panel shrinks to what is in it, and a short list shall not move the text.
    ui.set_min_width(ui.available_width());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        ui.spacing_mut().button_padding.x = padding(ui, lang);
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

/// The padding of the tabs: what is usual, or less where they would not have room in one row.
fn padding(ui: &Ui, lang: Lang) -> f32 {
    let font = TextStyle::Button.resolve(ui.style());
    let width = |tab: &Tab| {
        let name = tab.text().of(lang).to_owned();
        ui.painter()
            .layout_no_wrap(name, font.clone(), Color32::PLACEHOLDER)
            .size()
            .x
    };
    let count = Tab::ALL.len() as f32;
    let names: f32 = Tab::ALL.iter().map(width).sum();
    let left = ui.available_width() - names - GAP * (count - 1.0);
    (left / count / 2.0 - 0.5).clamp(2.0, ui.spacing().button_padding.x)
}
