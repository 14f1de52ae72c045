//! stub
use super::Occurrence;
use std::borrow::Cow;
/// A bounce.
pub struct Bounce<'a> {
    /// Who reports.
    pub reporting_mta: Option<Cow<'a, str>>,
    /// Its recipients.
    pub recipients: Vec<Recipient<'a>>,
}
/// One recipient.
pub struct Recipient<'a> {
    /// Action.
    pub action: Option<Cow<'a, str>>,
    /// Remote-MTA.
    pub remote_mta: Option<Cow<'a, str>>,
    /// The occurrence.
    pub occurrence: Occurrence<'a>,
}
/// looks like
pub fn looks_like(_bytes: &[u8]) -> bool {
    false
}
/// read
pub fn read(_bytes: &[u8]) -> Option<Bounce<'static>> {
    None
}
