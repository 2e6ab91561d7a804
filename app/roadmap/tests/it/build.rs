//! Files as the programs of offices write them, made in memory.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A packed file of these parts.
pub fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="r"><Relationship Id="1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// A document of Word with this body.
pub fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

/// A document of Word with more parts.
pub fn docx_with(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#
    );
    let mut parts = vec![
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", document.as_str()),
    ];
    parts.extend(more);
    archive(&parts)
}

/// A paragraph of Word.
pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A cell of Word with properties.
pub fn cell(properties: &str, text: &str) -> String {
    let paragraphs: String = text.split('\n').map(paragraph).collect();
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>")
}

/// A row of plain cells of Word.
pub fn row(texts: &[&str]) -> String {
    let cells: String = texts.iter().map(|text| cell("", text)).collect();
    format!("<w:tr>{cells}</w:tr>")
}

/// A row with one cell over five columns.
pub fn wide(text: &str) -> String {
    format!("<w:tr>{}</w:tr>", cell(r#"<w:gridSpan w:val="5"/>"#, text))
}

/// A table of Word.
pub fn table(rows: &[String]) -> String {
    format!("<w:tbl>{}</w:tbl>", rows.concat())
}

/// The usual header.
pub const HEADER: [&str; 5] = [
    "№ п/п",
    "Наименование мероприятия",
    "Срок исполнения",
    "Исполнитель",
    "Ожидаемый результат",
];

/// A text document of OpenDocument with this body.
pub fn odt(body: &str) -> Vec<u8> {
    odf("text", body)
}

/// A workbook of OpenDocument with this body.
pub fn ods(body: &str) -> Vec<u8> {
    odf("spreadsheet", body)
}

fn odf(kind: &str, body: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:automatic-styles><text:list-style text:name="L1" xmlns:style="s"><text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"/></text:list-style></office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"#
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
    ])
}

/// A row of plain cells of OpenDocument.
pub fn odf_row(texts: &[&str]) -> String {
    let cells: String = texts
        .iter()
        .map(|text| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>"))
        .collect();
    format!("<table:table-row>{cells}</table:table-row>")
}

/// A workbook of Excel: rows of texts; a text over several columns is merged.
pub fn xlsx(rows: &[&[&str]], merged: &[(u32, u16, u32, u16)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (top, left, bottom, right) in merged {
        sheet
            .merge_range(*top, *left, *bottom, *right, "", &Format::new())
            .unwrap();
    }
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            if !text.is_empty() {
                sheet
                    .write_string(
                        u32::try_from(row).unwrap(),
                        u16::try_from(column).unwrap(),
                        *text,
                    )
                    .unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}
