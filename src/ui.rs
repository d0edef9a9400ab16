//! What the window shows. Views read the model and ask for changes with commands; they change nothing themselves.

pub mod articles_panel;
pub mod dialogs;
pub mod entities_panel;
pub mod find_bar;
pub mod fonts;
pub mod label_bar;
pub mod menu_bar;
pub mod notices;
pub mod status_bar;
pub mod strip;
pub mod tag_card;
pub mod tag_palette;
pub mod text_view;
pub mod theme;
pub mod tokens;
pub mod welcome;
pub mod widgets;
