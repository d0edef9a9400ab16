//! `zhupi split`: saved files dealt into sets for training, tuning and testing, with a card that tells what they hold.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use super::output::Output;
use super::{Outcome, saved, tell};
use crate::formats::Files;
use crate::formats::card::{About, Counts};
use crate::formats::splits::{Dealt, Split, SplitOptions, duplicates, split};
use crate::store::files::read_source;
use crate::text::hash::sha256_hex;

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
        let document = saved::load_to_write(path)?;
        let mut one = Dealt::of(&document);
        // Only whether two texts are the same counts: a hash tells, and many documents need little memory.
        one.text = sha256_hex(one.text.as_bytes());
        dealt.push(one);
    }
    let sets = split(
        &dealt,
        &SplitOptions {
            shares,
            seed: args.seed,
        },
    );
    let same = duplicates(&dealt);
    for &(again, first) in &same {
        tell(format_args!(
            "{}: the same text as {}",
            paths[again].display(),
            paths[first].display()
        ));
    }
    let left_out: HashSet<usize> = same
        .iter()
        .filter(|_| !args.keep_duplicates)
        .map(|&(again, _)| again)
        .collect();
    write(args, &paths, &sets, &left_out)
}

fn write(args: &SplitArgs, paths: &[PathBuf], sets: &[Split], left_out: &HashSet<usize>) -> Result<Outcome> {
    let mut outputs = Vec::new();
    for set in Split::ALL {
        outputs.push((
            set,
            Output::folder(&args.output.join(set.as_str()), args.force)?,
            0_usize,
        ));
    }
    let mut counts = Counts::default();
    for (number, path) in paths
        .iter()
        .enumerate()
        .filter(|(number, _)| !left_out.contains(number))
    {
        let document = saved::load_to_write(path)?;
        counts.add(&document);
        let bytes = read_source(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let place = Split::ALL.iter().position(|set| *set == sets[number]).unwrap_or(0);
        let (_, output, count) = &mut outputs[place];
        output
            .append(&name, &bytes)
            .with_context(|| path.display().to_string())?;
        *count += 1;
    }
    let about = About {
        title: args.title.clone(),
        licence: args.licence.clone(),
        ..About::default()
    };
    let mut card = Output::file("README.md", &args.output.join("README.md"), args.force)?;
    card.append("README.md", counts.card(&about).as_bytes())?;
    for (set, output, count) in outputs {
        if count > 0 {
            output.finish()?;
        }
        tell(format_args!("{}: {count} documents", Path::new(set.as_str()).display()));
    }
    card.finish()?;
    Ok(Outcome::Done)
}
