//! Bytes become raw text: which encoding a file is in, and what it says.
//!
//! Order of evidence: a byte order mark; strict UTF-8; then every encoding is tried on a sample and the reading that
//! looks most like printed Chinese wins, with chardetng's opinion to settle what is left open. Short lines matter: a
//! caption of ten characters is enough.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding};
use memchr::{memchr_iter, memchr2_iter};
use serde::{Deserialize, Serialize};

mod plausible;
#[cfg(test)]
mod tests;

/// How many bytes, from the first that is not ASCII, the guess looks at.
const SAMPLE_BYTES: usize = 256 * 1024;

/// What the guess adds for the encoding that chardetng names: less than one common character.
const DETECTOR_POINTS: i64 = 3;

/// The encodings that can be read, by the names that the saved file uses. GB18030 covers GBK and GB 2312, Big5 has the
/// Hong Kong supplement.
#[must_use]
pub fn encodings() -> &'static [&'static str] {
    &["UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE"]
}

/// A file's bytes as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The raw text: every line end and every space as in the file, the byte order mark gone. A byte sequence that
    /// the encoding does not have is one U+FFFD.
    pub text: String,
    /// The encoding's name, one of [`encodings`].
    pub encoding: &'static str,
    /// How its lines end.
    pub newline: Newline,
    /// Whether the file began with a byte order mark.
    pub bom: bool,
    /// How many byte sequences the encoding does not have.
    pub malformed: usize,
    /// Where the first of them is.
    pub first_malformed: Option<Malformed>,
}

/// The place of bytes that the encoding does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The offset in the file, in bytes.
    pub byte: usize,
    /// The line, counted from 1.
    pub line: usize,
}

/// How the lines of a text end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Newline {
    /// `\n`; also a text of one line.
    #[default]
    Lf,
    /// `\r\n`.
    Crlf,
    /// `\r`.
    Cr,
    /// More than one of them.
    Mixed,
}

impl Newline {
    /// Its name in the saved file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "lf",
            Self::Crlf => "crlf",
            Self::Cr => "cr",
            Self::Mixed => "mixed",
        }
    }

    /// What ends the lines of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let feeds = memchr_iter(b'\n', bytes).count();
        let returns = memchr_iter(b'\r', bytes).count();
        let pairs = memchr_iter(b'\r', bytes)
            .filter(|&at| bytes.get(at + 1) == Some(&b'\n'))
            .count();
        match (feeds - pairs, returns - pairs, pairs) {
            (_, 0, 0) => Self::Lf,
            (0, 0, _) => Self::Crlf,
            (0, _, 0) => Self::Cr,
            _ => Self::Mixed,
        }
    }
}

/// Why bytes are not taken as text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Not a text; `seems` says what it is, to stand after "this is".
    #[error("this is not a text file but {seems}")]
    Binary {
        /// For example `a PDF document`.
        seems: &'static str,
    },
    /// An encoding that is not among [`encodings`].
    #[error("no encoding is called {name:?} here; there are {known}", name = .0, known = known())]
    UnknownEncoding(String),
}

/// Decodes with the encoding that fits best. Bytes without any character give an empty text.
///
/// # Errors
/// [`DecodeError::Binary`] for what is no text.
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    if let Some((_, seems)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(DecodeError::Binary { seems });
    }
    let decoded = decode_with(bytes, guess(bytes));
    if is_binary(&decoded) {
        return Err(DecodeError::Binary { seems: "binary data" });
    }
    Ok(decoded)
}

/// Decodes with the encoding named, whatever comes of it: this is the editor overruling the guess. Its other names are
/// known too: `utf8`, `gbk`, `gb2312`, `cp936`, `big5-hkscs`; `utf-16` goes by the byte order mark.
///
/// # Errors
/// [`DecodeError::UnknownEncoding`] for a name of none of [`encodings`].
pub fn decode_as(bytes: &[u8], encoding: &str) -> Result<Decoded, DecodeError> {
    match named(encoding, bytes) {
        Some(encoding) => Ok(decode_with(bytes, encoding)),
        None => Err(DecodeError::UnknownEncoding(encoding.to_owned())),
    }
}

/// The encoding that a name means for `bytes`, if it is one of [`encodings`].
fn named(name: &str, bytes: &[u8]) -> Option<&'static Encoding> {
    let name = name.trim().to_ascii_lowercase().replace('_', "-");
    let label = match name.as_str() {
        "gb-18030" | "cp936" | "ms936" | "windows-936" => "gb18030",
        "utf16" | "utf-16" => match Encoding::for_bom(bytes) {
            Some((encoding, _)) if encoding == encoding_rs::UTF_16BE => return Some(encoding),
            _ => "utf-16le",
        },
        "utf16le" => "utf-16le",
        "utf16be" => "utf-16be",
        name => name,
    };
    let found = match Encoding::for_label(label.as_bytes())? {
        gbk if gbk == encoding_rs::GBK => encoding_rs::GB18030,
        other => other,
    };
    encodings().contains(&name_of(found)).then_some(found)
}

/// The names to choose from, to stand in a sentence.
fn known() -> String {
    encodings().join(", ")
}

/// The first bytes of files that people take for texts.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xD0\xCF\x11\xE0", "an old Office document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1F\x8B\x08", "a gzip archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7FELF", "a program"),
    (b"\xFF\xFE\0\0", "a text in UTF-32, which is not read"),
    (b"\0\0\xFE\xFF", "a text in UTF-32, which is not read"),
];

/// A text may hold a few control characters (a form feed between pages is usual) and is not mostly damage. Zeros are in
/// one only where all else is as it should be.
fn is_binary(decoded: &Decoded) -> bool {
    let chars = decoded.text.chars().count();
    let controls = (decoded.text.chars())
        .filter(|&c| u8::try_from(c).is_ok_and(is_control) || matches!(c, '\u{80}'..='\u{9f}') && c != '\u{85}')
        .count();
    (decoded.malformed > 0 && memchr::memchr(0, decoded.text.as_bytes()).is_some())
        || (controls > 2 && controls * 50 > chars)
        || (decoded.malformed > 8 && decoded.malformed * 4 > chars)
}

/// Whether the byte is an ASCII control character that no text needs: neither white space nor the form feed between
/// pages.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0xE..=0x1F | 0x7F)
}

/// Where at least one byte in so many is a zero, UTF-8 may be UTF-16.
const PADDED: usize = 16;

fn guess(bytes: &[u8]) -> &'static Encoding {
    const GB18030_BOM: &[u8] = b"\x84\x31\x95\x33";
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if bytes.starts_with(GB18030_BOM) {
        return encoding_rs::GB18030;
    }
    let Some(first) = bytes.iter().position(|&byte| !byte.is_ascii() || is_control(byte)) else {
        return encoding_rs::UTF_8;
    };
    // What is UTF-8 by chance is UTF-16: Latin text, with a zero to each letter, or a few words with spaces.
    if memchr_iter(0, bytes).count() * PADDED < bytes.len() && str::from_utf8(bytes).is_ok() {
        return encoding_rs::UTF_8;
    }
    // An even start, for the two bytes of a UTF-16 unit.
    let rest = &bytes[first & !1..];
    guess_from(&rest[..rest.len().min(SAMPLE_BYTES)])
}

/// The encoding in which `sample` looks most like a newspaper.
fn guess_from(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let detected = match detector.guess(None, Utf8Detection::Deny) {
        gbk if gbk == encoding_rs::GBK => encoding_rs::GB18030,
        other => other,
    };
    let mut best = (encoding_rs::UTF_8, i64::MIN);
    for candidate in [
        encoding_rs::UTF_8,
        encoding_rs::GB18030,
        encoding_rs::BIG5,
        encoding_rs::UTF_16LE,
        encoding_rs::UTF_16BE,
    ] {
        // The sample may end inside a character, so its end is not held against a candidate.
        let score = plausible::score(&read(sample, candidate, false).text);
        // Nearly all bytes are some UTF-16: without a mark it must make sense.
        if score < 0 && [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE].contains(&candidate) {
            continue;
        }
        let points = score + if candidate == detected { DETECTOR_POINTS } else { 0 };
        if points > best.1 {
            best = (candidate, points);
        }
    }
    best.0
}

fn decode_with(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let Reading {
        mut text,
        malformed,
        first_malformed,
    } = read(bytes, encoding, true);
    let bom = text.starts_with('\u{feff}');
    if bom {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Decoded {
        newline: Newline::of(&text),
        text,
        encoding: name_of(encoding),
        bom,
        malformed,
        first_malformed,
    }
}

fn name_of(encoding: &'static Encoding) -> &'static str {
    let name = encoding.name();
    let listed = encodings().iter().find(|known| known.eq_ignore_ascii_case(name));
    listed.copied().unwrap_or(name)
}

struct Reading {
    text: String,
    malformed: usize,
    first_malformed: Option<Malformed>,
}

/// Decodes all of `bytes`; what is no character becomes U+FFFD and is counted. `complete` tells that the bytes end
/// here: an unfinished last character then counts too.
fn read(bytes: &[u8], encoding: &'static Encoding, complete: bool) -> Reading {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    let mut at = 0;
    let mut malformed = 0;
    let mut first_malformed = None;
    loop {
        let (result, taken) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, complete);
        at += taken;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.reserve(bytes.len() - at + 16),
            DecoderResult::Malformed(length, after) => {
                malformed += 1;
                first_malformed.get_or_insert_with(|| Malformed {
                    byte: at - usize::from(after) - usize::from(length),
                    line: line_at_end(&text),
                });
                text.push('\u{fffd}');
            }
        }
    }
    text.shrink_to_fit();
    Reading {
        text,
        malformed,
        first_malformed,
    }
}

/// The number of the line in which `text` ends, counted from 1.
fn line_at_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends = memchr2_iter(b'\r', b'\n', bytes)
        .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
        .count();
    ends + 1
}
