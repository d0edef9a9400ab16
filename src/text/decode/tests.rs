use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};
use proptest::prelude::*;

use super::*;

const SIMPLIFIED: &[&str] = &[
    "本报讯（记者 林晓雯）昨日，青石镇桥北社区的三座老桥完成检修，受益居民1.2万人。",
    "渡口改造提前完工",
    "市水务局局长陆鸿说，九月底前通水。",
    "　　全镇粮食产量同比增长6.8%，达到4.36万吨。",
    "摄影 韩喆",
];
const TRADITIONAL: &[&str] = &[
    "【本報訊】港務局昨日宣布，東區渡輪由下月一日起每日加開十二班，預計惠及三萬名乘客。",
    "市政府發言人表示，工程費用約二億元。",
    "颱風過後，學校今日復課",
    "記者陳國華攝",
];

/// `text` in the bytes of an encoding; encoding_rs writes no UTF-16 itself.
fn encode(text: &str, encoding: &str) -> Vec<u8> {
    match encoding {
        "UTF-16LE" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "UTF-16BE" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => {
            let (bytes, _, unmappable) = Encoding::for_label(encoding.as_bytes()).unwrap().encode(text);
            assert!(!unmappable, "{text} cannot be written in {encoding}");
            bytes.into_owned()
        }
    }
}

fn check(text: &str, encoding: &str) {
    let decoded = decode(&encode(text, encoding)).unwrap();
    assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
    assert_eq!(
        (decoded.malformed, decoded.first_malformed, decoded.bom),
        (0, None, false)
    );
}

#[test]
fn one_line_is_enough() {
    for text in SIMPLIFIED {
        for encoding in ["UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"] {
            check(text, encoding);
        }
    }
    for text in TRADITIONAL {
        for encoding in ["UTF-8", "Big5", "GB18030", "UTF-16LE", "UTF-16BE"] {
            check(text, encoding);
        }
    }
}

#[test]
fn a_few_characters_are_enough_where_they_are_common() {
    // 通知 in GB18030 is UTF-8 by chance, and UTF-8 it is: no longer text is.
    check("通知", "UTF-8");
    for text in ["公告", "新闻", "桥北社区", "记者 罗晓", "第一版"] {
        check(text, "GB18030");
        check(text, "UTF-8");
    }
    for text in ["公告", "頭版新聞", "記者 陳明", "社論：開學"] {
        check(text, "Big5");
        check(text, "UTF-8");
    }
}

#[test]
fn line_ends_and_marks_in_every_encoding() {
    for (lines, encoding) in [
        (SIMPLIFIED, "UTF-8"),
        (SIMPLIFIED, "GB18030"),
        (TRADITIONAL, "Big5"),
        (SIMPLIFIED, "UTF-16LE"),
        (SIMPLIFIED, "UTF-16BE"),
    ] {
        for (end, newline) in [("\n", Newline::Lf), ("\r\n", Newline::Crlf), ("\r", Newline::Cr)] {
            for bom in [false, true] {
                if bom && encoding == "Big5" {
                    continue; // Big5 has no such character.
                }
                let text = lines.join(end);
                let mark = if bom { "\u{feff}" } else { "" };
                let decoded = decode(&encode(&format!("{mark}{text}"), encoding)).unwrap();
                assert_eq!(decoded.text, text);
                assert_eq!(
                    (decoded.encoding, decoded.newline, decoded.bom),
                    (encoding, newline, bom)
                );
            }
        }
    }
}

#[test]
fn characters_beyond_the_basic_plane_survive() {
    let text = "记者𬱟宁报道：观众说😀，展览开到𠮷日。";
    for encoding in ["UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"] {
        check(text, encoding);
    }
}

#[test]
fn other_scripts_in_utf8_stay_utf8() {
    for text in [
        "",
        "plain ASCII\n",
        "é",
        "Café · Müller",
        "Привет, мир",
        "שלום",
        "Ελλάδα",
        "·",
        "𬱟",
        "😀",
    ] {
        check(text, "UTF-8");
    }
}

#[test]
fn strict_utf8_with_more_than_ascii_is_utf8() {
    for text in [
        "\u{7f} ·ex-",
        "  \u{a0}",
        "\n\n\u{a0}",
        "\u{1}\u{2}é",
        "\u{1b}[1m粗体\u{1b}[0m",
        "֪ͨ",
        "\u{7f}",
        "\u{1b}[1mbold\u{1b}[0m",
    ] {
        assert_eq!(decode_with(text.as_bytes(), guess(text.as_bytes())).text, text);
        assert_eq!(guess(text.as_bytes()), UTF_8, "{text:?}");
    }
}

#[test]
fn a_few_zeros_make_no_binary_data_of_a_text() {
    for text in [SIMPLIFIED[0], "plain ASCII, and enough of it for a few zeros\n"] {
        let text = text.repeat(20);
        let (start, end) = text.split_at(text.len() / 2);
        check(&format!("{start}\0{end}\0\0"), "UTF-8");
    }
    for bytes in [SIMPLIFIED[1].replace('提', "\0\0\0").as_bytes(), b"ab\0\0cd\0\0ef\xff"] {
        assert_eq!(decode(bytes), Err(DecodeError::Binary { seems: "binary data" }));
    }
}

#[test]
fn encodings_have_their_usual_names() {
    for (name, text, encoding) in [
        ("utf8", SIMPLIFIED[0], "UTF-8"),
        ("gbk", SIMPLIFIED[0], "GB18030"),
        ("GB2312", SIMPLIFIED[0], "GB18030"),
        ("cp936", SIMPLIFIED[0], "GB18030"),
        ("big5-hkscs", TRADITIONAL[0], "Big5"),
        ("utf16", SIMPLIFIED[0], "UTF-16LE"),
        ("UTF_16", SIMPLIFIED[0], "UTF-16LE"),
        ("utf16be", SIMPLIFIED[0], "UTF-16BE"),
    ] {
        let decoded = decode_as(&encode(text, encoding), name).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding), "{name}");
    }
    let marked = encode("\u{feff}第一版", "UTF-16BE");
    assert_eq!(decode_as(&marked, "utf-16").unwrap().text, "第一版");
    for name in ["klingon", "latin1", "shift_jis", ""] {
        let error = decode_as(b"x", name).unwrap_err().to_string();
        assert!(encodings().iter().all(|known| error.contains(known)), "{error}");
    }
}

#[test]
fn latin_text_in_utf16_without_a_mark() {
    for encoding in ["UTF-16LE", "UTF-16BE"] {
        check("The ferry leaves at nine.\r\n", encoding);
    }
}

#[test]
fn what_ends_the_lines() {
    for (text, newline) in [
        ("", Newline::Lf),
        ("一行", Newline::Lf),
        ("一\r\n二\r\n", Newline::Crlf),
        ("一\r二\r", Newline::Cr),
        ("一\r\n二\n", Newline::Mixed),
        ("一\r二\r\n", Newline::Mixed),
        ("一\n二\r", Newline::Mixed),
    ] {
        assert_eq!(Newline::of(text), newline, "{text:?}");
    }
    assert_eq!(serde_json::to_string(&Newline::Crlf).unwrap(), "\"crlf\"");
}

#[test]
fn a_last_character_cut_short_is_counted_and_the_rest_kept() {
    for (text, encoding, cut) in [
        (SIMPLIFIED[0], "UTF-8", 1),
        (SIMPLIFIED[0], "UTF-8", 2),
        (SIMPLIFIED[1], "GB18030", 1),
        (SIMPLIFIED[3], "UTF-16LE", 1),
        (TRADITIONAL[1], "Big5", 1),
    ] {
        let bytes = encode(text, encoding);
        let decoded = decode(&bytes[..bytes.len() - cut]).unwrap();
        let kept: String = text.chars().take(text.chars().count() - 1).collect();
        assert_eq!(decoded.text, format!("{kept}\u{fffd}"), "{encoding}");
        assert_eq!((decoded.encoding, decoded.malformed), (encoding, 1));
    }
}

#[test]
fn the_first_damaged_place_is_told() {
    let text = SIMPLIFIED[..3].join("\r\n");
    let mut bytes = encode(&text, "UTF-8");
    let at = text.find('渡').unwrap();
    bytes[at] = 0xFF;
    let decoded = decode(&bytes).unwrap();
    assert_eq!(decoded.encoding, "UTF-8");
    assert_eq!(decoded.first_malformed, Some(Malformed { byte: at, line: 2 }));
    assert!(decoded.malformed >= 1);
}

#[test]
fn files_that_are_no_texts() {
    let noise: Vec<u8> = (0..4096u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    for (bytes, seems) in [
        (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".as_slice(), "a PDF document"),
        (b"PK\x03\x04\x14\0\x06\0", "a ZIP archive or an Office document"),
        (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "a PNG picture"),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF", "a JPEG picture"),
        (b"\0\0\0\0\0\0\0\0", "binary data"),
        (&noise, "binary data"),
    ] {
        assert_eq!(decode(bytes), Err(DecodeError::Binary { seems }));
    }
}

#[test]
fn a_form_feed_between_pages_is_text() {
    check("第一版\n\u{c}\n第二版\n", "UTF-8");
}

#[test]
fn the_editor_overrules_the_guess() {
    let bytes = encode(SIMPLIFIED[0], "GB18030");
    assert_eq!(decode_as(&bytes, "gb18030").unwrap().text, SIMPLIFIED[0]);
    assert_eq!(decode_as(&bytes, "Big5").unwrap().encoding, "Big5");
    assert!(decode_as(&bytes, "UTF-8").unwrap().malformed > 0);
    assert_eq!(
        decode_as(&bytes, "KOI8-R"),
        Err(DecodeError::UnknownEncoding("KOI8-R".into()))
    );
    for name in encodings() {
        assert_eq!(decode_as(b"", name).unwrap().encoding, *name);
    }
}

#[test]
fn a_long_text_of_ascii_first_is_judged_by_what_follows() {
    let text = format!("{}\n{}", "0123456789,".repeat(50_000), SIMPLIFIED[0]);
    check(&text, "GB18030");
}

proptest! {
    #[test]
    fn any_bytes_decode_or_say_why(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(decoded) = decode(&bytes) {
            prop_assert_eq!(&decode_as(&bytes, decoded.encoding).unwrap(), &decoded);
            prop_assert_eq!(decoded.malformed > 0, decoded.first_malformed.is_some());
        }
        for name in encodings() {
            prop_assert!(decode_as(&bytes, name).is_ok());
        }
    }

    #[test]
    fn any_utf8_beyond_ascii_is_utf8(text in "\\PC{0,8}[^\0-\u{7f}\u{feff}\u{fffd}]\\PC{0,8}") {
        prop_assume!(!text.starts_with('\u{feff}'));
        prop_assert_eq!(guess(text.as_bytes()), UTF_8);
    }

    #[test]
    fn what_was_written_is_read(text in "[^\u{fffd}\u{feff}\u{e000}-\u{f8ff}]{0,60}") {
        for encoding in [UTF_8, GB18030, UTF_16LE, UTF_16BE] {
            let decoded = decode_as(&encode(&text, encoding.name()), encoding.name()).unwrap();
            prop_assert_eq!((&decoded.text, decoded.malformed), (&text, 0));
        }
    }

    #[test]
    fn any_dozen_characters_of_an_article_are_enough(
        chars in proptest::sample::subsequence(SIMPLIFIED[0].chars().collect::<Vec<_>>(), 12),
    ) {
        let text: String = chars.into_iter().collect();
        prop_assume!(!text.is_ascii());
        prop_assert_eq!(decode(&encode(&text, "GB18030")).unwrap().text, text);
    }
}
