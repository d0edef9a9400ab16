//! What an editor does in the window, on the real application.

#![cfg(feature = "window")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod checks;
mod correcting;
mod desk;
mod exporting;
mod figures;
mod importing;
mod judging;
mod notices;
mod opening;
mod palette;
mod reading;
mod replacing;
mod saving;
mod tagging;
mod typing;
