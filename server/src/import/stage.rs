//! What an import keeps until it is confirmed: the columns that are used, row by row, and nothing else of the file.

use std::io::{BufRead, BufReader, Read, Write};

use api::procedures::procedure::ProcedureKind;
use api::results::import::ImportSchool;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use objectivity::data::{Difficulty, ItemSpec, Work};
use serde::{Deserialize, Serialize};

use super::check::{Register, schools};
use super::problem::Problems;
use super::read::Row;
use super::survey::{Survey, SurveyedWork};

/// Form of the kept rows; others are not read.
const VERSION: u32 = 1;

/// A row that waits for its paper and school.
#[derive(Debug)]
pub struct StagedRow {
    /// Row in the file, with the number of its sheet.
    pub line: u32,
    /// Which list of items its points follow.
    pub table: usize,
    /// Year, subject code, grade.
    pub work: (i32, String, u8),
    /// School code in the file.
    pub school: String,
    /// The work itself, items in the order of its table.
    pub result: Work,
}

/// Everything a confirmation stores.
#[derive(Debug)]
pub struct Staged {
    /// Items of each table of the file.
    pub tables: Vec<Vec<ItemSpec>>,
    /// Kind of procedure where a title names it.
    pub kind: Option<ProcedureKind>,
    /// Works.
    pub works: Vec<SurveyedWork>,
    /// Schools: code, name, rows.
    pub schools: Vec<ImportSchool>,
    /// Rows.
    pub rows: Vec<StagedRow>,
}

/// Rows of a file as they are gathered.
#[derive(Debug, Default)]
pub struct Gathered {
    tables: Vec<Vec<ItemSpec>>,
    /// Where the items of the last table lie: each table of a file has its own.
    last: usize,
    names: Vec<(String, String)>,
    rows: Vec<KeptRow>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    version: u32,
    kind: Option<ProcedureKind>,
    tables: Vec<Vec<(String, u8, Option<char>)>>,
    names: Vec<(String, String)>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptRow {
    k: u32,
    t: usize,
    y: i32,
    s: String,
    g: u8,
    o: String,
    c: Option<String>,
    p: Option<String>,
    b: Option<String>,
    i: Vec<Option<u8>>,
    r: Option<u16>,
    m: Option<u8>,
    j: Option<u8>,
    e: Option<f64>,
}

impl Gathered {
    /// Takes a row.
    pub fn push(&mut self, row: &Row<'_>) {
        let place = row.items.as_ptr() as usize;
        if self.tables.is_empty() || self.last != place {
            self.tables.push(row.items.to_vec());
            self.last = place;
        }
        let work = row.work;
        if !row.school_name.is_empty() && !self.names.iter().any(|(code, _)| *code == work.school) {
            self.names
                .push((work.school.clone(), row.school_name.to_owned()));
        }
        self.rows.push(KeptRow {
            k: row.key,
            t: self.tables.len() - 1,
            y: work.year,
            s: work.subject.clone(),
            g: work.grade,
            o: work.school.clone(),
            c: work.class.clone(),
            p: work.pupil.clone(),
            b: work.booklet.clone(),
            i: work.items.clone(),
            r: work.raw_score,
            m: work.mark,
            j: work.register_mark,
            e: work.prior_score,
        });
    }

    /// Pupils by work, school code, class and code.
    pub fn pupils(&self) -> impl Iterator<Item = (i32, &str, u8, &str, &str, &str)> {
        self.rows.iter().filter_map(|row| {
            let class = row.c.as_deref().unwrap_or_default();
            Some((
                row.y,
                row.s.as_str(),
                row.g,
                row.o.as_str(),
                class,
                row.p.as_deref()?,
            ))
        })
    }

    /// The rows, compressed. `None` never in practice: writing into memory does not fail.
    pub fn pack(&self, kind: Option<ProcedureKind>) -> Option<Vec<u8>> {
        let head = Head {
            version: VERSION,
            kind,
            tables: self
                .tables
                .iter()
                .map(|items| items.iter().map(written).collect())
                .collect(),
            names: self.names.clone(),
        };
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        serde_json::to_writer(&mut encoder, &head).ok()?;
        encoder.write_all(b"\n").ok()?;
        for row in &self.rows {
            serde_json::to_writer(&mut encoder, row).ok()?;
            encoder.write_all(b"\n").ok()?;
        }
        encoder.finish().ok()
    }
}

fn written(item: &ItemSpec) -> (String, u8, Option<char>) {
    let letter = item.difficulty.map(|difficulty| match difficulty {
        Difficulty::Base => 'b',
        Difficulty::Raised => 'r',
        Difficulty::High => 'h',
    });
    (item.code.clone(), item.max, letter)
}

fn read_item((code, max, letter): (String, u8, Option<char>)) -> ItemSpec {
    let difficulty = letter.and_then(|letter| match letter {
        'b' => Some(Difficulty::Base),
        'r' => Some(Difficulty::Raised),
        'h' => Some(Difficulty::High),
        _ => None,
    });
    ItemSpec {
        code,
        max,
        difficulty,
    }
}

/// Reads kept rows. `None` for what another version kept.
pub fn unpack(payload: &[u8], register: &Register) -> Option<Staged> {
    let mut lines = BufReader::new(GzDecoder::new(payload).take(4 << 30)).lines();
    let head: Head = serde_json::from_str(&lines.next()?.ok()?).ok()?;
    if head.version != VERSION {
        return None;
    }
    let tables: Vec<Vec<ItemSpec>> = head
        .tables
        .into_iter()
        .map(|items| items.into_iter().map(read_item).collect())
        .collect();
    let mut survey = Survey::default();
    survey.begin_file();
    let mut problems = Problems::default();
    let mut rows = Vec::new();
    for line in lines {
        let kept: KeptRow = serde_json::from_str(&line.ok()?).ok()?;
        let staged = staged(kept);
        let name = head
            .names
            .iter()
            .find(|(code, _)| *code == staged.school)
            .map_or("", |(_, name)| name.as_str());
        let row = Row {
            line: staged.line,
            key: staged.line,
            sheet: None,
            absent: false,
            items: tables.get(staged.table)?,
            work: &staged.result,
            school_name: name,
        };
        survey.note(&row, &mut problems);
        rows.push(staged);
    }
    Some(Staged {
        tables,
        kind: head.kind,
        works: survey.works().into_iter().cloned().collect(),
        schools: schools(&survey, register),
        rows,
    })
}

fn staged(kept: KeptRow) -> StagedRow {
    StagedRow {
        line: kept.k,
        table: kept.t,
        work: (kept.y, kept.s.clone(), kept.g),
        school: kept.o.clone(),
        result: Work {
            year: kept.y,
            subject: kept.s,
            grade: kept.g,
            school: kept.o,
            class: kept.c,
            pupil: kept.p,
            booklet: kept.b,
            items: kept.i,
            raw_score: kept.r,
            mark: kept.m,
            register_mark: kept.j,
            prior_score: kept.e,
        },
    }
}
