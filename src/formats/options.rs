//! What the editor chooses for an export or an import.

use serde::{Deserialize, Serialize};

use crate::annot::{LabelId, Status};

/// Which text an export is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// The reading text: one paragraph a line.
    #[default]
    Reading,
    /// The raw text as it was decoded; a tag over a wrap is in pieces.
    Raw,
}

/// Which tag stays where a format holds no two at one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Overlap {
    /// The one that begins first; of two that begin together the longer.
    #[default]
    Outer,
    /// The shorter.
    Inner,
    /// The longer.
    Longest,
}

/// What to write, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExportOptions {
    /// Which text.
    pub layer: Layer,
    /// Tags of which status. `None`: all for the saved file, the accepted ones for every other format.
    pub statuses: Option<Vec<Status>>,
    /// Tags with which labels; `None` is all.
    pub labels: Option<Vec<LabelId>>,
    /// What a label is called in the file, before what the format would call it.
    pub label_names: Vec<(LabelId, String)>,
    /// Which tag stays where the format holds no two at one place.
    pub overlap: Overlap,
    /// Offsets in UTF-16 units, as doccano's own window counts them. Looked at by the doccano formats.
    pub utf16: bool,
    /// Whether blocks that the editor set aside are written too.
    pub with_dropped: bool,
    /// What the chat format says.
    pub chat: ChatTemplate,
    /// Labels by their names in the file that get their numbers first, in this order, where a format numbers them: files
    /// of several exports then agree. Looked at by the Hugging Face formats.
    pub numbered: Vec<LabelId>,
}

/// The words of the chat format; `{labels}` stands for the labels' names, `{text}` for the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatTemplate {
    /// The system's message; none is written where it is empty.
    pub system: String,
    /// The user's message.
    pub user: String,
}

impl Default for ChatTemplate {
    fn default() -> Self {
        Self {
            system: "从文章中抽取{labels}，只输出 JSON 数组，每项为 {\"text\", \"label\"}，依出现先后排列。".to_owned(),
            user: "{text}".to_owned(),
        }
    }
}

/// How to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Which of our labels a name in the file means, before the usual names ([`SHORT_NAMES`]).
    pub labels: Vec<(String, LabelId)>,
    /// Whether the file's offsets are UTF-16 units, as in files from doccano's own window. Looked at by the doccano
    /// formats.
    pub utf16: bool,
}

/// The built-in labels by the names that the field has for them.
pub const SHORT_NAMES: [(&str, &str); 5] = [
    ("person", "PER"),
    ("unit", "ORG"),
    ("figure", "NUM"),
    ("place", "LOC"),
    ("time", "TIME"),
];

/// How a format calls the built-in labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelNames {
    /// By our ids.
    Own,
    /// By [`SHORT_NAMES`].
    Short,
}

impl ExportOptions {
    /// The name of a label in a file whose format has names of this kind: without white space or control characters,
    /// which hardly any format could keep in it.
    #[must_use]
    pub fn label_name(&self, id: &LabelId, names: LabelNames) -> LabelId {
        let chosen = self.label_names.iter().find(|(label, _)| label == id);
        let short = (SHORT_NAMES.iter()).find(|(own, _)| names == LabelNames::Short && *own == id.as_str());
        match (chosen, short) {
            (Some((_, name)), _) => LabelId::from(word(name).as_str()),
            (None, Some((_, name))) => LabelId::from(*name),
            (None, None) if id.as_str().chars().any(super::annotated::is_blank) || id.as_str().is_empty() => {
                LabelId::from(word(id.as_str()).as_str())
            }
            (None, None) => id.clone(),
        }
    }
}

impl ImportOptions {
    /// Which of our labels a name in a file means.
    #[must_use]
    pub fn label_id(&self, name: &LabelId) -> LabelId {
        let chosen = self.labels.iter().find(|(label, _)| label == name.as_str());
        let short = SHORT_NAMES.iter().find(|(_, short)| *short == name.as_str());
        match (chosen, short) {
            (Some((_, id)), _) => id.clone(),
            (None, Some((own, _))) => LabelId::from(*own),
            (None, None) => name.clone(),
        }
    }
}

fn word(name: &str) -> String {
    let word: String = (name.chars())
        .map(|c| if super::annotated::is_blank(c) { '_' } else { c })
        .collect();
    if word.is_empty() { "_".to_owned() } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_names_go_out_and_come_back() {
        let options = ExportOptions {
            label_names: vec![("place".into(), "地 名".into())],
            ..ExportOptions::default()
        };
        let name = |id: &str, names| options.label_name(&id.into(), names).as_str().to_owned();
        assert_eq!(name("person", LabelNames::Short), "PER");
        assert_eq!(name("person", LabelNames::Own), "person");
        assert_eq!(name("place", LabelNames::Short), "地_名");
        assert_eq!(name("court case", LabelNames::Own), "court_case");
        let back = ImportOptions {
            labels: vec![("地_名".into(), "place".into())],
            utf16: false,
        };
        let id = |name: &str| back.label_id(&name.into()).as_str().to_owned();
        assert_eq!(
            (id("PER"), id("地_名"), id("court_case")),
            ("person".into(), "place".into(), "court_case".into())
        );
    }
}
