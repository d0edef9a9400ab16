//! Positions in UTF-16 code units, for the formats that count so.

use crate::text::{CharIdx, CharRange};

/// Turns code points of one text into UTF-16 units and back.
#[derive(Clone, Debug, Default)]
pub struct Utf16 {
    /// The positions of the astral characters, in code points. Each counts two units.
    astral: Vec<u32>,
}

impl Utf16 {
    /// Reads through the text once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let is_astral = |c: char| c.len_utf16() == 2;
        let astral = (0..).zip(text.chars()).filter(|(_, c)| is_astral(*c)).map(|(at, _)| at);
        Self {
            astral: astral.collect(),
        }
    }

    /// The position of a code point in UTF-16 units.
    #[must_use]
    pub fn units(&self, at: CharIdx) -> u32 {
        let before = self.astral.partition_point(|&astral| astral < at.0);
        at.0 + CharIdx::from(before).0
    }

    /// The code point at a position in UTF-16 units; `None` inside a pair of surrogates.
    #[must_use]
    pub fn chars(&self, units: u32) -> Option<CharIdx> {
        // The astral character number n (from 0) begins at its code point plus n units.
        let mut low = 0;
        let mut high = self.astral.len();
        while low < high {
            let middle = low.midpoint(high);
            if self.astral[middle] + CharIdx::from(middle).0 < units {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let before = CharIdx::from(low).0;
        let inside = low
            .checked_sub(1)
            .is_some_and(|last| self.astral[last] + before == units);
        (!inside).then(|| CharIdx(units - before))
    }

    /// A range of code points in UTF-16 units.
    #[must_use]
    pub fn range(&self, range: CharRange) -> (u32, u32) {
        (self.units(range.start), self.units(range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_go_there_and_back() {
        let text = "𬱟罗😀😀勇";
        let map = Utf16::new(text);
        let mut units = 0;
        for (at, c) in (0..).zip(text.chars()) {
            assert_eq!(map.units(CharIdx(at)), units);
            assert_eq!(map.chars(units), Some(CharIdx(at)));
            if c.len_utf16() == 2 {
                assert_eq!(map.chars(units + 1), None);
            }
            units += CharIdx::from(c.len_utf16()).0;
        }
        assert_eq!(map.chars(units), Some(CharIdx(5)));
    }
}
