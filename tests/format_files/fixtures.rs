//! One document in each format, as it stands in `tests/fixtures/formats`.

use std::fs;
use std::path::Path;

use expect_test::expect_file;
use zhupi::formats::{self, ExportOptions, Format, ImportOptions, InputFile, Layer};

use crate::document;

/// Runs with `UPDATE_EXPECT=1` write the fixtures anew; look at what changed before keeping it.
#[test]
fn one_document_in_each_format() {
    let mut wrong = Vec::new();
    for format in formats::all() {
        for (folder, layer) in [("reading", Layer::Reading), ("raw", Layer::Raw)] {
            if format.keeps_documents() && layer == Layer::Raw {
                continue;
            }
            let options = ExportOptions {
                layer,
                ..ExportOptions::default()
            };
            let (files, report) = formats::export(format, [&document()], &options).unwrap();
            let place = format!("fixtures/formats/{folder}/{}", format.id);
            expect_file![format!("../{place}/losses.txt")].assert_eq(&report.to_string());
            for (name, bytes) in &files {
                if let Ok(text) = std::str::from_utf8(bytes) {
                    expect_file![format!("../{place}/{name}")].assert_eq(text);
                    continue;
                }
                let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("tests")
                    .join(&place)
                    .join(name);
                if std::env::var_os("UPDATE_EXPECT").is_some() {
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(&path, bytes).unwrap();
                } else if !is_same(format, &fs::read(&path).unwrap_or_default(), bytes) {
                    wrong.push(path.display().to_string());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "not as they were: {wrong:#?}");
}

/// Whether two packed files, whose bytes are their library's, say the same.
fn is_same(format: &'static Format, fixture: &[u8], bytes: &[u8]) -> bool {
    let read = |bytes| {
        let (texts, said) = formats::import(format, &[InputFile { name: "a", bytes }], &ImportOptions::default());
        assert!(said.is_empty(), "{said:?}");
        texts.into_iter().map(|text| text.annotated).collect::<Vec<_>>()
    };
    read(fixture) == read(bytes)
}
