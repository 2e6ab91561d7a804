//! A workbook of one sheet, written in the browser: what a reader sees is what the file holds.
//!
//! Parts are stored without compression, so that the page carries no deflate; a table of a district is some
//! hundred kilobytes.

use crate::matrix::picture::Field;

/// A workbook with a bold header that stays on top.
///
/// # Source
/// ECMA-376, parts 1 and 2 (SpreadsheetML, OPC); PKWARE APPNOTE 6.3.10 for the archive.
pub fn file(sheet: &str, header: &[String], rows: &[Vec<Field>]) -> Vec<u8> {
    let name: String = sheet
        .chars()
        .filter(|letter| !"[]:*?/\\'".contains(*letter))
        .take(31)
        .collect();
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        (
            "xl/workbook.xml",
            format!(
                "{XML}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>\
                 <sheet name=\"{}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
                escape(&name)
            ),
        ),
        ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS.to_owned()),
        ("xl/styles.xml", STYLES.to_owned()),
        ("xl/worksheets/sheet1.xml", worksheet(header, rows)),
    ];
    archive(&parts)
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>\
<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>";
const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
const BOOK_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";
const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count=\"1\"><xf/></cellStyleXfs>\
<cellXfs count=\"2\"><xf xfId=\"0\"/><xf xfId=\"0\" fontId=\"1\" applyFont=\"1\"/></cellXfs></styleSheet>";

fn worksheet(header: &[String], rows: &[Vec<Field>]) -> String {
    let mut xml = format!(
        "{XML}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\">\
         <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
         <cols><col min=\"1\" max=\"{}\" width=\"24\" customWidth=\"1\"/></cols><sheetData><row r=\"1\">",
        header.len().max(1)
    );
    for (column, title) in header.iter().enumerate() {
        xml.push_str(&text(title, &place(column, 1), " s=\"1\""));
    }
    xml.push_str("</row>");
    for (number, row) in (2..).zip(rows) {
        xml.push_str(&format!("<row r=\"{number}\">"));
        for (column, field) in row.iter().enumerate() {
            let place = place(column, number);
            match field {
                // An inline string is text to every spreadsheet, whatever it begins with.
                Field::Text(content) => xml.push_str(&text(content, &place, "")),
                Field::Number(value) if value.is_finite() => {
                    xml.push_str(&format!("<c r=\"{place}\"><v>{value}</v></c>"));
                }
                Field::Number(_) => xml.push_str(&format!("<c r=\"{place}\"/>")),
            }
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData></worksheet>");
    xml
}

/// Address of a cell, column from 0 and row from 1: `AB7`. Not every reader counts by itself.
fn place(column: usize, row: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{row}")
}

fn text(content: &str, place: &str, style: &str) -> String {
    format!(
        "<c r=\"{place}\" t=\"inlineStr\"{style}><is><t xml:space=\"preserve\">{}</t></is></c>",
        escape(content)
    )
}

/// Text inside XML.
fn escape(text: &str) -> String {
    crate::matrix::draw::escape(&crate::model::xml::held(text))
}

/// A zip archive of stored parts.
fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in parts {
        let offset = length(bytes.len());
        let mut head = Vec::with_capacity(26);
        // Version 2.0, names in UTF-8, stored, 1 January 2026.
        for part in [20_u16, 0x0800, 0, 0, (2026 - 1980) << 9 | 1 << 5 | 1] {
            head.extend(part.to_le_bytes());
        }
        for part in [
            crc32(content.as_bytes()),
            length(content.len()),
            length(content.len()),
        ] {
            head.extend(part.to_le_bytes());
        }
        head.extend(u16::try_from(name.len()).unwrap_or(0).to_le_bytes());
        head.extend(0_u16.to_le_bytes());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&head);
        bytes.extend(name.as_bytes());
        bytes.extend(content.as_bytes());
        directory.extend(b"PK\x01\x02");
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&head);
        // No comment, first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, size) = (length(bytes.len()), length(directory.len()));
    let count = u16::try_from(parts.len()).unwrap_or(0).to_le_bytes();
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count);
    bytes.extend(count);
    bytes.extend(size.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

/// Sheets of this product are far below four gigabytes.
fn length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
    #[test]
    fn the_checksum_has_its_published_value() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn text_stays_text_and_numbers_stay_numbers() {
        let sheet = worksheet(
            &["Школа".to_owned()],
            &[vec![
                Field::Text("=1+1\u{b}<b>\u{1}".to_owned()),
                Field::Number(12.5),
                Field::Number(f64::NAN),
            ]],
        );
        assert!(sheet.contains("<t xml:space=\"preserve\">=1+1 &lt;b&gt;</t>"));
        assert!(sheet.contains("<c r=\"B2\"><v>12.5</v></c><c r=\"C2\"/>"));
        assert_eq!(
            (place(25, 1), place(26, 7)),
            ("Z1".to_owned(), "AA7".to_owned())
        );
        assert!(!sheet.contains("<f>"));
    }
}
