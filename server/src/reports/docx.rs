//! A small writer of Word documents: headings, paragraphs and tables, enough for papers that are filed.
//!
//! The parts of the package are few and stable (ECMA-376), so they are written here; a library would bring
//! pictures, fields and themes that nobody here asks for.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::paper::{Block, Paper};
use crate::document::{escaped, written};

/// The paper as a `.docx` file.
///
/// # Errors
/// When the archive cannot be written, which memory does not refuse.
pub fn docx(paper: &Paper) -> anyhow::Result<Vec<u8>> {
    let mut document = Document::default();
    document.title(&paper.title);
    for block in &paper.blocks {
        match block {
            Block::Heading(text) => document.heading(text),
            Block::Paragraph(text) | Block::Small(text) => document.paragraph(text),
            Block::Item(item) => {
                let weight = match item.weight.as_str() {
                    "" => String::new(),
                    weight => format!("{weight}. "),
                };
                document.paragraph(&format!("{}. {weight}{}", item.number, item.text));
                if let Some(note) = &item.note {
                    document.paragraph(note);
                }
            }
            Block::Pairs(rows) => document.pairs(rows),
            // Whoever signs on paper signs the printed page; the drawing is in the PDF and on the screen.
            Block::Drawing { .. } => {}
        }
    }
    document.finish()
}

/// A document being written.
#[derive(Default)]
struct Document {
    body: String,
}

impl Document {
    /// The title.
    fn title(&mut self, text: &str) {
        self.paragraph_in("Title", text);
    }

    /// A heading.
    fn heading(&mut self, text: &str) {
        self.paragraph_in("Heading1", text);
    }

    /// A paragraph; line feeds begin new ones.
    fn paragraph(&mut self, text: &str) {
        for line in written(text).lines() {
            self.paragraph_in("Normal", line);
        }
    }

    fn paragraph_in(&mut self, style: &str, text: &str) {
        self.body.push_str(&paragraph(style, text));
    }

    /// A table of two columns: name and value.
    fn pairs(&mut self, rows: &[(String, String)]) {
        self.body.push_str(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"3000\"/><w:gridCol w:w=\"6600\"/></w:tblGrid>",
        );
        for (name, value) in rows {
            self.body.push_str("<w:tr>");
            for (text, width) in [(name, 3000), (value, 6600)] {
                self.body.push_str(&format!(
                    "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>",
                    paragraph("Normal", text)
                ));
            }
            self.body.push_str("</w:tr>");
        }
        self.body.push_str("</w:tbl>");
        self.body.push_str(&paragraph("Normal", ""));
    }

    /// The file.
    ///
    /// # Errors
    /// When the archive cannot be written, which memory does not refuse.
    fn finish(self) -> anyhow::Result<Vec<u8>> {
        const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
        let document = format!(
            "{HEAD}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{}<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1417\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
            self.body
        );
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        // No dates: the same act is the same bytes.
        let options = SimpleFileOptions::default();
        for (name, content) in [
            ("[Content_Types].xml", format!("{HEAD}{CONTENT_TYPES}")),
            ("_rels/.rels", format!("{HEAD}{RELATIONS}")),
            (
                "word/_rels/document.xml.rels",
                format!("{HEAD}{DOCUMENT_RELATIONS}"),
            ),
            ("word/styles.xml", format!("{HEAD}{STYLES}")),
            ("word/document.xml", document),
        ] {
            archive.start_file(name, options)?;
            archive.write_all(content.as_bytes())?;
        }
        Ok(archive.finish()?.into_inner())
    }
}

fn paragraph(style: &str, text: &str) -> String {
    let lines: Vec<String> = escaped(text)
        .split('\n')
        .map(|line| {
            format!(
                "<w:t xml:space=\"preserve\">{}</w:t>",
                line.replace('\t', " ")
            )
        })
        .collect();
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r>{}</w:r></w:p>",
        lines.join("<w:br/>")
    )
}

const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>";
const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
const DOCUMENT_RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";
const STYLES: &str = "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:sz w:val=\"24\"/><w:lang w:val=\"ru-RU\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"80\"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:jc w:val=\"center\"/><w:spacing w:after=\"200\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"32\"/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing w:before=\"200\"/><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"26\"/></w:rPr></w:style><w:style w:type=\"table\" w:styleId=\"Grid\"><w:name w:val=\"Table Grid\"/><w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"4\"/><w:left w:val=\"single\" w:sz=\"4\"/><w:bottom w:val=\"single\" w:sz=\"4\"/><w:right w:val=\"single\" w:sz=\"4\"/><w:insideH w:val=\"single\" w:sz=\"4\"/><w:insideV w:val=\"single\" w:sz=\"4\"/></w:tblBorders></w:tblPr></w:style></w:styles>";

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_written_stays_text() {
        let mut document = Document::default();
        document.title("Акт </w:t> & <b>");
        document.pairs(&[("Имя".to_owned(), "a\u{1}b\nпустой\u{b}мягкий".to_owned())]);
        document.paragraph("первая\r\n\r\nтретья");
        let bytes = document.finish().expect("memory is enough");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut text = String::new();
        archive
            .by_name("word/document.xml")
            .expect("the document")
            .read_to_string(&mut text)
            .expect("text");
        assert!(text.contains("Акт &lt;/w:t&gt; &amp; &lt;b&gt;"), "{text}");
        let lines = ">ab</w:t><w:br/><w:t xml:space=\"preserve\">пустой мягкий<";
        assert!(text.contains(lines), "{text}");
        assert!(
            text.contains(">первая<") && text.contains(">третья<"),
            "{text}"
        );
        assert_eq!(archive.len(), 5);
    }
}
