//! What the editor has set, kept in one small JSON file.

mod export;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{self, Path, PathBuf};
use std::{env, fs, io};

use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};
use serde::{Deserialize, Serialize};

pub use self::export::{ExportSettings, Scope, SetsSettings};
use super::atomic::{WriteError, write_atomic};
use crate::text::CharIdx;

/// The file's name in the settings folder.
const FILE_NAME: &str = "settings.json";

/// How many files the list of recent ones holds.
pub const MOST_RECENT_FILES: usize = 12;

/// How many files it is known of where the editor was in them.
pub const MOST_PLACES: usize = 200;

/// The usual size of the article's text, in points.
pub const TEXT_SIZE_PT: f32 = 17.0;

/// The sizes that it can have, in points.
pub const TEXT_SIZES_PT: RangeInclusive<f32> = 10.0..=48.0;

/// The widths of the reading column, in full-width characters.
pub const COLUMN_WIDTHS: RangeInclusive<u32> = 20..=60;

/// The editor's settings. Keys that this version does not know survive a save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language of the window.
    pub language: Language,
    /// Light or dark.
    pub theme: Theme,
    /// The size of the article's text in points, within [`TEXT_SIZES_PT`].
    pub text_size_pt: f32,
    /// The width of the reading column in full-width characters, within [`COLUMN_WIDTHS`].
    pub column_width: u32,
    /// Which panels are shown.
    pub panels: Panels,
    /// How the article is looked at.
    pub view: View,
    /// Whether suggestions are shown in the text.
    pub suggestions: bool,
    /// Where saved files go instead of `annotations/` beside the source.
    pub annotations_dir: Option<PathBuf>,
    /// Files opened lately, the last one first; at most [`MOST_RECENT_FILES`], each once.
    pub recent_files: Vec<PathBuf>,
    /// Where the editor was in files, the one left last first; at most [`MOST_PLACES`], each file once.
    pub places: Vec<ReadingPlace>,
    /// What the export dialog was left with.
    pub export: ExportSettings,
    /// What other versions have put here.
    #[serde(flatten)]
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

/// The language of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Chinese where the system's language is Chinese, English elsewhere.
    #[default]
    System,
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Paper.
    Light,
    /// Night desk.
    Dark,
}

/// Which panels are shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Panels {
    /// The folder's articles.
    pub left: bool,
    /// Entities, figures, suggestions, checks.
    pub right: bool,
}

/// How the article is looked at, as it was left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// Whether the raw lines stand beside the text.
    pub raw: bool,
    /// Whether spaces, paragraph ends and joins are marked.
    pub marks: bool,
    /// Whether the outline stands beside the text.
    pub outline: bool,
    /// The chosen tab of the right panel, by its name; empty for the first.
    pub tab: String,
    /// The widths that panels were dragged to, in points, by the panels' names.
    pub widths: BTreeMap<String, f32>,
}

/// Where the editor was in a file when it was left. The file may have changed since: a place may lie past its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingPlace {
    /// The file, as an absolute path.
    pub file: PathBuf,
    /// The caret, in code points of the reading text.
    pub caret: CharIdx,
    /// The first character of the row at the top.
    pub top: CharIdx,
}

impl Default for Panels {
    fn default() -> Self {
        Self {
            left: true,
            right: true,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            theme: Theme::default(),
            text_size_pt: TEXT_SIZE_PT,
            column_width: 36,
            panels: Panels::default(),
            view: View::default(),
            suggestions: true,
            annotations_dir: None,
            recent_files: Vec::new(),
            places: Vec::new(),
            export: ExportSettings::default(),
            unknown: serde_json::Map::new(),
        }
    }
}

/// Settings that could not be read or saved.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file could not be understood: the defaults hold, and the file was put aside.
    #[error("the settings could not be read, so the defaults hold; the old file is kept: {}", kept_as.display())]
    Broken {
        /// The file that was put aside.
        kept_as: PathBuf,
        /// What is wrong in it.
        #[source]
        cause: serde_json::Error,
    },
    /// The file could not be opened, or the folder not be made.
    #[error("{what}: {cause}: {}", path.display())]
    Io {
        /// What failed.
        what: &'static str,
        /// Why.
        cause: io::Error,
        /// The file or folder.
        path: PathBuf,
    },
    /// The file could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The settings have no form in JSON; a path that is not Unicode is the one way to get there.
    #[error("the settings cannot be written as JSON: {0}")]
    Form(serde_json::Error),
}

/// The folder in which settings are kept: `ZHUPI_CONFIG_DIR`, else the one that the platform has for this. None where
/// the user has no home.
#[must_use]
pub fn settings_folder() -> Option<PathBuf> {
    match env::var_os("ZHUPI_CONFIG_DIR") {
        Some(folder) if !folder.is_empty() => Some(folder.into()),
        _ => choose_native_strategy()
            .ok()
            .map(|home| match cfg!(target_os = "macos") {
                // What macOS has for settings (Preferences) is for its own property lists alone.
                true => home.data_dir().join("zhupi"),
                false => home.config_dir().join("zhupi"),
            }),
    }
}

/// The folder that the platform has for what a program keeps for its user. None where the user has no home.
#[must_use]
pub fn data_folder() -> Option<PathBuf> {
    choose_native_strategy().ok().map(|home| home.data_dir().join("zhupi"))
}

impl Settings {
    /// The settings kept in `folder`, and what went wrong; there are always settings. A file that cannot be understood
    /// is renamed to `settings.json.bak`.
    #[must_use]
    pub fn load(folder: &Path) -> (Self, Option<SettingsError>) {
        let path = folder.join(FILE_NAME);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return (Self::default(), None),
            Err(cause) => {
                let what = "cannot read the settings";
                return (Self::default(), Some(SettingsError::Io { what, cause, path }));
            }
        };
        match serde_json::from_slice::<Self>(&bytes) {
            Ok(settings) => (settings.within_limits(), None),
            Err(cause) => {
                let kept_as = folder.join(format!("{FILE_NAME}.bak"));
                let error = match fs::rename(&path, &kept_as) {
                    Ok(()) => SettingsError::Broken { kept_as, cause },
                    Err(cause) => SettingsError::Io {
                        what: "the settings are broken and cannot be put aside",
                        cause,
                        path,
                    },
                };
                (Self::default(), Some(error))
            }
        }
    }

    /// Keeps the settings in `folder`, which is made where it is missing.
    ///
    /// # Errors
    /// When the folder or the file cannot be written; the file that was there stays.
    pub fn save(&self, folder: &Path) -> Result<(), SettingsError> {
        fs::create_dir_all(folder).map_err(|cause| SettingsError::Io {
            what: "cannot make the settings folder",
            cause,
            path: folder.to_owned(),
        })?;
        let mut json = serde_json::to_vec_pretty(self).map_err(SettingsError::Form)?;
        json.push(b'\n');
        Ok(write_atomic(&folder.join(FILE_NAME), &json)?)
    }

    /// Puts a file at the head of the recent ones. JSON has no form for a path that is not Unicode: such a file is not
    /// remembered.
    pub fn remember(&mut self, file: &Path) {
        if file.to_str().is_none() {
            return;
        }
        self.recent_files.retain(|known| known != file);
        self.recent_files.insert(0, file.to_owned());
        self.recent_files.truncate(MOST_RECENT_FILES);
    }

    /// Keeps where the editor is in a file. Whether that is news.
    pub fn leave(&mut self, file: &Path, caret: CharIdx, top: CharIdx) -> bool {
        let place = ReadingPlace {
            file: absolute(file),
            caret,
            top,
        };
        if place.file.to_str().is_none() || self.places.contains(&place) {
            return false;
        }
        self.places.retain(|known| known.file != place.file);
        self.places.insert(0, place);
        self.places.truncate(MOST_PLACES);
        true
    }

    /// Where the editor was in a file, if that is known.
    #[must_use]
    pub fn place_in(&self, file: &Path) -> Option<&ReadingPlace> {
        let file = absolute(file);
        self.places.iter().find(|known| known.file == file)
    }

    /// A size of zero, edited by hand, would leave a window in which it cannot be changed back.
    fn within_limits(mut self) -> Self {
        self.text_size_pt = self.text_size_pt.clamp(*TEXT_SIZES_PT.start(), *TEXT_SIZES_PT.end());
        self.column_width = self.column_width.clamp(*COLUMN_WIDTHS.start(), *COLUMN_WIDTHS.end());
        self.recent_files.truncate(MOST_RECENT_FILES);
        self.places.truncate(MOST_PLACES);
        self
    }
}

/// The same path wherever the program is started; nothing is asked of the disk.
fn absolute(file: &Path) -> PathBuf {
    path::absolute(file).unwrap_or_else(|_| file.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Layer, Overlap};

    #[test]
    fn none_kept_gives_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let (settings, error) = Settings::load(&folder.path().join("not yet"));
        assert_eq!(settings, Settings::default());
        assert!(error.is_none());
    }

    #[test]
    fn what_is_saved_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("new").join("zhupi");
        let mut settings = Settings {
            language: Language::Zh,
            theme: Theme::Dark,
            text_size_pt: 18.5,
            annotations_dir: Some("标注".into()),
            view: View {
                raw: true,
                tab: "checks".into(),
                widths: BTreeMap::from([("raw".into(), 412.5)]),
                ..View::default()
            },
            export: ExportSettings {
                format: "tei".into(),
                scope: Scope::Desk,
                only_accepted: false,
                layer: Layer::Raw,
                overlap: Overlap::Longest,
                without: vec!["地点".into()],
                ..ExportSettings::default()
            },
            ..Settings::default()
        };
        settings.remember(Path::new("稿件/一版.txt"));
        assert!(settings.leave(Path::new("稿件/一版.txt"), CharIdx(31), CharIdx(7)));
        settings.save(&folder).unwrap();
        let (loaded, error) = Settings::load(&folder);
        assert!(error.is_none());
        assert_eq!(loaded, settings);
    }

    #[test]
    fn unknown_keys_survive() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        fs::write(
            &path,
            r#"{ "theme": "dark", "later": { "size": 1.50, "n": [1, 2] }, "count": 7 }"#,
        )
        .unwrap();
        let (settings, error) = Settings::load(folder.path());
        assert!(error.is_none(), "{error:?}");
        assert_eq!(settings.theme, Theme::Dark);
        settings.save(folder.path()).unwrap();
        let saved: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        assert_eq!(saved["later"].to_string(), r#"{"size":1.50,"n":[1,2]}"#);
        assert_eq!(saved["count"].to_string(), "7");
        assert_eq!(saved["theme"], "dark");
    }

    #[test]
    fn a_broken_file_is_put_aside_and_told() {
        for broken in ["{ \"theme\": ", "[]", r#"{ "theme": "pink" }"#, "\u{0}"] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join(FILE_NAME), broken).unwrap();
            let (settings, error) = Settings::load(folder.path());
            assert_eq!(settings, Settings::default());
            assert!(error.unwrap().to_string().ends_with("settings.json.bak"));
            assert_eq!(
                fs::read_to_string(folder.path().join("settings.json.bak")).unwrap(),
                broken
            );
            assert!(Settings::load(folder.path()).1.is_none());
        }
    }

    #[test]
    fn sizes_by_hand_are_held_within_limits() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join(FILE_NAME),
            r#"{ "text_size_pt": 0, "column_width": 9999 }"#,
        )
        .unwrap();
        let (settings, error) = Settings::load(folder.path());
        assert!(error.is_none(), "{error:?}");
        assert_eq!((settings.text_size_pt, settings.column_width), (10.0, 60));
    }

    #[test]
    fn recent_files_are_few_and_each_stands_once() {
        let mut settings = Settings::default();
        for number in 0..20 {
            settings.remember(&PathBuf::from(format!("{number}.txt")));
        }
        settings.remember(Path::new("15.txt"));
        assert_eq!(settings.recent_files.len(), MOST_RECENT_FILES);
        assert_eq!(
            settings.recent_files[..3],
            ["15.txt", "19.txt", "18.txt"].map(PathBuf::from)
        );
    }

    #[test]
    fn of_each_file_the_last_place_is_known() {
        let mut settings = Settings::default();
        for number in 0..300 {
            assert!(settings.leave(Path::new(&format!("{number}.txt")), CharIdx(number), CharIdx(0)));
        }
        assert!(settings.leave(Path::new("250.txt"), CharIdx(9), CharIdx(2)));
        assert!(!settings.leave(Path::new("250.txt"), CharIdx(9), CharIdx(2)));
        assert_eq!(settings.places.len(), MOST_PLACES);
        let here = env::current_dir().unwrap().join("250.txt");
        assert_eq!(settings.place_in(&here).map(|place| place.caret), Some(CharIdx(9)));
        assert_eq!(settings.place_in(Path::new("3.txt")), None);
    }
}
