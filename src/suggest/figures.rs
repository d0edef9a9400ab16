//! Numbers, quantities and times in newspaper Chinese, and what they mean.
//!
//! A grammar, read from left to right in one pass: where a numeral or a word for a time starts, the rules are asked
//! in a fixed order what begins there, and the first one that knows takes its characters. Each rule is a function of
//! the paragraph and a position. `docs/figures.md` tells how to extend it.

mod addresses;
mod by_char;
mod calendar;
pub mod checks;
mod clock;
mod codes;
mod composite;
pub mod conversions;
mod dates;
mod decades;
mod decimal;
mod duration;
mod eras;
pub mod facts;
mod idioms;
mod indicator;
mod lexicon;
mod line;
mod lists;
mod lunar;
mod moment;
mod names;
mod numeral;
mod ordinal;
mod periods;
mod quantity;
mod ratio;
mod relative;
mod sentences;
#[cfg(test)]
mod shapes;
mod stretch;
mod telephones;
mod value;
mod years;

pub use calendar::{Date, days_in_month};
pub use decimal::Decimal;
pub use value::{Approx, Dimension, FigureValue, Kind, Unit};

use crate::text::offset::CharRange;
use line::Line;
use periods::Plan;

/// A figure in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// From the word that bends the number to its unit, in code points of the text given.
    pub range: CharRange,
    /// The number itself.
    pub core: CharRange,
    /// How it is tagged.
    pub label: FigureLabel,
    /// What it means.
    pub value: FigureValue,
    /// How sure the grammar is, from 0 to 1.
    pub score: f32,
}

/// The label of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FigureLabel {
    /// How many, how much, how long: 数字.
    Figure,
    /// When: 时间.
    Time,
}

impl FigureLabel {
    /// The id of the built-in label.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Time => "time",
        }
    }
}

/// A figure in a paragraph, positions counted from its start.
struct Reading {
    start: usize,
    end: usize,
    core: (usize, usize),
    label: FigureLabel,
    value: FigureValue,
    score: f32,
}

impl Reading {
    /// A figure of which every character is of its core.
    fn whole((start, end): (usize, usize), label: FigureLabel, value: FigureValue, score: f32) -> Self {
        Self {
            start,
            end,
            core: (start, end),
            label,
            value,
            score,
        }
    }
}

/// Every figure and time in `text`, whose paragraphs end with a line feed: sorted, and no two share a character.
///
/// `issue_date` is the day from which 去年 and 昨天 count and which gives a date its year; without it the unknown
/// parts of a TIMEX value are `X`. Takes time linear in the length of the text.
#[must_use]
pub fn find(text: &str, issue_date: Option<Date>) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut line = Line::default();
    let mut offset = 0;
    for paragraph in text.split('\n') {
        line.read(paragraph);
        let first = figures.len();
        read_paragraph(&line, issue_date, offset, &mut figures);
        if !line.is_as_printed() {
            print_units(&line, offset, figures.get_mut(first..).unwrap_or_default());
        }
        lists::inherit_units(&line, offset, figures.get_mut(first..).unwrap_or_default());
        offset += line.len() + 1;
    }
    figures
}

/// Gives the units their printed form: 歲, which the grammar reads as 岁.
fn print_units(line: &Line, offset: usize, figures: &mut [Figure]) {
    for figure in figures {
        let (start, end) = (
            figure.core.start.to_usize() - offset,
            figure.range.end.to_usize() - offset,
        );
        if let Some(unit) = figure.value.unit.as_mut()
            && let Some(printed) = line.printed(&unit.raw, start, end)
        {
            unit.raw = printed;
        }
    }
}

/// Appends the figures of a paragraph that begins at `offset` of the text.
fn read_paragraph(line: &Line, issue: Option<Date>, offset: usize, figures: &mut Vec<Figure>) {
    // No figure starts before `floor`, where the last one ended.
    let (mut at, mut floor) = (0, 0);
    while at < line.len() {
        if !may_start(line.at(at), line.at(at + 1)) {
            at += 1;
            continue;
        }
        match found_at(line, at, floor, issue) {
            Ok(reading) if names::holds(line, &reading) => at = reading.end,
            Ok(reading) => {
                at = reading.end.max(at + 1);
                floor = at;
                figures.push(Figure {
                    range: CharRange::of(offset + reading.start, offset + reading.end),
                    core: CharRange::of(offset + reading.core.0, offset + reading.core.1),
                    label: reading.label,
                    value: reading.value,
                    score: reading.score,
                });
            }
            Err(end) => at = end.max(at + 1),
        }
    }
}

/// Whether a rule may begin at `char`, seen with the character after it.
fn may_start(char: char, next: char) -> bool {
    match char {
        '0'..='9' | 'h' | 'w' | 'f' => true,
        '\0'..='\u{2fff}' => false,
        _ => {
            idioms::is_key(char)
                || opens_time(char, next)
                || matches!(
                    (char, next),
                    ('翻', _) | ('好', '几') | ('对', '折') | ('上', '百' | '千' | '万' | '亿')
                )
        }
    }
}

/// Whether a word for a time may begin with these two characters.
fn opens_time(char: char, next: char) -> bool {
    match char {
        '今' | '昨' | '周' | '农' | '阴' | '腊' => true,
        '明' if matches!(next, '天' | '日' | '年' | '晚' | '晨' | '早' | '后') => true,
        '次' | '翌' => matches!(next, '日' | '年'),
        '同' if matches!(next, '日' | '月' | '年') => true,
        '那' => matches!(next, '年' | '天' | '晚'),
        '每' => matches!(
            next,
            '年' | '月' | '周' | '星' | '礼' | '天' | '日' | '晚' | '早' | '个'
        ),
        '全' => next == '年',
        '年' => matches!(next, '初' | '底' | '末' | '内'),
        '月' => matches!(next, '初' | '底' | '末'),
        '前' => matches!(next, '天' | '日' | '年') || numeral::is_numeral(next),
        '后' => matches!(next, '天' | '年' | '半'),
        '去' => matches!(next, '年' | '冬' | '秋' | '岁'),
        '首' => numeral::is_numeral(next),
        '大' => matches!(next, '前' | '后' | '年'),
        '新' => next == '世',
        '头' => next == '一',
        '本' => matches!(next, '月' | '周' | '星' | '世' | '年' | '季'),
        '上' => matches!(
            next,
            '半' | '个' | '月' | '周' | '星' | '世' | '午' | '年' | '一' | '季'
        ),
        '下' => matches!(next, '半' | '个' | '月' | '周' | '星' | '午' | '一' | '季'),
        '这' => matches!(next, '个' | '周'),
        '星' => next == '期',
        '礼' => next == '拜',
        '公' => next == '元',
        '冬' | '正' => matches!(next, '月' | '午'),
        '凌' | '清' if next == '晨' => true,
        '早' => matches!(next, '晨' | '上') || numeral::is_numeral(next),
        '中' => next == '午',
        '午' => matches!(next, '后' | '夜'),
        '傍' => next == '晚',
        '当' => matches!(next, '晚' | '夜' | '天' | '日' | '月' | '年'),
        '晚' => matches!(next, '上' | '间') || numeral::is_numeral(next),
        '夜' => matches!(next, '间' | '里' | '晚') || numeral::is_numeral(next),
        '深' | '半' => next == '夜',
        '黎' => next == '明',
        '拂' => next == '晓',
        '黄' => next == '昏',
        _ => eras::opens(char, next),
    }
}

/// Asks the rules in their order what begins at `at`: a figure, or none up to where the error says.
fn found_at(line: &Line, at: usize, floor: usize, issue: Option<Date>) -> Result<Reading, usize> {
    let char = line.at(at);
    if line::is_letter(char) {
        return Err(codes::address_end(line, at).unwrap_or(at + 1));
    }
    if opens_time(char, line.at(at + 1)) {
        return dates::read(line, at, issue).ok_or(at + 1);
    }
    if let Some(reading) = duration::vaguely_placed(line, at, floor) {
        return Ok(reading);
    }
    match periods::read(line, at, floor) {
        Some(Plan::Period(reading)) => return Ok(*reading),
        Some(Plan::Name(end)) => return Err(end),
        None => {}
    }
    // 再配上千变万化的灯光: 上 and 好 stand before a word, not before a number.
    let number = if matches!(char, '上' | '好') { at + 1 } else { at };
    if let Some(end) = idioms::covering(line, number) {
        return Err(end);
    }
    // 申万31个行业: a multiplier stands behind digits, not before them.
    if matches!(char, '百' | '千' | '万' | '亿') && line.at(at + 1).is_ascii_digit() {
        return Err(at + 1);
    }
    let reading = match char {
        '第' => dates::read(line, at, issue).or_else(|| ordinal::read(line, at)),
        '翻' => ratio::doubled(line, at),
        '对' => quantity::half_price(line, at, floor),
        '半' => quantity::half_of_a_unit(line, at, floor),
        _ => {
            if let Some(reading) = dates::read(line, at, issue) {
                return Ok(reading);
            }
            if let Some(end) = codes::end_of(line, at) {
                return Err(end);
            }
            ratio::read(line, at, floor).or_else(|| quantity::read(line, at, floor))
        }
    };
    let number = if char == '第' { at + 1 } else { at };
    reading.ok_or_else(|| line.run(number, numeral::is_numeral))
}
