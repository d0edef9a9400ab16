//! `zhupi read`: the reading text of a file.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use clap::Args;

use super::{Outcome, counted, print, tell};
use crate::annot::Document;
use crate::formats::native;
use crate::store::article::{self, ReadOptions};
use crate::store::files::read_source;
use crate::text::Words;
use crate::text::decode::DecodeError;

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
    /// Read in this encoding instead of guessing: UTF-8, GB18030, Big5, UTF-16LE, UTF-16BE, or another name of these
    /// (gbk, gb2312, utf-16)
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
        let read = article::read(&bytes, &name, options, words).map_err(|error| match error {
            DecodeError::Binary { .. } => anyhow!("{error}; --encoding UTF-8 reads it all the same"),
            error => error.into(),
        });
        let (document, malformed) = read.with_context(|| path.display().to_string())?;
        if malformed > 0 {
            tell(format_args!(
                "{}: warning: {} in {} could not be read and {} replaced",
                path.display(),
                counted(malformed, "byte sequence"),
                document.source.encoding,
                if malformed == 1 { "was" } else { "were" },
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
    // The last line may be an empty one. Of no text at all there is none.
    if !document.source.text.is_empty() && (args.source.as_is || !result.is_empty()) || args.json {
        result.push(b'\n');
    }
    print(&result)
}
