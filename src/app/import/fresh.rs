//! Texts of an import that become articles of their own, and where those are saved.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Desk, file_name, is_name_of, stem};
use crate::annot::Document;
use crate::formats::Imported;
use crate::formats::merge::{Agreement, merge};
use crate::i18n::Lang;
use crate::store::article::{self, ReadOptions};
use crate::store::files::{annotations_path, texts_in};
use crate::store::journal::{journal_path, restore};
use crate::text::Words;

/// A text that becomes an article of its own.
#[derive(Clone, Debug)]
pub struct NewArticle {
    /// The article.
    pub document: Document,
    /// Where it is saved.
    pub path: PathBuf,
    /// The journal that came with it.
    pub journal: Option<Vec<u8>>,
    /// What lies beside the imported files under its name.
    pub beside: Beside,
}

/// A source that lies beside the imported files, is not on the desk, and has the name of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// There is none.
    Nothing,
    /// This one has the same text and no annotations yet: it gets these.
    Same(PathBuf),
    /// This one has another text, or annotations already: it is left alone.
    Other(PathBuf),
}

impl NewArticle {
    /// The file to open it by.
    #[must_use]
    pub fn opens(&self) -> &Path {
        match &self.beside {
            Beside::Same(source) => source,
            Beside::Nothing | Beside::Other(_) => &self.path,
        }
    }
}

/// Where new articles go, and what is there already.
pub(super) struct Surroundings {
    /// A file of the import.
    from: PathBuf,
    annotations_dir: Option<PathBuf>,
    /// The sources beside it that are not on the desk.
    sources: Vec<PathBuf>,
    words: Arc<Words>,
}

impl Surroundings {
    /// What lies around a file of the import.
    pub(super) fn of(from: &Path, desk: &Desk) -> Self {
        let open = desk.open.iter().map(|target| &target.path);
        let on_desk: HashSet<&PathBuf> = open.chain(desk.listed.iter().map(|listed| &listed.path)).collect();
        // A folder that cannot be listed has no sources that could be opened by chance.
        let mut sources = from
            .parent()
            .and_then(|folder| texts_in(folder).ok())
            .unwrap_or_default();
        sources.retain(|source| source != from && !on_desk.contains(source));
        Self {
            from: from.to_owned(),
            annotations_dir: desk.annotations_dir.clone(),
            sources,
            words: Arc::clone(&desk.words),
        }
    }

    /// The article that a text becomes; `before` are those of the texts before it.
    pub(super) fn new_article(&self, mut text: Imported, before: &[NewArticle]) -> NewArticle {
        let name = text.annotated.name.clone();
        let journal = text.journal.take();
        let source = self.sources.iter().find(|source| is_name_of(&name, &file_name(source)));
        let annotated = source.and_then(|source| self.annotated(source, &text));
        if let (Some(source), Some((document, path))) = (source, annotated)
            && before.iter().all(|new| new.path != path)
        {
            return NewArticle {
                document,
                path,
                journal,
                beside: Beside::Same(source.clone()),
            };
        }
        let document = text.into_document();
        NewArticle {
            path: self.free_path(&document, before),
            document,
            journal,
            beside: source.cloned().map_or(Beside::Nothing, Beside::Other),
        }
    }

    /// A source with the tags of a text, and its saved file; `None` where that is there already, the text is another, or
    /// a tag would be lost.
    fn annotated(&self, source: &Path, text: &Imported) -> Option<(Document, PathBuf)> {
        let dir = self.annotations_dir.as_deref();
        let opened = article::open(source, dir, ReadOptions::default(), &self.words).ok()?;
        if opened.saved_path.exists() || !opened.remarks.is_empty() {
            return None;
        }
        let mut document = opened.document;
        if let Some(whole) = &text.document {
            let is_its = whole.source.sha256 == document.source.sha256 && whole.source.name == document.source.name;
            return is_its.then(|| (whole.clone(), opened.saved_path));
        }
        let (edit, report) = merge(&document, &text.annotated);
        let is_same = matches!(report.agreement, Agreement::Reading | Agreement::Raw);
        if !is_same || !report.unplaced.is_empty() || !report.differing.is_empty() {
            return None;
        }
        document.apply(&edit).ok()?;
        Some((document, opened.saved_path))
    }

    /// Where a document is saved as an article of its own: in `annotations/` beside the file that it came from or where
    /// annotations go, under a name that no file has, nor the journal of one, nor one of `before`, nor a source beside
    /// that would be opened with it.
    fn free_path(&self, document: &Document, before: &[NewArticle]) -> PathBuf {
        let stem: String = stem(&document.source.name)
            .chars()
            .map(|c| if r#"\/:*?"<>|"#.contains(c) { '-' } else { c })
            .collect();
        let stem = if stem.is_empty() { "untitled".to_owned() } else { stem };
        let dir = self.annotations_dir.as_deref();
        let mut number = 1;
        loop {
            let name = if number == 1 {
                stem.clone()
            } else {
                format!("{stem}-{number}")
            };
            // A name with dots in it would lose its end to the extension.
            let path = annotations_path(&self.from.with_file_name(format!("{name}.json")), dir);
            let is_source = |source: &PathBuf| annotations_path(source, dir) == path;
            let is_taken = path.exists() || journal_path(&path).exists() || self.sources.iter().any(is_source);
            if !is_taken && before.iter().all(|new| new.path != path) {
                return path;
            }
            number += 1;
        }
    }
}

/// Saves what becomes articles of their own, with their journals; never over a file that is there. Gives the files to open
/// them by.
///
/// # Errors
/// A sentence when one cannot be written; those before it are.
pub fn save_new(articles: &[NewArticle], lang: Lang) -> Result<Vec<PathBuf>, String> {
    let mut saved = Vec::new();
    for new in articles {
        let path = &new.path;
        if fs::exists(path).map_err(|error| format!("{error}: {}", path.display()))? {
            return Err(lang.fault(&format!("this file is there by now: {}", path.display())));
        }
        article::save(&new.document, path).map_err(|error| lang.write_error(&error))?;
        if let Some(journal) = &new.journal {
            restore(path, journal).map_err(|error| lang.write_error(&error))?;
        }
        saved.push(new.opens().to_owned());
    }
    Ok(saved)
}
