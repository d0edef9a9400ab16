//! What a figure means, and its form in the saved file.

use serde_json::{Map, Value};

/// What sort of figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A number of things, or a bare number.
    Count,
    /// Percent, percentage points, 成, 折, ‰.
    Percent,
    /// A fraction, a multiple, a proportion.
    Ratio,
    /// From one number to another.
    Range,
    /// A place in an order.
    Ordinal,
    /// A day, a month, a year or longer.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// An amount of money.
    Money,
    /// A number of a unit of measure.
    Measure,
    /// The score of a game.
    Score,
    /// Several figures that belong together.
    List,
}

/// How the words around a number bend it, after the `mod` of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Approx {
    /// 约, 左右, 近, 十几.
    Approx,
    /// 多, 余, 超, 突破.
    MoreThan,
    /// 以上, 至少.
    EqualOrMore,
    /// 以下, 至多.
    EqualOrLess,
    /// 不足, 不到.
    LessThan,
}

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// Things counted with a classifier.
    Count,
    /// Parts of a hundred, and what is told like them.
    Percent,
    /// Multiples and fractions.
    Ratio,
    /// Metres and the like.
    Length,
    /// Square metres and the like.
    Area,
    /// Cubic metres, litres.
    Volume,
    /// Grams and the like.
    Mass,
    /// Seconds to centuries.
    Time,
    /// Degrees.
    Temperature,
    /// Currencies.
    Money,
    /// Watts.
    Power,
    /// Joules, kilowatt hours, calories.
    Energy,
    /// Length per time.
    Speed,
    /// Bits and bytes.
    Data,
    /// Anything else with a unit.
    Other,
}

/// A unit as printed and as others write it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unit {
    /// As printed: `万元` is the multiplier and the unit `元`.
    pub raw: String,
    /// UCUM, or ISO 4217 for money, where one exists.
    pub code: Option<String>,
    /// What it measures, if known.
    pub dimension: Option<Dimension>,
}

/// The meaning of a figure. Numbers are exact decimals in ASCII; in ranges of dates the ends are TIMEX values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FigureValue {
    /// What sort of figure it is.
    pub kind: Kind,
    /// The number as printed, multiplied out; `None` where only bounds are known.
    pub value: Option<String>,
    /// The lower bound, for figures that are not exact.
    pub min: Option<String>,
    /// The upper bound, for figures that are not exact.
    pub max: Option<String>,
    /// How the words around it bend the number.
    pub approx: Option<Approx>,
    /// The unit; `None` for a bare number.
    pub unit: Option<Unit>,
    /// The TIMEX3 value of a time or a duration.
    pub timex: Option<String>,
    /// The figures it is made of: the two sides of a score, the numerator and the denominator.
    pub parts: Vec<FigureValue>,
}

/// An enum of which each value has a name in the saved file.
macro_rules! named {
    ($type:ident { $($variant:ident => $name:literal),+ $(,)? }) => {
        impl $type {
            /// The name in the saved file.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The value of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

named!(Kind {
    Count => "count", Percent => "percent", Ratio => "ratio", Range => "range", Ordinal => "ordinal", Date => "date",
    Time => "time", Duration => "duration", Money => "money", Measure => "measure", Score => "score", List => "list",
});
named!(Approx {
    Approx => "approx", MoreThan => "more_than", EqualOrMore => "equal_or_more", EqualOrLess => "equal_or_less",
    LessThan => "less_than",
});
named!(Dimension {
    Count => "count", Percent => "percent", Ratio => "ratio", Length => "length", Area => "area", Volume => "volume",
    Mass => "mass", Time => "time", Temperature => "temperature", Money => "money", Power => "power",
    Energy => "energy", Speed => "speed", Data => "data", Other => "other",
});

impl FigureValue {
    /// A value of which nothing but the kind is known.
    #[must_use]
    pub fn of(kind: Kind) -> Self {
        Self {
            kind,
            value: None,
            min: None,
            max: None,
            approx: None,
            unit: None,
            timex: None,
            parts: Vec::new(),
        }
    }

    /// Whether it is a stretch from one time to another, whose ends are TIMEX3 values and no numbers.
    #[must_use]
    pub fn is_stretch_of_time(&self) -> bool {
        self.kind == Kind::Range && self.timex.is_some() && self.unit.is_none()
    }

    /// The form in the saved file: always the same eight keys in the same order, nulls written.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::String);
        let name = |name: Option<&str>| name.map_or(Value::Null, Value::from);
        let unit = self.unit.as_ref().map_or(Value::Null, |unit| {
            let mut object = Map::new();
            object.insert("raw".into(), Value::from(unit.raw.as_str()));
            object.insert("code".into(), text(&unit.code));
            object.insert("dimension".into(), name(unit.dimension.map(Dimension::as_str)));
            Value::Object(object)
        });
        let mut object = Map::new();
        object.insert("kind".into(), Value::from(self.kind.as_str()));
        object.insert("value".into(), text(&self.value));
        object.insert("min".into(), text(&self.min));
        object.insert("max".into(), text(&self.max));
        object.insert("approx".into(), name(self.approx.map(Approx::as_str)));
        object.insert("unit".into(), unit);
        object.insert("timex".into(), text(&self.timex));
        object.insert("parts".into(), self.parts.iter().map(Self::to_json).collect());
        Value::Object(object)
    }

    /// The value from its form in the saved file. Absent keys are nulls; `None` where a key has a wrong type or an
    /// unknown name.
    #[must_use]
    pub fn from_json(json: &Value) -> Option<Self> {
        let object = json.as_object()?;
        let unit = match object.get("unit") {
            None | Some(Value::Null) => None,
            Some(unit) => {
                let unit = unit.as_object()?;
                Some(Unit {
                    raw: unit.get("raw")?.as_str()?.to_owned(),
                    code: optional_text(unit, "code")?,
                    dimension: optional_name(unit, "dimension", Dimension::from_name)?,
                })
            }
        };
        let parts = match object.get("parts") {
            None | Some(Value::Null) => Vec::new(),
            Some(parts) => parts.as_array()?.iter().map(Self::from_json).collect::<Option<_>>()?,
        };
        Some(Self {
            kind: Kind::from_name(object.get("kind")?.as_str()?)?,
            value: optional_text(object, "value")?,
            min: optional_text(object, "min")?,
            max: optional_text(object, "max")?,
            approx: optional_name(object, "approx", Approx::from_name)?,
            unit,
            timex: optional_text(object, "timex")?,
            parts,
        })
    }
}

/// `Some(None)` for an absent or null key, `None` for a key of a wrong type.
fn optional_text(object: &Map<String, Value>, key: &str) -> Option<Option<String>> {
    match object.get(key) {
        None | Some(Value::Null) => Some(None),
        Some(value) => value.as_str().map(|text| Some(text.to_owned())),
    }
}

fn optional_name<T>(object: &Map<String, Value>, key: &str, from_name: fn(&str) -> Option<T>) -> Option<Option<T>> {
    match optional_text(object, key)? {
        None => Some(None),
        Some(name) => from_name(&name).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::{Approx, Dimension, FigureValue, Kind, Unit};

    fn sample() -> FigureValue {
        FigureValue {
            value: Some("259000".into()),
            min: Some("259000".into()),
            approx: Some(Approx::MoreThan),
            unit: Some(Unit {
                raw: "起".into(),
                code: None,
                dimension: Some(Dimension::Count),
            }),
            ..FigureValue::of(Kind::Count)
        }
    }

    #[test]
    fn writes_every_key_in_the_fixed_order() {
        assert_eq!(
            sample().to_json().to_string(),
            r#"{"kind":"count","value":"259000","min":"259000","max":null,"approx":"more_than","unit":{"raw":"起","code":null,"dimension":"count"},"timex":null,"parts":[]}"#
        );
    }

    #[test]
    fn reads_what_it_wrote() {
        let list = FigureValue {
            timex: Some("2021/2025".into()),
            parts: vec![sample(), FigureValue::of(Kind::Date)],
            ..FigureValue::of(Kind::List)
        };
        assert_eq!(FigureValue::from_json(&list.to_json()), Some(list));
    }

    #[test]
    fn refuses_wrong_types_and_unknown_names() {
        for json in [
            r#"{}"#,
            r#"{"kind":"guess"}"#,
            r#"{"kind":"count","value":3}"#,
            r#"{"kind":"count","approx":"nearly"}"#,
            r#"{"kind":"count","parts":[{}]}"#,
            r#"[]"#,
        ] {
            assert_eq!(
                FigureValue::from_json(&serde_json::from_str(json).unwrap()),
                None,
                "{json}"
            );
        }
        let least = serde_json::from_str(r#"{"kind":"date"}"#).unwrap();
        assert_eq!(FigureValue::from_json(&least), Some(FigureValue::of(Kind::Date)));
    }
}
