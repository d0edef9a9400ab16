//! One article on the desk: its document, its history, what is selected, what is saved.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use super::command::Selection;
use super::correcting::Correcting;
use super::doubts::DoubtList;
use super::entities::EntityList;
use super::figures::table::FigureTable;
use super::propagation::Propagation;
use super::suggestions::Suggestions;
use crate::annot::journal::{Act, Before};
use crate::annot::{Document, History, Span, SpanId};
use crate::store::journal::Journal;
use crate::text::{CharIdx, CharRange};

/// Why an article can only be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// A newer program wrote its annotations, in this version of the format.
    NewerVersion(u32),
}

/// What is known of the saved file.
#[derive(Clone, Debug)]
pub struct SaveState {
    /// The revision that the file holds.
    pub saved: u64,
    /// The revision that is being written.
    pub writing: Option<u64>,
    /// Why the last attempt failed.
    pub error: Option<String>,
    /// Whether the journal could not be written, which is said once.
    pub lacks_journal: bool,
    /// When the document last changed.
    pub changed_at: Instant,
}

/// An article that is open.
#[derive(Debug)]
pub struct Sheet {
    /// The file that was opened.
    pub path: PathBuf,
    /// Where its annotations are saved.
    pub saved_path: PathBuf,
    /// Text and annotations.
    pub document: Document,
    /// What was done to them.
    pub history: History,
    /// What of it the journal does not have yet.
    pub journal: Journal,
    /// Counts the changes of the document.
    pub revision: u64,
    /// Saved or not.
    pub save: SaveState,
    /// Whether and why it can only be read.
    pub read_only: Option<ReadOnly>,
    /// What is selected.
    pub selection: Selection,
    /// The chosen tag or suggestion.
    pub chosen: Option<SpanId>,
    /// The suggestion that judging another one has led to, until the editor walks on.
    pub led_to: Option<SpanId>,
    /// Whether its card is open.
    pub card: bool,
    /// Whether the palette is offered for the selection.
    pub palette: bool,
    /// The tags just carried to other places.
    pub propagation: Option<Propagation>,
    /// The first character of the row at the top of the view, which begins there when the article is first shown and
    /// says here where it is from then on.
    pub top: CharIdx,
    /// What should be scrolled into view at the next chance.
    pub reveal: Option<CharRange>,
    /// Where something just happened, in the order of the text, and when: it is lit for a moment.
    pub flash: Option<(Vec<CharRange>, Instant)>,
    /// What the search found.
    pub found: Arc<Vec<CharRange>>,
    /// Counts the changes of the reading text alone.
    pub text_revision: u64,
    /// The places where the text is doubted.
    pub doubts: DoubtList,
    /// The correcting of characters.
    pub correcting: Correcting,
    /// The entities panel's list.
    pub entities: EntityList,
    /// What the machine proposes.
    pub suggestions: Suggestions,
    /// The figures as a table.
    pub figures: FigureTable,
}

impl Sheet {
    /// A sheet for a document that is as its saved file is (`is_saved`) or has none yet.
    #[must_use]
    pub fn new(path: PathBuf, saved_path: PathBuf, document: Document, read_only: Option<ReadOnly>) -> Self {
        Self {
            path,
            saved_path,
            document,
            history: History::default(),
            journal: Journal::default(),
            revision: 0,
            save: SaveState {
                saved: 0,
                writing: None,
                error: None,
                lacks_journal: false,
                changed_at: Instant::now(),
            },
            read_only,
            selection: Selection::default(),
            chosen: None,
            led_to: None,
            card: false,
            palette: false,
            propagation: None,
            top: CharIdx(0),
            reveal: None,
            flash: None,
            found: Arc::default(),
            text_revision: 0,
            doubts: DoubtList::default(),
            correcting: Correcting::default(),
            entities: EntityList::default(),
            suggestions: Suggestions::default(),
            figures: FigureTable::default(),
        }
    }

    /// Whether the file lacks something that the document has.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.save.saved != self.revision
    }

    /// Notes a step that was just counted for the journal; one that `grows` belongs to the typing before it.
    pub fn note(&self, before: Before, act: Act, grows: bool) {
        let step = before.after(&self.document);
        self.journal.note(step, act, self.revision, SystemTime::now(), grows);
    }

    /// Counts a change of the text of which nothing more is known: what was derived from the text is worked out anew.
    pub fn text_changed_at_large(&mut self) {
        self.text_revision += 1;
        self.doubts.clear();
    }

    /// The chosen tag, while it exists.
    #[must_use]
    pub fn chosen_span(&self) -> Option<&Span> {
        self.document.spans().get(self.chosen?)
    }

    /// The chosen suggestion, while it is open.
    #[must_use]
    pub fn chosen_suggestion(&self) -> Option<&Span> {
        self.suggestions.get(self.chosen?)
    }

    /// The tag or the open suggestion of that number.
    #[must_use]
    pub fn tag(&self, id: SpanId) -> Option<&Span> {
        self.document.spans().get(id).or_else(|| self.suggestions.get(id))
    }

    /// The file's name, as lists show it.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_name().map_or_else(
            || self.document.source.name.clone(),
            |name| name.to_string_lossy().into_owned(),
        )
    }
}
