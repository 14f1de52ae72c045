//! OUT: text or JSON. Everything here takes a writer or gives a string; nothing decides.

pub mod summary;
