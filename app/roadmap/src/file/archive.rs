//! Packed formats: which one it is, and its parts within bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Refusal, Source, docx, excel, odf};

/// Most bytes of all parts together.
const MAX_UNPACKED: u64 = 64 << 20;
const MAX_PARTS: usize = 2_000;

/// An archive whose parts together stay within the bound.
pub struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
}

/// Opens a packed document of any kind.
pub fn open(bytes: &[u8]) -> Result<Source, Refusal> {
    let mut parts = Parts::open(bytes)?;
    if parts.has("xl/workbook.bin") {
        return Err(Refusal::BinaryWorkbook);
    }
    if parts.has("xl/workbook.xml") {
        parts.count()?;
        return excel::open(bytes);
    }
    if parts.has("content.xml") {
        return odf::open(&mut parts);
    }
    if parts.names.iter().any(|name| name.starts_with("word/")) || parts.has("_rels/.rels") {
        return docx::open(&mut parts);
    }
    Err(Refusal::UnknownFormat)
}

impl<'b> Parts<'b> {
    fn open(bytes: &'b [u8]) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > MAX_PARTS {
            return Err(Refusal::TooLarge);
        }
        let names = archive
            .file_names()
            .map(|name| name.map(std::borrow::Cow::into_owned))
            .collect::<Result<_, _>>()
            .map_err(damaged)?;
        Ok(Self { archive, names })
    }

    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|own| own == name)
    }

    /// A part as text; `None` when it is not there.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        if !self.has(name) {
            return Ok(None);
        }
        let part = self.archive.by_name(name).map_err(damaged)?;
        let mut bytes = Vec::new();
        part.take(MAX_UNPACKED + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Refusal::Damaged(error.to_string()))?;
        if bytes.len() as u64 > MAX_UNPACKED {
            return Err(Refusal::TooLarge);
        }
        String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| Refusal::Damaged(format!("{name} is not UTF-8")))
    }

    /// The directory may lie about sizes: unpacks every part into nothing and counts.
    fn count(&mut self) -> Result<(), Refusal> {
        let mut left = MAX_UNPACKED;
        for index in 0..self.archive.len() {
            let part = self.archive.by_index(index).map_err(damaged)?;
            let count = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
                .map_err(|error| Refusal::Damaged(error.to_string()))?;
            left = left.checked_sub(count).ok_or(Refusal::TooLarge)?;
        }
        Ok(())
    }
}

fn damaged(error: ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(what) if what == ZipError::PASSWORD_REQUIRED => {
            Refusal::Password
        }
        ZipError::InvalidPassword => Refusal::Password,
        error => Refusal::Damaged(error.to_string()),
    }
}
