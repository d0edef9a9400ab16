//! Findings that the editor has looked at and put away.

use super::document::Unknown;
use super::fact::taken_back;

/// A finding of a check that shall not be shown again. It is known by what the check says and by the words it is about,
/// not by their places, so that it survives changes of the text elsewhere. A part of a figure's fact that was taken back
/// is known by the figure's tag instead ([`super::fact::taken_back`]).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dismissal {
    /// The check's name: `growth`, `crossing`, …; why characters are doubted: `look_alike`, …; or the label of a relation.
    pub check: String,
    /// The words that it is about, in the order of the text; for a doubt, with their neighbours; or the name of the
    /// figure's tag.
    pub texts: Vec<String>,
    /// Keys of the file that this program does not know.
    pub unknown: Unknown,
}

impl Dismissal {
    /// Whether it puts a finding away, and takes back no part of a fact.
    #[must_use]
    pub fn is_of_finding(&self) -> bool {
        taken_back(self).is_none()
    }

    /// Whether both put away the same finding.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.check == other.check && self.texts == other.texts
    }
}
