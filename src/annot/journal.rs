//! What a step did to a document, as its journal tells it.
//!
//! A journal is a record for people who ask later what was changed, and when; nothing is recovered from it. A step is
//! told by what it comes to: the touched parts as they were before it ([`Before`]) and as they are after it ([`Step`]).
//! Typing that goes on is one step, and a name that was taken out and typed anew is one line.

mod before;
mod changes;
mod step;

pub use self::before::Before;
pub use self::step::Step;

/// How a step came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The editor made it.
    Done,
    /// The editor took it back: the lines tell what taking it back changed.
    Undone,
    /// The editor made it again.
    Redone,
}

impl Act {
    /// Its name in the journal.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Undone => "undone",
            Self::Redone => "redone",
        }
    }
}
