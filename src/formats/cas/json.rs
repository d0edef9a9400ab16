//! UIMA CAS JSON 0.4.0.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::io;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::{
    ANNOTATION, Annotation, DEPENDENT, Found, GOVERNOR, HOLDS, SOFA, TYPES, VIEW, annotations, is_tag, limit, take,
};
use crate::formats::{
    Entry, Files, Format, InputFile, Intake, LabelNames, OffsetUnit, Packing, Purpose, Writer, json as lines,
};

pub(in crate::formats) const FORMAT: Format = Format {
    id: "cas-json",
    name: "UIMA CAS JSON (INCEpTION)",
    purpose: Purpose::Tagging,
    holds: HOLDS,
    offsets: OffsetUnit::Utf16,
    packing: Packing::Documents(&[".json"]),
    labels: LabelNames::Short,
    writer: |_| Box::new(Cas),
    limit,
    reader: Some(read),
    parts: crate::formats::Parts::Whole,
};

const SOFA_TYPE: &str = "uima.cas.Sofa";

struct Cas;

impl Writer for Cas {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let sofa = json!({
            "%ID": SOFA, "%TYPE": SOFA_TYPE, "sofaNum": 1, "sofaID": VIEW, "mimeType": "text",
            "sofaString": entry.text.text.as_str(),
        });
        let annotations = annotations(entry.text);
        let members: Vec<usize> = annotations.iter().map(|annotation| annotation.id).collect();
        let mut out = b"{\"%TYPES\":".to_vec();
        lines::push(&mut out, &types())?;
        out.extend_from_slice(b",\n\"%FEATURE_STRUCTURES\":[\n");
        lines::push(&mut out, &sofa)?;
        for annotation in &annotations {
            out.extend_from_slice(b",\n");
            lines::push(&mut out, annotation)?;
        }
        out.extend_from_slice(b"\n],\n\"%VIEWS\":");
        lines::push(&mut out, &json!({VIEW: {"%SOFA": SOFA, "%MEMBERS": members}}))?;
        out.extend_from_slice(b"}\n");
        files.append(&format!("{}.json", entry.stem), &out)
    }
}

fn types() -> Map<String, Value> {
    let types = TYPES.iter().map(|(name, features)| {
        let mut said = Map::new();
        said.insert("%NAME".to_owned(), json!(name));
        said.insert("%SUPER_TYPE".to_owned(), json!(ANNOTATION));
        for (feature, range) in *features {
            said.insert((*feature).to_owned(), json!({"%NAME": feature, "%RANGE": range}));
        }
        ((*name).to_owned(), Value::Object(said))
    });
    types.collect()
}

impl Serialize for Annotation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("%ID", &self.id)?;
        map.serialize_entry("%TYPE", self.kind)?;
        map.serialize_entry("@sofa", &SOFA)?;
        map.serialize_entry("begin", &self.place.0)?;
        map.serialize_entry("end", &self.place.1)?;
        for (name, said) in &self.strings {
            map.serialize_entry(name, said)?;
        }
        for (name, id) in &self.references {
            map.serialize_entry(&format!("@{name}"), id)?;
        }
        map.end()
    }
}

#[derive(Deserialize)]
struct File {
    #[serde(rename = "%FEATURE_STRUCTURES")]
    structures: Vec<Structure>,
}

/// What a reader needs of a feature structure. A text has a token for each character: those are not kept.
enum Structure {
    /// A text: whether it is the first view's, its number, its words.
    Sofa(bool, i64, String),
    Tag(Found),
    Other,
}

impl<'de> Deserialize<'de> for Structure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Structures;
        impl<'de> Visitor<'de> for Structures {
            type Value = Structure;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a feature structure")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Structure, A::Error> {
                let mut numbers: HashMap<Cow<'de, str>, i64> = HashMap::new();
                let mut found = Found::default();
                while let Some(lines::Words(key)) = map.next_key()? {
                    if !found.kind.is_empty() && found.kind != SOFA_TYPE && !is_tag(&found.kind) {
                        map.next_value::<IgnoredAny>()?;
                        continue;
                    }
                    match map.next_value()? {
                        Value::String(said) if key == "%TYPE" => found.kind = said,
                        Value::String(said) if !key.starts_with('%') => found.strings.push((key.into_owned(), said)),
                        Value::Number(said) => {
                            if let Some(said) = said.as_i64() {
                                numbers.insert(key, said);
                            }
                        }
                        _ => {}
                    }
                }
                Ok(structure(found, |name| numbers.get(name).copied()))
            }
        }
        deserializer.deserialize_map(Structures)
    }
}

/// What a structure is, by its strings and its numbers.
fn structure(mut found: Found, number: impl Fn(&str) -> Option<i64>) -> Structure {
    if found.kind == SOFA_TYPE {
        let is_first = found.string(&["sofaID"]) == Some(VIEW);
        let text = found.strings.into_iter().find(|(name, _)| name == "sofaString");
        return match (number("%ID"), text) {
            (Some(id), Some((_, text))) => Structure::Sofa(is_first, id, text),
            _ => Structure::Other,
        };
    }
    let place = [number("%ID"), number("@sofa"), number("begin"), number("end")];
    let [Some(id), Some(sofa), Some(begin), Some(end)] = place else {
        return Structure::Other;
    };
    if !is_tag(&found.kind) {
        return Structure::Other;
    }
    (found.id, found.sofa, found.begin, found.end) = (id, sofa, begin, end);
    found.joins = [GOVERNOR, DEPENDENT].map(|name| number(&format!("@{name}")));
    Structure::Tag(found)
}

fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    for file in files {
        let bytes = file.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file.bytes);
        let structures = match serde_json::from_slice::<File>(bytes) {
            Ok(read) => read.structures,
            Err(error) => {
                intake.error(file.name, error.line(), lines::what(&error));
                continue;
            }
        };
        let (mut sofas, mut found) = (Vec::new(), Vec::new());
        for structure in structures {
            match structure {
                Structure::Sofa(is_first, id, text) => sofas.push((!is_first, id, text)),
                Structure::Tag(tag) => found.push(tag),
                Structure::Other => {}
            }
        }
        match sofas.iter().min_by_key(|(is_later, ..)| *is_later) {
            Some((_, id, text)) => take(file, *id, text, &found, intake),
            None => intake.error(file.name, None, "there is no text: no Sofa with a sofaString"),
        }
    }
}
