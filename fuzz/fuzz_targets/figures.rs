//! No text makes the grammar of figures panic; what it finds lies in the text, in order, apart from each other.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zhupi::suggest::figures::{FigureValue, checks, find};
use zhupi::text::{CharIdx, Text};

fuzz_target!(|text: &str| {
    let figures = find(text, None);
    let end = Text::from(text).len();
    let mut free = CharIdx(0);
    for figure in &figures {
        assert!(free <= figure.range.start && !figure.range.is_empty() && figure.range.end <= end);
        assert!(figure.range.covers(figure.core));
        assert_eq!(FigureValue::from_json(&figure.value.to_json()).as_ref(), Some(&figure.value));
        free = figure.range.end;
    }
    for finding in checks::check(text, &figures) {
        assert!(finding.places.iter().all(|place| place.end <= end));
    }
});
