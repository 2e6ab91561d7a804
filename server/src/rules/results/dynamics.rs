//! A school beside its own past and beside similar schools: the same work over the years.

use std::collections::{BTreeMap, HashMap};

use api::id::OrganisationId;
use api::procedures::procedure::ProcedureKind;
use api::registry::organisation::Organisation;
use api::results::dynamics::{Beside, OthersResult, WorkDynamics, WorkYear, YearResult};
use api::results::heat_map::CellState;
use objectivity::statistics::intervals::mean_interval;
use objectivity::statistics::score_sums::ScoreSums;
use uuid::Uuid;

use super::low_results::States;
use crate::import::subject;
use crate::store::{CellColumn, SchoolMarks, StoredPaper};

/// Fewer schools beside it would tell a reader of one school the results of another.
const FEWEST_OTHERS: usize = 3;
/// Level of the intervals.
const LEVEL: f64 = 0.95;

/// What the store knows.
pub struct Known<'a> {
    /// Schools of the municipality.
    pub schools: &'a [Organisation],
    /// Papers; those of a kind decide which years there are.
    pub papers: &'a [StoredPaper],
    /// Sums of raw scores by paper and school.
    pub sums: &'a [(Uuid, OrganisationId, ScoreSums)],
    /// Works by paper, school and mark.
    pub marks: &'a [SchoolMarks],
    /// States in the run in force.
    pub states: &'a States,
}

/// The school's results in one paper.
#[derive(Clone, Copy, Default)]
struct Result {
    sums: ScoreSums,
    marks: [u32; 4],
}

impl Result {
    fn add(&mut self, other: &Result) {
        self.sums.merge(&other.sums);
        for (sum, count) in self.marks.iter_mut().zip(other.marks) {
            *sum += count;
        }
    }

    fn share(&self, paper: &StoredPaper) -> Option<f64> {
        Some(self.sums.mean()? / f64::from(paper.max_score))
    }

    /// Absent where works carry none.
    fn marks(&self) -> Option<[u32; 4]> {
        self.marks
            .iter()
            .any(|count| *count > 0)
            .then_some(self.marks)
    }
}

/// All works that the school wrote, by kind and then as the columns of the map stand.
pub fn works(school: &Organisation, known: &Known<'_>) -> Vec<WorkDynamics> {
    let others: Vec<OrganisationId> = known
        .schools
        .iter()
        .map(|other| other.id)
        .filter(|other| *other != school.id)
        .collect();
    let alike: Vec<OrganisationId> = known
        .schools
        .iter()
        .filter(|other| other.id != school.id && other.cluster == school.cluster)
        .map(|other| other.id)
        .collect();
    let (beside, others) = if alike.len() >= FEWEST_OTHERS {
        (Beside::Cluster, alike)
    } else {
        (Beside::Municipality, others)
    };
    let results = results(known);
    let mut papers: BTreeMap<(ProcedureKind, usize, &str, u8), Vec<&StoredPaper>> = BTreeMap::new();
    for paper in known.papers.iter().filter(|paper| paper.max_score > 0) {
        let place = subject::order(&paper.subject);
        papers
            .entry((paper.kind, place, &paper.subject, paper.grade))
            .or_default()
            .push(paper);
    }
    papers
        .into_iter()
        .filter_map(|((kind, _, subject, grade), papers)| {
            let years = span(known.papers, kind)?
                .map(|year| {
                    // Where two procedures of a kind had such a work in one year, the one that more of the school
                    // wrote stands for both.
                    let pupils = |paper: &&StoredPaper| {
                        let result = results.get(&paper.id)?.get(&school.id)?;
                        Some(result.sums.pupils())
                    };
                    let paper = papers
                        .iter()
                        .copied()
                        .filter(|paper| paper.year == year)
                        .max_by_key(pupils);
                    let written = paper.and_then(|paper| Some((paper, results.get(&paper.id)?)));
                    WorkYear {
                        year,
                        own: written.and_then(|(paper, schools)| {
                            own(paper, school.id, schools.get(&school.id)?, known.states)
                        }),
                        others: written
                            .and_then(|(paper, schools)| beside_it(paper, &others, schools)),
                    }
                })
                .collect::<Vec<_>>();
            years
                .iter()
                .any(|year| year.own.is_some())
                .then(|| WorkDynamics {
                    kind,
                    subject_name: subject::name(subject),
                    subject: subject.to_owned(),
                    grade,
                    beside,
                    years,
                })
        })
        .collect()
}

/// Results by paper and school.
fn results(known: &Known<'_>) -> HashMap<Uuid, HashMap<OrganisationId, Result>> {
    let mut results: HashMap<Uuid, HashMap<OrganisationId, Result>> = HashMap::new();
    for (paper, school, sums) in known.sums {
        let result = results
            .entry(*paper)
            .or_default()
            .entry(*school)
            .or_default();
        result.sums.merge(sums);
    }
    for row in known.marks {
        let result = results
            .get_mut(&row.paper)
            .and_then(|schools| schools.get_mut(&row.organisation));
        let place = usize::from(row.mark).checked_sub(2);
        if let Some(count) = result
            .zip(place)
            .and_then(|(result, at)| result.marks.get_mut(at))
        {
            *count += u32::try_from(row.works).unwrap_or(u32::MAX);
        }
    }
    results
}

/// From the first to the newest year of a kind.
fn span(papers: &[StoredPaper], kind: ProcedureKind) -> Option<std::ops::RangeInclusive<i32>> {
    let years = || {
        papers
            .iter()
            .filter(|paper| paper.kind == kind)
            .map(|paper| paper.year)
    };
    Some(years().min()?..=years().max()?)
}

fn own(
    paper: &StoredPaper,
    school: OrganisationId,
    result: &Result,
    states: &States,
) -> Option<YearResult> {
    let most = f64::from(paper.max_score);
    let column = CellColumn {
        kind: paper.kind,
        year: paper.year,
        subject: paper.subject.clone(),
        grade: paper.grade,
    };
    Some(YearResult {
        n: u32::try_from(result.sums.pupils()).unwrap_or(u32::MAX),
        state: states
            .get(&(school, column))
            .copied()
            .unwrap_or(CellState::NoData),
        share: result.share(paper)?,
        interval: mean_interval(&result.sums, LEVEL)
            .map(|ends| [ends.low, ends.high].map(|end| (end / most).clamp(0.0, 1.0))),
        marks: result.marks(),
    })
}

fn beside_it(
    paper: &StoredPaper,
    others: &[OrganisationId],
    schools: &HashMap<OrganisationId, Result>,
) -> Option<OthersResult> {
    let mut all = Result::default();
    let mut count = 0_usize;
    for result in others.iter().filter_map(|other| schools.get(other)) {
        all.add(result);
        count += 1;
    }
    (count >= FEWEST_OTHERS).then_some(())?;
    Some(OthersResult {
        schools: u32::try_from(count).unwrap_or(u32::MAX),
        share: all.share(paper)?,
        marks: all.marks(),
    })
}
