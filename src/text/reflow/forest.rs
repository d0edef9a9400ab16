//! Trees that correct what the evidence adds up to, by what it means together.
//!
//! Each piece of evidence weighs the same wherever it is seen. The trees see what that cannot tell: that a short line
//! without a mark is a heading above prose, and a row of a list among other short lines. Each tree compares measures
//! (`measures.rs`) one after the other and ends with a log-odds, positive for a break; all are added up. They were
//! fitted on top of the evidence (`assets/reflow`) and see no words.

use std::str::SplitAsciiWhitespace;
use std::sync::LazyLock;

/// The trees in prefix order, one a line: `MEASURE:MOST` and the tree for what is at most that and the tree for what is
/// more; or a log-odds. Lines that begin with `#` name the measures.
const TREES: &str = include_str!("forest.txt");

static FOREST: LazyLock<Forest> = LazyLock::new(|| Forest::of(TREES));

/// What the trees say of a line end with these measures, in the order of [`super::measures::names`].
pub(super) fn correction(measures: &[i16]) -> f32 {
    FOREST.correction(measures)
}

struct Forest {
    nodes: Vec<Node>,
    roots: Vec<usize>,
}

#[derive(Clone, Copy)]
enum Node {
    Split {
        measure: u16,
        most: i16,
        /// How many nodes after this one the tree for more begins; the one for at most that is the next.
        more: u16,
    },
    Leaf(f32),
}

impl Forest {
    fn of(text: &str) -> Self {
        let mut forest = Self {
            nodes: Vec::new(),
            roots: Vec::new(),
        };
        for row in text.lines().filter(|row| !row.starts_with('#')) {
            forest.roots.push(forest.nodes.len());
            forest.grow(&mut row.split_ascii_whitespace());
        }
        forest
    }

    fn grow(&mut self, rest: &mut SplitAsciiWhitespace) {
        let word = rest.next().unwrap_or_default();
        let split = word.split_once(':');
        let split = split.and_then(|(measure, most)| Some((measure.parse().ok()?, most.parse().ok()?)));
        let Some((measure, most)) = split else {
            self.nodes.push(Node::Leaf(word.parse().unwrap_or_default()));
            return;
        };
        let own = self.nodes.len();
        self.nodes.push(Node::Leaf(0.0));
        self.grow(rest);
        let more = u16::try_from(self.nodes.len() - own).unwrap_or_default();
        self.nodes[own] = Node::Split { measure, most, more };
        self.grow(rest);
    }

    fn correction(&self, measures: &[i16]) -> f32 {
        self.roots.iter().map(|&root| self.leaf(root, measures)).sum()
    }

    fn leaf(&self, root: usize, measures: &[i16]) -> f32 {
        let mut at = root;
        loop {
            match self.nodes[at] {
                Node::Leaf(odds) => return odds,
                Node::Split { measure, most, more } => {
                    let is_more = measures
                        .get(usize::from(measure))
                        .is_some_and(|&measured| measured > most);
                    at += if is_more { usize::from(more) } else { 1 };
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::reflow::measures;

    /// Fitted on other measures the trees would compare the wrong ones.
    #[test]
    fn the_trees_were_fitted_on_these_measures() {
        let named: Vec<&str> = TREES.lines().filter_map(|row| row.strip_prefix("# ")).collect();
        assert_eq!(named, measures::names());
    }

    #[test]
    fn each_row_is_one_whole_tree() {
        for row in TREES.lines().filter(|row| !row.starts_with('#')) {
            let (mut wanted, mut most_measure) = (1, 0);
            for word in row.split_ascii_whitespace() {
                assert!(wanted > 0, "{row}");
                match word.split_once(':') {
                    Some((measure, most)) => {
                        most_measure = most_measure.max(measure.parse::<usize>().unwrap());
                        most.parse::<i16>().unwrap();
                        wanted += 1;
                    }
                    None => {
                        word.parse::<f32>().unwrap();
                        wanted -= 1;
                    }
                }
            }
            assert_eq!(wanted, 0, "{row}");
            assert!(most_measure < measures::names().len());
        }
    }

    #[test]
    fn a_tree_leads_to_one_of_its_ends() {
        let forest = Forest::of("# width\n0:3 1:-1 -0.5 1 2.25\n0.25\n");
        for (measures, expected) in [([3, -1], -0.25), ([3, 0], 1.25), ([4, -1], 2.5)] {
            assert_eq!(forest.correction(&measures), expected);
        }
    }
}
