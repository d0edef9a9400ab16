//! `zhupi stats`: how much there is.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{Outcome, print, saved};
use crate::annot::{DocumentStatus, LabelId, Origin, Status};

/// What to count.
#[derive(Debug, Args)]
pub struct StatsArgs {
    /// Saved files, folders of them, and sources that have one
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

pub(super) fn run(args: &StatsArgs) -> Result<Outcome> {
    let (mut documents, mut done, mut tags) = (0, 0, 0);
    let mut labels: BTreeMap<LabelId, usize> = BTreeMap::new();
    let mut statuses: BTreeMap<Status, usize> = BTreeMap::new();
    let mut origins: BTreeMap<Origin, usize> = BTreeMap::new();
    for path in saved::list(&args.paths)? {
        let document = saved::load(&path)?;
        documents += 1;
        done += usize::from(document.meta().status == DocumentStatus::Done);
        tags += document.spans().len();
        for span in document.spans().iter() {
            let mark = &span.mark;
            *labels.entry(mark.label.clone()).or_default() += 1;
            *statuses.entry(mark.status).or_default() += 1;
            *origins.entry(mark.origin).or_default() += 1;
        }
    }
    let mut result = format!("documents\tall\t{documents}\ndocuments\tdone\t{done}\ntags\tall\t{tags}\n");
    for (label, count) in &labels {
        writeln!(result, "label\t{label}\t{count}")?;
    }
    for (status, count) in &statuses {
        writeln!(result, "status\t{}\t{count}", status.as_str())?;
    }
    for (origin, count) in &origins {
        writeln!(result, "origin\t{}\t{count}", origin.as_str())?;
    }
    print(result.as_bytes())
}
