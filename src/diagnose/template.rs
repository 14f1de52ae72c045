//! Sentences with places for what a reply names: `If {ip:the IP} is yours, …`.

use super::facts::{Facts, Wanted};
use std::borrow::Cow;
use std::ops::Range;

/// A sentence whose places are known: it is filled again and again.
#[derive(Debug)]
pub(super) struct Template {
    words: Cow<'static, str>,
    places: Vec<Place>,
}

/// `{ip:the IP}`
#[derive(Debug)]
struct Place {
    /// Where it stands, with its braces.
    at: Range<usize>,
    /// What to say where the reply names nothing of the kind.
    fallback: Range<usize>,
    /// `None`: no fact has this name, which only a local rule can say.
    fact: Option<Fact>,
}

/// What a place asks for.
#[derive(Clone, Copy, Debug)]
enum Fact {
    Ip,
    Domain,
    Address,
    Url,
    Limit,
    Size,
}

impl Fact {
    fn by(name: &str) -> Option<Self> {
        Some(match name {
            "ip" => Fact::Ip,
            "domain" => Fact::Domain,
            "recipient" | "sender" => Fact::Address,
            "url" => Fact::Url,
            "limit" => Fact::Limit,
            "size" => Fact::Size,
            _ => return None,
        })
    }

    fn of<'a>(self, facts: &Facts<'a>) -> Option<&'a str> {
        match self {
            Fact::Ip => facts.ip,
            Fact::Domain => facts.domain,
            Fact::Address => facts.address,
            Fact::Url => facts.url,
            Fact::Limit => facts.limit,
            Fact::Size => facts.size,
        }
    }

    const fn wanted(self) -> Wanted {
        match self {
            Fact::Ip => Wanted::IP,
            Fact::Domain => Wanted::DOMAIN,
            Fact::Address => Wanted::ADDRESS,
            Fact::Url => Wanted::URL,
            Fact::Limit | Fact::Size => Wanted::SIZES,
        }
    }
}

impl Template {
    /// Finds the places in the words of a row.
    pub(super) fn new(words: Cow<'static, str>) -> Self {
        let places = places(&words).collect();
        Template { words, places }
    }

    /// The same with more words behind it.
    pub(super) fn and(&self, more: &str) -> Self {
        Template::new(format!("{} {more}", self.words).into())
    }

    /// What it asks for.
    pub(super) fn wants(&self) -> Wanted {
        let facts = self.places.iter().filter_map(|place| place.fact);
        let wanted = facts.map(Fact::wanted);
        wanted.fold(Wanted::NOTHING, Wanted::and)
    }

    /// The sentence about a reply that names these facts. It begins with a capital, unless with a fact.
    pub(super) fn fill(&self, facts: &Facts<'_>) -> String {
        /// Room for two facts, so that it is got once.
        const ROOM: usize = 64;
        let mut out = String::with_capacity(self.words.len() + ROOM);
        let words = |range: Range<usize>| self.words.get(range).unwrap_or_default();
        let (mut done, mut capital) = (0, true);
        for place in &self.places {
            out.push_str(words(done..place.at.start));
            let fact = place.fact.and_then(|fact| fact.of(facts));
            capital &= place.at.start > 0 || fact.is_none();
            out.push_str(fact.unwrap_or(words(place.fallback.clone())));
            done = place.at.end;
        }
        out.push_str(words(done..self.words.len()));
        if let Some(first) = out.get_mut(..1).filter(|_| capital) {
            first.make_ascii_uppercase();
        }
        out
    }
}

/// The places of a sentence, from front to end.
fn places(words: &str) -> impl Iterator<Item = Place> {
    words.match_indices('{').filter_map(|(start, _)| {
        let inside = words.get(start + 1..)?.split_once('}')?.0;
        let (name, fallback) = inside.split_once(':').unwrap_or((inside, inside));
        let end = start + 1 + inside.len();
        Some(Place {
            at: start..end + 1,
            fallback: end - fallback.len()..end,
            fact: Fact::by(name),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::facts;

    #[test]
    fn fills_or_falls_back() {
        let facts = facts::read("192.0.2.7 is not allowed");
        for (template, filled) in [
            (
                "If {ip:the IP} is yours, sign as {domain:the From domain}.",
                "If 192.0.2.7 is yours, sign as the From domain.",
            ),
            ("{domain:the domain} is listed.", "The domain is listed."),
            ("{ip:the IP} is listed", "192.0.2.7 is listed"),
            ("no places", "No places"),
        ] {
            assert_eq!(Template::new(template.into()).fill(&facts), filled);
        }
    }

    #[test]
    fn every_place_of_a_row_can_be_filled() {
        for rule in crate::tables::all_rules() {
            for words in [rule.says, rule.action] {
                let known = places(words).filter(|place| place.fact.is_some());
                let braces = words.matches('{').count();
                assert_eq!(known.count(), braces, "{}: {words}", rule.id);
            }
        }
    }
}
