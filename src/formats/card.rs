//! The card of a data set: what is in it, how it was tagged, and by which files it can be known again. Markdown with the
//! head that Hugging Face reads.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use super::splits::Split;
use crate::annot::fact::{carriers, labels_to_tag_with};
use crate::annot::{Document, DocumentStatus, Label, LabelId, Origin, Status};

/// What only people know of a data set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its name.
    pub title: String,
    /// The licence, by its SPDX name; the card says that it is not settled where this is empty.
    pub licence: String,
    /// What it is and where the texts come from.
    pub description: String,
}

/// What is counted of a set of documents. Documents are added one by one, and none is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents.
    pub documents: usize,
    /// Of these, the finished ones.
    pub done: usize,
    /// Characters of the reading texts.
    pub characters: usize,
    /// Tags by label and status, without those that only carry facts.
    pub tags: BTreeMap<LabelId, BTreeMap<Status, usize>>,
    /// Tags by origin.
    pub origins: BTreeMap<Origin, usize>,
    /// What is in each set that they were dealt into.
    sets: BTreeMap<Split, InSet>,
    /// The labels, with their guidelines.
    labels: BTreeMap<LabelId, Label>,
    /// Name and SHA-256 of each source.
    sources: Vec<(String, String)>,
}

/// What is counted of one set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct InSet {
    documents: usize,
    accepted: usize,
    /// Tags that nobody has judged; an export may have them too.
    suggested: usize,
}

impl Counts {
    /// Counts one more document.
    pub fn add(&mut self, document: &Document) {
        self.documents += 1;
        self.done += usize::from(document.meta().status == DocumentStatus::Done);
        self.characters += document.text().len().to_usize();
        let carriers = carriers(document);
        for span in document.spans().iter().filter(|span| !carriers.contains(&span.id)) {
            let of_label = self.tags.entry(span.mark.label.clone()).or_default();
            *of_label.entry(span.mark.status).or_default() += 1;
            *self.origins.entry(span.mark.origin).or_default() += 1;
        }
        self.see_labels(document);
        let source = &document.source;
        self.sources.push((source.name.clone(), source.sha256.clone()));
    }

    /// Counts one more document, which was dealt into this set.
    pub fn add_to(&mut self, set: Split, document: &Document) {
        self.add(document);
        let set = self.sets.entry(set).or_default();
        set.documents += 1;
        let carriers = carriers(document);
        for span in document.spans().iter().filter(|span| !carriers.contains(&span.id)) {
            match span.mark.status {
                Status::Accepted => set.accepted += 1,
                Status::Suggested => set.suggested += 1,
                Status::Rejected => {}
            }
        }
    }

    fn see_labels(&mut self, document: &Document) {
        for label in labels_to_tag_with(document) {
            let known = self.labels.entry(label.id.clone()).or_insert_with(|| label.clone());
            if known.guideline.is_empty() {
                known.guideline.clone_from(&label.guideline);
            }
        }
    }

    /// The card.
    #[must_use]
    pub fn card(&self, about: &About) -> String {
        let mut card = String::new();
        // Writing to a string cannot fail.
        if self.write(about, &mut card).is_err() {
            debug_assert!(false);
        }
        card
    }

    fn write(&self, about: &About, out: &mut String) -> fmt::Result {
        let title = if about.title.is_empty() {
            "Annotated newspaper texts"
        } else {
            &about.title
        };
        let quoted = serde_json::Value::from(title);
        writeln!(
            out,
            "---\npretty_name: {quoted}\nlanguage:\n- zh\ntask_categories:\n- token-classification"
        )?;
        if !about.licence.is_empty() {
            writeln!(
                out,
                "license: {}",
                serde_json::Value::from(about.licence.to_lowercase())
            )?;
        }
        writeln!(out, "---\n\n# {}\n", one_line(title))?;
        if !about.description.is_empty() {
            writeln!(out, "{}\n", about.description.trim())?;
        }
        let licence = if about.licence.is_empty() {
            "not settled"
        } else {
            &about.licence
        };
        writeln!(out, "- Licence: {}", one_line(licence))?;
        writeln!(
            out,
            "- Documents: {}, of which {} are finished",
            self.documents, self.done
        )?;
        writeln!(out, "- Characters: {}", self.characters)?;
        writeln!(out, "- Tagged with Zhupi {}\n", env!("CARGO_PKG_VERSION"))?;

        if !self.sets.is_empty() {
            writeln!(
                out,
                "| set | documents | accepted tags | suggested tags |\n|---|--:|--:|--:|"
            )?;
            for (set, inside) in &self.sets {
                let InSet {
                    documents,
                    accepted,
                    suggested,
                } = inside;
                writeln!(out, "| {} | {documents} | {accepted} | {suggested} |", set.as_str())?;
            }
            writeln!(out)?;
        }
        let statuses = [Status::Accepted, Status::Suggested, Status::Rejected];
        writeln!(
            out,
            "## Tags\n\n| label | accepted | suggested | rejected |\n|---|--:|--:|--:|"
        )?;
        for (label, counts) in &self.tags {
            write!(out, "| {} |", cell(label.as_str()))?;
            for status in statuses {
                write!(out, " {} |", counts.get(&status).copied().unwrap_or(0))?;
            }
            writeln!(out)?;
        }
        writeln!(out, "\n| origin | tags |\n|---|--:|")?;
        for (origin, count) in &self.origins {
            writeln!(out, "| {} | {count} |", origin.as_str())?;
        }

        writeln!(out, "\n## Labels")?;
        for label in self.labels.values() {
            writeln!(
                out,
                "\n### {} ({} / {})\n",
                one_line(label.id.as_str()),
                one_line(&label.zh),
                one_line(&label.en)
            )?;
            let guideline = label.guideline.trim();
            writeln!(
                out,
                "{}",
                if guideline.is_empty() {
                    "No guideline was written."
                } else {
                    guideline
                }
            )?;
        }

        writeln!(out, "\n## Sources\n\n| file | SHA-256 |\n|---|---|")?;
        for (name, hash) in &self.sources {
            writeln!(out, "| {} | {hash} |", cell(name))?;
        }
        Ok(())
    }
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::{Mark, Source, Span, SpanId};
    use crate::text::{Alignment, CharRange, Text};

    #[test]
    fn a_card_says_what_is_in_the_set() {
        let span = |id, label: &str, status| Span {
            id: SpanId(id),
            range: CharRange::of(0, 2),
            mark: Arc::new(Mark {
                label: label.into(),
                status,
                ..Mark::default()
            }),
        };
        let text = Text::from("罗勇😀");
        let document = Document::new(Parts {
            source: Source {
                name: "a|b\n.txt".into(),
                sha256: "0f".repeat(32),
                text: text.clone(),
                ..Source::default()
            },
            alignment: Alignment::identity(text.len()),
            text,
            spans: vec![
                span(1, "person", Status::Accepted),
                span(2, "person", Status::Suggested),
                span(3, "法院", Status::Accepted),
            ],
            ..Parts::default()
        });
        let mut counts = Counts::default();
        counts.add_to(Split::Dev, &document);
        let about = About {
            title: "早报: \"一九九八\"".into(),
            licence: "CC-BY-4.0".into(),
            description: "试验。".into(),
        };
        let card = counts.card(&about);
        for line in [
            "pretty_name: \"早报: \\\"一九九八\\\"\"",
            "license: \"cc-by-4.0\"",
            "- Licence: CC-BY-4.0",
            "- Documents: 1, of which 0 are finished",
            "- Characters: 3",
            "| person | 1 | 1 | 0 |",
            "| 法院 | 1 | 0 | 0 |",
            "| dev | 1 | 2 | 1 |",
            "| hand | 3 |",
            "### person (人物 / Person)",
            &format!("| a\\|b .txt | {} |", "0f".repeat(32)),
        ] {
            assert!(card.lines().any(|found| found == line), "{line}\n{card}");
        }
        assert!(
            Counts::default()
                .card(&About::default())
                .contains("- Licence: not settled")
        );
    }
}
