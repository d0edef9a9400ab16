//! The export dialog: what it opens with, the count while it is open, and the export that it leads to.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::annot::{Label, fact};
use crate::app::dialog::{Dialog, PathPurpose};
use crate::app::exchange::{Asked, Choice, Event, FormatSearch, Under};
use crate::app::export::{self, Articles, ExportPlan, Origin, Preview, Progress, Written};
use crate::app::model::Model;
use crate::app::notices::Weight;
use crate::app::outcome::Outcome;
use crate::formats::Packing;
use crate::formats::proof::grouped;
use crate::i18n::T;
use crate::jobs::Lane;
use crate::store::settings::Scope;

/// From the last change in the export dialog to the count.
const COUNT_AFTER: Duration = Duration::from_millis(200);
/// Faults of which a notice tells.
const MOST_FAULTS: usize = 6;

impl Model {
    pub(super) fn open_export(&mut self) {
        if self.articles.is_empty() || self.exchange.under.is_some() {
            return;
        }
        let mut labels: Vec<Label> = Vec::new();
        let sheets = self.articles.iter().filter_map(|article| article.sheet.as_deref());
        for label in sheets.flat_map(|sheet| fact::labels_to_tag_with(&sheet.document)) {
            if labels.iter().all(|known| known.id != label.id) {
                labels.push(label.clone());
            }
        }
        let mut chosen = self.settings.export.clone();
        if crate::formats::by_id(&chosen.format).is_none() {
            chosen.format = export::USUAL_FORMAT.to_owned();
        }
        if self.sheet().is_none() {
            chosen.scope = Scope::Desk;
        }
        self.exchange.plan = Some(ExportPlan {
            chosen,
            labels,
            articles: self.articles.len(),
        });
        self.exchange.format_search = FormatSearch {
            is_new: true,
            ..FormatSearch::default()
        };
        self.exchange.asked = None;
        self.exchange.preview = None;
        self.dialog = Some(Dialog::Export);
    }

    /// Keeps what is chosen in the export dialog for the next time.
    pub(super) fn remember_export(&mut self) {
        let Some(plan) = &self.exchange.plan else { return };
        let mut chosen = plan.chosen.clone();
        if self.sheet().is_none() {
            // Nothing else could be chosen.
            chosen.scope = self.settings.export.scope;
        }
        if self.settings.export != chosen {
            self.settings.export = chosen;
            self.save_settings();
        }
    }

    fn articles_of(&self, plan: &ExportPlan) -> Articles {
        let origins = self.articles.iter().enumerate();
        let wanted = origins.filter(|(place, _)| plan.chosen.scope == Scope::Desk || self.shown == Some(*place));
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
            only_done: plan.chosen.only_done,
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

    /// The path proposed for the export: in the folder of the shown article, named after it where it is the only one.
    fn export_target(&self, plan: &ExportPlan) -> Option<PathBuf> {
        let place = self.shown.or_else(|| (!self.articles.is_empty()).then_some(0))?;
        let path = &self.articles[place].path;
        let format = plan.format()?;
        let article = path.file_stem().unwrap_or_default().to_string_lossy();
        let stem = match plan.chosen.scope {
            Scope::Article => &*article,
            Scope::Desk => "annotations",
        };
        let name = match plan.is_dealt() {
            true => format!("sets-{}", format.id),
            false => (format.file_name(stem)).unwrap_or_else(|| format!("export-{}", format.id)),
        };
        Some(self.export_folder(path).join(name))
    }

    pub(super) fn choose_target(&mut self) {
        let Some(plan) = self.exchange.plan.clone() else { return };
        let (Some(target), Some(format)) = (self.export_target(&plan), plan.format()) else {
            return;
        };
        let is_folder = plan.is_dealt() || matches!(format.packing, Packing::Documents(_));
        self.remember_export();
        if self.is_picking {
            return;
        }
        if !super::pick::has_file_dialog() {
            self.ask_for_path(match is_folder {
                true => PathPurpose::ExportInto(target),
                false => PathPurpose::ExportTo(target),
            });
            return;
        }
        self.is_picking = true;
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
            Outcome::Exchange(Event::Target {
                picked: is_answer.then_some(picked),
                proposed: target,
                is_folder,
            })
        });
    }

    pub(super) fn write_export(&mut self, target: PathBuf, overwrite: bool) {
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

    pub(super) fn written(&mut self, target: PathBuf, written: Written) {
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
                let faults: Vec<&String> = missing.iter().chain(&report.refused).chain(&unreadable).collect();
                for what in faults.iter().take(MOST_FAULTS) {
                    text.push('\n');
                    text.push_str(&lang.fault(what));
                }
                let weight = if faults.is_empty() {
                    Weight::Passing
                } else {
                    Weight::Lasting
                };
                self.notify(weight, text);
            }
            Written::Exists(files) => self.dialog = Some(Dialog::Overwrite { target, files }),
            Written::Stopped => self.say(T::ExportStopped),
            Written::Failed { error, target } => {
                let text = lang.fill(T::ExportFailed, &[&lang.export_error(&error, &target)]);
                self.notify(Weight::Lasting, text);
            }
        }
    }

    /// Takes in a count that was asked for.
    pub(super) fn counted(&mut self, preview: Preview, stop: &Arc<AtomicBool>) {
        let Some(asked) = &mut self.exchange.asked else { return };
        if !Arc::ptr_eq(&asked.stop, stop) {
            return;
        }
        if let Some(plan) = &mut self.exchange.plan {
            for label in &preview.labels {
                if plan.labels.iter().all(|known| known.id != label.id) {
                    plan.labels.push(label.clone());
                }
            }
            // Labels now known ask for another count only where some stay out: then the others are named.
            let counted = &mut asked.choice.plan;
            if counted.options() != plan.options() {
                return;
            }
            counted.labels.clone_from(&plan.labels);
        }
        asked.is_here = true;
        self.exchange.preview = Some(preview);
    }
}
