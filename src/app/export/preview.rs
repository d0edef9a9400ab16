//! What an export comes to, before it is written.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::articles::{Articles, Found};
use super::plan::ExportPlan;
use super::write;
use crate::annot::{Document, Label, LabelId, fact};
use crate::formats::splits::{Dealt, Split, deal};
use crate::formats::{self, ExportOptions, Format, LossReport, Packing};

/// Lines of the preview, and characters of each.
const PREVIEW_LINES: usize = 40;
const PREVIEW_CHARS: usize = 600;

/// What an export comes to.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// Documents and tags that would be written, and what would be lost.
    pub report: LossReport,
    /// Tags by label, before names change and losses.
    pub by_label: BTreeMap<LabelId, usize>,
    /// Labels of articles that are not open.
    pub labels: Vec<Label>,
    /// The first file's name and its first lines; `None` where it is not text.
    pub lines: Option<(String, Option<String>)>,
    /// Articles that could not be read.
    pub unreadable: Vec<String>,
    /// What goes into each set, where the articles are dealt.
    pub sets: Option<SetCounts>,
}

/// What goes into each of [`Split::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetCounts {
    /// Documents.
    pub documents: [usize; 3],
    /// Tags.
    pub tags: [usize; 3],
    /// Documents that go into none, because an earlier one has their text.
    pub left_out: usize,
}

impl SetCounts {
    fn of(dealt: &[Dealt], sets: &[Option<Split>]) -> Self {
        let mut counts = Self::default();
        for (document, set) in dealt.iter().zip(sets) {
            let Some(place) = Split::ALL.iter().position(|found| Some(*found) == *set) else {
                counts.left_out += 1;
                continue;
            };
            counts.documents[place] += 1;
            counts.tags[place] += document.labels.values().sum::<usize>();
        }
        counts
    }
}

/// Works out what an export comes to; `None` when `stop` was set meanwhile.
#[must_use]
pub fn preview(articles: &Articles, plan: &ExportPlan, stop: &AtomicBool) -> Option<Preview> {
    let (format, options) = (plan.format()?, plan.options());
    let mut preview = Preview::default();
    let mut dealt = Vec::new();
    let unreadable = articles.visit(|found| {
        if stop.load(Ordering::Relaxed) {
            return false;
        }
        let Some(Found { document, .. }) = found else {
            return true;
        };
        if plan.is_dealt() {
            dealt.push(write::of_document(document, format, &options));
        }
        let (text, mut report) = format.excerpt(document, &options);
        if report.refused.is_empty() {
            report.documents = 1;
            report.tags = text.tags.len();
        }
        let is_first = preview.lines.is_none() && report.documents > 0;
        preview.report.add(report);
        let statuses = options.statuses.as_deref();
        for span in document.spans().iter() {
            if statuses.is_none_or(|statuses| statuses.contains(&span.mark.status)) {
                *preview.by_label.entry(span.mark.label.clone()).or_default() += 1;
            }
        }
        for label in fact::labels_to_tag_with(document) {
            if preview.labels.iter().all(|known| known.id != label.id) {
                preview.labels.push(label.clone());
            }
        }
        if is_first {
            preview.lines = first_lines(format, document, &options);
        }
        true
    });
    preview.unreadable = unreadable;
    if plan.is_dealt() {
        let sets = deal(&dealt, &plan.split_options(), plan.chosen.sets.keep_duplicates);
        preview.sets = Some(SetCounts::of(&dealt, &sets));
    }
    (!stop.load(Ordering::Relaxed)).then_some(preview)
}

fn first_lines(
    format: &'static Format,
    document: &Document,
    options: &ExportOptions,
) -> Option<(String, Option<String>)> {
    let (files, _) = formats::export(format, [document], options).ok()?;
    let wanted = match format.packing {
        Packing::Set(name) => files.get_key_value(name),
        // The file of which the tags are: brat's .ann rather than its .txt.
        Packing::Documents(endings) => endings.iter().find_map(|ending| {
            files
                .iter()
                .find(|(name, _)| name.ends_with(ending) && *ending != ".txt")
        }),
    };
    let (name, bytes) = wanted.or_else(|| files.first_key_value())?;
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some((name.clone(), None));
    };
    let mut lines = String::new();
    for line in text.lines().take(PREVIEW_LINES) {
        let cut = line.char_indices().nth(PREVIEW_CHARS).map(|(byte, _)| byte);
        lines.push_str(&line[..cut.unwrap_or(line.len())]);
        lines.push_str(if cut.is_some() { "…\n" } else { "\n" });
    }
    Some((name.clone(), Some(lines)))
}
