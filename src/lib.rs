//! Zhupi 朱批: read newspapers, tag what they name, keep it as data.
//!
//! Three rings; a module may use the rings inside its own, never one outside it (ARCHITECTURE.md, `tests/tidy.rs`).
//! In reading order: [`text`] is what the editor reads.

pub mod suggest;
pub mod text;
