//! `zhupi split`: saved files dealt into sets for training, tuning and testing, with a card that tells what they hold.

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use super::output::{Output, of_input};
use super::{Outcome, counted, saved, tell};
use crate::formats::Files;
use crate::formats::card::{About, Counts};
use crate::formats::splits::{Dealt, Split, SplitOptions, deal, duplicates};
use crate::store::files::read_source;

/// What to deal, and how.
#[derive(Debug, Args)]
pub struct SplitArgs {
    /// Saved files, folders of them, and sources that have one
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The folder that gets train, dev, test and README.md
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// How much goes into train, dev and test
    #[arg(long, value_name = "A,B,C", value_delimiter = ',', default_values_t = [80.0, 10.0, 10.0])]
    shares: Vec<f64>,
    /// What chance begins from: the same number deals alike
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Deal texts that another document has already, too; they always go where that one goes
    #[arg(long)]
    keep_duplicates: bool,
    /// The name of the data set, for the card
    #[arg(long, default_value = "")]
    title: String,
    /// Its licence (an SPDX name), for the card
    #[arg(long, default_value = "")]
    licence: String,
    /// Write over files that exist
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &SplitArgs) -> Result<Outcome> {
    let Ok(shares) = <[f64; 3]>::try_from(args.shares.clone()) else {
        bail!("--shares takes three numbers, such as 80,10,10");
    };
    if shares.iter().any(|share| !share.is_finite() || *share < 0.0) || shares.iter().sum::<f64>() <= 0.0 {
        bail!("--shares takes numbers that are not below zero, and not all zero");
    }
    let paths = saved::list(&args.paths)?;
    let mut names = HashSet::new();
    let mut dealt = Vec::with_capacity(paths.len());
    for path in &paths {
        if !names.insert(path.file_name()) {
            bail!("two of the files have this name: {}", path.display());
        }
        dealt.push(Dealt::of(&saved::load_to_write(path)?));
    }
    for (again, first) in duplicates(&dealt) {
        tell(format_args!(
            "{}: the same text as {}",
            paths[again].display(),
            paths[first].display()
        ));
    }
    let options = SplitOptions {
        shares,
        seed: args.seed,
    };
    write(args, &paths, &deal(&dealt, &options, args.keep_duplicates))
}

fn write(args: &SplitArgs, paths: &[PathBuf], sets: &[Option<Split>]) -> Result<Outcome> {
    let mut output = Output::folder(&args.output, args.force)?;
    output.spare(paths.iter().cloned());
    let mut counts = Counts::default();
    for (path, set) in paths.iter().zip(sets) {
        let Some(set) = *set else { continue };
        counts.add_to(set, &saved::load_to_write(path)?);
        let bytes = read_source(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        output
            .append(&format!("{}/{name}", set.as_str()), &bytes)
            .map_err(|error| of_input(error, path.display()))?;
    }
    let about = About {
        title: args.title.clone(),
        licence: args.licence.clone(),
        ..About::default()
    };
    output.append("README.md", counts.card(&about).as_bytes())?;
    output.finish()?;
    for set in Split::ALL {
        let count = sets.iter().filter(|found| **found == Some(set)).count();
        tell(format_args!("{}: {}", set.as_str(), counted(count, "document")));
    }
    Ok(Outcome::Done)
}
