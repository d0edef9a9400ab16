//! What the machine proposes.

pub mod figures;
mod names;

use serde_json::{Number, Value};

use crate::annot::{LabelId, Mark, Origin, Status};
use crate::text::{CharRange, Words};
use figures::Date;

/// A tag that the machine proposes.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What it covers, in code points of the text given; never empty.
    pub range: CharRange,
    /// The id of a built-in label.
    pub label: &'static str,
    /// How sure its maker is, from 0 to 1.
    pub score: f32,
    /// Who made it.
    pub origin: Origin,
    /// What a figure or a time means, in the form of the saved file.
    pub value: Option<Value>,
}

impl Suggestion {
    /// The score as files have it: three decimals, which is more than any of the makers knows.
    #[must_use]
    pub fn score_number(&self) -> Option<Number> {
        Number::from_f64((f64::from(self.score) * 1000.0).round() / 1000.0)
    }

    /// What a tag made of it says.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark {
            label: LabelId::from(self.label),
            status: Status::Suggested,
            origin: self.origin,
            score: self.score_number(),
            value: self.value.clone(),
            ..Mark::default()
        }
    }
}

/// Every figure, time, person, organisation and place that the machine sees in `text`, whose paragraphs end with a line
/// feed: sorted, and no two share a character. `issue_date` is the day from which 昨天 and 去年 count.
#[must_use]
pub fn suggest(text: &str, words: &Words, issue_date: Option<Date>) -> Vec<Suggestion> {
    let figures = figures::find(text, issue_date);
    let figures = figures.into_iter().map(|figure| Suggestion {
        range: figure.range,
        label: figure.label.as_str(),
        score: figure.score,
        origin: Origin::Rule,
        value: Some(figure.value.to_json()),
    });
    settle(figures.collect(), names::find(text, words))
}

/// Puts two sorted lists together. Where a figure lies inside a longer name it is part of it (第三军医大学); everywhere
/// else the grammar of figures knows better than the dictionary (年广久 in 今年广久).
fn settle(figures: Vec<Suggestion>, names: Vec<Suggestion>) -> Vec<Suggestion> {
    let mut kept_names = Vec::with_capacity(names.len());
    let mut kept_figures = vec![true; figures.len()];
    let mut from = 0;
    for name in names {
        from += figures[from..].partition_point(|figure| figure.range.end <= name.range.start);
        let until = from + figures[from..].partition_point(|figure| figure.range.start < name.range.end);
        let is_part = |figure: &Suggestion| name.range.covers(figure.range) && name.range != figure.range;
        if figures[from..until].iter().all(is_part) {
            kept_figures[from..until].fill(false);
            kept_names.push(name);
        }
    }
    let mut kept = kept_figures.into_iter();
    let mut all: Vec<Suggestion> = figures.into_iter().filter(|_| kept.next() == Some(true)).collect();
    all.extend(kept_names);
    all.sort_by_key(|suggestion| suggestion.range);
    all
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::text::Text;

    static WORDS: LazyLock<Words> = LazyLock::new(Words::load);

    proptest! {
        #[test]
        fn suggestions_lie_in_the_text_in_order_and_apart(
            text in "(昨天|重庆市|第三|公安局|张建国|说|5.8万|多起|😀|𬱟|\u{3000}|\r|\n|，|中国|队|a1){0,20}",
        ) {
            let end = Text::from(text.as_str()).len();
            let mut last = CharRange::of(0, 0);
            for suggestion in suggest(&text, &WORDS, None) {
                let range = suggestion.range;
                prop_assert!(last.end <= range.start && !range.is_empty() && range.end <= end, "{:?}", suggestion);
                prop_assert!((0.0..=1.0).contains(&suggestion.score));
                last = range;
            }
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let places = Text::from(text);
        let found = suggest(text, &WORDS, Date::parse("2025-09-15"));
        let found: Vec<String> = found
            .iter()
            .map(|one| format!("{}|{}|{}", places.slice(one.range), one.label, one.origin.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_and_figures_stand_side_by_side() {
        check(
            "😀\u{3000}昨天，重庆市公安局局长胡明朗在北京表示，𬱟今年破案5.8万多起。",
            &[
                "昨天|time|rule",
                "重庆市公安局|unit|dictionary",
                "胡明朗|person|dictionary",
                "北京|place|dictionary",
                "今年|time|rule",
                "5.8万多起|figure|rule",
            ],
        );
    }

    #[test]
    fn a_number_within_a_name_is_part_of_it() {
        check("他毕业于重庆第三军医大学。", &["重庆第三军医大学|unit|dictionary"]);
        check("", &[]);
    }

    #[test]
    fn scores_have_three_decimals() {
        let suggestion = Suggestion {
            range: CharRange::of(0, 1),
            label: "time",
            score: 0.9,
            origin: Origin::Rule,
            value: None,
        };
        assert_eq!(suggestion.score_number().unwrap().to_string(), "0.9");
    }
}
