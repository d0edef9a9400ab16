//! Whatever is opened, the window says what it is and nothing else is lost.

use std::fs;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::desk::Desk;

fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

#[test]
fn an_empty_file_is_an_empty_article() {
    let desk = Desk::open("");
    assert!(desk.document().text().is_empty());
    // It says so, where the text would be.
    desk.harness.get_by_label("这个文件里没有文字");
}

#[test]
fn what_is_no_text_is_refused_with_a_sentence() {
    let desk = Desk::in_folder(folder_with(&[("page.txt", b"%PDF-1.4\n\x00\x01")]), &["page.txt"]);
    assert!(desk.harness.state().model().sheet().is_none());
    let notices = &desk.harness.state().model().notices;
    let named = |text: &str| text.contains("PDF") && text.contains("page.txt");
    assert!(notices.iter().any(|notice| named(&notice.text)), "{notices:?}");
}

#[test]
fn missing_files_are_named() {
    let desk = Desk::in_folder(folder_with(&[]), &["gone.txt"]);
    let notices = &desk.harness.state().model().notices;
    assert!(
        notices.iter().any(|notice| notice.text.contains("gone.txt")),
        "{notices:?}"
    );
}

#[test]
fn the_encoding_is_shown_and_can_be_changed() {
    let (bytes, ..) = encoding_rs::GB18030.encode("市水务局局长陆鸿介绍，惠及4个区。\n");
    let desk = Desk::in_folder(folder_with(&[("article.txt", &bytes)]), &["article.txt"]);
    assert_eq!(desk.document().source.encoding, "GB18030");
    assert!(desk.document().text().as_str().contains("陆鸿"));
    assert!(desk.harness.query_by_label("GB18030").is_some());
    // Plain letters, so that no other reading of them needs a character that the bundled face lacks.
    let mut desk = Desk::open("Plain words.\n");
    desk.click_on("UTF-8");
    desk.click_on("Big5");
    desk.wait_for("the other encoding", |desk| desk.document().source.encoding == "Big5");
    assert_eq!(desk.document().text().as_str(), "Plain words.");
}

#[test]
fn carriage_returns_shift_nothing() {
    for newline in ["\n", "\r\n", "\r"] {
        let mut desk = Desk::open(&"　　市水务局局长陆\n鸿介绍，惠及4个区。\n".replace('\n', newline));
        desk.tag("陆鸿", Key::Num1);
        assert_eq!(desk.tags(), ["陆鸿|person"], "{newline:?}");
    }
}

#[test]
fn a_saved_file_opens_its_document() {
    let mut desk = Desk::open("　　市水务局局长陆鸿介绍，惠及4个区。\n");
    desk.tag("陆鸿", Key::Num1);
    desk.save();
    let desk = desk.reopen(&["annotations/article.json"]);
    assert_eq!(desk.tags(), ["陆鸿|person"]);
}

#[test]
fn done_goes_on_to_the_next_article() {
    let folder = folder_with(&[("a.txt", "甲。\n".as_bytes()), ("b.txt", "乙。\n".as_bytes())]);
    let mut desk = Desk::in_folder(folder, &["a.txt", "b.txt"]);
    desk.key(Modifiers::COMMAND, Key::Enter);
    desk.wait_for("the next article", |desk| desk.document().text().as_str() == "乙。");
    // The save runs beside the opening, and may be the later of the two.
    desk.wait_for("the save", |desk| {
        desk.folder.path().join("annotations/a.json").is_file()
    });
}

#[test]
fn a_file_that_cannot_be_opened_leaves_the_shown_article_the_shown_one() {
    let folder = folder_with(&[("a.txt", "甲。\n".as_bytes()), ("b.txt", b"%PDF-1.4\n\x00\x01")]);
    fs::write(folder.path().join("c.txt"), "丙。\n").unwrap();
    let mut desk = Desk::in_folder(folder, &["b.txt", "a.txt", "c.txt"]);
    // The first is no text: the next is shown in its place.
    desk.wait_for("the next article", |desk| {
        desk.harness.state().model().sheet().is_some()
    });
    assert_eq!(desk.document().text().as_str(), "甲。");
    desk.key(Modifiers::COMMAND, Key::Enter);
    desk.wait_for("the last article", |desk| desk.document().text().as_str() == "丙。");

    let folder = folder_with(&[("a.txt", "甲。\n".as_bytes()), ("c.txt", "丙。\n".as_bytes())]);
    let mut desk = Desk::in_folder(folder, &["c.txt", "gone.txt", "a.txt"]);
    desk.click_on("○ a.txt");
    desk.wait_for("the last article", |desk| desk.document().text().as_str() == "甲。");
    desk.click_on("○ gone.txt");
    desk.wait_for("the sentence", |desk| !desk.harness.state().model().notices.is_empty());
    desk.settle();
    assert_eq!(desk.document().text().as_str(), "甲。");
}

#[test]
fn a_folder_without_texts_says_so() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    let mut desk = Desk::in_folder(folder, &["empty"]);
    desk.wait_for("the sentence", |desk| {
        let notices = &desk.harness.state().model().notices;
        notices.iter().any(|notice| notice.text.contains("没有文稿"))
    });
}
