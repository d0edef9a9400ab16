//! The one place where commands change the model.

mod closing;
mod correct;
#[cfg(test)]
mod desk;
mod doubts;
mod figures;
mod overrule;
mod pick;
mod suggestions;

use std::sync::Arc;
use std::time::Instant;

use super::command::{Command, ExportKind, Selection, UiCommand, Verdict};
use super::dialog::Dialog;
use super::model::{Model, Weight};
use super::propagation::Propagation;
use super::sheet::Sheet;
use crate::annot::{Document, DocumentStatus, Edit, LabelId, Mark, Meta, Origin, Span, SpanId, Status, occurrences};
use crate::i18n::{Lang, T};
use crate::store::settings::{Language, Theme};
use crate::text::{BlockKind, CharIdx, CharRange};
use crate::ui::tokens;

impl Model {
    /// Does what is asked for.
    pub fn dispatch(&mut self, ctx: &egui::Context, command: Command) {
        match command {
            Command::Ui(command) => self.dispatch_ui(ctx, command),
            Command::OpenPaths(paths) => self.open_paths(paths),
            Command::ShowArticle(place) => self.show_article(place),
            Command::ReadAs(encoding) => self.read_as(encoding),
            Command::Export(kind, path) => self.export(kind, path),
            Command::CloseDialog => self.dialog = None,
            Command::QuitUnsaved => self.quit_unsaved(ctx),
            Command::Brush(label) => self.brush = label,
            Command::Select { selection, palette } => self.select(selection, palette),
            Command::ClosePalette => self.with_sheet(|sheet| {
                sheet.palette = false;
                sheet.selection = Selection::caret(sheet.selection.caret);
            }),
            Command::Choose(span, card) => self.choose(span, card),
            Command::Reveal(range) => self.with_sheet(|sheet| sheet.reveal = Some(range)),
            Command::Tag(range, label) => self.tag(&[range], &label, Origin::Hand),
            Command::TagAll(ranges, label) => self.tag(&ranges, &label, Origin::Hand),
            Command::Relabel(spans, label) => self.relabel(&spans, &label),
            Command::RemoveSpans(spans) => self.remove_spans(&spans),
            Command::Resize(span, range) => self.resize(span, range),
            Command::SetNote(span, note) => {
                self.change_spans(&[span], |span| span.saying(|mark| mark.note.clone_from(&note)));
            }
            Command::AddLabel(name) => self.add_label(&name),
            Command::MarkBlock(block, mark) => {
                let range = self
                    .sheet()
                    .and_then(|sheet| Some(sheet.document.blocks().get(block)?.range));
                self.edit(Edit::Blocks(vec![(block, mark)]), range);
            }
            Command::Propagation(propagation) => self.with_sheet(|sheet| sheet.propagation = propagation),
            Command::Language(lang) => {
                self.lang = lang;
                self.settings.language = if lang == Lang::Zh { Language::Zh } else { Language::En };
                self.save_settings();
            }
            Command::TextSize(size) => self.set_text_size(size),
            Command::RightTab(tab) => self.right_tab = tab,
            Command::Type(text) => self.type_text(&text),
            Command::Erase(direction) => self.erase(direction),
            Command::Cut => self.cut(ctx),
            Command::Replace(previews) => self.replace(&previews),
            Command::ShowDoubt(range) => self.show_doubt(range),
            Command::FixDoubt(range) => self.fix_doubt(range),
            Command::DismissDoubt(range) => self.dismiss_doubt(range),
            Command::CloseNotice(id) => self.notices.retain(|notice| notice.id != id),
            Command::Judge(suggestions, verdict) => {
                self.judge(&suggestions, &verdict);
            }
            Command::JudgeChosen(verdict) => self.judge_chosen(&verdict),
            Command::RestoreRejected => self.restore_rejected(),
            Command::Figure(command) => self.dispatch_figure(ctx, command),
        }
    }

    fn dispatch_ui(&mut self, ctx: &egui::Context, command: UiCommand) {
        match command {
            UiCommand::Open => self.pick_files(),
            UiCommand::OpenExample => self.open_example(),
            UiCommand::Save => {
                if let Some(place) = self.shown {
                    self.save(place);
                }
            }
            UiCommand::ExportJson => self.pick_export(ExportKind::Json),
            UiCommand::ExportJsonl => self.pick_export(ExportKind::Jsonl),
            UiCommand::CloseArticle => self.close_article(),
            UiCommand::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            UiCommand::Undo => self.undo(),
            UiCommand::Redo => self.redo(),
            UiCommand::Copy => {
                if let Some(sheet) = self.sheet() {
                    let chosen = sheet.chosen.and_then(|chosen| sheet.tag(chosen));
                    let range = chosen.map_or(sheet.selection.range(), |span| span.range);
                    ctx.copy_text(sheet.document.text().slice(range).to_owned());
                }
            }
            UiCommand::SelectAll => self.with_sheet(|sheet| {
                let range = sheet.document.text().range();
                sheet.selection = Selection {
                    anchor: range.start,
                    caret: range.end,
                };
            }),
            UiCommand::Find => self.open_find(false),
            UiCommand::Replace => self.open_find(true),
            UiCommand::ExportCorrections => self.export_corrections(),
            UiCommand::NextDoubt | UiCommand::PreviousDoubt => {
                take_keyboard(ctx);
                self.step_doubt(command == UiCommand::NextDoubt);
            }
            UiCommand::Checks => self.show_checks(),
            UiCommand::RawView => self.shows_raw = !self.shows_raw,
            UiCommand::Marks => self.shows_marks = !self.shows_marks,
            UiCommand::Outline => self.shows_outline = !self.shows_outline,
            UiCommand::Remove if self.sheet().is_some_and(|sheet| sheet.chosen_suggestion().is_some()) => {
                self.judge_chosen(&Verdict::Reject);
            }
            UiCommand::Remove => match self.sheet().and_then(|sheet| sheet.chosen) {
                Some(span) => self.remove_spans(&[span]),
                None => self.say(T::NothingSelected),
            },
            UiCommand::TagOthers => self.tag_others(),
            UiCommand::NextTag => self.step_tag(1),
            UiCommand::PreviousTag => self.step_tag(-1),
            UiCommand::StartLeft => self.move_ends(-1, 0),
            UiCommand::StartRight => self.move_ends(1, 0),
            UiCommand::EndLeft => self.move_ends(0, -1),
            UiCommand::EndRight => self.move_ends(0, 1),
            UiCommand::NewLabel => self.dialog = Some(Dialog::NewLabel { typed: String::new() }),
            UiCommand::Done => self.done(),
            UiCommand::LargerText => self.set_text_size(self.settings.text_size_pt + 1.0),
            UiCommand::SmallerText => self.set_text_size(self.settings.text_size_pt - 1.0),
            UiCommand::UsualText => self.set_text_size(tokens::TEXT_SIZE),
            UiCommand::LeftPanel => {
                self.settings.panels.left = !self.settings.panels.left;
                self.save_settings();
            }
            UiCommand::RightPanel => {
                self.settings.panels.right = !self.settings.panels.right;
                self.save_settings();
            }
            UiCommand::ThemeLight => self.set_theme(ctx, Theme::Light),
            UiCommand::ThemeDark => self.set_theme(ctx, Theme::Dark),
            UiCommand::ThemeSystem => self.set_theme(ctx, Theme::System),
            UiCommand::CommandPalette => {
                self.dialog = Some(Dialog::Palette {
                    typed: String::new(),
                    marked: 0,
                });
            }
            UiCommand::Keys => self.dialog = Some(Dialog::Keys),
            UiCommand::EditText => {
                take_keyboard(ctx);
                self.toggle_correcting();
            }
            UiCommand::JoinNext => self.join_lines(),
            UiCommand::SplitHere => self.split_line(),
            UiCommand::MoveBlockUp => self.move_blocks(-1),
            UiCommand::MoveBlockDown => self.move_blocks(1),
            UiCommand::StartArticle => self.start_article(),
            UiCommand::DropBlock => self.drop_blocks(),
            UiCommand::MakeHeading => self.make_blocks(BlockKind::Heading),
            UiCommand::MakeParagraph => self.make_blocks(BlockKind::Paragraph),
            UiCommand::MakeCaption => self.make_blocks(BlockKind::Caption),
            UiCommand::MakeByline => self.make_blocks(BlockKind::Byline),
            UiCommand::MakeFurniture => self.make_blocks(BlockKind::Furniture),
            UiCommand::MakeOther => self.make_blocks(BlockKind::Other),
            UiCommand::NextSuggestion => self.step_suggestion(1),
            UiCommand::PreviousSuggestion => self.step_suggestion(-1),
            UiCommand::AcceptSuggestion => self.judge_chosen(&Verdict::Accept),
            UiCommand::RejectSuggestion => self.judge_chosen(&Verdict::Reject),
            UiCommand::ShowSuggestions => self.show_suggestions(!self.settings.suggestions),
            UiCommand::KeepSuggestions => self.keep_suggestions(),
            UiCommand::ExportFigures => self.pick_export(ExportKind::Figures),
            UiCommand::ExportFacts => self.pick_export(ExportKind::Facts),
            UiCommand::RelateFigures => self.relate_figures(),
            UiCommand::AboutArticle => self.about_article(),
        }
    }

    fn with_sheet(&mut self, change: impl FnOnce(&mut Sheet)) {
        if let Some(sheet) = self.sheet_mut() {
            change(sheet);
        }
    }

    /// Makes an edit, with a way back; `place` is lit when it is undone.
    pub(super) fn edit(&mut self, edit: Edit, place: Option<CharRange>) -> bool {
        let Some(sheet) = self.sheet_mut() else { return false };
        if sheet.read_only.is_some() {
            self.say(T::ReadOnly);
            return false;
        }
        match sheet.history.apply(&mut sheet.document, edit, place) {
            Ok(()) => {
                touch(sheet);
                true
            }
            Err(error) => {
                self.say_refused(&error);
                false
            }
        }
    }

    // tags

    fn tag(&mut self, ranges: &[CharRange], label: &LabelId, origin: Origin) {
        let Some(sheet) = self.sheet() else { return };
        let document = &sheet.document;
        let mut add = new_spans(document, ranges, label, origin);
        self.fill_values(&mut add);
        // A tag that is there already is chosen, not doubled; a suggestion of the same becomes the tag.
        let mut remove = Vec::new();
        let mut there = None;
        add.retain(|span| match same_tag(document, span.range, label) {
            Some(same) if same.mark.status == Status::Accepted => {
                there = Some(same.id);
                false
            }
            Some(same) => {
                remove.push(same.clone());
                true
            }
            None => true,
        });
        let chosen = add.last().map(|span| span.id).or(there);
        let place = add.first().map(|span| span.range);
        if !add.is_empty() && !self.edit(Edit::Spans { remove, add }, place) {
            return;
        }
        self.with_sheet(|sheet| {
            sheet.chosen = chosen;
            sheet.card = false;
            sheet.palette = false;
            sheet.selection = Selection::caret(sheet.selection.range().end);
        });
    }

    /// Puts changed spans in the place of these.
    pub(super) fn change_spans(&mut self, ids: &[SpanId], change: impl Fn(&Span) -> Span) -> bool {
        let Some(sheet) = self.sheet() else { return false };
        let wanted: std::collections::HashSet<SpanId> = ids.iter().copied().collect();
        let remove: Vec<Span> = sheet
            .document
            .spans()
            .iter()
            .filter(|span| wanted.contains(&span.id))
            .cloned()
            .collect();
        let mut add: Vec<Span> = remove.iter().map(change).collect();
        self.revalue(&remove, &mut add);
        if remove == add {
            return false;
        }
        let place = remove.first().map(|span| span.range);
        self.edit(Edit::Spans { remove, add }, place)
    }

    fn relabel(&mut self, spans: &[SpanId], label: &LabelId) {
        let count = spans.len();
        if !self.change_spans(spans, |span| span.saying(|mark| mark.label = label.clone())) || count < 2 {
            return;
        }
        let name = self
            .sheet()
            .and_then(|sheet| sheet.document.labels().get(label))
            .map(|label| self.lang.label(label));
        let text = self
            .lang
            .fill(T::LabelRenamed, &[&count.to_string(), name.unwrap_or(label.as_str())]);
        self.notify(Weight::Passing, text);
    }

    fn remove_spans(&mut self, ids: &[SpanId]) {
        let Some(sheet) = self.sheet() else { return };
        let wanted: std::collections::HashSet<SpanId> = ids.iter().copied().collect();
        let remove: Vec<Span> = sheet
            .document
            .spans()
            .iter()
            .filter(|span| wanted.contains(&span.id))
            .cloned()
            .collect();
        let place = remove.first().map(|span| span.range);
        let count = remove.len();
        if count == 0
            || !self.edit(
                Edit::Spans {
                    remove,
                    add: Vec::new(),
                },
                place,
            )
        {
            return;
        }
        self.with_sheet(|sheet| {
            if sheet.chosen.is_some_and(|chosen| wanted.contains(&chosen)) {
                sheet.chosen = None;
                sheet.card = false;
                sheet.selection = Selection::caret(place.map_or(CharIdx(0), |place| place.start));
            }
            if let Some(strip) = &mut sheet.propagation {
                strip.spans.retain(|span| !wanted.contains(span));
                strip.current = strip.current.min(strip.spans.len().saturating_sub(1));
                if strip.spans.is_empty() {
                    sheet.propagation = None;
                }
            }
        });
        if count > 1 {
            let text = self.lang.fill(T::TagsRemoved, &[&count.to_string()]);
            self.notify(Weight::Passing, text);
        }
    }

    fn resize(&mut self, id: SpanId, range: CharRange) {
        if !range.is_empty() {
            self.change_spans(&[id], |span| span.on(range));
        }
    }

    fn move_ends(&mut self, start: i64, end: i64) {
        let Some(sheet) = self.sheet() else { return };
        let Some(span) = sheet.chosen_span() else {
            self.say(T::NothingSelected);
            return;
        };
        let text_end = sheet.document.text().len();
        let (start, end) = (span.range.start.offset(start), span.range.end.offset(end).min(text_end));
        let id = span.id;
        if start < end {
            self.resize(id, CharRange::new(start, end));
            self.with_sheet(|sheet| sheet.reveal = Some(CharRange::new(start, end)));
        }
    }

    /// Tags every other place of the chosen tag's text, or of the selected text with the label of a tag on it.
    fn tag_others(&mut self) {
        let Some(sheet) = self.sheet() else { return };
        let Some(span) = sheet.chosen_span() else {
            self.say(T::NothingSelected);
            return;
        };
        let text = sheet.document.covered(span).to_owned();
        let label = span.mark.label.clone();
        let value = span.mark.value.clone();
        let ranges = occurrences::untagged(&sheet.document, &text, &label);
        if ranges.is_empty() {
            let text = self.lang.fill(T::OthersNone, &[&text]);
            self.notify(Weight::Passing, text);
            return;
        }
        let mut add = new_spans(&sheet.document, &ranges, &label, Origin::Propagated);
        if value.is_some() {
            for span in &mut add {
                *span = span.saying(|mark| mark.value.clone_from(&value));
            }
        }
        // A suggestion on the same characters has come true.
        let remove = ranges
            .iter()
            .filter_map(|&range| same_tag(&sheet.document, range, &label).cloned())
            .collect();
        let spans: Vec<SpanId> = add.iter().map(|span| span.id).collect();
        let place = ranges.first().copied();
        if self.edit(Edit::Spans { remove, add }, place) {
            self.with_sheet(|sheet| {
                sheet.card = false;
                sheet.propagation = Some(Propagation {
                    text,
                    label,
                    spans,
                    current: 0,
                });
            });
        }
    }

    fn step_tag(&mut self, step: isize) {
        let Some(sheet) = self.sheet() else { return };
        let spans = sheet.document.spans();
        let shown = |index: &usize| spans.as_slice()[*index].mark.status != Status::Rejected;
        let place = match sheet.chosen_span() {
            Some(chosen) => spans
                .as_slice()
                .binary_search_by_key(&chosen.order(), Span::order)
                .unwrap_or(0),
            None => spans.first_from(sheet.selection.caret),
        };
        let has_chosen = sheet.chosen_span().is_some();
        let next = if step > 0 {
            (place + usize::from(has_chosen)..spans.len()).find(shown)
        } else {
            (0..place).rev().find(shown)
        };
        let Some(span) = next.and_then(|index| spans.as_slice().get(index)) else {
            return;
        };
        let (id, range) = (span.id, span.range);
        self.with_sheet(|sheet| {
            sheet.chosen = Some(id);
            sheet.card = false;
            sheet.palette = false;
            sheet.selection = Selection::caret(range.start);
            sheet.reveal = Some(range);
        });
    }

    fn add_label(&mut self, name: &str) {
        self.dialog = None;
        let Some(sheet) = self.sheet().filter(|_| !name.trim().is_empty()) else {
            return;
        };
        let (labels, label) = sheet.document.labels().with_new(name);
        let selected = sheet.selection.range();
        if self.edit(Edit::Labels(labels), None) && !selected.is_empty() {
            self.tag(&[selected], &label, Origin::Hand);
        }
    }

    // selection

    fn select(&mut self, selection: Selection, palette: bool) {
        self.with_sheet(|sheet| {
            sheet.history.close();
            sheet.correcting.close();
            sheet.doubts.current = None;
            sheet.selection = selection;
            sheet.palette = palette && !selection.range().is_empty() && !sheet.correcting.is_on;
            sheet.chosen = None;
            sheet.card = false;
        });
    }

    fn choose(&mut self, span: Option<SpanId>, card: bool) {
        self.with_sheet(|sheet| {
            sheet.doubts.current = None;
            sheet.chosen = span;
            sheet.card = card && span.is_some();
            sheet.palette = false;
            if let Some(range) = span.and_then(|span| sheet.tag(span)).map(|span| span.range) {
                sheet.selection = Selection::caret(range.end);
            }
        });
    }

    // undo

    fn undo(&mut self) {
        let Some(sheet) = self.sheet_mut() else { return };
        let step = sheet.history.undo(&mut sheet.document);
        self.after_step(step, T::NothingToUndo);
    }

    fn redo(&mut self) {
        let Some(sheet) = self.sheet_mut() else { return };
        let step = sheet.history.redo(&mut sheet.document);
        self.after_step(step, T::NothingToRedo);
    }

    fn after_step(&mut self, step: Result<Option<Option<CharRange>>, crate::annot::EditError>, nothing: T) {
        match step {
            Ok(Some(place)) => self.with_sheet(|sheet| {
                touch(sheet);
                sheet.correcting.close();
                sheet.text_changed_at_large();
                sheet.propagation = None;
                sheet.palette = false;
                sheet.card = false;
                if sheet.chosen_span().is_none() {
                    sheet.chosen = None;
                }
                let end = sheet.document.text().len();
                let fit = |at: CharIdx| at.min(end);
                sheet.selection = Selection {
                    anchor: fit(sheet.selection.anchor),
                    caret: fit(sheet.selection.caret),
                };
                if let Some(place) = place {
                    let place = CharRange::new(fit(place.start), fit(place.end));
                    if sheet.correcting.is_on {
                        sheet.selection = Selection::caret(place.end);
                    }
                    sheet.reveal = Some(place);
                    sheet.flash = Some((place, Instant::now()));
                }
            }),
            Ok(None) => self.say(nothing),
            Err(error) => self.say_refused(&error),
        }
    }

    // the article as a whole

    /// Marks the article as done and shows the next that is not.
    fn done(&mut self) {
        let (Some(place), Some(sheet)) = (self.shown, self.sheet()) else {
            return;
        };
        let meta = Meta {
            status: DocumentStatus::Done,
            ..sheet.document.meta().clone()
        };
        if *sheet.document.meta() != meta && !self.edit(Edit::Meta(meta), None) {
            return;
        }
        self.save(place);
        let after = place + 1..self.articles.len();
        let next = after
            .chain(0..place)
            .find(|&other| self.articles[other].status() != DocumentStatus::Done);
        match next {
            Some(next) => self.show_article(next),
            None => self.say(T::AlreadyDone),
        }
    }

    fn set_text_size(&mut self, size: f32) {
        self.settings.text_size_pt = size.clamp(*tokens::TEXT_SIZES.start(), *tokens::TEXT_SIZES.end());
        self.save_settings();
    }

    fn set_theme(&mut self, ctx: &egui::Context, theme: Theme) {
        self.settings.theme = theme;
        self.apply_theme(ctx);
        self.save_settings();
    }
}

/// Gives the keyboard to the text, wherever it was.
fn take_keyboard(ctx: &egui::Context) {
    ctx.memory_mut(|memory| memory.request_focus(crate::ui::text_view::id()));
}

/// Counts a change.
fn touch(sheet: &mut Sheet) {
    sheet.revision += 1;
    sheet.save.changed_at = Instant::now();
    sheet.save.error = None;
    sheet.found = Arc::default();
}

/// New tags with numbers of their own.
fn new_spans(document: &Document, ranges: &[CharRange], label: &LabelId, origin: Origin) -> Vec<Span> {
    let mark = Arc::new(Mark {
        label: label.clone(),
        origin,
        ..Mark::default()
    });
    let ids = document.next_id()..;
    let spans = ranges.iter().zip(ids).filter(|(range, _)| !range.is_empty());
    spans
        .map(|(&range, id)| Span {
            id: SpanId(id),
            range,
            mark: Arc::clone(&mark),
        })
        .collect()
}

/// The tag of that label on just these characters.
fn same_tag<'a>(document: &'a Document, range: CharRange, label: &LabelId) -> Option<&'a Span> {
    document
        .spans()
        .overlapping(range)
        .find(|span| span.range == range && span.mark.label == *label)
}
