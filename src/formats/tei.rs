//! TEI P5: names, figures and times as elements in the text.
//!
//! A paragraph of the reading text is a `p`; the raw text is one `ab` with an `lb` where each line begins, which says
//! `break="no"` inside a tag. A tag that crosses another, or the end of a paragraph, is written in fragments that
//! `next` and `prev` join. What attributes cannot say whole – values, remarks – stands in `standOff` with the entities and the
//! relations. The text says `xml:space="preserve"`: no character of it is layout.

mod read;

use std::io;

use serde_json::Value;

use super::annotated::is_blank;
use super::cas::named_entities_only;
use super::loss::LossKind;
use super::xml::{json_text, no_forbidden_characters, push_attribute, push_text};
use super::{
    Annotated, Entry, ExportOptions, Files, Format, Holds, LabelNames, Layer, LossReport, OffsetUnit, Packing, Parts,
    Purpose, Tag, Writer, line_feeds,
};
use crate::text::{CharIdx, CharRange};

pub(super) const FORMAT: Format = Format {
    id: "tei",
    name: "TEI P5",
    purpose: Purpose::Edition,
    holds: Holds {
        values: true,
        entities: true,
        relations: true,
        notes: true,
        ..Holds::TAGS
    },
    offsets: OffsetUnit::Inline,
    packing: Packing::Documents(&[".xml"]),
    labels: LabelNames::Own,
    writer: |options| Box::new(Tei::new(options)),
    limit,
    reader: Some(read::read),
    parts: Parts::Whole,
};

fn limit(text: &mut Annotated, report: &mut LossReport) {
    line_feeds(text, report);
    no_forbidden_characters(text, report);
    named_entities_only(text, report);
    for relation in &mut text.relations {
        if relation.label.is_empty() || relation.label.contains(is_blank) {
            report.count(LossKind::Character, || relation.label.clone());
            relation.label = relation.label.replace(is_blank, "_");
            if relation.label.is_empty() {
                relation.label.push('_');
            }
        }
    }
}

struct Tei {
    layer: Layer,
}

impl Tei {
    fn new(options: &ExportOptions) -> Self {
        Self { layer: options.layer }
    }
}

impl Writer for Tei {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let text = entry.text;
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader><fileDesc>\n",
        );
        let title = if text.meta.title.is_empty() {
            &text.name
        } else {
            &text.meta.title
        };
        push_element(&mut out, "titleStmt", "title", title);
        push_element(&mut out, "publicationStmt", "p", "Written by Zhupi.");
        let source = match &text.meta.issue_date {
            Some(day) => format!("{}, {day}", text.name),
            None => text.name.clone(),
        };
        push_element(&mut out, "sourceDesc", "p", &source);
        out.push_str("</fileDesc></teiHeader>\n");
        push_stand_off(&mut out, text);
        out.push_str("<text xml:lang=\"zh\" xml:space=\"preserve\">\n<body>\n");
        Body::new(text, self.layer).push(&mut out);
        out.push_str("</body>\n</text>\n</TEI>\n");
        files.append(&format!("{}.xml", entry.stem), out.as_bytes())
    }
}

fn push_element(out: &mut String, outer: &str, inner: &str, words: &str) {
    out.push_str(&format!("<{outer}><{inner}>"));
    // The name of a file may hold anything.
    push_text(out, &words.replace(char::is_control, " "));
    out.push_str(&format!("</{inner}></{outer}>\n"));
}

/// The entities by the lists that TEI has for them: our label, the list, its element, that element's name.
const LISTS: [(&str, &str, &str, &str); 3] = [
    ("person", "listPerson", "person", "persName"),
    ("unit", "listOrg", "org", "orgName"),
    ("place", "listPlace", "place", "placeName"),
];

fn push_stand_off(out: &mut String, text: &Annotated) {
    let start = out.len();
    out.push_str("<standOff>\n");
    let empty = out.len();
    for (label, list, element, name) in LISTS {
        let mut entities = text
            .entities
            .iter()
            .filter(|one| one.label.as_str() == label)
            .peekable();
        if entities.peek().is_none() {
            continue;
        }
        out.push_str(&format!("<{list}>\n"));
        for entity in entities {
            out.push_str(&format!("<{element} xml:id=\"e{}\"><{name}>", entity.id.0));
            push_text(out, &entity.name);
            out.push_str(&format!("</{name}></{element}>\n"));
        }
        out.push_str(&format!("</{list}>\n"));
    }
    let is_listed = |label: &str| LISTS.iter().any(|(listed, ..)| *listed == label);
    let mut others = text
        .entities
        .iter()
        .filter(|one| !is_listed(one.label.as_str()))
        .peekable();
    if others.peek().is_some() {
        out.push_str("<interpGrp type=\"entity\">\n");
        for entity in others {
            out.push_str(&format!("<interp xml:id=\"e{}\"", entity.id.0));
            push_attribute(out, "type", entity.label.as_str());
            out.push('>');
            push_text(out, &entity.name);
            out.push_str("</interp>\n");
        }
        out.push_str("</interpGrp>\n");
    }
    let values = text
        .tags
        .iter()
        .filter_map(|tag| Some((tag, json_text(tag.mark.value.as_ref()?))));
    push_spans(out, "value", values);
    let notes = text.tags.iter().filter(|tag| !tag.mark.note.is_empty());
    push_spans(out, "note", notes.map(|tag| (tag, tag.mark.note.clone())));
    if !text.relations.is_empty() {
        out.push_str("<listRelation>\n");
        for relation in &text.relations {
            out.push_str("<relation");
            push_attribute(out, "name", &relation.label);
            out.push_str(&format!(
                " active=\"#s{}\" passive=\"#s{}\"/>\n",
                relation.from.0, relation.to.0
            ));
        }
        out.push_str("</listRelation>\n");
    }
    if out.len() == empty {
        // An empty standOff is not valid.
        out.truncate(start);
    } else {
        out.push_str("</standOff>\n");
    }
}

fn push_spans<'a>(out: &mut String, kind: &str, spans: impl Iterator<Item = (&'a Tag, String)>) {
    let mut spans = spans.peekable();
    if spans.peek().is_none() {
        return;
    }
    out.push_str(&format!("<spanGrp type=\"{kind}\">\n"));
    for (tag, words) in spans {
        out.push_str(&format!("<span target=\"#s{}\">", tag.id.0));
        push_text(out, &words);
        out.push_str("</span>\n");
    }
    out.push_str("</spanGrp>\n");
}

/// What is written one after the other in the body.
enum Step {
    Words(CharRange),
    /// A tag, by its number, begins with this part.
    Open(usize, usize),
    Close(usize),
    /// A line ends inside a tag, or outside of all.
    Line {
        inside: bool,
    },
}

/// The text with its tags as steps that nest.
struct Body<'a> {
    text: &'a Annotated,
    layer: Layer,
    steps: Vec<Step>,
    /// For each tag how many parts it has.
    parts: Vec<usize>,
    open: Vec<usize>,
}

impl<'a> Body<'a> {
    fn new(text: &'a Annotated, layer: Layer) -> Self {
        let mut body = Self {
            text,
            layer,
            steps: Vec::new(),
            parts: vec![0; text.tags.len()],
            open: Vec::new(),
        };
        let mut places: Vec<CharIdx> = Vec::new();
        for tag in &text.tags {
            places.extend([tag.range.start, tag.range.end]);
        }
        let lines: Vec<CharIdx> = line_ends(text).collect();
        for &line in &lines {
            places.extend([line, line + CharIdx(1)]);
        }
        places.push(text.text.len());
        places.sort_unstable();
        places.dedup();
        let (mut at, mut next) = (CharIdx(0), 0);
        for place in places {
            if place > at {
                if lines.binary_search(&at).is_ok() {
                    body.end_line();
                } else {
                    body.steps.push(Step::Words(CharRange::new(at, place)));
                }
            }
            at = place;
            body.close_ended(at);
            while text.tags.get(next).is_some_and(|tag| tag.range.start == at) {
                body.open_part(next);
                next += 1;
            }
        }
        body
    }

    fn open_part(&mut self, tag: usize) {
        self.parts[tag] += 1;
        self.steps.push(Step::Open(tag, self.parts[tag]));
        self.open.push(tag);
    }

    /// Closes the tags that end here; those that stand inside of them and go on are cut in two.
    fn close_ended(&mut self, at: CharIdx) {
        let ended = |tag: &usize| self.text.tags[*tag].range.end <= at;
        let Some(outermost) = self.open.iter().position(ended) else {
            return;
        };
        let closed = self.open.split_off(outermost);
        self.steps.extend(closed.iter().rev().map(|&tag| Step::Close(tag)));
        let go_on = closed.into_iter().filter(|tag| self.text.tags[*tag].range.end > at);
        for tag in go_on.collect::<Vec<_>>() {
            self.open_part(tag);
        }
    }

    fn end_line(&mut self) {
        let inside = !self.open.is_empty();
        if self.layer == Layer::Raw {
            self.steps.push(Step::Line { inside });
            return;
        }
        let open = std::mem::take(&mut self.open);
        self.steps.extend(open.iter().rev().map(|&tag| Step::Close(tag)));
        self.steps.push(Step::Line { inside });
        for tag in open {
            self.open_part(tag);
        }
    }

    fn push(&self, out: &mut String) {
        out.push_str(match self.layer {
            Layer::Reading => "<p>",
            Layer::Raw => "<ab><lb/>",
        });
        for step in &self.steps {
            match *step {
                Step::Words(range) => push_text(out, self.text.text.slice(range)),
                Step::Open(tag, part) => self.push_start(out, tag, part),
                Step::Close(tag) => out.push_str(&format!("</{}>", Names::of(&self.text.tags[tag]).element)),
                Step::Line { inside } => out.push_str(match (self.layer, inside) {
                    (Layer::Reading, _) => "</p>\n<p>",
                    (Layer::Raw, false) => "<lb/>",
                    (Layer::Raw, true) => "<lb break=\"no\"/>",
                }),
            }
        }
        out.push_str(match self.layer {
            Layer::Reading => "</p>\n",
            Layer::Raw => "</ab>\n",
        });
    }

    fn push_start(&self, out: &mut String, number: usize, part: usize) {
        let tag = &self.text.tags[number];
        let names = Names::of(tag);
        let id = |part: usize| match part {
            1 => format!("s{}", tag.id.0),
            part => format!("s{}-{part}", tag.id.0),
        };
        out.push('<');
        out.push_str(names.element);
        push_attribute(out, "xml:id", &id(part));
        if part > 1 {
            push_attribute(out, "prev", &format!("#{}", id(part - 1)));
        }
        if part < self.parts[number] {
            push_attribute(out, "next", &format!("#{}", id(part + 1)));
        }
        // What a tag means is said once.
        for (name, said) in names.attributes.iter().filter(|(name, _)| part == 1 || *name == "type") {
            push_attribute(out, name, said);
        }
        if let Some(entity) = self.text.entity(tag) {
            push_attribute(out, "ref", &format!("#e{}", entity.id.0));
        }
        out.push('>');
    }
}

fn line_ends(text: &Annotated) -> impl Iterator<Item = CharIdx> {
    let chars = (0..).zip(text.text.as_str().chars());
    chars.filter(|(_, c)| *c == '\n').map(|(at, _)| CharIdx(at))
}

/// The element for a tag, and what its attributes say.
struct Names {
    element: &'static str,
    attributes: Vec<(&'static str, String)>,
}

impl Names {
    fn of(tag: &Tag) -> Self {
        let value = tag.mark.value.as_ref();
        let (element, attributes) = match tag.label().as_str() {
            "person" => ("persName", Vec::new()),
            "unit" => ("orgName", Vec::new()),
            "place" => ("placeName", Vec::new()),
            "figure" => figure(value),
            "time" => time(value),
            other => ("rs", vec![("type", other.to_owned())]),
        };
        Self { element, attributes }
    }
}

fn figure(value: Option<&Value>) -> (&'static str, Vec<(&'static str, String)>) {
    let said = |pointer: &str| {
        let said = value.and_then(|value| value.pointer(pointer)).and_then(Value::as_str);
        said.filter(|said| !said.is_empty() && !said.contains(is_blank))
    };
    let number = said("/value").filter(|number| is_decimal(number));
    let unit = said("/unit/code").or_else(|| said("/unit/raw"));
    let mut attributes = Vec::new();
    let mut add = |name, said: Option<&str>| attributes.extend(said.map(|said| (name, said.to_owned())));
    if let Some(unit) = unit {
        add("type", said("/kind"));
        add("quantity", number);
        add("unit", Some(unit));
        return ("measure", attributes);
    }
    add("value", number);
    ("num", attributes)
}

fn is_decimal(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, rest]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A day, a month or a year has `when`; what else TIMEX can say stands in `standOff` only.
fn time(value: Option<&Value>) -> (&'static str, Vec<(&'static str, String)>) {
    let timex = value
        .and_then(|value| value.get("timex"))
        .and_then(Value::as_str)
        .unwrap_or_default();
    let parts: Vec<&str> = timex.split('-').collect();
    let is_number = |part: &str, len: usize| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_date = match parts.as_slice() {
        ["XXXX", month] => is_number(month, 2),
        ["XXXX", month, day] => is_number(month, 2) && is_number(day, 2),
        [year, rest @ ..] => is_number(year, 4) && rest.len() < 3 && rest.iter().all(|part| is_number(part, 2)),
        [] => false,
    };
    if is_date {
        // TEI writes a day of no year as XML Schema does: --09-15.
        return ("date", vec![("when", timex.replacen("XXXX", "-", 1))]);
    }
    ("date", Vec::new())
}
