//! `orientir`: the command line.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use server::auth::Passwords;
use server::jobs::Worker;
use server::jobs::run::Runs;
use server::live::Hub;
use server::site::Site;
use server::store::{Sole, Store};
use server::{AppState, Clock, Config};

/// A request makes thousands of small pieces of text, on many threads: a fifth of the time of a write went into the
/// allocator of the system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Ориентир: quality and objectivity of school assessment in a municipality.
#[derive(Parser)]
#[command(name = "orientir", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the product.
    Serve(Serve),
    /// Founds an office in an empty database.
    Init(server::founding::Arguments),
    /// Keeps the municipalities of the installation.
    #[command(subcommand)]
    Municipality(server::founding::MunicipalityCommand),
    /// Prints a new one-time address for founding an office in the browser.
    SetupCode(SetupCode),
    /// Fills an empty database with an invented municipality.
    Demo(server::demo::Arguments),
    /// Measures an import beside a bare insert of the same rows.
    #[command(hide = true)]
    BenchImport(server::import::bench::Arguments),
    /// Makes workbooks of results by mutation and reads them.
    #[command(hide = true)]
    FuzzResults(server::import::fuzz::Arguments),
    /// Analyses result files without a database.
    Analyze(server::analyze::Arguments),
    /// Checks and converts forms.
    Forms(server::forms_command::Arguments),
    /// Reads roadmaps and measures the reading.
    Roadmap(server::roadmap_command::Arguments),
    /// Writes the database and the files into one archive, while the server runs.
    Backup(server::operation::backup::Arguments),
    /// Makes an installation from a backup, in an empty place.
    Restore(server::operation::restore::Arguments),
    /// Is what is stored sound?
    Check(server::operation::check::Arguments),
    /// Writes everything into a folder in open formats.
    Export(server::operation::export::Arguments),
    /// Says that a restored copy is the working server now.
    Activate(server::operation::activate::Arguments),
    /// Prints the OpenAPI document.
    Openapi,
}

#[derive(Args)]
struct SetupCode {
    /// `sqlite:PATH` or `postgres://…`.
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite:orientir.db",
        hide_env_values = true
    )]
    database: String,
    /// Scheme, host and port under which browsers see the server.
    #[arg(
        long,
        env = "ORIENTIR_PUBLIC_ORIGIN",
        default_value = "http://127.0.0.1:3000"
    )]
    public_origin: String,
}

#[derive(Args)]
struct Serve {
    /// `sqlite:PATH` or `postgres://…`.
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite:orientir.db",
        hide_env_values = true
    )]
    database: String,
    /// Address and port to listen at.
    #[arg(long, env = "ORIENTIR_LISTEN", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// Scheme, host and port under which browsers see the server; `http://` and the listening address
    /// when absent. Must be https unless it is this machine.
    #[arg(long, env = "ORIENTIR_PUBLIC_ORIGIN")]
    public_origin: Option<String>,
    /// Offer entry by a tap as one of the invented people.
    #[arg(long, env = "ORIENTIR_DEMO")]
    demo: bool,
    /// A proxy of ours stands in front and sets `X-Forwarded-For`.
    #[arg(long, env = "ORIENTIR_BEHIND_PROXY")]
    behind_proxy: bool,
    /// Directory for the files that people bring; beside the database when absent.
    #[arg(long, env = "ORIENTIR_FILES")]
    files: Option<PathBuf>,
    /// Directory for the backups that are made before an upgrade; beside the database when absent.
    #[arg(long, env = "ORIENTIR_BACKUPS")]
    backups: Option<PathBuf>,
    /// Command of a virus scanner, for example `clamdscan --fdpass --no-summary`; the path of a file is added. Exit
    /// code 0 is clean, 1 is infected, anything else refuses the file.
    #[arg(long, env = "ORIENTIR_SCANNER")]
    scanner: Option<String>,
    /// Directory of the built site.
    #[arg(long, env = "ORIENTIR_SITE", default_value = "target/site")]
    site: PathBuf,
    /// How far the clock is ahead of the machine's, ms: for trying what a jump does.
    #[arg(long, hide = true, default_value_t = 0, allow_hyphen_values = true)]
    clock_ahead_ms: i64,
    /// Directory with `territories.geojson` and, if there is one, `basemap.pmtiles`, for the map of schools.
    #[arg(long, env = "ORIENTIR_GROUND")]
    ground: Option<PathBuf>,
}

/// How long requests may go on after the server was asked to stop.
const GRACE: std::time::Duration = std::time::Duration::from_secs(5);

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| "info,sqlx=warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let done = match Cli::parse().command {
        Command::Serve(arguments) => {
            runtime().and_then(|runtime| runtime.block_on(serve(arguments)))
        }
        Command::Init(arguments) => {
            runtime().and_then(|runtime| runtime.block_on(server::founding::run(arguments)))
        }
        Command::Municipality(command) => runtime()
            .and_then(|runtime| runtime.block_on(server::founding::run_municipality(command))),
        Command::SetupCode(arguments) => {
            runtime().and_then(|runtime| runtime.block_on(setup_code(arguments)))
        }
        Command::Demo(arguments) => {
            runtime().and_then(|runtime| runtime.block_on(server::demo::run(&arguments)))
        }
        Command::BenchImport(arguments) => {
            runtime().and_then(|runtime| runtime.block_on(server::import::bench::run(&arguments)))
        }
        Command::FuzzResults(arguments) => match server::import::fuzz::run(&arguments) {
            Ok(true) => Ok(()),
            Ok(false) => return ExitCode::FAILURE,
            Err(error) => Err(error),
        },
        Command::Analyze(arguments) => return server::analyze::run(&arguments).into(),
        Command::Forms(arguments) => match server::forms_command::run(&arguments) {
            Ok(status) => return status,
            Err(error) => Err(error),
        },
        Command::Roadmap(arguments) => match server::roadmap_command::run(&arguments) {
            Ok(status) => return status,
            Err(error) => Err(error),
        },
        Command::Backup(arguments) => runtime()
            .and_then(|runtime| runtime.block_on(server::operation::backup::run(&arguments))),
        Command::Restore(arguments) => runtime()
            .and_then(|runtime| runtime.block_on(server::operation::restore::run(&arguments))),
        Command::Check(arguments) => runtime()
            .and_then(|runtime| runtime.block_on(server::operation::check::run(&arguments))),
        Command::Export(arguments) => runtime()
            .and_then(|runtime| runtime.block_on(server::operation::export::run(&arguments))),
        Command::Activate(arguments) => runtime()
            .and_then(|runtime| runtime.block_on(server::operation::activate::run(&arguments))),
        Command::Openapi => {
            use std::io::Write;
            std::io::stdout()
                .write_all(server::http::openapi_text(&server::http::table()).as_bytes())
                .context("writing to standard output")
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("orientir: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("starting the runtime")
}

async fn setup_code(arguments: SetupCode) -> anyhow::Result<()> {
    let store = Store::open(&arguments.database).await?;
    let origin = arguments.public_origin.trim_end_matches('/');
    match server::founding::issue_address(&store, origin, Clock::system().now_ms()).await? {
        Some(address) => println!("{address}"),
        None => anyhow::bail!("the database has an administrator already; nothing was changed"),
    }
    Ok(())
}

async fn serve(arguments: Serve) -> anyhow::Result<()> {
    let public_origin = arguments
        .public_origin
        .unwrap_or_else(|| format!("http://{}", arguments.listen));
    let config = Config {
        public_origin: public_origin.trim_end_matches('/').to_owned(),
        demo: arguments.demo,
        behind_proxy: arguments.behind_proxy,
        files: file_settings(&arguments.database, arguments.files, arguments.scanner),
    };
    config.check()?;
    // First of all, so that nobody else writes while a backup is made and the schema changes.
    let sole = Sole::take(&arguments.database).context("opening the database")?;
    let clock = Clock::ahead(arguments.clock_ahead_ms);
    let backups = arguments
        .backups
        .unwrap_or_else(|| server::operation::upgrade::folder(&arguments.database));
    let before = server::operation::upgrade::prepare(&arguments.database, &backups, &clock).await?;
    if let Some(backup) = before {
        tracing::info!(backup = %backup.display(), "the database is backed up and will be upgraded");
    }
    let store = Store::open(&arguments.database)
        .await
        .context("opening the database")?;
    store.note_program(env!("CARGO_PKG_VERSION")).await?;
    let passwords = Passwords::new()?;
    if sole.is_some() {
        // Nobody else can have them: whoever did was killed.
        store.free_jobs().await?;
    }
    if config.demo {
        server::demo::fill_and_print(&store, &clock, &passwords, server::demo::fill::SEED).await?;
    }
    let founding =
        server::founding::issue_address(&store, &config.public_origin, clock.now_ms()).await?;
    if let Some(address) = founding {
        // On the standard error as a whole line of its own: somebody will copy it.
        eprintln!(
            "Nobody runs this installation yet. Found an office within a day at\n\n    {address}\n"
        );
    }
    let hub = Hub::start(store.clone());
    let runs = Runs::new(store.clone(), clock.clone());
    let _worker = Worker::start(store.clone(), clock.clone(), runs);
    let _heads = server::operation::heads::Heads::start(store.clone());
    let state = AppState::new(store, hub, clock, passwords, config);
    let site = Site::load(&arguments.site)?;
    let pages = server::http::public::page::router(state.clone(), &site.stylesheet);
    let ground =
        server::http::results::ground::router(arguments.ground.as_deref(), state.config.demo)?;
    let site = pages.merge(ground).merge(site.router());
    let router = server::router(state.clone(), site)?;
    let listener = tokio::net::TcpListener::bind(arguments.listen)
        .await
        .with_context(|| format!("listening at {}", arguments.listen))?;
    tracing::info!(address = %state.config.public_origin, "serving");
    let (stop, stopping) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        stopped().await;
        let _ = stop.send(true);
    });
    let mut asked = stopping.clone();
    tokio::select! {
        () = server::connections::serve(listener, router, stopping) => {}
        // Streams of live changes never end by themselves; requests get this long.
        () = async { let _ = asked.wait_for(|stop| *stop).await; tokio::time::sleep(GRACE).await } => {}
    }
    drop(sole);
    Ok(())
}

fn file_settings(
    database: &str,
    directory: Option<PathBuf>,
    scanner: Option<String>,
) -> server::files::FileSettings {
    let beside = server::files::FileSettings::beside(database);
    server::files::FileSettings {
        directory: directory.unwrap_or(beside.directory),
        scanner: scanner
            .map(|command| command.split_whitespace().map(str::to_owned).collect())
            .unwrap_or_default(),
    }
}

/// Ends when the process is asked to stop.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    let mut terminated =
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(signal) => signal,
            Err(error) => {
                tracing::warn!(%error, "no handler for the termination signal");
                let _ = interrupted.await;
                return;
            }
        };
    tokio::select! {
        _ = interrupted => {}
        _ = terminated.recv() => {}
    }
}
