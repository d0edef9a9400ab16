//! Colours and measures. The only file with colour literals.

use egui::Color32;

use crate::annot::label::Rgb;

/// The colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colors {
    /// Whether it is the dark one.
    pub is_dark: bool,
    /// What the text stands on.
    pub paper: Color32,
    /// What surrounds the paper: bars and panels.
    pub desk: Color32,
    /// Fields, cards and menus.
    pub card: Color32,
    /// The text.
    pub ink: Color32,
    /// Less important words; at least 4.5:1 on paper and desk.
    pub faint_ink: Color32,
    /// Lines between parts.
    pub line: Color32,
    /// The outline of boxes, buttons and fields; at least 3:1 on what they stand on (WCAG 2.2, 1.4.11).
    pub edge: Color32,
    /// A control that the pointer is over.
    pub hover: Color32,
    /// A control that is pressed or on.
    pub pressed: Color32,
    /// Vermilion: the red pen.
    pub accent: Color32,
    /// Words on the accent.
    pub on_accent: Color32,
    /// Selected text.
    pub selection: Color32,
    /// Something found.
    pub found: Color32,
    /// What went wrong.
    pub error: Color32,
    /// What went well.
    pub good: Color32,
}

/// The light theme: paper and ink.
pub const LIGHT: Colors = Colors {
    is_dark: false,
    paper: Color32::from_rgb(0xFB, 0xF8, 0xF1),
    desk: Color32::from_rgb(0xF1, 0xEC, 0xE1),
    card: Color32::from_rgb(0xFF, 0xFD, 0xF8),
    ink: Color32::from_rgb(0x26, 0x22, 0x1D),
    faint_ink: Color32::from_rgb(0x6B, 0x63, 0x58),
    line: Color32::from_rgb(0xDD, 0xD5, 0xC6),
    edge: Color32::from_rgb(0x8E, 0x86, 0x78),
    hover: Color32::from_rgb(0xE6, 0xDF, 0xD0),
    pressed: Color32::from_rgb(0xDA, 0xD1, 0xBF),
    accent: Color32::from_rgb(0xC8, 0x44, 0x2E),
    on_accent: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    selection: Color32::from_rgb(0xF3, 0xD9, 0xA8),
    found: Color32::from_rgb(0xF6, 0xEB, 0xA6),
    error: Color32::from_rgb(0xB0, 0x2A, 0x1B),
    good: Color32::from_rgb(0x2F, 0x6B, 0x3C),
};

/// The dark theme.
pub const DARK: Colors = Colors {
    is_dark: true,
    paper: Color32::from_rgb(0x1D, 0x1B, 0x18),
    desk: Color32::from_rgb(0x26, 0x23, 0x1F),
    card: Color32::from_rgb(0x2E, 0x2B, 0x26),
    ink: Color32::from_rgb(0xE4, 0xDE, 0xD3),
    faint_ink: Color32::from_rgb(0xA6, 0x9E, 0x91),
    line: Color32::from_rgb(0x40, 0x3B, 0x34),
    edge: Color32::from_rgb(0x7C, 0x76, 0x69),
    hover: Color32::from_rgb(0x3A, 0x36, 0x2F),
    pressed: Color32::from_rgb(0x4A, 0x45, 0x3C),
    accent: Color32::from_rgb(0xE8, 0x72, 0x5A),
    on_accent: Color32::from_rgb(0x1D, 0x1B, 0x18),
    selection: Color32::from_rgb(0x5E, 0x4C, 0x24),
    found: Color32::from_rgb(0x55, 0x4F, 0x1E),
    error: Color32::from_rgb(0xF0, 0x8A, 0x76),
    good: Color32::from_rgb(0x8F, 0xC4, 0x98),
};

impl Colors {
    /// The colours for that theme.
    #[must_use]
    pub fn of(theme: egui::Theme) -> Self {
        match theme {
            egui::Theme::Light => LIGHT,
            egui::Theme::Dark => DARK,
        }
    }

    /// The ink of what was set aside.
    #[must_use]
    pub fn set_aside(&self) -> Color32 {
        self.faint_ink.gamma_multiply(0.7)
    }

    /// A label's line colour: its own on paper, a lighter shade of it on dark ground.
    #[must_use]
    pub fn label(&self, color: Rgb) -> Color32 {
        let [r, g, b] = color.0;
        let lift = |channel: u8| {
            if self.is_dark {
                channel + (u8::MAX - channel) / 5 * 2
            } else {
                channel
            }
        };
        Color32::from_rgb(lift(r), lift(g), lift(b))
    }

    /// A label's colour for words: darkened on paper until it reads, the line's colour on dark ground.
    #[must_use]
    pub fn label_text(&self, color: Rgb) -> Color32 {
        let line = self.label(color);
        if self.is_dark {
            return line;
        }
        let mut text = line;
        while contrast(text, self.card) < 4.6 {
            let darker = |channel: u8| (f32::from(channel) * 0.93) as u8;
            text = Color32::from_rgb(darker(text.r()), darker(text.g()), darker(text.b()));
        }
        text
    }

    /// The ground of a tagged stretch: the label's colour at low strength.
    #[must_use]
    pub fn label_fill(&self, color: Rgb) -> Color32 {
        self.label(color).gamma_multiply(if self.is_dark { 0.22 } else { 0.13 })
    }
}

/// The contrast of two opaque colours, 1 to 21, as WCAG 2.2 defines it.
#[must_use]
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let luminance = |color: Color32| {
        let linear = |channel: u8| {
            let value = f32::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The size of the words in bars and panels.
pub const UI_SIZE: f32 = 14.0;
/// The size of small words.
pub const SMALL_SIZE: f32 = 12.0;
/// The strength of an underline.
pub const LINE: f32 = 2.0;
/// From one underline to the next.
pub const LANE: f32 = 3.5;
/// Underlines that can lie below each other; the rest share the last.
pub const LANES: u8 = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annot::LabelSet;

    #[test]
    fn all_words_can_be_read() {
        for colors in [LIGHT, DARK] {
            let grounds = [colors.paper, colors.desk, colors.card];
            for ground in grounds {
                for words in [colors.ink, colors.faint_ink, colors.error, colors.good] {
                    assert!(
                        contrast(words, ground) >= 4.5,
                        "{words:?} on {ground:?}: {}",
                        contrast(words, ground)
                    );
                }
                assert!(
                    contrast(colors.edge, ground) >= 3.0,
                    "{ground:?}: {}",
                    contrast(colors.edge, ground)
                );
            }
            assert!(contrast(colors.ink, colors.selection) >= 4.5);
            assert!(contrast(colors.ink, colors.found) >= 4.5);
            assert!(contrast(colors.on_accent, colors.accent) >= 4.5);
            for label in LabelSet::default().iter() {
                assert!(
                    contrast(colors.label_text(label.color), colors.card) >= 4.5,
                    "{}",
                    label.id
                );
            }
        }
    }
}
