//! Decides which texts and numbers can be error codes.

use crate::lower::statuses::registered;
use crate::read::catalogue::Catalogue;
use serde_json::Value;

/// The text of a value that can be a code: a word, or a whole number that is not an HTTP status. A value that the
/// catalogue lists is always a code.
pub(super) fn code_text(value: &Value, catalogue: &Catalogue) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) if number.is_i64() || number.is_u64() => number.to_string(),
        _ => return None,
    };
    if catalogue.entries.contains_key(&text) {
        return Some(text);
    }
    let is_placeholder = matches!(
        text.to_ascii_lowercase().as_str(),
        "string" | "code" | "error" | "null"
    );
    let is_status = text
        .parse::<u16>()
        .is_ok_and(|number| registered(number).is_some() || number < 2);
    (is_code_like(&text) && !is_placeholder && !is_status).then_some(text)
}

/// Whether a text consists of letters and digits with separators between them.
pub(super) fn is_code_like(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.len() <= 80
        && text.chars().all(is_part)
        && text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        && text.ends_with(|c: char| c.is_ascii_alphanumeric())
        // A UUID or hash is not a code.
        && !(text.len() >= 32 && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-'))
}
