//! Numbers as documents write them: near enough for JSON's data model, and with all digits where that has no room.

use std::fmt;

/// A number, to its last digit.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    near: serde_json::Number,
    /// The digits of an integer of more than 64 bits.
    exact: Option<Box<str>>,
}

impl Number {
    /// An integer by its digits, which may follow a sign; `None` if there is anything else.
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
        let small = text.parse::<u64>().map(serde_json::Number::from);
        let small = small.or_else(|_| text.parse::<i64>().map(serde_json::Number::from));
        if let Ok(near) = small {
            return Some(Self { near, exact: None });
        }
        let near = text.parse::<f64>().ok()?.clamp(f64::MIN, f64::MAX);
        Some(Self {
            near: serde_json::Number::from_f64(near)?,
            exact: Some(text.into()),
        })
    }

    /// A number as JSON writes one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let strict = || text.parse::<serde_json::Number>().ok().map(Self::from);
        let digits = text.strip_prefix('-').unwrap_or(text);
        match digits.as_bytes() {
            [b'1'..=b'9', ..] => Self::integer(text).or_else(strict),
            _ => strict(),
        }
    }

    /// The nearest number that JSON's data model has.
    #[must_use]
    pub fn near(&self) -> &serde_json::Number {
        &self.near
    }

    /// All digits, where [`Number::near`] has not all of them.
    #[must_use]
    pub fn exact(&self) -> Option<&str> {
        self.exact.as_deref()
    }

    /// Is it written with a fraction or an exponent?
    #[must_use]
    pub fn is_f64(&self) -> bool {
        self.near.is_f64() && self.exact.is_none()
    }

    /// The nearest float.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.near.as_f64()
    }

    /// The integer, if 64 bits hold it.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.near.as_i64()
    }

    /// The integer, if 64 bits without a sign hold it.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.near.as_u64()
    }

    /// The integer, if 128 bits hold it.
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        match &self.exact {
            Some(digits) => digits.parse().ok(),
            None => self.near.as_i128(),
        }
    }
}

impl From<serde_json::Number> for Number {
    fn from(near: serde_json::Number) -> Self {
        Self { near, exact: None }
    }
}

impl From<i32> for Number {
    fn from(number: i32) -> Self {
        serde_json::Number::from(number).into()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.exact {
            Some(digits) => f.write_str(digits),
            None => self.near.fmt(f),
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
    fn what_is_no_number_of_json_is_none() {
        for text in ["", "-", "01", "+1", "1.", "0x1", "1e999"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert!(Number::parse("1.0").expect("a number").is_f64());
    }

    #[test]
    fn integers_know_how_much_holds_them() {
        let number = |text| Number::parse(text).expect("a number");
        assert_eq!(number("18446744073709551616").as_i128(), Some(1 << 64));
        assert_eq!(number("18446744073709551616").as_u64(), None);
        assert_eq!(number(&"9".repeat(40)).as_i128(), None);
    }
}
