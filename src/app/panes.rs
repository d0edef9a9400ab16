//! The panels beside the text: which are on, and which of those give way where the window has no room for all.

use super::model::Model;

/// A panel beside the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The articles on the desk.
    Articles,
    /// The articles and headings of the shown one.
    Outline,
    /// The raw lines.
    Raw,
    /// Entities, figures, suggestions, checks.
    Right,
}

impl Pane {
    /// Its name in the settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Outline => "outline",
            Self::Raw => "raw",
            Self::Right => "right",
        }
    }
}

/// Which panels stay longest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panes {
    /// The last one gives way first. What the editor asks for comes to the front.
    order: [Pane; 4],
    /// Those that were on in the last frame and had no room.
    hidden: Vec<Pane>,
}

impl Default for Panes {
    fn default() -> Self {
        Self {
            order: [Pane::Raw, Pane::Right, Pane::Articles, Pane::Outline],
            hidden: Vec::new(),
        }
    }
}

impl Panes {
    /// Lets the others give way before this one.
    pub fn prefer(&mut self, pane: Pane) {
        if let Some(place) = self.order.iter().position(|&other| other == pane) {
            self.order[..=place].rotate_right(1);
        }
    }

    /// Those of the panels that are on which have room, where `least` is the width that each needs; the one that the editor
    /// asked for last always has.
    fn fit(&mut self, is_on: impl Fn(Pane) -> bool, least: impl Fn(Pane) -> f32, room: f32) -> Vec<Pane> {
        let mut shown: Vec<Pane> = self.order.into_iter().filter(|&pane| is_on(pane)).collect();
        self.hidden.clear();
        while shown.len() > 1 && shown.iter().map(|&pane| least(pane)).sum::<f32>() > room {
            self.hidden.extend(shown.pop());
        }
        shown
    }
}

impl Model {
    /// Whether a panel is on and has room.
    #[must_use]
    pub fn shows(&self, pane: Pane) -> bool {
        let (panels, view) = (&self.settings.panels, &self.settings.view);
        let is_on = match pane {
            Pane::Articles => panels.left,
            Pane::Right => panels.right,
            Pane::Outline => view.outline,
            Pane::Raw => view.raw,
        };
        is_on && !self.panes.hidden.contains(&pane)
    }

    /// Brings those of the panels that are on, and have something to show, for which there is room: see [`Panes::fit`].
    pub fn fit_panes(&mut self, least: impl Fn(Pane) -> f32, room: f32) -> Vec<Pane> {
        let has_sheet = self.sheet().is_some();
        let (panels, view) = (&self.settings.panels, &self.settings.view);
        let is_on = |pane| match pane {
            Pane::Articles => panels.left && self.articles.len() > 1,
            Pane::Right => panels.right && has_sheet,
            Pane::Outline => view.outline && has_sheet,
            Pane::Raw => view.raw && has_sheet,
        };
        self.panes.fit(is_on, least, room)
    }

    /// Switches a panel off, or on; one that had no room comes.
    pub(super) fn toggle_pane(&mut self, pane: Pane) {
        let is_shown = self.shows(pane);
        self.set_pane(pane, !is_shown);
    }

    /// Switches a panel on or off. Where there is no room for it, others give way.
    pub(super) fn set_pane(&mut self, pane: Pane, is_on: bool) {
        let (panels, view) = (&mut self.settings.panels, &mut self.settings.view);
        match pane {
            Pane::Articles => panels.left = is_on,
            Pane::Right => panels.right = is_on,
            Pane::Outline => view.outline = is_on,
            Pane::Raw => view.raw = is_on,
        }
        if is_on {
            self.panes.prefer(pane);
        }
        self.save_settings();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_gives_way_first_and_what_was_asked_for_stays() {
        let least = |pane| match pane {
            Pane::Articles | Pane::Outline => 140.0,
            Pane::Raw => 230.0,
            Pane::Right => 240.0,
        };
        let mut panes = Panes::default();
        let fit = |panes: &mut Panes, room| panes.fit(|_| true, least, room);
        assert_eq!(fit(&mut panes, 750.0).len(), 4);
        assert_eq!(fit(&mut panes, 700.0), [Pane::Raw, Pane::Right, Pane::Articles]);
        assert_eq!(fit(&mut panes, 400.0), [Pane::Raw]);
        assert_eq!(panes.hidden, [Pane::Outline, Pane::Articles, Pane::Right]);
        assert_eq!(fit(&mut panes, 0.0), [Pane::Raw]);
        panes.prefer(Pane::Outline);
        assert_eq!(fit(&mut panes, 400.0), [Pane::Outline, Pane::Raw]);
        panes.prefer(Pane::Right);
        assert_eq!(fit(&mut panes, 400.0), [Pane::Right, Pane::Outline]);
    }
}
