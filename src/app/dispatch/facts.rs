//! Facts corrected by hand: kept as relations between tags, or as a part that was taken back.

use super::{Model, Weight};
use crate::annot::fact::{self, Role};
use crate::annot::{Document, Edit, LabelSet, Mark, Relation, Span, SpanId, Status};
use crate::app::figures::relations::{FactChoice, next_number, relation, words_near};
use crate::app::suggestions::Suggestions;
use crate::i18n::T;
use crate::text::CharRange;

impl Model {
    /// Says by hand what fills a part of a figure's fact, in one step. A suggestion of which that is said is right, and so
    /// is one that is chosen for it.
    pub(super) fn set_fact(&mut self, id: SpanId, role: Role, choice: &FactChoice) {
        let Some(sheet) = self.sheet() else { return };
        let Some(figure) = sheet.tag(id) else { return };
        let place = figure.range;
        let mut tags = Tags::new(&sheet.document, &sheet.suggestions);
        let figure = tags.accepted(figure);
        let told = match choice {
            FactChoice::AsRead | FactChoice::Nothing => None,
            FactChoice::Tag(tag) => sheet.tag(*tag).map(|tag| tags.accepted(tag)),
            FactChoice::Words(range) => Some(tags.on(*range)),
        };
        let is_nothing = *choice == FactChoice::Nothing;
        let Some(edit) = tags.edit(figure, role, told, is_nothing) else {
            return;
        };
        if self.edit(edit, Some(place)) {
            self.with_sheet(|sheet| {
                if sheet.chosen == Some(id) {
                    sheet.chosen = Some(figure);
                }
            });
        }
    }

    /// Says by hand what a figure measures: the words nearest to it in the article, which are tagged for it.
    pub(super) fn set_measure(&mut self, id: SpanId, words: &str) {
        let Some(sheet) = self.sheet() else { return };
        let Some(figure) = sheet.tag(id) else { return };
        if words.trim().is_empty() {
            self.set_fact(id, Role::MeasureOf, &FactChoice::Nothing);
        } else if let Some(range) = words_near(&sheet.document, figure.range, words) {
            self.set_fact(id, Role::MeasureOf, &FactChoice::Words(range));
        } else {
            let text = self.lang.fill(T::FactNoWords, &[words.trim()]);
            self.notify(Weight::Passing, text);
        }
    }
}

/// The tags that a fact needs, as they are or as they have to be made.
struct Tags<'a> {
    document: &'a Document,
    suggestions: &'a Suggestions,
    remove: Vec<Span>,
    add: Vec<Span>,
    labels: Option<LabelSet>,
}

impl<'a> Tags<'a> {
    fn new(document: &'a Document, suggestions: &'a Suggestions) -> Self {
        Self {
            document,
            suggestions,
            remove: Vec::new(),
            add: Vec::new(),
            labels: None,
        }
    }

    fn next_id(&self) -> SpanId {
        let new = u32::try_from(self.add.len()).unwrap_or(u32::MAX);
        SpanId(self.document.next_id().saturating_add(new))
    }

    /// The number that a tag has, or gets when it is accepted.
    fn accepted(&mut self, tag: &Span) -> SpanId {
        if tag.mark.status == Status::Accepted {
            return tag.id;
        }
        let stored = self.document.spans().get(tag.id);
        let id = stored.map_or_else(|| self.next_id(), |stored| stored.id);
        self.remove.extend(stored.cloned());
        let judged = tag.saying(|mark| mark.status = Status::Accepted);
        self.add.push(Span { id, ..judged });
        id
    }

    /// A tag on just these characters: a name's, else one of what is measured.
    fn on(&mut self, range: CharRange) -> SpanId {
        let is_name = |span: &&Span| span.range == range && !matches!(span.mark.label.as_str(), "figure" | "time");
        let accepted = self.document.spans().overlapping(range);
        let mut accepted = accepted.filter(|span| span.mark.status == Status::Accepted);
        if let Some(there) = accepted.find(is_name) {
            return there.id;
        }
        let suggested = self.suggestions.open.spans.overlapping(range).find(is_name).cloned();
        if let Some(suggested) = suggested {
            return self.accepted(&suggested);
        }
        let (label, with_it) = fact::indicator(self.document.labels());
        self.labels = with_it.or(self.labels.take());
        let id = self.next_id();
        let mark = Mark {
            label,
            ..Mark::default()
        };
        self.add.push(Span {
            id,
            range,
            mark: mark.into(),
        });
        id
    }

    /// The edit that says `told` of the figure, or that there is nothing to be said, or neither; `None` where that is so
    /// already.
    fn edit(self, figure: SpanId, role: Role, told: Option<SpanId>, is_nothing: bool) -> Option<Edit> {
        let document = self.document;
        let is_it = |relation: &&Relation| relation.from == figure && relation.label == role.as_str();
        let remove: Vec<Relation> = document.relations().iter().filter(is_it).cloned().collect();
        let add: Vec<Relation> = told
            .map(|told| relation(next_number(document), role, figure, told))
            .into_iter()
            .collect();
        let taken_back = fact::nothing(document, figure, role);
        let mut dismissals = document.dismissals().to_vec();
        dismissals.retain(|known| !known.is_same(&taken_back));
        if is_nothing {
            dismissals.push(taken_back);
        }
        let is_said = remove.len() == add.len() && remove.iter().zip(&add).all(|(a, b)| a.to == b.to);
        let mut edits: Vec<Edit> = self.labels.map(Edit::Labels).into_iter().collect();
        if !self.add.is_empty() {
            edits.push(Edit::Spans {
                remove: self.remove,
                add: self.add,
            });
        }
        if !is_said {
            edits.push(Edit::Relations { remove, add });
        }
        if dismissals != document.dismissals() {
            edits.push(Edit::Dismissals(dismissals));
        }
        (!edits.is_empty()).then_some(Edit::Batch(edits))
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{desk, refresh};
    use super::*;
    use crate::annot::LabelId;
    use crate::annot::dismissal::Dismissal;
    use crate::app::command::{Command, FigureCommand, UiCommand};
    use crate::app::figures::csv;
    use crate::app::suggestions::Open;
    use crate::formats::native;

    const TEXT: &str = "𬱟2024年江北水务集团新建30座泵站，江南水务集团新建8座闸门。";

    /// A desk with both companies and the pumping stations tagged, and the number of the latter.
    fn tagged() -> (Model, egui::Context, SpanId) {
        let (mut model, ctx) = desk(TEXT);
        for (start, end, label) in [(6, 12, "unit"), (20, 26, "unit"), (14, 17, "figure")] {
            model.dispatch(&ctx, Command::Tag(CharRange::of(start, end), LabelId::from(label)));
        }
        refresh(&mut model, &ctx);
        let figure = model.sheet().unwrap().chosen.unwrap();
        (model, ctx, figure)
    }

    fn holder_of(model: &Model, start: usize) -> SpanId {
        let spans = model.sheet().unwrap().document.spans().iter();
        spans
            .clone()
            .find(|span| span.range.start.to_usize() == start)
            .unwrap()
            .id
    }

    /// Holder, measure and time of the pumping stations in an article.
    fn fact(document: &Document) -> String {
        let csv = csv::facts_of(document, &Open::default());
        let csv = String::from_utf8(csv).unwrap();
        let line = csv.lines().find(|line| line.contains(",30座,")).unwrap_or_default();
        let cells: Vec<&str> = line.split(',').collect();
        [0, 1, 8].map(|n| cells.get(n).copied().unwrap_or_default()).join("|")
    }

    #[test]
    fn a_corrected_fact_is_in_the_table_and_survives_reopening_and_undo() {
        let (mut model, ctx, figure) = tagged();
        let document = |model: &Model| model.sheet().unwrap().document.clone();
        assert_eq!(fact(&document(&model)), "江北水务集团|泵站|");
        let before = native::save(&document(&model));
        let other = holder_of(&model, 20);
        let words = CharRange::of(17, 18);
        // The time is a suggestion yet.
        let time = model.sheet().unwrap().suggestions.open.spans.iter().next().unwrap().id;
        for (role, choice) in [
            (Role::HeldBy, FactChoice::Tag(other)),
            (Role::MeasureOf, FactChoice::Words(words)),
            (Role::AtTime, FactChoice::Tag(time)),
        ] {
            model.dispatch(&ctx, FigureCommand::SetFact(figure, role, choice).into());
            refresh(&mut model, &ctx);
        }
        assert_eq!(fact(&document(&model)), "江南水务集团|泵|2024年");
        let saved = native::save(&document(&model));
        let reopened = native::load(&saved).unwrap().document;
        assert_eq!(fact(&reopened), "江南水务集团|泵|2024年");
        assert_eq!(reopened.relations().len(), 3);
        let indicator = LabelId::from("indicator");
        assert!(reopened.labels().get(&indicator).is_some() && fact::is_carrier(reopened.labels(), &indicator));
        for _ in 0..3 {
            model.dispatch(&ctx, Command::Ui(UiCommand::Undo));
        }
        assert_eq!(native::save(&document(&model)), before);
    }

    #[test]
    fn what_was_taken_back_is_not_invented_again_until_it_is_read_again() {
        let (mut model, ctx, figure) = tagged();
        let say = |model: &mut Model, choice| {
            model.dispatch(&ctx, FigureCommand::SetFact(figure, Role::HeldBy, choice).into());
        };
        say(&mut model, FactChoice::Nothing);
        let depth = model.sheet().unwrap().history.depth();
        say(&mut model, FactChoice::Nothing);
        assert_eq!(model.sheet().unwrap().history.depth(), depth);
        model.dispatch(&ctx, FigureCommand::RestoreDismissed.into());
        let reopened = native::load(&native::save(&model.sheet().unwrap().document))
            .unwrap()
            .document;
        assert_eq!(fact(&reopened), "|泵站|");
        assert!(!reopened.dismissals().iter().any(Dismissal::is_of_finding));
        say(&mut model, FactChoice::AsRead);
        assert_eq!(fact(&model.sheet().unwrap().document), "江北水务集团|泵站|");
        // What was said of a figure that is gone is in no file: its name may be another's next time.
        say(&mut model, FactChoice::Nothing);
        model.dispatch(&ctx, Command::RemoveSpans(vec![figure]));
        let reopened = native::load(&native::save(&model.sheet().unwrap().document))
            .unwrap()
            .document;
        assert_eq!(reopened.dismissals(), []);
        model.dispatch(&ctx, Command::Ui(UiCommand::Undo));
        assert_eq!(fact(&model.sheet().unwrap().document), "|泵站|");
    }

    #[test]
    fn a_suggestion_of_which_a_fact_is_said_is_accepted_with_it() {
        let (mut model, ctx, _) = tagged();
        let sheet = model.sheet().unwrap();
        let open = std::sync::Arc::clone(&sheet.suggestions.open);
        let gates = open
            .spans
            .iter()
            .find(|span| sheet.document.covered(span) == "8座")
            .unwrap()
            .id;
        let depth = sheet.history.depth();
        model.dispatch(&ctx, Command::Choose(Some(gates), false));
        let choice = FactChoice::Tag(holder_of(&model, 6));
        model.dispatch(&ctx, FigureCommand::SetFact(gates, Role::HeldBy, choice).into());
        let sheet = model.sheet().unwrap();
        assert_eq!(sheet.history.depth(), depth + 1);
        let chosen = sheet.chosen_span().unwrap();
        assert_eq!(
            (sheet.document.covered(chosen), chosen.mark.status),
            ("8座", Status::Accepted)
        );
        assert_eq!(sheet.document.relations()[0].from, chosen.id);
    }
}
