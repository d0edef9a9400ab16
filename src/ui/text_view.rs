//! The article: rows of our own, only the visible ones shaped, tags painted over and under them.
//!
//! Nothing here grows with the document but the breaking of rows, which happens when the width, the size or the text
//! changes, and in pieces where the text is long (see ARCHITECTURE.md, "The text view").

mod access;
mod blocks;
mod context_menu;
mod correcting;
mod floating;
mod keys;
mod marks;
mod paint;
mod pointer;
mod rows;
mod scroll;
mod shaped;
mod typing;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use egui::{EventFilter, Id, Rect, Sense, Ui, pos2};

pub use self::context_menu::ContextMenu;
use self::correcting::CorrectedCache;
pub use self::correcting::changes_within;
use self::floating::Places;
pub use self::floating::{area_aside, area_beside};
pub(super) use self::marks::{join as join_mark, space as space_mark};
use self::pointer::Pointer;
use self::rows::SetText;
use self::shaped::ShapedRow;
pub(super) use self::shaped::printable;
use crate::annot::{LabelId, SpanId};
use crate::app::command::Command;
use crate::app::sheet::Sheet;
use crate::i18n::Lang;
use crate::layout::Anchor;
use crate::text::{CharIdx, CharRange, Words};

/// The part of the view's width that stays free on either side of the column at most.
const MARGIN: f32 = 0.06;

/// How the text of one article is set and scrolled, and what the pointer is doing to it. Belongs to the view alone: it
/// says nothing of the document.
#[derive(Debug, Default)]
pub struct TextView {
    set: Option<SetText>,
    anchor: Anchor,
    pointer: Pointer,
    /// The horizontal place that the caret keeps to while it goes up and down, in points from the column's left.
    goal_x: Option<f32>,
    lanes: LaneCache,
    menu: Option<ContextMenu>,
    corrected: CorrectedCache,
    /// What the input method is composing.
    preedit: Option<String>,
    /// The word under the pointer, here or in the raw text.
    lit: Option<CharRange>,
    /// When Enter was last pressed, in the window's seconds.
    last_enter: Option<f64>,
    /// The height of the view in the last frame, in em.
    visible: f64,
}

impl TextView {
    /// The word under the pointer, here or in the raw text.
    #[must_use]
    pub fn lit(&self) -> Option<CharRange> {
        self.lit
    }

    /// The corrections of characters in a stretch: where each stands (nowhere, where characters were only taken out), and how
    /// many characters it replaced. As they were painted last.
    pub fn corrections_within(&self, range: CharRange) -> impl Iterator<Item = (CharRange, usize)> {
        let places = self.corrected.within(range);
        places.map(|one| (one.range, one.before.chars().count()))
    }

    /// Lights the word at a place of the reading text, here and in the raw text.
    pub fn light_word(&mut self, sheet: &Sheet, at: CharIdx, words: Option<&Words>) {
        let is_lit = self.lit.is_some_and(|lit| lit.contains(at));
        if !is_lit {
            self.lit = Some(pointer::word_around(sheet, at, words)).filter(|word| !word.is_empty());
        }
    }

    /// The character that what stands beside the text keeps to (`scroll::middle` says which), with how much of its row is
    /// above that place; the caret where all is in sight. `None` before the first frame.
    #[must_use]
    pub fn middle(&self, caret: CharIdx) -> Option<f64> {
        let set = self.set.as_ref()?;
        let rows = &set.rows;
        let height = rows.height() / f64::from(set.progress().max(0.01));
        let Some(y) = scroll::middle(rows.y_of_anchor(self.anchor), height, self.visible) else {
            return Some(f64::from(caret.0));
        };
        let anchor = rows.anchor_at(y.clamp(0.0, rows.height()));
        let row = rows.row(rows.row_of_byte(anchor.byte))?;
        let into = (anchor.offset / f64::from(row.height)).clamp(0.0, 1.0);
        Some(f64::from(row.chars.start.0) + into * f64::from(row.chars.len()))
    }

    /// Scrolls so that [`Self::middle`] is that character.
    pub fn scroll_to(&mut self, at: CharIdx) {
        if let Some(set) = &self.set {
            let rows = &set.rows;
            let row = rows.row_of_char(at);
            let into = rows.row(row).map_or(0.0, |row| {
                f64::from(row.height) * f64::from(at.0.saturating_sub(row.chars.start.0))
                    / f64::from(row.chars.len().max(1))
            });
            let height = rows.height() / f64::from(set.progress().max(0.01));
            let top = scroll::top_for(rows.y_of_row(row) + into, height, self.visible);
            self.anchor = rows.anchor_at(top);
        }
    }

    /// How much of the text is broken into rows, in percent; `None` before the first frame.
    #[must_use]
    pub fn percent_set(&self) -> Option<u32> {
        self.set.as_ref().map(|set| (set.progress() * 100.0) as u32)
    }
}

/// An article, and how it is set: what the parts of this view pass along.
struct Page<'a> {
    sheet: &'a mut Sheet,
    view: &'a mut TextView,
}

/// Underline lanes by paragraph, for one revision of the document and of its suggestions.
#[derive(Debug, Default)]
struct LaneCache {
    revision: (u64, u64),
    paragraphs: HashMap<usize, Arc<HashMap<SpanId, u8>>>,
}

/// What the text view is told from outside the article.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The language of the window.
    pub lang: Lang,
    /// The size of the text in points.
    pub text_size: f32,
    /// The width of the column in characters.
    pub column: f32,
    /// The brush.
    pub brush: Option<&'a LabelId>,
    /// The segmenter, once it is there.
    pub words: Option<&'a Words>,
    /// Whether the find bar is open.
    pub is_finding: bool,
    /// The match that the find bar is at.
    pub found: Option<CharRange>,
    /// Whether spaces, paragraph ends and joins are marked.
    pub has_marks: bool,
    /// Whether the word under the pointer is lit: where the raw text stands beside, which lights it too.
    pub lights_words: bool,
    /// Whether a dialog stands before the text: keys are the dialog's then, even where it has no field for them.
    pub is_behind_dialog: bool,
}

/// Where things are on the screen in this frame.
struct Geometry {
    /// The whole view.
    rect: Rect,
    /// The left edge of the column.
    left: f32,
    /// The width of the column.
    width: f32,
    /// A body em in points.
    em: f32,
    /// The top of the visible part, in em from the top of the document.
    top: f64,
}

impl Geometry {
    /// The y on the screen of a place in the document.
    fn y(&self, document_y: f64) -> f32 {
        self.rect.top() + ((document_y - self.top) * f64::from(self.em)) as f32
    }

    /// The place in the document of a y on the screen.
    fn document_y(&self, y: f32) -> f64 {
        self.top + f64::from((y - self.rect.top()) / self.em)
    }
}

/// The id of the view: it has the keyboard unless something else took it.
#[must_use]
pub fn id() -> Id {
    Id::unique("article text")
}

/// How wide the view must be for a column of so many characters, in points.
#[must_use]
pub fn width_for(chars: f32, em: f32) -> f32 {
    (chars * em + scroll::BAR_WIDTH) / (1.0 - 2.0 * MARGIN)
}

/// Shows the article and reads what the pointer and the keys do to it.
pub fn show(
    ui: &mut Ui,
    sheet: &mut Sheet,
    view: &mut TextView,
    around: Surroundings<'_>,
    commands: &mut Vec<Command>,
) {
    let rect = ui.available_rect_before_wrap();
    let response = ui.interact(rect, id(), Sense::drag() | Sense::focusable_noninteractive());
    ui.advance_cursor_after_rect(rect);
    keep_focus(ui, !sheet.suggestions.open.spans.is_empty());

    let em = around.text_size;
    let bar_width = scroll::BAR_WIDTH;
    let margin = (em * 2.0).min(rect.width() * MARGIN);
    let width = (rect.width() - bar_width - 2.0 * margin)
        .min(around.column * em)
        .max(em * 4.0);
    let left = (rect.left() + (rect.width() - bar_width - width) / 2.0).round();

    if !sheet.correcting.is_on {
        view.preedit = None;
    }
    if view.set.is_none() {
        view.anchor.byte = sheet.document.text().byte_of(sheet.top);
    }
    rows::follow(ui, view, &sheet.document, width / em);
    let Some(height) = view.set.as_ref().map(|set| set.rows.height()) else {
        return;
    };
    view.visible = f64::from(rect.height() / em);
    scroll::follow(ui, view, &mut sheet.reveal, rect, em, height);
    let Some(set) = view.set.as_ref() else { return };
    let row = set.rows.row(set.rows.row_of_byte(view.anchor.byte));
    sheet.top = row.map_or(sheet.top, |row| row.chars.start);
    let geometry = Geometry {
        rect,
        left,
        width,
        em,
        top: set.rows.y_of_anchor(view.anchor),
    };

    let painter = ui.painter_at(rect);
    let shaped = shaped::visible(&painter, &sheet.document, set, &geometry);
    let page = &mut Page { sheet, view };
    paint::show(ui, page, &geometry, &shaped, around);
    let sheet = &*page.sheet;
    access::expose(ui, &response, &sheet.document, sheet.selection, &shaped);
    if let Some(bar) = scroll::bar(ui, page.view, rect, em, height) {
        ui.ctx().set_cursor_icon(bar);
    }

    pointer::read(ui, &response, page, &geometry, &shaped, around, commands);
    if !around.is_behind_dialog && ui.memory(|memory| memory.has_focus(id())) {
        keys::read(ui, page, &geometry, around, commands);
    }
    correcting::tooltip(ui, &response, page, &geometry, &shaped, around.lang);
    context_menu::show(ui, page, around, commands);
    let sheet = &mut *page.sheet;
    if sheet.palette || sheet.card || sheet.doubts.current.is_some() {
        ui.data_mut(|data| data.insert_temp(id(), Arc::new(Places::of(&shaped, &geometry))));
    }
    animate(ui, sheet);
}

/// The keyboard is the text's unless a field or a button has taken it, and the arrows and Esc stay here. So does Tab
/// while there are suggestions to walk through.
fn keep_focus(ui: &Ui, has_suggestions: bool) {
    ui.memory_mut(|memory| {
        if memory.focused().is_none() {
            memory.request_focus(id());
        }
        let filter = EventFilter {
            tab: has_suggestions,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
        };
        memory.set_focus_lock_filter(id(), filter);
    });
}

/// Gives the keyboard back to the text after a button was clicked.
pub fn take_keyboard(ui: &Ui) {
    ui.memory_mut(|memory| memory.request_focus(id()));
}

/// A flash fades; the caret stands still (a blinking one would keep an office PC painting all day).
fn animate(ui: &Ui, sheet: &mut Sheet) {
    if let Some((_, since)) = &sheet.flash {
        if since.elapsed() > paint::FLASH {
            sheet.flash = None;
        } else {
            ui.ctx().request_repaint_after(Duration::from_millis(30));
        }
    }
}

/// The shaped row and the place in it that a point on the screen is at.
fn row_at(shaped: &[ShapedRow], y: f32) -> Option<&ShapedRow> {
    let below = shaped.partition_point(|row| row.bottom <= y);
    shaped.get(below).or(shaped.last())
}

/// Where a tag's or a selection's part in a row lies on the screen.
fn part_rect(row: &ShapedRow, range: CharRange) -> Option<Rect> {
    let part = range.intersection(row.chars)?;
    Some(Rect::from_min_max(
        pos2(row.x(part.start), row.top),
        pos2(row.x(part.end), row.bottom),
    ))
}
