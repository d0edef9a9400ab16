//! A desk with one article, without a window.

use std::path::PathBuf;

use super::Model;
use crate::annot::Document;
use crate::annot::document::Parts;
use crate::app::Start;
use crate::app::model::Article;
use crate::app::sheet::Sheet;
use crate::text::Text;

/// A desk on which an article of that text lies, its suggestions found.
pub fn desk(text: &str) -> (Model, egui::Context) {
    let ctx = egui::Context::default();
    let mut model = Model::new(&ctx, &Start::default());
    let document = Document::new(Parts {
        text: Text::new(text.to_owned()),
        ..Parts::default()
    });
    let path = PathBuf::from("a.txt");
    let sheet = Box::new(Sheet::new(path.clone(), PathBuf::from("a.json"), document, None));
    model.articles.push(Article {
        id: 1,
        path,
        sheet: Some(sheet),
    });
    model.shown = Some(0);
    refresh(&mut model, &ctx);
    (model, ctx)
}

/// Lets the workers bring home what they were asked for.
pub fn refresh(model: &mut Model, ctx: &egui::Context) {
    model.refresh_suggestions();
    while model.sheet().is_some_and(|sheet| sheet.suggestions.is_searching()) {
        std::thread::yield_now();
        model.fetch_results(ctx);
    }
    model.refresh_suggestions();
}
