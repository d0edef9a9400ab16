//! The files of an export on the disk: all of them, or none.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use tempfile::TempDir;

use super::atomic::followed;
use crate::formats::{Files, native};

/// What is done about files that stand where new ones go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Nothing is written over: the first such file ends the export.
    Refuse,
    /// They are written over.
    Replace,
    /// [`ExportFiles::existing`] names them, and whoever calls asks.
    Tell,
}

/// Why a file of an export cannot be written. It comes inside an [`io::Error`], as [`FileError::of`] finds it again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It would be written over another.
    #[error("this file exists; --force writes over it: {}", .0.display())]
    Exists(PathBuf),
    /// It would be written over a file that it is made of.
    #[error("this file is read here, and is not written over: {}", .0.display())]
    Input(PathBuf),
    /// A folder has its name.
    #[error("a folder stands in the way: {}", .0.display())]
    FolderInTheWay(PathBuf),
    /// A file stands where a folder is needed.
    #[error("this is a file, and a folder is needed: {}", .0.display())]
    NoFolder(PathBuf),
    /// It is a device, a socket or a pipe, or its path ends in no name.
    #[error("this is not the name of an ordinary file: {}", .0.display())]
    NoFile(PathBuf),
    /// It would be written over a saved file of a newer program.
    #[error("a newer program wrote this file, in version {version}; this one knows {}: {}", native::VERSION, path.display())]
    Newer {
        /// The version of that file.
        version: u32,
        /// The file.
        path: PathBuf,
    },
    /// The format has made up a name that no file can have.
    #[error("no file can have this name: {0:?}")]
    BadName(String),
    /// The system has refused.
    #[error("nothing can be written, {what}: {}", path.display())]
    Io {
        /// What it said.
        what: String,
        /// What kind of refusal that is.
        kind: io::ErrorKind,
        /// Where.
        path: PathBuf,
    },
}

impl FileError {
    /// The error inside one of the system's, if it is one of these.
    #[must_use]
    pub fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

impl From<FileError> for io::Error {
    fn from(error: FileError) -> Self {
        Self::other(error)
    }
}

/// Files that are written into a hidden folder beside their places and put into them at the end. What is dropped before
/// leaves nothing.
#[derive(Debug)]
pub struct ExportFiles {
    folder: PathBuf,
    /// What the user calls the file that the format gives a name of its own.
    renamed: Option<(&'static str, PathBuf)>,
    existing: Existing,
    /// Files that are not written over whatever happens, by their canonical paths.
    inputs: HashSet<PathBuf>,
    staging: TempDir,
    names: Vec<String>,
    known: HashSet<String>,
    /// The file written last, which is mostly the next one too.
    open: Option<(String, BufWriter<File>)>,
}

impl ExportFiles {
    /// Files in `folder`, which need not be there yet.
    ///
    /// # Errors
    /// Where it cannot be written in.
    pub fn in_folder(folder: &Path, existing: Existing) -> io::Result<Self> {
        // Without the slash at its end, behind which the system finds no file.
        let folder: &Path = &folder.components().collect::<PathBuf>();
        let there = folder.ancestors().find(|folder| is_there(folder));
        if let Some(file) = there.filter(|there| !there.is_dir()) {
            return Err(FileError::NoFolder(file.to_owned()).into());
        }
        // Beside the target, because files are moved only within one disk.
        let beside = there.unwrap_or(Path::new("."));
        let staging = tempfile::Builder::new()
            .prefix(".zhupi-")
            .suffix(".tmp")
            .tempdir_in(beside)
            .map_err(|error| {
                // Of what is to be made, the first: the folder above it is there.
                let made = folder.ancestors().take_while(|folder| !folder.is_dir()).last();
                let made = made.filter(|made| !made.as_os_str().is_empty()).unwrap_or(beside);
                // The kind alone, for tempfile names its own folder too.
                failed(made)(error.kind().into())
            })?;
        Ok(Self::staged(folder.to_owned(), staging, existing))
    }

    /// The file `path` in the place of the one that the format calls `name`; the files beside it keep their names.
    ///
    /// # Errors
    /// Where `path` names no file, its folder cannot be written in, or a file there is not to be written over: that is
    /// said before any work is done.
    pub fn as_file(path: &Path, name: &'static str, existing: Existing) -> io::Result<Self> {
        let chosen = path
            .file_name()
            .filter(|_| !path.exists() || path.is_file() || path.is_dir());
        let Some(chosen) = chosen else {
            return Err(FileError::NoFile(path.to_owned()).into());
        };
        let mut files = Self::in_folder(path.parent().unwrap_or(Path::new("")), existing)?;
        files.renamed = Some((name, chosen.into()));
        files.check(name)?;
        Ok(files)
    }

    /// Files that are written elsewhere in the end ([`Self::written`]), and nowhere by [`Self::keep`].
    ///
    /// # Errors
    /// Where no temporary folder can be made.
    pub fn nowhere() -> io::Result<Self> {
        let staging = tempfile::tempdir().map_err(|error| failed(&std::env::temp_dir())(error.kind().into()))?;
        Ok(Self::staged(staging.path().join("kept"), staging, Existing::Replace))
    }

    fn staged(folder: PathBuf, staging: TempDir, existing: Existing) -> Self {
        Self {
            folder,
            renamed: None,
            existing,
            inputs: HashSet::new(),
            staging,
            names: Vec::new(),
            known: HashSet::new(),
            open: None,
        }
    }

    /// The names of the files so far as the format knows them, in the order in which they were begun.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What was written to a file so far, to be read.
    ///
    /// # Errors
    /// Where it cannot be completed or opened.
    pub fn written(&mut self, name: &str) -> io::Result<File> {
        self.close()?;
        let file = File::open(self.staging.path().join(name));
        file.map_err(|error| failed(&self.told(name))(error).into())
    }

    /// Keeps files from being written over, whatever is done about others that exist: what the new ones are made of.
    pub fn spare(&mut self, inputs: impl IntoIterator<Item = PathBuf>) {
        self.inputs
            .extend(inputs.into_iter().filter_map(|input| fs::canonicalize(input).ok()));
    }

    /// Files that stand where these go.
    #[must_use]
    pub fn existing(&self) -> Vec<PathBuf> {
        let paths = self.names.iter().map(|name| self.place(name));
        paths.filter(|path| is_there(path)).collect()
    }

    /// Whether whoever calls asks before anything is written over.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.existing == Existing::Tell
    }

    /// Puts the files into their places.
    ///
    /// # Errors
    /// Where one cannot be completed or moved; those before it are where they belong.
    pub fn keep(mut self) -> io::Result<()> {
        self.close()?;
        let are_few = self.names.len() <= FEW;
        for name in &self.names {
            let (from, to) = (self.staging.path().join(name), self.place(name));
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder).map_err(failed(folder))?;
            }
            if are_few || is_there(&to) {
                sync(&from).map_err(failed(&to))?;
            }
            put(&from, &to).map_err(failed(&to))?;
        }
        Ok(())
    }

    /// Where a file is to be in the end.
    fn place(&self, name: &str) -> PathBuf {
        match &self.renamed {
            Some((format, chosen)) if *format == name => self.folder.join(chosen),
            _ => self.folder.join(name),
        }
    }

    /// The path to tell where a file cannot be written: its place, and never one that nobody has named.
    fn told(&self, name: &str) -> PathBuf {
        let place = self.place(name);
        let hidden = self.staging.path();
        match hidden.parent() {
            Some(folder) if place.starts_with(hidden) => folder.to_owned(),
            _ => place,
        }
    }

    /// Whether a file may be written where it is to be.
    fn check(&self, name: &str) -> Result<(), FileError> {
        let path = self.place(name);
        if !is_there(&path) {
            return Ok(());
        }
        if path.is_dir() {
            return Err(FileError::FolderInTheWay(path));
        }
        if fs::canonicalize(&path).is_ok_and(|path| self.inputs.contains(&path)) {
            return Err(FileError::Input(path));
        }
        if self.existing == Existing::Refuse {
            return Err(FileError::Exists(path));
        }
        match version(&path) {
            Some(version) if version > native::VERSION => Err(FileError::Newer { version, path }),
            _ => Ok(()),
        }
    }

    /// Begins a file.
    fn create(&mut self, name: &str) -> io::Result<()> {
        let is_plain = |part| matches!(part, Component::Normal(_));
        if name.is_empty() || !Path::new(name).components().all(is_plain) {
            return Err(FileError::BadName(name.to_owned()).into());
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
        let Some((name, mut file)) = self.open.take() else {
            return Ok(());
        };
        file.flush().map_err(|error| failed(&self.told(&name))(error).into())
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
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
        let (_, file) = self.open.insert((name.to_owned(), BufWriter::new(file)));
        file.write_all(bytes)
    }
}

impl Files for ExportFiles {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.write(name, bytes).map_err(|error| match FileError::of(&error) {
            Some(_) => error,
            None => failed(&self.told(name))(error).into(),
        })
    }
}

/// Whether something has this path, be it a link that leads nowhere.
fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> FileError {
    move |error| FileError::Io {
        what: match error.kind() {
            io::ErrorKind::InvalidFilename => "no file can have this name, or one so long".to_owned(),
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
                "something else stands in the way".to_owned()
            }
            _ => error.to_string(),
        },
        kind: error.kind(),
        path: path.to_owned(),
    }
}

/// Up to so many files are brought to the disk one by one before they come to their places, and so is each that replaces
/// another. Of more, a power cut may cost the new ones, and the export is made again: ten thousand waits for the disk are a
/// minute.
const FEW: usize = 100;

fn sync(path: &Path) -> io::Result<()> {
    File::options().append(true).open(path)?.sync_all()
}

/// Moves a file. A symbolic link stays one: the file that it points to is replaced.
fn put(from: &Path, to: &Path) -> io::Result<()> {
    let to = followed(to)?;
    // A link may point to another disk, where nothing can be moved.
    match fs::rename(from, &to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => fs::copy(from, &to).map(|_| ()),
        result => result,
    }
}

/// The version of a saved file that is about to be written over; `None` for any other file.
fn version(path: &Path) -> Option<u32> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    if !path.extension()?.eq_ignore_ascii_case("json") {
        return None;
    }
    let head: Head = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    (head.format == "zhupi").then_some(head.version)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn nothing_is_there_before_all_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/名单.jsonl");
        let mut files = ExportFiles::as_file(&path, "set.jsonl", Existing::Tell).unwrap();
        for bytes in ["甲\n", "乙\n"] {
            files.append("set.jsonl", bytes.as_bytes()).unwrap();
            files.append("train/labels.json", bytes.as_bytes()).unwrap();
        }
        assert!(!path.exists() && files.existing().is_empty());
        let mut written = String::new();
        files
            .written("set.jsonl")
            .unwrap()
            .read_to_string(&mut written)
            .unwrap();
        assert_eq!(written, "甲\n乙\n");
        files.keep().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "甲\n乙\n");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 2);
        assert!(folder.path().join("new/train/labels.json").is_file());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_dropped_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "old").unwrap();
        let mut files = ExportFiles::in_folder(folder.path(), Existing::Tell).unwrap();
        files.append("a.txt", b"new").unwrap();
        assert_eq!(files.existing(), [folder.path().join("a.txt")]);
        drop(files);
        assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_read_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "old").unwrap();
        let mut files = ExportFiles::in_folder(&folder.path().join("."), Existing::Replace).unwrap();
        files.spare([path.clone(), folder.path().join("gone")]);
        let error = files.append("a.json", b"new").unwrap_err();
        assert!(matches!(FileError::of(&error), Some(FileError::Input(_))), "{error}");
        files.append("b.json", b"new").unwrap();
        files.keep().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    }

    /// `-o afile/` said "File exists (os error 17)", and only at the end.
    #[test]
    fn a_file_where_a_folder_is_needed_is_told_before_any_work() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("afile");
        fs::write(&file, "old").unwrap();
        for below in ["afile/", "afile/sub/more"] {
            let error = ExportFiles::in_folder(&folder.path().join(below), Existing::Replace).unwrap_err();
            assert_eq!(FileError::of(&error), Some(&FileError::NoFolder(file.clone())));
        }
    }

    #[test]
    fn a_name_that_is_too_long_is_told_of_the_new_file_without_the_hidden_folder() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = ExportFiles::in_folder(folder.path(), Existing::Replace).unwrap();
        let name = "长".repeat(300);
        let error = files.append(&name, b"new").unwrap_err().to_string();
        assert!(error.ends_with(&name) && !error.contains(".zhupi-"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_exists_and_is_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let (link, aim) = (folder.path().join("link"), folder.path().join("aim"));
        std::os::unix::fs::symlink("aim", &link).unwrap();
        let file = |existing| ExportFiles::as_file(&link, "x", existing);
        let error = file(Existing::Refuse).unwrap_err();
        assert_eq!(FileError::of(&error), Some(&FileError::Exists(link.clone())));
        let mut files = file(Existing::Replace).unwrap();
        files.append("x", b"new").unwrap();
        files.keep().unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&aim).unwrap(), "new");
    }

    #[test]
    fn what_stands_in_the_way_is_said_with_its_kind() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("old.jsonl"), "old").unwrap();
        fs::write(path("new.json"), r#"{"format":"zhupi","version":99}"#).unwrap();
        fs::create_dir(path("sub")).unwrap();
        let said = |done: io::Result<ExportFiles>| FileError::of(&done.unwrap_err()).cloned();
        let file = |name: &str, existing| ExportFiles::as_file(&path(name), "x", existing);
        assert_eq!(
            said(file("old.jsonl", Existing::Refuse)),
            Some(FileError::Exists(path("old.jsonl")))
        );
        assert!(file("old.jsonl", Existing::Replace).is_ok());
        assert_eq!(
            said(file("sub", Existing::Replace)),
            Some(FileError::FolderInTheWay(path("sub")))
        );
        let newer = FileError::Newer {
            version: 99,
            path: path("new.json"),
        };
        assert_eq!(said(file("new.json", Existing::Tell)), Some(newer));
        let inside = ExportFiles::in_folder(&path("old.jsonl"), Existing::Tell);
        assert_eq!(said(inside), Some(FileError::NoFolder(path("old.jsonl"))));
        let mut files = ExportFiles::in_folder(folder.path(), Existing::Tell).unwrap();
        assert!(files.append("../evil", b"x").is_err());
    }
}
