//! The numbers of a JSON text, by their digits.

use serde::de::DeserializeOwned;

/// No number is written out with more digits than this: an exponent is soon written.
const LONGEST: usize = 400;

/// Decodes JSON. A number such as `1.0` is an integer to JSON Schema, though not to serde: where a text does not fit,
/// it is read once more with such numbers as integers.
///
/// # Errors
/// It is not JSON, or does not fit `T`.
pub(super) fn decode<T: DeserializeOwned>(json: &[u8]) -> Result<T, serde_json::Error> {
    let error = match serde_json::from_slice(json) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    match integers(json, &error) {
        Some(json) => serde_json::from_str(&json).map_err(|_| error),
        None => Err(error),
    }
}

/// The text with all whole numbers as integers, if that makes a difference that matters.
fn integers(json: &[u8], error: &serde_json::Error) -> Option<String> {
    if !error.is_data() {
        return None;
    }
    rewrite(std::str::from_utf8(json).ok()?, whole)
}

/// The text with other texts for the numbers that `change` has one for; `None` if it has none.
pub(super) fn rewrite(json: &str, change: fn(&str) -> Option<String>) -> Option<String> {
    let bytes = json.as_bytes();
    let mut text = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = after_string(bytes, at),
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

/// Where the string that starts at `at` has ended.
fn after_string(bytes: &[u8], mut at: usize) -> usize {
    loop {
        at += 1;
        match bytes.get(at) {
            Some(b'\\') => at += 1,
            Some(b'"') => return at + 1,
            Some(_) => {}
            None => return at,
        }
    }
}

/// The digits of a number that is written with a fraction or an exponent, and is an integer all the same.
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
        let zeros = count.min(LONGEST);
        digits.extend(std::iter::repeat_n('0', zeros));
    } else {
        let kept = digits.len().saturating_sub(count);
        if digits[kept..].bytes().any(|digit| digit != b'0') {
            return None;
        }
        digits.truncate(kept);
    }
    let digits = digits.trim_start_matches('0');
    match digits.len() {
        0 => Some("0".to_owned()),
        1..=LONGEST => Some(format!("{minus}{digits}")),
        _ => None,
    }
}

/// Is it an integer that 64 bits do not hold?
pub(super) fn is_wide(number: &str) -> bool {
    let is_integer = number.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    is_integer && number.len() > 18 && number.parse::<u64>().is_err() && number.parse::<i64>().is_err()
}
