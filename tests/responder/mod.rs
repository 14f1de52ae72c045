//! A mail server that answers what it is told: loopback only, one thread per connection, bounded in time.
//!
//! A script is a list of (command, part, answer). A row fits if it names the command and its part occurs in the
//! line just said, or for DATA and the final dot in all of the transaction; the first that fits answers.

pub mod scripts;

use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// What to do when a row fits.
#[derive(Clone, Copy, Debug)]
pub enum Then {
    /// Answer these lines (joined by `\n`), and go on.
    Say(&'static str),
    /// Answer, wait a moment, hang up.
    SayAndClose(&'static str),
    /// Hang up without an answer.
    Close,
    /// Reset the connection: it is dropped with bytes unread.
    Reset,
    /// Say nothing, until the client loses patience.
    Silence,
}

/// A row of a script: command, a part of what was said, the answer.
pub type Row = (&'static str, &'static str, Then);

/// A running server.
pub struct Responder {
    pub address: SocketAddr,
}

/// Longest wait for a client, and longest silence.
const PATIENCE: Duration = Duration::from_secs(20);

/// Starts a server on a loopback port (0: any) that serves at most `sessions` connections.
pub fn start(port: u16, script: &'static [Row], sessions: usize) -> std::io::Result<Responder> {
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().take(sessions) {
            if let Ok(stream) = stream {
                thread::spawn(move || session(stream, script));
            }
        }
    });
    Ok(Responder { address })
}

/// The answer of a server that refuses nothing.
fn usual(command: &str) -> &'static str {
    match command {
        "CONNECT" => "220 mx.example.com ESMTP ready",
        "EHLO" => "250-mx.example.com greets you\n250-8BITMIME\n250 ENHANCEDSTATUSCODES",
        "HELO" => "250 mx.example.com",
        "MAIL" => "250 2.1.0 Sender ok",
        "RCPT" => "250 2.1.5 Recipient ok",
        "DATA" => "354 End data with <CR><LF>.<CR><LF>",
        "." => "250 2.0.0 Ok: queued as 4D5E6F7A8B",
        "QUIT" => "221 2.0.0 Bye",
        "RSET" | "NOOP" => "250 2.0.0 Ok",
        "AUTH" => "334 UGFzc3dvcmQ6",
        _ => "502 5.5.2 Command not recognised",
    }
}

fn answer(script: &'static [Row], command: &str, said: &str) -> Then {
    script
        .iter()
        .find(|(word, part, _)| *word == command && said.contains(part))
        .map_or(Then::Say(usual(command)), |(_, _, then)| *then)
}

fn session(mut stream: TcpStream, script: &'static [Row]) {
    let _ = stream.set_read_timeout(Some(PATIENCE));
    let _ = stream.set_nodelay(true);
    let Ok(reading) = stream.try_clone() else {
        return;
    };
    let mut reader = BufReader::with_capacity(1, reading);
    let mut said = String::new();
    let mut command = "CONNECT".to_owned();
    let mut in_data = false;
    let mut line = Vec::new();
    loop {
        let heard = match command.as_str() {
            "DATA" | "." => said.as_str(),
            _ => said.lines().last().unwrap_or_default(),
        };
        match answer(script, &command, heard) {
            Then::Say(text) => {
                in_data = command == "DATA" && text.starts_with("354");
                if !say(&mut stream, text) {
                    return;
                }
            }
            Then::SayAndClose(text) => {
                say(&mut stream, text);
                thread::sleep(Duration::from_millis(100));
                let _ = stream.shutdown(Shutdown::Both);
                return;
            }
            Then::Close => {
                let _ = stream.shutdown(Shutdown::Both);
                return;
            }
            Then::Reset => {
                // What is not read when the socket goes makes the kernel send a reset.
                let mut peek = [0];
                let _ = stream.peek(&mut peek);
                return;
            }
            Then::Silence => thread::sleep(PATIENCE),
        }
        if command == "QUIT" {
            return;
        }
        if command == "." || command == "RSET" {
            said.clear();
        }
        loop {
            line.clear();
            // The line feed stays unread for now: see `Then::Reset`.
            match reader.read_until(b'\r', &mut line) {
                Ok(n) if n > 0 => {}
                _ => return,
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim();
            if in_data && text != "." {
                continue;
            }
            said.push_str(text);
            said.push('\n');
            command = match text {
                "." => ".".to_owned(),
                _ => text
                    .split([' ', ':'])
                    .next()
                    .unwrap_or_default()
                    .to_ascii_uppercase(),
            };
            in_data = false;
            break;
        }
    }
}

fn say(stream: &mut TcpStream, text: &str) -> bool {
    let mut wire = text.replace('\n', "\r\n");
    wire.push_str("\r\n");
    stream.write_all(wire.as_bytes()).is_ok()
}
