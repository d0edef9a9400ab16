//! Label Studio's labelling configuration: the labels and what a region can say.

use std::collections::BTreeSet;
use std::io;

use crate::annot::fact::labels_to_tag_with;
use crate::annot::label::Rgb;
use crate::annot::{Label, LabelId};
use crate::formats::{
    Entry, ExportOptions, Files, Format, Holds, LabelNames, OffsetUnit, Packing, Parts, Purpose, Writer,
};

const FILE: &str = "labelstudio-config.xml";

pub(in crate::formats) const FORMAT: Format = Format {
    id: "labelstudio-config",
    name: "Label Studio labelling configuration",
    purpose: Purpose::Tagging,
    holds: Holds {
        discontinuous: true,
        relations: true,
        ..Holds::TAGS
    },
    offsets: OffsetUnit::CodePoint,
    packing: Packing::Set(FILE),
    labels: LabelNames::Own,
    writer: |options| Box::new(Config::new(options)),
    // The relations that are in the configuration beside tasks.
    limit: super::relations_of_one_status,
    reader: None,
    parts: Parts::Whole,
};

/// The labels and relations of an export, gathered while it is written.
#[derive(Debug)]
pub(super) struct Config {
    options: ExportOptions,
    labels: Vec<(LabelId, Option<Rgb>, Option<char>)>,
    relations: BTreeSet<String>,
}

impl Config {
    /// An empty one.
    pub(super) fn new(options: &ExportOptions) -> Self {
        Self {
            options: options.clone(),
            labels: Vec::new(),
            relations: BTreeSet::new(),
        }
    }

    /// Takes in the labels of a document: those of its set that people tag with, and those of its tags that the set does not know.
    pub(super) fn see(&mut self, entry: &Entry<'_>) {
        let asked = |label: &&Label| {
            self.options
                .labels
                .as_ref()
                .is_none_or(|labels| labels.contains(&label.id))
        };
        let set = labels_to_tag_with(entry.document).filter(asked).map(|label| {
            let name = self.options.label_name(&label.id, LabelNames::Own);
            (name, Some(label.color), label.key)
        });
        let used = entry.text.tags.iter().map(|tag| (tag.label().clone(), None, None));
        for label in set.chain(used) {
            if self.labels.iter().all(|(known, ..)| *known != label.0) {
                self.labels.push(label);
            }
        }
        let relations = entry.text.relations.iter().map(|relation| relation.label.clone());
        self.relations.extend(relations);
    }

    /// Writes the configuration. White space is kept as it is, or Label Studio would trim it and shift every region.
    pub(super) fn write(&self, file: &str, files: &mut dyn Files) -> io::Result<()> {
        let mut xml = String::from("<View>\n  <Style>.htx-text{white-space:pre-wrap;}</Style>\n  <Relations>\n");
        for relation in &self.relations {
            xml += &format!("    <Relation value=\"{}\"/>\n", escaped(relation));
        }
        xml += "  </Relations>\n  <Labels name=\"label\" toName=\"text\">\n";
        for (name, color, key) in &self.labels {
            xml += &format!("    <Label value=\"{}\"", escaped(name.as_str()));
            if let Some(color) = color {
                xml += &format!(" background=\"{color}\"");
            }
            if let Some(key) = key {
                xml += &format!(" hotkey=\"{}\"", escaped(&key.to_string()));
            }
            xml += "/>\n";
        }
        xml += "  </Labels>\n  <TextArea name=\"value\" toName=\"text\" perRegion=\"true\"/>\n";
        xml += "  <Text name=\"text\" value=\"$text\" granularity=\"symbol\"/>\n</View>\n";
        files.append(file, xml.as_bytes())
    }
}

impl Writer for Config {
    fn add(&mut self, entry: &Entry<'_>, _: &mut dyn Files) -> io::Result<()> {
        self.see(entry);
        Ok(())
    }

    fn finish(&mut self, files: &mut dyn Files) -> io::Result<()> {
        self.write(FILE, files)
    }
}

/// Text for an attribute.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}
