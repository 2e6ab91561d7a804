//! A file checked against the register: what it holds, its first rows, and every problem. Pure.

use std::collections::{HashMap, HashSet};

use api::id::OrganisationId;
use api::import::{
    ImportItem, ImportPreview, ImportProblem, ImportSchool, ImportStructure, ImportWork,
};
use api::organisation::Organisation;
use api::procedure::ProcedureKind;
use objectivity::data::{Difficulty, ItemSpec, Work};

use super::problem::{Fault, Problems};
use super::read::{self, Layout, Row};
use super::subject;
use super::survey::{Survey, SurveyedWork};

/// Rows shown before the confirmation.
const PREVIEW_ROWS: usize = 20;

/// Schools by code and, where a name is unambiguous, by name.
#[derive(Debug, Default)]
pub struct Register {
    by_key: HashMap<String, OrganisationId>,
    codes: HashMap<OrganisationId, String>,
}

impl Register {
    /// The register of a municipality.
    pub fn new(organisations: &[Organisation]) -> Register {
        let mut register = Register::default();
        let mut twice = HashSet::new();
        for organisation in organisations {
            for name in [&organisation.name, &organisation.short_name] {
                let known = register.by_key.insert(key(name), organisation.id);
                if known.is_some_and(|known| known != organisation.id) {
                    twice.insert(key(name));
                }
            }
            register
                .codes
                .insert(organisation.id, organisation.code.clone());
        }
        // A name that two schools share names neither; a code always wins over a name.
        register.by_key.retain(|name, _| !twice.contains(name));
        for organisation in organisations {
            register.add(&organisation.code, organisation.id);
        }
        register
    }

    /// Adds a school by its code.
    pub fn add(&mut self, code: &str, id: OrganisationId) {
        self.by_key.insert(key(code), id);
    }

    /// The school with this code, or this name.
    pub fn find(&self, code: &str, name: Option<&str>) -> Option<OrganisationId> {
        self.by_key
            .get(&key(code))
            .or_else(|| name.and_then(|name| self.by_key.get(&key(name))))
            .copied()
    }
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// A file that was looked at.
#[derive(Debug)]
pub struct Checked {
    /// What was recognised; none when the file cannot be read at all.
    pub structure: Option<ImportStructure>,
    /// First rows.
    pub preview: Option<ImportPreview>,
    /// Kept problems, errors first.
    pub problems: Vec<ImportProblem>,
    /// All problems.
    pub problem_count: u32,
    /// Those that stop the confirmation.
    pub error_count: u32,
    /// Those of them that adding schools to the register would mend.
    pub unknown_schools: u32,
    /// Rows that would be stored.
    pub row_count: u32,
    /// Does the file hold personal data, so that no part of it may be kept?
    pub personal: bool,
}

/// A row that waits for its paper and school.
#[derive(Debug)]
pub struct StagedRow {
    /// Row in the file.
    pub line: u32,
    /// Year, subject code, grade.
    pub work: (i32, String, u8),
    /// School code in the file.
    pub school: String,
    /// The work itself, items in the order of the file.
    pub result: Work,
}

/// Everything a confirmation stores.
#[derive(Debug)]
pub struct Staged {
    /// Items of the file.
    pub items: Vec<ItemSpec>,
    /// Kind of procedure where a title names it.
    pub kind: Option<ProcedureKind>,
    /// Works.
    pub works: Vec<SurveyedWork>,
    /// Schools: code, name, rows.
    pub schools: Vec<ImportSchool>,
    /// Rows.
    pub rows: Vec<StagedRow>,
}

/// Kind of procedure of a work whose file does not name one: exams close grades 9 and 11.
pub fn kind_of(named: Option<ProcedureKind>, grade: u8) -> ProcedureKind {
    named.unwrap_or(match grade {
        9 => ProcedureKind::Oge,
        11 => ProcedureKind::Ege,
        _ => ProcedureKind::Vpr,
    })
}

/// Looks at a file.
pub fn check(bytes: &[u8], register: &Register) -> Checked {
    let mut problems = Problems::default();
    let mut survey = Survey::default();
    let mut preview = Vec::new();
    let layout = look(bytes, &mut problems, &mut survey, &mut |row| {
        if preview.len() < PREVIEW_ROWS {
            preview.push(preview_row(row));
        }
    });
    let Some(layout) = layout else {
        return Checked {
            structure: None,
            preview: None,
            problem_count: problems.count(),
            error_count: problems.errors(),
            unknown_schools: 0,
            row_count: 0,
            personal: false,
            problems: problems.into_kept(),
        };
    };
    let schools = schools(&survey, register);
    let mut unknown_schools = 0;
    for (school, surveyed) in schools.iter().zip(survey.schools()) {
        if !school.known {
            unknown_schools += 1;
            let fault = Fault::UnknownSchool {
                code: school.code.clone(),
                name: school.name.clone(),
            };
            problems.push(fault, Some(surveyed.first_row), None);
        }
    }
    for work in survey.works() {
        let name = &work.procedure.subject;
        if subject::find(name).is_none() {
            problems.whole(Fault::UnknownSubject { name: name.clone() });
        }
    }
    let is_personal = |problem: &ImportProblem| {
        matches!(
            problem.code.as_str(),
            "import.name_column" | "import.personal_column"
        )
    };
    let personal = problems.kept().iter().any(is_personal);
    let (mut problem_count, mut error_count) = (problems.count(), problems.errors());
    let mut kept = problems.into_kept();
    if personal {
        // Other sentences quote cells, and those may hold a child's name.
        kept.retain(is_personal);
        problem_count = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        error_count = problem_count;
    }
    Checked {
        structure: Some(structure(&layout, &survey, schools)),
        preview: (!personal && !preview.is_empty()).then(|| ImportPreview {
            columns: preview_columns(&layout.columns.items),
            rows: preview,
        }),
        problem_count,
        error_count,
        unknown_schools,
        row_count: survey.rows(),
        personal,
        problems: kept,
    }
}

/// Reads a checked file again, this time for storing.
///
/// The file was fit when it was checked, and reading is the same each time; rows left out then are left out now.
pub fn stage(bytes: &[u8], register: &Register) -> Option<Staged> {
    let mut problems = Problems::default();
    let mut survey = Survey::default();
    let mut rows = Vec::new();
    let layout = look(bytes, &mut problems, &mut survey, &mut |row| {
        rows.push(StagedRow {
            line: row.line,
            work: (row.work.year, row.work.subject.clone(), row.work.grade),
            school: row.work.school.clone(),
            result: row.work.clone(),
        });
    })?;
    Some(Staged {
        items: layout.columns.items,
        kind: layout.kind,
        works: survey.works().into_iter().cloned().collect(),
        schools: schools(&survey, register),
        rows,
    })
}

/// Reads with subjects spelled as they are stored; `each` sees the rows that are kept.
fn look(
    bytes: &[u8],
    problems: &mut Problems,
    survey: &mut Survey,
    each: &mut dyn FnMut(&Row<'_>),
) -> Option<Layout> {
    let mut duplicates = Problems::default();
    let mut codes: HashMap<String, String> = HashMap::new();
    let mut spelled = Work::default();
    survey.begin_file();
    let layout = read::read_bytes(bytes, problems, &mut |row| {
        spelled.clone_from(row.work);
        if !codes.contains_key(&row.work.subject) {
            codes.insert(row.work.subject.clone(), subject::code(&row.work.subject));
        }
        if let Some(code) = codes.get(&row.work.subject) {
            spelled.subject.clone_from(code);
        }
        let row = Row {
            work: &spelled,
            ..row
        };
        if survey.note(&row, &mut duplicates) {
            each(&row);
        }
    });
    problems.append(duplicates);
    layout
}

fn schools(survey: &Survey, register: &Register) -> Vec<ImportSchool> {
    survey
        .schools()
        .iter()
        .map(|school| {
            let known = register.find(&school.code, school.name.as_deref());
            ImportSchool {
                code: school.code.clone(),
                name: school.name.clone(),
                rows: school.rows,
                known: known.is_some(),
            }
        })
        .collect()
}

fn structure(layout: &Layout, survey: &Survey, schools: Vec<ImportSchool>) -> ImportStructure {
    let works = survey
        .works()
        .into_iter()
        .map(|work| ImportWork {
            year: work.procedure.year,
            subject: work.procedure.subject.clone(),
            subject_name: subject::name(&work.procedure.subject),
            grade: work.procedure.grade,
            items: work.items().iter().map(item).collect(),
            max_score: work.max_score(),
            rows: work.rows,
        })
        .collect();
    ImportStructure {
        format: layout.format.code().to_owned(),
        sheet: layout.sheet.clone(),
        header_row: layout.header_row,
        works,
        schools,
        columns: layout.columns.labels(),
        declared_participants: layout.declared_participants,
    }
}

fn item(item: &ItemSpec) -> ImportItem {
    ImportItem {
        code: item.code.clone(),
        max: item.max,
        difficulty: item
            .difficulty
            .map(|letter| difficulty_letter(letter).to_owned()),
    }
}

/// Letter of a difficulty in the workbook.
pub fn difficulty_letter(difficulty: Difficulty) -> &'static str {
    match difficulty {
        Difficulty::Base => "Б",
        Difficulty::Raised => "П",
        Difficulty::High => "В",
    }
}

fn preview_columns(items: &[ItemSpec]) -> Vec<String> {
    let before = [
        "year", "subject", "grade", "school", "class", "pupil", "booklet",
    ];
    let after = ["raw_score", "mark", "register_mark", "prior_score"];
    before
        .into_iter()
        .map(str::to_owned)
        .chain(items.iter().map(|item| item.code.clone()))
        .chain(after.into_iter().map(str::to_owned))
        .collect()
}

fn preview_row(row: &Row<'_>) -> Vec<String> {
    fn shown(value: Option<impl ToString>) -> String {
        value.map_or_else(String::new, |value| value.to_string())
    }
    let work = row.work;
    let mut cells = vec![
        work.year.to_string(),
        work.subject.clone(),
        work.grade.to_string(),
        work.school.clone(),
        shown(work.class.as_ref()),
        shown(work.pupil.as_ref()),
        shown(work.booklet.as_ref()),
    ];
    cells.extend(work.items.iter().map(|points| shown(*points)));
    cells.extend([
        shown(work.raw_score),
        shown(work.mark),
        shown(work.register_mark),
        shown(work.prior_score),
    ]);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "year,subject,grade,school,class,pupil,raw_score\n\
        2026,Математика,5,s1,5А,1,7\n2026,math,5,s1,5А,1,9\n2026,math,5,s2,5А,1,9\n";

    #[test]
    fn one_subject_in_two_spellings_is_one_work() {
        let mut register = Register::default();
        register.add("S1", OrganisationId(uuid::Uuid::from_u128(1)));
        let checked = check(TABLE.as_bytes(), &register);
        let structure = checked.structure.expect("structure");
        assert_eq!(structure.works.len(), 1);
        assert_eq!(structure.works[0].subject, "math");
        let codes: Vec<_> = checked
            .problems
            .iter()
            .map(|problem| problem.code.as_str())
            .collect();
        assert_eq!(codes, ["import.unknown_school", "import.duplicate_pupil"]);
        assert_eq!(checked.row_count, 2);
        assert_eq!((checked.error_count, checked.unknown_schools), (1, 1));
    }

    #[test]
    fn nothing_of_a_file_with_names_is_shown_again() {
        let text = TABLE.replace("5А,1,", "5А,Иванов Иван,");
        let checked = check(text.as_bytes(), &Register::default());
        assert!(checked.personal);
        assert!(checked.preview.is_none());
        assert!(!format!("{checked:?}").contains("Иванов"));
    }
}
