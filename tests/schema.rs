//! Every saved file holds to the schema that other programs rely on.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

use serde_json::Value;
use zhupi::annot::document::{BlockMark, Parts};
use zhupi::annot::{Document, Edit, Mark, Source, Span, SpanId};
use zhupi::formats::native;
use zhupi::text::hash::sha256_hex;
use zhupi::text::{Alignment, ChangeSet, CharRange, Text};

fn at(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn faults(bytes: &[u8]) -> Vec<String> {
    let schema: Value = serde_json::from_slice(&at("annotations/schema/zhupi-1.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let file: Value = serde_json::from_slice(bytes).unwrap();
    validator
        .iter_errors(&file)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn the_example_holds_to_it_and_comes_back_byte_for_byte() {
    let saved = at("annotations/example.json");
    assert_eq!(faults(&saved), Vec::<String>::new());
    let document = native::load(&saved).unwrap().document;
    assert_eq!(native::save(&document), saved);
    assert_eq!(document.source.text.as_str().as_bytes(), at("annotations/example.txt"));
}

#[test]
fn whatever_a_document_says_holds_to_it() {
    let text = "记者罗勇𬱟说\n98%";
    let mut document = Document::new(Parts {
        source: Source {
            name: "a.txt".into(),
            sha256: sha256_hex(text.as_bytes()),
            encoding: "UTF-8".into(),
            newline: "lf".into(),
            text: Text::from(text),
        },
        text: Text::from(text),
        alignment: Alignment::default(),
        blocks: vec![
            BlockMark {
                starts_article: true,
                dropped: true,
                ..BlockMark::default()
            };
            2
        ],
        ..Parts::default()
    });
    let span = Span {
        id: SpanId(1),
        range: CharRange::of(2, 5),
        mark: std::sync::Arc::new(Mark {
            label: "person".into(),
            note: "备注".into(),
            ..Mark::default()
        }),
    };
    document
        .apply(&Edit::Spans {
            remove: vec![],
            add: vec![span],
        })
        .unwrap();
    let change = ChangeSet::replace(document.text(), CharRange::of(3, 4), "永");
    document.apply(&Edit::Text(change.into())).unwrap();
    assert_eq!(faults(&native::save(&document)), Vec::<String>::new());
    // The tag goes with its text, at the very start.
    let change = ChangeSet::replace(document.text(), CharRange::of(0, 6), "");
    document.apply(&Edit::Text(change.into())).unwrap();
    let saved = native::save(&document);
    assert_eq!(faults(&saved), Vec::<String>::new());
    let loaded = native::load(&saved).unwrap().document;
    assert_eq!((loaded.lost(), native::save(&loaded)), (document.lost(), saved.clone()));
    assert_eq!(loaded.lost().len(), 1);
    let found: Vec<String> = native::check_saved(&saved).iter().map(ToString::to_string).collect();
    assert_eq!(found, ["warning: (0–0) \"罗永𬱟\" (person) went with its text"]);
}

#[test]
fn it_sees_what_is_wrong() {
    let saved = String::from_utf8(at("annotations/example.json")).unwrap();
    for (from, to) in [
        ("\"accepted\"", "\"agreed\""),
        ("\"offset_unit\": \"codepoint\"", "\"offset_unit\": \"byte\""),
        ("\"start\": 0", "\"start\": -1"),
    ] {
        assert!(saved.contains(from));
        assert!(!faults(saved.replacen(from, to, 1).as_bytes()).is_empty(), "{to}");
    }
}
