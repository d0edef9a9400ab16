//! The files that a command writes: all of them, or none.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use tempfile::TempDir;

use super::saved;
use crate::formats::{Files, Packing, native};

/// Where the files are to be in the end.
enum Target {
    /// In a folder, under their own names.
    Folder(PathBuf),
    /// In a folder, one of them under the name that the user gave.
    File {
        folder: PathBuf,
        own_name: &'static str,
        given_name: PathBuf,
    },
    /// On stdout, one after the other.
    Stdout,
}

/// The files of one command. They are written into a hidden folder beside their target and moved there by
/// [`Output::finish`]: a command that fails before leaves nothing behind.
pub(super) struct Output {
    target: Target,
    force: bool,
    staging: TempDir,
    names: Vec<String>,
    known: HashSet<String>,
    /// The file written last, which is mostly the next one too.
    open: Option<(String, io::BufWriter<File>)>,
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
        if path.exists() && !path.is_dir() {
            bail!("this is a file, and a folder is needed: {}", path.display());
        }
        Self::new(Target::Folder(path.to_owned()), path, force)
    }

    /// A file at `path`, which whoever writes it calls `own_name`; others beside it under their own names.
    pub(super) fn file(own_name: &'static str, path: &Path, force: bool) -> Result<Self> {
        if path.exists() && !path.is_file() {
            bail!("this is not an ordinary file: {}", path.display());
        }
        let Some(name) = path.file_name() else {
            bail!("this is not the name of a file: {}", path.display());
        };
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let target = Target::File {
            folder: folder.clone(),
            own_name,
            given_name: name.into(),
        };
        let output = Self::new(target, &folder, force)?;
        // Said before any work is done.
        output.check(own_name)?;
        Ok(output)
    }

    /// No file: what is written goes to stdout.
    pub(super) fn stdout() -> Result<Self> {
        let staging = tempfile::tempdir().context("no temporary folder can be made")?;
        Ok(Self::staged(Target::Stdout, staging, true))
    }

    fn new(target: Target, folder: &Path, force: bool) -> Result<Self> {
        // Beside the target, because files are moved only within one disk.
        let mut beside = folder;
        while !beside.as_os_str().is_empty() && !beside.is_dir() {
            beside = beside.parent().unwrap_or(Path::new(""));
        }
        let beside = if beside.as_os_str().is_empty() {
            Path::new(".")
        } else {
            beside
        };
        let staging = tempfile::Builder::new()
            .prefix(".zhupi-")
            .suffix(".tmp")
            .tempdir_in(beside)
            .with_context(|| format!("nothing can be written in {}", beside.display()))?;
        Ok(Self::staged(target, staging, force))
    }

    fn staged(target: Target, staging: TempDir, force: bool) -> Self {
        Self {
            target,
            force,
            staging,
            names: Vec::new(),
            known: HashSet::new(),
            open: None,
        }
    }

    /// The names of the files so far, in the order in which they were begun.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// How long a file is so far.
    pub(super) fn len(&mut self, name: &str) -> io::Result<u64> {
        self.close()?;
        Ok(fs::metadata(self.staging.path().join(name))?.len())
    }

    /// What was written to a file so far.
    pub(super) fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
        self.close()?;
        fs::read(self.staging.path().join(name))
    }

    /// Brings the files to where they belong.
    pub(super) fn finish(mut self) -> Result<()> {
        self.close()?;
        for name in &self.names {
            let from = self.staging.path().join(name);
            let Some(to) = self.place(name) else {
                let mut file = File::open(&from)?;
                let mut out = io::stdout().lock();
                io::copy(&mut file, &mut out)?;
                out.flush()?;
                continue;
            };
            let failed = || format!("cannot be written: {}", to.display());
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder).with_context(failed)?;
            }
            put(&from, &to).with_context(failed)?;
        }
        Ok(())
    }

    /// Where a file is to be; `None` is stdout.
    fn place(&self, name: &str) -> Option<PathBuf> {
        match &self.target {
            Target::Folder(folder) => Some(folder.join(name)),
            Target::File {
                folder,
                own_name,
                given_name,
            } if name == *own_name => Some(folder.join(given_name)),
            Target::File { folder, .. } => Some(folder.join(name)),
            Target::Stdout => None,
        }
    }

    /// Whether a file may be written where it is to be.
    fn check(&self, name: &str) -> io::Result<()> {
        let Some(path) = self.place(name).filter(|path| path.exists()) else {
            return Ok(());
        };
        let path_shown = path.display();
        if path.is_dir() {
            return Err(io::Error::other(format!("a folder stands in the way: {path_shown}")));
        }
        if !self.force {
            let what = format!("this file exists; --force writes over it: {path_shown}");
            return Err(io::Error::other(what));
        }
        match version(&path) {
            Some(version) if version > native::VERSION => {
                Err(io::Error::other(format!("{}: {path_shown}", saved::newer(version))))
            }
            _ => Ok(()),
        }
    }

    /// Begins a file.
    fn create(&mut self, name: &str) -> io::Result<()> {
        let is_plain = |part| matches!(part, Component::Normal(_));
        if name.is_empty() || !Path::new(name).components().all(is_plain) {
            return Err(io::Error::other(format!("no file can have this name: {name:?}")));
        }
        self.check(name)?;
        if let Some(folder) = Path::new(name).parent() {
            fs::create_dir_all(self.staging.path().join(folder))?;
        }
        self.known.insert(name.to_owned());
        self.names.push(name.to_owned());
        Ok(())
    }

    fn close(&mut self) -> io::Result<()> {
        match self.open.take() {
            Some((_, mut file)) => file.flush(),
            None => Ok(()),
        }
    }
}

impl Files for Output {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if let Some((open, file)) = &mut self.open
            && open == name
        {
            return file.write_all(bytes);
        }
        self.close()?;
        if !self.known.contains(name) {
            self.create(name)?;
        }
        let path = self.staging.path().join(name);
        let file = File::options().create(true).append(true).open(path)?;
        let (_, file) = self.open.insert((name.to_owned(), io::BufWriter::new(file)));
        file.write_all(bytes)
    }
}

/// Moves a file, bringing it to the disk first. A symbolic link stays one: the file that it points to is replaced.
fn put(from: &Path, to: &Path) -> io::Result<()> {
    File::options().append(true).open(from)?.sync_all()?;
    let to = fs::canonicalize(to).unwrap_or_else(|_| to.to_owned());
    // A link may point to another disk, where nothing can be moved.
    match fs::rename(from, &to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => fs::copy(from, &to).map(|_| ()),
        result => result,
    }
}

/// Whether the user means a folder: it is there, or the path ends like one.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::is_separator)
}

/// The version of a saved file that is about to be written over; `None` for any other file.
fn version(path: &Path) -> Option<u32> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    if !saved::is_saved(path) {
        return None;
    }
    let head: Head = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    (head.format == "zhupi").then_some(head.version)
}
