//! The UIMA CAS, which INCEpTION reads as JSON and as XMI: a text with annotations of typed features. Positions are
//! UTF-16 units.
//!
//! A tag is a DKPro `NamedEntity`: its label is `value`, the entity that it names `identifier`. INCEpTION shows texts by
//! `Sentence` and `Token`, so every character that is not blank is a token. What else a tag says stands in two features
//! of our own, which INCEpTION keeps if the layer has them and passes over if not. Relations are a layer of their own
//! from one `NamedEntity` to another.

pub(super) mod json;
pub(super) mod xmi;

use std::collections::HashMap;
use std::sync::Arc;

use super::intake::{imported, is_blank, range};
use super::loss::{LossKind, LossReport};
use super::sentences::sentences;
use super::utf16::Utf16;
use super::{Annotated, Holds, InputFile, Intake, Tag, line_feeds, xml};
use crate::annot::{Entity, EntityId, Relation, SpanId};
use crate::text::{CharIdx, CharRange, Text};

const NAMED_ENTITY: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
const RELATION: &str = "webanno.custom.TagRelation";
const DOCUMENT: &str = "uima.tcas.DocumentAnnotation";
const GOVERNOR: &str = "Governor";
const DEPENDENT: &str = "Dependent";

/// The types that we write, with their features and the features' types.
const TYPES: [(&str, &[(&str, &str)]); 4] = [
    (
        NAMED_ENTITY,
        &[
            ("value", STRING),
            ("identifier", STRING),
            ("note", STRING),
            ("meaning", STRING),
        ],
    ),
    (SENTENCE, &[]),
    (TOKEN, &[]),
    (
        RELATION,
        &[(GOVERNOR, NAMED_ENTITY), (DEPENDENT, NAMED_ENTITY), ("label", STRING)],
    ),
];
const ANNOTATION: &str = "uima.tcas.Annotation";
const STRING: &str = "uima.cas.String";
const VIEW: &str = "_InitialView";
/// The number of the text (its "subject of analysis") among the feature structures.
const SOFA: usize = 1;

const HOLDS: Holds = Holds {
    values: true,
    entities: true,
    relations: true,
    notes: true,
    ..Holds::TAGS
};

/// Line feeds only, because a browser counts a CR LF as one.
fn limit(text: &mut Annotated, report: &mut LossReport) {
    line_feeds(text, report);
    named_entities_only(text, report);
}

/// Takes out entities without a name, which formats that know entities by name cannot tell from none.
pub(super) fn named_entities_only(text: &mut Annotated, report: &mut LossReport) {
    for tag in &text.tags {
        if text.entity(tag).is_some_and(|entity| entity.name.is_empty()) {
            report.count(LossKind::Entity, || text.covered(tag));
        }
    }
    text.entities.retain(|entity| !entity.name.is_empty());
}

/// An annotation to write.
struct Annotation<'a> {
    /// Its number among the feature structures.
    id: usize,
    kind: &'static str,
    /// In UTF-16 units.
    place: (u32, u32),
    strings: Vec<(&'static str, std::borrow::Cow<'a, str>)>,
    references: Vec<(&'static str, usize)>,
}

/// Everything that is said of a text, tags first.
fn annotations(text: &Annotated) -> Vec<Annotation<'_>> {
    let units = Utf16::new(text.text.as_str());
    let mut annotations: Vec<Annotation<'_>> = Vec::new();
    let mut add = |kind, range: CharRange, strings, references| {
        annotations.push(Annotation {
            id: SOFA + 1 + annotations.len(),
            kind,
            place: units.range(range),
            strings,
            references,
        });
        SOFA + annotations.len()
    };
    let mut ids: HashMap<SpanId, (usize, CharRange)> = HashMap::new();
    for tag in &text.tags {
        let mut strings = vec![("value", tag.label().as_str().into())];
        if let Some(entity) = text.entity(tag) {
            strings.push(("identifier", entity.name.as_str().into()));
        }
        if !tag.mark.note.is_empty() {
            strings.push(("note", tag.mark.note.as_str().into()));
        }
        if let Some(value) = &tag.mark.value {
            strings.push(("meaning", xml::json_text(value).into()));
        }
        ids.insert(tag.id, (add(NAMED_ENTITY, tag.range, strings, Vec::new()), tag.range));
    }
    for relation in &text.relations {
        if let (Some(&(from, _)), Some(&(to, place))) = (ids.get(&relation.from), ids.get(&relation.to)) {
            // A relation stands where its target stands.
            let strings = vec![("label", relation.label.as_str().into())];
            add(RELATION, place, strings, vec![(GOVERNOR, from), (DEPENDENT, to)]);
        }
    }
    for sentence in sentences(text) {
        let after = |at: CharIdx| at + CharIdx(1);
        if let [first, .., last] | [first @ last] = sentence.as_slice() {
            let range = CharRange::new(first.at, after(last.at));
            add(SENTENCE, range, Vec::new(), Vec::new());
        }
        for token in &sentence {
            let range = CharRange::new(token.at, after(token.at));
            add(TOKEN, range, Vec::new(), Vec::new());
        }
    }
    add(DOCUMENT, text.text.range(), vec![("language", "zh".into())], Vec::new());
    annotations
}

/// An annotation that was read, of a type that is one of tags.
#[derive(Default)]
struct Found {
    kind: String,
    id: i64,
    line: Option<usize>,
    /// The number of the text that it is on.
    sofa: i64,
    begin: i64,
    end: i64,
    strings: Vec<(String, String)>,
    /// `Governor` and `Dependent`.
    joins: [Option<i64>; 2],
}

impl Found {
    fn string(&self, names: &[&str]) -> Option<&str> {
        let said = |name: &&str| self.strings.iter().find(|(found, _)| found == name);
        names.iter().find_map(said).map(|(_, said)| said.as_str())
    }

    fn short_kind(&self) -> &str {
        self.kind.rsplit('.').next().unwrap_or(&self.kind)
    }
}

/// Whether a type is one of a layer that people tag in, rather than what programs say of the text.
fn is_tag(kind: &str) -> bool {
    let of_programs = [
        "uima.",
        "de.tudarmstadt.ukp.dkpro.core.api.",
        "de.tudarmstadt.ukp.clarin.webanno.api.",
    ];
    kind == NAMED_ENTITY || !of_programs.iter().any(|prefix| kind.starts_with(prefix))
}

/// Hands on a text with what was found on it.
fn take(file: &InputFile<'_>, sofa: i64, text: &str, found: &[Found], intake: &mut Intake<'_>) {
    let units = Utf16::new(text);
    let mut text = Annotated {
        text: Arc::new(Text::from(text)),
        ..Annotated::default()
    };
    let mut tags: HashMap<i64, SpanId> = HashMap::new();
    let (relations, annotations): (Vec<&Found>, Vec<&Found>) = (found.iter())
        .filter(|one| one.sofa == sofa)
        .partition(|one| one.joins.iter().all(Option::is_some));
    for one in annotations {
        let place = |at: i64| match u32::try_from(at) {
            Ok(at) => units.chars(at).map(|at| i64::from(at.0)),
            Err(_) => Some(at),
        };
        let (Some(begin), Some(end)) = (place(one.begin), place(one.end)) else {
            let what = format!("{}–{} begins or ends inside a character", one.begin, one.end);
            intake.error(file.name, one.line, what);
            continue;
        };
        let label = one.string(&["value", "label"]).unwrap_or(one.short_kind());
        if is_blank(label) {
            // A place outside the text has no words to name it by.
            let place = Some(range(begin, end)).filter(|place| place.end <= text.text.len());
            let covered = place.map(|place| text.text.slice(place)).unwrap_or_default();
            intake.error(file.name, one.line, format!("the tag on \"{covered}\" has no label"));
            continue;
        }
        let mut mark = imported(label);
        if let Some(note) = one.string(&["note"]) {
            note.clone_into(&mut mark.note);
        }
        mark.value = one
            .string(&["meaning"])
            .and_then(|said| serde_json::from_str(said).ok());
        if let Some(name) = one.string(&["identifier"]).filter(|name| !name.is_empty()) {
            mark.entity = Some(entity(&mut text, name, label));
        }
        let id = CharIdx::from(text.tags.len() + 1).0;
        tags.insert(one.id, SpanId(id));
        text.tags.push(Tag::new(id, range(begin, end), Arc::new(mark)));
    }
    for one in relations {
        let tag = |which: usize| one.joins[which].and_then(|id| tags.get(&id).copied());
        let (Some(from), Some(to)) = (tag(0), tag(1)) else {
            intake.error(file.name, one.line, "a relation joins tags that are not there");
            continue;
        };
        let label = one.string(&["label", "value"]).unwrap_or(one.short_kind());
        text.relations.push(Relation {
            id: format!("r{}", text.relations.len() + 1),
            label: label.to_owned(),
            from,
            to,
        });
    }
    intake.take(file, None, text);
}

/// The entity of that name, which is added where it is new.
pub(super) fn entity(text: &mut Annotated, name: &str, label: &str) -> EntityId {
    if let Some(known) = text.entities.iter().find(|entity| entity.name == name) {
        return known.id;
    }
    let id = EntityId(CharIdx::from(text.entities.len() + 1).0);
    text.entities.push(Entity {
        id,
        label: label.into(),
        name: name.to_owned(),
    });
    id
}
