use super::*;
use crate::smtp::{Command, Disposition};

fn bounce(text: &str) -> Bounce<'static> {
    assert!(
        looks_like(text.as_bytes()),
        "no sign of a bounce in {text:?}"
    );
    read(text.as_bytes()).unwrap_or_else(|| panic!("no bounce in {text:?}"))
}

/// Each recipient as `address code enhanced disposition relay`.
fn shown(text: &str) -> Vec<String> {
    bounce(text).recipients.iter().map(show).collect()
}

fn show(recipient: &Recipient<'_>) -> String {
    let found = &recipient.occurrence;
    format!(
        "{} {} {} {} {}",
        found.recipient.as_deref().unwrap_or("-"),
        found.reply.code.map_or("-".into(), |code| code.to_string()),
        found
            .reply
            .enhanced
            .map_or("-".into(), |code| code.to_string()),
        found.disposition.map_or("-", Disposition::id),
        found.relay.as_deref().unwrap_or("-"),
    )
}

fn words(text: &str) -> String {
    bounce(text).recipients[0].occurrence.reply.text.to_string()
}

const DSN: &str = "From: MAILER-DAEMON@mx1.example.com (Mail Delivery System)\nSubject: Undelivered Mail Returned to Sender\nTo: s@example.com\nMIME-Version: 1.0\n\
Content-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"AB12.1/mx1.example.com\"\n\nThis is a MIME-encapsulated message.\n\n--AB12.1/mx1.example.com\nContent-Description: Notification\nContent-Type: text/plain; charset=us-ascii\n\n\
This is the mail system at host mx1.example.com.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<bob@example.org>: host mx.example.org[192.0.2.7] said: 550 5.1.1\n    <bob@example.org>: no such user (in reply to RCPT TO command)\n\n\
--AB12.1/mx1.example.com\nContent-Description: Delivery report\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx1.example.com\nX-Postfix-Queue-ID: AB12\nArrival-Date: Fri,  2 Jan 2026 03:04:05 +0000 (UTC)\n\nFinal-Recipient: rfc822; bob@example.org\nOriginal-Recipient: rfc822;bob@example.org\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.example.org\nDiagnostic-Code: smtp; 550 5.1.1 <bob@example.org>: no such\n    user\n\n\
Final-Recipient: rfc822; carol@example.net\nAction: delayed\nStatus: 4.4.1\nDiagnostic-Code: X-Postfix; connect to mx.example.net[192.0.2.8]:25: Connection\n    timed out\n\n--AB12.1/mx1.example.com\nContent-Description: Undelivered Message\nContent-Type: message/rfc822\n\nFrom: s@example.com\nSubject: 550 x\n\n554 5.7.1 quoted by the author\n\n--AB12.1/mx1.example.com--\n";

#[test]
fn a_report_with_two_recipients() {
    assert_eq!(
        shown(DSN),
        [
            "bob@example.org 550 5.1.1 bounced mx.example.org",
            "carol@example.net - 4.4.1 deferred -"
        ]
    );
    let bounce = bounce(&DSN.replace('\n', "\r\n"));
    assert_eq!(bounce.reporting_mta.as_deref(), Some("mx1.example.com"));
    let first = &bounce.recipients[0];
    assert_eq!(first.action.as_deref(), Some("failed"));
    assert_eq!(first.remote_mta.as_deref(), Some("mx.example.org"));
    assert_eq!(first.occurrence.command, Some(Command::Rcpt));
    assert_eq!(first.occurrence.format, "dsn");
    assert_eq!(
        first.occurrence.reply.text,
        "<bob@example.org>: no such user"
    );
    assert_eq!(
        bounce.recipients[1].occurrence.reply.text,
        "connect to mx.example.net[192.0.2.8]:25: Connection timed out"
    );
}

#[test]
fn encoded_parts_and_a_forwarded_report() {
    let encoded = "From: postmaster@example.com\nSubject: x\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nUnzustellbar f=FCr bob=40example.org\n\n\
--b\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\nUmVwb3J0aW5nLU1UQTogZG5zO214LmV4YW1wbGUuY29tCgpGaW5hbC1SZWNpcGllbnQ6IHJmYzgyMjtib2JAZXhhbXBsZS5vcmcKQWN0aW9uOiBmYWlsZWQKU3RhdHVzOiA1LjIuMgpEaWFnbm9zdGljLUNvZGU6IHNtdHA7NTUyIG1haWxib3ggZnVsbAo=\n\n--b--\n";
    assert_eq!(shown(encoded), ["bob@example.org 552 5.2.2 bounced -"]);
    let forwarded = format!(
        "From: s@example.com\nSubject: Fwd: help\nContent-Type: multipart/mixed; boundary=outer\n\n--outer\nContent-Type: text/plain\n\nsee below, 554 things\n\n--outer\nContent-Type: message/rfc822\n\n{DSN}\n--outer--\n"
    );
    assert_eq!(shown(&forwarded).len(), 2);
}

#[test]
fn fields_copied_without_mime() {
    let status = "Final-Recipient: rfc822; bob@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550-5.1.1 no such account, please try\n 550-5.1.1 again or\n 550 5.1.1 ask postmaster\n";
    assert_eq!(shown(status), ["bob@example.org 550 5.1.1 bounced -"]);
    assert_eq!(
        words(status),
        "no such account, please try again or ask postmaster"
    );
    let line = "Final-Recipient: rfc822; bob@example.org Action: failed Status: 5.7.1 Remote-MTA: dns; mx.example.org Diagnostic-Code: smtp; 550 refused by policy";
    assert_eq!(
        shown(line),
        ["bob@example.org 550 5.7.1 bounced mx.example.org"]
    );
    let quoted = "> Original-Recipient: rfc822;old@example.org\n> Final-Recipient: rfc822;bob@example.org\n> Action: failed\n> Status: 5.0.0 (permanent failure)\n> Diagnostic-Code: smtp; 5.1.0 - Unknown address error 550-'5.1.1 no such user' (delivery attempts: 0)\n";
    assert_eq!(shown(quoted), ["bob@example.org 550 5.1.1 bounced -"]);
    let unnamed = "Status: 5.1.0\nRemote-MTA: dns; mx.example.org\nDiagnostic-Code: smtp; 550 no\n";
    assert_eq!(shown(unnamed), ["- 550 5.1.0 bounced mx.example.org"]);
}

#[test]
fn whose_enhanced_code() {
    let with = |status: &str, diagnostic: &str| {
        shown(&format!("Final-Recipient: rfc822;b@example.org\nAction: failed\nStatus: {status}\nDiagnostic-Code: {diagnostic}\n")).remove(0)
    };
    assert_eq!(
        with("5.0.0", "smtp; 550 no"),
        "b@example.org 550 - bounced -"
    );
    assert_eq!(
        with("5.1.1", "smtp; 550 5.0.0 no"),
        "b@example.org 550 5.1.1 bounced -"
    );
    assert_eq!(
        with("5.0.0", "smtp; 550 5.7.1 no"),
        "b@example.org 550 5.7.1 bounced -"
    );
    assert_eq!(
        with("4.4.7", "smtp; 550 no"),
        "b@example.org 550 - bounced -"
    );
    assert_eq!(
        with("5.4.4", "X-Postfix; Host not found"),
        "b@example.org - 5.4.4 bounced -"
    );
}

#[test]
fn exim() {
    let linked = "[b@example.org](https://mail.example.com/compose?To=b%40example.org)\n    SMTP error from remote mail server after RCPT TO:<bob@example.org>:\n    host mx.example.com [192.0.2.7]: 550 5.7.1 Relaying denied\n";
    assert_eq!(
        shown(linked),
        ["bob@example.org 550 5.7.1 bounced mx.example.com"]
    );
    let text = "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  bob@example.org\n    host mx.example.org [192.0.2.7]\n    SMTP error from remote mail server after RCPT TO:<bob@example.org>:\n    550-5.1.1 no such\n    550 5.1.1 mailbox\n  carol@example.org\n    Unrouteable address\n  dave@example.net\n    SMTP error from remote mail server after end of data:\n    host mx.example.net [192.0.2.8]: 554 5.7.1 spam,\n    go away\n\n------ This is a copy of the message, including all the headers. ------\n\nReceived: from x\n\n550 no\n";
    assert_eq!(
        shown(text),
        [
            "bob@example.org 550 5.1.1 bounced mx.example.org",
            "carol@example.org - - bounced -",
            "dave@example.net 554 5.7.1 bounced mx.example.net"
        ]
    );
    let all = bounce(text);
    let texts: Vec<_> = all
        .recipients
        .iter()
        .map(|recipient| recipient.occurrence.reply.text.as_ref())
        .collect();
    assert_eq!(
        texts,
        ["no such mailbox", "Unrouteable address", "spam, go away"]
    );
    assert_eq!(
        all.recipients[2].occurrence.command,
        Some(Command::EndOfData)
    );
    let warning = text.replace(
        "This is a permanent error. The following address(es) failed:",
        "No action is required on your part. Delivery attempts will continue for some time:",
    );
    assert!(shown(&warning).iter().all(|line| line.contains("deferred")));
}

#[test]
fn addresses_with_mark_up() {
    let markdown = "Final-Recipient: rfc822; [bob@example.com](mailto:bob@example.com)\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n";
    let forum = "Delivery to the following recipient failed permanently:\n\n    [email]bob@example.com[/email]\n\nTechnical details of permanent failure:\nPERM_FAILURE: SMTP Error (state 9): 550 5.1.1 no such user\n";
    for text in [markdown, forum] {
        assert_eq!(shown(text), ["bob@example.com 550 5.1.1 bounced -"]);
    }
}

#[test]
fn qmail_and_yahoo() {
    let text = "Hi. This is the qmail-send program at mail.example.com.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<bob@example.org>:\n192.0.2.7 does not like recipient.\nRemote host said: 550 5.1.1 no such user\nGiving up on 192.0.2.7.\n\n<carol@example.com>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <s@example.com>\n";
    assert_eq!(
        shown(text),
        [
            "bob@example.org 550 5.1.1 bounced 192.0.2.7",
            "carol@example.com - 5.1.1 bounced -"
        ]
    );
    assert_eq!(words(text), "no such user");
    assert_eq!(
        bounce(text).reporting_mta.as_deref(),
        Some("mail.example.com")
    );
    let indented = "    <bob@example.org>:\n    192.0.2.7 does not like recipient.\n    Remote host said: 550-5.1.1 no such\n    550 5.1.1 user\n    Giving up on 192.0.2.7.\n";
    assert_eq!(words(indented), "no such user");
    let yahoo = "Sorry, we were unable to deliver your message to the following address.\n\n<bob@example.org>:\n550: 5.1.1 <bob@example.org>: no such user\n\n--- Below this line is a copy of the message.\n";
    assert_eq!(shown(yahoo), ["bob@example.org 550 5.1.1 bounced -"]);
    let ironport = "The following message to <bob@example.org> was undeliverable.\nThe reason for the problem:\n5.1.0 - Unknown address error 550-'5.1.1 no such user'\n";
    assert_eq!(shown(ironport), ["bob@example.org 550 5.1.1 bounced -"]);
}

#[test]
fn words_without_any_code() {
    let text = "Message from mail.example.com.\nUnable to deliver message to the following address(es).\n\n<bob@example.org>:\nThis account has been discontinued.\n\n<carol@example.org>:\n\n--- Original message follows.\n\n550 x\n";
    assert_eq!(
        shown(text),
        [
            "bob@example.org - - bounced -",
            "carol@example.org - - bounced -"
        ]
    );
    assert_eq!(words(text), "This account has been discontinued.");
}

#[test]
fn sendmail_and_courier() {
    let text = "The original message was received at Fri, 2 Jan 2026 03:04:05 +0100\nfrom localhost [127.0.0.1]\n\n   ----- The following addresses had permanent fatal errors -----\n<bob@example.org>\n    (reason: 550 5.1.1 <bob@example.org>... User unknown)\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.org.:\n>>> RCPT To:<bob@example.org>\n<<< 550 5.1.1 <bob@example.org>... User unknown\n550 5.1.1 <bob@example.org>... User unknown\n";
    assert_eq!(
        shown(text),
        ["bob@example.org 550 5.1.1 bounced mx.example.org"].map(str::to_owned)
    );
    let courier = "UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<bob@example.org>:\n    mx.example.org [192.0.2.7]:\n>>> RCPT TO:<bob@example.org>\n<<< 550 User unknown.\n\n---------------------------------------------------------------------------\n";
    assert_eq!(
        shown(courier),
        ["bob@example.org 550 - bounced mx.example.org"]
    );
}

#[test]
fn frames_of_older_servers() {
    for (text, expected) in [
        (
            "Your message\n\n  Subject: Test\n\nwas not delivered to:\n\n  bob@example.com\n\nbecause:\n\n  User bob (bob@example.com) not listed in Domino Directory\n",
            "bob@example.com - - bounced -",
        ),
        (
            "The delivery of this message has been delayed.\n\nDELAYS IN DELIVERING YOUR MESSAGE\n\n<bob@example.com>:\n    mx.example.com [192.0.2.7]:\n>>> RCPT TO:<bob@example.com>\n<<< 450 4.1.7 later\n",
            "bob@example.com 450 4.1.7 deferred mx.example.com",
        ),
        (
            "This is the DragonFly Mail Agent v0.13 at box.example.org.\n\nThere was an error delivering your mail to <bob@example.com>.\n\nmx.example.com [192.0.2.7] did not like our final DATA:\n550-5.7.1 not\n550 5.7.1 accepted\n\nMessage headers follow.\n",
            "bob@example.com 550 5.7.1 bounced -",
        ),
        (
            "Intended recipient:  bob@example.com\nReason: 552 mailbox full\n\n--------RETURNED MAIL FOLLOWS--------\n",
            "bob@example.com 552 - bounced -",
        ),
        (
            "   ----- Transcript of session follows -----\n... while talking to mx.example.com.:\n>>> DATA\n<<< 451 4.1.8 later\nbob@example.com... Deferred: 451 4.1.8 later\nWill keep trying until message is 1 week old\n",
            "bob@example.com 451 4.1.8 deferred mx.example.com",
        ),
        (
            "Delivery to the following recipient has been delayed:\n\n     bob@example.com\n\nMessage will be retried for 2 more day(s)\n\nTechnical details of temporary failure:\nTEMP_FAILURE: The recipient server did not accept our requests to connect.\n[example.com (10): Connection dropped]\n",
            "bob@example.com - - deferred -",
        ),
        (
            "Delivery to the following recipient has been delayed:\n\n     bob@example.com\n\nAction: delayed\nStatus: 4.4.1\n",
            "bob@example.com - 4.4.1 deferred -",
        ),
    ] {
        assert_eq!(shown(text), [expected], "{text}");
    }
}

#[test]
fn paragraphs_that_stand_alone() {
    for (text, expected) in [
        (
            "<bob@example.com>: host mx.example.com[192.0.2.7]\n    said: 550 5.1.1 no such user\n",
            "bob@example.com 550 5.1.1 bounced mx.example.com",
        ),
        (
            "<bob@example.com>: host\n    mx.example.com[192.0.2.7] said: 550 5.1.1 no such user\n",
            "bob@example.com 550 5.1.1 bounced mx.example.com",
        ),
        (
            "<bob@example.com>:\nSorry, nobody has that name here. (#5.1.1)\n",
            "bob@example.com - 5.1.1 bounced -",
        ),
    ] {
        assert_eq!(shown(text), [expected], "{text}");
    }
    for other in [
        "<bob@example.com>:\nSee you at 5.1.1 High Street (#550)\n",
        "<bob@example.com>: host 550 is down\nsaid: nobody\n",
        "<bob@example.com>: host\nroom [550] said: we meet at 550\n",
    ] {
        assert!(super::read(other.as_bytes()).is_none(), "{other}");
    }
}

#[test]
fn the_header_tells_who_failed() {
    let notice = "X-Failed-Recipients: bob@example.com\nFrom: Mail Delivery System <Mailer-Daemon@example.org>\nSubject: Mail delivery failed\n\nThis message was created automatically by mail delivery software.\n\nA message sent by\n\n  <s@example.org>\n\ncould not be delivered to one or more of its recipients:\n\n  bob@example.com\n    all hosts have been failing for a long time\n";
    assert_eq!(shown(notice), ["bob@example.com - - bounced -"]);
    let foreign = "X-Failed-Recipients: bob@example.com\nFrom: Mail Delivery Subsystem <mailer-daemon@example.org>\nSubject: Delivery Status Notification (Failure)\n\ns@example.org\n\n\u{9023}\u{7d61}\u{3057}\u{3088}\u{3046}\u{3068}\u{3057}\u{305f}\u{30b0}\u{30eb}\u{30fc}\u{30d7}\u{304c}\u{5b58}\u{5728}\u{3057}\u{307e}\u{305b}\u{3093}\n";
    assert_eq!(shown(foreign), ["bob@example.com - - bounced -"]);
}

#[test]
fn the_reported_error_beats_the_explanation() {
    assert_eq!(
        words(
            "Delivery has failed to these recipients or groups:\n\nBob Example (bob@example.com)\nYour message wasn't delivered.\n\nMore Info for Email Admins\nStatus code: 550 5.1.10\nThis error occurs because the sender chose an address that does not exist.\n\nOriginal Message Details\nRecipient Address: bob@example.com\n\nError Details\nReported error: 550 5.1.10 Recipient not found by SMTP address lookup\nDSN generated by: relay.example.org\n"
        ),
        "Recipient not found by SMTP address lookup"
    );
}

#[test]
fn exchange_and_outlook() {
    let text = "Delivery has failed to these recipients or groups:\n\nBob Example (bob@example.org)<mailto:bob@example.org>\nThe email address you entered couldn't be found.\n\nDiagnostic information for administrators:\n\nGenerating server: EX1.example.com\n\nbob@example.org\nmx.example.org\nRemote Server returned '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'\n\nOriginal message headers:\n\nReceived: from EX1.example.com (192.0.2.1) by EX1 with Microsoft SMTP Server id 15.1.550.0\n";
    assert_eq!(
        shown(text),
        ["bob@example.org 550 5.1.1 bounced mx.example.org"]
    );
    assert_eq!(words(text), "RESOLVER.ADR.RecipNotFound; not found");
    let old = "Diagnostic information for administrators:\n\nGenerating server: ex1.example.com\n\nbob@example.org\nmx.example.org #550 5.7.1 <bob@example.org>: refused ##\n";
    assert_eq!(
        shown(old),
        ["bob@example.org 550 5.7.1 bounced mx.example.org"]
    );
    let nested = "Generating server: ex1.example.com\n\nbob@example.org\nRemote Server returned '554 5.0.0 <mx.example.org #5.0.0 smtp;550 5.1.1 no such user>'\n";
    assert_eq!(shown(nested), ["bob@example.org 550 5.1.1 bounced -"]);
    let cloud = "Your message to bob@example.org couldn't be delivered.\n\nbob wasn't found at example.org.\n\nError Details\nReported error:\t550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup\nDSN generated by:\tAB0PR00MB0000.eurprd00.prod.outlook.com\nRemote server:\tmx.example.org\n";
    assert_eq!(
        shown(cloud)[0]
            .rsplit_once(' ')
            .map(|(front, _)| front.to_owned())
            .as_deref(),
        Some("bob@example.org 550 5.1.10 bounced")
    );
    let german = "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\nbob@example.org\n\nDiagnoseinformationen für Administratoren:\n\nGenerierender Server: ex1.example.com\n\nbob@example.org\nRemote Server returned '550 5.4.1 denied'\n";
    assert_eq!(shown(german), ["bob@example.org 550 5.4.1 bounced -"]);
}

#[test]
fn gmail_and_others() {
    let text = "** Address not found **\n\nYour message wasn't delivered to bob@example.org because the address couldn't be found, or is unable to receive mail.\n\nLearn more here: https://support.example.com/550\n\nThe response from the remote server was:\n\n550 5.1.1 <bob@example.org>: no such user\n";
    assert_eq!(shown(text), ["bob@example.org 550 5.1.1 bounced -"]);
    let old = "Delivery to the following recipient failed permanently:\n\n     bob@example.org\n\nTechnical details of permanent failure: \nGoogle tried to deliver your message, but it was rejected by the server for the recipient domain example.org by mx.example.org. [192.0.2.7].\n\nThe error that the other server returned was:\n550 550 5.7.1 refused (state 14).\n\n----- Original message -----\n\nReceived: by 10.0.0.1 with SMTP id x\n";
    assert_eq!(
        shown(old),
        ["bob@example.org 550 5.7.1 bounced mx.example.org"]
    );
    assert_eq!(words(old), "refused");
    let silent = "Delivery has failed to these recipients or groups:\n\n'bob@example.org'\n\nA problem occurred during the delivery of this message. Please try to resend the message later.\n\nDiagnostic information for administrators:\n\nGenerating server:\n\nbob@example.org\n\nRemote Server returned ''\n";
    assert_eq!(shown(silent), ["bob@example.org - - bounced -"]);
    let older = "Delivery to the following recipient failed permanently:\n\n     bob@example.org\n\nTechnical details of permanent failure: PERM_FAILURE: SMTP Error (state 9): 550 5.1.1 no such user\n";
    assert_eq!(shown(older), ["bob@example.org 550 5.1.1 bounced -"]);
    assert_eq!(
        crate::parse::kind::of(older),
        crate::parse::kind::Kind::Bounce
    );
    let spanish = "No se ha encontrado la dirección\n\nTu mensaje no se ha entregado a bob@example.org porque no se ha encontrado la dirección.\n\nLa respuesta del servidor remoto fue:\n\n550 5.1.1 no such user\n";
    assert_eq!(shown(spanish), ["bob@example.org 550 5.1.1 bounced -"]);
    let smarter = "Could not deliver message to the following recipient(s):\n\nFailed Recipient: bob@example.org\nReason: Remote host said: 550 5.7.1 refused\n\n   -- The header and top 20 lines of the message follows --\n";
    assert_eq!(shown(smarter), ["bob@example.org 550 5.7.1 bounced -"]);
    let hmail = "Your message did not reach some or all of the intended recipients.\n\nThe following recipient(s) could not be reached:\n\nbob@example.org\n   Error Type: SMTP\n   Remote server (192.0.2.7) issued an error.\n   hMailServer sent: RCPT TO:<bob@example.org>\n   Remote server replied: 550 5.1.1 no such user\n\nhMailServer\n";
    assert_eq!(
        shown(hmail),
        ["bob@example.org 550 5.1.1 bounced 192.0.2.7"]
    );
    let postfix = "<bob@example.org>: host mx.example.org[192.0.2.7] said: 452 4.2.2 full (in reply to\n    RCPT TO command)\n";
    assert_eq!(
        shown(postfix),
        ["bob@example.org 452 4.2.2 bounced mx.example.org"]
    );
}

#[test]
fn no_bounces() {
    for text in [
        "From: a@example.com\nTo: b@example.com\nSubject: 550 reasons\n\nOur price is 550 dollars, 5.1.1 is a version.\n",
        "550 5.1.1 no such user",
        "From: a@example.com\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n554 boxes\n--b--\n",
        "Delivery status notification settings\n\nWe sell 550 items.\n",
        "",
        "\u{feff}",
    ] {
        assert!(
            read(text.as_bytes()).is_none(),
            "{text:?}: {:?}",
            read(text.as_bytes())
        );
    }
    assert!(!looks_like(b"Jan  2 03:04:05 mx1 postfix/smtp[1]: AB12: to=<u@example.com>, status=bounced (host mx[192.0.2.7] said: 550 no (in reply to RCPT TO command))\n"));
    assert!(!looks_like(b"2026-01-02 03:04:05 1abcde-000123-AB ** u@example.com R=r T=t H=mx [192.0.2.7]: SMTP error from remote mail server after RCPT TO:<u@example.com>: 550 no\n"));
}

#[test]
fn mbox_is_split() {
    let mbox = format!(
        "From MAILER-DAEMON Fri Jan  2 03:04:05 2026\n{DSN}\nFrom x Fri Jan  2 03:04:05 2026\nSubject: y\n\nFrom here on\nbody\n\nFrom z Fri Jan  2 03:04:05 2026\nSubject: z\n\nbody\n"
    );
    let messages: Vec<_> = mbox_messages(mbox.as_bytes()).collect();
    assert_eq!(messages.len(), 4 - 1);
    assert_eq!(messages.concat(), mbox.as_bytes());
    assert_eq!(
        read(messages[0]).map(|bounce| bounce.recipients.len()),
        Some(2)
    );
    assert_eq!(mbox_messages(b"").count(), 0);
    assert_eq!(mbox_messages(b"Subject: x\n\nbody").count(), 1);
}

#[test]
fn a_mail_bomb_is_bounded() {
    let nested = "Content-Type: message/rfc822\nFrom: mailer-daemon@example.com\n\n".repeat(30_000);
    assert!(read(nested.as_bytes()).is_none());
    let multi: String = (0..20_000).map(|n| format!("Content-Type: multipart/report; report-type=delivery-status; boundary=b{n}\n\n--b{n}\n")).collect();
    assert!(read(format!("From: x\n{multi}").as_bytes()).is_none());
    let wide = format!(
        "From: x\nContent-Type: multipart/report; boundary=b\n\n{}",
        "--b\n\nx\n".repeat(100_000)
    );
    assert!(read(wide.as_bytes()).is_none());
    for line in [
        ":".repeat(300_000),
        "Final-Recipient: a Action: b ".repeat(10_000),
        "<a@b.cd>:\n".repeat(30_000),
        "S: 250 x\nC: RCPT TO:<a@b.cd>\n".repeat(10_000),
    ] {
        let _ = read(format!("Generating server: x\n\nb@example.org\n{line}").as_bytes());
    }
    let fields = (0..20_000)
        .map(|n| {
            format!("Final-Recipient: rfc822;b{n}@example.org\nAction: failed\nStatus: 5.1.1\n\n")
        })
        .collect::<String>();
    assert_eq!(
        read(fields.as_bytes()).map(|bounce| bounce.recipients.len()),
        Some(MAX_RECIPIENTS)
    );
}

#[test]
fn cutting_is_harmless() {
    for at in (0..=DSN.len()).step_by(3) {
        for part in [&DSN.as_bytes()[..at], &DSN.as_bytes()[at..]] {
            let _ = looks_like(part);
            for recipient in read(part).into_iter().flat_map(|bounce| bounce.recipients) {
                assert!(
                    recipient
                        .occurrence
                        .reply
                        .code
                        .is_none_or(|code| matches!(code.get(), 550 | 554)),
                    "{at}"
                );
            }
        }
    }
}

#[test]
fn lines_that_end_in_cr_alone() {
    let unix = "From: MAILER-DAEMON@relay.example.org\nSubject: Undelivered Mail Returned to Sender\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\n<bob@example.com>: host mx.example.com[192.0.2.7] said: 550 5.1.1 nobody\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; relay.example.org\n\nFinal-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 nobody\n\n--b--\n";
    let expected = read(unix.as_bytes()).expect("a notice");
    assert_eq!(expected.recipients.len(), 1);
    for end in ["\r\n", "\r"] {
        let text = unix.replace('\n', end);
        assert!(looks_like(text.as_bytes()), "{end:?}");
        assert!(is_report(&text), "{end:?}");
        assert_eq!(read(text.as_bytes()).as_ref(), Some(&expected), "{end:?}");
        // A terminal adds its own.
        assert_eq!(
            read(format!("{text}\n").as_bytes()).as_ref(),
            Some(&expected)
        );
    }
}

#[test]
fn the_session_that_a_notice_quotes_is_not_part_of_the_reply() {
    let text = "From: MDaemon@relay.example.org\nSubject: Permanent Delivery Failure\n\nThe attached message had PERMANENT fatal delivery errors!\n\nFailed address: bob@example.com\n\n--- Session Transcript ---\nFri 2026-01-02 03:04:05: <-- 220 mx.example.com\nFri 2026-01-02 03:04:05: --> MAIL From:<al@example.org>\nFri 2026-01-02 03:04:05: <-- 250 ok\nFri 2026-01-02 03:04:06: --> RCPT To:<bob@example.com>\nFri 2026-01-02 03:04:06: <-- 550 5.1.1 nobody\nFri 2026-01-02 03:04:06: --> QUIT\n--- End Transcript ---\n";
    for text in [text, text.split_once("\n\n").unwrap().1] {
        let bounce = read(text.as_bytes()).expect("a notice");
        let [only] = bounce.recipients.as_slice() else {
            panic!("{bounce:?}");
        };
        assert_eq!(
            only.occurrence.recipient.as_deref(),
            Some("bob@example.com")
        );
        assert_eq!(only.occurrence.reply.text, "nobody");
    }
}

#[test]
fn an_action_in_front_of_its_recipient() {
    let text = "Action: failed\nFinal-Recipient: rfc822;bob@example.com\nStatus: 5.0.0\nDiagnostic-Code: smtp; 450 try later\n\nAction: delayed\nFinal-Recipient: rfc822;eve@example.com\nStatus: 4.0.0\n";
    let bounce = read(text.as_bytes()).expect("a notice");
    let told: Vec<_> = bounce
        .recipients
        .iter()
        .map(|one| one.occurrence.disposition)
        .collect();
    assert_eq!(
        told,
        [Some(Disposition::Bounced), Some(Disposition::Deferred)]
    );
}

#[test]
fn addresses_below_the_words_that_lead_to_them() {
    for (text, expected) in [
        (
            "This is an automatically generated Delivery Status Notification.\n\nDelivery to the following recipients failed.\n\n       bob@example.com\n",
            "bob@example.com - - bounced -",
        ),
        (
            "This is an automatically generated Delivery Status Notification\n\nDelivery to the following recipient has been delayed:\n\n     bob@example.com\n\nMessage will be retried for 2 more day(s)\n",
            "bob@example.com - - deferred -",
        ),
        (
            "Your message\n\n  To:      team@example.net\n  Subject: hello\n\ndid not reach the following recipient(s):\n\nbob@example.com on Fri, 2 Jan 2026 03:04:05 +0000\n    The recipient name is not recognized\n",
            "bob@example.com - - bounced -",
        ),
        (
            "Your message\n\n  To:      team@example.net\n\ndid not reach the following recipient(s):\n\nc=US;a= ;p=Org;o=Site;dda:SMTP=bob@example.com; on Fri, 2 Jan 2026 03:04:05 +0000\n    The recipient name is not recognized\n",
            "bob@example.com - - bounced -",
        ),
        (
            "This message was created automatically by mail delivery software.\n\nThis is a permanent error. The following address(es) failed:\n\n  an undisclosed address\n    (generated from bob@example.com)\n",
            "bob@example.com - - bounced -",
        ),
        (
            "This is a permanent error.  The following address failed:\n\n  `<bob@example.com>: 550 5.1.1 no such user`\n",
            "bob@example.com 550 5.1.1 bounced -",
        ),
        (
            "Delivery has failed to these recipients or distribution lists:\n\nServer \"192.0.2.7:25\" returned an error:\n\n\t* [bob@example.com]: 550 5.2.2 mailbox full\n",
            "bob@example.com 550 5.2.2 bounced -",
        ),
    ] {
        assert_eq!(shown(text), [expected], "{text}");
    }
    // Postfix names somebody who can help.
    let helper = "I'm sorry to have to inform you that your message could not be delivered to\none or more recipients.\n\nFor further assistance, please send mail to <postmaster@example.org>\n\n<bob@example.com>: unknown user: \"bob\"\n";
    assert_eq!(shown(helper), ["bob@example.com - - bounced -"]);
}

#[test]
fn short_notices_that_their_header_announces() {
    for (body, expected) in [
        (
            "Delivery failed 20 attempts: bob@example.com\n\n\nOriginal message follows.\n\nReceived: x\nTo: eve@example.net\n",
            "bob@example.com - - bounced -",
        ),
        (
            "Invalid final delivery userid: bob@example.com\n",
            "bob@example.com - - bounced -",
        ),
        (
            "User's mailbox is full: <bob@example.com>\nUnable to deliver mail.\n",
            "bob@example.com - - bounced -",
        ),
        (
            "Your message has encountered delivery problems\nto local user bob.\n(Originally addressed to bob@example.com)\n\nUser not known\n",
            "bob@example.com - - bounced -",
        ),
        (
            "Delivery of email to this address\n\n\"bob@example.com\"\n\nhas been postponed due to a full mailbox.\n",
            "bob@example.com - - deferred -",
        ),
    ] {
        let head = "Received: from example.org\nFrom: \"Postmaster\" <postmaster@example.org>\nSubject: Undeliverable Mail\nTo: al@example.net\n";
        assert_eq!(shown(&format!("{head}\n{body}")), [expected], "{body}");
    }
    // Other mail that speaks of deliveries, and a postmaster who writes himself.
    for decoy in [
        "From: Shop <orders@example.org>\nSubject: Delivery status of your parcel\nTo: bob@example.com\n\nDear bob@example.com, your parcel could not be handed over: nobody at home.\n",
        "From: Postmaster <postmaster@example.org>\nSubject: New rules for large mail\nTo: bob@example.com\n\nMail to list@example.com that is too large is rejected from now on.\n",
    ] {
        assert!(!looks_like(decoy.as_bytes()), "{decoy}");
    }
}

#[test]
fn reasons_in_brackets_behind_the_address() {
    for (line, expected) in [
        (
            "<bob@example.com> (host 'mx.example.com' rejected command 'RCPT TO:<bob@example.com>' with code 550 (5.1.1) 'No such user (bob)')",
            "bob@example.com 550 5.1.1 bounced mx.example.com",
        ),
        (
            "<bob@example.com> (host 'mx.example.com' rejected transaction with code 550 (0.0.0) 'Service unavailable; client blocked')",
            "bob@example.com 550 - bounced mx.example.com",
        ),
        (
            "<bob@example.com> (connection to 'mx.example.com' failed: Timeout while connecting)",
            "bob@example.com - - bounced mx.example.com",
        ),
        (
            "<bob@example.com> (failed to lookup 'example.com': record not found)",
            "bob@example.com - - bounced -",
        ),
    ] {
        let text = format!(
            "Your message could not be delivered to the following recipients:\r\n\r\n{line}\r\n"
        );
        assert_eq!(shown(&text), [expected], "{line}");
        let mixed = format!(
            "Your message has been partially delivered:\r\n\r\n    ----- Delivery to the following addresses was successful -----\r\n<al@example.com> (delivered to 'mx.example.com' with code 250 (2.1.5) 'Ok')\r\n\r\n    ----- Delivery to the following addresses failed -----\r\n{line}\r\n"
        );
        assert_eq!(shown(&mixed), [expected], "{mixed}");
    }
    let late = "There was a temporary problem delivering your message to the following recipients:\r\n\r\n<bob@example.com> (host 'mx.example.com' rejected transaction with code 451 (4.7.1) 'Greylisted')\r\n";
    assert_eq!(
        shown(late),
        ["bob@example.com 451 4.7.1 deferred mx.example.com"]
    );
    // An alias in brackets is still none of the reasons.
    let alias = "This is the mail system at host mail.example.org.\n\n<bob@example.com> (expanded from <team@example.com>): host mx.example.com[192.0.2.7] said: 550 5.1.1 no such user\n";
    assert_eq!(
        shown(alias),
        ["bob@example.com 550 5.1.1 bounced mx.example.com"]
    );
    // Nor does it hide that the paragraph alone is a notice.
    for alone in [
        "<bob@example.com> (expanded from <team@example.com>): host mx.example.com[192.0.2.7] said: 550 5.1.1 no such user\n",
        "<bob@example.com> (expanded from\n    <team@example.com>): host mx.example.com[192.0.2.7] said: 550\n    5.1.1 no such user (in reply to RCPT TO command)\n",
    ] {
        assert_eq!(
            shown(alone),
            ["bob@example.com 550 5.1.1 bounced mx.example.com"]
        );
    }
}

#[test]
fn sentences_that_a_window_broke() {
    let text = "This message was created automatically by mail\n  delivery software. A message that you sent has\n  not yet been delivered to one or more of its\n  recipients after more than 48 hours.\n\nThe address to which the message has not yet been delivered is:\n\nbob@example.com\n";
    assert_eq!(shown(text), ["bob@example.com - - deferred -"]);
    let listed = "  \u{2022} bob@example.org: host mx.example.org[192.0.2.7] said: 550 5.1.1 bob@example.org: no such user (in reply to RCPT TO command)";
    assert_eq!(
        shown(listed),
        ["bob@example.org 550 5.1.1 bounced mx.example.org"]
    );
}

#[test]
fn sentences_that_tell_of_waiting() {
    let text = "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a temporary\nerror. The following address(es) deferred:\n\n  bob@example.com\n    Domain example.net has exceeded the max emails per hour (118/100 (118%)) allowed.\n";
    assert_eq!(shown(text), ["bob@example.com - - deferred -"]);
}

#[test]
fn a_sentence_of_gmail_alone() {
    let text = "There was a temporary problem while delivering your message to bob@example.com. Gmail will retry for 47 more hours.";
    assert_eq!(shown(text), ["bob@example.com - - deferred -"]);
}

#[test]
fn addresses_that_a_tracker_made_links_of() {
    let text = "    <[bob@example.com](mailto:bob@example.com)>: host mx.example.com[192.0.2.7] said:\n        550-5.7.26 no\n        550 5.7.26 signature\n";
    assert_eq!(
        shown(text),
        ["bob@example.com 550 5.7.26 bounced mx.example.com"]
    );
}

#[test]
fn notices_in_other_languages() {
    let portuguese = "** Endereço não encontrado **\n\nA mensagem não foi entregue para bob@example.com porque o domínio example.com não foi encontrado.\n";
    assert_eq!(shown(portuguese), ["bob@example.com - - bounced -"]);
    let spanish = "El siguiente mensaje no pudo ser entregado:\n\n  Destinatario: bob@example.com\n  Motivo: buzón inexistente\n";
    assert_eq!(shown(spanish), ["bob@example.com - - bounced -"]);
    let any = "** Qwerty asdf **\n\nZxcv bob@example.com.\n\nhttps://support.google.com/mail/?p=NoSuchUser\n\n550 5.1.1 nobody here\n";
    assert_eq!(shown(any), ["bob@example.com 550 5.1.1 bounced -"]);
}

#[test]
fn frames_in_which_nobody_has_an_address() {
    let outlook = "Your message did not reach some or all of the intended recipients.\n\n  Subject: lunch\n\nThe following recipient(s) could not be reached:\n\n  EVERYONE on 1/2/2026 3:04 AM\n  The content length of the message is too long\n";
    assert_eq!(shown(outlook), ["- - - bounced -"]);
    let groupwise = "The message that you sent was undeliverable to the following:\n\n\tbob (User not on post office, mailbox unknown)\n";
    assert_eq!(shown(groupwise), ["- - - bounced -"]);
}

#[test]
fn codes_below_labels() {
    let text = "Your message could not be delivered to the following recipient(s):\n\n  Recipient: bob@example.net\n  Reason: User unknown\n  Remote server: mx.example.net\n  SMTP code: 550\n  Status code: 5.1.1\n";
    assert_eq!(
        shown(text),
        ["bob@example.net 550 5.1.1 bounced mx.example.net"]
    );
    let lower = "Original-recipient: rfc822;bob@example.com\nAction: failed\nStatus: 5.1.1\n";
    assert_eq!(shown(lower), ["bob@example.com - 5.1.1 bounced -"]);
    let marked = "`Action: failed`\n`Status: 5.7.1`\n`Diagnostic-Code: smtp;550 5.7.1 no\n`";
    assert_eq!(shown(marked), ["- 550 5.7.1 bounced -"]);
    let page = "<html><body><p>Delivery to the following recipient failed permanently:</p><p><b>bob@example.com</b></p></body></html>";
    assert_eq!(shown(page), ["bob@example.com - - bounced -"]);
}

#[test]
fn a_reason_above_those_who_failed() {
    let text = "This Message was undeliverable due to the following reason:\n\nHost example.com is not responding.\n\nThe following recipients did not receive your message:\n\n     <bob@example.com>\nThe following recipients did not receive your message:\n\n     <ann@example.com>\n\nPlease reply to Postmaster@example.org.\n";
    assert_eq!(
        shown(text),
        [
            "bob@example.com - - bounced -",
            "ann@example.com - - bounced -"
        ]
    );
    assert_eq!(words(text), "Host example.com is not responding.");
    // Where each has a reason of its own, that counts.
    let own = "It was undeliverable for the following reason.\n\nfailed\n\n<bob@example.com>: User unknown\n";
    assert_eq!(words(own), "User unknown");
}

#[test]
fn labels_that_tell_the_reason() {
    let text = "Undeliverable mail\n\nInvalid final delivery userid: bob@example.com\n\n\nOriginal message follows.\n";
    assert_eq!(shown(text), ["bob@example.com - - bounced -"]);
    assert_eq!(words(text), "Invalid final delivery userid");
    let smail = "|--- Failed addresses follow: ---|\n bob@example.com ... unknown host\n|--- Message text follows: ---|\n";
    assert_eq!(shown(smail), ["bob@example.com - - bounced -"]);
    assert!(words(smail).starts_with("unknown host"));
    let glued =
        "I wasn't able to deliver your mail to:bob@example.com\nThis mailbox does not exist here.";
    assert_eq!(shown(glued), ["bob@example.com - - bounced -"]);
}

#[test]
fn codes_at_the_end() {
    let text = "------ Failed Recipients ------\n\n<bob@example.com>: Mailbox unavailable. [SMTP Error Code 550]\n------ Returned Mail ------\n";
    assert_eq!(shown(text), ["bob@example.com 550 - bounced -"]);
    let mimecast = "This is a delivery failure notification message indicating that\nan email a@example.org addressed to email address :\n-- bob@example.com\n\ncould not be delivered. The problem appears to be :\n-- Recipient server unavailable or busy\n\nAdditional information follows :\n-- 4.4.4 Temporary server error\n";
    assert_eq!(shown(mimecast), ["bob@example.com - 4.4.4 bounced -"]);
}

#[test]
fn a_supplement_to_the_numbers_of_x_400() {
    let text = "Final-Recipient: rfc822; bob@example.com\nAction: failed\nDiagnostic-Code: Reason 1 (Unable-To-Transfer); Diagnostic -1 (Unknown)\nStatus: 5.0.0\nX400-Supplementary-Info: \"MTA '192.0.2.7' gives error message 5.7.1 Unable to relay for\n bob@example.com\"\n";
    assert_eq!(shown(text), ["bob@example.com - 5.7.1 bounced -"]);
    assert_eq!(words(text), "Unable to relay for bob@example.com");
}

#[test]
fn the_source_of_a_page() {
    let blog = "Hi. This is the qmail-send program at mx.example.org.<br />\nI'm afraid I wasn't able to deliver your message to the following addresses.</p>\n<p><bob@example.com>:<br />\nThis message is looping. (#5.4.6)</p>\n";
    assert_eq!(shown(blog), ["bob@example.com - 5.4.6 bounced -"]);
    let escaped = "<pre>Hi. This is the qmail-send program at mx.example.org.\n\n&lt;bob@example.com&gt;:\nmail denied\n</pre>";
    assert_eq!(shown(escaped), ["bob@example.com - - bounced -"]);
}

#[test]
fn names_without_an_address() {
    let aol = "Your mail to the following recipients could not be delivered because they are not accepting mail from list@example.org:\n\tbobby\n";
    assert_eq!(shown(aol), ["- - - bounced -"]);
    let interscan = "The following mail could not be delivered.\nReason:  Exceeded Maximum Delivery Attempts.\n\n*** End of message ***\n";
    assert_eq!(shown(interscan), ["- - - bounced -"]);
    let jetmail = "Your mail cannot be delivered to the following address(es):\n\n bob \"(0), ErrMsg=mail box space not enough, account=bob \"\n\nPlease check the above.\n";
    assert_eq!(shown(jetmail), ["- - - bounced -"]);
}

#[test]
fn the_sum_below_a_quoted_reply() {
    let text = "   ----- The following addresses had permanent fatal errors -----\n<bob@example.com>\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.com.:\n>>> RCPT To:<bob@example.com>\n<<< 550 5.1.1 User unknown\n554 5.0.0 Service unavailable\n";
    assert_eq!(
        shown(text),
        ["bob@example.com 550 5.1.1 bounced mx.example.com"]
    );
    assert_eq!(words(text), "User unknown");
}

#[test]
fn a_host_that_failed() {
    let text = "bob@example.com failed: host mx.example.com (192.0.2.7) said: 550 5.1.1 no (in reply to RCPT TO command)\nann@example.com failed: host mx.example.com (192.0.2.7) said: 452 4.2.2 full (in reply to RCPT TO command)\n";
    assert_eq!(
        shown(text),
        [
            "bob@example.com 550 5.1.1 bounced mx.example.com",
            "ann@example.com 452 4.2.2 bounced mx.example.com"
        ]
    );
    let fields = "Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n\nfailed: host mx.example.com (192.0.2.7) said: 550 5.1.1 no such user (in reply to RCPT command)\n";
    assert_eq!(
        shown(fields),
        ["bob@example.com 550 5.1.1 bounced mx.example.com"]
    );
}
