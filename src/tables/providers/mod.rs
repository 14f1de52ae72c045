//! What receivers and relay services say: one file each.

use super::Rule;

mod aliyun;
mod apple;
mod att;
mod barracuda;
mod brevo;
mod charter;
mod comcast;
mod cox;
mod dnsbl;
mod gmx;
mod godaddy;
mod google;
mod laposte;
mod mailchannels;
mod mailgun;
mod mailru;
mod microsoft365;
mod mimecast;
mod naver;
mod netease;
mod oracle;
mod orange;
mod other;
mod outlook;
mod ovh;
mod postmark;
mod proofpoint;
mod qq;
mod rackspace;
mod relays;
mod resend;
mod sendgrid;
mod ses;
mod simplelogin;
mod sparkpost;
mod symantec;
mod trendmicro;
mod yahoo;
mod yandex;
mod zoho;

/// The files, in order of their names.
pub(super) const FILES: &[&[Rule]] = &[
    aliyun::RULES,
    apple::RULES,
    att::RULES,
    barracuda::RULES,
    brevo::RULES,
    charter::RULES,
    comcast::RULES,
    cox::RULES,
    dnsbl::RULES,
    gmx::RULES,
    godaddy::RULES,
    google::RULES,
    laposte::RULES,
    mailchannels::RULES,
    mailgun::RULES,
    mailru::RULES,
    microsoft365::RULES,
    mimecast::RULES,
    naver::RULES,
    netease::RULES,
    oracle::RULES,
    orange::RULES,
    other::RULES,
    outlook::RULES,
    ovh::RULES,
    postmark::RULES,
    proofpoint::RULES,
    qq::RULES,
    rackspace::RULES,
    relays::RULES,
    resend::RULES,
    sendgrid::RULES,
    ses::RULES,
    simplelogin::RULES,
    sparkpost::RULES,
    symantec::RULES,
    trendmicro::RULES,
    yahoo::RULES,
    yandex::RULES,
    zoho::RULES,
];
