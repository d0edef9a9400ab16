//! The window on long articles, without a screen: the pass over the interface and the tessellation of what it paints.
//!
//!     cargo bench --bench window            1,000,000 characters, 50,000 tags
//!     cargo bench --bench window -- 10      ten times that
//!
//! Prints the times that docs/performance.md keeps. It is a program of its own because a frame is not a function that can
//! be called by itself: fonts, focus and scrolling live from frame to frame.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, Event, Key, Modifiers, MouseWheelUnit, RawInput, Rect, TouchPhase, pos2, vec2};
use zhupi::annot::document::Parts;
use zhupi::annot::{Document, LabelSet, Mark, Source, Span, SpanId};
use zhupi::app::Start;
use zhupi::app::command::Command;
use zhupi::app::model::{Article, Model};
use zhupi::app::sheet::Sheet;
use zhupi::text::{Alignment, CharIdx, CharRange, Text};
use zhupi::ui;
use zhupi::ui::views::Views;

/// A made-up article: sentences put together from a few hundred characters, paragraphs of about 150.
fn article(chars: usize, tags: usize) -> Document {
    let stock: Vec<char> = "市水务局局长陆鸿昨天介绍全市更换供水管道公里惠及个区街道约万户居民历时三年零四月漏损率降到明年再一分钱也不向收高层住户等晚上七点开着没事业主魏喆说的了在是和有为这中国经济社会发展建设工作改革企业技术农村教育医疗文化旅游交通环境保护科研人员项目资金投入增长百分比例提高水平服务群众安全生产质量监督管理".chars().collect();
    let mut seed = 7_u64;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    let mut text = String::with_capacity(chars * 3);
    let mut count = 0;
    while count < chars {
        for n in 0..120 + next(60) {
            text.push(if n % 17 == 16 {
                ['，', '。', '、'][next(3)]
            } else {
                stock[next(stock.len())]
            });
            count += 1;
        }
        text.push_str("。\n");
        count += 2;
    }
    text.pop();
    let text = Text::new(text);
    let len = text.len().0;
    let labels: Vec<_> = LabelSet::default().iter().map(|label| label.id.clone()).collect();
    let marks: Vec<Arc<Mark>> = labels
        .iter()
        .map(|label| {
            Arc::new(Mark {
                label: label.clone(),
                ..Mark::default()
            })
        })
        .collect();
    let step = (len as usize / tags).max(1);
    let spans = (0..tags).map(|n| {
        let start = (n * step) as u32;
        Span {
            id: SpanId(n as u32 + 1),
            range: CharRange::new(CharIdx(start), CharIdx((start + 2 + (n % 5) as u32).min(len))),
            mark: Arc::clone(&marks[n % marks.len()]),
        }
    });
    Document::new(Parts {
        source: Source {
            name: "long.txt".into(),
            text: Text::new(text.as_str().to_owned()),
            ..Source::default()
        },
        alignment: Alignment::identity(text.len()),
        spans: spans.collect(),
        text,
        ..Parts::default()
    })
}

struct Window {
    ctx: Context,
    model: Model,
    views: Views,
    time: f64,
}

impl Window {
    fn on(document: Document) -> Self {
        let ctx = Context::default();
        ui::fonts::install(&ctx);
        ui::theme::install(&ctx);
        let mut model = Model::new(&ctx, &Start::default());
        let path = PathBuf::from("long.txt");
        let sheet = Sheet::new(path.clone(), path.with_extension("json"), document, None);
        model.articles.push(Article {
            id: 1,
            path,
            sheet: Some(Box::new(sheet)),
        });
        model.shown = Some(0);
        Self {
            ctx,
            model,
            views: Views::default(),
            time: 0.0,
        }
    }

    /// One frame: the pass and the tessellation, without what the commands do.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 900.0))),
            time: Some(self.time),
            events,
            focused: true,
            ..RawInput::default()
        };
        let mut commands: Vec<Command> = Vec::new();
        let since = Instant::now();
        self.model.fetch_results(&self.ctx);
        self.model.refresh_derived();
        let (model, views) = (&mut self.model, &mut self.views);
        let output = self.ctx.run_ui(input, |ui| ui::show(ui, model, views, &mut commands));
        let painted = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        std::hint::black_box(painted);
        for command in commands {
            self.model.dispatch(&self.ctx, command);
        }
        since.elapsed()
    }

    fn wheel(by: f32) -> Event {
        Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, by),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        }
    }
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{what:<44} p50 {:>10.3?}   p99 {:>10.3?}   max {:>10.3?}",
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

fn resident_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|kib| kib.parse::<f64>().ok())
        .unwrap_or(0.0)
        / 1024.0
}

fn main() {
    let times = std::env::args()
        .filter_map(|argument| argument.parse::<usize>().ok())
        .next()
        .unwrap_or(1);
    let (chars, tags) = (1_000_000 * times, 50_000 * times);
    let before = resident_mib();
    let document = article(chars, tags);
    println!(
        "{} characters, {} tags, 1280×900",
        document.text().len().0,
        document.spans().len()
    );
    let mut window = Window::on(document);
    report("first frame (cold glyphs, visible rows)", vec![window.frame(vec![])]);
    let since = Instant::now();
    let mut frames = Vec::new();
    while window.views.of(1).and_then(|view| view.text.percent_set()) != Some(100) {
        frames.push(window.frame(vec![]));
    }
    if !frames.is_empty() {
        report("frames while the rest is broken", frames);
    }
    println!("{:<44} {:>10.3?}", "all rows broken after", since.elapsed());
    while window.model.sheet().is_some_and(|sheet| sheet.entities.is_due) {
        std::thread::sleep(Duration::from_millis(5));
        window.frame(vec![]);
    }
    let centre = pos2(500.0, 450.0);
    window.frame(vec![Event::PointerMoved(centre)]);

    report("still frame", (0..300).map(|_| window.frame(vec![])).collect());
    report(
        "scrolling",
        (0..2_000).map(|_| window.frame(vec![Window::wheel(-40.0)])).collect(),
    );
    let len = window.model.sheet().map_or(0, |sheet| sheet.document.text().len().0);
    let jumps = (0..200_u32).map(|n| {
        let at = CharIdx((u64::from(n) * 7_919_317 % u64::from(len.max(1))) as u32);
        window
            .model
            .dispatch(&window.ctx.clone(), Command::Reveal(CharRange::new(at, at)));
        window.frame(vec![])
    });
    report("a jump anywhere", jumps.collect());
    let label = LabelSet::default()
        .iter()
        .next()
        .map(|label| label.id.clone())
        .unwrap_or_default();
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for n in 0..100_u32 {
        let at = (u64::from(n) * 6_700_417 % u64::from(len - 10)) as u32;
        let range = CharRange::new(CharIdx(at), CharIdx(at + 3));
        let since = Instant::now();
        window
            .model
            .dispatch(&window.ctx.clone(), Command::Tag(range, label.clone()));
        let frame = window.frame(vec![]);
        added.push(since.elapsed());
        std::hint::black_box(frame);
        let chosen = window.model.sheet().and_then(|sheet| sheet.chosen);
        let since = Instant::now();
        window
            .model
            .dispatch(&window.ctx.clone(), Command::RemoveSpans(chosen.into_iter().collect()));
        window.frame(vec![]);
        removed.push(since.elapsed());
    }
    report("a tag added, to the next frame", added);
    report("a tag removed, to the next frame", removed);
    let clicks = (0..200).map(|n| {
        let pos = pos2(330.0 + (n % 20) as f32 * 17.0, 150.0 + (n / 20) as f32 * 60.0);
        window.frame(vec![Event::PointerMoved(pos)])
    });
    report("a pointer move (hit test and frame)", clicks.collect());
    let keys = (0..200).map(|_| {
        let event = |pressed| Event::Key {
            key: Key::ArrowDown,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        window.frame(vec![event(true), event(false)])
    });
    report("the caret down a row", keys.collect());
    println!(
        "{:<44} {:>7.0} MiB (the document twice, as raw and as reading text, included)",
        "resident",
        resident_mib() - before
    );
}
