//! The folder of files that people brought: `MUNICIPALITY/SHELF/SHA-256`.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::hex::hex;
use crate::store::StoreError;
use crate::store::operation::Connection;

/// Names of the files in a folder, in order. What is half uploaded has another kind of name and is left out.
///
/// # Errors
/// Those of the file system; a folder that does not exist is empty.
pub fn list(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for municipality in entries(folder)? {
        for shelf in entries(&folder.join(&municipality))? {
            for name in entries(&folder.join(&municipality).join(&shelf))? {
                let whole = format!("{municipality}/{shelf}/{name}");
                if is_name(&whole) {
                    names.insert(whole);
                }
            }
        }
    }
    Ok(names)
}

fn entries(folder: &Path) -> io::Result<Vec<String>> {
    let read = match std::fs::read_dir(folder) {
        Ok(read) => read,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            return Ok(Vec::new());
        }
        Err(error) => return Err(error),
    };
    read.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect()
}

/// Is it `MUNICIPALITY/SHELF/SHA-256`? An archive may name no other place.
pub fn is_name(name: &str) -> bool {
    let parts: Vec<&str> = name.split('/').collect();
    let [municipality, shelf, hash] = parts[..] else {
        return false;
    };
    uuid::Uuid::parse_str(municipality).is_ok()
        && hash.len() == 64
        && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
        && hash.starts_with(shelf)
        && shelf.len() == 2
}

/// The hash a file must have by its name.
pub fn hash_of(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// Files that rows name, as they would lie in the folder.
///
/// # Errors
/// Those of the database.
pub async fn named(connection: &mut Connection) -> Result<BTreeSet<String>, StoreError> {
    let id = match connection {
        Connection::Sqlite(_) => "lower(hex(municipality_id))",
        Connection::Postgres(_) => "replace(municipality_id::text, '-', '')",
    };
    let sql = format!("SELECT DISTINCT {id}, content_hash FROM file_upload");
    // An older schema has no such table.
    if !connection.has_table("file_upload").await? {
        return Ok(BTreeSet::new());
    }
    Ok(connection
        .texts(&sql)
        .await?
        .into_iter()
        .filter_map(|row| {
            let [municipality, hash]: [String; 2] = row
                .into_iter()
                .collect::<Option<Vec<_>>>()?
                .try_into()
                .ok()?;
            let municipality = uuid::Uuid::parse_str(&municipality).ok()?;
            Some(format!("{municipality}/{}/{hash}", hash.get(..2)?))
        })
        .collect())
}

/// SHA-256 of a file, hex.
///
/// # Errors
/// Those of the file system.
pub fn digest(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut portion = vec![0; 256 * 1024];
    loop {
        let read = file.read(&mut portion)?;
        match portion.get(..read) {
            Some(done) if !done.is_empty() => hash.update(done),
            _ => return Ok(hex(&hash.finalize())),
        }
    }
}

/// Where a file lies in a folder.
pub fn path(folder: &Path, name: &str) -> PathBuf {
    name.split('/')
        .fold(folder.to_owned(), |path, part| path.join(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_cannot_name_another_place() {
        let hash = "ab".repeat(32);
        let municipality = uuid::Uuid::nil();
        assert!(is_name(&format!("{municipality}/ab/{hash}")));
        for name in [
            format!("../ab/{hash}"),
            format!("{municipality}/ab/../{hash}"),
            format!("{municipality}/../{hash}"),
            format!("/{municipality}/ab/{hash}"),
            format!("{municipality}/ab/{hash}#1"),
            format!("{municipality}/cd/{hash}"),
            String::new(),
        ] {
            assert!(!is_name(&name), "{name}");
        }
    }
}
