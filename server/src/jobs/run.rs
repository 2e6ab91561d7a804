//! Runs of the engine over everything a municipality has stored.
//!
//! A run reads one assessment after another, judges it on the blocking pool, lets its works go, tells its progress, and
//! stores its cells in one change. It looks at the store between assessments, so it can be stopped from any process.

use std::collections::{BTreeMap, HashMap};

use api::id::{MunicipalityId, OrganisationId, RunId};
use api::live::LiveChange;
use api::procedures::procedure::ProcedureKind;
use api::registry::organisation::Organisation;
use api::results::heat_map::CellState;
use api::results::run::{Run, RunState};
use futures::future::BoxFuture;
use objectivity::cell::State;
use objectivity::data::{Observation, Paper, Procedure, Source, StateExam, Work};
use objectivity::parameters::Parameters;
use objectivity::region::Region;
use objectivity::run::Stream;
use sha2::{Digest, Sha256};

use super::{Job, Runner};
use crate::Clock;
use crate::auth::Reach;
use crate::hex::hex;
use crate::store::{
    Author, CellColumn, MISSING_ITEM, RunResult, Store, StoreError, StoredCell, StoredPaper,
    StoredResult,
};

/// Progress smaller than this is not told.
const STEP: f32 = 0.04;

/// Does the jobs of runs.
pub struct Runs {
    store: Store,
    clock: Clock,
}

impl Runs {
    /// Over this store.
    pub fn new(store: Store, clock: Clock) -> Self {
        Runs { store, clock }
    }
}

impl Runner for Runs {
    fn run<'a>(
        &'a self,
        municipality: MunicipalityId,
        job: &'a Job,
    ) -> BoxFuture<'a, anyhow::Result<()>> {
        Box::pin(async move {
            match job {
                Job::Recompute { run } => {
                    compute(&self.store, &self.clock, municipality, *run).await
                }
            }
        })
    }
}

/// Computes a queued run. A run that is done or stopped is left as it is.
///
/// # Errors
/// Those of the store; the run is then noted as failed and the previous one stays in force.
pub async fn compute(
    store: &Store,
    clock: &Clock,
    municipality: MunicipalityId,
    id: RunId,
) -> anyhow::Result<()> {
    let Some(run) = begin(store, clock, municipality, id).await? else {
        return Ok(());
    };
    match found(store, clock, municipality, &run).await {
        Ok(Some(found)) => {
            let mut write = store
                .write(Author::system(municipality), clock.now_ms())
                .await?;
            // Whoever stopped it meanwhile has the last word.
            if write.run(id).await?.map(|run| run.state) == Some(RunState::Running) {
                write.finish_run(id, &found).await?;
                tell(&mut write, id, 1.0).await?;
                write.commit().await?;
            }
            Ok(())
        }
        Ok(None) => Ok(()),
        Err(error) => {
            let mut write = store
                .write(Author::system(municipality), clock.now_ms())
                .await?;
            let text = format!("{error:#}");
            write
                .set_run_state(id, RunState::Failed, 0.0, Some(text))
                .await?;
            tell(&mut write, id, 1.0).await?;
            write.commit().await?;
            Err(error)
        }
    }
}

/// Moves the run to running; none when there is nothing to do.
async fn begin(
    store: &Store,
    clock: &Clock,
    municipality: MunicipalityId,
    id: RunId,
) -> Result<Option<Run>, StoreError> {
    let mut write = store
        .write(Author::system(municipality), clock.now_ms())
        .await?;
    let Some(run) = write.run(id).await? else {
        return Ok(None);
    };
    if matches!(run.state, RunState::Done | RunState::Cancelled) {
        return Ok(None);
    }
    if write.newer_run_waits(&run).await? {
        // The newer one sees the same rows and more.
        let why = Some("superseded".to_owned());
        write
            .set_run_state(id, RunState::Cancelled, 0.0, why)
            .await?;
        write.commit().await?;
        return Ok(None);
    }
    write
        .set_run_state(id, RunState::Running, 0.0, None)
        .await?;
    tell(&mut write, id, 0.0).await?;
    write.commit().await?;
    Ok(Some(run))
}

async fn tell(
    write: &mut crate::store::Write,
    run: RunId,
    progress: f32,
) -> Result<(), StoreError> {
    write
        .announce(None, None, &LiveChange::Run { run, progress })
        .await?;
    Ok(())
}

/// Computes; none when the run was stopped.
///
/// Papers are read one assessment at a time and let go when it is judged, so memory does not grow with the works.
async fn found(
    store: &Store,
    clock: &Clock,
    municipality: MunicipalityId,
    run: &Run,
) -> anyhow::Result<Option<RunResult>> {
    let Surroundings {
        region,
        mut data,
        codes,
        procedures,
    } = surroundings(store, municipality).await?;
    let parameters = Parameters {
        seed: run.seed,
        ..Parameters::default()
    };
    let mut stream = Stream::new(region, parameters.clone());
    let mut told = 0.0_f32;
    let mut left_out = 0_u64;
    let steps = procedures.len() as f32 + 1.0;
    for (done, papers) in procedures.into_values().enumerate() {
        if !goes_on(store, municipality, run).await? {
            return Ok(None);
        }
        let share = done as f32 / steps;
        if share - told >= STEP {
            told = share;
            let mut write = store
                .write(Author::system(municipality), clock.now_ms())
                .await?;
            write
                .set_run_state(run.id, RunState::Running, share, None)
                .await?;
            tell(&mut write, run.id, share).await?;
            write.commit().await?;
        }
        for paper in &papers {
            let results = store.results(municipality, paper.id).await?;
            if results.is_empty() {
                continue;
            }
            declare(stream.region(), paper);
            for result in &results {
                let Some(code) = codes.get(&result.organisation) else {
                    continue;
                };
                let work = work(paper, code, result);
                data.add(&serde_json::to_vec(&work)?);
                if let Err(problem) = stream.region().push(&work) {
                    tracing::debug!(%problem, "row left out of the run");
                    left_out += 1;
                }
            }
        }
        stream = tokio::task::spawn_blocking(move || {
            stream.judge();
            stream
        })
        .await?;
    }
    if left_out > 0 {
        tracing::warn!(
            rows = left_out,
            "rows that contradict their paper were left out"
        );
    }
    if !goes_on(store, municipality, run).await? {
        return Ok(None);
    }
    let works = stream.works() as u64;
    let data_version = data.finish();
    let schools: HashMap<String, OrganisationId> =
        codes.into_iter().map(|(id, code)| (code, id)).collect();
    let computed = tokio::task::spawn_blocking(move || stream.finish()).await?;
    let mut hash = Sha256::new();
    let mut cells = Vec::with_capacity(computed.cells.len());
    for cell in computed.cells {
        hash.update(serde_json::to_vec(&cell)?);
        hash.update(b"\n");
        let Some(&organisation) = schools.get(&cell.school) else {
            continue;
        };
        let (kind, subject) = subject_of(&cell.subject);
        let label = StoredCell {
            organisation,
            kind,
            year: cell.year,
            subject,
            grade: cell.grade,
            state: state_of(cell.state),
            n: cell.n,
            first_reason: cell.first_reason.map(|reason| word(&reason)),
        };
        cells.push((label, cell));
    }
    Ok(Some(RunResult {
        engine_version: computed.engine_version,
        parameters: serde_json::to_string(&parameters)?,
        data_version,
        works,
        result_hash: hex(&hash.finalize()),
        cells,
    }))
}

/// The state as it travels.
pub fn state_of(state: State) -> CellState {
    match state {
        State::NoData => CellState::NoData,
        State::Insufficient => CellState::Insufficient,
        State::Calm => CellState::Calm,
        State::Attention => CellState::Attention,
        State::Signs => CellState::Signs,
    }
}

/// The word an enum has in JSON.
pub fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The engine's name of a subject: test works go by the subject alone; works of other procedures are other
/// assessments even in the same year and grade.
pub(crate) fn engine_subject(kind: ProcedureKind, subject: &str) -> String {
    match kind {
        ProcedureKind::Vpr => subject.to_owned(),
        other => format!("{}:{subject}", word(&other)),
    }
}

/// Kind and subject back from the engine's name.
pub(crate) fn subject_of(name: &str) -> (ProcedureKind, String) {
    let Some((kind, subject)) = name.split_once(':') else {
        return (ProcedureKind::Vpr, name.to_owned());
    };
    match serde_json::from_value(serde_json::Value::String(kind.to_owned())) {
        Ok(kind) => (kind, subject.to_owned()),
        Err(_) => (ProcedureKind::Vpr, name.to_owned()),
    }
}

/// What is known about the schools besides their works.
struct Surroundings {
    region: Region,
    /// Hash of what was read so far.
    data: SetHash,
    codes: HashMap<OrganisationId, String>,
    /// Papers by year, subject and grade as the engine knows them; years grow, as a stream wants them.
    procedures: BTreeMap<Procedure, Vec<StoredPaper>>,
}

/// Whether nobody stopped the run.
async fn goes_on(
    store: &Store,
    municipality: MunicipalityId,
    run: &Run,
) -> Result<bool, StoreError> {
    let state = store.run(municipality, run.id).await?.map(|run| run.state);
    Ok(state == Some(RunState::Running))
}

/// A hash over a set of rows that does not depend on their order: the sum of the rows' own hashes.
#[derive(Default)]
struct SetHash([u64; 4]);

impl SetHash {
    fn add(&mut self, row: &[u8]) {
        let digest = Sha256::digest(row);
        for (sum, bytes) in self.0.iter_mut().zip(digest.chunks_exact(8)) {
            let mut word = [0; 8];
            word.copy_from_slice(bytes);
            *sum = sum.wrapping_add(u64::from_le_bytes(word));
        }
    }

    fn finish(&self) -> String {
        let mut hash = Sha256::new();
        for sum in self.0 {
            hash.update(sum.to_le_bytes());
        }
        hex(&hash.finalize())
    }
}

/// State-exam results of one school in one subject.
#[derive(Default)]
struct Exam {
    /// Sum of shares of the highest score.
    sum: f64,
    n: u32,
    marked: u32,
    high: u32,
}

/// Everything the engine looks at but the works, of which state exams are read for their means.
async fn surroundings(store: &Store, municipality: MunicipalityId) -> anyhow::Result<Surroundings> {
    let organisations = store
        .organisations(municipality, &Reach::Municipality)
        .await?;
    let codes: HashMap<OrganisationId, String> = organisations
        .iter()
        .map(|organisation| (organisation.id, organisation.code.clone()))
        .collect();
    let mut region = Region::new();
    let mut data = SetHash::default();
    let papers = store.papers(municipality).await?;
    let mut exams: BTreeMap<(i32, String), HashMap<OrganisationId, Exam>> = BTreeMap::new();
    for paper in &papers {
        if paper.kind == ProcedureKind::Oge && paper.max_score > 0 {
            let means = exams
                .entry((paper.year, paper.subject.clone()))
                .or_default();
            for result in store.results(municipality, paper.id).await? {
                if let Some(score) = result.raw_score {
                    let exam = means.entry(result.organisation).or_default();
                    exam.sum += f64::from(score) / f64::from(paper.max_score);
                    exam.n += 1;
                    exam.marked += u32::from(result.mark.is_some());
                    exam.high += u32::from(result.mark.is_some_and(|mark| mark >= 4));
                }
            }
        }
    }
    for ((year, subject), means) in exams {
        // Pupils of grade 8 sit the exam a year later.
        let procedure = Procedure {
            year: year - 1,
            subject,
            grade: 8,
        };
        let held = papers.iter().any(|paper| {
            paper.kind == ProcedureKind::Vpr
                && paper.year == procedure.year
                && paper.grade == procedure.grade
                && paper.subject == procedure.subject
        });
        if !held {
            continue;
        }
        let mut means: Vec<_> = means.into_iter().collect();
        means.sort_by_key(|(organisation, _)| *organisation);
        for (organisation, exam) in means {
            if let Some(code) = codes.get(&organisation) {
                region.add_state_exam(StateExam {
                    procedure: procedure.clone(),
                    school: code.clone(),
                    mean: exam.sum / f64::from(exam.n.max(1)),
                    n: exam.n,
                    // A share of high marks over part of the pupils would be another number.
                    high: (exam.marked == exam.n).then_some(exam.high),
                })?;
            }
        }
    }
    let indices = context_indices(store, municipality, &organisations).await?;
    for mut context in store.contexts(municipality).await? {
        // The index people see is the one the run uses, with the directions of the territory.
        context.context_index = context.context_index.or_else(|| {
            indices
                .get(&(context.school.clone(), context.year))
                .copied()
        });
        data.add(format!("{context:?}").as_bytes());
        region.add_context(context)?;
    }
    for listing in store.external_listings(municipality).await? {
        data.add(format!("{listing:?}").as_bytes());
        region.add_listing(listing);
    }
    for observation in observations(store, municipality, &codes).await? {
        data.add(format!("{observation:?}").as_bytes());
        region.add_observation(observation)?;
    }
    let mut procedures: BTreeMap<Procedure, Vec<StoredPaper>> = BTreeMap::new();
    for paper in papers {
        procedures
            .entry(procedure_of(&paper))
            .or_default()
            .push(paper);
    }
    Ok(Surroundings {
        region,
        data,
        codes,
        procedures,
    })
}

/// Context index by code of the school and year.
async fn context_indices(
    store: &Store,
    municipality: MunicipalityId,
    organisations: &[Organisation],
) -> anyhow::Result<HashMap<(String, i32), f64>> {
    let finding = store.context_finding(municipality).await?;
    let factors = crate::rules::schools::context::factors(finding.as_ref())?;
    let small = organisations
        .iter()
        .map(|organisation| (organisation.id, organisation.small_school))
        .collect();
    let shares = store.context_shares(municipality).await?;
    let placed = crate::rules::schools::context::place(&shares, &factors, &small);
    Ok(organisations
        .iter()
        .flat_map(|organisation| {
            let own = placed.iter().filter(|((id, _), _)| *id == organisation.id);
            own.filter_map(|((_, year), placed)| {
                Some(((organisation.code.clone(), *year), placed.index?))
            })
            .collect::<Vec<_>>()
        })
        .collect())
}

fn procedure_of(paper: &StoredPaper) -> Procedure {
    Procedure {
        year: paper.year,
        subject: engine_subject(paper.kind, &paper.subject),
        grade: paper.grade,
    }
}

fn declare(region: &mut Region, paper: &StoredPaper) {
    let procedure = procedure_of(paper);
    let mut declared = Paper {
        items: paper.items.clone(),
        max_score: (paper.items.is_empty() && paper.max_score > 0).then_some(paper.max_score),
        cuts: paper.cuts,
        boundaries: Vec::new(),
        cuts_source: paper.cuts_source.unwrap_or(Source::Platform),
    };
    if let Err(problem) = region.set_paper(procedure.clone(), declared.clone()) {
        tracing::warn!(%problem, "scale of a paper left out of the run");
        declared.cuts = None;
        if let Err(problem) = region.set_paper(procedure, declared) {
            tracing::warn!(%problem, "paper not declared");
        }
    }
}

fn work(paper: &StoredPaper, code: &str, result: &StoredResult) -> Work {
    let filled = |text: &String| (!text.is_empty()).then(|| text.clone());
    let items = if result.items.is_empty() {
        Vec::new()
    } else {
        (0..paper.items.len())
            .map(|index| {
                let points = result.items.get(index).copied();
                points.filter(|&points| points != MISSING_ITEM)
            })
            .collect()
    };
    Work {
        year: paper.year,
        subject: engine_subject(paper.kind, &paper.subject),
        grade: paper.grade,
        school: code.to_owned(),
        class: filled(&result.class),
        pupil: filled(&result.pupil),
        booklet: result.booklet.clone(),
        items,
        raw_score: result.raw_score,
        mark: result.mark,
        register_mark: result.register_mark,
        prior_score: result.prior_score,
    }
}

/// One observation per school and work: the mean of its sheets.
async fn observations(
    store: &Store,
    municipality: MunicipalityId,
    codes: &HashMap<OrganisationId, String>,
) -> Result<Vec<Observation>, StoreError> {
    let mut sheets: BTreeMap<(OrganisationId, CellColumn<String>), (f64, u32, u32)> =
        BTreeMap::new();
    for (organisation, column, sheet) in store.observations(municipality).await? {
        let sum = sheets.entry((organisation, column)).or_default();
        sum.0 += sheet.index;
        sum.1 += sheet.critical;
        sum.2 += 1;
    }
    Ok(sheets
        .into_iter()
        .filter_map(|((organisation, column), (sum, critical, visits))| {
            Some(Observation {
                year: column.year,
                school: codes.get(&organisation)?.clone(),
                subject: Some(engine_subject(column.kind, &column.subject)),
                grade: Some(column.grade),
                index: (sum / f64::from(visits)).clamp(0.0, 1.0),
                critical_violations: critical,
                visits,
            })
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_a_procedure_survives_the_engine() {
        for kind in [
            ProcedureKind::Vpr,
            ProcedureKind::Oge,
            ProcedureKind::MunicipalDiagnostic,
        ] {
            let name = engine_subject(kind, "math");
            assert_eq!(subject_of(&name), (kind, "math".to_owned()));
        }
    }

    #[test]
    fn the_hash_of_a_set_forgets_the_order_and_nothing_else() {
        let hash = |rows: &[&str]| {
            let mut hash = SetHash::default();
            rows.iter().for_each(|row| hash.add(row.as_bytes()));
            hash.finish()
        };
        assert_eq!(hash(&["a", "b"]), hash(&["b", "a"]));
        assert_ne!(hash(&["a", "b"]), hash(&["a", "c"]));
        assert_ne!(hash(&["a", "a"]), hash(&["a"]));
    }
}
