//! `orientir activate`: a restored copy is the working server now.

use anyhow::Context;
use clap::Args;

use super::sentence::say;
use crate::Clock;
use crate::auth::Permission;
use crate::store::{Author, Store};

/// Says that this is the working server: letters, jobs and external sign-in go on.
#[derive(Args, Debug)]
pub struct Arguments {
    /// `sqlite:PATH` or `postgres://…`.
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite:orientir.db",
        hide_env_values = true
    )]
    pub database: String,
}

/// Runs the command.
///
/// # Errors
/// Those of the database.
pub async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let store = Store::open(&arguments.database)
        .await
        .context("opening the database")?;
    println!(
        "{}",
        match activate(&store, &Clock::system(), None).await? {
            true => say(
                "Это рабочий сервер: письма, задания и внешний вход снова работают.",
                "This is the working server: letters, jobs and external sign-in go on.",
            ),
            false => say(
                "Это и так рабочий сервер, ничего не изменено.",
                "This is the working server already, nothing was changed.",
            ),
        }
    );
    Ok(())
}

/// Activates, with an entry in every municipality's audit log; false when there was nothing to do. `by` is who
/// said so; without one it was the operator at the console.
///
/// # Errors
/// Those of the database.
pub async fn activate(store: &Store, clock: &Clock, by: Option<Author>) -> anyhow::Result<bool> {
    if !store.is_quiet().await? {
        return Ok(false);
    }
    for municipality in store.municipalities().await? {
        // Elsewhere the person is not known, and the installation changes by itself.
        let author = by
            .filter(|by| by.municipality == municipality.id)
            .unwrap_or_else(|| Author::system(municipality.id));
        let mut write = store.write(author, clock.now_ms()).await?;
        write.activate().await?;
        write
            .audit(
                Permission::SystemUpdate.as_str(),
                "installation".to_owned(),
                serde_json::json!({ "active": true }),
            )
            .await?;
        write.commit().await?;
    }
    Ok(true)
}
