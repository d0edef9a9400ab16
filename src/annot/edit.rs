//! Every change of a document, as a value with a way back.

use std::sync::Arc;

use thiserror::Error;

use super::dismissal::Dismissal;
use super::document::{BlockMark, PlacedBlock, place_blocks};
use super::lost::{self, LostTag};
use super::{Document, Entity, LabelSet, Meta, Relation, Span, SpanId};
use crate::text::{Assoc, ChangeSet, CharIdx, CharRange, Run, Text};

/// A change of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Takes spans out and puts others in: adds, removes, moves, relabels, judges.
    Spans {
        /// Those that go, as they are.
        remove: Vec<Span>,
        /// Those that come.
        add: Vec<Span>,
    },
    /// Takes entities out and puts others in.
    Entities {
        /// Those that go, as they are.
        remove: Vec<Entity>,
        /// Those that come.
        add: Vec<Entity>,
    },
    /// Takes relations out and puts others in.
    Relations {
        /// Those that go, as they are.
        remove: Vec<Relation>,
        /// Those that come.
        add: Vec<Relation>,
    },
    /// Another label set.
    Labels(LabelSet),
    /// Says something else of the document as a whole.
    Meta(Meta),
    /// Says something else of these blocks (by number).
    Blocks(Vec<(usize, BlockMark)>),
    /// Changes the reading text; the tags move with it.
    Text(TextEdit),
    /// Moves a block to the place of another: its number, and the number it shall have. Its tags and corrections, and
    /// what it stands for in the raw text, go with it.
    MoveBlock {
        /// Its number.
        from: usize,
        /// The number that it gets.
        to: usize,
    },
    /// Another account of the same corrections, where going back over the text alone would tell them more coarsely.
    Corrections(Arc<ChangeSet>),
    /// Other characters of the reading text stand in the raw text: these no longer, those they are.
    Runs {
        /// Those that go.
        remove: Vec<Run>,
        /// Those that come.
        add: Vec<Run>,
    },
    /// Other tags are lost.
    Lost(Arc<Vec<LostTag>>),
    /// Other findings are put away.
    Dismissals(Vec<Dismissal>),
    /// Several, in this order, as one.
    Batch(Vec<Edit>),
}

/// A change of the reading text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// What is replaced.
    pub change: ChangeSet,
    /// Where new characters have a place in the raw text after all (an undo brings them back), in positions of the text
    /// after the change.
    pub restored: Vec<Run>,
}

impl From<ChangeSet> for TextEdit {
    fn from(change: ChangeSet) -> Self {
        Self {
            change,
            restored: Vec::new(),
        }
    }
}

/// Why an edit could not be made. The document is as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EditError {
    /// It takes out something that is not there.
    #[error("what was to be changed is no longer there")]
    NotThere,
    /// A span would be empty or lie outside the text.
    #[error("a tag must cover at least one character of the text")]
    OutOfRange,
    /// It was made for another text.
    #[error("the text has changed in the meantime")]
    OtherText,
    /// A block would be moved away from others that a tag covers with it.
    #[error("a tag covers more than the block that is to be moved")]
    TearsTag(SpanId),
}

impl Document {
    /// Makes the edit and returns the one that takes it back.
    ///
    /// # Errors
    /// Where the edit does not fit the document, which is then left as it was.
    pub fn apply(&mut self, edit: &Edit) -> Result<Edit, EditError> {
        match edit {
            Edit::Spans { remove, add } => self.exchange_spans(remove, add),
            Edit::Entities { remove, add } => {
                let entities = exchange(&self.entities, remove, add)?;
                self.entities = Arc::new(entities);
                self.next_id = add.iter().map(|entity| entity.id.0 + 1).fold(self.next_id, u32::max);
                Ok(Edit::Entities {
                    remove: add.clone(),
                    add: remove.clone(),
                })
            }
            Edit::Relations { remove, add } => {
                let relations = exchange(&self.relations, remove, add)?;
                self.relations = Arc::new(relations);
                Ok(Edit::Relations {
                    remove: add.clone(),
                    add: remove.clone(),
                })
            }
            Edit::Labels(labels) => {
                let before = std::mem::replace(&mut self.labels, Arc::new(labels.clone()));
                Ok(Edit::Labels(LabelSet::clone(&before)))
            }
            Edit::Meta(meta) => Ok(Edit::Meta(std::mem::replace(&mut self.meta, meta.clone()))),
            Edit::Blocks(marks) => self.mark_blocks(marks),
            Edit::Text(edit) => self.change_text(edit),
            Edit::MoveBlock { from, to } => self.move_block(*from, *to),
            Edit::Corrections(corrections) => {
                let before = std::mem::replace(&mut self.corrections, Arc::clone(corrections));
                Ok(Edit::Corrections(before))
            }
            Edit::Runs { remove, add } => self.exchange_runs(remove, add),
            Edit::Lost(lost) => Ok(Edit::Lost(std::mem::replace(&mut self.lost, Arc::clone(lost)))),
            Edit::Dismissals(dismissals) => {
                let before = std::mem::replace(&mut self.dismissals, Arc::new(dismissals.clone()));
                Ok(Edit::Dismissals(Vec::clone(&before)))
            }
            Edit::Batch(edits) => self.apply_all(edits),
        }
    }

    fn exchange_spans(&mut self, remove: &[Span], add: &[Span]) -> Result<Edit, EditError> {
        let text_end = self.text.len();
        if add
            .iter()
            .any(|span| span.range.is_empty() || span.range.end > text_end)
        {
            return Err(EditError::OutOfRange);
        }
        let spans = Arc::make_mut(&mut self.spans);
        if !spans.remove_all(remove) {
            return Err(EditError::NotThere);
        }
        spans.insert_all(add);
        self.next_id = add.iter().map(|span| span.id.0 + 1).fold(self.next_id, u32::max);
        Ok(Edit::Spans {
            remove: add.to_vec(),
            add: remove.to_vec(),
        })
    }

    fn exchange_runs(&mut self, remove: &[Run], add: &[Run]) -> Result<Edit, EditError> {
        let (text, raw) = (&self.text, &self.source.text);
        let fits = |run: &Run| {
            let (reading, scanned) = (run.reading_range(), run.raw_range());
            reading.end <= text.len() && scanned.end <= raw.len() && text.slice(reading) == raw.slice(scanned)
        };
        if !add.iter().all(fits) {
            return Err(EditError::OtherText);
        }
        self.alignment = Arc::new(self.alignment.exchanged(remove, add));
        Ok(Edit::Runs {
            remove: add.to_vec(),
            add: remove.to_vec(),
        })
    }

    fn mark_blocks(&mut self, marks: &[(usize, BlockMark)]) -> Result<Edit, EditError> {
        if marks.iter().any(|(block, _)| *block >= self.blocks.len()) {
            return Err(EditError::NotThere);
        }
        let blocks = Arc::make_mut(&mut self.blocks);
        let mut before: Vec<(usize, BlockMark)> = marks
            .iter()
            .map(|&(block, mark)| (block, std::mem::replace(&mut blocks[block].mark, mark)))
            .collect();
        before.reverse();
        Ok(Edit::Blocks(before))
    }

    fn change_text(&mut self, edit: &TextEdit) -> Result<Edit, EditError> {
        let change = &edit.change;
        if !change.fits(&self.text) {
            return Err(EditError::OtherText);
        }
        let lost_runs = change
            .replacements()
            .iter()
            .flat_map(|one| self.alignment.runs_within(one.range()))
            .collect();
        let back = change.inverse();
        let blocks_before = Arc::clone(&self.blocks);
        let lost = lost::after(self, change);

        change.apply(Arc::make_mut(&mut self.text));
        self.alignment = Arc::new(self.alignment.changed(change, &edit.restored));
        self.blocks = Arc::new(map_blocks(&blocks_before, &self.text, change));
        let touched = Arc::make_mut(&mut self.spans).map(change);
        let corrections = self.follow_corrections(change);

        // What going back over the text alone would not bring back, the inverse says itself.
        let mut inverse = vec![Edit::Text(TextEdit {
            change: back.clone(),
            restored: lost_runs,
        })];
        let (mut remove, mut add) = (Vec::new(), Vec::new());
        for (before, after) in touched {
            let returning = after
                .map(|after| after.on(back.map_range(after.range)))
                .filter(|span| !span.range.is_empty());
            remove.extend(returning);
            add.push(before);
        }
        if !add.is_empty() {
            inverse.push(Edit::Spans { remove, add });
        }
        if back
            .replacements()
            .iter()
            .any(|one| one.before.contains('\n') || one.after.contains('\n'))
        {
            let all = blocks_before
                .iter()
                .enumerate()
                .map(|(number, block)| (number, block.mark));
            let first = change.replacements().first().map_or(CharIdx(0), |one| one.at);
            let last = change.replacements().last().map_or(CharIdx(0), |one| one.range().end);
            let near = |number: usize| {
                let range = blocks_before[number].range;
                range.end >= first && range.start <= last
            };
            inverse.push(Edit::Blocks(all.filter(|(number, _)| near(*number)).collect()));
        }
        inverse.extend(corrections);
        if let Some(lost) = lost {
            inverse.push(Edit::Lost(std::mem::replace(&mut self.lost, Arc::new(lost))));
        }
        Ok(Edit::Batch(inverse))
    }

    /// Adds `change` to the corrections. Returns the edit that an undo needs for them, if it needs one.
    fn follow_corrections(&mut self, change: &ChangeSet) -> Option<Edit> {
        let after = Arc::new(self.corrections.then(change));
        let before = std::mem::replace(&mut self.corrections, after);
        let is_exact = self.corrections.then(&change.inverse()) == *before;
        (!is_exact).then_some(Edit::Corrections(before))
    }

    fn apply_all(&mut self, edits: &[Edit]) -> Result<Edit, EditError> {
        let mut inverses = Vec::with_capacity(edits.len());
        for edit in edits {
            match self.apply(edit) {
                Ok(inverse) => inverses.push(inverse),
                Err(error) => {
                    while let Some(inverse) = inverses.pop() {
                        self.apply(&inverse)?;
                    }
                    return Err(error);
                }
            }
        }
        inverses.reverse();
        Ok(Edit::Batch(inverses))
    }
}

/// The entries without `remove`, with `add` behind them.
fn exchange<T: PartialEq + Clone>(entries: &[T], remove: &[T], add: &[T]) -> Result<Vec<T>, EditError> {
    let mut entries = entries.to_vec();
    for gone in remove {
        let at = entries
            .iter()
            .position(|entry| entry == gone)
            .ok_or(EditError::NotThere)?;
        entries.remove(at);
    }
    entries.extend_from_slice(add);
    Ok(entries)
}

/// The blocks after `change` made `text`. A line that a new line feed begins is of the kind of the block that it was
/// split from; lines that were joined are of the first one's.
fn map_blocks(old: &[PlacedBlock], text: &Text, change: &ChangeSet) -> Vec<PlacedBlock> {
    let breaks = |text: &str| text.contains('\n');
    if !change
        .replacements()
        .iter()
        .any(|one| breaks(&one.before) || breaks(&one.after))
    {
        let place = |block: &PlacedBlock| PlacedBlock {
            range: CharRange {
                start: change.map_pos(block.range.start, Assoc::Before),
                end: change.map_pos(block.range.end, Assoc::After),
            },
            mark: block.mark,
        };
        return old.iter().map(place).collect();
    }
    let back = change.inverse();
    let mut blocks = place_blocks(text, &[]);
    let mut last = None;
    for block in &mut blocks {
        let was = back.map_pos(block.range.start, Assoc::Before);
        let number = old.partition_point(|block| block.range.start <= was).saturating_sub(1);
        block.mark = old.get(number).map(|block| block.mark).unwrap_or_default();
        block.mark.starts_article &= last != Some(number);
        last = Some(number);
    }
    blocks
}
