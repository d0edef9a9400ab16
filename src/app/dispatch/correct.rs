//! Changing the characters of the reading text; the tags move with them.

use std::sync::Arc;
use std::time::Duration;

use super::{touch, within_block};
use crate::annot::edit::TextEdit;
use crate::annot::journal::{Act, Before};
use crate::annot::realign::realigned;
use crate::annot::search::{Preview, replacement};
use crate::annot::{Document, Edit, EditError, Span, SpanId, lost};
use crate::app::command::{Direction, ExportKind, Selection};
use crate::app::figures::values;
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
            let selected = sheet.selection.range();
            // Of the whole text the first block is meant, not the one where it happens to end.
            if sheet.correcting.is_on && !selected.is_empty() && selected == sheet.document.text().range() {
                sheet.selection = Selection::caret(selected.start);
            }
            sheet.correcting.block = sheet.document.block_at(sheet.selection.caret);
            sheet.chosen = None;
            sheet.card = false;
            sheet.palette = false;
            sheet.propagation = None;
            let caret = sheet.selection.caret;
            if sheet.correcting.is_on {
                sheet.selection = within_block(&sheet.document, sheet.selection, caret);
            }
            sheet.reveal = sheet.correcting.is_on.then_some(CharRange::new(caret, caret));
        });
        if self.sheet().is_some_and(|sheet| sheet.read_only.is_some()) {
            self.say(T::ReadOnly);
        }
        let how = T::PressToEdit.of(self.lang);
        self.notices.retain(|notice| notice.text != how);
    }

    /// Selects the whole text; while a paragraph is being corrected, that paragraph.
    pub(super) fn select_all(&mut self) {
        self.with_sheet(|sheet| {
            let document = &sheet.document;
            let mut range = document.text().range();
            if sheet.correcting.is_on
                && let Some(block) = document.blocks().get(document.block_at(sheet.selection.caret))
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
        let caret = range.start + CharIdx::count(with);
        if change.is_empty() {
            self.with_sheet(|sheet| sheet.selection = Selection::caret(caret));
            return;
        }
        let mut meant = sheet.correcting.open_tags.clone();
        // Those of which there is something left grow with what is typed.
        let kept: Vec<Span> = if range.is_empty() {
            let at = range.start;
            let here = meant.iter().filter_map(|span| document.spans().get(span.id));
            here.map(|now| {
                let range = CharRange::new(now.range.start.min(at), now.range.end.max(at));
                now.on(CharRange::new(range.start, range.end + CharIdx::count(with)))
            })
            .collect()
        } else {
            Vec::new()
        };
        // A tag that went with more than its own text is not what is typed next.
        let is_beside = |span: &Span| {
            document
                .spans()
                .get(span.id)
                .is_some_and(|now| !now.range.covers(range))
        };
        meant.retain(|span| !is_beside(span) || !change.map_range(span.range).is_empty());
        let edit = with_grown(document, change.clone(), &kept);
        let mut touched: Vec<Span> = document.spans().overlapping(range).cloned().collect();
        let names: Vec<_> = touched
            .iter()
            .map(|span| (span.id, document.covered(span).to_owned()))
            .collect();
        // One of which a part went with words beside it does not grow: what is typed next stands for those as well.
        touched.retain(|span| span.range.covers(range));
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
            for span in touched {
                if !meant.iter().any(|other| other.id == span.id) {
                    meant.push(span);
                }
            }
            let document = &sheet.document;
            let names = &sheet.correcting.names;
            meant.retain_mut(|span| match document.spans().get(span.id) {
                Some(now) => {
                    *span = now.clone();
                    // One that has its own text again is complete.
                    let is_whole = names.get(&span.id).is_some_and(|own| own == document.covered(now));
                    !is_whole && (now.range.end == caret || (with.is_empty() && now.range.start == caret))
                }
                None => {
                    let lost = document.lost().iter().find(|lost| lost.span.id == span.id);
                    lost.is_some_and(|lost| lost.span.range.end == caret)
                }
            });
            sheet.correcting.open_tags = meant;
        });
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
        let lost_before: Vec<SpanId> = sheet.document.lost().iter().map(|lost| lost.span.id).collect();
        let read = values::read_near(&sheet.document, &change);
        let mut noted = Before::of(&sheet.document, &edit);
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
        let followed = follow(sheet, &change, &read, &mut noted);
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
        self.say_newly_lost(&lost_before, step);
        self.forget_found_again();
        if let Err(error) = followed {
            self.say_refused(&error);
        }
        true
    }

    /// Names the lost tags that are not among these.
    pub(super) fn say_newly_lost(&mut self, known: &[SpanId], step: Step) {
        let Some(sheet) = self.sheet() else { return };
        let gone = sheet
            .document
            .lost()
            .iter()
            .filter(|lost| !known.contains(&lost.span.id));
        let lost: Vec<(SpanId, String)> = gone.map(|lost| (lost.span.id, lost.text.clone())).collect();
        if !lost.is_empty() {
            self.say_lost(lost, step);
        }
    }

    /// Names the tags that went with their text; those of one step in one notice.
    fn say_lost(&mut self, lost: Vec<(SpanId, String)>, step: Step) {
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
        all.extend(lost);
        let text = self.lang.fill(T::TagsLost, &[&names_of(&all)]);
        let notice = self.notify_about(Weight::Lasting, text, about);
        self.with_sheet(|sheet| sheet.correcting.lost = Some((notice, all)));
    }

    /// Takes those out of the notice of lost tags that are back; with the last of them it goes.
    fn forget_found_again(&mut self) {
        let lang = self.lang;
        let Some(sheet) = self.sheet_mut() else { return };
        let Some((notice, mut all)) = sheet.correcting.lost.take() else {
            return;
        };
        let lost = sheet.document.lost();
        let count = all.len();
        all.retain(|(id, _)| lost.iter().any(|lost| lost.span.id == *id));
        let left = all.len();
        let text = lang.fill(T::TagsLost, &[&names_of(&all)]);
        if left > 0 {
            sheet.correcting.lost = Some((notice, all));
        } else {
            self.notices.retain(|other| other.id != notice);
        }
        let mut notices = self.notices.iter_mut();
        if let Some(said) = notices.find(|other| other.id == notice).filter(|_| left < count) {
            said.text = text;
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

/// Finds what follows in the document as it is.
type Following<'a> = &'a dyn Fn(&Document) -> Option<Edit>;

/// What follows from a change of the text that was just made, as a part of its step: its characters find their places in
/// the raw text, lost tags their text, and values that were read from the text are read again.
fn follow(sheet: &mut Sheet, change: &ChangeSet, read: &[SpanId], noted: &mut Before) -> Result<(), EditError> {
    let open: Vec<SpanId> = sheet.correcting.open_tags.iter().map(|span| span.id).collect();
    let names = &sheet.correcting.names;
    let steps: [Following<'_>; 6] = [
        &|document| realigned(document, change),
        &|document| lost::renamed(document, names),
        &|document| lost::whole_again(document, names),
        &|document| lost::found_again(document, change),
        &|document| lost::half_again(document, &open),
        &|document| values::read_again(document, change, read),
    ];
    for step in steps {
        if let Some(edit) = step(&sheet.document) {
            noted.also(&sheet.document, &edit);
            sheet.history.amend(&mut sheet.document, edit)?;
        }
    }
    Ok(())
}

/// The names of lost tags, each once.
fn names_of(lost: &[(SpanId, String)]) -> String {
    let mut names: Vec<&str> = lost.iter().map(|(_, name)| name.as_str()).collect();
    names.dedup();
    names.join("、")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::desk::desk;
    use super::*;
    use crate::annot::LabelId;
    use crate::app::command::{Command, UiCommand};
    use crate::app::notices::{About, Notice};

    /// What a hand does while a paragraph is being corrected; numbers are taken modulo the length of the text.
    #[derive(Clone, Debug)]
    enum Act {
        Select(u32, u32),
        Type(String),
        Paste(String),
        Erase(bool, u8),
        Undo,
    }

    fn acts() -> impl Strategy<Value = Act> {
        let text = "(顾念慈|[顾念慈372.公里𬱟😀\n]{1,2})";
        prop_oneof![
            2 => (any::<u32>(), 0..8_u32).prop_map(|(at, len)| Act::Select(at, len)),
            4 => text.prop_map(Act::Type),
            1 => text.prop_map(Act::Paste),
            3 => (any::<bool>(), 1..5_u8).prop_map(|(back, count)| Act::Erase(back, count)),
            1 => Just(Act::Undo),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn whatever_is_typed_every_tag_is_there_or_listed_and_all_comes_back(acts in prop::collection::vec(acts(), 1..24)) {
            let (mut model, ctx) = desk("退休教师顾念慈说，\n全长372.6公里的线路，顾念慈走了😀。");
            for (start, end, label) in [(4, 7, "person"), (0, 7, "unit"), (12, 19, "figure"), (23, 26, "person")] {
                model.dispatch(&ctx, Command::Tag(CharRange::of(start, end), LabelId::from(label)));
            }
            let document = |model: &Model| model.sheet().map(|sheet| sheet.document.clone()).unwrap();
            let first = document(&model);
            let depth = model.sheet().unwrap().history.depth();
            let automatic = first.automatic_text();
            model.dispatch(&ctx, Command::Ui(UiCommand::EditText));
            for act in acts {
                let len = document(&model).text().len().0;
                match act {
                    Act::Select(at, count) => {
                        let anchor = CharIdx(at % (len + 1));
                        let caret = CharIdx((anchor.0 + count).min(len));
                        let selection = Selection { anchor, caret };
                        model.dispatch(&ctx, Command::Select { selection, palette: false });
                    }
                    Act::Type(text) => model.dispatch(&ctx, Command::Type(text)),
                    Act::Paste(text) => model.dispatch(&ctx, Command::Paste(text)),
                    Act::Erase(is_back, count) => {
                        let direction = if is_back { Direction::Back } else { Direction::Forward };
                        (0..count).for_each(|_| model.dispatch(&ctx, Command::Erase(direction)));
                    }
                    Act::Undo if model.sheet().unwrap().history.depth() > depth => {
                        model.dispatch(&ctx, Command::Ui(UiCommand::Undo));
                    }
                    Act::Undo => {}
                }
                let now = document(&model);
                let there = now.spans().iter().map(|span| span.id);
                let mut all: Vec<SpanId> = there.chain(now.lost().iter().map(|lost| lost.span.id)).collect();
                all.sort_unstable();
                let mut expected: Vec<SpanId> = first.spans().iter().map(|span| span.id).collect();
                expected.sort_unstable();
                prop_assert_eq!(all, expected);
                prop_assert_eq!(&now.automatic_text(), &automatic);
                let figure = now.spans().iter().find(|span| span.mark.label.as_str() == "figure");
                if let Some(figure) = figure {
                    prop_assert_eq!(&figure.mark.value, &values::values_at(&now, &[figure.range])[0]);
                }
                let selected = model.sheet().unwrap().selection.range();
                prop_assert!(selected.end <= now.text().len());
            }
            while model.sheet().unwrap().history.depth() > depth {
                model.dispatch(&ctx, Command::Ui(UiCommand::Undo));
            }
            prop_assert_eq!(document(&model), first);
            let offers_undo = |notice: &Notice| matches!(notice.about, Some(About::Step(..)));
            prop_assert!(!model.notices.iter().any(offers_undo));
        }
    }
}
