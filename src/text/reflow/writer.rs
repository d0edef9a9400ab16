//! Puts the reading text together and notes where each piece of it came from.

use crate::text::{Block, BlockKind, CharIdx, CharRange, Reading, Run};

/// A reading text as it grows, from raw pieces in order.
#[derive(Default)]
pub(super) struct Writer {
    reading: Reading,
    len: u32,
    block: u32,
}

impl Writer {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        let mut writer = Self::default();
        writer.reading.text.reserve(bytes);
        writer
    }

    /// Adds `piece`, which stands at code point `raw` of the raw text.
    pub(super) fn copy(&mut self, piece: &str, raw: u32) {
        let len = u32::try_from(piece.chars().count()).unwrap_or(u32::MAX);
        if len == 0 {
            return;
        }
        let run = Run {
            reading: CharIdx(self.len),
            raw: CharIdx(raw),
            len,
        };
        self.reading.text.push_str(piece);
        self.len += len;
        match self.reading.runs.last_mut() {
            Some(last) if last.raw_range().end == run.raw && last.reading_range().end == run.reading => last.len += len,
            _ => self.reading.runs.push(run),
        }
    }

    /// Adds `c`, to which something else in the raw text was folded.
    pub(super) fn fold(&mut self, c: char) {
        self.reading.text.push(c);
        self.len += 1;
    }

    /// Ends a block.
    pub(super) fn end_block(&mut self, kind: BlockKind, starts_article: bool) {
        self.reading.blocks.push(Block {
            kind,
            range: CharRange::new(CharIdx(self.block), CharIdx(self.len)),
            starts_article,
        });
    }

    /// Goes on to the next block, over the raw `\n` at code point `raw` if there is one.
    pub(super) fn next_block(&mut self, raw: Option<u32>) {
        match raw {
            Some(raw) => self.copy("\n", raw),
            None => self.fold('\n'),
        }
        self.block = self.len;
    }

    pub(super) fn finish(self) -> Reading {
        self.reading
    }
}
