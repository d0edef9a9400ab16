//! The files in which annotations are kept and exchanged.

pub mod corrections;
pub mod native;
