//! In which format files are, told by their first bytes, their names and the keys of their JSON; what is left is tried. And
//! what files are that were taken for a format of which they are not.

use serde::de::IgnoredAny;
use serde_json::Value;

use super::{Diagnostic, Format, ImportOptions, InputFile, Packing, Severity, all, by_id, import, intake};

/// Up to so many bytes are read on trial.
pub const TRIED_BYTES: usize = 4 << 20;
/// In so many bytes at the start of a file is looked for what no text has.
const LOOKED_AT: usize = 64 << 10;
/// Of a text with faults in its encoding so much is UTF-8, in percent.
const TEXT_PERCENT: usize = 95;

/// The formats whose files are JSON, or lines of it.
const JSON: &[&str] = &[
    "native",
    "jsonl",
    "doccano",
    "doccano-relations",
    "labelstudio",
    "spacy",
    "prodigy",
    "hf",
    "chat",
    "cas-json",
    "w3c",
];
/// Those whose files are XML.
const XML: &[&str] = &["tei", "xmi"];
/// Those whose lines are a `text` and a list of tags beside it.
const TEXT_AND_LABELS: &[&str] = &["jsonl", "doccano", "doccano-relations"];

/// First bytes of files that hold no annotations, and what they are.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"\x89PNG", "this is a picture"),
    (b"\xFF\xD8\xFF", "this is a picture"),
    (b"GIF8", "this is a picture"),
    (b"II*\0", "this is a picture"),
    (b"MM\0*", "this is a picture"),
    (b"%PDF", "this is a PDF file"),
    (b"\x1F\x8B", "this is packed; unpack it first"),
    (b"7z\xBC\xAF", "this is packed; unpack it first"),
    (b"BZh", "this is packed; unpack it first"),
    (b"\x28\xB5\x2F\xFD", "this is packed; unpack it first"),
];

/// What a file seems to be.
enum Kind {
    /// A file of this format and no other.
    Of(&'static str),
    /// Nothing that can be read, and why.
    Useless(&'static str),
    /// Text.
    Text,
}

/// Files that are of another format altogether than the one that they were read as: of each it is said in one sentence what
/// it looks like, in place of all the errors that reading it gave.
#[must_use]
pub fn name_foreign(format: &Format, files: &[InputFile<'_>], mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for file in files {
        let is_of_file = |fault: &Diagnostic| fault.severity == Severity::Error && fault.file == file.name;
        let Some(first) = found.iter().position(is_of_file) else {
            continue;
        };
        let Some(what) = foreign(format, file) else { continue };
        found.retain(|fault| fault.file != file.name);
        let fault = Diagnostic {
            severity: Severity::Error,
            file: file.name.to_owned(),
            line: None,
            what,
        };
        found.insert(first.min(found.len()), fault);
    }
    found
}

/// What is to be said of a file of which nothing can be read as this format; `None` where something can, or nothing else
/// is known of it.
fn foreign(format: &Format, file: &InputFile<'_>) -> Option<String> {
    let start = InputFile {
        name: file.name,
        bytes: beginning(file.bytes, TRIED_BYTES),
    };
    // The text beside the annotations is text, whatever is wrong with it.
    if matches!(format.packing, Packing::Documents([first, _, ..]) if file.name.ends_with(first)) {
        return None;
    }
    // Formats of plain text take anything, without a tag.
    let (texts, _) = import(format, &[start], &ImportOptions::default());
    let like = match kind(file) {
        Kind::Useless(what) => return Some(what.to_owned()),
        Kind::Of(id) => id,
        Kind::Text if has_rows_of(format, start.bytes) => return None,
        Kind::Text => match rated(&[start]) {
            _ if texts.iter().any(|text| !text.annotated.tags.is_empty()) => return None,
            Some((other, rating)) if rating.tags > 0 => other.id,
            _ if !texts.is_empty() => return None,
            _ => match without_mark(start.bytes).trim_ascii_start().first() {
                _ if JSON.contains(&format.id) && has_objects(start.bytes) => return None,
                Some(b'<') if XML.contains(&format.id) => return None,
                Some(b'{' | b'[') if is_json(&start) => "JSON",
                Some(b'<') => "XML",
                _ => "plain text",
            },
        },
    };
    (like != format.id).then(|| format!("this looks like {like}, not {}", format.id))
}

/// Whether a line begins as one of JSON does, if not the first: that may be the broken one.
fn has_objects(bytes: &[u8]) -> bool {
    intake::lines(without_mark(bytes)).any(|line| matches!(line.trim_ascii_start().first(), Some(b'{' | b'[')))
}

/// Whether a line is as only this format has them, even if no tag can be read from any: such a file is broken, and none of
/// another format.
fn has_rows_of(format: &Format, bytes: &[u8]) -> bool {
    let is_row: fn(&[u8]) -> bool = match format.id {
        // `T1`, `R1`, `*` and so on, then a tab.
        "brat" => |line| {
            let id = line.split(|byte| *byte == b'\t').next().unwrap_or_default();
            let number = id.get(1..).unwrap_or_default();
            id.len() < line.len() && b"TREAMN#*".contains(&line[0]) && number.iter().all(u8::is_ascii_digit)
        },
        // `#FORMAT=WebAnno TSV 3.3`, or `1-1`, a place and a token.
        "webanno" => |line| {
            let mut columns = line.split(|byte| *byte == b'\t');
            let mut is_pair = || {
                let column = columns.next().unwrap_or_default();
                column.contains(&b'-') && column.iter().all(|byte| byte.is_ascii_digit() || b"-.".contains(byte))
            };
            line.starts_with(b"#FORMAT=WebAnno TSV") || (is_pair() && is_pair())
        },
        "neat" => |line| line.starts_with(b"No.\tTOKEN\t"),
        "yedda" => |line| memchr::memmem::find(line, b"[@").is_some() && memchr::memmem::find(line, b"#").is_some(),
        id if id.starts_with("conll") => |line| {
            line.ends_with(b"\tO")
                || line
                    .windows(3)
                    .any(|word| matches!(word, [b'\t', b'B' | b'I' | b'S', b'-']))
        },
        _ => return false,
    };
    intake::lines(without_mark(bytes)).any(|line| !line.is_empty() && is_row(line))
}

/// Whether the file, or its first line, is JSON.
fn is_json(file: &InputFile<'_>) -> bool {
    by_keys(file.bytes).is_some() || serde_json::from_slice::<IgnoredAny>(file.bytes).is_ok()
}

/// The format that the files seem to be in; where there is none, or the file is damaged, what is wrong with them.
pub fn guess(files: &[InputFile<'_>]) -> Result<Option<&'static Format>, (&'static str, Vec<Diagnostic>)> {
    let mut faults = Vec::new();
    let mut known = None;
    for file in files {
        let what = match kind(file) {
            Kind::Of("parquet") if is_cut_parquet(file.bytes) => "this is a damaged Parquet file",
            Kind::Of(id) => {
                known = known.or(Some(id));
                continue;
            }
            Kind::Useless(what) => what,
            Kind::Text => continue,
        };
        faults.push(Diagnostic {
            severity: Severity::Error,
            file: file.name.to_owned(),
            line: None,
            what: what.to_owned(),
        });
    }
    if !faults.is_empty() {
        let is_parquet = files.iter().any(|file| matches!(kind(file), Kind::Of("parquet")));
        return Err((if is_parquet { "parquet" } else { "" }, faults));
    }
    Ok(match known {
        Some(id) => by_id(id),
        None => rated(files).map(|(format, _)| format),
    })
}

fn kind(file: &InputFile<'_>) -> Kind {
    let bytes = file.bytes;
    if bytes.starts_with(b"PAR1") || file.has_extension("parquet") {
        return Kind::Of("parquet");
    }
    if bytes.starts_with(b"PK\x03\x04") || file.has_extension("zip") {
        return Kind::Of("archive");
    }
    if is_zlib(bytes) || file.has_extension("spacy") {
        return Kind::Of("docbin");
    }
    if let Some((_, what)) = FOREIGN.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Kind::Useless(what);
    }
    if is_text(bytes) {
        Kind::Text
    } else {
        Kind::Useless("these bytes are no text")
    }
}

/// RFC 1950, 2.2: deflate with a window that there is, and a header divisible by 31. `x` begins a text, too.
fn is_zlib(bytes: &[u8]) -> bool {
    let [0x78, flags, ..] = *bytes else { return false };
    (0x7800 + u32::from(flags)).is_multiple_of(31) && !is_text(bytes)
}

/// A Parquet file ends as it begins, behind a footer that tells where everything is.
fn is_cut_parquet(bytes: &[u8]) -> bool {
    bytes.len() < 12 || !bytes.ends_with(b"PAR1")
}

/// Whether the bytes are UTF-8 but for faults here and there, which a reader names by their lines.
fn is_text(bytes: &[u8]) -> bool {
    let start = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    if memchr::memchr(0, start).is_some() {
        return false;
    }
    let valid: usize = start.utf8_chunks().map(|chunk| chunk.valid().len()).sum();
    // The last character may be cut.
    (valid + 3) * 100 >= start.len() * TEXT_PERCENT && (valid > 0 || start.is_empty())
}

/// What speaks for a format: tags more than the rest. Faults weigh less, for formats of plain text take anything, without a
/// tag.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rating {
    tags: usize,
    is_faultless: bool,
    is_undoubted: bool,
    /// Exports are named after their format: how long the name is that the files' names have in them.
    named: usize,
}

/// The format in which most tags are found in the files, and fewest faults.
fn rated(files: &[InputFile<'_>]) -> Option<(&'static Format, Rating)> {
    let mut room = TRIED_BYTES;
    let tried: Vec<InputFile<'_>> = files
        .iter()
        .map_while(|file| {
            let start = beginning(file.bytes, room);
            let is_wanted = room > 0;
            room = room.saturating_sub(start.len());
            is_wanted.then_some(InputFile {
                name: file.name,
                bytes: start,
            })
        })
        .collect();
    let possible = files.first().and_then(|file| by_keys(file.bytes));
    let is_possible = |format: &&Format| possible.is_none_or(|ids| ids.contains(&format.id));
    let readable = all().iter().filter(|format| format.imports());
    let named = |id: &str| {
        if files.iter().any(|file| file.name.contains(id)) {
            id.len()
        } else {
            0
        }
    };
    let rated = readable.filter(is_possible).filter_map(|format| {
        let (texts, diagnostics) = import(format, &tried, &ImportOptions::default());
        let mut faults = diagnostics.iter().map(|found| found.severity);
        let rating = Rating {
            tags: texts.iter().map(|text| text.annotated.tags.len()).sum(),
            is_faultless: !faults.any(|severity| severity == Severity::Error),
            is_undoubted: diagnostics.is_empty(),
            named: named(format.id),
        };
        (!texts.is_empty()).then_some((format, rating))
    });
    // Of equals the first of the table.
    rated.reduce(|best, other| if other.1 > best.1 { other } else { best })
}

/// The formats that a file of JSON can be of, by the keys of its first line; `None` where it is not JSON or begins with
/// more than one line of it.
fn by_keys(bytes: &[u8]) -> Option<&'static [&'static str]> {
    let mut lines = intake::lines(without_mark(bytes)).filter(|line| !line.trim_ascii().is_empty());
    let first: Value = serde_json::from_slice(lines.next()?).ok()?;
    let Value::Object(object) = first else {
        return first.is_array().then_some(JSON);
    };
    let has = |key: &str| object.contains_key(key);
    let has_text = has("text") || has("data");
    if has_text && (has("answer") || has("_task_hash") || (has("spans") && has("tokens"))) {
        return Some(&["prodigy"]);
    }
    if has_text && ["label", "labels", "entities"].into_iter().any(has) && !has("annotations") && !has("format") {
        return Some(TEXT_AND_LABELS);
    }
    Some(JSON)
}

/// The bytes without a byte order mark.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// The whole of it, or the lines that fit.
fn beginning(bytes: &[u8], room: usize) -> &[u8] {
    let Some(start) = bytes.get(..room) else { return bytes };
    let end = memchr::memrchr(b'\n', start).map_or(start.len(), |at| at + 1);
    &start[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{ExportOptions, export};

    fn guessed(name: &str, bytes: &[u8]) -> String {
        match guess(&[InputFile { name, bytes }]) {
            Ok(format) => format.map_or("none", |format| format.id).to_owned(),
            Err((format, faults)) => {
                let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
                format!("{format}|{}", faults.join("; "))
            }
        }
    }

    #[test]
    fn first_bytes_names_and_keys_tell_the_format() {
        let gbk = b"\xca\xd0\xcb\xae\xce\xf1\xbe\xd6\xa1\xa3\xca\xd0\xcb\xae\xce\xf1\xbe\xd6";
        let cases: &[(&str, &[u8], &str)] = &[
            ("a.jsonl", br#"{"text":"abc","label":[[0,9,"x"]]}"#, "jsonl"),
            ("a.doccano.jsonl", br#"{"text":"abc","label":[[0,2,"x"]]}"#, "doccano"),
            (
                "a.jsonl",
                br#"{"text":"abc","spans":[{"start":0,"end":2,"label":"x"}],"answer":"reject"}"#,
                "prodigy",
            ),
            (
                "a.parquet",
                b"PAR1\x15\x04 cut\nhere\t",
                "parquet|a.parquet: this is a damaged Parquet file",
            ),
            (
                "a.parquet",
                b"words\tO\n",
                "parquet|a.parquet: this is a damaged Parquet file",
            ),
            ("a.bin", b"PAR1\x15\x04\0\0\x01\0\0\0PAR1", "parquet"),
            ("a.bin", b"PK\x03\x04\0\0", "archive"),
            ("a.bin", b"\x78\x9c\xed\xc1\0\0\0\0", "docbin"),
            ("a.spacy", b"cut", "docbin"),
            ("a.tsv", b"\x89PNG\r\n\x1a\n\0\0", "|a.tsv: this is a picture"),
            ("a.tsv", b"1\t\0\0\n", "|a.tsv: these bytes are no text"),
            ("a.txt", gbk, "|a.txt: these bytes are no text"),
            ("a.tsv", "县\tB-unit\n社\tI-unit\n".as_bytes(), "conll-bio"),
            ("x.txt", "[@县供销社#unit*]开会。\n".as_bytes(), "yedda"),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(guessed(name, bytes), *expected, "{name}");
        }
    }

    #[test]
    fn what_is_exported_is_known_again() {
        let line = r#"{"id":"a.txt","text":"县供销社开会。王某说","label":[[0,4,"ORG"],[7,9,"PER"]]}"#;
        let input = InputFile {
            name: "a.jsonl",
            bytes: line.as_bytes(),
        };
        let jsonl = by_id("jsonl").unwrap();
        let (texts, _) = import(jsonl, &[input], &ImportOptions::default());
        let options = ExportOptions::default();
        for format in all().iter().filter(|format| format.imports()) {
            let document = texts[0].clone().into_document();
            let (files, _) = export(format, [&document], &options).unwrap();
            let files: Vec<_> = files.iter().map(|(name, bytes)| InputFile { name, bytes }).collect();
            let guessed = guess(&files).unwrap().unwrap();
            let (again, _) = import(guessed, &files, &ImportOptions::default());
            let tags: usize = again.iter().map(|text| text.annotated.tags.len()).sum();
            assert_eq!(tags, 2, "{format:?} is taken for {guessed:?}");
        }
    }

    /// TEI read as JSON lines gave an error for each of its lines.
    #[test]
    fn a_file_of_another_format_is_named_in_one_sentence() {
        let tei = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text><body>\n<p>记者<persName>罗勇</persName></p>\n</body></text></TEI>\n";
        let rows = "县\tB-unit\n社\tI-unit\n";
        let cases: &[(&str, &str, &[u8], &str)] = &[
            (
                "jsonl",
                "a.xml",
                tei.as_bytes(),
                "a.xml: this looks like tei, not jsonl",
            ),
            (
                "conll-bio",
                "a.xml",
                tei.as_bytes(),
                "a.xml: this looks like tei, not conll-bio",
            ),
            (
                "jsonl",
                "a.xml",
                b"<html>\n<p>\n</html>",
                "a.xml: this looks like XML, not jsonl",
            ),
            (
                "doccano",
                "a.tsv",
                rows.as_bytes(),
                "a.tsv: this looks like conll-bio, not doccano",
            ),
            (
                "jsonl",
                "a.txt",
                "记者说。\n完。\n".as_bytes(),
                "a.txt: this looks like plain text, not jsonl",
            ),
            (
                "jsonl",
                "a.bin",
                b"PK\x03\x04\0\0",
                "a.bin: this looks like archive, not jsonl",
            ),
            ("jsonl", "a.png", b"\x89PNG\r\n\x1a\n\0\0", "a.png: this is a picture"),
            ("tei", "a.json", b"{\"a\": 1}", "a.json: this looks like JSON, not tei"),
        ];
        for &(id, name, bytes, expected) in cases {
            let (format, file) = (by_id(id).unwrap(), InputFile { name, bytes });
            let (_, found) = import(format, &[file], &ImportOptions::default());
            assert!(!found.is_empty(), "{name} as {id}");
            let said: Vec<String> = name_foreign(format, &[file], found)
                .iter()
                .map(ToString::to_string)
                .collect();
            assert_eq!(said, [expected]);
        }
    }

    #[test]
    fn a_broken_file_of_the_format_keeps_its_errors() {
        let cases: &[(&str, &str)] = &[
            ("jsonl", "{\"text\":\"罗勇\",\"label\":[[0]]}\n{broken\n"),
            ("jsonl", "{\"text\":\"罗勇\",\"label\":[[0,2,\"PER\"]]}\n{broken\n"),
            ("conll-bio", "罗\tB-PER\n勇\n"),
            ("tei", "<TEI><text>\n<body></TEI>"),
            // One bad line hid all the others: no tag of the .ann can be read without its text, none of the .tsv at all.
            ("brat", "T1\tPER 0 2\t罗勇\nT2\tPER 0 2\t罗勇\nT3 broken\n"),
            ("webanno", "#FORMAT=WebAnno TSV 3.3\n\n1-1\t0-1\t罗\n6-x\t1-2\t勇\n"),
            ("webanno", "1-1\t0-1\t罗\n6-x\t1-2\t勇\n"),
            ("jsonl", "broken}\n{\"text\":\"罗勇\",\"label\":[[0]]}\n"),
        ];
        for &(id, text) in cases {
            let file = InputFile {
                // Only by its name a file of brat's is one.
                name: if id == "brat" { "a.ann" } else { "a" },
                bytes: text.as_bytes(),
            };
            let format = by_id(id).unwrap();
            let (_, found) = import(format, &[file], &ImportOptions::default());
            assert!(!found.is_empty());
            assert_eq!(name_foreign(format, &[file], found.clone()), found, "{id}");
        }
    }

    /// "a.txt: this looks like plain text, not w3c" was said of a text with a byte that is no UTF-8.
    #[test]
    fn the_text_beside_annotations_is_not_blamed_for_being_text() {
        let bytes = "罗勇说。\n".repeat(40).into_bytes();
        let mut broken = bytes.clone();
        broken[40] = 0xFF;
        for (id, other) in [("w3c", "a.jsonld"), ("brat", "a.ann")] {
            let format = by_id(id).unwrap();
            for (text, annotations) in [
                (&broken, &b""[..]),
                (&bytes, b"[{\"type\": broken"),
                (&bytes, b"T1\tbroken"),
            ] {
                let files = [("a.txt", text.as_slice()), (other, annotations)];
                let files = files.map(|(name, bytes)| InputFile { name, bytes });
                let (_, found) = import(format, &files, &ImportOptions::default());
                let said = name_foreign(format, &files, found.clone());
                assert!(
                    !found.is_empty() && said.iter().all(|fault| fault.file == found[0].file),
                    "{said:?}"
                );
                assert!(text != &broken || said == found, "{said:?}");
            }
        }
    }

    #[test]
    fn a_fault_in_a_text_leaves_it_a_text() {
        assert!(is_text("县供销社开会".repeat(20).as_bytes()) && is_text(b"") && is_text("县".as_bytes()));
        let mut bytes = "县供销社开会\n".repeat(20).into_bytes();
        bytes[30] = 0xFF;
        assert!(is_text(&bytes));
    }
}
