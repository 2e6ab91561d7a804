//! A temporary PostgreSQL for the tests.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

use crate::command::{is_root, step};

/// A server that is stopped and removed when dropped.
pub struct TemporaryPostgres {
    programs: PathBuf,
    directory: PathBuf,
    /// Options of the running server.
    options: String,
    /// Address for `TEST_DATABASE_URL`.
    pub url: String,
}

/// Speed over safety: the data die with the tests.
const QUICK: &str = "-c fsync=off -c full_page_writes=off";

/// Starts a server in a temporary directory, or `None` where PostgreSQL is not installed.
pub fn start() -> anyhow::Result<Option<TemporaryPostgres>> {
    start_with(QUICK, &std::env::temp_dir())
}

/// The same with PostgreSQL's own durability, for measurements.
pub fn start_durable() -> anyhow::Result<Option<TemporaryPostgres>> {
    start_durable_in(&std::env::temp_dir())
}

/// The same with its data under a directory.
pub fn start_durable_in(place: &Path) -> anyhow::Result<Option<TemporaryPostgres>> {
    start_with("", place)
}

fn start_with(durability: &str, place: &Path) -> anyhow::Result<Option<TemporaryPostgres>> {
    let Some(programs) = find() else {
        return Ok(None);
    };
    let directory = place.join(format!("orientir-postgres-{}", std::process::id()));
    std::fs::create_dir_all(&directory)?;
    if is_root() {
        // initdb refuses root; the packaged user owns the directory instead.
        step(
            "chown",
            Command::new("chown").arg("postgres").arg(&directory),
        )?;
    }
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let data = directory.join("data");
    let options = format!(
        "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 {durability}"
    );
    let server = TemporaryPostgres {
        options,
        url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
        programs,
        directory,
    };
    step(
        "initdb",
        server
            .program("initdb")
            .args([
                "--auth=trust",
                "--username=postgres",
                "--encoding=UTF8",
                "--no-sync",
                "-D",
            ])
            .arg(&data),
    )?;
    step(
        "start PostgreSQL",
        server
            .program("pg_ctl")
            .args(["-w", "-t", "60", "-o", &server.options, "-l"])
            .arg(server.directory.join("log"))
            .arg("-D")
            .arg(&data)
            .arg("start"),
    )
    .context("PostgreSQL does not start")?;
    Ok(Some(server))
}

impl TemporaryPostgres {
    /// Shell command that starts it again when it has given up, as whoever looks after it would.
    pub fn revival(&self) -> String {
        let control = self.programs.join("pg_ctl");
        let data = self.directory.join("data");
        let log = self.directory.join("log");
        let user = if is_root() {
            "runuser -u postgres -- "
        } else {
            ""
        };
        let (control, data, log) = (control.display(), data.display(), log.display());
        format!(
            "cd {data} && ({user}{control} -D {data} status >/dev/null || {user}{control} -w -t 60 -o '{}' -l {log} -D {data} start >/dev/null)",
            self.options
        )
    }

    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command
            .current_dir(&self.directory)
            .stdout(std::process::Stdio::null());
        command
    }
}

impl Drop for TemporaryPostgres {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        stop.args(["-m", "immediate", "-D"])
            .arg(self.directory.join("data"))
            .arg("stop");
        if let Err(error) = step("stop PostgreSQL", &mut stop) {
            eprintln!("{error:#}");
        }
        if let Err(error) = std::fs::remove_dir_all(&self.directory) {
            eprintln!("cannot remove {}: {error}", self.directory.display());
        }
    }
}

/// The directory with `initdb` and `pg_ctl`: Debian's newest version, or PATH.
fn find() -> Option<PathBuf> {
    let complete =
        |directory: &Path| directory.join("initdb").is_file() && directory.join("pg_ctl").is_file();
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|entries| {
            entries
                .flatten()
                .map(|entry| entry.path().join("bin"))
                .collect()
        })
        .unwrap_or_default();
    versions.retain(|directory| complete(directory));
    versions.sort();
    versions.pop().or_else(|| {
        std::env::split_paths(&std::env::var_os("PATH")?).find(|directory| complete(directory))
    })
}
