//! No raw text makes reflow panic, lose a character or put one in.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zhupi::text::{Alignment, Reading, Text, as_is, reflow};

fuzz_target!(|raw: &str| {
    check(raw, reflow(raw, None));
    check(raw, as_is(raw));
});

fn check(raw: &str, reading: Reading) {
    let (raw, text) = (Text::from(raw), Text::from(reading.text.as_str()));
    assert!(reading.runs.is_sorted_by(|a, b| a.raw_range().end <= b.raw));
    let fits = Alignment::new(reading.runs).check(&text, &raw);
    assert!(fits.is_ok(), "{fits:?}");
    assert_eq!(solid(text.as_str()), solid(raw.as_str()));
    assert_eq!(reading.blocks.len(), text.as_str().split('\n').count() * usize::from(!reading.blocks.is_empty()));
}

/// The characters that reflow may not touch.
fn solid(text: &str) -> String {
    text.chars()
        .filter(|&c| !c.is_whitespace() && !matches!(c, '\u{feff}' | '-' | '\u{2010}' | '\u{ad}'))
        .collect()
}
