//! The export dialog: what, in which format, and what that comes to before it is written.

use egui::{Button, CollapsingHeader, Grid, RichText, ScrollArea, TextEdit, Ui, Vec2, vec2};

use super::tokens::{self, Colors};
use super::{export_sets, format_list};
use crate::app::command::Command;
use crate::app::exchange::{Exchange, ExchangeCommand};
use crate::app::export::{ExportPlan, Preview};
use crate::app::model::Model;
use crate::formats::{self, Format, Layer, LossKind, Nesting, Overlap};
use crate::i18n::{Lang, T};
use crate::store::settings::Scope;

/// How small and how large the dialog gets, in points; between the two it takes the room that the window has.
const SMALLEST: Vec2 = vec2(640.0, 520.0);
const LARGEST: Vec2 = vec2(1440.0, 960.0);
/// What of the window stays around it.
const AROUND: Vec2 = vec2(48.0, 48.0);
/// The widths of the list of formats and of what is chosen, at most, in points; what it comes to has the rest.
const FORMATS_WIDTH: f32 = 350.0;
const OPTIONS_WIDTH: f32 = 330.0;
const GAP: f32 = 14.0;
/// What the bars of a window that is too small stand in.
const SCROLL_BAR: f32 = 14.0;
/// The height of the title and of the buttons, with what lies between.
const TITLE_AND_BUTTONS: f32 = 98.0;

/// Shows the dialog.
pub fn show(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let room = ui.ctx().content_rect().size() - AROUND;
    let size = room.max(SMALLEST).min(LARGEST);
    // A small window shows a part of it.
    let shown = room.min(size);
    ScrollArea::both()
        .id_salt("export")
        .max_width(shown.x)
        .max_height(shown.y)
        .min_scrolled_width(shown.x)
        .min_scrolled_height(shown.y)
        .show(ui, |ui| dialog(ui, size, model, commands));
}

fn dialog(ui: &mut Ui, size: Vec2, model: &mut Model, commands: &mut Vec<Command>) {
    let lang = model.lang;
    let is_open = model.shown.is_some();
    let is_counted = model.exchange.is_counted();
    let Exchange {
        plan,
        preview,
        format_search,
        ..
    } = &mut model.exchange;
    let (Some(plan), preview) = (plan, preview.as_ref()) else {
        return;
    };
    ui.set_width(size.x - SCROLL_BAR);
    ui.heading(T::ExportTitle.of(lang));
    ui.add_space(4.0);
    let height = size.y - TITLE_AND_BUTTONS;
    let formats_width = FORMATS_WIDTH.min(size.x * 0.28);
    let options_width = OPTIONS_WIDTH.min(size.x * 0.38);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let column = |ui: &mut Ui, width: f32, contents: &mut dyn FnMut(&mut Ui)| {
            ui.allocate_ui(vec2(width, height), |ui| {
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing = ui.ctx().global_style().spacing.item_spacing;
                    ui.set_width(width);
                    ui.set_height(height);
                    contents(ui);
                });
            });
        };
        column(ui, formats_width, &mut |ui| {
            format_list::show(ui, lang, &mut plan.chosen.format, format_search);
        });
        column(ui, options_width, &mut |ui| {
            ScrollArea::vertical()
                .id_salt("options")
                .auto_shrink(false)
                .show(ui, |ui| {
                    scope(ui, lang, plan, is_open);
                    ui.add_space(6.0);
                    options(ui, lang, plan, preview);
                });
        });
        let rest = size.x - SCROLL_BAR - formats_width - options_width - 2.0 * GAP;
        column(ui, rest, &mut |ui| result(ui, lang, preview, is_counted));
    });
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let is_ready = is_counted && preview.is_some_and(|preview| preview.report.documents > 0);
        let go = Button::new(T::ExportGo.of(lang));
        if ui.add_enabled(is_ready, go).clicked() {
            commands.push(Command::Exchange(ExchangeCommand::ChooseTarget));
        }
        if ui.button(T::Cancel.of(lang)).clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}

fn scope(ui: &mut Ui, lang: Lang, plan: &mut ExportPlan, is_open: bool) {
    let (chosen, articles) = (&mut plan.chosen, plan.articles);
    ui.horizontal_wrapped(|ui| {
        ui.add_enabled_ui(is_open, |ui| {
            ui.radio_value(&mut chosen.scope, Scope::Article, T::ExportThis.of(lang));
        });
        let all = lang.fill(T::ExportAll, &[&articles.to_string()]);
        ui.radio_value(&mut chosen.scope, Scope::Desk, all);
    });
    ui.horizontal_wrapped(|ui| {
        ui.checkbox(&mut chosen.only_accepted, T::OnlyAccepted.of(lang));
        ui.checkbox(&mut chosen.only_done, T::OnlyDone.of(lang));
        if chosen.scope == Scope::Desk && articles > 1 {
            ui.checkbox(&mut chosen.sets.is_on, T::DealSets.of(lang));
        }
    });
}

fn options(ui: &mut Ui, lang: Lang, plan: &mut ExportPlan, preview: Option<&Preview>) {
    let Some(format) = plan.format() else { return };
    let colors = Colors::of(ui.ctx().theme());
    ui.label(RichText::new(lang.format_name(format)).strong());
    let holds = RichText::new(format_list::description(lang, format)).small();
    ui.add(egui::Label::new(holds.color(colors.faint_ink)).wrap());
    if !format.keeps_documents() {
        ui.horizontal_wrapped(|ui| {
            ui.label(T::ExportLayer.of(lang));
            ui.radio_value(&mut plan.chosen.layer, Layer::Reading, T::LayerReading.of(lang));
            ui.radio_value(&mut plan.chosen.layer, Layer::Raw, T::LayerRaw.of(lang));
        });
        if format.holds.nesting != Nesting::Any {
            ui.horizontal_wrapped(|ui| {
                ui.label(T::ExportOverlap.of(lang));
                ui.radio_value(&mut plan.chosen.overlap, Overlap::Outer, T::OverlapOuter.of(lang));
                ui.radio_value(&mut plan.chosen.overlap, Overlap::Inner, T::OverlapInner.of(lang));
                ui.radio_value(&mut plan.chosen.overlap, Overlap::Longest, T::OverlapLongest.of(lang));
            });
        }
        if format.id.starts_with("doccano") {
            ui.checkbox(&mut plan.chosen.utf16, T::OffsetsUtf16.of(lang));
        }
        ui.checkbox(&mut plan.chosen.with_dropped, T::WithDropped.of(lang));
    }
    if plan.is_dealt() {
        export_sets::options(ui, lang, &mut plan.chosen.sets);
    }
    if format.id == "chat" {
        for (name, text) in [
            (T::ChatSystem, &mut plan.chosen.chat.system),
            (T::ChatUser, &mut plan.chosen.chat.user),
        ] {
            ui.label(name.of(lang));
            let field = TextEdit::multiline(text).desired_rows(2).desired_width(f32::INFINITY);
            ui.add(field).accessible_name(name.of(lang));
        }
    }
    labels(ui, lang, plan, format, preview);
}

/// Which labels go out, how many tags each has, and what it is called in the file.
fn labels(ui: &mut Ui, lang: Lang, plan: &mut ExportPlan, format: &Format, preview: Option<&Preview>) {
    let colors = Colors::of(ui.ctx().theme());
    let usual = formats::ExportOptions::default();
    let heading = CollapsingHeader::new(T::ExportLabels.of(lang)).default_open(true);
    heading.show(ui, |ui| {
        Grid::new("labels")
            .num_columns(3)
            .spacing(vec2(14.0, 4.0))
            .show(ui, |ui| {
                for label in plan.labels.clone() {
                    let without = &mut plan.chosen.without;
                    let mut is_in = !without.contains(&label.id);
                    if ui.checkbox(&mut is_in, lang.label(&label)).changed() {
                        without.retain(|id| *id != label.id);
                        if !is_in {
                            without.push(label.id.clone());
                        }
                    }
                    let count = preview
                        .and_then(|preview| preview.by_label.get(&label.id))
                        .unwrap_or(&0);
                    ui.label(RichText::new(count.to_string()).color(colors.faint_ink));
                    if !format.keeps_documents() {
                        let mut name = plan.called(label.id.as_str()).to_owned();
                        let hint = usual.label_name(&label.id, format.labels);
                        let field = TextEdit::singleline(&mut name).hint_text(hint.as_str());
                        let called = lang.fill(T::LabelCalled, &[lang.label(&label)]);
                        let field = ui.add(field.desired_width(120.0)).accessible_name(called);
                        if field.changed() {
                            plan.call(label.id.as_str(), &name);
                        }
                    }
                    ui.end_row();
                }
            });
    });
}

fn result(ui: &mut Ui, lang: Lang, preview: Option<&Preview>, is_counted: bool) {
    let colors = Colors::of(ui.ctx().theme());
    let Some(preview) = preview else {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label(T::Counting.of(lang));
        });
        return;
    };
    let report = &preview.report;
    ui.horizontal_wrapped(|ui| {
        let (documents, tags) = (report.documents.to_string(), report.tags.to_string());
        ui.label(RichText::new(lang.fill(T::ExportCounts, &[&documents, &tags])).strong());
        if !is_counted {
            ui.spinner();
        }
    });
    if report.documents == 0 {
        ui.colored_label(colors.error, T::NothingToExport.of(lang));
    } else if report.tags == 0 {
        ui.colored_label(colors.error, T::NoTagsToExport.of(lang));
    }
    if let Some(sets) = &preview.sets {
        export_sets::counts(ui, lang, sets);
    }
    losses(ui, lang, preview);
    ui.add_space(8.0);
    let Some((name, lines)) = &preview.lines else { return };
    ui.label(RichText::new(lang.fill(T::PreviewOf, &[name])).strong());
    let frame = egui::Frame::new()
        .fill(colors.paper)
        .inner_margin(6.0)
        .corner_radius(4.0);
    let height = (ui.available_height() - 16.0).max(120.0);
    frame.show(ui, |ui| {
        ScrollArea::vertical()
            .id_salt("preview")
            .max_height(height)
            .auto_shrink(false)
            .show(ui, |ui| {
                let text = lines.as_deref().unwrap_or(T::PreviewBinary.of(lang));
                let text = RichText::new(text).font(egui::FontId::monospace(tokens::SMALL_SIZE));
                ui.add(egui::Label::new(text).wrap().selectable(true));
            });
    });
}

fn losses(ui: &mut Ui, lang: Lang, preview: &Preview) {
    let colors = Colors::of(ui.ctx().theme());
    let report = &preview.report;
    if report.is_lossless() && report.tags > 0 {
        ui.colored_label(colors.good, T::NothingLost.of(lang));
    }
    let wrapped = |ui: &mut Ui, text: String, color| {
        ui.add(egui::Label::new(RichText::new(text).color(color)).wrap());
    };
    ScrollArea::vertical()
        .id_salt("losses")
        .max_height(190.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (&kind, loss) in &report.losses {
                let mut text = lang.fill(loss_text(kind), &[&loss.count.to_string()]);
                if !loss.examples.is_empty() {
                    let more = if loss.count > loss.examples.len() { " …" } else { "" };
                    text.push_str(&format!(" – {}{more}", loss.examples.join(" · ")));
                }
                let color = if kind.is_of_tags() {
                    colors.error
                } else {
                    colors.faint_ink
                };
                wrapped(ui, text, color);
            }
            for why in report.refused.iter().chain(&preview.unreadable).take(20) {
                wrapped(ui, lang.fill(T::NotExported, &[&lang.fault(why)]), colors.error);
            }
        });
}

fn loss_text(kind: LossKind) -> T {
    match kind {
        LossKind::Overlap => T::LossOverlap,
        LossKind::Pieces => T::LossPieces,
        LossKind::Unwritable => T::LossUnwritable,
        LossKind::NotInRaw => T::LossNotInRaw,
        LossKind::Value => T::LossValue,
        LossKind::Entity => T::LossEntity,
        LossKind::Relation => T::LossRelation,
        LossKind::Note => T::LossNote,
        LossKind::Status => T::LossStatus,
        LossKind::Character => T::LossCharacter,
    }
}
