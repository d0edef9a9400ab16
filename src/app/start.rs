//! Starting the window.

use eframe::egui;

use super::{Start, Zhupi};

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
