//! The one clock of the server, so that tests can turn it.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Self {
        Clock::new(|| {
            SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| {
                    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
                })
        })
    }

    /// The clock of the machine, wrong by so much: for trying what a jump does.
    pub fn ahead(ahead_ms: i64) -> Self {
        let right = Clock::system();
        Clock::new(move || right.now_ms().saturating_add(ahead_ms))
    }

    /// A clock that says what `tell` says, in milliseconds since 1970 UTC.
    pub fn new(tell: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Clock(Arc::new(tell))
    }

    /// Milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        (self.0)()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Clock({})", self.now_ms())
    }
}

/// A date `YYYY-MM-DD` as it is written in Russia, `ДД.ММ.ГГГГ`; anything else stays as it is.
pub fn dotted(date: &str) -> String {
    match date.split('-').collect::<Vec<_>>()[..] {
        [year, month, day] => format!("{day}.{month}.{year}"),
        _ => date.to_owned(),
    }
}
