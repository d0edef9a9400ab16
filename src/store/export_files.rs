//! The files of an export on the disk: all of them, or none.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::formats::Files;

/// Files that are written beside their places and put into them at the end. What is dropped before leaves nothing.
#[derive(Debug)]
pub struct ExportFiles {
    folder: PathBuf,
    /// What the user calls the file that the format gives a name of its own.
    renamed: Option<(&'static str, String)>,
    names: Vec<String>,
    known: HashSet<String>,
    /// The file written last: exports write their files one after the other.
    current: Option<(String, File)>,
}

impl ExportFiles {
    /// Files in `folder`, which is made where it is missing.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub fn in_folder(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            renamed: None,
            names: Vec::new(),
            known: HashSet::new(),
            current: None,
        })
    }

    /// The file `path` in the place of the one that the format calls `name`; the files beside it keep their names.
    ///
    /// # Errors
    /// Where `path` names no file, or its folder cannot be made.
    pub fn as_file(path: &Path, name: &'static str) -> io::Result<Self> {
        let Some(chosen) = path.file_name() else {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "this is not the name of a file",
            ));
        };
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut files = Self::in_folder(folder)?;
        files.renamed = Some((name, chosen.to_string_lossy().into_owned()));
        Ok(files)
    }

    /// Files that stand where these go.
    #[must_use]
    pub fn existing(&self) -> Vec<PathBuf> {
        let paths = self.names.iter().map(|name| self.folder.join(name));
        paths.filter(|path| path.exists()).collect()
    }

    /// Puts the files into their places and says which they are: the name that the format knows each by, and its path.
    ///
    /// # Errors
    /// Where a file cannot be completed or moved.
    pub fn keep(mut self) -> io::Result<Vec<(String, PathBuf)>> {
        self.current = None;
        let mut kept = Vec::with_capacity(self.names.len());
        for name in std::mem::take(&mut self.names) {
            let path = self.folder.join(&name);
            let part = self.part(&name);
            let moved = File::open(&part)
                .and_then(|file| file.sync_all())
                .and_then(|()| fs::rename(&part, &path));
            if let Err(error) = moved {
                // Those not yet moved are still ours to remove.
                self.names = self.known.iter().cloned().collect();
                return Err(error);
            }
            self.known.remove(&name);
            let known_as = match &self.renamed {
                Some((format, chosen)) if *chosen == name => (*format).to_owned(),
                _ => name,
            };
            kept.push((known_as, path));
        }
        Ok(kept)
    }

    fn part(&self, name: &str) -> PathBuf {
        self.folder.join(format!(".{name}.part"))
    }

    fn named<'a>(&'a self, name: &'a str) -> &'a str {
        match &self.renamed {
            Some((format, chosen)) if *format == name => chosen,
            _ => name,
        }
    }
}

impl Files for ExportFiles {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let name = self.named(name).to_owned();
        if let Some((current, file)) = &mut self.current
            && *current == name
        {
            return file.write_all(bytes);
        }
        let part = self.part(&name);
        let mut file = if self.known.contains(&name) {
            OpenOptions::new().append(true).open(&part)?
        } else {
            let file = File::create(&part)?;
            self.known.insert(name.clone());
            self.names.push(name.clone());
            file
        };
        file.write_all(bytes)?;
        self.current = Some((name, file));
        Ok(())
    }
}

impl Drop for ExportFiles {
    fn drop(&mut self) {
        self.current = None;
        for name in &self.names {
            // Nobody is left to hear of it; a rest that stays is hidden and harms nothing.
            fs::remove_file(self.part(name)).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_there_before_all_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/名单.jsonl");
        let mut files = ExportFiles::as_file(&path, "set.jsonl").unwrap();
        for bytes in ["甲\n", "乙\n"] {
            files.append("set.jsonl", bytes.as_bytes()).unwrap();
            files.append("labels.json", bytes.as_bytes()).unwrap();
        }
        assert!(!path.exists() && files.existing().is_empty());
        let kept = files.keep().unwrap();
        assert_eq!(kept[0], ("set.jsonl".to_owned(), path.clone()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "甲\n乙\n");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 2);
    }

    #[test]
    fn what_is_dropped_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "old").unwrap();
        let mut files = ExportFiles::in_folder(folder.path()).unwrap();
        files.append("a.txt", b"new").unwrap();
        assert_eq!(files.existing(), [folder.path().join("a.txt")]);
        drop(files);
        assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
