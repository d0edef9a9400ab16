//! The export dialog: what, in which format, and what that comes to before it is written.

use egui::{Button, CollapsingHeader, ComboBox, Grid, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::export_sets;
use super::tokens::{self, Colors};
use crate::app::command::Command;
use crate::app::exchange::{Exchange, ExchangeCommand};
use crate::app::export::{ExportPlan, Preview, Scope};
use crate::app::model::Model;
use crate::formats::{self, Format, Layer, LossKind, Nesting, Overlap};
use crate::i18n::{Lang, T};

/// The whole dialog, in points.
const WIDTH: f32 = 960.0;
const HEIGHT: f32 = 680.0;
/// The heights of the list of formats and of what stands below it, in points: the dialog fits a window of 800 points.
const FORMATS_HEIGHT: f32 = 200.0;
const OPTIONS_HEIGHT: f32 = 250.0;
const COLUMN_HEIGHT: f32 = 560.0;

/// Shows the dialog.
pub fn show(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    // A small window shows a part of it.
    let room = ui.ctx().content_rect().size() - vec2(40.0, 60.0);
    ScrollArea::both()
        .id_salt("export")
        .max_width(room.x)
        .max_height(room.y)
        .min_scrolled_width(room.x.min(WIDTH))
        .min_scrolled_height(room.y.min(HEIGHT))
        .show(ui, |ui| dialog(ui, model, commands));
}

fn dialog(ui: &mut Ui, model: &mut Model, commands: &mut Vec<Command>) {
    let lang = model.lang;
    let remembered = &model.settings.export.names;
    let articles = model.articles.len();
    let is_open = model.shown.is_some();
    let is_counted = model.exchange.is_counted();
    let Exchange { plan, preview, .. } = &mut model.exchange;
    let (Some(plan), preview) = (plan, preview.as_ref()) else {
        return;
    };
    ui.set_width(WIDTH);
    ui.heading(T::ExportTitle.of(lang));
    ui.add_space(4.0);
    let before = plan.format;
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(430.0);
            scope(ui, lang, plan, articles, is_open);
            ui.add_space(6.0);
            format_list(ui, lang, plan);
            ui.add_space(6.0);
            ScrollArea::vertical()
                .id_salt("options")
                .max_height(OPTIONS_HEIGHT)
                .auto_shrink([false, true])
                .show(ui, |ui| options(ui, lang, plan, preview));
        });
        if plan.format != before {
            plan.names = remembered.get(plan.format).cloned().unwrap_or_default();
        }
        ui.add_space(12.0);
        ui.vertical(|ui| {
            ui.set_width(500.0);
            result(ui, lang, preview, is_counted);
        });
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

fn scope(ui: &mut Ui, lang: Lang, plan: &mut ExportPlan, articles: usize, is_open: bool) {
    ui.horizontal_wrapped(|ui| {
        ui.add_enabled_ui(is_open, |ui| {
            ui.radio_value(&mut plan.scope, Scope::Article, T::ExportThis.of(lang));
        });
        let all = lang.fill(T::ExportAll, &[&articles.to_string()]);
        ui.radio_value(&mut plan.scope, Scope::Desk, all);
    });
    ui.horizontal_wrapped(|ui| {
        ui.checkbox(&mut plan.only_accepted, T::OnlyAccepted.of(lang));
        ui.checkbox(&mut plan.only_done, T::OnlyDone.of(lang));
        if plan.scope == Scope::Desk && articles > 1 {
            ui.checkbox(&mut plan.sets.is_on, T::DealSets.of(lang));
        }
    });
}

fn format_list(ui: &mut Ui, lang: Lang, plan: &mut ExportPlan) {
    let colors = Colors::of(ui.ctx().theme());
    ui.label(RichText::new(T::ExportFormat.of(lang)).strong());
    ScrollArea::vertical()
        .id_salt("formats")
        .max_height(FORMATS_HEIGHT)
        .min_scrolled_height(FORMATS_HEIGHT)
        .auto_shrink(false)
        .show(ui, |ui| {
            for format in formats::all() {
                ui.horizontal(|ui| {
                    let is_chosen = plan.format == format.id;
                    let chosen = ui.selectable_label(is_chosen, lang.format_name(format));
                    if chosen.accessible_name(format.id).clicked() {
                        plan.format = format.id;
                    }
                    let says = RichText::new(description(lang, format)).small().color(colors.faint_ink);
                    ui.add(egui::Label::new(says).truncate());
                });
            }
        });
}

/// What a format holds, in a line.
fn description(lang: Lang, format: &Format) -> String {
    let holds = format.holds;
    let nesting = match holds.nesting {
        Nesting::Any => T::HoldsOverlaps,
        Nesting::Depth(1) => T::HoldsFlat,
        Nesting::Depth(_) => T::HoldsNested,
    };
    let parts = [
        (true, nesting),
        (holds.values, T::HoldsValues),
        (holds.entities, T::HoldsEntities),
        (holds.relations, T::HoldsRelations),
        (holds.notes, T::HoldsNotes),
        (!format.imports(), T::ExportOnly),
    ];
    let held = parts.iter().filter(|(holds, _)| *holds).map(|(_, text)| text.of(lang));
    held.collect::<Vec<_>>().join(" · ")
}

fn options(ui: &mut Ui, lang: Lang, plan: &mut ExportPlan, preview: Option<&Preview>) {
    let Some(format) = plan.format() else { return };
    if !format.keeps_documents() {
        ui.horizontal_wrapped(|ui| {
            ui.label(T::ExportLayer.of(lang));
            ui.radio_value(&mut plan.layer, Layer::Reading, T::LayerReading.of(lang));
            ui.radio_value(&mut plan.layer, Layer::Raw, T::LayerRaw.of(lang));
        });
        if format.holds.nesting != Nesting::Any {
            ui.horizontal_wrapped(|ui| {
                ui.label(T::ExportOverlap.of(lang));
                ui.radio_value(&mut plan.overlap, Overlap::Outer, T::OverlapOuter.of(lang));
                ui.radio_value(&mut plan.overlap, Overlap::Inner, T::OverlapInner.of(lang));
                ui.radio_value(&mut plan.overlap, Overlap::Longest, T::OverlapLongest.of(lang));
            });
        }
        if format.id.starts_with("doccano") {
            ui.checkbox(&mut plan.utf16, T::OffsetsUtf16.of(lang));
        }
        ui.checkbox(&mut plan.with_dropped, T::WithDropped.of(lang));
    }
    if plan.is_dealt() {
        export_sets::options(ui, lang, &mut plan.sets);
    }
    if format.id == "chat" {
        for (name, text) in [
            (T::ChatSystem, &mut plan.chat.system),
            (T::ChatUser, &mut plan.chat.user),
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
                for label in &plan.labels {
                    let mut is_in = !plan.without.contains(&label.id);
                    if ui.checkbox(&mut is_in, lang.label(label)).changed() {
                        plan.without.retain(|id| *id != label.id);
                        if !is_in {
                            plan.without.push(label.id.clone());
                        }
                    }
                    let count = preview
                        .and_then(|preview| preview.by_label.get(&label.id))
                        .unwrap_or(&0);
                    ui.label(RichText::new(count.to_string()).color(colors.faint_ink));
                    if !format.keeps_documents() {
                        let name = plan.names.entry(label.id.as_str().to_owned()).or_default();
                        let hint = usual.label_name(&label.id, format.labels);
                        let field = TextEdit::singleline(name).hint_text(hint.as_str()).desired_width(120.0);
                        let called = lang.fill(T::LabelCalled, &[lang.label(label)]);
                        ui.add(field).accessible_name(called);
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
    ui.horizontal(|ui| {
        let (documents, tags) = (report.documents.to_string(), report.tags.to_string());
        ui.label(RichText::new(lang.fill(T::ExportCounts, &[&documents, &tags])).strong());
        if !is_counted {
            ui.spinner();
        }
    });
    if report.documents == 0 {
        ui.colored_label(colors.error, T::NothingToExport.of(lang));
    } else if report.tags == 0 {
        let suggested = report.unjudged.to_string();
        ui.colored_label(colors.error, lang.fill(T::NoTagsToExport, &[&suggested]));
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
    let height = (COLUMN_HEIGHT - ui.min_rect().height() - 12.0).max(120.0);
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

/// The box in which the editor picks one of the formats.
pub fn format_box(ui: &mut Ui, lang: Lang, chosen: &str, wanted: impl Fn(&Format) -> bool) -> Option<&'static str> {
    let mut picked = None;
    let name = formats::by_id(chosen).map_or("–", |format| lang.format_name(format));
    ComboBox::from_id_salt("format")
        .width(280.0)
        .selected_text(name)
        .show_ui(ui, |ui| {
            for format in formats::all().iter().filter(|format| wanted(format)) {
                if ui
                    .selectable_label(format.id == chosen, lang.format_name(format))
                    .clicked()
                {
                    picked = Some(format.id);
                }
            }
        });
    picked
}
