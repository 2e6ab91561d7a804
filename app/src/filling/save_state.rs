//! Where the answers are: what the person is told about saving.

use sync::Attention;

/// What is known about the answers of one submission.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Operations made here.
    pub total: u64,
    /// Of these, acknowledged by the server.
    pub held: u64,
    /// Operations that the device has not stored yet.
    pub unstored: u64,
    /// Operations that the server keeps but leaves out of the sheet.
    pub set_aside: u64,
    /// Why a person should look at the log.
    pub attention: Option<Attention>,
    /// When the newest operation was made.
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
    /// On the way to the device's storage: a matter of milliseconds.
    Storing,
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
    /// The server holds everything, and leaves some of it out of the sheet until a person has looked.
    SetAside {
        /// Operations left out.
        count: u64,
    },
    /// The server holds other answers under the numbers of this device: a copied browser profile.
    Mismatch,
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
        if facts.unstored > 0 {
            return SaveState::Storing;
        }
        match &facts.attention {
            Some(Attention::Mismatch) => return SaveState::Mismatch,
            Some(Attention::Refused { code }) if waiting > 0 => {
                return SaveState::Refused { code: code.clone() };
            }
            _ => {}
        }
        match &facts.link {
            Link::Refused(code) if waiting > 0 => return SaveState::Refused { code: code.clone() },
            Link::SignedOut => return SaveState::SignedOut { count: waiting },
            Link::Away if waiting > 0 => return SaveState::Waiting { count: waiting },
            _ => {}
        }
        match (facts.total, facts.accepted_ms, facts.stored_ms) {
            (0, _, _) => SaveState::Untouched,
            _ if waiting == 0 && facts.set_aside > 0 => SaveState::SetAside {
                count: facts.set_aside,
            },
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
    fn saved_is_said_only_when_the_device_has_stored_everything() {
        let facts = Facts {
            unstored: 1,
            ..facts()
        };
        assert_eq!(SaveState::of(&facts), SaveState::Storing);
    }

    #[test]
    fn answers_left_out_are_told_although_the_server_holds_them() {
        let facts = Facts {
            held: 11,
            set_aside: 2,
            ..facts()
        };
        assert_eq!(SaveState::of(&facts), SaveState::SetAside { count: 2 });
    }

    #[test]
    fn refusal_of_this_sheet_is_told_whatever_the_link_does() {
        let facts = Facts {
            attention: Some(Attention::Refused {
                code: "not_found".into(),
            }),
            ..facts()
        };
        let code = "not_found".to_owned();
        assert_eq!(SaveState::of(&facts), SaveState::Refused { code });
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
