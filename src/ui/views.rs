//! What the views of the articles keep for themselves from frame to frame: it says nothing of the documents.

use std::collections::HashMap;

use super::outline::Outline;
use super::raw_view::RawView;
use super::text_view::TextView;
use crate::app::model::{Model, SheetId};

/// The views of the articles on the desk.
#[derive(Debug, Default)]
pub struct Views {
    articles: HashMap<SheetId, ArticleView>,
}

/// How one article is shown.
#[derive(Debug, Default)]
pub struct ArticleView {
    /// How its text is set and scrolled.
    pub text: TextView,
    /// How its raw text is broken and scrolled.
    pub raw: RawView,
    /// Its articles and headings, as they were shown last.
    pub outline: Outline,
}

impl Views {
    /// The view of an article, if it has been shown.
    #[must_use]
    pub fn of(&self, article: SheetId) -> Option<&ArticleView> {
        self.articles.get(&article)
    }

    /// The view of the shown article, a new one where none is shown; views of what left the desk are forgotten.
    pub fn shown(&mut self, model: &Model) -> &mut ArticleView {
        if self.articles.len() > model.articles.len() {
            self.articles
                .retain(|&id, _| model.articles.iter().any(|article| article.id == id));
        }
        let id = model.shown_id().unwrap_or_default();
        self.articles.entry(id).or_default()
    }
}
