//! The files that a command writes: all of them, or none.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::formats::{Files, Packing};
use crate::store::export_files::{Existing, ExportFiles, FileError};

/// The files of one command, in a folder or on stdout.
pub(super) struct Output {
    files: ExportFiles,
    to_stdout: bool,
}

impl Output {
    /// The files of a format at `path`: a file or a folder, as the format packs documents. A folder for a format of one
    /// file gets a file of the format's name.
    pub(super) fn packed(packing: Packing, path: &Path, force: bool) -> Result<Self> {
        match packing {
            Packing::Documents(_) => Self::folder(path, force),
            Packing::Set(_) if is_folder(path) && !is_stdout(path) => Self::folder(path, force),
            Packing::Set(own_name) => Self::file(own_name, path, force),
        }
    }

    /// Files in a folder, which need not be there yet.
    pub(super) fn folder(path: &Path, force: bool) -> Result<Self> {
        if is_stdout(path) {
            bail!("-o - is stdout, which takes one file, and a folder is needed here; ./- is one of that name");
        }
        Ok(Self {
            files: ExportFiles::in_folder(path, existing(force))?,
            to_stdout: false,
        })
    }

    /// A file at `path`, which whoever writes it calls `own_name`; others beside it under their own names. `-` is stdout.
    pub(super) fn file(own_name: &'static str, path: &Path, force: bool) -> Result<Self> {
        if is_stdout(path) {
            return Self::stdout();
        }
        Ok(Self {
            files: ExportFiles::as_file(path, own_name, existing(force))?,
            to_stdout: false,
        })
    }

    /// No file: what is written goes to stdout.
    pub(super) fn stdout() -> Result<Self> {
        Ok(Self {
            files: ExportFiles::nowhere()?,
            to_stdout: true,
        })
    }

    /// Keeps the files that the command reads from being written over, even with `--force`.
    pub(super) fn spare(&mut self, inputs: impl IntoIterator<Item = PathBuf>) {
        self.files.spare(inputs);
    }

    /// The files themselves.
    pub(super) fn files(&mut self) -> &mut ExportFiles {
        &mut self.files
    }

    /// Brings the files to where they belong.
    pub(super) fn finish(mut self) -> Result<()> {
        if !self.to_stdout {
            return Ok(self.files.keep()?);
        }
        let names = self.files.names().to_vec();
        if names.len() > 1 {
            bail!(
                "-o - is stdout, which takes one file, and these are: {}",
                names.join(", ")
            );
        }
        let mut out = io::stdout().lock();
        for name in names {
            io::copy(&mut self.files.written(&name)?, &mut out).context("stdout")?;
        }
        out.flush().context("stdout")
    }
}

impl Files for Output {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.files.append(name, bytes)
    }
}

/// Whether `-o` names no file but stdout.
pub(super) fn is_stdout(path: &Path) -> bool {
    path == Path::new("-")
}

/// What to call the place of a result.
pub(super) fn called(path: &Path) -> String {
    if is_stdout(path) {
        "stdout".to_owned()
    } else {
        path.display().to_string()
    }
}

/// What went wrong while `input` was turned into files: said of that, unless it is one of the files written that the error
/// names.
pub(super) fn of_input(error: io::Error, input: impl Display) -> anyhow::Error {
    match FileError::of(&error) {
        Some(_) => error.into(),
        None => anyhow::Error::from(error).context(input.to_string()),
    }
}

fn existing(force: bool) -> Existing {
    if force { Existing::Replace } else { Existing::Refuse }
}

/// Whether the user means a folder: it is there, or the path ends like one.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::is_separator)
}
