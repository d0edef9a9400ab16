//! What the machine proposes.

pub mod figures;
