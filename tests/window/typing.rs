//! When the keys type, and what is said when they do not.

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::desk::Desk;

const RAW: &str =
    "　　市公安局副局长罗永介绍，今年以来全市共破获案件25.9万起。\n　　市民说，自已的事情自己办，感到十分满意。\n";

fn says(desk: &Desk, words: &str) -> bool {
    desk.harness.query_all_by_label_contains(words).count() > 0
}

/// F2 in another paragraph ended the correcting there.
#[test]
fn f2_corrects_the_paragraph_that_one_is_in() {
    let mut desk = Desk::open(RAW);
    desk.go_to("介绍", false);
    desk.press(Key::F2);
    assert!(desk.sheet().correcting.is_on);
    let there = desk.middle("十分");
    desk.click(there);
    desk.press(Key::F2);
    assert!(desk.sheet().correcting.is_on);
    desk.event(Event::Text("甲".into()));
    assert!(desk.text().contains('甲'));
    desk.press(Key::F2);
    assert!(!desk.sheet().correcting.is_on);
    // Esc and Enter end it wherever one is.
    for end in [Key::Escape, Key::Enter] {
        desk.press(Key::F2);
        let there = desk.middle("介绍");
        desk.click(there);
        assert!(desk.sheet().correcting.is_on && says(&desk, "Enter 或 Esc 结束"));
        desk.press(end);
        assert!(!desk.sheet().correcting.is_on, "{end:?}");
        let there = desk.middle("满意");
        desk.click(there);
    }
}

/// A paste vanished without a word, and Delete asked for a selection that was there.
#[test]
fn what_only_correcting_can_do_is_answered_with_its_key() {
    let ways: [fn(&mut Desk); 3] = [
        |desk| desk.press(Key::Delete),
        |desk| desk.event(Event::Cut),
        |desk| desk.event(Event::Paste("乙".into())),
    ];
    for way in ways {
        let mut desk = Desk::open(RAW);
        let before = desk.text().to_owned();
        desk.key(Modifiers::COMMAND, Key::A);
        way(&mut desk);
        assert!(says(&desk, "按 F2 修改文字"));
        assert_eq!(desk.text(), before);
        desk.press(Key::F2);
        assert!(!says(&desk, "按 F2 修改文字"));
    }
}

/// What was typed came before the doubtful characters.
#[test]
fn typing_takes_the_place_of_a_doubt_that_one_went_to() {
    let mut desk = Desk::open(RAW);
    desk.wait_for("the doubts", |desk| desk.sheet().doubts.revision.is_some());
    desk.press(Key::F2);
    desk.press(Key::F8);
    let range = desk.sheet().doubts.current.expect("a doubt");
    assert_eq!(desk.document().text().slice(range), "自已");
    assert_eq!(desk.sheet().selection.range(), range);
    desk.event(Event::Text("他们".into()));
    assert!(desk.text().contains("市民说，他们的事情"), "{}", desk.text());
}
