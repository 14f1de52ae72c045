use super::*;

fn one(text: &str) -> Session<'_> {
    let mut sessions = read(text).unwrap_or_else(|| panic!("no session in {text:?}"));
    assert_eq!(sessions.len(), 1, "{sessions:#?}");
    assert!(looks_like(text));
    sessions.remove(0)
}

/// Each step as `COMMAND code recipient`.
fn steps(session: &Session<'_>) -> Vec<String> {
    let show = |step: &Step<'_>| {
        let code = step
            .reply
            .as_ref()
            .and_then(|reply| reply.code)
            .map_or("-".to_owned(), |code| code.to_string());
        let recipient = step
            .recipient
            .as_deref()
            .map(|to| format!(" {to}"))
            .unwrap_or_default();
        format!(
            "{} {code}{recipient}",
            step.command.map_or("?", Command::id)
        )
    };
    session.steps.iter().map(show).collect()
}

const LETTERS: &str = "Here is how a session looks.\n\n```\nS: 220 mx.example.org ESMTP\nC: EHLO relay.example.com\nS: 250-mx.example.org\nS: 250-PIPELINING\nS: 250 SIZE 1000\n\
C: MAIL FROM:<news@example.com>\nS: 250 2.1.0 Ok\nC: RCPT TO:<alice@example.org>\nS: 250 2.1.5 Ok\nC: RCPT TO:<bob@example.org>\nS: 550 5.1.1 no such user\nC: DATA\n\
S: 354 go ahead\nC: Subject: 550 reasons\nC: \nC: RCPT TO:<nobody@example.org>\nC: 554 no reply\nC: .\nS: 250 2.0.0 Ok: queued as 4B2C1A7F00\nC: QUIT\nS: 221 2.0.0 Bye\n```\n\n550 means no.\n";

#[test]
fn letters_in_prose() {
    let session = one(LETTERS);
    assert_eq!(session.format, "transcript");
    assert_eq!(session.host.as_deref(), Some("mx.example.org"));
    assert_eq!(
        steps(&session),
        [
            "CONNECT 220",
            "EHLO 250",
            "MAIL 250",
            "RCPT 250 alice@example.org",
            "RCPT 550 bob@example.org",
            "DATA 354",
            "END-OF-DATA 250",
            "QUIT 221"
        ]
    );
    assert_eq!(session.steps[0].line, "connect");
    assert_eq!(session.steps[4].line, "RCPT TO:<bob@example.org>");
    assert_eq!(session.accepted(), ["alice@example.org"]);
    assert_eq!(session.refused(), ["bob@example.org"]);
    assert_eq!(session.stopped_at(), Some(4));
    assert_eq!(session.queued_as(), Some("4B2C1A7F00"));
    assert!(!session.consequence(4));
    let arrows = LETTERS.replace("S: ", "[<-] ").replace("C: ", "[->] ");
    assert_eq!(steps(&one(&arrows)), steps(&session));
}

#[test]
fn receiver_and_sender_of_rfc_821() {
    let session = one(
        "R: 220 example.org\nS: HELO example.com\nR: 250 example.org\nS: MAIL FROM:<a@example.com>\nR: 250 OK\nS: RCPT TO:<b@example.org>\nR: 250 OK\nS: DATA\nR: 354 Start\nS: Blah blah\nS: .\nR: 250 OK\nS: QUIT\nR: 221 bye\n",
    );
    assert_eq!(session.accepted(), ["b@example.org"]);
    assert_eq!(session.queued_as(), None);
    assert_eq!(session.stopped_at(), None);
}

#[test]
fn swaks_pipelined() {
    let session = one(
        "=== Trying mx.example.org:25...\n=== Connected to mx.example.org.\n<-  220 mx.example.org ESMTP\n -> EHLO client.example.com\n<-  250-mx.example.org\n<-  250 PIPELINING\n\
 -> MAIL FROM:<a@example.com>\n -> RCPT TO:<b@example.org>\n -> DATA\n<-  250 Accepted\n<** 550 no such user\n<** 503 valid RCPT command must precede DATA\n -> QUIT\n<-  221 bye\n=== Connection closed with remote host.\n",
    );
    assert_eq!(session.format, "swaks");
    assert_eq!(session.host.as_deref(), Some("mx.example.org"));
    assert_eq!(
        steps(&session),
        [
            "CONNECT 220",
            "EHLO 250",
            "MAIL 250",
            "RCPT 550 b@example.org",
            "DATA 503",
            "QUIT 221"
        ]
    );
    assert_eq!(session.stopped_at(), Some(3));
    assert!(session.consequence(4) && !session.consequence(3) && !session.consequence(5));
    assert_eq!(session.refused(), ["b@example.org"]);
}

#[test]
fn swaks_over_tls_with_secrets() {
    let session = one(
        "<-  220 mx.example.org\n -> EHLO x\n<-  250 STARTTLS\n -> STARTTLS\n<-  220 2.0.0 Ready to start TLS\n=== TLS started with cipher TLSv1.3:TLS_AES_256_GCM_SHA384:256\n ~> EHLO x\n<~  250 AUTH PLAIN LOGIN\n\
 ~> AUTH LOGIN\n<~  334 VXNlcm5hbWU6\n ~> YWxpY2U=\n<~  334 UGFzc3dvcmQ6\n ~> aHVudGVyMg==\n<~* 535 5.7.8 bad credentials\n ~> QUIT\n<~  221 bye\n",
    );
    assert_eq!(
        steps(&session),
        [
            "CONNECT 220",
            "EHLO 250",
            "STARTTLS 220",
            "EHLO 250",
            "AUTH 334",
            "AUTH 334",
            "AUTH 535",
            "QUIT 221"
        ]
    );
    assert_eq!(session.steps[6].line, "***");
    assert_eq!(session.stopped_at(), Some(6));
    let plain = one(" -> AUTH PLAIN AGFsaWNlAGh1bnRlcjI=\n<** 535 no\n");
    assert_eq!(plain.steps[0].line, "AUTH PLAIN ***");
}

#[test]
fn curl_shows_no_dot() {
    let session = one(
        "* Connected to mx.example.org (192.0.2.7) port 25 (#0)\n< 220 mx.example.org\n> EHLO x\n< 250-mx.example.org\n< 250 SIZE\n> MAIL FROM:<a@example.com>\n< 250 ok\n> RCPT TO:<b@example.org>\n< 250 ok\n> DATA\n< 354 go\n} [99 bytes data]\n< 250 Ok: queued as 77AA00BB11\n> QUIT\n< 221 bye\n* Connection #0 to host mx.example.org left intact\n",
    );
    assert_eq!(session.format, "curl");
    assert_eq!(session.accepted(), ["b@example.org"]);
    assert_eq!(session.queued_as(), Some("77AA00BB11"));
    let wrapped = one(
        "> MAIL FROM:<a@example.com>\n< 550 5.7.1 Mail from [192.0.2.9] was\n  refused by list.\n",
    );
    assert_eq!(
        wrapped.steps[0]
            .reply
            .as_ref()
            .map(|reply| reply.text.as_ref()),
        Some("Mail from [192.0.2.9] was refused by list.")
    );
}

#[test]
fn telnet_with_message() {
    let session = one(
        "$ telnet mx.example.org 25\nTrying 192.0.2.7...\nConnected to mx.example.org.\nEscape character is '^]'.\n220 mx.example.org ESMTP\nHELO example.com\n250 mx.example.org\nMAIL FROM:<a@example.com>\n250 ok\nRCPT TO:<b@example.org>\n250 ok\nDATA\n354 go\nSubject: x\n\n550 is no reply here\nQUIT\n.\n250 2.0.0 Ok: queued as AB12CD34\nQUIT\n221 bye\nConnection closed by foreign host.\n",
    );
    assert_eq!(session.format, "telnet");
    assert_eq!(session.host.as_deref(), Some("mx.example.org"));
    assert_eq!(
        steps(&session),
        [
            "CONNECT 220",
            "EHLO 250",
            "MAIL 250",
            "RCPT 250 b@example.org",
            "DATA 354",
            "END-OF-DATA 250",
            "QUIT 221"
        ]
    );
    assert_eq!(session.queued_as(), Some("AB12CD34"));
}

#[test]
fn server_lines_only() {
    let session = one(
        "Trying 192.0.2.7...\nConnected to mx.example.org.\nEscape character is '^]'.\n220 mx.example.org ESMTP\n250-mx.example.org\n250 SIZE 100\n250 2.1.0 Ok\n550 5.1.1 no such user\n221 2.0.0 Bye\n",
    );
    assert_eq!(
        steps(&session),
        [
            "CONNECT 220",
            "EHLO 250",
            "MAIL 250",
            "RCPT 550",
            "QUIT 221"
        ]
    );
    let exim = one(
        "  SMTP<< 550 unauthenticated senders not allowed\n  SMTP<< 503 must have sender before recipient\n  SMTP>> QUIT\n",
    );
    assert_eq!(steps(&exim), ["? 550", "? 503", "QUIT -"]);
    assert!(exim.consequence(1));
    assert_eq!(exim.stopped_at(), Some(0));
}

#[test]
fn exim_with_indented_continuations() {
    let session = one(
        "LOG: MAIN\n  cwd=/tmp 4 args: exim -v x\nConnecting to mx.example.org [192.0.2.7]:25 ... connected\n  SMTP<< 220 mx.example.org ESMTP\n  SMTP>> EHLO client.example.com\n  SMTP<< 250-mx.example.org Hello\n         250-SIZE 100\n         250 HELP\n  SMTP>> MAIL FROM:<a@example.com>\n  SMTP<< 250 OK\n  SMTP>> RCPT TO:<b@example.org>\n  SMTP<< 550-first\n         550 second\n  SMTP>> QUIT\n  SMTP(close)>>\n",
    );
    assert_eq!(
        steps(&session),
        [
            "CONNECT 220",
            "EHLO 250",
            "MAIL 250",
            "RCPT 550 b@example.org",
            "QUIT -"
        ]
    );
    assert_eq!(
        session.steps[3]
            .reply
            .as_ref()
            .map(|reply| (reply.text.as_ref(), reply.lines)),
        Some(("first second", 2))
    );
    assert_eq!(session.host.as_deref(), Some("mx.example.org"));
}

#[test]
fn sendmail_tells_whose_refusal() {
    let session = one(
        "... while talking to mx.example.org.:\n>>> DATA\n<<< 550-5.1.1 no such\n<<< 550 5.1.1 mailbox\n550 5.1.1 <b@example.org>... User unknown\n<<< 503 5.5.1 RCPT first.\n",
    );
    assert_eq!(steps(&session), ["RCPT 550 b@example.org", "DATA 503"]);
    assert_eq!(session.host.as_deref(), Some("mx.example.org"));
    assert!(session.consequence(1));
    assert_eq!(session.refused(), ["b@example.org"]);
    let other = one(
        "Sent >>> RCPT TO: <b@example.org>\nReceived <<< 550 no such user\n\nCould not deliver mail to this user.\n",
    );
    assert_eq!(steps(&other), ["RCPT 550 b@example.org"]);
}

#[test]
fn smtplib_prints_twice() {
    let session = one(
        "connect: ('mx.example.org', 25)\nreply: b'220 mx.example.org ESMTP\\r\\n'\nreply: retcode (220); Msg: b'mx.example.org ESMTP'\nconnect: b'mx.example.org ESMTP'\nsend: 'ehlo client\\r\\n'\nreply: b'250-mx.example.org\\r\\n'\nreply: b'250 SIZE\\r\\n'\nreply: retcode (250); Msg: b'mx.example.org\\nSIZE'\n\
send: 'mail FROM:<a@example.com> size=9\\r\\n'\nreply: b'250 2.1.0 Ok\\r\\n'\nreply: retcode (250); Msg: b'2.1.0 Ok'\nsend: 'rcpt TO:<b@example.org>\\r\\n'\nreply: b'250 2.1.5 Ok\\r\\n'\nreply: retcode (250); Msg: b'2.1.5 Ok'\nsend: 'data\\r\\n'\nreply: b'354 go\\r\\n'\nreply: retcode (354); Msg: b'go'\ndata: (354, b'go')\n\
send: b'Subject: x\\r\\n\\r\\nrcpt TO:<z@example.org>\\r\\n.\\r\\n'\nreply: b'554 5.7.1 spam\\r\\n'\nreply: retcode (554); Msg: b'5.7.1 spam'\ndata: (554, b'5.7.1 spam')\nsend: 'rset\\r\\n'\nreply: b'250 Ok\\r\\n'\nreply: retcode (250); Msg: b'Ok'\n",
    );
    assert_eq!(session.format, "smtplib");
    assert_eq!(
        steps(&session),
        [
            "CONNECT 220",
            "EHLO 250",
            "MAIL 250",
            "RCPT 250 b@example.org",
            "DATA 354",
            "END-OF-DATA 554",
            "OTHER 250"
        ]
    );
    assert_eq!(session.steps[3].line, "rcpt TO:<b@example.org>");
    assert_eq!(session.refused(), ["b@example.org"]);
    assert_eq!(session.stopped_at(), Some(5));
    let half =
        one("send: 'rcpt TO:<b@example.org>\\r\\n'\nreply: retcode (550); Msg: b'5.1.1 no'\n");
    assert_eq!(steps(&half), ["RCPT 550 b@example.org"]);
}

#[test]
fn phpmailer() {
    let session = one(
        "2026-01-02 03:04:05 SERVER -> CLIENT: 220 mx.example.org<br>\n2026-01-02 03:04:05 CLIENT -> SERVER: EHLO x<br>\n2026-01-02 03:04:05 SERVER -> CLIENT: 250-mx.example.org\n                 250-SIZE\n                 250 HELP\n2026-01-02 03:04:05 CLIENT -> SERVER: AUTH LOGIN\n2026-01-02 03:04:05 SERVER -> CLIENT: 334 VXNlcm5hbWU6\n2026-01-02 03:04:05 CLIENT -> SERVER: [credentials hidden]\n2026-01-02 03:04:05 SERVER -> CLIENT: 535 5.7.8 no\n2026-01-02 03:04:05 SMTP ERROR: Password command failed: 535 5.7.8 no\n2026-01-02 03:04:05 SMTP Error: Could not authenticate.\n2026-01-02 03:04:05 CLIENT -> SERVER: QUIT\n2026-01-02 03:04:05 SERVER -> CLIENT: 221 bye\n",
    );
    assert_eq!(session.format, "phpmailer");
    assert_eq!(
        steps(&session),
        [
            "CONNECT 220",
            "EHLO 250",
            "AUTH 334",
            "AUTH 535",
            "QUIT 221"
        ]
    );
    assert_eq!(
        session.steps[1].reply.as_ref().map(|reply| reply.lines),
        Some(3)
    );
}

#[test]
fn java_openssl_and_stamped_letters() {
    let java = one(
        "DEBUG SMTP: trying to connect to host \"mx.example.org\", port 25, isSSL false\n220 mx.example.org ESMTP\nDEBUG SMTP: connected to host \"mx.example.org\", port: 25\nEHLO client\n250-mx.example.org\n250 SIZE 100\nDEBUG SMTP: Found extension \"SIZE\", arg \"100\"\nMAIL FROM:<a@example.com>\n250 ok\nRCPT TO:<b@example.org>\n553 5.1.3 bad\nDEBUG SMTP: Invalid Addresses\nDEBUG SMTP:   b@example.org\nRSET\n250 ok\nQUIT\n221 bye\n",
    );
    assert_eq!(java.format, "javamail");
    assert_eq!(java.refused(), ["b@example.org"]);
    assert_eq!(java.host.as_deref(), Some("mx.example.org"));
    let openssl = one(
        "CONNECTED(00000003)\ndepth=0 CN = mx.example.org\nverify return:1\n---\nCertificate chain\n 0 s:CN = mx.example.org\n   i:C = US, O = Example\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\nSSL handshake has read 550 bytes and written 451 bytes\nVerification: OK\n---\n250 CHUNKING\nEHLO x\n250-mx.example.org\n250 HELP\nMAIL FROM:<a@example.com>\n530 5.7.0 Authentication required\n",
    );
    assert_eq!(openssl.format, "openssl");
    assert_eq!(openssl.stopped_at(), Some(openssl.steps.len() - 1));
    let nodemailer = one(
        "[2026-01-02 03:04:05] DEBUG [abc123] S: 220 mx.example.org\n[2026-01-02 03:04:05] DEBUG [abc123] C: EHLO x\n[2026-01-02 03:04:05] DEBUG [abc123] S: 250 hi\n[2026-01-02 03:04:05] DEBUG [abc123] C: MAIL FROM:<a@example.com>\n[2026-01-02 03:04:05] DEBUG [abc123] S: 451 later\n",
    );
    assert_eq!(steps(&nodemailer), ["CONNECT 220", "EHLO 250", "MAIL 451"]);
    let mdaemon = one(
        "Fri 2026-01-02 03:04:05.678: [123:4] <-- 220 mx.example.org\nFri 2026-01-02 03:04:05.678: [123:4] --> EHLO x\nFri 2026-01-02 03:04:05.678: [123:4] <-- 250 hi\n",
    );
    assert_eq!(steps(&mdaemon), ["CONNECT 220", "EHLO 250"]);
    let ruby = one(
        "-> \"220 mx.example.org\\r\\n\"\n<- \"EHLO x\\r\\n\"\n-> \"250 hi\\r\\n\"\n<- \"MAIL FROM:<a@example.com>\\r\\n\"\n-> \"550 no\\r\\n\"\n",
    );
    assert_eq!(steps(&ruby), ["CONNECT 220", "EHLO 250", "MAIL 550"]);
}

#[test]
fn lmtp_answers_for_each_recipient() {
    let session = one(
        "S: 220 mx.example.org LMTP\nC: LHLO x\nS: 250 mx.example.org\nC: MAIL FROM:<a@example.com>\nS: 250 ok\nC: RCPT TO:<b@example.org>\nS: 250 ok\nC: RCPT TO:<c@example.org>\nS: 250 ok\nC: DATA\nS: 354 go\nC: x\nC: .\nS: 250 2.0.0 <b@example.org> saved\nS: 452 4.2.2 <c@example.org> full\nC: QUIT\nS: 221 bye\n",
    );
    assert_eq!(session.accepted(), ["b@example.org"]);
    assert_eq!(session.refused(), ["c@example.org"]);
    assert_eq!(
        steps(&session)[6..8],
        [
            "END-OF-DATA 250 b@example.org",
            "END-OF-DATA 452 c@example.org"
        ]
    );
}

#[test]
fn several_sessions_and_headings() {
    let two = format!("{LETTERS}\nAnd another:\n\n{LETTERS}");
    assert_eq!(read(&two).map(|sessions| sessions.len()), Some(2));
    let text = "SERVER 2:\n\u{2514}\u{2500}\u{2500}250 ok\nCLIENT 2:\n\u{2514}\u{2500}\u{2500}RCPT TO:<b@example.org>\nSERVER 1:\n\u{2514}\u{2500}\u{2500}250 ok\nCLIENT 1:\n\u{2514}\u{2500}\u{2500}RCPT TO:<c@example.org>\nSERVER 2:\n\u{2514}\u{2500}\u{2500}550 no\n";
    let sessions = read(text).expect("sessions");
    assert_eq!(sessions.len(), 2);
    assert_eq!(sessions[0].refused(), ["b@example.org"]);
    assert!(sessions[1].refused().is_empty());
    let request = one(
        "request:\nRCPT TO: <b>\n\nresponse:\n501 Bad address\n\n[-] x - Server refused\nrequest:\nQUIT\n\nresponse:\n221 Bye\n",
    );
    assert_eq!(steps(&request), ["RCPT 501 b", "QUIT 221"]);
}

#[test]
fn what_fails_softly() {
    let session = one(
        "S: 220 x\nC: EHLO x\nS: 502 no\nC: HELO x\nS: 250 x\nC: AUTH PLAIN x\nS: 535 no\nC: MAIL FROM:<a@example.com>\nS: 250 ok\nC: RCPT TO:<b@example.org>\nS: 554 5.7.1 relaying denied\n",
    );
    // HELO made up for EHLO, nothing made up for AUTH.
    assert_eq!(session.stopped_at(), Some(3));
}

#[test]
fn no_sessions() {
    for text in [
        "550 5.1.1 no such user",
        "> 550 5.1.1 no such user\n> please help",
        "S: 550 5.1.1 no such user",
        "Jan  2 03:04:05 mx1 postfix/smtp[123]: AB12: to=<u@example.com>, relay=mx.example.com[192.0.2.7]:25, dsn=5.1.1, status=bounced (host said: 550 5.1.1 no (in reply to RCPT TO command))\n",
        "220 Service ready\n221 Closing\n250 OK\n354 Start mail input\n421 Not available\n550 Mailbox unavailable\n",
        "improper command pipelining after EHLO from unknown[192.0.2.1]: MAIL FROM:<>\nRCPT TO:<u@example.net>\nDATA\n.\nQUIT\n",
        "Trying 192.0.2.7...\ntelnet: Unable to connect to remote host: Connection refused\n",
        "DATA\n\nThe size was 550 bytes",
        "Help me\n550 users waited",
        "",
    ] {
        assert!(read(text).is_none(), "{text:?} gave {:#?}", read(text));
    }
}

#[test]
fn cutting_and_joining_is_harmless() {
    let other = "reply: b'550 5.1.1 x\\r\\n'\nsend: 'data\\r\\n'\n<<< 354 \u{2514}\n.\n";
    for at in 0..=LETTERS.len() {
        for part in [LETTERS.get(..at), LETTERS.get(at..)].into_iter().flatten() {
            for session in read(part).into_iter().flatten() {
                let _ = (
                    session.accepted(),
                    session.refused(),
                    session.stopped_at(),
                    session.queued_as(),
                );
                assert!(!session.consequence(session.steps.len()));
            }
            let _ = read(&format!("{part}{other}"));
        }
    }
}

#[test]
fn every_line_end() {
    let unix = "220 mx.example.com ESMTP\nEHLO c.example.net\n250-mx.example.com\n250 SIZE 550\nMAIL FROM:<s@example.org>\n250 2.1.0 ok\nRCPT TO:<u@example.com>\n550 5.1.1 nobody\nQUIT\n221 bye\n";
    let expected = read(unix).expect("a session");
    for end in ["\r\n", "\r", "\r\r\n"] {
        let text = unix.replace('\n', end);
        assert!(looks_like(&text), "{end:?}");
        assert_eq!(read(&text).as_ref(), Some(&expected), "{end:?}");
    }
}

#[test]
fn each_line_set_as_code() {
    let text = "`=== Connected to 192.0.2.7.`\n`<-  220 mx.example.org ESMTP`\n` -> EHLO relay.example.com`\n`<-  250 mx.example.org`\n` -> MAIL FROM:<news@example.com>`\n`<** 421 come back later`\n` -> QUIT`\n`<-  221 bye`\n";
    let session = one(text);
    assert_eq!(session.format, "swaks");
    assert_eq!(
        steps(&session),
        ["CONNECT 220", "EHLO 250", "MAIL 421", "QUIT 221"]
    );
}

#[test]
fn microcontrollers() {
    let text = "> C: connect to SMTP server\n> C: smtp server connected\n< S: 220 mx.example.org\n> C: send smtp command, HELO\n< S: 250-mx.example.org\n< S: 250 STARTTLS\n> C: send STARTTLS command\n< S: 454 no\n> E: SMTP server greeting failed\n";
    let session = one(text);
    let last = session.steps[session.stopped_at().unwrap()]
        .reply
        .as_ref()
        .unwrap();
    assert_eq!(last.code.map(|code| code.get()), Some(454));
}

#[test]
fn bare_lines_behind_stamps() {
    let stamped = |front: &str| {
        [
            "220 mx.example.org ESMTP",
            "EHLO relay.example.com",
            "250 SIZE 1000",
            "MAIL FROM: <news@example.com>",
            "250 2.1.0 Ok",
            "RCPT TO:<bob@example.org>",
            "550 5.1.1 no such user",
        ]
        .map(|line| format!("{front}{line}\n"))
        .concat()
    };
    for front in [
        "02.01.26 03:04:05 smtp: ",
        "02.01.2026 03:04:05 ",
        "2026-01-02T03:04:05Z ",
    ] {
        assert_eq!(
            steps(&one(&stamped(front))),
            [
                "CONNECT 220",
                "EHLO 250",
                "MAIL 250",
                "RCPT 550 bob@example.org"
            ],
            "{front}"
        );
    }
}

#[test]
fn what_follows_looks_back_a_transaction_only() {
    let greeting = "220 mx.example.com ESMTP\nEHLO x\n250 mx.example.com\n";
    let many = "RCPT TO:<bob@example.com>\n550 no\n".repeat(20_000);
    let text =
        format!("{greeting}MAIL FROM:<a@example.com>\n250 ok\n{many}DATA\n554 no\nQUIT\n221 bye\n");
    let sessions = read(&text).unwrap();
    let session = &sessions[0];
    let failed = (0..session.steps.len()).filter(|at| session.consequence(*at));
    assert_eq!(failed.count(), 1);
    assert_eq!(session.stopped_at(), Some(3));
    let again = "EHLO x\n500 no\n".repeat(20_000);
    let text = format!(
        "220 mx.example.com ESMTP\n{again}EHLO x\n250 ok\nMAIL FROM:<a@example.com>\n550 no\n"
    );
    let sessions = read(&text).unwrap();
    assert_eq!(sessions[0].stopped_at(), Some(20_002));
}
