//! Edits the digits of numbers in JSON texts, where parsing them would lose precision.

use serde::de::DeserializeOwned;

/// The maximum number of digits of an expanded number. A short exponent could require far more.
const MAX_LENGTH: usize = 400;

/// Decodes JSON. JSON Schema accepts `1.0` as an integer, serde does not: if decoding fails, such numbers are replaced
/// by integers and the text is decoded once more.
///
/// # Errors
/// The text is not JSON, or not a `T`.
pub(super) fn decode<T: DeserializeOwned>(json: &[u8]) -> Result<T, serde_json::Error> {
    let error = match serde_json::from_slice(json) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    match integers(json, &error) {
        // `from_str` would compile the deserialization of `T` a second time.
        Some(json) => serde_json::from_slice(json.as_bytes()).map_err(|_| error),
        None => Err(error),
    }
}

/// The text with numbers such as `1.0` and `1e2` written as integers. `None` if there are none, or if the error has
/// another cause.
fn integers(json: &[u8], error: &serde_json::Error) -> Option<String> {
    // For integers of 128 bits, serde_json reports the fraction as an error of syntax.
    if !error.is_data() && !error.is_syntax() {
        return None;
    }
    replace_numbers(std::str::from_utf8(json).ok()?, whole)
}

/// Replaces the numbers for which `change` returns a text. `None` if it returns none.
pub(super) fn replace_numbers(json: &str, change: fn(&str) -> Option<String>) -> Option<String> {
    let bytes = json.as_bytes();
    let mut text = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = string_end(bytes, at),
            b'-' | b'0'..=b'9' => {
                let start = at;
                while matches!(
                    bytes.get(at),
                    Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')
                ) {
                    at += 1;
                }
                if let Some(number) = change(&json[start..at]) {
                    text.push_str(&json[copied..start]);
                    text.push_str(&number);
                    copied = at;
                }
            }
            _ => at += 1,
        }
    }
    (copied > 0).then(|| text + &json[copied..])
}

/// The index after the string that starts at `start`.
pub(super) fn string_end(json: &[u8], start: usize) -> usize {
    let mut next = start + 1;
    while let Some(byte) = json.get(next) {
        match byte {
            b'\\' => next += 2,
            b'"' => return next + 1,
            _ => next += 1,
        }
    }
    json.len()
}

/// The digits of a number that is written with a fraction or an exponent but is an integer.
fn whole(number: &str) -> Option<String> {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if integer == number {
        return None;
    }
    let (minus, integer) = match integer.strip_prefix('-') {
        Some(integer) => ("-", integer),
        None => ("", integer),
    };
    let fraction = fraction.trim_end_matches('0');
    let behind = i64::try_from(fraction.len()).ok()?;
    let shift = exponent.parse::<i64>().ok()?.checked_sub(behind)?;
    let mut digits = format!("{integer}{fraction}");
    let count = usize::try_from(shift.unsigned_abs()).ok()?;
    if shift >= 0 {
        let zeros = count.min(MAX_LENGTH);
        digits.extend(std::iter::repeat_n('0', zeros));
    } else {
        let start = digits.len().saturating_sub(count);
        if digits[start..].bytes().any(|digit| digit != b'0') {
            return None;
        }
        digits.truncate(start);
    }
    let digits = digits.trim_start_matches('0');
    match digits.len() {
        0 => Some("0".to_owned()),
        1..=MAX_LENGTH => Some(format!("{minus}{digits}")),
        _ => None,
    }
}

/// Whether a number is an integer of more than 64 bits.
pub(super) fn is_wide(number: &str) -> bool {
    let is_integer = number.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    is_integer && number.len() > 18 && number.parse::<u64>().is_err() && number.parse::<i64>().is_err()
}
