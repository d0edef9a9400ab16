//! UIMA CAS JSON 0.4.0.

use std::io;

use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{ANNOTATION, Annotation, DEPENDENT, Found, GOVERNOR, HOLDS, SOFA, TYPES, VIEW, annotations, limit, take};
use crate::formats::{Entry, Files, Format, InputFile, Intake, LabelNames, OffsetUnit, Packing, Writer, json as lines};

pub(in crate::formats) const FORMAT: Format = Format {
    id: "cas-json",
    name: "UIMA CAS JSON (INCEpTION)",
    holds: HOLDS,
    offsets: OffsetUnit::Utf16,
    packing: Packing::Documents(&[".json"]),
    labels: LabelNames::Short,
    writer: |_| Box::new(Cas),
    limit,
    reader: Some(read),
};

struct Cas;

impl Writer for Cas {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let sofa = json!({
            "%ID": SOFA, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": VIEW, "mimeType": "text",
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
    structures: Vec<Map<String, Value>>,
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
        let text_of = |structure: &Map<String, Value>| {
            let text = structure.get("sofaString").and_then(Value::as_str)?;
            Some((structure.get("%ID").and_then(Value::as_i64)?, text.to_owned()))
        };
        let is_initial =
            |structure: &&Map<String, Value>| structure.get("sofaID").and_then(Value::as_str) == Some(VIEW);
        let initial = structures.iter().find(is_initial).and_then(text_of);
        let Some((sofa, text)) = initial.or_else(|| structures.iter().find_map(text_of)) else {
            intake.error(file.name, None, "there is no text: no Sofa with a sofaString");
            continue;
        };
        let found: Vec<Found> = structures.iter().filter_map(annotation).collect();
        take(file, sofa, &text, &found, intake);
    }
}

/// An annotation, if the structure is one: what has a place.
fn annotation(structure: &Map<String, Value>) -> Option<Found> {
    let number = |name: &str| structure.get(name).and_then(Value::as_i64);
    let strings = structure.iter().filter_map(|(name, said)| {
        let said = said.as_str()?;
        (!name.starts_with('%')).then(|| (name.clone(), said.to_owned()))
    });
    Some(Found {
        kind: structure.get("%TYPE").and_then(Value::as_str)?.to_owned(),
        id: number("%ID")?,
        line: None,
        sofa: number("@sofa")?,
        begin: number("begin")?,
        end: number("end")?,
        joins: [GOVERNOR, DEPENDENT].map(|name| number(&format!("@{name}"))),
        strings: strings.collect(),
    })
}
