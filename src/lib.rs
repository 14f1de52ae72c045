//! Reads SMTP replies, judges them and explains them: may I retry, who must act, what is to be done, how long do I
//! wait, and why.
//!
//! ```text
//!                smtp              the protocol's words; imports nothing
//!               /    \
//!         tables      parse        data  |  text in
//!            |          |
//!         diagnose      |          what a reply means
//!               \      /
//!                stream            many inputs: chunks, threads, memo, sums
//!                  |
//!                render            text or JSON out
//!                  |
//!      cli ----> main              flags  |  wiring, exit status
//! ```
//!
//! Imports point upward only. `tables` and `parse` never meet; `diagnose` never learns how a reply was found; only
//! `render` knows formats; only the binary touches stdin, stdout, the environment and the exit status.

pub mod diagnose;
mod find;
pub mod parse;
pub mod render;
pub mod smtp;
pub mod stream;
pub mod tables;
