//! Suggestions and figures in the window: walked through and judged with keys, read in the table, kept in the saved file.

use std::fs;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use zhupi::annot::Status;
use zhupi::app::sheet::Sheet;
use zhupi::formats::native;
use zhupi::i18n::Lang;

use crate::desk::Desk;

const RAW: &str =
    "治理更精准\r\n  今年，全市共破获案件25.9万起，比上年增\r\n长50%。\r\n  收入由1.9亿元增至2.6亿元，增长50%。\r\n";

fn desk() -> Desk {
    let mut desk = Desk::open(RAW);
    until(&mut desk, |sheet| !sheet.suggestions.open.spans.is_empty());
    desk
}

fn until(desk: &mut Desk, is_reached: impl Fn(&Sheet) -> bool) {
    desk.wait_for("the workers", |desk| is_reached(desk.sheet()));
}

fn chosen(desk: &Desk) -> Option<&str> {
    let chosen = desk.sheet().chosen_suggestion()?;
    Some(desk.document().covered(chosen))
}

/// What was judged, and how.
fn judged(desk: &Desk) -> Vec<(&str, Status)> {
    let document = desk.document();
    let spans = document.spans().iter();
    spans.map(|span| (document.covered(span), span.mark.status)).collect()
}

fn tab(desk: &mut Desk, name: &str) {
    desk.harness.get_by_role_and_label(Role::Tab, name).click();
    desk.settle();
}

#[test]
fn tab_enter_and_backspace_walk_through_the_suggestions_and_the_file_says_how_it_went() {
    let mut desk = desk();
    desk.key(Modifiers::NONE, Key::Tab);
    assert_eq!(chosen(&desk), Some("今年"));
    desk.key(Modifiers::NONE, Key::Tab);
    assert_eq!(chosen(&desk), Some("25.9万起"));
    desk.key(Modifiers::SHIFT, Key::Tab);
    assert_eq!(chosen(&desk), Some("今年"));
    desk.key(Modifiers::NONE, Key::Backspace);
    assert_eq!(chosen(&desk), Some("25.9万起"));
    desk.key(Modifiers::NONE, Key::Enter);
    assert_eq!(
        judged(&desk),
        [("今年", Status::Rejected), ("25.9万起", Status::Accepted)]
    );
    // What was judged is not proposed again, here or when the file is opened again.
    until(&mut desk, |sheet| !sheet.is_unsaved());
    let saved = desk.saved_path();
    let document = native::load(&fs::read(saved).unwrap()).unwrap().document;
    assert_eq!(document.spans().len(), 2);
    let mut desk = desk.reopen(&["article.txt"]);
    until(&mut desk, |sheet| !sheet.suggestions.open.spans.is_empty());
    desk.key(Modifiers::NONE, Key::Tab);
    assert_eq!(chosen(&desk), Some("上年"));
}

#[test]
fn tab_enter_tab_enter_leaves_no_suggestion_out() {
    let mut desk = desk();
    for expected in ["今年", "25.9万起", "上年"] {
        desk.key(Modifiers::NONE, Key::Tab);
        assert_eq!(chosen(&desk), Some(expected));
        desk.key(Modifiers::NONE, Key::Enter);
        until(&mut desk, |sheet| sheet.chosen_suggestion().is_some());
    }
    assert_eq!(judged(&desk).len(), 3);
    // Enter alone goes on too, and two Tabs leave one out.
    assert_eq!(chosen(&desk), Some("50%"));
    desk.key(Modifiers::NONE, Key::Enter);
    desk.key(Modifiers::NONE, Key::Tab);
    desk.key(Modifiers::NONE, Key::Tab);
    assert_eq!(chosen(&desk), Some("2.6亿元"));
}

#[test]
fn the_list_of_articles_counts_tags_as_the_status_bar_does() {
    let mut desk = desk();
    desk.key(Modifiers::NONE, Key::Tab);
    desk.key(Modifiers::NONE, Key::Backspace);
    desk.key(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.document().spans().len(), 2);
    desk.settle();
    assert_eq!(desk.sheet().entities.tags(), 1);
}

#[test]
fn without_suggestions_the_keys_mean_what_they_meant() {
    let mut desk = desk();
    desk.key(Modifiers::NONE, Key::Enter);
    desk.key(Modifiers::NONE, Key::Backspace);
    assert_eq!(judged(&desk), []);
    desk.key(Modifiers::NONE, Key::Tab);
    desk.key(Modifiers::NONE, Key::Escape);
    assert_eq!(chosen(&desk), None);
    desk.key(Modifiers::NONE, Key::Enter);
    assert_eq!(judged(&desk), []);
}

#[test]
fn the_table_is_sorted_by_a_click_and_a_finding_is_put_away_for_good() {
    let mut desk = desk();
    tab(&mut desk, zhupi::i18n::T::TabFigures.of(Lang::Zh));
    until(&mut desk, |sheet| !sheet.figures.all.rows.is_empty());
    let lang = desk.harness.state().model().lang;
    desk.click_on(zhupi::i18n::T::FigureValue.of(lang));
    let arrangement = &desk.sheet().figures.arrangement;
    assert_eq!(arrangement.column, zhupi::app::figures::table::Column::Value);
    tab(&mut desk, zhupi::i18n::T::TabChecks.of(lang));
    until(&mut desk, |sheet| sheet.figures.all.findings.len() == 1);
    desk.click_on(zhupi::i18n::T::FindingDismiss.of(lang));
    until(&mut desk, |sheet| sheet.figures.all.findings.is_empty());
    assert_eq!(desk.sheet().document.dismissals()[0].check, "growth");
    desk.key(Modifiers::COMMAND, Key::Z);
    until(&mut desk, |sheet| sheet.figures.all.findings.len() == 1);
}
