//! Another order of the blocks: one is moved, and all that was said of it and done to it goes along.

use std::sync::Arc;

use super::document::{BlockMark, place_blocks};
use super::{Document, Edit, EditError, Span};
use crate::text::{CharRange, Swap};

impl Document {
    /// Moves block `from` to the place of block `to`; those between give way by one. The corrections are then said of the
    /// automatic text in the same order: a move is no correction, only the alignment tells of it.
    pub(super) fn move_block(&mut self, from: usize, to: usize) -> Result<Edit, EditError> {
        let count = self.blocks.len();
        if from >= count || to >= count {
            return Err(EditError::NotThere);
        }
        let back = Edit::Batch(vec![
            Edit::MoveBlock { from: to, to: from },
            // Going back alone might tell the corrections at the lines' ends more coarsely.
            Edit::Corrections(Arc::clone(&self.corrections)),
            Edit::Lost(Arc::clone(&self.lost)),
        ]);
        if from == to {
            return Ok(back);
        }
        let lines =
            |first: usize, last: usize| CharRange::new(self.blocks[first].range.start, self.blocks[last].range.end);
        let swap = if from < to {
            Swap::new(lines(from, from), lines(from + 1, to))
        } else {
            Swap::new(lines(to, from - 1), lines(from, from))
        };
        let concerned: Vec<Span> = self.spans.overlapping(swap.whole()).cloned().collect();
        let mut moved = Vec::with_capacity(concerned.len());
        for span in &concerned {
            let place = swap.place_of(span.range).ok_or(EditError::TearsTag(span.id))?;
            moved.push(span.on(place));
        }

        let spans = Arc::make_mut(&mut self.spans);
        if !spans.remove_all(&concerned) {
            return Err(EditError::NotThere);
        }
        spans.insert_all(&moved);
        swap.apply(Arc::make_mut(&mut self.text));
        self.alignment = Arc::new(swap.of_alignment(&self.alignment));
        self.corrections = Arc::new(swap.of_change(&self.corrections));
        if !self.lost.is_empty() {
            let lost = self.lost.iter().map(|one| one.on(swap.place_near(one.span.range)));
            self.lost = Arc::new(lost.collect());
        }
        let mut marks: Vec<BlockMark> = self.blocks.iter().map(|block| block.mark).collect();
        let mark = marks.remove(from);
        marks.insert(to, mark);
        self.blocks = Arc::new(place_blocks(&self.text, &marks));
        Ok(back)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::realign::raw_of_corrections;
    use crate::annot::{History, Source, SpanId};
    use crate::text::{Alignment, ChangeSet, CharIdx, Text};

    const RAW: &str = "罗永说\n好。\n98%的入\n完";

    fn document(tags: &[(usize, usize)]) -> Document {
        let spans = tags.iter().zip(1..).map(|(&(start, end), id)| Span {
            id: SpanId(id),
            range: CharRange::of(start, end),
            mark: Arc::default(),
        });
        Document::new(Parts {
            source: Source {
                text: Text::from(RAW),
                ..Source::default()
            },
            text: Text::from(RAW),
            alignment: Alignment::identity(CharIdx::count(RAW)),
            spans: spans.collect(),
            ..Parts::default()
        })
    }

    fn covered(document: &Document) -> Vec<&str> {
        document.spans().iter().map(|span| document.covered(span)).collect()
    }

    #[test]
    fn corrections_alignment_and_tags_go_with_the_block() {
        let mut document = document(&[(0, 2), (11, 12)]);
        let mut history = History::default();
        let change = ChangeSet::replace(document.text(), CharRange::of(11, 12), "人");
        history.apply(&mut document, Edit::Text(change.into()), None).unwrap();
        let before = document.clone();
        history
            .apply(&mut document, Edit::MoveBlock { from: 2, to: 0 }, None)
            .unwrap();
        assert_eq!(document.text().as_str(), "98%的人\n罗永说\n好。\n完");
        assert_eq!(covered(&document), ["人", "罗永"]);
        assert_eq!(document.automatic_text().as_str(), "98%的入\n罗永说\n好。\n完");
        let (range, one, raw) = raw_of_corrections(&document).remove(0);
        assert_eq!((range, &*one.before, &*one.after), (CharRange::of(4, 5), "入", "人"));
        assert_eq!(document.source.text.slice(raw[0]), "入");
        assert_eq!(
            document.alignment().check(document.text(), &document.source.text),
            Ok(())
        );
        // Past the others, which keep theirs as well.
        history
            .apply(&mut document, Edit::MoveBlock { from: 1, to: 3 }, None)
            .unwrap();
        assert_eq!(document.text().as_str(), "98%的人\n好。\n完\n罗永说");
        assert_eq!(document.corrections().replacements().len(), 1);
        history.undo(&mut document).unwrap();
        history.undo(&mut document).unwrap();
        assert_eq!(document, before);
        history.redo(&mut document).unwrap();
        assert_eq!(document.automatic_text().as_str(), "98%的入\n罗永说\n好。\n完");
    }

    #[test]
    fn a_tag_over_several_blocks_goes_with_all_of_them_or_stays() {
        // 罗永说 and 好。 together.
        let mut document = document(&[(2, 5)]);
        let before = document.clone();
        for (from, to) in [(0, 2), (1, 3), (2, 1), (3, 1)] {
            let torn = document.apply(&Edit::MoveBlock { from, to });
            assert_eq!(torn, Err(EditError::TearsTag(SpanId(1))), "{from} {to}");
            assert_eq!(document, before);
        }
        // The third is moved before both, which give way.
        document.apply(&Edit::MoveBlock { from: 2, to: 0 }).unwrap();
        assert_eq!(covered(&document), ["说\n好"]);
        document.apply(&Edit::MoveBlock { from: 0, to: 2 }).unwrap();
        assert_eq!(document, before);
    }
}
