//! An archive of a set of documents: one zip after BagIt (RFC 8493) that can be read without the program.
//!
//! Under `data/` stand the source, the reading text, the saved file and the journal of each document, the labels with their
//! guidelines, and a README that explains them. The source is the file that was opened, byte for byte, where it is still
//! what it was; else the raw text as it was decoded: `data/sources.tsv` says which. `manifest-sha256.txt` has the hash of
//! each file. The same documents give the same bytes: no time of its own is in it.

mod bag;
mod check;

use std::collections::BTreeMap;
use std::io::{self, Cursor};

use serde_json::{Value, json};

pub use self::bag::Bag;
pub use self::check::check;
use super::{
    Entry, Files, Format, Holds, InputFile, Intake, LabelNames, OffsetUnit, Packing, Parts, Purpose, Source, Writer,
    native, no_limit, saved,
};
use crate::annot::Label;

const FILE: &str = "archive.zip";

pub(super) const FORMAT: Format = Format {
    id: "archive",
    name: "Archive (BagIt zip)",
    purpose: Purpose::Whole,
    holds: Holds::ALL,
    offsets: OffsetUnit::CodePoint,
    packing: Packing::Set(FILE),
    labels: LabelNames::Own,
    writer: |_| Box::new(Archive::new()),
    limit: no_limit,
    reader: Some(read),
    parts: Parts::Seek(read_large),
};

const README: &str = "\
朱批标注档案 / Archive of annotations made with Zhupi

data/raw/          原文 / the raw texts
data/sources.tsv   原文一览：原件（original）逐字节照存，或照解码所得的 UTF-8（decoded）
                   the raw texts: the original file byte for byte, or the text as it was decoded, in UTF-8
data/reading/      阅读文本，一段一行 / the reading texts, one paragraph a line
data/annotations/  标注，JSON / the annotations as JSON
data/journal/      改动记录，每行一项，JSON / what was changed and when, a line of JSON for each change
data/labels.json   标签与标注规范 / the labels with their guidelines

同名文件属于同一篇。JSON 中的位置以 Unicode 码点计，从 0 起，不含末位：
\"start\" 与 \"end\" 指 \"text\"（阅读文本），\"raw\" 指 \"source\".\"text\"（原文）；
\"alignment\" 的每一项 [阅读起点, 原文起点, 长度] 指出两者相同的一段。
Files of one name belong together. Positions in the JSON files count Unicode code points from 0, ends exclusive:
\"start\" and \"end\" are of \"text\" (the reading text), \"raw\" of \"source\".\"text\" (the raw text); each entry
[reading start, raw start, length] of \"alignment\" is a stretch that both have.

manifest-sha256.txt 列出每个文件的 SHA-256，可用 sha256sum -c 核对。
manifest-sha256.txt has the SHA-256 of each file; sha256sum -c checks it.
";

/// The columns of `data/sources.tsv`.
const SOURCES: &str = "file\tsource\tsha256\tencoding\tkept\n";
/// Where the saved files are.
const ANNOTATIONS: &str = "data/annotations/";
/// What it says of a source that is there byte for byte.
const ORIGINAL: &str = "original";
const DECODED: &str = "decoded";

struct Archive {
    bag: Bag,
    labels: BTreeMap<String, Label>,
    sources: String,
    documents: usize,
}

impl Archive {
    fn new() -> Self {
        Self {
            bag: Bag::default(),
            labels: BTreeMap::new(),
            sources: SOURCES.to_owned(),
            documents: 0,
        }
    }

    fn put(&mut self, files: &mut dyn Files, path: &str, bytes: &[u8]) -> io::Result<()> {
        let packed = self.bag.add(path, bytes)?;
        files.append(FILE, &packed)
    }
}

impl Writer for Archive {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let (document, stem) = (entry.document, entry.stem);
        let source = &document.source;
        let (raw, bytes, kept) = match &entry.beside.original {
            Some(bytes) => (
                format!("raw/{stem}{}", ending(&source.name)),
                bytes.as_slice(),
                ORIGINAL,
            ),
            None => (format!("raw/{stem}.txt"), source.text.as_str().as_bytes(), DECODED),
        };
        self.put(files, &raw, bytes)?;
        let cell = |text: &str| text.replace(char::is_control, " ");
        let row = [
            &format!("data/{raw}"),
            &source.name,
            &source.sha256,
            &source.encoding,
            kept,
        ]
        .map(cell);
        self.sources.push_str(&row.join("\t"));
        self.sources.push('\n');
        self.put(
            files,
            &format!("reading/{stem}.txt"),
            document.text().as_str().as_bytes(),
        )?;
        self.put(files, &format!("annotations/{stem}.json"), &saved::bytes(entry)?)?;
        if let Some(journal) = &entry.beside.journal {
            self.put(files, &format!("journal/{stem}.jsonl"), journal)?;
        }
        for label in document.labels().iter() {
            let known = self.labels.entry(label.id.as_str().to_owned());
            let known = known.or_insert_with(|| label.clone());
            if known.guideline.is_empty() {
                known.guideline.clone_from(&label.guideline);
            }
        }
        self.documents += 1;
        Ok(())
    }

    fn finish(&mut self, files: &mut dyn Files) -> io::Result<()> {
        let mut done = std::mem::replace(self, Self::new());
        let labels: Vec<Value> = done.labels.values().map(described).collect();
        let mut listed = serde_json::to_vec_pretty(&labels)?;
        listed.push(b'\n');
        done.put(files, "labels.json", &listed)?;
        let sources = std::mem::take(&mut done.sources);
        done.put(files, "sources.tsv", sources.as_bytes())?;
        done.put(files, "README.txt", README.as_bytes())?;
        let described = format!("{} annotated newspaper texts", done.documents);
        files.append(FILE, &done.bag.finish(&described)?)
    }
}

/// The ending of a file's name with its dot, as far as it fits any folder.
fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_plain = !ending.is_empty() && ending.chars().all(char::is_alphanumeric);
    if is_plain {
        format!(".{ending}")
    } else {
        ".txt".to_owned()
    }
}

fn described(label: &Label) -> Value {
    json!({
        "id": label.id.as_str(),
        "name": {"zh": label.zh, "en": label.en},
        "color": label.color.to_string(),
        "key": label.key.map(String::from),
        "guideline": label.guideline,
    })
}

/// Reads the documents of archives in the order in which they were written. What [`check`] finds is an error: the
/// rest is as good as it was.
fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    for file in files {
        read_file(&mut Cursor::new(file.bytes), file.name, intake);
    }
}

fn read_large(
    mut file: Box<dyn Source>,
    name: &str,
    _beside: &[InputFile<'_>],
    intake: &mut Intake<'_>,
) -> io::Result<()> {
    read_file(&mut file, name, intake);
    Ok(())
}

fn read_file(file: &mut dyn Source, name: &str, intake: &mut Intake<'_>) {
    let findings = check(file, name);
    for finding in &findings {
        intake.error(name, finding.line, finding.what.clone());
    }
    if let Err(what) = read_documents(file, name, intake)
        && findings.is_empty()
    {
        intake.error(name, None, what);
    }
}

/// Hands on each document with its journal.
fn read_documents(file: &mut dyn Source, name: &str, intake: &mut Intake<'_>) -> Result<(), String> {
    let mut contents = bag::Contents::of(file)?;
    for (path, number) in contents.files() {
        let Some(saved) = path.strip_prefix(ANNOTATIONS) else {
            continue;
        };
        match native::load(&contents.unpack(number)?) {
            Ok(loaded) if loaded.version > native::VERSION => {
                let (found, known) = (loaded.version, native::VERSION);
                let what = format!("{saved} has version {found}; this program knows {known}");
                intake.error(name, None, what);
            }
            Ok(loaded) => {
                let stem = saved.strip_suffix(".json").unwrap_or(saved);
                let journal = contents.unpack_path(&format!("data/journal/{stem}.jsonl"))?;
                intake.take_document(loaded.document, journal);
            }
            // The check has named it.
            Err(_) => {}
        }
    }
    Ok(())
}
