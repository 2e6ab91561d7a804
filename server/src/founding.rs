//! Founding a municipality: the demo, the command and the page in the browser go through here.

use std::io::Read;

use anyhow::Context;
use api::access::session::{Grant, Role, Scope};
use api::access::setup::Office;
use api::id::{MunicipalityId, PersonId};
use api::text::{Language, Text};
use rand::TryRng;
use rand::rngs::SysRng;
use uuid::Uuid;

use crate::Clock;
use crate::auth::{MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS, Passwords};
use crate::store::{CodeState, Municipality, NewPerson, Store, StoreError, Write};

/// How long a one-time address holds, ms: long enough to be fetched from a log by somebody else.
const CODE_VALID_MS: i64 = 24 * 3_600_000;
/// Letters of a code: none looks like another.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// The first administrator of an office.
#[derive(Clone)]
pub struct Founder {
    /// Id.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Login.
    pub login: String,
    /// Argon2id hash of the password.
    pub password_hash: String,
    /// Coordinates as well, as in a small office?
    pub is_coordinator: bool,
}

/// Why no office was founded.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is one with an administrator.
    #[error("the database has an administrator already")]
    Founded,
    /// A further one was asked for, and there is no first.
    #[error("the database has no administrator yet")]
    NotFounded,
    /// The one-time code does not hold.
    #[error("the one-time code does not hold: {0:?}")]
    Code(CodeState),
    /// Those of the database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A shipped instrument does not compile.
    #[error(transparent)]
    Instrument(#[from] anyhow::Error),
}

/// Begins a municipality with the shipped instruments published in it; all of it happens with the commit.
///
/// # Errors
/// `Duplicate` when the id is taken.
pub async fn found(
    store: &Store,
    municipality: &Municipality,
    now_ms: i64,
) -> anyhow::Result<Write> {
    let forms = crate::rules::forms::instrument::shipped()?;
    let mut write = store.found_within(municipality, now_ms).await?;
    for form in &forms {
        write.publish_form(form).await?;
    }
    Ok(write)
}

/// Founds an office with its administrator, unless anybody runs this installation; with a code, spends it.
///
/// # Errors
/// See [`Refusal`]; then nothing of it happened.
pub async fn found_office(
    store: &Store,
    (id, office): (MunicipalityId, &Office),
    founder: &Founder,
    code: Option<&str>,
    now_ms: i64,
) -> Result<(), Refusal> {
    let municipality = Municipality {
        id,
        name: office.name.clone(),
        demo: false,
        zone_minutes: office.zone_minutes,
    };
    let mut write = found(store, &municipality, now_ms).await?;
    // Asked inside the change, and of people, not of a note that an office was founded.
    if write.has_any_administrator().await? {
        return Err(Refusal::Founded);
    }
    if let Some(code) = code {
        let state = write.spend_setup_code(code).await?;
        if state != CodeState::Open {
            return Err(Refusal::Code(state));
        }
    }
    for (created_ms, replaced_ms) in write.setup_codes().await? {
        let details = serde_json::json!({ "at_ms": created_ms, "replaced_ms": replaced_ms });
        write
            .audit("setup.create", "setup code".to_owned(), details)
            .await?;
    }
    enter(&mut write, founder).await?;
    let by = if code.is_some() { "address" } else { "command" };
    write
        .audit(
            "municipality.create",
            format!("municipality {id}"),
            serde_json::json!({ "by": by }),
        )
        .await?;
    write.commit().await?;
    Ok(())
}

/// Founds a further office with its own administrator beside those that are there.
///
/// # Errors
/// See [`Refusal`]; then nothing of it happened.
pub async fn add_office(
    store: &Store,
    (id, office): (MunicipalityId, &Office),
    founder: &Founder,
    now_ms: i64,
) -> Result<(), Refusal> {
    let municipality = Municipality {
        id,
        name: office.name.clone(),
        demo: false,
        zone_minutes: office.zone_minutes,
    };
    let mut write = found(store, &municipality, now_ms).await?;
    if !write.has_any_administrator().await? {
        return Err(Refusal::NotFounded);
    }
    enter(&mut write, founder).await?;
    write
        .audit(
            "municipality.create",
            format!("municipality {id}"),
            serde_json::json!({ "by": "command" }),
        )
        .await?;
    write.commit().await?;
    Ok(())
}

async fn enter(write: &mut Write, founder: &Founder) -> Result<(), StoreError> {
    let person = NewPerson {
        id: founder.person,
        name: founder.name.clone(),
        phone: None,
        language: Language::Ru,
        about: None,
    };
    write.put_person(&person).await?;
    let mut roles = vec![Role::Administrator];
    if founder.is_coordinator {
        roles.push(Role::Coordinator);
    }
    for role in roles {
        let grant = Grant {
            role,
            scope: Scope::Municipality,
        };
        write.grant_role(founder.person, &grant).await?;
    }
    let hash = founder.password_hash.clone();
    write.set_login(founder.person, &founder.login, hash).await
}

/// Issues a one-time address unless somebody runs this installation; one issued before stops holding.
///
/// # Errors
/// Those of the database.
pub async fn issue_address(
    store: &Store,
    origin: &str,
    now_ms: i64,
) -> anyhow::Result<Option<String>> {
    if store.has_administrator().await? {
        return Ok(None);
    }
    let mut bytes = [0_u8; 26];
    SysRng.try_fill_bytes(&mut bytes)?;
    let code: String = bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect();
    store
        .issue_setup_code(&code, now_ms, now_ms + CODE_VALID_MS)
        .await?;
    Ok(Some(format!("{origin}{}#{code}", api::work::SETUP)))
}

/// Municipalities of the installation.
#[derive(clap::Subcommand)]
pub enum MunicipalityCommand {
    /// Founds a further municipality with its own people beside those that are there.
    Add(Arguments),
}

/// Founds an office without a browser.
#[derive(clap::Args)]
pub struct Arguments {
    /// `sqlite:PATH` or `postgres://…`.
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite:orientir.db",
        hide_env_values = true
    )]
    database: String,
    /// Name of the municipality.
    #[arg(long)]
    municipality: String,
    /// Its name in English; the same as in Russian when absent.
    #[arg(long)]
    municipality_english: Option<String>,
    /// Time of its schools: minutes east of UTC.
    #[arg(long, default_value_t = 180, allow_negative_numbers = true)]
    zone_minutes: i32,
    /// Name of the first administrator.
    #[arg(long)]
    administrator: String,
    /// Login of the first administrator.
    #[arg(long)]
    login: String,
    /// Coordinates as well, as in a small office.
    #[arg(long)]
    coordinator: bool,
    /// Reads the password as the first line of the standard input.
    #[arg(long, required = true)]
    password_stdin: bool,
}

/// Founds the first office.
///
/// # Errors
/// When the database has an administrator, and those of the store; then nothing was changed.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let asked = Asked::read(arguments).await?;
    let office = (asked.id, &asked.office);
    match found_office(&asked.store, office, &asked.founder, None, asked.now_ms).await {
        Ok(()) => {
            asked.tell();
            Ok(())
        }
        Err(Refusal::Founded) => anyhow::bail!(
            "the database has an administrator already; nothing was changed, the password neither. For a further municipality there is orientir municipality add"
        ),
        Err(other) => Err(other.into()),
    }
}

/// Founds a further office.
///
/// # Errors
/// When the database has no administrator yet or the login is taken, and those of the store; then nothing was changed.
pub async fn run_municipality(command: MunicipalityCommand) -> anyhow::Result<()> {
    let MunicipalityCommand::Add(arguments) = command;
    let asked = Asked::read(arguments).await?;
    let office = (asked.id, &asked.office);
    match add_office(&asked.store, office, &asked.founder, asked.now_ms).await {
        Ok(()) => {
            asked.tell();
            Ok(())
        }
        Err(Refusal::NotFounded) => anyhow::bail!(
            "the database has no administrator yet: found the first municipality with orientir init"
        ),
        Err(Refusal::Store(StoreError::Duplicate(_))) => {
            anyhow::bail!("the login is taken; nothing was changed, choose another one")
        }
        Err(other) => Err(other.into()),
    }
}

/// What a command asks for, read and looked at.
struct Asked {
    store: Store,
    id: MunicipalityId,
    office: Office,
    founder: Founder,
    now_ms: i64,
}

impl Asked {
    async fn read(arguments: Arguments) -> anyhow::Result<Self> {
        let password = typed_password()?;
        anyhow::ensure!(
            !arguments.login.trim().is_empty() && !arguments.municipality.trim().is_empty(),
            "the login and the municipality must be named"
        );
        let english = arguments
            .municipality_english
            .unwrap_or_else(|| arguments.municipality.clone());
        Ok(Asked {
            store: Store::open(&arguments.database).await?,
            id: MunicipalityId(Uuid::now_v7()),
            office: Office {
                name: Text::new(arguments.municipality, english),
                zone_minutes: arguments.zone_minutes,
            },
            founder: Founder {
                person: PersonId(Uuid::now_v7()),
                name: arguments.administrator,
                login: arguments.login,
                password_hash: Passwords::new()?.hash(password).await?,
                is_coordinator: arguments.coordinator,
            },
            now_ms: Clock::system().now_ms(),
        })
    }

    fn tell(&self) {
        let (name, login) = (&self.office.name.ru, &self.founder.login);
        println!("Founded: {name}. Sign in as {login}.");
    }
}

/// The password on the first line of the standard input.
fn typed_password() -> anyhow::Result<String> {
    let mut typed = String::new();
    std::io::stdin()
        .read_to_string(&mut typed)
        .context("reading the password")?;
    let password = typed.lines().next().unwrap_or_default().to_owned();
    let length = password.chars().count();
    anyhow::ensure!(
        (MIN_PASSWORD_CHARACTERS..=MAX_PASSWORD_CHARACTERS).contains(&length),
        "the password must have {MIN_PASSWORD_CHARACTERS} to {MAX_PASSWORD_CHARACTERS} characters"
    );
    Ok(password)
}
