//! No bytes make decoding panic, and whatever they decode to can be read.

#![no_main]

use libfuzzer_sys::fuzz_target;
use zhupi::text::decode::{decode, decode_as, encodings};
use zhupi::text::{Alignment, Text, reflow};

fuzz_target!(|bytes: &[u8]| {
    let guessed = decode(bytes).ok();
    let named = encodings().iter().filter_map(|encoding| decode_as(bytes, encoding).ok());
    for decoded in guessed.into_iter().chain(named) {
        let reading = reflow(&decoded.text, None);
        let (raw, text) = (Text::new(decoded.text), Text::new(reading.text));
        assert_eq!(Alignment::new(reading.runs).check(&text, &raw), Ok(()));
    }
});
