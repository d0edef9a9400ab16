//! Walking through the doubts, fixing them or dismissing them.

use super::correct::Step;
use crate::annot::Edit;
use crate::app::command::Selection;
use crate::app::doubts::dismissal;
use crate::app::model::Model;
use crate::app::outcome::Outcome;
use crate::app::panes::Pane;
use crate::app::tab::Tab;
use crate::i18n::T;
use crate::jobs::Lane;
use crate::text::{ChangeSet, CharRange, doubt};

impl Model {
    /// Has the shown text read for doubts where it was not read since it changed.
    pub(in crate::app) fn refresh_doubts(&mut self) {
        // Without its dictionary the segmenter would keep a worker from all else.
        let (Some(place), Some(words)) = (self.shown, self.words.clone()) else {
            return;
        };
        let id = self.articles[place].id;
        let Some(sheet) = self.articles[place].sheet.as_deref_mut() else {
            return;
        };
        sheet.doubts.sift_anew(&sheet.document, sheet.revision);
        let revision = sheet.text_revision;
        if sheet.doubts.is_due || sheet.doubts.revision == Some(revision) {
            return;
        }
        sheet.doubts.is_due = true;
        let text = std::sync::Arc::clone(sheet.document.text());
        self.jobs.run(Lane::Derive, move || Outcome::Doubted {
            sheet: id,
            revision,
            doubts: doubt::doubts(text.as_str(), &*words),
        });
    }

    /// Shows the next doubt, or the one before.
    pub(super) fn step_doubt(&mut self, is_forward: bool) {
        let Some(sheet) = self.sheet() else { return };
        match sheet.doubts.step(sheet.selection.caret, is_forward) {
            Some(range) => {
                let from = sheet
                    .doubts
                    .current
                    .map_or(sheet.selection.caret, |current| current.start);
                let is_around = match is_forward {
                    true => range.start < from,
                    false => range.start > from,
                };
                self.show_doubt(Some(range));
                if is_around {
                    self.say(match is_forward {
                        true => T::DoubtsFromFirst,
                        false => T::DoubtsFromLast,
                    });
                }
            }
            None if sheet.doubts.revision.is_none() => self.say(T::ChecksRunning),
            None => self.say(T::ChecksEmpty),
        }
    }

    /// Shows that doubt with its card, or closes the card.
    pub(super) fn show_doubt(&mut self, range: Option<CharRange>) {
        self.with_sheet(|sheet| {
            sheet.doubts.current = range;
            if let Some(range) = range {
                sheet.history.close();
                sheet.chosen = None;
                sheet.card = false;
                sheet.palette = false;
                // Typing takes the place of the doubtful characters, with the caret where the walk goes on from.
                sheet.selection = match sheet.correcting.is_on {
                    true => Selection {
                        anchor: range.end,
                        caret: range.start,
                    },
                    false => Selection::caret(range.start),
                };
                sheet.reveal = Some(range);
            }
        });
    }

    /// Makes the fix of a doubt and goes on to the next.
    pub(super) fn fix_doubt(&mut self, range: CharRange) {
        let Some(sheet) = self.sheet() else { return };
        let Some(fix) = sheet.doubts.get(range).and_then(|doubt| doubt.fix.clone()) else {
            return;
        };
        let change = ChangeSet::replace(sheet.document.text(), range, &fix);
        if self.change_text(Edit::Text(change.into()), Step::Own) {
            self.go_on();
        }
    }

    /// Puts a doubt away for good and goes on to the next.
    pub(super) fn dismiss_doubt(&mut self, range: CharRange) {
        let Some(sheet) = self.sheet() else { return };
        let Some(doubt) = sheet.doubts.get(range) else { return };
        if self.dismiss(dismissal(doubt, sheet.document.text())) {
            self.with_sheet(|sheet| sheet.doubts.sift_anew(&sheet.document, sheet.revision));
            self.go_on();
        }
    }

    fn go_on(&mut self) {
        self.with_sheet(|sheet| sheet.doubts.current = None);
        if self.sheet().is_some_and(|sheet| !sheet.doubts.all.is_empty()) {
            self.step_doubt(true);
        }
    }

    /// Opens a tab of the right panel.
    pub(super) fn show_tab(&mut self, tab: Tab) {
        self.choose_tab(tab);
        if !self.shows(Pane::Right) {
            self.set_pane(Pane::Right, true);
        }
    }
}
