//! Find and replace: where the keyboard goes, and the list of what would be changed.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::Desk;

/// The name of the control that has the keyboard.
fn focused(desk: &Desk) -> String {
    let nodes = desk.harness.root().children_recursive();
    let focused = nodes
        .filter(|node| node.accesskit_node().is_focused())
        .filter_map(|node| node.accesskit_node().label());
    focused.last().unwrap_or_default()
}

#[test]
fn tab_goes_from_what_is_found_to_what_replaces_it() {
    let mut desk = Desk::open("治理更精准\n\n  市公安局副局长罗永介绍，今年以来群众安全感提高。\n");
    desk.go_to("罗永", true);
    desk.key(Modifiers::COMMAND, Key::H);
    desk.press(Key::Tab);
    desk.event(Event::Text("罗勇".into()));
    let find = &desk.harness.state().model().find;
    assert_eq!((&*find.pattern, &*find.template), ("罗永", "罗勇"));
    let order = [
        "替换此处",
        "全部替换（1 处）",
        "替换",
        "正则",
        "上一个",
        "下一个",
        "关闭",
    ];
    for name in order {
        desk.press(Key::Tab);
        assert_eq!(focused(&desk), name);
    }
    desk.press(Key::Tab);
    assert!(focused(&desk).contains("罗永 → 罗勇"), "{}", focused(&desk));
    for name in order.iter().rev().chain(&["替换为", "查找文字"]) {
        desk.key(Modifiers::SHIFT, Key::Tab);
        assert_eq!(focused(&desk), *name);
    }
    desk.press(Key::Tab);
    desk.press(Key::Tab);
    desk.press(Key::Tab);
    desk.press(Key::Enter);
    assert!(desk.text().contains("罗勇") && !desk.text().contains("罗永"));
}

#[test]
fn the_list_of_what_is_replaced_shows_where_one_is_in_whole_rows() {
    let lines = (1..=40).map(|number| format!("　　第{number}段说，全省的供水管道都更换了，居民用水更稳定。\n"));
    let mut desk = Desk::open(&lines.collect::<String>());
    desk.go_to("全省", true);
    desk.key(Modifiers::COMMAND, Key::H);
    let rows = |desk: &Desk| -> Vec<(String, egui::Rect)> {
        let nodes = desk.harness.get_all_by_role(Role::Button);
        nodes
            .map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()))
            .filter(|(label, _)| label.contains("段说，全省"))
            .collect()
    };
    let shown = rows(&desk);
    for pair in shown.windows(2) {
        assert!(pair[0].1.bottom() <= pair[1].1.top() + 0.5, "{pair:?}");
    }
    let (top, height) = (shown[0].1.top(), shown[0].1.height());
    for _ in 0..19 {
        desk.press(Key::Enter);
    }
    desk.harness.run_steps(30);
    let at = rows(&desk).into_iter().find(|(label, _)| label.contains("第20段"));
    let at = at.expect("the row of the place that one is at").1;
    assert!(
        at.top() >= top - 0.5 && at.bottom() <= top + 6.0 * height + 0.5,
        "{at} {top}"
    );
    desk.press(Key::Tab);
    assert!(rows(&desk)[0].0.contains("全省 → （删去）"), "{}", rows(&desk)[0].0);
    desk.click_on("全部删去（40 处）");
    assert!(!desk.text().contains("全省"));
    assert!(desk.harness.query_by_label("删去了 40 处").is_some());
}

const WATER: &str = "　　全省的供水管道都更换了，全省 居民 用水 更稳定。\n　　全市也更换了供水管道，居民用水更稳定。\n";

/// Whether the button whose name begins so can be pressed.
fn is_enabled(desk: &Desk, name: &str) -> bool {
    let buttons = desk.harness.get_all_by_role(Role::Button);
    let mut named = buttons.filter(|node| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.starts_with(name)
    });
    named.any(|node| !node.accesskit_node().is_disabled())
}

/// All that was found could be deleted with one click as soon as it was typed.
#[test]
fn an_empty_replacement_takes_nothing_out_until_its_field_was_entered() {
    let mut desk = Desk::open(WATER);
    desk.key(Modifiers::COMMAND, Key::H);
    desk.event(Event::Text("全省".into()));
    assert!(!is_enabled(&desk, "全部") && !is_enabled(&desk, "替换此处"));
    assert!(desk.harness.query_all_by_label_contains("（删去）").next().is_none());
    desk.press(Key::Tab);
    assert!(is_enabled(&desk, "全部删去（2 处）"));
    desk.press(Key::Escape);
    desk.key(Modifiers::COMMAND, Key::H);
    assert!(!is_enabled(&desk, "全部"));
}

/// The places found and those that would change were counted side by side.
#[test]
fn one_number_is_said_of_what_is_replaced() {
    let mut desk = Desk::open(WATER);
    desk.key(Modifiers::COMMAND, Key::H);
    desk.click_on("正则");
    desk.harness.get_by_label("查找文字").focus();
    desk.settle();
    desk.event(Event::Text("全[省市]".into()));
    desk.press(Key::Tab);
    desk.event(Event::Text("全省".into()));
    assert!(is_enabled(&desk, "全部替换（1 处）"));
    assert!(desk.harness.query_by_label("0 / 1").is_some());
}

/// `$9` deleted what was found without a word, and `^` found nothing.
#[test]
fn what_an_expression_cannot_do_is_said() {
    let mut desk = Desk::open(WATER);
    desk.key(Modifiers::COMMAND, Key::H);
    desk.click_on("正则");
    desk.harness.get_by_label("查找文字").focus();
    desk.settle();
    desk.event(Event::Text("^".into()));
    assert!(desk.harness.query_by_label("正则有误：只能匹配空位置").is_some());
    desk.event(Event::Text("(全)省".into()));
    desk.press(Key::Tab);
    desk.event(Event::Text("$9".into()));
    assert!(desk.harness.query_by_label("替换有误：没有 $9 这一组").is_some());
    assert!(!is_enabled(&desk, "全部替换"));
}

/// The text below moved with each letter typed.
#[test]
fn the_text_stays_where_it_is_while_one_types_what_to_find() {
    let mut desk = Desk::open(WATER);
    desk.key(Modifiers::COMMAND, Key::H);
    let before = desk.place("全市", 0);
    for typed in ["全", "省", "没有"] {
        desk.event(Event::Text(typed.into()));
        assert_eq!(desk.place("全市", 0), before, "{typed}");
    }
}

#[test]
fn nothing_is_replaced_in_what_was_set_aside() {
    let mut desk = Desk::open("  罗永在会上说，供水管道都更换了。\n\n  记者罗永从会上获悉，居民用水更稳定。\n");
    let before = desk.text().to_owned();
    desk.go_to("获悉", false);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    assert!(desk.document().blocks().iter().any(|block| block.mark.dropped));
    desk.go_to("罗永", true);
    desk.key(Modifiers::COMMAND, Key::H);
    desk.press(Key::Tab);
    desk.event(Event::Text("罗勇".into()));
    desk.click_on("全部替换（1 处）");
    assert_eq!(desk.text(), before.replacen("罗永", "罗勇", 1));
}
