//! The real application without a screen: articles are opened, and mouse and keys do to them what an editor would.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton, Pos2, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use zhupi::annot::{Document, Status};
use zhupi::app::Start;
use zhupi::app::sheet::Sheet;
use zhupi::ui::window::Zhupi;

/// A window with one article open in it.
pub struct Desk {
    pub harness: Harness<'static, Zhupi>,
    pub folder: TempDir,
}

impl Desk {
    /// Opens `raw` as `article.txt`.
    pub fn open(raw: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("article.txt"), raw).unwrap();
        Self::in_folder(folder, &["article.txt"])
    }

    /// Opens files of a folder.
    pub fn in_folder(folder: TempDir, names: &[&str]) -> Self {
        let settings = folder.path().join("settings");
        if !settings.exists() {
            fs::create_dir_all(&settings).unwrap();
            let file = settings.join("settings.json");
            fs::write(file, r#"{"language": "zh", "theme": "light"}"#).unwrap();
        }
        let start = Start {
            paths: names.iter().map(|name| folder.path().join(name)).collect(),
            annotations_dir: None,
            settings_folder: Some(settings),
            example: false,
        };
        let builder = Harness::builder().with_size([1280.0, 800.0]).with_max_steps(40);
        let harness = builder.build_eframe(move |cc| Zhupi::new(&cc.egui_ctx, start));
        let mut desk = Self { harness, folder };
        desk.wait_for("the article to open", |desk| {
            let model = desk.harness.state().model();
            model.opening.is_empty() && model.words.is_some()
        });
        desk.settle();
        desk
    }

    /// Lets frames pass until nothing moves.
    pub fn settle(&mut self) {
        for _ in 0..6 {
            self.harness.step();
        }
    }

    /// Lets frames and time pass until `is_so`; workers need both.
    pub fn wait_for(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let since = Instant::now();
        while !is_so(self) {
            assert!(since.elapsed() < Duration::from_secs(60), "waited in vain for {what}");
            self.harness.step();
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn sheet(&self) -> &Sheet {
        self.harness.state().model().sheet().expect("an article is open")
    }

    pub fn document(&self) -> &Document {
        &self.sheet().document
    }

    /// Where the `nth` (from 0) place of `text` on the screen begins and ends.
    pub fn place(&self, text: &str, nth: usize) -> (Pos2, Pos2) {
        let mut places = Vec::new();
        for node in self.harness.root().children_recursive() {
            let data = node.accesskit_node().data();
            if data.role() != Role::TextRun {
                continue;
            }
            let (Some(value), Some(bounds)) = (data.value(), data.bounds()) else {
                continue;
            };
            let (Some(xs), Some(widths)) = (data.character_positions(), data.character_widths()) else {
                continue;
            };
            let y = ((bounds.y0 + bounds.y1) / 2.0) as f32;
            for (byte, found) in value.match_indices(text) {
                let first = value[..byte].chars().count();
                let last = first + found.chars().count() - 1;
                let x = |column: usize| bounds.x0 as f32 + xs[column];
                places.push((pos2(x(first) + 1.0, y), pos2(x(last) + widths[last] - 1.0, y)));
            }
        }
        places.sort_by(|a, b| (a.0.y, a.0.x).partial_cmp(&(b.0.y, b.0.x)).unwrap());
        *places
            .get(nth)
            .unwrap_or_else(|| panic!("{text:?} is not on the screen {} times", nth + 1))
    }

    /// The text of the rows on the screen, from the first that is wholly in sight.
    pub fn on_screen(&self) -> String {
        let nodes = self.harness.root().children_recursive();
        let runs = nodes.map(|node| node.accesskit_node().data().clone());
        let mut rows: Vec<_> = runs
            .filter(|data| data.role() == Role::TextRun)
            .filter_map(|data| Some((data.bounds()?.y0, data.value()?.to_owned())))
            .collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        rows.into_iter().map(|(_, text)| text).collect()
    }

    /// The middle of a text on the screen.
    pub fn middle(&self, text: &str) -> Pos2 {
        let (a, b) = self.place(text, 0);
        a + (b - a) / 2.0
    }

    pub fn button(&mut self, pos: Pos2, button: PointerButton, pressed: bool, modifiers: Modifiers) {
        self.harness.event(egui::Event::PointerButton {
            pos,
            button,
            pressed,
            modifiers,
        });
        self.harness.step();
    }

    pub fn move_to(&mut self, pos: Pos2) {
        self.harness.event(egui::Event::PointerMoved(pos));
        self.harness.step();
    }

    pub fn press_and_release(&mut self, pos: Pos2, modifiers: Modifiers) {
        self.move_to(pos);
        self.button(pos, PointerButton::Primary, true, modifiers);
        self.button(pos, PointerButton::Primary, false, modifiers);
    }

    pub fn click(&mut self, pos: Pos2) {
        // Long after whatever was clicked before: not a double click.
        self.harness.run_steps(8);
        std::thread::sleep(Duration::from_millis(1));
        self.harness.input_mut().time = Some(self.harness.ctx.input(|input| input.time) + 2.0);
        self.press_and_release(pos, Modifiers::NONE);
        self.settle();
    }

    pub fn click_times(&mut self, pos: Pos2, times: usize) {
        self.harness.input_mut().time = Some(self.harness.ctx.input(|input| input.time) + 2.0);
        for _ in 0..times {
            self.press_and_release(pos, Modifiers::NONE);
        }
        self.settle();
    }

    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.input_mut().time = Some(self.harness.ctx.input(|input| input.time) + 2.0);
        self.move_to(from);
        self.button(from, PointerButton::Primary, true, Modifiers::NONE);
        for n in 1..=4 {
            self.move_to(from + (to - from) * (n as f32 / 4.0));
        }
        self.button(to, PointerButton::Primary, false, Modifiers::NONE);
        self.settle();
    }

    /// Drags over the first place of `text`.
    pub fn select(&mut self, text: &str) {
        let (from, to) = self.place(text, 0);
        self.drag(from, to);
    }

    pub fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.step();
        self.settle();
    }

    pub fn press(&mut self, key: Key) {
        self.key(Modifiers::NONE, key);
    }

    pub fn event(&mut self, event: egui::Event) {
        self.harness.event(event);
        self.settle();
    }

    /// Puts the caret before `word`, or selects it, with the keyboard.
    pub fn go_to(&mut self, word: &str, is_selected: bool) {
        let text = self.document().text().as_str();
        let place = text[..text.find(word).unwrap()].chars().count();
        let len = if is_selected { word.chars().count() } else { 0 };
        self.key(Modifiers::COMMAND, Key::Home);
        for _ in 0..place {
            self.harness.key_press(Key::ArrowRight);
            self.harness.step();
        }
        for _ in 0..len {
            self.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
            self.harness.step();
        }
        self.settle();
    }

    /// Selects a text and tags it by key.
    pub fn tag(&mut self, text: &str, key: Key) {
        self.select(text);
        self.press(key);
    }

    /// Clicks the control of that name.
    pub fn click_on(&mut self, label: &str) {
        self.harness
            .get_all_by_label(label)
            .find(|node| node.accesskit_node().role() != Role::Tab)
            .unwrap_or_else(|| panic!("no {label:?}"))
            .click();
        self.harness.step();
        self.settle();
    }

    /// The accepted tags as `text|label`, in the order of the text.
    pub fn tags(&self) -> Vec<String> {
        let document = self.document();
        let accepted = document
            .spans()
            .iter()
            .filter(|span| span.mark.status == Status::Accepted);
        accepted
            .map(|span| format!("{}|{}", document.covered(span), span.mark.label))
            .collect()
    }

    /// What the accepted tags cover, in the order of the text.
    pub fn tagged(&self) -> Vec<&str> {
        let document = self.document();
        let accepted = document
            .spans()
            .iter()
            .filter(|span| span.mark.status == Status::Accepted);
        accepted.map(|span| document.covered(span)).collect()
    }

    /// The reading text, one block a line.
    pub fn text(&self) -> &str {
        self.document().text().as_str()
    }

    pub fn saved_path(&self) -> PathBuf {
        self.folder.path().join("annotations/article.json")
    }

    /// Saves, and waits until it is done.
    pub fn save(&mut self) {
        self.key(Modifiers::COMMAND, Key::S);
        self.wait_for("the save", |desk| !desk.sheet().is_unsaved());
    }

    /// Closes the window as its frame's button does, and waits until it would be gone.
    pub fn close_window(&mut self) {
        let request = |desk: &mut Self| {
            let viewports = &mut desk.harness.input_mut().viewports;
            let root = viewports.entry(egui::ViewportId::ROOT).or_default();
            root.events.push(egui::ViewportEvent::Close);
            desk.harness.step();
            let output = desk.harness.output();
            let commands = output.viewport_output.get(&egui::ViewportId::ROOT);
            let cancels = |command: &egui::ViewportCommand| *command == egui::ViewportCommand::CancelClose;
            !commands.is_some_and(|root| root.commands.iter().any(cancels))
        };
        let since = Instant::now();
        while !request(self) {
            assert!(since.elapsed() < Duration::from_secs(60), "the window does not close");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Closes the window and opens the same files again.
    pub fn reopen(self, names: &[&str]) -> Self {
        let Self { harness, folder } = self;
        drop(harness);
        Self::in_folder(folder, names)
    }
}
