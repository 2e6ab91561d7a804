//! Which subjects and grades the procedures of a year cover.

use api::procedures::procedure::{Procedure, SubjectName};
use api::text::Text;

/// Grade levels of a school.
pub const GRADES: std::ops::RangeInclusive<u8> = 1..=11;

/// A subject with the number of procedures for each grade of [`GRADES`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageRow {
    /// Subject.
    pub subject: Text,
    /// Counts, grade by grade.
    pub counts: Vec<usize>,
}

/// Subjects that any of these procedures names, in the order of the catalogue. A procedure counts where it names both
/// subject and grade: one that is open to any of them covers nothing for certain.
pub fn coverage(procedures: &[Procedure], subjects: &[SubjectName]) -> Vec<CoverageRow> {
    subjects
        .iter()
        .filter(|subject| {
            let mut named = procedures.iter().flat_map(|one| &one.plan.subjects);
            named.any(|code| *code == subject.code)
        })
        .map(|subject| CoverageRow {
            subject: subject.name.clone(),
            counts: GRADES
                .map(|grade| {
                    let covers = |one: &&Procedure| {
                        one.plan.subjects.contains(&subject.code)
                            && one.plan.grades.contains(&grade)
                    };
                    procedures.iter().filter(covers).count()
                })
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use api::id::ProcedureId;
    use api::procedures::procedure::{ProcedureKind, ProcedureLevel, ProcedurePlan};

    use super::*;

    fn procedure(subjects: &[&str], grades: &[u8]) -> Procedure {
        Procedure {
            id: ProcedureId(uuid::Uuid::nil()),
            kind: ProcedureKind::MunicipalDiagnostic,
            level: ProcedureLevel::Municipal,
            title: Text::new("Работа", "Work"),
            year: 2027,
            window: ["2027-03-01".into(), "2027-03-20".into()],
            works: Vec::new(),
            plan: ProcedurePlan {
                subjects: subjects.iter().map(|&code| code.into()).collect(),
                grades: grades.to_vec(),
                ..ProcedurePlan::default()
            },
            school_year: 2026,
            events: 0,
        }
    }

    #[test]
    fn a_cell_counts_procedures_that_name_both_subject_and_grade() {
        let subjects: Vec<SubjectName> = [("math", "Математика"), ("physics", "Физика")]
            .map(|(code, name)| SubjectName {
                code: code.into(),
                name: Text::new(name, code),
            })
            .into();
        let all = [
            procedure(&["math"], &[4, 5]),
            procedure(&["math"], &[5]),
            procedure(&["math"], &[]),
        ];
        let rows = coverage(&all, &subjects);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].counts[3..6], [1, 2, 0]);
    }
}
