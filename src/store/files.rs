//! Source files: reading one, finding a folder's, and where the saved file of each belongs.

use std::cmp::Ordering;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest source that is read: 1 GiB. A newspaper's whole year is less.
const MOST_BYTES: u64 = 1 << 30;

/// What names a text among a folder's files, in lower case.
const TEXT_EXTENSIONS: [&str; 2] = ["txt", "md"];

/// A file or folder that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{reason}: {}", path.display())]
pub struct ReadError {
    /// Why.
    pub reason: Unreadable,
    /// The file or folder.
    pub path: PathBuf,
}

/// Why something could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Nothing is there.
    #[error("there is no such file")]
    Missing,
    /// A folder stands where a file is needed.
    #[error("this is a folder, not a file")]
    Folder,
    /// A device, a socket or a pipe.
    #[error("this is not an ordinary file")]
    NotAFile,
    /// More than 1 GiB.
    #[error("the file is larger than 1 GiB; split it first")]
    TooLarge,
    /// What the system said.
    #[error("cannot be read: {0}")]
    Io(io::Error),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::IsADirectory => Self::Folder,
            _ => Self::Io(error),
        }
    }
}

/// All bytes of a source file.
///
/// # Errors
/// When it is missing, a folder, not an ordinary file, unreadable, or larger than 1 GiB.
pub fn read_source(path: &Path) -> Result<Vec<u8>, ReadError> {
    read_up_to(path, MOST_BYTES).map_err(|reason| ReadError {
        reason,
        path: path.to_owned(),
    })
}

fn read_up_to(path: &Path, most: u64) -> Result<Vec<u8>, Unreadable> {
    // Asked before opening, which waits for ever on a pipe.
    let found = fs::metadata(path)?;
    if found.is_dir() {
        return Err(Unreadable::Folder);
    }
    if !found.is_file() {
        return Err(Unreadable::NotAFile);
    }
    if found.len() > most {
        return Err(Unreadable::TooLarge);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or(0));
    // The file may grow while it is read.
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        Err(Unreadable::TooLarge)
    } else {
        Ok(bytes)
    }
}

/// The texts in `folder` itself (`.txt`, `.md`), A2 before A10; hidden files are left out.
///
/// # Errors
/// When the folder is missing or cannot be listed.
pub fn texts_in(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    files_in(folder, &TEXT_EXTENSIONS)
}

/// The saved files in `folder` itself (`.json`), in the same order.
///
/// # Errors
/// When the folder is missing or cannot be listed.
pub fn saved_files_in(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    files_in(folder, &["json"])
}

fn files_in(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, ReadError> {
    list(folder, extensions).map_err(|error| ReadError {
        reason: error.into(),
        path: folder.to_owned(),
    })
}

fn list(folder: &Path, extensions: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && has_extension(&path, extensions) && path.is_file() {
            files.push(path);
        }
    }
    files.sort_by(|a, b| natural_order(&a.to_string_lossy(), &b.to_string_lossy()).then_with(|| a.cmp(b)));
    Ok(files)
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let found = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    extensions.iter().any(|extension| extension.eq_ignore_ascii_case(found))
}

/// The order in which people number pages: a run of digits counts as one number, capitals count as small letters.
#[must_use]
pub fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut rest_a, mut rest_b) = (a, b);
    loop {
        let ((part_a, after_a), (part_b, after_b)) = (split_part(rest_a), split_part(rest_b));
        let order = compare_parts(part_a, part_b);
        if order != Ordering::Equal {
            return order;
        }
        if part_a.is_empty() {
            // Equal but for capitals and leading zeros.
            return a.cmp(b);
        }
        (rest_a, rest_b) = (after_a, after_b);
    }
}

/// The first run of digits, or the first run of anything else, and what follows it.
fn split_part(text: &str) -> (&str, &str) {
    let digits_first = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text
        .find(|c: char| c.is_ascii_digit() != digits_first)
        .unwrap_or(text.len());
    text.split_at(end)
}

fn compare_parts(a: &str, b: &str) -> Ordering {
    let is_number = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    if is_number(a) && is_number(b) {
        let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
        a.len().cmp(&b.len()).then_with(|| a.cmp(b))
    } else {
        a.chars()
            .flat_map(char::to_lowercase)
            .cmp(b.chars().flat_map(char::to_lowercase))
    }
}

/// Where the annotations of `source` are saved: `<stem>.json` in `annotations_dir`, or in `annotations/` beside the
/// source. Two sources with one stem share a saved file; its `source.name` tells whose it is.
#[must_use]
pub fn annotations_path(source: &Path, annotations_dir: Option<&Path>) -> PathBuf {
    let mut name = source.file_stem().unwrap_or(OsStr::new("untitled")).to_owned();
    name.push(".json");
    match annotations_dir {
        Some(folder) => folder.join(name),
        None => source.with_file_name("annotations").join(name),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_file_is_read_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("空.txt");
        for bytes in [b"".as_slice(), b"\xEF\xBB\xBFa\r\n\0"] {
            fs::write(&path, bytes).unwrap();
            assert_eq!(read_source(&path).unwrap(), bytes);
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_with_the_path_last() {
        let folder = tempfile::tempdir().unwrap();
        for (path, message) in [
            (folder.path().join("gone.txt"), "there is no such file"),
            (folder.path().to_owned(), "this is a folder, not a file"),
        ] {
            let error = read_source(&path).unwrap_err().to_string();
            assert_eq!(error, format!("{message}: {}", path.display()));
        }
        assert!(texts_in(&folder.path().join("gone")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_refused() {
        let reason = read_source(Path::new("/dev/zero")).unwrap_err().reason;
        assert!(matches!(reason, Unreadable::NotAFile));
    }

    #[test]
    fn the_limit_is_the_last_size_that_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, b"12345").unwrap();
        assert_eq!(read_up_to(&path, 5).unwrap(), b"12345");
        assert!(matches!(read_up_to(&path, 4), Err(Unreadable::TooLarge)));
    }

    #[test]
    fn a_folders_texts_in_page_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "A10.txt",
            "A2.TXT",
            "a1.md",
            "A2b.txt",
            ".A0.txt",
            "A3.json",
            "要闻.txt",
            "A02.txt",
        ] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        fs::create_dir(folder.path().join("annotations.txt")).unwrap();
        let texts = texts_in(folder.path()).unwrap();
        let names: Vec<_> = texts
            .iter()
            .map(|path| path.file_name().unwrap().to_str().unwrap())
            .collect();
        assert_eq!(names, ["a1.md", "A02.txt", "A2.TXT", "A2b.txt", "A10.txt", "要闻.txt"]);
    }

    #[test]
    fn where_the_saved_file_goes() {
        for (source, dir, saved) in [
            ("desk/A1.txt", None, "desk/annotations/A1.json"),
            ("A1.txt", None, "annotations/A1.json"),
            ("desk/A1.v2.txt", None, "desk/annotations/A1.v2.json"),
            ("desk/要闻", None, "desk/annotations/要闻.json"),
            ("desk/A1.txt", Some("out"), "out/A1.json"),
        ] {
            assert_eq!(
                annotations_path(Path::new(source), dir.map(Path::new)),
                Path::new(saved)
            );
        }
    }

    proptest! {
        #[test]
        fn natural_order_is_an_order(a in "[aA0-2]{0,5}", b in "[aA0-2]{0,5}", c in "[aA0-2]{0,5}") {
            prop_assert_eq!(natural_order(&a, &b), natural_order(&b, &a).reverse());
            prop_assert_eq!(natural_order(&a, &b) == Ordering::Equal, a == b);
            if natural_order(&a, &b).is_le() && natural_order(&b, &c).is_le() {
                prop_assert!(natural_order(&a, &c).is_le(), "{} {} {}", a, b, c);
            }
        }
    }
}
