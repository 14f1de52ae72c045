//! Log lines that a web page or a tracker wrote: `&lt;a@example.com&gt;` for `<a@example.com>`.

use crate::parse::Occurrence;
use crate::parse::prefix::Head;
use std::borrow::Cow;

/// The characters that HTML must not have as they are (HTML 4 §24.4.1), and how they are written.
const ENTITIES: &[(&str, char)] = &[
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
    ("&#34;", '"'),
    ("&#39;", '\''),
    ("&amp;", '&'),
];

/// The line as it was before, if angle brackets or quotation marks in it were written as entities.
pub(super) fn decode(line: &str) -> Option<String> {
    let first = memchr::memchr(b'&', line.as_bytes())?;
    let marks = line.get(first..)?;
    if !["&lt;", "&gt;", "&quot;"]
        .iter()
        .any(|mark| marks.contains(mark))
    {
        return None;
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('&') {
        let (front, marked) = rest.split_at(at);
        out.push_str(front);
        let known = ENTITIES.iter().find(|(mark, _)| marked.starts_with(mark));
        let (sign, length) = known.map_or(('&', 1), |(mark, sign)| (*sign, mark.len()));
        out.push(sign);
        rest = marked.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    Some(out)
}

/// What was read out of a decoded line, no longer tied to it. `head`: the prefix of the line as it came.
pub(super) fn owned<'a>(found: Occurrence<'_>, head: &Head<'a>) -> Occurrence<'a> {
    let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
    Occurrence {
        format: found.format,
        stamp: head.stamp,
        host: head.host,
        program: head.program,
        queue_id: found.queue_id.map(own),
        recipient: found.recipient.map(own),
        more_recipients: found.more_recipients.into_iter().map(own).collect(),
        relay: found.relay.map(own),
        direction: found.direction,
        disposition: found.disposition,
        command: found.command,
        reply: found.reply.into_owned(),
        times: found.times,
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn entities() {
        assert_eq!(decode("a &lt;b&gt; &amp;c"), Some("a <b> &c".to_owned()));
        assert_eq!(decode("&lt"), None);
        assert_eq!(decode("a & b"), None);
        assert_eq!(decode("http://example.com/?a=1&amp;b=2"), None);
        assert_eq!(decode("&lt;&&"), Some("<&&".to_owned()));
    }
}
