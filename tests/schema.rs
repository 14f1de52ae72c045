//! Every line of JSON fits the published schema, and within a kind no key is ever absent.

mod common;

use common::{corpus, run, samples, status, stderr, stdout};
use jsonschema::Validator;
use serde_json::Value;
use smtpcode::render::json::SCHEMA;
use std::collections::BTreeSet;

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("the schema is JSON")
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).expect("the schema is a schema")
}

/// Checks every line; adds the kinds and the values of open enums that were seen.
fn check(validator: &Validator, what: &str, output: &str, kinds: &mut BTreeSet<String>) {
    for line in output.lines() {
        let value: Value =
            serde_json::from_str(line).unwrap_or_else(|e| panic!("{what}: {e}: {line}"));
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{what}: {errors:#?}\n{line}");
        let own = value.get("smtpcode").unwrap_or(&value);
        known(what, own);
        kinds.insert(own["kind"].as_str().expect("a kind").to_owned());
    }
}

/// What we write ourselves stays within the values that the schema names, though readers must not rely on it.
fn known(what: &str, object: &Value) {
    let schema = schema();
    let kind = object["kind"].as_str().expect("a kind");
    let properties = &schema["$defs"][format!("kind_{kind}")]["properties"];
    assert!(properties.is_object(), "{what}: unknown kind {kind}");
    for (key, value) in object.as_object().expect("an object") {
        let mut place = &properties[key];
        assert!(!place.is_null(), "{what}: {kind} has {key}, the schema not");
        if let Some(name) = place["$ref"].as_str() {
            place = schema.pointer(&name[1..]).expect("it is defined");
        }
        let named = place["enum"]
            .as_array()
            .or(place["anyOf"][0]["enum"].as_array());
        if let Some(named) = named.filter(|_| !value.is_null()) {
            assert!(named.contains(value), "{what}: {kind} {key} is {value}");
        }
    }
}

#[test]
fn every_kind_fits() {
    let validator = validator();
    let mut kinds = BTreeSet::new();
    for words in [
        &["list"][..],
        &["list", "--rules"],
        &["search", "grey"],
        &["550", "421", "5.1.1", "550 5.1.1", "111"],
        &["450", "5.1.1"],
        &["5.7.x"],
        &["2xx", "5.9.9", "599"],
        &["450 4.2.0 greylisted, try again in 5 minutes"],
        &["-v", "550-5.1.1 no such user\n550 5.1.1 gone"],
        &["--command", "rcpt", "550 go away"],
        &["334 VXNlcm5hbWU6"],
    ] {
        let output = run(&[&["--json"], words].concat(), b"");
        assert_eq!(status(&output), 0, "{words:?}: {}", stderr(&output));
        check(
            &validator,
            &format!("{words:?}"),
            stdout(&output),
            &mut kinds,
        );
    }
    for file in samples() {
        let input = std::fs::read(&file).expect("readable");
        for words in [
            &["--json"][..],
            &["--json", "--all-lines"],
            &["--json", "--summary"],
            &[
                "--json",
                "--summary",
                "--by",
                "domain,who,rule,host,provider,code,enhanced",
            ],
        ] {
            let output = run(words, &input);
            let what = format!("{words:?} {}", file.display());
            assert_eq!(status(&output), 0, "{what}: {}", stderr(&output));
            check(&validator, &what, stdout(&output), &mut kinds);
        }
    }
    let wanted = [
        "code",
        "none",
        "outcome",
        "recipient",
        "reply",
        "rule",
        "session",
        "step",
        "summary",
    ];
    for kind in wanted {
        assert!(kinds.contains(kind), "no run gave a {kind}");
    }
}

#[test]
fn the_corpus_fits() {
    let validator = validator();
    let input = corpus().join("\n");
    let output = run(&["--json", "--all-lines"], input.as_bytes());
    let lines = stdout(&output).lines().count();
    assert_eq!(lines, corpus().len(), "one line out for each line in");
    check(&validator, "corpus", stdout(&output), &mut BTreeSet::new());
}

#[test]
fn the_schema_asks_for_every_key() {
    let schema = schema();
    for (name, kind) in schema["$defs"].as_object().expect("definitions") {
        let Some(properties) = kind["properties"].as_object() else {
            continue;
        };
        let required: BTreeSet<&str> = kind["required"]
            .as_array()
            .expect("required")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let keys: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
        assert_eq!(required, keys, "{name}");
    }
}

#[test]
fn the_schema_knows_every_cause() {
    let schema = schema();
    let listed: Vec<&str> = schema["$defs"]["cause"]["anyOf"][0]["enum"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let causes: Vec<&str> = smtpcode::tables::CAUSES.iter().map(|row| row.id).collect();
    assert_eq!(listed, causes);
}

#[test]
fn a_missing_key_is_an_error() {
    let validator = validator();
    let output = run(&["--json", "550 5.1.1 no such user"], b"");
    let whole: Value = serde_json::from_str(stdout(&output)).expect("JSON");
    assert!(validator.is_valid(&whole));
    for key in whole
        .as_object()
        .expect("an object")
        .keys()
        .filter(|key| *key != "kind")
    {
        let mut less = whole.clone();
        less.as_object_mut().expect("an object").remove(key);
        assert!(!validator.is_valid(&less), "{key} may be absent");
    }
}

#[test]
fn the_program_prints_the_schema() {
    let output = run(&["--json-schema"], b"");
    assert_eq!(stdout(&output), SCHEMA);
}
