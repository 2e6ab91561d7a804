//! Percentiles and the state of the machine, for the reports.

use std::time::Duration;

/// Measured times.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Adds one.
    pub fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// Adds those of another.
    pub fn extend(&mut self, other: Times) {
        self.0.extend(other.0);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The smallest time that at least `share` (0–1) of the times do not exceed; zero without times.
    pub fn percentile(&self, share: f64) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() as f64 * share).ceil() as usize;
        sorted
            .get(rank.saturating_sub(1))
            .copied()
            .unwrap_or_default()
    }

    /// One line of a report, in milliseconds.
    pub fn line(&self, name: &str) -> String {
        let ms = |share| self.percentile(share).as_secs_f64() * 1_000.0;
        format!(
            "{name:<34} {:>8} {:>9.2} {:>9.2} {:>9.2} {:>9.2}",
            self.count(),
            ms(0.5),
            ms(0.95),
            ms(0.99),
            ms(1.0)
        )
    }

    /// The head over such lines.
    pub fn head() -> String {
        format!(
            "{:<34} {:>8} {:>9} {:>9} {:>9} {:>9}",
            "milliseconds", "count", "p50", "p95", "p99", "max"
        )
    }
}

/// Load of the machine over the last minute: a figure measured on a busy machine says so.
pub fn print_machine() {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!(
        "machine: {cores} cores, load average {}",
        load.split(' ').take(3).collect::<Vec<_>>().join(" ")
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_measured() {
        let mut times = Times::default();
        assert_eq!(times.percentile(0.99), Duration::ZERO);
        for ms in (1..=100).rev() {
            times.add(Duration::from_millis(ms));
        }
        for (share, ms) in [(0.0, 1), (0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100)] {
            assert_eq!(
                times.percentile(share),
                Duration::from_millis(ms),
                "{share}"
            );
        }
    }
}
