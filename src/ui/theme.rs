//! The two themes, made of the tokens.

use egui::style::{Selection, WidgetVisuals};
use egui::{Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Theme, Visuals, vec2};

use super::tokens::{self, Colors};

/// Installs both themes.
pub fn install(ctx: &Context) {
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(theme, |style| {
            style.visuals = visuals(theme);
            let font = |size| FontId::new(size, FontFamily::Proportional);
            style.text_styles = [
                (TextStyle::Small, font(tokens::SMALL_SIZE)),
                (TextStyle::Body, font(tokens::UI_SIZE)),
                (TextStyle::Button, font(tokens::UI_SIZE)),
                (TextStyle::Monospace, font(tokens::UI_SIZE)),
                (TextStyle::Heading, font(18.0)),
            ]
            .into();
            style.spacing.item_spacing = vec2(8.0, 6.0);
            style.spacing.button_padding = vec2(8.0, 4.0);
            style.spacing.interact_size.y = 24.0;
            style.spacing.menu_margin = Margin::same(6);
            style.spacing.window_margin = Margin::same(12);
            style.interaction.tooltip_delay = 0.4;
            style.interaction.selectable_labels = false;
            style.animation_time = 0.08;
        });
    }
}

fn visuals(theme: Theme) -> Visuals {
    let colors = Colors::of(theme);
    let mut visuals = match theme {
        Theme::Light => Visuals::light(),
        Theme::Dark => Visuals::dark(),
    };
    let widget = |fill, stroke_color, ink| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, stroke_color),
        corner_radius: CornerRadius::same(5),
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    visuals.widgets.noninteractive = widget(colors.desk, colors.line, colors.ink);
    visuals.widgets.inactive = widget(colors.card, colors.edge, colors.ink);
    visuals.widgets.hovered = widget(colors.hover, colors.edge, colors.ink);
    visuals.widgets.active = widget(colors.pressed, colors.accent, colors.ink);
    visuals.widgets.open = widget(colors.hover, colors.edge, colors.ink);
    visuals.selection = Selection {
        bg_fill: colors.selection,
        stroke: Stroke::new(1.5, colors.ink),
    };
    visuals.hyperlink_color = colors.accent;
    visuals.weak_text_color = Some(colors.faint_ink);
    visuals.faint_bg_color = colors.hover;
    visuals.extreme_bg_color = colors.card;
    visuals.text_edit_bg_color = Some(colors.card);
    visuals.warn_fg_color = colors.accent;
    visuals.error_fg_color = colors.error;
    visuals.panel_fill = colors.desk;
    visuals.window_fill = colors.card;
    visuals.window_stroke = Stroke::new(1.0, colors.line);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(6);
    let shadow = Shadow {
        offset: [0, 3],
        blur: 14,
        spread: 0,
        color: colors.ink.gamma_multiply(if colors.is_dark { 0.0 } else { 0.16 }),
    };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals
}
