//! Every format: what is exported is imported again, minus what the loss report says.

#![allow(clippy::unwrap_used, reason = "a test's own machinery may fail like the test")]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use proptest::prelude::*;
use zhupi::annot::document::{BlockMark, Parts};
use zhupi::annot::{Document, Edit, Entity, EntityId, LabelId, Mark, Relation, Source, Span, SpanId, Status, fact};
use zhupi::formats::card::{About, Counts};
use zhupi::formats::{self, ExportOptions, ImportOptions, InputFile, Layer, Overlap, Packing};
use zhupi::text::{Alignment, CharIdx, CharRange, Run, Text};

/// What trips readers up: astral characters, wide and odd white space, what formats have as markup, line ends.
const CHARS: &[char] = &[
    '记', '者', '罗', '勇', '𬱟', '😀', 'a', 'Z', '1', '2', '0', '%', ' ', '\u{3000}', '\u{2028}', '\u{85}', '\t',
    '\n', '\n', '。', '，', '[', ']', '@', '#', '*', '$', '|', '_', '\\', '"', '\'', '<', '>', '&', ';', '-', ',',
    '\u{1c}', '\u{c}', '\u{feff}', '０',
];

const LABELS: &[&str] = &["person", "unit", "figure", "place", "time", "duty", "法院"];

/// A span as drawn: start, length, label, what else it says.
type Drawn = (usize, usize, usize, u8);

/// A document whose raw text has a wrap before each reading character whose number `wraps` names.
fn document(chars: &[usize], wraps: &[usize], spans: &[Drawn], crlf: bool) -> Document {
    let reading: Vec<char> = chars.iter().map(|&at| CHARS[at % CHARS.len()]).collect();
    let mut raw = String::new();
    let mut runs = Vec::new();
    let mut raw_at = 0;
    for (at, c) in (0..).zip(&reading) {
        if at > 0 && wraps.contains(&(at as usize)) {
            let wrap = if crlf { "\r\n" } else { "\n" };
            raw.push_str(wrap);
            raw_at += CharIdx::count(wrap).0;
        }
        runs.push(Run::from((at, raw_at, 1)));
        raw.push(*c);
        raw_at += 1;
    }
    let len = reading.len();
    let text = Text::new(reading.iter().collect());
    let spans: Vec<Span> = (1..)
        .zip(spans)
        .filter(|_| len > 0)
        .map(|(id, &(start, length, label, says))| {
            let start = start % len;
            let end = (start + 1 + length % 6).min(len);
            Span {
                id: SpanId(id),
                range: CharRange::of(start, end),
                mark: Arc::new(Mark {
                    label: LABELS[label % LABELS.len()].into(),
                    status: if says & 32 == 32 { Status::Suggested } else { Status::Accepted },
                    entity: (says & 1 == 1).then_some(EntityId(900)),
                    note: if says & 2 == 2 { "存疑\t<\"甲\">\n见 #2".into() } else { String::new() },
                    value: (says & 4 == 4).then(|| {
                        serde_json::json!({"kind": "money", "value": "1200000", "unit": {"raw": "万元", "code": "CNY"}})
                    }),
                    score: (says & 8 == 8).then(|| serde_json::Number::from_f64(0.5).unwrap()),
                    ..Mark::default()
                }),
            }
        })
        .collect();
    let relations = spans.windows(2).filter(|pair| pair[0].id.0 % 2 == 1).enumerate();
    let relations = relations.map(|(number, pair)| Relation {
        id: format!("r{number}"),
        label: "held_by".into(),
        from: pair[0].id,
        to: pair[1].id,
    });
    Document::new(Parts {
        source: Source {
            name: "罗勇 1.txt".into(),
            newline: "lf".into(),
            encoding: "UTF-8".into(),
            text: Text::new(raw),
            ..Source::default()
        },
        relations: relations.collect(),
        text,
        alignment: Alignment::new(runs),
        blocks: vec![
            BlockMark::default(),
            BlockMark {
                dropped: true,
                ..BlockMark::default()
            },
        ],
        spans,
        entities: vec![Entity {
            id: EntityId(900),
            label: "person".into(),
            name: "罗勇".into(),
        }],
        ..Parts::default()
    })
}

fn inputs(files: &BTreeMap<String, Vec<u8>>) -> Vec<InputFile<'_>> {
    files.iter().map(|(name, bytes)| InputFile { name, bytes }).collect()
}

/// Exports the documents in every format that can be read, and proves each.
fn check_all(documents: &[Document], options: &ExportOptions) {
    for format in formats::all().iter().filter(|format| format.imports()) {
        let (files, report) = formats::export(format, documents, options).unwrap();
        let proof = formats::prove(format, options, documents, &inputs(&files)).unwrap();
        let shown = || {
            let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
            files
                .iter()
                .map(|(name, bytes)| format!("--- {name}\n{}\n", text(bytes)))
                .collect::<String>()
        };
        assert!(
            proof.is_complete(),
            "{}: {proof}, {:?}\n{}",
            format.id,
            proof.missing,
            shown()
        );
        assert_eq!(proof.of, report.tags, "{}", format.id);
        if let Packing::Set(name) = format.packing
            && let Some(bytes) = files.get(name)
        {
            // A part at a time it is the same.
            let beside: Vec<InputFile<'_>> = inputs(&files).into_iter().filter(|file| file.name != name).collect();
            let file = (name, Box::new(Cursor::new(bytes.clone())) as Box<dyn formats::Source>);
            let large = formats::prove_large(format, options, documents, file, &beside).unwrap();
            assert_eq!(large, Some(proof), "{}", format.id);
        }
    }
}

fn drawn() -> impl Strategy<Value = Document> {
    let spans = prop::collection::vec((0..60_usize, 0..8_usize, 0..9_usize, 0..64_u8), 0..12);
    (
        prop::collection::vec(0..CHARS.len(), 0..60),
        prop::collection::vec(0..60_usize, 0..12),
        spans,
        any::<bool>(),
    )
        .prop_map(|(chars, wraps, spans, crlf)| document(&chars, &wraps, &spans, crlf))
}

proptest! {
    #[test]
    fn what_is_exported_is_imported_again_minus_its_loss_report(
        documents in prop::collection::vec(drawn(), 1..4),
        layer in prop_oneof![Just(Layer::Reading), Just(Layer::Raw)],
        overlap in prop_oneof![Just(Overlap::Outer), Just(Overlap::Inner), Just(Overlap::Longest)],
        utf16 in any::<bool>(),
        with_dropped in any::<bool>(),
        all in any::<bool>(),
    ) {
        let statuses = all.then(|| vec![Status::Accepted, Status::Suggested]);
        check_all(&documents, &ExportOptions { layer, overlap, utf16, with_dropped, statuses, ..ExportOptions::default() });
    }
}

proptest! {
    #[test]
    fn a_damaged_file_is_read_without_harm(
        document in drawn(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        for format in formats::all().iter().filter(|format| format.imports()) {
            let (mut files, _) = formats::export(format, [&document], &ExportOptions::default()).unwrap();
            for bytes in files.values_mut() {
                for (place, byte, kind) in damage.iter().filter(|_| !bytes.is_empty()).collect::<Vec<_>>() {
                    let at = place.index(bytes.len().max(1)).min(bytes.len());
                    match kind {
                        0 if at < bytes.len() => bytes[at] = *byte,
                        1 => bytes.truncate(at),
                        _ => bytes.insert(at, *byte),
                    }
                }
            }
            let (texts, _) = formats::import(format, &inputs(&files), &ImportOptions::default());
            for text in texts {
                let end = text.annotated.text.len();
                let fits = |range: &CharRange| !range.is_empty() && range.end <= end;
                prop_assert!(text.annotated.tags.iter().all(|tag| tag.pieces().iter().all(fits)), "{}", format.id);
                let opened = text.into_document();
                let saved = formats::native::save(&opened);
                prop_assert!(formats::native::load(&saved).is_ok(), "{}", format.id);
            }
        }
    }
}

#[test]
fn every_format_has_a_name_of_its_own() {
    let mut ids: Vec<&str> = formats::all().iter().map(|format| format.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), formats::all().len());
    assert!(formats::by_id("native").is_some_and(formats::Format::imports));
}

/// Two tags behind an astral character, the second suggested.
fn small() -> Document {
    let at = |c: char| CHARS.iter().position(|known| *known == c).unwrap();
    let chars: Vec<usize> = "😀罗勇2%".chars().map(at).collect();
    document(&chars, &[], &[(1, 1, 0, 0), (3, 1, 2, 32)], false)
}

#[test]
fn a_file_for_doccanos_window_counts_utf16_units() {
    let format = formats::by_id("doccano").unwrap();
    let label = |utf16| {
        let options = ExportOptions {
            utf16,
            ..ExportOptions::default()
        };
        let (files, _) = formats::export(format, [&small()], &options).unwrap();
        let line: serde_json::Value = serde_json::from_slice(&files["doccano.jsonl"]).unwrap();
        line["label"].to_string()
    };
    assert_eq!(label(false), r#"[[1,3,"person"]]"#);
    assert_eq!(label(true), r#"[[2,4,"person"]]"#);
}

#[test]
fn a_proof_names_what_did_not_come_back() {
    let format = formats::by_id("jsonl").unwrap();
    let options = ExportOptions {
        statuses: Some(vec![Status::Accepted, Status::Suggested]),
        ..ExportOptions::default()
    };
    let documents = [small(), small()];
    let (mut files, report) = formats::export(format, &documents, &options).unwrap();
    assert_eq!((report.documents, report.tags), (2, 4));
    let prove =
        |files: &BTreeMap<String, Vec<u8>>| formats::prove(format, &options, &documents, &inputs(files)).unwrap();
    assert_eq!(prove(&files).to_string(), "4 of 4 recovered");

    let file = files.get_mut("jsonl.jsonl").unwrap();
    let text = String::from_utf8(file.clone()).unwrap();
    let first = text.lines().next().unwrap();
    *file = first.replace("[3,5,\"figure\"]", "[4,5,\"figure\"]").into_bytes();
    let proof = prove(&files);
    assert_eq!((proof.recovered, proof.of, proof.is_complete()), (1, 4, false));
    assert_eq!(
        proof.missing,
        [
            "\"2%\" as figure",
            "1 tag in \"罗勇 1.txt\" that was not written",
            "\"罗勇 1.txt\" is not in the files"
        ]
    );
}

/// A folder given for a set gets a file named after the format; a file named after an article has no ending twice:
/// `article.jsonl.jsonl` was proposed.
#[test]
fn a_set_is_named_after_its_format_and_an_article_with_no_ending_twice() {
    for format in formats::all() {
        let named = format.file_name("九号线");
        let Packing::Set(name) = format.packing else {
            assert_eq!(named, None);
            continue;
        };
        let ending = name.strip_prefix(format.id).unwrap();
        assert_eq!(ending.rfind('.'), Some(0), "{name}");
        let own = format!("九号线.{name}");
        let once = if ending[1..] == *format.id {
            format!("九号线{ending}")
        } else {
            own
        };
        assert_eq!(named, Some(once));
    }
}

/// The label of words that are tagged only to say what a figure measures was listed beside those that people tag with.
#[test]
fn the_label_that_carries_facts_is_listed_nowhere_until_somebody_tags_with_it() {
    let plain = small();
    let (label, labels) = fact::indicator(plain.labels());
    let tag = |id, start, label: &LabelId| Span {
        id: SpanId(id),
        range: CharRange::of(start, start + 1),
        mark: Arc::new(Mark {
            label: label.clone(),
            ..Mark::default()
        }),
    };
    let figure = plain.spans().iter().find(|span| span.mark.label.as_str() == "figure");
    let relation = Relation {
        id: "r900".into(),
        label: fact::Role::MeasureOf.as_str().into(),
        from: figure.unwrap().id,
        to: SpanId(900),
    };
    let mut carrying = plain.clone();
    let edits = vec![
        Edit::Labels(labels.unwrap()),
        Edit::Spans {
            remove: vec![],
            add: vec![tag(900, 0, &label)],
        },
        Edit::Relations {
            remove: vec![],
            add: vec![relation],
        },
    ];
    carrying.apply(&Edit::Batch(edits)).unwrap();
    let mut tagged = carrying.clone();
    let by_hand = Edit::Spans {
        remove: vec![],
        add: vec![tag(901, 1, &label)],
    };
    tagged.apply(&by_hand).unwrap();
    for (document, is_listed) in [(&carrying, false), (&tagged, true)] {
        for id in ["labelstudio", "labelstudio-config", "chat", "jsonl", "brat"] {
            let format = formats::by_id(id).unwrap();
            let (files, _) = formats::export(format, [document], &ExportOptions::default()).unwrap();
            let all = files
                .values()
                .any(|bytes| String::from_utf8_lossy(bytes).contains("indicator"));
            assert_eq!(all, is_listed, "{id}");
        }
        let mut counts = Counts::default();
        counts.add(document);
        assert_eq!(counts.card(&About::default()).contains("indicator"), is_listed);
    }
}

#[test]
fn suggestions_that_nobody_asked_for_are_counted() {
    let format = formats::by_id("jsonl").unwrap();
    let suggested = document(&[3, 4, 5], &[], &[(0, 1, 0, 32), (1, 1, 0, 32)], false);
    let (_, report) = format.excerpt(&suggested, &ExportOptions::default());
    assert_eq!((report.tags, report.unjudged), (0, 2));
    let (whole, report) = formats::by_id("native")
        .unwrap()
        .excerpt(&suggested, &ExportOptions::default());
    assert_eq!((whole.tags.len(), report.unjudged), (2, 0));
}

/// The configuration by itself had no relations, and its report counted tags though it holds none.
#[test]
fn the_configuration_by_itself_is_the_one_beside_tasks() {
    let mut document = document(&[3, 4, 5], &[], &[], false);
    let tag = |id, start| Span {
        id: SpanId(id),
        range: CharRange::new(CharIdx(start), CharIdx(start + 1)),
        mark: Arc::new(Mark {
            label: "person".into(),
            ..Mark::default()
        }),
    };
    let relation = Relation {
        id: "r1".into(),
        label: "held_by".into(),
        from: SpanId(901),
        to: SpanId(902),
    };
    let spans = Edit::Spans {
        remove: vec![],
        add: vec![tag(901, 0), tag(902, 1)],
    };
    let relations = Edit::Relations {
        remove: vec![],
        add: vec![relation],
    };
    document.apply(&Edit::Batch(vec![spans, relations])).unwrap();
    let export = |id: &str| {
        let format = formats::by_id(id).unwrap();
        formats::export(format, [&document], &ExportOptions::default()).unwrap()
    };
    let (alone, report) = export("labelstudio-config");
    let (beside, _) = export("labelstudio");
    assert_eq!(alone["labelstudio-config.xml"], beside["labelstudio_config.xml"]);
    assert!(String::from_utf8_lossy(&alone["labelstudio-config.xml"]).contains("<Relation value=\"held_by\"/>"));
    assert_eq!((report.documents, report.tags, report.is_lossless()), (1, 0, true));
}

/// A space stood for the wrap between two pieces, which neither text has.
#[test]
fn a_row_of_the_table_has_the_characters_of_the_pieces() {
    let saved = include_bytes!("../annotations/example.json");
    let document = formats::native::load(saved).unwrap().document;
    let options = ExportOptions {
        layer: Layer::Raw,
        ..ExportOptions::default()
    };
    let (files, _) = formats::export(formats::by_id("tsv").unwrap(), [&document], &options).unwrap();
    let table = String::from_utf8_lossy(&files["tsv.tsv"]).into_owned();
    let raw = &document.source.text;
    let mut in_pieces = 0;
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let pieces: Vec<CharRange> = cells[5]
            .split(';')
            .filter_map(|piece| piece.split_once('-'))
            .map(|(start, end)| CharRange::of(start.parse().unwrap(), end.parse().unwrap()))
            .collect();
        in_pieces += usize::from(pieces.len() > 1);
        let words: String = pieces.iter().map(|&piece| raw.slice(piece)).collect();
        assert!(pieces.is_empty() || cells[6] == words, "{row}");
    }
    assert!(in_pieces > 0);
}
