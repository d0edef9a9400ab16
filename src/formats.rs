//! The files in which annotations are kept and exchanged.

pub mod jsonl;
pub mod native;
