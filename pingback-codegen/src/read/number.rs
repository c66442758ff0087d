//! Numbers of a document. Integers of more than 64 bits keep all their digits.

use std::fmt;

/// A number of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The number, or the closest float to an integer of more than 64 bits.
    rounded: serde_json::Number,
    /// The digits of an integer of more than 64 bits.
    digits: Option<Box<str>>,
}

impl Number {
    /// An integer from its decimal digits with an optional sign. `None` for any other text.
    #[must_use]
    pub fn integer(text: &str) -> Option<Self> {
        let (minus, digits) = match text.as_bytes().first()? {
            b'-' => ("-", &text[1..]),
            b'+' => ("", &text[1..]),
            _ => ("", text),
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let digits = match digits.trim_start_matches('0') {
            "" => "0",
            digits => digits,
        };
        let text = format!("{minus}{digits}");
        let unsigned = text.parse::<u64>().map(serde_json::Number::from);
        let integer = unsigned.or_else(|_| text.parse::<i64>().map(serde_json::Number::from));
        if let Ok(integer) = integer {
            return Some(integer.into());
        }
        let float = text.parse::<f64>().ok()?.clamp(f64::MIN, f64::MAX);
        Some(Self {
            rounded: serde_json::Number::from_f64(float)?,
            digits: Some(text.into()),
        })
    }

    /// A number in the syntax of JSON. `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let json_number = || text.parse::<serde_json::Number>().ok().map(Self::from);
        let digits = text.strip_prefix('-').unwrap_or(text);
        match digits.as_bytes() {
            [b'1'..=b'9', ..] => Self::integer(text).or_else(json_number),
            _ => json_number(),
        }
    }

    /// The number as `serde_json` represents it: an integer of more than 64 bits is rounded to a float.
    #[must_use]
    pub fn rounded(&self) -> &serde_json::Number {
        &self.rounded
    }

    /// All digits of an integer of more than 64 bits; `None` for every other number.
    #[must_use]
    pub fn big_integer_digits(&self) -> Option<&str> {
        self.digits.as_deref()
    }

    /// Whether the number has a fraction or an exponent.
    #[must_use]
    pub fn is_f64(&self) -> bool {
        self.rounded.is_f64() && self.digits.is_none()
    }

    /// The closest float.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.rounded.as_f64()
    }

    /// The integer, if it fits `i64`.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.rounded.as_i64()
    }

    /// The integer, if it fits `u64`.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.rounded.as_u64()
    }

    /// The integer, if it fits `i128`.
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        match &self.digits {
            Some(digits) => digits.parse().ok(),
            None => self.rounded.as_i128(),
        }
    }
}

impl From<serde_json::Number> for Number {
    fn from(number: serde_json::Number) -> Self {
        Self {
            rounded: number,
            digits: None,
        }
    }
}

impl From<i32> for Number {
    fn from(number: i32) -> Self {
        serde_json::Number::from(number).into()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.digits {
            Some(digits) => f.write_str(digits),
            None => self.rounded.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_keep_all_their_digits() {
        for text in [
            "0",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775809",
            "170141183460469231731687303715884105728",
        ] {
            let number = Number::parse(text).expect("a number");
            assert_eq!(number.to_string(), text);
            assert!(!number.is_f64());
        }
        let long = "9".repeat(400);
        assert_eq!(Number::parse(&long).expect("a number").to_string(), long);
        assert_eq!(Number::integer("+007").expect("a number").to_string(), "7");
    }

    #[test]
    fn texts_that_are_not_json_numbers_are_rejected() {
        for text in ["", "-", "01", "+1", "1.", "0x1", "1e999"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert!(Number::parse("1.0").expect("a number").is_f64());
    }

    #[test]
    fn an_integer_converts_only_to_types_that_can_hold_it() {
        let number = |text| Number::parse(text).expect("a number");
        assert_eq!(number("18446744073709551616").as_i128(), Some(1 << 64));
        assert_eq!(number("18446744073709551616").as_u64(), None);
        assert_eq!(number(&"9".repeat(40)).as_i128(), None);
    }
}
