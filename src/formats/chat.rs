//! Chat messages for fine-tuning a language model: an instruction, the text, and the tags as a JSON list. A dead end:
//! what the model shall answer says no place, only the words and, where they come again, their count.

use std::collections::HashMap;
use std::io;

use memchr::memmem;
use serde::Serialize;

use super::json;
use super::{
    Entry, ExportOptions, Files, Format, Holds, LabelNames, OffsetUnit, Packing, Parts, Purpose, Writer, no_limit,
};
use crate::annot::LabelId;
use crate::annot::fact::labels_to_tag_with;

const FILE: &str = "chat.jsonl";

pub(super) const FORMAT: Format = Format {
    id: "chat",
    name: "Chat messages for fine-tuning",
    purpose: Purpose::Training,
    holds: Holds::TAGS,
    offsets: OffsetUnit::Inline,
    packing: Packing::Set(FILE),
    labels: LabelNames::Short,
    writer: |options| {
        Box::new(Messages {
            options: options.clone(),
        })
    },
    limit: no_limit,
    reader: None,
    parts: Parts::Whole,
};

struct Messages {
    options: ExportOptions,
}

#[derive(Serialize)]
struct Line {
    messages: Vec<Message>,
}

#[derive(Serialize)]
struct Message {
    role: &'static str,
    content: String,
}

#[derive(Serialize)]
struct Answer<'a> {
    text: &'a str,
    label: &'a str,
    /// Which of the places with these words is meant, from 1; left out for the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    occurrence: Option<usize>,
}

impl Writer for Messages {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let text = entry.text;
        let words = text.text.as_str();
        // All labels that are asked for, not only those that this text has: they would give the answer away.
        let asked = |id: &&LabelId| self.options.labels.as_ref().is_none_or(|labels| labels.contains(id));
        let set = labels_to_tag_with(entry.document).map(|label| &label.id).filter(asked);
        let names = set.map(|id| self.options.label_name(id, FORMAT.labels));
        let names: Vec<String> = names.map(|name| name.to_string()).collect();
        let labels = names.join("、");
        let template = &self.options.chat;
        let filled = |template: &str| fill(template, &labels, words);

        // For each string tagged so far how often it came, and where the search for it goes on.
        let mut seen: HashMap<&str, (usize, usize)> = HashMap::new();
        let mut answers = Vec::with_capacity(text.tags.len());
        for tag in &text.tags {
            let covered = text.text.slice(tag.range);
            let start = text.text.byte_of(tag.range.start).to_usize();
            let (count, from) = seen.entry(covered).or_default();
            *count += memmem::find_iter(&words.as_bytes()[*from..start], covered).count();
            *from = start;
            answers.push(Answer {
                text: covered,
                label: tag.label().as_str(),
                occurrence: (*count > 0).then_some(*count + 1),
            });
        }
        let mut answer = Vec::new();
        json::push(&mut answer, &answers)?;
        let message = |role, content| Message { role, content };
        let messages = [
            message("system", filled(&template.system)),
            message("user", filled(&template.user)),
            message("assistant", String::from_utf8(answer).map_err(io::Error::other)?),
        ];
        let is_said = |message: &Message| message.role != "system" || !message.content.is_empty();
        let line = Line {
            messages: messages.into_iter().filter(is_said).collect(),
        };
        files.append(FILE, &json::line(&line)?)
    }
}

/// The template with labels and text put in; what the text itself has in braces stays.
fn fill(template: &str, labels: &str, text: &str) -> String {
    let mut filled = String::with_capacity(template.len() + text.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = [("{labels}", labels), ("{text}", text)];
        match known.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, with)) => {
                filled.push_str(with);
                rest = &rest[name.len()..];
            }
            None => {
                filled.push('{');
                rest = &rest[1..];
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_template_is_filled() {
        let filled = fill("抽取{labels}，如 {\"a\": 1}：{text}", "PER、ORG", "见{labels}");
        assert_eq!(filled, "抽取PER、ORG，如 {\"a\": 1}：见{labels}");
    }
}
