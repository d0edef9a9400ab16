//! The state of the window. Views read it; `dispatch` changes it.

mod opening;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Start;
use super::command::ExportKind;
use super::dialog::{Dialog, PathPurpose};
use super::entities;
use super::exchange::Exchange;
use super::figures::csv;
use super::find::Find;
use super::outcome::Outcome;
use super::sheet::Sheet;
use crate::annot::{Document, DocumentStatus, LabelId};
use crate::formats::{self, ExportOptions, native};
use crate::i18n::{Lang, T};
use crate::jobs::{Jobs, Lane};
use crate::store::article;
use crate::store::settings::{Language, Settings};
use crate::text::Words;
use crate::ui::right_panel::Tab;

/// The number of an article on the desk, which it keeps while others come and go.
pub type SheetId = u64;

/// From the last change to the automatic save.
const AUTOSAVE_AFTER: Duration = Duration::from_secs(2);
/// Tags up to which the entities panel is worked out at once; beyond, on a worker.
const GROUPED_AT_ONCE: usize = 4_000;

/// An entry of the articles panel.
#[derive(Debug)]
pub struct Article {
    /// Its number.
    pub id: SheetId,
    /// The file.
    pub path: PathBuf,
    /// The article, once it has been opened.
    pub sheet: Option<Box<Sheet>>,
}

impl Article {
    /// How far the editor has come with it, as far as it is known: an article that was never opened is untouched.
    #[must_use]
    pub fn status(&self) -> DocumentStatus {
        match &self.sheet {
            Some(sheet) if sheet.document.meta().status == DocumentStatus::Done => DocumentStatus::Done,
            Some(sheet) if !sheet.document.spans().is_empty() => DocumentStatus::InProgress,
            _ => DocumentStatus::Untouched,
        }
    }
}

/// How important a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Goes away by itself.
    Passing,
    /// Stays until it is put away.
    Lasting,
}

/// A sentence to the editor.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Its number.
    pub id: u64,
    /// What it says.
    pub text: String,
    /// Whether it stays.
    pub weight: Weight,
    /// When it came.
    pub since: Instant,
    /// The step that it is about, as the article and the number of steps made in it: undoing is offered while that is
    /// the last one.
    pub step: Option<(SheetId, usize)>,
}

/// How far quitting has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quitting {
    No,
    /// Waiting for the last saves.
    Saving,
    /// Nothing holds it any more.
    Now,
}

/// The state of the window.
#[derive(Debug)]
pub struct Model {
    /// What the editor has set.
    pub settings: Settings,
    /// The language of the window.
    pub lang: Lang,
    /// The articles on the desk.
    pub articles: Vec<Article>,
    /// Which of them is shown.
    pub shown: Option<usize>,
    /// The label that dragging tags with.
    pub brush: Option<LabelId>,
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// The find bar.
    pub find: Find,
    /// The chosen tab of the right panel.
    pub right_tab: Tab,
    /// Sentences to the editor.
    pub notices: Vec<Notice>,
    /// Files on their way.
    pub opening: Vec<PathBuf>,
    /// The segmenter; `None` until its dictionary has been read.
    pub words: Option<Arc<Words>>,
    pub(super) segmenter: Arc<Words>,
    pub(super) jobs: Jobs<Outcome>,
    pub(super) annotations_dir: Option<PathBuf>,
    settings_folder: Option<PathBuf>,
    /// Whether a file dialog is open: one at a time.
    pub(super) is_picking: bool,
    quitting: Quitting,
    /// The article that leaves the desk once it is saved.
    pub(super) closing: Option<SheetId>,
    next_id: u64,
    /// Exports and imports under way.
    pub exchange: Exchange,
}

impl Model {
    /// An empty desk.
    #[must_use]
    pub fn new(ctx: &egui::Context, start: &Start) -> Self {
        let wake = ctx.clone();
        let (settings, broken) = match &start.settings_folder {
            Some(folder) => Settings::load(folder),
            None => (Settings::default(), None),
        };
        let lang = match settings.language {
            Language::Zh => Lang::Zh,
            Language::En => Lang::En,
            Language::System => Lang::of_system(sys_locale::get_locale().as_deref()),
        };
        let mut model = Self {
            lang,
            articles: Vec::new(),
            shown: None,
            brush: None,
            dialog: None,
            find: Find::default(),
            right_tab: Tab::named(&settings.view.tab),
            notices: Vec::new(),
            opening: Vec::new(),
            words: None,
            segmenter: Arc::new(Words::load()),
            jobs: Jobs::start(move || wake.request_repaint()),
            annotations_dir: start
                .annotations_dir
                .clone()
                .or_else(|| settings.annotations_dir.clone()),
            settings,
            settings_folder: start.settings_folder.clone(),
            is_picking: false,
            quitting: Quitting::No,
            closing: None,
            next_id: 0,
            exchange: Exchange::default(),
        };
        if let Some(error) = broken {
            model.notify(Weight::Lasting, error.to_string());
        }
        model.apply_theme(ctx);
        model
    }

    /// Opens what the program was started with.
    pub fn open_at_start(&mut self, _ctx: &egui::Context, start: Start) {
        let segmenter = Arc::clone(&self.segmenter);
        self.jobs.run(Lane::Derive, move || {
            // The first question makes it read its dictionary.
            segmenter.words("朱批").for_each(drop);
            Outcome::WordsLoaded
        });
        if start.paths.is_empty() && start.example {
            self.open_example();
        } else {
            self.open_paths(start.paths);
        }
    }

    /// The article that is shown.
    #[must_use]
    pub fn sheet(&self) -> Option<&Sheet> {
        self.articles.get(self.shown?)?.sheet.as_deref()
    }

    /// The article that is shown, to change it.
    pub fn sheet_mut(&mut self) -> Option<&mut Sheet> {
        self.articles.get_mut(self.shown?)?.sheet.as_deref_mut()
    }

    pub(super) fn sheet_of(&mut self, id: SheetId) -> Option<&mut Sheet> {
        self.articles
            .iter_mut()
            .find(|article| article.id == id)?
            .sheet
            .as_deref_mut()
    }

    pub(super) fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// Says a sentence to the editor.
    pub fn notify(&mut self, weight: Weight, text: String) {
        let id = self.new_id();
        self.notices
            .retain(|notice| notice.text != text && notice.weight == Weight::Lasting);
        self.notices.push(Notice {
            id,
            text,
            weight,
            since: Instant::now(),
            step: None,
        });
    }

    pub(super) fn say(&mut self, text: T) {
        self.notify(Weight::Passing, text.of(self.lang).to_owned());
    }

    /// Gives the window the theme of the settings.
    pub(super) fn apply_theme(&self, ctx: &egui::Context) {
        use crate::store::settings::Theme;
        ctx.set_theme(match self.settings.theme {
            Theme::System => egui::ThemePreference::System,
            Theme::Light => egui::ThemePreference::Light,
            Theme::Dark => egui::ThemePreference::Dark,
        });
    }

    pub(super) fn save_settings(&self) {
        if let Some(folder) = self.settings_folder.clone() {
            let settings = self.settings.clone();
            let save = move || Outcome::SettingsSaved(settings.save(&folder).err().map(|error| error.to_string()));
            self.jobs.run(Lane::Save, save);
        }
    }

    // results

    /// Takes in what workers brought home.
    pub fn fetch_results(&mut self, ctx: &egui::Context) {
        let results: Vec<Outcome> = self.jobs.results().collect();
        for result in results {
            self.take_in(result);
            ctx.request_repaint();
        }
        let passing = Duration::from_secs(4);
        self.notices
            .retain(|notice| notice.weight == Weight::Lasting || notice.since.elapsed() < passing);
        if self.notices.iter().any(|notice| notice.weight == Weight::Passing) {
            ctx.request_repaint_after(Duration::from_millis(500));
        }
    }

    fn take_in(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Opened { path, result, replaces } => {
                self.opening.retain(|opening| *opening != path);
                match result {
                    Ok(opened) => self.opened(&path, *opened, replaces),
                    Err(error) => {
                        self.notify(Weight::Lasting, error);
                        let failed = |article: &&Article| article.sheet.is_none() && article.path == path;
                        if let Some(id) = self.articles.iter().find(failed).map(|article| article.id) {
                            self.clear_off(id);
                        }
                    }
                }
            }
            Outcome::Listed { files, errors } => {
                if files.is_empty() && errors.is_empty() {
                    self.notify(Weight::Lasting, T::FolderWithoutTexts.of(self.lang).to_owned());
                }
                self.put_on_desk(files);
                for error in errors {
                    self.notify(Weight::Lasting, error);
                }
            }
            Outcome::Picked(picked) => {
                self.is_picking = false;
                match picked {
                    Some(paths) => self.open_paths(paths),
                    None => self.ask_for_path(PathPurpose::Open),
                }
            }
            Outcome::PickedExport(kind, picked) => {
                self.is_picking = false;
                match picked {
                    Some(Some(path)) => self.export(kind, path),
                    Some(None) => {}
                    None => self.ask_for_export_path(kind),
                }
            }
            Outcome::Saved { sheet, revision, error } => {
                let quitting = self.quitting != Quitting::No;
                let lang = self.lang;
                let is_closing = self.closing == Some(sheet);
                let id = sheet;
                let Some(sheet) = self.sheet_of(sheet) else { return };
                sheet.save.writing = None;
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
            }
            Outcome::Exported(path, error) => {
                let text = match error {
                    None => self.lang.fill(T::Exported, &[&path.display().to_string()]),
                    Some(error) => self.lang.fill(T::ExportFailed, &[&error]),
                };
                self.notify(Weight::Lasting, text);
            }
            Outcome::SettingsSaved(Some(error)) => {
                let text = self.lang.fill(T::SettingsFailed, &[&error]);
                self.notify(Weight::Lasting, text);
            }
            Outcome::SettingsSaved(None) => {}
            Outcome::Grouped {
                sheet,
                revision,
                groups,
            } => {
                if let Some(sheet) = self.sheet_of(sheet) {
                    let old = std::mem::replace(&mut sheet.entities.groups, Arc::new(groups));
                    sheet.entities.revision = Some(revision);
                    sheet.entities.is_due = false;
                    self.jobs.discard(old);
                }
            }
            Outcome::Doubted {
                sheet,
                revision,
                doubts,
            } => {
                if let Some(sheet) = self.sheet_of(sheet) {
                    sheet.doubts.is_due = false;
                    // The text has moved on: it is read again.
                    if sheet.text_revision == revision {
                        sheet.doubts.replace(doubts, &sheet.document, revision);
                    }
                }
            }
            Outcome::Exchange(event) => self.exchanged(event),
            Outcome::WordsLoaded => self.words = Some(Arc::clone(&self.segmenter)),
            Outcome::Tabulated { sheet, table } => self.tabulated(sheet, table),
            Outcome::Related {
                sheet,
                revision,
                relations,
            } => self.related(sheet, revision, relations),
            Outcome::Searched { sheet, question, found } => self.searched(sheet, question, found),
            Outcome::OpenSuggestions { sheet, open, text } => self.opened_suggestions(sheet, open, &text),
        }
    }

    /// Brings what panels show up to the shown document.
    pub fn refresh_derived(&mut self) {
        self.refresh_doubts();
        let Some(place) = self.shown else { return };
        let id = self.articles[place].id;
        let Some(sheet) = self.articles[place].sheet.as_deref_mut() else {
            return;
        };
        if sheet.entities.revision == Some(sheet.revision) || sheet.entities.is_due {
            return;
        }
        if sheet.document.spans().len() <= GROUPED_AT_ONCE {
            sheet.entities.groups = Arc::new(entities::group(&sheet.document));
            sheet.entities.revision = Some(sheet.revision);
            return;
        }
        sheet.entities.is_due = true;
        let (document, revision) = (sheet.document.clone(), sheet.revision);
        self.jobs.run(Lane::Derive, move || Outcome::Grouped {
            sheet: id,
            revision,
            groups: entities::group(&document),
        });
    }

    // saving

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
    pub(super) fn save(&mut self, place: usize) {
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
        self.jobs.run(Lane::Save, move || Outcome::Saved {
            sheet: id,
            revision,
            error: article::save(&document, &path)
                .err()
                .map(|error| lang.write_error(&error)),
        });
    }

    /// Writes the shown article's annotations elsewhere.
    pub(super) fn export(&mut self, kind: ExportKind, path: PathBuf) {
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

    // closing

    /// Keeps the window open until everything is saved, and asks where that fails.
    pub fn mind_closing(&mut self, ctx: &egui::Context) {
        let wants_to_close = ctx.input(|input| input.viewport().close_requested());
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
        sheets
            .into_iter()
            .any(|sheet| sheet.is_unsaved() && sheet.read_only.is_none())
    }

    /// Saves what is not saved; the window closes when that is done.
    pub(super) fn quit(&mut self) {
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
    pub(super) fn quit_unsaved(&mut self, ctx: &egui::Context) {
        self.quitting = Quitting::Now;
        ctx.send_viewport_cmd(egui::ViewportCommand::Close);
    }

    // dialogs of the system

    pub(super) fn ask_for_path(&mut self, purpose: PathPurpose) {
        let typed = match &purpose {
            PathPurpose::Open | PathPurpose::Import => String::new(),
            PathPurpose::Export(_, path) | PathPurpose::ExportTo(path) => path.display().to_string(),
        };
        self.dialog = Some(Dialog::Path { purpose, typed });
    }

    pub(super) fn ask_for_export_path(&mut self, kind: ExportKind) {
        if let Some(path) = self.export_path(kind) {
            self.ask_for_path(PathPurpose::Export(kind, path));
        }
    }

    /// The path proposed for an export: beside the source.
    pub(super) fn export_path(&self, kind: ExportKind) -> Option<PathBuf> {
        let sheet = self.sheet()?;
        let extension = match kind {
            ExportKind::Json => "json",
            ExportKind::Jsonl => "jsonl",
            ExportKind::Figures => "figures.csv",
            ExportKind::Facts => "facts.csv",
            ExportKind::Corrections => "corrections.jsonl",
        };
        Some(sheet.path.with_extension(extension))
    }
}

/// The accepted tags as one line of JSON.
fn jsonl(document: &Document) -> Vec<u8> {
    let files = formats::by_id("jsonl").map(|format| formats::export(format, [document], &ExportOptions::default()));
    let files = files.and_then(Result::ok).map(|(files, _)| files);
    files.and_then(|files| files.into_values().next()).unwrap_or_default()
}
