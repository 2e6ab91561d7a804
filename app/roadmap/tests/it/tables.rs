//! Tables as people make them: what is heading, line and continuation, whatever the format.

use roadmap::{Language, Line, Reading, Schedule, System, read};

use super::build::{
    HEADER, cell, docx, docx_with, odf_row, ods, odt, paragraph, row, table, wide, xlsx,
};

fn numbers(reading: &Reading) -> Vec<&str> {
    reading
        .lines
        .iter()
        .map(|line| line.number.as_str())
        .collect()
}

fn codes(reading: &Reading) -> Vec<&str> {
    reading
        .problems
        .iter()
        .map(|problem| problem.fault.code())
        .collect()
}

fn names(line: &Line) -> Vec<&str> {
    line.executors
        .iter()
        .map(|executor| executor.name.as_str())
        .collect()
}

fn plain_rows() -> Vec<String> {
    vec![
        row(&HEADER),
        row(&["1", "2", "3", "4", "5"]),
        wide("1. Механизмы управления"),
        wide("1.1. Система оценки качества подготовки обучающихся"),
        row(&[
            "1.1.1.",
            "Провести мониторинг",
            "ежегодно, май",
            "ИМЦ/ОО",
            "Приказ",
        ]),
        row(&HEADER),
        row(&[
            "1.1.2.",
            "Подготовить справку",
            "2 раза в год",
            "ИМЦ",
            "Справка",
        ]),
        wide("2.1. Система обеспечения объективности"),
        row(&[
            "2.1.1.",
            "Провести семинар",
            "2024 год",
            "Управление образования",
            "",
        ]),
    ]
}

#[test]
fn headings_repeated_headers_and_numbered_columns_are_told_from_lines() {
    let body = paragraph("Дорожная карта на 2024–2025 годы") + &table(&plain_rows());
    let reading = read(&docx(&body), None).unwrap();
    assert_eq!(numbers(&reading), ["1.1.1.", "1.1.2.", "2.1.1."]);
    let headings: Vec<_> = reading
        .headings
        .iter()
        .map(|heading| (heading.code.as_deref(), heading.level))
        .collect();
    assert_eq!(
        headings,
        [(Some("1"), 1), (Some("1.1"), 2), (Some("2.1"), 2)]
    );
    assert_eq!(reading.headings[1].system, Some(System::Quality));
    assert_eq!(reading.headings[2].system, Some(System::Objectivity));
    let programme = reading.programme.unwrap();
    assert_eq!((programme.from.year, programme.to.year), (2024, 2025));
    assert_eq!(reading.lines[0].periods.len(), 2);
    assert_eq!(names(&reading.lines[0]), ["ИМЦ", "ОО"]);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
}

#[test]
fn the_same_table_reads_the_same_from_each_format() {
    let rows: Vec<Vec<&str>> = vec![
        HEADER.to_vec(),
        vec!["Раздел 1. Кадры", "", "", "", ""],
        vec![
            "1",
            "Обучить учителей",
            "август 2024, 2025",
            "ИМЦ, ОО",
            "План работы",
        ],
        vec!["2", "Создать группу,", "сентябрь 2024", "Отдел", "Приказ"],
        vec!["", "утвердить её состав", "", "образования", ""],
    ];
    let lines = |bytes: &[u8]| -> Vec<(String, String, Schedule, Vec<String>)> {
        read(bytes, None)
            .unwrap()
            .lines
            .into_iter()
            .map(|line| {
                let who = line.executors.into_iter().map(|who| who.name).collect();
                (line.number, line.measure, line.schedule, who)
            })
            .collect()
    };
    let csv = rows
        .iter()
        .map(|row| row.join(";"))
        .collect::<Vec<_>>()
        .join("\r\n");
    let body: String = rows.iter().map(|texts| row(texts)).collect();
    let odf: String = rows.iter().map(|texts| odf_row(texts)).collect();
    let odf = format!("<table:table table:name=\"План\">{odf}</table:table>");
    let slices: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let expected = lines(csv.as_bytes());
    assert_eq!(expected.len(), 2);
    assert_eq!(expected[1].1, "Создать группу, утвердить её состав");
    assert_eq!(expected[1].3, ["Отдел образования"]);
    assert_eq!(lines(&docx(&table(&[body]))), expected);
    assert_eq!(lines(&odt(&odf)), expected);
    assert_eq!(lines(&ods(&odf)), expected);
    assert_eq!(lines(&xlsx(&slices, &[(1, 0, 1, 4)])), expected);
    let old = encoding_rs::WINDOWS_1251
        .encode(&csv.replace('№', "N"))
        .0
        .into_owned();
    assert_eq!(lines(&old), expected);
}

#[test]
fn a_merged_term_holds_for_all_its_lines_and_says_so() {
    let merge = r#"<w:vMerge w:val="restart"/>"#;
    let lower = "<w:vMerge/>";
    let body = table(&[
        row(&HEADER),
        format!(
            "<w:tr>{}{}{}{}{}</w:tr>",
            cell("", "1"),
            cell("", "Первое"),
            cell(merge, "март 2024"),
            cell("", "ИМЦ"),
            cell("", "")
        ),
        format!(
            "<w:tr>{}{}{}{}{}</w:tr>",
            cell("", "2"),
            cell("", "Второе"),
            cell(lower, ""),
            cell("", "ОО"),
            cell("", "")
        ),
    ]);
    let reading = read(&docx(&body), None).unwrap();
    assert_eq!(reading.lines[1].schedule_text, "март 2024");
    assert_eq!(reading.lines[1].periods.len(), 1);
    assert_eq!(codes(&reading), ["merged_cell"]);
}

#[test]
fn one_measure_with_several_terms_is_several_lines() {
    let merge = r#"<w:vMerge w:val="restart"/>"#;
    let lower = "<w:vMerge/>";
    let body = table(&[
        row(&HEADER),
        format!(
            "<w:tr>{}{}{}{}{}</w:tr>",
            cell(merge, "1"),
            cell(merge, "Совещание"),
            cell("", "март 2024"),
            cell("", "ИМЦ"),
            cell("", "Протокол")
        ),
        format!(
            "<w:tr>{}{}{}{}{}</w:tr>",
            cell(lower, ""),
            cell(lower, ""),
            cell("", "май 2024"),
            cell("", "ОО"),
            cell("", "Протокол")
        ),
    ]);
    let reading = read(&docx(&body), None).unwrap();
    let found: Vec<_> = reading
        .lines
        .iter()
        .map(|line| {
            (
                line.number.as_str(),
                line.measure.as_str(),
                line.schedule_text.as_str(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("1", "Совещание", "март 2024"),
            ("1", "Совещание", "май 2024")
        ]
    );
}

#[test]
fn insertions_are_read_and_deletions_are_not() {
    let changed = "<w:tc><w:p><w:del><w:r><w:delText>1 мая 2024</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>1 июня 2024</w:t></w:r></w:ins></w:p></w:tc>";
    let deleted = "<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr><w:tc><w:p/></w:tc></w:tr>";
    let body = table(&[
        row(&HEADER),
        format!(
            "<w:tr>{}{}{changed}{}</w:tr>",
            cell("", "1"),
            cell("", "Отчёт"),
            cell("", "ИМЦ")
        ),
        deleted.to_owned(),
    ]);
    let reading = read(&docx(&body), None).unwrap();
    assert_eq!(reading.lines[0].schedule_text, "1 июня 2024");
    assert_eq!(codes(&reading), ["tracked_changes"]);
    assert!(
        reading.problems[0]
            .words(Language::Russian)
            .contains("3 непринятых")
    );
}

#[test]
fn automatic_numbers_are_those_that_word_shows() {
    let numbering = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        </w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    let automatic = r#"<w:tc><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr></w:pPr></w:p></w:tc>"#;
    let line = |measure: &str, term: &str| {
        format!(
            "<w:tr>{automatic}{}{}{}{}</w:tr>",
            cell("", measure),
            cell("", term),
            cell("", "ИМЦ"),
            cell("", "")
        )
    };
    let body = table(&[
        row(&HEADER),
        line("Первое", "март 2024"),
        line("Второе", "май 2024"),
    ]);
    let reading = read(
        &docx_with(&body, &[("word/numbering.xml", numbering)]),
        None,
    )
    .unwrap();
    assert_eq!(numbers(&reading), ["1.", "2."]);
}

#[test]
fn automatic_numbers_of_opendocument_are_read_too() {
    let line = |goes_on: &str, term: &str| {
        format!(
            "<table:table-row><table:table-cell><text:list text:style-name=\"L1\"{goes_on}><text:list-item><text:p/></text:list-item></text:list></table:table-cell>\
             <table:table-cell><text:p>Дело</text:p></table:table-cell><table:table-cell><text:p>{term}</text:p></table:table-cell>\
             <table:table-cell><text:p>ИМЦ</text:p></table:table-cell></table:table-row>"
        )
    };
    let body = format!(
        "<table:table>{}{}{}</table:table>",
        odf_row(&HEADER[..4]),
        line("", "март 2024"),
        line(" text:continue-numbering=\"true\"", "май 2024")
    );
    assert_eq!(numbers(&read(&odt(&body), None).unwrap()), ["1.", "2."]);
}

#[test]
fn tables_of_one_roadmap_are_joined_and_paragraphs_between_are_headings() {
    let body = paragraph("План мероприятий на 2024 год")
        + &table(&[row(&HEADER), row(&["1", "Первое", "март", "ИМЦ", ""])])
        + &paragraph("Работа с одарёнными детьми")
        + &table(&[row(&HEADER), row(&["1", "Второе", "май", "ОО", ""])]);
    let reading = read(&docx(&body), None).unwrap();
    assert_eq!(reading.parts.len(), 1);
    assert_eq!(reading.lines.len(), 2);
    assert_eq!(reading.headings[0].title, "Работа с одарёнными детьми");
    assert_eq!(reading.headings[0].system, Some(System::Talents));
    assert_eq!(reading.lines[1].section, Some(0));
}

#[test]
fn a_table_of_signatures_is_left_out_and_named() {
    let body = table(&[row(&["УТВЕРЖДАЮ", "Начальник управления"])])
        + &table(&[row(&HEADER), row(&["1", "Первое", "март 2024", "ИМЦ", ""])]);
    let reading = read(&docx(&body), None).unwrap();
    assert_eq!(numbers(&reading), ["1"]);
    assert_eq!(codes(&reading), ["table_skipped"]);
}

#[test]
fn columns_of_years_and_of_first_and_last_days_become_terms() {
    let years: &[&[&str]] = &[
        &["№", "Мероприятие", "2024", "2025", "Ответственный"],
        &["1", "Мониторинг", "+", "+", "ИМЦ"],
        &["2", "Семинар", "", "март", "ИМЦ"],
    ];
    let reading = read(&xlsx(years, &[]), None).unwrap();
    assert_eq!(reading.lines[0].schedule, Schedule::Years(vec![2024, 2025]));
    assert_eq!(reading.lines[1].schedule_text, "март 2025");
    let ends: &[&[&str]] = &[
        &["№", "Мероприятие", "Срок", "", "Ответственный"],
        &["", "", "начало", "окончание", ""],
        &["1", "Мониторинг", "март 2024", "май 2024", "ИМЦ"],
    ];
    let reading = read(&xlsx(ends, &[(0, 2, 0, 3)]), None).unwrap();
    assert_eq!(reading.lines[0].schedule.kind(), "months_range");
}

#[test]
fn lines_without_numbers_are_lines() {
    let rows: &[&[&str]] = &[
        &["Мероприятие", "Срок", "Ответственный"],
        &["Кадры", "", ""],
        &["Обучить учителей", "август 2024", "ИМЦ"],
        &["и руководителей", "", ""],
        &["Провести конкурс", "май 2024", "ОО"],
    ];
    let reading = read(&xlsx(rows, &[]), None).unwrap();
    let measures: Vec<&str> = reading
        .lines
        .iter()
        .map(|line| line.measure.as_str())
        .collect();
    assert_eq!(
        measures,
        ["Обучить учителей и руководителей", "Провести конкурс"]
    );
    assert_eq!(reading.headings[0].title, "Кадры");
}

#[test]
fn numbers_typed_before_the_measure_are_numbers() {
    let rows: &[&[&str]] = &[
        &["Мероприятие", "Срок", "Ответственный"],
        &["1.1. Обучить учителей", "в течение\nгода", "ИМЦ"],
        &["1.2. Провести конкурс", "март 2024 -\nмай 2024", "ОО"],
    ];
    let reading = read(&xlsx(rows, &[]), None).unwrap();
    assert_eq!(numbers(&reading), ["1.1.", "1.2."]);
    assert_eq!(reading.lines[0].measure, "Обучить учителей");
    assert_eq!(reading.lines[0].schedule.kind(), "all_year");
    assert_eq!(reading.lines[1].schedule.kind(), "months_range");
}

#[test]
fn other_columns_are_kept_under_their_names() {
    let rows: &[&[&str]] = &[
        &[
            "№",
            "Направление",
            "Мероприятие",
            "Срок",
            "Исполнитель",
            "Отметка о выполнении",
        ],
        &[
            "1",
            "Кадры",
            "Обучить учителей",
            "август 2024",
            "ИМЦ",
            "выполнено",
        ],
    ];
    let line = &read(&xlsx(rows, &[]), None).unwrap().lines[0];
    assert_eq!(line.measure, "Обучить учителей");
    let others: Vec<_> = line
        .others
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    assert_eq!(
        others,
        [
            ("Направление", "Кадры"),
            ("Отметка о выполнении", "выполнено")
        ]
    );
}

#[test]
fn months_that_excel_turned_into_days_are_months_again() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, text) in ["№", "Мероприятие", "Срок", "Исполнитель"]
        .iter()
        .enumerate()
    {
        sheet
            .write_string(0, u16::try_from(column).unwrap(), *text)
            .unwrap();
    }
    let first = rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 9, 1).unwrap();
    for (row, format) in [(1, "mmmm yyyy"), (2, "dd.mm.yyyy")] {
        sheet.write_number(row, 0, f64::from(row)).unwrap();
        sheet.write_string(row, 1, "Дело").unwrap();
        let format = rust_xlsxwriter::Format::new().set_num_format(format);
        sheet
            .write_datetime_with_format(row, 2, &first, &format)
            .unwrap();
        sheet.write_string(row, 3, "ИМЦ").unwrap();
    }
    let reading = read(&workbook.save_to_buffer().unwrap(), None).unwrap();
    assert_eq!(reading.lines[0].schedule_text, "сентябрь 2024");
    assert_eq!(reading.lines[1].schedule_text, "01.09.2024");
    assert_eq!(numbers(&reading), ["1", "2"]);
}
