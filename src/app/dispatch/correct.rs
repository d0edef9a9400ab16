//! Changing the characters of the reading text; the tags move with them.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::touch;
use crate::annot::edit::TextEdit;
use crate::annot::journal::{Act, Before};
use crate::annot::search::{Preview, replacement};
use crate::annot::{Document, Edit, Span, SpanId};
use crate::app::command::{Direction, ExportKind, Selection};
use crate::app::model::{Keyboard, Model};
use crate::app::notices::Weight;
use crate::app::sheet::Sheet;
use crate::formats::corrections::corrected_paragraphs;
use crate::i18n::T;
use crate::text::{Assoc, ChangeSet, CharIdx, CharRange};

/// Typing that goes on after this long is another step for undo.
const PAUSE: Duration = Duration::from_secs(2);

/// How a change counts for undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// As a step of its own.
    Own,
    /// As a part of the typing that goes on.
    Typing,
    /// As a step of its own that changes places all over the text: the view stays where it is.
    Everywhere,
}

impl Model {
    /// Begins the correcting of characters in the block at the caret, or ends it in the one where it was begun.
    pub(super) fn toggle_correcting(&mut self) {
        let here = |sheet: &Sheet| sheet.document.block_at(sheet.selection.caret);
        let is_there = self
            .sheet()
            .is_some_and(|sheet| sheet.correcting.is_on && sheet.correcting.block == here(sheet));
        self.correct(!is_there);
    }

    /// Begins the correcting of characters, or ends it.
    pub(super) fn correct(&mut self, is_on: bool) {
        self.with_sheet(|sheet| {
            sheet.history.close();
            sheet.correcting.close();
            sheet.correcting.is_on = is_on && sheet.read_only.is_none();
            sheet.correcting.block = sheet.document.block_at(sheet.selection.caret);
            sheet.chosen = None;
            sheet.card = false;
            sheet.palette = false;
            sheet.propagation = None;
            let caret = sheet.selection.caret;
            sheet.reveal = sheet.correcting.is_on.then_some(CharRange::new(caret, caret));
        });
        if self.sheet().is_some_and(|sheet| sheet.read_only.is_some()) {
            self.say(T::ReadOnly);
        }
        let how = T::PressToEdit.of(self.lang);
        self.notices.retain(|notice| notice.text != how);
    }

    /// Selects the whole text; while a paragraph is being corrected, that paragraph first. An empty one stays as it is:
    /// nothing would tell the first time from the second.
    pub(super) fn select_all(&mut self) {
        self.with_sheet(|sheet| {
            let document = &sheet.document;
            let mut range = document.text().range();
            if sheet.correcting.is_on
                && let Some(block) = document.blocks().get(document.block_at(sheet.selection.caret))
                && (block.range.is_empty() || block.range != sheet.selection.range())
            {
                range = block.range;
            }
            sheet.history.close();
            sheet.correcting.close();
            sheet.selection = Selection {
                anchor: range.start,
                caret: range.end,
            };
        });
    }

    /// Puts `typed` in the place of the selection, or in at the caret.
    pub(super) fn type_text(&mut self, typed: &str) {
        let typed = typed.replace("\r\n", "\n").replace('\r', "\n");
        let Some(sheet) = self.sheet().filter(|sheet| sheet.correcting.is_on) else {
            self.say_how_to_type();
            return;
        };
        self.retype(sheet.selection.range(), &typed);
    }

    /// Puts what was pasted in the place of the selection, as a step of its own.
    pub(super) fn paste(&mut self, text: &str) {
        self.with_sheet(|sheet| sheet.history.close());
        self.type_text(text);
        self.with_sheet(|sheet| sheet.history.close());
    }

    /// Takes out the selection, or the character beside the caret.
    pub(super) fn erase(&mut self, direction: Direction) {
        let Some(sheet) = self.sheet().filter(|sheet| sheet.correcting.is_on) else {
            return;
        };
        let mut range = sheet.selection.range();
        if range.is_empty() {
            let by = if direction == Direction::Back { -1 } else { 1 };
            let caret = sheet.selection.caret;
            range = CharRange::new(caret, sheet.document.text().step(caret, by));
        }
        self.retype(range, "");
    }

    /// Says with which key the characters can be changed.
    pub(super) fn say_how_to_type(&mut self) {
        match self.sheet() {
            Some(sheet) if sheet.read_only.is_some() => self.say(T::ReadOnly),
            _ => self.say(T::PressToEdit),
        }
    }

    /// Takes the selection out and keeps it for pasting.
    pub(super) fn cut(&mut self, ctx: &egui::Context) {
        let Some(sheet) = self.sheet().filter(|sheet| sheet.correcting.is_on) else {
            self.say_how_to_type();
            return;
        };
        let range = sheet.selection.range();
        if !range.is_empty() {
            ctx.copy_text(sheet.document.text().slice(range).to_owned());
            self.retype(range, "");
        }
    }

    /// Opens the find bar, with or without the row for replacing, on what is selected.
    pub(super) fn open_find(&mut self, replaces: bool) {
        self.find.is_open = true;
        self.find.wants_focus = true;
        self.find.replaces = replaces;
        self.find.is_template_meant = false;
        let selected = self
            .sheet()
            .map(|sheet| sheet.document.text().slice(sheet.selection.range()).to_owned());
        if let Some(selected) = selected.filter(|text| !text.is_empty() && !text.contains('\n')) {
            self.find.pattern = selected;
            self.find.is_regex = false;
        }
    }

    /// Closes the find bar. Back to the caret, wherever the search has led the eye.
    pub(super) fn close_find(&mut self) {
        self.find.is_open = false;
        self.find.searched = None;
        self.find.current = None;
        self.keyboard = Some(Keyboard::Text);
        self.with_sheet(|sheet| {
            sheet.found = Arc::default();
            sheet.reveal = Some(sheet.selection.range());
        });
    }

    /// Makes these replacements.
    pub(super) fn replace(&mut self, previews: &[Preview]) {
        let edit = Edit::Text(replacement(previews).into());
        let step = if previews.len() > 1 {
            Step::Everywhere
        } else {
            Step::Own
        };
        if !self.change_text(edit, step) || previews.len() == 1 {
            return;
        }
        let about = self.last_step();
        // That tags went with their text matters more.
        if !self.notices.iter().any(|notice| notice.about == about) {
            let is_removal = previews.iter().all(|one| one.after.is_empty());
            let said = if is_removal { T::TakenOut } else { T::Replaced };
            let text = self.lang.fill(said, &[&previews.len().to_string()]);
            self.notify_step(text);
        }
    }

    /// Asks where the corrections shall be written to, if there is one.
    pub(super) fn export_corrections(&mut self) {
        let Some(sheet) = self.sheet() else { return };
        if corrected_paragraphs(&sheet.document).is_empty() {
            self.say(T::NoCorrections);
        } else {
            self.pick_export(ExportKind::Corrections);
        }
    }

    /// Typing: `with` in the place of `range`.
    fn retype(&mut self, range: CharRange, with: &str) {
        let Some(sheet) = self.sheet() else { return };
        let document = &sheet.document;
        let change = ChangeSet::replace(document.text(), range, with);
        if change.is_empty() {
            return;
        }
        let caret = range.start + CharIdx::count(with);
        let mut meant = sheet.correcting.open_tags.clone();
        let kept: Vec<Span> = if range.is_empty() {
            let at = range.start;
            std::mem::take(&mut meant)
                .into_iter()
                .map(|span| {
                    // As the tag stands before this character.
                    let now = document
                        .spans()
                        .get(span.id)
                        .map_or(span.on(CharRange::new(at, at)), Span::clone);
                    let range = CharRange::new(now.range.start.min(at), now.range.end.max(at));
                    let grown = CharRange::new(range.start, range.end + CharIdx::count(with));
                    now.on(grown)
                })
                .collect()
        } else {
            Vec::new()
        };
        let edit = with_grown(document, change.clone(), &kept);
        let touched: Vec<Span> = document.spans().overlapping(range).cloned().collect();
        let names: Vec<_> = touched
            .iter()
            .map(|span| (span.id, document.covered(span).to_owned()))
            .collect();
        self.with_sheet(|sheet| {
            for (id, name) in names {
                sheet.correcting.names.entry(id).or_insert(name);
            }
            if sheet.save.changed_at.elapsed() >= PAUSE {
                sheet.history.close();
            }
        });
        if !self.change_text(edit, Step::Typing) {
            return;
        }
        self.with_sheet(|sheet| {
            sheet.selection = Selection::caret(caret);
            meant.extend(kept);
            for span in touched {
                if !meant.iter().any(|other| other.id == span.id) {
                    meant.push(span);
                }
            }
            let spans = sheet.document.spans();
            meant.retain_mut(|span| match spans.get(span.id) {
                Some(now) => {
                    *span = now.clone();
                    now.range.end == caret || (with.is_empty() && now.range.start == caret)
                }
                None => {
                    span.range = CharRange::new(caret, caret);
                    with.is_empty()
                }
            });
            sheet.correcting.open_tags = meant;
        });
        self.forget_found_again();
    }

    /// Makes an edit that changes the text; the selection moves with it, and tags that go with their text are named.
    pub(super) fn change_text(&mut self, edit: Edit, step: Step) -> bool {
        let Some(sheet) = self.sheet_mut() else { return false };
        if sheet.read_only.is_some() {
            self.say(T::ReadOnly);
            return false;
        }
        let change = change_of(&edit).cloned().unwrap_or_default();
        let (Some(first), Some(last)) = (change.replacements().first(), change.replacements().last()) else {
            return false;
        };
        let place = (step != Step::Everywhere).then(|| CharRange::new(first.at, last.range().end));
        let lost = lost_names(&sheet.document, &change, &sheet.correcting.names);
        let noted = Before::of(&sheet.document, &edit);
        let history = &mut sheet.history;
        let depth = history.depth();
        let result = match step {
            Step::Own | Step::Everywhere => history.apply(&mut sheet.document, edit, place),
            Step::Typing => history.extend(&mut sheet.document, edit, place),
        };
        if let Err(error) = result {
            self.say_refused(&error);
            return false;
        }
        touch(sheet);
        // Where the history's last step grew, so does the journal's.
        let grows = sheet.history.depth() == depth;
        sheet.note(noted, Act::Done, grows);
        sheet.text_revision += 1;
        sheet.doubts.follow(&change);
        let moved = |at| change.map_pos(at, Assoc::After);
        sheet.selection = Selection {
            anchor: moved(sheet.selection.anchor),
            caret: moved(sheet.selection.caret),
        };
        sheet.correcting.block = sheet.document.block_at(sheet.selection.caret);
        sheet.palette = false;
        sheet.card = false;
        if sheet.chosen_span().is_none() {
            sheet.chosen = None;
        }
        if step != Step::Typing {
            sheet.correcting.close();
        }
        if step != Step::Everywhere {
            let caret = sheet.selection.caret;
            sheet.reveal = Some(CharRange::new(caret, caret));
        }
        if !lost.is_empty() {
            self.say_lost(lost, step);
        }
        true
    }

    /// Names the tags that went with their text; those of one step in one notice.
    fn say_lost(&mut self, names: Vec<String>, step: Step) {
        let (Some(sheet), about) = (self.sheet(), self.last_step()) else {
            return;
        };
        let mut all = Vec::new();
        if let Some((notice, earlier)) = sheet.correcting.lost.clone().filter(|_| step == Step::Typing)
            && self
                .notices
                .iter()
                .any(|other| other.id == notice && other.about == about)
        {
            all = earlier;
            self.notices.retain(|other| other.id != notice);
        }
        all.extend(names);
        let text = self.lang.fill(T::TagsLost, &[&all.join("、")]);
        let notice = self.notify_about(Weight::Lasting, text, about);
        self.with_sheet(|sheet| sheet.correcting.lost = Some((notice, all)));
    }

    /// Takes the notice of lost tags back where what was typed since has brought them all back.
    fn forget_found_again(&mut self) {
        let Some(sheet) = self.sheet_mut() else { return };
        let is_back = !sheet.correcting.open_tags.is_empty()
            && sheet.correcting.open_tags.iter().all(|span| !span.range.is_empty());
        if is_back && let Some((notice, _)) = sheet.correcting.lost.take() {
            self.notices.retain(|other| other.id != notice);
        }
    }
}

/// The change, and with it the tags of `grown` as they shall be after it.
fn with_grown(document: &Document, change: ChangeSet, grown: &[Span]) -> Edit {
    if grown.is_empty() {
        return Edit::Text(change.into());
    }
    let there = grown.iter().filter_map(|span| document.spans().get(span.id));
    let remove: Vec<Span> = there.map(|span| span.on(change.map_range(span.range))).collect();
    let exchange = Edit::Spans {
        remove,
        add: grown.to_vec(),
    };
    Edit::Batch(vec![Edit::Text(change.into()), exchange])
}

/// The change of the text in an edit.
pub(super) fn change_of(edit: &Edit) -> Option<&ChangeSet> {
    match edit {
        Edit::Text(TextEdit { change, .. }) => Some(change),
        Edit::Batch(edits) => edits.iter().find_map(change_of),
        _ => None,
    }
}

/// What the tags name of which the change leaves no character.
fn lost_names(document: &Document, change: &ChangeSet, before: &HashMap<SpanId, String>) -> Vec<String> {
    let touched = change
        .replacements()
        .iter()
        .flat_map(|one| document.spans().overlapping(one.range()));
    let gone = touched.filter(|span| change.map_range(span.range).is_empty());
    let mut names: Vec<String> = gone
        .map(|span| {
            before
                .get(&span.id)
                .map_or(document.covered(span), String::as_str)
                .to_owned()
        })
        .collect();
    names.dedup();
    names
}
