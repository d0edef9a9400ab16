//! The tab of what may be wrong: one list of all that contradicts itself or was misread.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::Desk;

/// Many contradictions between figures, and characters that were misread.
const RAW: &str = "　　合计50%、60%、20%。占120%。2月30日完成，另占130%。
　　2025年9月15日星期二开工，4月31日完工，占150%。
　　上月售出3O台，今年售出1OO台。
";

/// A name with two labels.
const TWO_LABELS: &str = "　　陆鸿介绍，陆鸿表示，陆鸿说。上月售出3O台。\n";

fn open_checks(desk: &mut Desk) {
    desk.harness.get_by_role_and_label(Role::Tab, "检查").click();
    desk.harness.step();
}

fn says(desk: &Desk, text: &str) -> bool {
    desk.harness.query_all_by_label_contains(text).next().is_some()
}

#[test]
fn each_sort_is_counted_and_can_be_hidden() {
    let mut desk = Desk::open(RAW);
    open_checks(&mut desk);
    desk.wait_for("both kinds", |desk| {
        let sheet = desk.sheet();
        sheet.figures.all.findings.len() > 4 && !sheet.doubts.all.is_empty()
    });
    desk.settle();
    let figures = desk.sheet().figures.all.findings.len();
    let doubts = desk.sheet().doubts.all.len();
    assert!(says(&desk, &format!("文字 {doubts}")));
    assert!(says(&desk, "没有这一天"));
    desk.click_on(&format!("数字 {figures}"));
    assert!(!says(&desk, "没有这一天"));
    let reasons: Vec<_> = desk.harness.get_all_by_label_contains("数中字母").collect();
    assert!(!reasons.is_empty());
    for reason in reasons {
        let bounds = reason.accesskit_node().data().bounds().unwrap();
        assert!(bounds.y1 < 770.0, "below the window: {bounds:?}");
    }
}

/// Two tags of one label and one of another on a name, shown in the list.
fn two_labels() -> Desk {
    let mut desk = Desk::open(TWO_LABELS);
    for (nth, key) in [(0, Key::Num1), (1, Key::Num1), (2, Key::Num2)] {
        let (from, to) = desk.place("陆鸿", nth);
        desk.drag(from, to);
        desk.press(key);
    }
    open_checks(&mut desk);
    desk.wait_for("the finding", |desk| !desk.sheet().figures.all.tags.is_empty());
    desk.settle();
    desk
}

#[test]
fn tags_that_contradict_each_other_are_put_right() {
    let mut desk = two_labels();
    assert!(says(&desk, "同词异标") && says(&desk, "“陆鸿”：单位 1 处，人物 2 处"));
    // Both places lead there.
    let places: Vec<_> = desk
        .harness
        .get_all_by_role_and_label(Role::Button, "陆鸿")
        .map(|place| place.rect().center())
        .collect();
    desk.click(places[0]);
    let chosen = desk.sheet().chosen_span().unwrap().range;
    desk.click(places[1]);
    assert_ne!(desk.sheet().chosen_span().unwrap().range, chosen);
    desk.click_on("改为“人物”");
    assert_eq!(desk.tags(), ["陆鸿|person"; 3]);
    desk.wait_for("the list", |desk| desk.sheet().figures.all.tags.is_empty());
}

#[test]
fn what_is_put_away_of_any_sort_stays_away_until_it_is_shown_again() {
    let mut desk = two_labels();
    desk.wait_for("the doubt", |desk| !desk.sheet().doubts.all.is_empty());
    desk.settle();
    desk.click_on("忽略此提示");
    desk.click_on("不是错误");
    desk.wait_for("the list", |desk| desk.sheet().figures.all.tags.is_empty());
    desk.save();
    let mut desk = desk.reopen(&["article.txt"]);
    open_checks(&mut desk);
    desk.wait_for("the doubts", |desk| desk.sheet().doubts.revision.is_some());
    desk.settle();
    assert!(!says(&desk, "同词异标") && !says(&desk, "数中字母"));
    desk.click_on("已忽略 2 条");
    assert!(says(&desk, "同词异标") && says(&desk, "数中字母"));
    desk.click_on("恢复提示：陆鸿");
    desk.wait_for("one of them", |desk| !desk.sheet().figures.all.tags.is_empty());
    desk.settle();
    assert!(desk.sheet().doubts.all.is_empty() && says(&desk, "已忽略 1 条"));
    desk.key(Modifiers::COMMAND, Key::Z);
    desk.settle();
    desk.click_on("全部恢复");
    desk.wait_for("all again", |desk| {
        !desk.sheet().figures.all.tags.is_empty() && !desk.sheet().doubts.all.is_empty()
    });
    desk.settle();
    assert!(!says(&desk, "已忽略"));
}
