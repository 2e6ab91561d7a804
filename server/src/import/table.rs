//! Tables in text, in any encoding that can be told; separated by comma, semicolon or tab.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read};

use objectivity::data::Work;

use super::cell::{Cell, Record};
use super::columns::{Columns, Defaults, Meaning, Trust};
use super::encoding::{Decoded, EncodingError};
use super::f1::Sheets;
use super::problem::{Fault, Problems};
use super::read::{Format, Layout, Row, is_absent};

/// Longest line that is searched for a separator, and most bytes peeked at.
const PEEK: usize = 64 * 1024;

/// A record of the csv crate, which is UTF-8 by now.
struct ByteCells<'record>(&'record csv::ByteRecord);

impl Record for ByteCells<'_> {
    fn length(&self) -> usize {
        self.0.len()
    }

    fn cell(&self, column: usize) -> Cow<'_, str> {
        let bytes = self.0.get(column).unwrap_or_default().trim_ascii();
        match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text.trim()),
            Err(_) => String::from_utf8_lossy(bytes),
        }
    }
}

/// Reads a table, row by row; `each` sees every row that is fit.
///
/// Returns `None` when there is nothing to show: the problems say why.
pub fn read(
    input: impl Read,
    trust: Trust<'_>,
    problems: &mut Problems,
    each: &mut dyn FnMut(Row<'_>),
) -> Option<Layout> {
    let mut input = BufReader::with_capacity(PEEK, Decoded::new(input));
    let Start {
        delimiter,
        skipped_lines,
        carriage_returns,
    } = prepare(&mut input, problems)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(256 * 1024)
        .from_reader(input);
    let line = |position: Option<&csv::Position>| {
        let line = position.map_or(1, csv::Position::line);
        // After `\r` the csv crate has not yet counted the line whose `\n` is still to come.
        let behind = u64::from(carriage_returns && position.is_some_and(|at| at.byte() > 0));
        u32::try_from(line + behind + skipped_lines).unwrap_or(u32::MAX)
    };

    let mut record = csv::ByteRecord::new();
    let header_row = match reader.read_byte_record(&mut record) {
        Ok(true) => line(record.position()),
        Ok(false) => {
            problems.whole(Fault::Empty);
            return None;
        }
        Err(error) => {
            problems.push(broken(&error), Some(1), None);
            return None;
        }
    };
    if !is_batch(&record) {
        return read_export(reader, record, line, trust, problems, each);
    }
    let columns = header(&record, header_row, problems)?;
    let mut layout = Layout {
        format: Format::Csv,
        sheet: None,
        header_row,
        columns,
        further: Vec::new(),
        declared_participants: None,
        kind: None,
        rows: 0,
        absent: 0,
        sheets: Vec::new(),
    };

    let (mut work, mut school_name) = (Work::default(), String::new());
    let defaults = Defaults::default();
    let expected = layout.columns.columns.len();
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let row = line(error.position().or(Some(reader.position())));
                problems.push(broken(&error), Some(row), None);
                break;
            }
        }
        let row = line(record.position());
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        layout.rows = layout.rows.saturating_add(1);
        let extra = record.iter().skip(expected);
        if record.len() < expected || extra.into_iter().any(|cell| !cell.trim_ascii().is_empty()) {
            let fault = Fault::RowLength {
                found: record.len() as u32,
                expected: expected as u32,
            };
            problems.push(fault, Some(row), None);
            continue;
        }
        let cells = ByteCells(&record);
        let fit = layout.columns.read(
            &cells,
            row,
            &defaults,
            trust,
            &mut work,
            &mut school_name,
            problems,
        );
        if fit {
            let absent = is_absent(&work);
            layout.absent += u32::from(absent);
            each(Row {
                line: row,
                key: row,
                sheet: None,
                absent,
                items: &layout.columns.items,
                work: &work,
                school_name: &school_name,
            });
        }
    }
    if layout.rows == 0 {
        problems.push(Fault::NoRows, Some(header_row), None);
    }
    layout.columns.finish(header_row, trust, problems);
    Some(layout)
}

/// Is the first row the header of the batch format? Its words are English and need no rows above.
fn is_batch(record: &csv::ByteRecord) -> bool {
    let cells = ByteCells(record);
    (0..cells.length()).any(|index| {
        let lower = cells.cell(index).to_lowercase();
        meaning(&lower).is_some() || lower.starts_with("item:")
    })
}

/// A sheet of the federal export that was saved as text.
fn read_export(
    mut reader: csv::Reader<impl Read>,
    mut record: csv::ByteRecord,
    line: impl Fn(Option<&csv::Position>) -> u32,
    trust: Trust<'_>,
    problems: &mut Problems,
    each: &mut dyn FnMut(Row<'_>),
) -> Option<Layout> {
    let mut sheets = Sheets::new(Format::Csv, trust);
    sheets.begin(None);
    loop {
        let row: Vec<Cell> = (0..record.len())
            .map(|index| Cell::plain(ByteCells(&record).cell(index).into_owned()))
            .collect();
        if row.iter().any(|cell| !cell.is_blank()) {
            sheets.take(line(record.position()), &row, problems, each);
        }
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let row = line(error.position().or(Some(reader.position())));
                problems.push(broken(&error), Some(row), None);
                break;
            }
        }
    }
    sheets.end(problems);
    sheets.finish(problems)
}

fn broken(error: &csv::Error) -> Fault {
    match error.kind() {
        csv::ErrorKind::Io(inner) => unreadable(inner),
        _ => Fault::BrokenTable {
            detail: "csv".to_owned(),
        },
    }
}

fn unreadable(error: &std::io::Error) -> Fault {
    if let Some(error) = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<EncodingError>())
    {
        return match error {
            EncodingError::Unknown => Fault::UnknownEncoding,
            EncodingError::Mixed => Fault::MixedEncoding,
        };
    }
    if error.kind() == std::io::ErrorKind::FileTooLarge {
        Fault::ZipBomb { limit_mb: 512 }
    } else if is_compression(error) {
        Fault::BrokenCompression
    } else {
        Fault::BrokenTable {
            detail: error.kind().to_string(),
        }
    }
}

/// The unpacker reports a damaged stream as one of these.
fn is_compression(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::InvalidData
            | std::io::ErrorKind::InvalidInput
            | std::io::ErrorKind::UnexpectedEof
    )
}

/// What the beginning of a table tells.
struct Start {
    delimiter: u8,
    skipped_lines: u64,
    carriage_returns: bool,
}

/// Skips the byte-order mark and Excel's `sep=` line, and finds the separator in the header.
fn prepare(input: &mut BufReader<impl Read>, problems: &mut Problems) -> Option<Start> {
    let start = match input.fill_buf() {
        Ok(start) => start,
        Err(error) => {
            problems.whole(unreadable(&error));
            return None;
        }
    };
    if start.is_empty() {
        problems.whole(Fault::Empty);
        return None;
    }
    if start.contains(&0) {
        problems.whole(Fault::WrongType {
            what: "двоичный файл / a binary file",
        });
        return None;
    }
    let first = start
        .split(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default();
    if let Some(separator) = first
        .trim_ascii()
        .strip_prefix(b"sep=")
        .and_then(|rest| rest.first().copied())
        .filter(|byte| matches!(byte, b',' | b';' | b'\t'))
    {
        let length = (first.len() + 1).min(start.len());
        let carriage_returns = first.ends_with(b"\r");
        input.consume(length);
        return Some(Start {
            delimiter: separator,
            skipped_lines: 1,
            carriage_returns,
        });
    }
    let mut quoted = false;
    let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0)];
    for &byte in first {
        if byte == b'"' {
            quoted = !quoted;
        } else if !quoted {
            for (separator, count) in &mut counts {
                *count += u32::from(*separator == byte);
            }
        }
    }
    let best = counts.iter().max_by_key(|(_, count)| *count);
    Some(Start {
        delimiter: best.map_or(b',', |(separator, _)| *separator),
        skipped_lines: 0,
        carriage_returns: first.ends_with(b"\r"),
    })
}

/// Columns from the header; necessary ones that are missing are problems.
fn header(record: &csv::ByteRecord, row: u32, problems: &mut Problems) -> Option<Columns> {
    let mut columns = Columns::default();
    let cells = ByteCells(record);
    for index in 0..cells.length() {
        let header = cells.cell(index);
        let lower = header.to_lowercase();
        if let Some(item) = lower.strip_prefix("item:") {
            // The code keeps its own spelling: `1К1` and `1к1` may both occur.
            let code_and_max = header.get(header.len() - item.len()..).unwrap_or(item);
            columns.push_item(&header, item_header(code_and_max), row, problems);
        } else {
            columns.push(&header, meaning(&lower), row, problems);
        }
    }
    let known = columns
        .columns
        .iter()
        .filter(|(_, meaning)| !matches!(meaning, Meaning::Ignored | Meaning::Refused))
        .count();
    if known == 0 && problems.errors() == 0 {
        problems.whole(Fault::WrongType {
            what: "другой текст / some other text",
        });
        return None;
    }
    for (name, meaning) in [
        ("year", Meaning::Year),
        ("subject", Meaning::Subject),
        ("grade", Meaning::Grade),
        ("school", Meaning::School),
    ] {
        if !columns.has(meaning) {
            problems.push(Fault::MissingColumn { name }, Some(row), None);
        }
    }
    if !columns.has_scores() {
        problems.push(Fault::NoScoreColumns, Some(row), None);
    }
    Some(columns)
}

fn meaning(header: &str) -> Option<Meaning> {
    Some(match header {
        "year" => Meaning::Year,
        "subject" => Meaning::Subject,
        "grade" => Meaning::Grade,
        "school" => Meaning::School,
        "school_name" => Meaning::SchoolName,
        "class" => Meaning::Class,
        "pupil" => Meaning::Pupil,
        "booklet" => Meaning::Booklet,
        "raw_score" => Meaning::RawScore,
        "mark" => Meaning::Mark,
        "register_mark" => Meaning::RegisterMark,
        "prior_score" => Meaning::PriorScore,
        _ => return None,
    })
}

/// `<code>:<max>`; the code itself may hold a colon.
fn item_header(text: &str) -> Option<(String, u32, Option<objectivity::data::Difficulty>)> {
    let (code, max) = text.rsplit_once(':')?;
    Some((code.trim().to_owned(), max.trim().parse().ok()?, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(bytes: &[u8]) -> (Vec<(u32, Work)>, Problems, Option<Layout>) {
        let mut problems = Problems::default();
        let mut rows = Vec::new();
        let layout = read(bytes, Trust::NONE, &mut problems, &mut |row| {
            rows.push((row.line, row.work.clone()));
        });
        (rows, problems, layout)
    }

    const HEADER: &str =
        "year;subject;grade;school;class;pupil;raw_score;mark;prior_score;item:1:1;item:1К1:4";

    #[test]
    fn a_semicolon_table_in_windows_1251_is_read() {
        let text = format!("{HEADER}\r\n2026;Математика;5;s1;5А;17;4;4;6,5;1;3\r\n");
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&text);
        let (rows, problems, layout) = rows(&bytes);
        assert_eq!(problems.count(), 0, "{:?}", problems.kept());
        assert_eq!(rows[0].0, 2);
        assert_eq!(rows[0].1.subject, "Математика");
        assert_eq!(rows[0].1.class.as_deref(), Some("5А"));
        assert_eq!(rows[0].1.items, vec![Some(1), Some(3)]);
        assert_eq!(
            layout.map(|layout| layout.columns.items[1].code.clone()),
            Some("1К1".to_owned())
        );
    }

    #[test]
    fn byte_order_mark_and_separator_line_are_skipped() {
        let text = format!("\u{feff}sep=;\n{HEADER}\n2026;math;5;s1;5А;17;4;4;6,5;1;3\n");
        let (rows, problems, _) = rows(text.as_bytes());
        assert_eq!(problems.count(), 0, "{:?}", problems.kept());
        assert_eq!(rows[0].0, 3);
    }

    #[test]
    fn faults_tell_row_and_column() {
        let text = format!(
            "{HEADER}\n2026;math;5;s1;5А;17;9;4;6,5;1;3\n2026;math;5;s1;5А;18;4;7;;1;5\n2026;math\n"
        );
        let (rows, problems, _) = rows(text.as_bytes());
        let found: Vec<_> = problems
            .kept()
            .iter()
            .map(|problem| {
                (
                    problem.code.as_str(),
                    problem.row,
                    problem.column.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("import.score_above_maximum", Some(2), Some("raw_score")),
                ("import.bad_mark", Some(3), Some("mark")),
                ("import.score_above_maximum", Some(3), Some("item:1К1:4")),
                ("import.row_length", Some(4), None),
            ]
        );
        assert!(rows.is_empty());
    }

    #[test]
    fn missing_columns_are_named() {
        let (_, problems, _) = rows(b"year,grade,school,raw_score\n2026,5,s1,4\n");
        assert_eq!(problems.kept()[0].code, "import.missing_column");
        assert!(problems.kept()[0].text.en.contains("subject"));
    }

    #[test]
    fn names_of_pupils_are_refused_by_header_and_by_cells() {
        for table in [
            "year,subject,grade,school,ФИО,raw_score\n2026,math,5,s1,x,4\n",
            "year,subject,grade,school,pupil,raw_score\n2026,math,5,s1,Иванов Иван,4\n",
            "year,subject,grade,school,note,raw_score\n2026,math,5,s1,Ann Lee,4\n",
        ] {
            let (_, problems, _) = rows(table.as_bytes());
            assert!(
                problems
                    .kept()
                    .iter()
                    .any(|problem| problem.code.starts_with("import.name_c")),
                "{table}"
            );
        }
    }

    #[test]
    fn some_other_text_is_no_table_of_results() {
        let (_, problems, layout) = rows("Привет,\nэто письмо.\n".as_bytes());
        assert_eq!(problems.kept()[0].code, "import.no_header");
        assert!(layout.is_none());
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let (_, problems, _) = rows(&bytes);
            prop_assert!(problems.count() > 0);
        }

        #[test]
        fn no_rows_below_a_header_panic(tail in proptest::collection::vec(any::<u8>(), 0..400)) {
            let mut bytes = HEADER.as_bytes().to_vec();
            bytes.push(b'\n');
            bytes.extend(tail);
            let _ = rows(&bytes);
        }
    }
}
