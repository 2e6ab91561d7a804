//! What procedures can be planned: the shipped catalogue, and the parts that an event wants.

use anyhow::Context;
use api::procedures::event::AssignmentRole;
use api::procedures::procedure::{CatalogueEntry, ProcedureKind};
use serde::Deserialize;

const SOURCE: &str = include_str!("../../../instruments/procedure_catalogue.yaml");

#[derive(Deserialize)]
struct Source {
    entries: Vec<CatalogueEntry>,
}

/// Entries of the catalogue, by level.
///
/// # Errors
/// When the reference cannot be read, which a test excludes.
pub fn entries() -> anyhow::Result<Vec<CatalogueEntry>> {
    let source: Source = serde_yaml_ng::from_str(SOURCE).context("procedure_catalogue.yaml")?;
    let mut entries = source.entries;
    for entry in &mut entries {
        entry.parts = wanted(entry.kind)
            .into_iter()
            .map(|(role, _)| role)
            .collect();
    }
    Ok(entries)
}

/// Parts an event wants, with the number of people.
///
/// # Source
/// Programme 7.2(1): qualified specialists at every stage; the numbers are ours.
pub fn wanted(kind: ProcedureKind) -> Vec<(AssignmentRole, u32)> {
    let mut wanted = vec![
        (AssignmentRole::Observer, 1),
        (AssignmentRole::Organiser, 1),
    ];
    match kind {
        ProcedureKind::Olympiad => wanted.push((AssignmentRole::Jury, 1)),
        // Works of state exams are marked by the region, studies by those who hold them.
        ProcedureKind::Oge | ProcedureKind::Ege | ProcedureKind::Study => {}
        ProcedureKind::Vpr
        | ProcedureKind::RegionalDiagnostic
        | ProcedureKind::MunicipalDiagnostic => wanted.push((AssignmentRole::Checker, 1)),
    }
    wanted
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::import::subject::{GENERAL, SUBJECTS};

    #[test]
    fn twenty_kinds_are_shipped_whose_subjects_are_known() {
        let entries = entries().expect("the catalogue reads");
        let ids: BTreeSet<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!((entries.len(), ids.len()), (20, 20));
        for entry in &entries {
            for code in &entry.subjects {
                assert!(
                    code == GENERAL || SUBJECTS.iter().any(|subject| subject.code == code),
                    "{}: {code}",
                    entry.id
                );
            }
            assert!(entry.grades.iter().all(|grade| (1..=11).contains(grade)));
        }
    }
}
