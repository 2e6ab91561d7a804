//! The ends of the audit logs, written once a day where the owner of the database cannot rewrite them: the log of
//! the machine.

use std::time::Duration;

use crate::store::{Store, StoreError};

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// Writes the ends at start and once a day, until dropped.
pub struct Heads(tokio::task::JoinHandle<()>);

impl Drop for Heads {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Heads {
    /// Starts; call inside a tokio runtime.
    pub fn start(store: Store) -> Self {
        Heads(tokio::spawn(async move {
            let mut days = tokio::time::interval(DAY);
            loop {
                days.tick().await;
                match lines(&store).await {
                    Ok(lines) => lines
                        .iter()
                        .for_each(|line| tracing::info!(end = line, "end of the audit log")),
                    Err(error) => {
                        tracing::warn!(%error, "the ends of the audit logs were not read")
                    }
                }
            }
        }))
    }
}

/// One line for each municipality: its id and `NUMBER:HASH`, as `orientir check audit --expect` takes it.
///
/// # Errors
/// Those of the database.
pub async fn lines(store: &Store) -> Result<Vec<String>, StoreError> {
    let ends = store.audit_ends().await?;
    Ok(ends
        .into_iter()
        .map(|(municipality, number, hash)| format!("{municipality} {number}:{hash}"))
        .collect())
}
