//! Nothing that the editor did is lost.

use std::fs;

use egui::{Key, Modifiers};
use zhupi::formats::native;

use crate::desk::Desk;

const RAW: &str = "　　市水务局局长陆鸿介绍，惠及4个区。\n";

#[test]
fn what_was_saved_is_there_when_it_is_opened_again() {
    let mut desk = Desk::open(RAW);
    desk.tag("陆鸿", Key::Num1);
    desk.tag("4个", Key::Num3);
    desk.save();
    let saved = fs::read(desk.saved_path()).unwrap();
    let loaded = native::load(&saved).unwrap().document;
    assert_eq!(native::save(&loaded), saved);
    let desk = desk.reopen(&["article.txt"]);
    assert_eq!(desk.tags(), ["陆鸿|person", "4个|figure"]);
    assert_eq!(*desk.document(), loaded);
}

#[test]
fn two_seconds_after_the_last_change_it_is_saved_by_itself() {
    let mut desk = Desk::open(RAW);
    desk.tag("陆鸿", Key::Num1);
    assert!(desk.sheet().is_unsaved());
    desk.wait_for("the automatic save", |desk| !desk.sheet().is_unsaved());
    assert!(desk.saved_path().is_file());
}

#[test]
fn a_save_that_fails_says_so_and_can_be_tried_again() {
    let mut desk = Desk::open(RAW);
    // A file stands where the folder should be.
    let folder = desk.folder.path().join("annotations");
    fs::write(&folder, "").unwrap();
    desk.tag("陆鸿", Key::Num1);
    desk.key(Modifiers::COMMAND, Key::S);
    desk.wait_for("the failure", |desk| desk.sheet().save.error.is_some());
    desk.settle();
    assert!(desk.sheet().is_unsaved());
    assert!(!desk.harness.state().model().notices.is_empty());
    fs::remove_file(&folder).unwrap();
    desk.click_on("重试");
    desk.wait_for("the save", |desk| !desk.sheet().is_unsaved());
    assert!(desk.saved_path().is_file());
    // That it failed is true no more, and is said no more.
    let notices = &desk.harness.state().model().notices;
    assert!(notices.is_empty(), "{notices:?}");
}

#[test]
fn a_file_of_a_newer_version_is_for_reading_only() {
    let mut desk = Desk::open(RAW);
    desk.tag("陆鸿", Key::Num1);
    desk.save();
    let newer = fs::read_to_string(desk.saved_path())
        .unwrap()
        .replace("\"version\": 1", "\"version\": 2");
    fs::write(desk.saved_path(), &newer).unwrap();
    let mut desk = desk.reopen(&["article.txt"]);
    assert!(desk.sheet().read_only.is_some());
    desk.tag("4个", Key::Num3);
    assert_eq!(desk.tags(), ["陆鸿|person"]);
    desk.key(Modifiers::COMMAND, Key::S);
    assert_eq!(fs::read_to_string(desk.saved_path()).unwrap(), newer);
}

#[test]
fn a_source_that_changed_is_said_and_the_tags_stay_on_their_text() {
    let mut desk = Desk::open(RAW);
    desk.tag("陆鸿", Key::Num1);
    desk.save();
    fs::write(desk.folder.path().join("article.txt"), "另一篇。\n").unwrap();
    let desk = desk.reopen(&["article.txt"]);
    assert_eq!(desk.tags(), ["陆鸿|person"]);
    let notices = &desk.harness.state().model().notices;
    assert!(
        notices.iter().any(|notice| notice.text.contains("article.txt")),
        "{notices:?}"
    );
}

#[test]
fn closing_an_article_saves_it_first() {
    let mut desk = Desk::open(RAW);
    desk.tag("陆鸿", Key::Num1);
    desk.key(Modifiers::COMMAND, Key::W);
    desk.wait_for("the article to close", |desk| {
        desk.harness.state().model().articles.is_empty()
    });
    assert!(desk.saved_path().is_file());
    let desk = desk.reopen(&["article.txt"]);
    assert_eq!(desk.tags(), ["陆鸿|person"]);
}

#[test]
fn an_article_that_cannot_be_saved_does_not_close() {
    let mut desk = Desk::open(RAW);
    fs::write(desk.folder.path().join("annotations"), "").unwrap();
    desk.tag("陆鸿", Key::Num1);
    desk.key(Modifiers::COMMAND, Key::W);
    desk.wait_for("the failure", |desk| desk.sheet().save.error.is_some());
    desk.settle();
    assert_eq!(desk.tags(), ["陆鸿|person"]);
}

/// Act and what of each line of the article's journal.
fn journal(desk: &Desk) -> Vec<String> {
    let path = desk.folder.path().join("annotations/journal/article.jsonl");
    let text = fs::read_to_string(path).unwrap_or_default();
    let lines = text.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let words = line["text"].as_str().or(line["after"].as_str()).unwrap_or_default();
        let said = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        format!("{} {} {words}", said("act"), said("what"))
            .trim_end()
            .to_owned()
    });
    lines.collect()
}

#[test]
fn the_journal_tells_what_was_done_and_undone() {
    let mut desk = Desk::open(RAW);
    desk.tag("陆鸿", Key::Num1);
    desk.save();
    let mut expected = vec!["opened document", "done tag added 陆鸿"];
    assert_eq!(journal(&desk), expected);
    desk.key(Modifiers::COMMAND, Key::Z);
    desk.tag("4个", Key::Num3);
    desk.save();
    desk.save();
    expected.extend(["undone tag removed 陆鸿", "done tag added 4个"]);
    assert_eq!(journal(&desk), expected);
    let mut desk = desk.reopen(&["article.txt"]);
    desk.press(Key::F2);
    for c in ["一", "二", "三"] {
        desk.harness.event(egui::Event::Text(c.to_owned()));
        desk.harness.step();
    }
    desk.save();
    expected.extend(["opened document", "done text corrected 一二三"]);
    assert_eq!(journal(&desk), expected);
}

#[test]
fn a_journal_that_cannot_be_written_keeps_nothing_from_being_saved() {
    let mut desk = Desk::open(RAW);
    let folder = desk.folder.path().join("annotations");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("journal"), "").unwrap();
    desk.tag("陆鸿", Key::Num1);
    desk.save();
    let notices = &desk.harness.state().model().notices;
    assert!(
        notices.iter().any(|notice| notice.text.contains("改动记录没有写成")),
        "{notices:?}"
    );
    fs::remove_file(folder.join("journal")).unwrap();
    desk.tag("4个", Key::Num3);
    desk.save();
    assert_eq!(
        journal(&desk),
        ["opened document", "done tag added 陆鸿", "done tag added 4个"]
    );
}
