//! Finds the code and the message in the body of an error response.

use serde_json::Value;

/// The number of levels of a body that are searched for a code.
const DEPTH: usize = 6;

/// Names of members that hold an error code. Compared in lower case, without `_` and `-`.
const CODE_NAMES: [&str; 5] = ["errorcode", "errcode", "code", "error", "errors"];

/// A response without a known error, with its complete body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownError {
    status: u16,
    code: Option<String>,
    body: Vec<u8>,
    reason: String,
}

impl UnknownError {
    /// Creates an error for a response without a known error; `reason` says why it is unknown.
    pub fn new(status: u16, code: Option<String>, body: &[u8], reason: impl Into<String>) -> Self {
        Self {
            status,
            code,
            body: body.to_vec(),
            reason: reason.into(),
        }
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The code in the body as text, if there is one.
    #[must_use]
    pub fn code_str(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The body as it was received.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl std::fmt::Display for UnknownError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "status {} with no known error: {}", self.status, self.reason)
    }
}

impl std::error::Error for UnknownError {}

/// Reads a body as JSON. A byte order mark is ignored (RFC 8259, section 8.1).
pub fn json(status: u16, body: &[u8]) -> Result<Value, UnknownError> {
    serde_json::from_slice(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body))
        .map_err(|error| UnknownError::new(status, None, body, format!("the body is not JSON: {error}")))
}

/// The string or number at a JSON pointer.
pub fn text_at(body: &Value, pointer: &str) -> Option<String> {
    scalar(body.pointer(pointer)?)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Searches a body for a known code in a member whose name is one of `CODE_NAMES`. Outer levels are searched first.
pub fn find_code(body: &Value, is_known: impl Fn(&str) -> bool) -> Option<String> {
    let mut level = vec![body];
    for _ in 0..DEPTH {
        let mut next = Vec::new();
        for value in level {
            match value {
                Value::Object(members) => {
                    for (name, value) in members {
                        let name = name.to_lowercase().replace(['_', '-'], "");
                        let code = scalar(value).filter(|code| is_known(code));
                        if code.is_some() && CODE_NAMES.contains(&name.as_str()) {
                            return code;
                        }
                        next.push(value);
                    }
                }
                Value::Array(items) => next.extend(items),
                _ => {}
            }
        }
        level = next;
    }
    None
}
