//! The program with a window: what is open, and what happens.
//!
//! `logic` fetches what workers brought home and saves what is due; `ui` shows the model and collects commands; only
//! `dispatch` changes anything.

pub mod command;
pub mod correcting;
pub mod dialog;
mod dispatch;
pub mod doubts;
pub mod entities;
pub mod exchange;
pub mod export;
pub mod figures;
pub mod find;
pub mod import;
pub mod model;
pub mod notices;
mod outcome;
pub mod propagation;
pub mod sheet;
mod start;
pub mod suggestions;
pub mod tab;
pub mod tag_findings;

use std::path::PathBuf;
use std::time::Duration;

pub use start::{StartError, run};

use self::command::Command;
use self::model::Model;
use crate::ui;

/// What the program is started with.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// Files and folders to open.
    pub paths: Vec<PathBuf>,
    /// Where annotations go, instead of beside each source.
    pub annotations_dir: Option<PathBuf>,
    /// Where the settings are kept; `None` keeps none.
    pub settings_folder: Option<PathBuf>,
    /// Whether to open the example when there is nothing else to open.
    pub example: bool,
}

/// The application.
#[derive(Debug)]
pub struct Zhupi {
    model: Model,
}

impl Zhupi {
    /// Prepares the window's fonts and looks, and opens what it is started with.
    #[must_use]
    pub fn new(ctx: &egui::Context, start: Start) -> Self {
        ui::fonts::install(ctx);
        ui::theme::install(ctx);
        ctx.options_mut(|options| {
            // These keys are ours: the first asks about what is not saved, the others size the text.
            options.quit_shortcuts.clear();
            options.zoom_with_keyboard = false;
        });
        let mut model = Model::new(ctx, &start);
        model.open_at_start(ctx, start);
        Self { model }
    }

    /// What is open. For tests.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }
}

impl eframe::App for Zhupi {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.model.fetch_results(ctx);
        self.model.save_what_is_due(ctx);
        self.model.mind_closing(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let mut commands: Vec<Command> = Vec::new();
        self.model.refresh_derived();
        self.model.refresh_suggestions();
        self.model.refresh_figures();
        self.model.count_export(&ctx);
        ui::show(ui, &mut self.model, &mut commands);
        let has_commands = !commands.is_empty();
        for command in commands {
            self.model.dispatch(&ctx, command);
        }
        if has_commands {
            ctx.request_repaint();
        }
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn auto_save_interval(&self) -> Duration {
        Duration::MAX
    }
}
