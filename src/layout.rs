//! Where each character stands, without a font engine: a text is broken into rows by a table of advances and the rules
//! of Chinese typesetting, and underlines that overlap get lanes.
//!
//! Lengths are in em, the width of one full-width character at the size of body text; a window multiplies them by its
//! own points an em. So a change of text size that keeps the characters a row breaks nothing anew.

pub mod breaker;
pub mod column;
pub mod kinsoku;
pub mod lanes;
pub mod metrics;
pub mod rows;

pub use breaker::{RowEnd, break_paragraph};
pub use column::{BlockStyle, Column};
pub use metrics::Metrics;
pub use rows::{Anchor, Row, Rows};
