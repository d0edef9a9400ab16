//! What the editor has chosen for an export.

use std::collections::BTreeMap;

use crate::annot::{Label, Status};
use crate::formats::splits::SplitOptions;
use crate::formats::{self, ExportOptions, Format};
use crate::store::settings::{ExportSettings, Scope};

/// The format that is proposed where none was used before.
pub const USUAL_FORMAT: &str = "jsonl";

/// What is chosen in the export dialog, and what there is to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportPlan {
    /// What is chosen.
    pub chosen: ExportSettings,
    /// The labels that there are.
    pub labels: Vec<Label>,
    /// How many articles there are.
    pub articles: usize,
}

impl ExportPlan {
    /// The format.
    #[must_use]
    pub fn format(&self) -> Option<&'static Format> {
        formats::by_id(&self.chosen.format)
    }

    /// Whether the articles are dealt into sets: one article cannot be.
    #[must_use]
    pub fn is_dealt(&self) -> bool {
        self.chosen.sets.is_on && self.chosen.scope == Scope::Desk && self.articles > 1
    }

    /// How they are dealt.
    #[must_use]
    pub fn split_options(&self) -> SplitOptions {
        SplitOptions {
            shares: self.chosen.sets.shares.map(f64::from),
            seed: self.chosen.sets.seed,
        }
    }

    /// What the formats are told.
    #[must_use]
    pub fn options(&self) -> ExportOptions {
        let chosen = &self.chosen;
        let keeps_all = self.format().is_some_and(Format::keeps_documents);
        let statuses = match chosen.only_accepted {
            true => Some(vec![Status::Accepted]),
            false if keeps_all => None,
            false => Some(vec![Status::Accepted, Status::Suggested]),
        };
        let kept = self.labels.iter().map(|label| label.id.clone());
        let kept: Vec<_> = kept.filter(|id| !chosen.without.contains(id)).collect();
        let names = chosen.names.get(&chosen.format).into_iter().flatten();
        ExportOptions {
            layer: chosen.layer,
            statuses,
            labels: (kept.len() < self.labels.len()).then_some(kept),
            label_names: names.map(|(id, name)| (id.as_str().into(), name.clone())).collect(),
            overlap: chosen.overlap,
            utf16: chosen.utf16,
            with_dropped: chosen.with_dropped,
            chat: chosen.chat.clone(),
            numbered: Vec::new(),
        }
    }

    /// What a label is called in files of the chosen format; empty for the format's own name.
    #[must_use]
    pub fn called(&self, label: &str) -> &str {
        let names = self.chosen.names.get(&self.chosen.format);
        names.and_then(|names| names.get(label)).map_or("", String::as_str)
    }

    /// Gives a label a name in files of the chosen format; an empty one gives it the format's own again.
    pub fn call(&mut self, label: &str, name: &str) {
        let names: &mut BTreeMap<_, _> = self.chosen.names.entry(self.chosen.format.clone()).or_default();
        if name.trim().is_empty() {
            names.remove(label);
        } else {
            names.insert(label.to_owned(), name.to_owned());
        }
    }
}
