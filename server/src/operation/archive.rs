//! One file with the database and the files of an installation.
//!
//! It is a zip archive, encrypted by age on request, so that it can be opened without this program:
//! `age -d backup.age > backup.zip`, `unzip backup.zip`. Inside lie `database.sqlite` (the database itself) or
//! `rows/TABLE` (the rows of a table in PostgreSQL's binary COPY format), `files/…`, and `manifest.json` with the
//! versions, the counts and the SHA-256 of every entry.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::Sentence;
use super::key::Sealing;
use crate::hex::hex;
use crate::store::operation::Shape;

/// Format of the archive; a greater one is refused.
pub const FORMAT: u32 = 1;
/// The database of SQLite inside an archive.
pub const IMAGE: &str = "database.sqlite";
/// The list of what is inside.
const MANIFEST: &str = "manifest.json";
/// What an encrypted archive begins with.
const AGE: &[u8] = b"age-encryption.org/v1";

/// What an archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Format of the archive.
    pub format: u32,
    /// Version of the program that made it.
    pub program: String,
    /// Migrations of the database, by name.
    pub migrations: Vec<String>,
    /// The moment it shows.
    pub made_ms: i64,
    /// Tables with their rows.
    pub tables: Vec<TableCount>,
    /// Were files left out?
    pub database_only: bool,
    /// Files that rows name and that were not there.
    pub missing: Vec<String>,
    /// Whose data they are.
    pub municipalities: Vec<Owner>,
    /// Entries with size and hash.
    pub entries: BTreeMap<String, Entry>,
}

impl Manifest {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    /// Names of the files inside.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.entries
            .keys()
            .filter_map(|name| name.strip_prefix("files/"))
    }
}

/// A table and how many rows it had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableCount {
    /// Its columns.
    #[serde(flatten)]
    pub shape: Shape,
    /// Its rows.
    pub rows: u64,
}

/// A municipality and the end of its audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Number of its last audit entry.
    pub audit_sequence: String,
    /// Hash of that entry.
    pub audit_hash: String,
}

/// An entry of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Bytes.
    pub bytes: u64,
    /// SHA-256, hex.
    pub sha256: String,
}

enum Sink {
    Plain(BufWriter<File>),
    Sealed(Box<age::stream::StreamWriter<BufWriter<File>>>),
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::Plain(out) => out.write(bytes),
            Sink::Sealed(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Sink::Plain(out) => out.flush(),
            Sink::Sealed(out) => out.flush(),
        }
    }
}

/// Writes an archive beside its name; [`Writer::keep`] gives it the name.
pub struct Writer {
    zip: ZipWriter<StreamWriter<Sink>>,
    part: Part,
    entry: Option<(String, Sha256, u64)>,
    entries: BTreeMap<String, Entry>,
}

/// A file that is removed unless it is kept.
pub(super) struct Part(pub(super) PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// An archive that is written but has no name yet.
pub struct Written {
    part: Part,
    /// Size, bytes.
    pub bytes: u64,
}

impl Writer {
    /// Begins an archive that will be `path`.
    ///
    /// # Errors
    /// A sentence when `path` is taken; those of the file system.
    pub(super) fn create(path: &Path, sealing: &Sealing) -> anyhow::Result<Self> {
        if path.exists() {
            return Err(Sentence::error(
                "backup.exists",
                format!(
                    "Файл {} уже есть. Укажите другое имя: готовые копии не заменяются.",
                    path.display()
                ),
                format!(
                    "The file {} exists. Choose another name: a finished backup is never replaced.",
                    path.display()
                ),
            ));
        }
        let part = Part(beside(path, ".part"));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        // It holds personal data.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options
            .open(&part.0)
            .with_context(|| format!("writing {}", part.0.display()))?;
        let out = BufWriter::with_capacity(256 * 1024, file);
        let recipients = sealing.recipients();
        let sink = if recipients.is_empty() {
            Sink::Plain(out)
        } else {
            let recipients = recipients
                .iter()
                .map(|one| one.as_ref() as &dyn age::Recipient);
            Sink::Sealed(Box::new(
                age::Encryptor::with_recipients(recipients)?.wrap_output(out)?,
            ))
        };
        Ok(Writer {
            zip: ZipWriter::new_stream(sink),
            part,
            entry: None,
            entries: BTreeMap::new(),
        })
    }

    /// Begins an entry; what is written from now on belongs to it.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn begin(&mut self, name: &str, method: CompressionMethod) -> anyhow::Result<()> {
        self.end();
        let mut options = SimpleFileOptions::default()
            .compression_method(method)
            .large_file(true)
            .unix_permissions(0o600);
        if method == CompressionMethod::Deflated {
            // The quickest level: a copy must not take longer than it must.
            options = options.compression_level(Some(1));
        }
        self.zip.start_file(name, options)?;
        self.entry = Some((name.to_owned(), Sha256::new(), 0));
        Ok(())
    }

    fn end(&mut self) {
        if let Some((name, hash, bytes)) = self.entry.take() {
            let sha256 = hex(&hash.finalize());
            self.entries.insert(name, Entry { bytes, sha256 });
        }
    }

    /// Writes the list and brings everything to the disk.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn finish(mut self, mut manifest: Manifest) -> anyhow::Result<(Written, Manifest)> {
        self.end();
        manifest.entries = std::mem::take(&mut self.entries);
        self.begin(MANIFEST, CompressionMethod::Deflated)?;
        self.zip.write_all(&serde_json::to_vec_pretty(&manifest)?)?;
        let sink = self.zip.finish()?.into_inner();
        let out = match sink {
            Sink::Plain(out) => out,
            // Without this the last part is missing, and nobody says so.
            Sink::Sealed(out) => out.finish()?,
        };
        let file = out.into_inner().map_err(|error| error.into_error())?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        let part = self.part;
        Ok((Written { part, bytes }, manifest))
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.zip.write(bytes)?;
        if let (Some((_, hash, total)), Some(done)) = (&mut self.entry, bytes.get(..written)) {
            hash.update(done);
            *total += written as u64;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.zip.flush()
    }
}

impl Written {
    /// Where it lies until it is kept.
    pub fn path(&self) -> &Path {
        &self.part.0
    }

    /// Gives it its name.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn keep(self, path: &Path) -> anyhow::Result<()> {
        std::fs::rename(&self.part.0, path)?;
        sync_folder(path)?;
        Ok(())
    }
}

/// Brings the names in the folder of `path` to the disk.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// A name beside `path`.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

/// An archive being read.
pub struct Archive {
    zip: ZipArchive<Box<dyn Source>>,
    /// What it says it holds.
    pub manifest: Manifest,
    /// Is it encrypted?
    pub encrypted: bool,
}

impl Archive {
    /// Opens an archive and reads its list.
    ///
    /// # Errors
    /// A sentence for a file that is none, was cut, is newer, or does not open with this key.
    pub(super) fn open(
        path: &Path,
        identities: &[Box<dyn age::Identity + Send>],
    ) -> anyhow::Result<Self> {
        let mut start = Vec::new();
        File::open(path)
            .and_then(|file| file.take(AGE.len() as u64).read_to_end(&mut start))
            .with_context(|| format!("opening {}", path.display()))?;
        let encrypted = start == AGE;
        let source: Box<dyn Source> = if encrypted {
            // The last part is looked at by a reader of its own: one whose seek has failed gives nothing afterwards,
            // and says no word.
            unsealed(path, identities)?
                .seek(SeekFrom::End(0))
                .map_err(|_| cut())?;
            Box::new(unsealed(path, identities)?)
        } else {
            Box::new(BufReader::new(File::open(path)?))
        };
        if !encrypted && start.get(..2) != Some(b"PK") {
            return Err(Sentence::error(
                "archive.unknown",
                format!(
                    "{} — не резервная копия Ориентира. Укажите файл, который сделала команда orientir backup.",
                    path.display()
                ),
                format!(
                    "{} is no backup of Orientir. Name the file that the command orientir backup made.",
                    path.display()
                ),
            ));
        }
        let mut zip = ZipArchive::new(source).map_err(|_| cut())?;
        let mut text = String::new();
        zip.by_name(MANIFEST)
            .map_err(|_| cut())?
            .read_to_string(&mut text)
            .map_err(|_| damaged(MANIFEST))?;
        let manifest = read_manifest(&text)?;
        Ok(Archive {
            zip,
            manifest,
            encrypted,
        })
    }

    /// Reads everything once and holds it against the list.
    ///
    /// # Errors
    /// A sentence that names the entry that was changed.
    pub fn verify(&mut self) -> anyhow::Result<()> {
        let expected: Vec<(String, Entry)> = self.manifest.entries.clone().into_iter().collect();
        if self.zip.len() != expected.len() + 1 {
            return Err(damaged(MANIFEST));
        }
        let mut portion = vec![0; 256 * 1024];
        for (name, entry) in expected {
            let mut reader = self.entry(&name)?;
            let (mut hash, mut bytes) = (Sha256::new(), 0_u64);
            loop {
                let read = reader.read(&mut portion).map_err(|_| damaged(&name))?;
                let Some(done) = portion.get(..read).filter(|done| !done.is_empty()) else {
                    break;
                };
                hash.update(done);
                bytes += read as u64;
            }
            if bytes != entry.bytes || hex(&hash.finalize()) != entry.sha256 {
                return Err(damaged(&name));
            }
        }
        Ok(())
    }

    /// The content of an entry.
    ///
    /// # Errors
    /// A sentence when it is not there.
    pub fn entry<'a>(&'a mut self, name: &str) -> anyhow::Result<impl Read + Send + use<'a>> {
        self.zip.by_name(name).map_err(|_| damaged(name))
    }
}

fn read_manifest(text: &str) -> anyhow::Result<Manifest> {
    #[derive(Deserialize)]
    struct Versions {
        format: u32,
        program: String,
    }
    // The format is read first: a newer list may look otherwise.
    let versions: Versions = serde_json::from_str(text).map_err(|_| damaged(MANIFEST))?;
    if versions.format > FORMAT {
        let (program, own) = (versions.program, env!("CARGO_PKG_VERSION"));
        return Err(Sentence::error(
            "archive.newer",
            format!(
                "Копию сделала более новая программа: {program}, здесь {own}. Установите Ориентир {program} или новее и повторите; ничего не изменено."
            ),
            format!(
                "A newer program made this backup: {program}, this one is {own}. Install Orientir {program} or newer and repeat; nothing was changed."
            ),
        ));
    }
    serde_json::from_str(text).map_err(|_| damaged(MANIFEST))
}

fn unsealed(
    path: &Path,
    identities: &[Box<dyn age::Identity + Send>],
) -> anyhow::Result<age::stream::StreamReader<BufReader<File>>> {
    if identities.is_empty() {
        return Err(Sentence::error(
            "archive.no_key",
            "Копия зашифрована. Укажите ключ: --identity ФАЙЛ или --passphrase-file ФАЙЛ. Без ключа её не открыть никому.",
            "The backup is encrypted. Name the key: --identity FILE or --passphrase-file FILE. Without it nobody can open it.",
        ));
    }
    let decryptor = age::Decryptor::new(BufReader::new(File::open(path)?)).map_err(|_| cut())?;
    decryptor
        .decrypt(identities.iter().map(|one| one.as_ref() as &dyn age::Identity))
        .map_err(|error| match error {
            age::DecryptError::ExcessiveWork { required, .. } => Sentence::error(
                "archive.work",
                format!("Пароль этой копии защищён сильнее (2^{required}), чем здесь допускается. Расшифруйте её командой age -d и укажите получившийся файл."),
                format!("The passphrase of this backup is protected more strongly (2^{required}) than is allowed here. Decrypt it with age -d and name the result."),
            ),
            age::DecryptError::Io(_) => cut(),
            _ => Sentence::error(
                "archive.wrong_key",
                "Ключ или пароль не подходит к этой копии. Проверьте, тот ли это файл ключа; ничего не изменено.",
                "The key or passphrase does not open this backup. Check that it is the right key file; nothing was changed.",
            ),
        })
}

fn cut() -> anyhow::Error {
    Sentence::error(
        "archive.cut",
        "Копия обрезана: конца файла нет. Скопируйте её с исходного места ещё раз или возьмите предыдущую; ничего не изменено.",
        "The backup was cut: its end is missing. Copy it from where it was made once more, or take an earlier one; nothing was changed.",
    )
}

pub(super) fn damaged(name: &str) -> anyhow::Error {
    Sentence::error(
        "archive.damaged",
        format!(
            "Копия повреждена: «{name}» не то, что было записано. Возьмите другую копию; ничего не изменено."
        ),
        format!(
            "The backup is damaged: “{name}” is not what was written. Take another one; nothing was changed."
        ),
    )
}
