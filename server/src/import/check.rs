//! A file checked against the register: what it holds, its first rows, and every problem. Pure.

use std::collections::{HashMap, HashSet};

use api::id::OrganisationId;
use api::procedures::procedure::ProcedureKind;
use api::registry::organisation::Organisation;
use api::results::import::{
    ImportItem, ImportPreview, ImportProblem, ImportSchool, ImportStructure, ImportWork,
};
use objectivity::data::{Difficulty, ItemSpec, Work};

use super::columns::{Trust, school_code};
use super::problem::{Fault, Problems};
use super::read::{self, Layout, Row};
use super::stage::Gathered;
use super::subject;
use super::survey::Survey;

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
    /// The rows to keep until they are confirmed; none of a file with personal data.
    pub gathered: Option<Gathered>,
    /// Kind of procedure where a title names it.
    pub kind: Option<ProcedureKind>,
}

/// Kind of procedure of a work whose file does not name one: exams close grades 9 and 11.
pub fn kind_of(named: Option<ProcedureKind>, grade: u8) -> ProcedureKind {
    named.unwrap_or(match grade {
        9 => ProcedureKind::Oge,
        11 => ProcedureKind::Ege,
        _ => ProcedureKind::Vpr,
    })
}

/// Looks at a file; `classes`: somebody who may said that the column of classes holds classes.
pub fn check(bytes: &[u8], register: &Register, classes: bool) -> Checked {
    let mut problems = Problems::default();
    let mut survey = Survey::default();
    let mut preview = Vec::new();
    let mut items: Vec<ItemSpec> = Vec::new();
    let mut gathered = Gathered::default();
    let knows_school = |name: &str| register.find(school_code(name), None).is_some();
    let trust = Trust {
        knows_school: &knows_school,
        classes,
    };
    let layout = look(bytes, trust, &mut problems, &mut survey, &mut |row| {
        if preview.len() < PREVIEW_ROWS {
            for item in row.items {
                if !items.iter().any(|known| known.code == item.code) {
                    items.push(item.clone());
                }
            }
            preview.push(preview_row(row, &items));
        }
        gathered.push(row);
    });
    let personal = problems.is_personal();
    let Some(layout) = layout else {
        problems.withhold();
        return unreadable(problems, personal);
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
    problems.withhold();
    let mut structure = structure(&layout, &survey, schools);
    if personal {
        // Codes, names of schools and subjects come from cells, and those may hold a child's name.
        structure.works.clear();
        structure.schools.clear();
    }
    Checked {
        structure: Some(structure),
        preview: (!personal && !preview.is_empty()).then(|| ImportPreview {
            columns: preview_columns(&items),
            rows: preview,
        }),
        problem_count: problems.count(),
        error_count: problems.errors(),
        unknown_schools: if personal { 0 } else { unknown_schools },
        row_count: if personal { 0 } else { survey.rows() },
        personal,
        gathered: (!personal).then_some(gathered),
        kind: layout.kind,
        problems: problems.into_kept(),
    }
}

fn unreadable(problems: Problems, personal: bool) -> Checked {
    Checked {
        structure: None,
        preview: None,
        problem_count: problems.count(),
        error_count: problems.errors(),
        unknown_schools: 0,
        row_count: 0,
        personal,
        gathered: None,
        kind: None,
        problems: problems.into_kept(),
    }
}

/// Reads with subjects spelled as they are stored; `each` sees the rows that are kept.
pub(super) fn look(
    bytes: &[u8],
    trust: Trust<'_>,
    problems: &mut Problems,
    survey: &mut Survey,
    each: &mut dyn FnMut(&Row<'_>),
) -> Option<Layout> {
    let mut duplicates = Problems::default();
    let mut codes: HashMap<String, String> = HashMap::new();
    let mut spelled = Work::default();
    survey.begin_file();
    let layout = read::read_bytes(bytes, trust, problems, &mut |row| {
        if row.absent {
            return;
        }
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

pub(super) fn schools(survey: &Survey, register: &Register) -> Vec<ImportSchool> {
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
        columns: layout.labels(),
        declared_participants: layout.declared_participants,
        sheets: layout.sheets.clone(),
        encoding: None,
        absent: layout.absent,
        stored: Vec::new(),
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

fn preview_row(row: &Row<'_>, items: &[ItemSpec]) -> Vec<String> {
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
    cells.extend(items.iter().map(|item| {
        let place = row.items.iter().position(|other| other.code == item.code);
        shown(place.and_then(|place| work.items.get(place).copied().flatten()))
    }));
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
        let checked = check(TABLE.as_bytes(), &register, false);
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
        let checked = check(text.as_bytes(), &Register::default(), false);
        assert!(checked.personal);
        assert!(checked.preview.is_none());
        assert!(!format!("{checked:?}").contains("Иванов"));
    }
}
