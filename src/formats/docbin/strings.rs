//! spaCy's numbers for strings: the number of a symbol where the string is one, a hash where it is not.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// The symbols of spaCy 3 in the order of their numbers, which begin at 1.
const SYMBOLS: &str = include_str!("symbols.txt");

static NUMBERS: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| SYMBOLS.lines().zip(1..).collect());

/// The number of a string.
pub(super) fn number(string: &str) -> u64 {
    match (string, NUMBERS.get(string)) {
        ("", _) => 0,
        (_, Some(number)) => *number,
        (_, None) => murmur_hash(string.as_bytes()),
    }
}

/// `MurmurHash64A` with the seed 1.
fn murmur_hash(bytes: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = 1 ^ (bytes.len() as u64).wrapping_mul(M);
    let mut blocks = bytes.chunks_exact(8);
    for block in &mut blocks {
        let mut word = little_endian(block).wrapping_mul(M);
        word ^= word >> R;
        hash = (hash ^ word.wrapping_mul(M)).wrapping_mul(M);
    }
    let rest = blocks.remainder();
    if !rest.is_empty() {
        hash = (hash ^ little_endian(rest)).wrapping_mul(M);
    }
    hash ^= hash >> R;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> R)
}

/// Up to eight bytes as a number.
pub(super) fn little_endian(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .rev()
        .fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

/// The strings that a file's numbers stand for.
pub(super) struct Strings(HashMap<u64, Arc<str>>);

impl Strings {
    /// The strings that a file lists, and the symbols.
    pub(super) fn new<'a>(listed: impl Iterator<Item = &'a str>) -> Self {
        let symbols = NUMBERS.iter().map(|(symbol, number)| (*number, *symbol));
        let listed = listed.map(|string| (number(string), string));
        Self(
            symbols
                .chain(listed)
                .map(|(number, string)| (number, string.into()))
                .collect(),
        )
    }

    /// The string of a number; the empty one of 0.
    pub(super) fn get(&self, number: u64) -> Result<&str, String> {
        match number {
            0 => Ok(""),
            _ => (self.0.get(&number).map(AsRef::as_ref))
                .ok_or_else(|| format!("no string is listed for the number {number}")),
        }
    }
}

/// The strings that a file lists.
#[derive(Default)]
pub(super) struct Listed(HashMap<String, u64>);

impl Listed {
    /// The number of a string, which is listed from now on.
    pub(super) fn add(&mut self, string: &str) -> u64 {
        if let Some(known) = self.0.get(string) {
            return *known;
        }
        let number = number(string);
        self.0.insert(string.to_owned(), number);
        number
    }

    /// All of them, in order.
    pub(super) fn sorted(&self) -> Vec<&str> {
        let mut strings: Vec<&str> = self.0.keys().map(String::as_str).collect();
        strings.sort_unstable();
        strings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `spacy.strings` of 3.8 says.
    #[test]
    fn numbers_are_those_of_spacy() {
        let cases = [
            ("", 0),
            ("IS_ALPHA", 1),
            ("X", 101),
            ("PERSON", 380),
            ("ENT_KB_ID", 452),
            ("_", 456),
            ("罗", 2_089_702_293_341_677_535),
            ("记者罗勇说明白", 3_610_196_368_660_391_680),
        ];
        for (string, expected) in cases {
            assert_eq!(number(string), expected, "{string}");
        }
    }
}
