//! Lines that are recognised together with their neighbours: verse, rows of a table, headings set from top to bottom.

use super::column::Column;
use super::glyph;
use super::lines::{Line, is_space};
use super::shape::{self, LONGEST_LABEL, Shape};

/// The longest line of a poem, in half-width units.
const LONGEST_VERSE: u32 = 40;
/// The fewest lines of a poem that are as wide as its column.
const SHORTEST_POEM: usize = 4;
/// The longest line of a poem without marks, in half-width units, and the fewest lines.
const LONGEST_FREE_VERSE: u32 = 28;
const FEWEST_FREE_VERSES: usize = 5;
/// The widest line of a text that runs from top to bottom, in half-width units.
const WIDEST_STACKED: u32 = 4;
/// The fewest lines of such a text.
const FEWEST_STACKED: usize = 3;

/// For each line, whether it is one of at least three under one another that have one or two characters each and no
/// mark: the scan of a heading that runs from top to bottom. Where most lines are like that the column is so narrow.
pub(super) fn stacked(lines: &[Line]) -> Vec<bool> {
    let alike = |line: &Line| line.width <= WIDEST_STACKED && (line.width <= 2 || !line.is_finished());
    let goes_on = |line: &Line, next: &Line| alike(line) && alike(next) && next.blank == 0;
    let single = |line: &Line| line.width <= 2;
    let mut stacked = vec![false; lines.len()];
    let mut start = 0;
    for run in
        lines.chunk_by(|line, next| goes_on(line, next) && (next.width == line.width || single(line) && single(next)))
    {
        let mut end = start + run.len();
        let last = lines.get(end).zip(run.last());
        end += usize::from(last.is_some_and(|(next, line)| goes_on(line, next) && next.width < line.width));
        let latin = run.iter().filter(|line| line.latin).count();
        if end - start >= FEWEST_STACKED && latin * 2 <= run.len() {
            stacked[start..end].fill(true);
        }
        start += run.len();
    }
    let count = stacked.iter().filter(|&&stacked| stacked).count();
    if count * 2 > lines.len() {
        stacked.fill(false);
    }
    stacked
}

/// For each line, whether it belongs to a poem or to a list set like one. Its lines end with marks although there was
/// room for more; or, where they fill the column, there are at least four of at most two widths of which every second one
/// ends a sentence; or there are at least five short ones without marks between blank lines.
pub(super) fn verse(lines: &[Line], columns: &[Column]) -> Vec<bool> {
    let mut verse = vec![false; lines.len()];
    let alike = |line: &Line| line.ends_marked() && line.width <= LONGEST_VERSE && line.marks <= 2;
    let mut start = 0;
    let goes_on = |line: &Line| alike(line) && !glyph::is_colon(line.core);
    let even =
        |line: &Line, next: &Line| line.width.abs_diff(next.width) <= 2 && line.indent.abs_diff(next.indent) <= 1;
    for run in lines.chunk_by(|line, next| goes_on(line) && alike(next) && even(line, next)) {
        let range = start..start + run.len();
        start = range.end;
        if run.len() < 2 {
            continue;
        }
        let room = |at: usize| {
            let need = lines.get(at + 1).map_or(0, |next| next.need);
            lines[at].width + need + 4 <= columns[at].width
        };
        let ends = |line: &Line| line.is_finished() || line.core == '；';
        let finished = run.iter().filter(|line| ends(line)).count();
        let set_short = range.clone().all(room) && finished < run.len();
        // Lines that fill their column are verse only where they are as long as one another and every second one ends a
        // sentence.
        let coupled = run.len() >= SHORTEST_POEM
            && run
                .windows(2)
                .all(|pair| pair[0].width == pair[1].width && ends(&pair[0]) != ends(&pair[1]));
        if set_short || coupled {
            verse[range].fill(true);
        }
    }
    let bare = |at: usize| {
        let line = &lines[at];
        let need = lines.get(at + 1).map_or(0, |next| next.need);
        let room = line.width <= LONGEST_FREE_VERSE && line.width + need + 6 <= columns[at].width;
        room && line.marks == 0 && !line.ends_marked() && line.shape == Shape::Plain && !line.latin
    };
    let mut start = 0;
    while start < lines.len() {
        let run = (start..lines.len())
            .take_while(|&at| bare(at) && (at == start || lines[at].blank == 0))
            .count();
        let parted = lines.get(start + run).is_none_or(|after| after.blank > 0);
        let uneven = |pair: &[Line]| (2..=6).contains(&pair[0].width.abs_diff(pair[1].width));
        let free = lines[start..start + run].windows(2).all(uneven);
        if run >= FEWEST_FREE_VERSES && free && lines[start].blank > 0 && parted {
            verse[start..start + run].fill(true);
        }
        start += run.max(1);
    }
    verse
}

/// How far apart two labelled lines may stand: what is long is wrapped.
const LABEL_REACH: usize = 3;

/// For each line, whether it opens with a label or a time, as does another near it: `营业收入：` and `研发投入：`.
pub(super) fn labelled(raw: &str, lines: &[Line]) -> Vec<bool> {
    let opens = |line: &Line| {
        let text = line.text(raw);
        let colon = || text.chars().take(LONGEST_LABEL + 1).any(glyph::is_colon);
        let label = || colon() && (shape::opens_with_label(text) || shape::asks_or_answers(text));
        line.shape == Shape::Plain && label() || line.shape == Shape::Item && shape::is_timed(text)
    };
    let labelled: Vec<bool> = lines.iter().map(opens).collect();
    near_another(&labelled)
}

/// For each line, whether it opens with a short cell, as does another near it: `水德明 男`, `今天 多云转晴`.
pub(super) fn celled(raw: &str, lines: &[Line]) -> Vec<bool> {
    const LONGEST: usize = 6;
    let plain = |c: char| glyph::is_hanzi(c) || c.is_alphanumeric() || matches!(c, '（' | '）' | '(' | ')' | '·');
    let opens = |text: &str| {
        let cell = text.chars().take_while(|&c| plain(c)).count();
        (1..=LONGEST).contains(&cell) && text.chars().nth(cell).is_some_and(is_space)
    };
    let celled: Vec<bool> = lines
        .iter()
        .map(|line| line.gaps && line.shape == Shape::Plain && opens(line.text(raw)))
        .collect();
    near_another(&celled)
}

/// Those of the lines that have another one near.
fn near_another(lines: &[bool]) -> Vec<bool> {
    let near = |index: usize| {
        let range = index.saturating_sub(LABEL_REACH)..(index + LABEL_REACH + 1).min(lines.len());
        range.into_iter().any(|at| at != index && lines[at])
    };
    (0..lines.len()).map(|index| lines[index] && near(index)).collect()
}

/// Marks as rows of a table the lines without a sentence that have as many cells as one beside them, figures among them:
/// `南塘 阴 11℃～18℃ 东北风3级`.
pub(super) fn mark_rows(raw: &str, lines: &mut [Line]) {
    let cells: Vec<Option<usize>> = lines
        .iter()
        .map(|line| shape::cells(line.text(raw), line).filter(|_| shape::has_figure(line.text(raw))))
        .collect();
    for (index, line) in lines.iter_mut().enumerate() {
        let Some(own) = cells[index] else { continue };
        let beside = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
        let alike = beside
            .filter_map(|at| cells.get(at).copied().flatten())
            .any(|others| others == own);
        if alike && line.shape == Shape::Plain {
            line.shape = Shape::Row(own);
        }
    }
}

/// Whether line `index` is a row of figures, or the head of one, with a row of as many cells beside it.
pub(super) fn is_row(raw: &str, lines: &[Line], index: usize) -> bool {
    let Some(cells) = shape::cells(lines[index].text(raw), &lines[index]) else {
        return false;
    };
    let beside = [index.checked_sub(1), Some(index + 1)];
    beside
        .into_iter()
        .flatten()
        .filter_map(|at| lines.get(at))
        .any(|line| matches!(line.shape, Shape::Row(others) if others.abs_diff(cells) <= 1))
}
