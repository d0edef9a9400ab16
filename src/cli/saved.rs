//! Which saved files the arguments of a command mean, and loading one.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};

use super::tell;
use crate::annot::Document;
use crate::formats::native::{self, LoadError, Loaded};
use crate::store::article::saved_file_of;
use crate::store::files::{read_source, saved_files_in};
use crate::text::hash::sha256_hex;

/// The saved files that `paths` mean, each once: a saved file itself; those in a folder, or in its `annotations/`; that
/// of a source.
pub(super) fn list(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut seen = HashSet::new();
    let mut files = Vec::new();
    for path in paths {
        files.extend(of_path(path)?);
    }
    files.retain(|file| seen.insert(file.clone()));
    Ok(files)
}

fn of_path(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_dir() {
        let files = in_folder(path)?;
        if files.is_empty() {
            bail!("there are no saved files in the folder: {}", path.display());
        }
        return Ok(files);
    }
    if is_saved(path) {
        return Ok(vec![path.to_owned()]);
    }
    match of_source(path)? {
        (file, true) => Ok(vec![file]),
        (file, false) => bail!("there is no saved file {} for {}", file.display(), path.display()),
    }
}

/// The saved files in a folder or, where it has none, in its `annotations/`.
pub(super) fn in_folder(folder: &Path) -> Result<Vec<PathBuf>> {
    let files = saved_files_in(folder)?;
    let inside = folder.join("annotations");
    if files.is_empty() && inside.is_dir() {
        return Ok(saved_files_in(&inside)?);
    }
    Ok(files)
}

/// Where the saved file of a source is, or would be, and whether it is there. That the source has changed since is told.
pub(super) fn of_source(path: &Path) -> Result<(PathBuf, bool)> {
    let source = read_source(path)?;
    let (file, bytes) = saved_file_of(path, None)?;
    let saved = bytes.as_ref().and_then(|bytes| native::load(bytes).ok());
    if saved.is_some_and(|saved| saved.document.source.sha256 != sha256_hex(&source)) {
        tell(format_args!(
            "{}: warning: this is not what it was when its annotations were made",
            path.display()
        ));
    }
    Ok((file, bytes.is_some()))
}

/// Whether a path is that of a saved file, by its name.
pub(super) fn is_saved(path: &Path) -> bool {
    let extension = path.extension();
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// Loads a saved file for a command that only looks at it: a newer one is read as far as it is understood.
pub(super) fn load(path: &Path) -> Result<Document> {
    let loaded = load_any(path)?;
    if loaded.version > native::VERSION {
        tell(format_args!("{}: warning: {}", path.display(), newer(loaded.version)));
    }
    Ok(loaded.document)
}

/// Loads a saved file for a command that writes what is in it, which must not lose what a newer program put there.
pub(super) fn load_to_write(path: &Path) -> Result<Document> {
    let loaded = load_any(path)?;
    if loaded.version > native::VERSION {
        bail!("{}: {}", path.display(), newer(loaded.version));
    }
    Ok(loaded.document)
}

fn load_any(path: &Path) -> Result<Loaded> {
    native::load(&read_source(path)?).map_err(|error| match error {
        LoadError::Json { line, column, what } => anyhow!("{}:{line}:{column}: {what}", path.display()),
        error => anyhow!("{}: {error}", path.display()),
    })
}

/// What is to be said of a file of a newer version.
pub(super) fn newer(version: u32) -> String {
    let known = native::VERSION;
    format!("a newer program wrote this file, in version {version}; this one knows {known}")
}
