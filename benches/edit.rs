//! One character typed into a long article with many tags: what stands between the key and the next frame.

use std::sync::Arc;

use divan::{Bencher, black_box};
use zhupi::annot::document::{BlockMark, Parts};
use zhupi::annot::{Document, Edit, History, Mark, Source, Span, SpanId};
use zhupi::text::{Alignment, ChangeSet, CharIdx, CharRange, Run, Text};

fn main() {
    divan::main();
}

/// Characters of the reading text.
const CHARS: u32 = 1_000_000;
/// Tags on it.
const SPANS: u32 = 50_000;
/// Characters of a raw line.
const LINE: u32 = 20;
/// Raw lines of a paragraph.
const LINES: u32 = 10;

/// A million characters in paragraphs of two hundred, read from raw lines of twenty, with a tag every twenty.
fn document() -> Document {
    let paragraph: String = "市公安局常务副局长罗勇介绍，今年以来全市共"
        .chars()
        .cycle()
        .take((LINE * LINES) as usize)
        .collect();
    let (mut reading, mut raw) = (String::new(), String::new());
    let (mut runs, mut at, mut raw_at) = (Vec::new(), 0, 0);
    while at < CHARS {
        if at > 0 {
            reading.push('\n');
            raw.push('\n');
            runs.push(Run::from((at, raw_at, 1)));
            at += 1;
            raw_at += 1;
        }
        for (index, line) in paragraph
            .chars()
            .collect::<Vec<char>>()
            .chunks(LINE as usize)
            .enumerate()
        {
            if index > 0 {
                raw.push('\n');
                raw_at += 1;
            }
            reading.extend(line);
            raw.extend(line);
            runs.push(Run::from((at, raw_at, LINE)));
            at += LINE;
            raw_at += LINE;
        }
    }
    let text = Text::new(reading);
    let mark = Arc::new(Mark::default());
    let spans = (0..SPANS).map(|id| {
        let start = CharIdx(id * (CHARS / SPANS));
        Span {
            id: SpanId(id + 1),
            range: CharRange::new(start, CharIdx(start.0 + 3)),
            mark: Arc::clone(&mark),
        }
    });
    let blocks = text.as_str().split('\n').map(|_| BlockMark::default()).collect();
    Document::new(Parts {
        source: Source {
            text: Text::new(raw),
            ..Source::default()
        },
        text,
        alignment: Alignment::new(runs),
        blocks,
        spans: spans.collect(),
        ..Parts::default()
    })
}

/// A character put in at `at`.
fn typed(document: &Document, at: CharIdx) -> Edit {
    Edit::Text(ChangeSet::replace(document.text(), CharRange::new(at, at), "勇").into())
}

/// Typing goes on in one place, while the view holds on to the text of the last frame.
#[divan::bench(args = [0, 500_000, 999_000])]
fn type_a_character(bencher: Bencher, at: u32) {
    let mut document = document();
    let mut history = History::default();
    let mut at = CharIdx(at);
    let mut shown = document.clone();
    bencher.bench_local(|| {
        let edit = typed(&document, at);
        at = at.offset(1);
        assert!(history.extend(&mut document, edit, None).is_ok());
        shown = document.clone();
        black_box(&shown);
    });
}

/// A line end put in, which makes another block of the rest of the paragraph, and taken back.
#[divan::bench]
fn split_and_undo(bencher: Bencher) {
    let mut document = document();
    let mut history = History::default();
    let mut shown = document.clone();
    bencher.bench_local(|| {
        let at = CharRange::new(CharIdx(500_010), CharIdx(500_010));
        let edit = Edit::Text(ChangeSet::replace(document.text(), at, "\n").into());
        assert!(history.apply(&mut document, edit, None).is_ok());
        assert!(history.undo(&mut document).is_ok());
        shown = document.clone();
        black_box(&shown);
    });
}

/// The same in the window: from the key to the end of the frame that shows it, without the drawing of its triangles.
#[cfg(feature = "window")]
mod window {
    use std::time::{Duration, Instant};

    use divan::Bencher;
    use egui::{Event, Key, Modifiers};
    use egui_kittest::Harness;
    use zhupi::app::Start;
    use zhupi::formats::native;
    use zhupi::ui::window::Zhupi;

    use super::{CHARS, document};

    #[divan::bench(sample_count = 200)]
    fn type_a_character(bencher: Bencher) {
        let Ok(folder) = tempfile::tempdir() else { return };
        let path = folder.path().join("long.json");
        assert!(std::fs::write(&path, native::save(&document())).is_ok());
        let start = Start {
            paths: vec![path],
            ..Start::default()
        };
        let mut harness: Harness<'_, Zhupi> = Harness::builder()
            .with_size([1280.0, 900.0])
            .build_eframe(|cc| Zhupi::new(&cc.egui_ctx, start));
        let since = Instant::now();
        let is_ready = |window: &Zhupi| {
            let (model, views) = (window.model(), window.views());
            let view = model.shown_id().and_then(|id| views.of(id));
            view.and_then(|view| view.text.percent_set()) == Some(100)
                && model.sheet().is_some_and(|sheet| sheet.doubts.revision.is_some())
        };
        while !is_ready(harness.state()) {
            harness.step();
            std::thread::sleep(Duration::from_millis(5));
            assert!(since.elapsed() < Duration::from_secs(120));
        }
        harness.key_press(Key::F2);
        harness.step();
        let before = harness.state().model().sheet().map(|sheet| sheet.revision);
        bencher.bench_local(|| {
            harness.event(Event::Text("勇".into()));
            harness.step();
        });
        let sheet = harness.state().model().sheet();
        assert!(sheet.map(|sheet| sheet.revision) > before);
        assert!(sheet.is_some_and(|sheet| sheet.document.text().len().0 > CHARS));
        harness.key_press_modifiers(Modifiers::NONE, Key::Escape);
    }
}
