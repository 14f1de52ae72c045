//! The folded text of a reply and of the words around it, and where in it each of them begins.

use super::asides::Asides;
use super::folding::Folded;
use super::local::LocalRules;
use super::matching::{self, Hit, Word};
use super::{Evidence, nested};
use crate::smtp::Reply;

/// Room that judging reuses from one reply to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) folded: Folded,
    pub(crate) hits: Vec<Hit>,
    /// The words of concepts, and where they stand.
    pub(crate) words: Vec<Word>,
    pub(crate) zones: Zones,
    /// What in the text is no part of a sentence.
    pub(crate) asides: Asides,
    /// The codes of the reply that the reply quotes.
    pub(crate) quoted: Option<Reply<'static>>,
    /// Rules that are tried before the tables.
    pub(super) local: Option<&'static LocalRules>,
}

impl Scratch {
    /// Room for judging with local rules.
    pub fn with_rules(local: Option<&'static LocalRules>) -> Self {
        let mut scratch = Scratch {
            local,
            ..Scratch::default()
        };
        scratch.folded.kept = local.map(LocalRules::kept);
        scratch
    }

    /// The local rules.
    pub fn rules(&self) -> Option<&'static LocalRules> {
        self.local
    }

    /// Folds the evidence. Texts that are equal then, and divided in the same places, have equal verdicts.
    pub(crate) fn fold(&mut self, evidence: &Evidence<'_>) {
        let folded = &mut self.folded;
        folded.clear();
        let base = evidence.context.len();
        if base > 0 {
            folded.add(evidence.context, 0);
            folded.blank(base);
        }
        let reply = folded.bytes.len();
        // The codes come from nowhere in the text.
        folded.add_codes(evidence.reply, base);
        let text = &evidence.reply.text[..];
        let (outer, inner) = match evidence.reply.code.and_then(|_| nested::start(text)) {
            Some(at) => text.split_at(at),
            None => (text, ""),
        };
        folded.add(outer, base);
        let quoted = folded.bytes.len();
        folded.add(inner, base + outer.len());
        self.zones = Zones {
            reply,
            inner: quoted,
            tail: folded.bytes.len(),
        };
        self.quoted = nested::codes(inner);
    }

    /// Takes off what programs print behind a reply, and finds where its frame ends and its tail begins. What was
    /// judged before needs none of this.
    pub(crate) fn divide(&mut self) {
        let (zones, text) = (&mut self.zones, &mut self.folded.bytes);
        let reply = text.get(zones.reply..).unwrap_or_default();
        if let Some(end) = nested::postscript_start(reply) {
            text.truncate(zones.reply + end);
        }
        let framed = nested::frame_end(text).unwrap_or(0);
        *zones = Zones {
            reply: zones.reply.max(framed),
            inner: zones.inner.min(text.len()).max(framed),
            tail: nested::tail_start(text).unwrap_or(text.len()),
        };
        self.quoted = self.quoted.take().filter(|_| zones.inner < text.len());
    }
}

/// Where the parts of the evidence begin in the folded text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Zones {
    /// The reply; the context stands in front.
    pub(super) reply: usize,
    /// The reply that the reply quotes; the text's length if it quotes none.
    pub(super) inner: usize,
    /// `(in reply to RCPT TO command)`: words of the reporting server; the text's length if there are none.
    pub(super) tail: usize,
}

impl Zones {
    /// Does one part of the wording stand in front of a reply and another in it? `host a[192.0.2.1] said: 550
    /// mailbox is blocked`: the address blocked is not the host's.
    pub(super) fn parts_stand_apart(self, text: &[u8], hit: Hit) -> bool {
        let apart = |start: usize| {
            (1..text.len()).contains(&start)
                && matching::any_after(text, hit, start)
                && !matching::all_after(text, hit, start)
        };
        hit.row().parts().len() > 1 && (apart(self.reply) || apart(self.inner))
    }

    /// The zone of a byte whose words tell what the reply is about.
    pub(crate) fn at(self, byte: usize) -> Option<Zone> {
        match byte {
            _ if byte >= self.tail => None,
            _ if byte >= self.inner => Some(Zone::Inner),
            _ if byte >= self.reply => Some(Zone::Reply),
            _ => Some(Zone::Context),
        }
    }
}

/// Which part of the evidence a wording was found in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Zone {
    /// The reply that the reply quotes.
    Inner,
    /// The reply itself.
    Reply,
    /// The words in front of it.
    Context,
}
