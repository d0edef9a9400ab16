//! Writing a file as a whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that could not be written. The one that was there before is as it was.
#[derive(Debug, thiserror::Error)]
#[error("{what}: {cause}: {}", path.display())]
pub struct WriteError {
    what: &'static str,
    cause: io::Error,
    path: PathBuf,
}

impl WriteError {
    pub(super) fn new(what: &'static str, cause: io::Error, path: &Path) -> Self {
        Self {
            what,
            cause,
            path: path.to_owned(),
        }
    }

    /// The file that was to be written.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What kind of failure the system reported.
    #[must_use]
    pub fn kind(&self) -> io::ErrorKind {
        self.cause.kind()
    }
}

/// Makes the folder that `path` lies in, if it is missing, but not that folder's own: where a whole tree is gone, a drive
/// may have been taken out, and nothing should be built in its place.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(path: &Path) -> Result<(), WriteError> {
    let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
    else {
        return Ok(());
    };
    fs::create_dir(folder).map_err(|cause| WriteError {
        what: "the folder cannot be made",
        cause,
        path: folder.to_owned(),
    })
}

/// Puts `bytes` where `path` is: a reader, or the next start after a power cut, sees either the old file or the new
/// one. The folder must exist. A symbolic link stays one: the file that it points to is replaced. The mode of a file
/// that is replaced is kept.
///
/// # Errors
/// When the folder is missing or read-only, the disk full, or the file not to be replaced; no temporary file stays.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let failed = |what| {
        move |cause| WriteError {
            what,
            cause,
            path: path.to_owned(),
        }
    };

    let target = followed(path).map_err(failed("cannot follow the link"))?;
    let folder = match target.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let mode = match fs::metadata(&target) {
        Ok(old) if old.is_dir() => return Err(failed("cannot write")(io::ErrorKind::IsADirectory.into())),
        // A rename would replace even a file that its owner has protected.
        Ok(old) if old.permissions().readonly() => {
            return Err(failed("the file is read-only")(io::ErrorKind::PermissionDenied.into()));
        }
        Ok(old) => Some(old.permissions()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed("cannot look at the file")(error)),
    };

    let mut temporary = new_beside(folder, mode.is_none()).map_err(failed("cannot create a file in the folder"))?;
    temporary.write_all(bytes).map_err(failed("cannot write"))?;
    if let Some(mode) = mode {
        (temporary.as_file().set_permissions(mode)).map_err(failed("cannot keep the file's permissions"))?;
    }
    temporary
        .as_file()
        .sync_all()
        .map_err(failed("cannot bring the file to the disk"))?;
    (temporary.persist(&target)).map_err(|error| failed("cannot replace the file")(error.error))?;
    sync_folder(folder).map_err(failed("cannot bring the folder to the disk"))
}

/// The file that `path` names at last, through however many links; a link may point to a file yet to be made.
pub(super) fn followed(path: &Path) -> io::Result<PathBuf> {
    /// As many links as Linux follows before it calls them a loop.
    const MOST_LINKS: usize = 40;
    let mut at = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::symlink_metadata(&at) {
            Ok(found) if found.is_symlink() => {
                let aim = fs::read_link(&at)?;
                at = at.parent().unwrap_or(Path::new("")).join(aim);
            }
            _ => return Ok(at),
        }
    }
    Err(io::Error::other("too many links"))
}

/// A temporary file in `folder`. tempfile makes its files for the owner alone; a file that is `new` gets the mode that
/// the process gives to any file.
fn new_beside(folder: &Path, new: bool) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".zhupi-").suffix(".tmp");
    if let (true, Some(usual)) = (new, usual_permissions()) {
        builder.permissions(usual);
    }
    // The kind alone: tempfile's own words name the temporary file.
    builder.tempfile_in(folder).map_err(|error| error.kind().into())
}

#[cfg(unix)]
fn usual_permissions() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<fs::Permissions> {
    None
}

/// Makes the rename itself last. Only Unix has folders that can be opened and synced.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = (fs::read_dir(folder).unwrap())
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn makes_and_replaces() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("稿件.json");
        for text in ["一", "二二"] {
            write_atomic(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(names(folder.path()), ["稿件.json"]);
    }

    #[test]
    fn a_missing_folder_is_told_with_the_file_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gone").join("a.json");
        let error = write_atomic(&path, b"x").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert_eq!(error.path(), path);
        let message = error.to_string();
        assert!(message.starts_with("cannot create a file in the folder: "), "{message}");
        assert!(message.ends_with("a.json"), "{message}");
    }

    #[test]
    fn a_folder_in_the_way_stays_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::create_dir(&path).unwrap();
        assert!(write_atomic(&path, b"x").is_err());
        assert_eq!(names(folder.path()), ["a.json"]);
        assert!(path.is_dir());
    }

    #[test]
    fn a_read_only_file_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "old").unwrap();
        let mut mode = fs::metadata(&path).unwrap().permissions();
        mode.set_readonly(true);
        fs::set_permissions(&path, mode).unwrap();
        let error = write_atomic(&path, b"new").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["a.json"]);
    }

    #[cfg(unix)]
    mod unix {
        use std::os::unix::fs::{PermissionsExt, symlink};

        use super::*;

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).unwrap().permissions().mode() & 0o777
        }

        #[test]
        fn the_mode_is_kept_and_a_new_file_gets_the_usual_one() {
            let folder = tempfile::tempdir().unwrap();
            let (old, new, usual) = (
                folder.path().join("old"),
                folder.path().join("new"),
                folder.path().join("usual"),
            );
            fs::write(&old, "").unwrap();
            fs::set_permissions(&old, fs::Permissions::from_mode(0o640)).unwrap();
            fs::write(&usual, "").unwrap();
            write_atomic(&old, b"x").unwrap();
            write_atomic(&new, b"x").unwrap();
            assert_eq!(mode(&old), 0o640);
            assert_eq!(mode(&new), mode(&usual));
        }

        #[test]
        fn a_link_stays_and_its_target_changes() {
            let folder = tempfile::tempdir().unwrap();
            let shelf = folder.path().join("shelf");
            fs::create_dir(&shelf).unwrap();
            symlink("shelf/real.json", folder.path().join("link")).unwrap();
            symlink("link", folder.path().join("second")).unwrap();
            write_atomic(&folder.path().join("second"), b"x").unwrap();
            assert_eq!(fs::read(shelf.join("real.json")).unwrap(), b"x");
            assert_eq!(names(folder.path()), ["link", "second", "shelf"]);
            assert!(fs::symlink_metadata(folder.path().join("link")).unwrap().is_symlink());
        }

        #[test]
        fn a_ring_of_links_is_an_error() {
            let folder = tempfile::tempdir().unwrap();
            symlink("b", folder.path().join("a")).unwrap();
            symlink("a", folder.path().join("b")).unwrap();
            assert!(write_atomic(&folder.path().join("a"), b"x").is_err());
            assert_eq!(names(folder.path()), ["a", "b"]);
        }
    }
}
