//! Plain scalars of YAML's core schema (YAML 1.2.2, section 10.3.2).

use super::super::number::Number;
use super::super::tree::Value;

/// A number that JSON cannot represent: an infinity, NaN, or one outside of the range of `f64`.
pub(super) struct NotFinite;

/// Resolves a plain scalar to a value.
pub(super) fn resolve(text: &str) -> Result<Value, NotFinite> {
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => match parse_number(text) {
            Some(number) => Value::Number(number?),
            None => Value::String(text.to_owned()),
        },
    })
}

/// `None` if the text is not a number of the core schema.
fn parse_number(text: &str) -> Option<Result<Number, NotFinite>> {
    let digits = match text.as_bytes().first()? {
        b'-' | b'+' => &text[1..],
        _ => text,
    };
    if matches!(digits, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(Err(NotFinite));
    }
    let radix = |prefix: &str, radix: u32| {
        let rest = text.strip_prefix(prefix)?;
        (!rest.is_empty() && rest.chars().all(|char| char.is_digit(radix))).then(|| {
            u64::from_str_radix(rest, radix)
                .map(|number| serde_json::Number::from(number).into())
                .map_err(|_| NotFinite)
        })
    };
    if let Some(number) = radix("0x", 16).or_else(|| radix("0o", 8)) {
        return Some(number);
    }
    if !is_decimal(digits) {
        return None;
    }
    if let Some(integer) = Number::integer(text) {
        return Some(Ok(integer));
    }
    let value = text.parse::<f64>().ok()?;
    Some(
        serde_json::Number::from_f64(value)
            .map(Number::from)
            .ok_or(NotFinite),
    )
}

/// `(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_decimal(text: &str) -> bool {
    fn digits(text: &str) -> (usize, &str) {
        let count = text.bytes().take_while(u8::is_ascii_digit).count();
        (count, &text[count..])
    }
    let (whole, mut rest) = digits(text);
    let mut fraction = 0;
    if let Some(after) = rest.strip_prefix('.') {
        (fraction, rest) = digits(after);
    }
    if whole + fraction == 0 {
        return false;
    }
    if let Some(after) = rest.strip_prefix(['e', 'E']) {
        let (count, end) = digits(after.strip_prefix(['-', '+']).unwrap_or(after));
        return count > 0 && end.is_empty();
    }
    rest.is_empty()
}
