//! Checking an archive: that all its files are there, and as they were when it was made.

use std::collections::{BTreeMap, BTreeSet};

use super::ORIGINAL;
use super::bag::{each_file, escaped};
use crate::formats::journal::faults;
use crate::formats::native;
use crate::formats::{Diagnostic, Severity, Source};
use crate::text::hash::sha256_hex;

const SOURCES_FILE: &str = "data/sources.tsv";
const MANIFESTS: [&str; 2] = ["manifest-sha256.txt", "tagmanifest-sha256.txt"];

/// What is wrong with an archive; nothing where every file is there and has the hash that the manifests give, no other
/// file is among them, every saved file can be loaded, every journal be read, and every source that is said to be the
/// original has the hash that its saved file gives.
#[must_use]
pub fn check(file: &mut dyn Source, name: &str) -> Vec<Diagnostic> {
    let mut found: Vec<String> = Vec::new();
    let mut hashes: BTreeMap<String, String> = BTreeMap::new();
    let mut manifests: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    let mut sources: Vec<u8> = Vec::new();
    let read = each_file(file, |path, bytes| {
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
        if path.starts_with("data/journal/") {
            let faults = faults(bytes).into_iter();
            found.extend(faults.map(|(line, what)| format!("{path} line {line}: {what}")));
        }
        if path == SOURCES_FILE {
            sources = bytes.to_vec();
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
    for row in String::from_utf8_lossy(&sources).lines() {
        let columns: Vec<&str> = row.split('\t').collect();
        if let [path, _, hash, _, ORIGINAL] = columns.as_slice()
            && hashes.get(&escaped(path)).is_none_or(|real| real != hash)
        {
            found.push(format!("{path} is not the original that the saved file names"));
        }
    }
    let finding = |what| Diagnostic {
        severity: Severity::Error,
        file: name.to_owned(),
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

    use super::{check, each_file};
    use crate::annot::document::Parts;
    use crate::annot::{Document, Source};
    use crate::formats::{Beside, Export, ExportOptions, archive, export};
    use crate::text::hash::sha256_hex;
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
        let found = check(&mut Cursor::new(bytes.to_vec()), "a.zip");
        found.iter().map(ToString::to_string).collect()
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

    #[test]
    fn the_original_and_the_journal_are_kept_byte_for_byte_and_checked() {
        let bytes = "\u{FEFF}记者罗勇\r\n".as_bytes().to_vec();
        let document = |sha256| {
            Document::new(Parts {
                source: Source {
                    name: "头版.MD".into(),
                    text: Text::from("记者罗勇\r\n"),
                    sha256,
                    ..Source::default()
                },
                text: Text::from("记者罗勇"),
                ..Parts::default()
            })
        };
        let archived = |document: &Document, journal: &str| {
            let beside = Beside {
                original: Some(bytes.clone()),
                journal: Some(journal.as_bytes().to_vec()),
            };
            let mut files = std::collections::BTreeMap::new();
            let mut export = Export::new(&archive::FORMAT, ExportOptions::default());
            export.add_with(document, &beside, &mut files).unwrap();
            export.finish(&mut files).unwrap();
            files.into_values().next().unwrap()
        };
        let line = "{\"time\":\"T\",\"act\":\"done\",\"what\":\"tag added\"}\n";
        let good = archived(&document(sha256_hex(&bytes)), line);
        assert!(said(&good).is_empty(), "{:?}", said(&good));
        let mut seen = Vec::new();
        each_file(&mut Cursor::new(good), |path, found| {
            match path {
                "data/raw/头版.MD" => assert_eq!(found, bytes),
                "data/journal/头版.jsonl" => assert_eq!(found, line.as_bytes()),
                _ => return Ok(()),
            }
            seen.push(path.to_owned());
            Ok(())
        })
        .unwrap();
        assert_eq!(seen.len(), 2);
        let bad = archived(&document("0".repeat(64)), "{broken\n");
        let said = said(&bad);
        assert!(
            said[0].starts_with("a.zip: data/journal/头版.jsonl line 1: "),
            "{said:?}"
        );
        assert_eq!(
            said[1],
            "a.zip: data/raw/头版.MD is not the original that the saved file names"
        );
    }
}
