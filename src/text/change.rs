//! A change of a text as a value: it can be applied, undone, followed by another, and asked where a position went.

use serde::{Deserialize, Serialize};

use super::{CharIdx, CharRange, Text};

/// To which side a position holds where text is put in right at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assoc {
    /// It stays with the character before it.
    Before,
    /// It stays with the character after it.
    After,
}

/// One replacement, in positions of the text before the change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// Where it begins, in code points of the text before the change.
    pub at: CharIdx,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

impl Replacement {
    /// The replaced stretch in the text before the change.
    #[must_use]
    pub fn range(&self) -> CharRange {
        CharRange::new(self.at, self.at + CharIdx::count(&self.before))
    }

    /// How much longer it makes the text.
    pub(super) fn growth(&self) -> i64 {
        i64::from(CharIdx::count(&self.after).0) - i64::from(CharIdx::count(&self.before).0)
    }

    /// Takes away what `before` and `after` share at their ends; a replacement that changes nothing becomes empty.
    fn trimmed(mut self) -> Self {
        let same = |(a, b): &(char, char)| a == b;
        let head = self.before.chars().zip(self.after.chars()).take_while(same).count();
        let bytes: usize = self.before.chars().take(head).map(char::len_utf8).sum();
        self.before.drain(..bytes);
        self.after.drain(..bytes);
        self.at = self.at + head.into();
        let tail: usize = (self.before.chars().rev().zip(self.after.chars().rev()))
            .take_while(same)
            .map(|(c, _)| c.len_utf8())
            .sum();
        self.before.truncate(self.before.len() - tail);
        self.after.truncate(self.after.len() - tail);
        self
    }

    fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }
}

/// Replacements that are made together. Sorted, apart from each other by at least one character that stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChangeSet {
    replacements: Vec<Replacement>,
}

impl ChangeSet {
    /// One replacement: the characters in `range` of `text` by `with`.
    #[must_use]
    pub fn replace(text: &Text, range: CharRange, with: &str) -> Self {
        Self::new(vec![Replacement {
            at: range.start,
            before: text.slice(range).to_owned(),
            after: with.to_owned(),
        }])
    }

    /// Sorts the replacements, joins those that touch and drops those that change nothing. They must not overlap.
    #[must_use]
    pub fn new(mut replacements: Vec<Replacement>) -> Self {
        // What is put in where something else is taken out comes first.
        replacements.sort_by_key(|one| (one.at, one.before.len()));
        let mut joined: Vec<Replacement> = Vec::with_capacity(replacements.len());
        for next in replacements {
            match joined.last_mut() {
                Some(last) if last.range().end == next.at => {
                    last.before.push_str(&next.before);
                    last.after.push_str(&next.after);
                }
                _ => joined.push(next),
            }
        }
        let replacements = joined
            .into_iter()
            .map(Replacement::trimmed)
            .filter(|one| !one.is_empty())
            .collect();
        Self { replacements }
    }

    /// The replacements, in order.
    #[must_use]
    pub fn replacements(&self) -> &[Replacement] {
        &self.replacements
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.replacements.is_empty()
    }

    /// Whether `text` has what the change wants to replace.
    #[must_use]
    pub fn fits(&self, text: &Text) -> bool {
        let mut end = CharIdx(0);
        self.replacements.iter().all(|one| {
            let apart = one.at >= end && one.range().end <= text.len();
            end = one.range().end;
            apart && text.slice(one.range()) == one.before
        })
    }

    /// Makes the change. `text` must be the text that it was made for (see [`Self::fits`]).
    pub fn apply(&self, text: &mut Text) {
        debug_assert!(self.fits(text), "a change of another text");
        for one in self.replacements.iter().rev() {
            text.replace(one.range(), &one.after);
        }
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let mut growth = 0;
        let replacements = self
            .replacements
            .iter()
            .map(|one| {
                let at = one.at.offset(growth);
                growth += one.growth();
                Replacement {
                    at,
                    before: one.after.clone(),
                    after: one.before.clone(),
                }
            })
            .collect();
        Self { replacements }
    }

    /// Where a position of the old text is in the new one.
    ///
    /// The ends of a replaced stretch go to the ends of what replaces it; a position inside goes to its start or its
    /// end, and one at an insertion stays before it or moves behind it, as `assoc` says.
    #[must_use]
    pub fn map_pos(&self, at: CharIdx, assoc: Assoc) -> CharIdx {
        let mut growth = 0;
        for one in &self.replacements {
            let range = one.range();
            if at < range.start || (at == range.start && (assoc == Assoc::Before || !range.is_empty())) {
                break;
            }
            if at < range.end {
                return match assoc {
                    Assoc::Before => range.start.offset(growth),
                    Assoc::After => range.end.offset(growth + one.growth()),
                };
            }
            growth += one.growth();
        }
        at.offset(growth)
    }

    /// Where a tag on `range` is after the change: text put in right at one of its ends does not belong to it. Empty
    /// where all of its text is gone.
    #[must_use]
    pub fn map_range(&self, range: CharRange) -> CharRange {
        let start = self.map_pos(range.start, Assoc::After);
        let end = self.map_pos(range.end, Assoc::Before);
        CharRange {
            start,
            end: end.max(start),
        }
    }

    /// The stretches of a text of `len` characters that stay, each with its start in the new text.
    pub fn retained(&self, len: CharIdx) -> impl Iterator<Item = (CharRange, CharIdx)> + '_ {
        let mut growth = 0;
        let mut from = CharIdx(0);
        self.replacements
            .iter()
            .map(Some)
            .chain(std::iter::once(None))
            .filter_map(move |one| {
                let until = one.map_or(len, |one| one.at.min(len)).max(from);
                let kept = CharRange::new(from, until);
                let new = from.offset(growth);
                if let Some(one) = one {
                    from = one.range().end;
                    growth += one.growth();
                }
                (!kept.is_empty()).then_some((kept, new))
            })
    }

    /// This change, then `next` (which is made for the text that this one makes), as one.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let (mut ours, mut theirs) = (Units::new(self), Units::new(next));
        let mut result = Vec::new();
        let mut at = CharIdx(0);
        while !(ours.is_done() && theirs.is_done()) {
            match (ours.head(), theirs.head()) {
                (Unit::Delete(c), _) => {
                    result.push(Replacement {
                        at,
                        before: c.to_string(),
                        after: String::new(),
                    });
                    at.0 += 1;
                    ours.advance(1);
                }
                (_, Unit::Insert(c)) => {
                    result.push(Replacement {
                        at,
                        before: String::new(),
                        after: c.to_string(),
                    });
                    theirs.advance(1);
                }
                (Unit::Insert(c), Unit::Keep(_)) => {
                    result.push(Replacement {
                        at,
                        before: String::new(),
                        after: c.to_string(),
                    });
                    ours.advance(1);
                    theirs.advance(1);
                }
                (Unit::Insert(_), Unit::Delete(_)) => {
                    ours.advance(1);
                    theirs.advance(1);
                }
                (Unit::Keep(_), Unit::Delete(c)) => {
                    result.push(Replacement {
                        at,
                        before: c.to_string(),
                        after: String::new(),
                    });
                    at.0 += 1;
                    ours.advance(1);
                    theirs.advance(1);
                }
                (Unit::Keep(ours_left), Unit::Keep(theirs_left)) => {
                    let count = ours_left.min(theirs_left);
                    at.0 += count;
                    ours.advance(count);
                    theirs.advance(count);
                }
            }
        }
        Self::new(result)
    }
}

/// What a change does to the next character, or how many it keeps.
#[derive(Clone, Copy)]
enum Unit {
    Keep(u32),
    Delete(char),
    Insert(char),
}

/// A change as a walk over its text, one unit at a time; beyond the last replacement everything is kept.
struct Units {
    units: std::vec::IntoIter<Unit>,
    head: Option<Unit>,
}

impl Units {
    fn new(change: &ChangeSet) -> Self {
        let mut units = Vec::new();
        let mut from = CharIdx(0);
        for one in &change.replacements {
            units.push(Unit::Keep((one.at - from).0));
            units.extend(one.before.chars().map(Unit::Delete));
            units.extend(one.after.chars().map(Unit::Insert));
            from = one.range().end;
        }
        units.retain(|unit| !matches!(unit, Unit::Keep(0)));
        let mut units = units.into_iter();
        let head = units.next();
        Self { units, head }
    }

    fn is_done(&self) -> bool {
        self.head.is_none()
    }

    fn head(&self) -> Unit {
        self.head.unwrap_or(Unit::Keep(u32::MAX))
    }

    /// Goes past `count` kept characters, or past the one that is deleted or inserted.
    fn advance(&mut self, count: u32) {
        self.head = match self.head {
            Some(Unit::Keep(left)) if left > count => Some(Unit::Keep(left - count)),
            Some(_) => self.units.next(),
            None => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A change of `text` made of up to four replacements at arbitrary places.
    fn arbitrary_change(text: &str) -> impl Strategy<Value = ChangeSet> + use<> {
        let text = Text::from(text);
        let len = text.len().0;
        prop::collection::vec((0..=len, 0..4_u32, "[b勇🀄]{0,3}"), 0..4).prop_map(move |parts| {
            let mut replacements = Vec::new();
            let mut free = CharIdx(0);
            let mut parts = parts;
            parts.sort();
            for (at, delete, after) in parts {
                let start = CharIdx(at).max(free);
                let range = CharRange::new(start, CharIdx((start.0 + delete).min(text.len().0)).max(start));
                replacements.push(Replacement {
                    at: start,
                    before: text.slice(range).to_owned(),
                    after,
                });
                free = CharIdx(range.end.0 + 1).min(text.len());
                if free == text.len() {
                    break;
                }
            }
            ChangeSet::new(replacements)
        })
    }

    fn two_changes() -> impl Strategy<Value = (String, ChangeSet, ChangeSet)> {
        "[a罗𬱟😀]{0,12}"
            .prop_flat_map(|text| {
                let first = arbitrary_change(&text);
                (Just(text), first)
            })
            .prop_flat_map(|(text, first)| {
                let mut middle = Text::from(text.as_str());
                first.apply(&mut middle);
                let second = arbitrary_change(middle.as_str());
                (Just(text), Just(first), second)
            })
    }

    proptest! {
        #[test]
        fn the_inverse_takes_back((text, change, _) in two_changes()) {
            let mut buffer = Text::from(text.as_str());
            change.apply(&mut buffer);
            prop_assert!(change.inverse().fits(&buffer));
            change.inverse().apply(&mut buffer);
            prop_assert_eq!(buffer.as_str(), text);
        }

        #[test]
        fn two_as_one_do_the_same((text, first, second) in two_changes()) {
            let mut step_by_step = Text::from(text.as_str());
            first.apply(&mut step_by_step);
            second.apply(&mut step_by_step);
            let mut at_once = Text::from(text.as_str());
            let both = first.then(&second);
            prop_assert!(both.fits(&at_once), "{:?}", both);
            both.apply(&mut at_once);
            prop_assert_eq!(at_once.as_str(), step_by_step.as_str());
            prop_assert!(first.then(&first.inverse()).is_empty());
        }

        #[test]
        fn a_position_never_passes_another((text, change, _) in two_changes()) {
            let len = CharIdx::count(&text).0;
            for assoc in [Assoc::Before, Assoc::After] {
                let mapped: Vec<CharIdx> = (0..=len).map(|at| change.map_pos(CharIdx(at), assoc)).collect();
                prop_assert!(mapped.is_sorted(), "{:?}", mapped);
            }
            for at in 0..=len {
                let before = change.map_pos(CharIdx(at), Assoc::Before);
                prop_assert!(before <= change.map_pos(CharIdx(at), Assoc::After));
            }
        }

        #[test]
        fn what_stays_is_the_same_text((text, change, _) in two_changes()) {
            let old = Text::from(text.as_str());
            let mut new = old.clone();
            change.apply(&mut new);
            for (range, start) in change.retained(old.len()) {
                let there = CharRange::new(start, CharIdx(start.0 + range.len()));
                prop_assert_eq!(old.slice(range), new.slice(there));
            }
        }
    }

    #[test]
    fn a_tag_keeps_its_own_text() {
        let text = Text::from("记者罗永说");
        let tag = CharRange::of(2, 4);
        let check = |range: CharRange, with: &str| {
            let change = ChangeSet::replace(&text, range, with);
            let mut new = text.clone();
            change.apply(&mut new);
            new.slice(change.map_range(tag)).to_owned()
        };
        assert_eq!(check(CharRange::of(3, 4), "勇"), "罗勇");
        assert_eq!(check(CharRange::of(2, 4), "张三"), "张三");
        assert_eq!(check(CharRange::of(2, 2), "长"), "罗永");
        assert_eq!(check(CharRange::of(4, 4), "长"), "罗永");
        assert_eq!(check(CharRange::of(1, 3), ""), "永");
        assert_eq!(check(CharRange::of(3, 5), "某"), "罗");
        assert_eq!(check(CharRange::of(1, 5), ""), "");
    }
}
