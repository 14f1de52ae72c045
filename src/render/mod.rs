//! OUT: text or JSON. Everything here writes to `&mut impl Write` and returns `io::Result`.
//! Whatever came from outside passes [`sanitise`] before it leaves.

pub mod code;
pub mod json;
pub mod outcome;
pub mod redact;
pub mod sanitise;
pub mod screen;
pub mod session;
pub mod style;
pub mod summary;
pub mod text;
