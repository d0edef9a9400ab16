//! Putting articles on the desk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Article, Model, SheetId, Weight};
use crate::app::command::Selection;
use crate::app::outcome::Outcome;
use crate::app::sheet::{ReadOnly, Sheet};
use crate::i18n::T;
use crate::jobs::Lane;
use crate::store::article::{self, Opened, ReadOptions, Remark};
use crate::store::files;
use crate::store::settings::data_folder;
use crate::text::{Text, Words};

/// The place of the built-in example, which no file can have.
const EXAMPLE: &str = "zhupi:/example.txt";

/// The place of an article as people are shown it: its path, and of the built-in example, which lies nowhere, the name.
#[must_use]
pub fn shown_place(path: &Path) -> String {
    match path.file_name() {
        Some(name) if path == Path::new(EXAMPLE) => name.to_string_lossy().into_owned(),
        _ => path.display().to_string(),
    }
}

impl Model {
    /// Opens files and the texts of folders; shows the first.
    pub(in crate::app) fn open_paths(&mut self, paths: Vec<PathBuf>) {
        if paths.is_empty() {
            return;
        }
        let lang = self.lang;
        self.jobs.run(Lane::Open, move || {
            let (mut files, mut errors) = (Vec::new(), Vec::new());
            for path in paths {
                match path.is_dir().then(|| files::texts_in(&path)) {
                    None => files.push(path),
                    Some(Ok(texts)) => files.extend(texts),
                    Some(Err(error)) => errors.push(lang.read_error(&error)),
                }
            }
            Outcome::Listed { files, errors }
        });
    }

    pub(super) fn put_on_desk(&mut self, files: Vec<PathBuf>) {
        let mut first = None;
        for path in files {
            let known = self.articles.iter().position(|article| article.path == path);
            let place = known.unwrap_or_else(|| {
                let id = self.new_id();
                self.articles.push(Article { id, path, sheet: None });
                self.articles.len() - 1
            });
            first = first.or(Some(place));
        }
        if let Some(place) = first {
            self.show_article(place);
        }
    }

    /// Shows an article, opening it first if need be.
    pub(in crate::app) fn show_article(&mut self, place: usize) {
        let Some(article) = self.articles.get(place) else {
            return;
        };
        if article.sheet.is_some() {
            self.show(place);
            return;
        }
        let path = article.path.clone();
        if self.opening.contains(&path) {
            return;
        }
        self.open_file(path, None, None);
    }

    /// Shows an article that has been opened.
    fn show(&mut self, place: usize) {
        self.keep_place();
        self.shown = Some(place);
    }

    /// Keeps where the editor is in the shown article, for when it is opened again.
    pub(in crate::app) fn keep_place(&mut self) {
        let Some(sheet) = self.sheet() else { return };
        let (path, caret, top) = (sheet.path.clone(), sheet.selection.caret, sheet.top);
        if self.settings.leave(&path, caret, top) {
            self.save_settings();
        }
    }

    fn open_file(&mut self, path: PathBuf, encoding: Option<&'static str>, replaces: Option<SheetId>) {
        self.opening.push(path.clone());
        let (dir, words) = (self.annotations_dir.clone(), Arc::clone(&self.segmenter));
        let lang = self.lang;
        self.jobs.run(Lane::Open, move || {
            let options = ReadOptions { encoding, as_is: false };
            let result = article::open(&path, dir.as_deref(), options, &words);
            Outcome::Opened {
                path,
                result: result.map(Box::new).map_err(|error| lang.open_error(&error)),
                replaces,
            }
        });
    }

    /// The folder proposed for what is exported of an article: its own. The built-in example has none; for it the folder of
    /// annotations is proposed, or else the one that the program was started in.
    pub(in crate::app) fn export_folder(&self, path: &Path) -> PathBuf {
        if path != Path::new(EXAMPLE) {
            return path.parent().map(Path::to_owned).unwrap_or_default();
        }
        let annotations = self.annotations_dir.clone();
        annotations.unwrap_or_else(|| std::env::current_dir().unwrap_or_default())
    }

    /// Opens the built-in example.
    pub(in crate::app) fn open_example(&mut self) {
        let path = PathBuf::from(EXAMPLE);
        if let Some(place) = self.articles.iter().position(|article| article.path == path) {
            self.show(place);
            return;
        }
        let words = Arc::clone(&self.segmenter);
        let dir = self.annotations_dir.clone();
        self.opening.push(path.clone());
        self.jobs.run(Lane::Open, move || Outcome::Opened {
            result: open_example(&path, dir.as_deref(), &words).map(Box::new),
            path,
            replaces: None,
        });
    }

    /// Reads the shown article's file in another encoding, as long as nothing hangs on its characters.
    pub(in crate::app) fn read_as(&mut self, encoding: &'static str) {
        let Some(article) = self.shown.and_then(|place| self.articles.get(place)) else {
            return;
        };
        let Some(sheet) = &article.sheet else { return };
        let is_worked_on = !sheet.document.spans().is_empty()
            || !sheet.document.corrections().is_empty()
            || sheet.history.can_undo()
            || !sheet.document.alignment().is_in_raw_order();
        if is_worked_on {
            self.say(T::EncodingKept);
            return;
        }
        let (path, id) = (article.path.clone(), article.id);
        self.open_file(path, Some(encoding), Some(id));
    }

    pub(super) fn opened(&mut self, path: &Path, opened: Opened, replaces: Option<SheetId>) {
        let lang = self.lang;
        let name = opened
            .path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let mut read_only = None;
        for remark in opened.remarks {
            let text = match remark {
                Remark::SourceChanged => lang.fill(T::SourceChanged, &[&name]),
                Remark::NewerVersion(version) => {
                    read_only = Some(ReadOnly::NewerVersion(version));
                    lang.fill(T::NewerVersion, &[&name, &version.to_string()])
                }
                Remark::Malformed(count) => lang.fill(
                    T::MalformedBytes,
                    &[&count.to_string(), &opened.document.source.encoding],
                ),
            };
            self.notify(Weight::Lasting, text);
        }
        let mut sheet = Box::new(Sheet::new(opened.path, opened.saved_path, opened.document, read_only));
        if let Some(known) = self.settings.place_in(path).filter(|_| replaces.is_none()) {
            let end = sheet.document.text().len();
            sheet.selection = Selection::caret(known.caret.min(end));
            sheet.top = known.top.min(end);
        }
        let place = match replaces {
            Some(id) => self.articles.iter().position(|article| article.id == id),
            None => self.articles.iter().position(|article| article.path == path),
        };
        let place = place.unwrap_or_else(|| {
            let id = self.new_id();
            self.articles.push(Article {
                id,
                path: path.to_owned(),
                sheet: None,
            });
            self.articles.len() - 1
        });
        if replaces.is_some() {
            // What workers and views know of its other reading is not of this one.
            self.articles[place].id = self.new_id();
        }
        self.keep_place();
        self.articles[place].sheet = Some(sheet);
        self.shown = Some(place);
        if path != Path::new(EXAMPLE) {
            self.settings.remember(path);
            self.save_settings();
        }
    }
}

/// The example, with the annotations that the editor made on it or that come with it.
fn open_example(path: &Path, annotations_dir: Option<&Path>, words: &Words) -> Result<Opened, String> {
    const TEXT: &[u8] = include_bytes!("../../../annotations/example.txt");
    let saved_path = files::annotations_path(
        Path::new("example.txt"),
        annotations_dir.or(own_annotations().as_deref()),
    );
    let (mut document, _) =
        article::read(TEXT, "example.txt", ReadOptions::default(), words).map_err(|error| error.to_string())?;
    let mut remarks = Vec::new();
    if saved_path.is_file() {
        let opened =
            article::open(&saved_path, None, ReadOptions::default(), words).map_err(|error| error.to_string())?;
        if opened.document.source.sha256 != document.source.sha256 {
            remarks.push(Remark::SourceChanged);
        }
        document = opened.document;
    }
    debug_assert!(document.source.text != Text::default());
    Ok(Opened {
        path: path.to_owned(),
        saved_path,
        document,
        remarks,
    })
}

/// Where the example's annotations go when nobody said: `annotations/` where the program was started, if there is one,
/// else the user's data folder.
fn own_annotations() -> Option<PathBuf> {
    let here = PathBuf::from("annotations");
    if here.is_dir() {
        return Some(here);
    }
    data_folder()
}
