//! A bag: files with their hashes in a zip.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io::{self, Read, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::formats::Source;
use crate::text::hash::sha256_hex;

/// The folder in which the bag lies in its zip.
const FOLDER: &str = "zhupi-archive";
/// A file that unpacks to more bytes than this is refused.
const LARGEST: u64 = 1 << 30;
/// So is an archive that unpacks to more than this.
const LARGEST_ALL: u64 = 16 << 30;

/// Where the zip is written to, until whoever fills the bag takes it away.
#[derive(Clone, Default)]
struct Packed(Arc<Mutex<Vec<u8>>>);

impl Packed {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl io::Write for Packed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A bag that is being filled. Of its files only names and hashes are held.
pub struct Bag {
    zip: ZipWriter<StreamWriter<Packed>>,
    packed: Packed,
    /// Path and hash of each file, in the order in which they came.
    manifest: Vec<(String, String)>,
    paths: HashSet<String>,
    bytes: u64,
}

impl Default for Bag {
    fn default() -> Self {
        let packed = Packed::default();
        Self {
            zip: ZipWriter::new_stream(packed.clone()),
            packed,
            manifest: Vec::new(),
            paths: HashSet::new(),
            bytes: 0,
        }
    }
}

impl std::fmt::Debug for Bag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.manifest.iter().map(|(path, _)| path))
            .finish()
    }
}

impl Bag {
    /// Adds a file below `data/`; `path` is relative to it, with `/` between folders. Gives the next bytes of the zip.
    ///
    /// # Errors
    /// Where a file of that path is there already, or the path leaves its folder.
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let path = format!("data/{path}");
        if !is_inside(&path) || !self.paths.insert(path.clone()) {
            return Err(io::Error::other(format!(
                "{path} cannot stand in an archive, or stands in it already"
            )));
        }
        self.write(&path, bytes)?;
        self.bytes += bytes.len() as u64;
        self.manifest.push((path, sha256_hex(bytes)));
        Ok(self.packed.take())
    }

    /// Adds what makes a bag of the files, and gives the last bytes of the zip.
    ///
    /// # Errors
    /// None that memory gives.
    pub fn finish(mut self, description: &str) -> io::Result<Vec<u8>> {
        let mut tags = vec![
            (
                "bagit.txt",
                "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_owned(),
            ),
            (
                "bag-info.txt",
                format!(
                    "External-Description: {description}\nBag-Software-Agent: zhupi {}\nPayload-Oxum: {}.{}\n",
                    env!("CARGO_PKG_VERSION"),
                    self.bytes,
                    self.manifest.len()
                ),
            ),
            ("manifest-sha256.txt", listed(&self.manifest)?),
        ];
        let hashes: Vec<(String, String)> = tags
            .iter()
            .map(|(path, text)| ((*path).to_owned(), sha256_hex(text.as_bytes())))
            .collect();
        tags.push(("tagmanifest-sha256.txt", listed(&hashes)?));
        for (path, text) in &tags {
            self.write(path, text.as_bytes())?;
        }
        self.zip.finish()?;
        Ok(self.packed.take())
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        // No time and no owner: the same files give the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::DEFAULT)
            .unix_permissions(0o644)
            .large_file(bytes.len() as u64 > u64::from(u32::MAX));
        self.zip.start_file(format!("{FOLDER}/{path}"), options)?;
        self.zip.write_all(bytes)
    }
}

/// The lines of a manifest.
fn listed(manifest: &[(String, String)]) -> io::Result<String> {
    let mut text = String::new();
    for (path, hash) in manifest {
        writeln!(text, "{hash}  {}", escaped(path)).map_err(io::Error::other)?;
    }
    Ok(text)
}

/// A path as a manifest has it: RFC 8493 escapes line ends and the percent sign.
pub(super) fn escaped(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

/// Whether a path stays in the folder that it is relative to, on every system.
fn is_inside(path: &str) -> bool {
    let is_name = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']);
    path.split('/').all(is_name)
}

/// A bag that is read out of its zip. The folder of `bagit.txt` is left out of its paths.
pub(super) struct Contents<'f> {
    zip: ZipArchive<&'f mut dyn Source>,
    /// The files by their paths, with their numbers in the zip.
    files: HashMap<String, usize>,
    unpacked: u64,
}

impl<'f> Contents<'f> {
    /// What is in a zip.
    ///
    /// # Errors
    /// Where this is no zip with a bag in it, or a path leaves the archive's folder.
    pub(super) fn of(file: &'f mut dyn Source) -> Result<Self, String> {
        let zip = ZipArchive::new(file).map_err(|error| format!("this is no zip archive: {error}"))?;
        let names = zip.file_names().map(|name| name.map(Cow::into_owned));
        let names = names
            .collect::<Result<Vec<String>, _>>()
            .map_err(|error| error.to_string())?;
        if let Some(name) = names.iter().find(|name| !is_inside(name.trim_end_matches('/'))) {
            return Err(format!("the path {name:?} leaves the archive; nothing was unpacked"));
        }
        let bags = names.iter().filter_map(|name| name.strip_suffix("bagit.txt"));
        let folder = bags
            .filter(|folder| folder.is_empty() || folder.ends_with('/'))
            .min_by_key(|folder| folder.len());
        let folder = folder.ok_or("this is no BagIt archive: there is no bagit.txt")?;
        let paths = names.iter().zip(0..).filter_map(|(name, number)| {
            let path = name.strip_prefix(folder)?;
            (!path.is_empty() && !path.ends_with('/')).then(|| (path.to_owned(), number))
        });
        let files = paths.collect();
        Ok(Self {
            zip,
            files,
            unpacked: 0,
        })
    }

    /// Paths and numbers of the files, in their order in the zip.
    pub(super) fn files(&self) -> Vec<(String, usize)> {
        let mut files: Vec<_> = self
            .files
            .iter()
            .map(|(path, number)| (path.clone(), *number))
            .collect();
        files.sort_unstable_by_key(|(_, number)| *number);
        files
    }

    /// The bytes of the file of that path, if there is one.
    ///
    /// # Errors
    /// As [`Self::unpack`].
    pub(super) fn unpack_path(&mut self, path: &str) -> Result<Option<Vec<u8>>, String> {
        let number = self.files.get(path).copied();
        number.map(|number| self.unpack(number)).transpose()
    }

    /// The bytes of the file of that number.
    ///
    /// # Errors
    /// Where it is damaged, or too large to unpack.
    pub(super) fn unpack(&mut self, number: usize) -> Result<Vec<u8>, String> {
        let file = self.zip.by_index(number).map_err(|error| error.to_string())?;
        let name = file.name().map_err(|error| error.to_string())?.into_owned();
        let mut bytes = Vec::new();
        let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
        read.map_err(|error| format!("{name}: {error}"))?;
        self.unpacked += bytes.len() as u64;
        if bytes.len() as u64 > LARGEST || self.unpacked > LARGEST_ALL {
            return Err(format!("{name} unpacks to too many bytes"));
        }
        Ok(bytes)
    }
}

/// Unpacks a zip and hands each file to `each`, with its path in the bag.
///
/// # Errors
/// As [`Contents`], and where `each` refuses one.
pub(super) fn each_file(
    file: &mut dyn Source,
    mut each: impl FnMut(&str, &[u8]) -> Result<(), String>,
) -> Result<(), String> {
    let mut contents = Contents::of(file)?;
    for (path, number) in contents.files() {
        each(&path, &contents.unpack(number)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn a_path_that_leaves_its_folder_is_refused() {
        for path in ["../a", "a/../b", "/a", "a//b", "C:/a", "a\\b", "", "."] {
            assert!(!is_inside(path), "{path}");
        }
        assert!(is_inside("data/raw/头版 1.txt"));
        let mut bag = Bag::default();
        assert!(bag.add("../a", b"").is_err());
        bag.add("a", b"").unwrap();
        assert!(bag.add("a", b"").is_err());
    }

    #[test]
    fn a_zip_that_would_write_elsewhere_is_not_unpacked() {
        for name in ["x/../../evil", "/evil", "..\\evil"] {
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            for name in ["bagit.txt", name] {
                zip.start_file(name, SimpleFileOptions::default()).unwrap();
                zip.write_all(b"BagIt").unwrap();
            }
            let bytes = zip.finish().unwrap().into_inner();
            let mut seen = 0;
            let done = each_file(&mut Cursor::new(bytes), |_, _| {
                seen += 1;
                Ok(())
            });
            assert!(done.is_err_and(|what| what.contains("leaves")), "{name}");
            assert_eq!(seen, 0);
        }
    }
}
