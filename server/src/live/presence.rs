//! Who is on which question: told to whoever listens in this process, kept nowhere.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use api::forms::presence::Presence;
use api::id::{MunicipalityId, OrganisationId, PersonId};
use tokio::sync::broadcast;

use super::Hub;

/// Words kept for a slow listener; older ones are of no use to anybody.
const BUFFER: usize = 256;
/// A person is heard at most this often, ms.
const PAUSE_MS: i64 = 400;
/// Beyond so many people the times of the last words are forgotten.
const REMEMBERED: usize = 10_000;

/// Where somebody is, and whom it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Municipality.
    pub municipality: MunicipalityId,
    /// School; only its own people hear it.
    pub organisation: OrganisationId,
    /// As it travels.
    pub presence: Presence,
}

/// Where presence is told.
#[derive(Clone)]
pub(super) struct Board {
    sender: broadcast::Sender<Arc<Told>>,
    last_ms: Arc<Mutex<HashMap<PersonId, i64>>>,
}

impl Board {
    pub(super) fn new() -> Self {
        Board {
            sender: broadcast::channel(BUFFER).0,
            last_ms: Arc::default(),
        }
    }
}

impl Hub {
    /// May this person be heard again already? Notes that it was asked.
    pub fn may_tell(&self, person: PersonId, now_ms: i64) -> bool {
        let mut last_ms = self
            .presence
            .last_ms
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if last_ms
            .get(&person)
            .is_some_and(|last| (0..PAUSE_MS).contains(&(now_ms - last)))
        {
            return false;
        }
        if last_ms.len() >= REMEMBERED {
            last_ms.clear();
        }
        last_ms.insert(person, now_ms);
        true
    }

    /// Tells whoever listens where somebody is.
    pub fn tell(
        &self,
        municipality: MunicipalityId,
        organisation: OrganisationId,
        presence: Presence,
    ) {
        // Nobody listening just now is no error.
        let _ = self.presence.sender.send(Arc::new(Told {
            municipality,
            organisation,
            presence,
        }));
    }

    /// What is told from now on.
    pub fn presence(&self) -> broadcast::Receiver<Arc<Told>> {
        self.presence.sender.subscribe()
    }
}
