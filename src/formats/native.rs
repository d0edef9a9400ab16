//! The saved file (`annotations/<stem>.json`): two-space JSON with keys in a fixed order, offsets in code points.
//!
//! `save(load(x)) == x` byte for byte: for every file that this module wrote, because it writes the same again, and for every
//! other that has the interface's keys, because what nobody changed is written as it was read. Keys that are not known here
//! survive every change, in their places.

mod check;
pub mod objects;
mod required;
pub mod wire;

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::Arc;

use thiserror::Error;

pub use check::check_saved;
pub use objects::{
    BlockObject, CorrectionObject, DismissalObject, DocumentObject, EntityObject, File, LabelObject, NameObject,
    RelationObject, SourceObject, SpanObject,
};

use crate::annot::dismissal::Dismissal;
use crate::annot::document::{BlockMark, ForeignNames, Parts, Unknown, UnknownKeys, Written};
use crate::annot::fact::taken_back;
use crate::annot::label::Rgb;
use crate::annot::realign::{RawPlaces, raw_of_corrections};
use crate::annot::{
    Document, Entity, EntityId, Label, LabelId, LabelSet, LostTag, Mark, Meta, Origin, Relation, Source, Span, SpanId,
    Status,
};
use crate::text::change::Replacement;
use crate::text::{Alignment, ChangeSet, CharIdx, CharRange, Text};

/// The version that this program writes.
pub const VERSION: u32 = 1;
/// What its offsets count.
const UNIT: &str = "codepoint";

/// Why a file cannot be opened as a saved one.
#[derive(Debug, Error)]
pub enum LoadError {
    /// It is not JSON, or not of this shape.
    #[error("line {line}, column {column}: {what}")]
    Json {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What is wrong there.
        what: String,
    },
    /// It is JSON, but no annotation of this program.
    #[error("this is not a file of Zhupi's (no \"format\": \"zhupi\")")]
    OtherFormat,
    /// It contradicts itself.
    #[error("{0}")]
    Broken(String),
}

/// An opened file.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What it holds.
    pub document: Document,
    /// The version that wrote it. Above [`VERSION`] it must not be written over.
    pub version: u32,
}

/// Reads a saved file.
///
/// # Errors
/// With the place in the file where it is not of the right shape, or naming the first thing in it that contradicts the
/// text.
pub fn load(bytes: &[u8]) -> Result<Loaded, LoadError> {
    let file: File = serde_json::from_slice(bytes).map_err(|error| LoadError::Json {
        line: error.line(),
        column: error.column(),
        what: without_place(&error.to_string()),
    })?;
    if file.format != "zhupi" {
        return Err(LoadError::OtherFormat);
    }
    if !["", UNIT].contains(&file.offset_unit.as_str()) {
        let what = format!("the offset unit is \"{}\" instead of \"{UNIT}\"", file.offset_unit);
        return Err(LoadError::Broken(what));
    }
    let version = file.version;
    let mut document = document_of(file).map_err(LoadError::Broken)?;
    // Hardly ever: mostly the file is one of this program's.
    if !is_saved_as(&document, bytes)
        && serde_json::from_slice(bytes).is_ok_and(|file| required::missing(&file).is_empty())
    {
        document.written = Written::new(bytes, document.clone());
    }
    Ok(Loaded { document, version })
}

/// Whether saving the document gives these bytes. Nothing is written.
fn is_saved_as(document: &Document, bytes: &[u8]) -> bool {
    struct Same<'a>(&'a [u8]);
    impl io::Write for Same<'_> {
        fn write(&mut self, written: &[u8]) -> io::Result<usize> {
            self.0 = self.0.strip_prefix(written).ok_or(io::ErrorKind::InvalidData)?;
            Ok(written.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut same = Same(bytes);
    serde_json::to_writer_pretty(&mut same, &file_of(document)).is_ok() && same.0 == b"\n"
}

/// `serde_json`'s message without the place that it ends with, which we say ourselves.
fn without_place(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}

/// Gives the names of one kind of thing their numbers.
struct Names<'a> {
    prefix: &'a str,
    numbers: HashMap<String, u32>,
    foreign: Vec<(u32, String)>,
}

impl<'a> Names<'a> {
    /// Numbers for all names: `s12` gets 12, others the next above all those.
    fn new<'n>(prefix: &'a str, names: impl Iterator<Item = &'n str> + Clone) -> Result<Self, String> {
        let own = |name: &str| {
            let digits = name.strip_prefix(prefix)?;
            let number: u32 = digits.parse().ok()?;
            (number.to_string() == digits && number < u32::MAX / 2).then_some(number)
        };
        let mut next = names.clone().filter_map(own).max().unwrap_or(0);
        let mut numbers = HashMap::new();
        let mut foreign = Vec::new();
        for name in names {
            let number = own(name).unwrap_or_else(|| {
                next += 1;
                foreign.push((next, name.to_owned()));
                next
            });
            if numbers.insert(name.to_owned(), number).is_some() {
                return Err(format!("the id \"{name}\" is given twice"));
            }
        }
        Ok(Self {
            prefix,
            numbers,
            foreign,
        })
    }

    fn number(&self, name: &str) -> Result<u32, String> {
        self.numbers
            .get(name)
            .copied()
            .ok_or_else(|| format!("there is no {} with the id \"{name}\"", self.noun()))
    }

    fn noun(&self) -> &str {
        if self.prefix == "s" { "span" } else { "entity" }
    }
}

fn document_of(file: File) -> Result<Document, String> {
    let text = Text::new(file.text);
    let gone = file.lost.unwrap_or_default();
    let all_spans = file.spans.iter().chain(&gone);
    let span_names = Names::new("s", all_spans.map(|span| span.id.as_str()))?;
    let entity_names = Names::new("e", file.entities.iter().map(|entity| entity.id.as_str()))?;
    let mut unknown = UnknownKeys {
        file: file.unknown,
        source: file.source.unknown,
        document: file.document.unknown,
        ..UnknownKeys::default()
    };

    let lines = text.as_str().split('\n').count();
    if !file.blocks.is_empty() && file.blocks.len() != lines {
        return Err(format!(
            "there are {} blocks for {lines} lines of text",
            file.blocks.len()
        ));
    }
    let mut blocks = Vec::with_capacity(file.blocks.len());
    for (number, block) in file.blocks.into_iter().enumerate() {
        blocks.push(BlockMark {
            kind: block.kind,
            starts_article: block.starts_article.unwrap_or(false),
            dropped: block.dropped.unwrap_or(false),
        });
        keep(&mut unknown.blocks, number, block.unknown);
    }

    let mut labels = Vec::with_capacity(file.labels.len());
    for label in file.labels {
        let color =
            Rgb::parse(&label.color).ok_or_else(|| format!("label \"{}\": no colour \"{}\"", label.id, label.color))?;
        keep(&mut unknown.labels, label.id.clone(), label.unknown);
        keep(&mut unknown.label_names, label.id.clone(), label.name.unknown);
        labels.push(Label {
            id: LabelId::from(label.id.as_str()),
            zh: label.name.zh,
            en: label.name.en,
            color,
            key: label.key.as_deref().and_then(|key| key.chars().next()),
            guideline: label.guideline.unwrap_or_default(),
        });
    }

    let mut spans = Vec::with_capacity(file.spans.len());
    let mut shared = SharedMarks::default();
    for span in file.spans {
        let id = SpanId(span_names.number(&span.id)?);
        if span.start >= span.end || CharIdx(span.end) > text.len() {
            return Err(format!(
                "span \"{}\" ({}–{}) lies outside the text",
                span.id, span.start, span.end
            ));
        }
        let range = CharRange::new(CharIdx(span.start), CharIdx(span.end));
        if text.slice(range) != span.text {
            let (said, found) = (&span.text, text.slice(range));
            return Err(format!(
                "span \"{}\" says \"{said}\" where the text has \"{found}\"",
                span.id
            ));
        }
        let (mark, others) = mark_of(span, &entity_names)?;
        keep(&mut unknown.spans, id, others);
        let mark = shared.get(mark);
        spans.push(Span { id, range, mark });
    }
    let mut lost = Vec::with_capacity(gone.len());
    for mut span in gone {
        // What it named may be gone, too.
        span.entity = span.entity.filter(|name| entity_names.number(name).is_ok());
        let id = SpanId(span_names.number(&span.id)?);
        let place = CharRange::from((span.start, span.end));
        let range = CharRange::new(place.start.min(text.len()), place.end.min(text.len()));
        let own = span.text.clone();
        let (mark, others) = mark_of(span, &entity_names)?;
        keep(&mut unknown.spans, id, others);
        let mark = shared.get(mark);
        lost.push(LostTag {
            span: Span { id, range, mark },
            text: own,
        });
    }

    let mut entities = Vec::with_capacity(file.entities.len());
    for entity in file.entities {
        let id = EntityId(entity_names.number(&entity.id)?);
        keep(&mut unknown.entities, id, entity.unknown);
        entities.push(Entity {
            id,
            label: entity.label,
            name: entity.name,
        });
    }
    let mut relations = Vec::with_capacity(file.relations.len());
    for relation in file.relations {
        keep(&mut unknown.relations, relation.id.clone(), relation.unknown);
        relations.push(Relation {
            id: relation.id,
            label: relation.label,
            from: SpanId(span_names.number(&relation.from)?),
            to: SpanId(span_names.number(&relation.to)?),
        });
    }

    let source = Source {
        name: file.source.name,
        sha256: file.source.sha256,
        encoding: file.source.encoding,
        newline: file.source.newline,
        text: Text::new(file.source.text),
    };
    let alignment = Alignment::new(file.alignment);
    alignment.check(&text, &source.text)?;
    let corrections = corrections_of(&file.corrections, &text)?;
    let mut document = Document::new(Parts {
        source,
        text,
        alignment,
        blocks,
        labels: if labels.is_empty() {
            LabelSet::default()
        } else {
            LabelSet::new(labels)
        },
        spans,
        entities,
        relations,
        meta: Meta {
            status: file.document.status,
            title: file.document.title,
            issue_date: file.document.issue_date,
            note: file.document.note,
        },
        corrections,
        dismissals: file
            .dismissed
            .into_iter()
            .flatten()
            .map(|object| Dismissal {
                check: object.check,
                texts: object.texts,
                unknown: object.unknown,
            })
            .collect(),
        lost,
    });
    document.foreign_names = Arc::new(ForeignNames {
        spans: span_names
            .foreign
            .into_iter()
            .map(|(id, name)| (SpanId(id), name))
            .collect(),
        entities: entity_names
            .foreign
            .into_iter()
            .map(|(id, name)| (EntityId(id), name))
            .collect(),
    });
    document.unknown = Arc::new(unknown);
    Ok(document)
}

/// What a span of the file says, and the keys of it that are not known.
fn mark_of(span: SpanObject, entity_names: &Names) -> Result<(Mark, Unknown), String> {
    let entity = span.entity.map(|name| entity_names.number(&name).map(EntityId));
    let mark = Mark {
        label: span.label,
        status: span.status,
        origin: span.origin,
        score: span.score,
        entity: entity.transpose()?,
        note: span.note,
        value: span.value,
    };
    Ok((mark, span.unknown))
}

/// Half a million spans say only a few different things: the plain ones among them share what they say.
#[derive(Default)]
struct SharedMarks(HashMap<(LabelId, Status, Origin), Arc<Mark>>);

impl SharedMarks {
    fn get(&mut self, mark: Mark) -> Arc<Mark> {
        let plain = mark.score.is_none() && mark.entity.is_none() && mark.note.is_empty() && mark.value.is_none();
        if !plain {
            return Arc::new(mark);
        }
        let key = (mark.label.clone(), mark.status, mark.origin);
        Arc::clone(self.0.entry(key).or_insert_with(|| Arc::new(mark)))
    }
}

/// The change from the automatic reading text to `text`, from the corrections that a file lists.
fn corrections_of(listed: &[CorrectionObject], text: &Text) -> Result<ChangeSet, String> {
    let back = listed.iter().map(|one| Replacement {
        at: CharIdx(one.start),
        before: one.after.clone(),
        after: one.before.clone(),
    });
    let back = ChangeSet::new(back.collect());
    if !back.fits(text) {
        return Err("the corrections do not fit the text".to_owned());
    }
    Ok(back.inverse())
}

fn keep<K: std::hash::Hash + Eq>(kept: &mut HashMap<K, Unknown>, key: K, unknown: Unknown) {
    if !unknown.is_empty() {
        kept.insert(key, unknown);
    }
}

/// Writes a document as the saved file's bytes; one that nobody has changed since it was loaded as it was.
#[must_use]
pub fn save(document: &Document) -> Vec<u8> {
    if let Some(bytes) = document.written.of(document) {
        return bytes.to_vec();
    }
    let mut bytes = Vec::with_capacity(document.source.text.as_str().len() * 2 + document.spans().len() * 400);
    // Writing into memory fails only for maps with keys that are not strings, and there are none.
    if serde_json::to_writer_pretty(&mut bytes, &file_of(document)).is_ok() {
        bytes.push(b'\n');
    }
    bytes
}

/// The document in the shape of the saved file.
#[must_use]
pub fn file_of(document: &Document) -> File {
    let unknown = &document.unknown;
    let source = &document.source;
    let raw = RawPlaces::of(document);
    File {
        format: "zhupi".to_owned(),
        version: VERSION,
        offset_unit: UNIT.to_owned(),
        source: SourceObject {
            name: source.name.clone(),
            sha256: source.sha256.clone(),
            encoding: source.encoding.clone(),
            newline: source.newline.clone(),
            text: source.text.as_str().to_owned(),
            unknown: unknown.source.clone(),
        },
        text: document.text().as_str().to_owned(),
        alignment: document.alignment().runs().to_vec(),
        blocks: block_objects(document),
        labels: document
            .labels()
            .iter()
            .map(|label| label_object(label, unknown))
            .collect(),
        spans: document
            .spans()
            .iter()
            .map(|span| span_object(document, &raw, span))
            .collect(),
        entities: document
            .entities()
            .iter()
            .map(|entity| EntityObject {
                id: document.entity_name(entity.id),
                label: entity.label.clone(),
                name: entity.name.clone(),
                unknown: unknown.entities.get(&entity.id).cloned().unwrap_or_default(),
            })
            .collect(),
        relations: relation_objects(document),
        document: DocumentObject {
            status: document.meta().status,
            title: document.meta().title.clone(),
            issue_date: document.meta().issue_date.clone(),
            note: document.meta().note.clone(),
            unknown: unknown.document.clone(),
        },
        corrections: raw_of_corrections(document)
            .into_iter()
            .map(|(range, correction, raw)| CorrectionObject {
                start: range.start.0,
                end: range.end.0,
                before: correction.before.clone(),
                after: correction.after.clone(),
                raw,
                unknown: Vec::new(),
            })
            .collect(),
        dismissed: dismissal_objects(document),
        lost: lost_objects(document, &raw),
        unknown: unknown.file.clone(),
    }
}

/// The relations whose two tags are there: one of a removed tag waits for the removal to be undone, and no file that
/// names it could be opened.
fn relation_objects(document: &Document) -> Vec<RelationObject> {
    if document.relations().is_empty() {
        return Vec::new();
    }
    let here: HashSet<SpanId> = document.spans().iter().map(|span| span.id).collect();
    let relations = document.relations().iter();
    let whole = relations.filter(|relation| here.contains(&relation.from) && here.contains(&relation.to));
    whole
        .map(|relation| RelationObject {
            id: relation.id.clone(),
            label: relation.label.clone(),
            from: document.span_name(relation.from),
            to: document.span_name(relation.to),
            unknown: document
                .unknown
                .relations
                .get(&relation.id)
                .cloned()
                .unwrap_or_default(),
        })
        .collect()
}

/// What was put away. What was taken back from the fact of a removed figure waits, like its relations, for the removal to
/// be undone: another tag may get the name once the file is opened again.
fn dismissal_objects(document: &Document) -> Option<Vec<DismissalObject>> {
    let dismissals = document.dismissals();
    let names: HashSet<String> = if dismissals.iter().any(|one| taken_back(one).is_some()) {
        document
            .spans()
            .iter()
            .map(|span| document.span_name(span.id))
            .collect()
    } else {
        HashSet::new()
    };
    let is_whole = |one: &&Dismissal| taken_back(one).is_none_or(|(_, name)| names.contains(name));
    let object = |dismissal: &Dismissal| DismissalObject {
        check: dismissal.check.clone(),
        texts: dismissal.texts.clone(),
        unknown: dismissal.unknown.clone(),
    };
    let objects: Vec<DismissalObject> = dismissals.iter().filter(is_whole).map(object).collect();
    (!objects.is_empty()).then_some(objects)
}

/// The tags whose text is gone, each with the text that it had.
fn lost_objects(document: &Document, raw: &RawPlaces<'_>) -> Option<Vec<SpanObject>> {
    let is_there = |id| document.entities().iter().any(|entity| entity.id == id);
    let entity = |lost: &LostTag| lost.span.mark.entity.filter(|&id| is_there(id));
    let objects = document.lost().iter().map(|lost| SpanObject {
        text: lost.text.clone(),
        entity: entity(lost).map(|id| document.entity_name(id)),
        ..span_object(document, raw, &lost.span)
    });
    let objects: Vec<SpanObject> = objects.collect();
    (!objects.is_empty()).then_some(objects)
}

fn block_objects(document: &Document) -> Vec<BlockObject> {
    let unknown = &document.unknown.blocks;
    let objects = document.blocks().iter().enumerate().map(|(number, block)| BlockObject {
        kind: block.mark.kind,
        start: block.range.start.0,
        end: block.range.end.0,
        starts_article: block.mark.starts_article.then_some(true),
        dropped: block.mark.dropped.then_some(true),
        unknown: unknown.get(&number).cloned().unwrap_or_default(),
    });
    objects.collect()
}

fn label_object(label: &Label, unknown: &UnknownKeys) -> LabelObject {
    let of_label = |kept: &HashMap<String, Unknown>| kept.get(label.id.as_str()).cloned().unwrap_or_default();
    LabelObject {
        id: label.id.as_str().to_owned(),
        name: NameObject {
            zh: label.zh.clone(),
            en: label.en.clone(),
            unknown: of_label(&unknown.label_names),
        },
        color: label.color.to_string(),
        key: label.key.map(String::from),
        guideline: (!label.guideline.is_empty()).then(|| label.guideline.clone()),
        unknown: of_label(&unknown.labels),
    }
}

/// A span in the shape of the saved file.
fn span_object(document: &Document, raw: &RawPlaces<'_>, span: &Span) -> SpanObject {
    SpanObject {
        id: document.span_name(span.id),
        label: span.mark.label.clone(),
        start: span.range.start.0,
        end: span.range.end.0,
        text: document.covered(span).to_owned(),
        raw: raw.pieces(span.range),
        status: span.mark.status,
        origin: span.mark.origin,
        score: span.mark.score.clone(),
        entity: span.mark.entity.map(|id| document.entity_name(id)),
        note: span.mark.note.clone(),
        value: span.mark.value.clone(),
        unknown: document.unknown.spans.get(&span.id).cloned().unwrap_or_default(),
    }
}
