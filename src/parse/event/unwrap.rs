//! Takes events out of what message buses put around them: SNS, SQS and EventBridge (whose bodies are JSON in a
//! string), and Mandrill's, whose list lies under one key; turns journald's byte arrays into text.

use serde_json::Value;

/// How deep one envelope may lie in another: SQS around SNS around SES is three.
const DEPTH: usize = 5;

/// The event inside, or an array of the events inside; anything else comes back as it was.
pub(super) fn envelopes(value: Value) -> Value {
    open(value, DEPTH)
}

fn open(value: Value, depth: usize) -> Value {
    if depth == 0 {
        return value;
    }
    match value {
        Value::Array(many) => {
            Value::Array(many.into_iter().map(|one| open(one, depth - 1)).collect())
        }
        Value::Object(mut map) => {
            if let Some(records) = map.get_mut("Records").filter(|r| r.is_array()) {
                return open(records.take(), depth - 1);
            }
            match map.get_mut("mandrill_events") {
                Some(events @ Value::Array(_)) => return open(events.take(), depth - 1),
                Some(events) => {
                    if let Some(inner) = inner_object(events) {
                        return open(inner, depth - 1);
                    }
                }
                None => {}
            }
            let sns = map.get("Sns").and_then(|sns| sns.get("Message"));
            if let Some(inner) = sns.and_then(inner_object) {
                return open(inner, depth - 1);
            }
            for key in ["Message", "body", "Body"] {
                if let Some(inner) = map.get(key).and_then(inner_object) {
                    return open(inner, depth - 1);
                }
            }
            if map.contains_key("_index")
                && let Some(source @ Value::Object(_)) = map.get_mut("_source")
            {
                return open(source.take(), depth - 1);
            }
            let from_ses = map.get("source").and_then(Value::as_str) == Some("aws.ses");
            if from_ses && let Some(detail) = map.get_mut("detail") {
                return open(detail.take(), depth - 1);
            }
            for key in ["MESSAGE", "message"] {
                if let Some(text) = map.get(key).and_then(bytes_as_text) {
                    map.insert(key.to_owned(), Value::String(text));
                }
            }
            Value::Object(map)
        }
        other => other,
    }
}

/// A string that holds a JSON object or array.
fn inner_object(value: &Value) -> Option<Value> {
    let text = value.as_str()?.trim();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    serde_json::from_str(text)
        .ok()
        .filter(|inner: &Value| inner.is_object() || inner.is_array())
}

/// journald's form of text that is not valid UTF-8: an array of byte values.
fn bytes_as_text(value: &Value) -> Option<String> {
    let bytes: Option<Vec<u8>> = value
        .as_array()?
        .iter()
        .map(|byte| byte.as_u64().and_then(|byte| u8::try_from(byte).ok()))
        .collect();
    let bytes = bytes.filter(|bytes| !bytes.is_empty())?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn envelope_in_envelope() {
        let event = json!({"eventType": "Open"});
        let sns = json!({"Type": "Notification", "Message": event.to_string()});
        let sqs = json!({"Records": [{"body": sns.to_string()}]});
        assert_eq!(envelopes(sns), event);
        assert_eq!(envelopes(sqs), json!([event]));
        let lambda = json!({"Records": [{"Sns": {"Message": event.to_string()}}]});
        assert_eq!(envelopes(lambda), json!([event]));
        let mandrill = json!({"mandrill_events": [event]});
        assert_eq!(envelopes(mandrill), json!([event]));
        let posted = json!({"mandrill_events": json!([event]).to_string()});
        assert_eq!(envelopes(posted), json!([event]));
        let bridge = json!({"source": "aws.ses", "detail": event});
        assert_eq!(envelopes(bridge), event);
        let found = json!({"_index": "mail-550", "_source": event});
        assert_eq!(envelopes(found), event);
    }

    #[test]
    fn text_stays_text() {
        let plain = json!({"Message": "550 no", "body": 1});
        assert_eq!(envelopes(plain.clone()), plain);
        let bytes = json!({"MESSAGE": [53, 53, 48, 32, 255]});
        assert_eq!(envelopes(bytes), json!({"MESSAGE": "550 \u{fffd}"}));
    }
}
