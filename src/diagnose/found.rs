//! The known wordings in a reply, the best of each kind turned into a verdict.

use super::asides::{Aside, Asides, Heard};
use super::matching::{self, Concepts, Hit};
use super::rows::{by_list, by_phrase, by_rule, by_sure_code};
use super::{Basis, Deciding, Verdict, Zone, Zones};
use crate::smtp::{Class, Reply};
use crate::tables::concepts::Concept;
use crate::tables::packed::{self, Owner, PackedPhrase, PackedReading, PackedRule};
use crate::tables::{self, After, Cause, Listed, Retry};

/// Phrases up to this tier beat the name of a block list.
const EARLY_TIERS: u8 = 2;
/// Accusations up to this tier can be denied: "not greylisted", "no spam source".
const NEGATED_TIERS: u8 = 7;
/// Phrases from this tier on yield to codes that are reliable in practice.
const DOUBTFUL_TIERS: u8 = 12;
/// Phrases from this tier on only say no.
const POLICY_TIERS: u8 = 15;
/// Phrases from this tier on say less than an enhanced code.
const WEAK_TIERS: u8 = 17;
/// What Postfix puts in front of the reason that an administrator wrote.
const ADDRESS_REJECTED: &str = "address rejected";
/// Concepts that tell what a list is about.
const NAMES_DOMAIN: u128 = packed::bit(Concept::Domain) | packed::bit(Concept::Url);
/// See [`NAMES_DOMAIN`].
const NAMES_IP: u128 =
    packed::bit(Concept::Ip) | packed::bit(Concept::IpGiven) | packed::bit(Concept::Client);
/// What takes back words of success that no code confirms: "accepted by the relay, but bounced: user unknown".
const TAKES_BACK: u128 = packed::bit(Concept::Fail)
    | packed::bit(Concept::Cannot)
    | packed::bit(Concept::Denied)
    | packed::bit(Concept::Blocked)
    | packed::bit(Concept::NotExist)
    | packed::bit(Concept::Disabled)
    | packed::bit(Concept::Full)
    | packed::bit(Concept::Invalid)
    | packed::bit(Concept::Lost)
    | packed::bit(Concept::Timeout)
    | packed::bit(Concept::GaveUp)
    | packed::bit(Concept::Returned);

/// The hits, the best of each kind turned into a verdict.
#[derive(Default)]
pub(super) struct Found {
    /// By zone: a rule, an early phrase, a block list, a phrase, whichever speaks first.
    zones: [Strong; 3],
    /// One telling word: `spam`, `quota`.
    hint: Option<Verdict>,
    /// Words that only say no.
    pub(super) policy: Option<Verdict>,
    /// Words that many causes share: the codes are surer.
    pub(super) weak: Option<Verdict>,
    /// A shared wording that stands in a link only.
    pub(super) linked: Option<Verdict>,
    /// A frame around another reply.
    pub(super) wrapper: Option<Verdict>,
    /// The first block list that is named.
    pub(super) blocklist: Option<u16>,
}

/// What one zone says with certainty.
#[derive(Clone, Copy, Default)]
struct Strong {
    /// A provider's or a server program's own wording.
    rule: Option<Verdict>,
    /// Greylisting, viruses: they hide behind anything.
    early_phrase: Option<Verdict>,
    /// The name of a block list.
    listed: Option<Verdict>,
    /// Wordings that many servers share, and what words mean together.
    phrase: Option<Verdict>,
    /// The phrase's tier.
    tier: u8,
    /// A shared sentence such as "service not available": what else is said tells more.
    vague: Option<Verdict>,
}

impl Strong {
    /// Of a list that has both IP addresses and domains, the words tell which is listed.
    fn tell_what_is_listed(&mut self, words: u128) {
        let has_both = |n| tables::blocklist(n).lists == Listed::Both;
        if let Some(list) = &mut self.listed
            && list.cause == Cause::IpBlocklisted
            && words & NAMES_DOMAIN != 0
            && words & NAMES_IP == 0
            && list.blocklist.is_some_and(has_both)
        {
            list.cause = Cause::DomainBlocklisted;
        }
    }

    /// Words of success do not stand beside those of a failure.
    fn take_back(&mut self) {
        self.early_phrase = self.early_phrase.filter(|v| v.retry != Retry::NotNeeded);
    }

    /// A phrase that says little, or that ends a recipient, yields to a code that is reliable in practice.
    fn yield_to_code(&mut self, words: u128, reply: &Reply<'_>) {
        let doubtful = |phrase: &Verdict| self.tier >= DOUBTFUL_TIERS || phrase.retry == Retry::No;
        let Some(phrase) = self.phrase.filter(doubtful) else {
            return;
        };
        // "5.1.2 mailbox does not exist": some servers say it of an address.
        let of_an_address = |code: &Verdict| {
            code.cause == Cause::DomainNotFound
                && phrase.cause == Cause::UserUnknown
                && words & packed::bit(Concept::User) != 0
                && words & packed::bit(Concept::Domain) == 0
        };
        if let Some(code) = by_sure_code(reply).filter(|code| !of_an_address(code)) {
            self.phrase = Some(code);
        }
    }
}

impl Found {
    /// A client says that a good answer came at the wrong time.
    pub(super) fn out_of_step(&self, reply: &Reply<'_>) -> Option<Verdict> {
        let good = reply.class() == Some(Class::PositiveCompletion);
        self.wrapper
            .filter(|v| good && v.cause == Cause::ProtocolError)
    }

    /// The best of the hits; those that do not fit are left out of `hits`, too.
    pub(super) fn of(hits: &mut Vec<Hit>, setting: &Setting<'_>) -> Self {
        hits.retain(|hit| setting.fits(*hit));
        hits.sort_by_cached_key(|hit| order(*hit, setting.reply_in(setting.zone_of(*hit))));
        let mut found = Found::default();
        for hit in hits.iter().copied() {
            match hit.owner() {
                Owner::Rule(n) => found.add_rule(hit, &packed::RULES[n as usize], setting),
                Owner::Phrase(n) => found.add_phrase(hit, &packed::PHRASES[n as usize], setting),
                Owner::Blocklist(n) => found.add_list(hit, n, setting),
                Owner::Concept(_) => {}
            }
        }
        found
    }

    fn add_rule(&mut self, hit: Hit, rule: &'static PackedRule, setting: &Setting<'_>) {
        let zone = setting.zone_of(hit);
        let strong = &mut self.zones[zone as usize];
        let shared = rule.rank == 3;
        let says_no = shared && rule.cause == Cause::Policy && rule.retry.is_none();
        let says_little = shared && matches!(rule.cause, Cause::ServerError | Cause::Greylisted);
        let slot = match rule.rank {
            4 => &mut self.wrapper,
            _ if says_no && zone != Zone::Context => &mut self.policy,
            _ if says_little => &mut strong.vague,
            _ => &mut strong.rule,
        };
        slot.get_or_insert_with(|| by_rule(rule, hit, setting.reply_in(zone).class()));
    }

    fn add_phrase(&mut self, hit: Hit, phrase: &PackedPhrase, setting: &Setting<'_>) {
        let zone = setting.zone_of(hit);
        let class = setting.reply_in(zone).class();
        let strong = &mut self.zones[zone as usize];
        if phrase.tier > EARLY_TIERS && strong.vague.is_some_and(|vague| vague.covers(hit)) {
            return;
        }
        // A link about greylisting beside "try again later" tells why.
        let may_be_aside = match phrase.tier {
            ..=EARLY_TIERS => class != Some(Class::Transient),
            tier => tier < POLICY_TIERS,
        };
        let aside = may_be_aside.then(|| setting.aside(hit)).flatten();
        if matches!(aside, Some(Aside::HostName | Aside::Path | Aside::Tests)) {
            return;
        }
        let linked = aside == Some(Aside::Link);
        if strong.phrase.is_none() && !linked {
            strong.tier = phrase.tier;
        }
        let slot = match phrase.tier {
            _ if linked => &mut self.linked,
            ..=EARLY_TIERS => &mut strong.early_phrase,
            POLICY_TIERS.. if zone == Zone::Context => return,
            WEAK_TIERS.. => &mut self.weak,
            POLICY_TIERS.. => &mut self.policy,
            _ => &mut strong.phrase,
        };
        slot.get_or_insert_with(|| by_phrase(Deciding::Wording(hit), phrase, class));
    }

    fn add_list(&mut self, hit: Hit, list: u16, setting: &Setting<'_>) {
        if setting.aside(hit) == Some(Aside::Tests) {
            return;
        }
        let zone = setting.zone_of(hit);
        let class = setting.reply_in(zone).class();
        let strong = &mut self.zones[zone as usize];
        let phrase = strong.phrase;
        self.blocklist.get_or_insert(list);
        strong
            .listed
            .get_or_insert_with(|| by_list(list, hit, phrase, class));
    }

    /// Adds what the words of each zone mean together.
    pub(super) fn with_readings(mut self, setting: &Setting<'_>, concepts: Concepts) -> Self {
        let [quoted, outer, context] = concepts.zones;
        for (zone, words) in [
            (Zone::Inner, quoted),
            (Zone::Reply, quoted | outer),
            (Zone::Context, context),
        ] {
            let reply = setting.reply_in(zone);
            self.zones[zone as usize].tell_what_is_listed(words);
            if reply.class().is_none() && words & TAKES_BACK != 0 {
                self.zones[zone as usize].take_back();
            }
            if words != 0 {
                self.add_reading(zone, words, reply.class());
            }
            if zone != Zone::Context {
                self.zones[zone as usize].yield_to_code(words, reply);
            }
        }
        self
    }

    /// The first reading that fits the words, where no phrase of a lower tier spoke.
    fn add_reading(&mut self, zone: Zone, words: u128, class: Option<Class>) {
        let fits = |reading: &PackedReading| {
            after_fits(reading.says.after, class)
                && reading.all.iter().all(|group| words & group != 0)
                && words & reading.none == 0
        };
        let Some(n) = packed::READINGS_PACKED.iter().position(fits) else {
            return;
        };
        let says = &packed::READINGS_PACKED[n].says;
        let verdict = by_phrase(Deciding::Reading(n as u16), says, class);
        let strong = &mut self.zones[zone as usize];
        match says.tier {
            ..=EARLY_TIERS => {
                strong.early_phrase.get_or_insert(verdict);
            }
            POLICY_TIERS.. if zone == Zone::Context => {}
            POLICY_TIERS.. => {
                self.hint.get_or_insert(verdict);
            }
            tier if strong.phrase.is_none() || tier <= strong.tier => {
                strong.phrase = Some(verdict);
                strong.tier = tier;
            }
            _ => {}
        }
    }

    /// Adds what the words in links mean together with the others, where the others alone say nothing.
    pub(super) fn with_links(self, setting: &Setting<'_>, heard: Heard) -> Self {
        let speaks = |strong: &Strong| {
            let said = [strong.rule, strong.early_phrase, strong.listed];
            strong.phrase.is_some() || said.iter().any(Option::is_some)
        };
        let spoken = self.hint.or(self.linked).is_some() || self.zones.iter().any(speaks);
        if !heard.link || spoken {
            return self;
        }
        self.with_readings(setting, heard.with_links)
    }

    /// One telling word, unless the code tells more than "policy".
    pub(super) fn hint_beside(&self, by_code: Option<Verdict>) -> Option<Verdict> {
        self.hint
            .filter(|_| by_code.is_none_or(|v| v.cause == Cause::Policy))
    }

    /// Words that say little, where the code says no more than "policy" and they say more.
    ///
    /// "Recipient address rejected" is only the frame of Postfix around a reason that nobody knows here.
    pub(super) fn weak_beside(
        &self,
        by_code: Option<Verdict>,
        class: Option<Class>,
    ) -> Option<Verdict> {
        let is_frame = |verdict: &Verdict| match verdict.deciding {
            Deciding::Wording(hit) => hit.row().parts()[0].words.get() == ADDRESS_REJECTED,
            _ => false,
        };
        let says_less = |weak: &Verdict, code: Verdict| match code.cause {
            Cause::Policy => !is_frame(weak),
            // "550 5.4.5 recipient address rejected": whatever the code is about, it is no busy system.
            Cause::ServerError => is_frame(weak) && class == Some(Class::Permanent),
            _ => false,
        };
        let weak = self.weak.filter(|weak| {
            !matches!(weak.cause, Cause::Policy | Cause::Unknown)
                && self.policy.is_none()
                && by_code.is_some_and(|code| says_less(weak, code))
        })?;
        // Words and code do not agree: no end for a recipient.
        Some(match is_frame(&weak) {
            true => weak.without_end(),
            false => weak,
        })
    }

    /// What a zone says with certainty.
    pub(super) fn strong(&self, zone: Zone) -> Option<Verdict> {
        let strong = self.zones[zone as usize];
        let quoted = zone == Zone::Inner;
        // "Sender address rejected: user unknown": the sender's address is meant.
        let of_sender = strong
            .phrase
            .is_some_and(|v| v.cause == Cause::SenderRejected);
        let particular = strong
            .rule
            .filter(|v| !of_sender || v.cause != Cause::UserUnknown || v.basis != Basis::Text)
            .or(strong.early_phrase)
            .or(strong.listed)
            .or(strong.phrase.filter(|_| strong.tier < DOUBTFUL_TIERS));
        let shared = strong
            .vague
            .filter(|v| particular.is_none_or(|p| strong.rule.is_none() && p.cause == v.cause));
        shared
            .or(particular)
            .or(strong.phrase)
            // A callout about the sender quotes "user unknown": the sender's address is meant.
            .filter(|_| !quoted || !self.is_about_sender())
    }

    /// Does the reply around a quoted one speak of the sender?
    fn is_about_sender(&self) -> bool {
        let outer = self.zones[Zone::Reply as usize];
        outer
            .rule
            .or(outer.phrase)
            .is_some_and(|v| v.cause == Cause::SenderRejected)
    }

    /// The words in front of the reply, where they say that the sender was refused.
    pub(super) fn sender_in_context(&self) -> Option<Verdict> {
        self.strong(Zone::Context)
            .filter(|v| v.cause == Cause::SenderRejected)
    }
}

/// What the hits were found in.
pub(super) struct Setting<'e> {
    /// The reply itself.
    pub(super) reply: &'e Reply<'e>,
    /// The codes of the reply that it quotes.
    pub(super) inner: Option<&'e Reply<'static>>,
    /// The folded text of both and of the words around them.
    pub(super) text: &'e [u8],
    /// Where in the text each begins.
    pub(super) zones: Zones,
    /// What in the text is no part of a sentence.
    pub(super) asides: &'e Asides,
}

impl Setting<'_> {
    /// The zone of a wording: the quoted reply if all its parts occur there, the reply if at least one does, else the
    /// words in front.
    fn zone_of(&self, hit: Hit) -> Zone {
        let zones = self.zones;
        if self.inner.is_some() && matching::all_after(self.text, hit, zones.inner) {
            Zone::Inner
        } else if zones.reply == 0 || matching::any_after(self.text, hit, zones.reply) {
            Zone::Reply
        } else {
            Zone::Context
        }
    }

    /// The codes that go with the words of a zone.
    fn reply_in(&self, zone: Zone) -> &Reply<'_> {
        match self.inner {
            Some(inner) if zone == Zone::Inner => inner,
            _ => self.reply,
        }
    }

    /// Do codes and words around it allow what was hit?
    fn fits(&self, hit: Hit) -> bool {
        let reply = self.reply_in(self.zone_of(hit));
        match hit.owner() {
            Owner::Rule(n) => matching::fits(&packed::RULES[n as usize], reply).is_some(),
            Owner::Phrase(n) => {
                let phrase = &packed::PHRASES[n as usize];
                after_fits(phrase.after, reply.class())
                    && !self.zones.parts_stand_apart(self.text, hit)
                    && (phrase.tier > NEGATED_TIERS || !matching::is_negated(self.text, hit))
            }
            Owner::Concept(_) => false,
            Owner::Blocklist(_) => matches!(
                reply.class(),
                None | Some(Class::Transient | Class::Permanent)
            ),
        }
    }

    /// Is a wording no part of a sentence? One that names a host may well stand in a host's name.
    fn aside(&self, hit: Hit) -> Option<Aside> {
        if self.asides.is_empty() {
            return None;
        }
        let part = &hit.row().parts()[0];
        let range = matching::find_part(self.text, part)?;
        let names = |mark: u8| part.words.bytes().contains(&mark);
        self.asides.at(range.start).filter(|aside| match aside {
            Aside::Link | Aside::Tests => true,
            Aside::HostName => !names(b'.'),
            Aside::Path => !names(b'/'),
        })
    }
}

/// Does a reply of this class fit the column `after`? One without a code fits nearly all.
fn after_fits(after: After, class: Option<Class>) -> bool {
    match (after, class) {
        (After::TransientCode, None) => false,
        (_, None) => true,
        (After::Any, Some(c)) => matches!(c, Class::Transient | Class::Permanent),
        (After::Positive, Some(c)) => c == Class::PositiveCompletion,
        (After::Intermediate, Some(c)) => c == Class::PositiveIntermediate,
        (After::Transient | After::TransientCode, Some(c)) => c == Class::Transient,
    }
}

/// Sorts hits: the strongest first. Rules by rank, exact code, length; phrases by tier, length.
fn order(hit: Hit, reply: &Reply<'_>) -> (u8, u8, bool, u16, u16) {
    let longest = u16::MAX - hit.length;
    match hit.owner() {
        Owner::Rule(n) => {
            let rule = &packed::RULES[n as usize];
            (
                0,
                rule.rank,
                matching::fits(rule, reply) != Some(true),
                longest,
                n,
            )
        }
        Owner::Phrase(n) => (1, packed::PHRASES[n as usize].tier, false, longest, n),
        // From the particular to the general, as the table has them.
        Owner::Blocklist(n) | Owner::Concept(n) => (2, 0, false, 0, n),
    }
}
