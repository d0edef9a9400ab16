//! A character that makes no word with its neighbours, where one that looks like it makes a frequent one.
//!
//! The evidence is the ratio of two probabilities under the dictionary's frequencies of single words: that of the
//! swapped word against that of the words that are printed there. Names and rare words make the printed side small
//! without any error, so the ratio has to be large.

use super::shapes::{Likeness, look_alikes};
use super::{Doubt, Lexicon, Line, Reason, is_digit, is_han};

/// Words in the corpus that the frequencies are from.
const CORPUS: f64 = 6.0e7;

/// The longest word that is tried, in characters.
const LONGEST: usize = 5;

/// The least frequency of the word that is put in place.
const LEAST_FREQUENCY: usize = 50;

/// The logarithm of the least ratio that is evidence enough: for a character on its own that is alike at a glance with
/// the one put in its place, but for a part, and as a picture.
const LEAST_CLOSE: f64 = 4.5;
const LEAST_PART: f64 = 6.0;
const LEAST_DRAWN: f64 = 8.0;

/// The same for a character inside a word. The dictionary was made from texts with misprints, and has `自已` and `时侯`.
const LEAST_IN_WORD: f64 = 5.6;

pub(super) fn find(line: &Line, lexicon: &dyn Lexicon, found: &mut Vec<Doubt>) {
    find_days(line, found);
    let words = Words::of(line, lexicon);
    let mut free = 0;
    for token in 0..words.len() {
        let (from, to) = words.range(token, token);
        if from < free || to - from > LONGEST {
            continue;
        }
        let candidates = (from..to).flat_map(|at| words.candidates(lexicon, token, at));
        if let Some(best) = candidates.max_by(|a, b| a.ratio.total_cmp(&b.ratio)) {
            found.push(line.doubt(best.from, best.to, Reason::LookAlike, Some(best.word)));
            free = best.to;
        }
    }
}

/// The day of a date: `9月15曰`.
fn find_days(line: &Line, found: &mut Vec<Doubt>) {
    for (at, &c) in line.chars.iter().enumerate() {
        if !matches!(c, '曰' | '目') {
            continue;
        }
        let digits = line.chars[..at]
            .iter()
            .rev()
            .take(3)
            .take_while(|&&c| is_digit(c))
            .count();
        if (1..=2).contains(&digits) && line.before(at - digits) == Some('月') {
            found.push(line.doubt(at, at + 1, Reason::LookAlike, Some('日'.into())));
        }
    }
}

/// A word that another character would make.
struct Candidate {
    from: usize,
    to: usize,
    word: String,
    /// Logarithm of how much likelier it is than what is printed.
    ratio: f64,
}

/// The words that a line is read as.
struct Words<'a> {
    chars: &'a [char],
    /// Where each begins in the line, and the end of the last.
    edges: Vec<usize>,
    text: Vec<&'a str>,
}

impl<'a> Words<'a> {
    fn of(line: &Line<'a>, lexicon: &dyn Lexicon) -> Self {
        let text = lexicon.words(line.text);
        let mut edges = Vec::with_capacity(text.len() + 1);
        edges.push(0);
        let mut at = 0;
        for word in &text {
            at += word.chars().count();
            edges.push(at);
        }
        Self {
            chars: line.chars,
            edges,
            text,
        }
    }

    fn len(&self) -> usize {
        self.text.len()
    }

    /// The characters of the words from `first` to `last`.
    fn range(&self, first: usize, last: usize) -> (usize, usize) {
        (self.edges[first], self.edges[last + 1])
    }

    /// The words that another character at `at`, which lies in the word `token`, would make.
    fn candidates(&self, lexicon: &dyn Lexicon, token: usize, at: usize) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        let is_alone = self.range(token, token) == (at, at + 1);
        let reach = if is_alone { 2 } else { 1 };
        for swapped in look_alikes(self.chars[at]) {
            let least = match (is_alone, swapped.likeness) {
                (true, Likeness::Close) => LEAST_CLOSE,
                (true, Likeness::Part) => LEAST_PART,
                (true, Likeness::Drawn) => LEAST_DRAWN,
                (false, Likeness::Close) => LEAST_IN_WORD,
                (false, _) => continue,
            };
            for first in token.saturating_sub(reach)..=token {
                for last in token..(token + reach + 1).min(self.len()) {
                    let candidate = self.candidate(lexicon, (first, last), at, swapped.char);
                    candidates.extend(candidate.filter(|candidate| candidate.ratio >= least));
                }
            }
        }
        candidates
    }

    /// The word that the words from `first` to `last` make with `swapped` at `at`, if they make one.
    fn candidate(
        &self,
        lexicon: &dyn Lexicon,
        (first, last): (usize, usize),
        at: usize,
        swapped: char,
    ) -> Option<Candidate> {
        let (from, to) = self.range(first, last);
        if !(2..=LONGEST).contains(&(to - from)) || !self.chars[from..to].iter().all(|&c| is_han(c)) {
            return None;
        }
        let word: String = (from..to)
            .map(|i| if i == at { swapped } else { self.chars[i] })
            .collect();
        let frequency = lexicon
            .frequency(&word)
            .filter(|&frequency| frequency >= LEAST_FREQUENCY)?;
        let printed = self.text[first..=last]
            .iter()
            .map(|word| lexicon.frequency(word).unwrap_or(1));
        let ratio = probability(frequency).ln() - printed.map(|frequency| probability(frequency).ln()).sum::<f64>();
        Some(Candidate { from, to, word, ratio })
    }
}

/// Of a word with that frequency.
#[expect(clippy::cast_precision_loss, reason = "frequencies are far below 2^52")]
fn probability(frequency: usize) -> f64 {
    frequency.max(1) as f64 / CORPUS
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, check_clean};

    #[test]
    fn a_look_alike_that_makes_a_word_is_offered() {
        check(&[
            ("他把这件事留给自已去办。", "他把这件事留给[自已→自己]去办。"),
            ("关干下一步的安排", "[关干→关于]下一步的安排"),
            ("两名工作入员到了", "两名[工作入员→工作人员]到了"),
            ("他在侯车室等人", "他在[侯车室→候车室]等人"),
            ("那个时侯的侯选人", "那个[时侯→时候]的[侯选人→候选人]"),
            ("９月１５曰至9月17目", "９月１５[曰→日]至9月17[目→日]"),
            ("这个周未不放假", "这个[周未→周末]不放假"),
            ("群众安仝感和公女局", "群众[安仝感→安全感]和[公女局→公安局]"),
        ]);
    }

    #[test]
    fn words_and_names_are_left_alone() {
        check_clean(&[
            "他已经走了，自己去的。",
            "本人入场，入口在左。",
            "末代王朝的未来",
            "戊戌变法与戍边将士",
            "农历己巳年",
            "围棋九段胜3目",
        ]);
    }
}
