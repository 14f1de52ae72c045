//! What words mean together, in whatever language and order: `(all, none, cause, retry, tier, after)`.
//! Of every group in `all` one concept must occur in the same reply, of `none` none may. The tiers are those of the
//! phrases: the lower one speaks; within a tier the first row that fits, and it speaks before a phrase.
//!
//! # How to add a reading
//!
//! Name the concepts that a person needs to understand the sentence, and the ones that would turn it into something
//! else. `no` ends a recipient: it needs words that can mean nothing else.

use super::After::{self, *};
use super::causes::{
    Cause::{self, *},
    Retry::{self, *},
};
use super::concepts::Concept::{self, *};

/// One row.
pub(crate) type Reading = (
    &'static [&'static [Concept]],
    &'static [Concept],
    Cause,
    Retry,
    u8,
    After,
);

/// The readings by tier.
#[rustfmt::skip]
pub(super) const READINGS: &[Reading] = &[
    // Tier 1: greylisting, filters and lists that do not answer
    (&[&[Greylist]], &[], Greylisted, Yes, 1, Any),
    (&[&[Asked], &[Down]], &[Blocked, Client], ServerError, Yes, 1, TransientCode),
    // Tier 2: viruses
    (&[&[Virus]], &[Spam, Scanner, Timeout, Temporary, Listed, Ip, Client], Malware, AfterFix, 2, Any),
    // Tier 3: lists
    (&[&[SenderAuth], &[Temporary, Timeout, Unresolved]], &[], DnsFailure, Yes, 3, Any),
    (&[&[Country], &[Listed]], &[Ip, IpGiven, Url, Spam, Sender], Policy, AfterFix, 3, Any),
    (&[&[Url], &[Listed, Blocked]], &[], DomainBlocklisted, AfterFix, 3, Any),
    (&[&[Domain], &[Listed]], &[Ip, IpGiven, Recipient, User, NotExist, Client], DomainBlocklisted, AfterFix, 3, Any),
    (&[&[Sender], &[Listed]], &[Ip, IpGiven, Client, Server, Connections, Connection, Relay, Domain, Url, Helo, Ptr, Dynamic, TooMany, ByRecipient, SenderAuth], SenderRejected, AfterFix, 3, Any),
    (&[&[Ip], &[Listed]], &[Url, TooMany, PerTime, ByRecipient], IpBlocklisted, AfterFix, 3, Any),
    (&[&[Ip], &[Blocked, Disabled]], &[Url, TooMany, PerTime, Rate, Limit, Country, Login, SenderAuth, Ptr, Helo, Repute, Spam, Virus, User, Recipient, Relay, Tls, Connection, Dynamic, Sender, Invalid, Missing, NotExist], IpBlocklisted, AfterFix, 3, Any),
    (&[&[Client, IpGiven], &[Listed]], &[Url, TooMany, PerTime, Login, User, ByRecipient, SenderAuth], IpBlocklisted, AfterFix, 3, Any),
    // Tier 4: SPF, DKIM, DMARC
    (&[&[ByRecipient], &[Blocked, Denied, Only]], &[Ip, Listed, Tls, Login, Quota, Limit, Virus, SenderAuth], Policy, AfterFix, 4, Any),
    (&[&[SenderAuth], &[Fail, Missing, Denied, Invalid, Mismatch]], &[Ptr, Temporary], SenderAuthFailed, AfterFix, 4, Any),
    // Tier 5: reverse DNS and HELO
    (&[&[Ptr], &[Missing, Fail, Mismatch, NotExist, Invalid, Dynamic, Required, Denied, Unresolved]], &[Temporary, Timeout, SenderAuth], MissingPtr, AfterFix, 5, Any),
    (&[&[Ptr], &[Timeout]], &[SenderAuth, Sender], DnsFailure, Yes, 5, Any),
    (&[&[Ip], &[Unresolved]], &[Domain, Url, Sender, Recipient, User, Temporary, Timeout, TryLater, Helo, SenderAuth, Listed, Server, Dns], MissingPtr, AfterFix, 5, Any),
    (&[&[Helo], &[Missing, Invalid, NotExist, Mismatch, Dynamic, Denied, Unresolved, Fail]], &[Command, Login, Tls, Listed], MissingPtr, AfterFix, 5, Any),
    (&[&[Dns], &[Dynamic]], &[Listed, Temporary], MissingPtr, AfterFix, 5, Any),
    (&[&[YourIp], &[Spam]], &[Listed, Url, SenderAuth], Reputation, AfterFix, 5, Any),
    // Tier 6: the account that sends
    (&[&[Own], &[Disabled]], &[Ip, IpGiven, Listed, Login, TooMany, Limit, PerTime, Rate, Quota, Full, SenderAuth, Tls, Ptr, Helo, Virus, Recipient, Message], Policy, AfterFix, 6, Any),
    (&[&[Own], &[Blocked], &[Sending]], &[Ip, IpGiven, Listed, Login, TooMany, Limit, PerTime, Rate, Quota, Full, SenderAuth, Tls, Ptr, Helo, Virus, Recipient, Relay, Domain], Policy, AfterFix, 6, Any),
    (&[&[Server], &[Full], &[Disk]], &[User, Recipient, Sender, PerTime, Login], SystemFull, Yes, 6, Any),
    (&[&[System], &[Full], &[Quota, Disk]], &[User, Recipient, Sender, Message, PerTime, Login], SystemFull, Yes, 6, Any),
    // Tier 7: loops, sizes and rates
    (&[&[Loop], &[Message, Hops, TooMany, Fail]], &[User], RoutingLoop, AfterFix, 7, Any),
    (&[&[Hops], &[TooMany, Limit]], &[Connections, Recipient, PerTime], RoutingLoop, AfterFix, 7, Any),
    (&[&[Repute]], &[Login, Listed, SenderAuth], Reputation, AfterFix, 7, Any),
    (&[&[TooMany, Limit, Rate], &[PerTime]], &[Size, TooBig, Greylist], RateLimited, Yes, 7, Any),
    (&[&[Relay], &[Limit]], &[Denied, Blocked, Fail, Required, NotExist, Size, Full, Loop, Hops, Recipient, Connection], RateLimited, Yes, 7, Any),
    (&[&[Recipient], &[Count], &[Limit, TooMany]], &[PerTime, Quota, Connections, Size, User, Message], TooManyRecipients, AfterFix, 7, Any),
    (&[&[Attachment, Message], &[TooBig, Size], &[Limit, TooBig, Bytes]], &[PerTime, Quota, Full, Header], MessageTooBig, AfterFix, 7, Any),
    (&[&[Attachment], &[Limit, TooBig], &[Bytes]], &[PerTime, Quota, Full], MessageTooBig, AfterFix, 7, Any),
    (&[&[TooFast]], &[], RateLimited, Yes, 7, Any),
    (&[&[TooMany], &[Connections]], &[Hops, Size, Recipient, Spam, Listed], RateLimited, Yes, 7, Any),
    (&[&[Quota], &[Connections]], &[User, Recipient, Size, Full], RateLimited, Yes, 7, Any),
    (&[&[Limit], &[Connections]], &[Timeout, Lost, Size, Quota, Listed, Tls, Spam, Recipient, User], RateLimited, Yes, 7, Any),
    (&[&[Limit, TooMany], &[Sending]], &[Size, Recipient, Full, Listed, GaveUp, Timeout], RateLimited, Yes, 7, Any),
    // Tier 8: spam, recipients, space
    (&[&[Spam]], &[Ip, IpGiven, Client, Listed, TooMany, PerTime, Rate, Limit, Repute, User, Recipient, Scanner, Temporary, Url, Domain, Relay, SenderAuth, Login, Virus, Disabled], SpamContent, AfterFix, 8, Any),
    (&[&[TooMany], &[Recipient]], &[Message, Quota, PerTime, Connections, Ip, IpGiven, Size, Rate, Spam, NotExist, Invalid, Fail, Denied, Blocked, User, Full], TooManyRecipients, Yes, 8, Any),
    (&[&[Disk], &[Full, Limit]], &[User, Recipient], SystemFull, Yes, 8, Any),
    (&[&[Server], &[Full], &[Quota, Disk]], &[User, Recipient], SystemFull, Yes, 8, Any),
    (&[&[User, Recipient], &[Full]], &[Server, Size, Sender, Disk, Login, Connections], MailboxFull, Yes, 8, Any),
    (&[&[Address], &[Full]], &[Server, Size, Sender, Disk, Login, Connections, Ip, IpGiven, Client, Domain, Listed, Url], MailboxFull, Yes, 8, Any),
    (&[&[User, Recipient], &[Quota], &[Full, Limit, TooMany]], &[PerTime, Sending, Sender, Rate, Connections, Disk, Server], MailboxFull, Yes, 8, Any),
    // Tier 9: accounts shut, senders that do not own their address
    (&[&[Sending], &[Disabled], &[User, Domain]], &[Ip, IpGiven], Policy, AfterFix, 8, Any),
    (&[&[Sender], &[Mismatch], &[Login, User]], &[SenderAuth, Ptr], SenderRejected, AfterFix, 9, Any),
    (&[&[User, Recipient, Address], &[Disabled], &[Temporary]], &[NotHim, Sender, Sending, Login, Ip, IpGiven, Client, Domain, TooMany, PerTime, Limit, Quota, Full, Spam, Tls, Relay, Attachment, Virus, Listed, Connection, Url, List, Machinery], MailboxDisabled, AfterFix, 9, Any),
    (&[&[User, Recipient], &[Disabled]], &[NotHim, Sender, Sending, Login, Ip, Domain, TooMany, PerTime, Limit, Quota, Full, Spam, Tls, Relay, Attachment, Virus, Listed, Connection], MailboxDisabled, No, 9, Any),
    (&[&[Address], &[Disabled]], &[Sender, Sending, Login, Ip, IpGiven, Client, Server, Domain, TooMany, PerTime, Limit, Quota, Full, Spam, Tls, Relay, Attachment, Virus, Listed, Connection, Blocked, Denied, Dns, Ptr, Helo, SenderAuth, Url, List, Machinery, NotExist], MailboxDisabled, No, 9, Any),
    (&[&[Country], &[Denied, Blocked]], &[Ip, Listed], Policy, AfterFix, 9, Any),
    (&[&[Login], &[Disabled]], &[User, Recipient, Address, AddressGiven, Sender, Message, Ip, IpGiven, Listed, Tls, Domain], AuthRequired, AfterFix, 8, Any),
    // Tier 10: relaying, login, TLS
    (&[&[Relay], &[Denied, Fail, Blocked, NotExist, Required]], &[Timeout, Listed, Loop, Spam, Connection, Disk, Repute], RelayDenied, AfterFix, 10, Any),
    (&[&[Domain], &[NotServed]], &[Sender, Listed, SenderAuth, Tls, Ptr, Helo, Login], RelayDenied, AfterFix, 10, Any),
    (&[&[Tls], &[Required, Only]], &[Command, Relay, Fail, Timeout, Temporary, Lost, Trouble, Certificate, Login, TryLater], TlsRequired, AfterFix, 9, Transient),
    (&[&[Tls, Certificate], &[Required]], &[Command, Relay], TlsRequired, AfterFix, 10, Any),
    (&[&[Login], &[Required, Fail, Invalid, Denied, Missing]], &[Sender, SenderAuth, Tls, Recipient, Relay, Temporary, TooMany, Limit, Spam, Connection, List, Domain, Attachment], AuthRequired, AfterFix, 10, Any),
    // Tier 11: the sender's address and the recipient's domain
    (&[&[Sender], &[Mismatch]], &[SenderAuth, Recipient, Ptr, Helo], SenderRejected, AfterFix, 11, Any),
    (&[&[Sender], &[Domain], &[NotExist, Invalid, Unresolved, Missing]], &[Recipient, Temporary, Ip, SenderAuth, Tls, List], SenderRejected, AfterFix, 11, Any),
    (&[&[Sender], &[NotExist, Invalid]], &[Recipient, User, Domain, Header, Ip, SenderAuth, Relay, Delayed], SenderRejected, AfterFix, 11, Any),
    (&[&[Recipient], &[Domain], &[NotExist, Unresolved]], &[NotHim, Sender, User, Relay, Temporary, Own, Helo, Ptr], DomainNotFound, No, 11, Any),
    (&[&[Recipient], &[Dns], &[Missing]], &[Sender, User, Relay, Temporary, Own, Helo, Ptr, Ip, SenderAuth], DomainNotFound, No, 11, Any),
    (&[&[Recipient], &[Dns], &[NotExist]], &[NotHim, Sender, User, Relay, Temporary, Own, Helo, Ptr, Ip, SenderAuth, Login, Address], DomainNotFound, AfterFix, 11, Any),
    // Tier 12: the recipient's address
    (&[&[Local], &[Missing, Invalid]], &[], ProtocolError, AfterFix, 12, Any),
    (&[&[User, Recipient], &[NotExist]], &[NotHim, Sender, Domain, Login, Ip, Limit, TooMany, PerTime, Listed, Dns, Spam, SenderAuth, Virus, Relay, Command, Tls, Connection, Temporary, List, Full, Quota, Unresolved, Attachment, Header, Country, Client], UserUnknown, No, 12, Any),
    (&[&[Address], &[NotExist]], &[Blocked, Sender, Sending, Domain, Login, Ip, IpGiven, Client, Server, Limit, TooMany, PerTime, Listed, Dns, Ptr, Helo, Spam, SenderAuth, Virus, Relay, Command, Tls, Connection, Temporary, List, Full, Quota, Unresolved, Attachment, Header, Country, Url, Machinery, Invalid], UserUnknown, No, 12, Any),
    (&[&[Recipient], &[NotServed]], &[Sender, Listed, SenderAuth, Tls, Ptr, Helo, Login, Relay, Domain, Spam, Dns], UserUnknown, AfterFix, 12, Any),
    (&[&[TakesNone], &[Post]], &[Sender, Client, Ip, IpGiven, Attachment, Size, TooBig, Bytes, Country, Dynamic, Tls, SenderAuth, Only, Own, Yours, ByRecipient, Login, Relay, Header, Spam, Virus, Url, Listed, Temporary, TryLater, List, Helo, Ptr, Repute, Command], NotAcceptingMail, No, 12, Any),
    (&[&[Login], &[NotExist]], &[Sender, Recipient, Domain, Temporary, Command, Ip, SenderAuth, Relay, Tls, Timeout, Lost, Unresolved, List, Header, Attachment, Works], AuthRequired, AfterFix, 12, Any),
    (&[&[Moved]], &[Sender, Message, Login, Ip, Machinery, Client, Relay], MailboxMoved, No, 12, Any),
    (&[&[Login], &[Unsupported]], &[Sender, Recipient, Domain, Temporary, Relay, Tls, List, Header, Attachment, Address, Message], AuthRequired, AfterFix, 12, Any),
    // Tier 13: form, features, lists
    (&[&[Tls], &[Unsupported]], &[Login, Sender, SenderAuth, Recipient, User, Temporary, TryLater, Listed, Spam, Attachment, Internal], TlsRequired, AfterFix, 13, Any),
    (&[&[Tls, Secure], &[Cannot, Fail]], &[Login, Sender, SenderAuth, Relay, Recipient, User, Timeout, Lost, Temporary, TryLater, Listed, Spam, Attachment, Header, Internal], TlsRequired, AfterFix, 13, Any),
    (&[&[Host], &[Client], &[NotExist]], &[User, Recipient, Sender, Address, AddressGiven, Ip, IpGiven, Denied, Blocked, Login, Relay, Command, Listed, Tls, SenderAuth], MissingPtr, AfterFix, 13, Any),
    (&[&[Domain], &[NotExist]], &[NotHim, Host, User, Recipient, Sender, Sending, Client, Own, Yours, YourIp, Ip, IpGiven, Address, AddressGiven, Helo, Ptr, SenderAuth, Login, Relay, Command, Listed, Tls, Certificate, Temporary, Machinery, Url, Attachment, Header, List, Spam, Virus, Dynamic, Only, Dns, Unresolved, NotServed], DomainNotFound, AfterFix, 13, Any),
    (&[&[Host], &[NotExist]], &[NotHim, Unresolved, User, Recipient, Sender, Sending, Client, Own, Yours, YourIp, Ip, IpGiven, Address, AddressGiven, Server, Helo, Ptr, SenderAuth, Login, Relay, Command, Listed, Tls, Certificate, Temporary, Machinery, Url, Attachment, Header, List, Spam, Virus, Dynamic, Only], DomainNotFound, No, 13, Any),
    (&[&[Message], &[Bytes], &[Limit, TooBig]], &[PerTime, Quota, Full, User, Recipient], MessageTooBig, AfterFix, 13, Any),
    (&[&[Attachment], &[Bytes]], &[PerTime, Quota, Full, Virus, User, Recipient], MessageTooBig, AfterFix, 13, Any),
    (&[&[Command], &[NotExist, Invalid]], &[User, Recipient, Sender, Domain, Login, Message, Helo, Header, Attachment, Tls], ProtocolError, AfterFix, 13, Any),
    (&[&[Attachment], &[Denied, Blocked, Invalid]], &[Virus, Spam, Limit, TooBig, Size, Listed], ContentRejected, AfterFix, 13, Any),
    (&[&[Header], &[Missing, Invalid]], &[Sender, SenderAuth, Recipient, Login, Tls], ContentRejected, AfterFix, 13, Any),
    (&[&[List], &[Subscriber], &[Only, Denied, Fail, Required]], &[Listed, Ip, Login], MailingList, AfterFix, 9, Any),
    // Tier 14: the way there
    (&[&[Dns, Domain, Server], &[Unresolved]], &[Ptr, Helo, Sender, SenderAuth, Recipient, User, Ip], DnsFailure, Yes, 14, Any),
    (&[&[Connection], &[Timeout]], &[Tls, Ip, Listed, Login, User, TooMany, Rate, PerTime, Spam, Repute, Works], NetworkError, Yes, 14, Any),
    (&[&[Connection], &[Timeout, Lost]], &[Tls, Ip, Listed, Login, User, TooMany, Limit, Spam, Repute, Works], NetworkError, Yes, 14, Any),
    (&[&[GaveUp]], &[Login, Certificate, User, Tls, Sender], Expired, Yes, 14, Any),
    (&[&[Delayed], &[TryLater]], &[TooMany, Limit, Rate, PerTime, Connections, Repute, Spam, Internal], Greylisted, Yes, 14, Transient),
    (&[&[Delayed], &[Sender, Client, Ip, IpGiven]], &[TooMany, Limit, Rate, PerTime, Connections, Repute, Spam, Internal], Greylisted, Yes, 14, Transient),
    (&[&[Internal]], &[], ServerError, Yes, 14, Any),
    (&[&[Works], &[Trouble, Lost, Timeout]], &[Sender, SenderAuth, Ptr, Helo, Login, Tls, Spam, Listed, Blocked, Relay, Full, Quota, Limit, TooMany, Size, TooBig, NotExist, Invalid, Disabled, Attachment, Header, Command, List], ServerError, Yes, 14, Any),
    (&[&[AddressGiven], &[NotExist]], &[Sender, Sending, Login, Ip, IpGiven, Client, Server, Domain, TooMany, PerTime, Limit, Quota, Spam, Tls, Relay, Attachment, Virus, Listed, Connection, Blocked, Denied, Dns, Ptr, Helo, SenderAuth, Url, List, Machinery, Unresolved, Command, Header, Country, Temporary, Required, Full, Disabled], UserUnknown, No, 14, Any),
    (&[&[AddressGiven], &[Disabled]], &[Sender, Sending, Login, Ip, IpGiven, Client, Server, Domain, TooMany, PerTime, Limit, Quota, Spam, Tls, Relay, Attachment, Virus, Listed, Connection, Blocked, Denied, Dns, Ptr, Helo, SenderAuth, Url, List, Machinery, Unresolved, Command, Header, Country, Temporary, Required, Full], MailboxDisabled, No, 14, Any),
    (&[&[AddressGiven], &[Full]], &[Sender, Sending, Login, Ip, IpGiven, Client, Server, Domain, PerTime, Spam, Tls, Relay, Attachment, Virus, Listed, Connection, Blocked, Denied, Dns, Ptr, Helo, SenderAuth, Url, List, Machinery, Unresolved, Command, Header, Country, Required, Size, Disk], MailboxFull, Yes, 14, Any),
    // Tier 15: one telling word, where the code tells nothing
    (&[&[Virus]], &[Trouble, Timeout, Temporary, Listed, Ip, Client, Spam], Malware, AfterFix, 15, Any),
    (&[&[SenderAuth]], &[], SenderAuthFailed, AfterFix, 15, Any),
    (&[&[Ptr]], &[], MissingPtr, AfterFix, 15, Any),
    (&[&[Ip, Client, IpGiven], &[Listed]], &[], IpBlocklisted, AfterFix, 15, Any),
    (&[&[Listed]], &[Sender, Recipient, User, Domain, Url, Attachment, ByRecipient], IpBlocklisted, AfterFix, 15, Any),
    (&[&[Ip, IpGiven, Client], &[Sending], &[Spam]], &[Listed], Reputation, AfterFix, 15, Any),
    (&[&[Spam]], &[], SpamContent, AfterFix, 15, Any),
    (&[&[Relay]], &[Temporary, Timeout], RelayDenied, AfterFix, 15, Any),
    (&[&[Login], &[Fail, Required, Invalid, Denied, Disabled, TooMany]], &[], AuthRequired, AfterFix, 15, Any),
    (&[&[Tls, Certificate]], &[], TlsRequired, AfterFix, 15, Any),
    (&[&[Ip], &[Blocked, Disabled, Denied]], &[Country], IpBlocklisted, AfterFix, 15, Any),
    (&[&[Connection], &[Denied, Blocked], &[IpGiven]], &[Country, Tls, Login, Timeout, Lost, TooMany, Limit], IpBlocklisted, AfterFix, 15, Any),
    (&[&[Recipient], &[Limit, TooMany]], &[Quota, Full, User, Size, PerTime, Rate, Sending, Connections], TooManyRecipients, Yes, 15, Any),
    (&[&[TooMany, Rate], &[Limit, Message, Sending, Connections]], &[Size], RateLimited, Yes, 15, Any),
    (&[&[PerTime], &[Limit, Message, Sending, Connections]], &[Size, Trouble], RateLimited, Yes, 15, Any),
    (&[&[Only], &[Connections]], &[Tls, Login, Ip, Sender, Recipient, User, Timeout, Lost], RateLimited, Yes, 15, Any),
    (&[&[Attachment], &[Denied, Blocked]], &[], ContentRejected, AfterFix, 15, Any),
    (&[&[Header], &[Denied, Missing, Invalid]], &[Sender], ContentRejected, AfterFix, 15, Any),
    (&[&[Client], &[Blocked]], &[Denied, Address, AddressGiven, Sender, User, Recipient, Country, Login, Tls, Connections, TooMany, Limit, Rate, Temporary, Message, Dynamic, NotExist, Missing, Command], IpBlocklisted, AfterFix, 15, Any),
    (&[&[Sender], &[Denied, Blocked, Invalid, NotExist, Missing, Mismatch, Disabled, Fail]], &[ByRecipient, Returned], SenderRejected, AfterFix, 15, Any),
    (&[&[TakesNone], &[Post]], &[Temporary, TryLater], Policy, AfterFix, 15, Any),
    (&[&[List], &[Subscriber]], &[Login, Ip], MailingList, AfterFix, 15, Any),
    (&[&[TooBig]], &[], MessageTooBig, AfterFix, 15, Any),
    (&[&[Quota], &[Limit, Full]], &[Sending], MailboxFull, Yes, 15, Any),
    (&[&[Unresolved]], &[Recipient, User, Sender], DnsFailure, Yes, 15, Any),
    (&[&[Limit], &[Sending, Message, Connections]], &[Size, Timeout, GaveUp], RateLimited, Yes, 15, Any),
    (&[&[Domain], &[NotExist]], &[Sender, Own, Helo, Ptr, SenderAuth, Client, Ip, IpGiven, Listed, Login, Relay, Url, Header, User, Tls, Temporary, Command, Message], DomainNotFound, AfterFix, 15, Any),
    (&[&[User, Recipient], &[NotExist, Invalid]], &[NotHim, Sender, Login, Message], UserUnknown, AfterFix, 15, Any),
    (&[&[AddressGiven, Address], &[Invalid]], &[Sender, Sending, Login, Ip, IpGiven, Client, Server, Domain, TooMany, PerTime, Limit, Quota, Spam, Tls, Relay, Attachment, Virus, Listed, Connection, Blocked, Denied, Dns, Ptr, Helo, SenderAuth, Url, List, Machinery, Unresolved, Command, Header, Country, Temporary, Required], UserUnknown, AfterFix, 15, Any),
    (&[&[TryLater]], &[Sender, Login, Blocked, Denied, Listed, Spam, Virus, Repute, Country, Only, Recipient, User, TooMany, Limit, Relay, SenderAuth, Ptr, Helo, Tls], ServerError, Yes, 15, Transient),
];

/// Enhanced codes, by subject and detail, that are right in practice even where doubtful words say otherwise.
pub(crate) const SURE_CODES: &[(u16, u16)] = &[
    (1, 2),
    (1, 7),
    (1, 8),
    (2, 3),
    (3, 1),
    (3, 4),
    (4, 6),
    (5, 3),
    (7, 8),
    (7, 9),
    (7, 20),
    (7, 21),
    (7, 22),
    (7, 23),
    (7, 24),
    (7, 25),
    (7, 26),
    (7, 27),
];

/// Reply codes that are.
pub(crate) const SURE_REPLIES: &[u16] = &[534, 535];
