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
            .filter(|(label, _)| label.contains("全省 → "))
            .collect()
    };
    let shown = rows(&desk);
    assert!(shown[0].0.contains("全省 → （删去）"), "{}", shown[0].0);
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
    desk.click_on("全部删去（40 处）");
    assert!(!desk.text().contains("全省"));
    assert!(desk.harness.query_by_label("删去了 40 处").is_some());
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
