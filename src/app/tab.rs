//! The ways of looking at what is known of the article.

use crate::i18n::T;

/// A tab of the right panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// The tags by name.
    #[default]
    Entities,
    /// The figures and what they mean.
    Figures,
    /// What the machine proposes.
    Suggestions,
    /// What may be wrong.
    Checks,
}

impl Tab {
    /// Those that can be chosen, in the order of the row.
    pub const ALL: &[Self] = &[Self::Entities, Self::Figures, Self::Suggestions, Self::Checks];

    /// Whether it shows something of the figures.
    #[must_use]
    pub fn is_about_figures(self) -> bool {
        matches!(self, Self::Figures | Self::Checks)
    }

    /// Its name in the settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Entities => "entities",
            Self::Figures => "figures",
            Self::Suggestions => "suggestions",
            Self::Checks => "checks",
        }
    }

    /// The tab of that name; the first where there is none.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let known = Self::ALL.iter().find(|tab| tab.name() == name);
        known.copied().unwrap_or_default()
    }

    /// Its name on the screen.
    #[must_use]
    pub fn text(self) -> T {
        match self {
            Self::Entities => T::TabEntities,
            Self::Figures => T::TabFigures,
            Self::Suggestions => T::TabSuggestions,
            Self::Checks => T::TabChecks,
        }
    }
}
