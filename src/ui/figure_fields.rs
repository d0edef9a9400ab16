//! The fields in which a figure's meaning is read and changed.

use egui::{Id, RichText, TextEdit, Ui};

use super::text_view;
use super::tokens::Colors;
use crate::annot::Span;
use crate::app::command::{Command, FigureCommand};
use crate::app::figures::values::unit_named;
use crate::app::figures::{kind_text, value_of};
use crate::i18n::{Lang, T};
use crate::suggest::figures::conversions::convert;
use crate::suggest::figures::{Decimal, FigureLabel, FigureValue, Kind};

/// A part of a value that can be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Value,
    Min,
    Max,
    Unit,
    Timex,
}

impl Part {
    /// The parts of a kind of figure.
    fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Date | Kind::Time => &[Self::Timex],
            Kind::Range => &[Self::Min, Self::Max, Self::Unit],
            _ => &[Self::Value, Self::Unit],
        }
    }

    fn name(self) -> T {
        match self {
            Self::Value => T::FigureValue,
            Self::Min => T::FigureMin,
            Self::Max => T::FigureMax,
            Self::Unit => T::FigureUnit,
            Self::Timex => T::FigureTimex,
        }
    }

    fn width(self) -> f32 {
        match self {
            Self::Unit => 56.0,
            Self::Timex => 150.0,
            _ => 96.0,
        }
    }

    fn read(self, value: &FigureValue) -> String {
        let part = match self {
            Self::Value => &value.value,
            Self::Min => &value.min,
            Self::Max => &value.max,
            Self::Timex => &value.timex,
            Self::Unit => return value.unit.as_ref().map(|unit| unit.raw.clone()).unwrap_or_default(),
        };
        part.clone().unwrap_or_default()
    }

    /// The value with this part as typed; `None` where it is no number. The bounds of a figure that is not exact lie
    /// where its number lies.
    fn write(self, value: &FigureValue, typed: &str) -> Option<FigureValue> {
        let mut changed = value.clone();
        let typed = typed.trim();
        match self {
            Self::Unit => changed.unit = unit_named(typed),
            Self::Timex => changed.timex = (!typed.is_empty()).then(|| typed.to_owned()),
            Self::Value | Self::Min | Self::Max => {
                let number = number(typed)?;
                let before = match self {
                    Self::Value => std::mem::replace(&mut changed.value, number.clone()),
                    Self::Min => std::mem::replace(&mut changed.min, number.clone()),
                    _ => std::mem::replace(&mut changed.max, number.clone()),
                };
                if self == Self::Value && before.is_some() {
                    for bound in [&mut changed.min, &mut changed.max] {
                        if *bound == before {
                            bound.clone_from(&number);
                        }
                    }
                }
            }
        }
        Some(changed)
    }
}

/// A number as it is saved, from one with separators; an empty field is no number at all.
fn number(typed: &str) -> Option<Option<String>> {
    let digits: String = typed.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
    if digits.is_empty() {
        return Some(None);
    }
    Some(Some(Decimal::parse(&digits)?.to_string()))
}

/// Shows what a figure means, to be changed. Nothing for tags of other labels.
pub fn show(ui: &mut Ui, lang: Lang, span: &Span, commands: &mut Vec<Command>) {
    let is_time = span.mark.label.as_str() == FigureLabel::Time.as_str();
    if !is_time && span.mark.label.as_str() != FigureLabel::Figure.as_str() {
        return;
    }
    let colors = Colors::of(ui.ctx().theme());
    let unsaid = FigureValue::of(if is_time { Kind::Date } else { Kind::Count });
    let value = value_of(span).unwrap_or(unsaid);
    ui.horizontal_wrapped(|ui| {
        for &part in Part::of(value.kind) {
            field(ui, lang, span, &value, part, commands);
        }
    });
    let mut said = kind_text(value.kind).of(lang).to_owned();
    if let Some(converted) = convert(&value) {
        said = format!("{said} · = {converted}");
    }
    ui.label(RichText::new(said).small().color(colors.faint_ink));
}

fn field(ui: &mut Ui, lang: Lang, span: &Span, value: &FigureValue, part: Part, commands: &mut Vec<Command>) {
    let colors = Colors::of(ui.ctx().theme());
    let name = part.name().of(lang);
    let saved = part.read(value);
    // What is typed is kept here until the field is left: one step for undo.
    let draft_id = ui.scope_id().with(("figure", span.id.0, part));
    let mut draft = ui
        .data_mut(|data| data.get_temp::<String>(draft_id))
        .unwrap_or_else(|| saved.clone());
    ui.label(RichText::new(name).small().color(colors.faint_ink));
    let is_readable = part.write(value, &draft).is_some();
    let mut field = TextEdit::singleline(&mut draft)
        .desired_width(part.width())
        .id(Id::unique(draft_id));
    if !is_readable {
        field = field.text_color(colors.error);
    }
    let response = ui.add(field).accessible_name(name);
    if response.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(draft_id));
        if let Some(changed) = part.write(value, &draft).filter(|_| draft != saved) {
            commands.push(FigureCommand::SetValue(span.id, changed).into());
        }
        text_view::take_keyboard(ui);
    } else if response.changed() {
        ui.data_mut(|data| data.insert_temp(draft_id, draft));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suggest::figures::find;

    #[test]
    fn what_is_typed_becomes_the_value() {
        let value = &find("25.9万余起", None)[0].value;
        let changed = Part::Value.write(value, "260,000").unwrap();
        assert_eq!(changed.value.as_deref(), Some("260000"));
        assert_eq!(changed.min.as_deref(), Some("260000"));
        assert_eq!(Part::Value.write(value, "many"), None);
        assert_eq!(Part::Value.write(value, "").unwrap().value, None);
        let changed = Part::Unit.write(value, "元").unwrap();
        assert_eq!(changed.unit.and_then(|unit| unit.code), Some("CNY".to_owned()));
        assert_eq!(
            Part::Timex.write(value, " 2025-09 ").unwrap().timex.as_deref(),
            Some("2025-09")
        );
    }
}
