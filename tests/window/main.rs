//! What an editor does in the window, on the real application.

#![cfg(feature = "window")]

mod desk;
mod opening;
mod saving;
mod tagging;
