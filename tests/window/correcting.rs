//! The editor's work on the reading text: lines joined, split and moved, characters corrected, doubts walked through; the
//! tags stay on their words, one undo brings each back, and all of it is there when the file is opened again.

use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use zhupi::app::notices::About;
use zhupi::formats::corrections::corrected_paragraphs;

use crate::desk::Desk;

const RAW: &str = "\u{FEFF}治理更精准 城市更安全\r\n\r\n  市公安局副局长罗永介绍，今年以来\r\n全市共破获案件25.9万起，群众安全感\r\n比去年同期提高了三个百分点。\r\n  记者王小明从市政府新闻办获悉，第\r\n四场发布会将于下周举行。\r\n";

/// Closes the window when all is saved and opens the file again.
fn reopened(mut desk: Desk) -> Desk {
    desk.wait_for("the save", |desk| !desk.sheet().is_unsaved());
    desk.reopen(&["article.txt"])
}

fn read_for_doubts(desk: &mut Desk) {
    desk.wait_for("the doubts", |desk| {
        let sheet = desk.sheet();
        sheet.doubts.revision == Some(sheet.text_revision)
    });
}

#[test]
fn lines_are_joined_split_and_moved_with_their_tags() {
    let mut desk = Desk::open(RAW);
    desk.tag("罗永", Key::Num1);
    desk.tag("王小明", Key::Num1);
    let before = desk.document().clone();
    let lines = before.blocks().len();

    desk.go_to("罗永", false);
    desk.key(Modifiers::COMMAND, Key::J);
    assert_eq!(desk.document().blocks().len(), lines - 1);
    assert!(desk.text().contains("百分点。记者王小明"), "{}", desk.text());
    assert_eq!(desk.tagged(), ["罗永", "王小明"]);

    desk.go_to("群众", false);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
    assert!(desk.text().contains("万起，\n群众"));
    assert_eq!(desk.tagged(), ["罗永", "王小明"]);

    desk.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(desk.tagged(), ["王小明", "罗永"]);
    assert!(desk.text().contains("\n群众安全感"));
    desk.key(Modifiers::ALT, Key::Num3);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    let after = desk.document().clone();

    let mut desk = reopened(desk);
    assert_eq!(desk.text(), after.text().as_str());
    assert_eq!(desk.document().blocks(), after.blocks());
    assert_eq!(desk.tagged(), ["王小明", "罗永"]);
    assert_eq!(desk.document().source.text.as_str(), RAW.trim_start_matches('\u{FEFF}'));
    desk.go_to("群众", false);
    desk.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(desk.tagged(), ["罗永", "王小明"]);
}

#[test]
fn each_is_one_step_for_undo() {
    let mut desk = Desk::open(RAW);
    desk.tag("罗永", Key::Num1);
    desk.go_to("群众", false);
    let states: Vec<(Modifiers, Key)> = vec![
        (Modifiers::COMMAND, Key::J),
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter),
        (Modifiers::ALT, Key::ArrowUp),
        (Modifiers::ALT, Key::Num1),
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::N),
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::D),
    ];
    let mut seen = vec![desk.document().clone()];
    for (modifiers, key) in states {
        desk.key(modifiers, key);
        assert_ne!(desk.document(), seen.last().unwrap(), "{key:?}");
        seen.push(desk.document().clone());
    }
    while let Some(state) = seen.pop() {
        assert_eq!(*desk.document(), state);
        if !seen.is_empty() {
            desk.key(Modifiers::COMMAND, Key::Z);
        }
    }
}

#[test]
fn a_name_corrected_inside_its_tag_stays_tagged() {
    let mut desk = Desk::open(RAW);
    desk.tag("罗永", Key::Num1);
    let before = desk.document().clone();
    desk.go_to("介绍", false);
    desk.key(Modifiers::NONE, Key::F2);
    desk.key(Modifiers::NONE, Key::Backspace);
    desk.event(Event::Ime(ImeEvent::Preedit {
        text: "yong".into(),
        active_range_chars: None,
    }));
    assert_eq!(desk.tagged(), ["罗"]);
    desk.event(Event::Ime(ImeEvent::Commit("勇".into())));
    desk.event(Event::Text("𬱟".into()));
    assert_eq!(desk.tagged(), ["罗勇𬱟"]);
    // A digit is a digit here, and typing is one step.
    desk.key(Modifiers::NONE, Key::Num2);
    desk.event(Event::Text("2".into()));
    assert_eq!(desk.tagged(), ["罗勇𬱟2"]);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*desk.document(), before);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(desk.tagged(), ["罗勇𬱟2"]);
    desk.key(Modifiers::NONE, Key::Escape);
    assert!(!desk.sheet().correcting.is_on);

    let desk = reopened(desk);
    assert_eq!(desk.tagged(), ["罗勇𬱟2"]);
    let corrections = desk.document().corrections().replacements();
    assert_eq!((&*corrections[0].before, &*corrections[0].after), ("永", "勇𬱟2"));
}

#[test]
fn a_tag_that_goes_with_its_text_is_named_and_comes_back() {
    let mut desk = Desk::open(RAW);
    desk.tag("罗永", Key::Num1);
    desk.go_to("罗永", true);
    desk.key(Modifiers::NONE, Key::F2);
    desk.key(Modifiers::NONE, Key::Delete);
    assert_eq!(desk.tagged(), [""; 0]);
    let named = |desk: &Desk| {
        let notices = &desk.harness.state().model().notices;
        notices
            .iter()
            .any(|notice| notice.text.contains("罗永") && notice.about.is_some())
    };
    assert!(named(&desk));
    // The name typed anew in its place is the tag's.
    desk.event(Event::Text("罗".into()));
    desk.event(Event::Text("勇".into()));
    assert_eq!(desk.tagged(), ["罗勇"]);
    assert!(!named(&desk));
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.tagged(), ["罗永"]);
    // Character by character it is named as it was.
    desk.go_to("介绍", false);
    desk.key(Modifiers::NONE, Key::Backspace);
    desk.key(Modifiers::NONE, Key::Backspace);
    assert_eq!(desk.tagged(), [""; 0]);
    assert!(named(&desk));
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.tagged(), ["罗永"]);
    // Elsewhere it would be another word.
    desk.go_to("罗永", true);
    desk.event(Event::Cut);
    desk.key(Modifiers::NONE, Key::ArrowRight);
    desk.event(Event::Paste("罗永".into()));
    assert_eq!(desk.tagged(), [""; 0]);
    assert!(named(&desk));
}

#[test]
fn doubts_are_walked_through_fixed_and_dismissed() {
    let mut desk = Desk::open("  市民说，自已的事情自己办，全年共投资2O25万元，，感到满意。\n");
    read_for_doubts(&mut desk);
    let count = desk.sheet().doubts.all.len();
    assert!(count >= 2, "{:?}", desk.sheet().doubts.all);
    desk.key(Modifiers::NONE, Key::F8);
    assert!(desk.sheet().doubts.current.is_some());
    desk.key(Modifiers::NONE, Key::Enter);
    assert!(desk.text().contains("自己的事情自己办"));
    // The next one is being looked at; what is dismissed does not come back when the text is read again.
    let current = desk.sheet().doubts.current;
    assert!(current.is_some());
    desk.click_on("不是错误");
    read_for_doubts(&mut desk);
    assert_eq!(desk.sheet().doubts.all.len(), count - 2);
    assert_eq!(desk.document().dismissals().len(), 1);
    desk.key(Modifiers::SHIFT, Key::F8);
    assert!(desk.sheet().doubts.current.is_some_and(|range| Some(range) != current));
}

#[test]
fn walking_through_doubts_says_where_one_is_and_when_it_begins_again() {
    let mut desk = Desk::open("自已的事情自己办，全年共投资2O25万元，，感到满意。\n");
    read_for_doubts(&mut desk);
    let count = desk.sheet().doubts.all.len();
    for place in 1..=count {
        desk.key(Modifiers::NONE, Key::F8);
        desk.harness.get_by_label(&format!("{place} / {count}"));
        assert!(desk.harness.query_by_label("最后一处之后：回到第一处").is_none());
    }
    desk.key(Modifiers::NONE, Key::F8);
    desk.harness.get_by_label(&format!("1 / {count}"));
    desk.harness.get_by_label("最后一处之后：回到第一处");
    desk.key(Modifiers::SHIFT, Key::F8);
    desk.harness.get_by_label(&format!("{count} / {count}"));
    desk.harness.get_by_label("第一处之前：回到最后一处");
}

/// Waits until so many doubts and tags are counted: doubts are read by a worker.
fn counted(desk: &mut Desk, doubts: usize, tags: usize) {
    desk.wait_for("the counts", |desk| {
        (desk.sheet().doubts.all.len(), desk.sheet().entities.tags()) == (doubts, tags)
    });
}

#[test]
fn a_block_that_was_set_aside_has_no_doubts_tags_or_suggestions() {
    let mut desk = Desk::open("自已的事情王小明自己办。\n\n全年共投资2O25万元，罗永说。\n");
    desk.tag("罗永", Key::Num1);
    read_for_doubts(&mut desk);
    assert_eq!((desk.sheet().doubts.all.len(), desk.sheet().entities.tags()), (2, 1));
    desk.go_to("罗永", false);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    counted(&mut desk, 1, 0);
    let dropped = desk.document().blocks()[1].range;
    let open = &desk.sheet().suggestions.open.spans;
    assert!(open.iter().all(|span| !span.range.overlaps(dropped)), "{open:?}");
    desk.key(Modifiers::NONE, Key::F8);
    desk.key(Modifiers::NONE, Key::F8);
    let current = desk.sheet().doubts.current;
    assert!(current.is_some_and(|range| !range.overlaps(dropped)), "{current:?}");
    desk.key(Modifiers::COMMAND, Key::Z);
    counted(&mut desk, 2, 1);
}

#[test]
fn what_is_found_is_replaced_in_one_step() {
    let mut desk = Desk::open(RAW);
    desk.tag("罗永", Key::Num1);
    let before = desk.document().clone();
    desk.go_to("罗永", true);
    desk.key(Modifiers::COMMAND, Key::H);
    desk.harness.get_by_label("替换为").focus();
    desk.harness.step();
    desk.event(Event::Text("罗勇".into()));
    desk.click_on("全部替换（1 处）");
    assert_eq!(desk.tagged(), ["罗勇"]);
    let place = desk.harness.state().model().find.previewed.previews.len();
    assert_eq!(place, 0);
    desk.click_on("关闭");
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*desk.document(), before);
}

#[test]
fn the_raw_text_stands_beside() {
    let mut desk = Desk::open(RAW);
    desk.key(Modifiers::COMMAND, Key::Backslash);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    let view = &desk.harness.state().model().settings.view;
    assert!(view.raw && view.marks && view.outline);
    let raw = desk.harness.get_by_label("对照原文").value().unwrap();
    // Its lines are broken where the panel ends, too.
    assert!(
        raw.replace('\n', "").contains("  记者王小明从市政府新闻办获悉，第四场"),
        "{raw}"
    );
    desk.harness
        .get_by_role_and_label(Role::Button, "治理更精准 城市更安全")
        .click();
    desk.harness.step();
    desk.key(Modifiers::NONE, Key::F2);
    desk.event(Event::Text("新".into()));
    assert!(desk.text().contains('新'));
    assert_eq!(desk.document().source.text.as_str(), RAW.trim_start_matches('\u{FEFF}'));
}

#[test]
fn a_corrected_paragraph_that_is_moved_keeps_its_pair() {
    let mut desk = Desk::open(RAW);
    desk.tag("罗永", Key::Num1);
    desk.go_to("介绍", false);
    desk.press(Key::F2);
    desk.press(Key::Backspace);
    desk.event(Event::Text("勇".into()));
    desk.press(Key::Escape);
    let before = corrected_paragraphs(desk.document());
    assert_eq!(before.len(), 1);
    desk.key(Modifiers::ALT, Key::ArrowDown);
    assert!(desk.text().ends_with("三个百分点。"), "{}", desk.text());
    desk.key(Modifiers::ALT, Key::ArrowUp);
    desk.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(corrected_paragraphs(desk.document()), before);
    let desk = reopened(desk);
    assert_eq!(desk.tagged(), ["罗勇"]);
    assert_eq!(corrected_paragraphs(desk.document()), before);
}

#[test]
fn a_tag_over_paragraphs_is_not_torn_and_the_editor_is_told() {
    let mut desk = Desk::open(RAW);
    desk.go_to("百分点。\n记者", true);
    desk.press(Key::Num1);
    let before = desk.document().clone();
    desk.press(Key::Escape);
    desk.go_to("记者", false);
    desk.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(*desk.document(), before);
    let notices = &desk.harness.state().model().notices;
    assert!(
        notices.iter().any(|notice| notice.text.contains("百分点。 记者")),
        "{notices:?}"
    );
    // Selected together they go.
    desk.go_to("百分点。\n记者", true);
    desk.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(desk.tagged(), ["百分点。\n记者"]);
    assert!(desk.text().ends_with("\n治理更精准 城市更安全"), "{}", desk.text());
}

#[test]
fn a_dismissed_doubt_is_saved_and_comes_back_with_undo() {
    let mut desk = Desk::open("  市民说，自已的事情自己办，全年共投资2O25万元，，感到满意。\n");
    read_for_doubts(&mut desk);
    let count = desk.sheet().doubts.all.len();
    desk.press(Key::F8);
    desk.click_on("不是错误");
    assert_eq!(desk.sheet().doubts.all.len(), count - 1);
    let mut desk = reopened(desk);
    read_for_doubts(&mut desk);
    assert_eq!(
        (desk.sheet().doubts.all.len(), desk.document().dismissals().len()),
        (count - 1, 1)
    );
    desk.press(Key::F8);
    desk.click_on("不是错误");
    assert_eq!(desk.document().dismissals().len(), 2);
    desk.key(Modifiers::COMMAND, Key::Z);
    read_for_doubts(&mut desk);
    assert_eq!(desk.document().dismissals().len(), 1);
}

#[test]
fn the_view_is_left_as_it_was() {
    let mut desk = Desk::open(RAW);
    desk.key(Modifiers::COMMAND, Key::Backslash);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    desk.harness.get_by_role_and_label(Role::Tab, "检查").click();
    desk.settle();
    let folder = desk.folder.path().join("settings/settings.json");
    let is_kept = |text: &str| text.contains(r#""tab": "checks""#) && text.contains(r#""outline": true"#);
    desk.wait_for("the settings", |_| {
        std::fs::read_to_string(&folder).is_ok_and(|text| is_kept(&text))
    });
    let desk = desk.reopen(&["article.txt"]);
    let model = desk.harness.state().model();
    let view = &model.settings.view;
    assert!(view.raw && view.marks && view.outline);
    assert_eq!(model.right_tab, zhupi::app::tab::Tab::Checks);
}

#[test]
fn replacing_by_nothing_says_that_it_takes_out() {
    let mut desk = Desk::open(RAW);
    desk.go_to("罗永", true);
    desk.key(Modifiers::COMMAND, Key::H);
    desk.press(Key::Tab);
    assert!(desk.harness.query_by_label("全部替换（1 处）").is_none());
    desk.click_on("全部删去（1 处）");
    assert!(!desk.text().contains("罗永"));
}

#[test]
fn what_is_switched_on_is_ticked_in_the_menu() {
    let mut desk = Desk::open(RAW);
    desk.key(Modifiers::COMMAND, Key::Backslash);
    desk.click_on("视图");
    let is_ticked = |name: &str| {
        let node = desk.harness.get_by_role_and_label(Role::CheckBox, name);
        node.accesskit_node().data().toggled()
    };
    assert_eq!(is_ticked("对照原文"), Some(egui::accesskit::Toggled::True));
    assert_eq!(is_ticked("大纲"), Some(egui::accesskit::Toggled::False));
}

#[test]
fn a_click_within_a_tag_leaves_the_caret_there_for_correcting() {
    let mut desk = Desk::open(RAW);
    desk.tag("王小明", Key::Num1);
    desk.go_to("治理", false);
    let middle = desk.middle("王小明");
    desk.click(middle);
    assert!(desk.sheet().chosen.is_some());
    desk.key(Modifiers::NONE, Key::F2);
    desk.event(Event::Text("大".to_owned()));
    // A click on the middle of 小 stands before or behind it, never at the end of the name.
    assert_eq!(desk.tagged().len(), 1);
    assert!(
        ["王大小明", "王小大明"].contains(&desk.tagged()[0]),
        "{:?}",
        desk.tagged()
    );
}

#[test]
fn what_is_pasted_is_undone_by_itself() {
    let mut desk = Desk::open(RAW);
    desk.go_to("群众", false);
    desk.key(Modifiers::NONE, Key::F2);
    desk.event(Event::Text("甲".to_owned()));
    let typed = desk.text().to_owned();
    desk.event(Event::Paste("贴".to_owned()));
    assert_ne!(desk.text(), typed);
    desk.event(Event::Text("乙".to_owned()));
    desk.key(Modifiers::COMMAND, Key::Z);
    assert!(desk.text().contains('贴') && !desk.text().contains('乙'));
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.text(), typed);
}

#[test]
fn what_was_said_of_a_lost_tag_goes_when_it_is_undone() {
    let mut desk = Desk::open(RAW);
    desk.tag("罗永", Key::Num1);
    desk.go_to("罗永", true);
    desk.key(Modifiers::NONE, Key::F2);
    desk.key(Modifiers::NONE, Key::Delete);
    assert_eq!(desk.tagged(), Vec::<&str>::new());
    assert_eq!(desk.harness.state().model().notices.len(), 1);
    desk.key(Modifiers::NONE, Key::Escape);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.tagged(), ["罗永"]);
    assert_eq!(desk.harness.state().model().notices.len(), 0);
}

#[test]
fn a_split_within_a_tag_cuts_where_it_was_asked() {
    let mut desk = Desk::open(RAW);
    desk.tag("王小明", Key::Num1);
    let before = desk.document().clone();
    // Clicked into, with the keys.
    let (_, end) = desk.place("王小", 0);
    desk.click(end);
    assert!(desk.sheet().chosen.is_some());
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
    assert!(desk.text().contains("王小\n明从"), "{}", desk.text());
    assert_eq!(desk.tagged(), ["王小\n明"]);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*desk.document(), before);
    // Chosen with the keys, its characters selected, and the menu opened on one of them.
    desk.press(Key::Escape);
    desk.select("王小明");
    desk.press(Key::Escape);
    desk.select("王小明");
    let (_, end) = desk.place("王小", 0);
    desk.move_to(end);
    desk.button(end, egui::PointerButton::Secondary, true, Modifiers::NONE);
    desk.button(end, egui::PointerButton::Secondary, false, Modifiers::NONE);
    desk.settle();
    desk.click_on("在此分段");
    assert!(desk.text().contains("王小\n明从"), "{}", desk.text());
    let saved = desk.document().clone();
    let desk = reopened(desk);
    assert_eq!(desk.tagged(), ["王小\n明"]);
    assert_eq!(desk.document().blocks(), saved.blocks());
}

#[test]
fn a_paragraph_moved_above_the_headline_is_no_article_of_its_own() {
    let mut desk = Desk::open(RAW);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    let before = desk.document().clone();
    assert!(before.blocks()[0].mark.starts_article, "{:?}", before.blocks());
    desk.go_to("市公安", false);
    desk.key(Modifiers::ALT, Key::ArrowUp);
    assert!(desk.text().starts_with("市公安局"), "{}", desk.text());
    let starts = |desk: &Desk| -> Vec<bool> {
        let blocks = desk.document().blocks().iter();
        blocks.map(|block| block.mark.starts_article).collect()
    };
    assert_eq!(starts(&desk), [true, false, false]);
    // One article, called by its headline.
    let listed = desk.harness.get_all_by_role(Role::Button);
    let listed: Vec<_> = listed.filter_map(|node| node.accesskit_node().label()).collect();
    assert!(
        listed.iter().any(|label| label == "治理更精准 城市更安全"),
        "{listed:?}"
    );
    assert!(!listed.iter().any(|label| label.starts_with("市公安局")), "{listed:?}");
    desk.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(*desk.document(), before);
    // The headline moved below it is the same.
    desk.go_to("治理", false);
    desk.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(starts(&desk), [true, false, false]);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*desk.document(), before);
}

#[test]
fn the_first_article_begins_below_what_is_of_the_page_alone() {
    let mut desk = Desk::open(RAW);
    let starts = |desk: &Desk| -> Vec<bool> {
        let blocks = desk.document().blocks().iter();
        blocks.map(|block| block.mark.starts_article).collect()
    };
    // The headline is made a running head, and the article begins with the paragraph.
    desk.go_to("治理", false);
    desk.key(Modifiers::ALT, Key::Num5);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    desk.go_to("市公安", false);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    assert_eq!(starts(&desk), [false, true, false]);
    desk.go_to("记者", false);
    desk.key(Modifiers::ALT, Key::ArrowUp);
    assert!(desk.text().contains("安全\n记者王小明"), "{}", desk.text());
    assert_eq!(starts(&desk), [false, true, false]);
}

/// `corrections` of the saved file, as before and after.
fn saved_corrections(desk: &Desk) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(desk.saved_path()).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let listed = file["corrections"].as_array().unwrap().iter();
    let said = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap().to_owned();
    listed.map(|one| (said(one, "before"), said(one, "after"))).collect()
}

#[test]
fn joins_and_splits_are_told_as_changes_of_the_reading_text_and_no_more() {
    let mut desk = Desk::open(RAW);
    let automatic = desk.text().to_owned();
    desk.go_to("罗永", false);
    desk.key(Modifiers::COMMAND, Key::J);
    desk.go_to("记者", false);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
    assert_eq!(desk.text(), automatic);
    desk.save();
    // The line feed is there again: nothing was changed.
    assert_eq!(saved_corrections(&desk), []);

    desk.go_to("群众", false);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
    desk.go_to("从市", false);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
    desk.go_to("群众", false);
    desk.key(Modifiers::COMMAND, Key::J);
    desk.save();
    let told = saved_corrections(&desk);
    let feed = |before: &str, after: &str| (before.to_owned(), after.to_owned());
    assert_eq!(told, [feed("", "\n"), feed("\n", ""), feed("", "\n")]);
    let blocks = desk.document().blocks().clone();
    let desk = desk.reopen(&["article.txt"]);
    assert_eq!(*desk.document().blocks(), blocks);
    assert_eq!(desk.document().automatic_text().as_str(), automatic);
    assert_eq!(corrected_paragraphs(desk.document()), []);
}

#[test]
fn all_of_a_paragraph_is_selected_and_typed_over_alone() {
    let mut desk = Desk::open(RAW);
    desk.tag("罗永", Key::Num1);
    desk.tag("王小明", Key::Num1);
    let before = desk.document().clone();
    let selected = |desk: &Desk| {
        let range = desk.sheet().selection.range();
        desk.document().text().slice(range).to_owned()
    };
    desk.go_to("群众", false);
    desk.key(Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&desk), before.text().as_str());
    desk.go_to("群众", false);
    desk.press(Key::F2);
    desk.key(Modifiers::COMMAND, Key::A);
    let paragraph = selected(&desk);
    assert!(
        paragraph.starts_with("市公安局") && paragraph.ends_with("百分点。"),
        "{paragraph}"
    );
    // However often it is asked for.
    desk.key(Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&desk), paragraph);
    desk.event(Event::Text("新".into()));
    assert_eq!(desk.text(), before.text().as_str().replace(&paragraph, "新"));
    assert_eq!(desk.document().blocks().len(), before.blocks().len());
    assert_eq!(desk.tagged(), ["王小明"]);
    // A paragraph that was emptied is not left for the article.
    desk.key(Modifiers::COMMAND, Key::A);
    desk.press(Key::Delete);
    desk.key(Modifiers::COMMAND, Key::A);
    desk.event(Event::Text("新".into()));
    assert_eq!(desk.text(), before.text().as_str().replace(&paragraph, "新"));
    assert_eq!(desk.document().blocks().len(), before.blocks().len());
}

#[test]
fn the_status_bar_says_how_a_paragraph_is_split_where_there_is_room() {
    let mut desk = Desk::open(RAW);
    desk.press(Key::F2);
    let is_said = |desk: &Desk, text: &str| desk.harness.query_by_label_contains(text).is_some();
    assert!(is_said(&desk, "Esc 结束 · Ctrl+Shift+Enter 分段"));
    desk.harness.set_size(egui::vec2(700.0, 600.0));
    desk.settle();
    assert!(is_said(&desk, "Esc 结束"));
    assert!(!is_said(&desk, "分段"));
}

/// What the saved file says of the tags: their texts with the raw characters that they stand for.
fn raw_of_tags(desk: &Desk) -> Vec<(String, String)> {
    let file = zhupi::formats::native::file_of(desk.document());
    let raw = &desk.document().source.text;
    let tags = file.spans.iter().map(|span| {
        let raw = span.raw.iter().map(|&range| raw.slice(range)).collect();
        (span.text.clone(), raw)
    });
    tags.collect()
}

fn is_told_lost(desk: &Desk, name: &str) -> bool {
    let notices = &desk.harness.state().model().notices;
    notices
        .iter()
        .any(|notice| matches!(notice.about, Some(About::Step(..))) && notice.text.contains(name))
}

fn erase(desk: &mut Desk, count: usize) {
    for _ in 0..count {
        desk.press(Key::Backspace);
    }
}

fn type_each(desk: &mut Desk, text: &str) {
    for c in text.chars() {
        desk.event(Event::Text(c.to_string()));
    }
}

#[test]
fn a_lost_tag_is_not_what_is_typed_next() {
    let mut desk = Desk::open(RAW);
    desk.tag("罗永", Key::Num1);
    desk.go_to("副局长罗永", true);
    desk.press(Key::F2);
    desk.press(Key::Delete);
    type_each(&mut desk, "总之");
    assert_eq!(desk.tagged(), [""; 0]);
    assert!(is_told_lost(&desk, "罗永"));
    // Its own text in its place is its own.
    type_each(&mut desk, "，罗永说");
    assert_eq!(desk.tagged(), ["罗永"]);
    assert!(!is_told_lost(&desk, "罗永"));
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.tagged(), ["罗永"]);
    assert!(desk.text().contains("副局长罗永介绍"));
}

#[test]
fn two_tags_in_a_stretch_do_not_come_back_on_what_is_pasted() {
    let mut desk = Desk::open(RAW);
    desk.tag("王小明", Key::Num1);
    desk.tag("市政府新闻办", Key::Num2);
    desk.go_to("王小明从市政府新闻办", true);
    desk.press(Key::F2);
    desk.press(Key::Delete);
    desk.event(Event::Paste("某人从某处".into()));
    assert_eq!(desk.tagged(), [""; 0]);
    assert!(is_told_lost(&desk, "王小明、市政府新闻办"));
    desk.key(Modifiers::COMMAND, Key::Z);
    desk.event(Event::Paste("王小明从市公安局".into()));
    assert_eq!(desk.tagged(), ["王小明"]);
    assert!(is_told_lost(&desk, "市政府新闻办") && !is_told_lost(&desk, "王小明"));
}

#[test]
fn what_is_cut_and_pasted_back_has_its_tags_as_they_were() {
    let mut desk = Desk::open(RAW);
    desk.tag("罗永", Key::Num1);
    let before = desk.document().clone();
    desk.go_to("局长罗永", true);
    desk.press(Key::F2);
    desk.event(Event::Cut);
    assert_eq!(desk.tagged(), [""; 0]);
    desk.event(Event::Paste("局长罗永".into()));
    assert_eq!(desk.document(), &before);
    // So has what is typed over itself.
    desk.go_to("局长罗永介绍", true);
    type_each(&mut desk, "局长罗永介绍");
    assert_eq!(desk.document(), &before);
    assert!(!is_told_lost(&desk, "罗永"));
}

/// A tag of which a part went with words beside it took in what was typed for those words.
#[test]
fn a_tag_does_not_take_in_what_is_typed_for_the_words_beside_it() {
    for is_deleted_first in [true, false] {
        let mut desk = Desk::open(RAW);
        desk.tag("市政府新闻办", Key::Num2);
        let before = desk.document().clone();
        desk.go_to("闻办获悉，", true);
        desk.press(Key::F2);
        if is_deleted_first {
            desk.press(Key::Delete);
        }
        type_each(&mut desk, "闻办获悉，");
        assert_eq!(desk.document(), &before, "{is_deleted_first}");
        desk.go_to("闻办获悉，", true);
        if is_deleted_first {
            desk.press(Key::Delete);
        }
        type_each(&mut desk, "闻署获悉，");
        // What is left of it is its own; 闻 stayed where it was typed over itself.
        let own = if is_deleted_first {
            "市政府新"
        } else {
            "市政府新闻"
        };
        assert_eq!(desk.tagged(), [own]);
        // The same where its beginning went.
        desk.go_to("明从市政", true);
        type_each(&mut desk, "明从巿政");
        assert_eq!(desk.tagged(), [own.trim_start_matches("市政")]);
    }
}

#[test]
fn a_tag_that_redo_takes_is_told_again() {
    let mut desk = Desk::open(RAW);
    desk.tag("罗永", Key::Num1);
    desk.go_to("罗永", true);
    desk.press(Key::F2);
    desk.press(Key::Delete);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert!(!is_told_lost(&desk, "罗永"));
    desk.key(Modifiers::COMMAND, Key::Y);
    assert!(is_told_lost(&desk, "罗永"));
}

#[test]
fn a_tag_with_other_text_alone_in_its_place_stays_lost() {
    let mut desk = Desk::open(RAW);
    desk.tag("罗永", Key::Num1);
    desk.go_to("罗永", true);
    desk.press(Key::F2);
    desk.press(Key::Delete);
    type_each(&mut desk, "此人");
    assert_eq!(desk.tagged(), [""; 0]);
    assert!(is_told_lost(&desk, "罗永"));
}

#[test]
fn characters_typed_again_stand_for_the_raw_text_again() {
    let mut desk = Desk::open(RAW);
    desk.tag("王小明", Key::Num1);
    let before = desk.document().clone();
    desk.go_to("从市", false);
    desk.press(Key::F2);
    erase(&mut desk, 3);
    type_each(&mut desk, "王小明");
    assert_eq!(desk.document(), &before);
    // What is typed behind a name that is whole again is not its own.
    type_each(&mut desk, "说");
    assert_eq!(desk.tagged(), ["王小明"]);
    erase(&mut desk, 4);
    type_each(&mut desk, "王小朋");
    assert_eq!(raw_of_tags(&desk), [("王小朋".to_owned(), "王小明".to_owned())]);
    let file = zhupi::formats::native::file_of(desk.document());
    assert_eq!(file.corrections.len(), 1);
    let one = &file.corrections[0];
    assert_eq!((&*one.before, &*one.after), ("明", "朋"));
    assert_eq!(desk.document().source.text.slice(one.raw[0]), "明");
    let desk = reopened(desk);
    assert_eq!(raw_of_tags(&desk), [("王小朋".to_owned(), "王小明".to_owned())]);
}

#[test]
fn a_value_follows_its_corrected_text_unless_it_was_given_by_hand() {
    let mut desk = Desk::open("  全长372.6公里的线路于昨日开通，沿线共有车站15座，市民感到满意。\n");
    desk.tag("372.6公里", Key::Num3);
    let value = |desk: &Desk| {
        let value = desk.document().spans()[0].mark.value.clone();
        value.and_then(|value| value["value"].as_str().map(str::to_owned))
    };
    assert_eq!(value(&desk).as_deref(), Some("372.6"));
    desk.go_to(".6公里", false);
    desk.press(Key::F2);
    erase(&mut desk, 1);
    type_each(&mut desk, "9");
    assert_eq!(desk.tagged(), ["379.6公里"]);
    assert_eq!(value(&desk).as_deref(), Some("379.6"));
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(value(&desk).as_deref(), Some("372.6"));
    desk.press(Key::Escape);
    // Replacing does so too.
    desk.go_to("372.6公里", true);
    desk.key(Modifiers::COMMAND, Key::H);
    desk.harness.get_by_label("替换为").focus();
    desk.harness.step();
    desk.event(Event::Text("37公里".into()));
    desk.click_on("全部替换（1 处）");
    assert_eq!(value(&desk).as_deref(), Some("37"));
}

#[test]
fn typing_over_a_selection_stays_in_its_paragraph() {
    let mut desk = Desk::open(RAW);
    let before = desk.text().to_owned();
    desk.go_to("更安全\n市公安局", true);
    desk.press(Key::F2);
    type_each(&mut desk, "新");
    assert_eq!(desk.text(), before.replace("\n市公安局", "\n新"));
    assert_eq!(desk.text().lines().count(), before.lines().count());
    desk.key(Modifiers::COMMAND, Key::Z);
    // Dragged over its end, the selection ends there.
    desk.go_to("百分点。\n记者", true);
    let selected = desk.sheet().selection.range();
    assert_eq!(desk.document().text().slice(selected), "百分点。");
    desk.press(Key::Delete);
    assert_eq!(desk.text(), before.replace("百分点。", ""));
}

#[test]
fn a_lost_tag_stays_listed_until_it_is_put_away() {
    let mut desk = Desk::open(RAW);
    desk.tag("罗永", Key::Num1);
    desk.go_to("副局长罗永", true);
    desk.press(Key::F2);
    desk.press(Key::Delete);
    desk.press(Key::Escape);
    let mut desk = reopened(desk);
    assert_eq!(desk.document().lost().len(), 1);
    desk.harness.get_by_role_and_label(Role::Tab, "检查").click();
    desk.settle();
    let is_listed = |desk: &Desk| {
        desk.harness
            .query_by_label_contains("“罗永”（人物）的标注没有了")
            .is_some()
    };
    desk.wait_for("the finding", is_listed);
    desk.click_on("忽略此提示");
    desk.wait_for("the finding put away", |desk| !is_listed(desk));
    // Typed again in its place it is there again.
    desk.go_to("介绍", false);
    desk.press(Key::F2);
    type_each(&mut desk, "副局长罗永");
    assert_eq!(desk.tagged(), ["罗永"]);
    assert!(desk.document().lost().is_empty() && desk.document().corrections().is_empty());
}

#[test]
fn f2_after_selecting_all_edits_the_first_block_not_the_last() {
    let mut desk = Desk::open(RAW);
    desk.key(Modifiers::COMMAND, Key::A);
    desk.key(Modifiers::NONE, Key::F2);
    let sheet = desk.harness.state().model().sheet().unwrap();
    assert!(sheet.correcting.is_on);
    assert_eq!(sheet.correcting.block, 0);
    assert!(sheet.selection.range().is_empty());
}

#[test]
fn keys_do_not_go_through_an_open_menu_to_the_text() {
    let mut desk = Desk::open(RAW);
    desk.go_to("介绍", false);
    let pos = desk.harness.ctx.content_rect().center();
    desk.button(pos, egui::PointerButton::Secondary, true, Modifiers::NONE);
    desk.button(pos, egui::PointerButton::Secondary, false, Modifiers::NONE);
    let caret = |desk: &Desk| desk.harness.state().model().sheet().unwrap().selection.caret;
    let before = caret(&desk);
    desk.key(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(caret(&desk), before);
    desk.key(Modifiers::NONE, Key::Escape);
    desk.key(Modifiers::NONE, Key::ArrowRight);
    assert_ne!(caret(&desk), before);
}
