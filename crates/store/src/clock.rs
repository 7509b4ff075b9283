//! Time as a parameter: nothing in the workspace reads the machine's clock but [`SystemClock`].

use std::sync::atomic::{AtomicI64, Ordering};

/// An instant: microseconds since 1970-01-01 UTC.
pub type Micros = i64;
/// One second in [`Micros`].
pub const SECOND: Micros = 1_000_000;
/// One minute in [`Micros`].
pub const MINUTE: Micros = 60 * SECOND;
/// One hour in [`Micros`].
pub const HOUR: Micros = 60 * MINUTE;
/// One day of 24 hours in [`Micros`].
pub const DAY: Micros = 24 * HOUR;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Micros;
}

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Micros {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since.map_or(0, |d| Micros::try_from(d.as_micros()).unwrap_or(Micros::MAX))
    }
}

/// A clock that a test or the demo's seed moves by hand.
#[derive(Debug)]
pub struct HandClock(AtomicI64);

impl HandClock {
    /// A clock that stands at `at`.
    #[must_use]
    pub fn at(at: Micros) -> Self {
        Self(AtomicI64::new(at))
    }

    /// Sets the clock to `at`.
    pub fn set(&self, at: Micros) {
        self.0.store(at, Ordering::SeqCst);
    }

    /// Moves the clock by `by`, which may be negative.
    pub fn move_by(&self, by: Micros) {
        self.0.fetch_add(by, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Micros {
        self.0.load(Ordering::SeqCst)
    }
}
