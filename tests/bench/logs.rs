//! Logs made on the spot: the same lines every time, with other addresses, ids and replies.
#![allow(dead_code, reason = "every benchmark takes what it needs")]

/// A number that looks random, from a number.
fn mix(n: u64) -> u64 {
    let n = (n ^ n >> 31).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (n ^ n >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) ^ n >> 32
}

/// Replies as servers send them, `#` stands for an id and `@` for an address.
pub(crate) const REPLIES: &[&str] = &[
    "550 5.1.1 <@>: Recipient address rejected: User unknown in virtual mailbox table",
    "550-5.1.1 The email account that you tried to reach does not exist. # - gsmtp",
    "450 4.2.0 <@>: Recipient address rejected: Greylisted, see http://postgrey.example/",
    "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org",
    "421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to user complaints",
    "550 5.7.26 This mail has been blocked because the sender is unauthenticated. # - gsmtp",
    "452 4.2.2 The recipient's inbox is out of storage space. # - gsmtp",
    "550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent (S3150). [#.example.com]",
];

/// A reply with an id and an address of its own.
pub(crate) fn reply(n: u64) -> String {
    let pattern = REPLIES[(mix(n) % REPLIES.len() as u64) as usize];
    let address = format!("user{}@example{}.com", mix(n + 1) % 900, mix(n + 2) % 400);
    pattern.replace('@', &address).replace('#', &id(n))
}

fn id(n: u64) -> String {
    format!("{:011X}", mix(n + 3) >> 20)
}

/// A Postfix log of some `bytes`: one line in six is an outcome, most of these deliveries.
pub(crate) fn postfix(bytes: usize) -> String {
    let mut out = String::with_capacity(bytes + 1024);
    let mut n = 0;
    while out.len() < bytes {
        n += 1;
        let (h, m, s) = (n / 36_000 % 24, n / 600 % 60, n / 10 % 60);
        out.push_str(&format!("Mar  1 {h:02}:{m:02}:{s:02} mx1 postfix"));
        let (id, reply) = (id(n), reply(n));
        let to = format!("user{}@example{}.com", mix(n) % 900, mix(n + 7) % 400);
        out.push_str(&match mix(n) % 36 {
            0..=3 => format!("/smtp[4242]: {id}: to=<{to}>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0.1/0/0.4/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as {id})\n"),
            4 => format!("/smtp[4242]: {id}: to=<{to}>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0.1/0/0.4/0.5, dsn=5.0.0, status=bounced (host mx.example.com[192.0.2.1] said: {reply} (in reply to RCPT TO command))\n"),
            5 => format!("/smtpd[4242]: NOQUEUE: reject: RCPT from c.example.net[198.51.100.7]: {reply}; from=<s@example.net> to=<{to}> proto=ESMTP helo=<x>\n"),
            6..=15 => format!("/smtpd[4242]: connect from c{}.example.net[198.51.100.7]\n", mix(n) % 99),
            16..=20 => format!("/cleanup[4242]: {id}: message-id=<{id}@example.net>\n"),
            21..=25 => format!("/qmgr[4242]: {id}: from=<s@example.net>, size=4242, nrcpt=1 (queue active)\n"),
            26..=30 => format!("/qmgr[4242]: {id}: removed\n"),
            _ => format!("/smtpd[4242]: disconnect from c{}.example.net[198.51.100.7] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5\n", mix(n) % 99),
        });
    }
    out
}
