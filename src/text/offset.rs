//! Positions in a text, one type a unit, so that code points and bytes cannot be mixed up.

use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// A position or a length in Unicode code points (scalar values): the unit of the saved file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CharIdx(pub u32);

/// A position or a length in UTF-8 bytes: the unit in which Rust slices a string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteIdx(pub u32);

impl CharIdx {
    /// The position as an index into a slice of characters.
    #[must_use]
    pub fn to_usize(self) -> usize {
        self.0 as usize
    }

    /// The position `count` characters further, or less far where `count` is negative; never below zero.
    #[must_use]
    pub fn offset(self, count: i64) -> Self {
        Self(u32::try_from((i64::from(self.0) + count).max(0)).unwrap_or(u32::MAX))
    }

    /// How many characters `text` has.
    #[must_use]
    pub fn count(text: &str) -> Self {
        Self::from(text.chars().count())
    }
}

impl From<usize> for CharIdx {
    /// Texts are limited to `u32::MAX` characters where they are opened, so this never saturates for a position in one.
    fn from(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

impl Add for CharIdx {
    type Output = Self;
    fn add(self, rhs: Self) -> Self {
        Self(self.0 + rhs.0)
    }
}

impl Sub for CharIdx {
    type Output = Self;
    fn sub(self, rhs: Self) -> Self {
        Self(self.0 - rhs.0)
    }
}

impl ByteIdx {
    /// The position as an index for slicing.
    #[must_use]
    pub fn to_usize(self) -> usize {
        self.0 as usize
    }
}

impl From<usize> for ByteIdx {
    fn from(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A stretch of text in code points, `end` exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct CharRange {
    /// The first character.
    pub start: CharIdx,
    /// One past the last character.
    pub end: CharIdx,
}

impl CharRange {
    /// The range from `start` up to `end`, in either order.
    #[must_use]
    pub fn new(start: CharIdx, end: CharIdx) -> Self {
        Self {
            start: start.min(end),
            end: start.max(end),
        }
    }

    /// The range from `start` up to `end` given as plain numbers of code points.
    #[must_use]
    pub fn of(start: usize, end: usize) -> Self {
        Self::new(start.into(), end.into())
    }

    /// How many characters it holds.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end.0 - self.start.0
    }

    /// Whether it holds no character.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the character at `at` lies in it.
    #[must_use]
    pub fn contains(self, at: CharIdx) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether all of `other` lies in it.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a character.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The characters that both hold, if any.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }

    /// The range moved by `count` characters.
    #[must_use]
    pub fn shifted(self, count: i64) -> Self {
        Self {
            start: self.start.offset(count),
            end: self.end.offset(count),
        }
    }
}

impl From<(u32, u32)> for CharRange {
    fn from((start, end): (u32, u32)) -> Self {
        Self::new(CharIdx(start), CharIdx(end))
    }
}

impl From<CharRange> for (u32, u32) {
    fn from(range: CharRange) -> Self {
        (range.start.0, range.end.0)
    }
}
