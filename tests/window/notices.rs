//! Sentences to the editor: they stay no longer than they are true.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::desk::Desk;

const RAW: &str = "治理更精准 城市更安全\n\n　　市公安局副局长罗永介绍，今年以来全市共破获案件25.9万起。\n　　记者王小明从市政府新闻办获悉，第四场发布会将于下周举行。\n　　发布会由市政府新闻办主持。\n";

fn says(desk: &Desk, words: &str) -> bool {
    desk.harness.query_all_by_label_contains(words).count() > 0
}

/// Why a move was refused stayed over the last lines through all that came after.
#[test]
fn why_a_change_was_refused_is_said_until_the_next_change() {
    let mut desk = Desk::open(RAW);
    let (from, _) = desk.place("今年以来", 0);
    let (_, to) = desk.place("王小明", 0);
    desk.drag(from, to);
    desk.press(Key::Num1);
    assert_eq!(desk.tagged().len(), 1);
    desk.go_to("获悉", false);
    let refused = "跨了段落";
    for _ in 0..2 {
        desk.key(Modifiers::ALT, Key::ArrowDown);
        assert!(says(&desk, refused));
    }
    assert_eq!(desk.harness.query_all_by_label_contains(refused).count(), 1);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert!(desk.tagged().is_empty() && !says(&desk, refused));
}

/// 替换了 3 处 stood above 撤销了 3 处替换.
#[test]
fn what_is_undone_is_not_said_any_longer() {
    let mut desk = Desk::open(RAW);
    desk.go_to("市", true);
    desk.key(Modifiers::COMMAND, Key::H);
    desk.press(Key::Tab);
    desk.event(egui::Event::Text("县".into()));
    desk.click_on("全部替换（5 处）");
    assert!(says(&desk, "替换了 5 处"));
    desk.press(Key::Escape);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert!(says(&desk, "撤销了 5 处替换") && !says(&desk, "替换了 5 处"));
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(says(&desk, "重做了 5 处替换") && !says(&desk, "撤销了"));
}
