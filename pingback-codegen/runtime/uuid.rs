//! A UUID that keeps the format it was parsed from.

use std::fmt;

/// A UUID (RFC 9562).
///
/// It derefs to [`::uuid::Uuid`], and keeps the format and the case of the digits it was parsed from, so that it is
/// sent exactly as it was received. Two values are equal if they are the same UUID.
#[derive(Clone, Copy)]
pub struct Uuid {
    value: ::uuid::Uuid,
    /// A bit for each digit, lowest bit first: whether it is in upper case.
    upper: u32,
    form: Form,
}

#[derive(Clone, Copy)]
enum Form {
    /// `67e55044-10b1-426f-9247-bb680e5fe0c8`, the standard format.
    Hyphenated,
    /// Without hyphens.
    Simple,
    /// In braces.
    Braced,
    /// After `urn:uuid:`.
    Urn,
}

impl Uuid {
    fn text(self) -> String {
        let (mut text, digits) = match self.form {
            Form::Hyphenated => (self.value.hyphenated().to_string(), 0),
            Form::Simple => (self.value.simple().to_string(), 0),
            Form::Braced => (self.value.braced().to_string(), 1),
            Form::Urn => (self.value.urn().to_string(), "urn:uuid:".len()),
        };
        if self.upper == 0 {
            return text;
        }
        let mut left = self.upper;
        let tail = text.split_off(digits);
        text.extend(tail.chars().map(|char| {
            if !char.is_ascii_hexdigit() {
                return char;
            }
            let is_upper = left & 1 == 1;
            left >>= 1;
            if is_upper { char.to_ascii_uppercase() } else { char }
        }));
        text
    }
}

impl std::ops::Deref for Uuid {
    type Target = ::uuid::Uuid;

    fn deref(&self) -> &Self::Target {
        &self.value
    }
}

impl From<::uuid::Uuid> for Uuid {
    fn from(value: ::uuid::Uuid) -> Self {
        Self {
            value,
            upper: 0,
            form: Form::Hyphenated,
        }
    }
}

impl From<Uuid> for ::uuid::Uuid {
    fn from(value: Uuid) -> Self {
        value.value
    }
}

impl std::str::FromStr for Uuid {
    type Err = ::uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let value = text.parse()?;
        let (form, digits) = match text.len() {
            32 => (Form::Simple, text),
            38 => (Form::Braced, text),
            45 => (Form::Urn, text.get("urn:uuid:".len()..).unwrap_or(text)),
            _ => (Form::Hyphenated, text),
        };
        let digits = digits.bytes().filter(u8::is_ascii_hexdigit);
        let upper = digits.zip(0..).fold(0_u32, |upper, (digit, place)| {
            upper | u32::from(digit.is_ascii_uppercase()).wrapping_shl(place)
        });
        Ok(Self { value, upper, form })
    }
}

impl PartialEq for Uuid {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Uuid {}

impl PartialEq<::uuid::Uuid> for Uuid {
    fn eq(&self, other: &::uuid::Uuid) -> bool {
        self.value == *other
    }
}

impl PartialOrd for Uuid {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Uuid {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.value.cmp(&other.value)
    }
}

impl std::hash::Hash for Uuid {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text())
    }
}

impl serde::Serialize for Uuid {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> serde::Deserialize<'de> for Uuid {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|error| serde::de::Error::custom(format_args!("`{text}` is no UUID: {error}")))
    }
}
