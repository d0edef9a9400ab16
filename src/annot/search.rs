//! Finding in the reading text, and replacing what was found after it was looked at.

use std::fmt::Write;

use regex::{Regex, RegexBuilder};

use crate::text::change::Replacement;
use crate::text::{ByteIdx, ChangeSet, CharRange, Text};

/// The largest compiled expression, in bytes.
const LARGEST: usize = 1 << 20;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The text itself, or the expression.
    pub pattern: String,
    /// Whether `pattern` is a regular expression (syntax of the `regex` crate); `^` and `$` are the ends of a paragraph.
    pub is_regex: bool,
    /// Whether `a` finds `A`.
    pub ignores_case: bool,
    /// Whether `98%` finds `９８％` and the other way round. Only for text, not for expressions.
    pub ignores_width: bool,
}

/// What a replacement would do in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The place in the text as it is.
    pub range: CharRange,
    /// What stands there.
    pub before: String,
    /// What would stand there.
    pub after: String,
}

/// All places of `query` in `text`, in order, without overlaps. Empty matches are left out.
///
/// # Errors
/// One sentence, where the expression is none, is too large, or has nothing but empty matches.
pub fn find_all(text: &Text, query: &Query) -> Result<Vec<CharRange>, String> {
    let Some(regex) = compile(query)? else {
        return Ok(Vec::new());
    };
    let mut has_empty = false;
    let found = regex.find_iter(text.as_str()).filter(|found| {
        has_empty |= found.is_empty();
        !found.is_empty()
    });
    let found: Vec<CharRange> = found.map(|found| char_range(text, found.range())).collect();
    if found.is_empty() && has_empty {
        return Err("it matches nothing but empty places".to_owned());
    }
    Ok(found)
}

/// What replacing all places of `query` by `template` would do. In the template of an expression `$1` and `${name}` are
/// what its groups matched, and `$$` is a dollar sign; beside a searched text it stands for itself.
///
/// # Errors
/// One sentence, where the expression is none or is too large, or where the template names a group that it has not.
pub fn previews(text: &Text, query: &Query, template: &str) -> Result<Vec<Preview>, String> {
    let Some(regex) = compile(query)? else {
        return Ok(Vec::new());
    };
    if query.is_regex
        && let Some(name) = unknown_group(&regex, template)
    {
        return Err(format!("there is no group {name}"));
    }
    let found = regex.captures_iter(text.as_str()).filter_map(|groups| {
        let whole = groups.get(0).filter(|whole| !whole.is_empty())?;
        let mut after = String::new();
        if query.is_regex {
            groups.expand(template, &mut after);
        } else {
            after.push_str(template);
        }
        Some(Preview {
            range: char_range(text, whole.range()),
            before: whole.as_str().to_owned(),
            after,
        })
    });
    Ok(found.collect())
}

/// The change that makes these previews true: all of them, or those that the editor kept.
#[must_use]
pub fn replacement(previews: &[Preview]) -> ChangeSet {
    let replacements = previews.iter().map(|preview| Replacement {
        at: preview.range.start,
        before: preview.before.clone(),
        after: preview.after.clone(),
    });
    ChangeSet::new(replacements.collect())
}

/// The query as an expression; `None` where it is empty and finds nothing.
fn compile(query: &Query) -> Result<Option<Regex>, String> {
    if query.pattern.is_empty() {
        return Ok(None);
    }
    let mut pattern = String::new();
    if query.is_regex {
        pattern.push_str(&query.pattern);
    } else {
        for c in query.pattern.chars() {
            match other_width(c).filter(|_| query.ignores_width) {
                // Code points, because some of these characters mean something in an expression.
                Some(other) => write!(pattern, "[\\x{{{:X}}}\\x{{{:X}}}]", c as u32, other as u32)
                    .map_err(|error| error.to_string())?,
                None => pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
            }
        }
    }
    let regex = RegexBuilder::new(&pattern)
        .case_insensitive(query.ignores_case)
        .multi_line(true)
        .size_limit(LARGEST)
        .dfa_size_limit(LARGEST)
        .build();
    regex.map(Some).map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "the expression is too large".to_owned(),
        error => {
            // The message shows the pattern over several lines and says what is wrong with it in the last.
            let message = error.to_string();
            let what = message.lines().last().unwrap_or_default();
            what.trim_start_matches("error: ").to_owned()
        }
    })
}

/// The first group named in a template that the expression has not, as it is written: what would be put in for it is nothing.
fn unknown_group<'a>(regex: &Regex, template: &'a str) -> Option<&'a str> {
    let mut rest = template;
    while let Some(at) = rest.find('$') {
        let after = &rest[at + 1..];
        if let Some(behind) = after.strip_prefix('$') {
            rest = behind;
            continue;
        }
        let name = match after.strip_prefix('{') {
            Some(braced) => braced.split_once('}').map_or("", |(name, _)| name),
            // As many of these characters as there are: `$1x` is a group named 1x.
            None => {
                let is_of_name = |c: char| c == '_' || c.is_ascii_alphanumeric();
                after.split(|c| !is_of_name(c)).next().unwrap_or_default()
            }
        };
        let is_known = match name.parse::<usize>() {
            Ok(number) => number < regex.captures_len(),
            Err(_) => name.is_empty() || regex.capture_names().flatten().any(|known| known == name),
        };
        if !is_known {
            return Some(&rest[at..at + 1 + name.len() + 2 * usize::from(after.starts_with('{'))]);
        }
        rest = after;
    }
    None
}

/// The full-width form of a half-width character, or the other way round.
fn other_width(c: char) -> Option<char> {
    let shifted = |offset: i32| u32::try_from(c as i32 + offset).ok().and_then(char::from_u32);
    match c {
        ' ' => Some('\u{3000}'),
        '\u{3000}' => Some(' '),
        '!'..='~' => shifted(0xFEE0),
        '！'..='～' => shifted(-0xFEE0),
        _ => None,
    }
}

fn char_range(text: &Text, bytes: std::ops::Range<usize>) -> CharRange {
    CharRange::new(
        text.char_of(ByteIdx::from(bytes.start)),
        text.char_of(ByteIdx::from(bytes.end)),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn literal(pattern: &str) -> Query {
        Query {
            pattern: pattern.into(),
            ..Query::default()
        }
    }

    fn expression(pattern: &str) -> Query {
        Query {
            is_regex: true,
            ..literal(pattern)
        }
    }

    fn found(text: &str, query: &Query) -> Vec<(u32, u32)> {
        find_all(&Text::from(text), query)
            .unwrap()
            .into_iter()
            .map(Into::into)
            .collect()
    }

    #[test]
    fn places_are_code_points() {
        assert_eq!(found("😀𬱟罗勇，罗勇", &literal("罗勇")), [(2, 4), (5, 7)]);
        assert_eq!(found("a.b a+b", &literal("a.b")), [(0, 3)]);
        assert_eq!(found("共30人，55次", &expression(r"\d+")), [(1, 3), (5, 7)]);
        assert_eq!(found("一\n二\n", &expression("^.")), [(0, 1), (2, 3)]);
        assert_eq!(found("一二", &literal("")), []);
    }

    #[test]
    fn case_and_width_can_be_ignored() {
        let text = "9８％、ＡI和ai，a\u{3000}b";
        let loose = |pattern: &str| Query {
            ignores_case: true,
            ignores_width: true,
            ..literal(pattern)
        };
        assert_eq!(found(text, &loose("98%")), [(0, 3)]);
        assert_eq!(found(text, &loose("ai")), [(4, 6), (7, 9)]);
        assert_eq!(found(text, &loose("ａ b")), [(10, 13)]);
        assert_eq!(found(text, &literal("98%")), []);
        assert_eq!(found("[^]-\\", &loose("[^]-\\")), [(0, 5)]);
    }

    #[test]
    fn what_is_no_expression_is_said_in_a_sentence() {
        let error = |pattern: &str| find_all(&Text::from("a"), &expression(pattern)).unwrap_err();
        assert_eq!(error("(罗"), "unclosed group");
        assert_eq!(error(r"\p{Han}{5000}{50}"), "the expression is too large");
        for pattern in ["^", "$", "x*", "|"] {
            assert_eq!(error(pattern), "it matches nothing but empty places", "{pattern}");
        }
        assert_eq!(found("一x", &expression("x*")), [(1, 2)]);
    }

    /// `$9` deleted what was found without a word.
    #[test]
    fn a_group_that_is_not_there_is_said() {
        let text = Text::from("共30人");
        let query = expression(r"(?P<count>\d)(\d)");
        for (template, missing) in [
            ("$9", "$9"),
            ("$2$1x", "$1x"),
            ("$$$3", "$3"),
            ("a${总}b", "${总}"),
            ("$counts", "$counts"),
        ] {
            let said = previews(&text, &query, template).unwrap_err();
            assert_eq!(said, format!("there is no group {missing}"), "{template}");
        }
        for (template, after) in [
            ("$2$1", "03"),
            ("${1}x", "3x"),
            ("$0$$9", "30$9"),
            ("$count人", "3人"),
            ("5$", "5$"),
        ] {
            assert_eq!(previews(&text, &query, template).unwrap()[0].after, after, "{template}");
        }
        assert_eq!(previews(&text, &literal("30"), "$9").unwrap()[0].after, "$9");
    }

    #[test]
    fn a_replacement_is_seen_before_it_is_made() {
        let mut text = Text::from("1. 06万，25. 9万");
        let query = expression(r"(\d+)\. (\d+)");
        let all = previews(&text, &query, "$1.$2").unwrap();
        let shown: Vec<_> = all.iter().map(|one| (&*one.before, &*one.after)).collect();
        assert_eq!(shown, [("1. 06", "1.06"), ("25. 9", "25.9")]);
        replacement(&all[1..]).apply(&mut text);
        assert_eq!(text.as_str(), "1. 06万，25.9万");
        let all = previews(&text, &literal("万"), "$1").unwrap();
        replacement(&all).apply(&mut text);
        assert_eq!(text.as_str(), "1. 06$1，25.9$1");
    }

    proptest! {
        #[test]
        fn a_text_is_found_where_it_is(text in "[a-c.罗𬱟％%]{0,20}", pattern in "[a-c.罗𬱟％%]{1,2}") {
            let buffer = Text::from(text.as_str());
            let places = find_all(&buffer, &literal(&pattern)).unwrap();
            prop_assert_eq!(places.len(), text.matches(&pattern).count());
            for place in places {
                prop_assert_eq!(buffer.slice(place), &pattern);
            }
            let mut changed = buffer.clone();
            let change = replacement(&previews(&buffer, &literal(&pattern), "勇").unwrap());
            prop_assert!(change.fits(&buffer));
            change.apply(&mut changed);
            prop_assert_eq!(changed.as_str(), text.replace(&pattern, "勇"));
        }
    }
}
