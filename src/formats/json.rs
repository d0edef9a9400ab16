//! JSON that every reader of lines takes for one line.

use std::borrow::Cow;
use std::fmt;
use std::io;

use memchr::memmem;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::ser::Formatter;

use super::{Files, Tag};

/// Characters that JSON may hold as they are, but at which some readers (Python's `splitlines`) break a line.
const BREAKS: [(&str, &str); 3] = [("\u{85}", "\\u0085"), ("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029")];

/// Compact JSON with [`BREAKS`] escaped.
struct OneLine;

impl Formatter for OneLine {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let bytes = fragment.as_bytes();
        let next = |from: usize| {
            let found = BREAKS.iter().filter_map(|(c, escape)| {
                let at = from + memmem::find(&bytes[from..], c.as_bytes())?;
                Some((at, at + c.len(), *escape))
            });
            found.min()
        };
        let mut from = 0;
        while let Some((at, end, escape)) = next(from) {
            writer.write_all(&bytes[from..at])?;
            writer.write_all(escape.as_bytes())?;
            from = end;
        }
        writer.write_all(&bytes[from..])
    }
}

/// Appends a value as compact JSON on one line, without the line feed.
///
/// # Errors
/// Only for values that JSON cannot hold.
pub fn push(out: &mut Vec<u8>, value: &impl Serialize) -> io::Result<()> {
    value
        .serialize(&mut serde_json::Serializer::with_formatter(out, OneLine))
        .map_err(io::Error::from)
}

/// A value as compact JSON on one line.
///
/// # Errors
/// Only for values that JSON cannot hold.
pub fn line(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut out = Vec::with_capacity(1024);
    push(&mut out, value)?;
    out.push(b'\n');
    Ok(out)
}

/// A JSON array that is written one element at a time, an element a line.
#[derive(Debug)]
pub struct Array {
    file: &'static str,
    has_elements: bool,
}

impl Array {
    /// The array that the file of this name is.
    #[must_use]
    pub fn new(file: &'static str) -> Self {
        Self {
            file,
            has_elements: false,
        }
    }

    /// Writes one more element.
    ///
    /// # Errors
    /// Where `files` cannot be written.
    pub fn add(&mut self, element: &impl Serialize, files: &mut dyn Files) -> io::Result<()> {
        let mut out = Vec::with_capacity(1024);
        out.extend_from_slice(if self.has_elements { b",\n" } else { b"[\n" });
        push(&mut out, element)?;
        self.has_elements = true;
        files.append(self.file, &out)
    }

    /// Ends the array.
    ///
    /// # Errors
    /// Where `files` cannot be written.
    pub fn finish(&mut self, files: &mut dyn Files) -> io::Result<()> {
        files.append(self.file, if self.has_elements { b"\n]\n" } else { b"[]\n" })
    }
}

/// Reads a JSON array one element at a time; values that stand one after the other without an array are read too.
///
/// # Errors
/// At the first element that is not of the right shape; those before it have been read.
pub fn each_element<'de, T: Deserialize<'de>>(
    bytes: &'de [u8],
    mut each: impl FnMut(T),
) -> Result<(), serde_json::Error> {
    struct Elements<'f, T, F>(&'f mut F, std::marker::PhantomData<T>);
    impl<'de, T: Deserialize<'de>, F: FnMut(T)> Visitor<'de> for Elements<'_, T, F> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an array")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
            while let Some(element) = list.next_element()? {
                (self.0)(element);
            }
            Ok(())
        }
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        let mut deserializer = serde_json::Deserializer::from_slice(bytes);
        deserializer.deserialize_seq(Elements(&mut each, std::marker::PhantomData))?;
        return deserializer.end();
    }
    for element in serde_json::Deserializer::from_slice(bytes).into_iter() {
        each(element?);
    }
    Ok(())
}

/// What is wrong with a line that is not of the right shape, with the column.
#[must_use]
pub fn what(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    format!("column {}: {message}", error.column())
}

/// A document's name from its `id`, which may be a string or a number.
#[must_use]
pub fn name(id: Option<&serde_json::Value>) -> String {
    match id {
        Some(serde_json::Value::String(id)) => id.clone(),
        Some(serde_json::Value::Number(id)) => id.to_string(),
        _ => String::new(),
    }
}

/// A tag as `[start, end, "label"]`.
#[must_use]
pub fn triple(tag: &Tag) -> (u32, u32, &str) {
    (tag.range.start.0, tag.range.end.0, tag.label().as_str())
}

/// Text that is not copied where the file has it without escapes.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct Words<'a>(#[serde(borrow)] pub Cow<'a, str>);

/// A tag as most formats of lines have it: `[start, end, "label"]`, or an object with `start` and `end` (or
/// `start_offset` and `end_offset`) and `label`. What else stands there is passed over.
pub struct PlainTag<'a> {
    /// The first character.
    pub start: i64,
    /// One past the last.
    pub end: i64,
    /// The label.
    pub label: Cow<'a, str>,
    /// The object's `id`, if it has one.
    pub id: Option<i64>,
}

impl<'de: 'a, 'a> Deserialize<'de> for PlainTag<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Tags;
        impl<'de> Visitor<'de> for Tags {
            type Value = PlainTag<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a tag: [start, end, label]")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<PlainTag<'de>, A::Error> {
                let short = |count| A::Error::invalid_length(count, &self);
                let start = list.next_element()?.ok_or_else(|| short(0))?;
                let end = list.next_element()?.ok_or_else(|| short(1))?;
                let label: Words<'de> = list.next_element()?.ok_or_else(|| short(2))?;
                while list.next_element::<IgnoredAny>()?.is_some() {}
                let label = label.0;
                Ok(PlainTag {
                    start,
                    end,
                    label,
                    id: None,
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PlainTag<'de>, A::Error> {
                let (mut start, mut end, mut label, mut id) = (None, None, None, None);
                while let Some(key) = map.next_key::<Words<'de>>()? {
                    match &*key.0 {
                        "start" | "start_offset" => start = Some(map.next_value()?),
                        "end" | "end_offset" => end = Some(map.next_value()?),
                        "label" => label = Some(map.next_value::<Words<'de>>()?.0),
                        "id" => id = map.next_value::<serde_json::Value>()?.as_i64(),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(PlainTag {
                    start: start.ok_or_else(|| A::Error::missing_field("start"))?,
                    end: end.ok_or_else(|| A::Error::missing_field("end"))?,
                    label: label.ok_or_else(|| A::Error::missing_field("label"))?,
                    id,
                })
            }
        }
        deserializer.deserialize_any(Tags)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_reader_sees_a_second_line() {
        let line = super::line(&"甲\u{2028}乙\u{85}\u{2029}丙\u{c}\n𬱟\"").unwrap();
        assert_eq!(
            String::from_utf8(line).unwrap(),
            "\"甲\\u2028乙\\u0085\\u2029丙\\f\\n𬱟\\\"\"\n"
        );
    }
}
