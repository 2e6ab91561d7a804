//! Files: what is read, what is refused, and that nothing in them runs.

use flate2::{Compression, write::DeflateEncoder};
use forms::file::{Target, check, convert};
use forms::workbook::{ReadError, read, write_xlsx};
use forms::xlsform::{Sheet, Workbook};
use std::io::Write;

fn workbook(rows: Vec<Vec<&str>>) -> Workbook {
    let rows = rows
        .into_iter()
        .map(|row| row.into_iter().map(str::to_owned).collect())
        .collect();
    Workbook {
        sheets: vec![Sheet {
            name: "survey".to_owned(),
            rows,
        }],
    }
}

/// An archive whose directory names the same deflated data `copies` times.
fn archive(name: &str, content: &[u8], copies: usize) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    let data = encoder.finish().unwrap();
    let header = |signature: &[u8], central: bool| {
        let mut out = signature.to_vec();
        if central {
            out.extend(20_u16.to_le_bytes());
        }
        out.extend(20_u16.to_le_bytes());
        out.extend(0_u16.to_le_bytes());
        out.extend(8_u16.to_le_bytes());
        out.extend([0; 8]);
        out.extend((data.len() as u32).to_le_bytes());
        out.extend(1_u32.to_le_bytes());
        out.extend((name.len() as u16).to_le_bytes());
        out.extend(0_u16.to_le_bytes());
        out
    };
    let mut file = header(b"PK\x03\x04", false);
    file.extend(name.as_bytes());
    file.extend(&data);
    let start = file.len();
    for _ in 0..copies {
        file.extend(header(b"PK\x01\x02", true));
        file.extend([0; 10]);
        file.extend(0_u32.to_le_bytes());
        file.extend(name.as_bytes());
    }
    let length = file.len() - start;
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend((copies as u16).to_le_bytes());
    file.extend((copies as u16).to_le_bytes());
    file.extend((length as u32).to_le_bytes());
    file.extend((start as u32).to_le_bytes());
    file.extend(0_u16.to_le_bytes());
    file
}

#[test]
fn what_is_written_is_read_again() {
    let cells = workbook(vec![
        vec!["type", "name", "label"],
        vec!["text", "a", "Привет, «мир»"],
        vec!["note", "", "1"],
    ]);
    assert_eq!(read(&write_xlsx(&cells).unwrap()).unwrap(), cells);
}

#[test]
fn texts_that_look_like_formulas_stay_exact_texts() {
    let risky = vec![
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=cmd|'/c calc'!A0",
        "=HYPERLINK(\"http://x\")",
    ];
    let cells = workbook(vec![vec!["a", "b", "c", "d", "e", "f"], risky.clone()]);
    let again = read(&write_xlsx(&cells).unwrap()).unwrap();
    assert_eq!(again.sheets[0].rows[1], risky);
}

/// An archive of several parts, deflated.
fn parts(all: &[(&str, &str)]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in all {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(content.as_bytes()).unwrap();
        let data = encoder.finish().unwrap();
        let mut sum = flate2::Crc::new();
        sum.update(content.as_bytes());
        let start = file.len() as u32;
        let mut head = 20_u16.to_le_bytes().to_vec();
        head.extend([0, 0]);
        head.extend(8_u16.to_le_bytes());
        head.extend([0; 4]);
        head.extend(sum.sum().to_le_bytes());
        head.extend((data.len() as u32).to_le_bytes());
        head.extend((content.len() as u32).to_le_bytes());
        head.extend((name.len() as u16).to_le_bytes());
        head.extend([0, 0]);
        file.extend(b"PK\x03\x04");
        file.extend(&head);
        file.extend(name.as_bytes());
        file.extend(&data);
        directory.extend(b"PK\x01\x02");
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(start.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = file.len() as u32;
    let count = (all.len() as u16).to_le_bytes();
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count);
    file.extend(count);
    file.extend((directory.len() as u32).to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend([0, 0]);
    file
}

/// A workbook of one sheet named `survey`, counted from 1904.
fn workbook_of_1904(rows: &str, styles: &str) -> Vec<u8> {
    let relations = |inside: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>"#
        )
    };
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    parts(&[
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            &relations(&format!(
                r#"<Relationship Id="r1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/>"#
            )),
        ),
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns="{main}" xmlns:r="{kind}"><workbookPr date1904="1"/><sheets><sheet name="survey" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &relations(&format!(
                r#"<Relationship Id="r1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{kind}/styles" Target="styles.xml"/>"#
            )),
        ),
        (
            "xl/styles.xml",
            &format!(r#"<styleSheet xmlns="{main}">{styles}</styleSheet>"#),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#),
        ),
    ])
}

#[test]
fn cells_are_read_as_their_author_sees_them() {
    let file = workbook_of_1904(
        r#"<row r="1"><c r="A1" s="1"><v>7</v></c><c r="B1" s="2"><v>0.25</v></c><c r="C1" s="3"><v>44804</v></c><c r="D1"><v>1.5</v></c></row>"#,
        r#"<numFmts count="2"><numFmt numFmtId="164" formatCode="0000"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd"/></numFmts>
           <cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="9" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs>"#,
    );
    let found = read(&file).unwrap();
    assert_eq!(
        found.sheets[0].rows[0],
        ["0007", "25%", "2026-09-01 00:00:00", "1.5"]
    );
}

#[test]
fn an_error_that_only_new_programs_know_does_not_end_the_sheet() {
    let file = workbook_of_1904(
        r##"<row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c></row>
           <row r="2"><c r="A2" t="inlineStr"><is><t>text</t></is></c><c r="B2" t="e"><f>A1:A9</f><v>#SPILL!</v></c></row>
           <row r="3"><c r="A3" t="inlineStr"><is><t>text</t></is></c><c r="B3" t="str"><f>""</f><v></v></c></row>
           <row r="4"><c r="A4" t="inlineStr"><is><t>note</t></is></c><c r="B4"><f>A1</f></c></row>"##,
        "",
    );
    let found = read(&file).unwrap();
    assert_eq!(
        found.sheets[0].rows,
        [
            vec!["type", "name"],
            vec!["text", "#SPILL!"],
            vec!["text"],
            vec!["note", "#FORMULA?"],
        ]
    );
}

#[test]
fn formulas_are_not_evaluated_and_links_not_followed() {
    let relations = |inside: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>"#
        )
    };
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{kind}"><sheets><sheet name="survey" sheetId="1" r:id="r1"/></sheets><externalReferences><externalReference r:id="r2"/></externalReferences></workbook>"#
    );
    let book_relations = relations(&format!(
        r#"<Relationship Id="r1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{kind}/externalLink" Target="externalLinks/externalLink1.xml"/>"#
    ));
    let sheet = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c><c r="C1" t="inlineStr"><is><t>label</t></is></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><t>text</t></is></c><c r="B2" t="str"><f>[1]Other!A1</f><v>linked</v></c><c r="C2"><f>WEBSERVICE("http://127.0.0.1:9/")</f></c></row>
        </sheetData></worksheet>"#;
    let link = format!(
        r#"<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook xmlns:r="{kind}" r:id="r1"/></externalLink>"#
    );
    let link_relations = relations(&format!(
        r#"<Relationship Id="r1" Type="{kind}/externalLinkPath" Target="file:///etc/passwd" TargetMode="External"/>"#
    ));
    let root = relations(&format!(
        r#"<Relationship Id="r1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/>"#
    ));
    let file = parts(&[
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#,
        ),
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &book_relations),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/externalLinks/externalLink1.xml", &link),
        (
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            &link_relations,
        ),
    ]);
    let found = read(&file).unwrap();
    // What the author's program last saw stands in the file; a formula nobody ever evaluated is marked as such.
    assert_eq!(found.sheets[0].rows[1], ["text", "linked", "#FORMULA?"]);
}

#[test]
fn an_xml_that_grows_by_entities_is_refused() {
    let mut entities = String::from("<!ENTITY a0 \"aaaaaaaaaa\">");
    for step in 1..12 {
        let before = format!("&a{};", step - 1).repeat(10);
        entities.push_str(&format!("<!ENTITY a{step} \"{before}\">"));
    }
    let sheet = format!(
        r#"<!DOCTYPE worksheet [{entities}]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a11;</t></is></c></row></sheetData></worksheet>"#
    );
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let file = parts(&[
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{kind}"><sheets><sheet name="survey" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]);
    // Refused, or the entity left as it is; in no case ten thousand million letters.
    if let Ok(found) = read(&file) {
        let letters: usize = found
            .sheets
            .iter()
            .flat_map(|sheet| &sheet.rows)
            .flatten()
            .map(String::len)
            .sum();
        assert!(letters < 10_000, "{letters} letters");
    }
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_refused() {
    let bomb = archive("xl/workbook.xml", &vec![0; 8 << 20], 20);
    assert!(bomb.len() < 100_000);
    assert!(matches!(read(&bomb), Err(ReadError::TooLarge { .. })));
}

#[test]
fn a_truncated_archive_is_refused() {
    let file = write_xlsx(&workbook(vec![vec!["type"]])).unwrap();
    for length in [4, 100, file.len() / 2, file.len() - 1] {
        assert!(read(&file[..length]).is_err());
    }
}

#[test]
fn a_cell_in_the_last_row_costs_nothing() {
    let mut rows = vec![vec![String::new()]; 1_048_576];
    rows[0] = vec!["type".to_owned()];
    rows[1_048_575] = vec!["text".to_owned()];
    let cells = Workbook {
        sheets: vec![Sheet {
            name: "survey".to_owned(),
            rows,
        }],
    };
    assert_eq!(
        read(&write_xlsx(&cells).unwrap()).unwrap().sheets[0]
            .rows
            .len(),
        1
    );
}

#[test]
fn repeated_cells_of_a_spreadsheet_are_bounded() {
    let xml = r#"<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
        <t:table t:name="survey"><t:table-row t:number-rows-repeated="999999999">
        <t:table-cell t:number-columns-repeated="999999999"><x:p>type</x:p></t:table-cell></t:table-row></t:table>
        </o:document-content>"#;
    let sheet = &read(&archive("content.xml", xml.as_bytes(), 1))
        .unwrap()
        .sheets[0];
    assert!(sheet.rows.len() <= 60 && sheet.rows[0].len() <= 1_000);
}

#[test]
fn open_document_sheets_are_read() {
    let xml = r#"<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
        <t:table t:name="survey"><t:table-row><t:table-cell><x:p>type</x:p></t:table-cell>
        <t:table-cell t:number-columns-repeated="2"/><t:table-cell o:value-type="float" o:value="2"><x:p>2,0</x:p></t:table-cell>
        </t:table-row><t:table-row t:number-rows-repeated="1048576"><t:table-cell t:number-columns-repeated="16384"/>
        </t:table-row></t:table></o:document-content>"#;
    let sheets = read(&archive("content.xml", xml.as_bytes(), 1))
        .unwrap()
        .sheets;
    assert_eq!(sheets[0].rows, [["type", "", "", "2"]]);
}

#[test]
fn a_csv_of_an_old_office_is_read() {
    let (bytes, _, _) = encoding(";type;name;label\n;text;a;Привет\n");
    let cells = read(&[b"survey;;;\n".as_slice(), &bytes].concat()).unwrap();
    assert_eq!(cells.sheets[0].rows[1], ["text", "a", "Привет"]);
}

fn encoding(text: &str) -> (Vec<u8>, (), ()) {
    // Windows-1251: Cyrillic letters stand at 0xC0 and above in the order of the alphabet.
    let bytes = text
        .chars()
        .map(|c| match c {
            'А'..='я' => u8::try_from(u32::from(c) - 0x410 + 0xc0).unwrap(),
            c => u8::try_from(c).unwrap(),
        })
        .collect();
    (bytes, (), ())
}

#[test]
fn garbage_is_no_workbook() {
    for bytes in [
        &b""[..],
        b"PK",
        b"PK\x05\x06",
        b"hello",
        &[0xd0, 0xcf, 0x11, 0xe0],
        &[0; 2_000],
    ] {
        assert!(read(bytes).is_err());
    }
}

#[test]
fn a_report_names_the_place_of_a_circle() {
    let rows = vec![
        vec!["type", "name", "label", "calculation"],
        vec!["calculate", "a", "", "${b} + 1"],
        vec!["calculate", "b", "", "${a} + 1"],
    ];
    let file = write_xlsx(&workbook(rows)).unwrap();
    let report = check(&file, "circle.xlsx").unwrap();
    let circle = report
        .problems
        .iter()
        .find(|problem| problem.code.contains("circular"))
        .expect("a problem");
    assert!(circle.place.row.is_some(), "{circle:?}");
    assert!(report.to_string().contains("circle.xlsx:survey:"));
}

#[test]
fn a_form_converts_to_every_target_and_back() {
    let rows = vec![vec!["type", "name", "label"], vec!["text", "a", "A"]];
    let file = write_xlsx(&workbook(rows)).unwrap();
    let json = convert(&file, "f.xlsx", Target::Json).unwrap();
    let sheet = convert(&json, "f.json", Target::Xlsx).unwrap();
    assert_eq!(convert(&sheet, "f.xlsx", Target::Json).unwrap(), json);
    assert!(
        String::from_utf8(convert(&json, "f.json", Target::XForm).unwrap())
            .unwrap()
            .contains("<input ref=\"/data/a\"")
    );
}
