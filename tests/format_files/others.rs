//! Files as other programs and other hands write them.

use expect_test::{Expect, expect};
use zhupi::formats::{self, ImportOptions, Imported, InputFile, Severity};

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
pub fn check(format: &str, files: &[(&str, &str)], expected: Expect) {
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
