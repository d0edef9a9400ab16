//! The articles on the desk.

use std::path::{Component, Path};

use egui::{Button, RichText, ScrollArea, Ui};

use super::tokens::Colors;
use crate::annot::DocumentStatus;
use crate::app::command::Command;
use crate::app::model::{Article, Model};
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
                let name = name(&model.articles, place);
                let count = article.sheet.as_deref().map_or(0, |sheet| sheet.entities.tags());
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

/// The name of a file; where others on the desk are called the same, with as much of its folder as tells it from them.
fn name(articles: &[Article], place: usize) -> String {
    let path = &articles[place].path;
    let same_name = |other: &&Article| other.path != *path && other.path.file_name() == path.file_name();
    let others: Vec<&Path> = articles
        .iter()
        .filter(same_name)
        .map(|other| other.path.as_path())
        .collect();
    let all: Vec<_> = path.components().collect();
    let mut shown = 1;
    while shown < all.len() && others.iter().any(|other| ends_alike(other, &all[all.len() - shown..])) {
        shown += 1;
    }
    let parts = all[all.len() - shown..]
        .iter()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

fn ends_alike(path: &Path, parts: &[Component<'_>]) -> bool {
    path.components()
        .rev()
        .take(parts.len())
        .eq(parts.iter().rev().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_name_are_told_apart_by_their_folders() {
        let paths = ["九月/1版/a.txt", "九月/2版/a.txt", "十月/1版/a.txt", "九月/1版/b.txt"];
        let articles: Vec<Article> = paths
            .iter()
            .zip(1..)
            .map(|(path, id)| Article {
                id,
                path: path.into(),
                sheet: None,
            })
            .collect();
        let names: Vec<String> = (0..articles.len()).map(|place| name(&articles, place)).collect();
        assert_eq!(names, ["九月/1版/a.txt", "2版/a.txt", "十月/1版/a.txt", "b.txt"]);
    }
}
