//! The figures of an article as a table: its tags and the open suggestions, with what the sentence says of each.

pub mod csv;
pub mod parts;
pub mod relations;
pub mod series;
pub mod table;
pub mod values;
pub mod wording;

pub use crate::formats::figures::{figure_label, value_of};

use std::collections::HashSet;
use std::sync::Arc;

use self::series::Series;
use self::wording::shown_number;
use super::model::{Model, SheetId};
use super::outcome::Outcome;
use super::suggestions::Open;
use crate::annot::check::TagFinding;
use crate::annot::dismissal::Dismissal;
use crate::annot::{Document, Span, SpanId, Status};
use crate::formats::figures::{told, understood};
use crate::jobs::Lane;
use crate::suggest::figures::checks::{self, Finding};
use crate::suggest::figures::{Figure, FigureLabel, FigureValue};
use crate::text::CharRange;

/// A figure or a time of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The tag or the suggestion.
    pub id: SpanId,
    /// Where it stands.
    pub range: CharRange,
    /// Which of the two labels it has.
    pub label: FigureLabel,
    /// Whether the editor has accepted it.
    pub is_accepted: bool,
    /// As printed.
    pub printed: String,
    /// What it means, where somebody has said it.
    pub value: Option<FigureValue>,
    /// What it counts or measures.
    pub counted: String,
    /// Where that stands, where its own clause says it.
    pub subject: Option<CharRange>,
    /// The person or organisation whose figure it is.
    pub holder: Option<CharRange>,
    /// The row of the time for which it holds.
    pub time: Option<usize>,
    /// The sentence that it stands in.
    pub sentence: CharRange,
    /// The series that it belongs to.
    pub series: Option<usize>,
}

impl Row {
    /// The number as the table shows it; empty where none is known.
    #[must_use]
    pub fn number(&self) -> String {
        self.value.as_ref().map(shown_number).unwrap_or_default()
    }

    /// The unit as printed.
    #[must_use]
    pub fn unit(&self) -> &str {
        let unit = self.value.as_ref().and_then(|value| value.unit.as_ref());
        unit.map_or("", |unit| unit.raw.as_str())
    }

    /// A number to sort and draw by: the value, else the lower bound.
    #[must_use]
    pub fn size(&self) -> Option<f64> {
        let value = self.value.as_ref()?;
        let number = value.value.as_ref().or(value.min.as_ref()).or(value.max.as_ref())?;
        number.parse().ok()
    }
}

/// What is worked out about the figures of an article.
#[derive(Clone, Debug, Default)]
pub struct Tabulated {
    /// The figures, in the order of the text.
    pub rows: Vec<Row>,
    /// The series that rows belong to.
    pub series: Vec<Series>,
    /// What contradicts each other, without what was put away.
    pub findings: Vec<Finding>,
    /// What looks wrong about the tags, without what was put away.
    pub tags: Vec<TagFinding>,
}

/// The table of a document's figures. Reads the whole text: for a worker.
#[must_use]
pub fn tabulate(document: &Document, open: &Open) -> Tabulated {
    let text = document.text();
    let accepted = document
        .spans()
        .iter()
        .filter(|span| span.mark.status == Status::Accepted);
    let mut spans: Vec<&Span> = accepted.chain(open.spans.iter()).collect();
    spans.sort_by_key(|span| span.order());
    let holders: Vec<(CharRange, &str)> = spans
        .iter()
        .map(|span| (span.range, span.mark.label.as_str()))
        .collect();
    spans.retain(|span| figure_label(&span.mark.label).is_some());
    let values: Vec<Option<FigureValue>> = spans.iter().map(|span| value_of(span)).collect();

    // What is not understood takes no part in the facts and checks, which count in their own numbers.
    let (understood, places) = understood(&spans, &values);
    let told = told(document, &spans, &values, (&understood, &places), &holders);
    let rows = spans.iter().zip(values).zip(told).map(|((span, value), told)| Row {
        id: span.id,
        range: span.range,
        label: figure_label(&span.mark.label).unwrap_or(FigureLabel::Figure),
        is_accepted: span.mark.status == Status::Accepted,
        printed: text.slice(span.range).to_owned(),
        value,
        counted: told.counted,
        subject: told.subject,
        holder: told.holder,
        time: told.time,
        sentence: told.sentence,
        series: None,
    });
    let mut rows: Vec<Row> = rows.collect();
    let series = series::find(&mut rows);
    let dismissed: HashSet<(&str, &[String])> = document
        .dismissals()
        .iter()
        .map(|known| (known.check.as_str(), known.texts.as_slice()))
        .collect();
    let is_open = |wanted: &Dismissal| !dismissed.contains(&(wanted.check.as_str(), wanted.texts.as_slice()));
    let mut findings = checks::check(text.as_str(), &printed(document, understood));
    let mut tags = TagFinding::all(document);
    tags.extend(values::unfitting(document));
    findings.retain(|finding| is_open(&dismissal(document, finding)));
    tags.retain(|finding| is_open(&finding.dismissal(document)));
    Tabulated {
        rows,
        series,
        findings,
        tags,
    }
}

/// The figures that are printed, as far as something is known of them: those of the table, and the rejected ones, for what
/// is not wanted as a tag contradicts the rest all the same. Where both say something of a place, the table counts.
fn printed(document: &Document, table: Vec<Figure>) -> Vec<Figure> {
    let mut all = table;
    let said = all.len();
    let rejected = document
        .spans()
        .iter()
        .filter(|span| span.mark.status == Status::Rejected);
    for span in rejected {
        let (Some(label), Some(value)) = (figure_label(&span.mark.label), value_of(span)) else {
            continue;
        };
        let first = all[..said].partition_point(|figure| figure.range.end <= span.range.start);
        let is_free = |figure: &Figure| span.range.end <= figure.range.start;
        if all[..said].get(first).is_none_or(is_free) {
            all.push(Figure {
                range: span.range,
                core: span.range,
                label,
                value,
                score: 1.0,
            });
        }
    }
    all.sort_by_key(|figure| figure.range.start);
    all
}

/// What puts a finding away.
#[must_use]
pub fn dismissal(document: &Document, finding: &Finding) -> Dismissal {
    let texts = finding
        .places
        .iter()
        .map(|&place| document.text().slice(place).to_owned());
    Dismissal {
        check: finding.kind.as_str().to_owned(),
        texts: texts.collect(),
        ..Dismissal::default()
    }
}

impl Model {
    /// Brings the table of figures up to the shown document, while something shows it.
    pub fn refresh_figures(&mut self) {
        let Some(place) = self.shown else { return };
        let id = self.articles[place].id;
        let in_panel = self.settings.panels.right && self.right_tab.is_about_figures();
        let Some(sheet) = self.articles[place].sheet.as_deref_mut() else {
            return;
        };
        // The card tells the fact too.
        if !in_panel && !sheet.card {
            return;
        }
        let state = (sheet.revision, sheet.suggestions.generation);
        if sheet.figures.made_for == Some(state) || sheet.figures.is_due {
            return;
        }
        sheet.figures.made_for = Some(state);
        sheet.figures.is_due = true;
        let (document, open) = (sheet.document.clone(), Arc::clone(&sheet.suggestions.open));
        self.jobs.run(Lane::Derive, move || Outcome::Tabulated {
            sheet: id,
            table: tabulate(&document, &open),
        });
    }

    /// Takes in a table that a worker made.
    pub(super) fn tabulated(&mut self, sheet: SheetId, table: Tabulated) {
        if let Some(sheet) = self.sheet_of(sheet) {
            sheet.figures.is_due = false;
            sheet.figures.all = Arc::new(table);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::{Edit, LabelId, Mark, Spans};
    use crate::suggest::figures;
    use crate::text::Text;

    pub(super) fn table(text: &str) -> (Document, Tabulated) {
        let document = Document::new(Parts {
            text: Text::new(text.to_owned()),
            ..Parts::default()
        });
        let found = figures::find(text, None);
        let spans = found.into_iter().zip(0..).map(|(figure, id)| Span {
            id: SpanId(u32::MAX - id),
            range: figure.range,
            mark: Arc::new(Mark {
                label: LabelId::from(figure.label.as_str()),
                status: Status::Suggested,
                value: Some(figure.value.to_json()),
                ..Mark::default()
            }),
        });
        let open = Open {
            spans: Spans::new(spans.collect()),
            ..Open::default()
        };
        let table = tabulate(&document, &open);
        (document, table)
    }

    #[test]
    fn a_finding_stays_when_a_suggestion_that_it_is_built_on_is_rejected() {
        let (mut document, table) = table("挽回损失1.9万元。\n1.9亿元的损失被挽回。");
        assert_eq!(table.findings.len(), 1);
        let spans: Vec<Span> = figures::find(document.text().as_str(), None)
            .into_iter()
            .zip(1..)
            .map(|(figure, id)| Span {
                id: SpanId(id),
                range: figure.range,
                mark: Arc::new(Mark {
                    label: LabelId::from(figure.label.as_str()),
                    status: if id == 1 { Status::Rejected } else { Status::Accepted },
                    value: Some(figure.value.to_json()),
                    ..Mark::default()
                }),
            })
            .collect();
        let add = Edit::Spans {
            remove: Vec::new(),
            add: spans.clone(),
        };
        document.apply(&add).unwrap();
        let after = tabulate(&document, &Open::default());
        assert_eq!((after.rows.len(), &after.findings), (1, &table.findings));
        // Another reading of the place by hand counts instead.
        let by_hand = Span {
            id: SpanId(9),
            range: CharRange::of(5, 7),
            mark: Arc::clone(&spans[1].mark),
        };
        let add = Edit::Spans {
            remove: Vec::new(),
            add: vec![by_hand],
        };
        document.apply(&add).unwrap();
        assert_eq!(tabulate(&document, &Open::default()).findings, []);
    }

    #[test]
    fn rows_say_what_is_counted_and_series_go_over_the_years() {
        let text = "𬱟报道。2020年全市游客120万人次，2021年135万人次，2022年98.6万人次。新建43个站点。";
        let (document, table) = table(text);
        let numbers: Vec<String> = table.rows.iter().map(Row::number).collect();
        assert_eq!(
            numbers,
            ["2020", "1,200,000", "2021", "1,350,000", "2022", "986,000", "43"]
        );
        assert_eq!(table.rows[3].counted, "全市游客");
        assert_eq!(table.rows[6].counted, "站点");
        assert_eq!(document.text().slice(table.rows[6].sentence), "新建43个站点。");
        let points: Vec<&str> = table.series[0].points.iter().map(|point| point.time.as_str()).collect();
        assert_eq!(points, ["2020", "2021", "2022"]);
        assert_eq!(table.rows[5].series, Some(0));
    }
}
