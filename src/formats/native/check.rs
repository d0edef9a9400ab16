//! Everything that is wrong with a saved file, where opening it stops at the first thing.

mod keys;

use std::collections::HashSet;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{
    BlockObject, CorrectionObject, DocumentObject, EntityObject, File, LabelObject, RelationObject, SourceObject,
    SpanObject, UNIT, VERSION,
};
use crate::annot::check::tags::{Tag, Tags};
use crate::annot::check::{Diagnostic, Kind};
use crate::annot::label::Rgb;
use crate::annot::realign::RawPlaces;
use crate::annot::{LabelId, LabelSet, Status};
use crate::text::{Alignment, CharIdx, CharRange, Run, Text};

/// Checks the bytes of a saved file. Parts that are not of the right shape are reported and left out, the rest is
/// checked all the same.
#[must_use]
pub fn check_saved(bytes: &[u8]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let Some(file) = read(bytes, &mut found) else {
        return found;
    };
    if file.format != "zhupi" {
        found.push(Diagnostic::of_file(Kind::OtherFormat));
        return found;
    }
    if file.version > VERSION {
        found.push(Diagnostic::of_file(Kind::NewerVersion(file.version)));
    }
    if let Ok(file) = serde_json::from_slice(bytes) {
        found.extend(keys::check(&file));
    }
    if !["", UNIT].contains(&file.offset_unit.as_str()) {
        found.push(Diagnostic::of_file(Kind::OtherUnit(file.offset_unit.clone())));
    }
    let checked = Checked {
        text: Text::from(file.text.as_str()),
        raw: Text::from(file.source.text.as_str()),
        file: &file,
    };
    checked.ids(&mut found);
    checked.labels(&mut found);
    checked.blocks(&mut found);
    let alignment = checked.alignment(&mut found);
    checked.spans(alignment.as_ref(), &mut found);
    checked.references(&mut found);
    checked.corrections(&mut found);
    let lost = file.lost.iter().flatten().map(|lost| Diagnostic {
        range: Some(CharRange::from((lost.start, lost.end))),
        ..Diagnostic::of_file(Kind::Lost {
            text: lost.text.clone(),
            label: lost.label.clone(),
        })
    });
    found.extend(lost);
    found
}

/// The file, without the parts that are not of the right shape; `None` where it is no JSON object at all.
fn read(bytes: &[u8], found: &mut Vec<Diagnostic>) -> Option<File> {
    let error = match serde_json::from_slice(bytes) {
        Ok(file) => return Some(file),
        Err(error) => error,
    };
    let Ok(mut object) = serde_json::from_slice::<Map<String, Value>>(bytes) else {
        let message = error.to_string();
        found.push(Diagnostic::of_file(Kind::Malformed {
            place: format!("line {}, column {}", error.line(), error.column()),
            what: message.split(" at line ").next().unwrap_or(&message).to_owned(),
        }));
        return None;
    };
    let object = &mut object;
    keep_sound::<String>(object, "format", found);
    keep_sound::<u32>(object, "version", found);
    keep_sound::<String>(object, "offset_unit", found);
    keep_sound::<SourceObject>(object, "source", found);
    keep_sound::<String>(object, "text", found);
    keep_sound_items::<Run>(object, "alignment", found);
    keep_sound_items::<BlockObject>(object, "blocks", found);
    keep_sound_items::<LabelObject>(object, "labels", found);
    keep_sound_items::<SpanObject>(object, "spans", found);
    keep_sound_items::<EntityObject>(object, "entities", found);
    keep_sound_items::<RelationObject>(object, "relations", found);
    keep_sound::<DocumentObject>(object, "document", found);
    keep_sound_items::<CorrectionObject>(object, "corrections", found);
    File::deserialize(Value::Object(std::mem::take(object))).ok()
}

/// Reports and takes out what is no `T`.
fn keep_sound<T: DeserializeOwned>(object: &mut Map<String, Value>, key: &str, found: &mut Vec<Diagnostic>) {
    let Some(Err(error)) = object.get(key).map(T::deserialize) else {
        return;
    };
    object.shift_remove(key);
    found.push(malformed(key.to_owned(), &error));
}

/// Reports and takes out the items of a list that are no `T`.
fn keep_sound_items<T: DeserializeOwned>(object: &mut Map<String, Value>, key: &str, found: &mut Vec<Diagnostic>) {
    let Some(Value::Array(items)) = object.get_mut(key) else {
        keep_sound::<Vec<T>>(object, key, found);
        return;
    };
    let mut index = 0;
    items.retain(|item| {
        let read = T::deserialize(item);
        if let Err(error) = &read {
            found.push(malformed(format!("{key}[{index}]"), error));
        }
        index += 1;
        read.is_ok()
    });
}

fn malformed(place: String, error: &serde_json::Error) -> Diagnostic {
    Diagnostic::of_file(Kind::Malformed {
        place,
        what: error.to_string(),
    })
}

/// A file and its two texts.
struct Checked<'a> {
    file: &'a File,
    text: Text,
    raw: Text,
}

impl Checked<'_> {
    fn ids(&self, found: &mut Vec<Diagnostic>) {
        let file = self.file;
        found.extend(same_ids("span", file.spans.iter().map(|span| &span.id)));
        found.extend(same_ids("entity", file.entities.iter().map(|entity| &entity.id)));
        found.extend(same_ids("label", file.labels.iter().map(|label| &label.id)));
        found.extend(same_ids("relation", file.relations.iter().map(|relation| &relation.id)));
    }

    fn labels(&self, found: &mut Vec<Diagnostic>) {
        for (index, label) in self.file.labels.iter().enumerate() {
            if !label.color.is_empty() && Rgb::parse(&label.color).is_none() {
                found.push(Diagnostic::of_file(Kind::Malformed {
                    place: format!("labels[{index}]"),
                    what: format!("no colour \"{}\"", label.color),
                }));
            }
        }
    }

    fn blocks(&self, found: &mut Vec<Diagnostic>) {
        let blocks = &self.file.blocks;
        let lines = self.text.as_str().split('\n').count();
        if blocks.is_empty() {
            return;
        }
        if blocks.len() != lines {
            let what = format!("there are {} blocks for {lines} lines of text", blocks.len());
            found.push(Diagnostic::of_file(Kind::Blocks(what)));
            return;
        }
        let mut start = CharIdx(0);
        for (index, (block, line)) in blocks.iter().zip(self.text.as_str().split('\n')).enumerate() {
            let end = start + CharIdx::count(line);
            if (block.start, block.end) != (start.0, end.0) {
                let what = format!(
                    "blocks[{index}] ({}–{}) is not line {} ({}–{})",
                    block.start,
                    block.end,
                    index + 1,
                    start.0,
                    end.0
                );
                found.push(Diagnostic::of_file(Kind::Blocks(what)));
            }
            start = end + CharIdx(1);
        }
    }

    /// The alignment, where nothing is wrong with it.
    fn alignment(&self, found: &mut Vec<Diagnostic>) -> Option<Alignment> {
        let before = found.len();
        let mut end = CharIdx(0);
        for (index, &run) in self.file.alignment.iter().enumerate() {
            let mut wrong = |what: &str| {
                let (reading, raw, len) = run.into();
                let what = format!("alignment[{index}] [{reading}, {raw}, {len}] {what}");
                found.push(Diagnostic::of_file(Kind::Alignment(what)));
            };
            let lies_within =
                |start: CharIdx, text: &Text| start.0.checked_add(run.len).is_some_and(|end| end <= text.len().0);
            if run.len == 0 {
                wrong("is empty");
            } else if !lies_within(run.reading, &self.text) || !lies_within(run.raw, &self.raw) {
                wrong("lies outside the text");
            } else if self.text.slice(run.reading_range()) != self.raw.slice(run.raw_range()) {
                wrong("joins characters that differ");
            } else if run.reading < end {
                wrong("does not come after the one before it");
            }
            end = run.reading_range().end;
        }
        if found.len() > before {
            return None;
        }
        let alignment = Alignment::new(self.file.alignment.clone());
        match alignment.check(&self.text, &self.raw) {
            Ok(()) => {
                found.extend(self.left_out(&alignment));
                Some(alignment)
            }
            Err(what) => {
                found.push(Diagnostic::of_file(Kind::Alignment(what)));
                None
            }
        }
    }

    /// The first character that both texts have between two runs, though a run should join it. What was corrected is left
    /// aside, and so is a text of which blocks were moved: there nothing stands between two runs.
    fn left_out(&self, alignment: &Alignment) -> Option<Diagnostic> {
        let ends = Run {
            reading: self.text.len(),
            raw: self.raw.len(),
            len: 0,
        };
        let runs = alignment.runs();
        let mut from = (CharIdx(0), CharIdx(0));
        for run in runs.iter().chain([&ends]).filter(|_| alignment.is_in_raw_order()) {
            let gap = CharRange::new(from.0, run.reading);
            let dropped = CharRange::new(from.1, run.raw);
            from = (run.reading_range().end, run.raw_range().end);
            let is_corrected = |one: &CorrectionObject| one.start <= gap.end.0 && one.end >= gap.start.0;
            if gap.is_empty() || dropped.is_empty() || self.file.corrections.iter().any(is_corrected) {
                continue;
            }
            let of_raw: HashSet<char> = self.raw.slice(dropped).chars().collect();
            let mut shared = self
                .text
                .slice(gap)
                .chars()
                .filter(|c| !c.is_whitespace() && of_raw.contains(c));
            if let Some(c) = shared.next() {
                return Some(Diagnostic {
                    range: Some(gap),
                    ..Diagnostic::of_file(Kind::Irregular {
                        place: "alignment".to_owned(),
                        what: format!("no run joins \"{c}\", which both texts have here"),
                    })
                });
            }
        }
        None
    }

    fn spans(&self, alignment: Option<&Alignment>, found: &mut Vec<Diagnostic>) {
        let spans = &self.file.spans;
        let labels: HashSet<&str> = self.file.labels.iter().map(|label| label.id.as_str()).collect();
        let entities: HashSet<&str> = self.file.entities.iter().map(|entity| entity.id.as_str()).collect();
        let builtin = LabelSet::default();
        let replaced = self.file.corrections.iter();
        let replaced = replaced.map(|one| (CharRange::from((one.start, one.end)), one.raw.clone()));
        let places = alignment.map(|alignment| RawPlaces::new(alignment, replaced));
        let mut of_spans: Vec<(usize, Kind)> = Vec::new();
        let mut tags = Vec::with_capacity(spans.len());
        for (index, span) in spans.iter().enumerate() {
            let mut wrong = |kind| of_spans.push((index, kind));
            let is_known =
                |label: &LabelId| labels.contains(label.as_str()) || labels.is_empty() && builtin.get(label).is_some();
            if !is_known(&span.label) {
                wrong(Kind::UnknownLabel(span.label.clone()));
            }
            if let Some(entity) = span.entity.as_deref().filter(|entity| !entities.contains(entity)) {
                wrong(Kind::MissingEntity(entity.to_owned()));
            }
            if span.start > span.end || CharIdx(span.end) > self.text.len() {
                wrong(Kind::OutOfRange);
                continue;
            }
            if span.start == span.end {
                wrong(Kind::Empty);
                continue;
            }
            let range = range_of(span);
            let text = self.text.slice(range);
            if text != span.text {
                wrong(Kind::TextDiffers {
                    said: span.text.clone(),
                    found: text.to_owned(),
                });
            }
            // Another program may have left the raw ranges out.
            // Older files have only the characters that were not corrected.
            let is_other = |places: &RawPlaces<'_>| places.pieces(range) != span.raw && places.same(range) != span.raw;
            if !span.raw.is_empty() && places.as_ref().is_some_and(is_other) {
                wrong(Kind::RawDiffers);
            }
            if span.status != Status::Rejected {
                tags.push(Tag {
                    index,
                    label: &span.label,
                    range,
                    text,
                });
            }
        }
        of_spans.extend(Tags::new(tags).check(&|index| spans[index].id.clone()));
        of_spans.sort_by_key(|(index, _)| *index);
        let of_tag = |(index, kind): (usize, Kind)| {
            let span = &spans[index];
            Diagnostic::of_tag(index, span.id.clone(), range_of(span), kind)
        };
        found.extend(of_spans.into_iter().map(of_tag));
    }

    fn references(&self, found: &mut Vec<Diagnostic>) {
        let spans: HashSet<&str> = self.file.spans.iter().map(|span| span.id.as_str()).collect();
        for relation in &self.file.relations {
            for id in [&relation.from, &relation.to] {
                if !spans.contains(id.as_str()) {
                    found.push(Diagnostic::of_file(Kind::MissingSpan {
                        relation: relation.id.clone(),
                        id: id.clone(),
                    }));
                }
            }
        }
    }

    fn corrections(&self, found: &mut Vec<Diagnostic>) {
        for one in &self.file.corrections {
            let range = CharRange::new(CharIdx(one.start), CharIdx(one.end));
            let fits = one.start <= one.end && range.end <= self.text.len() && self.text.slice(range) == one.after;
            if !fits {
                found.push(Diagnostic {
                    range: Some(range),
                    ..Diagnostic::of_file(Kind::Correction)
                });
            }
        }
    }
}

fn range_of(span: &SpanObject) -> CharRange {
    CharRange {
        start: CharIdx(span.start),
        end: CharIdx(span.end),
    }
}

/// The ids that are given more than once.
fn same_ids<'a>(noun: &'static str, ids: impl Iterator<Item = &'a String>) -> Vec<Diagnostic> {
    let mut known = HashSet::new();
    let twice = ids.filter(|id| !known.insert(id.as_str()));
    twice
        .map(|id| Diagnostic::of_file(Kind::SameId { noun, id: id.clone() }))
        .collect()
}

#[cfg(test)]
mod tests;
