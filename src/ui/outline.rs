//! The articles of a page and their headings; a click goes there.

use egui::{Align, Button, Label, Layout, RichText, ScrollArea, TextStyle, Ui, vec2};

use super::text_view;
use super::tokens::Colors;
use crate::annot::Document;
use crate::annot::document::PlacedBlock;
use crate::app::command::{Command, Selection, UiCommand};
use crate::app::model::Model;
use crate::i18n::T;
use crate::text::{BlockKind, CharRange};

/// The height of a line.
const LINE: f32 = 26.0;
/// Characters of a heading that are kept: more than a panel is wide.
const LONGEST: usize = 80;
/// Blocks below an article's first in which its headline is looked for.
const NEAR: usize = 2;
/// Characters of a line that may stand above a headline; a longer one is the text itself.
const LONGEST_ABOVE: u32 = 60;

/// A line of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    text: String,
    range: CharRange,
    /// Whether an article begins here; others are headings within it.
    is_article: bool,
    /// Whether the text is a heading, not the first words of what has none.
    is_heading: bool,
}

/// The outline of one revision of the document.
#[derive(Debug, Default)]
pub struct Outline {
    revision: Option<u64>,
    entries: Vec<Entry>,
}

/// Shows the outline.
pub fn show(ui: &mut Ui, model: &Model, outline: &mut Outline, commands: &mut Vec<Command>) {
    let lang = model.lang;
    let Some(sheet) = model.sheet() else { return };
    if outline.revision != Some(sheet.revision) {
        outline.revision = Some(sheet.revision);
        outline.entries = entries(&sheet.document);
    }
    let entries = &outline.entries;
    let caret = sheet.selection.caret;
    let colors = Colors::of(ui.ctx().theme());
    let current = entries
        .partition_point(|entry| entry.range.start <= caret)
        .checked_sub(1);
    // A panel shrinks to what is in it, and short headings shall not move the text.
    ui.set_min_width(ui.available_width());
    ui.horizontal(|ui| {
        ui.label(RichText::new(T::Outline.of(lang)).strong());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = ui.add(Button::new("×").frame_when_inactive(false));
            if close.accessible_name(T::Close.of(lang)).clicked() {
                commands.push(Command::Ui(UiCommand::Outline));
                text_view::take_keyboard(ui);
            }
        });
    });
    if entries.is_empty() {
        ui.add(Label::new(RichText::new(T::OutlineEmpty.of(lang)).color(colors.faint_ink)).wrap());
    }
    ScrollArea::vertical()
        .id_salt("outline")
        .auto_shrink(false)
        .show_rows(ui, LINE, entries.len(), |ui, rows| {
            for place in rows {
                let entry = &entries[place];
                let text = match (entry.is_article, entry.is_heading) {
                    (true, true) => RichText::new(&entry.text).strong(),
                    (true, false) => RichText::new(&entry.text).color(colors.faint_ink),
                    (false, _) => RichText::new(format!("\u{3000}{}", entry.text)),
                };
                let is_current = current == Some(place);
                let button = Button::new(text)
                    .selected(is_current)
                    .frame_when_inactive(is_current)
                    .truncate();
                let mut row = ui.add(button.min_size(vec2(ui.available_width(), LINE)));
                let indent = if entry.is_article { "" } else { "\u{3000}" };
                let font = TextStyle::Button.resolve(ui.style());
                let whole = ui
                    .painter()
                    .layout_no_wrap(format!("{indent}{}", entry.text), font, colors.ink);
                if whole.size().x + 2.0 * ui.spacing().button_padding.x > row.rect.width() {
                    row = row.on_hover_text(&entry.text);
                }
                if row.clicked() {
                    commands.extend([
                        Command::Select {
                            selection: Selection::caret(entry.range.start),
                            palette: false,
                        },
                        Command::Reveal(entry.range),
                    ]);
                    text_view::take_keyboard(ui);
                }
            }
        });
}

/// The articles and the headings, without what was set aside: an article begins with its first block that was not. It is
/// called by its headline, also where a line or a caption stands above it, or else by its first words.
fn entries(document: &Document) -> Vec<Entry> {
    let blocks = document.blocks();
    let is_shown = |block: &PlacedBlock| !block.mark.dropped && !block.range.is_empty();
    let mut entries = Vec::new();
    let mut headline = None;
    // Whether the block that an article begins with was set aside, and none of it was shown yet.
    let mut is_due = blocks
        .first()
        .is_some_and(|block| block.mark.kind != BlockKind::Furniture);
    for (number, block) in blocks.iter().enumerate() {
        let is_furniture = block.mark.kind == BlockKind::Furniture;
        is_due |= block.mark.starts_article;
        if !is_shown(block) {
            continue;
        }
        let begins = block.mark.starts_article || is_due && !is_furniture;
        is_due &= !begins;
        let is_heading = block.mark.kind == BlockKind::Heading;
        if headline == Some(number) || !(begins || is_heading) {
            continue;
        }
        let mut named = block;
        if begins && !is_heading && !is_text(block) {
            let near = (number + 1..blocks.len().min(number + 1 + NEAR)).map(|near| (near, &blocks[near]));
            let own = near.take_while(|(_, block)| !block.mark.starts_article);
            let mut headings = own.filter(|(_, block)| is_shown(block) && block.mark.kind == BlockKind::Heading);
            if let Some((place, heading)) = headings.next() {
                headline = Some(place);
                named = heading;
            }
        }
        entries.push(Entry {
            text: document.text().slice(named.range).chars().take(LONGEST).collect(),
            range: CharRange::new(block.range.start, named.range.end),
            is_article: begins,
            is_heading: named.mark.kind == BlockKind::Heading,
        });
    }
    entries
}

/// Whether the block is the text of an article, so that a heading below it is one within the article.
fn is_text(block: &PlacedBlock) -> bool {
    block.mark.kind == BlockKind::Paragraph && block.range.len() > LONGEST_ABOVE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::document::{BlockMark, Parts};
    use crate::text::Text;

    fn mark(kind: BlockKind, starts_article: bool, dropped: bool) -> BlockMark {
        BlockMark {
            kind,
            starts_article,
            dropped,
        }
    }

    #[test]
    fn what_stands_above_a_headline_is_no_article_of_its_own() {
        let document = Document::new(Parts {
            text: Text::from("引子\n大标题\n正文\n图片说明\n另一题\n正文"),
            blocks: vec![
                mark(BlockKind::Paragraph, true, false),
                mark(BlockKind::Heading, false, false),
                mark(BlockKind::Paragraph, false, false),
                mark(BlockKind::Caption, true, false),
                mark(BlockKind::Heading, true, false),
                mark(BlockKind::Paragraph, false, false),
            ],
            ..Parts::default()
        });
        let listed: Vec<_> = entries(&document)
            .into_iter()
            .map(|entry| (entry.text, entry.range.start.0))
            .collect();
        let expected = [("大标题", 0), ("图片说明", 10), ("另一题", 15)];
        assert_eq!(listed, expected.map(|(text, start)| (text.to_owned(), start)));
    }

    #[test]
    fn articles_and_headings_are_listed() {
        let document = Document::new(Parts {
            text: Text::from("第3版\n新桥通车\n正文\n小标题\n另一篇\n广告"),
            blocks: vec![
                mark(BlockKind::Furniture, false, false),
                mark(BlockKind::Heading, true, false),
                mark(BlockKind::Paragraph, false, false),
                mark(BlockKind::Heading, false, false),
                mark(BlockKind::Paragraph, true, false),
                mark(BlockKind::Heading, true, true),
            ],
            ..Parts::default()
        });
        let listed: Vec<_> = entries(&document)
            .into_iter()
            .map(|entry| (entry.text, entry.is_article))
            .collect();
        let expected = [("新桥通车", true), ("小标题", false), ("另一篇", true)];
        assert_eq!(listed, expected.map(|(text, is_article)| (text.to_owned(), is_article)));
    }

    #[test]
    fn an_article_whose_first_heading_was_set_aside_stays() {
        let listed = |dropped: &[usize]| {
            let kinds = [
                BlockKind::Furniture,
                BlockKind::Heading,
                BlockKind::Heading,
                BlockKind::Paragraph,
                BlockKind::Heading,
            ];
            let marks = kinds.iter().enumerate();
            let document = Document::new(Parts {
                text: Text::from("第3版\n新桥通车\n两岸相连\n正文\n小标题"),
                blocks: marks
                    .map(|(number, &kind)| mark(kind, number == 1, dropped.contains(&number)))
                    .collect(),
                ..Parts::default()
            });
            let entries = entries(&document).into_iter();
            entries.map(|entry| (entry.text, entry.is_article)).collect::<Vec<_>>()
        };
        let is = |expected: &[(&str, bool)]| -> Vec<_> {
            let all = expected.iter();
            all.map(|&(text, is_article)| (text.to_owned(), is_article)).collect()
        };
        assert_eq!(listed(&[1]), is(&[("两岸相连", true), ("小标题", false)]));
        assert_eq!(listed(&[1, 2]), is(&[("小标题", true)]));
        assert_eq!(listed(&[1, 2, 3, 4]), is(&[]));
    }

    #[test]
    fn headings_within_an_article_without_a_headline_are_alike() {
        let body = "本报讯 记者昨日获悉，三十多项经验被推广。".repeat(4);
        let document = Document::new(Parts {
            text: Text::from(format!("{body}\n治理更精准\n正文\n案件下降\n正文").as_str()),
            blocks: vec![
                mark(BlockKind::Paragraph, true, false),
                mark(BlockKind::Heading, false, false),
                mark(BlockKind::Paragraph, false, false),
                mark(BlockKind::Heading, false, false),
                mark(BlockKind::Paragraph, false, false),
            ],
            ..Parts::default()
        });
        let listed: Vec<_> = entries(&document)
            .into_iter()
            .map(|entry| (entry.text, entry.is_article, entry.is_heading))
            .collect();
        let first: String = body.chars().take(LONGEST).collect();
        let expected = [
            (first.as_str(), true, false),
            ("治理更精准", false, true),
            ("案件下降", false, true),
        ];
        assert_eq!(listed, expected.map(|(text, a, h)| (text.to_owned(), a, h)));
    }
}
