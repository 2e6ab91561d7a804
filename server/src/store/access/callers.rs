//! Callers read lately, so that a burst of requests of one session reads its three rows once.
//!
//! Whoever ends a session, blocks a person or changes a role in this process forgets all of them with the
//! commit. Another process of the same database hears nothing of it, so nobody is kept for longer than
//! [`KEPT_MS`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use crate::auth::Access;

/// How long a caller is believed without reading again, ms.
pub(in crate::store) const KEPT_MS: i64 = 5_000;
/// Callers kept; beyond this many all are read anew.
const KEPT: usize = 20_000;

/// Municipality, and hash of a session's secret.
type Key = (Uuid, Vec<u8>);

/// Callers read lately. Cheap to clone.
#[derive(Clone, Default)]
pub(in crate::store) struct Callers(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    /// How often all were forgotten.
    age: u64,
    /// With the moment of reading.
    callers: HashMap<Key, (i64, Access)>,
}

impl Callers {
    /// The caller of a session that was read a moment ago, as long as the session lasts.
    pub(in crate::store) fn get(&self, key: &Key, now_ms: i64) -> Option<Access> {
        let kept = self.lock();
        let (read_ms, access) = kept.callers.get(key)?;
        let is_fresh = (0..KEPT_MS).contains(&now_ms.saturating_sub(*read_ms));
        (is_fresh && now_ms < access.expires_ms).then(|| access.clone())
    }

    /// To be asked before a caller is read from the database.
    pub(in crate::store) fn age(&self) -> u64 {
        self.lock().age
    }

    /// Keeps a caller, unless all were forgotten since `age`: what was read may be what has changed.
    pub(in crate::store) fn keep(&self, key: Key, now_ms: i64, age: u64, access: &Access) {
        let mut kept = self.lock();
        if kept.age != age {
            return;
        }
        if kept.callers.len() >= KEPT {
            kept.callers.clear();
        }
        kept.callers.insert(key, (now_ms, access.clone()));
    }

    /// Forgets all of them.
    pub(in crate::store) fn forget(&self) {
        let mut kept = self.lock();
        kept.age += 1;
        kept.callers.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use api::id::{MunicipalityId, PersonId};

    use super::*;

    fn key() -> Key {
        (Uuid::from_u128(1), vec![1])
    }

    fn access(expires_ms: i64) -> Access {
        Access {
            municipality: MunicipalityId(Uuid::from_u128(1)),
            person: PersonId(Uuid::from_u128(2)),
            grants: Vec::new(),
            session: vec![1],
            expires_ms,
        }
    }

    #[test]
    fn caller_is_kept_for_seconds_and_never_beyond_the_session() {
        let callers = Callers::default();
        callers.keep(key(), 100, callers.age(), &access(1_000_000));
        for (now_ms, known) in [
            (99, false),
            (100, true),
            (100 + KEPT_MS - 1, true),
            (100 + KEPT_MS, false),
        ] {
            assert_eq!(callers.get(&key(), now_ms).is_some(), known, "{now_ms}");
        }
        callers.keep(key(), 100, callers.age(), &access(200));
        assert!(callers.get(&key(), 199).is_some());
        assert!(callers.get(&key(), 200).is_none());
    }

    #[test]
    fn caller_read_before_a_change_is_not_kept_after_it() {
        let callers = Callers::default();
        let age = callers.age();
        callers.forget();
        callers.keep(key(), 0, age, &access(1_000));
        assert!(callers.get(&key(), 1).is_none());
    }
}
