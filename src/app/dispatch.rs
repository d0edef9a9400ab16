//! The one place where commands change the model.

mod closing;
mod correct;
#[cfg(test)]
mod desk;
mod doubts;
mod exchange;
mod exporting;
mod facts;
mod figures;
mod importing;
mod overrule;
mod pick;
mod suggestions;
mod tags;

use std::sync::Arc;
use std::time::Instant;

use super::command::{Command, ExportKind, Selection, UiCommand, Verdict};
use super::dialog::Dialog;
use super::model::{Keyboard, Model};
use super::notices::{About, Weight};
use super::panes::Pane;
use super::sheet::Sheet;
use crate::annot::journal::{Act, Before};
use crate::annot::{Document, DocumentStatus, Edit, Meta, Origin, SpanId};
use crate::app::tab::Tab;
use crate::i18n::{Lang, T};
use crate::store::settings::{Language, TEXT_SIZE_PT, TEXT_SIZES_PT, Theme, View};
use crate::text::change::Replacement;
use crate::text::{Assoc, BlockKind, CharIdx, CharRange};

impl Model {
    /// Does what is asked for.
    pub fn dispatch(&mut self, ctx: &egui::Context, command: Command) {
        let revision = |model: &Self| model.sheet().map(|sheet| sheet.revision);
        let (shown, before) = (self.shown, revision(self));
        self.perform(ctx, command);
        if self.shown == shown && revision(self) != before {
            self.forget_refusals();
        }
    }

    fn perform(&mut self, ctx: &egui::Context, command: Command) {
        match command {
            Command::Ui(command) => self.dispatch_ui(ctx, command),
            Command::OpenPaths(paths) => self.open_paths(paths),
            Command::ShowArticle(place) => self.show_article(place),
            Command::ReadAs(encoding) => self.read_as(encoding),
            Command::Export(kind, path) => self.export(kind, path),
            Command::CloseDialog => self.close_dialog(),
            Command::QuitUnsaved => self.quit_unsaved(ctx),
            Command::Brush(label) => self.brush = label,
            Command::Select { selection, palette } => self.select(selection, palette),
            Command::ClosePalette => self.with_sheet(|sheet| {
                sheet.palette = false;
                sheet.selection = Selection::caret(sheet.selection.caret);
            }),
            Command::Choose(span, card) => self.choose(span, card),
            Command::ChooseAt(span, at) => {
                self.choose(Some(span), true);
                self.with_sheet(|sheet| sheet.selection = Selection::caret(at));
            }
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
            Command::RightTab(tab) => self.choose_tab(tab),
            Command::PanelWidth(panel, width) => {
                self.settings.view.widths.insert(panel.to_owned(), width);
                self.save_settings();
            }
            Command::Type(text) => self.type_text(&text),
            Command::Paste(text) => self.paste(&text),
            Command::Erase(direction) => self.erase(direction),
            Command::Cut => self.cut(ctx),
            Command::Replace(previews) => self.replace(&previews),
            Command::ShowDoubt(range) => self.show_doubt(range),
            Command::FixDoubt(range) => self.fix_doubt(range),
            Command::DismissDoubt(range) => self.dismiss_doubt(range),
            Command::Exchange(command) => self.exchange(command),
            Command::CloseNotice(id) => self.notices.retain(|notice| notice.id != id),
            Command::HoldNotice(id) => self.hold_notice(id),
            Command::Judge(suggestions, verdict) => {
                self.judge(&suggestions, &verdict);
            }
            Command::JudgeChosen(verdict) => self.judge_chosen(&verdict),
            Command::RestoreRejected => self.restore_rejected(),
            Command::Figure(command) => self.dispatch_figure(ctx, command),
            Command::CloseFind => self.close_find(),
            Command::StopCorrecting => self.correct(false),
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
            UiCommand::SelectAll => self.select_all(),
            UiCommand::Find => self.open_find(false),
            UiCommand::Replace => self.open_find(true),
            UiCommand::ExportCorrections => self.export_corrections(),
            UiCommand::NextDoubt | UiCommand::PreviousDoubt => {
                self.keyboard = Some(Keyboard::Text);
                self.step_doubt(command == UiCommand::NextDoubt);
            }
            UiCommand::Checks => self.show_tab(Tab::Checks),
            UiCommand::RawView => self.toggle_pane(Pane::Raw),
            UiCommand::Marks => self.look(|view| view.marks = !view.marks),
            UiCommand::Outline => self.toggle_pane(Pane::Outline),
            UiCommand::Remove if self.sheet().is_some_and(|sheet| sheet.chosen_suggestion().is_some()) => {
                self.judge_chosen(&Verdict::Reject);
            }
            UiCommand::Remove => match self.sheet().and_then(|sheet| sheet.chosen) {
                Some(span) => self.remove_spans(&[span]),
                None if self.sheet().is_some_and(|sheet| !sheet.selection.range().is_empty()) => self.say_how_to_type(),
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
            UiCommand::UsualText => self.set_text_size(TEXT_SIZE_PT),
            UiCommand::LeftPanel => self.toggle_pane(Pane::Articles),
            UiCommand::RightPanel => self.toggle_pane(Pane::Right),
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
                self.keyboard = Some(Keyboard::Text);
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
            UiCommand::NextSuggestion => self.next_suggestion(1),
            UiCommand::PreviousSuggestion => self.next_suggestion(-1),
            UiCommand::AcceptSuggestion => self.judge_chosen(&Verdict::Accept),
            UiCommand::RejectSuggestion => self.judge_chosen(&Verdict::Reject),
            UiCommand::ShowSuggestions => self.show_suggestions(!self.settings.suggestions),
            UiCommand::KeepSuggestions => self.keep_suggestions(),
            UiCommand::ExportFigures => self.pick_export(ExportKind::Figures),
            UiCommand::ExportFacts => self.pick_export(ExportKind::Facts),
            UiCommand::RelateFigures => self.relate_figures(),
            UiCommand::AboutArticle => self.about_article(),
            UiCommand::Export => self.open_export(),
            UiCommand::Import => self.pick_import(),
            UiCommand::Figures => self.show_figures(),
            UiCommand::EditValue => self.edit_value(),
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
        let before = Before::of(&sheet.document, &edit);
        match sheet.history.apply(&mut sheet.document, edit, place) {
            Ok(()) => {
                touch(sheet);
                sheet.note(before, Act::Done, false);
                true
            }
            Err(error) => {
                self.say_refused(&error);
                false
            }
        }
    }

    // selection

    fn select(&mut self, mut selection: Selection, palette: bool) {
        self.with_sheet(|sheet| {
            if sheet.correcting.is_on {
                selection = within_block(&sheet.document, selection, selection.anchor);
            }
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
            sheet.led_to = None;
            sheet.card = card && span.is_some();
            sheet.palette = false;
            if let Some(range) = span.and_then(|span| sheet.tag(span)).map(|span| span.range) {
                sheet.selection = Selection::caret(range.end);
            }
        });
    }

    /// Goes to a tag or a suggestion, which is chosen then, without its card.
    fn go_to(&mut self, id: SpanId, range: CharRange) {
        self.with_sheet(|sheet| {
            sheet.chosen = Some(id);
            sheet.card = false;
            sheet.palette = false;
            sheet.selection = Selection::caret(range.start);
            sheet.reveal = Some(range);
        });
    }

    // undo

    fn undo(&mut self) {
        let Some(sheet) = self.sheet_mut() else { return };
        let before = sheet.history.undoes().map(|edit| Before::of(&sheet.document, edit));
        let step = sheet.history.undo(&mut sheet.document);
        self.after_step(step, before, Act::Undone);
    }

    fn redo(&mut self) {
        let Some(sheet) = self.sheet_mut() else { return };
        let before = sheet.history.redoes().map(|edit| Before::of(&sheet.document, edit));
        let lost: Vec<SpanId> = sheet.document.lost().iter().map(|lost| lost.span.id).collect();
        let step = sheet.history.redo(&mut sheet.document);
        self.after_step(step, before, Act::Redone);
        self.say_newly_lost(&lost, correct::Step::Own);
    }

    fn after_step(
        &mut self,
        step: Result<Option<Option<CharRange>>, crate::annot::EditError>,
        before: Option<Before>,
        act: Act,
    ) {
        let is_undone = act == Act::Undone;
        match step {
            Ok(Some(place)) => {
                let Some(sheet) = self.sheet_mut() else { return };
                touch(sheet);
                if let Some(before) = before {
                    sheet.note(before, act, false);
                }
                sheet.correcting.close();
                sheet.text_changed_at_large();
                sheet.propagation = None;
                sheet.palette = false;
                sheet.card = false;
                if sheet.chosen_span().is_none() {
                    sheet.chosen = None;
                }
                let changed = if place.is_none() {
                    follow_everywhere(sheet, is_undone)
                } else {
                    0
                };
                let end = sheet.document.text().len();
                let fit = |at: CharIdx| at.min(end);
                sheet.selection = Selection {
                    anchor: fit(sheet.selection.anchor),
                    caret: fit(sheet.selection.caret),
                };
                if let Some(place) = place {
                    let place = CharRange::new(fit(place.start), fit(place.end));
                    let is_elsewhere = sheet.selection.caret < place.start || place.end < sheet.selection.caret;
                    if sheet.correcting.is_on || is_elsewhere {
                        // The caret stands where the step is seen, for that is where the next key works.
                        sheet.selection = Selection::caret(place.end);
                    }
                    sheet.reveal = Some(place);
                    sheet.flash = Some((vec![place], Instant::now()));
                }
                sheet.correcting.block = sheet.document.block_at(sheet.selection.caret);
                if changed > 0 {
                    let text = if is_undone {
                        T::UndoneEverywhere
                    } else {
                        T::RedoneEverywhere
                    };
                    let text = self.lang.fill(text, &[&changed.to_string()]);
                    let about = self.shown_id().map(About::Undoing);
                    self.notify_about(Weight::Passing, text, about);
                }
            }
            Ok(None) if is_undone => self.say(T::NothingToUndo),
            Ok(None) => self.say(T::NothingToRedo),
            Err(error) => self.say_refused(&error),
        }
        self.forget_undone();
    }

    /// Takes away what was said of steps that are undone: it is true no more.
    fn forget_undone(&mut self) {
        let Some(About::Step(id, depth)) = self.last_step() else {
            return;
        };
        let is_undone = |about| matches!(about, Some(About::Step(other, at)) if other == id && depth < at);
        self.notices.retain(|notice| !is_undone(notice.about));
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

    /// Looks at the article in another way, now and after the next start.
    fn look(&mut self, change: impl FnOnce(&mut View)) {
        change(&mut self.settings.view);
        self.save_settings();
    }

    /// Shows that tab of the right panel.
    fn choose_tab(&mut self, tab: Tab) {
        self.right_tab = tab;
        self.look(|view| tab.name().clone_into(&mut view.tab));
    }

    fn set_text_size(&mut self, size: f32) {
        self.settings.text_size_pt = size.clamp(*TEXT_SIZES_PT.start(), *TEXT_SIZES_PT.end());
        self.save_settings();
    }

    fn set_theme(&mut self, ctx: &egui::Context, theme: Theme) {
        self.settings.theme = theme;
        self.apply_theme(ctx);
        self.save_settings();
    }
}

/// What of a selection lies in the block that `at` stands in: where characters are corrected, that block alone is framed.
fn within_block(document: &Document, selection: Selection, at: CharIdx) -> Selection {
    let Some(block) = document.blocks().get(document.block_at(at)) else {
        return selection;
    };
    let fit = |at: CharIdx| at.clamp(block.range.start, block.range.end);
    Selection {
        anchor: fit(selection.anchor),
        caret: fit(selection.caret),
    }
}

/// After a step that changed the text in places all over it: they are lit, and the selection stays on its characters.
/// How many they are.
fn follow_everywhere(sheet: &mut Sheet, is_undone: bool) -> usize {
    let back = if is_undone {
        sheet.history.redoes()
    } else {
        sheet.history.undoes()
    };
    let Some(back) = back.and_then(correct::change_of) else {
        return 0;
    };
    let places: Vec<CharRange> = back.replacements().iter().map(Replacement::range).collect();
    let change = back.inverse();
    sheet.selection = Selection {
        anchor: change.map_pos(sheet.selection.anchor, Assoc::After),
        caret: change.map_pos(sheet.selection.caret, Assoc::After),
    };
    let count = places.len();
    sheet.flash = Some((places, Instant::now()));
    count
}

/// Counts a change.
fn touch(sheet: &mut Sheet) {
    sheet.revision += 1;
    sheet.save.changed_at = Instant::now();
    sheet.save.error = None;
    sheet.found = Arc::default();
}
