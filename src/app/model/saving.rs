//! Saving, exporting, and closing the window without losing anything.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::{Model, SheetId, Weight};
use crate::annot::Document;
use crate::app::command::ExportKind;
use crate::app::dialog::Dialog;
use crate::app::figures::csv;
use crate::app::outcome::Outcome;
use crate::formats::{self, ExportOptions, native};
use crate::i18n::T;
use crate::jobs::Lane;
use crate::store::article;

/// From the last change to the automatic save.
const AUTOSAVE_AFTER: Duration = Duration::from_secs(2);

/// How far quitting has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quitting {
    No,
    /// Waiting for the last saves.
    Saving,
    /// Nothing holds it any more.
    Now,
}

impl Model {
    /// Takes in what became of a save, and of its entry in the journal.
    pub(super) fn saved(&mut self, sheet: SheetId, revision: u64, error: Option<String>, journal: Option<String>) {
        let quitting = self.quitting != Quitting::No;
        let lang = self.lang;
        let is_closing = self.closing == Some(sheet);
        let id = sheet;
        let Some(sheet) = self.sheet_of(sheet) else { return };
        sheet.save.writing = None;
        let is_news = journal.is_some() && !sheet.save.lacks_journal;
        sheet.save.lacks_journal = journal.is_some();
        let unwritten = journal.filter(|_| is_news).map(|error| (sheet.name(), error));
        match error {
            None => {
                sheet.save.saved = revision;
                sheet.save.error = None;
                // What was said of this article's failure is true no more.
                let unsaved = lang.fill(T::UnsavedText, &[&sheet.name(), ""]);
                let is_saved = !sheet.is_unsaved();
                self.notices.retain(|notice| !notice.text.starts_with(&unsaved));
                if is_closing && is_saved {
                    self.clear_off(id);
                }
            }
            Some(error) => {
                // It stays while something of it is not on the disk; the status bar says so.
                sheet.save.error = Some(error.clone());
                let name = sheet.name();
                self.closing = None;
                if quitting {
                    self.quitting = Quitting::No;
                    self.dialog = Some(Dialog::Unsaved { name, error });
                } else {
                    self.notify(Weight::Lasting, lang.fill(T::UnsavedText, &[&name, &error]));
                }
            }
        }
        if let Some((name, error)) = unwritten {
            self.notify(Weight::Lasting, lang.fill(T::JournalFailed, &[&name, &error]));
        }
    }

    /// Saves every article whose last change is long enough ago.
    pub fn save_what_is_due(&mut self, ctx: &egui::Context) {
        for place in 0..self.articles.len() {
            let Some(sheet) = self.articles[place].sheet.as_deref() else {
                continue;
            };
            if !sheet.is_unsaved() || sheet.save.writing.is_some() || sheet.save.error.is_some() {
                continue;
            }
            let since = sheet.save.changed_at.elapsed();
            if since >= AUTOSAVE_AFTER {
                self.save(place);
            } else {
                ctx.request_repaint_after(AUTOSAVE_AFTER - since);
            }
        }
    }

    /// Saves an article now, on a worker.
    pub(in crate::app) fn save(&mut self, place: usize) {
        if self.shown == Some(place) {
            self.keep_place();
        }
        let Some(article) = self.articles.get_mut(place) else {
            return;
        };
        let id = article.id;
        let Some(sheet) = article.sheet.as_deref_mut() else {
            return;
        };
        if sheet.read_only.is_some() || sheet.save.writing == Some(sheet.revision) {
            return;
        }
        let (document, path, revision) = (sheet.document.clone(), sheet.saved_path.clone(), sheet.revision);
        sheet.save.writing = Some(revision);
        sheet.save.error = None;
        let lang = self.lang;
        let journal = sheet.journal.clone();
        self.jobs.run(Lane::Save, move || {
            let saved = article::save(&document, &path);
            let noted = match saved {
                Ok(()) => journal.write(&path, &document, revision),
                // The steps are noted with the save that brings them to the disk.
                Err(_) => Ok(()),
            };
            let sentence = |done: Result<(), _>| done.err().map(|error| lang.write_error(&error));
            Outcome::Saved {
                sheet: id,
                revision,
                error: sentence(saved),
                journal: sentence(noted),
            }
        });
    }

    /// Writes the shown article's annotations elsewhere.
    pub(in crate::app) fn export(&mut self, kind: ExportKind, path: PathBuf) {
        let Some(sheet) = self.sheet() else { return };
        let (document, open) = (sheet.document.clone(), Arc::clone(&sheet.suggestions.open));
        let lang = self.lang;
        self.jobs.run(Lane::Save, move || {
            let bytes = match kind {
                ExportKind::Json => native::save(&document),
                ExportKind::Jsonl => jsonl(&document),
                ExportKind::Figures => csv::figures_of(&document, &open),
                ExportKind::Facts => csv::facts_of(&document, &open),
                ExportKind::Corrections => formats::corrections::export([&document]),
            };
            let error = crate::store::atomic::write_atomic(&path, &bytes)
                .err()
                .map(|error| lang.write_error(&error));
            Outcome::Exported(path, error)
        });
    }

    /// Keeps the window open until everything is saved, and asks where that fails.
    pub fn mind_closing(&mut self, ctx: &egui::Context) {
        let wants_to_close = ctx.input(|input| input.viewport().close_requested());
        if wants_to_close {
            self.keep_place();
        }
        if wants_to_close && self.quitting != Quitting::Now && self.has_unsaved() {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.quit();
        }
        if self.quitting == Quitting::Saving && !self.has_unsaved() {
            self.quitting = Quitting::Now;
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn has_unsaved(&self) -> bool {
        let sheets = self.articles.iter().filter_map(|article| article.sheet.as_deref());
        self.settings_saves > 0
            || sheets
                .into_iter()
                .any(|sheet| sheet.is_unsaved() && sheet.read_only.is_none())
    }

    /// Saves what is not saved; the window closes when that is done.
    pub(in crate::app) fn quit(&mut self) {
        self.quitting = Quitting::Saving;
        for place in 0..self.articles.len() {
            if self.articles[place]
                .sheet
                .as_deref()
                .is_some_and(|sheet| sheet.is_unsaved() && sheet.save.writing.is_none())
            {
                self.save(place);
            }
        }
    }

    /// Closes the window whatever is not saved.
    pub(in crate::app) fn quit_unsaved(&mut self, ctx: &egui::Context) {
        self.quitting = Quitting::Now;
        ctx.send_viewport_cmd(egui::ViewportCommand::Close);
    }
}

/// The accepted tags as one line of JSON.
fn jsonl(document: &Document) -> Vec<u8> {
    let files = formats::by_id("jsonl").map(|format| formats::export(format, [document], &ExportOptions::default()));
    let files = files.and_then(Result::ok).map(|(files, _)| files);
    files.and_then(|files| files.into_values().next()).unwrap_or_default()
}
