//! Opening and saving an article: its source, its saved file, and what must be said about the two.

use std::path::{Path, PathBuf};

use super::atomic::{WriteError, make_folder, write_atomic};
use super::files::{ReadError, annotations_path, read_source};
use super::journal::journal_path;
use crate::annot::document::{BlockMark, Parts};
use crate::annot::{Document, Source};
use crate::formats::Beside;
use crate::formats::native::{self, LoadError};
use crate::text::decode::{DecodeError, Decoded, decode, decode_as};
use crate::text::hash::sha256_hex;
use crate::text::reflow::{Reading, as_is, reflow};
use crate::text::{Alignment, Text, Words};

/// Raw text up to which the segmenter helps to reflow, in bytes: it reads 3 MB a second, and a larger file is no page.
const SEGMENTED_BYTES: usize = 2 << 20;

/// How a source is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadOptions<'a> {
    /// The encoding that the editor chose; `None` to guess.
    pub encoding: Option<&'a str>,
    /// Whether every line stays a line.
    pub as_is: bool,
}

/// An article as it was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The file that was asked for.
    pub path: PathBuf,
    /// Where its annotations are, or will be.
    pub saved_path: PathBuf,
    /// Text and annotations.
    pub document: Document,
    /// What the editor must know.
    pub remarks: Vec<Remark>,
}

/// Something that the editor must know about an opened article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The source is not what it was when the annotations were made; they stay on the text of then.
    SourceChanged,
    /// A newer program wrote the annotations, in this version of the format: they are for reading only.
    NewerVersion(u32),
    /// So many bytes could not be read in the encoding.
    Malformed(usize),
}

/// Why an article cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file is not a text.
    #[error("{cause}: {}", path.display())]
    Decode {
        /// What it is instead.
        cause: DecodeError,
        /// The file.
        path: PathBuf,
    },
    /// The saved annotations are damaged; they are left as they are.
    #[error("the annotations cannot be read, {cause}: {}", path.display())]
    Saved {
        /// What is wrong.
        cause: LoadError,
        /// The saved file.
        path: PathBuf,
    },
}

/// Opens a source with the annotations made on it, or a saved file by itself.
///
/// # Errors
/// When a file cannot be read or understood. Damaged annotations are an error too: opening the source without them would
/// lead to writing over them.
pub fn open(
    path: &Path,
    annotations_dir: Option<&Path>,
    options: ReadOptions<'_>,
    words: &Words,
) -> Result<Opened, OpenError> {
    if path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
    {
        return open_saved(path);
    }
    let bytes = read_source(path)?;
    let (saved_path, saved) = saved_file_of(path, annotations_dir)?;
    if let Some(saved) = saved {
        let loaded = native::load(&saved).map_err(|cause| OpenError::Saved {
            cause,
            path: saved_path.clone(),
        })?;
        let mut remarks = Vec::new();
        if loaded.document.source.sha256 != sha256_hex(&bytes) {
            remarks.push(Remark::SourceChanged);
        }
        remarks.extend((loaded.version > native::VERSION).then_some(Remark::NewerVersion(loaded.version)));
        return Ok(Opened {
            path: path.to_owned(),
            saved_path,
            document: loaded.document,
            remarks,
        });
    }
    let (document, malformed) = read(&bytes, &file_name(path), options, words).map_err(|cause| OpenError::Decode {
        cause,
        path: path.to_owned(),
    })?;
    Ok(Opened {
        path: path.to_owned(),
        saved_path,
        document,
        remarks: (malformed > 0)
            .then_some(Remark::Malformed(malformed))
            .into_iter()
            .collect(),
    })
}

/// Opens a saved file by itself: it is saved where it is.
fn open_saved(path: &Path) -> Result<Opened, OpenError> {
    let bytes = read_source(path)?;
    let loaded = native::load(&bytes).map_err(|cause| OpenError::Saved {
        cause,
        path: path.to_owned(),
    })?;
    let newer = (loaded.version > native::VERSION).then_some(Remark::NewerVersion(loaded.version));
    Ok(Opened {
        path: path.to_owned(),
        saved_path: path.to_owned(),
        document: loaded.document,
        remarks: newer.into_iter().collect(),
    })
}

/// The saved file of a source, and its bytes if it is there. Where `<stem>.json` belongs to another source (`a.txt`
/// beside `a.md`), the file is named after the whole name.
///
/// # Errors
/// When a file of that name is there and cannot be read.
pub fn saved_file_of(source: &Path, annotations_dir: Option<&Path>) -> Result<(PathBuf, Option<Vec<u8>>), ReadError> {
    let usual = annotations_path(source, annotations_dir);
    if !usual.exists() {
        return Ok((usual, None));
    }
    let bytes = read_source(&usual)?;
    let owner = native::load(&bytes).map(|loaded| loaded.document.source.name.clone());
    let name = file_name(source);
    if owner.is_ok_and(|owner| owner != name) {
        let own = usual.with_file_name(format!("{name}.json"));
        let bytes = own.exists().then(|| read_source(&own)).transpose()?;
        return Ok((own, bytes));
    }
    Ok((usual, Some(bytes)))
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// A document of a source's bytes, without annotations, and how many bytes could not be read.
///
/// # Errors
/// When the bytes are not text.
pub fn read(
    bytes: &[u8],
    name: &str,
    options: ReadOptions<'_>,
    words: &Words,
) -> Result<(Document, usize), DecodeError> {
    let Decoded {
        text,
        encoding,
        newline,
        malformed,
        ..
    } = match options.encoding {
        Some(encoding) => decode_as(bytes, encoding)?,
        None => decode(bytes)?,
    };
    let words = (text.len() <= SEGMENTED_BYTES).then_some(words);
    let reading = if options.as_is {
        as_is(&text)
    } else {
        reflow(&text, words)
    };
    let source = Source {
        name: name.to_owned(),
        sha256: sha256_hex(bytes),
        encoding: encoding.to_owned(),
        newline: newline.as_str().to_owned(),
        text: Text::new(text),
    };
    Ok((document_of(source, reading), malformed))
}

fn document_of(source: Source, reading: Reading) -> Document {
    let mark = |block: &crate::text::Block| BlockMark {
        kind: block.kind,
        starts_article: block.starts_article,
        dropped: false,
    };
    Document::new(Parts {
        source,
        blocks: reading.blocks.iter().map(mark).collect(),
        text: Text::new(reading.text),
        alignment: Alignment::new(reading.runs),
        ..Parts::default()
    })
}

/// What lies beside a saved file: its journal, and the source that was opened ([`original`]).
#[must_use]
pub fn beside(saved_path: &Path, path: Option<&Path>, document: &Document) -> Beside {
    Beside {
        original: original(saved_path, path, document).map(|(_, bytes)| bytes),
        journal: read_source(&journal_path(saved_path)).ok(),
    }
}

/// The source that was opened and its bytes, where a file of its name has its hash. It is looked for at `path`, where that
/// is known, in the folder of the saved file, and in the one above.
#[must_use]
pub fn original(saved_path: &Path, path: Option<&Path>, document: &Document) -> Option<(PathBuf, Vec<u8>)> {
    let source = &document.source;
    let is_plain = Path::new(&source.name)
        .file_name()
        .is_some_and(|name| *name == *source.name);
    let folders = saved_path.ancestors().skip(1).take(2).filter(|_| is_plain);
    let places = (path.map(Path::to_owned).into_iter()).chain(folders.map(|folder| folder.join(&source.name)));
    let mut found = places.filter_map(|place| read_source(&place).ok().map(|bytes| (place, bytes)));
    found.find(|(_, bytes)| sha256_hex(bytes) == source.sha256)
}

/// Writes a document's saved file, whole or not at all, making its folder if need be.
///
/// # Errors
/// When the folder cannot be made or the file not be written; an older file is then as it was.
pub fn save(document: &Document, saved_path: &Path) -> Result<(), WriteError> {
    make_folder(saved_path)?;
    write_atomic(saved_path, &native::save(document))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn open_plainly(path: &Path) -> Result<Opened, OpenError> {
        open(path, None, ReadOptions::default(), &Words::load())
    }

    #[test]
    fn what_was_saved_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "记者罗勇说。\n").unwrap();
        let opened = open_plainly(&path).unwrap();
        assert_eq!(opened.saved_path, folder.path().join("annotations/a.json"));
        save(&opened.document, &opened.saved_path).unwrap();
        let again = open_plainly(&path).unwrap();
        assert_eq!((again.document, again.remarks), (opened.document, vec![]));
    }

    #[test]
    fn a_source_that_changed_is_noticed_and_its_annotations_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "记者罗勇说。\n").unwrap();
        let opened = open_plainly(&path).unwrap();
        save(&opened.document, &opened.saved_path).unwrap();
        fs::write(&path, "换了一篇。\n").unwrap();
        let again = open_plainly(&path).unwrap();
        assert_eq!(again.remarks, [Remark::SourceChanged]);
        assert_eq!(again.document.text().as_str(), "记者罗勇说。");
    }

    #[test]
    fn the_source_beside_is_the_one_of_then() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "\u{FEFF}甲\r\n").unwrap();
        let opened = open_plainly(&path).unwrap();
        save(&opened.document, &opened.saved_path).unwrap();
        let found = beside(&opened.saved_path, None, &opened.document);
        assert_eq!(found.original.unwrap(), "\u{FEFF}甲\r\n".as_bytes());
        assert!(found.journal.is_none());
        fs::write(&path, "乙").unwrap();
        assert!(beside(&opened.saved_path, None, &opened.document).original.is_none());
    }

    #[test]
    fn two_sources_with_one_stem_have_a_file_each() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a.txt"), folder.path().join("a.md"));
        fs::write(&a, "甲\n").unwrap();
        fs::write(&b, "乙\n").unwrap();
        let opened = open_plainly(&a).unwrap();
        save(&opened.document, &opened.saved_path).unwrap();
        let other = open_plainly(&b).unwrap();
        assert_eq!(other.document.text().as_str(), "乙");
        assert_eq!(other.saved_path, folder.path().join("annotations/a.md.json"));
    }

    #[test]
    fn damaged_annotations_are_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "甲\n").unwrap();
        fs::create_dir(folder.path().join("annotations")).unwrap();
        fs::write(folder.path().join("annotations/a.json"), "{\n\"format\": ").unwrap();
        let error = open_plainly(&path).unwrap_err().to_string();
        assert!(error.contains("line 2") && error.ends_with("a.json"), "{error}");
    }
}
