//! The keys that the interface has in each of its objects.

use serde_json::Value;

/// A key that an object has not.
pub(super) struct Missing {
    /// The object: `labels[2]`, or nothing for the file itself.
    pub(super) place: String,
    /// The key.
    pub(super) key: &'static str,
    /// Whether what is taken in its place is another thing than a file that has it says.
    pub(super) misleads: bool,
}

/// The keys of one kind of object: those without which it is misread, and those that only should be there.
struct Keys {
    needed: &'static [&'static str],
    expected: &'static [&'static str],
}

const FILE: Keys = Keys {
    needed: &["version", "offset_unit", "source", "text", "alignment", "spans"],
    expected: &["blocks", "labels", "entities", "relations", "document", "corrections"],
};
const SOURCE: Keys = Keys {
    needed: &["text"],
    expected: &["name", "sha256", "encoding", "newline"],
};
const DOCUMENT: Keys = Keys {
    needed: &[],
    expected: &["status", "title", "issue_date", "note"],
};
/// The objects of each list.
const ITEMS: &[(&str, Keys)] = &[
    (
        "blocks",
        Keys {
            needed: &["start", "end"],
            expected: &["kind"],
        },
    ),
    (
        "labels",
        Keys {
            needed: &["id", "color"],
            expected: &["name", "key"],
        },
    ),
    (
        "spans",
        Keys {
            needed: &["id", "label", "start", "end", "text", "status", "origin"],
            expected: &["raw", "score", "entity", "note", "value"],
        },
    ),
    (
        "entities",
        Keys {
            needed: &["id", "label", "name"],
            expected: &[],
        },
    ),
    (
        "relations",
        Keys {
            needed: &["id", "label", "from", "to"],
            expected: &[],
        },
    ),
    (
        "corrections",
        Keys {
            needed: &["start", "end", "before", "after"],
            expected: &["raw"],
        },
    ),
];

/// The keys of the interface that a file has not. What is no object at all is passed over.
pub(super) fn missing(file: &Value) -> Vec<Missing> {
    let mut found = Vec::new();
    FILE.missing(file, String::new, &mut found);
    for (key, keys) in [("source", SOURCE), ("document", DOCUMENT)] {
        if let Some(object) = file.get(key) {
            keys.missing(object, || key.to_owned(), &mut found);
        }
    }
    for (key, keys) in ITEMS {
        let items = file.get(key).and_then(Value::as_array);
        for (index, item) in items.into_iter().flatten().enumerate() {
            keys.missing(item, || format!("{key}[{index}]"), &mut found);
        }
    }
    found
}

impl Keys {
    fn missing(&self, object: &Value, place: impl Fn() -> String, found: &mut Vec<Missing>) {
        let Some(object) = object.as_object() else { return };
        for (keys, misleads) in [(self.needed, true), (self.expected, false)] {
            for key in keys.iter().filter(|key| !object.contains_key(**key)) {
                found.push(Missing {
                    place: place(),
                    key,
                    misleads,
                });
            }
        }
    }
}
