//! Up to where a page has heard the stream of changes, over all the streams it opens.

/// The place in the municipality's count of changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StreamPlace {
    /// Sequence up to which everything was heard; absent before a stream has begun.
    heard: Option<u64>,
    /// Did a stream break before the place was known? What happened then is counted nowhere.
    is_blind: bool,
}

impl StreamPlace {
    /// Address of the stream that goes on from here.
    pub fn address(self, path: &str) -> String {
        match self.heard {
            Some(heard) => format!("{path}?after={heard}"),
            None => path.to_owned(),
        }
    }

    /// The stream broke, or did not open.
    pub fn broken(&mut self) {
        self.is_blind |= self.heard.is_none();
    }

    /// A stream begins after that sequence. Says whether changes may have been missed before.
    pub fn begins(&mut self, sequence: u64) -> bool {
        let is_gap = std::mem::take(&mut self.is_blind);
        self.heard = Some(sequence);
        is_gap
    }

    /// A change came; says whether it is new. A reset is always, and may take the count back.
    pub fn hears(&mut self, sequence: u64, is_reset: bool) -> bool {
        // After a reconnect the server may repeat the last ones.
        let is_news = is_reset || self.heard.is_none_or(|heard| sequence > heard);
        if is_news {
            self.heard = Some(sequence);
            self.is_blind &= !is_reset;
        }
        is_news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_stream_goes_on_after_the_last_change() {
        let mut place = StreamPlace::default();
        assert_eq!(place.address("/live"), "/live");
        assert!(!place.begins(7));
        assert_eq!(place.address("/live"), "/live?after=7");
        assert!(place.hears(8, false));
        place.broken();
        assert_eq!(place.address("/live"), "/live?after=8");
        assert!(!place.hears(8, false), "repeated");
        assert!(
            !place.begins(9),
            "what was missed came before the beginning"
        );
    }

    #[test]
    fn a_stream_that_never_opened_may_have_missed_something() {
        let mut place = StreamPlace::default();
        place.broken();
        assert!(place.begins(7));
        assert!(!place.begins(7), "said once");
    }

    #[test]
    fn a_reset_takes_the_count_back() {
        let mut place = StreamPlace::default();
        place.begins(100);
        assert!(place.hears(3, true));
        assert!(place.hears(4, false));
        assert_eq!(place.address("/live"), "/live?after=4");
    }
}
