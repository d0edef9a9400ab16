//! Values of figures, relations between them, findings that are put away, and what is said of the article as a whole.

use super::{Command, Dialog, Model, Weight};
use crate::annot::dismissal::Dismissal;
use crate::annot::{Document, Edit, Mark, Meta, Origin, Relation, Span, SpanId, Status};
use crate::app::command::FigureCommand;
use crate::app::figures::values::{has_value, values_at};
use crate::app::figures::{csv, relations};
use crate::app::model::{Keyboard, SheetId};
use crate::app::outcome::Outcome;
use crate::app::suggestions::is_judged;
use crate::app::tab::Tab;
use crate::i18n::T;
use crate::jobs::Lane;
use crate::suggest::figures::FigureValue;

impl Model {
    /// Does what is asked of figures and findings.
    pub(super) fn dispatch_figure(&mut self, ctx: &egui::Context, command: FigureCommand) {
        match command {
            FigureCommand::SetValue(span, value) => self.set_value(span, &value),
            FigureCommand::SetFact(span, role, choice) => self.set_fact(span, role, &choice),
            FigureCommand::SetMeasure(span, words) => self.set_measure(span, &words),
            FigureCommand::PutRight(edit, place) => {
                self.edit(edit, Some(place));
            }
            FigureCommand::Copy => self.copy_figures(ctx),
            FigureCommand::Dismiss(dismissal) => {
                self.dismiss(dismissal);
            }
            FigureCommand::RestoreDismissed => self.restore(|_| true),
            FigureCommand::Restore(dismissal) => self.restore(|known| known.is_same(&dismissal)),
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
                    let edit = about(&sheet.document, &meta);
                    self.edit(edit, None);
                }
            }
        }
    }

    /// Another meaning for a figure, said by hand. A suggestion that is given one is right but for that: it is accepted as
    /// it was proposed and changed in the same step, so that the journal has both values.
    fn set_value(&mut self, id: SpanId, value: &FigureValue) {
        let Some(sheet) = self.sheet() else { return };
        let value = value.to_json();
        let by_hand = |mark: &mut Mark| {
            if mark.value.as_ref() != Some(&value) {
                mark.value = Some(value.clone());
                mark.origin = Origin::Hand;
                mark.score = None;
            }
        };
        let Some(suggestion) = sheet.suggestions.get(id) else {
            self.change_spans(&[id], |span| span.saying(by_hand));
            return;
        };
        let document = &sheet.document;
        if is_judged(document, suggestion) {
            return;
        }
        let stored = document.spans().get(id);
        let accepted = Span {
            id: stored.map_or(SpanId(document.next_id()), |stored| stored.id),
            ..suggestion.saying(|mark| mark.status = Status::Accepted)
        };
        let changed = accepted.saying(by_hand);
        let (chosen, has_card) = (sheet.chosen, sheet.card);
        let edit = Edit::Batch(vec![
            Edit::Spans {
                remove: stored.into_iter().cloned().collect(),
                add: vec![accepted.clone()],
            },
            Edit::Spans {
                remove: vec![accepted],
                add: vec![changed.clone()],
            },
        ]);
        if self.edit(edit, Some(changed.range)) {
            self.with_sheet(|sheet| {
                sheet.chosen = if chosen == Some(id) { Some(changed.id) } else { chosen };
                sheet.card = has_card;
            });
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

    /// Lets the values of changed tags follow their labels and places. A value that somebody said by hand stays.
    pub(super) fn revalue(&self, before: &[Span], after: &mut [Span]) {
        let Some(sheet) = self.sheet() else { return };
        let mut open = Vec::new();
        for (before, after) in before.iter().zip(after.iter_mut()) {
            let is_same = before.range == after.range && before.mark.label == after.mark.label;
            if is_same || before.mark.value != after.mark.value {
                continue;
            }
            let was_read = || values_at(&sheet.document, &[before.range]).pop().flatten() == before.mark.value;
            if !has_value(&after.mark.label) {
                *after = after.saying(|mark| mark.value = None);
            } else if before.mark.value.is_none() || (before.range != after.range && was_read()) {
                *after = after.saying(|mark| mark.value = None);
                open.push(after);
            }
        }
        let ranges: Vec<_> = open.iter().map(|span| span.range).collect();
        let values = values_at(&sheet.document, &ranges);
        for (span, value) in open.into_iter().zip(values) {
            *span = span.saying(|mark| mark.value = value);
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

    /// Puts a finding away. Whether it is away now.
    pub(super) fn dismiss(&mut self, dismissal: Dismissal) -> bool {
        let Some(sheet) = self.sheet() else { return false };
        let mut dismissals = sheet.document.dismissals().to_vec();
        if dismissals.iter().any(|known| known.is_same(&dismissal)) {
            return true;
        }
        dismissals.push(dismissal);
        self.edit(Edit::Dismissals(dismissals), None)
    }

    /// Shows those findings again that were put away; what was taken back from facts stays so.
    fn restore(&mut self, is_meant: impl Fn(&Dismissal) -> bool) {
        let Some(sheet) = self.sheet() else { return };
        let dismissals = sheet.document.dismissals().iter();
        let left = dismissals.filter(|one| !one.is_of_finding() || !is_meant(one));
        let left = left.cloned().collect();
        self.edit(Edit::Dismissals(left), None);
    }

    /// Opens the tab of figures and gives the keyboard to its table.
    pub(super) fn show_figures(&mut self) {
        self.show_tab(Tab::Figures);
        self.with_sheet(|sheet| sheet.figures.takes_keyboard = true);
    }

    /// Opens the card of the chosen figure and puts the keyboard into its first field.
    pub(super) fn edit_value(&mut self) {
        let chosen = self
            .sheet()
            .and_then(|sheet| Some(sheet.tag(sheet.chosen?)?.clone()))
            .filter(|span| has_value(&span.mark.label));
        let Some(span) = chosen else {
            self.say(T::NoFigureChosen);
            return;
        };
        self.with_sheet(|sheet| {
            sheet.card = true;
            sheet.reveal = Some(span.range);
        });
        self.keyboard = Some(Keyboard::FigureCard);
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
            self.notify_step(text);
        }
    }
}

/// Says something else of a document. With another day of issue, 昨天 is another day: the values that the grammar read
/// follow it, those that a hand wrote stay.
fn about(document: &Document, meta: &Meta) -> Edit {
    let meta_edit = Edit::Meta(meta.clone());
    let mut redated = document.clone();
    if meta.issue_date == document.meta().issue_date || redated.apply(&meta_edit).is_err() {
        return meta_edit;
    }
    let valued = document.spans().iter().filter(|span| span.mark.value.is_some());
    let spans: Vec<&Span> = valued.collect();
    let ranges: Vec<_> = spans.iter().map(|span| span.range).collect();
    let values = values_at(document, &ranges)
        .into_iter()
        .zip(values_at(&redated, &ranges));
    let (mut remove, mut add) = (Vec::new(), Vec::new());
    for (span, (before, after)) in spans.into_iter().zip(values) {
        if before == span.mark.value && before != after {
            remove.push(span.clone());
            add.push(span.saying(|mark| mark.value = after));
        }
    }
    Edit::Batch(vec![meta_edit, Edit::Spans { remove, add }])
}

impl From<FigureCommand> for Command {
    fn from(command: FigureCommand) -> Self {
        Self::Figure(command)
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{desk, refresh};
    use super::*;
    use crate::annot::LabelId;
    use crate::annot::search::Preview;
    use crate::app::command::{UiCommand, Verdict};
    use crate::app::figures::value_of;
    use crate::app::figures::values::unfitting;
    use crate::formats::native;
    use crate::text::CharRange;

    fn value(model: &Model, number: usize) -> Option<String> {
        let span = &model.sheet().unwrap().document.spans()[number];
        value_of(span).and_then(|value| value.value)
    }

    #[test]
    fn the_value_of_an_accepted_suggestion_follows_its_corrected_text() {
        let (mut model, ctx) = desk("𬱟全长372.6公里的线路。");
        let open = model.sheet().unwrap().suggestions.open.clone();
        let proposed = open.spans.iter().next().unwrap().clone();
        model.dispatch(&ctx, Command::Judge(vec![proposed], Verdict::Accept));
        assert_eq!(value(&model, 0).as_deref(), Some("372.6"));
        let nine = Preview {
            range: CharRange::of(5, 6),
            before: "2".to_owned(),
            after: "9".to_owned(),
        };
        model.dispatch(&ctx, Command::Replace(vec![nine].into()));
        assert_eq!(value(&model, 0).as_deref(), Some("379.6"));
        model.dispatch(&ctx, Command::Ui(UiCommand::Undo));
        assert_eq!(value(&model, 0).as_deref(), Some("372.6"));
    }

    #[test]
    fn a_value_given_by_hand_stays_when_its_text_is_corrected_and_is_pointed_at() {
        let (mut model, ctx) = desk("𬱟全长372.6公里的线路。");
        model.dispatch(&ctx, Command::Tag(CharRange::of(3, 10), LabelId::from("figure")));
        let id = model.sheet().unwrap().document.spans()[0].id;
        let mut by_hand = value_of(&model.sheet().unwrap().document.spans()[0]).unwrap();
        by_hand.value = Some("372.61".to_owned());
        model.dispatch(&ctx, FigureCommand::SetValue(id, by_hand).into());
        let findings = |model: &Model| unfitting(&model.sheet().unwrap().document);
        assert_eq!(findings(&model), []);
        let nine = Preview {
            range: CharRange::of(5, 6),
            before: "2".to_owned(),
            after: "9".to_owned(),
        };
        model.dispatch(&ctx, Command::Replace(vec![nine].into()));
        assert_eq!(value(&model, 0).as_deref(), Some("372.61"));
        let found = findings(&model);
        let document = &model.sheet().unwrap().document;
        assert_eq!(
            (
                found[0].kind.as_str(),
                found[0].fix_name(document, crate::i18n::Lang::Zh).as_deref()
            ),
            ("value", Some("改为“379.6公里”"))
        );
        let place = found[0].places[0].1;
        let fix = found[0].fix.clone().unwrap();
        model.dispatch(&ctx, FigureCommand::PutRight(fix, place).into());
        assert_eq!(value(&model, 0).as_deref(), Some("379.6"));
        assert_eq!(findings(&model), []);
    }

    #[test]
    fn a_figure_tagged_by_hand_has_its_value_which_follows_its_ends_until_a_hand_writes_it() {
        let (mut model, ctx) = desk("𬱟共25.9万余起，其余不详。");
        let label = LabelId::from("figure");
        model.dispatch(&ctx, Command::Tag(CharRange::of(2, 7), label.clone()));
        assert_eq!(value(&model, 0).as_deref(), Some("259000"));
        let id = model.sheet().unwrap().document.spans()[0].id;
        model.dispatch(&ctx, Command::Resize(id, CharRange::of(2, 6)));
        assert_eq!(value(&model, 0).as_deref(), Some("25.9"));
        model.dispatch(&ctx, Command::Resize(id, CharRange::of(2, 9)));
        assert_eq!(value(&model, 0).as_deref(), Some("259000"));
        let mut by_hand = value_of(&model.sheet().unwrap().document.spans()[0]).unwrap();
        by_hand.value = Some("259013".to_owned());
        model.dispatch(&ctx, FigureCommand::SetValue(id, by_hand).into());
        model.dispatch(&ctx, Command::Resize(id, CharRange::of(2, 8)));
        assert_eq!(value(&model, 0).as_deref(), Some("259013"));
        model.dispatch(&ctx, Command::Relabel(vec![id], LabelId::from("person")));
        assert_eq!(value(&model, 0), None);
        for _ in 0..3 {
            model.dispatch(&ctx, Command::Ui(UiCommand::Undo));
        }
        assert_eq!(value(&model, 0).as_deref(), Some("259000"));
        model.dispatch(&ctx, Command::Tag(CharRange::of(10, 12), label));
        assert_eq!(value(&model, 1), None);
    }

    #[test]
    fn another_day_of_issue_moves_the_days_that_were_read() {
        let (mut model, ctx) = desk("昨天，前天。");
        let label = LabelId::from("time");
        model.dispatch(&ctx, Command::Tag(CharRange::of(0, 2), label.clone()));
        model.dispatch(&ctx, Command::Tag(CharRange::of(3, 5), label));
        let timex = |model: &Model, number: usize| {
            let span = model.sheet().unwrap().document.spans()[number].clone();
            (span.id, value_of(&span).unwrap())
        };
        let (id, mut by_hand) = timex(&model, 1);
        by_hand.timex = Some("2025-01-01".to_owned());
        model.dispatch(&ctx, FigureCommand::SetValue(id, by_hand).into());
        for date in ["2025-09-16", "2025-10-01"] {
            let about = FigureCommand::SetAbout {
                title: String::new(),
                issue_date: Some(date.to_owned()),
                note: String::new(),
            };
            model.dispatch(&ctx, about.into());
        }
        assert_eq!(timex(&model, 0).1.timex.as_deref(), Some("2025-09-30"));
        assert_eq!(timex(&model, 1).1.timex.as_deref(), Some("2025-01-01"));
        model.dispatch(&ctx, Command::Ui(UiCommand::Undo));
        assert_eq!(timex(&model, 0).1.timex.as_deref(), Some("2025-09-15"));
    }

    #[test]
    fn a_value_written_on_a_suggestion_accepts_it() {
        let (mut model, ctx) = desk("共30多项。");
        let suggestion = model.sheet().unwrap().suggestions.open.spans[0].clone();
        let mut value_by_hand = value_of(&suggestion).unwrap();
        value_by_hand.value = Some("31".to_owned());
        model.dispatch(&ctx, Command::Choose(Some(suggestion.id), true));
        model.dispatch(&ctx, FigureCommand::SetValue(suggestion.id, value_by_hand).into());
        refresh(&mut model, &ctx);
        assert_eq!(value(&model, 0).as_deref(), Some("31"));
        let sheet = model.sheet().unwrap();
        assert!(sheet.chosen_span().is_some() && sheet.card);
        assert!(sheet.suggestions.open.spans.is_empty());
        let mark = &sheet.chosen_span().unwrap().mark;
        assert_eq!((mark.origin, mark.score.is_none()), (Origin::Hand, true));
        model.dispatch(&ctx, Command::Ui(UiCommand::Undo));
        assert_eq!(model.sheet().unwrap().document.spans().len(), 0);
    }

    #[test]
    fn what_is_put_away_and_said_of_the_article_is_in_the_saved_file_and_can_be_undone() {
        let (mut model, ctx) = desk("9月31日，昨天。");
        let dismissal = Dismissal {
            check: "impossible_date".to_owned(),
            texts: vec!["9月31日".to_owned()],
            ..Dismissal::default()
        };
        let before = native::save(&model.sheet().unwrap().document);
        model.dispatch(&ctx, FigureCommand::Dismiss(dismissal.clone()).into());
        model.dispatch(&ctx, FigureCommand::Dismiss(dismissal.clone()).into());
        let about = FigureCommand::SetAbout {
            title: "题".to_owned(),
            issue_date: Some("2025-09-16".to_owned()),
            note: String::new(),
        };
        model.dispatch(&ctx, about.into());
        refresh(&mut model, &ctx);
        let document = &model.sheet().unwrap().document;
        let saved = native::save(document);
        let loaded = native::load(&saved).unwrap().document;
        assert_eq!(loaded.dismissals(), [dismissal]);
        assert_eq!(native::save(&loaded), saved);
        let open = &model.sheet().unwrap().suggestions.open.spans;
        let yesterday = value_of(&open[1]).and_then(|value| value.timex);
        assert_eq!(yesterday.as_deref(), Some("2025-09-15"));
        for _ in 0..2 {
            model.dispatch(&ctx, Command::Ui(UiCommand::Undo));
        }
        assert_eq!(native::save(&model.sheet().unwrap().document), before);
    }
}
