//! Decides whether and when a failed request is repeated. Disabled by default.

use http::{HeaderMap, StatusCode, header};
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

/// How failed requests are repeated: only those whose method is idempotent (RFC 9110, section 9.2.2) or that are
/// marked as repeatable, after 408, 425, 429, 5xx except 501 and 505, and failures of the connection.
///
/// The server's `Retry-After` takes precedence over the backoff. All requests of a client share a budget of
/// repetitions, so that an outage does not multiply the requests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Retry {
    attempts: u32,
    first_delay: Duration,
    longest_delay: Duration,
    budget: u32,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 3,
            first_delay: Duration::from_millis(200),
            longest_delay: Duration::from_secs(30),
            budget: 20,
        }
    }
}

impl Retry {
    /// Three attempts, with delays from 200 ms to 30 s, and a budget of 20 repetitions.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the maximum number of attempts, including the first one.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Sets the maximum delay before the second attempt. It doubles with each further attempt. The actual delay is
    /// random, between half of the maximum and the maximum.
    #[must_use]
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// Sets the maximum delay before any attempt. If the server's `Retry-After` is longer, the request is not repeated
    /// and the error is returned.
    #[must_use]
    pub fn longest_delay(mut self, delay: Duration) -> Self {
        self.longest_delay = delay;
        self
    }

    /// Sets the number of repetitions that all requests of the client share. Ten successes add one.
    #[must_use]
    pub fn budget(mut self, repeats: u32) -> Self {
        self.budget = repeats.min(1_000_000);
        self
    }
}

/// A [`Retry`], and the rest of its budget in tenths of a repetition.
#[derive(Debug)]
pub(super) struct Retrier {
    retry: Retry,
    tenths: AtomicU32,
}

impl Retrier {
    pub(super) fn new(retry: Retry) -> Self {
        Self {
            retry,
            tenths: AtomicU32::new(retry.budget * 10),
        }
    }

    /// Adds a tenth of a repetition to the budget, up to its full size.
    pub(super) fn record_success(&self) {
        let full = self.retry.budget * 10;
        let _ = self
            .tenths
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                (left < full).then_some(left + 1)
            });
    }

    /// The delay before the next attempt after attempt number `attempt` (from 1) failed; `None` to stop. `asked` is
    /// the delay of `Retry-After`.
    pub(super) fn pause(&self, attempt: u32, asked: Option<Duration>) -> Option<Duration> {
        if attempt >= self.retry.attempts {
            return None;
        }
        let pause = match asked {
            Some(asked) if asked > self.retry.longest_delay => return None,
            Some(asked) => asked,
            None => self.backoff(attempt),
        };
        self.tenths
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(10))
            .ok()
            .map(|_| pause)
    }

    fn backoff(&self, attempt: u32) -> Duration {
        let doubled = self.retry.first_delay.saturating_mul(1 << (attempt - 1).min(16));
        let longest = doubled.min(self.retry.longest_delay);
        // A new `RandomState` has random keys, which is sufficient to spread requests.
        let random = std::hash::RandomState::new().build_hasher().finish() % 1024;
        let share = u32::try_from(random).unwrap_or(0) + 1024;
        longest.saturating_mul(share) / 2048
    }
}

/// Whether the same request may succeed later, by the status of its response.
pub(super) fn is_retryable(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429)
        || status.is_server_error() && !matches!(status.as_u16(), 501 | 505)
}

/// The delay of `Retry-After`, which is a number of seconds or a date (RFC 9110, section 10.2.3).
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(http_date(value)?);
    Some(at.duration_since(SystemTime::now()).unwrap_or_default())
}

/// Parses an HTTP date such as `Sun, 06 Nov 1994 08:49:37 GMT` into seconds since 1970. The obsolete formats of RFC
/// 9110 are not supported.
fn http_date(text: &str) -> Option<u64> {
    let (_, rest) = text.split_once(", ")?;
    let mut words = rest.split(' ');
    let day: u64 = words.next()?.parse().ok()?;
    let month = words.next()?;
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = u64::try_from(months.iter().position(|name| *name == month)?).ok()? + 1;
    let year: u64 = words.next()?.parse().ok()?;
    let mut time = words.next()?.split(':').map(|part| part.parse::<u64>().ok());
    let (hour, minute, second) = (time.next()??, time.next()??, time.next()??);
    let known =
        (1970..=9999).contains(&year) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 61;
    if !known || words.next() != Some("GMT") {
        return None;
    }
    // The number of days. Years start in March here, so that the leap day is the last day.
    let (y, m) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
    Some((days.checked_sub(719_468)?) * 86_400 + hour * 3600 + minute * 60 + second)
}
