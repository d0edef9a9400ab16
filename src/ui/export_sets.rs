//! The part of the export dialog that deals articles into sets for training, tuning and testing.

use egui::{DragValue, Grid, RichText, TextEdit, Ui, vec2};

use super::tokens::Colors;
use crate::app::export::SetCounts;
use crate::formats::splits::Split;
use crate::i18n::{Lang, T};
use crate::store::settings::SetsSettings;

/// Licences that are proposed, by their SPDX names.
const LICENCES: [&str; 5] = ["CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC0-1.0", "Apache-2.0"];

/// How the articles are dealt, and what the card says.
pub fn options(ui: &mut Ui, lang: Lang, sets: &mut SetsSettings) {
    ui.horizontal_wrapped(|ui| {
        ui.label(T::SetShares.of(lang));
        for (set, share) in Split::ALL.into_iter().zip(&mut sets.shares) {
            ui.label(set.as_str());
            let field = DragValue::new(share).range(0..=100).speed(0.2);
            ui.add(field).accessible_name(set.as_str());
        }
        ui.label(T::SetSeed.of(lang));
        let field = DragValue::new(&mut sets.seed).range(0..=999_999).speed(0.1);
        ui.add(field).accessible_name(T::SetSeed.of(lang));
    });
    if sets.shares.iter().all(|share| *share == 0) {
        sets.shares = SetsSettings::default().shares;
    }
    ui.checkbox(&mut sets.keep_duplicates, T::SetDuplicates.of(lang));
    ui.horizontal_wrapped(|ui| {
        let field = TextEdit::singleline(&mut sets.title)
            .hint_text(T::SetTitle.of(lang))
            .desired_width(190.0);
        ui.add(field).accessible_name(T::SetTitle.of(lang));
        let field = TextEdit::singleline(&mut sets.licence)
            .hint_text(T::SetLicence.of(lang))
            .desired_width(110.0);
        ui.add(field).accessible_name(T::SetLicence.of(lang));
        ui.menu_button(T::SetLicences.of(lang), |ui| {
            for licence in LICENCES {
                if ui.button(licence).clicked() {
                    licence.clone_into(&mut sets.licence);
                    ui.close();
                }
            }
        });
    });
}

/// What goes into each set.
pub fn counts(ui: &mut Ui, lang: Lang, counts: &SetCounts) {
    let colors = Colors::of(ui.ctx().theme());
    Grid::new("sets")
        .num_columns(2)
        .spacing(vec2(14.0, 2.0))
        .show(ui, |ui| {
            for (place, set) in Split::ALL.into_iter().enumerate() {
                ui.label(RichText::new(set.as_str()).strong());
                let (documents, tags) = (counts.documents[place].to_string(), counts.tags[place].to_string());
                let color = if counts.documents[place] == 0 {
                    colors.error
                } else {
                    colors.ink
                };
                ui.colored_label(color, lang.fill(T::ExportCounts, &[&documents, &tags]));
                ui.end_row();
            }
        });
    if counts.left_out > 0 {
        let left_out = lang.fill(T::SetLeftOut, &[&counts.left_out.to_string()]);
        ui.colored_label(colors.faint_ink, left_out);
    }
}
