//! `orientir fuzz-results`: workbooks of results made by mutation of a right one. Each must be read as the mutation's
//! own truth says, or be stopped with a place; rows that are left out must be named.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::check::{Register, look};
use super::columns::Trust;
use super::problem::Problems;
use super::survey::Survey;

/// Makes and reads mutated workbooks of results.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// How many.
    #[arg(long, default_value_t = 2_000)]
    cases: u32,
    /// Seed of the first.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Runs the command; returns whether all passed.
///
/// # Errors
/// Those of writing a workbook into memory.
pub fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    let (mut passed, mut failed) = (0_u32, 0_u32);
    for case in 0..arguments.cases {
        let seed = arguments.seed.wrapping_add(u64::from(case));
        match judge(seed)? {
            None => passed += 1,
            Some(why) => {
                failed += 1;
                eprintln!("seed {seed}: {why}");
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    Ok(failed == 0)
}

/// What one pupil's row says: subject, school, class, code, points, raw score, mark.
type Truth = (String, String, String, String, Vec<u8>, u16, u8);

#[derive(Clone)]
struct Sheet {
    name: String,
    hidden: bool,
    cells: BTreeMap<(u32, u32), String>,
    merged: Vec<String>,
    /// Row of each pupil.
    pupils: Vec<(u32, Truth)>,
}

const HEADER: [&str; 9] = [
    "ОО",
    "Название ОО",
    "Код участника",
    "Класс",
    "Вариант",
    "1 (2б)",
    "2 (3б)",
    "Первичный балл",
    "Отметка",
];

fn text(text: &str) -> String {
    format!(" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn number(number: impl std::fmt::Display) -> String {
    format!("><v>{number}</v></c>")
}

fn sheet(random: &mut ChaCha8Rng, name: &str, subject: &str, word: &str, from: u32) -> Sheet {
    let mut sheet = Sheet {
        name: name.to_owned(),
        hidden: false,
        cells: BTreeMap::new(),
        merged: Vec::new(),
        pupils: Vec::new(),
    };
    sheet
        .cells
        .insert((0, 0), text(&format!("ВПР 2025 {word} 5 класс")));
    sheet
        .cells
        .insert((1, 0), text("Боровская ООШ (edu990001)"));
    for (column, header) in (0_u32..).zip(HEADER) {
        sheet.cells.insert((3, column), text(header));
    }
    for row in 0..random.random_range(6..14_u32) {
        let line = 4 + row;
        let points = [random.random_range(0..=2_u8), random.random_range(0..=3_u8)];
        let raw = u16::from(points[0] + points[1]);
        let mark = 2 + (raw.min(5) / 2) as u8;
        let class = if row < 4 { "5А" } else { "5Б" };
        let code = (50_000 + from + row).to_string();
        for (column, cell) in (0_u32..).zip([
            text("edu990001"),
            text("Боровская ООШ"),
            text(&code),
            text(class),
            number(1 + row % 2),
            number(points[0]),
            number(points[1]),
            number(raw),
            number(mark),
        ]) {
            sheet.cells.insert((line, column), cell);
        }
        let truth = (
            subject.to_owned(),
            "edu990001".to_owned(),
            class.to_owned(),
            code,
            points.to_vec(),
            raw,
            mark,
        );
        sheet.pupils.push((line + 1, truth));
    }
    sheet
}

fn letter(column: u32) -> char {
    char::from(b'A' + column as u8)
}

fn workbook(sheets: &[Sheet]) -> anyhow::Result<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let mut part = |name: &str, body: &str| -> anyhow::Result<()> {
        zip.start_file(name, options)?;
        zip.write_all(body.as_bytes())?;
        Ok(())
    };
    let mut list = String::new();
    let mut relations = String::new();
    for (index, sheet) in (1..).zip(sheets) {
        let state = if sheet.hidden { "hidden" } else { "visible" };
        write!(
            list,
            "<sheet name=\"{}\" sheetId=\"{index}\" state=\"{state}\" r:id=\"r{index}\"/>",
            sheet.name
        )?;
        write!(
            relations,
            "<Relationship Id=\"r{index}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/s{index}.xml\"/>"
        )?;
        let mut body = String::from(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
        );
        let mut row = None;
        for ((line, column), cell) in &sheet.cells {
            if row != Some(*line) {
                if row.is_some() {
                    body.push_str("</row>");
                }
                write!(body, "<row r=\"{}\">", line + 1)?;
                row = Some(*line);
            }
            write!(body, "<c r=\"{}{}\"{cell}", letter(*column), line + 1)?;
        }
        body.push_str("</row></sheetData>");
        if !sheet.merged.is_empty() {
            body.push_str("<mergeCells>");
            for range in &sheet.merged {
                write!(body, "<mergeCell ref=\"{range}\"/>")?;
            }
            body.push_str("</mergeCells>");
        }
        body.push_str("</worksheet>");
        part(&format!("xl/worksheets/s{index}.xml"), &body)?;
    }
    part(
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>",
    )?;
    part(
        "_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r0\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    )?;
    part(
        "xl/styles.xml",
        "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"00000\"/></numFmts><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>",
    )?;
    part(
        "xl/workbook.xml",
        &format!(
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{list}</sheets></workbook>"
        ),
    )?;
    part(
        "xl/_rels/workbook.xml.rels",
        &format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}<Relationship Id=\"rs\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>"
        ),
    )?;
    Ok(zip.finish()?.into_inner())
}

/// Where a moved column goes.
const ASIDE: u32 = 10;
/// A class that a spreadsheet took for the fifth of January.
const DATE: &str = " s=\"1\"><v>46027</v></c>";

/// What a spreadsheet shows of a cell and writes into a text.
fn shown(cell: Option<&String>) -> &str {
    let cell = cell.map_or("", String::as_str);
    if cell == DATE {
        return "05.01.2026";
    }
    let start = cell
        .find("<t>")
        .or_else(|| cell.find("<v>"))
        .map_or(cell.len(), |at| at + 3);
    let end = cell
        .find("</t>")
        .or_else(|| cell.find("</v>"))
        .unwrap_or(cell.len());
    cell.get(start..end).unwrap_or_default()
}

/// What the rows say once the sheet is text: merged ranges leave their first cell, formulas their stored value.
fn as_text(sheet: &mut Sheet) {
    for (line, truth) in &mut sheet.pupils {
        let (cells, row) = (&sheet.cells, *line - 1);
        let moved = (5..9_u32).find(|column| !cells.contains_key(&(3, *column)));
        let is_blank = |column: u32| {
            let now = if moved == Some(column) { ASIDE } else { column };
            shown(cells.get(&(row, now))).is_empty()
        };
        if is_blank(3) {
            truth.2.clear();
        }
        for (item, column) in [(0, 5), (1, 6)] {
            // The columns may have changed places, and their points with them.
            let place = if moved == Some(5) { 1 - item } else { item };
            if is_blank(column) {
                truth.4[place] = u8::MAX;
            }
        }
        if is_blank(7) {
            truth.5 = u16::MAX;
        }
        if is_blank(8) {
            truth.6 = u8::MAX;
        }
    }
}

/// A sheet as text, as a spreadsheet saves it.
fn csv(sheet: &Sheet) -> String {
    let mut lines = String::new();
    let last = sheet
        .cells
        .keys()
        .map(|(row, _)| *row)
        .max()
        .unwrap_or_default();
    for row in 0..=last {
        let cells: Vec<&str> = (0..=ASIDE)
            .map(|column| shown(sheet.cells.get(&(row, column))))
            .collect();
        lines.push_str(&cells.join(";"));
        lines.push_str("\r\n");
    }
    lines
}

/// Makes one case and reads it; tells what went wrong.
fn judge(seed: u64) -> anyhow::Result<Option<String>> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut sheets = vec![
        sheet(&mut random, "5А", "math", "Математика", 0),
        sheet(&mut random, "5Б", "math", "Математика", 100),
    ];
    let mut done = Vec::new();
    for _ in 0..random.random_range(1..=3_u32) {
        done.push(mutate(&mut random, &mut sheets));
    }
    let recode = random.random_range(0..8_u32);
    let bytes = if recode < 4 {
        sheets.truncate(1);
        as_text(&mut sheets[0]);
        // Merged ranges and hidden sheets do not live in text.
        let lines = csv(&sheets[0]);
        done.push("recode");
        match recode {
            0 => lines.into_bytes(),
            1 => encoding_rs::WINDOWS_1251.encode(&lines).0.into_owned(),
            2 => encoding_rs::IBM866.encode(&lines).0.into_owned(),
            _ => format!("\u{feff}{lines}")
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
        }
    } else {
        workbook(&sheets)?
    };
    let mut problems = Problems::default();
    let mut survey = Survey::default();
    let mut read: Vec<Truth> = Vec::new();
    let register = Register::default();
    let knows_school = |name: &str| register.find(name, None).is_some();
    let trust = Trust {
        knows_school: &knows_school,
        classes: false,
    };
    look(&bytes, trust, &mut problems, &mut survey, &mut |row| {
        let work = row.work;
        read.push((
            work.subject.clone(),
            work.school.clone(),
            work.class.clone().unwrap_or_default(),
            work.pupil.clone().unwrap_or_default(),
            work.items
                .iter()
                .map(|points| points.unwrap_or(u8::MAX))
                .collect(),
            work.raw_score.unwrap_or(u16::MAX),
            work.mark.unwrap_or(u8::MAX),
        ));
    });
    let why = compare(&sheets, &read, &problems);
    Ok(why.map(|why| format!("{why} ({})", done.join(", "))))
}

fn compare(sheets: &[Sheet], read: &[Truth], problems: &Problems) -> Option<String> {
    if problems.errors() > 0 {
        let placed = problems.kept().iter().any(|problem| {
            problem.row.is_some() || problem.sheet.is_some() || problem.column.is_some()
        });
        let codes: Vec<&str> = problems
            .kept()
            .iter()
            .map(|one| one.code.as_str())
            .collect();
        return (!placed).then(|| format!("stopped without a place: {}", codes.join(", ")));
    }
    let named: BTreeSet<u32> = problems
        .kept()
        .iter()
        .filter_map(|problem| problem.row)
        .collect();
    let truth: BTreeSet<&Truth> = sheets
        .iter()
        .flat_map(|sheet| &sheet.pupils)
        .map(|(_, truth)| truth)
        .collect();
    let is_blank = read.iter().any(|row| row.2.is_empty());
    if is_blank
        && problems
            .kept()
            .iter()
            .all(|one| one.code != "import.blank_class")
    {
        return Some("a blank class was read without a word".to_owned());
    }
    if let Some(wrong) = read.iter().find(|row| !truth.contains(row)) {
        return Some(format!("read what is not so: {wrong:?}"));
    }
    let got: BTreeSet<&Truth> = read.iter().collect();
    if got.len() != read.len() {
        return Some("one pupil was read twice".to_owned());
    }
    sheets
        .iter()
        .flat_map(|sheet| &sheet.pupils)
        .find(|(line, truth)| !got.contains(truth) && !named.contains(line))
        .map(|(line, _)| format!("row {line} was lost without a word"))
}

/// Changes the workbook, and its truth where the change means something else.
fn mutate(random: &mut ChaCha8Rng, sheets: &mut Vec<Sheet>) -> &'static str {
    let which = random.random_range(0..sheets.len());
    let kind = random.random_range(0..8_u32);
    let sheet = &mut sheets[which];
    let count = sheet.pupils.len() as u32;
    let pupil = random.random_range(0..count);
    match kind {
        0 => {
            // A merged range keeps its first cell only.
            let column = [0_u32, 3, 4, 5, 7][random.random_range(0..5_usize)];
            let (first, last) = if column == 3 { (4, 7) } else { (4, 3 + count) };
            for line in first + 1..=last {
                sheet.cells.remove(&(line, column));
            }
            sheet.merged.push(format!(
                "{0}{1}:{0}{2}",
                letter(column),
                first + 1,
                last + 1
            ));
            "merge"
        }
        1 => {
            sheet.hidden = true;
            "hide"
        }
        2 => {
            let column = random.random_range(5..9_u32);
            if move_column(sheet, column, ASIDE) && column == 5 {
                // The second item stands before the first now.
                for (_, truth) in &mut sheet.pupils {
                    truth.4.swap(0, 1);
                }
            }
            "move"
        }
        3 => {
            let titles = ["ВПР 2025 Русский язык 5 класс", "Работа", ""];
            let chosen = random.random_range(0..titles.len());
            sheet.cells.insert((0, 0), text(titles[chosen]));
            if chosen == 0 {
                for (_, truth) in &mut sheet.pupils {
                    truth.0 = "russian".to_owned();
                }
            }
            "retitle"
        }
        4 => {
            let cells = [
                ((4 + pupil, 3), DATE.to_owned()),
                ((4 + pupil, 7), " t=\"e\"><v>#REF!</v></c>".to_owned()),
                ((4 + pupil, 6), "><f>A1+1</f></c>".to_owned()),
                (
                    (4 + pupil, 2),
                    format!(" s=\"2\"><v>{}</v></c>", sheet.pupils[pupil as usize].1.3),
                ),
                ((4 + pupil, 2), text("Иванов П")),
            ];
            let (place, cell) = cells[random.random_range(0..cells.len())].clone();
            if sheet.cells.contains_key(&place) {
                sheet.cells.insert(place, cell);
            }
            "reformat"
        }
        // A copy of a row out of a merged range says less than the row.
        5 if sheet.merged.is_empty() => {
            let row: Vec<(u32, String)> = (0..12)
                .filter_map(|column| Some((column, sheet.cells.get(&(4 + pupil, column))?.clone())))
                .collect();
            for (column, cell) in row {
                sheet.cells.insert((4 + count, column), cell);
            }
            "duplicate"
        }
        5 => "nothing",
        6 => {
            let copy = sheet.clone();
            let name = format!("{} (2)", copy.name);
            if sheets.len() < 4 {
                sheets.push(Sheet {
                    name: format!("{name}{}", sheets.len()),
                    ..copy
                });
            }
            "duplicate sheet"
        }
        _ => {
            let row = (4 + pupil, 0);
            if sheet.cells.contains_key(&row) {
                sheet.cells.insert((4 + pupil, 1), text("Озёрская ООШ"));
                sheet.cells.remove(&row);
            }
            "blank school"
        }
    }
}

/// Moves a column aside, with its header; tells whether it could.
fn move_column(sheet: &mut Sheet, from: u32, to: u32) -> bool {
    let moved: Vec<((u32, u32), String)> = sheet
        .cells
        .iter()
        .filter(|((row, column), _)| *row >= 3 && *column == from)
        .map(|((row, _), cell)| ((*row, to), cell.clone()))
        .collect();
    if moved.is_empty()
        || moved
            .iter()
            .any(|(place, _)| sheet.cells.contains_key(place))
        || !sheet.merged.is_empty()
    {
        return false;
    }
    sheet
        .cells
        .retain(|(row, column), _| *row < 3 || *column != from);
    sheet.cells.extend(moved);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mutated_workbooks_are_read_right_or_stopped() {
        for seed in 0..300 {
            assert_eq!(judge(seed).expect("a workbook"), None, "seed {seed}");
        }
    }
}
