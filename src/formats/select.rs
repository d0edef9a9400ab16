//! What of a document goes into an export, and on which text.

use std::collections::HashMap;
use std::sync::Arc;

use super::annotated::{Annotated, Tag};
use super::loss::{LossKind, LossReport};
use super::options::{ExportOptions, LabelNames, Layer};
use crate::annot::fact::carriers;
use crate::annot::realign::RawPlaces;
use crate::annot::{Document, LabelId, Mark, Span, Status};
use crate::text::{CharIdx, CharRange, Text};

/// The chosen tags of a document for a format that keeps all of it: on the reading text, with dropped blocks, of every
/// status unless the options say which.
pub(super) fn whole(document: &Document, options: &ExportOptions) -> Annotated {
    let every = [Status::Accepted, Status::Suggested, Status::Rejected];
    let mut text = Annotated::untagged(document);
    let chosen = document.spans().iter().filter(|span| options.choose(span, &every));
    text.tags = chosen.map(Tag::from).collect();
    text.settle();
    text
}

/// The chosen tags of a document on the chosen text, with their labels in the file's names.
pub(super) fn select(
    document: &Document,
    options: &ExportOptions,
    names: LabelNames,
    report: &mut LossReport,
) -> Annotated {
    let mut named = Names {
        options,
        names,
        marks: HashMap::new(),
    };
    let mut text = Annotated {
        tags: Vec::with_capacity(document.spans().len()),
        ..Annotated::untagged(document)
    };
    let dropped: Vec<CharRange> = if options.with_dropped {
        Vec::new()
    } else {
        let blocks = document.blocks().iter().filter(|block| block.mark.dropped);
        blocks.map(|block| block.range).collect()
    };
    // Words that are tagged for a fact only are nothing to learn from, unless their label is asked for.
    let carriers = carriers(document);
    let is_asked = |span: &&Span| options.labels.is_some() || !carriers.contains(&span.id);
    let chosen = document
        .spans()
        .iter()
        .filter(|span| options.choose(span, &[Status::Accepted]));
    let chosen = chosen.filter(is_asked);
    for span in chosen {
        text.tags.push(Tag::new(span.id.0, span.range, named.mark(&span.mark)));
    }
    for entity in &mut text.entities {
        entity.label = options.label_name(&entity.label, names);
    }
    if text.tags.is_empty() {
        let suggested = document
            .spans()
            .iter()
            .filter(|span| span.mark.status == Status::Suggested);
        report.unjudged += suggested.count();
    }
    match options.layer {
        Layer::Reading if dropped.is_empty() => text.settle(),
        Layer::Reading => text = without_dropped(&text, document),
        Layer::Raw => on_raw(&mut text, document, &dropped, report),
    }
    text
}

impl ExportOptions {
    /// Whether a tag is to be written; `statuses` are those that are where the options do not say.
    fn choose(&self, span: &Span, statuses: &[Status]) -> bool {
        let statuses = self.statuses.as_deref().unwrap_or(statuses);
        let of_label = |labels: &Vec<LabelId>| labels.contains(&span.mark.label);
        statuses.contains(&span.mark.status) && self.labels.as_ref().is_none_or(of_label)
    }
}

/// Gives marks the labels' names in the file. Half a million tags share a few marks: each is named once.
struct Names<'a> {
    options: &'a ExportOptions,
    names: LabelNames,
    marks: HashMap<*const Mark, Arc<Mark>>,
}

impl Names<'_> {
    fn mark(&mut self, mark: &Arc<Mark>) -> Arc<Mark> {
        let named = self.marks.entry(Arc::as_ptr(mark)).or_insert_with(|| {
            let label = self.options.label_name(&mark.label, self.names);
            if label == mark.label {
                Arc::clone(mark)
            } else {
                Arc::new(Mark {
                    label,
                    ..Mark::clone(mark)
                })
            }
        });
        Arc::clone(named)
    }
}

/// The text without the blocks that the editor set aside. Tags lose what they have in them.
fn without_dropped(text: &Annotated, document: &Document) -> Annotated {
    let mut kept = String::with_capacity(text.text.as_str().len());
    // For each kept block where it was and where it is.
    let mut places: Vec<(CharRange, CharIdx)> = Vec::new();
    let mut marks = Vec::new();
    let mut at = CharIdx(0);
    for block in document.blocks().iter().filter(|block| !block.mark.dropped) {
        if !marks.is_empty() {
            kept.push('\n');
            at = at + CharIdx(1);
        }
        kept.push_str(text.text.slice(block.range));
        places.push((block.range, at));
        at = at + CharIdx(block.range.len());
        marks.push(block.mark);
    }
    let place = |from: CharIdx| {
        let next = places.partition_point(|(range, _)| range.start <= from);
        let Some((range, at)) = next.checked_sub(1).map(|index| places[index]) else {
            return CharIdx(0);
        };
        if from <= range.end {
            return CharIdx(at.0 + from.0 - range.start.0);
        }
        // In a dropped block: where the next kept one begins.
        places.get(next).map_or(at + CharIdx(range.len()), |(_, at)| *at)
    };
    let mut moved = text.moved(Text::new(kept), place);
    moved.blocks = marks;
    moved
}

/// Puts the tags on the raw text, but for those that lie in a dropped block.
fn on_raw(text: &mut Annotated, document: &Document, dropped: &[CharRange], report: &mut LossReport) {
    let raw = RawPlaces::of(document);
    let mut tags = Vec::with_capacity(text.tags.len());
    for tag in &text.tags {
        if dropped.iter().any(|block| block.covers(tag.range)) {
            continue;
        }
        let pieces = raw.pieces(tag.range);
        match Tag::in_pieces(tag.id.0, pieces, Arc::clone(&tag.mark)) {
            Some(tag) => tags.push(tag),
            None => report.count(LossKind::NotInRaw, || text.covered(tag)),
        }
    }
    text.tags = tags;
    text.text = Arc::new(document.source.text.clone());
    text.blocks = Vec::new();
    text.settle();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::document::{BlockMark, Parts};
    use crate::annot::fact::Role;
    use crate::annot::{Edit, LabelSet, Relation, Source, SpanId, fact};
    use crate::text::{Alignment, Run};

    fn document() -> Document {
        let span = |id, start, end, label: &str, status| Span {
            id: SpanId(id),
            range: CharRange::of(start, end),
            mark: Arc::new(Mark {
                label: label.into(),
                status,
                ..Mark::default()
            }),
        };
        Document::new(Parts {
            source: Source {
                text: Text::from("记者罗\r\n勇𬱟说。\n转4版\n完了"),
                ..Source::default()
            },
            text: Text::from("记者罗勇𬱟说。\n转4版\n完了"),
            alignment: Alignment::new([(0, 0, 3), (3, 5, 10), (13, 15, 2)].map(Run::from).to_vec()),
            blocks: vec![
                BlockMark::default(),
                BlockMark {
                    dropped: true,
                    ..BlockMark::default()
                },
            ],
            spans: vec![
                span(1, 2, 5, "person", Status::Accepted),
                span(2, 9, 10, "figure", Status::Accepted),
                span(3, 12, 13, "place", Status::Suggested),
                span(4, 12, 14, "time", Status::Accepted),
            ],
            ..Parts::default()
        })
    }

    fn selected(options: &ExportOptions) -> (String, Vec<String>) {
        let mut report = LossReport::default();
        let text = select(&document(), options, LabelNames::Short, &mut report);
        let tags = text
            .tags
            .iter()
            .map(|tag| format!("{}:{}", text.covered(tag), tag.label()));
        (text.text.as_str().to_owned(), tags.collect())
    }

    #[test]
    fn blocks_set_aside_stay_out() {
        let (text, tags) = selected(&ExportOptions::default());
        assert_eq!(text, "记者罗勇𬱟说。\n完了");
        assert_eq!(tags, ["罗勇𬱟:PER", "完了:TIME"]);
        let all = ExportOptions {
            with_dropped: true,
            ..ExportOptions::default()
        };
        assert_eq!(selected(&all).1, ["罗勇𬱟:PER", "4:NUM", "完了:TIME"]);
    }

    #[test]
    fn the_raw_layer_has_the_raw_text_and_pieces() {
        let raw = ExportOptions {
            layer: Layer::Raw,
            ..ExportOptions::default()
        };
        let (text, tags) = selected(&raw);
        assert_eq!(text, document().source.text.as_str());
        assert_eq!(tags, ["罗 勇𬱟:PER", "完了:TIME"]);
    }

    #[test]
    fn tags_that_carry_facts_are_written_when_their_label_is_asked_for() {
        let mut document = document();
        let (label, labels) = fact::indicator(document.labels());
        let indicator = Span {
            id: SpanId(5),
            range: CharRange::of(0, 2),
            mark: Arc::new(Mark {
                label: label.clone(),
                ..Mark::default()
            }),
        };
        let add = Edit::Spans {
            remove: vec![],
            add: vec![indicator],
        };
        let edit = Edit::Batch(vec![Edit::Labels(labels.unwrap()), add]);
        document.apply(&edit).unwrap();
        let own = document.clone();
        let fact = Relation {
            id: "r1".into(),
            label: Role::MeasureOf.as_str().into(),
            from: SpanId(2),
            to: SpanId(5),
        };
        let fact = Edit::Relations {
            remove: vec![],
            add: vec![fact],
        };
        document.apply(&fact).unwrap();
        let written = |document: &Document, options: &ExportOptions| {
            let text = select(document, options, LabelNames::Short, &mut LossReport::default());
            text.tags.iter().any(|tag| text.covered(tag) == "记者")
        };
        let asked = ExportOptions {
            labels: Some(vec![label.clone()]),
            ..ExportOptions::default()
        };
        assert!(!written(&document, &ExportOptions::default()));
        assert!(written(&document, &asked));
        // One that somebody has tagged by hand carries nothing, and is as good as any.
        assert!(written(&own, &ExportOptions::default()));
        assert_eq!(whole(&document, &ExportOptions::default()).tags.len(), 5);
        // A label of the name that the editor made is as good as any.
        let own = LabelSet::default().with_named(&label, "indicator", "indicator");
        document.apply(&Edit::Labels(own)).unwrap();
        assert!(written(&document, &ExportOptions::default()));
    }

    #[test]
    fn only_what_is_asked_for_is_written() {
        let options = ExportOptions {
            statuses: Some(vec![Status::Suggested]),
            labels: Some(vec!["place".into()]),
            ..ExportOptions::default()
        };
        assert_eq!(selected(&options).1, ["完:LOC"]);
    }
}
