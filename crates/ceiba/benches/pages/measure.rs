//! Times and memory.

use std::future::Future;
use std::time::{Duration, Instant};

/// This instant, of the machine.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
pub fn now() -> Instant {
    Instant::now()
}

/// How long each of many took.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Measures one. What fails is no measurement.
    pub async fn take(&mut self, what: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
        let began = now();
        what.await?;
        self.0.push(began.elapsed());
        Ok(())
    }

    /// The milliseconds below which 50, 95 and 99 of a hundred stay. The first twenty warm the caches.
    fn percentiles(&self) -> [f64; 3] {
        let mut warm = self.0[20.min(self.0.len() - 1)..].to_vec();
        warm.sort();
        [50, 95, 99].map(|p| warm[(warm.len() * p / 100).min(warm.len() - 1)].as_secs_f64() * 1000.0)
    }
}

/// A line of the table.
pub fn line(name: &str, ours: &Times, bare: &Times) {
    let (a, b) = (ours.percentiles(), bare.percentiles());
    println!(
        "{name:<16}{:>9.2}{:>9.2}{:>9.2}   {:>9.2}{:>9.2}{:>9.2}   {:>5.1}×",
        a[0],
        a[1],
        a[2],
        b[0],
        b[1],
        b[2],
        a[0] / b[0]
    );
}

/// What this process holds in memory, in kB.
pub fn resident() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    let number = line.and_then(|l| l.split_whitespace().next()).ok_or_else(|| anyhow::anyhow!("no VmRSS"))?;
    Ok(number.parse()?)
}
