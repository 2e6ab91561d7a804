//! Time zones as data: the caller says which offset holds when.

use serde::{Deserialize, Serialize};

/// A time zone: the offset from UTC, and the moments at which it changes.
///
/// No zone database is built in (it would weigh more than the engine in a browser). Russian zones have had fixed
/// offsets since 2014; for others the host passes the transitions it knows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Zone {
    /// Offset east of UTC in minutes before the first transition.
    pub offset_minutes: i32,
    /// Moments (milliseconds since 1970 UTC, ascending) from which another offset holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<(i64, i32)>,
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Zone = Zone::fixed(0);

    /// A zone whose offset never changes, in minutes east of UTC: Moscow is 180.
    pub const fn fixed(offset_minutes: i32) -> Self {
        Self {
            offset_minutes,
            transitions: Vec::new(),
        }
    }

    /// The offset in minutes at a moment.
    pub fn offset_at(&self, utc_ms: f64) -> i32 {
        self.transitions
            .iter()
            .rev()
            .find(|(from, _)| *from as f64 <= utc_ms)
            .map_or(self.offset_minutes, |(_, offset)| *offset)
    }

    /// The moment at which clocks of the zone show `local_ms` (counted as if they showed UTC).
    ///
    /// Of two such moments the earlier; a time that clocks skip is read with the offset before the change.
    pub fn moment_of(&self, local_ms: f64) -> f64 {
        let minute = 60_000.0;
        let offset = |ms: f64| f64::from(self.offset_at(ms)) * minute;
        let guess = local_ms - offset(local_ms - offset(local_ms));
        if guess + offset(guess) == local_ms {
            guess
        } else {
            local_ms - offset(guess)
        }
    }
}
