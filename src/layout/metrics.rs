//! How wide a character is.

use unicode_width::UnicodeWidthChar;

/// Latin, Greek and Cyrillic begin at zero and end before this.
const ALPHABETS_END: u32 = 0x500;
/// Punctuation, currency, letter-like signs, arrows, enclosed numbers, shapes.
const SYMBOLS: std::ops::Range<u32> = 0x2000..0x2700;

/// The advances of a font, in em.
///
/// What differs from font to font is asked of the font once: alphabets, and the symbols (`—`, `…`, `“`, `·`, `①`) that
/// a Chinese font draws full-width and a Latin one narrow. The rest follows from the class of the character in the
/// Unicode table of East Asian widths.
#[derive(Clone, Debug)]
pub struct Metrics {
    alphabets: Vec<f32>,
    symbols: Vec<f32>,
}

impl Metrics {
    /// Measures a font. `advance` gives the width of a character, `em` that of a full-width one, both in any one unit.
    /// It is asked some 3,000 times.
    pub fn new(em: f32, mut advance: impl FnMut(char) -> f32) -> Self {
        let mut measure = |code| {
            let Some(c) = char::from_u32(code) else { return 0.0 };
            if c != '\t' && c.width().unwrap_or(0) == 0 {
                return 0.0;
            }
            let advance = advance(c) / em;
            if advance.is_finite() { advance.max(0.0) } else { 1.0 }
        };
        Self {
            alphabets: (0..ALPHABETS_END).map(&mut measure).collect(),
            symbols: SYMBOLS.map(&mut measure).collect(),
        }
    }

    /// The width of `c` in em; 0 for what is drawn onto the character before it, or not at all.
    #[inline]
    #[must_use]
    pub fn advance(&self, c: char) -> f32 {
        let code = c as usize;
        if ('\u{4E00}'..='\u{9FFF}').contains(&c) {
            return 1.0;
        }
        let measured = self.alphabets.get(code);
        let measured = measured.or_else(|| self.symbols.get(code.checked_sub(SYMBOLS.start as usize)?));
        match measured {
            Some(&advance) => advance,
            // A Chinese font draws full-width what the table calls ambiguous.
            None => match c.width_cjk() {
                None | Some(0) => 0.0,
                Some(1) => 0.5,
                Some(_) => 1.0,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_is_asked_where_fonts_differ() {
        let metrics = Metrics::new(20.0, |c| if c == '“' || c == '①' { 20.0 } else { 11.0 });
        for (c, advance) in [
            ('罗', 1.0),
            ('𬱟', 1.0),
            ('😀', 1.0),
            ('，', 1.0),
            ('\u{3000}', 1.0),
            ('“', 1.0),
            ('①', 1.0),
            ('a', 0.55),
            ('é', 0.55),
            ('\t', 0.55),
            ('…', 0.55),
            ('ｱ', 0.5),
            ('ế', 0.5),
            ('\u{FFFD}', 1.0),
            ('\u{E000}', 1.0),
            ('\u{E0100}', 0.0),
            ('\u{301}', 0.0),
            ('\u{FE0F}', 0.0),
            ('\u{200D}', 0.0),
            ('\u{FEFF}', 0.0),
            ('\r', 0.0),
        ] {
            assert_eq!(metrics.advance(c), advance, "{c:?}");
        }
    }

    #[test]
    fn a_font_without_sense_does_no_harm() {
        let metrics = Metrics::new(0.0, |_| f32::NAN);
        assert_eq!(metrics.advance('a'), 1.0);
        assert_eq!(Metrics::new(1.0, |_| -3.0).advance('a'), 0.0);
    }
}
