//! What the window shows. Views read the model and ask for changes with commands; they change nothing themselves.

pub mod about_dialog;
pub mod articles_panel;
pub mod checks_panel;
pub mod dialogs;
pub mod doubt_card;
pub mod entities_panel;
pub mod export_dialog;
pub mod export_sets;
pub mod figure_fact;
pub mod figure_fields;
pub mod figures_panel;
pub mod find_bar;
pub mod fonts;
pub mod format_list;
pub mod import_dialog;
pub mod label_bar;
pub mod menu_bar;
pub mod notices;
pub mod outline;
pub mod raw_view;
pub mod replace_row;
pub mod right_panel;
mod sides;
pub mod status_bar;
pub mod strip;
pub mod suggestion_card;
pub mod suggestions_panel;
mod tab_order;
pub mod tag_card;
pub mod tag_palette;
pub mod text_view;
pub mod theme;
pub mod tokens;
pub mod views;
pub mod welcome;
pub mod widgets;
pub mod window;

use egui::{CentralPanel, Frame, Id, Label, Margin, Panel, Rect, RichText, Ui, vec2};

use self::sides::Sides;
use self::text_view::TextView;
use self::tokens::Colors;
use self::views::Views;
use crate::app::command::{Command, Scope, UiCommand};
use crate::app::model::{Keyboard, Model};
use crate::app::panes::Pane;
use crate::i18n::T;

/// Shows the whole window. The model is changed only in what is the view's own: scrolling, what is typed into fields.
pub fn show(ui: &mut Ui, model: &mut Model, views: &mut Views, commands: &mut Vec<Command>) {
    match model.keyboard.take() {
        Some(Keyboard::Text) => text_view::take_keyboard(ui),
        Some(Keyboard::FigureCard) => figure_fields::take_keyboard(ui.ctx()),
        None => {}
    }
    let view = views.shown(model);
    window_keys(ui, model, commands);
    dropped_files(ui, commands);
    let colors = Colors::of(ui.ctx().theme());
    let bar = Frame::new().fill(colors.desk).inner_margin(Margin::symmetric(10, 4));
    Panel::top("menu")
        .frame(bar)
        .show(ui, |ui| menu_bar::show(ui, model, commands));
    Panel::bottom("status")
        .frame(bar)
        .show(ui, |ui| status_bar::show(ui, model, &view.text, commands));
    let mut sides = Sides::fit(model, ui.ctx().content_rect().width());
    sides.show(Pane::Articles, ui, model, commands, |ui, model, commands| {
        articles_panel::show(ui, model, commands);
    });
    // One width for all tabs: nothing moves when another is chosen.
    sides.show(Pane::Right, ui, model, commands, right_panel::show);
    let centre = Frame::new().fill(colors.paper);
    CentralPanel::default().frame(centre).show(ui, |ui| {
        if model.sheet().is_some() {
            let bar = Frame::new().fill(colors.paper).inner_margin(Margin::symmetric(12, 6));
            Panel::top("labels")
                .frame(bar)
                .show(ui, |ui| label_bar::show(ui, model, commands));
            if model.find.is_open {
                Panel::top("find")
                    .frame(bar)
                    .show(ui, |ui| find_bar::show(ui, model, commands));
            }
            if model.sheet().is_some_and(|sheet| sheet.propagation.is_some()) {
                let strip = Frame::new().fill(colors.card).inner_margin(Margin::symmetric(12, 8));
                Panel::bottom("strip")
                    .frame(strip)
                    .show(ui, |ui| strip::show(ui, model, commands));
            }
            sides.show(Pane::Outline, ui, model, commands, |ui, model, commands| {
                outline::show(ui, model, &mut view.outline, commands);
            });
            sides.show(Pane::Raw, ui, model, commands, |ui, model, commands| {
                raw_view::show(ui, model, view, commands);
            });
            article(ui, model, &mut view.text, commands);
        } else {
            welcome::show(ui, model, commands);
        }
    });
    tag_palette::show(ui, model, commands);
    tag_card::show(ui, model, commands);
    suggestion_card::show(ui, model, commands);
    doubt_card::show(ui, model, commands);
    notices::show(ui, model, commands);
    dialogs::show(ui, model, commands);
    title(ui, model);
}

fn article(ui: &mut Ui, model: &mut Model, view: &mut TextView, commands: &mut Vec<Command>) {
    let has_raw = model.shows(Pane::Raw);
    let Model {
        articles,
        shown,
        settings,
        lang,
        brush,
        words,
        find,
        dialog,
        ..
    } = model;
    let Some(sheet) = shown
        .and_then(|place| articles.get_mut(place))
        .and_then(|article| article.sheet.as_deref_mut())
    else {
        return;
    };
    let around = text_view::Surroundings {
        lang: *lang,
        text_size: settings.text_size_pt,
        column: settings.column_width as f32,
        brush: brush.as_ref(),
        words: words.as_deref(),
        is_finding: find.is_open,
        found: find.current,
        has_marks: settings.view.marks,
        lights_words: has_raw,
        is_behind_dialog: dialog.is_some(),
    };
    let paper = ui.available_rect_before_wrap();
    text_view::show(ui, sheet, view, around, commands);
    if sheet.document.text().is_empty() {
        let place = Rect::from_center_size(paper.center_top() + vec2(0.0, 120.0), vec2(paper.width(), 40.0));
        let text = RichText::new(T::EmptyArticle.of(*lang)).color(Colors::of(ui.ctx().theme()).faint_ink);
        ui.put(place, Label::new(text).selectable(false));
    }
}

/// The keys that are heard wherever the focus is, and those of the text while it has the keyboard.
fn window_keys(ui: &Ui, model: &Model, commands: &mut Vec<Command>) {
    if model.dialog.is_some() {
        return;
    }
    let text_has_keyboard = ui.memory(|memory| memory.focused().is_none_or(|focused| focused == text_view::id()));
    let is_correcting = model.sheet().is_some_and(|sheet| sheet.correcting.is_on);
    for command in UiCommand::ALL.iter().copied() {
        let (scope, mut shortcuts) = command.shortcuts();
        if (scope == Scope::Text && !text_has_keyboard) || !is_heard(command, model) {
            continue;
        }
        if scope == Scope::Text && is_correcting {
            // These keys type now.
            shortcuts.retain(|shortcut| shortcut.modifiers.any() && !shortcut.modifiers.shift_only());
        }
        let is_pressed = |shortcut| ui.input_mut(|input| consume_exactly(input, shortcut));
        if shortcuts.iter().any(is_pressed) {
            commands.push(Command::Ui(command));
        }
    }
    let zoom = ui.input(egui::InputState::zoom_delta);
    if zoom != 1.0 && model.sheet().is_some() {
        commands.push(Command::TextSize(model.settings.text_size_pt * zoom));
    }
}

/// Whether a command's keys mean it now: those that judge suggestions mean other things while none is chosen.
fn is_heard(command: UiCommand, model: &Model) -> bool {
    let sheet = model.sheet();
    match command {
        UiCommand::NextSuggestion | UiCommand::PreviousSuggestion => {
            sheet.is_some_and(|sheet| !sheet.suggestions.open.spans.is_empty())
        }
        UiCommand::AcceptSuggestion | UiCommand::RejectSuggestion => {
            sheet.is_some_and(|sheet| sheet.chosen_suggestion().is_some())
        }
        _ => true,
    }
}

/// Takes a key with just these modifiers: Shift+Z is not Z, nor is Ctrl+Shift+Z Ctrl+Z.
fn consume_exactly(input: &mut egui::InputState, shortcut: &egui::KeyboardShortcut) -> bool {
    let before = input.events.len();
    input.events.retain(|event| {
        !matches!(event, egui::Event::Key { key, modifiers, pressed: true, .. }
            if *key == shortcut.logical_key && modifiers.matches_exact(shortcut.modifiers))
    });
    input.events.len() < before
}

fn dropped_files(ui: &Ui, commands: &mut Vec<Command>) {
    let dropped = ui.input(|input| input.raw.dropped_files.clone());
    let paths: Vec<_> = dropped.iter().map(|file| file.path().to_owned()).collect();
    if !paths.is_empty() {
        commands.push(Command::OpenPaths(paths));
    }
}

/// The title bar says which article is open, and with a dot that something of it is not saved.
fn title(ui: &Ui, model: &Model) {
    let title = match model.sheet() {
        Some(sheet) if sheet.is_unsaved() => format!("● {} – 朱批 Zhupi", sheet.name()),
        Some(sheet) => format!("{} – 朱批 Zhupi", sheet.name()),
        None => "朱批 Zhupi".to_owned(),
    };
    let is_new = ui.ctx().data_mut(|data| {
        let last = data.get_temp_mut_or_default::<String>(Id::unique("title"));
        let is_new = *last != title;
        last.clone_from(&title);
        is_new
    });
    if is_new {
        ui.ctx().send_viewport_cmd(egui::ViewportCommand::Title(title));
    }
}
