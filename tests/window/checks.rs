//! The tab of what may be wrong.

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::desk::Desk;

/// Many contradictions between figures, and characters that were misread.
const RAW: &str = "　　合计50%、60%、20%。占120%。2月30日完成，另占130%。
　　2025年9月15日星期二开工，4月31日完工，占150%。
　　上月售出3O台，今年售出1OO台。
";

#[test]
fn findings_leave_room_for_the_doubts() {
    let mut desk = Desk::open(RAW);
    let tab = desk.harness.get_by_role_and_label(Role::Tab, "检查");
    tab.click();
    desk.harness.step();
    desk.wait_for("both kinds", |desk| {
        let sheet = desk.sheet();
        sheet.figures.all.findings.len() > 4 && !sheet.doubts.all.is_empty()
    });
    desk.settle();
    let reasons: Vec<_> = desk.harness.get_all_by_label_contains("数中字母").collect();
    assert!(!reasons.is_empty());
    for reason in reasons {
        let bounds = reason.accesskit_node().data().bounds().unwrap();
        assert!(bounds.y1 < 770.0, "below the window: {bounds:?}");
    }
}
