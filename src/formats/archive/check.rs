//! Checking an archive: that all its files are there, and as they were when it was made.

use std::collections::{BTreeMap, BTreeSet};

use super::bag::{each_file, escaped};
use crate::formats::native;
use crate::formats::{Diagnostic, InputFile, Severity};
use crate::text::hash::sha256_hex;

const MANIFESTS: [&str; 2] = ["manifest-sha256.txt", "tagmanifest-sha256.txt"];

/// What is wrong with an archive; nothing where every file is there and has the hash that the manifests give, no other
/// file is among them, and every saved file can be loaded.
#[must_use]
pub fn check(file: &InputFile<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<String> = Vec::new();
    let mut hashes: BTreeMap<String, String> = BTreeMap::new();
    let mut manifests: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    let read = each_file(file.bytes, |path, bytes| {
        if hashes.insert(escaped(path), sha256_hex(bytes)).is_some() {
            found.push(format!("{path} is there twice"));
        }
        if let Some(manifest) = MANIFESTS.iter().find(|manifest| **manifest == path) {
            manifests.insert(manifest, bytes.to_vec());
        }
        if path.starts_with("data/annotations/")
            && let Err(error) = native::load(bytes)
        {
            found.push(format!("{path}: {error}"));
        }
        if path == "bagit.txt"
            && !bytes.starts_with(b"BagIt-Version: 1.0")
            && !bytes.starts_with(b"BagIt-Version: 0.97")
        {
            found.push("bagit.txt names no version of BagIt that is known".to_owned());
        }
        Ok(())
    });
    found.extend(read.err());
    let mut listed: BTreeSet<&str> = BTreeSet::new();
    if found.is_empty() && !manifests.contains_key(MANIFESTS[0]) {
        found.push(format!("there is no {}", MANIFESTS[0]));
    }
    for (manifest, bytes) in &manifests {
        let Ok(text) = std::str::from_utf8(bytes) else {
            found.push(format!("{manifest} is not UTF-8"));
            continue;
        };
        for (number, line) in (1..).zip(text.lines()) {
            let Some((hash, path)) = line.split_once([' ', '\t']) else {
                found.push(format!("{manifest} line {number} is no hash and path"));
                continue;
            };
            let path = path.trim_start_matches([' ', '\t', '*']);
            listed.insert(path);
            match hashes.get(path) {
                None => found.push(format!("{path} is listed but not there")),
                Some(real) if !real.eq_ignore_ascii_case(hash) => found.push(format!("{path} has changed")),
                Some(_) => {}
            }
        }
    }
    if manifests.contains_key(MANIFESTS[0]) {
        let payload = hashes.keys().filter(|path| path.starts_with("data/"));
        let unlisted = payload.filter(|path| !listed.contains(path.as_str()));
        found.extend(unlisted.map(|path| format!("{path} is in no manifest")));
    }
    let finding = |what| Diagnostic {
        severity: Severity::Error,
        file: file.name.to_owned(),
        line: None,
        what,
    };
    found.into_iter().map(finding).collect()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read, Write};

    use zip::write::SimpleFileOptions;
    use zip::{ZipArchive, ZipWriter};

    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::{Document, Source};
    use crate::formats::{ExportOptions, archive, export};
    use crate::text::{Alignment, Text};

    fn archived() -> Vec<u8> {
        let text = Text::from("记者罗勇\u{3000}𬱟\r\n");
        let document = Document::new(Parts {
            source: Source {
                name: "头版%1.txt".into(),
                text: text.clone(),
                newline: "crlf".into(),
                ..Source::default()
            },
            alignment: Alignment::identity(text.len()),
            text,
            ..Parts::default()
        });
        let (files, _) = export(&archive::FORMAT, [&document, &document], &ExportOptions::default()).unwrap();
        files.into_values().next().unwrap()
    }

    /// The archive with each file as `change` gives it back.
    fn changed(bytes: &[u8], mut change: impl FnMut(&str, Vec<u8>) -> Option<(String, Vec<u8>)>) -> Vec<u8> {
        let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut to = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..from.len() {
            let mut file = from.by_index(index).unwrap();
            let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
            file.read_to_end(&mut bytes).unwrap();
            if let Some((name, bytes)) = change(&name, bytes) {
                to.start_file(name, SimpleFileOptions::default()).unwrap();
                to.write_all(&bytes).unwrap();
            }
        }
        to.finish().unwrap().into_inner()
    }

    fn said(bytes: &[u8]) -> Vec<String> {
        let file = InputFile { name: "a.zip", bytes };
        check(&file).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_archive_as_it_was_made_is_sound_and_always_the_same() {
        let bytes = archived();
        assert!(said(&bytes).is_empty(), "{:?}", said(&bytes));
        assert_eq!(bytes, archived());
        assert_eq!(bytes.windows(9).filter(|part| part == b"bagit.txt").count(), 2);
    }

    #[test]
    fn whatever_changed_is_named() {
        let bytes = archived();
        let edited = changed(&bytes, |name, mut bytes| {
            if name.ends_with("raw/头版%1.txt") {
                bytes.push(b'!');
            }
            Some((name.to_owned(), bytes))
        });
        assert_eq!(said(&edited), ["a.zip: data/raw/头版%251.txt has changed"]);
        let missing = changed(&bytes, |name, bytes| {
            (!name.contains("reading/头版%1-2")).then(|| (name.to_owned(), bytes))
        });
        assert_eq!(
            said(&missing),
            ["a.zip: data/reading/头版%251-2.txt is listed but not there"]
        );
        let renamed = changed(&bytes, |name, bytes| Some((name.replace("README", "readme"), bytes)));
        assert_eq!(
            said(&renamed),
            [
                "a.zip: data/README.txt is listed but not there",
                "a.zip: data/readme.txt is in no manifest"
            ]
        );
        let unlisted = changed(&bytes, |name, bytes| {
            (!name.ends_with("manifest-sha256.txt")).then(|| (name.to_owned(), bytes))
        });
        assert_eq!(said(&unlisted), ["a.zip: there is no manifest-sha256.txt"]);
        assert_eq!(said(b"PK").len(), 1);
    }
}
