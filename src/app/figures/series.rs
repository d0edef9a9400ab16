//! Figures of one unit and subject at different times.

use std::collections::BTreeMap;

use super::Row;

/// A number of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The time as a TIMEX value.
    pub time: String,
    /// The number.
    pub number: f64,
    /// Its row in the table.
    pub row: usize,
}

/// Figures of one unit and subject at different times, in the order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What is counted.
    pub subject: String,
    /// The unit as printed.
    pub unit: String,
    /// The numbers, at least two, of different times.
    pub points: Vec<Point>,
}

/// Finds the series and tells the rows which they belong to.
pub(super) fn find(rows: &mut [Row]) -> Vec<Series> {
    let mut members: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        let is_placed = row.size().is_some() && row.time.is_some() && !row.counted.is_empty();
        if is_placed && !row.unit().is_empty() {
            members
                .entry((row.counted.clone(), row.unit().to_owned()))
                .or_default()
                .push(number);
        }
    }
    let mut all = Vec::new();
    for ((subject, unit), members) in members {
        let point = |&row: &usize| {
            let time = rows.get(rows.get(row)?.time?)?.value.as_ref()?.timex.clone()?;
            let number = rows.get(row)?.size()?;
            // What has an unknown year has no place among the years.
            (!time.contains('X')).then_some(Point { time, number, row })
        };
        let mut points: Vec<Point> = members.iter().filter_map(point).collect();
        points.sort_by(|a, b| a.time.cmp(&b.time));
        points.dedup_by(|a, b| a.time == b.time);
        if points.len() > 1 {
            for number in members {
                rows[number].series = Some(all.len());
            }
            all.push(Series { subject, unit, points });
        }
    }
    all
}
