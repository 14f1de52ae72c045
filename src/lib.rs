//! smtpcode
#![allow(missing_docs, dead_code, unused_imports)]
pub mod parse;
pub mod smtp;
