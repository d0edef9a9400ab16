//! Files of a format that are read: those that belong together at once, the others one after the other, and a large one a
//! part at a time.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::files::{ReadError, read_source};
use crate::formats::guess::{TRIED_BYTES, name_foreign};
use crate::formats::{self, Diagnostic, Format, ImportOptions, Imported, InputFile, Packing};

/// A set of this many bytes is read a part at a time.
const LARGE: u64 = 64 << 20;
/// So much of each file is looked at beyond the first [`TRIED_BYTES`] of all.
const LOOKED_AT: u64 = 4 << 10;
/// The last bytes of a file: some formats are known by them.
const END: u64 = 16;

/// The files that are read together: those of one document, or a set with the lists that belong to it. Of these files one
/// is enough, the others are found beside it, by its name or by what it says itself.
#[must_use]
pub fn groups(files: &[PathBuf], format: &Format) -> Vec<Vec<PathBuf>> {
    let mut seen = HashSet::new();
    let files = files.iter().filter(|file| seen.insert((*file).clone()));
    let Packing::Documents(endings) = format.packing else {
        let (beside, sets): (Vec<&PathBuf>, Vec<&PathBuf>) = files.partition(|file| format.is_beside(&file_name(file)));
        if sets.is_empty() {
            return vec![beside.into_iter().cloned().collect()];
        }
        let with_lists = |set: &PathBuf| {
            let mut group: Vec<PathBuf> = [set].into_iter().chain(beside.iter().copied()).cloned().collect();
            let list = format.list_beside().map(|name| set.with_file_name(name));
            // One that the user has chosen is the right one.
            group.extend(list.filter(|list| beside.is_empty() && list.is_file()));
            group
        };
        return sets.into_iter().map(with_lists).collect();
    };
    let files: Vec<PathBuf> = files.cloned().collect();
    let mut groups: Vec<Vec<PathBuf>> = Vec::new();
    let mut grouped = HashSet::new();
    for file in files {
        if !grouped.insert(file.clone()) {
            continue;
        }
        let mut group = Vec::new();
        if let Some(stem) = stem(&file, endings) {
            for ending in endings {
                let other = file.with_file_name(format!("{stem}{ending}"));
                if other != file && other.is_file() {
                    grouped.insert(other.clone());
                    group.push(other);
                }
            }
        }
        if group.is_empty() {
            group = named_by(&file, format);
        }
        group.push(file);
        groups.push(group);
    }
    // A text that annotations name is theirs alone.
    let named: HashSet<PathBuf> = groups
        .iter()
        .filter(|group| group.len() > 1)
        .flatten()
        .cloned()
        .collect();
    groups.retain(|group| !matches!(group.as_slice(), [only] if named.contains(only)));
    groups
}

/// The files that this one names and that lie beside it. One that cannot be read says so when it is imported.
fn named_by(file: &Path, format: &Format) -> Vec<PathBuf> {
    let names = format.named_by(&file_name(file), || read_source(file).unwrap_or_default());
    let beside = names.into_iter().map(|name| file.with_file_name(name));
    beside.filter(|other| other != file && other.is_file()).collect()
}

/// Reads files that belong together and hands each text to `each`. One that is large is read a part at a time, with the
/// small ones beside it. Gives what is wrong with them.
///
/// # Errors
/// Where one cannot be read.
pub fn read(
    format: &Format,
    group: &[PathBuf],
    options: &ImportOptions,
    each: &mut dyn FnMut(Imported),
) -> Result<Vec<Diagnostic>, ReadError> {
    let is_large = |path: &Path| {
        let is_set = matches!(format.packing, Packing::Set(_));
        is_set && fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() > LARGE)
    };
    let (large, small): (Vec<&PathBuf>, Vec<&PathBuf>) = group.iter().partition(|path| is_large(path));
    let mut files = Vec::with_capacity(small.len());
    for path in small {
        files.push((file_name(path), read_source(path)?));
    }
    let files: Vec<InputFile<'_>> = files.iter().map(|(name, bytes)| InputFile { name, bytes }).collect();
    if large.is_empty() {
        let found = formats::read(format, &files, options, each);
        return Ok(name_foreign(format, &files, found));
    }
    let mut found = Vec::new();
    for path in large {
        let name = file_name(path);
        let failed = |error: io::Error| ReadError {
            reason: error.into(),
            path: path.clone(),
        };
        let file = Box::new(File::open(path).map_err(failed)?);
        let more = formats::read_large(format, &name, file, &files, options, each).map_err(failed)?;
        let bytes = &beginning(path, TRIED_BYTES as u64).map_err(failed)?;
        let start = InputFile { name: &name, bytes };
        found.extend(name_foreign(format, &[start], more));
    }
    Ok(found)
}

/// What is needed of files to guess their format: of small ones all, of a large one its beginning and its last bytes.
///
/// # Errors
/// Where one cannot be read.
pub fn beginnings(paths: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>, ReadError> {
    let mut room = TRIED_BYTES as u64;
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let failed = |error: io::Error| ReadError {
            reason: error.into(),
            path: path.clone(),
        };
        let found = fs::metadata(path).map_err(failed)?;
        let bytes = if found.is_file() && found.len() > room.max(LOOKED_AT) {
            beginning(path, room.max(LOOKED_AT)).map_err(failed)?
        } else {
            read_source(path)?
        };
        room = room.saturating_sub(bytes.len() as u64);
        files.push((file_name(path), bytes));
    }
    Ok(files)
}

/// The first bytes of a large file, and its last ones.
fn beginning(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    file.by_ref().take(most).read_to_end(&mut bytes)?;
    let len = file.seek(SeekFrom::End(0))?;
    if len > most {
        file.seek(SeekFrom::Start(most.max(len.saturating_sub(END))))?;
        file.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// A file's name without the ending that the format gives it.
#[must_use]
pub fn stem(path: &Path, endings: &[&str]) -> Option<String> {
    let name = file_name(path);
    let stems = endings.iter().filter_map(|ending| name.strip_suffix(ending));
    stems
        .min_by_key(|stem| stem.len())
        .filter(|stem| !stem.is_empty())
        .map(str::to_owned)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::guess::guess;

    #[test]
    fn what_belongs_together_is_read_together_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["1.txt", "1.ann", "2.txt", "2.ann"] {
            fs::write(path(name), "").unwrap();
        }
        let grouped = |id: &str, names: &[&str]| -> Vec<Vec<String>> {
            let files: Vec<PathBuf> = names.iter().map(|name| path(name)).collect();
            let groups = groups(&files, formats::by_id(id).unwrap());
            let names = |group: &Vec<PathBuf>| group.iter().map(|file| file_name(file)).collect();
            groups.iter().map(names).collect()
        };
        assert_eq!(
            grouped("brat", &["1.ann", "2.txt", "1.txt", "2.txt"]),
            [["1.txt", "1.ann"], ["2.ann", "2.txt"]]
        );
        assert_eq!(
            grouped("hf", &["a.jsonl", "hf_labels.json", "b.jsonl"]),
            [["a.jsonl", "hf_labels.json"], ["b.jsonl", "hf_labels.json"]]
        );
        fs::write(path("hf_labels.json"), "[]").unwrap();
        assert_eq!(grouped("hf", &["a.jsonl"]), [["a.jsonl", "hf_labels.json"]]);
        assert_eq!(grouped("hf", &["a.jsonl", "other.json"]), [["a.jsonl", "other.json"]]);
        fs::write(path("x.jsonld"), "[{\"target\": {\"source\": \"1.txt\"}}]").unwrap();
        assert_eq!(grouped("w3c", &["1.txt", "x.jsonld"]), [["1.txt", "x.jsonld"]]);
        assert_eq!(grouped("w3c", &["x.jsonld"]), [["1.txt", "x.jsonld"]]);
        assert_eq!(grouped("jsonl", &["a.jsonl", "b.jsonl"]), [["a.jsonl"], ["b.jsonl"]]);
        assert_eq!(grouped("hf", &["hf_labels.json"]), [["hf_labels.json"]]);
    }

    #[test]
    fn a_large_file_is_known_by_its_beginning_and_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.bin");
        let mut bytes = b"PAR1".to_vec();
        bytes.resize(TRIED_BYTES + 100, 0);
        bytes.extend(b"PAR1");
        fs::write(&path, &bytes).unwrap();
        let read = beginnings(&[path]).unwrap();
        assert_eq!(read[0].1.len(), TRIED_BYTES + 16);
        let file = InputFile {
            name: "a.bin",
            bytes: &read[0].1,
        };
        assert_eq!(guess(&[file]).unwrap().unwrap().id, "parquet");
    }
}
