use smtpcode::{diagnose, parse};
use std::io::BufRead;
fn main() {
    let mut out = String::new();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let (context, reply) = match parse::reply::find(&line) {
            Some((at, reply)) => (&line[..at], reply),
            None => ("", parse::reply::read_loose(&line)),
        };
        let ev = diagnose::Evidence {
            reply: &reply,
            context,
            command: None,
        };
        let a = diagnose::explain(&ev);
        let v = serde_json::json!({"cause": a.verdict.cause.id(), "retry": a.verdict.retry.id(), "who": a.verdict.who.id(), "basis": a.verdict.basis.id(), "rule": a.verdict.rule_id(), "matched": a.matched, "summary": a.summary, "action": a.action, "code": reply.code.map(|c| c.get()), "enhanced": reply.enhanced.map(|c| c.to_string())});
        out.push_str(&v.to_string());
        out.push('\n');
    }
    print!("{out}");
}
