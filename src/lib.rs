//! Zhupi 朱批: read newspapers, tag what they name, keep it as data.
//!
//! Three rings; a module may use the rings inside its own, never one outside it (ARCHITECTURE.md, `tests/tidy.rs`).
//! In reading order: [`text`] is what the editor reads, [`layout`] where each character of it stands, [`annot`] what the
//! editor says about it, [`suggest`] what the machine proposes, [`formats`] the files in which that is kept; [`store`] is the world of files and
//! [`jobs`] of worker threads; the window is [`app`] (what is open, and what happens), [`ui`] (what one sees) and [`i18n`]
//! (in which words).

pub mod annot;
#[cfg(feature = "window")]
pub mod app;
pub mod cli;
pub mod formats;
#[cfg(feature = "window")]
pub mod i18n;
pub mod jobs;
pub mod layout;
pub mod store;
pub mod suggest;
pub mod text;
#[cfg(feature = "window")]
pub mod ui;
