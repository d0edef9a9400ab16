//! The window's own work on the reading text: lines joined, split and moved, characters corrected; the tags stay on
//! their words, one undo brings each back, and all of it is there when the file is opened again.
#![cfg(feature = "window")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use zhupi::annot::Document;
use zhupi::app::sheet::Sheet;
use zhupi::app::{Start, Zhupi};

const RAW: &str = "\u{FEFF}治理更精准 城市更安全\r\n\r\n  市公安局副局长罗永介绍，今年以来\r\n全市共破获案件25.9万起，群众安全感\r\n比去年同期提高了三个百分点。\r\n  记者王小明从市政府新闻办获悉，第\r\n四场发布会将于下周举行。\r\n";

struct Desk {
    harness: Harness<'static, Zhupi>,
    _folder: tempfile::TempDir,
    path: std::path::PathBuf,
}

impl Desk {
    fn new() -> Self {
        Self::reading(RAW)
    }

    fn reading(raw: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, raw).unwrap();
        fs::write(folder.path().join("settings.json"), r#"{"language":"zh"}"#).unwrap();
        let mut desk = Self {
            harness: open(&path),
            _folder: folder,
            path,
        };
        desk.until(|sheet| !sheet.document.text().is_empty());
        desk
    }

    /// Opens the saved file in another window.
    fn opened_again(mut self) -> Self {
        self.until(|sheet| !sheet.is_unsaved());
        self.harness = open(&self.path);
        self.until(|sheet| !sheet.document.text().is_empty());
        self
    }

    fn until(&mut self, is_reached: impl Fn(&Sheet) -> bool) {
        let since = Instant::now();
        loop {
            self.harness.step();
            if self.harness.state().model().sheet().is_some_and(&is_reached) {
                break;
            }
            assert!(since.elapsed() < Duration::from_secs(60), "waited too long");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn sheet(&self) -> &Sheet {
        self.harness.state().model().sheet().unwrap()
    }

    fn document(&self) -> &Document {
        &self.sheet().document
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.step();
        self.harness.step();
    }

    fn event(&mut self, event: Event) {
        self.harness.event(event);
        self.harness.step();
        self.harness.step();
    }

    /// Puts the caret before `word`, or selects it, with the keyboard.
    fn go_to(&mut self, word: &str, is_selected: bool) {
        let text = self.document().text().as_str();
        let place = text[..text.find(word).unwrap()].chars().count();
        let len = word.chars().count();
        self.key(Modifiers::COMMAND, Key::Home);
        for _ in 0..place {
            self.key(Modifiers::NONE, Key::ArrowRight);
        }
        for _ in 0..if is_selected { len } else { 0 } {
            self.key(Modifiers::SHIFT, Key::ArrowRight);
        }
    }

    /// The tags as they read.
    fn tags(&self) -> Vec<String> {
        let document = self.document();
        document
            .spans()
            .iter()
            .map(|span| document.covered(span).to_owned())
            .collect()
    }

    fn tag(&mut self, word: &str, key: Key) {
        self.go_to(word, true);
        self.key(Modifiers::NONE, key);
        self.key(Modifiers::NONE, Key::Escape);
    }

    /// The reading text, one block a line.
    fn text(&self) -> String {
        self.document().text().as_str().to_owned()
    }

    fn has_text(&self, text: &str) -> bool {
        self.text().contains(text)
    }
}

fn open(path: &Path) -> Harness<'static, Zhupi> {
    let start = Start {
        paths: vec![path.to_owned()],
        settings_folder: path.parent().map(Path::to_owned),
        ..Start::default()
    };
    Harness::builder()
        .with_size([1200.0, 800.0])
        .build_eframe(move |cc| Zhupi::new(&cc.egui_ctx, start))
}

#[test]
fn lines_are_joined_split_and_moved_with_their_tags() {
    let mut desk = Desk::new();
    desk.tag("罗永", Key::Num1);
    desk.tag("王小明", Key::Num1);
    let before = desk.document().clone();
    let lines = before.blocks().len();

    desk.go_to("罗永", false);
    desk.key(Modifiers::COMMAND, Key::J);
    assert_eq!(desk.document().blocks().len(), lines - 1);
    assert!(desk.has_text("百分点。记者王小明"), "{}", desk.text());
    assert_eq!(desk.tags(), ["罗永", "王小明"]);

    desk.go_to("群众", false);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
    assert!(desk.has_text("万起，\n群众"));
    assert_eq!(desk.tags(), ["罗永", "王小明"]);

    desk.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(desk.tags(), ["王小明", "罗永"]);
    assert!(desk.has_text("\n群众安全感"));
    desk.key(Modifiers::ALT, Key::Num3);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    let after = desk.document().clone();

    let mut desk = desk.opened_again();
    assert_eq!(desk.text(), after.text().as_str());
    assert_eq!(desk.document().blocks(), after.blocks());
    assert_eq!(desk.tags(), ["王小明", "罗永"]);
    assert_eq!(desk.document().source.text.as_str(), RAW.trim_start_matches('\u{FEFF}'));
    desk.go_to("群众", false);
    desk.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(desk.tags(), ["罗永", "王小明"]);
}

#[test]
fn each_is_one_step_for_undo() {
    let mut desk = Desk::new();
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
    let mut desk = Desk::new();
    desk.tag("罗永", Key::Num1);
    let before = desk.document().clone();
    desk.go_to("介绍", false);
    desk.key(Modifiers::NONE, Key::F2);
    desk.key(Modifiers::NONE, Key::Backspace);
    desk.event(Event::Ime(ImeEvent::Preedit {
        text: "yong".into(),
        active_range_chars: None,
    }));
    assert_eq!(desk.tags(), ["罗"]);
    desk.event(Event::Ime(ImeEvent::Commit("勇".into())));
    desk.event(Event::Text("𬱟".into()));
    assert_eq!(desk.tags(), ["罗勇𬱟"]);
    // A digit is a digit here, and typing is one step.
    desk.key(Modifiers::NONE, Key::Num2);
    desk.event(Event::Text("2".into()));
    assert_eq!(desk.tags(), ["罗勇𬱟2"]);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*desk.document(), before);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(desk.tags(), ["罗勇𬱟2"]);
    desk.key(Modifiers::NONE, Key::Escape);
    assert!(!desk.sheet().correcting.is_on);

    let desk = desk.opened_again();
    assert_eq!(desk.tags(), ["罗勇𬱟2"]);
    let corrections = desk.document().corrections().replacements();
    assert_eq!((&*corrections[0].before, &*corrections[0].after), ("永", "勇𬱟2"));
}

#[test]
fn a_tag_that_goes_with_its_text_is_named_and_comes_back() {
    let mut desk = Desk::new();
    desk.tag("罗永", Key::Num1);
    desk.go_to("罗永", true);
    desk.key(Modifiers::NONE, Key::F2);
    desk.key(Modifiers::NONE, Key::Delete);
    assert_eq!(desk.tags(), [""; 0]);
    let named = |desk: &Desk| {
        let notices = &desk.harness.state().model().notices;
        notices
            .iter()
            .any(|notice| notice.text.contains("罗永") && notice.step.is_some())
    };
    assert!(named(&desk));
    // The name typed anew in its place is the tag's.
    desk.event(Event::Text("罗".into()));
    desk.event(Event::Text("勇".into()));
    assert_eq!(desk.tags(), ["罗勇"]);
    assert!(!named(&desk));
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.tags(), ["罗永"]);
    // Character by character it is named as it was.
    desk.go_to("介绍", false);
    desk.key(Modifiers::NONE, Key::Backspace);
    desk.key(Modifiers::NONE, Key::Backspace);
    assert_eq!(desk.tags(), [""; 0]);
    assert!(named(&desk));
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.tags(), ["罗永"]);
    // Elsewhere it would be another word.
    desk.go_to("罗永", true);
    desk.event(Event::Cut);
    desk.key(Modifiers::NONE, Key::ArrowRight);
    desk.event(Event::Paste("罗永".into()));
    assert_eq!(desk.tags(), [""; 0]);
    assert!(named(&desk));
}

#[test]
fn doubts_are_walked_through_fixed_and_dismissed() {
    let mut desk = Desk::reading("  市民说，自已的事情自己办，全年共投资2O25万元，，感到满意。\n");
    desk.until(|sheet| sheet.doubts.revision == Some(sheet.text_revision));
    let count = desk.sheet().doubts.all.len();
    assert!(count >= 2, "{:?}", desk.sheet().doubts.all);
    desk.key(Modifiers::NONE, Key::F8);
    assert!(desk.sheet().doubts.current.is_some());
    desk.key(Modifiers::NONE, Key::Enter);
    assert!(desk.has_text("自己的事情自己办"));
    // The next one is being looked at; what is dismissed does not come back with the next reading.
    let current = desk.sheet().doubts.current;
    assert!(current.is_some());
    desk.harness.get_by_label("不是错误").click();
    desk.harness.step();
    desk.harness.step();
    desk.key(Modifiers::COMMAND, Key::Z);
    desk.until(|sheet| sheet.doubts.revision == Some(sheet.text_revision));
    assert!(desk.has_text("自已的事情"));
    assert_eq!(desk.sheet().doubts.all.len(), count - 1);
    desk.key(Modifiers::SHIFT, Key::F8);
    assert!(desk.sheet().doubts.current.is_some_and(|range| Some(range) != current));
}

#[test]
fn what_is_found_is_replaced_in_one_step() {
    let mut desk = Desk::new();
    desk.tag("罗永", Key::Num1);
    let before = desk.document().clone();
    desk.go_to("罗永", true);
    desk.key(Modifiers::COMMAND, Key::H);
    desk.harness.get_by_label("替换为").focus();
    desk.harness.step();
    desk.event(Event::Text("罗勇".into()));
    desk.harness.get_by_label("全部替换（1 处）").click();
    desk.harness.step();
    desk.harness.step();
    assert_eq!(desk.tags(), ["罗勇"]);
    let place = desk.harness.state().model().find.previewed.previews.len();
    assert_eq!(place, 0);
    desk.harness.get_by_label("关闭").click();
    desk.harness.step();
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*desk.document(), before);
}

#[test]
fn the_raw_text_stands_beside() {
    let mut desk = Desk::new();
    desk.key(Modifiers::COMMAND, Key::Backslash);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    let model = desk.harness.state().model();
    assert!(model.shows_raw && model.shows_marks && model.shows_outline);
    let raw = desk.harness.get_by_label("对照原文").value().unwrap();
    assert!(raw.contains("  记者王小明从市政府新闻办获悉，第\n四场"), "{raw}");
    desk.harness
        .get_by_role_and_label(Role::Button, "治理更精准 城市更安全")
        .click();
    desk.harness.step();
    desk.key(Modifiers::NONE, Key::F2);
    desk.event(Event::Text("新".into()));
    assert!(desk.text().contains('新'));
    assert_eq!(desk.document().source.text.as_str(), RAW.trim_start_matches('\u{FEFF}'));
}
