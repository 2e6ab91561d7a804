//! `orientir check`: is what is stored sound?

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};

use super::archive::Archive;
use super::sentence::say;
use super::{Open, Sentence, files};
use crate::files::FileSettings;
use crate::store::AuditChain;
use crate::store::operation::{Connection, TABLES, Unread, audit_chain, damage, dangling};

/// Checks references, the audit log, files against their hashes, and reads every row.
#[derive(Args, Debug)]
pub struct Arguments {
    #[command(subcommand)]
    part: Option<Part>,
    /// `sqlite:PATH` or `postgres://…`.
    #[arg(
        long,
        global = true,
        env = "DATABASE_URL",
        default_value = "sqlite:orientir.db",
        hide_env_values = true
    )]
    database: String,
    /// Directory of the files; beside the database when absent.
    #[arg(long, global = true, env = "ORIENTIR_FILES")]
    files: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
enum Part {
    /// The audit log alone: every hash follows from the one before. Prints the ends.
    Audit {
        /// An end that was kept elsewhere (log, letter, paper): NUMBER:HASH. It must still be in the log.
        #[arg(long)]
        expect: Vec<String>,
    },
    /// A backup: every entry against its hash.
    Backup {
        /// The archive.
        file: PathBuf,
        /// What opens it.
        #[command(flatten)]
        open: Open,
    },
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows read.
    pub rows: u64,
    /// Files read.
    pub files: u64,
    /// Ends of the audit logs: name, number, hash.
    pub ends: Vec<(String, u64, String)>,
    /// What is wrong, in words.
    pub faults: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// A sentence when something is wrong.
pub async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let report = match &arguments.part {
        None => {
            let mut connection = Connection::open(&arguments.database)
                .await
                .context("opening the database")?;
            let mut report = database(&mut connection).await?;
            let beside = FileSettings::beside(&arguments.database).directory;
            let folder = arguments.files.clone().unwrap_or(beside);
            file_folder(&mut connection, &folder, &mut report).await?;
            report
        }
        Some(Part::Audit { expect }) => {
            let mut connection = Connection::open(&arguments.database)
                .await
                .context("opening the database")?;
            audit_log(&mut connection, expect).await?
        }
        Some(Part::Backup { file, open }) => {
            let mut archive = Archive::open(file, &open.identities()?)?;
            archive.verify()?;
            let manifest = &archive.manifest;
            println!(
                "{}: {} {} · {} {} · {} {}",
                say("Копия цела", "The backup is whole"),
                manifest.rows(),
                say("строк", "rows"),
                manifest.files().count(),
                say("файлов", "files"),
                say("Ориентир", "Orientir"),
                manifest.program,
            );
            return Ok(());
        }
    };
    for (name, number, hash) in &report.ends {
        println!(
            "{}: {name} · {number}:{hash}",
            say("Журнал цел", "Audit log whole")
        );
    }
    for fault in &report.faults {
        eprintln!("{fault}");
    }
    println!(
        "{} {} · {} {} · {} {}",
        say("Строк:", "Rows:"),
        report.rows,
        say("файлов:", "files:"),
        report.files,
        say("неисправностей:", "faults:"),
        report.faults.len()
    );
    if report.faults.is_empty() {
        return Ok(());
    }
    Err(Sentence::error(
        "check.faults",
        "Есть неисправности, они перечислены выше. Сохраните этот вывод и восстановите последнюю целую копию рядом (orientir restore), чтобы сравнить.",
        "There are faults, listed above. Keep this output and restore the last whole backup beside (orientir restore) to compare.",
    ))
}

/// Pages, references, rows by the product's types, and the audit logs of a database.
///
/// # Errors
/// Those of the database.
pub async fn database(connection: &mut Connection) -> anyhow::Result<Report> {
    let mut report = Report::default();
    report.faults.extend(damage(connection).await?);
    for one in dangling(connection).await? {
        report.faults.push(format!(
            "{}: {} {} {}",
            one.table,
            one.rows,
            say(
                "строк ссылаются на отсутствующее в",
                "rows refer to what is not in"
            ),
            one.parent
        ));
    }
    for table in TABLES {
        match table.read(connection).await {
            Ok(rows) => report.rows += rows,
            Err(Unread::Store(error)) => return Err(error.into()),
            Err(row @ Unread::Row { .. }) => report.faults.push(format!("{}: {row}", table.name)),
        }
    }
    audit(connection, &[], &mut report).await?;
    Ok(report)
}

/// The audit logs alone; `expect` are ends `NUMBER:HASH` that must still be in them.
///
/// # Errors
/// A sentence for an end that is none; those of the database.
pub async fn audit_log(connection: &mut Connection, expect: &[String]) -> anyhow::Result<Report> {
    let mut report = Report::default();
    audit(connection, expect, &mut report).await?;
    Ok(report)
}

/// Every audit log from its beginning; `expect` are ends that were kept elsewhere.
async fn audit(
    connection: &mut Connection,
    expect: &[String],
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut missing: Vec<(u64, &str)> = expect
        .iter()
        .map(|end| {
            let (number, hash) = end.split_once(':').unwrap_or_default();
            number.parse().map(|number| (number, hash)).map_err(|_| {
                Sentence::new(
                    "check.expect",
                    "Конец журнала записывается как НОМЕР:ХЕШ, так, как его печатает orientir check audit.",
                    "An end of the log is written NUMBER:HASH, as orientir check audit prints it.",
                )
            })
        })
        .collect::<Result<_, _>>()?;
    for owner in super::backup::owners(connection).await? {
        let id = uuid::Uuid::parse_str(&owner.id).context("id of a municipality")?;
        let chain = audit_chain(connection, id, |number, hash| {
            missing.retain(|kept| *kept != (number, hash));
        })
        .await?;
        match chain {
            AuditChain::Whole { entries } => {
                report.ends.push((owner.name, entries, owner.audit_hash));
            }
            AuditChain::Broken { sequence } => report.faults.push(format!(
                "{}: {} {sequence}",
                owner.name,
                say(
                    "журнал действий нарушен: изменена или пропала запись",
                    "the audit log is broken: changed or missing is the entry"
                )
            )),
        }
    }
    for (number, hash) in missing {
        report.faults.push(format!(
            "{number}:{hash} {}",
            say(
                "нет ни в одном журнале: записи переписаны после того, как этот конец был сохранён",
                "is in no audit log: entries were rewritten after this end was kept"
            )
        ));
    }
    Ok(())
}

/// Files against their hashes, and rows against the files they name.
async fn file_folder(
    connection: &mut Connection,
    folder: &Path,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut named = files::named(connection).await?;
    for name in files::list(folder).with_context(|| format!("reading {}", folder.display()))? {
        named.remove(&name);
        report.files += 1;
        let path = files::path(folder, &name);
        match files::digest(&path) {
            Ok(hash) if hash == files::hash_of(&name) => {}
            Ok(_) => report.faults.push(format!(
                "{}: {}",
                path.display(),
                say("содержимое изменено на диске", "was changed on disk")
            )),
            Err(error) => report.faults.push(format!("{}: {error}", path.display())),
        }
    }
    for name in named {
        report.faults.push(format!(
            "{}: {}",
            files::path(folder, &name).display(),
            say(
                "файла нет, а база на него ссылается",
                "is missing, and the database names it"
            )
        ));
    }
    Ok(())
}
