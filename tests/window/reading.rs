//! How the article is looked at: where one was in it, what stands beside it, what is looked for.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Rect, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::desk::Desk;

/// An article of many paragraphs, each with its number in it, longer than any window.
fn long() -> String {
    let paragraph = |number: usize| {
        format!("　　第{number}段说，市水务局在各区更换了供水管道，居民用水比去年更稳定，漏损也少了。\n")
    };
    (1..=80).map(paragraph).collect()
}

/// The longest row of the reading text on the screen, in characters.
fn longest_row(desk: &Desk) -> usize {
    let nodes = desk.harness.root().children_recursive();
    let runs = nodes.map(|node| node.accesskit_node().data().clone());
    let rows = runs.filter(|data| data.role() == Role::TextRun);
    rows.filter_map(|data| data.value().map(|text| text.chars().count()))
        .max()
        .unwrap_or(0)
}

fn is_shown(desk: &Desk, label: &str) -> bool {
    desk.harness.query_by_label(label).is_some()
}

#[test]
fn an_article_opens_where_it_was_left() {
    let mut desk = Desk::open(&long());
    desk.go_to("第40段", false);
    let (caret, screen) = (desk.sheet().selection, desk.on_screen());
    assert!(!screen.contains("第1段") && screen.contains("第40段"), "{screen}");
    let top = desk.sheet().top;
    desk.close_window();
    assert!(!desk.saved_path().exists(), "looking changes nothing");

    let mut desk = desk.reopen(&["article.txt"]);
    assert_eq!((desk.sheet().selection, desk.sheet().top), (caret, top));
    assert!(desk.on_screen().contains("第40段"), "{}", desk.on_screen());
    assert!(!desk.on_screen().contains("第1段"));
    // The keys go on from there.
    desk.press(Key::F2);
    desk.event(Event::Text("甲".to_owned()));
    assert!(desk.text().contains("甲第40段"));
    assert_eq!(desk.sheet().top, top);
}

#[test]
fn an_article_that_was_closed_opens_where_it_was_left() {
    let mut desk = Desk::open(&long());
    desk.go_to("第50段", false);
    let (caret, top) = (desk.sheet().selection, desk.sheet().top);
    desk.key(Modifiers::COMMAND, Key::W);
    desk.wait_for("the article to close", |desk| {
        desk.harness.state().model().articles.is_empty()
    });
    desk.click_on("article.txt");
    desk.wait_for("the article to open", |desk| {
        desk.harness.state().model().sheet().is_some()
    });
    desk.settle();
    assert_eq!((desk.sheet().selection, desk.sheet().top), (caret, top));
}

#[test]
fn a_file_that_has_become_shorter_opens_at_its_end() {
    let mut desk = Desk::open(&long());
    desk.go_to("第60段", false);
    desk.close_window();
    let path = desk.folder.path().join("article.txt");
    std::fs::write(path, "　　市水务局介绍。\n").unwrap();
    let desk = desk.reopen(&["article.txt"]);
    assert_eq!(desk.sheet().selection.caret, desk.document().text().len());
    assert!(desk.on_screen().contains("市水务局介绍"));
}

#[test]
fn panels_give_way_before_the_text_gets_too_narrow() {
    let mut desk = Desk::open(&long());
    let shown = |desk: &Desk| {
        assert!(longest_row(desk) >= 20, "{}", longest_row(desk));
        let entities = desk.harness.query_by_role_and_label(Role::Tab, "检查").is_some();
        [is_shown(desk, "大纲"), is_shown(desk, "对照原文"), entities]
    };
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    desk.key(Modifiers::COMMAND, Key::Backslash);
    assert_eq!(shown(&desk), [true, true, true]);
    desk.harness.set_size(vec2(800.0, 600.0));
    desk.settle();
    assert_eq!(shown(&desk), [true, true, false]);
    // What is asked for comes; what was not asked for the longest goes.
    desk.key(Modifiers::NONE, Key::F10);
    assert_eq!(shown(&desk), [false, false, true]);
    desk.key(Modifiers::COMMAND, Key::Backslash);
    assert_eq!(shown(&desk), [false, true, false]);
    desk.harness.set_size(vec2(1280.0, 800.0));
    desk.settle();
    assert_eq!(shown(&desk), [true, true, true]);

    // Nothing was asked for since the window opened: the outline goes first.
    desk.close_window();
    let mut desk = desk.reopen(&["article.txt"]);
    desk.harness.set_size(vec2(1000.0, 700.0));
    desk.settle();
    assert_eq!(shown(&desk), [false, true, true]);
}

#[test]
fn panels_that_were_dragged_wide_leave_the_text_its_width() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("article.txt"), long()).unwrap();
    std::fs::create_dir(folder.path().join("settings")).unwrap();
    let settings = r#"{"language": "zh", "view": {"raw": true, "outline": true,
        "widths": {"raw": 900.0, "outline": 350.0, "right": 900.0}}}"#;
    std::fs::write(folder.path().join("settings/settings.json"), settings).unwrap();
    let mut desk = Desk::in_folder(folder, &["article.txt"]);
    for width in [2560.0, 1280.0, 1000.0, 800.0] {
        desk.harness.set_size(vec2(width, 700.0));
        desk.settle();
        assert!(longest_row(&desk) >= 20, "{width}: {}", longest_row(&desk));
    }
}

#[test]
fn what_is_typed_into_the_search_is_shown_at_once() {
    let mut desk = Desk::open(&long());
    desk.go_to("第20段", false);
    let (caret, before) = (desk.sheet().selection, desk.on_screen());
    desk.key(Modifiers::COMMAND, Key::F);
    desk.event(Event::Text("第7".to_owned()));
    // The first from the caret on, not the first of all.
    assert!(desk.on_screen().contains("第70段"), "{}", desk.on_screen());
    assert!(is_shown(&desk, "2 / 11"));
    desk.event(Event::Text("9段".to_owned()));
    assert!(desk.on_screen().contains("第79段"), "{}", desk.on_screen());
    assert_eq!(desk.sheet().selection, caret);
    desk.press(Key::Escape);
    assert_eq!(desk.sheet().selection, caret);
    assert!(desk.on_screen().contains("第20段"), "{before}");
    // The text has the keyboard again.
    desk.press(Key::ArrowRight);
    assert_eq!(desk.sheet().selection.caret.0, caret.caret.0 + 1);
}

#[test]
fn enter_goes_on_and_shift_enter_back() {
    let mut desk = Desk::open(&long());
    desk.go_to("第20段", false);
    desk.key(Modifiers::COMMAND, Key::F);
    desk.event(Event::Text("第3".to_owned()));
    assert!(is_shown(&desk, "2 / 11"));
    desk.press(Key::Enter);
    assert!(is_shown(&desk, "3 / 11"));
    desk.press(Key::Enter);
    desk.key(Modifiers::SHIFT, Key::Enter);
    assert!(is_shown(&desk, "3 / 11"));
    let range = desk.sheet().selection.range();
    assert_eq!(desk.document().text().slice(range), "第3");
    let (from, top) = (range.start, desk.sheet().top);
    desk.press(Key::Escape);
    assert_eq!((desk.sheet().selection.range().start, desk.sheet().top), (from, top));
}

#[test]
fn the_search_opens_without_moving_and_goes_on_from_the_caret() {
    let mut desk = Desk::open(&long());
    desk.key(Modifiers::COMMAND, Key::F);
    desk.event(Event::Text("段说".to_owned()));
    desk.press(Key::Escape);
    desk.go_to("第40段", false);
    let top = desk.sheet().top;
    // The last pattern is there, and typed over.
    desk.key(Modifiers::COMMAND, Key::F);
    assert!(is_shown(&desk, "0 / 80"));
    assert_eq!(desk.sheet().top, top);
    desk.press(Key::Enter);
    assert!(is_shown(&desk, "40 / 80"));
    desk.press(Key::Escape);
    desk.go_to("第60段", false);
    desk.key(Modifiers::COMMAND, Key::F);
    desk.event(Event::Text("居民".to_owned()));
    assert_eq!(desk.harness.state().model().find.pattern, "居民");
    assert!(is_shown(&desk, "60 / 80"));
    // What is selected is the place that one is at.
    desk.press(Key::Escape);
    desk.go_to("漏损", true);
    desk.key(Modifiers::COMMAND, Key::F);
    assert!(is_shown(&desk, "1 / 80"));
    desk.press(Key::Enter);
    assert!(is_shown(&desk, "2 / 80"));
}

#[test]
fn esc_closes_the_search_from_wherever_the_keyboard_is() {
    let mut desk = Desk::open(&long());
    let is_open = |desk: &Desk| is_shown(desk, "查找文字");
    desk.key(Modifiers::COMMAND, Key::H);
    desk.event(Event::Text("第30段".to_owned()));
    desk.harness.get_by_label("替换为").focus();
    desk.harness.step();
    desk.press(Key::Escape);
    assert!(!is_open(&desk));
    // From the text, where a click on one of the bar's buttons leaves it.
    desk.key(Modifiers::COMMAND, Key::H);
    desk.click_on("下一个");
    desk.press(Key::Escape);
    assert!(is_open(&desk), "first the selection goes");
    desk.press(Key::Escape);
    assert!(!is_open(&desk));
    desk.press(Key::ArrowRight);
    assert!(
        desk.document()
            .text()
            .slice(zhupi::text::CharRange::new(0.into(), desk.sheet().selection.caret))
            .ends_with("第30段说")
    );
}

#[test]
fn replacing_everywhere_and_undoing_it_keeps_the_view() {
    let mut desk = Desk::open(&long());
    desk.go_to("第40段", false);
    desk.key(Modifiers::COMMAND, Key::H);
    desk.event(Event::Text("水务局".to_owned()));
    desk.harness.get_by_label("替换为").focus();
    desk.harness.step();
    desk.event(Event::Text("供水管理局".to_owned()));
    let paragraph = |desk: &Desk| {
        let document = desk.document();
        let top = document.block_at(desk.sheet().top);
        (top, document.block_at(desk.sheet().selection.caret))
    };
    let before = paragraph(&desk);
    desk.click_on("全部替换（80 处）");
    assert_eq!(desk.text().matches("供水管理局").count(), 80);
    assert_eq!(paragraph(&desk), before);
    assert!(is_shown(&desk, "替换了 80 处"));
    desk.click_on("关闭");
    let before = paragraph(&desk);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.text().matches("供水管理局").count(), 0);
    assert_eq!(paragraph(&desk), before);
    assert!(is_shown(&desk, "撤销了 80 处替换"));
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(paragraph(&desk), before);
    assert!(is_shown(&desk, "重做了 80 处替换"));
    // The caret stays on its character all the while.
    let caret = desk.sheet().selection.caret;
    let text = desk.document().text();
    assert!(
        text.slice(zhupi::text::CharRange::new(caret, text.len()))
            .starts_with("第40段")
    );
}

#[test]
fn the_card_of_a_doubt_leaves_its_line_and_the_next_ones_free() {
    let line = "市民说，自已的事情自己办，感到十分满意，今后还会再来。";
    let text: String = (0..30)
        .map(|_| format!("　　{}\n", line.repeat(3).replace("自已", "自己")))
        .collect();
    let text = format!("{text}　　{}\n{text}", line.repeat(3));
    let mut desk = Desk::open(&text);
    desk.wait_for("the doubts", |desk| desk.sheet().doubts.revision.is_some());
    let sizes = [vec2(1280.0, 800.0), vec2(800.0, 600.0), vec2(2560.0, 1440.0)];
    for (nth, size) in sizes.into_iter().enumerate() {
        desk.harness.set_size(size);
        desk.settle();
        desk.press(Key::F8);
        desk.settle();
        let card = desk.harness.get_by_label("疑误");
        let parts = card
            .children_recursive()
            .filter(|node| node.accesskit_node().bounding_box().is_some());
        let card = parts.fold(Rect::NOTHING, |all, node| all.union(node.rect()));
        assert!(card.is_positive());
        let (from, to) = desk.place("自已", nth);
        let lines = Rect::from_min_max(pos2(from.x, from.y - 8.0), pos2(to.x, to.y + 60.0));
        assert!(!card.intersects(lines), "{size}: {card} {lines}");
    }
}

/// Where the raw text is, and its lines that are in sight.
fn raw(desk: &Desk) -> (Rect, String) {
    let mut nodes = desk.harness.get_all_by_role(Role::Document);
    let node = nodes.find(|node| node.accesskit_node().label().as_deref() == Some("对照原文"));
    let node = node.expect("the raw text is shown");
    (node.rect(), node.accesskit_node().value().unwrap_or_default())
}

fn raw_lines(desk: &Desk) -> String {
    raw(desk).1
}

/// Turns the wheel over what is under the mouse.
fn scroll(desk: &mut Desk, by: f32) {
    desk.event(Event::MouseWheel {
        source: egui::MouseWheelSource::Wheel,
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, by),
        phase: egui::TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    desk.harness.run_steps(60);
}

/// The raw lines stayed far above where the reading text had come to its end, and the other way around.
#[test]
fn the_text_and_its_raw_lines_come_to_their_ends_together() {
    let mut desk = Desk::open(&long());
    desk.key(Modifiers::COMMAND, Key::Backslash);
    for _ in 0..2 {
        desk.key(Modifiers::COMMAND, Key::End);
        assert!(raw_lines(&desk).contains("第80段"), "{}", raw_lines(&desk));
        desk.go_to("第40段", false);
        assert!(raw_lines(&desk).contains("第40段"), "{}", raw_lines(&desk));
        desk.key(Modifiers::COMMAND, Key::Home);
        assert!(raw_lines(&desk).contains("第1段"), "{}", raw_lines(&desk));
    }
    let over_raw = raw(&desk).0.center();
    for (by, last) in [(-100_000.0, "第80段"), (100_000.0, "第1段")] {
        desk.move_to(over_raw);
        scroll(&mut desk, by);
        assert!(raw_lines(&desk).contains(last), "{}", raw_lines(&desk));
        assert!(desk.on_screen().contains(last), "{}", desk.on_screen());
    }
}

/// Where all of the reading text is in sight, the raw lines follow the caret.
#[test]
fn the_raw_lines_of_a_short_text_follow_the_caret() {
    let raw: String = (0..120).map(|_| "云\n渡\n市\n").collect();
    let mut desk = Desk::open(&format!("　　始{raw}终\n"));
    desk.key(Modifiers::COMMAND, Key::Backslash);
    assert!(desk.on_screen().contains('始') && desk.on_screen().contains('终'));
    desk.key(Modifiers::COMMAND, Key::End);
    assert!(raw_lines(&desk).contains('终'), "{}", raw_lines(&desk));
    desk.key(Modifiers::COMMAND, Key::Home);
    assert!(raw_lines(&desk).contains('始'), "{}", raw_lines(&desk));
}

/// A drag over the raw lines selected, but offered no labels.
#[test]
fn a_drag_over_the_raw_lines_offers_the_labels() {
    let mut desk = Desk::open(&long());
    desk.key(Modifiers::COMMAND, Key::Backslash);
    let from = raw(&desk).0.min + vec2(90.0, 12.0);
    desk.drag(from, from + vec2(60.0, 0.0));
    let selected = desk.sheet().selection.range();
    assert!(selected.len() >= 2 && desk.sheet().palette, "{selected:?}");
    desk.press(Key::Num1);
    assert_eq!(
        desk.document().spans().iter().next().map(|span| span.range),
        Some(selected)
    );
}

/// Notices covered the last lines, which could not be scrolled any further.
#[test]
fn the_last_line_can_be_scrolled_clear_of_the_notices() {
    let mut desk = Desk::open(&long());
    desk.key(Modifiers::COMMAND, Key::End);
    let (pos, _) = desk.place("第80段", 0);
    desk.move_to(pos);
    scroll(&mut desk, -100_000.0);
    assert!(desk.place("第80段", 0).0.y < 600.0, "{}", desk.place("第80段", 0).0);
}

/// The tab of the checks stood in a second row.
#[test]
fn the_tabs_stand_in_one_row_in_english_too() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("article.txt"), long()).unwrap();
    std::fs::create_dir(folder.path().join("settings")).unwrap();
    let settings = r#"{"language": "en", "view": {"raw": true, "outline": true}}"#;
    std::fs::write(folder.path().join("settings/settings.json"), settings).unwrap();
    let desk = Desk::in_folder(folder, &["article.txt"]);
    let tabs: Vec<Rect> = desk.harness.get_all_by_role(Role::Tab).map(|tab| tab.rect()).collect();
    assert_eq!(tabs.len(), 4);
    assert!(tabs.iter().all(|tab| tab.top() == tabs[0].top()), "{tabs:?}");
}
