//! Export and import: what the two dialogs ask for, and what workers bring home of it.

use std::sync::atomic::Ordering;

use crate::app::dialog::{Dialog, PathPurpose};
use crate::app::exchange::{Event, ExchangeCommand};
use crate::app::import::ImportPlan;
use crate::app::model::Model;
use crate::app::notices::Weight;
use crate::formats::proof::grouped;
use crate::i18n::T;

impl Model {
    pub(super) fn exchange(&mut self, command: ExchangeCommand) {
        match command {
            ExchangeCommand::ChooseTarget => self.choose_target(),
            ExchangeCommand::Write { target, overwrite } => self.write_export(target, overwrite),
            ExchangeCommand::StopExport => {
                if let Some(under) = &self.exchange.under {
                    under.progress.stop.store(true, Ordering::Relaxed);
                }
            }
            ExchangeCommand::Read(paths) => self.read_import(ImportPlan {
                paths,
                ..ImportPlan::default()
            }),
            ExchangeCommand::ReadAs(format, utf16) => {
                let paths = self.exchange.import.paths.clone();
                self.read_import(ImportPlan {
                    paths,
                    format: Some(format),
                    utf16,
                    found: None,
                });
            }
            ExchangeCommand::Import => self.make_import(),
        }
    }

    /// Closes the dialog. Behind the questions of an export stands its dialog.
    pub(super) fn close_dialog(&mut self) {
        let is_question = matches!(
            self.dialog,
            Some(
                Dialog::Overwrite { .. }
                    | Dialog::Path {
                        purpose: PathPurpose::ExportTo(_) | PathPurpose::ExportInto(_),
                        ..
                    }
            )
        );
        if self.dialog == Some(Dialog::Export) {
            self.remember_export();
        }
        self.dialog = is_question.then_some(Dialog::Export);
    }

    pub(in crate::app) fn exchanged(&mut self, event: Event) {
        match event {
            Event::Counted(Some(preview), stop) => self.counted(*preview, &stop),
            Event::Counted(None, _) => {}
            Event::Target {
                picked,
                proposed,
                is_folder,
            } => {
                self.is_picking = false;
                match picked {
                    // The dialog for a file has asked about writing over it.
                    Some(Some(path)) => self.write_export(path, !is_folder),
                    Some(None) => {}
                    None => self.ask_for_path(match is_folder {
                        true => PathPurpose::ExportInto(proposed),
                        false => PathPurpose::ExportTo(proposed),
                    }),
                }
            }
            Event::Written(target, written) => self.written(target, written),
            Event::PickedImport(picked) => {
                self.is_picking = false;
                match picked {
                    Some(paths) if paths.is_empty() => {}
                    Some(paths) => self.exchange(ExchangeCommand::Read(paths)),
                    None => self.ask_for_path(PathPurpose::Import),
                }
            }
            Event::Read(number, found) => self.read(number, found),
            Event::SavedNew(Ok(paths)) => {
                let text = self.lang.fill(T::ImportNew, &[&grouped(paths.len())]);
                self.notify(Weight::Passing, text);
                self.open_paths(paths);
            }
            Event::Restored(None) => {}
            Event::Restored(Some(error)) => self.notify(Weight::Lasting, error),
            Event::SavedNew(Err(error)) => self.notify(Weight::Lasting, error),
        }
    }
}
