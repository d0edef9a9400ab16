//! Reads the project's own files and holds what the compiler cannot: the rings, the sizes, where colours stand.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

/// The modules of each ring, the innermost first. A module may use the rings inside its own, never one outside it.
const RINGS: [&[&str]; 3] = [
    &["text", "layout", "annot", "suggest", "formats"],
    &["store", "jobs", "cli"],
    &["app", "ui", "i18n"],
];

/// The same modules by what stands on what, the ground first: a module uses those below it and none beside or above it.
const FLOORS: [&[&str]; 8] = [
    &["text", "jobs"],
    &["layout", "annot"],
    &["suggest"],
    &["formats"],
    &["store"],
    &["cli", "i18n"],
    &["app"],
    &["ui"],
];

/// Past this a file holds a second idea.
const MOST_LINES: usize = 600;

/// The one file that may hold colours.
const COLOURS: &str = "src/ui/tokens.rs";

/// A file of the project; the path is relative and uses `/`.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The top module that the file belongs to; none for `main.rs` and `lib.rs`, which join the rings.
    fn module(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let name = inside.split(['/', '.']).next()?;
        (!["main", "lib"].contains(&name)).then_some(name)
    }

    fn ring(&self) -> Option<usize> {
        self.module().and_then(ring_of)
    }

    /// The lines with their numbers from 1, comments cut off: what a comment names is no dependency.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        lines.map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default()))
    }
}

fn ring_of(module: &str) -> Option<usize> {
    RINGS.iter().position(|ring| ring.contains(&module))
}

/// Every text file below `folder` that is not made by a tool.
fn texts_below(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join(folder)];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{error}: {}", folder.display()));
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let name = path.file_name().unwrap_or_default();
            if name == ".git" || name == "target" {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let path = relative(root, &path);
                sources.push(Source { path, text });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn relative(root: &Path, path: &Path) -> String {
    let inside: PathBuf = path.strip_prefix(root).unwrap_or(path).components().collect();
    inside.to_string_lossy().replace('\\', "/")
}

fn rust_sources() -> Vec<Source> {
    let mut sources = texts_below("src");
    sources.retain(|source| source.path.ends_with(".rs"));
    assert!(!sources.is_empty());
    sources
}

/// Fails with the places that `find` names in any of `sources`, and the reason why they may not be.
fn hold(why: &str, sources: &[Source], find: impl Fn(&Source) -> Vec<String>) {
    let found: Vec<String> = sources.iter().flat_map(find).collect();
    assert!(found.is_empty(), "{why}\n  {}", found.join("\n  "));
}

/// The paths that code names below `root` (`std` or `crate`): the first part of each, also out of `root::{a, b::c}`,
/// which may go over several lines.
fn named_below<'a>(root: &str, source: &'a Source) -> Vec<(usize, &'a str)> {
    let mut named = Vec::new();
    let mut depth = 0;
    for (number, line) in source.code() {
        let mut rest = line;
        if depth == 0 {
            while let Some(after) = after_path_root(root, rest) {
                rest = after;
                if let Some(group) = after.strip_prefix('{') {
                    rest = group;
                    depth = 1;
                    break;
                }
                named.push((number, head(after)));
            }
        }
        if depth > 0 {
            let mut at_start = true;
            for (at, c) in rest.char_indices() {
                if depth == 1 && at_start && c.is_alphanumeric() {
                    named.push((number, head(&rest[at..])));
                }
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                at_start = c == ',' || (at_start && c.is_whitespace());
                if depth == 0 {
                    break;
                }
            }
        }
    }
    named
}

/// What follows the first `root::` of a line that is a path of its own.
fn after_path_root<'a>(root: &str, line: &'a str) -> Option<&'a str> {
    let root = format!("{root}::");
    let mut from = 0;
    while let Some(at) = line[from..].find(&root).map(|at| at + from) {
        let before = line[..at].chars().next_back();
        from = at + root.len();
        if !before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            return Some(&line[from..]);
        }
    }
    None
}

fn head(path: &str) -> &str {
    path.split(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
        .unwrap_or_default()
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| panic!("{error}"))
}

/// The places where the code of `source` matches.
fn matches(source: &Source, pattern: &Regex) -> Vec<String> {
    let lines = source.code().filter(|(_, line)| pattern.is_match(line));
    lines
        .map(|(number, line)| format!("{}:{number}: {}", source.path, line.trim()))
        .collect()
}

fn window_in_core(source: &Source) -> Vec<String> {
    static WINDOW: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(egui\w*|eframe|rfd)\b"));
    match source.ring() {
        Some(0 | 1) => matches(source, &WINDOW),
        _ => Vec::new(),
    }
}

fn world_in_core(source: &Source) -> Vec<String> {
    if source.ring() != Some(0) {
        return Vec::new();
    }
    let world = ["fs", "thread", "time", "net", "process", "env"];
    let named = named_below("std", source)
        .into_iter()
        .filter(|(_, name)| world.contains(name));
    named
        .map(|(number, name)| format!("{}:{number}: std::{name}", source.path))
        .collect()
}

fn outer_ring_in_inner(source: &Source) -> Vec<String> {
    let Some(ring) = source.ring() else {
        return Vec::new();
    };
    let named = named_below("crate", source).into_iter();
    let outer = named.filter(|(_, name)| ring_of(name).is_some_and(|other| other > ring));
    outer
        .map(|(number, name)| format!("{}:{number}: crate::{name}", source.path))
        .collect()
}

/// What `source` names of modules that do not stand below its own.
fn not_below(source: &Source) -> Vec<String> {
    let floor_of = |module: &str| FLOORS.iter().position(|floor| floor.contains(&module));
    let Some((module, floor)) = source.module().and_then(|module| Some((module, floor_of(module)?))) else {
        return Vec::new();
    };
    let named = named_below("crate", source).into_iter();
    let above = named.filter(|(_, name)| *name != module && floor_of(name).is_some_and(|other| other >= floor));
    above
        .map(|(number, name)| format!("{}:{number}: crate::{name}", source.path))
        .collect()
}

fn colour_literal(source: &Source) -> Vec<String> {
    static PAINT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"Color32::from_\w+\(\s*(\d|&?\[)|Color32::[A-Z]{3,}|hex_color!|Rgba::from_\w+\(\s*\d")
    });
    static HEX: LazyLock<Regex> = LazyLock::new(|| pattern("\"#[0-9A-Fa-f]{6}\""));
    if source.path == COLOURS {
        return Vec::new();
    }
    let mut found = matches(source, &PAINT);
    found.retain(|place| !place.contains("Color32::TRANSPARENT") && !place.contains("Color32::PLACEHOLDER"));
    // A label's colour in the core is data of the saved file.
    if source.ring() == Some(2) {
        found.extend(matches(source, &HEX));
    }
    found
}

fn machine_path(source: &Source) -> Vec<String> {
    static PATH: LazyLock<Regex> = LazyLock::new(|| pattern(r"(^|[^\w.~*-])/(work|root|home)/"));
    let lines = source.text.lines().enumerate().filter(|(_, line)| PATH.is_match(line));
    lines
        .map(|(index, line)| format!("{}:{}: {}", source.path, index + 1, line.trim()))
        .collect()
}

#[test]
fn each_module_has_its_ring() {
    hold(
        "Every module belongs to a ring, or nothing can say what it may use: name it in RINGS and ARCHITECTURE.md.",
        &rust_sources(),
        |source| match source.module() {
            Some(module) if ring_of(module).is_none() || !FLOORS.iter().any(|floor| floor.contains(&module)) => {
                vec![source.path.clone()]
            }
            _ => Vec::new(),
        },
    );
}

#[test]
fn the_window_stays_in_its_ring() {
    hold(
        "The core and the commands must build and run without a window: egui, eframe and rfd belong to app/, ui/, i18n/.",
        &rust_sources(),
        window_in_core,
    );
}

#[test]
fn the_core_is_pure() {
    hold(
        "The core has no files, clock, threads, network or environment, so that the same text gives the same result \
         everywhere: take what is needed as an argument, and do the rest in store/ or jobs/.",
        &rust_sources(),
        world_in_core,
    );
}

#[test]
fn inner_rings_do_not_know_outer_ones() {
    hold(
        "A module may use the rings inside its own, never one outside it, or the rings are one lump: turn the call \
         around, or move the thing inwards.",
        &rust_sources(),
        outer_ring_in_inner,
    );
}

#[test]
fn a_module_uses_only_what_is_below_it() {
    hold(
        "What the editor says (annot) must be thinkable without the files it is kept in (formats), what is open (app) \
         without how it is shown (ui): turn the call around, or move the thing to where it is used.",
        &rust_sources(),
        not_below,
    );
}

#[test]
fn a_module_is_named_by_its_file() {
    hold(
        "`foo.rs` stands beside `foo/`: ten tabs called mod.rs cannot be told apart.",
        &rust_sources(),
        |source| match source.path.ends_with("/mod.rs") {
            true => vec![source.path.clone()],
            false => Vec::new(),
        },
    );
}

#[test]
fn a_file_is_one_idea() {
    hold(
        "A file this long holds a second idea: find it and give it a file of its own.",
        &rust_sources(),
        |source| match source.text.lines().count() {
            lines if lines > MOST_LINES => vec![format!("{}: {lines} lines, {MOST_LINES} at most", source.path)],
            _ => Vec::new(),
        },
    );
}

#[test]
fn colours_stand_in_one_file() {
    hold(
        "Light and dark are tuned together and for contrast in src/ui/tokens.rs: a colour elsewhere is right in one \
         theme at best.",
        &rust_sources(),
        colour_literal,
    );
}

#[test]
fn no_path_of_one_machine() {
    let mut sources = texts_below(".");
    // This file names what it looks for.
    sources.retain(|source| source.path != "tests/tidy.rs");
    hold(
        "A path of one machine is wrong on every other: use a path relative to the project, or an argument.",
        &sources,
        machine_path,
    );
}

/// A rule that sees nothing holds nothing.
#[test]
fn the_rules_see_what_they_forbid() {
    type Rule = fn(&Source) -> Vec<String>;
    let cases: [(Rule, &str, &str, usize); 26] = [
        (window_in_core, "src/text.rs", "use egui::Color32;", 1),
        (window_in_core, "src/store/a.rs", "fn f(x: egui_kittest::Harness) {}", 1),
        (window_in_core, "src/store/a.rs", "//! Not through eframe's storage.", 0),
        (window_in_core, "src/ui/a.rs", "use egui::Color32;", 0),
        (world_in_core, "src/annot/a.rs", "use std::fs::File;", 1),
        (
            world_in_core,
            "src/annot/a.rs",
            "let now = std::time::Instant::now();",
            1,
        ),
        (world_in_core, "src/annot/a.rs", "use std::{fmt, env};", 1),
        (
            world_in_core,
            "src/annot/a.rs",
            "use std::{\n    fmt,\n    io::{self, Write},\n    thread,\n};",
            1,
        ),
        (
            world_in_core,
            "src/annot/a.rs",
            "use std::fmt; // not std::fs\nuse std::collections::{HashMap, time};",
            0,
        ),
        (world_in_core, "src/store/a.rs", "use std::fs;", 0),
        (outer_ring_in_inner, "src/text/a.rs", "use crate::store::files;", 1),
        (
            outer_ring_in_inner,
            "src/text/a.rs",
            "use crate::{\n    layout::{rows, ui},\n    app::App,\n};",
            1,
        ),
        (outer_ring_in_inner, "src/jobs/a.rs", "use crate::{text, store};", 0),
        (outer_ring_in_inner, "src/main.rs", "use crate::app;", 0),
        (not_below, "src/app/a.rs", "use crate::{i18n::T, ui::tokens};", 1),
        (not_below, "src/app.rs", "let id = crate::ui::text_view::id();", 1),
        (not_below, "src/annot/a.rs", "use crate::formats::json;", 1),
        (not_below, "src/layout/a.rs", "use crate::annot::Span;", 1),
        (
            not_below,
            "src/ui/a.rs",
            "use crate::{app::model::Model, ui::tokens};",
            0,
        ),
        (
            colour_literal,
            "src/ui/a.rs",
            "let red = Color32::from_rgb(200, 0, 0);",
            1,
        ),
        (colour_literal, "src/ui/a.rs", "let red = Color32::RED;", 1),
        (colour_literal, "src/app/a.rs", "let red = parse(\"#C8442E\");", 1),
        (colour_literal, "src/ui/a.rs", "let none = Color32::TRANSPARENT;", 0),
        (colour_literal, COLOURS, "Color32::from_rgb(200, 0, 0)", 0),
        (machine_path, "README.md", "run `/home/me/zhupi`", 1),
        (machine_path, "README.md", "see docs/home/ and ./work/", 0),
    ];
    for (rule, path, text, count) in cases {
        let source = Source {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let found = rule(&source);
        assert_eq!(found.len(), count, "{path}: {text}: {found:?}");
    }
}
