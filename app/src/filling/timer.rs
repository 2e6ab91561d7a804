//! Where an event stands by the clock.

/// Where an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// Another day, or the start is not known.
    None,
    /// Begins in so many minutes.
    Before(u32),
    /// Running for so many minutes out of so many; the second is 0 when no duration is set.
    Running(u32, u32),
    /// Over for so many minutes.
    Over(u32),
}

impl Timer {
    /// By the local time of day in minutes.
    pub fn of(is_today: bool, now: u32, start: Option<&str>, duration: Option<u16>) -> Timer {
        let Some(start) = start.and_then(minutes).filter(|_| is_today) else {
            return Timer::None;
        };
        let duration = duration.map_or(0, u32::from);
        match now.checked_sub(start) {
            None => Timer::Before(start - now),
            Some(passed) if duration == 0 || passed < duration => Timer::Running(passed, duration),
            Some(passed) => Timer::Over(passed - duration),
        }
    }
}

/// Minutes of the day of `HH:MM`.
pub fn minutes(time: &str) -> Option<u32> {
    let (hours, minutes) = time.split_once(':')?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(now: &str) -> Timer {
        let now = minutes(now).expect("a time of day");
        Timer::of(true, now, Some("09:30"), Some(45))
    }

    #[test]
    fn an_event_begins_runs_and_ends() {
        assert_eq!(at("09:10"), Timer::Before(20));
        assert_eq!(at("09:30"), Timer::Running(0, 45));
        assert_eq!(at("09:54"), Timer::Running(24, 45));
        assert_eq!(at("10:15"), Timer::Over(0));
        assert_eq!(at("10:20"), Timer::Over(5));
    }

    #[test]
    fn another_day_has_no_timer() {
        assert_eq!(Timer::of(false, 600, Some("09:30"), Some(45)), Timer::None);
        assert_eq!(Timer::of(true, 600, Some("скоро"), Some(45)), Timer::None);
    }
}
