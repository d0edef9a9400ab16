//! Sentences to the editor: what went well goes away by itself, what went wrong stays until it is put away.

use std::time::{Duration, Instant};

use super::model::{Model, SheetId};
use crate::i18n::T;

/// Passing notices at once; of more the oldest go.
const MOST_PASSING: usize = 3;
/// How long a passing notice stays, however short it is.
const STAYS: Duration = Duration::from_secs(4);
/// How much longer for each character that is to be read.
const READS: Duration = Duration::from_millis(60);
/// How long at most.
const STAYS_AT_MOST: Duration = Duration::from_secs(15);

/// How important a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// What went well, and what needs no answer: goes away by itself.
    Passing,
    /// What went wrong: stays until it is put away.
    Lasting,
}

/// A sentence to the editor.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Its number.
    pub id: u64,
    /// What it says.
    pub text: String,
    /// Whether it stays.
    pub weight: Weight,
    /// When it came, or was looked at last.
    pub since: Instant,
    /// What it speaks of, where it is true only so long.
    pub about: Option<About>,
}

/// What a notice speaks of. One about the same takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A step, as the article and the number of steps made in it: undoing is offered while that is the last one, and takes
    /// the notice away.
    Step(SheetId, usize),
    /// Steps that were taken back or made again.
    Undoing(SheetId),
    /// A change that was refused: the next one takes the notice away.
    Refusal(SheetId),
}

impl Notice {
    /// How long it stays after it came or was looked at; `None` for one that is to be put away.
    #[must_use]
    pub fn stays(&self) -> Option<Duration> {
        let characters = u32::try_from(self.text.chars().count()).unwrap_or(u32::MAX);
        let time = STAYS.saturating_add(READS.saturating_mul(characters));
        (self.weight == Weight::Passing).then_some(time.min(STAYS_AT_MOST))
    }
}

/// Puts a notice behind the others. One that says the same goes, or is about the same, and so do the oldest of too many that
/// pass.
fn add(notices: &mut Vec<Notice>, new: Notice) {
    let is_replaced = |notice: &Notice| notice.text == new.text || (new.about.is_some() && notice.about == new.about);
    notices.retain(|notice| !is_replaced(notice));
    notices.push(new);
    let passing = notices.iter().filter(|notice| notice.weight == Weight::Passing).count();
    let mut too_many = passing.saturating_sub(MOST_PASSING);
    notices.retain(|notice| {
        let goes = notice.weight == Weight::Passing && too_many > 0;
        too_many -= usize::from(goes);
        !goes
    });
}

/// Takes away what has been there long enough; how long it is until the next one goes.
fn expire(notices: &mut Vec<Notice>, now: Instant) -> Option<Duration> {
    let left = |notice: &Notice| {
        let stays = notice.stays()?;
        Some(stays.saturating_sub(now.saturating_duration_since(notice.since)))
    };
    notices.retain(|notice| left(notice).is_none_or(|left| !left.is_zero()));
    notices.iter().filter_map(left).min()
}

impl Model {
    /// Says a sentence to the editor.
    pub fn notify(&mut self, weight: Weight, text: String) {
        self.notify_about(weight, text, None);
    }

    /// The same, of something in the shown article; the number of the notice.
    pub(super) fn notify_about(&mut self, weight: Weight, text: String, about: Option<About>) -> u64 {
        let id = self.new_id();
        let new = Notice {
            id,
            text,
            weight,
            since: Instant::now(),
            about,
        };
        add(&mut self.notices, new);
        id
    }

    /// Says what the step did that was just made: undoing it takes the notice away.
    pub(super) fn notify_step(&mut self, text: String) {
        let about = self.last_step();
        self.notify_about(Weight::Passing, text, about);
    }

    /// Takes away what was said of changes refused, for there was another since.
    pub(super) fn forget_refusals(&mut self) {
        let shown = self.shown_id();
        self.notices
            .retain(|notice| !matches!(notice.about, Some(About::Refusal(sheet)) if Some(sheet) == shown));
    }

    /// The last step of the shown article.
    #[must_use]
    pub fn last_step(&self) -> Option<About> {
        let article = self.articles.get(self.shown?)?;
        Some(About::Step(article.id, article.sheet.as_deref()?.history.depth()))
    }

    pub(super) fn say(&mut self, text: T) {
        self.notify(Weight::Passing, text.of(self.lang).to_owned());
    }

    /// Takes away the notices whose time is over, and sees to it that the next one's end is not slept through.
    pub(super) fn pass_notices(&mut self, ctx: &egui::Context) {
        if let Some(left) = expire(&mut self.notices, Instant::now()) {
            ctx.request_repaint_after(left);
        }
    }

    /// Lets a notice that is being looked at stay as long again.
    pub(super) fn hold_notice(&mut self, id: u64) {
        if let Some(notice) = self.notices.iter_mut().find(|notice| notice.id == id) {
            notice.since = Instant::now();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(id: u64, weight: Weight, text: &str, since: Instant) -> Notice {
        Notice {
            id,
            text: text.to_owned(),
            weight,
            since,
            about: None,
        }
    }

    fn ids(notices: &[Notice]) -> Vec<u64> {
        notices.iter().map(|notice| notice.id).collect()
    }

    /// Messages after an export piled up.
    #[test]
    fn few_that_pass_are_there_at_once_and_none_that_stays_is_lost() {
        let now = Instant::now();
        let mut notices = Vec::new();
        for id in 1..=9 {
            let weight = if id % 3 == 0 { Weight::Lasting } else { Weight::Passing };
            add(&mut notices, notice(id, weight, &format!("{id}"), now));
        }
        assert_eq!(ids(&notices), [3, 5, 6, 7, 8, 9]);
        add(&mut notices, notice(10, Weight::Lasting, "3", now));
        assert_eq!(ids(&notices), [5, 6, 7, 8, 9, 10]);
    }

    #[test]
    fn a_notice_takes_the_place_of_one_about_the_same() {
        let now = Instant::now();
        let mut notices = Vec::new();
        let about = [
            About::Step(1, 7),
            About::Refusal(1),
            About::Refusal(2),
            About::Undoing(1),
            About::Refusal(1),
            About::Undoing(1),
        ];
        for (id, about) in (1..).zip(about) {
            let one = notice(id, Weight::Lasting, &format!("{id}"), now);
            add(
                &mut notices,
                Notice {
                    about: Some(about),
                    ..one
                },
            );
        }
        assert_eq!(ids(&notices), [1, 3, 5, 6]);
    }

    #[test]
    fn what_went_well_goes_by_itself_and_what_went_wrong_does_not() {
        let began = Instant::now();
        let after = |seconds| began + Duration::from_secs(seconds);
        let mut notices = vec![
            notice(1, Weight::Lasting, "没有写成", began),
            notice(2, Weight::Passing, "好", began),
            notice(3, Weight::Passing, &"长".repeat(1000), began),
        ];
        let left = expire(&mut notices, after(1)).unwrap();
        assert_eq!((ids(&notices), left.as_secs()), (vec![1, 2, 3], 3));
        expire(&mut notices, after(5));
        assert_eq!(ids(&notices), [1, 3]);
        assert_eq!(expire(&mut notices, after(3600)), None);
        assert_eq!(ids(&notices), [1]);
    }
}
