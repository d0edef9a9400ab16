//! What single keys say against the interface: that they are not there, are empty, or are none of the values that they can
//! have.

use serde_json::Value;

use crate::annot::check::{Diagnostic, Kind};
use crate::formats::native::required::missing;
use crate::suggest::figures::{Date, Kind as ValueKind};

/// Lists of which each item has an id of its own.
const NAMED: [&str; 4] = ["labels", "spans", "entities", "relations"];
/// The values of `source.newline`.
const NEWLINES: [&str; 4] = ["lf", "crlf", "cr", "mixed"];

/// What is wrong with the keys of a file: an error where something is misread for it, else a warning.
pub(super) fn check(file: &Value) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = missing(file)
        .into_iter()
        .map(|one| {
            let place = if one.place.is_empty() { "the file" } else { &one.place };
            diagnostic(one.misleads, place, format!("there is no \"{}\"", one.key))
        })
        .collect();
    if file.get("version").and_then(Value::as_u64) == Some(0) {
        found.push(diagnostic(true, "version", "there is no version 0"));
    }
    for list in NAMED {
        for (index, item) in items(file, list) {
            if item.get("id").and_then(Value::as_str) == Some("") {
                found.push(diagnostic(true, format!("{list}[{index}]"), "the id is empty"));
            }
        }
    }
    for (index, span) in items(file, "spans") {
        let score = span.get("score").and_then(Value::as_f64);
        if let Some(score) = score.filter(|score| !(0.0..=1.0).contains(score)) {
            let what = format!("{score} does not lie in 0–1");
            found.push(diagnostic(true, format!("spans[{index}].score"), what));
        }
        let value = span.get("value").filter(|value| !value.is_null());
        if let Some((misleads, what)) = value.and_then(wrong_value) {
            found.push(diagnostic(misleads, format!("spans[{index}].value"), what));
        }
    }
    found.extend(wrong_strings(file));
    found
}

/// Whether a string is one that a key can have.
type Rule<'a> = &'a dyn Fn(&str) -> bool;

/// What is odd about a hash, a kind of line end and a day.
fn wrong_strings(file: &Value) -> Vec<Diagnostic> {
    let is_hash = |hash: &str| hash.len() == 64 && hash.bytes().all(|byte| b"0123456789abcdef".contains(&byte));
    let is_newline = |newline: &str| NEWLINES.contains(&newline);
    let is_day = |day: &str| day.len() == 10 && Date::parse(day).is_some();
    let rules: [(&str, &str, Rule<'_>, &str); 3] = [
        ("source", "sha256", &is_hash, "is no SHA-256 in hexadecimal"),
        ("source", "newline", &is_newline, "is none of lf, crlf, cr, mixed"),
        ("document", "issue_date", &is_day, "is no day such as 2025-09-15"),
    ];
    let mut found = Vec::new();
    for (object, key, is_sound, what) in rules {
        let said = file
            .get(object)
            .and_then(|object| object.get(key))
            .and_then(Value::as_str);
        if let Some(said) = said.filter(|said| !is_sound(said)) {
            found.push(diagnostic(
                false,
                format!("{object}.{key}"),
                format!("\"{said}\" {what}"),
            ));
        }
    }
    found
}

/// What is wrong with a figure's value, and whether it is misread.
fn wrong_value(value: &Value) -> Option<(bool, String)> {
    let Some(object) = value.as_object() else {
        return Some((true, "this is no object".to_owned()));
    };
    let Some(kind) = object.get("kind").and_then(Value::as_str) else {
        return Some((true, "there is no \"kind\"".to_owned()));
    };
    if ValueKind::from_name(kind).is_none() {
        return Some((false, format!("the kind \"{kind}\" is not known")));
    }
    let is_string = |key: &str| object.get(key).is_none_or(|said| said.is_null() || said.is_string());
    let wrong = ["value", "min", "max", "timex"]
        .into_iter()
        .find(|key| !is_string(key))?;
    Some((true, format!("\"{wrong}\" is no string")))
}

fn items<'a>(file: &'a Value, list: &str) -> impl Iterator<Item = (usize, &'a Value)> {
    let items = file.get(list).and_then(Value::as_array);
    items.into_iter().flatten().enumerate()
}

fn diagnostic(is_error: bool, place: impl Into<String>, what: impl Into<String>) -> Diagnostic {
    let (place, what) = (place.into(), what.into());
    Diagnostic::of_file(if is_error {
        Kind::Malformed { place, what }
    } else {
        Kind::Irregular { place, what }
    })
}
