//! What every handler can reach.

use std::sync::Arc;

use super::results::kept_map::KeptMaps;
use crate::Clock;
use crate::auth::Passwords;
use crate::live::Hub;
use crate::rules::forms::fold::Folder;
use crate::store::Store;

/// Settings of an installation.
#[derive(Clone, Debug)]
pub struct Config {
    /// Scheme, host and port under which browsers see the server: `http://127.0.0.1:3000`.
    pub public_origin: String,
    /// Offer entry by a tap as one of the invented people.
    pub demo: bool,
    /// Is there a proxy of ours in front, whose `X-Forwarded-For` can be believed?
    pub behind_proxy: bool,
    /// Where brought files are kept.
    pub files: crate::files::FileSettings,
}

impl Config {
    /// Refuses an origin under which passwords would travel in the open.
    ///
    /// # Errors
    /// For plain http to any other machine than this one.
    pub fn check(&self) -> anyhow::Result<()> {
        let own = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
        let rest = own
            .iter()
            .find_map(|start| self.public_origin.strip_prefix(start));
        if self.secure() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':')) {
            return Ok(());
        }
        anyhow::bail!(
            "the public origin {} must begin with https://; plain http is for this machine only",
            self.public_origin
        )
    }

    /// May cookies be marked secure? On plain http (a demo on one's own machine) some browsers would
    /// not keep such a cookie.
    pub fn secure(&self) -> bool {
        self.public_origin.starts_with("https://")
    }
}

/// The running server. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

/// Parts of [`AppState`].
pub struct Inner {
    /// Database.
    pub store: Store,
    /// Live changes.
    pub hub: Hub,
    /// Folds logs of submissions.
    pub folder: Folder,
    /// Maps of runs.
    pub heat_maps: KeptMaps,
    /// Clock.
    pub clock: Clock,
    /// Password checker.
    pub passwords: Passwords,
    /// Settings.
    pub config: Config,
    /// When it was started, Unix ms.
    pub started_ms: i64,
}

impl AppState {
    /// Puts the parts together.
    pub fn new(store: Store, hub: Hub, clock: Clock, passwords: Passwords, config: Config) -> Self {
        AppState(Arc::new(Inner {
            store,
            hub,
            folder: Folder::default(),
            heat_maps: KeptMaps::default(),
            started_ms: clock.now_ms(),
            clock,
            passwords,
            config,
        }))
    }

    /// Milliseconds since 1970 UTC.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }
}

impl std::ops::Deref for AppState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
