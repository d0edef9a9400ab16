//! Articles leaving the desk.

use crate::app::model::{Model, SheetId};
use crate::app::sheet::Sheet;

impl Model {
    /// Closes the shown article once it is saved.
    pub(super) fn close_article(&mut self) {
        let Some(place) = self.shown else { return };
        let id = self.articles[place].id;
        let must_save = |sheet: &Sheet| sheet.is_unsaved() && sheet.read_only.is_none();
        if self.sheet().is_some_and(must_save) {
            self.closing = Some(id);
            self.save(place);
        } else {
            self.clear_off(id);
        }
    }

    /// Takes an article off the desk and shows the next, if it was the shown one.
    pub(in crate::app) fn clear_off(&mut self, id: SheetId) {
        self.closing = None;
        self.keep_place();
        let Some(place) = self.articles.iter().position(|article| article.id == id) else {
            return;
        };
        let shown = self.shown.map(|shown| self.articles[shown].id);
        self.articles.remove(place);
        self.shown = self.articles.iter().position(|article| Some(article.id) == shown);
        if self.shown.is_none() && !self.articles.is_empty() {
            self.show_article(place.min(self.articles.len() - 1));
        }
    }
}
