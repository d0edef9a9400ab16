//! Places where the text is probably not what was printed, and where the editor is among them.

use std::sync::Arc;

use crate::annot::Document;
use crate::annot::dismissal::Dismissal;
use crate::text::doubt::Doubt;
use crate::text::{ChangeSet, CharIdx, CharRange, Text};

/// Characters on either side by which a dismissed place is known again.
const AROUND: u32 = 3;

/// The doubts of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DoubtList {
    /// The doubts that the editor has not dismissed, in order, but for blocks that were set aside.
    pub all: Arc<Vec<Doubt>>,
    /// The one being looked at, with its card.
    pub current: Option<CharRange>,
    /// The revision of the text that was last read for doubts; `None` before the first.
    pub revision: Option<u64>,
    /// Whether a worker is reading.
    pub is_due: bool,
    /// Those that were dismissed or set aside as well.
    found: Vec<Doubt>,
    /// What was dismissed when `all` was made.
    dismissed: Vec<Dismissal>,
    /// The blocks that were set aside then.
    set_aside: Vec<CharRange>,
    /// For which revision of the document that was looked at.
    looked_at: Option<u64>,
}

impl DoubtList {
    /// Takes in what was found in the document's text.
    pub fn replace(&mut self, found: Vec<Doubt>, document: &Document, revision: u64) {
        self.found = found;
        self.revision = Some(revision);
        self.sift(document);
    }

    /// Forgets what was found in a text that is no more.
    pub fn clear(&mut self) {
        self.found = Vec::new();
        self.all = Arc::default();
        self.current = None;
    }

    /// Leaves out what the editor has dismissed or set aside, where that has changed with this revision of the document.
    pub fn sift_anew(&mut self, document: &Document, revision: u64) {
        if self.looked_at.replace(revision) == Some(revision) {
            return;
        }
        if self.dismissed != document.dismissals() || self.set_aside != set_aside(document) {
            self.sift(document);
        }
    }

    fn sift(&mut self, document: &Document) {
        self.dismissed = document.dismissals().to_vec();
        self.set_aside = set_aside(document);
        let is_dismissed = |doubt: &Doubt| {
            let wanted = dismissal(doubt, document.text());
            self.dismissed.iter().any(|known| known.is_same(&wanted))
        };
        let is_open = |doubt: &&Doubt| {
            !document.is_set_aside(doubt.range.start) && (self.dismissed.is_empty() || !is_dismissed(doubt))
        };
        let open: Vec<Doubt> = self.found.iter().filter(is_open).cloned().collect();
        self.all = Arc::new(open);
        self.current = self.current.filter(|&range| self.get(range).is_some());
    }

    /// The doubt on just these characters.
    #[must_use]
    pub fn get(&self, range: CharRange) -> Option<&Doubt> {
        let place = self.all.partition_point(|doubt| doubt.range.start < range.start);
        self.all.get(place).filter(|doubt| doubt.range == range)
    }

    /// Which of how many the current one is, from 1; `None` while none is looked at.
    #[must_use]
    pub fn place(&self) -> Option<(usize, usize)> {
        let current = self.current?;
        let place = self.all.partition_point(|doubt| doubt.range.start < current.start);
        Some((place + 1, self.all.len()))
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
        if self.found.is_empty() {
            return;
        }
        let moved = |doubts: &[Doubt]| -> Vec<Doubt> {
            let left = doubts.iter().filter(|doubt| !touches(change, doubt.range));
            left.map(|doubt| Doubt {
                range: change.map_range(doubt.range),
                ..doubt.clone()
            })
            .collect()
        };
        self.found = moved(&self.found);
        self.all = Arc::new(moved(&self.all));
        self.current = self.current.map(|range| change.map_range(range));
        self.current = self.current.filter(|&range| self.get(range).is_some());
    }
}

/// The blocks that were set aside.
fn set_aside(document: &Document) -> Vec<CharRange> {
    let blocks = document.blocks().iter().filter(|block| block.mark.dropped);
    blocks.map(|block| block.range).collect()
}

fn touches(change: &ChangeSet, range: CharRange) -> bool {
    let mut replaced = change.replacements().iter();
    replaced.any(|one| one.at < range.end && range.start < one.range().end)
}

/// What puts a doubt away: why, and the characters with their neighbours in the line, so that the same characters
/// elsewhere are doubted still.
#[must_use]
pub fn dismissal(doubt: &Doubt, text: &Text) -> Dismissal {
    let start = CharIdx(doubt.range.start.0.saturating_sub(AROUND));
    let before = text.slice(CharRange::new(start, doubt.range.start));
    let after = text.slice(CharRange::new(doubt.range.end, CharIdx(doubt.range.end.0 + AROUND)));
    let before = before.rsplit('\n').next().unwrap_or_default();
    let after = after.split('\n').next().unwrap_or_default();
    Dismissal {
        check: doubt.reason.as_str().to_owned(),
        texts: vec![format!("{before}{}{after}", text.slice(doubt.range))],
        ..Dismissal::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::Edit;
    use crate::annot::document::Parts;
    use crate::text::doubt::Reason;

    const TEXT: &str = "自已的事情自已办。\n自已的事情自已办！";

    fn document(text: &str) -> Document {
        Document::new(Parts {
            text: Text::from(text),
            ..Parts::default()
        })
    }

    fn list(ranges: &[(usize, usize)]) -> DoubtList {
        let mut list = DoubtList::default();
        list.replace(doubts(ranges), &document(TEXT), 1);
        list
    }

    fn doubts(ranges: &[(usize, usize)]) -> Vec<Doubt> {
        let all = ranges.iter().map(|&(start, end)| Doubt {
            range: CharRange::of(start, end),
            reason: Reason::LookAlike,
            fix: None,
        });
        all.collect()
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
        assert_eq!(list.place(), Some((1, 2)));
        assert_eq!(list.step(CharIdx(0), true), Some(CharRange::of(6, 8)));
        assert_eq!(list.step(CharIdx(0), false), Some(CharRange::of(6, 8)));
        list.current = Some(CharRange::of(6, 8));
        assert_eq!(list.place(), Some((2, 2)));
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
    fn what_was_dismissed_stays_away_where_it_stands() {
        let mut document = document(TEXT);
        let places = [(0, 2), (5, 7), (10, 12), (15, 17)];
        let mut list = list(&places);
        let dismissals = [1, 2].map(|number: usize| dismissal(&list.all[number], document.text()));
        assert_eq!(dismissals[0].texts, ["的事情自已办。"]);
        assert_eq!(dismissals[1].texts, ["自已的事情"]);
        let back = document.apply(&Edit::Dismissals(dismissals[..1].to_vec())).unwrap();
        list.sift_anew(&document, 1);
        assert_eq!(ranges(&list), [(0, 2), (10, 12), (15, 17)]);
        // When the text is read again too.
        list.replace(doubts(&places), &document, 2);
        assert_eq!(ranges(&list), [(0, 2), (10, 12), (15, 17)]);
        document.apply(&back).unwrap();
        list.sift_anew(&document, 2);
        assert_eq!(ranges(&list).len(), 4);
    }

    #[test]
    fn what_stands_in_a_block_that_was_set_aside_is_not_doubted() {
        let mut document = document(TEXT);
        let mut list = list(&[(0, 2), (5, 7), (10, 12)]);
        list.current = Some(CharRange::of(0, 2));
        let mut mark = document.blocks()[0].mark;
        mark.dropped = true;
        let back = document.apply(&Edit::Blocks(vec![(0, mark)])).unwrap();
        list.sift_anew(&document, 1);
        assert_eq!((ranges(&list), list.current), (vec![(10, 12)], None));
        document.apply(&back).unwrap();
        list.sift_anew(&document, 2);
        assert_eq!(ranges(&list).len(), 3);
    }
}
