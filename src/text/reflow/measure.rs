//! How wide a line is, which depends on who set it.
//!
//! A typesetter gives a Latin letter half the room of a Chinese character and squeezes quotation marks; text that was
//! never set counts each character as one. The text tells which: under the right measure its lines are equally long.

use super::glyph;

/// What a character counts, in half-width units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Measure {
    /// Latin letters and ASCII digits 1, everything else 2.
    #[default]
    Set,
    /// The same, quotation marks, dashes and the like 1.
    Squeezed,
    /// Everything 2.
    Counted,
}

/// A stretch of text by the characters in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    wide: u32,
    narrow: u32,
    /// Marks that Chinese and Latin share: wide in the one, narrow in the other.
    shared: u32,
}

impl Extent {
    /// Adds `c`; `latin` when nothing near it is Chinese.
    pub(super) fn add(&mut self, c: char, latin: bool) {
        match glyph::width(c, latin) {
            0 => {}
            1 => self.narrow += 1,
            _ if glyph::is_shared(c) => self.shared += 1,
            _ => self.wide += 1,
        }
    }

    /// Adds `units` half-width units of space.
    pub(super) fn add_space(&mut self, units: u32) {
        self.narrow += units;
    }

    /// The width in half-width units.
    pub(super) fn under(self, measure: Measure) -> u32 {
        match measure {
            Measure::Set => 2 * (self.wide + self.shared) + self.narrow,
            Measure::Squeezed => 2 * self.wide + self.shared + self.narrow,
            Measure::Counted => 2 * (self.wide + self.shared + self.narrow),
        }
    }
}

/// The measure under which most of `lines` are as wide as the line after them. They should be lines that end without a
/// mark: nearly all of those are full.
pub(super) fn of(lines: impl Iterator<Item = Extent>) -> Measure {
    const OTHERS: [Measure; 2] = [Measure::Squeezed, Measure::Counted];
    let mut equal = [0_usize; 3];
    let mut last: Option<Extent> = None;
    for extent in lines {
        if let Some(last) = last {
            for (count, measure) in equal.iter_mut().zip([Measure::Set, OTHERS[0], OTHERS[1]]) {
                *count += usize::from(last.under(measure) == extent.under(measure));
            }
        }
        last = Some(extent);
    }
    let [set, others @ ..] = equal;
    OTHERS
        .into_iter()
        .zip(others)
        .filter(|&(_, count)| count > set + set / 4 + 1)
        .max_by_key(|&(_, count)| count)
        .map_or(Measure::Set, |(measure, _)| measure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(text: &str) -> Measure {
        of(text.lines().map(|line| {
            let mut extent = Extent::default();
            line.chars().for_each(|c| extent.add(c, false));
            extent
        }))
    }

    #[test]
    fn the_measure_is_the_one_under_which_lines_are_equal() {
        for (measure, text) in [
            (Measure::Set, "今年12月起\n共有3千6百户\n江水慢慢流\n"),
            (
                Measure::Counted,
                "今年12月\n有3千6百\n江水慢慢流\n共9元8角\n船工唱起歌\n有1百元整\n流水5千米\n",
            ),
            (
                Measure::Squeezed,
                "“今年”起共了\n江水慢慢流着\n船工“唱起”歌\n江水慢慢流着\n“岸上”有人来\n",
            ),
        ] {
            assert_eq!(measured(text), measure, "{text}");
        }
    }
}
