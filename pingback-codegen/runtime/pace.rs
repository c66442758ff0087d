//! Limits the rate of requests. A request that exceeds the rate is delayed, never rejected.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// A request rate: requests per second, and the number of requests that can be sent at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    per_second: u32,
    burst: u32,
}

impl Pace {
    /// Creates a rate; 0 means 1.
    #[must_use]
    pub const fn new(per_second: u32, burst: u32) -> Self {
        Self {
            per_second: if per_second == 0 { 1 } else { per_second },
            burst: if burst == 0 { 1 } else { burst },
        }
    }
}

/// A token bucket, represented by the time at which it is full again.
#[derive(Debug)]
pub(super) struct Pacer {
    interval: Duration,
    tolerance: Duration,
    full_at: Mutex<Option<Instant>>,
}

impl Pacer {
    pub(super) fn new(pace: Pace) -> Self {
        let interval = Duration::from_secs(1) / pace.per_second;
        Self {
            interval,
            tolerance: interval.saturating_mul(pace.burst - 1),
            full_at: Mutex::new(None),
        }
    }

    /// Waits until the next request may go out.
    pub(super) async fn wait(&self) {
        let at = self.reserve(Instant::now());
        tokio::time::sleep_until(at).await;
    }

    /// Reserves a slot for a request at the time `now`, and returns when the request may be sent.
    fn reserve(&self, now: Instant) -> Instant {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let start = full_at.map_or(now, |at| at.max(now));
        *full_at = Some(start + self.interval);
        start.checked_sub(self.tolerance).map_or(now, |at| at.max(now))
    }
}
