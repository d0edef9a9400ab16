//! The files themselves: one document in each format as it stands in `tests/fixtures/formats`, files as other programs
//! write them, and what is said of broken ones.

#![allow(clippy::unwrap_used, reason = "a test's own machinery may fail like the test")]

use std::sync::Arc;

use expect_test::{Expect, expect, expect_file};
use zhupi::annot::document::Parts;
use zhupi::annot::{Document, Entity, EntityId, Mark, Relation, Source, Span, SpanId};
use zhupi::formats::{self, ExportOptions, ImportOptions, Imported, InputFile, Layer, Severity};
use zhupi::text::{Alignment, CharRange, Run, Text};

/// An astral character before all tags, one in a name, a name cut by a wrap, a wide space, a tag in a tag.
fn document() -> Document {
    let raw = "🀄记者罗\n𬱟勇电：市供销社　收粮3.5万斤。\n";
    let reading = "🀄记者罗𬱟勇电：市供销社　收粮3.5万斤。";
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
        note: "断行".into(),
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
    Document::new(Parts {
        source: Source {
            name: "0915-2.txt".into(),
            sha256: "0".repeat(64),
            encoding: "UTF-8".into(),
            newline: "lf".into(),
            text: Text::from(raw),
        },
        text: Text::from(reading),
        alignment: Alignment::new([(0, 0, 4), (4, 5, 21)].map(Run::from).to_vec()),
        spans: vec![
            span(1, 3, 6, person),
            span(2, 8, 12, unit),
            span(3, 8, 9, label("place")),
            span(4, 15, 20, figure),
        ],
        entities: vec![Entity {
            id: EntityId(9),
            label: "unit".into(),
            name: "市供销合作社".into(),
        }],
        relations: vec![Relation {
            id: "r1".into(),
            label: "buys".into(),
            from: SpanId(2),
            to: SpanId(4),
        }],
        ..Parts::default()
    })
}

/// Runs with `UPDATE_EXPECT=1` write the fixtures anew; look at what changed before keeping it.
#[test]
fn one_document_in_each_format() {
    for format in formats::all() {
        for (folder, layer) in [("reading", Layer::Reading), ("raw", Layer::Raw)] {
            let options = ExportOptions {
                layer,
                ..ExportOptions::default()
            };
            let (files, report) = formats::export(format, [&document()], &options).unwrap();
            let place = format!("fixtures/formats/{folder}/{}", format.id);
            expect_file![format!("{place}/losses.txt")].assert_eq(&report.to_string());
            for (name, bytes) in &files {
                // Binary files are held against their readers instead.
                if let Ok(text) = std::str::from_utf8(bytes) {
                    expect_file![format!("{place}/{name}")].assert_eq(text);
                }
            }
        }
    }
}

/// What is read from files, a tag a line, then what is wrong with them.
fn read(format: &str, files: &[(&str, &str)]) -> String {
    let files: Vec<InputFile<'_>> = files
        .iter()
        .map(|(name, text)| InputFile {
            name,
            bytes: text.as_bytes(),
        })
        .collect();
    let format = formats::by_id(format).unwrap();
    let (texts, diagnostics) = formats::import(format, &files, &ImportOptions::default());
    let mut said = String::new();
    for Imported { annotated, .. } in &texts {
        said += &format!("{}: {:?}\n", annotated.name, annotated.text.as_str());
        for tag in &annotated.tags {
            let mark = &tag.mark;
            said += &format!("  {} {:?}", mark.label, annotated.covered(tag));
            if !mark.note.is_empty() {
                said += &format!(" note {:?}", mark.note);
            }
            if let Some(entity) = annotated.entity(tag) {
                said += &format!(" entity {}", entity.name);
            }
            if mark.status != zhupi::annot::Status::Accepted {
                said += &format!(" {}", mark.status.as_str());
            }
            said.push('\n');
        }
        for relation in &annotated.relations {
            let covered = |id| annotated.covered(annotated.tags.iter().find(|tag| tag.id == id).unwrap());
            said += &format!(
                "  {} → {} → {}\n",
                covered(relation.from),
                relation.label,
                covered(relation.to)
            );
        }
    }
    for diagnostic in diagnostics {
        let severity = if diagnostic.severity == Severity::Error {
            "error"
        } else {
            "warning"
        };
        said += &format!("{severity}: {diagnostic}\n");
    }
    said
}

#[allow(clippy::needless_pass_by_value, reason = "`expect!` is written in the call")]
fn check(format: &str, files: &[(&str, &str)], expected: Expect) {
    expected.assert_eq(&read(format, files));
}

#[test]
fn files_as_other_programs_write_them() {
    check(
        "doccano",
        &[(
            "old.json1",
            "\u{feff}{\"text\":\"罗勇电\",\"labels\":[[0,2,\"PER\"]],\"meta\":{}}\r\n\r\n{\"id\":7,\"data\":\"省府\",\"label\":[[0,2,\"ORG\"]]}",
        )],
        expect![[r#"
            old: "罗勇电"
              person "罗勇"
            7: "省府"
              unit "省府"
        "#]],
    );
    check(
        "jsonl",
        &[(
            "a.jsonl",
            "{\"text\":\"𬱟公司\",\"entities\":[{\"start\":0,\"end\":3,\"label\":\"ORG\",\"score\":0.9}]}\n",
        )],
        expect![[r#"
            a: "𬱟公司"
              unit "𬱟公司"
        "#]],
    );
    check(
        "labelstudio",
        &[(
            "export.json",
            r#"[{"id": 3, "data": {"text": "罗勇任省长。"}, "completions": [
                {"was_cancelled": true, "result": []},
                {"result": [
                  {"id": "a", "from_name": "ner", "to_name": "t", "type": "labels", "value": {"start": 0, "end": 2, "labels": ["PER", "VIP"]}},
                  {"id": "a", "from_name": "sex", "to_name": "t", "type": "choices", "value": {"start": 0, "end": 2, "text": "罗勇", "choices": ["男"]}},
                  {"id": "b", "from_name": "ner", "to_name": "t", "type": "labels", "value": {"start": 3, "end": 5, "labels": ["职务"]}},
                  {"from_id": "b", "to_id": "a", "type": "relation", "direction": "left", "labels": ["holds"]}]}],
                "predictions": [{"result": [{"id": "c", "type": "labels", "value": {"start": 3, "end": 4, "labels": ["LOC"]}}]}]}]"#,
        )],
        expect![[r#"
            export: "罗勇任省长。"
              person "罗勇" note "sex: 男"
              VIP "罗勇"
              职务 "省长"
              place "省" suggested
              罗勇 → holds → 省长
        "#]],
    );
    check(
        "brat",
        &[
            ("1.txt", "罗勇\n访问省城，签约。\n"),
            (
                "1.ann",
                "#1\tAnnotatorNotes T1\t查\\n核\nE1\tSign:T3 Who:T1\nT1\tPerson 0 2\t罗勇\nT2\tPlace 5 7\t省城\nT3\tSign 8 10\t签约\n\
                 A1\tNegated T3\nN1\tReference T2 Wikidata:Q1\t省城市\nR1\tAt Arg1:T3 Arg2:T2\n*\tEquiv T1 T2\n",
            ),
            ("annotation.conf", "[entities]\nPerson\n"),
        ],
        expect![[r#"
            1.txt: "罗勇\n访问省城，签约。\n"
              Person "罗勇" note "查\n核" entity 罗勇
              Place "省城" note "Wikidata:Q1" entity 罗勇
              Sign "签约" note "Negated"
              签约 → Who → 罗勇
              签约 → At → 省城
        "#]],
    );
    check(
        "conll-bio",
        &[(
            "msra.bio",
            "-DOCSTART- -X- O O\n\n罗 B-PER\n勇 I-PER\n电 O\n\nNew NNP B-LOC\nYork NNP I-LOC\n, , O\n\n-DOCSTART- O\n\n省 S-LOC\n府 U-ORG\n",
        )],
        expect![[r#"
            msra: "罗勇电\nNew York,"
              person "罗勇"
              place "New York"
            msra-2: "省府"
              place "省"
              unit "府"
        "#]],
    );
    check(
        "hf",
        &[(
            "a.jsonl",
            "{\"id\":\"1\",\"tokens\":[\"省\",\"府\",\"罗\"],\"ner_tags\":[\"B-ORG\",\"I-ORG\",\"B-PER\"]}\n",
        )],
        expect![[r#"
            1: "省府罗"
              unit "省府"
              person "罗"
        "#]],
    );
    check(
        "yedda",
        &[("a.ann", "[$罗勇#PER*]见[@省府#ORG*]。[甲]")],
        expect![[r#"
        a.txt: "罗勇见省府。[甲]"
          person "罗勇" suggested
          unit "省府"
    "#]],
    );
    check(
        "prodigy",
        &[(
            "a.jsonl",
            "{\"text\":\"罗勇\",\"spans\":[{\"start\":0,\"end\":2,\"label\":\"PER\"}],\"answer\":\"reject\"}\n{\"text\":\"省府\",\"answer\":\"ignore\"}\n",
        )],
        expect![[r#"
            a: "罗勇"
              person "罗勇" rejected
            warning: a.jsonl:2: left out: its answer is "ignore"
        "#]],
    );
    check(
        "neat",
        &[(
            "p.tsv",
            "No.\tTOKEN\tNE-TAG\tNE-EMB\tID\turl_id\tleft\tright\ttop\tbottom\n#\thttps://example.org/p1\t\t\t\t\t\t\t\t\n\
             1\t\"\tO\tO\t-\t0\t0\t0\t0\t0\n2\t省\tB-ORG\tB-LOC\t-\t0\t1\t2\t3\t4\n3\t府\tI-ORG\tO\t-\t0\t1\t2\t3\t4\n0\t\tO\tO\t-\t0\t0\t0\t0\t0\n1\t好\tO\tO\t-\t0\t0\t0\t0\t0\n",
        )],
        expect![[r#"
            p: "\"省府\n好"
              unit "省府"
              place "省"
        "#]],
    );
}

#[test]
fn what_is_broken_is_named_by_file_and_line() {
    check(
        "doccano",
        &[(
            "a.jsonl",
            "{\"text\":\"罗勇\",\"label\":[[0,3,\"PER\"],[1,1,\"PER\"],[-1,2,\"PER\"],[5000000000,5000000001,\"PER\"],[0,2,\"PER\"]]}\n\
             {\"text\":\"罗勇\",\"label\":[[0]]}\n{\"label\":[]}\nno JSON\n{\"text\":\"完\",\"relations\":[{\"from_id\":1,\"to_id\":2,\"type\":\"x\"}]}\n",
        )],
        expect![[r#"
            a: "罗勇"
              person "罗勇"
            a-2: "完"
            error: a.jsonl:1: the tag "PER" at 0–3 does not fit the text of 2 characters
            error: a.jsonl:1: the tag "PER" has offsets that are empty, reversed or below zero
            error: a.jsonl:1: the tag "PER" has offsets that are empty, reversed or below zero
            error: a.jsonl:1: the tag "PER" has offsets that are empty, reversed or below zero
            error: a.jsonl:2: column 29: invalid length 1, expected a tag: [start, end, label]
            error: a.jsonl:3: column 12: missing field `text`
            error: a.jsonl:4: column 2: expected ident
            error: a.jsonl:5: the relation "x" joins entities that are not there
        "#]],
    );
    let deep = format!("{{\"text\":\"a\",\"x\":{}", "[".repeat(100_000));
    check(
        "jsonl",
        &[("deep.jsonl", &deep)],
        expect![[r#"
        error: deep.jsonl:1: column 100016: EOF while parsing a list
    "#]],
    );
    check(
        "spacy",
        &[("a.json", "[[\"罗勇\",{\"entities\":[[0,2,\"PER\"]]}],\n[\"省府\"]]")],
        expect![[r#"
            a: "罗勇"
              person "罗勇"
            error: a.json:2: column 10: invalid length 1, expected a text and its entities
        "#]],
    );
    check(
        "labelstudio",
        &[("a.json", "{\"data\": {\"n\": 1}}")],
        expect![[r#"
        error: a.json: task 1 has no text
    "#]],
    );
    check(
        "labelstudio",
        &[("a.json", "text,label\n罗勇,PER\n")],
        expect![[r#"
        error: a.json:1: column 2: expected ident
    "#]],
    );
    check(
        "brat",
        &[
            ("1.txt", "😀罗勇\n"),
            (
                "1.ann",
                "T1\tPER 2 4\t罗勇\nT2\tPER 1 9\t罗勇\nT3 PER 1 3\nT4\tPER 1 3\t罗勇\nR1\tx Arg1:T4 Arg2:T9\nZ\tx\n",
            ),
            ("2.ann", "T1\tPER 0 2\t罗勇\n"),
        ],
        expect![[r#"
            1.txt: "😀罗勇\n"
              person "罗勇"
            error: 1.ann:1: the tag says "罗勇" where the text has "勇\n"
            error: 1.ann:2: 1–9 does not fit the text of 4 characters
            error: 1.ann:3: there is no tab behind the id
            error: 1.ann:5: T9 is not there
            error: 1.ann:6: "Z" is no id of brat's
            error: 2.ann: the text 2.txt is missing
        "#]],
    );
    check(
        "conll-bio",
        &[("a.tsv", "罗\tB-PER\n勇\n电\tX-PER\n\tO\n来\tPER\n")],
        expect![[r#"
            a: "罗电来"
              person "罗"
            error: a.tsv:2: this row has no token and tag
            error: a.tsv:3: "X-PER" begins with none of B, I, M, E, S, L, U
            error: a.tsv:4: this row has no token and tag
            error: a.tsv:5: "PER" is neither O nor a tag such as B-PER
        "#]],
    );
    check(
        "hf",
        &[(
            "a.jsonl",
            "{\"tokens\":[\"省\"],\"ner_tags\":[1]}\n{\"tokens\":[\"省\"],\"ner_tags\":[]}\n",
        )],
        expect![[r#"
            error: a.jsonl:1: no name is known for tag 1; import hf_labels.json with this file
            error: a.jsonl:2: there are 1 tokens and 0 tags
        "#]],
    );
    check(
        "hf",
        &[
            (
                "a.jsonl",
                "{\"tokens\":[\"省\",\"府\"],\"ner_tags\":[0,0],\"char_offsets\":[0,4000000000]}\n",
            ),
            ("labels.json", "[\"O\"]"),
        ],
        expect![[r#"
            error: a.jsonl:1: a token at 4000000000 does not follow one that ends at 1
        "#]],
    );
    check(
        "yedda",
        &[("a.ann", "好\n[@罗勇#PER 来[@省府#ORG*]\n")],
        expect![[r#"
            a.txt: "好\n[@罗勇#PER 来省府\n"
              unit "省府"
            error: a.ann:2: [@ opens a tag that is not closed, or has another in it
        "#]],
    );
    check(
        "native",
        &[
            ("a.json", "{\"format\":\"zhupi\",\n\"version\":x}"),
            ("b.json", "{\"format\":\"zhupi\",\"version\":9}"),
        ],
        expect![[r#"
            error: a.json:2: column 11: expected value
            error: b.json: this file has version 9; this program knows 1
        "#]],
    );
    check(
        "chat",
        &[("a.jsonl", "{}")],
        expect![[r#"
        error: a.jsonl: files of the format chat cannot be imported
    "#]],
    );
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    for format in formats::all().iter().filter(|format| format.imports()) {
        for bytes in [&b"\xFF\xFE\x00\x01\n\xFF\n"[..], b"\x00\x00\x00", b"PK\x03\x04junk"] {
            for extension in ["json", "jsonl", "txt", "ann", "tsv", "xml", "bin"] {
                let name = format!("a.{extension}");
                let file = InputFile { name: &name, bytes };
                let (texts, _) = formats::import(format, &[file], &ImportOptions::default());
                assert!(
                    texts.iter().all(|text| text.annotated.tags.is_empty()),
                    "{} {name}",
                    format.id
                );
            }
        }
    }
}
