//! What a step has changed, each thing with its name and fields.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Step;
use super::step::Tag;
use crate::annot::dismissal::Dismissal;
use crate::annot::document::BlockMark;
use crate::annot::fact::taken_back;
use crate::annot::{Entity, Label, LabelSet, Meta, Relation};

impl Step {
    /// What it changed, a name and the fields for each thing; nothing where it comes to nothing.
    #[must_use]
    pub fn changes(&self) -> Vec<(&'static str, Map<String, Value>)> {
        let mut all = Vec::new();
        for one in self.change.replacements() {
            let fields = json!({"start": one.at.0, "before": one.before, "after": one.after});
            all.push(("text corrected", object(fields)));
        }
        for (from, to) in &self.moved {
            all.push(("block moved", object(json!({"block": from, "to": to}))));
        }
        for (number, (before, after, range)) in &self.blocks {
            if before.is_some_and(|before| before == *after) {
                continue;
            }
            let (start, end) = <(u32, u32)>::from(*range);
            let mut fields = object(json!({"block": number, "start": start, "end": end}));
            fields.extend(match before {
                Some(before) => changed(block(after), &block(before)),
                None => block(after),
            });
            all.push(("block changed", fields));
        }
        for tag in self.spans.values() {
            let Some(made) = tag.made.as_ref().filter(|_| tag.before.is_none()) else {
                all.extend(self.tag(tag));
                continue;
            };
            let first = Tag {
                after: Some(made.clone()),
                ..tag.clone()
            };
            let then = Tag {
                before: Some(made.clone()),
                ..tag.clone()
            };
            // A tag that came and went in one step is nothing.
            if tag.after.is_some() {
                all.extend([self.tag(&first), self.tag(&then)].into_iter().flatten());
            }
        }
        if let Some((before, after)) = &self.entities {
            compare(
                &mut all,
                before,
                after,
                |entity| entity.id,
                |entity| self.entity(entity),
                ENTITY,
            );
        }
        if let Some((before, after)) = &self.relations {
            let key = |relation: &Relation| relation.id.clone();
            compare(
                &mut all,
                before,
                after,
                key,
                |relation| self.relation(relation),
                RELATION,
            );
        }
        if let Some((before, after)) = &self.labels {
            let list = |labels: &LabelSet| labels.iter().cloned().collect::<Vec<Label>>();
            compare(
                &mut all,
                &list(before),
                &list(after),
                |label| label.id.clone(),
                label,
                LABEL,
            );
        }
        if let Some((before, after)) = &self.meta
            && before != after
        {
            all.push(("document changed", changed(meta(after), &meta(before))));
        }
        if let Some((before, after)) = &self.dismissals {
            let fields = |one: &Dismissal| object(json!({"check": one.check, "texts": one.texts}));
            let line = |one: &Dismissal, finding, fact| match taken_back(one) {
                Some((role, name)) => {
                    let text = self.figures.get(name);
                    (fact, object(json!({"tag": name, "text": text, "role": role.as_str()})))
                }
                None => (finding, fields(one)),
            };
            let new = after.iter().filter(|one| !before.contains(one));
            all.extend(new.map(|one| line(one, "finding dismissed", "fact taken back")));
            let gone = before.iter().filter(|one| !after.contains(one));
            all.extend(gone.map(|one| line(one, "finding restored", "fact restored")));
        }
        all
    }

    fn tag(&self, tag: &Tag) -> Option<(&'static str, Map<String, Value>)> {
        let mut fields = object(json!({"tag": tag.name}));
        let what = match (&tag.before, &tag.after) {
            (None, None) => return None,
            (None, Some(after)) => {
                fields.extend(after.fields());
                "tag added"
            }
            (Some(before), None) => {
                fields.extend(before.fields());
                "tag removed"
            }
            (Some(before), Some(after)) => {
                let what = if before.mark.label != after.mark.label {
                    "tag relabelled"
                } else if self.change.map_range(before.range) != after.range && self.moved.is_empty() {
                    "tag moved"
                } else if before.mark.status != after.mark.status {
                    "tag judged"
                } else if before.mark != after.mark {
                    "tag changed"
                } else {
                    // It only went with its text.
                    return None;
                };
                fields.extend(changed(after.fields(), &before.fields()));
                what
            }
        };
        Some((what, fields))
    }

    fn entity(&self, entity: &Entity) -> Map<String, Value> {
        let name = self.entity_names.get(&entity.id);
        object(json!({"entity": name, "label": entity.label.as_str(), "name": entity.name}))
    }

    fn relation(&self, relation: &Relation) -> Map<String, Value> {
        let name = |id| self.span_names.get(&id);
        object(json!({
            "relation": relation.id,
            "label": relation.label,
            "from": name(relation.from),
            "to": name(relation.to),
        }))
    }
}

/// What lines say of entities, relations and labels that come, go and change.
const ENTITY: [&str; 3] = ["entity added", "entity removed", "entity changed"];
const RELATION: [&str; 3] = ["relation added", "relation removed", "relation changed"];
const LABEL: [&str; 3] = ["label added", "label removed", "label changed"];

fn compare<T: PartialEq, K: Ord>(
    all: &mut Vec<(&'static str, Map<String, Value>)>,
    before: &[T],
    after: &[T],
    key: impl Fn(&T) -> K,
    fields: impl Fn(&T) -> Map<String, Value>,
    [added, removed, changes]: [&'static str; 3],
) {
    let mut old: BTreeMap<K, &T> = before.iter().map(|one| (key(one), one)).collect();
    for one in after {
        match old.remove(&key(one)) {
            None => all.push((added, fields(one))),
            Some(was) if was != one => {
                all.push((changes, changed(fields(one), &fields(was))));
            }
            Some(_) => {}
        }
    }
    all.extend(old.values().map(|one| (removed, fields(one))));
}

/// What is said of a thing now, and what was otherwise before; `null` for what was not there.
fn changed(mut now: Map<String, Value>, before: &Map<String, Value>) -> Map<String, Value> {
    let keys = now.keys().chain(before.keys().filter(|key| !now.contains_key(*key)));
    let value = |of: &Map<String, Value>, key: &str| of.get(key).cloned().unwrap_or_default();
    let other = keys.filter(|key| value(&now, key) != value(before, key));
    let other: Map<String, Value> = other.map(|key| (key.clone(), value(before, key))).collect();
    now.insert("before".to_owned(), Value::Object(other));
    now
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn block(mark: &BlockMark) -> Map<String, Value> {
    object(json!({"kind": mark.kind, "starts_article": mark.starts_article, "dropped": mark.dropped}))
}

fn label(label: &Label) -> Map<String, Value> {
    object(json!({
        "label": label.id.as_str(),
        "name": {"zh": label.zh, "en": label.en},
        "color": label.color.to_string(),
        "key": label.key.map(String::from),
        "guideline": label.guideline,
    }))
}

fn meta(meta: &Meta) -> Map<String, Value> {
    object(json!({
        "status": meta.status,
        "title": meta.title,
        "issue_date": meta.issue_date,
        "note": meta.note,
    }))
}
