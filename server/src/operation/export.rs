//! `orientir export`: everything of an installation in open formats, with a dictionary.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use base64::Engine;
use clap::Args;

use super::archive::Part;
use super::sentence::say;
use super::{Sentence, backup, files};
use crate::files::FileSettings;
use crate::store::operation::{
    Cell, Column, Connection, CopyError, CopyReader, Kind, Row, Shape, Sink, TABLES,
};

/// Writes everything into a folder: tables as CSV, forms as JSON, files, and a dictionary. Secrets are left out.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The folder; must be empty or absent.
    pub directory: PathBuf,
    /// `sqlite:PATH` or `postgres://…`.
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite:orientir.db",
        hide_env_values = true
    )]
    pub database: String,
    /// Directory of the files; beside the database when absent.
    #[arg(long, env = "ORIENTIR_FILES")]
    pub files: Option<PathBuf>,
}

/// Tables that serve the program alone.
const LEFT_OUT: &[&str] = &[
    "session",
    "sign_in_attempt",
    "seaql_migrations",
    "attachment_chunk",
];

/// Runs the command.
///
/// # Errors
/// A sentence, or those of the database and the file system.
pub async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let (tables, rows, files) = export(arguments).await?;
    println!(
        "{} {}: {} {tables} · {} {rows} · {} {files}",
        say("Выгружено в", "Exported to"),
        arguments.directory.display(),
        say("таблиц", "tables"),
        say("строк", "rows"),
        say("файлов", "files"),
    );
    Ok(())
}

/// Exports; how many tables, rows and files.
///
/// # Errors
/// See [`run`].
pub async fn export(arguments: &Arguments) -> anyhow::Result<(usize, u64, usize)> {
    let to = &arguments.directory;
    if std::fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Sentence::error(
            "export.taken",
            format!("Папка {} не пуста. Укажите пустую или новую.", to.display()),
            format!(
                "The folder {} is not empty. Name an empty or a new one.",
                to.display()
            ),
        ));
    }
    for folder in ["tables", "forms", "files", "sheets"] {
        std::fs::create_dir_all(to.join(folder))
            .with_context(|| format!("making {}", to.join(folder).display()))?;
    }
    let image = Part(to.join("database.image"));
    let mut snapshot = backup::snapshot(&arguments.database, &image.0).await?;
    let shapes: Vec<Shape> = snapshot
        .shapes()
        .await?
        .into_iter()
        .filter(|shape| !LEFT_OUT.contains(&shape.table.as_str()))
        .collect();
    dictionary(to, &shapes)?;
    let mut rows = 0;
    for shape in &shapes {
        let path = to.join("tables").join(format!("{}.csv", shape.table));
        let mut table = CsvTable::new(&path, shape)?;
        snapshot.rows(shape, &mut table).await?;
        rows += table.finish().with_context(|| shape.table.clone())?;
    }
    forms(snapshot.connection(), &to.join("forms")).await?;
    let mut count = sheets(snapshot.connection(), &to.join("sheets")).await?;
    let beside = FileSettings::beside(&arguments.database).directory;
    let folder = arguments.files.clone().unwrap_or(beside);
    for name in files::list(&folder)? {
        let path = to.join("files").join(files::hash_of(&name));
        std::fs::copy(files::path(&folder, &name), &path)
            .with_context(|| format!("writing {}", path.display()))?;
        count += 1;
    }
    snapshot.close().await?;
    Ok((shapes.len(), rows, count))
}

/// Does a column hold what opens a door?
fn is_secret(column: &Column) -> bool {
    ["password", "token", "secret", "device_hash", "recovery"]
        .iter()
        .any(|word| column.name.contains(word))
}

/// A table on its way into a CSV file: rows arrive in bytes of any length.
struct CsvTable<'a> {
    shape: &'a Shape,
    out: csv::Writer<File>,
    bytes: Vec<u8>,
    begun: bool,
    rows: u64,
}

impl<'a> CsvTable<'a> {
    fn new(path: &Path, shape: &'a Shape) -> anyhow::Result<Self> {
        let mut file = File::create(path).with_context(|| format!("writing {}", path.display()))?;
        // Spreadsheets take a file for another alphabet without it.
        file.write_all("\u{feff}".as_bytes())?;
        let mut out = csv::Writer::from_writer(file);
        out.write_record(
            shape
                .columns
                .iter()
                .filter(|column| !is_secret(column))
                .map(|column| &column.name),
        )?;
        Ok(CsvTable {
            shape,
            out,
            bytes: Vec::new(),
            begun: false,
            rows: 0,
        })
    }

    /// Writes the rows that have arrived whole and keeps the rest.
    fn write(&mut self) -> std::io::Result<()> {
        let columns = self.shape.columns.len();
        let mut rest = self.bytes.as_slice();
        let mut reader = match self.begun {
            true => CopyReader::resume(&mut rest, columns),
            false => match CopyReader::new(&mut rest, columns) {
                Ok(reader) => reader,
                Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(()),
                Err(error) => return Err(error),
            },
        };
        self.begun = true;
        let mut row = Row::default();
        let mut used = self.bytes.len() - reader.rest().len();
        loop {
            match reader.next(&mut row) {
                Ok(true) => {
                    record(&mut self.out, self.shape, &row)?;
                    self.rows += 1;
                    used = self.bytes.len() - reader.rest().len();
                }
                Ok(false) => {
                    used = self.bytes.len();
                    break;
                }
                Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => break,
                Err(error) => return Err(error),
            }
        }
        self.bytes.drain(..used);
        Ok(())
    }

    fn finish(mut self) -> anyhow::Result<u64> {
        anyhow::ensure!(self.bytes.is_empty(), "the table was cut");
        self.out.flush()?;
        Ok(self.rows)
    }
}

impl Sink for CsvTable<'_> {
    async fn take(&mut self, bytes: Vec<u8>) -> Result<(), CopyError> {
        self.bytes.extend_from_slice(&bytes);
        Ok(self.write()?)
    }
}

fn record(out: &mut csv::Writer<File>, shape: &Shape, row: &Row) -> std::io::Result<()> {
    for (index, column) in shape.columns.iter().enumerate() {
        if is_secret(column) {
            continue;
        }
        out.write_field(text(row.cell(index, column.kind)?))?;
    }
    out.write_record(None::<&[u8]>)?;
    Ok(())
}

/// A value as it stands in a CSV file. Nothing and an empty text look alike there; the dictionary says so.
fn text(cell: Cell<'_>) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Uuid(bytes) => uuid::Uuid::from_slice(bytes)
            .unwrap_or_default()
            .to_string(),
        Cell::Text(text) => text.to_owned(),
        Cell::Boolean(value) => value.to_string(),
        Cell::Integer(value) => value.to_string(),
        Cell::Bigint(value) => value.to_string(),
        Cell::Double(value) => value.to_string(),
        Cell::Bytes(bytes) => base64::engine::general_purpose::STANDARD.encode(bytes),
    }
}

/// What every table and column holds.
fn dictionary(to: &Path, shapes: &[Shape]) -> anyhow::Result<()> {
    let mut file = File::create(to.join("dictionary.csv"))?;
    file.write_all("\u{feff}".as_bytes())?;
    let mut out = csv::Writer::from_writer(file);
    out.write_record(["table", "column", "type", "ru", "en"])?;
    for shape in shapes {
        let table = TABLES.iter().find(|table| table.name == shape.table);
        let [ru, en] = table.map_or(["", ""], |table| [table.ru, table.en]);
        out.write_record([shape.table.as_str(), "", "", ru, en])?;
        for column in &shape.columns {
            let [ru, en] = meaning(column);
            out.write_record([&shape.table, &column.name, column.kind.word(), ru, en])?;
        }
    }
    out.flush()?;
    std::fs::write(
        to.join("README.txt"),
        "tables/*.csv: UTF-8, через запятую; пусто — значения нет или пустой текст. Времена *_ms — миллисекунды с 1970-01-01 UTC.\n\
         forms/*.json: опубликованные формы. files/: загруженные файлы под их SHA-256 (имена — в tables/file_upload.csv).\n\
         sheets/ЛИСТ/: снимки и файлы листов под их SHA-256 (tables/attachment.csv). dictionary.csv: что где лежит.\n\n\
         tables/*.csv: UTF-8, commas; an empty field is no value or an empty text. Times *_ms are milliseconds since 1970-01-01 UTC.\n\
         forms/*.json: published forms. files/: files by their SHA-256 (names in tables/file_upload.csv).\n\
         sheets/SHEET/: photos and files of sheets by their SHA-256 (tables/attachment.csv). dictionary.csv: what lies where.\n",
    )?;
    Ok(())
}

/// What a column holds, by the rules by which columns are named.
fn meaning(column: &Column) -> [&'static str; 2] {
    let name = column.name.as_str();
    if is_secret(column) {
        return [
            "не выгружается: открывает вход",
            "left out: it opens a door",
        ];
    }
    match name {
        "id" => ["идентификатор строки", "id of the row"],
        "municipality_id" => [
            "муниципалитет, которому принадлежит строка",
            "municipality that owns the row",
        ],
        "person_id" => ["человек; см. person", "person; see person"],
        "organisation_id" => [
            "организация; см. organisation",
            "organisation; see organisation",
        ],
        "at_ms" => ["когда", "when"],
        "hash" | "content_hash" => ["SHA-256, шестнадцатеричный", "SHA-256, hex"],
        _ if name.ends_with("_ms") => [
            "момент, миллисекунды с 1970 UTC",
            "instant, milliseconds since 1970 UTC",
        ],
        _ if name.ends_with("_minutes") => ["минуты", "minutes"],
        _ if name.ends_with("_by") => [
            "человек, который это сделал; см. person",
            "person who did it; see person",
        ],
        _ if name.ends_with("_id") => [
            "ссылка на строку одноимённой таблицы",
            "reference to a row of the table of that name",
        ],
        _ if name.ends_with("_ru") => ["по-русски", "in Russian"],
        _ if name.ends_with("_en") => ["по-английски", "in English"],
        _ => match column.kind {
            Kind::Boolean => ["да (true) или нет (false)", "yes (true) or no (false)"],
            Kind::Bytes => ["байты в base64", "bytes in base64"],
            Kind::Integer | Kind::Bigint | Kind::Double => ["число", "number"],
            Kind::Uuid => ["идентификатор", "id"],
            Kind::Text => [
                "текст или код; составные значения записаны в JSON",
                "text or code; what has parts is JSON",
            ],
        },
    }
}

async fn forms(connection: &mut Connection, to: &Path) -> anyhow::Result<()> {
    if !connection.has_table("form").await? {
        return Ok(());
    }
    for row in connection
        .texts("SELECT id, version, document FROM form")
        .await?
    {
        if let [Some(id), Some(version), Some(document)] = &row[..] {
            std::fs::write(
                to.join(format!("{}-{}.json", plain(id), plain(version))),
                document,
            )?;
        }
    }
    Ok(())
}

/// Photos and files of sheets, put together from their chunks.
async fn sheets(connection: &mut Connection, to: &Path) -> anyhow::Result<usize> {
    let id = match connection {
        Connection::Sqlite(_) => "lower(hex(submission_id))",
        Connection::Postgres(_) => "submission_id::text",
    };
    let (content, list) = match connection {
        Connection::Sqlite(_) => ("hex(content)", "completed_ms IS NOT NULL"),
        Connection::Postgres(_) => ("encode(content, 'hex')", "completed_ms IS NOT NULL"),
    };
    let whole = connection
        .texts(&format!(
            "SELECT {id}, hash FROM attachment WHERE {list} ORDER BY 1, 2"
        ))
        .await?;
    for row in &whole {
        let [Some(sheet), Some(hash)] = &row[..] else {
            continue;
        };
        let folder = to.join(plain(sheet));
        std::fs::create_dir_all(&folder)?;
        let mut file = File::create(folder.join(plain(hash)))?;
        let chunks = connection
            .texts(&format!(
                "SELECT {content} FROM attachment_chunk WHERE {id} = '{}' AND hash = '{}' ORDER BY start_byte",
                plain(sheet),
                plain(hash)
            ))
            .await?;
        for chunk in chunks.into_iter().flatten().flatten() {
            file.write_all(&bytes(&chunk))?;
        }
    }
    Ok(whole.len())
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes()
        .chunks(2)
        .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// A name that stays in its folder.
fn plain(name: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    name.chars()
        .map(|letter| if plain(letter) { letter } else { '_' })
        .collect::<String>()
        .trim_start_matches('.')
        .to_owned()
}
