//! Keeps requests to a rate. A request that comes too early waits; none is refused.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// A request rate: so many a second in the long run, so many at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    per_second: u32,
    burst: u32,
}

impl Pace {
    /// A rate; zero counts as one.
    #[must_use]
    pub const fn new(per_second: u32, burst: u32) -> Self {
        Self {
            per_second: if per_second == 0 { 1 } else { per_second },
            burst: if burst == 0 { 1 } else { burst },
        }
    }
}

/// A token bucket, kept as the time at which it would be full again.
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

    /// When a request that is asked for `now` may go out; its place is taken.
    fn reserve(&self, now: Instant) -> Instant {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let start = full_at.map_or(now, |at| at.max(now));
        *full_at = Some(start + self.interval);
        start.checked_sub(self.tolerance).map_or(now, |at| at.max(now))
    }
}
