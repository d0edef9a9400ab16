//! The menu for what is under the pointer.

use egui::containers::menu::menu_style;
use egui::{Align, Button, Id, Layout, Popup, PopupAnchor, PopupCloseBehavior, Pos2, RichText, Ui};

use super::pointer::{sentence_around, tags_at};
use super::{Page, Surroundings};
use crate::annot::document::BlockMark;
use crate::annot::{LabelId, SpanId};
use crate::app::command::{Command, Selection, UiCommand, Verdict};
use crate::app::sheet::Sheet;
use crate::i18n::T;
use crate::text::{BlockKind, CharIdx, CharRange};
use crate::ui::widgets::{keys_text, kind_text, label_button, menu_item, menu_item_called};

/// An open menu.
#[derive(Clone, Debug)]
pub struct ContextMenu {
    at: Pos2,
    place: CharIdx,
    tag: Option<SpanId>,
    /// Opened in this frame: the press that opened it must not close it.
    is_new: bool,
}

impl ContextMenu {
    pub(super) fn new(sheet: &Sheet, place: CharIdx, under: Option<CharIdx>, at: Pos2) -> Self {
        let tag = under.and_then(|under| tags_at(sheet, under).first().copied());
        Self {
            at,
            place,
            tag,
            is_new: true,
        }
    }
}

/// Shows the menu while it is open.
pub(super) fn show(ui: &Ui, page: &mut Page<'_>, around: Surroundings<'_>, commands: &mut Vec<Command>) {
    let Some(menu) = page.view.menu.clone() else { return };
    let before = commands.len();
    let mut is_open = true;
    let popup = Popup::new(
        Id::unique("text menu"),
        ui.ctx().clone(),
        PopupAnchor::Position(menu.at),
        ui.layer_id(),
    )
    .kind(egui::PopupKind::Menu)
    .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
    .open_bool(&mut is_open);
    popup.show(|ui| {
        ui.set_min_width(210.0);
        menu_style(ui.style_mut());
        ui.with_layout(Layout::top_down_justified(Align::LEFT), |ui| {
            contents(ui, page.sheet, &menu, around, commands);
        });
    });
    let has_chosen = commands.len() > before;
    if (!is_open && !menu.is_new) || has_chosen {
        page.view.menu = None;
    } else if let Some(menu) = &mut page.view.menu {
        menu.is_new = false;
    }
}

fn contents(ui: &mut Ui, sheet: &Sheet, menu: &ContextMenu, around: Surroundings<'_>, commands: &mut Vec<Command>) {
    let lang = around.lang;
    let selected = sheet.selection.range();
    let in_selection = !selected.is_empty() && (selected.contains(menu.place) || selected.end == menu.place);
    let suggestion = menu.tag.and_then(|tag| sheet.suggestions.get(tag));
    if let Some(suggestion) = suggestion.filter(|_| !in_selection) {
        let judge = |verdict| Command::Judge(vec![suggestion.clone()], verdict);
        if ui.button(T::AcceptSuggestion.of(lang)).clicked() {
            commands.push(judge(Verdict::Accept));
        }
        ui.menu_button(T::AcceptAs.of(lang), |ui| {
            labels(ui, sheet, around, |label| commands.push(judge(Verdict::As(label))));
        });
        if ui.button(T::RejectSuggestion.of(lang)).clicked() {
            commands.push(judge(Verdict::Reject));
        }
        ui.separator();
    } else if let Some(tag) = menu.tag.filter(|_| !in_selection) {
        ui.menu_button(T::RenameLabel.of(lang), |ui| {
            labels(ui, sheet, around, |label| {
                commands.push(Command::Relabel(vec![tag], label));
            });
        });
        if menu_item(ui, lang, UiCommand::TagOthers) {
            commands.extend([Command::Choose(Some(tag), false), Command::Ui(UiCommand::TagOthers)]);
        }
        if ui.button(T::NoteHint.of(lang)).clicked() {
            commands.push(Command::Choose(Some(tag), true));
        }
        if menu_item(ui, lang, UiCommand::Remove) {
            commands.push(Command::RemoveSpans(vec![tag]));
        }
        ui.separator();
    } else if in_selection {
        labels(ui, sheet, around, |label| commands.push(Command::Tag(selected, label)));
        if menu_item(ui, lang, UiCommand::Copy) {
            commands.push(Command::Ui(UiCommand::Copy));
        }
        ui.separator();
    }
    let number = sheet.document.block_at(menu.place);
    let Some(block) = sheet.document.blocks().get(number) else {
        return;
    };
    let select = |range: CharRange| Command::Select {
        selection: Selection {
            anchor: range.start,
            caret: range.end,
        },
        palette: true,
    };
    if ui.button(T::SelectSentence.of(lang)).clicked() {
        commands.push(select(sentence_around(sheet, menu.place)));
    }
    if ui.button(T::SelectParagraph.of(lang)).clicked() {
        commands.push(select(block.range));
    }
    ui.menu_button(T::BlockKind.of(lang), |ui| {
        for kind in BlockKind::ALL {
            let mut button = Button::selectable(block.mark.kind == kind, kind_text(kind).of(lang));
            if let Some(keys) = keys_text(ui, making(kind)) {
                button = button.shortcut_text(RichText::new(keys).weak());
            }
            let name = kind_text(kind).of(lang);
            if ui.add(button).accessible_name(name).clicked() {
                commands.push(Command::MarkBlock(number, BlockMark { kind, ..block.mark }));
            }
        }
    });
    let drop_text = if block.mark.dropped {
        T::RestoreBlock
    } else {
        T::DropBlock
    };
    if menu_item_called(ui, lang, UiCommand::DropBlock, drop_text) {
        let mark = BlockMark {
            dropped: !block.mark.dropped,
            ..block.mark
        };
        commands.push(Command::MarkBlock(number, mark));
    }
    ui.separator();
    for command in UiCommand::OF_BLOCKS {
        let name = match command {
            UiCommand::StartArticle if block.mark.starts_article => T::NoArticleHere,
            _ => command.texts().0,
        };
        if menu_item_called(ui, lang, command, name) {
            // A line is split where the pointer is, whatever is selected around it.
            if !in_selection || command == UiCommand::SplitHere {
                commands.push(Command::Select {
                    selection: Selection::caret(menu.place),
                    palette: false,
                });
            }
            commands.push(Command::Ui(command));
        }
    }
}

/// The command that makes a block of that kind.
fn making(kind: BlockKind) -> UiCommand {
    match kind {
        BlockKind::Heading => UiCommand::MakeHeading,
        BlockKind::Paragraph => UiCommand::MakeParagraph,
        BlockKind::Caption => UiCommand::MakeCaption,
        BlockKind::Byline => UiCommand::MakeByline,
        BlockKind::Furniture => UiCommand::MakeFurniture,
        BlockKind::Other => UiCommand::MakeOther,
    }
}

fn labels(ui: &mut Ui, sheet: &Sheet, around: Surroundings<'_>, mut choose: impl FnMut(LabelId)) {
    for label in sheet.document.labels().iter() {
        if label_button(ui, around.lang, label, false).clicked() {
            choose(label.id.clone());
        }
    }
}
