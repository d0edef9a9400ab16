//! `zhupi suggest --stream`: JSON lines in, JSON lines out, one document at a time.

use std::borrow::Cow;
use std::io::{self, BufRead, Read, Write};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use super::Outcome;
use super::suggest::SuggestArgs;
use crate::annot::Origin;
use crate::formats::intake::LONGEST_LINE;
use crate::formats::json;
use crate::suggest::figures::Date;
use crate::suggest::suggest;
use crate::text::{Text, Words};

#[derive(Deserialize)]
struct Asked<'a> {
    #[serde(default)]
    id: Value,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a Value,
    text: &'a str,
    spans: Vec<AnswerSpan<'a>>,
}

#[derive(Serialize)]
struct AnswerSpan<'a> {
    start: u32,
    end: u32,
    label: &'a str,
    text: &'a str,
    score: Option<Number>,
    origin: Origin,
    value: &'a Option<Value>,
}

/// Answers line by line. A line that is not what it should be ends the stream: the lines before it are answered, and the
/// message says which it is.
pub(super) fn run(args: &SuggestArgs) -> Result<Outcome> {
    let words = Words::load();
    let mut input = io::stdin().lock();
    let mut out = io::stdout().lock();
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let most = LONGEST_LINE as u64 + 1;
        let read = input.by_ref().take(most).read_until(b'\n', &mut line);
        if read.with_context(|| place(number))? == 0 {
            break;
        }
        if line.len() > LONGEST_LINE {
            bail!("{}: this line is longer than {LONGEST_LINE} bytes", place(number));
        }
        let bytes = match number {
            1 => line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line),
            _ => &line,
        };
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let asked: Asked<'_> = match serde_json::from_slice(bytes) {
            Ok(asked) => asked,
            Err(error) => bail!("{}: {}", place(number), json::what(&error)),
        };
        let answer = answer(&asked.id, &asked.text, &words, args.issue_date)?;
        // Who asks line by line waits for each answer.
        out.write_all(&answer).context("stdout")?;
        out.flush().context("stdout")?;
    }
    Ok(Outcome::Done)
}

fn place(number: u64) -> String {
    format!("<stdin>:{number}")
}

fn answer(id: &Value, text: &str, words: &Words, issue_date: Option<Date>) -> io::Result<Vec<u8>> {
    let suggestions = suggest(text, words, issue_date);
    let places = Text::from(text);
    let spans = suggestions.iter().map(|suggestion| AnswerSpan {
        start: suggestion.range.start.0,
        end: suggestion.range.end.0,
        label: suggestion.label,
        text: places.slice(suggestion.range),
        score: suggestion.score_number(),
        origin: suggestion.origin,
        value: &suggestion.value,
    });
    json::line(&Answer {
        id,
        text,
        spans: spans.collect(),
    })
}
