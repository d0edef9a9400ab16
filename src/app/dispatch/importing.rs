//! The import dialog: the files that it reads, and the import that it leads to.

use std::sync::Arc;
use std::time::Instant;

use crate::app::dialog::{Dialog, PathPurpose};
use crate::app::exchange::Event;
use crate::app::import::{self, Desk, Found, ImportPlan, Listed, Merge, Target};
use crate::app::model::Model;
use crate::app::notices::Weight;
use crate::app::outcome::Outcome;
use crate::app::sheet::Sheet;
use crate::formats::proof::grouped;
use crate::i18n::T;
use crate::jobs::Lane;
use crate::store::article::Opened;
use crate::store::journal::restore;

/// Articles of which a notice tells what an import brought them.
const MOST_SAID: usize = 8;

impl Model {
    pub(super) fn pick_import(&mut self) {
        if self.is_picking {
            return;
        }
        if !super::pick::has_file_dialog() {
            self.ask_for_path(PathPurpose::Import);
            return;
        }
        self.is_picking = true;
        let since = Instant::now();
        let answer = rfd::AsyncFileDialog::new().pick_files();
        self.jobs.run(Lane::Derive, move || {
            let picked = pollster::block_on(answer);
            let paths = picked.map(|files| files.iter().map(|file| file.path().to_owned()).collect());
            Outcome::Exchange(Event::PickedImport(
                paths.or_else(|| super::pick::was_shown(since).then(Vec::new)),
            ))
        });
    }

    pub(super) fn read_import(&mut self, plan: ImportPlan) {
        let desk = self.desk_for_import();
        let (paths, format, utf16) = (plan.paths.clone(), plan.format, plan.utf16);
        self.exchange.import = plan;
        self.exchange.reading += 1;
        let number = self.exchange.reading;
        self.dialog = Some(Dialog::Import);
        self.jobs.run(Lane::Exchange, move || {
            let found = import::read(&paths, format, utf16, desk);
            Outcome::Exchange(Event::Read(number, found.map(Box::new)))
        });
    }

    fn desk_for_import(&self) -> Desk {
        let (mut open, mut listed) = (Vec::new(), Vec::new());
        for article in &self.articles {
            match article.sheet.as_deref() {
                Some(sheet) if sheet.read_only.is_none() => open.push(Target {
                    sheet: article.id,
                    revision: sheet.revision,
                    path: article.path.clone(),
                    document: sheet.document.clone(),
                    opened: None,
                }),
                sheet => listed.push(Listed {
                    sheet: article.id,
                    path: article.path.clone(),
                    is_read_only: sheet.is_some(),
                }),
            }
        }
        Desk {
            open,
            listed,
            annotations_dir: self.annotations_dir.clone(),
            words: Arc::clone(&self.segmenter),
            lang: self.lang,
        }
    }

    pub(super) fn read(&mut self, number: u64, found: Result<Box<Found>, String>) {
        if number != self.exchange.reading || self.dialog != Some(Dialog::Import) {
            return;
        }
        match found {
            Ok(found) => {
                let plan = &mut self.exchange.import;
                plan.format = (!found.format.is_empty()).then_some(found.format);
                plan.found = Some(*found);
            }
            Err(error) => {
                self.dialog = None;
                self.notify(Weight::Lasting, error);
            }
        }
    }

    pub(super) fn make_import(&mut self) {
        let plan = std::mem::take(&mut self.exchange.import);
        self.dialog = None;
        let Some(found) = plan.found else { return };
        let lang = self.lang;
        let before = self.shown;
        let mut merged = Vec::new();
        let mut said = Vec::new();
        let mut weight = Weight::Passing;
        for merge in found.merges {
            let (name, report) = (merge.name(), merge.report.clone());
            let Some(place) = self.open_for(&merge) else {
                said.push(lang.fill(T::ImportOutdated, &[&name]));
                weight = Weight::Lasting;
                continue;
            };
            // An article that has it all is left as it is.
            if report.placed > 0 {
                self.shown = Some(place);
                if !self.edit(merge.edit, None) {
                    continue;
                }
                merged.push(place);
                self.restore_journal(place, merge.journal);
            }
            let left = report.unplaced.len() + report.differing.len();
            if left > 0 {
                weight = Weight::Lasting;
            }
            let counts = [
                &*name,
                &grouped(report.placed),
                &grouped(report.already),
                &grouped(left),
            ];
            let mut text = lang.fill(T::ImportMerged, &counts);
            for words in report.not_placed().take(5) {
                text.push('\n');
                text.push_str(&lang.fill(T::ImportNotPlaced, &[&words]));
            }
            said.push(text);
        }
        // Of several articles the one that the editor looks at stays.
        self.shown = match before {
            Some(place) if merged.contains(&place) => before,
            _ => merged.first().copied().or(before),
        };
        if !said.is_empty() {
            let more = said.len().saturating_sub(MOST_SAID);
            said.truncate(MOST_SAID);
            if more > 0 {
                said.push(lang.fault(&format!("… and {more} more")));
            }
            self.notify(weight, said.join("\n"));
        }
        if !found.new.is_empty() {
            self.jobs.run(Lane::Save, move || {
                Outcome::Exchange(Event::SavedNew(import::save_new(&found.new, lang)))
            });
        }
    }

    /// Puts the journal that came with tags before what the article's own will say, where it has none yet.
    fn restore_journal(&mut self, place: usize, journal: Option<Vec<u8>>) {
        let (Some(journal), Some(sheet)) = (journal, self.articles[place].sheet.as_deref()) else {
            return;
        };
        let (saved_path, name, lang) = (sheet.saved_path.clone(), sheet.name(), self.lang);
        // The lane of saves: it is there before the next one adds to it.
        self.jobs.run(Lane::Save, move || {
            let failed = restore(&saved_path, &journal).err();
            let said = failed.map(|error| lang.fill(T::JournalFailed, &[&name, &lang.write_error(&error)]));
            Outcome::Exchange(Event::Restored(said))
        });
    }

    /// The place of the article that a merge goes into, which is put on the desk if it was opened for that and gets
    /// anything; `None` if the merge no longer fits it.
    fn open_for(&mut self, merge: &Merge) -> Option<usize> {
        let place = self.articles.iter().position(|article| article.id == merge.sheet)?;
        let article = &mut self.articles[place];
        match (&article.sheet, &merge.opened) {
            (None, Some(opened)) => {
                if merge.report.placed > 0 {
                    let opened = Opened::clone(opened);
                    let sheet = Sheet::new(opened.path, opened.saved_path, opened.document, None);
                    article.sheet = Some(Box::new(sheet));
                }
                Some(place)
            }
            (Some(sheet), opened) => {
                let is_same = opened.as_ref().is_none_or(|opened| opened.document == sheet.document);
                (sheet.revision == merge.revision && is_same).then_some(place)
            }
            (None, None) => None,
        }
    }
}
