//! How an archive is closed and opened: not at all, by a passphrase, or by a pair of keys.

use std::path::PathBuf;

use age::secrecy::SecretString;
use anyhow::Context;
use clap::Args;

use super::Sentence;

/// How an archive is encrypted.
#[derive(Args, Clone, Debug, Default)]
pub struct Seal {
    /// Encrypt to this public key of age (`age1…`); the private key need not be on this machine.
    #[arg(
        long,
        env = "ORIENTIR_BACKUP_RECIPIENT",
        conflicts_with = "passphrase_file"
    )]
    pub recipient: Option<String>,
    /// Encrypt with the passphrase in the first line of this file.
    #[arg(long, env = "ORIENTIR_BACKUP_PASSPHRASE_FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// What opens an encrypted archive.
#[derive(Args, Clone, Debug, Default)]
pub struct Open {
    /// File with the private key of age (`AGE-SECRET-KEY-1…`).
    #[arg(
        long,
        env = "ORIENTIR_BACKUP_IDENTITY",
        conflicts_with = "passphrase_file"
    )]
    pub identity: Option<PathBuf>,
    /// File with the passphrase in its first line.
    #[arg(long, env = "ORIENTIR_BACKUP_PASSPHRASE_FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// Cost of a guess at a passphrase: 2^18, as other programs of age write it. Left alone, the library would measure
/// the machine, and a slow one would write a weak archive.
const WORK_FACTOR: u8 = 18;
/// Greatest cost that is paid to open one.
const MAX_WORK_FACTOR: u8 = 22;

/// Whom an archive is encrypted to, and what reads it back at once.
pub(super) enum Sealing {
    Open,
    Passphrase(SecretString),
    /// The key of the operator, and one that lives as long as this process.
    Keys(age::x25519::Recipient, age::x25519::Identity),
}

impl Seal {
    pub(super) fn sealing(&self) -> anyhow::Result<Sealing> {
        if let Some(recipient) = &self.recipient {
            let recipient = recipient.trim().parse().map_err(|_| {
                Sentence::new(
                    "backup.recipient",
                    "Открытый ключ age должен начинаться с «age1». Проверьте --recipient; ключ создаёт команда age-keygen.",
                    "A public key of age begins with “age1”. Check --recipient; the command age-keygen makes one.",
                )
            })?;
            return Ok(Sealing::Keys(recipient, age::x25519::Identity::generate()));
        }
        Ok(match &self.passphrase_file {
            Some(path) => Sealing::Passphrase(passphrase(path)?),
            None => Sealing::Open,
        })
    }
}

impl Sealing {
    /// The recipients to write to; empty for an open archive.
    pub(super) fn recipients(&self) -> Vec<Box<dyn age::Recipient + Send>> {
        match self {
            Sealing::Open => Vec::new(),
            Sealing::Passphrase(words) => {
                let mut recipient = age::scrypt::Recipient::new(words.clone());
                recipient.set_work_factor(WORK_FACTOR);
                vec![Box::new(recipient)]
            }
            Sealing::Keys(recipient, own) => {
                vec![Box::new(recipient.clone()), Box::new(own.to_public())]
            }
        }
    }

    /// What opens it again in this process.
    pub(super) fn opening(&self) -> Vec<Box<dyn age::Identity + Send>> {
        match self {
            Sealing::Open => Vec::new(),
            Sealing::Passphrase(words) => vec![scrypt(words)],
            Sealing::Keys(_, own) => vec![Box::new(own.clone())],
        }
    }
}

impl Open {
    pub(super) fn identities(&self) -> anyhow::Result<Vec<Box<dyn age::Identity + Send>>> {
        if let Some(path) = &self.identity {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("reading {}", path.display()))?;
            let identity: age::x25519::Identity = text
                .lines()
                .find(|line| line.starts_with("AGE-SECRET-KEY-1"))
                .and_then(|line| line.trim().parse().ok())
                .ok_or_else(|| {
                    Sentence::new(
                        "backup.identity",
                        "В файле --identity нет закрытого ключа age (строки «AGE-SECRET-KEY-1…»). Укажите файл, который создала команда age-keygen.",
                        "The file of --identity holds no private key of age (a line “AGE-SECRET-KEY-1…”). Name the file that age-keygen made.",
                    )
                })?;
            return Ok(vec![Box::new(identity)]);
        }
        Ok(match &self.passphrase_file {
            Some(path) => vec![scrypt(&passphrase(path)?)],
            None => Vec::new(),
        })
    }
}

fn scrypt(words: &SecretString) -> Box<dyn age::Identity + Send> {
    let mut identity = age::scrypt::Identity::new(words.clone());
    identity.set_max_work_factor(MAX_WORK_FACTOR);
    Box::new(identity)
}

fn passphrase(path: &std::path::Path) -> anyhow::Result<SecretString> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        return Err(Sentence::error(
            "backup.passphrase",
            "Первая строка файла с паролем пуста. Впишите в неё пароль архива.",
            "The first line of the passphrase file is empty. Write the passphrase there.",
        ));
    }
    Ok(SecretString::from(line.to_owned()))
}
