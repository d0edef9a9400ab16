//! The bundled Chinese face, and the system's fonts for every character that it lacks.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily};
use egui_system_font_provider::SystemFontProvider;

/// Noto Sans SC, cut to the characters of newspapers (`assets/fonts/make.sh`; OFL-1.1).
static FACE: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Zhupi.ttf");

/// Installs the fonts. The system's are looked up in Chinese, so that Han characters do not come in Japanese shapes.
pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::empty();
    fonts.font_data.insert("Noto Sans SC".to_owned(), Arc::new(FontData::from_static(FACE)));
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["Noto Sans SC".to_owned()]);
    }
    ctx.set_fonts(fonts);
    let system = SystemFontProvider::new().with_locale(Some("zh-Hans"));
    ctx.set_font_providers(vec![Arc::new(system)]);
}
