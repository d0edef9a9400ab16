//! The bundled Chinese face, and the system's fonts for every character that it lacks.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};
use egui::{Context, FontData, FontDefinitions, FontFamily};
use egui_system_font_provider::SystemFontProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use unicode_width::UnicodeWidthChar;

use crate::layout::Metrics;

/// Noto Sans SC, cut to the characters of newspapers (`assets/fonts/make.sh`; OFL-1.1).
static FACE: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Zhupi.ttf");

/// The system's fonts, if it has any: on a bare system their enumeration panics, and the window must not.
struct SystemFonts {
    fonts: SystemFontProvider,
    are_broken: AtomicBool,
}

impl SystemFonts {
    fn new() -> Self {
        Self {
            fonts: SystemFontProvider::new().with_locale(Some("zh-Hans")),
            are_broken: AtomicBool::new(false),
        }
    }
}

impl FontProvider for SystemFonts {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        if self.are_broken.load(Ordering::Relaxed) {
            return None;
        }
        let found = std::panic::catch_unwind(AssertUnwindSafe(|| self.fonts.font_for(request)));
        found.unwrap_or_else(|_| {
            self.are_broken.store(true, Ordering::Relaxed);
            None
        })
    }
}

/// Installs the fonts. The system's are looked up in Chinese, so that Han characters do not come in Japanese shapes.
pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::empty();
    fonts
        .font_data
        .insert("Noto Sans SC".to_owned(), Arc::new(FontData::from_static(FACE)));
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["Noto Sans SC".to_owned()]);
    }
    ctx.set_fonts(fonts);
    ctx.set_font_providers(vec![Arc::new(SystemFonts::new())]);
}

/// The advances of the bundled face, read from its file: asking the window's fonts would load system fonts for every
/// character that the face lacks.
static METRICS: LazyLock<Metrics> = LazyLock::new(|| {
    let guess = |c: char| if c.width_cjk() == Some(2) { 1.0 } else { 0.55 };
    let Ok(face) = FontRef::new(FACE) else {
        return Metrics::new(1.0, guess);
    };
    let (characters, glyphs) = (
        face.charmap(),
        face.glyph_metrics(Size::new(1.0), LocationRef::default()),
    );
    Metrics::new(1.0, |c| {
        let glyph = characters.map(c).and_then(|glyph| glyphs.advance_width(glyph));
        glyph.unwrap_or_else(|| guess(c))
    })
});

/// How wide each character is, in em.
#[must_use]
pub fn metrics() -> Metrics {
    METRICS.clone()
}
