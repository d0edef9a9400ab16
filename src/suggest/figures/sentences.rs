//! Where the sentences and the paragraphs of a text begin.

use super::line::ends_sentence;

/// The first positions of sentences and of paragraphs, each ascending and from 0 on.
pub(super) struct Sentences {
    sentences: Vec<usize>,
    paragraphs: Vec<usize>,
}

impl Sentences {
    pub(super) fn of(chars: &[char]) -> Self {
        let after = |ends: fn(char) -> bool| {
            let ends = chars.iter().enumerate().filter(move |(_, char)| ends(**char));
            std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
        };
        Self {
            sentences: after(ends_sentence),
            paragraphs: after(|char| char == '\n'),
        }
    }

    /// Where the sentence around `at` begins.
    pub(super) fn sentence(&self, at: usize) -> usize {
        last_up_to(&self.sentences, at)
    }

    /// Where the paragraph around `at` begins.
    pub(super) fn paragraph(&self, at: usize) -> usize {
        last_up_to(&self.paragraphs, at)
    }
}

fn last_up_to(starts: &[usize], at: usize) -> usize {
    let after = starts.partition_point(|start| *start <= at);
    starts.get(after.saturating_sub(1)).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Sentences;

    #[test]
    fn a_sentence_begins_after_the_last_one_ended() {
        let chars: Vec<char> = "甲。乙！\n𬱟；丁".chars().collect();
        let starts = Sentences::of(&chars);
        let sentences: Vec<usize> = (0..chars.len()).map(|at| starts.sentence(at)).collect();
        assert_eq!(sentences, [0, 0, 2, 2, 4, 5, 5, 7]);
        assert_eq!((starts.paragraph(4), starts.paragraph(5)), (0, 5));
    }
}
