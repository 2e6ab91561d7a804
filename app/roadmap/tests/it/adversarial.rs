//! Files that are wrong, hostile or not what they seem: refused with the way out, or read with the problem named.

use proptest::prelude::*;
use roadmap::{Language, Period, Reading, Refusal, read};

use super::build::{HEADER, archive, cell, docx, odf_row, ods, paragraph, row, table, xlsx};

fn codes(reading: &Reading) -> Vec<&str> {
    reading
        .problems
        .iter()
        .map(|problem| problem.fault.code())
        .collect()
}

#[test]
fn other_formats_are_refused_with_the_way_out() {
    let mut word = vec![0_u8; 512 * 6];
    word[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    word[30] = 9;
    word[48] = 1;
    word[68..72].copy_from_slice(&u32::MAX.to_le_bytes());
    for at in 0..109 {
        word[76 + at * 4..80 + at * 4].copy_from_slice(&u32::MAX.to_le_bytes());
    }
    word[76..80].copy_from_slice(&0_u32.to_le_bytes());
    // The table of sectors stands in sector 0, the directory is one sector long and stands in sector 1.
    word[512..516].copy_from_slice(&0xffff_fffd_u32.to_le_bytes());
    word[516..520].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    let name: Vec<u8> = "WordDocument"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    word[1024..1024 + name.len()].copy_from_slice(&name);
    word[1024 + 64] = u8::try_from(name.len() + 2).unwrap();
    assert_eq!(read(&word, None), Err(Refusal::OldWord));
    assert_eq!(read(b"{\\rtf1\\ansi text}", None), Err(Refusal::RichText));
    assert_eq!(read(b"%PDF-1.7\n", None), Err(Refusal::Pdf));
    assert_eq!(
        read(b"<html><table></table></html>", None),
        Err(Refusal::UnknownFormat)
    );
    assert_eq!(read(b"", None), Err(Refusal::UnknownFormat));
    assert_eq!(
        read(&archive(&[("xl/workbook.bin", "")]), None),
        Err(Refusal::BinaryWorkbook)
    );
    assert!(
        Refusal::OldWord.words_ru().contains(".docx") && Refusal::Pdf.words_en().contains(".docx")
    );
}

#[test]
fn a_bomb_is_refused() {
    let bomb = archive(&[("content.xml", &" ".repeat(70 << 20))]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(read(&bomb, None), Err(Refusal::TooLarge));
    assert_eq!(read(&vec![b';'; 17 << 20], None), Err(Refusal::TooLarge));
}

#[test]
fn a_sheet_of_repeated_rows_is_refused_and_empty_ones_cost_nothing() {
    let repeated = |times: u32, text: &str| {
        format!(
            "<table:table table:name=\"a\">{}<table:table-row table:number-rows-repeated=\"{times}\"><table:table-cell table:number-columns-repeated=\"16000\"><text:p>{text}</text:p></table:table-cell></table:table-row>{}</table:table>",
            odf_row(&HEADER),
            odf_row(&["1", "Дело", "март 2024", "ИМЦ", ""])
        )
    };
    assert_eq!(
        read(&ods(&repeated(1_000_000, "x")), None),
        Err(Refusal::TooManyRows)
    );
    let reading = read(&ods(&repeated(1_000_000, "")), None).unwrap();
    assert_eq!(reading.lines[0].place.row, Some(1_000_002));
}

#[test]
fn too_many_records_are_refused() {
    let many = "1;Дело;март 2024;ИМЦ;Приказ\n".repeat(5_001);
    assert_eq!(read(many.as_bytes(), None), Err(Refusal::TooManyRows));
}

#[test]
fn deep_tables_and_broken_documents_are_refused() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(40);
    assert!(matches!(read(&docx(&deep), None), Err(Refusal::Damaged(_))));
    assert!(matches!(
        read(&docx("<w:p></w:x>"), None),
        Err(Refusal::Damaged(_))
    ));
    assert!(matches!(
        read(b"PK\x03\x04 cut", None),
        Err(Refusal::Damaged(_))
    ));
}

#[test]
fn a_document_without_a_plan_is_refused() {
    assert_eq!(
        read(&docx(&paragraph("Приказ")), None),
        Err(Refusal::NoRoadmap)
    );
    assert_eq!(
        read(&docx(&table(&[row(&["а", "б"])])), None),
        Err(Refusal::NoRoadmap)
    );
}

#[test]
fn a_nested_table_gives_its_words_to_its_cell() {
    let inner = table(&[row(&["первый день", "второй день"])]);
    let holder = format!("<w:tc>{}{inner}<w:p/></w:tc>", paragraph("Семинар:"));
    let body = table(&[
        row(&HEADER),
        format!(
            "<w:tr>{}{holder}{}{}{}</w:tr>",
            cell("", "1"),
            cell("", "март 2024"),
            cell("", "ИМЦ"),
            cell("", "")
        ),
    ]);
    let reading = read(&docx(&body), None).unwrap();
    assert_eq!(reading.lines[0].measure, "Семинар: первый день второй день");
    assert_eq!(codes(&reading), ["nested_table"]);
    assert_eq!(
        reading.problems[0]
            .words(Language::Russian)
            .split(':')
            .next(),
        Some("таблица 1, строка 2")
    );
}

#[test]
fn a_table_without_a_header_is_guessed_and_says_so() {
    let body = table(&[
        row(&[
            "1",
            "Провести мониторинг качества",
            "декабрь ежегодно",
            "ИМЦ",
            "Справка о мониторинге",
        ]),
        row(&[
            "2",
            "Собрать рабочую группу",
            "март 2024",
            "Управление образования",
            "Протокол заседания",
        ]),
        row(&[
            "3",
            "Обучить учителей района",
            "в течение года",
            "ОО",
            "Приказ управления",
        ]),
    ]);
    let reading = read(&docx(&body), None).unwrap();
    assert_eq!(codes(&reading), ["no_header"]);
    let line = &reading.lines[1];
    assert_eq!(
        (
            line.number.as_str(),
            line.measure.as_str(),
            line.executors_text.as_str(),
            line.results.as_str()
        ),
        (
            "2",
            "Собрать рабочую группу",
            "Управление образования",
            "Протокол заседания"
        )
    );
}

#[test]
fn a_row_above_the_header_that_is_no_title_is_named() {
    let rows: &[&[&str]] = &[
        &["План мероприятий на 2024 год"],
        &["Утверждён", "приказом", "№ 5"],
        &HEADER,
        &["1", "Дело", "март", "ИМЦ", "Приказ"],
    ];
    let reading = read(&xlsx(rows, &[]), None).unwrap();
    assert_eq!(
        reading.parts[0].title.as_deref(),
        Some("План мероприятий на 2024 год")
    );
    assert_eq!(codes(&reading), ["text_left"]);
    assert_eq!(reading.problems[0].place.row, Some(2));
}

#[test]
fn a_second_roadmap_in_the_file_is_a_part_of_its_own() {
    let plan =
        |number: &str| table(&[row(&HEADER), row(&[number, "Дело", "март 2024", "ИМЦ", ""])]);
    let body = paragraph("Дорожная карта «Качество»")
        + &plan("1")
        + &paragraph("Приложение 2")
        + &paragraph("Дорожная карта «Кадры»")
        + &plan("2");
    let reading = read(&docx(&body), None).unwrap();
    assert_eq!(reading.parts.len(), 2);
    assert_eq!(reading.lines[1].part, 1);
    assert_eq!(codes(&reading), ["second_roadmap"]);
    let rows: &[&[&str]] = &[
        &["Дорожная карта «Качество»"],
        &HEADER,
        &["1", "Дело", "март 2024", "ИМЦ", ""],
        &["Дорожная карта «Кадры»"],
        &HEADER,
        &["2", "Дело", "май 2024", "ИМЦ", ""],
    ];
    let reading = read(&xlsx(rows, &[]), None).unwrap();
    assert_eq!(
        reading
            .lines
            .iter()
            .map(|line| line.part)
            .collect::<Vec<_>>(),
        [0, 1]
    );
    assert_eq!(codes(&reading), ["second_roadmap"]);
}

#[test]
fn days_of_a_past_programme_are_named() {
    let one = |term: &str| {
        format!(
            "{};\n1;Дело;{term};ИМЦ;Приказ\n2;Дело;ежегодно;ИМЦ;Приказ\n",
            HEADER.join(";")
        )
    };
    let given = Some(Period::years(2026, 2028));
    let reading = read(one("март 2020").as_bytes(), given).unwrap();
    assert_eq!(codes(&reading), ["past_programme"]);
    let mixed = one("март 2020") + "3;Дело;март 2027;ИМЦ;Приказ\n";
    let reading = read(mixed.as_bytes(), given).unwrap();
    assert_eq!(codes(&reading), ["outside_programme"]);
    assert_eq!(reading.problems[0].line, Some(0));
    assert!(
        reading.problems[0]
            .words(Language::English)
            .starts_with("record 2: ")
    );
    let unknown = read(one("постоянно").as_bytes(), None).unwrap();
    assert_eq!(codes(&unknown), ["years_unknown"]);
}

#[test]
fn what_is_missing_or_not_understood_is_named_and_kept() {
    let rows: &[&[&str]] = &[
        &HEADER,
        &["1.1", "Дело", "на днях", "ИМЦ", "Приказ"],
        &["1.1", "Другое дело", "", "Петрова А.В.", "Приказ"],
        &["1.2", "Третье дело", "март 2024", "", "Приказ"],
    ];
    let reading = read(&xlsx(rows, &[]), None).unwrap();
    assert_eq!(
        codes(&reading),
        [
            "unknown_schedule",
            "no_schedule",
            "person_named",
            "number_repeated",
            "no_executor"
        ]
    );
    assert_eq!(reading.lines[0].schedule_text, "на днях");
    assert!(
        reading
            .problems
            .iter()
            .all(|problem| problem.place.row.is_some())
    );
    for language in [Language::Russian, Language::English] {
        assert!(
            reading
                .problems
                .iter()
                .all(|problem| problem.words(language).chars().count() > 30)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is cut out of a document or changed in it: an answer, never a panic.
    #[test]
    fn broken_bytes_are_answered(at in 0..2_000_usize, sign in any::<u8>(), length in 0..2_000_usize) {
        let mut bytes = docx(&table(&[row(&HEADER), row(&["1", "Дело", "март 2024", "ИМЦ", ""])]));
        let at = at % bytes.len();
        bytes[at] = sign;
        let _ = read(&bytes, None);
        bytes.truncate(length);
        let _ = read(&bytes, None);
    }

    /// No word of a cell is lost, whatever stands in the other cells.
    #[test]
    fn nothing_is_lost(cells in prop::collection::vec(prop::collection::vec("(|[а-я]{3,9}( [а-я]{3,9})?)", 5), 1..12)) {
        let mut text = HEADER.join(";") + "\n1;Дело;март 2024;ИМЦ;Приказ\n";
        for row in &cells {
            text += &(row.join(";") + "\n");
        }
        let reading = read(text.as_bytes(), None).unwrap();
        let mut kept = String::new();
        for line in &reading.lines {
            kept += &format!(
                " {} {} {} {} {} ",
                line.number, line.measure, line.schedule_text, line.executors_text, line.results
            );
        }
        for heading in &reading.headings {
            kept += &format!(" {} ", heading.title);
        }
        for word in cells.iter().flatten().flat_map(|cell| cell.split(' ')).filter(|word| !word.is_empty()) {
            prop_assert!(kept.contains(word), "{} of {}", word, text);
        }
    }
}
