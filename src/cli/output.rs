//! The files that a command writes: all of them, or none.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;

use crate::formats::{Files, Packing};
use crate::store::export_files::{Existing, ExportFiles};

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
            Packing::Set(_) if is_folder(path) => Self::folder(path, force),
            Packing::Set(own_name) => Self::file(own_name, path, force),
        }
    }

    /// Files in a folder, which need not be there yet.
    pub(super) fn folder(path: &Path, force: bool) -> Result<Self> {
        Ok(Self {
            files: ExportFiles::in_folder(path, existing(force))?,
            to_stdout: false,
        })
    }

    /// A file at `path`, which whoever writes it calls `own_name`; others beside it under their own names.
    pub(super) fn file(own_name: &'static str, path: &Path, force: bool) -> Result<Self> {
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

    /// The files themselves.
    pub(super) fn files(&mut self) -> &mut ExportFiles {
        &mut self.files
    }

    /// Brings the files to where they belong.
    pub(super) fn finish(mut self) -> Result<()> {
        if !self.to_stdout {
            return Ok(self.files.keep()?);
        }
        let mut out = io::stdout().lock();
        for name in self.files.names().to_vec() {
            io::copy(&mut self.files.written(&name)?, &mut out)?;
        }
        Ok(out.flush()?)
    }
}

impl Files for Output {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.files.append(name, bytes)
    }
}

fn existing(force: bool) -> Existing {
    if force { Existing::Replace } else { Existing::Refuse }
}

/// Whether the user means a folder: it is there, or the path ends like one.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::is_separator)
}
