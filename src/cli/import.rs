//! `zhupi import`: saved files from files in another format.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use super::output::{Output, of_input};
use super::{Outcome, check_utf16, counted, format_named, pair, tell};
use crate::annot::LabelId;
use crate::formats::{self, Beside, Diagnostic, Export, ExportOptions, Format, ImportOptions, Packing, Severity};
use crate::store::importing::{groups, read, stem};

/// What to read, and how.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Files of the format, or folders of them
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The format; `zhupi formats` lists them
    #[arg(long, value_parser = format_named)]
    format: &'static Format,
    /// The folder for the saved files
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Write over files that exist
    #[arg(long)]
    force: bool,
    /// Which labels the names in the file mean: PER=person,ORG=unit
    #[arg(long, value_name = "NAME=LABEL", value_delimiter = ',', value_parser = pair)]
    label_map: Vec<(String, String)>,
    /// The file counts in UTF-16 units, as doccano's own window does (doccano formats only)
    #[arg(long)]
    utf16: bool,
}

pub(super) fn run(args: &ImportArgs) -> Result<Outcome> {
    let format = args.format;
    check_utf16(args.utf16, format)?;
    if !format.imports() {
        bail!("files of the format {} cannot be imported", format.id);
    }
    let Some(native) = formats::by_id("native") else {
        bail!("there is no format for saved files");
    };
    let label = |(name, id): &(String, String)| (name.clone(), LabelId::from(id.as_str()));
    let options = ImportOptions {
        labels: args.label_map.iter().map(label).collect(),
        utf16: args.utf16,
    };
    let mut output = Output::folder(&args.output, args.force)?;
    let mut export = Export::new(native, ExportOptions::default());
    let (mut documents, mut tags, mut errors) = (0, 0, 0);
    let files = files(args)?;
    output.spare(files.iter().cloned());
    for group in groups(&files, format) {
        let mut written: io::Result<()> = Ok(());
        let found = read(format, &group, &options, &mut |mut text| {
            if written.is_ok() {
                let beside = Beside {
                    journal: text.journal.take(),
                    ..Beside::default()
                };
                match export.add_with(&text.into_document(), &beside, &mut output) {
                    Ok(report) => {
                        documents += report.documents;
                        tags += report.tags;
                    }
                    Err(error) => written = Err(error),
                }
            }
        })?;
        written.map_err(|error| {
            let group: Vec<String> = group.iter().map(|path| path.display().to_string()).collect();
            of_input(error, group.join(", "))
        })?;
        for diagnostic in &found {
            errors += usize::from(diagnostic.severity == Severity::Error);
            tell(message(diagnostic, &group));
        }
    }
    if errors > 0 {
        bail!("nothing was imported");
    }
    export.finish(&mut output)?;
    output.finish()?;
    tell(format_args!(
        "{} with {} written to {}",
        counted(documents, "document"),
        counted(tags, "tag"),
        args.output.display()
    ));
    Ok(Outcome::Done)
}

/// What is wrong with a file, with the file's whole path.
fn message(diagnostic: &Diagnostic, group: &[PathBuf]) -> String {
    let path = group.iter().find(|path| file_name(path) == diagnostic.file);
    let mut whole = diagnostic.clone();
    if let Some(path) = path {
        whole.file = path.display().to_string();
    }
    match whole.severity {
        Severity::Error => whole.to_string(),
        Severity::Warning => {
            whole.what = format!("warning: {}", whole.what);
            whole.to_string()
        }
    }
}

/// The files that the arguments mean.
fn files(args: &ImportArgs) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in &args.files {
        if path.is_dir() {
            files.extend(files_in(path, args.format)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// The files of a format in a folder.
fn files_in(folder: &Path, format: &Format) -> Result<Vec<PathBuf>> {
    let failed = || format!("cannot be read: {}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(failed)? {
        let path = entry.with_context(failed)?.path();
        let is_of_format = match format.packing {
            Packing::Set(_) => !file_name(&path).starts_with('.'),
            Packing::Documents(endings) => stem(&path, endings).is_some(),
        };
        if is_of_format && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        bail!(
            "there are no files of the format {} in the folder: {}",
            format.id,
            folder.display()
        );
    }
    Ok(files)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
