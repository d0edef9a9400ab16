//! Annotations leave for other programs and come back, and the editor is told before what that costs.

use std::fs;
use std::time::{Duration, Instant};

use egui::accesskit::{Live, Role};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use zhupi::app::dialog::Dialog;
use zhupi::app::notices::Weight;

use crate::desk::Desk;

const RAW: &str = "　　市水务局局长陆𬱟鸿介绍，惠及4个区。\n";

/// A desk with three tags, one of them inside another.
fn tagged() -> Desk {
    let mut desk = Desk::open(RAW);
    desk.tag("市水务局", Key::Num2);
    desk.tag("陆𬱟鸿", Key::Num1);
    desk.tag("4个", Key::Num3);
    desk
}

fn open_export(desk: &mut Desk) {
    desk.key(Modifiers::COMMAND, Key::E);
    counted(desk);
}

fn counted(desk: &mut Desk) {
    desk.settle();
    desk.wait_for("the count", |desk| desk.harness.state().model().exchange.is_counted());
    desk.settle();
}

fn choose(desk: &mut Desk, format: &str) {
    desk.harness.get_by_label(format).scroll_to_me();
    desk.settle();
    desk.click_on(format);
    counted(desk);
}

fn says(desk: &Desk, text: &str) -> bool {
    desk.harness.query_all_by_label_contains(text).next().is_some()
}

/// Types the target into the path box and waits for the notice.
fn write_to(desk: &mut Desk, name: &str) {
    desk.click_on("导出到…");
    type_path(desk, name);
}

fn type_path(desk: &mut Desk, name: &str) {
    let path = desk.folder.path().join(name);
    desk.key(Modifiers::COMMAND, Key::A);
    desk.harness.event(egui::Event::Text(path.display().to_string()));
    desk.harness.step();
    desk.press(Key::Enter);
}

fn written(desk: &mut Desk) -> String {
    desk.wait_for("the export", |desk| {
        desk.harness.state().model().exchange.under.is_none()
    });
    desk.settle();
    let notices = &desk.harness.state().model().notices;
    notices.last().map(|notice| notice.text.clone()).unwrap_or_default()
}

#[test]
fn doccano_is_counted_written_and_proven() {
    let mut desk = tagged();
    open_export(&mut desk);
    choose(&mut desk, "doccano");
    assert!(says(&desk, "1 篇 · 3 处标注"));
    write_to(&mut desk, "out.jsonl");
    let notice = written(&mut desk);
    assert!(notice.contains("3 / 3"), "{notice}");
    let line = fs::read_to_string(desk.folder.path().join("out.jsonl")).unwrap();
    assert!(line.contains(r#"[6,9,"person"]"#), "{line}");
    assert!(!desk.folder.path().join(".out.jsonl.part").exists());
}

#[test]
fn a_file_is_not_written_over_unasked() {
    let mut desk = tagged();
    let path = desk.folder.path().join("out.jsonl");
    fs::write(&path, "kept").unwrap();
    open_export(&mut desk);
    choose(&mut desk, "doccano");
    write_to(&mut desk, "out.jsonl");
    written(&mut desk);
    assert_eq!(fs::read_to_string(&path).unwrap(), "kept");
    desk.click_on("取消");
    counted(&mut desk);
    assert!(says(&desk, "1 篇 · 3 处标注"));
    write_to(&mut desk, "out.jsonl");
    written(&mut desk);
    desk.click_on("覆盖");
    written(&mut desk);
    assert!(fs::read_to_string(&path).unwrap().contains("陆𬱟鸿"));
}

#[test]
fn brat_goes_into_a_folder() {
    let mut desk = tagged();
    open_export(&mut desk);
    choose(&mut desk, "brat");
    write_to(&mut desk, "brat");
    let notice = written(&mut desk);
    assert!(notice.contains("3 / 3"), "{notice}");
    let tags = fs::read_to_string(desk.folder.path().join("brat/article.ann")).unwrap();
    assert_eq!(tags.lines().filter(|line| line.starts_with('T')).count(), 3, "{tags}");
}

#[test]
fn the_loss_of_a_nested_tag_is_said_before() {
    let mut desk = tagged();
    desk.tag("水务局", Key::Num2);
    open_export(&mut desk);
    choose(&mut desk, "conll-bio");
    assert!(says(&desk, "1 处重叠的标注将舍去 – 水务局"));
    assert!(says(&desk, "1 篇 · 3 处标注"));
    desk.click_on("内层");
    counted(&mut desk);
    assert!(says(&desk, "1 处重叠的标注将舍去 – 市水务局"));
}

#[test]
fn names_of_labels_are_remembered_for_each_format() {
    let mut desk = tagged();
    open_export(&mut desk);
    choose(&mut desk, "doccano");
    desk.click_on("“人物”在文件中的名称");
    desk.harness.event(egui::Event::Text("NR".to_owned()));
    desk.harness.step();
    counted(&mut desk);
    write_to(&mut desk, "out.jsonl");
    written(&mut desk);
    let line = fs::read_to_string(desk.folder.path().join("out.jsonl")).unwrap();
    assert!(line.contains("\"NR\"") && !line.contains("PER"), "{line}");
    let settings = &desk.harness.state().model().settings;
    assert_eq!(settings.export.names["doccano"]["person"], "NR");
    assert_eq!(settings.export.format, "doccano");
}

/// The dialog forgot scope, status, layer and all else each time it was opened.
#[test]
fn what_is_chosen_is_there_again_when_the_dialog_opens_and_after_a_restart() {
    let mut desk = tagged();
    desk.save();
    fs::write(desk.folder.path().join("b.txt"), "县供销社。\n").unwrap();
    let mut desk = desk.reopen(&["article.txt", "b.txt"]);
    open_export(&mut desk);
    choose(&mut desk, "conll-bio");
    for control in ["全部文稿（2）", "只要已确认的", "只要已完成的文稿", "原始文本", "最长"] {
        desk.click_on(control);
        counted(&mut desk);
    }
    desk.harness.get_by_role_and_label(Role::CheckBox, "地点").click();
    counted(&mut desk);
    desk.click_on("取消");
    let chosen = |desk: &Desk| desk.harness.state().model().exchange.plan.clone().unwrap().chosen;
    let left = chosen(&desk);
    assert!(!left.only_accepted && left.only_done && left.without == ["place".into()]);
    open_export(&mut desk);
    assert_eq!(chosen(&desk), left);
    desk.press(Key::Escape);
    let mut desk = desk.reopen(&["article.txt", "b.txt"]);
    open_export(&mut desk);
    assert_eq!(chosen(&desk), left);
}

#[test]
fn a_format_is_found_by_typing_and_taken_with_enter() {
    let mut desk = tagged();
    open_export(&mut desk);
    assert!(says(&desk, "训练模型") && says(&desk, "完整保存"));
    // The field has the keyboard from the start.
    desk.harness.event(egui::Event::Text("tei".to_owned()));
    desk.settle();
    assert!(says(&desk, "tei") && !says(&desk, "doccano") && !says(&desk, "训练模型"));
    desk.press(Key::Enter);
    counted(&mut desk);
    assert!(says(&desk, "预览：article.xml"));
    desk.key(Modifiers::COMMAND, Key::A);
    desk.harness.event(egui::Event::Text("conll".to_owned()));
    desk.settle();
    for (key, format) in [
        (Key::ArrowDown, "conll-bio"),
        (Key::ArrowDown, "conll-bioes"),
        (Key::ArrowUp, "conll-bio"),
    ] {
        desk.press(key);
        let plan = desk.harness.state().model().exchange.plan.as_ref().unwrap();
        assert_eq!(plan.chosen.format, format);
    }
}

/// Messages of exports piled up, framed like errors, and none went away.
#[test]
fn a_success_goes_away_by_itself_but_not_while_it_is_looked_at() {
    let mut desk = tagged();
    open_export(&mut desk);
    choose(&mut desk, "doccano");
    write_to(&mut desk, "out.jsonl");
    let text = written(&mut desk);
    let is_there = |desk: &Desk| {
        let notices = &desk.harness.state().model().notices;
        notices
            .iter()
            .any(|notice| notice.text == text && notice.weight == Weight::Passing)
    };
    assert!(is_there(&desk));
    let node = desk.harness.get_by_label(&text);
    assert_eq!(node.accesskit_node().live(), Live::Polite);
    let middle = node.rect().center();
    let stays = desk.harness.state().model().notices.last().unwrap().stays().unwrap();
    desk.move_to(middle);
    let since = Instant::now();
    while since.elapsed() < stays + Duration::from_secs(1) {
        desk.harness.step();
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(is_there(&desk));
    desk.move_to(egui::pos2(900.0, 20.0));
    desk.wait_for("the notice to go", |desk| !is_there(desk));
}

#[test]
fn a_failure_stays_until_it_is_closed() {
    let mut desk = tagged();
    fs::create_dir(desk.folder.path().join("out.jsonl")).unwrap();
    open_export(&mut desk);
    choose(&mut desk, "doccano");
    write_to(&mut desk, "out.jsonl");
    let text = written(&mut desk);
    let notice = desk.harness.state().model().notices.last().unwrap().clone();
    assert_eq!((notice.weight, notice.stays()), (Weight::Lasting, None));
    let node = desk.harness.get_by_label(&text);
    assert_eq!(node.accesskit_node().live(), Live::Assertive);
    desk.click_on("关闭");
    assert!(!says(&desk, &text));
    // Many are put away together.
    for name in ["1.jsonl", "2.jsonl", "3.jsonl"] {
        fs::create_dir(desk.folder.path().join(name)).unwrap();
        open_export(&mut desk);
        write_to(&mut desk, name);
        written(&mut desk);
    }
    assert_eq!(desk.harness.state().model().notices.len(), 3);
    desk.click_on("全部关闭（3）");
    assert!(desk.harness.state().model().notices.is_empty());
}

#[test]
fn nothing_accepted_is_said_before() {
    let mut desk = Desk::open(RAW);
    open_export(&mut desk);
    assert!(says(&desk, "没有符合条件的标注") && !says(&desk, "0 条"));
}

#[test]
fn all_articles_go_out_opened_or_not() {
    let mut desk = tagged();
    desk.save();
    fs::write(desk.folder.path().join("b.txt"), "县供销社。\n").unwrap();
    let mut desk = desk.reopen(&["b.txt", "article.txt"]);
    desk.tag("县供销社", Key::Num2);
    assert!(desk.harness.state().model().articles[1].sheet.is_none());
    open_export(&mut desk);
    desk.click_on("全部文稿（2）");
    counted(&mut desk);
    assert!(says(&desk, "2 篇 · 4 处标注"));
    choose(&mut desk, "doccano");
    write_to(&mut desk, "out.jsonl");
    let notice = written(&mut desk);
    assert!(notice.contains("4 / 4"), "{notice}");
}

#[test]
fn articles_are_dealt_into_sets_with_counts_before_and_a_card() {
    let mut desk = tagged();
    desk.save();
    fs::write(desk.folder.path().join("b.txt"), "县供销社。\n").unwrap();
    let mut desk = desk.reopen(&["b.txt", "article.txt"]);
    desk.tag("县供销社", Key::Num2);
    desk.save();
    open_export(&mut desk);
    assert!(!says(&desk, "分为训练、开发、测试集"));
    desk.click_on("全部文稿（2）");
    counted(&mut desk);
    desk.click_on("分为训练、开发、测试集");
    counted(&mut desk);
    choose(&mut desk, "doccano");
    assert!(says(&desk, "1 篇 · 3 处标注") && says(&desk, "1 篇 · 1 处标注"));
    write_to(&mut desk, "sets");
    let notice = written(&mut desk);
    assert!(notice.contains("4 / 4"), "{notice}");
    let card = fs::read_to_string(desk.folder.path().join("sets/README.md")).unwrap();
    assert!(
        card.contains("| set | documents | accepted tags | suggested tags |"),
        "{card}"
    );
    let lines = ["train", "dev", "test"].map(|set| {
        let path = desk.folder.path().join("sets").join(set).join("doccano.jsonl");
        fs::read_to_string(path).unwrap_or_default().lines().count()
    });
    assert_eq!(lines.iter().sum::<usize>(), 2);
}

fn typed(desk: &Desk) -> String {
    match &desk.harness.state().model().dialog {
        Some(Dialog::Path { typed, .. }) => typed.clone(),
        other => panic!("{other:?}"),
    }
}

/// The path of the example's pseudo folder was proposed, and a folder called `zhupi:` was made.
#[test]
fn the_example_is_exported_into_a_folder_that_there_is() {
    let mut desk = tagged();
    desk.click_on("文件");
    desk.click_on("打开示例");
    desk.wait_for("the example", |desk| desk.harness.state().model().articles.len() == 2);
    desk.settle();
    open_export(&mut desk);
    choose(&mut desk, "jsonl");
    desk.click_on("导出到…");
    let proposed = typed(&desk);
    let here = std::env::current_dir().unwrap().join("example.jsonl");
    assert_eq!(proposed, here.display().to_string());
}

#[test]
fn what_makes_several_files_asks_for_a_folder_and_says_that_it_will_be_made() {
    let mut desk = tagged();
    open_export(&mut desk);
    choose(&mut desk, "jsonl");
    desk.click_on("导出到…");
    assert!(typed(&desk).ends_with("/article.jsonl"), "{}", typed(&desk));
    assert!(desk.harness.query_by_label("文件的完整路径").is_some());
    assert!(!says(&desk, "将新建文件夹"));
    desk.press(Key::Escape);
    counted(&mut desk);
    choose(&mut desk, "brat");
    desk.click_on("导出到…");
    assert!(desk.harness.query_by_label("文件夹的完整路径").is_some());
    assert!(says(&desk, "将新建文件夹：") && typed(&desk).ends_with("/export-brat"));
}

/// A small window cut off the right column of the export dialog.
#[test]
fn a_small_window_shows_all_of_the_export_dialog() {
    let mut desk = tagged();
    desk.harness.set_size(egui::vec2(800.0, 600.0));
    open_export(&mut desk);
    choose(&mut desk, "brat");
    for text in ["1 篇 · 3 处标注", "预览：article.ann"] {
        let rect = desk.harness.get_by_label(text).rect();
        assert!(rect.min.x >= 0.0 && rect.max.x <= 800.0, "{text} {rect}");
    }
}
