//! What the export dialog was left with, so that it opens as it was closed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::annot::LabelId;
use crate::formats::options::{ChatTemplate, Layer, Overlap};

/// What is chosen in the export dialog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportSettings {
    /// The id of the format; empty where none was chosen yet.
    pub format: String,
    /// Which articles.
    pub scope: Scope,
    /// Only those marked as done.
    pub only_done: bool,
    /// Only accepted tags; else suggestions too.
    pub only_accepted: bool,
    /// Which text.
    pub layer: Layer,
    /// Which tag stays where the format holds no two at one place.
    pub overlap: Overlap,
    /// Offsets in UTF-16 units.
    pub utf16: bool,
    /// Whether blocks that were set aside go out too.
    pub with_dropped: bool,
    /// Labels that stay out.
    pub without: Vec<LabelId>,
    /// For each format the names that the editor gave to labels in its files.
    pub names: BTreeMap<String, BTreeMap<String, String>>,
    /// What the chat format says; what it usually says is not kept, for that may become better.
    #[serde(skip_serializing_if = "is_usual")]
    pub chat: ChatTemplate,
    /// Whether and how the articles are dealt into sets.
    pub sets: SetsSettings,
}

impl Default for ExportSettings {
    fn default() -> Self {
        Self {
            format: String::new(),
            scope: Scope::default(),
            only_done: false,
            only_accepted: true,
            layer: Layer::default(),
            overlap: Overlap::default(),
            utf16: false,
            with_dropped: false,
            without: Vec::new(),
            names: BTreeMap::new(),
            chat: ChatTemplate::default(),
            sets: SetsSettings::default(),
        }
    }
}

/// Which articles go out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The one that is shown.
    #[default]
    Article,
    /// All on the desk, opened or not.
    Desk,
}

/// How articles are dealt into sets for training, tuning and testing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SetsSettings {
    /// Whether they are.
    pub is_on: bool,
    /// How much goes into each set; only how they compare counts.
    pub shares: [u32; 3],
    /// What chance begins from.
    pub seed: u64,
    /// Whether texts that an earlier article has already go out too.
    pub keep_duplicates: bool,
    /// The name of the data set, for the card.
    pub title: String,
    /// Its licence (an SPDX name), for the card.
    pub licence: String,
}

impl Default for SetsSettings {
    fn default() -> Self {
        Self {
            is_on: false,
            shares: [80, 10, 10],
            seed: 1,
            keep_duplicates: false,
            title: String::new(),
            licence: String::new(),
        }
    }
}

fn is_usual(chat: &ChatTemplate) -> bool {
    *chat == ChatTemplate::default()
}
