//! Values of figures, relations between them, findings that are put away, and what is said of the article as a whole.

use super::{Command, Dialog, Model, Verdict, Weight};
use crate::annot::dismissal::Dismissal;
use crate::annot::{Edit, Mark, Meta, Relation, Span, SpanId};
use crate::app::command::FigureCommand;
use crate::app::figures::values::{has_value, values_at};
use crate::app::figures::{csv, relations};
use crate::app::model::SheetId;
use crate::app::outcome::Outcome;
use crate::i18n::T;
use crate::jobs::Lane;
use crate::suggest::figures::FigureValue;

impl Model {
    /// Does what is asked of figures and findings.
    pub(super) fn dispatch_figure(&mut self, ctx: &egui::Context, command: FigureCommand) {
        match command {
            FigureCommand::SetValue(span, value) => self.set_value(span, &value),
            FigureCommand::Copy => self.copy_figures(ctx),
            FigureCommand::Dismiss(dismissal) => self.dismiss(dismissal),
            FigureCommand::RestoreDismissed => {
                self.edit(Edit::Dismissals(Vec::new()), None);
            }
            FigureCommand::SetAbout {
                title,
                issue_date,
                note,
            } => {
                self.dialog = None;
                let Some(sheet) = self.sheet() else { return };
                let meta = Meta {
                    title,
                    issue_date,
                    note,
                    ..sheet.document.meta().clone()
                };
                if meta != *sheet.document.meta() {
                    self.edit(Edit::Meta(meta), None);
                }
            }
        }
    }

    /// Another meaning for a figure, said by hand. A suggestion that is given one is right but for that.
    fn set_value(&mut self, id: SpanId, value: &FigureValue) {
        let Some(sheet) = self.sheet() else { return };
        let with_value = |mark: &mut Mark| mark.value = Some(value.to_json());
        match sheet.suggestions.get(id) {
            Some(suggestion) => {
                let changed = suggestion.saying(with_value);
                let has_card = sheet.card;
                if self.judge(&[changed], &Verdict::Accept) {
                    self.with_sheet(|sheet| sheet.card = has_card);
                }
            }
            None => {
                self.change_spans(&[id], |span| span.saying(with_value));
            }
        }
    }

    /// Gives tags that say what a figure means their values, and takes them from the others. Values that are there stay.
    pub(super) fn fill_values(&self, spans: &mut [Span]) {
        let Some(sheet) = self.sheet() else { return };
        let without = |span: &&mut Span| span.mark.value.is_none() && has_value(&span.mark.label);
        let open: Vec<&mut Span> = spans.iter_mut().filter(without).collect();
        let ranges: Vec<_> = open.iter().map(|span| span.range).collect();
        let values = values_at(&sheet.document, &ranges);
        for (span, value) in open.into_iter().zip(values) {
            if value.is_some() {
                *span = span.saying(|mark| mark.value = value);
            }
        }
    }

    fn copy_figures(&mut self, ctx: &egui::Context) {
        let lang = self.lang;
        let Some(sheet) = self.sheet_mut() else { return };
        let order = sheet.figures.order(&sheet.document, lang);
        let csv = csv::figures(&sheet.document, &sheet.figures.all, &order);
        ctx.copy_text(String::from_utf8_lossy(&csv).trim_start_matches('\u{feff}').to_owned());
        let text = lang.fill(T::FiguresCopied, &[&order.len().to_string()]);
        self.notify(Weight::Passing, text);
    }

    fn dismiss(&mut self, dismissal: Dismissal) {
        let Some(sheet) = self.sheet() else { return };
        let mut dismissals = sheet.document.dismissals().to_vec();
        if !dismissals.iter().any(|known| known.is_same(&dismissal)) {
            dismissals.push(dismissal);
            self.edit(Edit::Dismissals(dismissals), None);
        }
    }

    /// Opens the dialog about the article.
    pub(super) fn about_article(&mut self) {
        let Some(sheet) = self.sheet() else { return };
        let meta = sheet.document.meta();
        self.dialog = Some(Dialog::About {
            title: meta.title.clone(),
            issue_date: meta.issue_date.clone().unwrap_or_default(),
            note: meta.note.clone(),
        });
    }

    /// Looks, on a worker, for what holds between the accepted tags as far as the sentences say it.
    pub(super) fn relate_figures(&mut self) {
        let Some(place) = self.shown else { return };
        let id = self.articles[place].id;
        let Some(sheet) = self.sheet() else { return };
        let (document, revision) = (sheet.document.clone(), sheet.revision);
        self.jobs.run(Lane::Derive, move || Outcome::Related {
            sheet: id,
            revision,
            relations: relations::between(&document),
        });
    }
}

impl Model {
    /// Takes in the relations that a worker found, unless the document has moved on.
    pub(in crate::app) fn related(&mut self, sheet: SheetId, revision: u64, add: Vec<Relation>) {
        let is_shown = self.shown.is_some_and(|place| self.articles[place].id == sheet);
        if !is_shown || self.sheet().is_none_or(|sheet| sheet.revision != revision) {
            return;
        }
        let count = add.len();
        if count == 0 {
            self.say(T::RelationsNone);
        } else if self.edit(
            Edit::Relations {
                remove: Vec::new(),
                add,
            },
            None,
        ) {
            let text = self.lang.fill(T::RelationsAdded, &[&count.to_string()]);
            self.notify(Weight::Passing, text);
        }
    }
}

impl From<FigureCommand> for Command {
    fn from(command: FigureCommand) -> Self {
        Self::Figure(command)
    }
}
