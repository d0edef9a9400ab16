//! What is said of files that are broken.

use expect_test::expect;
use proptest::prelude::*;
use zhupi::formats::{self, ExportOptions, ImportOptions, InputFile};

use crate::document;
use crate::others::check;

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
            error: a.json: document 1 has no text
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
fn a_brat_id_given_twice_and_named_later_ended_the_program() {
    // The second T1 is not taken: what speaks of T1 means the first, and what is not taken is not there.
    check(
        "brat",
        &[
            ("1.txt", "罗勇省府\n"),
            (
                "1.ann",
                "T1\tPER 0 2\t罗勇\nT1\tORG 2 4\t省府\nT1\tORG 2 4\t省府\nR1\tx Arg1:T1 Arg2:T1\nE1\tx:T1 y:T1\n#1\tAnnotatorNotes T1\t好\n*\tEquiv T1 T1\n",
            ),
        ],
        expect![[r#"
            1.txt: "罗勇省府\n"
              person "罗勇" note "好" entity 罗勇
              罗勇 → x → 罗勇
              罗勇 → y → 罗勇
            error: 1.ann:2: T1 is there twice
            error: 1.ann:3: T1 is there twice
        "#]],
    );
}

#[test]
fn a_place_that_does_not_fit_is_said_of_its_document() {
    check(
        "spacy",
        &[(
            "a.json",
            "[[\"罗勇\",{\"entities\":[]}],[\"省府\",{\"entities\":[[0,9,\"ORG\"]]}]]",
        )],
        expect![[r#"
            a: "罗勇"
            a-2: "省府"
            error: a.json: document 2: the tag "ORG" at 0–9 does not fit the text of 2 characters
        "#]],
    );
    check(
        "labelstudio",
        &[(
            "a.json",
            "[{\"data\":{\"text\":\"省府\"},\"annotations\":[{\"result\":[{\"id\":\"a\",\"type\":\"labels\",\"value\":{\"start\":1,\"end\":7,\"labels\":[\"ORG\"]}}]}]}]",
        )],
        expect![[r#"
            a: "省府"
            error: a.json: document 1: the tag "ORG" at 1–7 does not fit the text of 2 characters
        "#]],
    );
}

/// A format, files of it, and where in them a tag has no label.
type Nameless<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

/// Such tags were imported with the label "", which no saved file may have.
#[test]
fn a_tag_without_a_label_is_refused() {
    let cases: &[Nameless<'_>] = &[
        (
            "jsonl",
            &[(
                "a.jsonl",
                "{\"text\":\"完\"}\n{\"text\":\"罗勇\",\"label\":[[0,2,\"\"]]}\n",
            )],
            "a.jsonl:2: ",
        ),
        (
            "doccano",
            &[("a.jsonl", "{\"text\":\"罗勇\",\"label\":[[0,2,\" \"]]}\n")],
            "a.jsonl:1: ",
        ),
        (
            "prodigy",
            &[(
                "a.jsonl",
                "{\"text\":\"罗勇\",\"spans\":[{\"start\":0,\"end\":2,\"label\":\"\"}]}\n",
            )],
            "a.jsonl:1: ",
        ),
        (
            "spacy",
            &[("a.json", "[[\"罗勇\",{\"entities\":[[0,2,\"　\"]]}]]")],
            "a.json: document 1: ",
        ),
        (
            "labelstudio",
            &[(
                "a.json",
                "[{\"data\":{\"text\":\"罗勇\"},\"annotations\":[{\"result\":[{\"id\":\"a\",\"type\":\"labels\",\"value\":{\"start\":0,\"end\":2,\"labels\":[\"\"]}}]}]}]",
            )],
            "a.json: document 1: ",
        ),
        (
            "brat",
            &[("1.txt", "罗勇\n"), ("1.ann", "T1\t 0 2\t罗勇\n")],
            "1.ann:1: ",
        ),
        ("yedda", &[("a.ann", "完\n[@罗勇#*]\n")], "a.ann:2: "),
        (
            "webanno",
            &[(
                "a.tsv",
                "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Name|value\n\n\n#Text=罗勇\n1-1\t0-2\t罗勇\t \t\n",
            )],
            "a.tsv:6: ",
        ),
        (
            "xmi",
            &[(
                "a.xmi",
                "<x>\n<Sofa xmi:id='1' sofaString='罗勇'/>\n<Name xmi:id='2' sofa='1' begin='0' end='2' value=''/></x>",
            )],
            "a.xmi:3: ",
        ),
        (
            "cas-json",
            &[(
                "a.json",
                "{\"%FEATURE_STRUCTURES\":[{\"%ID\":1,\"%TYPE\":\"uima.cas.Sofa\",\"sofaString\":\"罗勇\"},\
                 {\"%ID\":2,\"%TYPE\":\"custom.Name\",\"@sofa\":1,\"begin\":0,\"end\":2,\"value\":\"\"}]}",
            )],
            "a.json: ",
        ),
    ];
    for (id, files, place) in cases {
        let files: Vec<InputFile<'_>> = files
            .iter()
            .map(|(name, text)| InputFile {
                name,
                bytes: text.as_bytes(),
            })
            .collect();
        let (texts, said) = formats::import(formats::by_id(id).unwrap(), &files, &ImportOptions::default());
        let said: Vec<String> = said.iter().map(ToString::to_string).collect();
        let what = if *id == "webanno" {
            "a tag"
        } else {
            "the tag on \"罗勇\""
        };
        assert_eq!(said, [format!("{place}{what} has no label")], "{id}");
        assert!(texts.iter().all(|text| text.annotated.tags.is_empty()), "{id}");
    }
}

/// A label that the file's set lacks was kept without a word, and `zhupi check` called the new file wrong.
#[test]
fn what_is_imported_has_all_its_labels_and_known_values() {
    let saved = String::from_utf8(formats::native::save(&document())).unwrap();
    let lacking = saved.replacen("\"id\": \"person\"", "\"id\": \"people\"", 1);
    let tei = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text><body><p>罚<measure type=\"currency\" unit=\"CNY\" \
               quantity=\"500\">500元</measure>，<measure type=\"area\" unit=\"mu\" quantity=\"3\">3亩</measure></p></body></text></TEI>";
    let kinds = |text: &[u8]| String::from_utf8_lossy(text).matches("\"kind\": \"money\"").count();
    for (id, name, bytes) in [("native", "a.json", lacking.as_str()), ("tei", "a.xml", tei)] {
        let file = InputFile {
            name,
            bytes: bytes.as_bytes(),
        };
        let (texts, said) = formats::import(formats::by_id(id).unwrap(), &[file], &ImportOptions::default());
        assert_eq!(said, []);
        let written = formats::native::save(&texts[0].clone().into_document());
        let found = formats::native::check_saved(&written);
        assert!(found.iter().all(|one| one.span.is_some()), "{id}: {found:?}");
        assert!(
            found.iter().all(|one| one.kind.as_str() != "unknown_label"),
            "{id}: {found:?}"
        );
        assert!(id != "tei" || kinds(&written) == 1);
    }
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

/// Formats of which no file is empty; of lines there may be none.
const HOLD_SOMETHING: &[&str] = &[
    "native", "cas-json", "xmi", "webanno", "w3c", "tei", "docbin", "parquet", "archive",
];

proptest! {
    /// Whatever happens to a file on its way, reading it ends with texts whose tags fit, or with a message.
    #[test]
    fn damaged_files_are_read_or_refused(
        format in 0..formats::all().len(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let format = &formats::all()[format];
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
        prop_assert!(!HOLD_SOMETHING.contains(&format.id) || !texts.is_empty() || !said.is_empty());
        for text in texts.iter().map(|text| &text.annotated) {
            prop_assert!(text.tags.iter().all(|tag| !tag.range.is_empty() && tag.range.end <= text.text.len()));
        }
    }
}
