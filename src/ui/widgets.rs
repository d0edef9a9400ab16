//! Small pieces that several views use.

use egui::{
    Button, Id, Key, KeyboardShortcut, Modifiers, Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use super::tokens::{self, Colors};
use crate::annot::Label;
use crate::app::command::UiCommand;
use crate::i18n::{Lang, T};
use crate::text::BlockKind;

/// A label as a chip: a swatch, its name, its key.
pub fn label_button(ui: &mut Ui, lang: Lang, label: &Label, is_on: bool) -> Response {
    let colors = Colors::of(ui.ctx().theme());
    let name = lang.label(label);
    let font = egui::FontId::proportional(tokens::UI_SIZE);
    let small = egui::FontId::proportional(tokens::SMALL_SIZE - 1.0);
    let text = ui.painter().layout_no_wrap(name.to_owned(), font, colors.ink);
    let key = label
        .key
        .map(|key| ui.painter().layout_no_wrap(key.to_string(), small, colors.faint_ink));
    let key_width = key.as_ref().map_or(0.0, |key| key.rect.width() + 6.0);
    let size = vec2(text.rect.width() + key_width + 30.0, 26.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), is_on, name));
    if ui.is_rect_visible(rect) {
        let line = colors.label(label.color);
        let fill = if is_on {
            colors.label_fill(label.color).gamma_multiply(2.0)
        } else if response.hovered() || response.has_focus() {
            colors.hover
        } else {
            colors.card
        };
        let stroke = if is_on || response.has_focus() {
            Stroke::new(1.5, line)
        } else {
            Stroke::new(1.0, colors.line)
        };
        let painter = ui.painter();
        painter.rect(rect, 5.0, fill, stroke, egui::StrokeKind::Inside);
        let swatch = egui::Rect::from_center_size(rect.left_center() + vec2(13.0, 0.0), vec2(9.0, 9.0));
        painter.rect_filled(swatch, 2.0, line);
        let text_pos = egui::pos2(rect.left() + 22.0, rect.center().y - text.rect.height() / 2.0);
        let after = text_pos.x + text.rect.width() + 6.0;
        painter.galley(text_pos, text, colors.ink);
        if let Some(key) = key {
            let y = rect.center().y - key.rect.height() / 2.0;
            painter.galley(egui::pos2(after, y), key, colors.faint_ink);
        }
    }
    response
}

/// A command as a menu entry with its keys; whether it was chosen.
pub fn menu_item(ui: &mut Ui, lang: Lang, command: UiCommand) -> bool {
    menu_item_called(ui, lang, command, command.texts().0)
}

/// The same under the name that says what the command does here.
pub fn menu_item_called(ui: &mut Ui, lang: Lang, command: UiCommand, name: T) -> bool {
    let name = name.of(lang);
    menu_entry(ui, lang, command, name).accessible_name(name).clicked()
}

/// Like [`menu_item`] among commands that switch something: ticked where it is on. `None` for one that switches nothing.
pub fn menu_switch(ui: &mut Ui, lang: Lang, command: UiCommand, is_on: Option<bool>) -> bool {
    let name = command.texts().0.of(lang);
    let mark = if is_on == Some(true) { "✓ " } else { "\u{3000}" };
    let response = menu_entry(ui, lang, command, &format!("{mark}{name}"));
    if let Some(is_on) = is_on {
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_on, name));
    }
    response.accessible_name(name).clicked()
}

fn menu_entry(ui: &mut Ui, lang: Lang, command: UiCommand, text: &str) -> Response {
    ui.add(entry(ui, command, text))
        .on_hover_text(command.texts().1.of(lang))
}

/// A command with its keys in a list that says elsewhere what each does.
pub fn command_button(ui: &mut Ui, lang: Lang, command: UiCommand, is_marked: bool) -> Response {
    let name = command.texts().0.of(lang);
    let button = entry(ui, command, name).selected(is_marked);
    ui.add(button).accessible_name(name)
}

fn entry<'a>(ui: &Ui, command: UiCommand, text: &'a str) -> Button<'a> {
    match keys_text(ui, command) {
        Some(keys) => Button::new(text).shortcut_text(RichText::new(keys).weak()),
        None => Button::new(text),
    }
}

/// The keys of a command as they are printed on the keyboard: `[`, not `OpenBracket`.
#[must_use]
pub fn keys_text(ui: &Ui, command: UiCommand) -> Option<String> {
    let (_, shortcuts) = command.shortcuts();
    // The system tells of copying as such, not of its keys.
    let copy = KeyboardShortcut::new(Modifiers::COMMAND, Key::C);
    let shortcut = match command {
        UiCommand::Copy => &copy,
        _ => shortcuts.first()?,
    };
    let key = shortcut.logical_key;
    let printed = match key {
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        Key::Minus => "-",
        // Where Shift is pressed for them is the keyboard's affair.
        Key::OpenCurlyBracket => return Some("{".to_owned()),
        Key::CloseCurlyBracket => return Some("}".to_owned()),
        key => key.symbol_or_name(),
    };
    let named = ui.ctx().format_shortcut(shortcut);
    let modifiers = named
        .strip_suffix(key.name())
        .or_else(|| named.strip_suffix(key.symbol_or_name()));
    Some(modifiers.map_or_else(|| named.clone(), |modifiers| format!("{modifiers}{printed}")))
}

/// The name of a kind of block.
#[must_use]
pub fn kind_text(kind: BlockKind) -> T {
    match kind {
        BlockKind::Heading => T::KindHeading,
        BlockKind::Paragraph => T::KindParagraph,
        BlockKind::Caption => T::KindCaption,
        BlockKind::Byline => T::KindByline,
        BlockKind::Furniture => T::KindFurniture,
        BlockKind::Other => T::KindOther,
    }
}

/// Selects what stands in a field, to be typed over.
pub fn select_all(ui: &Ui, field: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), field).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state
        .cursor
        .set_char_range(Some(CCursorRange::two(CCursor::default(), end)));
    state.store(ui.ctx(), field);
}
