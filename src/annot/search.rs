//! Finding text or a pattern in the reading text.

use regex::RegexBuilder;

use crate::text::{CharRange, Text};

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The text or the pattern.
    pub pattern: String,
    /// Whether it is a regular expression.
    pub is_regex: bool,
}

/// All matches, in order, without overlaps; empty ones are left out.
///
/// # Errors
/// What is wrong with the pattern.
pub fn find_all(text: &Text, query: &Query) -> Result<Vec<CharRange>, String> {
    let pattern = if query.is_regex {
        query.pattern.clone()
    } else {
        regex::escape(&query.pattern)
    };
    let regex = RegexBuilder::new(&pattern)
        .multi_line(true)
        .build()
        .map_err(|error| error.to_string())?;
    let matches = regex.find_iter(text.as_str()).filter(|found| !found.is_empty());
    Ok(matches
        .map(|found| CharRange::new(text.char_of(found.start().into()), text.char_of(found.end().into())))
        .collect())
}
