//! The demo municipality: an invented district, the same for the same seed and day.
//!
//! Everything is invented: schools, people, results. What was inflated, and how, stands in
//! [`results::INFLATED`]; every other result is honest, the gymnasium's high ones included.

mod answers;
pub mod fill;
pub mod papers;
pub mod people;
mod records;
pub mod results;
mod reviews;
mod roadmap;
pub mod schools;
mod visits;

use crate::Clock;
use crate::auth::Passwords;
use crate::store::Store;

/// Fills the database with the demo municipality and prints how to sign in.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// `sqlite:PATH` or `postgres://…`.
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite:orientir.db",
        hide_env_values = true
    )]
    database: String,
    /// Seed; the same one gives the same district.
    #[arg(long, default_value_t = fill::SEED)]
    seed: u64,
}

/// Runs the command.
///
/// # Errors
/// Those of the store.
pub async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let store = Store::open(&arguments.database).await?;
    if !fill_and_print(&store, &Clock::system(), &Passwords::new()?, arguments.seed).await? {
        println!("The database holds a municipality already; nothing was changed.");
    }
    Ok(())
}

/// Fills an empty database and prints how to sign in; returns whether there was anything to fill.
///
/// # Errors
/// Those of the store.
pub async fn fill_and_print(
    store: &Store,
    clock: &Clock,
    passwords: &Passwords,
    seed: u64,
) -> anyhow::Result<bool> {
    let started = std::time::Instant::now();
    let Some(made) = fill::fill(store, clock, passwords, seed).await? else {
        return Ok(false);
    };
    println!(
        "{} / {}: {} works made in {:.1} s. All data are invented.",
        made.municipality.ru,
        made.municipality.en,
        made.works,
        started.elapsed().as_secs_f64()
    );
    println!("Sign in with the password {} as:", made.password);
    for (name, role, login) in &made.people {
        println!("  {login:<12} {name}, {}", crate::jobs::run::word(role));
    }
    if let Some((name, link)) = &made.invitation {
        println!("Invitation of {name} to a work of today: {link}");
    }
    Ok(true)
}
