//! What the editor reads: bytes become raw text, raw text becomes reading text, and each position of one knows its
//! place in the other.

pub mod alignment;
pub mod block;
pub mod buffer;
pub mod change;
pub mod decode;
pub mod diff;
pub mod doubt;
pub mod hash;
pub mod offset;
pub mod reflow;
pub mod swap;
pub mod words;

pub use alignment::{Alignment, Run};
pub use block::{Block, BlockKind};
pub use buffer::Text;
pub use change::{Assoc, ChangeSet};
pub use offset::{ByteIdx, CharIdx, CharRange};
pub use reflow::{Reading, as_is, reflow};
pub use swap::Swap;
pub use words::Words;
