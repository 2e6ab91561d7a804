//! Office Open XML, the small part that headings, paragraphs and tables need.
//!
//! # Source
//! ECMA-376, part 1, WordprocessingML; part 2, packages.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Block, Document, Picture, Table, escaped, written};

/// Width between the margins of A4, twentieths of a point.
const TEXT_WIDTH: u32 = 9_638;

pub(super) fn write(document: &Document) -> anyhow::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let pictures: Vec<&Picture> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Picture(picture, _) => Some(picture),
            _ => None,
        })
        .collect();
    for (number, picture) in pictures.iter().enumerate() {
        archive.start_file(
            format!("word/media/{}", file_name(number, picture)),
            options,
        )?;
        archive.write_all(&picture.bytes)?;
    }
    for (name, content) in [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", properties(document)),
        ("word/_rels/document.xml.rels", relations(&pictures)),
        ("word/styles.xml", styles(document.language)),
        ("word/document.xml", body(document)),
    ] {
        archive.start_file(name, options)?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn body(document: &Document) -> String {
    let mut xml = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#,
        r#" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#,
        r#" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing""#,
        r#" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main""#,
        r#" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>"#,
    ));
    let mut pictures = 0;
    for block in &document.blocks {
        match block {
            Block::Heading(1, text) => paragraph(&mut xml, Some("Heading1"), text),
            Block::Heading(_, text) => paragraph(&mut xml, Some("Heading2"), text),
            Block::Paragraph(text) => paragraph(&mut xml, None, text),
            Block::Note(text) => paragraph(&mut xml, Some("Note"), text),
            Block::Point(text) => paragraph(&mut xml, Some("Point"), &format!("•\t{text}")),
            Block::Table(own) => table(&mut xml, own),
            Block::Picture(own, words) => {
                picture(&mut xml, own, words, pictures);
                pictures += 1;
            }
        }
    }
    xml.push_str(concat!(
        r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>"#,
        r#"<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="709" w:footer="709" w:gutter="0"/>"#,
        "</w:sectPr></w:body></w:document>",
    ));
    xml
}

fn paragraph(xml: &mut String, style: Option<&str>, text: &str) {
    xml.push_str("<w:p>");
    if let Some(style) = style {
        // Writing into a String cannot fail.
        let _ = write!(xml, r#"<w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#);
    }
    run(xml, text, false);
    xml.push_str("</w:p>");
}

/// Text with its line breaks and tabs.
fn run(xml: &mut String, text: &str, is_bold: bool) {
    xml.push_str("<w:r>");
    if is_bold {
        xml.push_str("<w:rPr><w:b/></w:rPr>");
    }
    for (number, line) in written(text).split('\n').enumerate() {
        if number > 0 {
            xml.push_str("<w:br/>");
        }
        for (number, part) in line.split('\t').enumerate() {
            if number > 0 {
                xml.push_str("<w:tab/>");
            }
            let _ = write!(xml, r#"<w:t xml:space="preserve">{}</w:t>"#, escaped(part));
        }
    }
    xml.push_str("</w:r>");
}

/// Name of the file of a picture, by its number from 0.
fn file_name(number: usize, picture: &Picture) -> String {
    format!("image{}.{}", number + 1, picture.ending)
}

/// Id of the relationship to a picture; the first belongs to the styles.
fn relation(number: usize) -> String {
    format!("rId{}", number + 2)
}

fn relations(pictures: &[&Picture]) -> String {
    let mut xml = String::new();
    for (number, picture) in pictures.iter().enumerate() {
        let _ = write!(
            xml,
            r#"<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/{}"/>"#,
            relation(number),
            file_name(number, picture)
        );
    }
    DOCUMENT_RELATIONS.replace("</Relationships>", &format!("{xml}</Relationships>"))
}

/// A picture in a line of its own, no wider than the text and no higher than half a page.
///
/// # Source
/// ECMA-376, part 1, 20.4 (wordprocessingDrawing) and 20.2 (pictures).
fn picture(xml: &mut String, picture: &Picture, words: &str, number: usize) {
    /// English metric units in a pixel of 96 to the inch, in the width of the text, and in half a page.
    const PIXEL: f64 = 9_525.0;
    const WIDEST: f64 = 6_120_000.0;
    const HIGHEST: f64 = 4_300_000.0;
    let [width, height] = picture.size.map(|side| f64::from(side) * PIXEL);
    let scale = (WIDEST / width).min(HIGHEST / height).min(1.0);
    let (width, height) = ((width * scale) as u64, (height * scale) as u64);
    let (id, words, relation) = (number + 1, escaped(words), relation(number));
    let _ = write!(
        xml,
        r#"<w:p><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{id}" name="{id}" descr="{words}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{id}" name="{id}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#
    );
}

fn table(xml: &mut String, table: &Table) {
    let columns = table
        .head
        .len()
        .max(table.rows.iter().map(Vec::len).max().unwrap_or(0))
        .max(1);
    let part = |column: usize| table.widths.get(column).copied().unwrap_or(1).max(1);
    let sum: u32 = (0..columns).map(part).sum();
    let width = |column: usize| TEXT_WIDTH * part(column) / sum;
    let _ = write!(
        xml,
        r#"<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#
    );
    for column in 0..columns {
        let _ = write!(xml, r#"<w:gridCol w:w="{}"/>"#, width(column));
    }
    xml.push_str("</w:tblGrid>");
    let mut row = |cells: &[String], is_head: bool| {
        xml.push_str("<w:tr>");
        if is_head {
            xml.push_str("<w:trPr><w:tblHeader/></w:trPr>");
        }
        for column in 0..columns {
            let _ = write!(
                xml,
                r#"<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr>"#,
                width(column)
            );
            run(xml, cells.get(column).map_or("", String::as_str), is_head);
            xml.push_str("</w:p></w:tc>");
        }
        xml.push_str("</w:tr>");
    };
    if !table.head.is_empty() {
        row(&table.head, true);
    }
    for cells in &table.rows {
        row(cells, false);
    }
    // Word asks for a paragraph between a table and whatever follows.
    xml.push_str("</w:tbl><w:p/>");
}

fn properties(document: &Document) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:language>{}</dc:language></cp:coreProperties>"#,
        escaped(&document.title),
        document.language
    )
}

fn styles(language: &str) -> String {
    STYLES.replace("{language}", language)
}

const CONTENT_TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpg" ContentType="image/jpeg"/><Default Extension="png" ContentType="image/png"/>"#,
    r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#,
    r#"<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>"#,
    r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#,
);

const RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#,
);

const DOCUMENT_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
);

const STYLES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="24"/><w:lang w:val="{language}"/></w:rPr></w:rPrDefault>"#,
    r#"<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>"#,
    r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>"#,
    r#"<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="120" w:after="160"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>"#,
    r#"<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style>"#,
    r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="Note"><w:name w:val="Note"/><w:basedOn w:val="Normal"/><w:rPr><w:color w:val="4A5362"/><w:sz w:val="20"/></w:rPr></w:style>"#,
    r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="Point"><w:name w:val="Point"/><w:basedOn w:val="Normal"/><w:pPr><w:tabs><w:tab w:val="left" w:pos="397"/></w:tabs><w:ind w:left="397" w:hanging="397"/></w:pPr></w:style>"#,
    r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="Cell"><w:name w:val="Cell"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="40" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="20"/></w:rPr></w:style>"#,
    r#"<w:style w:type="table" w:customStyle="1" w:styleId="Grid"><w:name w:val="Grid"/><w:tblPr><w:tblBorders>"#,
    r#"<w:top w:val="single" w:sz="4" w:color="8D8A80"/><w:left w:val="single" w:sz="4" w:color="8D8A80"/><w:bottom w:val="single" w:sz="4" w:color="8D8A80"/><w:right w:val="single" w:sz="4" w:color="8D8A80"/><w:insideH w:val="single" w:sz="4" w:color="8D8A80"/><w:insideV w:val="single" w:sz="4" w:color="8D8A80"/>"#,
    r#"</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>"#,
);

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut text = String::new();
        archive
            .by_name(name)
            .expect("the part")
            .read_to_string(&mut text)
            .expect("UTF-8");
        text
    }

    #[test]
    fn text_is_kept_and_markup_in_it_is_not_taken_as_markup() {
        let mut document = Document::new("Протокол <1>", "ru-RU");
        document
            .heading(1, "Итоги & решения")
            .paragraph("строка\r\nдругая\u{0}, пустой\u{b}мягкий");
        let bytes = document.docx().expect("written");
        let body = part(&bytes, "word/document.xml");
        assert!(body.contains("Итоги &amp; решения"));
        let lines = r#"строка</w:t><w:br/><w:t xml:space="preserve">другая, пустой мягкий</w:t>"#;
        assert!(body.contains(lines), "{body}");
        assert!(part(&bytes, "docProps/core.xml").contains("Протокол &lt;1&gt;"));
    }

    #[test]
    fn the_same_content_gives_the_same_bytes() {
        let mut document = Document::new("Акт", "ru-RU");
        document.table(Table {
            widths: vec![2, 1],
            head: vec!["Пункт".into(), "Уровень".into()],
            rows: vec![vec!["1.1".into()], vec!["1.2".into(), "2".into()]],
        });
        assert_eq!(
            document.docx().expect("written"),
            document.docx().expect("written")
        );
    }

    #[test]
    fn pictures_stand_in_the_document_no_wider_than_the_text() {
        let picture =
            Picture::of(crate::document::picture::tests::jpeg(1_600, 900)).expect("a JPEG");
        let mut document = Document::new("Отчёт", "ru-RU");
        document
            .picture(picture.clone(), "Стенд \"у входа\"")
            .picture(picture, "Второй");
        let bytes = document.docx().expect("written");
        let body = part(&bytes, "word/document.xml");
        assert!(
            body.contains(r#"descr="Стенд &quot;у входа&quot;""#),
            "{body}"
        );
        assert!(body.contains(r#"r:embed="rId2""#) && body.contains(r#"r:embed="rId3""#));
        assert!(
            body.contains(r#"<wp:extent cx="6120000" cy="3442500"/>"#),
            "{body}"
        );
        let relations = part(&bytes, "word/_rels/document.xml.rels");
        assert!(relations.contains(r#"Id="rId3""#) && relations.contains("media/image2.jpg"));
        let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).expect("an archive");
        assert!(archive.by_name("word/media/image1.jpg").is_ok());
    }

    #[test]
    fn a_short_row_is_filled_up() {
        let mut document = Document::new("Акт", "ru-RU");
        document.table(Table {
            widths: Vec::new(),
            head: vec!["а".into(), "б".into(), "в".into()],
            rows: vec![vec!["1".into()]],
        });
        let body = part(&document.docx().expect("written"), "word/document.xml");
        assert_eq!(body.matches("<w:tc>").count(), 6);
    }
}
