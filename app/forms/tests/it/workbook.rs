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
