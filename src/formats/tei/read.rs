//! Reading TEI: names, figures and times of any TEI text. White space is layout unless the file says otherwise.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::json;

use super::LISTS;
use crate::annot::{Entity, EntityId, Relation};
use crate::formats::intake::{imported, is_blank};
use crate::formats::xml::{self, Element, Node};
use crate::formats::{Annotated, InputFile, Intake, Tag};
use crate::suggest::figures::Kind;
use crate::text::{CharIdx, CharRange, Text};

/// Elements that begin a line of the text.
const BLOCKS: [&str; 14] = [
    "p", "ab", "head", "l", "item", "byline", "dateline", "salute", "signed", "trailer", "cell", "fw", "u", "sp",
];

pub(super) fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    for file in files {
        let mut tei = Tei::default();
        let done = xml::each_node(file, |_, node| {
            tei.see(&node);
            if let Some(one) = tei.of_corpus() {
                one.hand_over(file, intake);
            }
            Ok(())
        });
        match done {
            Ok(()) if tei.has_text => tei.hand_over(file, intake),
            Ok(()) if tei.documents > 0 => {}
            Ok(()) => intake.error(file.name, None, "this is no TEI file: there is no text element"),
            Err((line, what)) => intake.error(file.name, line, what),
        }
    }
}

/// Where in the file a node stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Area {
    #[default]
    Outside,
    StandOff,
    Text,
}

/// What an element that is open is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Block,
    Tag,
    /// One of the texts of a corpus.
    Document,
    /// In `standOff`: its words are kept.
    Said,
    Other,
}

struct Frame {
    role: Role,
    area: Area,
    preserve: bool,
}

/// A tag that is open.
struct Open {
    tag: usize,
    /// Where its first character stands, once one has come.
    start: Option<u32>,
}

/// A tag as its fragments say it.
struct Found {
    id: String,
    range: Option<(u32, u32)>,
    label: String,
    reference: String,
    value: Option<serde_json::Value>,
}

#[derive(Default)]
struct Tei {
    frames: Vec<Frame>,
    /// Whether the file holds several texts, each with what it says of its own.
    is_corpus: bool,
    /// Whether one of them has just ended, and how many have.
    has_ended: bool,
    documents: usize,
    has_text: bool,
    text: String,
    chars: u32,
    /// Whether nothing of the block has come yet.
    fresh: bool,
    has_block: bool,
    /// White space that is layout, and whether a line ends in it.
    pending: Option<bool>,
    open: Vec<Open>,
    found: Vec<Found>,
    /// Tags by the ids of their fragments, and of fragments to come.
    by_id: HashMap<String, usize>,
    /// In `standOff`: the entities by id, with label and name.
    entities: Vec<(String, String, String)>,
    /// The kind of group and the target of what is being said.
    group: String,
    target: String,
    said: String,
    /// Kind, target and words.
    spans: Vec<(String, String, String)>,
    relations: Vec<[String; 3]>,
}

impl Tei {
    fn see(&mut self, node: &Node<'_>) {
        match node {
            Node::Start(element) => self.start(element),
            Node::End => self.end(),
            Node::Text(words) => self.words(words),
        }
    }

    /// The text of a corpus that has just ended, if it has words.
    fn of_corpus(&mut self) -> Option<Self> {
        if !self.has_ended {
            return None;
        }
        let rest = Self {
            frames: std::mem::take(&mut self.frames),
            is_corpus: true,
            documents: self.documents + usize::from(self.has_text),
            ..Self::default()
        };
        Some(std::mem::replace(self, rest)).filter(|one| one.has_text)
    }

    fn start(&mut self, element: &Element) {
        let (mut area, mut preserve) =
            (self.frames.last()).map_or((Area::Outside, false), |frame| (frame.area, frame.preserve));
        match element.attribute("xml:space") {
            Some("preserve") => preserve = true,
            Some(_) => preserve = false,
            None => {}
        }
        let mut role = Role::Other;
        match (area, element.name.as_str()) {
            (Area::Outside, "teiCorpus") => self.is_corpus = true,
            (Area::Outside, "TEI") if self.is_corpus => role = Role::Document,
            (Area::Outside, "text") => {
                area = Area::Text;
                self.has_text = true;
            }
            (Area::Outside, "standOff") => area = Area::StandOff,
            (Area::StandOff, _) => role = self.start_in_stand_off(element),
            (Area::Text, "lb") => self.line_begins(),
            (Area::Text, name) if BLOCKS.contains(&name) => {
                self.begin_block();
                role = Role::Block;
            }
            (Area::Text, _) => {
                if let Some(label) = label(element) {
                    self.begin_tag(element, label);
                    role = Role::Tag;
                }
            }
            (Area::Outside, _) => {}
        }
        self.frames.push(Frame { role, area, preserve });
    }

    fn start_in_stand_off(&mut self, element: &Element) -> Role {
        let attribute = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
        let list = LISTS.iter().find(|(_, _, item, _)| *item == element.name);
        match element.name.as_str() {
            "spanGrp" | "interpGrp" => self.group = attribute("type"),
            "span" => {
                self.target = attribute("target");
                self.said.clear();
                return Role::Said;
            }
            "interp" => {
                self.entities
                    .push((attribute("xml:id"), attribute("type"), String::new()));
                self.target.clear();
                self.said.clear();
                return Role::Said;
            }
            "relation" => self.relations.push(["name", "active", "passive"].map(attribute)),
            _ => {}
        }
        if let Some((label, ..)) = list {
            self.entities
                .push((attribute("xml:id"), (*label).to_owned(), String::new()));
        }
        // The first name of a person, an organisation or a place.
        let names_entity = LISTS.iter().any(|(_, _, _, name)| *name == element.name)
            && self.entities.last().is_some_and(|(_, _, name)| name.is_empty());
        if names_entity {
            self.target.clear();
            self.said.clear();
            return Role::Said;
        }
        Role::Other
    }

    fn end(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame.role {
            Role::Tag => {
                if let Some(open) = self.open.pop() {
                    let start = open.start.unwrap_or(self.chars);
                    let range = &mut self.found[open.tag].range;
                    let before = range.unwrap_or((start, self.chars));
                    *range = Some((before.0.min(start), before.1.max(self.chars)));
                }
            }
            Role::Block => self.pending = None,
            Role::Document => self.has_ended = true,
            Role::Said if self.target.is_empty() => {
                if let Some((_, _, name)) = self.entities.last_mut() {
                    *name = std::mem::take(&mut self.said);
                }
            }
            Role::Said => {
                let target = std::mem::take(&mut self.target);
                let said = std::mem::take(&mut self.said);
                self.spans.push((self.group.clone(), target, said));
            }
            Role::Other => {}
        }
    }

    fn words(&mut self, words: &str) {
        let Some(frame) = self.frames.last() else { return };
        match frame.area {
            Area::Outside => {}
            Area::StandOff => {
                if frame.role == Role::Said {
                    self.said.push_str(words);
                }
            }
            Area::Text => {
                let in_block = self.frames.iter().any(|frame| frame.role == Role::Block);
                if frame.preserve && in_block {
                    words.chars().for_each(|c| self.push(c));
                } else {
                    self.words_with_layout(words);
                }
            }
        }
    }

    /// White space with a line end in it is nothing beside a Chinese character, and a space between words.
    fn words_with_layout(&mut self, words: &str) {
        for c in words.chars() {
            if matches!(c, ' ' | '\t' | '\r' | '\n') {
                *self.pending.get_or_insert(false) |= c == '\n';
                continue;
            }
            if let Some(line_ends) = self.pending.take() {
                let before = self.text.chars().next_back().filter(|c| *c != '\n');
                let is_wide = |c: char| c >= '\u{2e80}';
                let joins = line_ends && (is_wide(c) || before.is_some_and(is_wide));
                if before.is_some() && !self.fresh && !joins {
                    // A tag does not begin with the space before it.
                    self.put(' ');
                }
            }
            self.push(c);
        }
    }

    fn push(&mut self, c: char) {
        let unset = self.open.iter_mut().rev().take_while(|open| open.start.is_none());
        for open in unset {
            open.start = Some(self.chars);
        }
        self.put(c);
    }

    fn put(&mut self, c: char) {
        self.text.push(c);
        self.chars += 1;
        self.fresh = false;
    }

    fn begin_block(&mut self) {
        self.pending = None;
        let in_empty_block = self.fresh && self.frames.iter().any(|frame| frame.role == Role::Block);
        if self.has_block && !in_empty_block {
            self.push('\n');
        }
        self.has_block = true;
        self.fresh = true;
    }

    /// The first line of a block begins where the block does.
    fn line_begins(&mut self) {
        self.pending = None;
        if self.fresh {
            self.fresh = false;
        } else if !self.text.is_empty() || self.has_block {
            self.push('\n');
        }
    }

    fn begin_tag(&mut self, element: &Element, label: String) {
        let attribute = |name: &str| element.attribute(name).unwrap_or_default();
        let id = attribute("xml:id").to_owned();
        let before = attribute("prev").strip_prefix('#').and_then(|id| self.by_id.get(id));
        let tag = before
            .or_else(|| self.by_id.get(&id))
            .copied()
            .unwrap_or(self.found.len());
        if tag == self.found.len() {
            self.found.push(Found {
                id: id.clone(),
                range: None,
                label,
                reference: attribute("ref").to_owned(),
                value: value(element),
            });
        }
        if !id.is_empty() {
            self.by_id.insert(id, tag);
        }
        if let Some(next) = attribute("next").strip_prefix('#') {
            self.by_id.insert(next.to_owned(), tag);
        }
        self.open.push(Open { tag, start: None });
    }

    fn hand_over(self, file: &InputFile<'_>, intake: &mut Intake<'_>) {
        let mut text = Annotated {
            text: Arc::new(Text::new(self.text)),
            ..Annotated::default()
        };
        let mut entities: HashMap<String, EntityId> = HashMap::new();
        for (id, label, name) in self.entities {
            let entity = next_entity(
                &mut text,
                id.strip_prefix('e').and_then(|number| number.parse().ok()),
                &label,
                name,
            );
            entities.insert(format!("#{id}"), entity);
        }
        let mut ids: HashMap<String, usize> = HashMap::new();
        for found in self.found {
            let Some((start, end)) = found.range.filter(|(start, end)| start < end) else {
                continue;
            };
            let range = CharRange::new(CharIdx(start), CharIdx(end));
            let mut mark = imported(&found.label);
            mark.value = found.value;
            if let Some(&known) = entities.get(&found.reference) {
                mark.entity = Some(known);
            } else if !found.reference.is_empty() {
                let name = text.text.slice(range).to_owned();
                let entity = next_entity(&mut text, None, &found.label, name);
                mark.note.clone_from(&found.reference);
                mark.entity = Some(entity);
                entities.insert(found.reference, entity);
            }
            ids.insert(format!("#{}", found.id), text.tags.len());
            let id = CharIdx::from(text.tags.len() + 1).0;
            text.tags.push(Tag::new(id, range, Arc::new(mark)));
        }
        for (kind, target, said) in self.spans {
            let Some(&tag) = ids.get(&target) else {
                intake.error(
                    file.name,
                    None,
                    format!("a {kind} in standOff belongs to {target}, which is not there"),
                );
                continue;
            };
            let mark = Arc::make_mut(&mut text.tags[tag].mark);
            match (kind.as_str(), serde_json::from_str(&said)) {
                ("value", Ok(value)) => mark.value = Some(value),
                _ if mark.note.is_empty() => mark.note = said,
                _ => mark.note += &format!("\n{said}"),
            }
        }
        for [label, from, to] in self.relations {
            match (ids.get(&from), ids.get(&to)) {
                (Some(&from), Some(&to)) => text.relations.push(Relation {
                    id: format!("r{}", text.relations.len() + 1),
                    label,
                    from: text.tags[from].id,
                    to: text.tags[to].id,
                }),
                // Relations between entities, which other files have, are none between tags.
                _ => intake.warn(
                    file.name,
                    None,
                    format!("the relation {label} joins {from} and {to}, not two tags"),
                ),
            }
        }
        intake.take(file, None, text);
    }
}

/// Adds an entity, with the number that it had if that is free.
fn next_entity(text: &mut Annotated, number: Option<u32>, label: &str, name: String) -> EntityId {
    let taken = |number: u32| text.entities.iter().any(|entity| entity.id.0 == number);
    let last = text.entities.iter().map(|entity| entity.id.0).max().unwrap_or(0);
    let number = number.filter(|number| !taken(*number) && *number < u32::MAX / 2);
    let id = EntityId(number.unwrap_or(last + 1));
    text.entities.push(Entity {
        id,
        label: label.into(),
        name,
    });
    id
}

/// Our label for an element, if it is one that tags.
fn label(element: &Element) -> Option<String> {
    let label = match element.name.as_str() {
        "persName" => "person",
        "orgName" => "unit",
        "placeName" | "geogName" | "settlement" | "country" | "region" | "district" => "place",
        "measure" | "num" => "figure",
        "date" | "time" => "time",
        "rs" | "name" => element
            .attribute("type")
            .filter(|kind| !is_blank(kind))
            .unwrap_or("name"),
        _ => return None,
    };
    Some(label.to_owned())
}

/// What an element's attributes say of a figure or a time.
fn value(element: &Element) -> Option<serde_json::Value> {
    let attribute = |name: &str| element.attribute(name);
    match element.name.as_str() {
        "measure" => {
            let unit = json!({"raw": attribute("unit"), "code": attribute("unit")});
            // TEI leaves the names of types to the encoder; its Guidelines call money `currency`.
            let kind = match attribute("type") {
                Some("currency") => "money",
                Some(kind) if Kind::from_name(kind).is_some() => kind,
                _ => "measure",
            };
            Some(json!({"kind": kind, "value": attribute("quantity")?, "unit": unit}))
        }
        "num" => Some(json!({"kind": "count", "value": attribute("value")?})),
        "date" | "time" => {
            let when = attribute("when")?;
            let timex = when
                .strip_prefix("--")
                .map_or_else(|| when.to_owned(), |day| format!("XXXX-{day}"));
            Some(json!({"kind": element.name, "timex": timex}))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{ImportOptions, by_id, import};

    #[test]
    fn each_text_of_a_corpus_is_one() {
        let text = |words: &str| format!("<TEI><teiHeader/><text><body><p>{words}</p></body></text></TEI>\n");
        let one = text("记者<persName xml:id=\"s1\">罗勇</persName>");
        let bytes = format!(
            "<teiCorpus><teiHeader/>{one}<TEI><teiHeader/></TEI><teiCorpus>{one}{}</teiCorpus></teiCorpus>",
            text("没有标注")
        );
        let file = InputFile {
            name: "a.xml",
            bytes: bytes.as_bytes(),
        };
        let (texts, faults) = import(by_id("tei").unwrap(), &[file], &ImportOptions::default());
        assert!(faults.is_empty(), "{faults:?}");
        let found: Vec<String> = (texts.iter())
            .map(|text| {
                let text = &text.annotated;
                let tags: Vec<String> = text.tags.iter().map(|tag| text.covered(tag)).collect();
                format!("{} {} {}", text.name, text.text.as_str(), tags.join(","))
            })
            .collect();
        assert_eq!(found, ["a 记者罗勇 罗勇", "a-2 记者罗勇 罗勇", "a-3 没有标注 "]);
    }
}
