//! Reading WebAnno TSV: spans of every layer. Relations and chains are passed over, with a warning.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::TEXT_ESCAPES;
use crate::formats::cas::entity;
use crate::formats::intake::{imported, is_blank, lines, range};
use crate::formats::utf16::Utf16;
use crate::formats::{Annotated, InputFile, Intake, Tag};
use crate::text::{CharIdx, Text};

/// A gap wider than this between two sentences is no white space but a broken file.
const WIDEST_GAP: usize = 100_000;

pub(super) fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    for file in files {
        let mut reader = Reader::default();
        let done = file.text().and_then(|text| {
            for (number, line) in (1..).zip(lines(text.as_bytes())) {
                let line = std::str::from_utf8(line).unwrap_or_default();
                reader.read_line(line).map_err(|what| (number, what))?;
            }
            if reader.layers.is_empty() && reader.text.is_empty() {
                return Err((1, "this is no WebAnno TSV 3 file".to_owned()));
            }
            Ok(())
        });
        match done {
            Ok(()) => {
                for layer in std::mem::take(&mut reader.skipped) {
                    intake.warn(
                        file.name,
                        None,
                        format!("the layer {layer} is no layer of spans and is passed over"),
                    );
                }
                reader.hand_over(file, intake);
            }
            Err((line, what)) => intake.error(file.name, line, what),
        }
    }
}

/// A layer of spans, by the columns behind the token that it has.
struct Layer {
    name: String,
    columns: Range<usize>,
    /// The column with the label.
    label: usize,
    /// The column with what the tag names.
    identifier: Option<usize>,
}

/// A tag as its rows say it, in UTF-16 units.
struct Found {
    begin: usize,
    end: usize,
    label: String,
    identifier: Option<String>,
}

#[derive(Default)]
struct Reader {
    has_header: bool,
    layers: Vec<Layer>,
    skipped: Vec<String>,
    columns: usize,
    text: String,
    /// The length of `text` in UTF-16 units.
    units: usize,
    /// The text of the sentence whose rows have not come.
    sentence: Option<String>,
    found: Vec<Found>,
    /// The tags that a number joins.
    joined: HashMap<(usize, u64), usize>,
}

impl Reader {
    fn read_line(&mut self, line: &str) -> Result<(), String> {
        if !self.has_header {
            if !line.starts_with("#FORMAT=WebAnno TSV 3") {
                return Err("this is no WebAnno TSV 3 file: it does not begin with #FORMAT=WebAnno TSV 3".to_owned());
            }
            self.has_header = true;
            return Ok(());
        }
        if line.is_empty() {
            return Ok(());
        }
        if let Some(declared) = line.strip_prefix("#T_SP=") {
            self.declare(declared, true);
            return Ok(());
        }
        if let Some(declared) = line.strip_prefix("#T_RL=").or_else(|| line.strip_prefix("#T_CH=")) {
            self.declare(declared, false);
            return Ok(());
        }
        if let Some(words) = line.strip_prefix("#Text=") {
            let words = unescaped_text(words);
            match &mut self.sentence {
                Some(sentence) => {
                    sentence.push('\n');
                    sentence.push_str(&words);
                }
                None => self.sentence = Some(words),
            }
            return Ok(());
        }
        // A token may be "#", but its row begins with a number.
        if line.starts_with('#') {
            return Ok(());
        }
        self.read_row(line)
    }

    fn declare(&mut self, declared: &str, is_span: bool) {
        let mut fields = declared.split('|');
        let name = fields.next().unwrap_or_default().to_owned();
        let features: Vec<&str> = fields.filter(|field| !field.is_empty()).collect();
        let columns = self.columns..self.columns + features.len().max(1);
        self.columns = columns.end;
        if !is_span {
            self.skipped.push(name);
            return;
        }
        let column = |name: &str| features.iter().position(|feature| *feature == name);
        let identifier = column("identifier").map(|at| columns.start + at);
        let label = ["value", "label"].iter().find_map(|name| column(name)).unwrap_or(0);
        self.layers.push(Layer {
            label: columns.start + label,
            identifier,
            name,
            columns,
        });
    }

    fn read_row(&mut self, line: &str) -> Result<(), String> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, place, token, columns @ ..] = fields.as_slice() else {
            return Err("a row has a number, a place and a token, split by tabs".to_owned());
        };
        if columns.len() < self.columns {
            return Err(format!(
                "a row has {} columns behind the token, not {}",
                columns.len(),
                self.columns
            ));
        }
        let ends = place.split_once('-');
        let ends = ends.and_then(|(begin, end)| Some((begin.parse().ok()?, end.parse().ok()?)));
        let Some((begin, end)) = ends.filter(|(begin, end)| begin < end) else {
            return Err(format!("\"{place}\" is no place"));
        };
        if let Some(sentence) = self.sentence.take() {
            self.begin_sentence(begin, &sentence)?;
        }
        self.check(begin, end, &unescaped_text(token))
            .map_err(|what| format!("the token {id} {what}"))?;
        for layer in 0..self.layers.len() {
            self.read_layer(layer, columns, begin, end)?;
        }
        Ok(())
    }

    fn begin_sentence(&mut self, begin: usize, sentence: &str) -> Result<(), String> {
        match begin.checked_sub(self.units) {
            Some(0) => {}
            // What stood here is not in the file; a line end is the likeliest.
            Some(gap @ 1..WIDEST_GAP) => {
                self.text.push('\n');
                self.text.extend((1..gap).map(|_| ' '));
            }
            _ => {
                return Err(format!(
                    "a sentence at {begin} does not follow one that ends at {}",
                    self.units
                ));
            }
        }
        self.text.push_str(sentence);
        self.units = begin + sentence.encode_utf16().count();
        Ok(())
    }

    /// Whether the token stands where its row says.
    fn check(&self, begin: usize, end: usize, token: &str) -> Result<(), String> {
        if end > self.units {
            return Err(format!("at {begin}–{end} lies outside the text"));
        }
        if token.encode_utf16().count() != end - begin {
            return Err(format!("is \"{token}\", which has not the length {}", end - begin));
        }
        Ok(())
    }

    fn read_layer(&mut self, layer: usize, columns: &[&str], begin: usize, end: usize) -> Result<(), String> {
        let Layer {
            label,
            identifier,
            name,
            columns: own,
        } = &self.layers[layer];
        let stacked = |column: usize| columns.get(column).map(|said| split(said)).unwrap_or_default();
        let values = stacked(*label);
        if columns[own.clone()].iter().all(|said| *said == "_") {
            return Ok(());
        }
        let identifiers = identifier.map(stacked).unwrap_or_default();
        let short_name = name.rsplit('.').next().unwrap_or(name);
        let mut found = Vec::new();
        for (place, said) in values.iter().enumerate() {
            let (value, number) = numbered(said)?;
            let value = if value == "*" || value == "_" {
                short_name.to_owned()
            } else {
                unescaped_value(value)
            };
            let identifier = identifiers.get(place).map(|said| numbered(said)).transpose()?;
            let identifier = identifier
                .map(|(said, _)| said)
                .filter(|said| !matches!(*said, "*" | "_"));
            found.push((value, number, identifier.map(unescaped_value)));
        }
        for (label, number, identifier) in found {
            if is_blank(&label) {
                return Err("a tag has no label".to_owned());
            }
            let key = number.map(|number| (layer, number));
            if let Some(&open) = key.and_then(|key| self.joined.get(&key)) {
                self.found[open].end = end;
                continue;
            }
            if let Some(key) = key {
                self.joined.insert(key, self.found.len());
            }
            self.found.push(Found {
                begin,
                end,
                label,
                identifier,
            });
        }
        Ok(())
    }

    fn hand_over(self, file: &InputFile<'_>, intake: &mut Intake<'_>) {
        let units = Utf16::new(&self.text);
        let mut text = Annotated {
            text: Arc::new(Text::new(self.text)),
            ..Annotated::default()
        };
        for (id, found) in (1..).zip(self.found) {
            let place = |at: usize| units.chars(CharIdx::from(at).0).map(|at| i64::from(at.0));
            let (Some(begin), Some(end)) = (place(found.begin), place(found.end)) else {
                let what = format!("{}–{} begins or ends inside a character", found.begin, found.end);
                intake.error(file.name, None, what);
                continue;
            };
            let mut mark = imported(&found.label);
            if let Some(name) = found.identifier.filter(|name| !name.is_empty()) {
                mark.entity = Some(entity(&mut text, &name, &found.label));
            }
            text.tags.push(Tag::new(id, range(begin, end), Arc::new(mark)));
        }
        intake.take(file, None, text);
    }
}

/// What stands between the bars that have no backslash before them.
fn split(said: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut escaped) = (0, false);
    for (at, c) in said.char_indices() {
        if c == '|' && !escaped {
            parts.push(&said[from..at]);
            from = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(&said[from..]);
    parts
}

/// A value and the number behind it, if it has one.
fn numbered(said: &str) -> Result<(&str, Option<u64>), String> {
    let (mut open, mut escaped) = (None, false);
    for (at, c) in said.char_indices() {
        if c == '[' && !escaped {
            open = Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    let Some(open) = open else {
        return Ok((said, None));
    };
    let number = said[open + 1..]
        .strip_suffix(']')
        .and_then(|number| number.parse().ok());
    match number {
        Some(number) => Ok((&said[..open], Some(number))),
        None => Err(format!("\"{said}\" does not end in a number in brackets")),
    }
}

fn unescaped_value(said: &str) -> String {
    let mut value = String::with_capacity(said.len());
    let mut chars = said.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('t') => value.push('\t'),
                Some('n') => value.push('\n'),
                Some(c) => value.push(c),
                None => value.push('\\'),
            },
            c => value.push(c),
        }
    }
    value
}

fn unescaped_text(said: &str) -> String {
    let mut text = String::with_capacity(said.len());
    let mut rest = said;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let escape = &rest[at..];
        let known = TEXT_ESCAPES.iter().find(|(_, known)| escape.starts_with(known));
        let control = escape[1..].chars().next().filter(|c| *c < ' ');
        let (c, len) = match (known, control) {
            (Some((c, known)), _) => (*c, known.len()),
            (None, Some(c)) => (c, 2),
            (None, None) => ('\\', 1),
        };
        text.push(c);
        rest = &escape[len..];
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::super::{push_text, push_value};
    use super::*;
    use crate::formats::{self, ImportOptions};

    #[test]
    fn what_is_escaped_comes_back() {
        let said = "a\\[b]|_->;*\tn\n\u{8}\u{c}\u{1c}\u{b}\\n𬱟";
        let (mut value, mut text) = (String::new(), String::new());
        push_value(&mut value, said);
        push_text(&mut text, said);
        assert!(!value.contains(['\t', '\n']) && !text.contains(['\t', '\n']));
        assert_eq!(
            split(&format!("{value}|{value}[12]")),
            [value.clone(), format!("{value}[12]")]
        );
        assert_eq!(numbered(&format!("{value}[12]")).unwrap(), (value.as_str(), Some(12)));
        assert_eq!(numbered(&value).unwrap(), (value.as_str(), None));
        assert_eq!(
            (unescaped_value(&value).as_str(), unescaped_text(&text).as_str()),
            (said, said)
        );
    }

    const OTHER: &str = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Place|kind\n#T_RL=custom.Rel|label|BT_custom.Place\n\n\n\
        #Text=😀罗勇\n#Text=到城东\n1-1\t0-2\t😀\t_\t_\t_\t\n1-2\t2-4\t罗勇\t*[1]|甲\\|乙[2]\t_\t_\t\n\
        1-3\t5-6\t到\t*[1]\t_\t_\t\n1-4\t6-8\t城东\t_\t_\t_\t\n1-4.1\t6-7\t城\t县\t_\t_\t\n\n#Text=完\n2-1\t10-11\t完\t_\t_\t_\t\n";

    fn read(tsv: &str) -> (Vec<formats::Imported>, Vec<String>) {
        let file = InputFile {
            name: "a.tsv",
            bytes: tsv.as_bytes(),
        };
        let (texts, said) = formats::import(&super::super::FORMAT, &[file], &ImportOptions::default());
        (texts, said.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn other_layers_and_parts_of_tokens_are_read() {
        let (texts, said) = read(OTHER);
        assert_eq!(
            said,
            ["a.tsv: the layer custom.Rel is no layer of spans and is passed over"]
        );
        let text = &texts[0].annotated;
        assert_eq!(text.text.as_str(), "😀罗勇\n到城东\n 完");
        let tags = text
            .tags
            .iter()
            .map(|tag| format!("{}:{}", text.covered(tag), tag.label()));
        assert_eq!(tags.collect::<Vec<_>>(), ["罗勇\n到:Place", "罗勇:甲|乙", "城:县"]);
    }

    #[test]
    fn what_does_not_fit_is_named_by_line() {
        let cases = [
            (OTHER.replace("1-3\t5-6", "1-3\t5-66"), "a.tsv:10: the token 1-3"),
            (OTHER.replace("2-1\t10-11", "2-1\t3-4"), "a.tsv:15: a sentence at 3"),
            (OTHER.replace("甲\\|乙[2]", "甲[x]"), "a.tsv:9: \"甲[x]\""),
            (OTHER.replace("\t完\t_\t_\t_\t", "\t完\t_"), "a.tsv:15: a row has 1"),
            ("记者".to_owned(), "a.tsv:1: this is no WebAnno"),
        ];
        for (tsv, expected) in cases {
            let (texts, said) = read(&tsv);
            assert!(texts.is_empty() && said[0].starts_with(expected), "{said:?}");
        }
    }
}
