//! The saved file: what goes in comes out, byte for byte.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use proptest::prelude::*;
use zhupi::annot::document::{BlockMark, Parts};
use zhupi::annot::{Document, Edit, Mark, Relation, Source, Span, SpanId};
use zhupi::formats::native::{self, LoadError};
use zhupi::text::{Alignment, BlockKind, ChangeSet, CharIdx, CharRange, Run, Text};

const RAW: &str = "记者罗\n勇𬱟说，98\r\n%的人到了。\n完";

fn document() -> Document {
    let mut document = Document::new(Parts {
        source: Source {
            name: "a.txt".into(),
            sha256: "00".into(),
            encoding: "UTF-8".into(),
            newline: "mixed".into(),
            text: Text::from(RAW),
        },
        text: Text::from("记者罗勇𬱟说，98%的人到了。\n完"),
        alignment: Alignment::new(vec![Run::from((0, 0, 3)), Run::from((3, 4, 6)), Run::from((9, 12, 8))]),
        blocks: vec![
            BlockMark::default(),
            BlockMark {
                kind: BlockKind::Heading,
                starts_article: true,
                ..BlockMark::default()
            },
        ],
        ..Parts::default()
    });
    let span = |id, start, end, label: &str| Span {
        id: SpanId(id),
        range: CharRange::of(start, end),
        mark: std::sync::Arc::new(Mark {
            label: label.into(),
            ..Mark::default()
        }),
    };
    let add = vec![span(1, 2, 5, "person"), span(2, 7, 10, "figure"), span(3, 2, 4, "unit")];
    document.apply(&Edit::Spans { remove: vec![], add }).unwrap();
    document
}

#[test]
fn what_is_saved_is_what_is_loaded() {
    let saved = native::save(&document());
    let loaded = native::load(&saved).unwrap();
    assert_eq!(loaded.document, document());
    assert_eq!(
        String::from_utf8(native::save(&loaded.document)).unwrap(),
        String::from_utf8(saved).unwrap()
    );
}

#[test]
fn a_span_over_a_wrap_says_both_raw_pieces() {
    let saved = native::file_of(&document());
    let span = &saved.spans[0];
    assert_eq!((span.id.as_str(), span.text.as_str()), ("s1", "罗勇𬱟"));
    assert_eq!(span.raw, [CharRange::of(2, 3), CharRange::of(4, 6)]);
    let figure = saved.spans.iter().find(|span| span.label.as_str() == "figure").unwrap();
    assert_eq!((figure.text.as_str(), figure.raw.len()), ("98%", 2));
}

#[test]
fn what_another_program_wrote_survives_in_its_place() {
    let saved = String::from_utf8(native::save(&document())).unwrap();
    let strange = saved
        .replacen(
            "  \"version\": 1,\n",
            "  \"version\": 1,\n  \"desk\": {\n    \"π\": 3.140\n  },\n",
            1,
        )
        .replacen("      \"id\": \"s1\",\n", "      \"id\": \"罗-7\",\n", 1)
        .replacen(
            "      \"score\": null,\n",
            "      \"score\": 0.90,\n      \"seen\": 1.50,\n",
            1,
        )
        .replacen("      \"end\": 15\n", "      \"end\": 15,\n      \"page\": \"A3\"\n", 1);
    assert_eq!(
        strange.matches("desk").count() + strange.matches("seen").count() + strange.matches("A3").count(),
        3
    );
    let loaded = native::load(strange.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(native::save(&loaded.document)).unwrap(), strange);
}

#[test]
fn a_file_that_contradicts_itself_is_refused_by_name() {
    let saved = String::from_utf8(native::save(&document())).unwrap();
    let error = |from: &str, to: &str| {
        assert!(saved.contains(from), "{from}");
        native::load(saved.replacen(from, to, 1).as_bytes())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        error("\"end\": 5,", "\"end\": 500,"),
        "span \"s1\" (2–500) lies outside the text"
    );
    assert_eq!(
        error("\"text\": \"98%\"", "\"text\": \"99%\""),
        "span \"s2\" says \"99%\" where the text has \"98%\""
    );
    assert_eq!(
        error("\"id\": \"s2\"", "\"id\": \"s1\""),
        "the id \"s1\" is given twice"
    );
    assert!(error("\"entities\": []", "\"entities\": [}").starts_with("line "));
    assert!(error("\"entity\": null", "\"entity\": \"e9\"").contains("e9"));
    assert!(matches!(native::load(b"{\"a\": 1}"), Err(LoadError::OtherFormat)));
    for cut in [0, 1, 10, saved.len() / 2, saved.len() - 3] {
        let cut = saved.floor_char_boundary(cut);
        assert!(native::load(&saved.as_bytes()[..cut]).is_err());
    }
}

#[test]
fn corrections_are_listed_with_their_raw_characters() {
    let mut document = document();
    let change = ChangeSet::replace(document.text(), CharRange::of(3, 4), "永强");
    document.apply(&Edit::Text(change.into())).unwrap();
    let file = native::file_of(&document);
    let listed: Vec<_> = file
        .corrections
        .iter()
        .map(|one| (one.start, one.end, &*one.before, &*one.after))
        .collect();
    assert_eq!(listed, [(3, 5, "勇", "永强")]);
    assert_eq!(file.spans[0].text, "罗永强𬱟");
    let loaded = native::load(&native::save(&document)).unwrap().document;
    assert_eq!(loaded, document);
    assert_eq!(loaded.automatic_text().as_str(), "记者罗勇𬱟说，98%的人到了。\n完");
}

/// One random edit, given as numbers that are taken modulo what the document has.
fn random_edit(document: &Document, (kind, a, b, c): (u8, u32, u32, u32), with: &str) -> Edit {
    let len = document.text().len().0;
    let range = CharRange::new(CharIdx(a % (len + 1)), CharIdx(b % (len + 1)));
    let span = (!document.spans().is_empty()).then(|| document.spans()[c as usize % document.spans().len()].clone());
    let blocks = document.blocks().len();
    match (kind % 6, span) {
        (0, _) if !range.is_empty() => Edit::Spans {
            remove: vec![],
            add: vec![Span {
                id: SpanId(document.next_id()),
                range,
                mark: std::sync::Arc::default(),
            }],
        },
        (1, Some(span)) => Edit::Spans {
            remove: vec![span],
            add: vec![],
        },
        (2, _) => Edit::MoveBlock {
            from: a as usize % blocks,
            to: b as usize % blocks,
        },
        (3, _) => Edit::Blocks(vec![(
            a as usize % blocks,
            BlockMark {
                kind: BlockKind::ALL[b as usize % 6],
                dropped: c % 2 == 0,
                starts_article: c % 3 == 0,
            },
        )]),
        _ => Edit::Text(ChangeSet::replace(document.text(), range, with).into()),
    }
}

proptest! {
    #[test]
    fn any_edits_undone_in_reverse_leave_nothing_behind(
        edits in prop::collection::vec(((any::<u8>(), any::<u32>(), any::<u32>(), any::<u32>()), "[a罗𬱟\n]{0,3}"), 1..12),
    ) {
        let first = document();
        let mut document = first.clone();
        let mut inverses = Vec::new();
        for (numbers, with) in edits {
            let before = document.clone();
            let edit = random_edit(&document, numbers, &with);
            match document.apply(&edit) {
                Ok(inverse) => inverses.push((before, inverse)),
                Err(_) => prop_assert_eq!(&document, &before),
            }
            // Whatever was done, the document can be saved and opened again as it is.
            let loaded = native::load(&native::save(&document)).map_err(|error| TestCaseError::fail(error.to_string()))?.document;
            prop_assert_eq!(loaded.text(), document.text());
            prop_assert_eq!(loaded.spans(), document.spans());
            prop_assert_eq!(loaded.blocks(), document.blocks());
            prop_assert_eq!(loaded.corrections(), document.corrections());
            prop_assert_eq!(loaded.alignment(), document.alignment());
        }
        for (before, inverse) in inverses.into_iter().rev() {
            document.apply(&inverse).unwrap();
            prop_assert_eq!(document.text(), before.text());
            prop_assert_eq!(document.spans(), before.spans());
            prop_assert_eq!(document.blocks(), before.blocks());
            prop_assert_eq!(document.alignment(), before.alignment());
            prop_assert_eq!(document.corrections(), before.corrections());
        }
        prop_assert_eq!(document.text(), first.text());
    }
}

#[test]
fn a_relation_of_a_removed_tag_waits_for_the_undo_outside_the_file() {
    let mut document = document();
    let relation = Relation {
        id: "r1".into(),
        label: "held_by".into(),
        from: SpanId(2),
        to: SpanId(1),
    };
    let add = vec![relation.clone()];
    document.apply(&Edit::Relations { remove: vec![], add }).unwrap();
    let remove: Vec<Span> = document
        .spans()
        .iter()
        .filter(|span| span.id == SpanId(1))
        .cloned()
        .collect();
    let back = document.apply(&Edit::Spans { remove, add: vec![] }).unwrap();
    let loaded = native::load(&native::save(&document)).unwrap().document;
    assert_eq!(loaded.relations(), []);
    document.apply(&back).unwrap();
    let loaded = native::load(&native::save(&document)).unwrap().document;
    assert_eq!(loaded.relations(), [relation]);
}

/// Names in further languages were deleted, keys and colours put into other forms, tags sorted, numbers written anew.
#[test]
fn what_nobody_changed_is_written_as_it_was_read() {
    let saved = String::from_utf8(native::save(&document())).unwrap();
    let mut file: serde_json::Value = serde_json::from_str(&saved).unwrap();
    let person = &mut file["labels"][0];
    person["name"] = serde_json::from_str(r#"{"en": "Person", "fr": "Personne", "zh": "人物"}"#).unwrap();
    person["key"] = "".into();
    file["labels"][1]["name"] = serde_json::json!({"zh": "单位"});
    file["labels"][1]["color"] = "#009e73".into();
    file["labels"][2]["key"] = "ab".into();
    file["alignment"] = serde_json::from_str("[[0,0,2],[2,2,1],[3,4,6],[9,12,8]]").unwrap();
    file["spans"].as_array_mut().unwrap().reverse();
    file["spans"][0]["raw"] = serde_json::json!([]);
    let mut strange = serde_json::to_string_pretty(&file).unwrap() + "\n";
    strange = strange.replacen("\"score\": null", "\"score\": 1E-1", 1);
    let mut document = native::load(strange.as_bytes()).unwrap().document;
    assert_eq!(String::from_utf8(native::save(&document)).unwrap(), strange);

    // A change brings the canonical form, without the loss of a key that is not known.
    let remove = vec![document.spans()[0].clone()];
    document.apply(&Edit::Spans { remove, add: vec![] }).unwrap();
    let changed = String::from_utf8(native::save(&document)).unwrap();
    assert!(changed.contains("\"fr\": \"Personne\""), "{changed}");
    let again = native::load(changed.as_bytes()).unwrap().document;
    assert_eq!(String::from_utf8(native::save(&again)).unwrap(), changed);

    // What lacks a key of the interface's gets it.
    let lacking = saved.replacen("      \"note\": \"\",\n", "", 1);
    assert_ne!(lacking, saved);
    assert_eq!(
        native::save(&native::load(lacking.as_bytes()).unwrap().document),
        saved.as_bytes()
    );
}

#[test]
fn offsets_in_another_unit_are_refused() {
    let saved = String::from_utf8(native::save(&document())).unwrap();
    let other = saved.replacen("\"codepoint\"", "\"utf16\"", 1);
    assert_eq!(
        native::load(other.as_bytes()).unwrap_err().to_string(),
        "the offset unit is \"utf16\" instead of \"codepoint\""
    );
}
