//! How fast documents go out and come in, in bytes of the files. The measure is 50 MB/s on one core for formats of
//! lines.

#![allow(clippy::unwrap_used, reason = "a benchmark's own machinery may fail")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io;
use std::sync::Arc;

use divan::Bencher;
use divan::counter::BytesCount;
use zhupi::annot::document::Parts;
use zhupi::annot::{Document, Mark, Source, Span, SpanId};
use zhupi::formats::{self, Export, ExportOptions, Files, ImportOptions, InputFile};
use zhupi::text::{Alignment, CharRange, Text};

const FORMATS: &[&str] = &[
    "native",
    "jsonl",
    "doccano",
    "doccano-relations",
    "labelstudio",
    "spacy",
    "prodigy",
    "brat",
    "conll-bio",
    "hf",
    "yedda",
    "neat",
    "cas-json",
    "xmi",
    "webanno",
    "w3c",
    "tei",
    "docbin",
    "parquet",
    "archive",
];

fn main() {
    divan::main();
}

/// Articles of 2,000 characters with a tag on every 20th, about what a newspaper has.
fn documents() -> Vec<Document> {
    let sentence = "记者罗勇𬱟从县供销社获悉，今年第三季度全县收购粮食3.5万斤，比去年同期增长一成。\n";
    let text: String = sentence.repeat(50);
    let len = text.chars().count();
    let marks = ["person", "unit", "figure", "time"].map(|label| {
        Arc::new(Mark {
            label: label.into(),
            ..Mark::default()
        })
    });
    let span = |(id, start): (u32, usize)| Span {
        id: SpanId(id),
        range: CharRange::of(start, start + 3),
        mark: Arc::clone(&marks[id as usize % marks.len()]),
    };
    let document = |number: usize| {
        let text = Text::from(text.as_str());
        Document::new(Parts {
            source: Source {
                name: format!("{number}.txt"),
                text: text.clone(),
                ..Source::default()
            },
            alignment: Alignment::identity(text.len()),
            text,
            spans: (1..).zip((2..len - 3).step_by(20)).map(span).collect(),
            ..Parts::default()
        })
    };
    (1..=100).map(document).collect()
}

/// Files that are counted and forgotten.
#[derive(Default)]
struct Counted(usize);

impl Files for Counted {
    fn append(&mut self, _: &str, bytes: &[u8]) -> io::Result<()> {
        self.0 += bytes.len();
        Ok(())
    }
}

#[divan::bench(args = FORMATS)]
fn export(bencher: Bencher<'_, '_>, id: &str) {
    let documents = documents();
    let format = formats::by_id(id).unwrap();
    let write = || {
        let mut files = Counted::default();
        let mut export = Export::new(format, ExportOptions::default());
        for document in &documents {
            export.add(document, &mut files).unwrap();
        }
        export.finish(&mut files).unwrap();
        files.0
    };
    let bytes = BytesCount::new(write());
    bencher.counter(bytes).bench(|| black_box(write()));
}

#[divan::bench(args = FORMATS)]
fn import(bencher: Bencher<'_, '_>, id: &str) {
    let documents = documents();
    let format = formats::by_id(id).unwrap();
    let (files, _): (BTreeMap<String, Vec<u8>>, _) =
        formats::export(format, &documents, &ExportOptions::default()).unwrap();
    let files: Vec<InputFile<'_>> = files.iter().map(|(name, bytes)| InputFile { name, bytes }).collect();
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let mut tags = 0;
        let faults = formats::read(format, &files, &ImportOptions::default(), &mut |text| {
            tags += text.annotated.tags.len();
        });
        assert!(faults.is_empty());
        black_box(tags)
    });
}
