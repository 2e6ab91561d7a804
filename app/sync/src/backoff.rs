//! When to try again after the server could not be reached.

/// First pause.
const FIRST_MS: u32 = 1_000;
/// Longest pause: a tablet that comes back under a network should not wait noticeably.
pub const LONGEST_PAUSE_MS: u32 = 30_000;

/// Pause before attempt `failures + 1`, doubling from one second to half a minute.
///
/// `jitter` in 0–1 takes away up to half of it, so that a room of tablets does not return at once.
/// A server that named its own pause (`retry_after_s`) is obeyed.
pub fn pause_ms(failures: u32, jitter: f64, retry_after_s: Option<u32>) -> u32 {
    if let Some(seconds) = retry_after_s {
        return seconds.saturating_mul(1_000).max(FIRST_MS);
    }
    let doubled = FIRST_MS.saturating_mul(1 << failures.saturating_sub(1).min(10));
    let longest = f64::from(doubled.min(LONGEST_PAUSE_MS));
    (longest * (1.0 - jitter.clamp(0.0, 1.0) / 2.0)) as u32
}

/// Failures in a row and the moment of the next attempt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
    pause: Option<Pause>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Pause {
    from_ms: i64,
    length_ms: u32,
}

impl Backoff {
    /// Notes a failure and plans the next attempt.
    pub fn fail(&mut self, now_ms: i64, jitter: f64, retry_after_s: Option<u32>) {
        self.failures = self.failures.saturating_add(1);
        self.pause = Some(Pause {
            from_ms: now_ms,
            length_ms: pause_ms(self.failures, jitter, retry_after_s),
        });
    }

    /// Something worked: the next failure begins with the shortest pause again.
    pub fn succeed(&mut self) {
        *self = Backoff::default();
    }

    /// Something around changed (a network, the person's tap): the next attempt may be at once.
    pub fn wake(&mut self) {
        self.pause = None;
    }

    /// Failures in a row.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// Milliseconds until the next attempt; 0 when it may be now.
    ///
    /// A clock that was set back must not silence a tablet for a day: before the moment of the failure
    /// the pause counts as over.
    pub fn wait_ms(&self, now_ms: i64) -> u32 {
        let Some(pause) = &self.pause else { return 0 };
        let passed = now_ms.saturating_sub(pause.from_ms);
        if passed < 0 {
            return 0;
        }
        let left = i64::from(pause.length_ms).saturating_sub(passed);
        u32::try_from(left).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let pauses: Vec<u32> = (1..=7).map(|count| pause_ms(count, 0.0, None)).collect();
        assert_eq!(pauses, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    }

    #[test]
    fn jitter_takes_away_at_most_half() {
        assert_eq!(pause_ms(3, 1.0, None), 2_000);
    }

    #[test]
    fn the_server_may_name_the_pause() {
        assert_eq!(pause_ms(1, 0.5, Some(12)), 12_000);
    }

    #[test]
    fn endless_failures_do_not_overflow() {
        assert_eq!(pause_ms(u32::MAX, 0.0, None), 30_000);
    }

    #[test]
    fn pause_ends_by_the_clock() {
        let mut backoff = Backoff::default();
        backoff.fail(10_000, 0.0, None);
        assert_eq!(backoff.wait_ms(10_400), 600);
        assert_eq!(backoff.wait_ms(11_000), 0);
    }

    #[test]
    fn clock_set_back_by_a_day_does_not_silence() {
        let mut backoff = Backoff::default();
        backoff.fail(86_400_000, 0.0, None);
        assert_eq!(backoff.wait_ms(0), 0);
    }

    #[test]
    fn waking_keeps_the_count_of_failures() {
        let mut backoff = Backoff::default();
        backoff.fail(0, 0.0, None);
        backoff.wake();
        assert_eq!((backoff.wait_ms(0), backoff.failures()), (0, 1));
    }
}
