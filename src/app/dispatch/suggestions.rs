//! Walking through the suggestions and judging them.

use super::{Model, Selection, Verdict};
use crate::annot::{Edit, Origin, Span, SpanId, Status};
use crate::app::suggestions::is_judged;
use crate::i18n::T;

impl Model {
    /// Goes to the suggestion after or before the chosen one, or the caret; around the end. Where judging the one before
    /// has led to one already, the next is that one: Tab, Enter, Tab, Enter leaves none out.
    pub(super) fn next_suggestion(&mut self, step: isize) {
        let Some(sheet) = self.sheet_mut() else { return };
        let led_to = sheet.led_to.take();
        let here = sheet.chosen_suggestion().map(|chosen| (chosen.id, chosen.range));
        match here.filter(|(id, _)| step > 0 && led_to == Some(*id)) {
            Some((_, range)) => sheet.reveal = Some(range),
            None => self.step_suggestion(step),
        }
    }

    fn step_suggestion(&mut self, step: isize) {
        let Some(sheet) = self.sheet() else { return };
        let spans = &sheet.suggestions.open.spans;
        let chosen = sheet.chosen_suggestion().and_then(|chosen| spans.index_of(chosen));
        let here = chosen.unwrap_or_else(|| spans.first_from(sheet.selection.caret));
        let is_open = |index: &usize| !is_judged(&sheet.document, &spans[*index]);
        let next = if step > 0 {
            let after = here + usize::from(chosen.is_some());
            (after..spans.len()).chain(0..here).find(is_open)
        } else {
            (0..here).rev().chain((here..spans.len()).rev()).find(is_open)
        };
        let next = next.map(|index| (spans[index].id, spans[index].range));
        let Some((id, range)) = next else {
            if chosen.is_none() {
                self.with_sheet(|sheet| sheet.chosen = None);
                self.say(T::NoSuggestions);
            }
            return;
        };
        self.go_to(id, range);
    }

    /// Judges the chosen suggestion and goes on to the next.
    pub(super) fn judge_chosen(&mut self, verdict: &Verdict) {
        let Some(chosen) = self.sheet().and_then(|sheet| sheet.chosen_suggestion().cloned()) else {
            return;
        };
        let range = chosen.range;
        if self.judge(&[chosen], verdict) {
            self.with_sheet(|sheet| {
                sheet.chosen = None;
                sheet.selection = Selection::caret(range.start);
            });
            self.step_suggestion(1);
            self.with_sheet(|sheet| sheet.led_to = sheet.chosen_suggestion().map(|next| next.id));
        }
    }

    /// Makes tags of suggestions, or turns them down, in one step. Whether it was done.
    pub(super) fn judge(&mut self, suggestions: &[Span], verdict: &Verdict) -> bool {
        let Some(sheet) = self.sheet() else { return false };
        let document = &sheet.document;
        let mut new_ids = document.next_id()..;
        let (mut remove, mut add) = (Vec::new(), Vec::new());
        // What the chosen suggestion becomes stays chosen, unless it was turned down.
        let mut chosen = sheet.chosen;
        for suggestion in suggestions.iter().filter(|span| !is_judged(document, span)) {
            let stored = document.spans().get(suggestion.id);
            let id = match stored {
                Some(stored) => stored.id,
                None => SpanId(new_ids.next().unwrap_or(u32::MAX)),
            };
            remove.extend(stored.cloned());
            let judged = suggestion.saying(|mark| match verdict {
                Verdict::Accept => mark.status = Status::Accepted,
                Verdict::Reject => mark.status = Status::Rejected,
                Verdict::As(label) => {
                    mark.status = Status::Accepted;
                    if mark.label != *label {
                        mark.label = label.clone();
                        mark.origin = Origin::Hand;
                        mark.score = None;
                        mark.value = None;
                    }
                }
            });
            if chosen == Some(suggestion.id) {
                chosen = (*verdict != Verdict::Reject).then_some(id);
            }
            add.push(Span { id, ..judged });
        }
        self.fill_values(&mut add);
        let place = add.first().map(|span| span.range);
        let count = add.len();
        if count == 0 || !self.edit(Edit::Spans { remove, add }, place) {
            return false;
        }
        self.with_sheet(|sheet| {
            sheet.card &= sheet.chosen == chosen;
            sheet.chosen = chosen;
        });
        if count > 1 {
            let text = if *verdict == Verdict::Reject {
                T::SuggestionsRejected
            } else {
                T::SuggestionsAccepted
            };
            let text = self.lang.fill(text, &[&count.to_string()]);
            self.notify_step(text);
        }
        true
    }

    /// Forgets what was turned down, so that it is proposed again.
    pub(super) fn restore_rejected(&mut self) {
        let Some(sheet) = self.sheet() else { return };
        let rejected = sheet
            .document
            .spans()
            .iter()
            .filter(|span| span.mark.status == Status::Rejected);
        let remove: Vec<Span> = rejected.cloned().collect();
        if !remove.is_empty() {
            self.edit(
                Edit::Spans {
                    remove,
                    add: Vec::new(),
                },
                None,
            );
        }
    }

    /// Shows suggestions in the text, or hides them.
    pub(super) fn show_suggestions(&mut self, is_shown: bool) {
        self.settings.suggestions = is_shown;
        self.save_settings();
        if !is_shown {
            self.with_sheet(|sheet| {
                if sheet.chosen_suggestion().is_some() {
                    sheet.chosen = None;
                    sheet.card = false;
                }
            });
        }
    }

    /// Puts the open suggestions into the document, so that the saved file has them.
    pub(super) fn keep_suggestions(&mut self) {
        let Some(sheet) = self.sheet() else { return };
        let document = &sheet.document;
        let ids = document.next_id()..;
        let fresh = sheet
            .suggestions
            .open
            .spans
            .iter()
            .filter(|span| document.spans().get(span.id).is_none());
        let add: Vec<Span> = fresh
            .zip(ids)
            .map(|(span, id)| Span {
                id: SpanId(id),
                ..span.clone()
            })
            .collect();
        let count = add.len();
        if count == 0 {
            self.say(T::NoSuggestions);
        } else if self.edit(
            Edit::Spans {
                remove: Vec::new(),
                add,
            },
            None,
        ) {
            let text = self.lang.fill(T::SuggestionsKept, &[&count.to_string()]);
            self.notify_step(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{desk, refresh};
    use super::*;
    use crate::annot::LabelId;
    use crate::app::command::{Command, UiCommand};

    fn open(model: &Model) -> Vec<&str> {
        let sheet = model.sheet().unwrap();
        let spans = sheet.suggestions.open.spans.iter();
        spans.map(|span| sheet.document.covered(span)).collect()
    }

    fn tags(model: &Model) -> Vec<(&str, Status, bool)> {
        let document = &model.sheet().unwrap().document;
        let spans = document.spans().iter();
        spans
            .map(|span| (document.covered(span), span.mark.status, span.mark.value.is_some()))
            .collect()
    }

    #[test]
    fn keys_judge_one_after_the_other_and_undo_brings_them_back() {
        let (mut model, ctx) = desk("𬱟投入1.9亿元，共43个站点，增长50%。");
        assert_eq!(open(&model), ["1.9亿元", "43个", "50%"]);
        for command in [
            UiCommand::NextSuggestion,
            UiCommand::AcceptSuggestion,
            UiCommand::RejectSuggestion,
        ] {
            model.dispatch(&ctx, Command::Ui(command));
        }
        refresh(&mut model, &ctx);
        assert_eq!(open(&model), ["50%"]);
        let judged = [("1.9亿元", Status::Accepted, true), ("43个", Status::Rejected, true)];
        assert_eq!(tags(&model), judged);
        let sheet = model.sheet().unwrap();
        assert_eq!(
            sheet.chosen_suggestion().map(|span| sheet.document.covered(span)),
            Some("50%")
        );
        model.dispatch(&ctx, Command::RestoreRejected);
        refresh(&mut model, &ctx);
        assert_eq!(open(&model), ["43个", "50%"]);
        for _ in 0..2 {
            model.dispatch(&ctx, Command::Ui(UiCommand::Undo));
        }
        refresh(&mut model, &ctx);
        assert_eq!(open(&model), ["43个", "50%"]);
    }

    #[test]
    fn another_label_is_an_acceptance_and_a_tag_of_the_label_answers_what_it_touches() {
        let (mut model, ctx) = desk("共30多项，用时三天。");
        assert_eq!(open(&model), ["30多项", "三天"]);
        model.dispatch(&ctx, Command::Ui(UiCommand::NextSuggestion));
        model.dispatch(&ctx, Command::JudgeChosen(Verdict::As(LabelId::from("time"))));
        let range = model.sheet().unwrap().document.text().range();
        model.dispatch(&ctx, Command::Tag(range, LabelId::from("figure")));
        refresh(&mut model, &ctx);
        assert_eq!(open(&model), [""; 0]);
        assert!(tags(&model).contains(&("30多项", Status::Accepted, true)));
    }

    #[test]
    fn hidden_suggestions_are_gone_until_they_are_shown_and_kept_ones_are_in_the_document() {
        let (mut model, ctx) = desk("共30多项。");
        model.dispatch(&ctx, Command::Ui(UiCommand::ShowSuggestions));
        refresh(&mut model, &ctx);
        assert_eq!(open(&model), [""; 0]);
        model.dispatch(&ctx, Command::Ui(UiCommand::ShowSuggestions));
        refresh(&mut model, &ctx);
        model.dispatch(&ctx, Command::Ui(UiCommand::KeepSuggestions));
        refresh(&mut model, &ctx);
        assert_eq!(tags(&model), [("30多项", Status::Suggested, true)]);
        assert_eq!(open(&model), ["30多项"]);
        model.dispatch(&ctx, Command::Ui(UiCommand::NextSuggestion));
        model.dispatch(&ctx, Command::Ui(UiCommand::AcceptSuggestion));
        assert_eq!(tags(&model), [("30多项", Status::Accepted, true)]);
    }
}
