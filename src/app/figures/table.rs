//! How the editor wants the table of figures: its columns, sorted and filtered, and the cell that is being typed into.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::wording::kind_name;
use super::{Row, Tabulated};
use crate::annot::{Document, SpanId};
use crate::formats::figures::sentence_around;
use crate::i18n::Lang;

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
    /// When.
    Time,
    /// Whose it is.
    Holder,
    /// The sentence.
    Sentence,
}

impl Column {
    /// All of them, from left to right.
    pub const ALL: [Self; 8] = [
        Self::Printed,
        Self::Value,
        Self::Unit,
        Self::Kind,
        Self::Counted,
        Self::Time,
        Self::Holder,
        Self::Sentence,
    ];

    /// What a row has in this column.
    #[must_use]
    pub fn cell<'r>(self, document: &'r Document, rows: &'r [Row], row: &'r Row, lang: Lang) -> Cow<'r, str> {
        match self {
            Self::Printed => Cow::Borrowed(&row.printed),
            Self::Value => Cow::Owned(row.number()),
            Self::Unit => Cow::Borrowed(row.unit()),
            Self::Kind => Cow::Borrowed(kind_name(row, lang)),
            Self::Counted => Cow::Borrowed(&row.counted),
            Self::Time => {
                let time = row.time.and_then(|time| rows.get(time));
                Cow::Borrowed(time.map_or("", |time| time.printed.as_str()))
            }
            Self::Holder => Cow::Borrowed(row.holder.map_or("", |holder| document.text().slice(holder))),
            Self::Sentence => sentence_around(document.text(), row.sentence, row.range),
        }
    }
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

/// A cell that is being typed into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typing {
    /// The figure.
    pub figure: SpanId,
    /// Which of its cells: the value or the unit.
    pub column: Column,
    /// What has been typed.
    pub typed: String,
    /// Whether the keyboard has come to it.
    pub is_begun: bool,
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
    /// The cell that is being typed into. Belongs to the view alone.
    pub typing: Option<Typing>,
    /// Whether the table shall take the keyboard at the next chance.
    pub takes_keyboard: bool,
    arranged: Option<(Arc<Tabulated>, Arrangement, Lang)>,
    order: Arc<Vec<u32>>,
    lengths: [f32; Column::ALL.len()],
    pub(super) made_for: Option<(u64, u64)>,
    pub(super) is_due: bool,
}

impl FigureTable {
    /// The numbers of the rows to show, in their order; worked out anew only when something of it has changed.
    pub fn order(&mut self, document: &Document, lang: Lang) -> Arc<Vec<u32>> {
        let is_current = self.arranged.as_ref().is_some_and(|(all, arrangement, arranged_in)| {
            Arc::ptr_eq(all, &self.all) && *arrangement == self.arrangement && *arranged_in == lang
        });
        if !is_current {
            self.order = Arc::new(arrange(document, &self.all.rows, &self.arrangement, lang));
            self.lengths = lengths(document, &self.all.rows, lang);
            self.arranged = Some((Arc::clone(&self.all), self.arrangement.clone(), lang));
        }
        Arc::clone(&self.order)
    }

    /// How long the words of each column are of which one in ten is longer, in em, in the order of [`Column::ALL`]; as of
    /// the last [`Self::order`]. The sentences, which are longer than any table is wide, are not measured.
    #[must_use]
    pub fn lengths(&self) -> &[f32; Column::ALL.len()] {
        &self.lengths
    }
}

/// Rows by which the columns are measured: what stands further below is cut where it is longer.
const MEASURED: usize = 2_000;

fn lengths(document: &Document, rows: &[Row], lang: Lang) -> [f32; Column::ALL.len()] {
    Column::ALL.map(|column| {
        let measured = rows.iter().take(MEASURED).filter(|_| column != Column::Sentence);
        let mut lengths: Vec<f32> = measured
            .map(|row| em(&column.cell(document, rows, row, lang)))
            .filter(|length| *length > 0.0)
            .collect();
        lengths.sort_by(f32::total_cmp);
        let place = lengths.len() * 9 / 10;
        lengths.get(place).copied().unwrap_or(0.0)
    })
}

/// About how long words are: a Chinese character is one em, a letter or a digit more than half of one.
fn em(words: &str) -> f32 {
    words
        .chars()
        .map(|char| if char < '\u{2e80}' { 0.6 } else { 1.0 })
        .sum()
}

/// A sentence that holds what is looked for says little of the figure, so the sentences are not searched.
fn arrange(document: &Document, rows: &[Row], arrangement: &Arrangement, lang: Lang) -> Vec<u32> {
    let filter = arrangement.filter.trim();
    let is_wanted = |row: &Row| {
        let mut searched = Column::ALL.into_iter().filter(|&column| column != Column::Sentence);
        filter.is_empty() || searched.any(|column| column.cell(document, rows, row, lang).contains(filter))
    };
    let mut order: Vec<u32> = (0..)
        .zip(rows)
        .filter(|(_, row)| is_wanted(row))
        .map(|(n, _)| n)
        .collect();
    let row = |n: &u32| &rows[*n as usize];
    // What says nothing, and times among numbers, come last whichever way it is sorted.
    let is_last = |n: &u32| match arrangement.column {
        Column::Printed => false,
        Column::Value => row(n).size().is_none(),
        column => column.cell(document, rows, row(n), lang).is_empty(),
    };
    match arrangement.column {
        // They are in the order of the text already.
        Column::Printed => {}
        Column::Value => {
            let mut keyed: Vec<_> = order
                .into_iter()
                .map(|n| (row(&n).size(), row(&n).number(), n))
                .collect();
            keyed.sort_by(|(a, a_words, _), (b, b_words, _)| {
                let size = |size: &Option<f64>| size.unwrap_or(f64::MAX);
                size(a).total_cmp(&size(b)).then_with(|| a_words.cmp(b_words))
            });
            order = keyed.into_iter().map(|(.., n)| n).collect();
        }
        column => order.sort_by_cached_key(|n| column.cell(document, rows, row(n), lang).into_owned()),
    }
    if arrangement.is_descending {
        order.reverse();
    }
    let (mut first, last): (Vec<u32>, Vec<u32>) = order.into_iter().partition(|n| !is_last(n));
    first.extend(last);
    first
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

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

    #[test]
    fn what_says_nothing_comes_last_whichever_way_it_is_sorted() {
        let (document, table) = table("共30个。2024年新建3座泵站。");
        for (column, is_descending, expected) in [
            (Column::Time, false, 2),
            (Column::Time, true, 2),
            (Column::Value, false, 2),
            (Column::Value, true, 0),
        ] {
            let arrangement = Arrangement {
                column,
                is_descending,
                ..Arrangement::default()
            };
            let order = arrange(&document, &table.rows, &arrangement, Lang::Zh);
            assert_eq!(order[0], expected, "{column:?}");
        }
    }
}
