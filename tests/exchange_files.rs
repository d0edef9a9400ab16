//! The files themselves: one document as it stands in `tests/fixtures/exchange`, where `tests/interop` reads it with the
//! programs that the formats belong to; and what is said of files that are broken.
//!
//! `UPDATE_EXPECT=1 cargo test` writes the fixtures anew.

#![allow(clippy::unwrap_used, reason = "a test's own machinery may fail like the test")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use zhupi::annot::document::Parts;
use zhupi::annot::{Document, Entity, EntityId, Mark, Relation, Source, Span, SpanId};
use zhupi::formats::{self, ExportOptions, Format, ImportOptions, InputFile, Layer};
use zhupi::text::{Alignment, CharRange, Run, Text};

/// Astral characters before and in a name, a name cut by a wrap, U+3000, U+2028, a control character in a tag, a tag in a
/// tag, two that cross.
fn document() -> Document {
    let raw = "🀄记者罗\n𬱟勇电：市供销社　收粮3.5万斤。\n\u{2028}九月十五日，甲市法\u{c}院\n开庭。";
    let reading = "🀄记者罗𬱟勇电：市供销社　收粮3.5万斤。\n\u{2028}九月十五日，甲市法\u{c}院开庭。";
    let span = |id, start, end, mark: Mark| Span {
        id: SpanId(id),
        range: CharRange::of(start, end),
        mark: Arc::new(mark),
    };
    let label = |label: &str| Mark {
        label: label.into(),
        ..Mark::default()
    };
    let person = Mark {
        note: "断行 <1>\n又见 [2]|_*".into(),
        ..label("person")
    };
    let unit = Mark {
        entity: Some(EntityId(9)),
        ..label("unit")
    };
    let figure = Mark {
        value: Some(serde_json::json!({"kind": "measure", "value": "35000", "unit": {"raw": "斤", "code": "[jin_i]"}})),
        ..label("figure")
    };
    let time = Mark {
        value: Some(serde_json::json!({"kind": "date", "value": null, "timex": "XXXX-09-15"})),
        ..label("time")
    };
    Document::new(Parts {
        source: Source {
            name: "0915-2.txt".into(),
            sha256: "0".repeat(64),
            encoding: "UTF-8".into(),
            newline: "lf".into(),
            text: Text::from(raw),
        },
        text: Text::from(reading),
        alignment: Alignment::new([(0, 0, 4), (4, 5, 30), (34, 36, 3)].map(Run::from).to_vec()),
        spans: vec![
            span(1, 3, 6, person),
            span(2, 8, 12, unit),
            span(3, 8, 9, label("place")),
            span(4, 15, 20, figure),
            span(5, 23, 28, time),
            span(6, 29, 34, label("unit")),
            span(7, 31, 36, label("案_由")),
        ],
        entities: vec![Entity {
            id: EntityId(9),
            label: "unit".into(),
            name: "市供销合作社".into(),
        }],
        relations: vec![Relation {
            id: "r1".into(),
            label: "held_by".into(),
            from: SpanId(1),
            to: SpanId(2),
        }],
        ..Parts::default()
    })
}

const FORMATS: &[&str] = &[
    "native", "cas-json", "xmi", "webanno", "w3c", "tei", "docbin", "parquet", "archive",
];

#[test]
fn the_files_are_those_that_other_programs_have_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exchange");
    let mut wrong = Vec::new();
    for (layer, layer_name) in [(Layer::Reading, "reading"), (Layer::Raw, "raw")] {
        let options = ExportOptions {
            layer,
            ..ExportOptions::default()
        };
        for id in FORMATS {
            let format = formats::by_id(id).unwrap();
            if format.keeps_documents() && layer == Layer::Raw {
                continue;
            }
            let (files, _) = formats::export(format, [&document()], &options).unwrap();
            for (name, bytes) in files {
                let path = folder.join(layer_name).join(id).join(name);
                if std::env::var_os("UPDATE_EXPECT").is_some() {
                    fs::create_dir_all(path.parent().unwrap()).unwrap();
                    fs::write(&path, &bytes).unwrap();
                } else if !is_same(format, &fs::read(&path).unwrap_or_default(), &bytes) {
                    wrong.push(path.display().to_string());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "not as they were: {wrong:#?}");
}

/// Whether two files are the same. Packed ones, whose bytes are their library's, are if they say the same.
fn is_same(format: &'static Format, fixture: &[u8], bytes: &[u8]) -> bool {
    if !["docbin", "parquet", "archive"].contains(&format.id) {
        return fixture == bytes;
    }
    let read = |bytes| {
        let (texts, said) = formats::import(format, &[InputFile { name: "a", bytes }], &ImportOptions::default());
        assert!(said.is_empty(), "{said:?}");
        texts.into_iter().map(|text| text.annotated).collect::<Vec<_>>()
    };
    read(fixture) == read(bytes)
}

/// A file that is broken, and what is said of it first.
type Broken = (&'static str, &'static str, &'static str);

const BROKEN: &[Broken] = &[
    ("cas-json", "{\n\"%FEATURE_STRUCTURES\": [}", "a:2: column 25"),
    ("cas-json", "{\"%FEATURE_STRUCTURES\": []}", "a: there is no text"),
    ("xmi", "<x>\n<y></x>", "a:2: "),
    (
        "xmi",
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<x>&b;</x>",
        "a:1: a document type with declarations",
    ),
    ("xmi", "<x/>", "a: there is no text"),
    (
        "xmi",
        "<x>\n<Sofa xmi:id='1' sofaString='a'/>\n<T xmi:id='2' sofa='1' begin='x' end='1'/></x>",
        "a:3: begin=\"x\"",
    ),
    ("webanno", "1-1\t0-1\t记", "a:1: this is no WebAnno TSV 3 file"),
    ("w3c", "[]", "a: the text a.txt is missing"),
    ("tei", "<html/>", "a: this is no TEI file"),
    ("tei", "<teiCorpus/>", "a: this is no TEI file"),
    ("docbin", "[]", "a: this is no DocBin"),
    ("parquet", "PAR1", "a: this is no Parquet file"),
    ("archive", "PK", "a: this is no zip archive"),
];

#[test]
fn broken_files_are_named_with_the_line() {
    for &(id, bytes, expected) in BROKEN {
        let file = InputFile {
            name: "a",
            bytes: bytes.as_bytes(),
        };
        let (texts, said) = formats::import(formats::by_id(id).unwrap(), &[file], &ImportOptions::default());
        assert!(texts.is_empty(), "{id}: {bytes}");
        let first = said.first().map(ToString::to_string).unwrap_or_default();
        assert!(first.starts_with(expected), "{id}: {bytes}: {first}");
    }
}

/// A position between the two units of a character, and one behind the text.
#[test]
fn places_that_fit_no_text_are_named() {
    let cas = |begin: u32, end: u32| {
        format!(
            "{{\"%FEATURE_STRUCTURES\":[{{\"%ID\":1,\"%TYPE\":\"uima.cas.Sofa\",\"sofaString\":\"😀罗\\r\\n\"}},\
             {{\"%ID\":2,\"%TYPE\":\"custom.Name\",\"@sofa\":1,\"begin\":{begin},\"end\":{end}}}]}}"
        )
    };
    let cases = [
        (cas(2, 3), None),
        (cas(2, 5), None),
        (cas(1, 3), Some("a.json: 1–3 begins or ends inside a character")),
        (
            cas(2, 6),
            Some("a.json: the tag \"Name\" at 1–5 does not fit the text of 4 characters"),
        ),
        (
            cas(3, 2),
            Some("a.json: the tag \"Name\" has offsets that are empty, reversed or below zero"),
        ),
    ];
    for (json, expected) in cases {
        let file = InputFile {
            name: "a.json",
            bytes: json.as_bytes(),
        };
        let (texts, said) = formats::import(formats::by_id("cas-json").unwrap(), &[file], &ImportOptions::default());
        let said: Vec<String> = said.iter().map(ToString::to_string).collect();
        assert_eq!(said, expected.into_iter().collect::<Vec<_>>());
        assert_eq!(texts[0].annotated.tags.len(), usize::from(expected.is_none()));
    }
}

/// TEI as people write it: layout in the white space, an authority, fragments, a line that begins inside a name.
#[test]
fn tei_of_other_hands_is_read() {
    let tei = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><title>不读</title></teiHeader><text><body>\n  <head>头版</head>\n  \
        <p><lb/>记者 <persName ref=\"http://a/1\">罗\n    <lb break=\"no\"/>勇</persName>\n      到\n      \
        <orgName xml:id=\"o\" next=\"#p\">甲\n公司</orgName>，<orgName xml:id=\"p\">Acme\n Ltd</orgName>：\
        <measure type=\"money\" quantity=\"12\" unit=\"CNY\">12元</measure>。</p>\n</body></text></TEI>";
    let file = InputFile {
        name: "a.xml",
        bytes: tei.as_bytes(),
    };
    let (texts, said) = formats::import(formats::by_id("tei").unwrap(), &[file], &ImportOptions::default());
    assert!(said.is_empty(), "{said:?}");
    let text = &texts[0].annotated;
    assert_eq!(text.text.as_str(), "头版\n记者 罗\n勇到甲公司，Acme Ltd：12元。");
    let tags = text
        .tags
        .iter()
        .map(|tag| format!("{} {}", tag.label(), text.covered(tag)));
    let expected = ["person 罗\n勇", "unit 甲公司，Acme Ltd", "figure 12元"];
    assert_eq!(tags.collect::<Vec<_>>(), expected);
    assert_eq!(text.tags[0].mark.note, "http://a/1");
    assert_eq!(text.entity(&text.tags[0]).unwrap().name, "罗\n勇");
    assert_eq!(text.tags[2].mark.value.as_ref().unwrap()["unit"]["code"], "CNY");
}

proptest! {
    /// Whatever happens to a file on its way, reading it ends with texts whose tags fit, or with a message.
    #[test]
    fn damaged_files_are_read_or_refused(
        format in 0..FORMATS.len(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let format = formats::by_id(FORMATS[format]).unwrap();
        let (files, _) = formats::export(format, [&document()], &ExportOptions::default()).unwrap();
        let damaged: Vec<(String, Vec<u8>)> = files.into_iter().map(|(name, mut bytes)| {
            for (at, byte) in &damage {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            (name, bytes)
        }).collect();
        let files: Vec<InputFile<'_>> = damaged.iter().map(|(name, bytes)| InputFile { name, bytes }).collect();
        let (texts, said) = formats::import(format, &files, &ImportOptions::default());
        prop_assert!(!texts.is_empty() || !said.is_empty());
        for text in texts.iter().map(|text| &text.annotated) {
            prop_assert!(text.tags.iter().all(|tag| !tag.range.is_empty() && tag.range.end <= text.text.len()));
        }
    }
}
