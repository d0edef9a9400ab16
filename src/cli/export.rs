//! `zhupi export`: saved files in another format.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::output::{Output, called, of_input};
use super::{Outcome, check_utf16, counted, format_named, pair, saved, tell};
use crate::annot::{LabelId, Status};
use crate::formats::{Beside, ExportOptions, Format, Layer, LossReport, Overlap, Proof};
use crate::store::article;
use crate::store::exporting::Exporting;

/// What to write, and how.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Saved files, folders of them, and sources that have one
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The format; `zhupi formats` lists them
    #[arg(long, value_parser = format_named)]
    format: &'static Format,
    /// The file to write (- is stdout), or the folder where the format has a file for each document
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Which text: reading or raw
    #[arg(long, value_parser = layer, default_value = "reading")]
    layer: Layer,
    /// Exit with 1 when the format cannot hold everything, or when there was nothing but suggestions that nobody has judged
    #[arg(long)]
    strict: bool,
    /// Write over files that exist
    #[arg(long)]
    force: bool,
    /// What labels are called in the file: person=PER,unit=ORG
    #[arg(long, value_name = "LABEL=NAME", value_delimiter = ',', value_parser = pair)]
    label_map: Vec<(String, String)>,
    /// Only tags with these labels: person,unit
    #[arg(long, value_name = "LABEL", value_delimiter = ',')]
    labels: Option<Vec<String>>,
    /// Only tags of this status: accepted,suggested,rejected [default: accepted; for native, all]
    #[arg(long, value_delimiter = ',', value_parser = status)]
    status: Option<Vec<Status>>,
    /// Which of two tags stays where the format holds one: outer, inner or longest
    #[arg(long, value_parser = overlap, default_value = "outer")]
    overlap: Overlap,
    /// Write the blocks too that the editor set aside
    #[arg(long)]
    include_dropped: bool,
    /// Count in UTF-16 units, as doccano's own window does (doccano formats only)
    #[arg(long)]
    utf16: bool,
}

fn layer(name: &str) -> Result<Layer, String> {
    match name {
        "reading" => Ok(Layer::Reading),
        "raw" => Ok(Layer::Raw),
        _ => Err("this must be reading or raw".to_owned()),
    }
}

fn overlap(name: &str) -> Result<Overlap, String> {
    match name {
        "outer" => Ok(Overlap::Outer),
        "inner" => Ok(Overlap::Inner),
        "longest" => Ok(Overlap::Longest),
        _ => Err("this must be outer, inner or longest".to_owned()),
    }
}

fn status(name: &str) -> Result<Status, String> {
    let every = [Status::Accepted, Status::Suggested, Status::Rejected];
    let found = every.into_iter().find(|status| status.as_str() == name);
    found.ok_or_else(|| "this must be accepted, suggested or rejected".to_owned())
}

impl ExportArgs {
    fn options(&self) -> ExportOptions {
        let label = |id: &String| LabelId::from(id.as_str());
        ExportOptions {
            layer: self.layer,
            statuses: self.status.clone(),
            labels: self.labels.as_ref().map(|ids| ids.iter().map(label).collect()),
            label_names: (self.label_map.iter())
                .map(|(id, name)| (label(id), name.clone()))
                .collect(),
            overlap: self.overlap,
            utf16: self.utf16,
            with_dropped: self.include_dropped,
            ..ExportOptions::default()
        }
    }

    /// The labels that the user named, which may be misspelt.
    fn named_labels(&self) -> Vec<LabelId> {
        let mapped = self.label_map.iter().map(|(id, _)| id);
        let chosen = self.labels.iter().flatten();
        mapped.chain(chosen).map(|id| LabelId::from(id.as_str())).collect()
    }
}

pub(super) fn run(args: &ExportArgs) -> Result<Outcome> {
    let format = args.format;
    check_utf16(args.utf16, format)?;
    if args.layer == Layer::Raw && format.keeps_documents() {
        tell(format_args!(
            "a file of the format {} has both texts; --layer raw changes nothing",
            format.id
        ));
    }
    let paths = saved::list(&args.paths)?;
    let mut output = Output::packed(format.packing, &args.output, args.force)?;
    output.spare(paths.iter().chain(&args.paths).cloned());
    let mut export = Exporting::new(format, args.options(), "");
    let mut total = LossReport::default();
    let mut unknown_labels = args.named_labels();
    for path in &paths {
        let document = saved::load_to_write(path)?;
        unknown_labels.retain(|id| document.labels().get(id).is_none());
        let beside = match format.keeps_beside() {
            true => article::beside(path, None, &document),
            false => Beside::default(),
        };
        // Formats of a text and its tags name the text as it was named here.
        if args.force
            && let Some((original, _)) = article::original(path, None, &document)
        {
            output.spare([original]);
        }
        let report = export.add(&document, &beside, output.files());
        let report = report.map_err(|error| of_input(error, path.display()))?;
        for line in report.to_string().lines() {
            tell(format_args!("{}: {line}", path.display()));
        }
        total.add(report);
    }
    let mut failed = None;
    // A set is compared with its documents, which are loaded again one by one.
    let again = paths.iter().map_while(|path| match saved::load_to_write(path) {
        Ok(document) => Some(document),
        Err(error) => {
            failed = Some(error);
            None
        }
    });
    let proof = export.finish(again, output.files())?;
    if let Some(error) = failed {
        return Err(error);
    }
    output.finish()?;

    let documents = counted(total.documents, "document");
    let what = match format.holds_tags() {
        true => format!("{documents} with {}", counted(total.tags, "tag")),
        false => format!("the labels of {documents}"),
    };
    tell(format_args!("{what} written to {}", called(&args.output)));
    for label in &unknown_labels {
        tell(format_args!("warning: no document has a label called {label}"));
    }
    if total.unjudged > 0 {
        tell(format_args!(
            "{} that nobody has judged {} left out; --status accepted,suggested writes {}",
            counted(total.unjudged, "suggestion"),
            if total.unjudged == 1 { "was" } else { "were" },
            if total.unjudged == 1 { "it" } else { "them" },
        ));
    }
    let is_empty = total.tags == 0 && total.unjudged > 0;
    let is_whole = !args.strict || total.is_lossless() && !is_empty;
    Ok(if tell_proof(proof.as_ref()) && is_whole {
        Outcome::Done
    } else {
        Outcome::Findings
    })
}

/// Says how much was found again; whether that is all.
fn tell_proof(proof: Option<&Proof>) -> bool {
    let Some(proof) = proof else {
        return true;
    };
    for what in &proof.missing {
        tell(format_args!("not recovered: {what}"));
    }
    tell(proof);
    proof.is_complete()
}
