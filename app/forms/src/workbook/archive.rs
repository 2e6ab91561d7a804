//! ZIP archives, looked at before anything is unpacked.
//!
//! # Source
//! PKWARE APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its end).

use super::ReadError;
use flate2::read::DeflateDecoder;
use std::io::Read;

/// All parts together when unpacked: a sheet of a million empty rows is 40 MB.
const MAX_UNPACKED: u64 = 128 << 20;
const MAX_ENTRIES: usize = 2_000;

/// A file of an archive.
#[derive(Debug)]
pub(super) struct Entry {
    pub name: String,
    compressed: usize,
    offset: usize,
    deflated: bool,
}

fn broken() -> ReadError {
    ReadError::NotAWorkbook("the archive is damaged".to_owned())
}

fn too_large() -> ReadError {
    ReadError::TooLarge {
        limit: MAX_UNPACKED as usize,
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes(
        bytes.get(at..at + 2)?.try_into().ok()?,
    )))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()
}

/// The files of an archive, after making sure that unpacking them all stays within the bound.
///
/// Declared sizes can lie, so every part is unpacked once into nothing, up to the bound.
///
/// # Errors
/// When the archive is damaged, encrypted or unpacks to too much.
pub(super) fn entries(bytes: &[u8]) -> Result<Vec<Entry>, ReadError> {
    let entries = directory(bytes).ok_or_else(broken)?;
    if entries.len() > MAX_ENTRIES {
        return Err(too_large());
    }
    let mut budget = MAX_UNPACKED;
    for entry in &entries {
        let data = data(bytes, entry).ok_or_else(broken)?;
        let size = if entry.deflated {
            let mut limited = DeflateDecoder::new(data).take(budget + 1);
            std::io::copy(&mut limited, &mut std::io::sink()).map_err(|_| broken())?
        } else {
            data.len() as u64
        };
        budget = budget.checked_sub(size).ok_or_else(too_large)?;
    }
    Ok(entries)
}

/// The content of one file.
///
/// # Errors
/// When it is not there or damaged.
pub(super) fn unpack(bytes: &[u8], entries: &[Entry], name: &str) -> Result<Vec<u8>, ReadError> {
    let entry = entries
        .iter()
        .find(|entry| entry.name == name)
        .ok_or_else(broken)?;
    let data = data(bytes, entry).ok_or_else(broken)?;
    if !entry.deflated {
        return Ok(data.to_vec());
    }
    let mut content = Vec::new();
    DeflateDecoder::new(data)
        .take(MAX_UNPACKED)
        .read_to_end(&mut content)
        .map_err(|_| broken())?;
    Ok(content)
}

fn directory(bytes: &[u8]) -> Option<Vec<Entry>> {
    let tail = bytes.len().saturating_sub(66_000);
    let end = (tail..bytes.len().saturating_sub(21))
        .rev()
        .find(|at| bytes[*at..].starts_with(b"PK\x05\x06"))?;
    let count = u16_at(bytes, end + 10)?;
    let mut at = u32_at(bytes, end + 16)?;
    let mut entries = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        let flags = u16_at(bytes, at + 8)?;
        let method = u16_at(bytes, at + 10)?;
        let (name, extra, comment) = (
            u16_at(bytes, at + 28)?,
            u16_at(bytes, at + 30)?,
            u16_at(bytes, at + 32)?,
        );
        if flags & 1 != 0 || !matches!(method, 0 | 8) {
            return None;
        }
        entries.push(Entry {
            name: String::from_utf8_lossy(bytes.get(at + 46..at + 46 + name)?).into_owned(),
            compressed: u32_at(bytes, at + 20)?,
            offset: u32_at(bytes, at + 42)?,
            deflated: method == 8,
        });
        at += 46 + name + extra + comment;
    }
    Some(entries)
}

fn data<'b>(bytes: &'b [u8], entry: &Entry) -> Option<&'b [u8]> {
    let at = entry.offset;
    if bytes.get(at..at + 4)? != b"PK\x03\x04" {
        return None;
    }
    let start = at + 30 + u16_at(bytes, at + 26)? + u16_at(bytes, at + 28)?;
    bytes.get(start..start + entry.compressed)
}
