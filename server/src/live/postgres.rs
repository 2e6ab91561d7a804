//! Hints from other processes through LISTEN.

use std::time::Duration;

use sea_orm::sqlx::postgres::PgListener;
use tokio::sync::mpsc;

use super::Hint;

/// Name of the channel.
pub const CHANNEL: &str = "orientir_live";

const RETRY: Duration = Duration::from_secs(2);

/// Listens until the hub is gone; after every (re)connection anything may have been missed.
pub async fn listen(address: String, hints: mpsc::UnboundedSender<Hint>) {
    loop {
        match connect(&address).await {
            Ok(mut listener) => {
                if hints.send(None).is_err() {
                    return;
                }
                loop {
                    match listener.recv().await {
                        Ok(notification) => {
                            let municipality = notification.payload().parse().ok();
                            if hints.send(municipality).is_err() {
                                return;
                            }
                        }
                        Err(error) => {
                            tracing::warn!(%error, "listening for live changes was interrupted");
                            break;
                        }
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "cannot listen for live changes"),
        }
        tokio::time::sleep(RETRY).await;
        if hints.is_closed() {
            return;
        }
    }
}

async fn connect(address: &str) -> Result<PgListener, sea_orm::sqlx::Error> {
    let mut listener = PgListener::connect(address).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}
