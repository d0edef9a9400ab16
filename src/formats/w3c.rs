//! W3C Web Annotations as JSON-LD, beside the text that they speak of.
//!
//! Each has both selectors: the place in code points, as the Recommendation counts, and the words with what stands
//! around them, by which the place is found again where a program counted otherwise (Recogito writes UTF-16 units) or
//! the text has changed.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use serde_json::{Value, json};

use super::cas::{entity, named_entities_only};
use super::intake::{imported, range};
use super::json::{self, push};
use super::utf16::Utf16;
use super::{
    Annotated, Entry, Files, Format, Holds, InputFile, Intake, LabelNames, OffsetUnit, Packing, Parts, Purpose, Tag,
    Writer,
};
use crate::text::{CharIdx, CharRange, Text};

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// Characters of the text that a quotation has on either side.
const AROUND: u32 = 12;

pub(super) const FORMAT: Format = Format {
    id: "w3c",
    name: "W3C Web Annotation",
    purpose: Purpose::Edition,
    holds: Holds {
        values: true,
        entities: true,
        notes: true,
        ..Holds::TAGS
    },
    offsets: OffsetUnit::CodePoint,
    packing: Packing::Documents(&[".txt", ".jsonld"]),
    labels: LabelNames::Short,
    writer: |_| Box::new(Annotations),
    limit: named_entities_only,
    reader: Some(read),
    parts: Parts::Whole,
};

struct Annotations;

impl Writer for Annotations {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let text = entry.text;
        let source = format!("{}.txt", entry.stem);
        files.append(&source, text.text.as_str().as_bytes())?;
        let mut out = b"[".to_vec();
        for (number, tag) in text.tags.iter().enumerate() {
            out.extend_from_slice(if number == 0 { b"\n" } else { b",\n" });
            let annotation = json!({
                "@context": CONTEXT,
                "id": format!("#s{}", tag.id.0),
                "type": "Annotation",
                "motivation": "tagging",
                "body": bodies(text, tag),
                "target": {"source": source, "selector": [
                    {"type": "TextPositionSelector", "start": tag.range.start.0, "end": tag.range.end.0},
                    quotation(&text.text, tag.range),
                ]},
            });
            push(&mut out, &annotation)?;
        }
        out.extend_from_slice(b"\n]\n");
        files.append(&format!("{}.jsonld", entry.stem), &out)
    }
}

fn bodies(text: &Annotated, tag: &Tag) -> Vec<Value> {
    let body = |purpose: &str, value: &str| json!({"type": "TextualBody", "purpose": purpose, "value": value});
    let mark = &tag.mark;
    let mut bodies = vec![body("tagging", tag.label().as_str())];
    bodies.extend(text.entity(tag).map(|entity| body("identifying", &entity.name)));
    if let Some(value) = &mark.value {
        let mut described = body("describing", &value.to_string());
        described["format"] = "application/json".into();
        bodies.push(described);
    }
    if !mark.note.is_empty() {
        bodies.push(body("commenting", &mark.note));
    }
    bodies
}

fn quotation(text: &Text, range: CharRange) -> Value {
    let before = CharRange::new(CharIdx(range.start.0.saturating_sub(AROUND)), range.start);
    let after = CharRange::new(range.end, range.end + CharIdx(AROUND));
    json!({
        "type": "TextQuoteSelector",
        "exact": text.slice(range), "prefix": text.slice(before), "suffix": text.slice(after),
    })
}

/// A text and the files of annotations that speak of it.
type Document<'a> = (Option<&'a InputFile<'a>>, Vec<&'a InputFile<'a>>);

fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    let (texts, annotations): (Vec<&InputFile<'_>>, Vec<&InputFile<'_>>) =
        files.iter().partition(|file| file.has_extension("txt"));
    let mut documents: BTreeMap<&str, Document<'_>> = BTreeMap::new();
    for file in &texts {
        documents.entry(file.stem()).or_default().0 = Some(file);
    }
    for file in annotations {
        // A text of the same name comes first, then the one that the annotations name.
        let named = |sources: Vec<String>| texts.iter().find(|text| sources.iter().any(|name| name == text.name));
        let stem = match documents.get(file.stem()) {
            Some((Some(_), _)) => file.stem(),
            _ => named(sources(file.bytes)).map_or(file.stem(), |text| text.stem()),
        };
        documents.entry(stem).or_default().1.push(file);
    }
    for (stem, (text, annotations)) in documents {
        let Some(text) = text else {
            for file in annotations {
                intake.error(file.name, None, format!("the text {stem}.txt is missing"));
            }
            continue;
        };
        match std::str::from_utf8(text.bytes) {
            // Positions count every character of the file, a byte order mark too.
            Ok(words) => read_document(text, words, &annotations, intake),
            Err(_) => {
                let line = text.text().err().map(|(line, _)| line);
                intake.error(text.name, line, "this is not UTF-8");
            }
        }
    }
}

/// The names of the texts in its folder that annotations have as the source of their target.
pub(super) fn sources(annotations: &[u8]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let read = json::each_element(annotations, |found: Value| {
        for target in items(&found).into_iter().flat_map(|one| each(one.get("target"))) {
            let source = target.get("source");
            let source = source.and_then(|source| source.as_str().or_else(|| source.get("id")?.as_str()));
            let is_name = |name: &&str| !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':']);
            if let Some(name) = source
                .filter(is_name)
                .filter(|name| names.iter().all(|known| known != name))
            {
                names.push(name.to_owned());
            }
        }
    });
    // What is wrong with the file is said when it is read.
    if read.is_err() {
        names.clear();
    }
    names
}

fn read_document(file: &InputFile<'_>, words: &str, annotations: &[&InputFile<'_>], intake: &mut Intake<'_>) {
    let mut text = Annotated {
        name: file.name.to_owned(),
        text: Arc::new(Text::from(words)),
        ..Annotated::default()
    };
    let places = Places::new(words);
    for annotations in annotations {
        let mut number = 0;
        let done = json::each_element(annotations.bytes, |found: Value| {
            for annotation in items(&found) {
                number += 1;
                match read_annotation(annotation, &places, &mut text) {
                    Ok(None) => {}
                    Ok(Some(what)) => intake.warn(annotations.name, None, format!("annotation {number}: {what}")),
                    Err(what) => intake.error(annotations.name, None, format!("annotation {number}: {what}")),
                }
            }
        });
        if let Err(error) = done {
            intake.error(annotations.name, error.line(), json::what(&error));
        }
    }
    intake.take(file, None, text);
}

/// The annotations that a value holds: itself, or those of a page or a collection's first page.
fn items(found: &Value) -> Vec<&Value> {
    for pointer in ["/items", "/first/items", "/@graph"] {
        if let Some(Value::Array(items)) = found.pointer(pointer) {
            return items.iter().collect();
        }
    }
    vec![found]
}

/// What may be one value or a list of them.
fn each(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(list)) => list,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

/// Adds the annotation to the text. Says where its place had to be searched.
fn read_annotation(annotation: &Value, places: &Places<'_>, text: &mut Annotated) -> Result<Option<String>, String> {
    let [target] = each(annotation.get("target")) else {
        return Err("it has not one target".to_owned());
    };
    let selectors = each(target.get("selector"));
    let selector = |kind: &str| selectors.iter().find(|one| one.get("type") == Some(&json!(kind)));
    let position = selector("TextPositionSelector").and_then(|one| {
        let number = |key: &str| one.get(key).and_then(Value::as_i64);
        Some((number("start")?, number("end")?))
    });
    let quotation = selector("TextQuoteSelector").and_then(|one| {
        let words = |key: &str| one.get(key).and_then(Value::as_str);
        Some(Quotation {
            exact: words("exact")?,
            prefix: words("prefix").unwrap_or_default(),
            suffix: words("suffix").unwrap_or_default(),
        })
    });
    let (place, doubt) = places.find(position, quotation.as_ref())?;

    let mut label = None;
    let mut said: Vec<(&str, &str, bool)> = Vec::new();
    for body in each(annotation.get("body")) {
        let words = |key: &str| body.get(key).and_then(Value::as_str);
        let value = body.as_str().or_else(|| words("value")).or_else(|| words("source"));
        let Some(value) = value.or_else(|| words("id")) else {
            continue;
        };
        let purpose = words("purpose").or_else(|| words("motivation")).unwrap_or("tagging");
        match (purpose, label) {
            ("tagging" | "classifying", None) => label = Some(value),
            _ => said.push((purpose, value, words("format") == Some("application/json"))),
        }
    }
    let mut mark = imported(label.unwrap_or("tag"));
    for (purpose, value, is_json) in said {
        match (purpose, serde_json::from_str(value)) {
            ("identifying" | "linking", _) if mark.entity.is_none() && !value.is_empty() => {
                mark.entity = Some(entity(text, value, label.unwrap_or("tag")));
            }
            ("describing", Ok(meaning)) if is_json => mark.value = Some(meaning),
            _ => {
                if !mark.note.is_empty() {
                    mark.note.push('\n');
                }
                mark.note.push_str(value);
            }
        }
    }
    let id = CharIdx::from(text.tags.len() + 1).0;
    text.tags.push(Tag::new(id, place, Arc::new(mark)));
    Ok(doubt)
}

struct Quotation<'a> {
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

/// Finds places in a text by position, by quotation, or by both.
struct Places<'a> {
    words: &'a str,
    text: Text,
    units: Utf16,
}

impl<'a> Places<'a> {
    fn new(words: &'a str) -> Self {
        Self {
            words,
            text: Text::from(words),
            units: Utf16::new(words),
        }
    }

    /// The place, and what is to be said where the position did not lead to the quoted words.
    fn find(
        &self,
        position: Option<(i64, i64)>,
        quotation: Option<&Quotation<'_>>,
    ) -> Result<(CharRange, Option<String>), String> {
        let counted = position.map(|(start, end)| range(start, end));
        let fits = |place: &CharRange| !place.is_empty() && place.end <= self.text.len();
        let Some(quotation) = quotation else {
            return match (counted, position) {
                (Some(place), _) if fits(&place) => Ok((place, None)),
                (_, Some((start, end))) => {
                    let len = self.text.len().0;
                    Err(format!("{start}–{end} does not fit the text of {len} characters"))
                }
                (_, None) => Err("it has neither a position nor a quotation".to_owned()),
            };
        };
        let is_quoted = |place: &CharRange| fits(place) && self.text.slice(*place) == quotation.exact;
        if let Some(place) = counted.filter(is_quoted) {
            return Ok((place, None));
        }
        let in_units = position.and_then(|(start, end)| {
            let chars = |at| u32::try_from(at).ok().and_then(|at| self.units.chars(at));
            let (start, end) = (chars(start)?, chars(end)?);
            (start <= end).then(|| CharRange::new(start, end))
        });
        if let Some(place) = in_units.filter(is_quoted) {
            return Ok((place, Some("its position counts UTF-16 units".to_owned())));
        }
        let Some(place) = self.search(quotation) else {
            return Err(format!(
                "the text has \"{}\" nowhere, or in several places",
                quotation.exact
            ));
        };
        let doubt = position.map(|_| format!("\"{}\" stands elsewhere than its position says", quotation.exact));
        Ok((place, doubt))
    }

    /// The only place of the quoted words between what stands around them, or else their only place at all.
    fn search(&self, quotation: &Quotation<'_>) -> Option<CharRange> {
        let Quotation { exact, prefix, suffix } = quotation;
        if exact.is_empty() {
            return None;
        }
        let only = |words: &str| {
            let mut found = self.words.match_indices(words).map(|(at, _)| at);
            match (found.next(), found.next()) {
                (Some(at), None) => Some(at),
                _ => None,
            }
        };
        let around = only(&format!("{prefix}{exact}{suffix}")).map(|at| at + prefix.len());
        let at = around.or_else(|| only(exact))?;
        let chars = |at: usize| self.text.char_of(at.into());
        Some(CharRange::new(chars(at), chars(at + exact.len())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{self, ImportOptions};

    fn read(text: &str, annotations: &Value) -> (Vec<String>, Vec<String>) {
        let annotations = json::line(annotations).unwrap();
        let files = [("a.txt", text.as_bytes()), ("a.jsonld", annotations.as_slice())];
        let files = files.map(|(name, bytes)| InputFile { name, bytes });
        let (texts, said) = formats::import(&FORMAT, &files, &ImportOptions::default());
        let text = &texts[0].annotated;
        let tags = text.tags.iter().map(|tag| {
            let (start, end) = <(u32, u32)>::from(tag.range);
            format!("{start}-{end} {}", tag.label())
        });
        (tags.collect(), said.iter().map(ToString::to_string).collect())
    }

    fn annotation(position: (i64, i64), exact: &str, prefix: &str) -> Value {
        json!({"type": "Annotation", "body": {"value": "人"}, "target": {"selector": [
            {"type": "TextPositionSelector", "start": position.0, "end": position.1},
            {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix},
        ]}})
    }

    #[test]
    fn a_place_is_found_by_either_selector() {
        let text = "😀罗勇\r\n\u{2028}罗勇";
        let page = json!({"type": "AnnotationPage", "items": [
            annotation((1, 3), "罗勇", ""),
            annotation((2, 4), "罗勇", ""),
            annotation((99, 101), "罗勇", "\u{2028}"),
            annotation((0, 1), "罗勇", ""),
            {"body": [], "target": {"selector": {"type": "TextPositionSelector", "start": 7, "end": 99}}},
            {"body": "地", "target": {"selector": {"type": "TextPositionSelector", "start": 6, "end": 7}}},
        ]});
        let (tags, said) = read(text, &page);
        assert_eq!(tags, ["1-3 人", "1-3 人", "6-8 人", "6-7 地"]);
        assert_eq!(
            said,
            [
                "a.jsonld: annotation 2: its position counts UTF-16 units",
                "a.jsonld: annotation 3: \"罗勇\" stands elsewhere than its position says",
                "a.jsonld: annotation 4: the text has \"罗勇\" nowhere, or in several places",
                "a.jsonld: annotation 5: 7–99 does not fit the text of 8 characters",
            ]
        );
    }
}
