//! A date and time that keeps the text it was parsed from.

use chrono::{
    DateTime as Instant, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone, Utc,
};
use std::borrow::Cow;
use std::fmt;

/// A date and time (RFC 3339).
///
/// It derefs to [`chrono::DateTime`], and keeps the text it was parsed from, so that it is sent exactly as it was
/// received. Two values are equal if they are the same instant. The text may lack the offset from UTC or the time, as
/// many servers omit them; they default to UTC and midnight.
#[derive(Clone)]
pub struct DateTime {
    instant: Instant<FixedOffset>,
    /// The text it was parsed from, if any.
    text: Option<Box<str>>,
}

impl DateTime {
    /// The text that is sent: the text it was parsed from, or else RFC 3339.
    #[must_use]
    pub fn as_text(&self) -> Cow<'_, str> {
        match &self.text {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(self.instant.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        }
    }
}

impl std::ops::Deref for DateTime {
    type Target = Instant<FixedOffset>;

    fn deref(&self) -> &Self::Target {
        &self.instant
    }
}

impl<Z: TimeZone> From<Instant<Z>> for DateTime {
    fn from(instant: Instant<Z>) -> Self {
        Self {
            instant: instant.fixed_offset(),
            text: None,
        }
    }
}

impl From<DateTime> for Instant<FixedOffset> {
    fn from(value: DateTime) -> Self {
        value.instant
    }
}

impl From<DateTime> for Instant<Utc> {
    fn from(value: DateTime) -> Self {
        value.instant.to_utc()
    }
}

impl std::str::FromStr for DateTime {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let instant = Instant::parse_from_rfc3339(text).or_else(|error| lenient(text).ok_or(error))?;
        Ok(Self {
            instant,
            text: Some(text.into()),
        })
    }
}

/// Parses variants of ISO 8601 that servers send: an offset without a colon, no offset, or no time.
fn lenient(text: &str) -> Option<Instant<FixedOffset>> {
    if let Ok(instant) = Instant::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z") {
        return Some(instant);
    }
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f"))
        .or_else(|_| NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|date| date.and_time(NaiveTime::MIN)));
    Some(local.ok()?.and_utc().fixed_offset())
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.instant == other.instant
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.instant.cmp(&other.instant)
    }
}

impl std::hash::Hash for DateTime {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.instant.hash(state);
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_text())
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_text())
    }
}

impl serde::Serialize for DateTime {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.as_text())
    }
}

impl<'de> serde::Deserialize<'de> for DateTime {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|error| {
            serde::de::Error::custom(format_args!("`{text}` is not a date and time: {error}"))
        })
    }
}
