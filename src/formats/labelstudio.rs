//! Label Studio's JSON, and the labelling configuration that a project needs for it.
//!
//! Regions count code points in `<Text>`. Accepted tags are an annotation, suggested ones a prediction. What else a tag
//! says is a second result with the same id and place: its value in a text area, its remark in the region's `meta`.

pub mod config;

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Number, Value, json};

use self::config::Config;
use super::intake::{imported, range};
use super::json::{self, Array};
use super::loss::{LossKind, leave_out};
use super::{
    Annotated, Entry, Files, Format, Holds, InputFile, Intake, LabelNames, LossReport, OffsetUnit, Packing, Parts,
    Purpose, Tag, Writer, line_feeds,
};
use crate::annot::{Mark, Relation, SpanId, Status};
use crate::text::{CharIdx, Text};

const FILE: &str = "labelstudio.json";
const CONFIG_FILE: &str = "labelstudio_config.xml";

pub(super) const FORMAT: Format = Format {
    id: "labelstudio",
    name: "Label Studio",
    purpose: Purpose::Tagging,
    holds: Holds {
        values: true,
        relations: true,
        notes: true,
        status: true,
        ..Holds::TAGS
    },
    offsets: OffsetUnit::CodePoint,
    packing: Packing::Set(FILE),
    labels: LabelNames::Own,
    writer: |options| {
        Box::new(Tasks {
            array: Array::new(FILE),
            config: Config::new(options),
        })
    },
    limit,
    reader: Some(read),
    parts: Parts::Elements,
};

/// A rejected tag has no place in a task, and a relation none between an annotation and a prediction.
fn limit(text: &mut Annotated, report: &mut LossReport) {
    line_feeds(text, report);
    if text.tags.iter().any(|tag| tag.mark.status == Status::Rejected) {
        let is_rejected = |tag: &Tag| tag.mark.status == Status::Rejected;
        let (gone, kept): (Vec<Tag>, Vec<Tag>) = text.tags.iter().cloned().partition(is_rejected);
        leave_out(text, kept, &gone, LossKind::Unwritable, report);
    }
    relations_of_one_status(text, report);
}

/// Takes out the relations between an annotation and a prediction.
fn relations_of_one_status(text: &mut Annotated, report: &mut LossReport) {
    let status: HashMap<SpanId, Status> = text.tags.iter().map(|tag| (tag.id, tag.mark.status)).collect();
    text.relations.retain(|relation| {
        let stays = status.get(&relation.from) == status.get(&relation.to);
        if !stays {
            report.count(LossKind::Relation, || relation.label.clone());
        }
        stays
    });
}

struct Tasks {
    array: Array,
    config: Config,
}

impl Writer for Tasks {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        self.config.see(entry);
        let text = entry.text;
        let results = |status| {
            let tags = text.tags.iter().filter(|tag| tag.mark.status == status);
            let ids: std::collections::HashSet<SpanId> = tags.clone().map(|tag| tag.id).collect();
            let relations = text.relations.iter().filter(|relation| ids.contains(&relation.from));
            let regions = tags.flat_map(|tag| regions(text, tag));
            regions.chain(relations.map(relation)).collect::<Vec<Value>>()
        };
        let mut task = json!({
            "data": {"text": text.text.as_str(), "name": text.name},
            "annotations": [{"result": results(Status::Accepted)}],
        });
        let suggested = results(Status::Suggested);
        if !suggested.is_empty() {
            task["predictions"] = json!([{"model_version": "zhupi", "result": suggested}]);
        }
        self.array.add(&task, files)
    }

    fn finish(&mut self, files: &mut dyn Files) -> io::Result<()> {
        self.array.finish(files)?;
        self.config.write(CONFIG_FILE, files)
    }
}

/// The results that say a tag.
fn regions(text: &Annotated, tag: &Tag) -> impl Iterator<Item = Value> {
    let id = format!("s{}", tag.id.0);
    let (start, end) = <(u32, u32)>::from(tag.range);
    let region = |kind: &str, name: &str| {
        json!({
            "id": id, "from_name": name, "to_name": "text", "type": kind,
            "value": {"start": start, "end": end, "text": text.text.slice(tag.range)},
        })
    };
    let mark = &tag.mark;
    let mut first = region("labels", "label");
    first["value"]["labels"] = json!([tag.label().as_str()]);
    if !mark.note.is_empty() {
        first["meta"] = json!({"text": [mark.note]});
    }
    if let Some(score) = &mark.score {
        first["score"] = Value::Number(score.clone());
    }
    let second = mark.value.as_ref().map(|value| {
        let mut second = region("textarea", "value");
        second["value"]["text"] = json!([value.to_string()]);
        second
    });
    std::iter::once(first).chain(second)
}

fn relation(relation: &Relation) -> Value {
    json!({
        "from_id": format!("s{}", relation.from.0), "to_id": format!("s{}", relation.to.0),
        "type": "relation", "direction": "right", "labels": [relation.label],
    })
}

#[derive(Deserialize)]
#[serde(expecting = "a task with `data`")]
struct Task {
    data: Map<String, Value>,
    #[serde(default, alias = "completions")]
    annotations: Vec<Answer>,
    #[serde(default)]
    predictions: Vec<Answer>,
}

#[derive(Deserialize)]
#[serde(expecting = "an annotation with `result`")]
struct Answer {
    #[serde(default)]
    result: Vec<ResultObject>,
    #[serde(default)]
    was_cancelled: bool,
}

#[derive(Deserialize)]
#[serde(expecting = "a result")]
struct ResultObject {
    #[serde(default)]
    id: String,
    #[serde(default)]
    from_name: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    value: Map<String, Value>,
    #[serde(default)]
    meta: Map<String, Value>,
    #[serde(default)]
    score: Option<Number>,
    #[serde(default)]
    from_id: String,
    #[serde(default)]
    to_id: String,
    #[serde(default)]
    direction: Option<String>,
    #[serde(default)]
    labels: Vec<String>,
}

fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    // The labelling configuration may be among the files.
    for file in files.iter().filter(|file| !file.has_extension("xml")) {
        let done = json::each_element(file.bytes, |task: Task| {
            let number = intake.next_element(file);
            read_task(file, number, &task, intake);
        });
        if let Err(error) = done {
            intake.error(file.name, error.line(), json::what(&error));
        }
    }
}

fn read_task(file: &InputFile<'_>, number: usize, task: &Task, intake: &mut Intake<'_>) {
    let text = task
        .data
        .get("text")
        .or_else(|| task.data.values().find(|value| value.is_string()));
    let Some(text) = text.and_then(Value::as_str) else {
        return intake.error(file.name, None, format!("document {number} has no text"));
    };
    let done: Vec<&Answer> = task.annotations.iter().filter(|answer| !answer.was_cancelled).collect();
    if done.len() > 1 {
        let what = format!("document {number} has {} annotations; the first is taken", done.len());
        intake.warn(file.name, None, what);
    }
    let name = task.data.get("name").and_then(Value::as_str).unwrap_or_default();
    let mut text = Annotated {
        name: name.to_owned(),
        text: Arc::new(Text::from(text)),
        ..Annotated::default()
    };
    let answers = done.first().map(|answer| (*answer, Status::Accepted)).into_iter();
    let answers = answers.chain(task.predictions.last().map(|answer| (answer, Status::Suggested)));
    for (answer, status) in answers {
        for problem in read_answer(answer, status, &mut text) {
            intake.error(file.name, None, format!("document {number}: {problem}"));
        }
    }
    intake.take_element(file, number, text);
}

/// Adds what an answer says to the text. Returns what of it could not be read.
fn read_answer(answer: &Answer, status: Status, text: &mut Annotated) -> Vec<String> {
    let mut problems = Vec::new();
    let mut ids: HashMap<&str, usize> = HashMap::new();
    for result in &answer.result {
        let number = |key: &str| result.value.get(key).and_then(Value::as_i64);
        let labels = result.value.get("labels").and_then(Value::as_array);
        let (Some(labels), true) = (labels, matches!(&*result.kind, "labels" | "hypertextlabels")) else {
            continue;
        };
        let (Some(start), Some(end)) = (number("start"), number("end")) else {
            problems.push(format!("region \"{}\" has no start and end in characters", result.id));
            continue;
        };
        let remarks = result.meta.get("text").and_then(Value::as_array);
        let note: Vec<&str> = remarks.into_iter().flatten().filter_map(Value::as_str).collect();
        for label in labels.iter().filter_map(Value::as_str) {
            let mark = Mark {
                status,
                score: result.score.clone(),
                note: note.join("\n"),
                ..imported(label)
            };
            ids.entry(&result.id).or_insert(text.tags.len());
            let id = CharIdx::from(text.tags.len() + 1).0;
            text.tags.push(Tag::new(id, range(start, end), Arc::new(mark)));
        }
    }
    for result in &answer.result {
        match &*result.kind {
            "labels" | "hypertextlabels" => {}
            "relation" => {
                let (Some(&from), Some(&to)) = (ids.get(&*result.from_id), ids.get(&*result.to_id)) else {
                    problems.push("a relation joins regions that are not there".to_owned());
                    continue;
                };
                let (from, to) = match result.direction.as_deref() {
                    Some("left") => (to, from),
                    _ => (from, to),
                };
                text.relations.push(Relation {
                    id: format!("r{}", text.relations.len() + 1),
                    label: result.labels.first().cloned().unwrap_or_default(),
                    from: text.tags[from].id,
                    to: text.tags[to].id,
                });
            }
            _ => match ids.get(&*result.id) {
                Some(&tag) => read_attribute(result, Arc::make_mut(&mut text.tags[tag].mark)),
                None => problems.push(format!("a result of the kind \"{}\" belongs to no region", result.kind)),
            },
        }
    }
    problems
}

/// Our own value comes back as one; what others say of a region (choices, text areas) goes into its note.
fn read_attribute(result: &ResultObject, mark: &mut Mark) {
    let said = ["choices", "rating", "number", "text"]
        .iter()
        .find_map(|key| result.value.get(*key));
    let said: Vec<String> = match said {
        Some(Value::Array(list)) => list
            .iter()
            .map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned))
            .collect(),
        Some(Value::String(one)) => vec![one.clone()],
        Some(other) => vec![other.to_string()],
        None => return,
    };
    if let ("value", [one]) = (&*result.from_name, said.as_slice())
        && let Ok(value) = serde_json::from_str(one)
    {
        mark.value = Some(value);
        return;
    }
    if !mark.note.is_empty() {
        mark.note.push('\n');
    }
    mark.note += &format!("{}: {}", result.from_name, said.join(", "));
}
