//! What was done, and the way back and forth.

use super::{Document, Edit, EditError};
use crate::text::CharRange;

/// One step that the editor made.
#[derive(Clone, Debug)]
struct Step {
    forth: Edit,
    back: Edit,
    /// Where it happened, so that undoing it can be seen.
    place: Option<CharRange>,
}

/// The steps of a document, without limit.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// Whether the last step may still grow: typing is one step until the caret moves.
    open: bool,
}

impl History {
    /// Makes `edit` in `document` and remembers the way back.
    ///
    /// # Errors
    /// Where the edit does not fit; nothing is changed or remembered.
    pub fn apply(&mut self, document: &mut Document, edit: Edit, place: Option<CharRange>) -> Result<(), EditError> {
        let back = document.apply(&edit)?;
        self.done.push(Step {
            forth: edit,
            back,
            place,
        });
        self.undone.clear();
        self.open = false;
        Ok(())
    }

    /// Like [`Self::apply`], but as a part of the last step where that was made the same way and [`Self::close`] was not
    /// called since.
    ///
    /// # Errors
    /// Where the edit does not fit; nothing is changed or remembered.
    pub fn extend(&mut self, document: &mut Document, edit: Edit, place: Option<CharRange>) -> Result<(), EditError> {
        let grows = self.open && self.undone.is_empty();
        self.apply(document, edit, place)?;
        if grows && let (Some(last), Some(before)) = (self.done.pop(), self.done.pop()) {
            self.done.push(Step {
                forth: joined(before.forth, last.forth),
                back: joined(last.back, before.back),
                place: joined_place(before.place, last.place),
            });
        }
        self.open = true;
        Ok(())
    }

    /// Makes `edit` as a part of the last step, whatever that was: what follows from it.
    ///
    /// # Errors
    /// Where the edit does not fit; nothing is changed or remembered.
    pub fn amend(&mut self, document: &mut Document, edit: Edit) -> Result<(), EditError> {
        let back = document.apply(&edit)?;
        if let Some(last) = self.done.pop() {
            self.done.push(Step {
                forth: joined(last.forth, edit),
                back: joined(back, last.back),
                place: last.place,
            });
        }
        Ok(())
    }

    /// Ends the step that [`Self::extend`] lets grow.
    pub fn close(&mut self) {
        self.open = false;
    }

    /// Takes the last step back. The place where it happened, if it had one; `None` where there is nothing to undo.
    ///
    /// # Errors
    /// Where the document was changed past this history.
    pub fn undo(&mut self, document: &mut Document) -> Result<Option<Option<CharRange>>, EditError> {
        self.open = false;
        let Some(step) = self.done.last() else { return Ok(None) };
        document.apply(&step.back)?;
        let place = step.place;
        self.undone.extend(self.done.pop());
        Ok(Some(place))
    }

    /// Makes the step that was last taken back again.
    ///
    /// # Errors
    /// Where the document was changed past this history.
    pub fn redo(&mut self, document: &mut Document) -> Result<Option<Option<CharRange>>, EditError> {
        self.open = false;
        let Some(step) = self.undone.last() else {
            return Ok(None);
        };
        document.apply(&step.forth)?;
        let place = step.place;
        self.done.extend(self.undone.pop());
        Ok(Some(place))
    }

    /// The edit that [`Self::undo`] will make.
    #[must_use]
    pub fn undoes(&self) -> Option<&Edit> {
        self.done.last().map(|step| &step.back)
    }

    /// The edit that [`Self::redo`] will make.
    #[must_use]
    pub fn redoes(&self) -> Option<&Edit> {
        self.undone.last().map(|step| &step.forth)
    }

    /// How many steps can be taken back.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.done.len()
    }

    /// Whether there is a step to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is a step to make again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

/// Two edits as one, without a batch in a batch: a step grows by thousands of characters, and its depth must not.
fn joined(first: Edit, second: Edit) -> Edit {
    let parts = |edit| match edit {
        Edit::Batch(edits) => edits,
        edit => vec![edit],
    };
    let mut all = parts(first);
    all.extend(parts(second));
    Edit::Batch(all)
}

/// Where a grown step happened, in the text as it was before it: typing begins at its first place, and taking out goes
/// back from there.
fn joined_place(first: Option<CharRange>, second: Option<CharRange>) -> Option<CharRange> {
    let (Some(first), Some(second)) = (first, second) else {
        return first.or(second);
    };
    Some(CharRange::new(first.start.min(second.start), first.end))
}
