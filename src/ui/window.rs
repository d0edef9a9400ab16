//! The application: the model and the views of it, frame by frame, and how its window is opened.
//!
//! `logic` fetches what workers brought home and saves what is due; `ui` shows the model and collects commands, which the
//! model then does.

use std::time::Duration;

use eframe::egui;

use super::views::Views;
use super::{fonts, theme};
use crate::app::Start;
use crate::app::command::Command;
use crate::app::model::Model;

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is no display.
    #[error(
        "there is no display for a window. These commands work without one: read, suggest, export, import, formats, \
         check, stats, split, figures (zhupi --help)"
    )]
    NoDisplay,
    /// The graphics system refused.
    #[error(
        "the window could not be opened ({0}). Zhupi needs OpenGL 2.1 or newer; on a PC without a graphics card, \
         install a software renderer (Debian, Ubuntu: libgl1-mesa-dri) or set LIBGL_ALWAYS_SOFTWARE=1"
    )]
    Graphics(String),
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// When there is no display, or no graphics that the window can be painted with.
pub fn run(start: Start) -> Result<(), StartError> {
    if cfg!(all(unix, not(target_os = "macos"))) {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        if !is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY") && !is_set("WAYLAND_SOCKET") {
            return Err(StartError::NoDisplay);
        }
    }
    let viewport = egui::ViewportBuilder::default()
        .with_title("朱批 Zhupi")
        .with_app_id("zhupi")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([640.0, 400.0]);
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        ..eframe::NativeOptions::default()
    };
    let create = move |cc: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        Ok(Box::new(Zhupi::new(&cc.egui_ctx, start)))
    };
    eframe::run_native("zhupi", options, Box::new(create)).map_err(|error| StartError::Graphics(error.to_string()))
}

/// The application.
#[derive(Debug)]
pub struct Zhupi {
    model: Model,
    views: Views,
}

impl Zhupi {
    /// Prepares the window's fonts and looks, and opens what it is started with.
    #[must_use]
    pub fn new(ctx: &egui::Context, start: Start) -> Self {
        fonts::install(ctx);
        theme::install(ctx);
        ctx.options_mut(|options| {
            // These keys are ours: the first asks about what is not saved, the others size the text.
            options.quit_shortcuts.clear();
            options.zoom_with_keyboard = false;
        });
        let mut model = Model::new(ctx, &start);
        model.open_at_start(ctx, start);
        Self {
            model,
            views: Views::default(),
        }
    }

    /// What is open. For tests.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// How the open articles are shown. For tests.
    #[must_use]
    pub fn views(&self) -> &Views {
        &self.views
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
        super::show(ui, &mut self.model, &mut self.views, &mut commands);
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
