//! Annotations come back from other programs: into the article that they are of and no other, and the editor is told
//! before where they go.

use std::fs;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use zhupi::app::import::Found;

use crate::desk::Desk;

const RAW: &str = "　　市水务局局长陆𬱟鸿介绍，惠及4个区。\n";
/// Short notices that differ in a few characters.
const NOTICES: [(&str, &str); 3] = [
    ("art1.txt", "市水务局昨日通报，全市查处.8万余起。\n"),
    ("art2.txt", "市水务局昨日通报，全市查处2.8万余起。\n"),
    ("art3.txt", "市水务局昨日通报，全市查处3.9万余起。\n"),
];

fn says(desk: &Desk, text: &str) -> bool {
    desk.harness.query_all_by_label_contains(text).next().is_some()
}

fn import(desk: &mut Desk, name: &str) {
    let path = desk.folder.path().join(name);
    desk.click_on("文件");
    desk.click_on("导入…");
    desk.key(Modifiers::COMMAND, Key::A);
    desk.harness.event(egui::Event::Text(path.display().to_string()));
    desk.harness.step();
    desk.press(Key::Enter);
    desk.wait_for("the files", |desk| {
        desk.harness.state().model().exchange.import.found.is_some()
    });
    desk.settle();
}

/// What was read of the files.
fn found(desk: &Desk) -> Found {
    desk.harness.state().model().exchange.import.found.clone().unwrap()
}

fn write_lines(desk: &Desk, name: &str, lines: &[serde_json::Value]) {
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    fs::write(desk.folder.path().join(name), lines).unwrap();
}

/// A desk of the notices, the first of them open.
fn notices() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in NOTICES {
        fs::write(folder.path().join(name), text).unwrap();
    }
    Desk::in_folder(folder, &NOTICES.map(|(name, _)| name))
}

/// A line for a text with its figure tagged.
fn line(name: &str, text: &str) -> serde_json::Value {
    let end = text.chars().position(|c| c == '。').unwrap();
    serde_json::json!({ "id": name, "text": text, "label": [[13, end, "QUANTITY"]] })
}

fn tags_of(desk: &Desk, place: usize) -> Vec<String> {
    let article = &desk.harness.state().model().articles[place];
    let document = &article.sheet.as_ref().unwrap().document;
    let spans = document.spans().iter();
    spans.map(|span| document.covered(span).to_owned()).collect()
}

#[test]
fn each_text_goes_into_its_own_article_opened_or_not() {
    let mut desk = notices();
    let open = |desk: &Desk| {
        let articles = &desk.harness.state().model().articles;
        articles.iter().filter(|article| article.sheet.is_some()).count()
    };
    assert_eq!(open(&desk), 1);
    write_lines(&desk, "all.jsonl", &NOTICES.map(|(name, text)| line(name, text)));
    import(&mut desk, "all.jsonl");
    for (name, _) in NOTICES {
        assert!(says(&desk, &format!("并入“{name}”：1 处新标注")), "{name}");
    }
    desk.click_on("导入");
    desk.settle();
    assert_eq!(tags_of(&desk, 0), [".8万余起"]);
    assert_eq!(tags_of(&desk, 1), ["2.8万余起"]);
    assert_eq!(tags_of(&desk, 2), ["3.9万余起"]);
    assert_eq!(desk.harness.state().model().articles.len(), 3);
}

#[test]
fn a_like_text_does_not_go_into_the_open_article() {
    let mut desk = Desk::open(NOTICES[0].1);
    write_lines(&desk, "in.jsonl", &[line("art2.txt", NOTICES[1].1)]);
    import(&mut desk, "in.jsonl");
    let found = found(&desk);
    assert!(found.merges.is_empty());
    let path = desk.folder.path().join("annotations").join("art2.json");
    assert_eq!(found.new[0].path, path);
    assert!(says(&desk, &path.display().to_string()));
}

#[test]
fn a_tag_on_other_words_is_told_and_not_clipped() {
    let mut desk = Desk::open(NOTICES[0].1);
    let mut changed = line("article.txt", NOTICES[1].1);
    changed["label"] = serde_json::json!([[0, 4, "ORG"], [13, 19, "QUANTITY"]]);
    write_lines(&desk, "in.jsonl", &[changed]);
    import(&mut desk, "in.jsonl");
    assert!(says(&desk, "并入“article.txt”：1 处新标注，0 处已有，1 处无法定位"));
    assert!(says(&desk, "无法定位：2.8万余起 → .8万余起"));
    desk.click_on("导入");
    assert_eq!(desk.tags(), ["市水务局|unit"]);
}

#[test]
fn an_article_gets_one_text_and_keeps_its_own() {
    let mut desk = Desk::open(RAW);
    let text = desk.document().text().as_str().to_owned();
    let tagged = |text: &str| serde_json::json!({ "id": "article.txt", "text": text, "label": [[0, 4, "ORG"]] });
    let lines = [tagged(&text), tagged(&text), tagged("完全是另外一篇文章的内容")];
    write_lines(&desk, "in.jsonl", &lines);
    import(&mut desk, "in.jsonl");
    let found = found(&desk);
    assert_eq!(
        (found.merges.len(), found.new.len(), found.diagnostics.len()),
        (1, 0, 2)
    );
    assert!(says(&desk, "这些文件中已有另一篇并入文稿“article.txt”"));
    write_lines(&desk, "other.jsonl", &lines[2..]);
    desk.click_on("取消");
    import(&mut desk, "other.jsonl");
    assert!(says(&desk, "文稿“article.txt”的文字与此不同，不导入"));
}

#[test]
fn an_article_that_cannot_be_opened_is_to_be_opened_first() {
    let mut desk = notices();
    let saved = desk.folder.path().join("annotations");
    fs::create_dir_all(&saved).unwrap();
    fs::write(saved.join("art2.json"), "{broken").unwrap();
    write_lines(&desk, "in.jsonl", &[line("art2.txt", NOTICES[1].1)]);
    import(&mut desk, "in.jsonl");
    assert!(says(&desk, "art2.txt: 请先打开这篇文稿"));
    assert!(found(&desk).is_empty());
}

#[test]
fn an_offset_beyond_the_text_is_an_error_with_its_line() {
    let mut desk = Desk::open(RAW);
    fs::write(
        desk.folder.path().join("in.jsonl"),
        r#"{"text":"abc","label":[[0,9,"x"]]}"#,
    )
    .unwrap();
    import(&mut desk, "in.jsonl");
    assert_eq!(desk.harness.state().model().exchange.import.format, Some("jsonl"));
    assert!(says(&desk, "in.jsonl:1: 标注“x”的位置 0–9 超出了文本的 3 个字"));
}

#[test]
fn a_cut_parquet_file_is_called_damaged() {
    let mut desk = Desk::open(RAW);
    fs::write(
        desk.folder.path().join("in.parquet"),
        b"PAR1\x15\x04\x15\n\t\xff\0words\n",
    )
    .unwrap();
    import(&mut desk, "in.parquet");
    assert!(says(&desk, "in.parquet: Parquet 文件已损坏"));
    assert!(found(&desk).is_empty());
}

#[test]
fn an_import_is_merged_into_the_open_article_in_one_step() {
    let mut desk = Desk::open(RAW);
    desk.tag("4个", Key::Num3);
    let text = desk.document().text().as_str().to_owned();
    let line = serde_json::json!({ "text": text, "label": [[0, 4, "ORG"], [6, 9, "PER"]] });
    fs::write(desk.folder.path().join("in.doccano.jsonl"), format!("{line}\n")).unwrap();
    import(&mut desk, "in.doccano.jsonl");
    assert_eq!(desk.harness.state().model().exchange.import.format, Some("doccano"));
    assert!(says(&desk, "并入“article.txt”：2 处新标注"));
    assert_eq!(desk.tags(), ["4个|figure"]);
    desk.click_on("导入");
    assert_eq!(desk.tags(), ["市水务局|unit", "陆𬱟鸿|person", "4个|figure"]);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.tags(), ["4个|figure"]);
}

#[test]
fn the_good_part_is_imported_only_when_asked_for() {
    let mut desk = Desk::open(RAW);
    let line = serde_json::json!({ "text": "县供销社。", "label": [[0, 4, "ORG"]] });
    fs::write(desk.folder.path().join("in.jsonl"), format!("{line}\n{{broken\n")).unwrap();
    import(&mut desk, "in.jsonl");
    assert!(says(&desk, "in.jsonl:2"));
    desk.click_on("只导入完好的部分");
    desk.wait_for("the new article", |desk| {
        desk.document().text().as_str() == "县供销社。"
    });
    assert_eq!(desk.tags(), ["县供销社|unit"]);
    assert_eq!(desk.harness.state().model().articles.len(), 2);
}

/// A source that lay beside the files but was not in the list got whatever was imported under its name as its saved file.
#[test]
fn a_source_beside_gets_only_annotations_of_its_own_text_and_that_is_said() {
    for (source, said, saved, opened) in [
        ("县供销社。\n", "旁边的“b.txt”文字相同，还没有标注", "b.json", "b.txt"),
        (
            "完全是另外一篇。\n",
            "旁边的“b.txt”文字不同或已有标注",
            "b-2.json",
            "b-2.json",
        ),
    ] {
        let mut desk = Desk::open(RAW);
        fs::write(desk.folder.path().join("b.txt"), source).unwrap();
        let line = serde_json::json!({ "id": "b.txt", "text": "县供销社。", "label": [[0, 4, "ORG"]] });
        write_lines(&desk, "in.jsonl", &[line]);
        import(&mut desk, "in.jsonl");
        assert!(says(&desk, said), "{said}");
        desk.click_on("导入");
        desk.wait_for("the new article", |desk| {
            let article = desk.harness.state().model().articles.last().unwrap();
            article.sheet.is_some() && article.path.ends_with(opened)
        });
        assert_eq!(desk.tags(), ["县供销社|unit"]);
        assert!(desk.folder.path().join("annotations").join(saved).is_file());
        // The source says nothing of having changed, and one with another text has no annotations.
        let mut desk = desk.reopen(&["b.txt"]);
        assert!(desk.harness.state().model().notices.is_empty());
        let is_same = opened == "b.txt";
        assert_eq!(desk.document().spans().is_empty(), !is_same);
        desk.settle();
    }
}

/// An archive's journals stayed in it.
#[test]
fn an_archive_brings_its_history_back() {
    let mut desk = Desk::open(RAW);
    desk.tag("4个", Key::Num3);
    desk.save();
    desk.key(Modifiers::COMMAND, Key::E);
    desk.settle();
    desk.harness.event(egui::Event::Text("archive".to_owned()));
    desk.settle();
    desk.press(Key::Enter);
    desk.wait_for("the count", |desk| desk.harness.state().model().exchange.is_counted());
    desk.settle();
    desk.click_on("导出到…");
    let path = desk.folder.path().join("x.zip");
    desk.key(Modifiers::COMMAND, Key::A);
    desk.harness.event(egui::Event::Text(path.display().to_string()));
    desk.harness.step();
    desk.press(Key::Enter);
    desk.wait_for("the archive", |_| path.is_file());
    let journal = |desk: &Desk| {
        let path = desk.folder.path().join("annotations/journal/article.jsonl");
        fs::read_to_string(path).unwrap()
    };
    let history = journal(&desk);
    assert!(history.contains("tag added"));

    let elsewhere = Desk::open("别的一篇。\n");
    fs::rename(
        elsewhere.folder.path().join("article.txt"),
        elsewhere.folder.path().join("other.txt"),
    )
    .unwrap();
    fs::copy(&path, elsewhere.folder.path().join("x.zip")).unwrap();
    let mut elsewhere = elsewhere.reopen(&["other.txt"]);
    import(&mut elsewhere, "x.zip");
    elsewhere.click_on("导入");
    elsewhere.wait_for("the article", |desk| desk.harness.state().model().articles.len() == 2);
    elsewhere.wait_for("it to open", |desk| desk.harness.state().model().opening.is_empty());
    assert_eq!(journal(&elsewhere), history);
    elsewhere.settle();
    elsewhere.tag("市水务局", Key::Num2);
    elsewhere.save();
    let longer = journal(&elsewhere);
    assert!(longer.starts_with(&history) && longer.lines().count() > history.lines().count());

    // Into an article of the list that has no history yet it comes before what the article's own steps say.
    let mut fresh = Desk::open(RAW);
    fs::copy(&path, fresh.folder.path().join("x.zip")).unwrap();
    import(&mut fresh, "x.zip");
    fresh.click_on("导入");
    assert_eq!(fresh.tags(), ["4个|figure"]);
    fresh.save();
    let longer = journal(&fresh);
    assert!(longer.starts_with(&history) && longer.lines().count() > history.lines().count());
    // One that has a history keeps it as it is.
    desk.tag("市水务局", Key::Num2);
    desk.save();
    let own = journal(&desk);
    import(&mut desk, "x.zip");
    desk.click_on("导入");
    desk.save();
    assert!(journal(&desk).starts_with(&own));
}
