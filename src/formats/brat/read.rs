//! Reading brat's standoff: what the program's own export holds, and of other files also events (as relations from the
//! trigger), equivalences (as one entity) and attributes (in the tag's note).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::{DATABASE, breaks_line};
use crate::annot::{Entity, EntityId, Mark, Relation};
use crate::formats::intake::{imported, is_blank, range};
use crate::formats::{Annotated, InputFile, Intake, Tag};
use crate::text::Text;

pub(super) fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    let mut documents: BTreeMap<&str, (Option<&InputFile<'_>>, Vec<&InputFile<'_>>)> = BTreeMap::new();
    for file in files {
        if file.has_extension("txt") {
            documents.entry(file.stem()).or_default().0 = Some(file);
        } else if ["ann", "a1", "a2"]
            .iter()
            .any(|extension| file.has_extension(extension))
        {
            documents.entry(file.stem()).or_default().1.push(file);
        }
    }
    for (stem, (text_file, annotations)) in documents {
        let Some(text_file) = text_file else {
            for file in annotations {
                intake.error(file.name, None, format!("the text {stem}.txt is missing"));
            }
            continue;
        };
        // Offsets count every character of the file, a byte order mark too.
        let text = match std::str::from_utf8(text_file.bytes) {
            Ok(text) => Text::from(text),
            Err(_) => {
                intake.error(
                    text_file.name,
                    text_file.text().err().map(|(line, _)| line),
                    "this is not UTF-8",
                );
                continue;
            }
        };
        let mut standoff = Standoff::new(text_file.name, text);
        for file in annotations {
            match file.text() {
                Ok(ann) => standoff.read_lines(file, ann, intake),
                Err((line, what)) => intake.error(file.name, line, what),
            }
        }
        intake.take(text_file, None, standoff.finish());
    }
}

/// Why a line was not taken.
type Problem = String;

struct Standoff<'a> {
    text: Annotated,
    tags: HashMap<&'a str, usize>,
    /// The numbers that tags have.
    numbers: BTreeSet<u32>,
    /// The trigger of an event.
    triggers: HashMap<&'a str, &'a str>,
    entities: HashMap<String, EntityId>,
    /// Tags whose value came whole, so that attributes say nothing new.
    valued: Vec<usize>,
    attributes: Vec<(usize, String)>,
}

impl<'a> Standoff<'a> {
    fn new(name: &str, text: Text) -> Self {
        Self {
            text: Annotated {
                name: name.to_owned(),
                text: Arc::new(text),
                ..Annotated::default()
            },
            tags: HashMap::new(),
            numbers: BTreeSet::new(),
            triggers: HashMap::new(),
            entities: HashMap::new(),
            valued: Vec::new(),
            attributes: Vec::new(),
        }
    }

    /// Reads tags first, then the triggers of events, then the rest: a line may stand before what it speaks of.
    fn read_lines(&mut self, file: &InputFile<'_>, ann: &'a str, intake: &mut Intake<'_>) {
        let lines = || {
            (1..)
                .zip(ann.split('\n'))
                .map(|(number, line)| (number, line.trim_end_matches('\r')))
        };
        let events = || lines().filter(|(_, line)| line.starts_with('E'));
        let tags = lines().filter(|(_, line)| line.starts_with('T'));
        let rest = lines().filter(|(_, line)| !line.starts_with('T') && !line.trim().is_empty());
        let tags = tags
            .map(|(number, line)| (number, self.read_tag(line)))
            .collect::<Vec<_>>();
        let triggers = events()
            .map(|(number, line)| (number, self.read_trigger(line)))
            .collect::<Vec<_>>();
        let rest = rest
            .map(|(number, line)| (number, self.read_line(line)))
            .collect::<Vec<_>>();
        for (number, done) in tags.into_iter().chain(triggers).chain(rest) {
            if let Err(what) = done {
                intake.error(file.name, number, what);
            }
        }
    }

    /// `E1<TAB>Type:T3 Role:T1`, of which the trigger.
    fn read_trigger(&mut self, line: &'a str) -> Result<(), Problem> {
        let (id, data) = line.split_once('\t').ok_or("there is no tab behind the id")?;
        let first = data
            .split_ascii_whitespace()
            .next()
            .and_then(|word| word.split_once(':'));
        let (_, trigger) = first.ok_or("an event has no trigger")?;
        self.triggers.insert(id, trigger);
        Ok(())
    }

    fn read_line(&mut self, line: &'a str) -> Result<(), Problem> {
        let (id, rest) = line.split_once('\t').ok_or("there is no tab behind the id")?;
        let (data, tail) = rest.split_once('\t').unwrap_or((rest, ""));
        let mut words = data.split_ascii_whitespace();
        match id.chars().next() {
            Some('E') => {
                for word in words.skip(1) {
                    let (role, to) = word.split_once(':').ok_or("a role names nothing")?;
                    self.relation(role, id, to)?;
                }
                Ok(())
            }
            Some('R') => {
                let label = words.next().ok_or("a relation has no type")?;
                let arguments: Vec<&str> = words
                    .filter_map(|word| word.split_once(':'))
                    .map(|(_, to)| to)
                    .collect();
                match arguments.as_slice() {
                    [from, to] => self.relation(label, from, to),
                    _ => Err("a relation joins two tags".into()),
                }
            }
            Some('*') => {
                let mut all = words
                    .skip(1)
                    .map(|id| self.find(id))
                    .collect::<Result<Vec<_>, _>>()?
                    .into_iter();
                let first = all.next().ok_or("an equivalence names nothing")?;
                let name = self.text.covered(&self.text.tags[first]);
                let entity = self.entity(&format!("* {id} {data}"), first, &name);
                for tag in all.chain([first]) {
                    self.mark(tag).entity = Some(entity);
                }
                Ok(())
            }
            Some('A' | 'M') => {
                let name = words.next().ok_or("an attribute has no name")?;
                let tag = self.find(words.next().ok_or("an attribute belongs to nothing")?)?;
                let said = words
                    .next()
                    .map_or_else(|| name.to_owned(), |said| format!("{name}: {said}"));
                self.attributes.push((tag, said));
                Ok(())
            }
            Some('N') => {
                let tag = self.find(words.nth(1).ok_or("a reference belongs to nothing")?)?;
                let key = words.next().ok_or("a reference names nothing")?;
                let entity = self.entity(key, tag, &unescaped(tail));
                self.mark(tag).entity = Some(entity);
                if !key.starts_with(DATABASE) {
                    self.attributes.push((tag, key.to_owned()));
                }
                Ok(())
            }
            Some('#') => {
                let kind = words.next().ok_or("a note has no kind")?;
                let tag = self.find(words.next().ok_or("a note belongs to nothing")?)?;
                let note = unescaped(tail);
                match serde_json::from_str(&note) {
                    Ok(value) if kind == "Value" => {
                        self.mark(tag).value = Some(value);
                        self.valued.push(tag);
                    }
                    _ => add_line(&mut self.mark(tag).note, &note),
                }
                Ok(())
            }
            _ => Err(format!("\"{id}\" is no id of brat's")),
        }
    }

    /// `T1<TAB>PER 3 4;5 6<TAB>胡 勇`
    fn read_tag(&mut self, line: &'a str) -> Result<(), Problem> {
        let (id, rest) = line.split_once('\t').ok_or("there is no tab behind the id")?;
        let (data, covered) = rest.split_once('\t').ok_or("a tag has no text")?;
        let (label, places) = data.split_once(' ').ok_or("a tag has no place")?;
        if is_blank(label) {
            return Err(format!("the tag on \"{covered}\" has no label"));
        }
        let mut pieces = Vec::new();
        for place in places.split(';') {
            let ends = place.trim().split_once(' ');
            let ends = ends.and_then(|(start, end)| Some((start.parse().ok()?, end.trim().parse().ok()?)));
            let (start, end) = ends.ok_or_else(|| format!("\"{place}\" is no place"))?;
            let piece = range(start, end);
            if piece.is_empty() || piece.end > self.text.text.len() {
                let len = self.text.text.len().0;
                return Err(format!("{start}–{end} does not fit the text of {len} characters"));
            }
            pieces.push(piece);
        }
        let number = id[1..].parse().ok().filter(|number| *number < u32::MAX / 2);
        let number = number.filter(|number| !self.numbers.contains(number));
        let number = number.unwrap_or_else(|| self.numbers.last().map_or(1, |last| last + 1));
        self.numbers.insert(number);
        let tag = Tag::in_pieces(number, pieces, Arc::new(imported(label))).ok_or("a tag has no place")?;
        let found = self.text.covered(&tag);
        // Other writers put a space where a line end is covered.
        if found != covered && found.replace(breaks_line, " ") != covered {
            return Err(format!("the tag says {covered:?} where the text has {found:?}"));
        }
        if self.tags.contains_key(id) {
            return Err(format!("{id} is there twice"));
        }
        // Only now does the id count: whoever finds it indexes the list.
        self.tags.insert(id, self.text.tags.len());
        self.text.tags.push(tag);
        Ok(())
    }

    fn relation(&mut self, label: &str, from: &str, to: &str) -> Result<(), Problem> {
        let from = self.find(from)?;
        let to = self.find(to)?;
        self.text.relations.push(Relation {
            id: format!("r{}", self.text.relations.len() + 1),
            label: label.to_owned(),
            from: self.text.tags[from].id,
            to: self.text.tags[to].id,
        });
        Ok(())
    }

    /// The tag of that id, or the trigger of the event of that id.
    fn find(&self, id: &str) -> Result<usize, Problem> {
        let id = self.triggers.get(id).copied().unwrap_or(id);
        let found = self.tags.get(id).copied();
        found.ok_or_else(|| format!("{id} is not there"))
    }

    fn mark(&mut self, tag: usize) -> &mut Mark {
        Arc::make_mut(&mut self.text.tags[tag].mark)
    }

    /// The entity known by this key; made from the tag where it is new.
    fn entity(&mut self, key: &str, tag: usize, name: &str) -> EntityId {
        if let Some(&known) = self.entities.get(key) {
            return known;
        }
        let own = key.strip_prefix(DATABASE).and_then(|key| key.strip_prefix(":e"));
        let next = self
            .text
            .entities
            .iter()
            .map(|entity| entity.id.0 + 1)
            .max()
            .unwrap_or(1);
        let own = own
            .and_then(|number| number.parse().ok())
            .filter(|number| *number < u32::MAX / 2);
        let own = own.filter(|number| self.text.entities.iter().all(|entity| entity.id.0 != *number));
        let id = EntityId(own.unwrap_or(next));
        self.entities.insert(key.to_owned(), id);
        self.text.entities.push(Entity {
            id,
            label: self.text.tags[tag].label().clone(),
            name: name.to_owned(),
        });
        id
    }

    fn finish(mut self) -> Annotated {
        for (tag, said) in std::mem::take(&mut self.attributes) {
            let is_of_value = said.starts_with("Kind: ") || said.starts_with("Unit: ");
            if !(is_of_value && self.valued.contains(&tag)) {
                add_line(&mut self.mark(tag).note, &said);
            }
        }
        self.text
    }
}

fn add_line(note: &mut String, line: &str) {
    if !note.is_empty() {
        note.push('\n');
    }
    note.push_str(line);
}

/// A note as it was before [`super::escaped`]; what is none of its escapes stays.
fn unescaped(note: &str) -> String {
    let mut text = String::with_capacity(note.len());
    let mut rest = note;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let hex = escape.strip_prefix('u').and_then(|hex| hex.get(..4));
        let coded = hex
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .and_then(char::from_u32);
        let (c, len) = match (escape.chars().next(), coded) {
            (Some('\\'), _) => ('\\', 1),
            (Some('n'), _) => ('\n', 1),
            (Some('t'), _) => ('\t', 1),
            (Some('u'), Some(c)) if breaks_line(c) => (c, 5),
            _ => ('\\', 0),
        };
        text.push(c);
        rest = &escape[len..];
    }
    text + rest
}
