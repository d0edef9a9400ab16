//! The state of the window. Views read it; `dispatch` changes it.

mod opening;
mod saving;

use std::path::PathBuf;
use std::sync::Arc;

pub use self::opening::shown_place;
use self::saving::Quitting;
use super::Start;
use super::command::ExportKind;
use super::dialog::{Dialog, PathPurpose};
use super::entities;
use super::exchange::Exchange;
use super::find::Find;
use super::notices::{Notice, Weight};
use super::outcome::Outcome;
use super::panes::Panes;
use super::sheet::Sheet;
use crate::annot::{DocumentStatus, LabelId};
use crate::app::tab::Tab;
use crate::i18n::{Lang, T};
use crate::jobs::{Jobs, Lane};
use crate::store::settings::{Language, Settings};
use crate::text::Words;

/// The number of an article on the desk, which it keeps while others come and go.
pub type SheetId = u64;

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

/// What can be given the keyboard from outside the views.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyboard {
    /// The article's text.
    Text,
    /// The first field of the chosen figure's card.
    FigureCard,
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
    /// Which panels give way where there is no room for all.
    pub panes: Panes,
    /// Sentences to the editor.
    pub notices: Vec<Notice>,
    /// What shall take the keyboard in the next frame.
    pub keyboard: Option<Keyboard>,
    /// Files on their way.
    pub opening: Vec<PathBuf>,
    /// The segmenter; `None` until its dictionary has been read.
    pub words: Option<Arc<Words>>,
    pub(super) segmenter: Arc<Words>,
    pub(super) jobs: Jobs<Outcome>,
    pub(super) annotations_dir: Option<PathBuf>,
    settings_folder: Option<PathBuf>,
    /// Saves of the settings under way.
    settings_saves: usize,
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
            panes: Panes::default(),
            notices: Vec::new(),
            keyboard: None,
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
            settings_saves: 0,
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

    /// The number of the article that is shown.
    #[must_use]
    pub fn shown_id(&self) -> Option<SheetId> {
        Some(self.articles.get(self.shown?)?.id)
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

    /// Gives the window the theme of the settings.
    pub(super) fn apply_theme(&self, ctx: &egui::Context) {
        use crate::store::settings::Theme;
        ctx.set_theme(match self.settings.theme {
            Theme::System => egui::ThemePreference::System,
            Theme::Light => egui::ThemePreference::Light,
            Theme::Dark => egui::ThemePreference::Dark,
        });
    }

    pub(super) fn save_settings(&mut self) {
        if let Some(folder) = self.settings_folder.clone() {
            self.settings_saves += 1;
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
        self.pass_notices(ctx);
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
            Outcome::Saved {
                sheet,
                revision,
                error,
                journal,
            } => self.saved(sheet, revision, error, journal),
            Outcome::Exported(path, error) => {
                let (weight, text) = match error {
                    None => {
                        let path = path.display().to_string();
                        (Weight::Passing, self.lang.fill(T::Exported, &[&path]))
                    }
                    Some(error) => (Weight::Lasting, self.lang.fill(T::ExportFailed, &[&error])),
                };
                self.notify(weight, text);
            }
            Outcome::SettingsSaved(error) => {
                self.settings_saves = self.settings_saves.saturating_sub(1);
                if let Some(error) = error {
                    let text = self.lang.fill(T::SettingsFailed, &[&error]);
                    self.notify(Weight::Lasting, text);
                }
            }
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

    // dialogs of the system

    pub(super) fn ask_for_path(&mut self, purpose: PathPurpose) {
        let typed = match &purpose {
            PathPurpose::Open | PathPurpose::Import => String::new(),
            PathPurpose::Export(_, path) | PathPurpose::ExportTo(path) | PathPurpose::ExportInto(path) => {
                path.display().to_string()
            }
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
        let name = sheet.path.with_extension(extension);
        Some(self.export_folder(&sheet.path).join(name.file_name()?))
    }
}
