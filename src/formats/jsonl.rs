//! One line a document: `{"text": …, "label": [[start, end, "label"], …]}`, offsets in code points.

use serde_json::json;

use crate::annot::{Document, Status};

/// The accepted tags of a document as one line.
#[must_use]
pub fn line(document: &Document) -> Vec<u8> {
    let accepted = document
        .spans()
        .iter()
        .filter(|span| span.mark.status == Status::Accepted);
    let labels: Vec<_> = accepted
        .map(|span| json!([span.range.start, span.range.end, span.mark.label.as_str()]))
        .collect();
    let line = json!({ "text": document.text().as_str(), "label": labels });
    format!("{line}\n").into_bytes()
}
