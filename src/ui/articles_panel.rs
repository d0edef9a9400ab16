//! The articles on the desk.

use egui::{Button, RichText, ScrollArea, Ui};

use super::tokens::Colors;
use crate::annot::DocumentStatus;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::i18n::T;

/// Shows the articles with their state: ○ untouched, ◐ begun, ● done.
pub fn show(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let colors = Colors::of(ui.ctx().theme());
    ui.label(RichText::new(T::Articles.of(model.lang)).strong());
    let height = ui.spacing().interact_size.y;
    ScrollArea::vertical()
        .auto_shrink(false)
        .show_rows(ui, height, model.articles.len(), |ui, rows| {
            for place in rows {
                let article = &model.articles[place];
                let mark = match article.status() {
                    DocumentStatus::Untouched => "○",
                    DocumentStatus::InProgress => "◐",
                    DocumentStatus::Done => "●",
                };
                let name = article
                    .path
                    .file_name()
                    .unwrap_or(article.path.as_os_str())
                    .to_string_lossy();
                let count = article.sheet.as_deref().map_or(0, |sheet| sheet.document.spans().len());
                let is_shown = model.shown == Some(place);
                let mut button = Button::new(format!("{mark} {name}")).selected(is_shown).truncate();
                button = button
                    .frame_when_inactive(is_shown)
                    .min_size(egui::vec2(ui.available_width(), height));
                if count > 0 {
                    button = button.right_text(RichText::new(count.to_string()).color(colors.faint_ink));
                }
                if ui
                    .add(button)
                    .on_hover_text(article.path.display().to_string())
                    .clicked()
                {
                    commands.push(Command::ShowArticle(place));
                }
            }
        });
}
