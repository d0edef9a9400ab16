//! Sets articles as a newspaper's column does and then spoils the lines as a scan does, so that what reflow makes of
//! them can be counted against what was set.

use super::glyph;
use super::measure::{Extent, Measure};
use super::{decide, lines, reflow, tests};
use crate::text::Words;

/// A number generator that gives the same numbers for the same seed (xorshift64*, Vigna 2016).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11
    }

    pub(super) fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end)).unwrap()
    }

    fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance
    }
}

/// How lines are set, and what the scan does to them; chances in percent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// The column in full-width units.
    pub width: u32,
    pub measure: Measure,
    /// The first line of a paragraph is set two characters in.
    pub indents: bool,
    /// What is left of that indent: nothing, one space, two full-width spaces.
    pub indent_kept: u32,
    /// The indent becomes one space, not two full-width ones.
    pub indent_shrunk: bool,
    /// A paragraph is followed by a blank line.
    pub blank: u32,
    /// A blank line after a line that is not the last of its paragraph.
    pub false_blank: u32,
    /// A space beside a figure.
    pub stray_space: u32,
    /// Figures and Latin words may be cut anywhere.
    pub cuts_words: bool,
    /// Marks that cannot start a line hang in the margin; else they take the character before them along.
    pub hangs: bool,
    /// A line is a character longer or shorter than the column.
    pub uneven: u32,
}

impl Setting {
    /// Some way of setting a column of `width`.
    pub(super) fn any(width: u32, dice: &mut Dice) -> Self {
        let indents = dice.percent(60);
        let shrunk = dice.percent(50);
        Self {
            width,
            measure: [Measure::Set, Measure::Set, Measure::Squeezed, Measure::Counted][dice.below(4) as usize],
            indents,
            indent_kept: if indents {
                [0, 20, 70, 100][dice.below(4) as usize]
            } else {
                0
            },
            indent_shrunk: shrunk,
            blank: [60, 80, 95][dice.below(3) as usize],
            false_blank: [0, 3, 6][dice.below(3) as usize],
            stray_space: [0, 5, 20][dice.below(3) as usize],
            cuts_words: dice.percent(40),
            hangs: dice.percent(50),
            uneven: [0, 0, 20][dice.below(3) as usize],
        }
    }
}

/// Blocks as they were set: what a perfect reading would be.
pub(super) type Article<'a> = Vec<(char, &'a str)>;

/// Articles from lines: `#` a heading, `@` a byline, `^` a caption, `!` furniture, `|` a row or verse set as it is, else a
/// paragraph; a blank line between articles.
pub(super) fn articles(text: &str) -> Vec<Article<'_>> {
    text.split("\n\n")
        .map(|article| {
            article
                .lines()
                .filter(|line| !line.is_empty())
                .map(|line| match line.chars().next() {
                    Some(mark @ ('#' | '@' | '^' | '!' | '|')) => (mark, line[1..].trim_start()),
                    _ => ('p', line),
                })
                .collect()
        })
        .collect()
}

/// What a scan gives of the page, and for each line of it that is not blank, whether a block ends with it.
pub(super) fn set(article: &Article, setting: Setting, dice: &mut Dice) -> (String, Vec<bool>) {
    let mut raw = String::new();
    let mut breaks = Vec::new();
    for &(mark, text) in article {
        let body = matches!(mark, 'p' | '^');
        let lines = if mark == '|' {
            vec![text.to_owned()]
        } else {
            wrap(text, setting, body && setting.indents, dice)
        };
        let count = lines.len();
        for (index, line) in lines.into_iter().enumerate() {
            if index == 0 && body && setting.indents && dice.percent(setting.indent_kept) {
                raw.push_str(if setting.indent_shrunk { " " } else { "\u{3000}\u{3000}" });
            }
            raw.push_str(&spoil(&line, setting, dice));
            raw.push('\n');
            let last = index + 1 == count;
            breaks.push(last);
            if dice.percent(if last { setting.blank } else { setting.false_blank }) {
                raw.push('\n');
            }
        }
    }
    (raw, breaks)
}

/// The lines of a paragraph; spaces at a wrap are gone.
fn wrap(text: &str, setting: Setting, indented: bool, dice: &mut Dice) -> Vec<String> {
    let latin = !text.chars().any(glyph::is_cjk);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut width = if indented { 4 } else { 0 };
    let mut full = full_width(setting, dice);
    let pieces = pieces(text, setting.cuts_words && !latin);
    for (index, piece) in pieces.iter().enumerate() {
        let mut extent = Extent::default();
        piece.chars().for_each(|c| extent.add(c, latin));
        let wide = extent.under(setting.measure);
        let first = piece.chars().next().unwrap_or(' ');
        let hanging = setting.hangs && glyph::cannot_start(first) && width <= full;
        let led = !setting.hangs
            && pieces
                .get(index + 1)
                .is_some_and(|next| next.starts_with(glyph::cannot_start))
            && !glyph::cannot_start(first)
            && width + wide + 2 > full;
        let over = width + wide > full && !hanging && !glyph::cannot_start(first);
        let opener_at_end = glyph::is_opener(first) && width + wide + 2 > full;
        if !line.is_empty() && (over || led || opener_at_end) {
            lines.push(line.trim_end().to_owned());
            line.clear();
            width = 0;
            full = full_width(setting, dice);
        }
        if line.is_empty() && piece.trim().is_empty() {
            continue;
        }
        line.push_str(piece);
        width += wide;
    }
    lines.push(line.trim_end().to_owned());
    lines
}

fn full_width(setting: Setting, dice: &mut Dice) -> u32 {
    let width = setting.width * 2;
    if setting.width > 10 && dice.percent(setting.uneven) {
        width - 2 + 2 * dice.below(3)
    } else {
        width
    }
}

/// Characters, and Latin words and figures unless they may be cut.
fn pieces(text: &str, cuts_words: bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (at, c) in text.char_indices() {
        let glued = last.is_some_and(|last| {
            let word = |c: char| c.is_ascii() && !c.is_whitespace();
            !cuts_words && word(last) && word(c) || last == '—' && c == '—' || last == '…' && c == '…'
        });
        if !glued && at > start {
            pieces.push(&text[start..at]);
            start = at;
        }
        last = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

/// Spaces beside figures, as a scan puts them.
fn spoil(line: &str, setting: Setting, dice: &mut Dice) -> String {
    let mut spoiled = String::new();
    let mut last = ' ';
    for c in line.chars() {
        let beside_figure = c.is_ascii_digit() && glyph::is_cjk(last) || last.is_ascii_digit() && glyph::is_cjk(c);
        if beside_figure && dice.percent(setting.stray_space) {
            spoiled.push(' ');
        }
        spoiled.push(c);
        last = c;
    }
    spoiled
}

/// The perfect reading.
pub(super) fn perfect(article: &Article) -> String {
    article.iter().map(|&(_, text)| text).collect::<Vec<_>>().join("\n")
}

/// How many characters of `read` are wrong against `set`, spaces and line ends counting: neither text has other
/// characters than the other, so only what stands between two of them can differ.
pub(super) fn wrong_characters(read: &str, set: &str) -> usize {
    let gaps = |text: &str| {
        let mut gaps = vec![String::new()];
        for c in text.chars() {
            if c.is_whitespace() {
                gaps.last_mut().unwrap().push(c);
            } else {
                gaps.push(String::new());
            }
        }
        gaps
    };
    let (read, set) = (gaps(read), gaps(set));
    let cost = |(read, set): (&String, &String)| {
        if read == set {
            0
        } else {
            read.chars().count().max(set.chars().count())
        }
    };
    read.len().abs_diff(set.len()) + read.iter().zip(&set).map(cost).sum::<usize>()
}

/// What reflow got right over many pages.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    pub line_ends: usize,
    pub right: usize,
    pub found: usize,
    pub missed: usize,
    pub invented: usize,
    pub characters: usize,
    pub wrong: usize,
}

impl Figures {
    pub(super) fn count(&mut self, decided: &[bool], set: &[bool], characters: usize, wrong: usize) {
        assert_eq!(decided.len(), set.len(), "a line was lost or invented");
        for (&decided, &set) in decided.iter().zip(set) {
            self.line_ends += 1;
            self.right += usize::from(decided == set);
            self.found += usize::from(decided && set);
            self.missed += usize::from(!decided && set);
            self.invented += usize::from(decided && !set);
        }
        self.characters += characters;
        self.wrong += wrong;
    }

    pub(super) fn decided(&self) -> f64 {
        self.right as f64 / self.line_ends.max(1) as f64
    }

    pub(super) fn f1(&self) -> f64 {
        2.0 * self.found as f64 / (2 * self.found + self.missed + self.invented).max(1) as f64
    }

    pub(super) fn wrong_share(&self) -> f64 {
        self.wrong as f64 / self.characters.max(1) as f64
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} line ends, {:.2} % right; {} missed, {} invented, F1 {:.3}; {:.3} % of characters wrong",
            self.line_ends,
            100.0 * self.decided(),
            self.missed,
            self.invented,
            self.f1(),
            100.0 * self.wrong_share()
        )
    }
}

/// Sets the articles of `articles.txt` in every way and reads them again.
fn set_and_read(widths: std::ops::RangeInclusive<u32>, words: Option<&Words>) -> Figures {
    let pages = articles(include_str!("articles.txt"));
    let mut figures = Figures::default();
    for width in widths {
        for (index, article) in pages.iter().enumerate() {
            let mut dice = Dice::new(u64::from(width) * 1000 + index as u64);
            let setting = Setting::any(width, &mut dice);
            let (raw, breaks) = set(article, setting, &mut dice);
            let lines = lines::cut(&raw);
            let decided = decide::breaks(&raw, &lines, words);
            let read = reflow(&raw, words);
            tests::check_sound(&raw, &read);
            let set_text = perfect(article);
            let wrong = wrong_characters(&read.text, &set_text);
            figures.count(&decided, &breaks, set_text.chars().count(), wrong);
        }
    }
    figures
}

#[test]
fn articles_set_at_any_width_are_read_right() {
    // Ends that nothing tells count too: a paragraph whose last line is full, without a blank line or an indent after it.
    for (widths, words, least_right) in [(8..=15, true, 0.987), (16..=60, true, 0.992), (8..=60, false, 0.99)] {
        let figures = set_and_read(widths.clone(), words.then(tests::words));
        println!("columns of {widths:?}, words {words}: {figures}");
        assert!(figures.decided() >= least_right, "{widths:?}: {figures}");
        assert!(figures.f1() >= 0.975, "{widths:?}: {figures}");
        assert!(figures.wrong_share() <= 0.003, "{widths:?}: {figures}");
    }
}
