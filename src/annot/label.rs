//! The labels that a text is tagged with.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The name by which files and spans know a label: `person`, `unit`, …
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LabelId(pub Arc<str>);

impl LabelId {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for LabelId {
    fn default() -> Self {
        Self(Arc::from(""))
    }
}

impl From<&str> for LabelId {
    fn from(id: &str) -> Self {
        Self(Arc::from(id))
    }
}

impl fmt::Display for LabelId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A colour as the saved file has it: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// Reads `#RRGGBB`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([byte(0)?, byte(2)?, byte(4)?]))
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02X}{g:02X}{b:02X}")
    }
}

/// One label of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What spans refer to.
    pub id: LabelId,
    /// Its name in Chinese.
    pub zh: String,
    /// Its name in English.
    pub en: String,
    /// The colour of its tags on paper; the dark theme derives its own.
    pub color: Rgb,
    /// The key that tags with it, if it has one.
    pub key: Option<char>,
    /// What belongs under it and what does not, for the people who tag.
    pub guideline: String,
}

/// The labels of a document, in the order of the label bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelSet {
    labels: Vec<Label>,
}

/// Colours for labels of the user's own, told apart by colour-blind eyes (Paul Tol's muted scheme, without those too
/// near the built-in five).
const SPARE_COLORS: [Rgb; 6] = [
    Rgb([0x88, 0x22, 0x55]),
    Rgb([0x33, 0x22, 0x88]),
    Rgb([0x99, 0x99, 0x33]),
    Rgb([0x11, 0x77, 0x33]),
    Rgb([0x66, 0x11, 0x00]),
    Rgb([0x44, 0x66, 0x88]),
];

impl Default for LabelSet {
    /// The built-in set: people, organisations, figures, places, times (colours after Okabe and Ito, and Paul Tol).
    fn default() -> Self {
        let label = |id: &str, zh: &str, en: &str, color: [u8; 3], key: char, guideline: &str| Label {
            id: id.into(),
            zh: zh.into(),
            en: en.into(),
            color: Rgb(color),
            key: Some(key),
            guideline: guideline.into(),
        };
        Self {
            labels: vec![
                label("person", "人物", "Person", [0x00, 0x72, 0xB2], '1', ""),
                label("unit", "单位", "Organisation", [0x00, 0x9E, 0x73], '2', ""),
                label("figure", "数字", "Figure", [0xD5, 0x5E, 0x00], '3', ""),
                label("place", "地点", "Place", [0xAA, 0x44, 0x99], '4', ""),
                label("time", "时间", "Time", [0x56, 0xB4, 0xE9], '5', ""),
            ],
        }
    }
}

impl LabelSet {
    /// A set of these labels.
    #[must_use]
    pub fn new(labels: Vec<Label>) -> Self {
        Self { labels }
    }

    /// The labels in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Label> {
        self.labels.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The label of that id.
    #[must_use]
    pub fn get(&self, id: &LabelId) -> Option<&Label> {
        self.labels.iter().find(|label| label.id == *id)
    }

    /// Its place in the set; labels that the set does not know sort last.
    #[must_use]
    pub fn rank(&self, id: &LabelId) -> usize {
        self.labels
            .iter()
            .position(|label| label.id == *id)
            .unwrap_or(self.labels.len())
    }

    /// The label that `key` tags with.
    #[must_use]
    pub fn by_key(&self, key: char) -> Option<&Label> {
        self.labels.iter().find(|label| label.key == Some(key))
    }

    /// The set with one more label, `name` in both languages, with an id, a colour and, where one is free, a key of its
    /// own. An id is made from the name; none is given twice.
    #[must_use]
    pub fn with_new(&self, name: &str) -> (Self, LabelId) {
        let base: String = name
            .trim()
            .to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join("_");
        let taken = |id: &str| self.labels.iter().any(|label| label.id.as_str() == id);
        let id = (1..)
            .map(|n| if n == 1 { base.clone() } else { format!("{base}_{n}") })
            .find(|id| !taken(id))
            .unwrap_or(base);
        let id = LabelId::from(id.as_str());
        (self.with_named(&id, name.trim(), name.trim()), id)
    }

    /// The set with one more label of that id, with a colour and, where one is free, a key of its own.
    #[must_use]
    pub fn with_named(&self, id: &LabelId, zh: &str, en: &str) -> Self {
        let key = ('1'..='9').find(|&key| self.by_key(key).is_none());
        let free = SPARE_COLORS
            .iter()
            .find(|color| self.labels.iter().all(|label| label.color != **color));
        let color = free
            .copied()
            .unwrap_or(SPARE_COLORS[self.labels.len() % SPARE_COLORS.len()]);
        let mut labels = self.labels.clone();
        labels.push(Label {
            id: id.clone(),
            zh: zh.to_owned(),
            en: en.to_owned(),
            color,
            key,
            guideline: String::new(),
        });
        Self { labels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_of_ones_own_gets_id_colour_and_key() {
        let (set, id) = LabelSet::default().with_new("Court case");
        let label = set.get(&id).unwrap();
        assert_eq!((label.id.as_str(), label.key), ("court_case", Some('6')));
        assert!(LabelSet::default().iter().all(|other| other.color != label.color));
        let (_, second) = set.with_new("Court case");
        assert_eq!(second.as_str(), "court_case_2");
    }

    #[test]
    fn colours_are_read_and_written_alike() {
        assert_eq!(Rgb::parse("#0072B2").unwrap().to_string(), "#0072B2");
        for wrong in ["0072B2", "#0072B", "#00 2B2", "#人物"] {
            assert_eq!(Rgb::parse(wrong), None, "{wrong}");
        }
    }
}
