//! Asking the system's file dialogs for paths.

use std::path::PathBuf;
use std::time::Instant;

use crate::app::command::ExportKind;
use crate::app::dialog::PathPurpose;
use crate::app::model::Model;
use crate::app::outcome::Outcome;
use crate::jobs::Lane;

impl Model {
    pub(super) fn pick_files(&mut self) {
        if self.is_picking {
            return;
        }
        if !has_file_dialog() {
            self.ask_for_path(PathPurpose::Open);
            return;
        }
        self.is_picking = true;
        let dialog = rfd::AsyncFileDialog::new()
            .add_filter("TXT, JSON", &["txt", "md", "json"])
            .pick_files();
        let since = Instant::now();
        self.jobs.run(Lane::Derive, move || {
            let picked = pollster::block_on(dialog);
            let paths = picked.map(|files| {
                files
                    .iter()
                    .map(|file| file.path().to_owned())
                    .collect::<Vec<PathBuf>>()
            });
            Outcome::Picked(paths.or_else(|| was_shown(since).then(Vec::new)))
        });
    }

    pub(super) fn pick_export(&mut self, kind: ExportKind) {
        let Some(path) = self.export_path(kind).filter(|_| !self.is_picking) else {
            return;
        };
        if !has_file_dialog() {
            self.ask_for_path(PathPurpose::Export(kind, path));
            return;
        }
        self.is_picking = true;
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let dialog = rfd::AsyncFileDialog::new().set_file_name(name).save_file();
        let since = Instant::now();
        self.jobs.run(Lane::Derive, move || {
            let picked = pollster::block_on(dialog).map(|file| file.path().to_owned());
            let is_answer = picked.is_some() || was_shown(since);
            Outcome::PickedExport(kind, is_answer.then_some(picked))
        });
    }
}

/// Whether the system seems to have a file dialog: on Linux a session bus for the portal, or zenity.
pub(super) fn has_file_dialog() -> bool {
    if cfg!(not(all(unix, not(target_os = "macos")))) {
        return true;
    }
    let on_path = |program: &str| {
        std::env::var_os("PATH")
            .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
    };
    std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some() || on_path("zenity")
}

/// Whether a dialog that came back empty can have been seen: nobody cancels one within a quarter of a second, so an
/// answer as quick as that means that there was none.
pub(super) fn was_shown(since: Instant) -> bool {
    since.elapsed().as_millis() > 250
}
