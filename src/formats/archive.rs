//! An archive of a set of documents: one zip after BagIt (RFC 8493) that can be read without the program.
//!
//! Under `data/` stand the raw text, the reading text and the saved file of each document, the labels with their guidelines,
//! and a README that explains them. `manifest-sha256.txt` has the hash of each. The same documents give the same bytes: no
//! time is in it. Journals and other files of the world can be added to a [`Bag`] by whoever has them.

mod bag;
mod check;

use std::collections::BTreeMap;
use std::io;

use serde_json::{Value, json};

pub use self::bag::Bag;
pub use self::check::check;
use super::{
    Entry, Files, Format, Holds, InputFile, Intake, LabelNames, OffsetUnit, Packing, Writer, native, no_limit, saved,
};
use crate::annot::Label;

const FILE: &str = "zhupi-archive.zip";

pub(super) const FORMAT: Format = Format {
    id: "archive",
    name: "Archive (BagIt zip)",
    holds: Holds::ALL,
    offsets: OffsetUnit::CodePoint,
    packing: Packing::Set(FILE),
    labels: LabelNames::Own,
    writer: |_| Box::new(Archive::default()),
    limit: no_limit,
    reader: Some(read),
};

const README: &str = "\
朱批标注档案 / Archive of annotations made with Zhupi

data/raw/          原文，照解码所得，UTF-8 / the raw texts exactly as they were decoded, as UTF-8
data/reading/      阅读文本，一段一行 / the reading texts, one paragraph a line
data/annotations/  标注，JSON / the annotations as JSON
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

#[derive(Default)]
struct Archive {
    bag: Bag,
    labels: BTreeMap<String, Label>,
    documents: usize,
}

impl Writer for Archive {
    fn add(&mut self, entry: &Entry<'_>, _files: &mut dyn Files) -> io::Result<()> {
        let (document, stem) = (entry.document, entry.stem);
        let raw = document.source.text.as_str();
        self.bag.add(&format!("raw/{stem}.txt"), raw.as_bytes())?;
        self.bag
            .add(&format!("reading/{stem}.txt"), document.text().as_str().as_bytes())?;
        self.bag
            .add(&format!("annotations/{stem}.json"), &saved::bytes(entry)?)?;
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
        let mut done = std::mem::take(self);
        let labels: Vec<Value> = done.labels.values().map(described).collect();
        let mut listed = serde_json::to_vec_pretty(&labels)?;
        listed.push(b'\n');
        done.bag.add("labels.json", &listed)?;
        done.bag.add("README.txt", README.as_bytes())?;
        let described = format!("{} annotated newspaper texts", done.documents);
        files.append(FILE, &done.bag.finish(&described)?)
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
        let findings = check(file);
        for finding in &findings {
            intake.error(file.name, finding.line, finding.what.clone());
        }
        let done = bag::each_file(file.bytes, |path, bytes| {
            let Some(name) = path.strip_prefix("data/annotations/") else {
                return Ok(());
            };
            match native::load(bytes) {
                Ok(loaded) if loaded.version > native::VERSION => {
                    let (found, known) = (loaded.version, native::VERSION);
                    let what = format!("{name} has version {found}; this program knows {known}");
                    intake.error(file.name, None, what);
                }
                Ok(loaded) => intake.take_document(loaded.document),
                // The check has named it.
                Err(_) => {}
            }
            Ok(())
        });
        if let Err(what) = done
            && findings.is_empty()
        {
            intake.error(file.name, None, what);
        }
    }
}
