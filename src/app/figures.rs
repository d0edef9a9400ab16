//! The figures of an article as a table: its tags and the open suggestions, with what the sentence says of each.

pub mod csv;
pub mod relations;
pub mod values;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::model::{Model, SheetId};
use super::outcome::Outcome;
use super::suggestions::Open;
use crate::annot::dismissal::Dismissal;
use crate::annot::{Document, LabelId, Span, SpanId, Status};
use crate::i18n::{Lang, T};
use crate::jobs::Lane;
use crate::suggest::figures::checks::{self, Finding};
use crate::suggest::figures::conversions::grouped;
use crate::suggest::figures::facts::facts;
use crate::suggest::figures::{Approx, Decimal, Figure, FigureLabel, FigureValue, Kind};
use crate::text::words::sentences;
use crate::text::{CharIdx, CharRange};

/// A figure or a time of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The tag or the suggestion.
    pub id: SpanId,
    /// Where it stands.
    pub range: CharRange,
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

/// Figures of one unit and subject at different times, in the order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The time as a TIMEX value, and the number.
    pub points: Vec<(String, f64)>,
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
    /// How many findings were put away.
    pub put_away: usize,
}

/// A column of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Column {
    /// As printed, in the order of the text.
    #[default]
    Printed,
    /// The number, or the time.
    Value,
    /// The unit.
    Unit,
    /// The kind of figure.
    Kind,
    /// What it counts.
    Counted,
    /// The sentence.
    Sentence,
}

impl Column {
    /// All of them, from left to right.
    pub const ALL: [Self; 6] = [
        Self::Printed,
        Self::Value,
        Self::Unit,
        Self::Kind,
        Self::Counted,
        Self::Sentence,
    ];
}

/// How the table is sorted and filtered. Belongs to the view alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// The column that it is sorted by.
    pub column: Column,
    /// Whether the largest come first.
    pub is_descending: bool,
    /// Only rows that contain this are shown.
    pub filter: String,
}

/// The table of an article.
#[derive(Debug, Default)]
pub struct FigureTable {
    /// The figures.
    pub all: Arc<Tabulated>,
    /// How the editor wants them.
    pub arrangement: Arrangement,
    /// The rows that were in sight, and the chosen figure that the table was last scrolled to. Belongs to the view alone.
    pub in_sight: (Range<usize>, Option<SpanId>),
    arranged: Option<(Arc<Tabulated>, Arrangement, Lang)>,
    order: Arc<Vec<u32>>,
    made_for: Option<(u64, u64)>,
    is_due: bool,
}

impl FigureTable {
    /// The numbers of the rows to show, in their order; worked out anew only when something of it has changed.
    pub fn order(&mut self, document: &Document, lang: Lang) -> Arc<Vec<u32>> {
        let is_current = self.arranged.as_ref().is_some_and(|(all, arrangement, arranged_in)| {
            Arc::ptr_eq(all, &self.all) && *arrangement == self.arrangement && *arranged_in == lang
        });
        if !is_current {
            self.order = Arc::new(arrange(document, &self.all.rows, &self.arrangement, lang));
            self.arranged = Some((Arc::clone(&self.all), self.arrangement.clone(), lang));
        }
        Arc::clone(&self.order)
    }
}

fn arrange(document: &Document, rows: &[Row], arrangement: &Arrangement, lang: Lang) -> Vec<u32> {
    let filter = arrangement.filter.trim();
    let is_wanted = |row: &Row| {
        filter.is_empty()
            || [
                row.printed.as_str(),
                row.unit(),
                row.counted.as_str(),
                kind_name(row, lang),
            ]
            .iter()
            .any(|cell| cell.contains(filter))
            || row.number().contains(filter)
    };
    let mut order: Vec<u32> = (0..)
        .zip(rows)
        .filter(|(_, row)| is_wanted(row))
        .map(|(n, _)| n)
        .collect();
    let row = |n: &u32| &rows[*n as usize];
    match arrangement.column {
        // They are in the order of the text already.
        Column::Printed => {}
        Column::Value => {
            let key = |row: &Row| (row.size().is_none(), row.size().unwrap_or(0.0), row.number());
            let mut keyed: Vec<_> = order.into_iter().map(|n| (key(row(&n)), n)).collect();
            keyed.sort_by(|((a_none, a, a_words), _), ((b_none, b, b_words), _)| {
                a_none
                    .cmp(b_none)
                    .then(a.total_cmp(b))
                    .then_with(|| a_words.cmp(b_words))
            });
            order = keyed.into_iter().map(|(_, n)| n).collect();
        }
        Column::Unit => order.sort_by(|a, b| row(a).unit().cmp(row(b).unit())),
        Column::Kind => order.sort_by_key(|n| kind_name(row(n), lang)),
        Column::Counted => order.sort_by(|a, b| row(a).counted.cmp(&row(b).counted)),
        Column::Sentence => {
            order.sort_by_cached_key(|n| document.text().slice(row(n).sentence).to_owned());
        }
    }
    if arrangement.is_descending {
        order.reverse();
    }
    order
}

/// The kind of a row in words.
#[must_use]
pub fn kind_name(row: &Row, lang: Lang) -> &'static str {
    row.value.as_ref().map_or("", |value| kind_text(value.kind).of(lang))
}

/// A kind of figure in words.
#[must_use]
pub fn kind_text(kind: Kind) -> T {
    match kind {
        Kind::Count => T::KindCount,
        Kind::Percent => T::KindPercent,
        Kind::Ratio => T::KindRatio,
        Kind::Range => T::KindRange,
        Kind::Ordinal => T::KindOrdinal,
        Kind::Date => T::KindDate,
        Kind::Time => T::KindTime,
        Kind::Duration => T::KindDuration,
        Kind::Money => T::KindMoney,
        Kind::Measure => T::KindMeasure,
        Kind::Score => T::KindScore,
        Kind::List => T::KindList,
    }
}

/// A value in digits, without its unit: `≈ 30`, `300–500`, `2025-09-15`.
#[must_use]
pub fn shown_number(value: &FigureValue) -> String {
    if let (Kind::Date | Kind::Time, Some(timex)) = (value.kind, &value.timex) {
        return timex.clone();
    }
    if value.kind == Kind::Score && !value.parts.is_empty() {
        return value.parts.iter().map(shown_number).collect::<Vec<_>>().join(" : ");
    }
    let digits = |number: &String| Decimal::parse(number).map_or_else(|| number.clone(), grouped);
    match (&value.value, &value.min, &value.max) {
        (Some(number), ..) => format!("{}{}", approx_sign(value.approx), digits(number)),
        (None, Some(min), Some(max)) => format!("{}–{}", digits(min), digits(max)),
        (None, Some(min), None) => format!("≥ {}", digits(min)),
        (None, None, Some(max)) => format!("≤ {}", digits(max)),
        (None, None, None) => value.timex.clone().unwrap_or_default(),
    }
}

fn approx_sign(approx: Option<Approx>) -> &'static str {
    match approx {
        None => "",
        Some(Approx::Approx) => "≈ ",
        Some(Approx::MoreThan) => "> ",
        Some(Approx::EqualOrMore) => "≥ ",
        Some(Approx::EqualOrLess) => "≤ ",
        Some(Approx::LessThan) => "< ",
    }
}

/// The figure labels of a document's spans.
fn figure_label(label: &LabelId) -> Option<FigureLabel> {
    [FigureLabel::Figure, FigureLabel::Time]
        .into_iter()
        .find(|known| known.as_str() == label.as_str())
}

/// The meaning of a tag, where it has one that can be read.
#[must_use]
pub fn value_of(span: &Span) -> Option<FigureValue> {
    FigureValue::from_json(span.mark.value.as_ref()?)
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
    let (mut understood, mut row_of) = (Vec::new(), Vec::new());
    for (row, (span, value)) in spans.iter().zip(&values).enumerate() {
        if let (Some(label), Some(value)) = (figure_label(&span.mark.label), value) {
            understood.push(Figure {
                range: span.range,
                core: span.range,
                label,
                value: value.clone(),
                score: 1.0,
            });
            row_of.push(row);
        }
    }
    let mut sentence_ranges = sentence_ranges(text.as_str()).peekable();
    let mut rows: Vec<Row> = Vec::with_capacity(spans.len());
    for (span, value) in spans.iter().zip(values) {
        while sentence_ranges
            .peek()
            .is_some_and(|sentence| sentence.end <= span.range.start)
        {
            sentence_ranges.next();
        }
        rows.push(Row {
            id: span.id,
            range: span.range,
            is_accepted: span.mark.status == Status::Accepted,
            printed: text.slice(span.range).to_owned(),
            value,
            counted: String::new(),
            subject: None,
            holder: None,
            time: None,
            sentence: sentence_ranges.peek().copied().unwrap_or(span.range),
            series: None,
        });
    }
    for fact in facts(text.as_str(), &understood, &holders) {
        let Some(&number) = row_of.get(fact.figure) else {
            continue;
        };
        let subject = fact.indicator.map(|indicator| before_figures(indicator, &understood));
        let subject = subject.filter(|subject| !subject.is_empty());
        let counted = match subject {
            Some(subject) => text.slice(subject).trim().to_owned(),
            None => same_subject(&rows, number).unwrap_or_default(),
        };
        let row = &mut rows[number];
        row.counted = counted;
        row.subject = subject;
        row.holder = fact.holder;
        row.time = fact.time.and_then(|time| row_of.get(time).copied());
    }
    let series = series(&mut rows);
    let found = checks::check(text.as_str(), &understood);
    let put_away: HashSet<(&str, &[String])> = document
        .dismissals()
        .iter()
        .map(|known| (known.check.as_str(), known.texts.as_slice()))
        .collect();
    let is_put_away = |finding: &Finding| {
        let wanted = dismissal(document, finding);
        put_away.contains(&(wanted.check.as_str(), wanted.texts.as_slice()))
    };
    let (put_away, findings): (Vec<Finding>, Vec<Finding>) = found.into_iter().partition(is_put_away);
    Tabulated {
        rows,
        series,
        findings,
        put_away: put_away.len(),
    }
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

fn sentence_ranges(text: &str) -> impl Iterator<Item = CharRange> + '_ {
    let mut start = CharIdx(0);
    sentences(text).map(move |bytes| {
        let end = start + CharIdx::count(&text[bytes]);
        let range = CharRange::new(start, end);
        start = end;
        range
    })
}

/// The part of a subject before the first figure in it: `全市游客120万人次，2021年135万人次`.
fn before_figures(indicator: CharRange, figures: &[Figure]) -> CharRange {
    let first = figures.partition_point(|figure| figure.range.end <= indicator.start);
    match figures.get(first) {
        Some(figure) if figure.range.start < indicator.end => {
            CharRange::new(indicator.start, figure.range.start.max(indicator.start))
        }
        _ => indicator,
    }
}

/// The subject of the last row before `number` in its sentence that has the same unit.
fn same_subject(rows: &[Row], number: usize) -> Option<String> {
    let row = rows.get(number)?;
    let before = rows[..number]
        .iter()
        .rev()
        .take_while(|other| other.sentence == row.sentence);
    let same = before.filter(|other| !other.unit().is_empty() && other.unit() == row.unit());
    same.map(|other| other.counted.clone())
        .find(|counted| !counted.is_empty())
}

/// Finds the series and tells the rows which they belong to.
fn series(rows: &mut [Row]) -> Vec<Series> {
    let mut members: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for (number, row) in rows.iter().enumerate() {
        let is_placed = row.size().is_some() && row.time.is_some() && !row.counted.is_empty();
        if is_placed && !row.unit().is_empty() {
            members
                .entry((row.unit().to_owned(), row.counted.clone()))
                .or_default()
                .push(number);
        }
    }
    let mut all = Vec::new();
    for members in members.into_values() {
        let mut points: Vec<(String, f64)> = members
            .iter()
            .filter_map(|&number| {
                let time = rows.get(rows[number].time?)?.value.as_ref()?.timex.clone()?;
                // What has an unknown year has no place among the years.
                (!time.contains('X')).then_some((time, rows[number].size()?))
            })
            .collect();
        points.sort_by(|a, b| a.0.cmp(&b.0));
        points.dedup_by(|a, b| a.0 == b.0);
        if points.len() > 1 {
            for number in members {
                rows[number].series = Some(all.len());
            }
            all.push(Series { points });
        }
    }
    all
}

impl Model {
    /// Brings the table of figures up to the shown document, while something shows it.
    pub fn refresh_figures(&mut self) {
        let Some(place) = self.shown else { return };
        let id = self.articles[place].id;
        let is_looked_at = self.settings.panels.right && self.right_tab.is_about_figures();
        let Some(sheet) = self.articles[place].sheet.as_deref_mut().filter(|_| is_looked_at) else {
            return;
        };
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
    use crate::annot::{Mark, Spans};
    use crate::suggest::figures;
    use crate::text::Text;

    fn table(text: &str) -> (Document, Tabulated) {
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
        let points: Vec<&str> = table.series[0].points.iter().map(|(time, _)| time.as_str()).collect();
        assert_eq!(points, ["2020", "2021", "2022"]);
        assert_eq!(table.rows[5].series, Some(0));
    }

    #[test]
    fn the_table_is_sorted_by_value_and_filtered_by_any_cell() {
        let (document, table) = table("共30个，约5万元，占三成。");
        let order = |column, is_descending, filter: &str| {
            let arrangement = Arrangement {
                column,
                is_descending,
                filter: filter.to_owned(),
            };
            arrange(&document, &table.rows, &arrangement, Lang::Zh)
        };
        assert_eq!(order(Column::Value, false, ""), [0, 2, 1]);
        assert_eq!(order(Column::Value, true, ""), [1, 2, 0]);
        assert_eq!(order(Column::Printed, false, "元"), [1]);
        assert_eq!(order(Column::Printed, false, "50,000"), [1]);
    }
}
