//! The table of figures and the table of facts as CSV, with a byte order mark: spreadsheets take a file without one for the
//! system's old encoding.

use super::{Tabulated, tabulate};
use crate::annot::{Document, Status};
use crate::app::suggestions::Open;
use crate::formats::figures::{FigureRow, push_cells, push_header, push_row, sentence_around};
use crate::suggest::figures::{Approx, FigureValue, Kind};

const BYTE_ORDER_MARK: &str = "\u{feff}";

const FACT_COLUMNS: [&str; 13] = [
    "holder",
    "indicator",
    "value",
    "min",
    "max",
    "approx",
    "unit",
    "unit_code",
    "time",
    "timex",
    "text",
    "sentence",
    "document",
];

/// Every figure of a document and of its open suggestions, in the order of the text.
#[must_use]
pub fn figures_of(document: &Document, open: &Open) -> Vec<u8> {
    let table = tabulate(document, open);
    let order: Vec<u32> = (0..).zip(&table.rows).map(|(number, _)| number).collect();
    figures(document, &table, &order)
}

/// The facts of a document and of its open suggestions.
#[must_use]
pub fn facts_of(document: &Document, open: &Open) -> Vec<u8> {
    facts(document, &tabulate(document, open))
}

/// Every figure, in the given order of rows. Positions in code points of the reading text.
#[must_use]
pub fn figures(document: &Document, table: &Tabulated, order: &[u32]) -> Vec<u8> {
    let mut out = BYTE_ORDER_MARK.as_bytes().to_vec();
    push_header(&mut out);
    for row in order.iter().filter_map(|&number| table.rows.get(number as usize)) {
        let status = if row.is_accepted {
            Status::Accepted
        } else {
            Status::Suggested
        };
        let row = FigureRow {
            range: row.range,
            label: row.label,
            value: row.value.as_ref(),
            sentence: row.sentence,
            counts: &row.counted,
            status,
        };
        push_row(&mut out, &document.source.name, document, &row);
    }
    out
}

/// Who × what × how much × when, a row for each figure of which the sentence says more than the number.
fn facts(document: &Document, table: &Tabulated) -> Vec<u8> {
    let mut out = header(&FACT_COLUMNS);
    for row in &table.rows {
        let value = row.value.as_ref();
        let time = row.time.and_then(|time| table.rows.get(time));
        let is_figure = value.is_some_and(|value| !matches!(value.kind, Kind::Date | Kind::Time));
        if !is_figure || (row.counted.is_empty() && row.holder.is_none() && time.is_none()) {
            continue;
        }
        let cells = [
            row.holder.map_or("", |holder| document.text().slice(holder)),
            &row.counted,
            number(value, |value| &value.value),
            number(value, |value| &value.min),
            number(value, |value| &value.max),
            approx(value),
            row.unit(),
            code(value),
            time.map_or("", |time| time.printed.as_str()),
            number(time.and_then(|time| time.value.as_ref()), |value| &value.timex),
            &row.printed,
            &sentence_around(document.text(), row.sentence, row.range),
            &document.source.name,
        ];
        push_cells(&mut out, &cells);
    }
    out
}

fn header(columns: &[&str]) -> Vec<u8> {
    let mut out = BYTE_ORDER_MARK.as_bytes().to_vec();
    push_cells(&mut out, columns);
    out
}

fn number<'v>(value: Option<&'v FigureValue>, field: impl Fn(&'v FigureValue) -> &'v Option<String>) -> &'v str {
    value.and_then(|value| field(value).as_deref()).unwrap_or_default()
}

fn approx(value: Option<&FigureValue>) -> &'static str {
    value.and_then(|value| value.approx).map_or("", Approx::as_str)
}

fn code(value: Option<&FigureValue>) -> &str {
    let unit = value.and_then(|value| value.unit.as_ref());
    unit.and_then(|unit| unit.code.as_deref()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::{LabelId, Mark, Source, Span, SpanId};
    use crate::suggest::figures;
    use crate::text::Text;

    #[test]
    fn figures_and_facts_are_rows_that_a_spreadsheet_reads() {
        let text = "𬱟报\"快讯\"：2024年收入达1.9亿元,创新高。";
        let spans = figures::find(text, None).into_iter().zip(1..).map(|(figure, id)| Span {
            id: SpanId(id),
            range: figure.range,
            mark: Arc::new(Mark {
                label: LabelId::from(figure.label.as_str()),
                value: Some(figure.value.to_json()),
                ..Mark::default()
            }),
        });
        let document = Document::new(Parts {
            source: Source {
                name: "a.txt".to_owned(),
                ..Source::default()
            },
            text: Text::new(text.to_owned()),
            spans: spans.collect(),
            ..Parts::default()
        });
        let lines = |bytes: Vec<u8>| -> Vec<String> {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"));
            text.lines().skip(1).map(str::to_owned).collect()
        };
        let sentence = format!("\"{}\"", text.replace('"', "\"\""));
        let rows = lines(figures_of(&document, &Open::default()));
        assert_eq!(
            rows[1],
            format!("a.txt,1.9亿元,190000000,,,,元,CNY,money,money,figure,,{sentence},1,15,20,收入,accepted,")
        );
        let rows = lines(facts_of(&document, &Open::default()));
        assert_eq!(
            rows,
            [format!(
                ",收入,190000000,,,,元,CNY,2024年,2024,1.9亿元,{sentence},a.txt"
            )]
        );
    }
}
