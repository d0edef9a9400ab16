//! The journal: a line of JSON for each thing that a step has changed. docs/formats.md tells its keys.

#[cfg(test)]
mod tests;

use std::io;

use serde_json::{Map, Value, json};

use super::json;
use crate::annot::Document;
use crate::annot::journal::{Act, Step};

/// The lines of a step, one for each thing that it changed; none where it comes to nothing. `time` is when it was made
/// (RFC 3339), `number` its number since the document was opened.
///
/// # Errors
/// None that memory gives.
pub fn lines(step: &Step, time: &str, number: u64, act: Act) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    for (what, fields) in step.changes() {
        let mut line = Map::new();
        line.insert("time".to_owned(), time.into());
        line.insert("step".to_owned(), number.into());
        line.insert("act".to_owned(), act.as_str().into());
        line.insert("what".to_owned(), what.into());
        line.extend(fields);
        out.extend(json::line(&line)?);
    }
    Ok(out)
}

/// The line with which a journal goes on when a document was opened and is changed for the first time: from which state the
/// steps after it start. Their numbers begin at 1.
///
/// # Errors
/// None that memory gives.
pub fn opened(document: &Document, time: &str) -> io::Result<Vec<u8>> {
    let source = &document.source;
    json::line(&json!({
        "time": time,
        "step": 0,
        "act": "opened",
        "what": "document",
        "program": concat!("zhupi ", env!("CARGO_PKG_VERSION")),
        "source": {"name": source.name, "sha256": source.sha256},
    }))
}

/// The lines of a journal that are not what they should be, by number from 1, each with a sentence.
#[must_use]
pub fn faults(bytes: &[u8]) -> Vec<(usize, String)> {
    let mut faults = Vec::new();
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Map<String, Value>>(line) {
            Ok(line) => {
                let is_text = |key: &str| line.get(key).is_some_and(Value::is_string);
                if let Some(key) = ["time", "act", "what"].into_iter().find(|key| !is_text(key)) {
                    faults.push((number, format!("this line of the journal has no \"{key}\"")));
                }
            }
            Err(error) => faults.push((
                number,
                format!("this line of the journal is no JSON: {}", json::what(&error)),
            )),
        }
    }
    faults
}
