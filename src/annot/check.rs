//! What is wrong with what was said about a text, or looks wrong.

mod findings;
pub(crate) mod tags;

use std::collections::HashSet;
use std::fmt;

pub use findings::TagFinding;

use super::{Document, Edit, EntityId, LabelId, Span, Status};
use crate::text::CharRange;
use tags::{Tag, Tags};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The tag in question, if it is about one.
    pub span: Option<SpanRef>,
    /// The characters of the reading text in question, as the tag or the file says: they may lie outside the text.
    pub range: Option<CharRange>,
    /// What was found.
    pub kind: Kind,
}

/// A tag of a document or of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanRef {
    /// Its number among the spans, in the order of the document or of the file.
    pub index: usize,
    /// Its name in the saved file.
    pub name: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It may be meant.
    Warning,
    /// It contradicts itself or the text.
    Error,
}

/// What was found. [`fmt::Display`] says it in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A part of the file is not of the right shape.
    Malformed {
        /// `line 3, column 7`, or the part: `spans[3]`.
        place: String,
        /// What is wrong with it.
        what: String,
    },
    /// A part of the file is not as the interface has it, but nothing is misread.
    Irregular {
        /// The part: `spans[3]`.
        place: String,
        /// What is odd about it.
        what: String,
    },
    /// The file is not one of this program's.
    OtherFormat,
    /// The file was written by a newer version, whose additions are not checked.
    NewerVersion(u32),
    /// The offsets are not in code points.
    OtherUnit(String),
    /// Two things of one sort have the same id.
    SameId {
        /// `span`, `entity`, `label` or `relation`.
        noun: &'static str,
        /// The id.
        id: String,
    },
    /// The blocks are not the lines of the text.
    Blocks(String),
    /// The reading text and the raw text do not fit together as the alignment says.
    Alignment(String),
    /// A correction does not fit the text.
    Correction,
    /// A relation is said of a span that is not there.
    MissingSpan {
        /// The relation's id.
        relation: String,
        /// The span's id.
        id: String,
    },
    /// A tag covers nothing.
    Empty,
    /// A tag lies outside the text, or ends before it begins.
    OutOfRange,
    /// A tag says another text than it covers.
    TextDiffers {
        /// What it says.
        said: String,
        /// What it covers.
        found: String,
    },
    /// The raw ranges of a tag are not those that the alignment gives.
    RawDiffers,
    /// A tag, or an entity, has a label that is not in the set.
    UnknownLabel(LabelId),
    /// A tag is a mention of an entity that is not there.
    MissingEntity(String),
    /// A tag begins or ends with a space or a mark that does not belong to a name.
    Edge {
        /// The characters without it.
        trimmed: CharRange,
    },
    /// Two tags of one label overlap, and neither lies within the other.
    Crossing {
        /// The name of the other.
        other: String,
    },
    /// Two tags of one label are on the same characters.
    Duplicate {
        /// The name of the first.
        other: String,
    },
    /// A tag went with its text.
    Lost {
        /// The text that it had.
        text: String,
        /// Its label.
        label: LabelId,
    },
    /// A value that somebody gave a figure is not what its text says since that was corrected.
    Value {
        /// What its text says.
        read: serde_json::Value,
    },
    /// The same text has another label elsewhere, and more often.
    TwoLabels {
        /// The text.
        text: String,
        /// The label here.
        label: LabelId,
        /// How often the text has it.
        count: usize,
        /// The label elsewhere.
        usual: LabelId,
        /// How often the text has that.
        usual_count: usize,
    },
}

impl Kind {
    /// The check's name in the saved file, for what looks wrong about the tags of a document.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Crossing { .. } => "crossing",
            Self::Duplicate { .. } => "duplicate",
            Self::TwoLabels { .. } => "two_labels",
            Self::Edge { .. } => "edge",
            Self::Lost { .. } => "lost",
            Self::Value { .. } => "value",
            Self::UnknownLabel(_) => "unknown_label",
            Self::MissingEntity(_) => "missing_entity",
            _ => "tag",
        }
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::NewerVersion(_)
            | Self::Irregular { .. }
            | Self::Edge { .. }
            | Self::Crossing { .. }
            | Self::Duplicate { .. }
            | Self::Lost { .. }
            | Self::Value { .. }
            | Self::TwoLabels { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// What is wrong or looks wrong in a document, in the order of its text. What was rejected is not looked at.
#[must_use]
pub fn check(document: &Document) -> Vec<Diagnostic> {
    let spans: Vec<&Span> = document.spans().iter().collect();
    let name = |index: usize| document.span_name(spans[index].id);
    let entities: HashSet<EntityId> = document.entities().iter().map(|entity| entity.id).collect();
    let mut found: Vec<(usize, Kind)> = Vec::new();
    let mut tags = Vec::with_capacity(spans.len());
    for (index, span) in spans.iter().enumerate() {
        if document.labels().get(&span.mark.label).is_none() {
            found.push((index, Kind::UnknownLabel(span.mark.label.clone())));
        }
        if let Some(id) = span.mark.entity.filter(|id| !entities.contains(id)) {
            found.push((index, Kind::MissingEntity(document.entity_name(id))));
        }
        if span.mark.status != Status::Rejected {
            tags.push(Tag {
                index,
                label: &span.mark.label,
                range: span.range,
                text: document.covered(span),
            });
        }
    }
    found.extend(Tags::new(tags).check(&name));
    found.sort_by_key(|(index, _)| *index);
    let of_tag = |(index, kind)| Diagnostic::of_tag(index, name(index), spans[index].range, kind);
    found.into_iter().map(of_tag).collect()
}

impl Diagnostic {
    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// The edit that puts it right, where there is one.
    #[must_use]
    pub fn fix(&self, document: &Document) -> Option<Edit> {
        let span = document.spans().iter().nth(self.span.as_ref()?.index)?;
        let add = match &self.kind {
            Kind::Edge { trimmed } if !trimmed.is_empty() && span.range.covers(*trimmed) => vec![span.on(*trimmed)],
            Kind::MissingEntity(_) => vec![span.saying(|mark| mark.entity = None)],
            Kind::TwoLabels { usual, .. } => vec![span.saying(|mark| mark.label = usual.clone())],
            Kind::Duplicate { .. } => Vec::new(),
            _ => return None,
        };
        let remove = vec![span.clone()];
        (self.range == Some(span.range)).then_some(Edit::Spans { remove, add })
    }

    /// Of a file as a whole.
    pub(crate) fn of_file(kind: Kind) -> Self {
        Self {
            span: None,
            range: None,
            kind,
        }
    }

    /// Of a tag, the characters `range` as the tag says.
    pub(crate) fn of_tag(index: usize, name: String, range: CharRange, kind: Kind) -> Self {
        Self {
            span: Some(SpanRef { index, name }),
            range: Some(range),
            kind,
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.severity() {
            Severity::Warning => "warning: ",
            Severity::Error => "error: ",
        })?;
        if let Some(span) = &self.span {
            write!(f, "span \"{}\" ", span.name)?;
        }
        if let Some(range) = self.range {
            write!(f, "({}–{}) ", range.start.0, range.end.0)?;
        }
        write!(f, "{}", self.kind)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { place, what } | Self::Irregular { place, what } => write!(f, "{place}: {what}"),
            Self::OtherFormat => f.write_str("this is not a file of Zhupi's (no \"format\": \"zhupi\")"),
            Self::NewerVersion(version) => {
                write!(f, "the file is of version {version}, which this program does not know")
            }
            Self::OtherUnit(unit) => write!(f, "the offset unit is \"{unit}\" instead of \"codepoint\""),
            Self::SameId { noun, id } => write!(f, "the {noun} id \"{id}\" is given twice"),
            Self::Blocks(what) | Self::Alignment(what) => f.write_str(what),
            Self::Correction => f.write_str("the correction does not fit the text"),
            Self::MissingSpan { relation, id } => {
                write!(
                    f,
                    "relation \"{relation}\" is said of a span \"{id}\" that is not there"
                )
            }
            Self::Empty => f.write_str("covers no character"),
            Self::OutOfRange => f.write_str("lies outside the text"),
            Self::TextDiffers { said, found } => write!(f, "says \"{said}\" where the text has \"{found}\""),
            Self::RawDiffers => f.write_str("has other raw ranges than the alignment gives"),
            Self::UnknownLabel(label) => write!(f, "has the label \"{label}\", which is not in the set"),
            Self::MissingEntity(id) => write!(f, "is a mention of an entity \"{id}\" that is not there"),
            Self::Edge { trimmed } if trimmed.is_empty() => f.write_str("covers nothing but spaces and marks"),
            Self::Edge { trimmed } => write!(
                f,
                "begins or ends with a space or a mark; without it: {}–{}",
                trimmed.start.0, trimmed.end.0
            ),
            Self::Crossing { other } => write!(f, "crosses \"{other}\", which has the same label"),
            Self::Lost { text, label } => write!(f, "\"{text}\" ({label}) went with its text"),
            Self::Value { .. } => f.write_str("has a value that does not fit its corrected text"),
            Self::Duplicate { other } => write!(f, "is the same tag as \"{other}\""),
            Self::TwoLabels {
                text,
                label,
                count,
                usual,
                usual_count,
            } => write!(f, "\"{text}\" is {label} ×{count} and {usual} ×{usual_count}"),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::{Mark, Span, SpanId};
    use crate::text::Text;

    /// A document with these tags, named `s1`, `s2` … in the order given.
    pub(crate) fn document(text: &str, tags: &[(usize, usize, &str)]) -> Document {
        let spans = tags.iter().zip(1..).map(|(&(start, end, label), id)| Span {
            id: SpanId(id),
            range: CharRange::of(start, end),
            mark: Arc::new(Mark {
                label: label.into(),
                ..Mark::default()
            }),
        });
        Document::new(Parts {
            text: Text::from(text),
            spans: spans.collect(),
            ..Parts::default()
        })
    }

    #[track_caller]
    fn finds(text: &str, tags: &[(usize, usize, &str)], expected: &[&str]) {
        let found: Vec<String> = check(&document(text, tags)).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_at_the_edges() {
        finds(
            "𬱟（罗勇），“十四五”规划 ，《人民日报》。",
            &[
                (1, 4, "person"),
                (2, 5, "person"),
                (1, 5, "person"),
                (6, 13, "time"),
                (6, 14, "time"),
                (15, 21, "unit"),
                (15, 22, "unit"),
            ],
            &[
                "warning: span \"s1\" (1–4) begins or ends with a space or a mark; without it: 2–4",
                "warning: span \"s2\" (2–5) crosses \"s1\", which has the same label",
                "warning: span \"s2\" (2–5) begins or ends with a space or a mark; without it: 2–4",
                "warning: span \"s5\" (6–14) begins or ends with a space or a mark; without it: 6–13",
                "warning: span \"s7\" (15–22) begins or ends with a space or a mark; without it: 15–21",
            ],
        );
        finds(
            "一，，二",
            &[(1, 3, "person")],
            &["warning: span \"s1\" (1–3) covers nothing but spaces and marks"],
        );
    }

    #[test]
    fn tags_that_cross_or_repeat() {
        finds(
            "重庆市公安局局长",
            &[
                (0, 6, "unit"),
                (3, 8, "unit"),
                (0, 3, "place"),
                (0, 6, "unit"),
                (2, 8, "person"),
            ],
            &[
                "warning: span \"s4\" (0–6) is the same tag as \"s1\"",
                "warning: span \"s2\" (3–8) crosses \"s1\", which has the same label",
            ],
        );
    }

    #[test]
    fn one_text_with_two_labels() {
        let finding = "warning: span \"s3\" (6–8) \"罗勇\" is unit ×1 and person ×2";
        finds(
            "罗勇，罗勇，罗勇",
            &[(0, 2, "person"), (3, 5, "person"), (6, 8, "unit")],
            &[finding],
        );
        // Both at once is meant.
        finds("罗勇，罗勇", &[(0, 2, "person"), (3, 5, "person"), (3, 5, "unit")], &[]);
        // 三年 says when or how long.
        finds("三年，三年", &[(0, 2, "time"), (3, 5, "figure")], &[]);
    }

    #[test]
    fn labels_and_entities_that_are_not_there() {
        let mut document = document("罗勇说", &[(0, 2, "ghost")]);
        let span = document.spans()[0].clone();
        let add = vec![span.saying(|mark| mark.entity = Some(EntityId(9)))];
        document
            .apply(&Edit::Spans {
                remove: vec![span],
                add,
            })
            .unwrap();
        let found = check(&document);
        let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "error: span \"s1\" (0–2) has the label \"ghost\", which is not in the set",
                "error: span \"s1\" (0–2) is a mention of an entity \"e9\" that is not there",
            ]
        );
        assert_eq!(found[0].fix(&document), None);
        document.apply(&found[1].fix(&document).unwrap()).unwrap();
        assert_eq!(check(&document).len(), 1);
    }

    #[test]
    fn what_is_put_right_is_not_found_again() {
        let mut document = document("（罗勇）来了。", &[(0, 3, "person"), (4, 7, "time"), (4, 7, "time")]);
        while let Some(fix) = check(&document).iter().find_map(|found| found.fix(&document)) {
            document.apply(&fix).unwrap();
        }
        let covered: Vec<&str> = document.spans().iter().map(|span| document.covered(span)).collect();
        assert_eq!(covered, ["罗勇", "来了"]);
        assert_eq!(check(&document), []);
    }
}
