//! `zhupi read`: the reading text of a file.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use super::{Outcome, print, tell};
use crate::annot::Document;
use crate::formats::native;
use crate::store::article::{self, ReadOptions};
use crate::store::files::read_source;
use crate::text::Words;

/// What to read, and how.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// The text file
    file: PathBuf,
    /// Print text, alignment, blocks and source as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    source: SourceArgs,
}

/// How a source is read.
#[derive(Debug, Args)]
pub struct SourceArgs {
    /// Keep every line as it is
    #[arg(long)]
    as_is: bool,
    /// Read in this encoding instead of guessing
    #[arg(long)]
    encoding: Option<String>,
}

impl SourceArgs {
    /// Whether the user says how sources are to be read.
    pub(super) fn is_chosen(&self) -> bool {
        self.as_is || self.encoding.is_some()
    }

    /// The document of a source, without tags. What could not be decoded is told.
    pub(super) fn read(&self, path: &Path, words: &Words) -> Result<Document> {
        let bytes = read_source(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let options = ReadOptions {
            encoding: self.encoding.as_deref(),
            as_is: self.as_is,
        };
        let (document, malformed) =
            article::read(&bytes, &name, options, words).with_context(|| path.display().to_string())?;
        if malformed > 0 {
            let encoding = &document.source.encoding;
            tell(format_args!(
                "{}: warning: {malformed} bytes are not {encoding} and were replaced",
                path.display()
            ));
        }
        Ok(document)
    }
}

pub(super) fn run(args: &ReadArgs) -> Result<Outcome> {
    let document = args.source.read(&args.file, &Words::load())?;
    let mut result = if args.json {
        let saved = native::file_of(&document);
        let reading = serde_json::json!({
            "source": saved.source,
            "text": saved.text,
            "alignment": saved.alignment,
            "blocks": saved.blocks,
        });
        serde_json::to_vec_pretty(&reading)?
    } else {
        document.text().as_str().as_bytes().to_vec()
    };
    if !result.is_empty() && !result.ends_with(b"\n") {
        result.push(b'\n');
    }
    print(&result)
}
