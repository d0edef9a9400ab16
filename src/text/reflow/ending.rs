//! How a line ends, and what the room after it, a blank line and an indent are worth there.
//!
//! The same blank line says much after a full stop and little after a word: so each way of ending has weights of its
//! own. They are log-odds of a break, fitted as those of `evidence.rs` are.

use super::column::Column;
use super::habit::Share;
use super::lines::Line;

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// As a sentence does.
    Finished,
    /// With a comma, a semicolon or the like.
    Paused,
    /// With a colon.
    Introduced,
    /// Without a mark, in a block that has had some.
    Broken,
    /// Without a mark, in a block without any, or in a headline with a comma.
    Bare,
}

impl Ending {
    /// How `line` ends. `bare`: no mark that makes a sentence stands in its block.
    pub(super) fn of(line: &Line, bare: bool) -> Self {
        if line.is_finished() {
            Self::Finished
        } else if super::glyph::is_colon(line.core) {
            Self::Introduced
        } else if line.ends_marked() {
            Self::Paused
        } else if bare {
            Self::Bare
        } else {
            Self::Broken
        }
    }
}

/// The room that was left in a line for the first stretch of the next, in five steps.
pub(super) fn room(slack: i64) -> usize {
    match slack {
        ..0 => 0,
        0..2 => 1,
        2..4 => 2,
        4..8 => 3,
        8.. => 4,
    }
}

/// Whether a line could be the first of a paragraph whose indent was lost: short by two characters, yet as full as those
/// leave it. Four steps: it is full, a little short, short by an indent, or shorter; `None` where nothing tells.
pub(super) fn first_line(line: &Line, after: Option<&Line>, column: Column) -> Option<usize> {
    let after = after?;
    if line.latin || line.indent > 0 {
        return None;
    }
    let step = match i64::from(column.width) - i64::from(line.width + after.need) {
        ..0 => 0,
        0..2 => 1,
        2..4 => 2,
        4.. => 3,
    };
    // A line that ends with a mark may be the last one.
    (step < 2 || !line.ends_marked()).then_some(step)
}

/// What is seen at a line end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub ending: Ending,
    /// A step of [`room`].
    pub room: usize,
    pub blank: bool,
    /// How many paragraphs of the text have a blank line before them.
    pub blanks: Share,
    pub indented: bool,
    /// How many are indented.
    pub indents: Share,
    /// A step of [`first_line`] for the line after, where first lines have lost their indent.
    pub first_line: Option<usize>,
}

/// Of one way of ending.
pub(super) struct Weights {
    pub room: [f32; 5],
    /// A blank line where few, some, most paragraphs have one; none there.
    pub blank: [f32; 3],
    pub no_blank: [f32; 3],
    pub indent: [f32; 3],
    pub no_indent: [f32; 3],
    pub first_line: [f32; 4],
}

pub(super) const WEIGHTS: [Weights; 5] = [
    // Finished
    Weights {
        room: [-1.1, 1.3, 3.5, 5.0, 6.4],
        blank: [3.6, 4.5, 5.5],
        no_blank: [0.6, -0.1, -1.0],
        indent: [6.1, 6.6, 7.0],
        no_indent: [-0.2, -0.6, -1.8],
        first_line: [-2.2, 0.6, 4.1, 0.4],
    },
    // Paused
    Weights {
        room: [-5.4, -4.3, -3.0, -1.5, -0.6],
        blank: [2.7, 3.7, 3.9],
        no_blank: [1.9, 2.1, 1.7],
        indent: [5.9, 6.7, 6.7],
        no_indent: [0.7, 0.4, -0.1],
        first_line: [-1.3, 0.4, 0.7, -1.3],
    },
    // Introduced
    Weights {
        room: [-3.7, -1.6, -0.8, 2.4, 3.7],
        blank: [3.9, 4.7, 5.5],
        no_blank: [0.8, 0.3, -1.0],
        indent: [5.9, 6.0, 6.1],
        no_indent: [0.8, 0.0, -1.5],
        first_line: [-2.0, -0.2, 0.5, -2.4],
    },
    // Broken
    Weights {
        room: [-7.4, -5.9, -2.2, -1.2, -0.8],
        blank: [3.2, 4.8, 4.8],
        no_blank: [1.4, 1.1, 0.9],
        indent: [6.3, 6.5, 7.0],
        no_indent: [0.5, 0.3, -0.4],
        first_line: [-0.8, 1.1, 3.4, 2.3],
    },
    // Bare
    Weights {
        room: [-2.2, -1.8, -1.2, 0.1, 1.7],
        blank: [3.0, 3.6, 3.8],
        no_blank: [0.1, 0.0, -0.4],
        indent: [5.0, 4.9, 5.6],
        no_indent: [0.1, -0.2, -1.0],
        first_line: [-0.5, 0.5, 2.3, -0.2],
    },
];

impl Seen {
    /// The log-odds of a break.
    pub(super) fn score(self) -> f32 {
        let weights = &WEIGHTS[self.ending as usize];
        let (blanks, indents) = (self.blanks as usize, self.indents as usize);
        let blank = if self.blank { weights.blank } else { weights.no_blank };
        let indent = if self.indented {
            weights.indent
        } else {
            weights.no_indent
        };
        weights.room[self.room]
            + blank[blanks]
            + indent[indents]
            + self.first_line.map_or(0.0, |step| weights.first_line[step])
    }
}
