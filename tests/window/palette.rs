//! The command palette and the menu of the text: what they find, mark and say.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use zhupi::app::dialog::Dialog;

use crate::desk::Desk;

const RAW: &str = "　　市公安局副局长罗永介绍，今年以来全市共破获案件25.9万起。\n";

fn marked(desk: &Desk) -> usize {
    match &desk.harness.state().model().dialog {
        Some(Dialog::Palette { marked, .. }) => *marked,
        other => panic!("{other:?}"),
    }
}

/// The README's verb found nothing.
#[test]
fn commands_are_found_by_other_words_than_their_names() {
    for (words, command) in [
        ("改正", "修改文字"),
        ("纠正", "替换…"),
        ("proofread", "检查"),
        ("xgwz", "修改文字"),
    ] {
        let mut desk = Desk::open(RAW);
        desk.key(Modifiers::COMMAND, Key::K);
        desk.event(Event::Text(words.into()));
        let buttons = desk.harness.get_all_by_role(Role::Button);
        let mut names = buttons.map(|node| node.accesskit_node().label().unwrap_or_default());
        assert!(names.any(|name| name == command), "{words}");
    }
}

/// A mouse that rested where the list came up marked a second command, Quit for one.
#[test]
fn only_a_mouse_that_moves_marks_a_command() {
    let mut desk = Desk::open(RAW);
    desk.key(Modifiers::COMMAND, Key::K);
    let quit = desk.harness.get_by_role_and_label(Role::Button, "退出").rect().center();
    desk.press(Key::Escape);
    desk.move_to(quit);
    desk.settle();
    desk.key(Modifiers::COMMAND, Key::K);
    desk.settle();
    assert_eq!(marked(&desk), 0);
    desk.move_to(quit + egui::vec2(3.0, 0.0));
    desk.settle();
    assert_eq!(marked(&desk), 6);
    desk.press(Key::ArrowUp);
    assert_eq!(marked(&desk), 5);
}

/// The menu spoke of another article where one began already, whose mark it takes away.
#[test]
fn the_menu_of_the_text_says_what_it_does_here() {
    let mut desk = Desk::open("治理更精准\n\n　　市公安局副局长罗永介绍，今年以来全市共破获案件25.9万起。\n");
    desk.go_to("介绍", false);
    let there = desk.middle("介绍");
    for (name, other) in [
        ("从这里另起一篇", "不再从这里另起一篇"),
        ("不再从这里另起一篇", "从这里另起一篇"),
    ] {
        desk.move_to(there);
        desk.button(there, PointerButton::Secondary, true, Modifiers::NONE);
        desk.button(there, PointerButton::Secondary, false, Modifiers::NONE);
        desk.settle();
        let is_there = |name| desk.harness.query_by_role_and_label(Role::Button, name).is_some();
        assert!(is_there(name) && !is_there(other), "{name}");
        desk.click_on(name);
    }
    let block = desk.document().blocks()[desk.document().block_at(desk.sheet().selection.caret)];
    assert!(!block.mark.starts_article);
}
