use proptest::prelude::*;

use super::*;
use crate::annot::check::Severity;
use crate::annot::document::Parts;
use crate::annot::{Document, Entity, EntityId, Mark, Source, Span, SpanId};
use crate::formats::native;

fn saved() -> String {
    let span = |id, start, end, label: &str, entity| Span {
        id: SpanId(id),
        range: CharRange::of(start, end),
        mark: std::sync::Arc::new(Mark {
            label: label.into(),
            entity,
            ..Mark::default()
        }),
    };
    let document = Document::new(Parts {
        source: Source {
            sha256: "0".repeat(64),
            newline: "lf".into(),
            text: Text::from("记者罗\n勇说，98%的人。"),
            ..Source::default()
        },
        text: Text::from("记者罗勇说，98%的人。"),
        alignment: Alignment::new(vec![Run::from((0, 0, 3)), Run::from((3, 4, 9))]),
        spans: vec![
            span(1, 2, 4, "person", Some(EntityId(3))),
            span(2, 6, 9, "figure", None),
        ],
        entities: vec![Entity {
            id: EntityId(3),
            label: "person".into(),
            name: "罗勇".into(),
        }],
        ..Parts::default()
    });
    String::from_utf8(native::save(&document)).unwrap()
}

/// What is found after these replacements in a sound file.
#[track_caller]
fn finds(replacements: &[(&str, &str)], expected: &[&str]) {
    let mut file = saved();
    for (from, to) in replacements {
        assert!(file.contains(from), "{from}");
        file = file.replacen(from, to, 1);
    }
    let found: Vec<String> = check_saved(file.as_bytes()).iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_sound_file_has_no_findings() {
    finds(&[], &[]);
}

#[test]
fn everything_wrong_is_found_at_once() {
    finds(
        &[
            ("\"end\": 4,", "\"end\": 400,"),
            ("\"text\": \"98%\"", "\"text\": \"99%\""),
            ("\"id\": \"s2\"", "\"id\": \"s1\""),
            ("\"id\": \"e3\"", "\"id\": \"e4\""),
            ("\"label\": \"figure\"", "\"label\": \"number\""),
            (
                "\"relations\": []",
                "\"relations\": [{\"id\": \"r1\", \"label\": \"x\", \"from\": \"s1\", \"to\": \"s9\"}]",
            ),
            (
                "\"corrections\": []",
                "\"corrections\": [{\"start\": 0, \"end\": 2, \"before\": \"\", \"after\": \"她\", \"raw\": []}]",
            ),
        ],
        &[
            "error: the span id \"s1\" is given twice",
            "error: span \"s1\" (2–400) is a mention of an entity \"e3\" that is not there",
            "error: span \"s1\" (2–400) lies outside the text",
            "error: span \"s1\" (6–9) has the label \"number\", which is not in the set",
            "error: span \"s1\" (6–9) says \"99%\" where the text has \"98%\"",
            "error: relation \"r1\" is said of a span \"s9\" that is not there",
            "error: (0–2) the correction does not fit the text",
        ],
    );
}

#[test]
fn parts_of_another_shape_do_not_hide_the_rest() {
    finds(
        &[
            ("\"start\": 2,", "\"start\": \"two\","),
            ("\"text\": \"98%\"", "\"text\": \"99%\""),
            ("\"version\": 1", "\"version\": 2"),
        ],
        &[
            "error: spans[0]: invalid type: string \"two\", expected u32",
            "warning: the file is of version 2, which this program does not know",
            "error: span \"s2\" (6–9) says \"99%\" where the text has \"98%\"",
        ],
    );
}

#[test]
fn the_two_texts_must_fit_together() {
    let file = saved().replace('罗', "萝").replacen("萝", "罗", 1);
    let found: Vec<String> = check_saved(file.as_bytes()).iter().map(ToString::to_string).collect();
    assert_eq!(found, ["error: alignment[0] [0, 0, 3] joins characters that differ"]);
    finds(
        &[("\"start\": 0,", "\"start\": 1,")],
        &["error: blocks[0] (1–12) is not line 1 (0–12)"],
    );
    let far = saved().replacen("      9\n", "      4294967295\n", 1);
    assert!(far != saved() && check_saved(far.as_bytes()).len() == 1);
}

/// `zhupi check` said nothing of files that break the interface.
#[test]
fn what_breaks_the_interface_is_found() {
    for (from, to, expected) in [
        ("  \"version\": 1,\n", "", "error: the file: there is no \"version\""),
        (
            "\"version\": 1",
            "\"version\": 0",
            "error: version: there is no version 0",
        ),
        (
            "\"labels\": [",
            "\"tags\": [",
            "warning: the file: there is no \"labels\"",
        ),
        (
            "\"document\": {",
            "\"about\": {",
            "warning: the file: there is no \"document\"",
        ),
        (
            "\"blocks\": [",
            "\"parts\": [",
            "warning: the file: there is no \"blocks\"",
        ),
        (
            "      \"status\": \"accepted\",\n",
            "",
            "error: spans[0]: there is no \"status\"",
        ),
        ("      \"note\": \"\",\n", "", "warning: spans[0]: there is no \"note\""),
        (
            "\"key\": \"1\"",
            "\"keys\": \"1\"",
            "warning: labels[0]: there is no \"key\"",
        ),
        ("\"id\": \"place\"", "\"id\": \"\"", "error: labels[3]: the id is empty"),
        ("\"id\": \"s2\"", "\"id\": \"\"", "error: spans[1]: the id is empty"),
        (
            "\"score\": null",
            "\"score\": 1.5",
            "error: spans[0].score: 1.5 does not lie in 0–1",
        ),
        ("\"score\": null", "\"score\": 1", ""),
        (
            "\"value\": null",
            "\"value\": \"98\"",
            "error: spans[0].value: this is no object",
        ),
        (
            "\"value\": null",
            "\"value\": {}",
            "error: spans[0].value: there is no \"kind\"",
        ),
        (
            "\"value\": null",
            "\"value\": {\"kind\": \"currency\"}",
            "warning: spans[0].value: the kind \"currency\" is not known",
        ),
        (
            "\"value\": null",
            "\"value\": {\"kind\": \"count\", \"value\": 3}",
            "error: spans[0].value: \"value\" is no string",
        ),
        (
            "\"value\": null",
            "\"value\": {\"kind\": \"count\", \"value\": \"3\"}",
            "",
        ),
        (
            "\"sha256\": \"00",
            "\"sha256\": \"",
            &format!(
                "warning: source.sha256: \"{}\" is no SHA-256 in hexadecimal",
                "0".repeat(62)
            ),
        ),
        (
            "\"issue_date\": null",
            "\"issue_date\": \"2025-02-30\"",
            "warning: document.issue_date: \"2025-02-30\" is no day such as 2025-09-15",
        ),
        ("\"issue_date\": null", "\"issue_date\": \"2025-02-28\"", ""),
    ] {
        finds(
            &[(from, to)],
            if expected.is_empty() {
                &[]
            } else {
                std::slice::from_ref(&expected)
            },
        );
    }
}

#[test]
fn an_alignment_in_disorder_or_with_gaps_is_found() {
    let file: Value = serde_json::from_str(&saved()).unwrap();
    let found = |alignment: Value| {
        let mut file = file.clone();
        file["alignment"] = alignment;
        for span in file["spans"].as_array_mut().unwrap() {
            span["raw"] = Value::Array(Vec::new());
        }
        let found = check_saved(&serde_json::to_vec(&file).unwrap());
        found.iter().map(ToString::to_string).collect::<Vec<String>>()
    };
    assert_eq!(
        found(serde_json::json!([[3, 4, 9], [0, 0, 3]])),
        ["error: alignment[1] [0, 0, 3] does not come after the one before it"]
    );
    let gap = "warning: (0–3) alignment: no run joins \"记\", which both texts have here";
    assert_eq!(found(serde_json::json!([[3, 4, 9]])), [gap]);
    let all = "warning: (0–12) alignment: no run joins \"记\", which both texts have here";
    assert_eq!(found(serde_json::json!([])), [all]);
}

#[test]
fn what_is_no_saved_file_is_said_once() {
    for (bytes, expected) in [
        (
            &b"{\"format\": "[..],
            "error: line 1, column 11: EOF while parsing a value",
        ),
        (
            b"[]",
            "error: line 1, column 0: invalid type: sequence, expected an object",
        ),
        (
            b"{\"a\": 1}",
            "error: this is not a file of Zhupi's (no \"format\": \"zhupi\")",
        ),
    ] {
        let found: Vec<String> = check_saved(bytes).iter().map(ToString::to_string).collect();
        assert_eq!(found, [expected]);
    }
}

proptest! {
    #[test]
    fn any_number_anywhere_is_checked_without_a_crash(at in 0..60_usize, number in any::<u32>()) {
        let file = saved();
        let places: Vec<(usize, &str)> =
            file.match_indices(|c: char| c.is_ascii_digit()).filter(|(at, _)| file[..*at].ends_with(' ')).collect();
        let (from, _) = places[at % places.len()];
        let to = from + file[from..].find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        let changed = format!("{}{number}{}", &file[..from], &file[to..]);
        let findings = check_saved(changed.as_bytes());
        // Opening must not be stricter than the check: what is found sound opens.
        if findings.iter().all(|found| found.severity() == Severity::Warning) {
            prop_assert!(native::load(changed.as_bytes()).is_ok());
        }
    }
}
