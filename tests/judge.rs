//! Suggestions and figures in the window: walked through and judged with keys, read in the table, kept in the saved file.

#![cfg(feature = "window")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use zhupi::annot::Status;
use zhupi::app::sheet::Sheet;
use zhupi::app::{Start, Zhupi};
use zhupi::formats::native;

const RAW: &str =
    "治理更精准\r\n  今年，全市共破获案件25.9万起，比上年增\r\n长50%。\r\n  收入由1.9亿元增至2.6亿元，增长50%。\r\n";

struct Desk {
    harness: Harness<'static, Zhupi>,
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn open(path: &Path) -> Harness<'static, Zhupi> {
    let start = Start {
        paths: vec![path.to_owned()],
        ..Start::default()
    };
    Harness::builder()
        .with_size((1400.0, 900.0))
        .build_eframe(move |creation| Zhupi::new(&creation.egui_ctx, start))
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, RAW).unwrap();
        let mut desk = Self {
            harness: open(&path),
            _folder: folder,
            path,
        };
        desk.until(|sheet| !sheet.suggestions.open.spans.is_empty());
        desk
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

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.step();
        self.harness.step();
    }

    fn chosen(&self) -> Option<&str> {
        let chosen = self.sheet().chosen_suggestion()?;
        Some(self.sheet().document.covered(chosen))
    }

    fn tags(&self) -> Vec<(&str, Status)> {
        let document = &self.sheet().document;
        let spans = document.spans().iter();
        spans.map(|span| (document.covered(span), span.mark.status)).collect()
    }

    fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).click();
        self.harness.step();
        self.harness.step();
    }
}

#[test]
fn tab_enter_and_backspace_walk_through_the_suggestions_and_the_file_says_how_it_went() {
    let mut desk = Desk::new();
    desk.key(Modifiers::NONE, Key::Tab);
    assert_eq!(desk.chosen(), Some("今年"));
    desk.key(Modifiers::NONE, Key::Tab);
    assert_eq!(desk.chosen(), Some("25.9万起"));
    desk.key(Modifiers::SHIFT, Key::Tab);
    assert_eq!(desk.chosen(), Some("今年"));
    desk.key(Modifiers::NONE, Key::Backspace);
    assert_eq!(desk.chosen(), Some("25.9万起"));
    desk.key(Modifiers::NONE, Key::Enter);
    assert_eq!(
        desk.tags(),
        [("今年", Status::Rejected), ("25.9万起", Status::Accepted)]
    );
    // What was judged is not proposed again, here or when the file is opened again.
    desk.until(|sheet| !sheet.is_unsaved());
    let saved = desk.sheet().saved_path.clone();
    let document = native::load(&fs::read(saved).unwrap()).unwrap().document;
    assert_eq!(document.spans().len(), 2);
    desk.harness = open(&desk.path);
    desk.until(|sheet| !sheet.suggestions.open.spans.is_empty());
    desk.key(Modifiers::NONE, Key::Tab);
    assert_eq!(desk.chosen(), Some("50%"));
}

#[test]
fn without_suggestions_the_keys_mean_what_they_meant() {
    let mut desk = Desk::new();
    desk.key(Modifiers::NONE, Key::Enter);
    desk.key(Modifiers::NONE, Key::Backspace);
    assert_eq!(desk.tags(), []);
    desk.key(Modifiers::NONE, Key::Tab);
    desk.key(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.chosen(), None);
    desk.key(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.tags(), []);
}

#[test]
fn the_table_is_sorted_by_a_click_and_a_finding_is_put_away_for_good() {
    let mut desk = Desk::new();
    desk.click(zhupi::i18n::T::TabFigures.of(desk.harness.state().model().lang));
    desk.until(|sheet| !sheet.figures.all.rows.is_empty());
    let lang = desk.harness.state().model().lang;
    desk.click(zhupi::i18n::T::FigureValue.of(lang));
    let arrangement = &desk.sheet().figures.arrangement;
    assert_eq!(arrangement.column, zhupi::app::figures::table::Column::Value);
    desk.click(zhupi::i18n::T::TabChecks.of(lang));
    desk.until(|sheet| sheet.figures.all.findings.len() == 1);
    desk.click(zhupi::i18n::T::FindingDismiss.of(lang));
    desk.until(|sheet| sheet.figures.all.findings.is_empty() && sheet.figures.all.put_away == 1);
    assert_eq!(desk.sheet().document.dismissals()[0].check, "growth");
    desk.key(Modifiers::COMMAND, Key::Z);
    desk.until(|sheet| sheet.figures.all.findings.len() == 1);
}
