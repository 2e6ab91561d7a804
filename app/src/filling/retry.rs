//! When to try again after the server could not be reached.

/// First pause.
const FIRST_MS: u32 = 1_000;
/// Longest pause: a tablet that comes back under a network should not wait noticeably.
const LONGEST_MS: u32 = 30_000;

/// Pause before attempt `failures + 1`, doubling from one second to half a minute.
///
/// `jitter` in 0–1 takes away up to half of it, so that a room of tablets does not return at once.
/// A server that named its own pause (`retry_after_s`) is obeyed.
pub fn pause_ms(failures: u32, jitter: f64, retry_after_s: Option<u32>) -> u32 {
    if let Some(seconds) = retry_after_s {
        return seconds.saturating_mul(1_000).max(FIRST_MS);
    }
    let doubled = FIRST_MS.saturating_mul(1 << failures.saturating_sub(1).min(10));
    let longest = f64::from(doubled.min(LONGEST_MS));
    (longest * (1.0 - jitter.clamp(0.0, 1.0) / 2.0)) as u32
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
}
