//! Places where the text is probably not what was printed, and where the editor is among them.

use std::collections::HashSet;
use std::sync::Arc;

use crate::annot::dismissal::Dismissal;
use crate::text::doubt::{Doubt, Reason};
use crate::text::{ChangeSet, CharIdx, CharRange, Text};

/// Characters on either side by which a dismissed place is known again.
const AROUND: u32 = 3;

/// The doubts of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DoubtList {
    /// The doubts that the editor has not dismissed, in order.
    pub all: Arc<Vec<Doubt>>,
    /// The one being looked at, with its card.
    pub current: Option<CharRange>,
    /// The revision of the text that was last read for doubts; `None` before the first.
    pub revision: Option<u64>,
    /// Whether a worker is reading.
    pub is_due: bool,
    /// How many the editor has dismissed.
    pub put_away: usize,
}

impl DoubtList {
    /// Takes in what was found in `text`, but for what was dismissed.
    pub fn replace(&mut self, found: Vec<Doubt>, text: &Text, dismissals: &[Dismissal], revision: u64) {
        let dismissed: HashSet<(&str, &str)> = dismissals
            .iter()
            .filter_map(|one| Some((one.check.as_str(), one.texts.first()?.as_str())))
            .collect();
        let mut found = found;
        let before = found.len();
        found.retain(|doubt| !dismissed.contains(&(check_name(doubt.reason), around(doubt, text))));
        self.put_away = before - found.len();
        self.all = Arc::new(found);
        self.revision = Some(revision);
        self.current = self.current.filter(|&range| self.get(range).is_some());
    }

    /// The doubt on just these characters.
    #[must_use]
    pub fn get(&self, range: CharRange) -> Option<&Doubt> {
        let place = self.all.partition_point(|doubt| doubt.range.start < range.start);
        self.all.get(place).filter(|doubt| doubt.range == range)
    }

    /// The doubts in `range`, in order.
    pub fn within(&self, range: CharRange) -> impl Iterator<Item = &Doubt> {
        let first = self.all.partition_point(|doubt| doubt.range.end <= range.start);
        self.all[first..]
            .iter()
            .take_while(move |doubt| doubt.range.start < range.end)
    }

    /// The next doubt behind the current one or else behind `at`, or the one before; around the end.
    #[must_use]
    pub fn step(&self, at: CharIdx, is_forward: bool) -> Option<CharRange> {
        let from = self.current.map_or(at, |current| current.start);
        let place = if is_forward {
            let skipped = u32::from(self.current.is_some());
            let next = self
                .all
                .partition_point(|doubt| doubt.range.start < CharIdx(from.0 + skipped));
            next % self.all.len().max(1)
        } else {
            let before = self.all.partition_point(|doubt| doubt.range.start < from);
            before.checked_sub(1).unwrap_or(self.all.len().saturating_sub(1))
        };
        self.all.get(place).map(|doubt| doubt.range)
    }

    /// Moves the doubts with a change of the text until it has been read again; those that it touches are gone.
    pub fn follow(&mut self, change: &ChangeSet) {
        if self.all.is_empty() {
            return;
        }
        let touches = |range: CharRange| {
            let mut replaced = change.replacements().iter();
            replaced.any(|one| one.at < range.end && range.start < one.range().end)
        };
        let left = self.all.iter().filter(|doubt| !touches(doubt.range));
        let moved = left.map(|doubt| Doubt {
            range: change.map_range(doubt.range),
            ..doubt.clone()
        });
        self.all = Arc::new(moved.collect());
        self.current = self.current.map(|range| change.map_range(range));
        self.current = self.current.filter(|&range| self.get(range).is_some());
    }

    /// Takes a doubt away, for which its dismissal is kept in the document.
    pub fn take_away(&mut self, range: CharRange) {
        let left = self.all.iter().filter(|doubt| doubt.range != range);
        self.all = Arc::new(left.cloned().collect());
        self.put_away += 1;
        self.current = self.current.filter(|&current| current != range);
    }
}

/// What dismisses a doubt: its reason, and what stands there with its neighbours.
#[must_use]
pub fn dismissal(doubt: &Doubt, text: &Text) -> Dismissal {
    Dismissal {
        check: check_name(doubt.reason).to_owned(),
        texts: vec![around(doubt, text).to_owned()],
        ..Dismissal::default()
    }
}

/// The reason's name in the saved file.
fn check_name(reason: Reason) -> &'static str {
    match reason {
        Reason::LookAlike => "look_alike",
        Reason::Radical => "radical",
        Reason::LetterInNumber => "letter_in_number",
        Reason::DigitInWord => "digit_in_word",
        Reason::ImpossibleMarks => "impossible_marks",
        Reason::HalfWidthMark => "half_width_mark",
        Reason::BrokenNumber => "broken_number",
        Reason::UnpairedMark => "unpaired_mark",
    }
}

fn around<'t>(doubt: &Doubt, text: &'t Text) -> &'t str {
    let start = CharIdx(doubt.range.start.0.saturating_sub(AROUND));
    let end = CharIdx(doubt.range.end.0 + AROUND);
    text.slice(CharRange::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(ranges: &[(usize, usize)]) -> DoubtList {
        let all = ranges.iter().map(|&(start, end)| Doubt {
            range: CharRange::of(start, end),
            reason: Reason::LookAlike,
            fix: None,
        });
        DoubtList {
            all: Arc::new(all.collect()),
            ..DoubtList::default()
        }
    }

    fn ranges(list: &DoubtList) -> Vec<(u32, u32)> {
        list.all.iter().map(|doubt| doubt.range.into()).collect()
    }

    #[test]
    fn one_walks_around_the_end() {
        let mut list = list(&[(2, 3), (6, 8)]);
        assert_eq!(list.step(CharIdx(0), true), Some(CharRange::of(2, 3)));
        assert_eq!(list.step(CharIdx(2), true), Some(CharRange::of(2, 3)));
        list.current = Some(CharRange::of(2, 3));
        assert_eq!(list.step(CharIdx(0), true), Some(CharRange::of(6, 8)));
        assert_eq!(list.step(CharIdx(0), false), Some(CharRange::of(6, 8)));
        list.current = Some(CharRange::of(6, 8));
        assert_eq!(list.step(CharIdx(0), true), Some(CharRange::of(2, 3)));
        assert_eq!(DoubtList::default().step(CharIdx(0), true), None);
        assert_eq!(DoubtList::default().step(CharIdx(0), false), None);
    }

    #[test]
    fn a_change_moves_the_later_ones_and_takes_those_that_it_touches() {
        let text = Text::from("自已的事情自已办。");
        let mut list = list(&[(0, 2), (5, 7)]);
        list.follow(&ChangeSet::replace(&text, CharRange::of(1, 2), "己"));
        assert_eq!(ranges(&list), [(5, 7)]);
        list.follow(&ChangeSet::replace(&text, CharRange::of(0, 0), "我的"));
        assert_eq!(ranges(&list), [(7, 9)]);
    }

    #[test]
    fn what_was_dismissed_stays_away() {
        let text = Text::from("自已的事情自已办。");
        let mut list = list(&[(0, 2), (5, 7)]);
        let all = Vec::clone(&list.all);
        let dismissed = [dismissal(&all[0], &text)];
        list.take_away(CharRange::of(0, 2));
        assert_eq!((ranges(&list), list.put_away), (vec![(5, 7)], 1));
        list.replace(all.clone(), &text, &dismissed, 1);
        assert_eq!((ranges(&list), list.put_away), (vec![(5, 7)], 1));
        list.replace(all, &text, &[], 2);
        assert_eq!((ranges(&list), list.put_away), (vec![(0, 2), (5, 7)], 0));
    }
}
