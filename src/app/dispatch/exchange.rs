//! Export and import: the two dialogs, the work that they start, and what becomes of it.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::annot::Label;
use crate::app::dialog::{Dialog, PathPurpose};
use crate::app::exchange::{Asked, Choice, Event, ExchangeCommand, Under};
use crate::app::export::{self, Articles, ExportPlan, Origin, Progress, Scope, Written};
use crate::app::import::{self, Desk, Found, ImportPlan, Listed, Merge, Target};
use crate::app::model::{Model, Weight};
use crate::app::outcome::Outcome;
use crate::app::sheet::Sheet;
use crate::formats::{ExportOptions, Packing};
use crate::i18n::T;
use crate::jobs::Lane;
use crate::store::article::Opened;

/// Articles of which a notice tells what an import brought them.
const MOST_SAID: usize = 8;
/// From the last change in the export dialog to the count.
const COUNT_AFTER: Duration = Duration::from_millis(200);

impl Model {
    pub(super) fn exchange(&mut self, command: ExchangeCommand) {
        match command {
            ExchangeCommand::ChooseTarget => self.choose_target(),
            ExchangeCommand::Write { target, overwrite } => self.write_export(target, overwrite),
            ExchangeCommand::StopExport => {
                if let Some(under) = &self.exchange.under {
                    under.progress.stop.store(true, Ordering::Relaxed);
                }
            }
            ExchangeCommand::Read(paths) => self.read_import(ImportPlan {
                paths,
                ..ImportPlan::default()
            }),
            ExchangeCommand::ReadAs(format, utf16) => {
                let paths = self.exchange.import.paths.clone();
                self.read_import(ImportPlan {
                    paths,
                    format: Some(format),
                    utf16,
                    found: None,
                });
            }
            ExchangeCommand::Import => self.make_import(),
        }
    }

    /// Closes the dialog. Behind the questions of an export stands its dialog.
    pub(super) fn close_dialog(&mut self) {
        let is_question = matches!(
            self.dialog,
            Some(
                Dialog::Overwrite { .. }
                    | Dialog::Path {
                        purpose: PathPurpose::ExportTo(_),
                        ..
                    }
            )
        );
        self.dialog = is_question.then_some(Dialog::Export);
    }

    // export

    pub(super) fn open_export(&mut self) {
        if self.articles.is_empty() || self.exchange.under.is_some() {
            return;
        }
        let kept = &self.settings.export;
        let format = crate::formats::by_id(&kept.format).map_or(export::USUAL_FORMAT, |format| format.id);
        let names = kept.names.get(format).cloned().unwrap_or_default();
        let mut labels: Vec<Label> = Vec::new();
        let sheets = self.articles.iter().filter_map(|article| article.sheet.as_deref());
        for label in sheets.flat_map(|sheet| sheet.document.labels().iter()) {
            if labels.iter().all(|known| known.id != label.id) {
                labels.push(label.clone());
            }
        }
        // How articles are dealt is chosen once for a set of them.
        let sets = self.exchange.plan.take().map(|plan| plan.sets).unwrap_or_default();
        self.exchange.plan = Some(ExportPlan {
            scope: if self.sheet().is_some() {
                Scope::Article
            } else {
                Scope::Desk
            },
            only_done: false,
            only_accepted: true,
            labels,
            without: Vec::new(),
            format,
            layer: Default::default(),
            overlap: Default::default(),
            utf16: false,
            with_dropped: false,
            chat: ExportOptions::default().chat,
            names,
            sets,
        });
        self.exchange.asked = None;
        self.exchange.preview = None;
        self.dialog = Some(Dialog::Export);
    }

    fn articles_of(&self, plan: &ExportPlan) -> Articles {
        let origins = self.articles.iter().enumerate();
        let wanted = origins.filter(|(place, _)| plan.scope == Scope::Desk || self.shown == Some(*place));
        let origins = wanted.map(|(_, article)| match &article.sheet {
            Some(sheet) => Origin::Open {
                document: Box::new(sheet.document.clone()),
                path: sheet.path.clone(),
                saved_path: sheet.saved_path.clone(),
            },
            None => Origin::File(article.path.clone()),
        });
        Articles {
            origins: Arc::new(origins.collect()),
            annotations_dir: self.annotations_dir.clone(),
            words: Arc::clone(&self.segmenter),
            only_done: plan.only_done,
            lang: self.lang,
        }
    }

    /// Has the export counted once nothing has changed in the dialog for a moment.
    pub fn count_export(&mut self, ctx: &egui::Context) {
        if self.dialog != Some(Dialog::Export) {
            if let Some(asked) = self.exchange.asked.take() {
                asked.stop.store(true, Ordering::Relaxed);
            }
            return;
        }
        let Some(plan) = &self.exchange.plan else { return };
        let sheets = self.articles.iter().filter_map(|article| article.sheet.as_deref());
        let choice = Choice {
            plan: plan.clone(),
            revisions: sheets.map(|sheet| sheet.revision).sum(),
        };
        let is_new = self.exchange.asked.as_ref().is_none_or(|asked| asked.choice != choice);
        if is_new {
            if let Some(asked) = &self.exchange.asked {
                asked.stop.store(true, Ordering::Relaxed);
            }
            // The first count need not wait.
            let due = match self.exchange.preview {
                Some(_) => Instant::now() + COUNT_AFTER,
                None => Instant::now(),
            };
            self.exchange.asked = Some(Asked {
                choice,
                due: Some(due),
                stop: Arc::new(AtomicBool::new(false)),
                is_here: false,
            });
        }
        let Some(asked) = &mut self.exchange.asked else { return };
        let Some(due) = asked.due else { return };
        let now = Instant::now();
        if now < due {
            ctx.request_repaint_after(due - now);
            return;
        }
        asked.due = None;
        let (plan, stop) = (asked.choice.plan.clone(), Arc::clone(&asked.stop));
        let articles = self.articles_of(&plan);
        self.jobs.run(Lane::Derive, move || {
            let preview = export::preview(&articles, &plan, &stop);
            Outcome::Exchange(Event::Counted(preview.map(Box::new), stop))
        });
    }

    /// The path proposed for the export: beside the shown article, or in its folder.
    fn export_target(&self, plan: &ExportPlan) -> Option<PathBuf> {
        let place = self.shown.or_else(|| (!self.articles.is_empty()).then_some(0))?;
        let path = &self.articles[place].path;
        let format = plan.format()?;
        Some(match format.packing {
            _ if plan.is_dealt() => path.with_file_name(format!("sets-{}", format.id)),
            Packing::Documents(_) => path.with_file_name(format!("{}-{}", "export", format.id)),
            Packing::Set(name) if plan.scope == Scope::Desk => path.with_file_name(name),
            Packing::Set(name) => {
                let extension = name.split_once('.').map_or("", |(_, extension)| extension);
                path.with_extension(format!("{}.{extension}", format.id))
            }
        })
    }

    fn choose_target(&mut self) {
        let Some(plan) = self.exchange.plan.clone() else { return };
        let (Some(target), Some(format)) = (self.export_target(&plan), plan.format()) else {
            return;
        };
        let is_dealt = plan.is_dealt();
        self.settings.export.format = format.id.to_owned();
        let names = plan
            .names
            .into_iter()
            .filter(|(_, name)| !name.trim().is_empty())
            .collect();
        self.settings.export.names.insert(format.id.to_owned(), names);
        self.save_settings();
        if self.is_picking {
            return;
        }
        if !super::pick::has_file_dialog() {
            self.ask_for_path(PathPurpose::ExportTo(target));
            return;
        }
        self.is_picking = true;
        let is_folder = is_dealt || matches!(format.packing, Packing::Documents(_));
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let since = Instant::now();
        let dialog = rfd::AsyncFileDialog::new();
        let answer: Pin<Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>> = if is_folder {
            Box::pin(dialog.pick_folder())
        } else {
            Box::pin(dialog.set_file_name(name).save_file())
        };
        self.jobs.run(Lane::Derive, move || {
            let picked = pollster::block_on(answer);
            let picked = picked.map(|file| file.path().to_owned());
            let is_answer = picked.is_some() || super::pick::was_shown(since);
            // The dialog for a file has asked about writing over it.
            Outcome::Exchange(Event::Target {
                picked: is_answer.then_some(picked),
                proposed: target,
                overwrite: !is_folder,
            })
        });
    }

    fn write_export(&mut self, target: PathBuf, overwrite: bool) {
        let Some(plan) = self.exchange.plan.clone().filter(|_| self.exchange.under.is_none()) else {
            return;
        };
        self.dialog = None;
        let articles = self.articles_of(&plan);
        let progress = Arc::new(Progress {
            done: AtomicUsize::new(0),
            of: articles.origins.len(),
            stop: AtomicBool::new(false),
        });
        self.exchange.under = Some(Under {
            progress: Arc::clone(&progress),
        });
        self.jobs.run(Lane::Exchange, move || {
            let written = export::write(&articles, &plan, &target, overwrite, &progress);
            Outcome::Exchange(Event::Written(target, written))
        });
    }

    fn written(&mut self, target: PathBuf, written: Written) {
        self.exchange.under = None;
        let lang = self.lang;
        match written {
            Written::Done {
                report,
                proof,
                unreadable,
            } => {
                let mut text = lang.fill(T::Exported, &[&target.display().to_string()]);
                text.push('\n');
                let (documents, tags) = (grouped(report.documents), grouped(report.tags));
                text.push_str(&lang.fill(T::ExportCounts, &[&documents, &tags]));
                text.push_str(" · ");
                text.push_str(&match &proof {
                    Some(proof) => lang.fill(T::ProofCounts, &[&grouped(proof.recovered), &grouped(proof.of)]),
                    None => T::NoProof.of(lang).to_owned(),
                });
                let missing = proof.map(|proof| proof.missing).unwrap_or_default();
                for what in missing.iter().chain(&report.refused).chain(&unreadable).take(6) {
                    text.push('\n');
                    text.push_str(&lang.fault(what));
                }
                self.notify(Weight::Lasting, text);
            }
            Written::Exists(files) => self.dialog = Some(Dialog::Overwrite { target, files }),
            Written::Stopped => self.say(T::ExportStopped),
            Written::Failed { error, target } => {
                let text = lang.fill(T::ExportFailed, &[&lang.export_error(&error, &target)]);
                self.notify(Weight::Lasting, text);
            }
        }
    }

    // import

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

    fn read_import(&mut self, plan: ImportPlan) {
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

    fn read(&mut self, number: u64, found: Result<Box<Found>, String>) {
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

    fn make_import(&mut self) {
        let plan = std::mem::take(&mut self.exchange.import);
        self.dialog = None;
        let Some(found) = plan.found else { return };
        let lang = self.lang;
        let before = self.shown;
        let mut merged = Vec::new();
        let mut said = Vec::new();
        for merge in found.merges {
            let (name, report) = (merge.name(), merge.report.clone());
            let Some(place) = self.open_for(&merge) else {
                said.push(lang.fill(T::ImportOutdated, &[&name]));
                continue;
            };
            // An article that has it all is left as it is.
            if report.placed > 0 {
                self.shown = Some(place);
                if !self.edit(merge.edit, None) {
                    continue;
                }
                merged.push(place);
            }
            let left = grouped(report.unplaced.len() + report.differing.len());
            let counts = [&*name, &grouped(report.placed), &grouped(report.already), &left];
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
            self.notify(Weight::Lasting, said.join("\n"));
        }
        if !found.new.is_empty() {
            self.jobs.run(Lane::Save, move || {
                Outcome::Exchange(Event::SavedNew(import::save_new(&found.new, lang)))
            });
        }
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

    // results

    pub(in crate::app) fn exchanged(&mut self, event: Event) {
        match event {
            Event::Counted(Some(preview), stop) => {
                let Some(asked) = &mut self.exchange.asked else { return };
                if !Arc::ptr_eq(&asked.stop, &stop) {
                    return;
                }
                asked.is_here = true;
                if let Some(plan) = &mut self.exchange.plan {
                    for label in &preview.labels {
                        if plan.labels.iter().all(|known| known.id != label.id) {
                            plan.labels.push(label.clone());
                        }
                    }
                    // Labels now known ask for no other count.
                    asked.choice.plan.labels.clone_from(&plan.labels);
                }
                self.exchange.preview = Some(*preview);
            }
            Event::Counted(None, _) => {}
            Event::Target {
                picked,
                proposed,
                overwrite,
            } => {
                self.is_picking = false;
                match picked {
                    Some(Some(path)) => self.write_export(path, overwrite),
                    Some(None) => {}
                    None => self.ask_for_path(PathPurpose::ExportTo(proposed)),
                }
            }
            Event::Written(target, written) => self.written(target, written),
            Event::PickedImport(picked) => {
                self.is_picking = false;
                match picked {
                    Some(paths) if paths.is_empty() => {}
                    Some(paths) => self.exchange(ExchangeCommand::Read(paths)),
                    None => self.ask_for_path(PathPurpose::Import),
                }
            }
            Event::Read(number, found) => self.read(number, found),
            Event::SavedNew(Ok(paths)) => {
                let text = self.lang.fill(T::ImportNew, &[&grouped(paths.len())]);
                self.notify(Weight::Passing, text);
                self.open_paths(paths);
            }
            Event::SavedNew(Err(error)) => self.notify(Weight::Lasting, error),
        }
    }
}

/// A count with a comma between thousands.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
