//! Schools with low results: the rule of the engine over what the store holds.

use std::collections::{BTreeMap, HashMap};

use api::id::OrganisationId;
use api::procedures::procedure::ProcedureKind;
use api::registry::organisation::Organisation;
use api::results::heat_map::CellState;
use api::results::low_result::{
    LowProcedure, LowReading, LowResultRule, LowSchool, LowStanding, Unreliable,
};
use api::text::Text;
use objectivity::cell::State;
use objectivity::low_results as engine;
use objectivity::parameters::Threshold;
use objectivity::statistics::tails::binomial_lower_mid_p;

use crate::import::subject;
use crate::jobs::run::{engine_subject, subject_of};
use crate::store::{CellColumn, SchoolMarks, StoredPaper};

/// From here on so many marks 2 are nothing unusual in a school of that size: the usual level of a one-sided test.
const CHANCE: f64 = 0.05;

/// States of cells by school and work.
pub type States = HashMap<(OrganisationId, CellColumn<String>), CellState>;

/// Does this kind of procedure count? Contests measure the strong ones only, a municipality's own works have no
/// common scale.
pub fn counts(kind: ProcedureKind) -> bool {
    !matches!(
        kind,
        ProcedureKind::Olympiad | ProcedureKind::MunicipalDiagnostic | ProcedureKind::Study
    )
}

/// The rule of regional control practice.
pub fn usual() -> LowResultRule {
    let usual = engine::LowResultRule::default();
    LowResultRule {
        share: usual.share.value,
        procedures: usual.procedures.value as u8,
        years: usual.years.value as u8,
        min_pupils: usual.min_pupils.value as u16,
        unreliable: match usual.unreliable {
            engine::Unreliable::IsUnknown => Unreliable::IsUnknown,
            engine::Unreliable::CountsAsLow => Unreliable::CountsAsLow,
        },
    }
}

fn of_engine(rule: &LowResultRule) -> engine::LowResultRule {
    engine::LowResultRule {
        share: Threshold::platform(rule.share),
        procedures: Threshold::platform(f64::from(rule.procedures)),
        years: Threshold::platform(f64::from(rule.years)),
        min_pupils: Threshold::platform(f64::from(rule.min_pupils)),
        unreliable: match rule.unreliable {
            Unreliable::IsUnknown => engine::Unreliable::IsUnknown,
            Unreliable::CountsAsLow => engine::Unreliable::CountsAsLow,
        },
    }
}

/// Schools found, by standing and name, and the number of those that have marks in the year.
pub fn identify(
    schools: &[Organisation],
    papers: &[StoredPaper],
    marks: &[SchoolMarks],
    states: &States,
    year: i32,
    rule: &LowResultRule,
) -> (Vec<LowSchool>, u32) {
    let papers: HashMap<_, _> = papers.iter().map(|paper| (paper.id, paper)).collect();
    let mut tallies: BTreeMap<(OrganisationId, CellColumn<String>), [u64; 2]> = BTreeMap::new();
    for row in marks {
        let Some(paper) = papers.get(&row.paper) else {
            continue;
        };
        let column = CellColumn {
            kind: paper.kind,
            year: paper.year,
            subject: paper.subject.clone(),
            grade: paper.grade,
        };
        let [below, pupils] = tallies.entry((row.organisation, column)).or_default();
        *pupils += row.works;
        *below += if row.mark == 2 { row.works } else { 0 };
    }
    let mut district: HashMap<CellColumn<String>, [u64; 2]> = HashMap::new();
    for ((_, column), [below, pupils]) in &tallies {
        let all = district.entry(column.clone()).or_default();
        *all = [all[0] + below, all[1] + pupils];
    }
    let mut results: HashMap<OrganisationId, Vec<engine::ProcedureResult>> = HashMap::new();
    for (key, [below, pupils]) in tallies {
        let state = states.get(&key).copied().unwrap_or(CellState::NoData);
        let (school, column) = key;
        results
            .entry(school)
            .or_default()
            .push(engine::ProcedureResult {
                year: column.year,
                subject: engine_subject(column.kind, &column.subject),
                grade: column.grade,
                below: u32::try_from(below).unwrap_or(u32::MAX),
                pupils: u32::try_from(pupils).unwrap_or(u32::MAX),
                state: if state == CellState::Signs {
                    State::Signs
                } else {
                    State::Calm
                },
            });
    }
    let rule = of_engine(rule);
    let mut judged = 0;
    let mut found: Vec<LowSchool> = schools
        .iter()
        .filter_map(|school| {
            let results = results.get(&school.id)?;
            if !results.iter().any(|result| result.year == year) {
                return None;
            }
            judged += 1;
            let low = engine::identify(&school.code, year, results, &rule);
            let standing = match low.standing {
                engine::Standing::RiskGroup => LowStanding::RiskGroup,
                engine::Standing::Low => LowStanding::Low,
                engine::Standing::Unknown => LowStanding::Unknown,
                engine::Standing::NotLow => return None,
            };
            Some(LowSchool {
                organisation: school.id,
                name: school.short_name.clone(),
                standing,
                procedures: low
                    .procedures
                    .into_iter()
                    .filter_map(|judged| procedure(judged, &district))
                    .collect(),
            })
        })
        .collect();
    found.sort_by(|a, b| (a.standing, &a.name).cmp(&(b.standing, &b.name)));
    (found, judged)
}

fn procedure(
    (result, reading): (engine::ProcedureResult, engine::Reading),
    district: &HashMap<CellColumn<String>, [u64; 2]>,
) -> Option<LowProcedure> {
    let reading = match reading {
        engine::Reading::Low => LowReading::Low,
        engine::Reading::Unreliable => LowReading::Unreliable,
        engine::Reading::FewPupils => LowReading::FewPupils,
        engine::Reading::Good => return None,
    };
    let (kind, subject) = subject_of(&result.subject);
    let column = CellColumn {
        kind,
        year: result.year,
        subject,
        grade: result.grade,
    };
    let elsewhere = district.get(&column).and_then(|[below, pupils]| {
        let others = pupils.checked_sub(u64::from(result.pupils))?;
        let low = below.checked_sub(u64::from(result.below))?;
        (others > 0).then(|| low as f64 / others as f64)
    });
    let may_be_chance = reading == LowReading::Low
        && elsewhere.is_some_and(|share| {
            1.0 - binomial_lower_mid_p(result.below, result.pupils, share) > CHANCE
        });
    Some(LowProcedure {
        work: work(kind, &column.subject, result.grade),
        subject: column.subject,
        grade: result.grade,
        year: result.year,
        below: result.below,
        pupils: result.pupils,
        reading,
        elsewhere,
        may_be_chance,
    })
}

fn work(kind: ProcedureKind, code: &str, grade: u8) -> Text {
    let name = subject::name(code);
    let (ru, en) = match kind {
        ProcedureKind::Oge => ("ОГЭ, ", "OGE, "),
        ProcedureKind::Ege => ("ЕГЭ, ", "EGE, "),
        ProcedureKind::RegionalDiagnostic => ("КДР, ", "regional work, "),
        _ => ("", ""),
    };
    Text::new(
        format!("{ru}{}, {grade} класс", lower(&name.ru, ru)),
        format!("{en}{}, grade {grade}", lower(&name.en, en)),
    )
}

/// A subject after the name of its procedure begins with a small letter; languages keep theirs in English.
fn lower(name: &str, before: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if !before.is_empty() && !first.is_ascii() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}
