//! Documents dealt into training, development and test sets.
//!
//! Whole documents are dealt, since sentences of one article know each other; texts that are the same go together, or the
//! test would be learnt. Rare labels are looked after first, so that each set has its share of every label (iterative
//! stratification after Sechidis et al. 2011). The same documents with the same seed are dealt the same way in every version.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::annot::{Document, LabelId, Status};
use crate::text::hash::sha256_hex;

/// A set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Split {
    /// To learn from.
    Train,
    /// To tune with.
    Dev,
    /// To judge by.
    Test,
}

impl Split {
    /// All of them, as they are named in files.
    pub const ALL: [Self; 3] = [Self::Train, Self::Dev, Self::Test];

    /// Its name, as a file or a folder has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Dev => "dev",
            Self::Test => "test",
        }
    }
}

/// How to deal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SplitOptions {
    /// How much goes into each of [`Split::ALL`]; only how they compare counts.
    pub shares: [f64; 3],
    /// What chance begins from.
    pub seed: u64,
}

impl Default for SplitOptions {
    fn default() -> Self {
        Self {
            shares: [0.8, 0.1, 0.1],
            seed: 1,
        }
    }
}

/// What counts when documents are dealt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dealt {
    /// Equal for texts that are the same.
    pub text: String,
    /// How many tags it has of each label.
    pub labels: BTreeMap<LabelId, usize>,
}

impl Dealt {
    /// A document by its reading text, white space aside, and its accepted tags.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let accepted = (document.spans().iter()).filter(|span| span.mark.status == Status::Accepted);
        Self::new(document.text().as_str(), accepted.map(|span| &span.mark.label))
    }

    /// A document by its text, white space aside, and the labels of its tags. Of the text a hash is kept: many documents
    /// need little memory.
    #[must_use]
    pub fn new<'a>(text: &str, tags: impl Iterator<Item = &'a LabelId>) -> Self {
        let mut labels = BTreeMap::new();
        for label in tags {
            *labels.entry(label.clone()).or_default() += 1;
        }
        let words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        Self {
            text: sha256_hex(words.as_bytes()),
            labels,
        }
    }
}

/// The set of each document; `None` for one that says what an earlier one says already, unless those go out too.
#[must_use]
pub fn deal(documents: &[Dealt], options: &SplitOptions, with_duplicates: bool) -> Vec<Option<Split>> {
    let mut sets: Vec<Option<Split>> = split(documents, options).into_iter().map(Some).collect();
    if !with_duplicates {
        for (again, _) in duplicates(documents) {
            sets[again] = None;
        }
    }
    sets
}

/// The numbers of the documents that say what an earlier one says already, with the number of that one.
#[must_use]
pub fn duplicates(documents: &[Dealt]) -> Vec<(usize, usize)> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut duplicates = Vec::new();
    for (number, document) in documents.iter().enumerate() {
        let first = *first.entry(&document.text).or_insert(number);
        if first != number {
            duplicates.push((number, first));
        }
    }
    duplicates
}

/// The set of each document.
#[must_use]
pub fn split(documents: &[Dealt], options: &SplitOptions) -> Vec<Split> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (number, document) in documents.iter().enumerate() {
        let group = *known.entry(&document.text).or_insert(groups.len());
        if group == groups.len() {
            groups.push(Group::default());
        }
        groups[group].documents.push(number);
        for (label, count) in &document.labels {
            *groups[group].labels.entry(label).or_default() += count;
        }
    }
    Random(options.seed).shuffle(&mut groups);
    let mut sets = Sets::new(documents, options.shares);
    let mut splits = vec![Split::Train; documents.len()];
    // The label with the fewest tags that are left, and of its documents those with the most of it, go first.
    while let Some(label) = rarest(&groups) {
        let (mut having, rest): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|group| label.is_none_or(|label| group.labels.contains_key(label)));
        having.sort_by_key(|group| Reverse(label.and_then(|label| group.labels.get(label).copied())));
        for group in having {
            let split = sets.neediest(label);
            sets.put(&group, split);
            for number in group.documents {
                splits[number] = Split::ALL[split];
            }
        }
        groups = rest;
    }
    splits
}

/// Documents with the same text.
#[derive(Default)]
struct Group<'a> {
    documents: Vec<usize>,
    labels: BTreeMap<&'a LabelId, usize>,
}

/// The label with the fewest tags in these groups; `Some(None)` where none has a tag, and `None` where there are none.
fn rarest<'a>(groups: &[Group<'a>]) -> Option<Option<&'a LabelId>> {
    let mut counts: BTreeMap<&LabelId, usize> = BTreeMap::new();
    for (label, count) in groups.iter().flat_map(|group| &group.labels) {
        *counts.entry(label).or_default() += count;
    }
    let rarest = counts
        .into_iter()
        .min_by_key(|(_, count)| *count)
        .map(|(label, _)| label);
    (!groups.is_empty()).then_some(rarest)
}

/// What each set still wants.
struct Sets<'a> {
    shares: [f64; 3],
    documents: [f64; 3],
    labels: BTreeMap<&'a LabelId, [f64; 3]>,
}

impl<'a> Sets<'a> {
    fn new(documents: &'a [Dealt], shares: [f64; 3]) -> Self {
        let shares = shares.map(|share| if share.is_finite() { share.max(0.0) } else { 0.0 });
        let whole: f64 = shares.iter().sum();
        let shares = if whole > 0.0 {
            shares.map(|share| share / whole)
        } else {
            [1.0, 0.0, 0.0]
        };
        let mut counts: BTreeMap<&LabelId, usize> = BTreeMap::new();
        for (label, count) in documents.iter().flat_map(|document| &document.labels) {
            *counts.entry(label).or_default() += count;
        }
        let wanted = |count: usize| shares.map(|share| share * number(count));
        Self {
            shares,
            documents: wanted(documents.len()),
            labels: counts
                .into_iter()
                .map(|(label, count)| (label, wanted(count)))
                .collect(),
        }
    }

    /// The set that wants most of a label, for its share, so that all fill at one pace; of those that want the same, the
    /// one that wants most documents.
    fn neediest(&self, label: Option<&LabelId>) -> usize {
        let of_label = label.and_then(|label| self.labels.get(label));
        let wants = |set: usize| {
            let for_share = |wanted: &[f64; 3]| match self.shares[set] > 0.0 {
                true => wanted[set] / self.shares[set],
                false => f64::NEG_INFINITY,
            };
            (of_label.map_or(0.0, for_share), for_share(&self.documents))
        };
        let mut neediest = 0;
        for set in 1..Split::ALL.len() {
            if wants(set) > wants(neediest) {
                neediest = set;
            }
        }
        neediest
    }

    fn put(&mut self, group: &Group<'a>, set: usize) {
        self.documents[set] -= number(group.documents.len());
        for (label, count) in &group.labels {
            if let Some(wanted) = self.labels.get_mut(label) {
                wanted[set] -= number(*count);
            }
        }
    }
}

/// A count to reckon with: no set has so many that a double would not hold them.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// SplitMix64 (Steele, Lea and Flood 2014): its numbers are the same for ever, which those of a library need not be.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0. What the remainder prefers is less than one in 2⁴⁰ for any list that fits
    /// in memory.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }

    /// Fisher and Yates.
    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dealt(text: String, labels: &[(&str, usize)]) -> Dealt {
        Dealt {
            text,
            labels: labels.iter().map(|(label, count)| ((*label).into(), *count)).collect(),
        }
    }

    /// Hundred documents, of which every tenth has the rare label.
    fn documents() -> Vec<Dealt> {
        let one = |number: usize| {
            let rare = usize::from(number.is_multiple_of(10));
            dealt(format!("第{number}篇"), &[("person", 1 + number % 4), ("place", rare)])
        };
        let mut documents: Vec<Dealt> = (0..100).map(one).collect();
        for document in &mut documents {
            document.labels.retain(|_, count| *count > 0);
        }
        documents
    }

    fn count(splits: &[Split], split: Split) -> usize {
        splits.iter().filter(|found| **found == split).count()
    }

    /// The first numbers of the published generator for the seed 1234567.
    #[test]
    fn chance_is_the_same_for_ever() {
        let mut random = Random(1_234_567);
        let numbers = [random.next(), random.next(), random.next()];
        assert_eq!(
            numbers,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn each_set_has_its_share_of_every_label() {
        let documents = documents();
        let splits = split(&documents, &SplitOptions::default());
        let sizes = Split::ALL.map(|one| count(&splits, one));
        assert!(
            sizes[0].abs_diff(80) <= 3 && sizes[1].abs_diff(10) <= 2 && sizes[2].abs_diff(10) <= 2,
            "{sizes:?}"
        );
        for (label, whole) in [("person", 250), ("place", 10)] {
            let of = |split: Split| {
                let having = documents.iter().zip(&splits).filter(|(_, found)| **found == split);
                let counts = having.filter_map(|(document, _)| document.labels.get(&label.into()));
                counts.sum::<usize>()
            };
            let counts = Split::ALL.map(of);
            assert_eq!(counts.iter().sum::<usize>(), whole);
            assert!(
                counts[1].abs_diff(whole / 10) <= 2 && counts[2].abs_diff(whole / 10) <= 2,
                "{label}: {counts:?}"
            );
        }
    }

    #[test]
    fn the_seed_decides() {
        let documents = documents();
        let with = |seed| {
            split(
                &documents,
                &SplitOptions {
                    seed,
                    ..SplitOptions::default()
                },
            )
        };
        assert_eq!(with(1), with(1));
        assert_ne!(with(1), with(2));
    }

    #[test]
    fn the_same_text_is_in_one_set() {
        let mut documents = documents();
        documents.extend(documents.clone());
        assert_eq!(
            duplicates(&documents),
            (0..100).map(|number| (number + 100, number)).collect::<Vec<_>>()
        );
        let splits = split(&documents, &SplitOptions::default());
        assert_eq!(splits[..100], splits[100..]);
        let dealt = deal(&documents, &SplitOptions::default(), false);
        assert!(dealt[..100].iter().all(Option::is_some) && dealt[100..].iter().all(Option::is_none));
    }

    #[test]
    fn odd_shares_and_few_documents_are_dealt() {
        let none = SplitOptions {
            shares: [0.0, f64::NAN, -1.0],
            seed: 1,
        };
        let one = [dealt("甲".into(), &[])];
        assert_eq!(split(&one, &none), [Split::Train]);
        assert!(split(&[], &SplitOptions::default()).is_empty());
        let half = SplitOptions {
            shares: [1.0, 0.0, 1.0],
            seed: 7,
        };
        let splits = split(&documents(), &half);
        assert_eq!(count(&splits, Split::Dev), 0);
        assert!(count(&splits, Split::Test).abs_diff(50) <= 2);
    }
}
