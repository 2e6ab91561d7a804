//! What a file is, told by its content alone: PDF, image, office document. Everything else is refused.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// Most parts an office document may have.
const MAX_PARTS: usize = 5_000;
/// Most bytes it may unpack to.
const MAX_UNPACKED: u64 = 400 * 1024 * 1024;

/// A kind of file that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Portable document.
    Pdf,
    /// Image.
    Png,
    /// Image.
    Jpeg,
    /// Image.
    Webp,
    /// Text document of Office.
    Docx,
    /// Workbook of Office.
    Xlsx,
    /// Presentation of Office.
    Pptx,
    /// Text document of OpenDocument.
    Odt,
    /// Workbook of OpenDocument.
    Ods,
    /// Presentation of OpenDocument.
    Odp,
}

/// Why a file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// No bytes.
    Empty,
    /// Of no accepted kind.
    Unknown,
    /// The binary format of old Office, which may hide macros.
    OldOffice,
    /// An office document with macros.
    Macros,
    /// An archive that is broken or unpacks to too much.
    BadArchive,
    /// A document behind a password: nobody could check it.
    Locked,
    /// The beginning is right, the rest is not: cut off on the way.
    Cut,
}

impl FileKind {
    /// Media type.
    pub fn media_type(self) -> &'static str {
        match self {
            FileKind::Pdf => "application/pdf",
            FileKind::Png => "image/png",
            FileKind::Jpeg => "image/jpeg",
            FileKind::Webp => "image/webp",
            FileKind::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileKind::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            FileKind::Odt => "application/vnd.oasis.opendocument.text",
            FileKind::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            FileKind::Odp => "application/vnd.oasis.opendocument.presentation",
        }
    }

    /// Endings that fit; the first is put where the name has none of them.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            FileKind::Pdf => &["pdf"],
            FileKind::Png => &["png"],
            FileKind::Jpeg => &["jpg", "jpeg"],
            FileKind::Webp => &["webp"],
            FileKind::Docx => &["docx"],
            FileKind::Xlsx => &["xlsx"],
            FileKind::Pptx => &["pptx"],
            FileKind::Odt => &["odt"],
            FileKind::Ods => &["ods"],
            FileKind::Odp => &["odp"],
        }
    }

    /// The name with an ending that fits the content: a picture called `order.exe` leaves as `order.exe.png`.
    pub fn named(self, name: &str) -> String {
        let ending = name
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_lowercase());
        let fits = ending.is_some_and(|ending| self.endings().contains(&ending.as_str()));
        if fits {
            name.to_owned()
        } else {
            format!("{name}.{}", self.endings()[0])
        }
    }
}

/// The kind of a file.
///
/// # Source
/// PDF 32000-1 §7.5.2 and §7.5.5; PNG §5.2 and §11.2.5; JPEG (T.81) SOI and EOI; RIFF container of WebP;
/// ECMA-376 part 2 (`[Content_Types].xml`); OpenDocument 1.2 part 3 §3.3 (`mimetype` first).
pub(super) fn of(bytes: &[u8]) -> Result<FileKind, FileFault> {
    let end = &bytes[bytes.len().saturating_sub(2048)..];
    let has = |part: &[u8], what: &[u8]| part.windows(what.len()).any(|window| window == what);
    if bytes.is_empty() {
        Err(FileFault::Empty)
    } else if bytes.starts_with(b"%PDF-") {
        if !has(end, b"%%EOF") {
            Err(FileFault::Cut)
        } else if has(end, b"/Encrypt") {
            Err(FileFault::Locked)
        } else {
            Ok(FileKind::Pdf)
        }
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        whole(has(end, b"IEND"), FileKind::Png)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        whole(has(end, b"\xff\xd9"), FileKind::Jpeg)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        let size = bytes.get(4..8).and_then(|size| size.try_into().ok());
        let size = size.map_or(0, |size: [u8; 4]| u32::from_le_bytes(size) as usize);
        whole(size.saturating_add(8) <= bytes.len(), FileKind::Webp)
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        Err(FileFault::OldOffice)
    } else if bytes.starts_with(b"PK\x03\x04") {
        office(bytes)
    } else {
        Err(FileFault::Unknown)
    }
}

/// Is this, by its content, what its media type says? Pictures, PDF and office documents are told by [`of`]; sound
/// and video by the beginning of their container.
///
/// # Source
/// ISO/IEC 14496-12 §4.3 (`ftyp`; QuickTime of before has `moov`, `mdat` or `wide` first); RFC 8794 §8 (EBML); RFC 3533
/// (`OggS`); RIFF/WAVE; ID3v2 §3.1; ISO/IEC 11172-3 §2.4.1.3 and 13818-7 §6.2 (twelve bits of synchronisation).
pub(super) fn is(bytes: &[u8], media_type: &str) -> Result<Option<FileKind>, FileFault> {
    let begins = |what: &[u8]| bytes.starts_with(what);
    let part = bytes.get(4..8).unwrap_or_default();
    let is_frame =
        bytes.first() == Some(&0xff) && bytes.get(1).is_some_and(|byte| byte & 0xe0 == 0xe0);
    let is_recording = match media_type {
        "audio/mpeg" | "audio/aac" => begins(b"ID3") || begins(b"ADIF") || is_frame,
        "audio/mp4" | "video/mp4" => part == b"ftyp",
        "video/quicktime" => matches!(
            part,
            b"ftyp" | b"moov" | b"mdat" | b"wide" | b"free" | b"skip"
        ),
        "audio/ogg" => begins(b"OggS"),
        "audio/wav" => begins(b"RIFF") && bytes.get(8..12) == Some(b"WAVE"),
        "audio/webm" | "video/webm" => begins(&[0x1a, 0x45, 0xdf, 0xa3]),
        _ => {
            let kind = of(bytes)?;
            return if kind.media_type() == media_type {
                Ok(Some(kind))
            } else {
                Err(FileFault::Unknown)
            };
        }
    };
    if is_recording {
        Ok(None)
    } else {
        Err(FileFault::Unknown)
    }
}

fn whole(is_whole: bool, kind: FileKind) -> Result<FileKind, FileFault> {
    if is_whole {
        Ok(kind)
    } else {
        Err(FileFault::Cut)
    }
}

fn office(bytes: &[u8]) -> Result<FileKind, FileFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileFault::BadArchive)?;
    if archive.len() > MAX_PARTS {
        return Err(FileFault::BadArchive);
    }
    let mut names = Vec::with_capacity(archive.len());
    let mut declared = 0_u64;
    for index in 0..archive.len() {
        let part = archive
            .by_index_raw(index)
            .map_err(|_| FileFault::BadArchive)?;
        declared = declared.saturating_add(part.size());
        names.push(
            part.name()
                .map_err(|_| FileFault::BadArchive)?
                .to_lowercase(),
        );
    }
    if declared > MAX_UNPACKED {
        return Err(FileFault::BadArchive);
    }
    let macros = ["vbaproject.bin", "vbadata.xml"];
    if names.iter().any(|name| {
        macros.iter().any(|one| name.ends_with(one))
            || name.starts_with("basic/")
            || name.starts_with("scripts/")
            || name.contains("macrosheets/")
    }) {
        return Err(FileFault::Macros);
    }
    if names.first().is_some_and(|name| name == "mimetype") {
        let mut media_type = String::new();
        archive
            .by_index(0)
            .map_err(|_| FileFault::BadArchive)?
            .take(200)
            .read_to_string(&mut media_type)
            .map_err(|_| FileFault::BadArchive)?;
        return [FileKind::Odt, FileKind::Ods, FileKind::Odp]
            .into_iter()
            .find(|kind| kind.media_type() == media_type.trim())
            .ok_or(FileFault::Unknown);
    }
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if !has("[content_types].xml") {
        Err(FileFault::Unknown)
    } else if has("word/document.xml") {
        Ok(FileKind::Docx)
    } else if has("xl/workbook.xml") {
        Ok(FileKind::Xlsx)
    } else if has("ppt/presentation.xml") {
        Ok(FileKind::Pptx)
    } else {
        Err(FileFault::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let mut writer = zip::ZipWriter::new(&mut bytes);
        for (name, text) in parts {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .expect("a part");
            writer.write_all(text.as_bytes()).expect("text");
        }
        writer.finish().expect("an archive");
        bytes.into_inner()
    }

    #[test]
    fn the_content_decides_and_not_the_name() {
        assert_eq!(of(b"%PDF-1.7\n...\n%%EOF\n"), Ok(FileKind::Pdf));
        assert_eq!(of(b"MZ\x90\x00 program"), Err(FileFault::Unknown));
        assert_eq!(of(b"<svg onload=alert(1)>"), Err(FileFault::Unknown));
        assert_eq!(of(b""), Err(FileFault::Empty));
        assert_eq!(of(&[0xd0, 0xcf, 0x11, 0xe0, 0]), Err(FileFault::OldOffice));
    }

    #[test]
    fn a_recording_is_told_by_its_container() {
        let mp4 = b"\0\0\0\x18ftypisom";
        assert_eq!(is(mp4, "video/mp4"), Ok(None));
        assert_eq!(is(b"OggS\0", "audio/ogg"), Ok(None));
        assert_eq!(is(b"\xff\xfb\x90", "audio/mpeg"), Ok(None));
        assert_eq!(is(b"RIFF\x10\0\0\0WAVEfmt ", "audio/wav"), Ok(None));
        for other in [
            "audio/ogg",
            "audio/wav",
            "video/webm",
            "application/pdf",
            "image/jpeg",
        ] {
            assert_eq!(is(mp4, other), Err(FileFault::Unknown), "{other}");
        }
        assert_eq!(is(b"<html>", "audio/mpeg"), Err(FileFault::Unknown));
        let pdf = b"%PDF-1.7\n%%EOF\n";
        assert_eq!(is(pdf, "application/pdf"), Ok(Some(FileKind::Pdf)));
        assert_eq!(is(pdf, "image/png"), Err(FileFault::Unknown));
    }

    #[test]
    fn a_file_that_lost_its_end_is_told() {
        assert_eq!(of(b"%PDF-1.7\nhalf of it"), Err(FileFault::Cut));
        assert_eq!(of(b"\xff\xd8\xff\xe0 half"), Err(FileFault::Cut));
    }

    #[test]
    fn a_pdf_behind_a_password_is_refused() {
        assert_eq!(
            of(b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF"),
            Err(FileFault::Locked)
        );
    }

    #[test]
    fn office_documents_are_told_by_their_parts() {
        let types = ("[Content_Types].xml", "<Types/>");
        assert_eq!(
            of(&archive(&[types, ("word/document.xml", "<w/>")])),
            Ok(FileKind::Docx)
        );
        assert_eq!(
            of(&archive(&[types, ("xl/workbook.xml", "<x/>")])),
            Ok(FileKind::Xlsx)
        );
        assert_eq!(
            of(&archive(&[(
                "mimetype",
                "application/vnd.oasis.opendocument.text"
            )])),
            Ok(FileKind::Odt)
        );
        assert_eq!(
            of(&archive(&[("readme.txt", "hello")])),
            Err(FileFault::Unknown)
        );
        assert_eq!(
            of(&archive(&[
                types,
                ("word/document.xml", "<w/>"),
                ("word/vbaProject.bin", "macro")
            ])),
            Err(FileFault::Macros)
        );
    }

    #[test]
    fn a_name_gets_the_ending_of_the_content() {
        assert_eq!(FileKind::Png.named("приказ.exe"), "приказ.exe.png");
        assert_eq!(FileKind::Jpeg.named("фото.JPEG"), "фото.JPEG");
        assert_eq!(FileKind::Pdf.named("приказ"), "приказ.pdf");
    }
}
