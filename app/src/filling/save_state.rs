//! Where the answers are: what the person is told about saving.

/// What is known about the answers of one submission.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Operations made here.
    pub total: u64,
    /// Of these, acknowledged by the server.
    pub held: u64,
    /// When the newest operation was stored on this device.
    pub stored_ms: Option<i64>,
    /// When the server last acknowledged.
    pub accepted_ms: Option<i64>,
    /// How the last attempt to send went.
    pub link: Link,
    /// Could the browser's storage be written?
    pub storage: Storage,
}

/// How the last attempt to send went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// No attempt failed since the last success.
    #[default]
    Open,
    /// The server could not be reached or asked to wait.
    Away,
    /// The session ended; the answers stay here until the person signs in again.
    SignedOut,
    /// The server refused; the code of the problem.
    Refused(String),
}

/// Could the browser's storage be written?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Storage {
    /// Yes.
    #[default]
    Written,
    /// No: it is full or forbidden, so the answers live only as long as the page.
    Unwritable,
}

/// State of saving, as it is shown: always an icon with words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing has been answered here yet.
    Untouched,
    /// Stored on the device, on the way to the server.
    Stored {
        /// When.
        at_ms: i64,
    },
    /// Stored on the device, the server is away.
    Waiting {
        /// Operations that wait.
        count: u64,
    },
    /// The server holds everything.
    Accepted {
        /// Operations it holds.
        held: u64,
        /// Operations made.
        total: u64,
        /// When it said so.
        at_ms: i64,
    },
    /// Stored on the device; the session ended.
    SignedOut {
        /// Operations that wait.
        count: u64,
    },
    /// Stored on the device; the server refused.
    Refused {
        /// Code of the problem.
        code: String,
    },
    /// The device cannot store, and the server does not hold everything: the page must stay open.
    Unstored,
}

impl SaveState {
    /// What to say, the worst first.
    pub fn of(facts: &Facts) -> SaveState {
        let waiting = facts.total.saturating_sub(facts.held);
        if waiting > 0 && facts.storage == Storage::Unwritable {
            return SaveState::Unstored;
        }
        match &facts.link {
            Link::Refused(code) if waiting > 0 => return SaveState::Refused { code: code.clone() },
            Link::SignedOut => return SaveState::SignedOut { count: waiting },
            Link::Away if waiting > 0 => return SaveState::Waiting { count: waiting },
            _ => {}
        }
        match (facts.total, facts.accepted_ms, facts.stored_ms) {
            (0, _, _) => SaveState::Untouched,
            (total, Some(at_ms), _) if waiting == 0 => SaveState::Accepted {
                held: facts.held,
                total,
                at_ms,
            },
            (_, accepted, stored) => SaveState::Stored {
                at_ms: stored.or(accepted).unwrap_or_default(),
            },
        }
    }

    /// Must the person know before leaving the page?
    pub fn is_at_risk(&self) -> bool {
        *self == SaveState::Unstored
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            total: 11,
            held: 8,
            stored_ms: Some(5),
            accepted_ms: Some(4),
            ..Facts::default()
        }
    }

    #[test]
    fn unsent_answers_are_stored() {
        assert_eq!(SaveState::of(&facts()), SaveState::Stored { at_ms: 5 });
    }

    #[test]
    fn unreachable_server_is_waiting_with_a_count() {
        let facts = Facts {
            link: Link::Away,
            ..facts()
        };
        assert_eq!(SaveState::of(&facts), SaveState::Waiting { count: 3 });
    }

    #[test]
    fn accepted_only_when_the_server_holds_everything() {
        let facts = Facts {
            held: 11,
            ..facts()
        };
        assert_eq!(
            SaveState::of(&facts),
            SaveState::Accepted {
                held: 11,
                total: 11,
                at_ms: 4
            }
        );
    }

    #[test]
    fn full_storage_outweighs_everything() {
        let facts = Facts {
            storage: Storage::Unwritable,
            link: Link::Away,
            ..facts()
        };
        assert!(SaveState::of(&facts).is_at_risk());
    }

    #[test]
    fn full_storage_is_harmless_once_the_server_holds_everything() {
        let facts = Facts {
            held: 11,
            storage: Storage::Unwritable,
            ..facts()
        };
        assert!(!SaveState::of(&facts).is_at_risk());
    }

    #[test]
    fn ended_session_is_told_even_with_nothing_to_send() {
        let facts = Facts {
            held: 11,
            link: Link::SignedOut,
            ..facts()
        };
        assert_eq!(SaveState::of(&facts), SaveState::SignedOut { count: 0 });
    }
}
