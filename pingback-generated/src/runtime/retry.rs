//! Whether, and when, a request that failed is sent again. Off unless the caller asks for it.

use http::{HeaderMap, StatusCode, header};
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

/// How failed requests are repeated: only those whose method is idempotent (RFC 9110, section 9.2.2) or that
/// are marked as repeatable, after 408, 425, 429, 5xx other than 501 and 505, and failures of the connection.
///
/// The server's `Retry-After` counts for more than the backoff. A budget that all requests of a client share
/// keeps an outage from being answered with a flood.
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
    /// Three attempts, from 200 ms to 30 s apart, and a budget of 20.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How often a request is sent at most, the first time included.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// The longest pause before the second attempt; it doubles with each further one. The real pause is
    /// random, between half of that and all of it.
    #[must_use]
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first_delay = delay;
        self
    }

    /// The longest pause of all. Where the server's `Retry-After` asks for more, its answer is handed on.
    #[must_use]
    pub fn longest_delay(mut self, delay: Duration) -> Self {
        self.longest_delay = delay;
        self
    }

    /// How many repeats the whole client may make before successes earn more: ten successes earn one.
    #[must_use]
    pub fn budget(mut self, repeats: u32) -> Self {
        self.budget = repeats.min(1_000_000);
        self
    }
}

/// [`Retry`] with what is left of its budget, in tenths of a repeat.
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

    /// A request succeeded.
    pub(super) fn earn(&self) {
        let full = self.retry.budget * 10;
        let _ = self
            .tenths
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                (left < full).then_some(left + 1)
            });
    }

    /// How long to wait before the next attempt after `attempt` (from 1) failed; `None` to give up.
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
        // A fresh `RandomState` is seeded by the operating system: random enough for spreading requests.
        let random = std::hash::RandomState::new().build_hasher().finish() % 1024;
        let share = u32::try_from(random).unwrap_or(0) + 1024;
        longest.saturating_mul(share) / 2048
    }
}

/// Whether the same request may succeed later.
pub(super) fn is_retryable(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 425 | 429)
        || status.is_server_error() && !matches!(status.as_u16(), 501 | 505)
}

/// The pause that `Retry-After` asks for, in seconds or until a date (RFC 9110, section 10.2.3).
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(http_date(value)?);
    Some(at.duration_since(SystemTime::now()).unwrap_or_default())
}

/// Seconds since 1970 of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`, the only form that is still sent.
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
    // Days from 1970, with the year starting in March so that the leap day comes last.
    let (y, m) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
    Some((days.checked_sub(719_468)?) * 86_400 + hour * 3600 + minute * 60 + second)
}
