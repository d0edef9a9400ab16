//! The articles of an export, one after the other.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::annot::{Document, DocumentStatus};
use crate::i18n::Lang;
use crate::store::article::{self, Opened, ReadOptions};
use crate::store::files;
use crate::text::Words;

/// An article on its way out.
#[derive(Clone, Debug)]
pub enum Origin {
    /// One that is open.
    Open {
        /// As it is now.
        document: Box<Document>,
        /// The file that was opened.
        path: PathBuf,
        /// Its saved file.
        saved_path: PathBuf,
    },
    /// One that is read when its turn comes.
    File(PathBuf),
}

/// An article whose turn has come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    pub document: &'a Document,
    pub path: &'a Path,
    pub saved_path: &'a Path,
}

/// The articles of an export, one after the other: no more than one of those not opened is in memory.
#[derive(Clone, Debug)]
pub struct Articles {
    /// Which.
    pub origins: Arc<Vec<Origin>>,
    /// Where annotations are, if not beside the sources.
    pub annotations_dir: Option<PathBuf>,
    /// The segmenter.
    pub words: Arc<Words>,
    /// Only those marked as done.
    pub only_done: bool,
    /// The language of the window, for what goes wrong.
    pub lang: Lang,
}

impl Articles {
    /// Hands each article to `each` until it says no; `None` for one that is not wanted. Names in the result what could
    /// not be read. An article that was never saved has nothing to export.
    pub(super) fn visit(&self, mut each: impl FnMut(Option<Found<'_>>) -> bool) -> Vec<String> {
        let mut unreadable = Vec::new();
        for origin in self.origins.iter() {
            let read;
            let found = match origin {
                Origin::Open {
                    document,
                    path,
                    saved_path,
                } => Some(Found {
                    document,
                    path,
                    saved_path,
                }),
                Origin::File(path) => {
                    read = self.read(path).unwrap_or_else(|error| {
                        unreadable.push(error);
                        None
                    });
                    read.as_ref().map(|opened| Found {
                        document: &opened.document,
                        path,
                        saved_path: &opened.saved_path,
                    })
                }
            };
            if !each(found.filter(|found| self.wants(found.document))) {
                break;
            }
        }
        unreadable
    }

    /// The wanted articles again, those that are not open read anew.
    pub(super) fn documents(&self) -> impl Iterator<Item = Document> {
        self.origins.iter().filter_map(|origin| {
            let document = match origin {
                Origin::Open { document, .. } => Document::clone(document),
                Origin::File(path) => self.read(path).ok().flatten()?.document,
            };
            self.wants(&document).then_some(document)
        })
    }

    fn read(&self, path: &Path) -> Result<Option<Opened>, String> {
        let dir = self.annotations_dir.as_deref();
        let is_saved_file = path.extension().is_some_and(|extension| extension == "json");
        if !is_saved_file && !files::annotations_path(path, dir).exists() {
            return Ok(None);
        }
        let opened = article::open(path, dir, ReadOptions::default(), &self.words);
        opened.map(Some).map_err(|error| self.lang.open_error(&error))
    }

    fn wants(&self, document: &Document) -> bool {
        !self.only_done || document.meta().status == DocumentStatus::Done
    }
}
