//! The four steps: a file is brought and checked, its problems are shown, it is confirmed whole or not at all,
//! and it can be undone whole.

use std::collections::{BTreeSet, HashMap, HashSet};

use api::id::{ImportId, OrganisationId, RunId};
use api::live::LiveChange;
use api::registry::organisation::{Cluster, Organisation, OrganisationKind};
use api::results::import::{EarlierResults, Import, ImportSchool, ImportState, ImportStored};
use objectivity::data::{ItemSpec, Source};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::check::{self, Register};
use super::problem::Fault;
use super::stage::{self, Staged, StagedRow};
use crate::auth::Reach;
use crate::store::{
    Author, MISSING_ITEM, NewImport, PupilKey, Store, StoreError, StoredPaper, StoredResult, Write,
};

/// Why a step was not taken.
#[derive(Debug, thiserror::Error)]
pub enum FlowError {
    /// No such import.
    #[error("no such import")]
    NotFound,
    /// The id belongs to another file.
    #[error("the id of the import is taken by another file")]
    IdTaken,
    /// There are errors that stop the confirmation.
    #[error("the file has {0} errors")]
    HasErrors(u32),
    /// The same file is in force already.
    #[error("the same file is imported already as {0}")]
    SameFile(ImportId),
    /// Such results are stored already, and nobody said what becomes of them.
    #[error("{0} rows of the same schools in the same works are stored already")]
    EarlierResults(u64),
    /// Pupils would count twice.
    #[error("{0} pupils are in the file and among the stored results")]
    CountedTwice(u64),
    /// Undone imports stay undone: the file is brought again instead.
    #[error("the import was undone")]
    Undone,
    /// An item has another maximum in the results stored before.
    #[error("item {code} has {stored} points in stored results and {found} in the file")]
    ItemContradicts {
        /// Item code.
        code: String,
        /// Maximum stored.
        stored: u8,
        /// Maximum in the file.
        found: u8,
    },
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopping(#[from] tokio::task::JoinError),
}

/// A file that somebody brings.
pub struct Brought {
    /// Id made by the client.
    pub id: ImportId,
    /// Name of the file.
    pub file_name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// Somebody who may confirm said that the column of classes holds classes.
    pub classes: bool,
}

/// First step: reads and checks a file and keeps it until it is confirmed. Bringing it again under the same id
/// changes nothing.
///
/// # Errors
/// `IdTaken`, or those of the store.
pub async fn bring(
    store: &Store,
    author: Author,
    brought: Brought,
    now_ms: i64,
) -> Result<Import, FlowError> {
    let Brought {
        id,
        file_name,
        bytes,
        classes,
    } = brought;
    let municipality = author.municipality;
    let content_hash = Sha256::digest(&bytes).to_vec();
    if let Some(known) = store.import_hash(municipality, id).await? {
        if known != content_hash {
            return Err(FlowError::IdTaken);
        }
        return store
            .import(municipality, id)
            .await?
            .ok_or(FlowError::NotFound);
    }
    let register = register(store, author).await?;
    let size = bytes.len() as u64;
    let (mut checked, payload) = tokio::task::spawn_blocking(move || {
        let checked = check::check(&bytes, &register, classes);
        let payload = checked
            .gathered
            .as_ref()
            .and_then(|gathered| gathered.pack(checked.kind));
        (checked, payload)
    })
    .await?;
    if let Some((_, name)) = store.confirmed_import(municipality, &content_hash).await? {
        let fault = Fault::SameFile { file_name: name };
        checked.problems.insert(0, fault.at(None, None));
        checked.problem_count += 1;
        checked.error_count += 1;
    } else {
        warn_of_stored(store, author, &mut checked).await?;
    }
    let import = Import {
        id,
        file_name,
        bytes: size,
        state: ImportState::Checked,
        person_name: String::new(),
        at_ms: now_ms,
        structure: checked.structure,
        preview: checked.preview,
        problems: checked.problems,
        problem_count: checked.problem_count,
        error_count: checked.error_count,
        row_count: checked.row_count,
        same_as: None,
    };
    let new = NewImport {
        import,
        content_hash,
        payload,
    };
    let mut write = store.write(author, now_ms).await?;
    write.add_import(&new).await?;
    let details = serde_json::json!({
        "file": new.import.file_name, "bytes": size, "rows": new.import.row_count,
        "errors": new.import.error_count, "classes_confirmed": classes,
    });
    write
        .audit("import.create", format!("import {id}"), details)
        .await?;
    write.commit().await?;
    store
        .import(municipality, id)
        .await?
        .ok_or(FlowError::NotFound)
}

/// Results of the same schools in the same works may be stored already: a corrected export would add up.
async fn warn_of_stored(
    store: &Store,
    author: Author,
    checked: &mut check::Checked,
) -> Result<(), FlowError> {
    let Some(structure) = checked.structure.clone() else {
        return Ok(());
    };
    let register = register(store, author).await?;
    let schools: HashSet<OrganisationId> = structure
        .schools
        .iter()
        .filter_map(|school| register.find(&school.code, school.name.as_deref()))
        .collect();
    let mut stored: HashMap<Uuid, u64> = HashMap::new();
    for (paper, organisation, works) in store.result_counts(author.municipality).await? {
        if schools.contains(&organisation) {
            *stored.entry(paper).or_default() += works;
        }
    }
    let schools: Vec<OrganisationId> = schools.into_iter().collect();
    let mut told = Vec::new();
    for paper in store.papers(author.municipality).await? {
        let rows = stored.get(&paper.id).copied().unwrap_or_default();
        let same = structure.works.iter().any(|work| {
            work.year == paper.year && work.subject == paper.subject && work.grade == paper.grade
        });
        if rows > 0 && same {
            let known = store
                .pupils(author.municipality, paper.id, &schools)
                .await?;
            let in_both = in_both(checked, &register, &paper, &known);
            told.push(ImportStored {
                work: super::subject::work(&paper.subject, paper.grade, paper.year),
                rows,
                in_both,
            });
        }
    }
    for stored in &told {
        let (work, rows) = (stored.work.ru.clone(), stored.rows);
        let in_both = stored.in_both;
        checked.problems.push(
            Fault::AlreadyImported {
                work,
                rows,
                in_both,
            }
            .at(None, None),
        );
        checked.problem_count += 1;
    }
    if let Some(structure) = &mut checked.structure {
        structure.stored = told;
    }
    Ok(())
}

/// Pupils of the file whose works are stored already.
fn in_both(
    checked: &check::Checked,
    register: &Register,
    paper: &StoredPaper,
    known: &[PupilKey],
) -> u64 {
    let known: HashSet<(OrganisationId, &str, &str)> = known
        .iter()
        .map(|pupil| {
            (
                pupil.organisation,
                pupil.class.as_str(),
                pupil.pupil.as_str(),
            )
        })
        .collect();
    let Some(gathered) = &checked.gathered else {
        return 0;
    };
    let names: HashMap<&str, Option<&str>> = checked
        .structure
        .iter()
        .flat_map(|structure| &structure.schools)
        .map(|school| (school.code.as_str(), school.name.as_deref()))
        .collect();
    gathered
        .pupils()
        .filter(|(year, subject, grade, school, class, pupil)| {
            *year == paper.year
                && *subject == paper.subject
                && *grade == paper.grade
                && register
                    .find(school, names.get(school).copied().flatten())
                    .is_some_and(|organisation| known.contains(&(organisation, class, pupil)))
        })
        .count() as u64
}

/// What the confirmation may do beyond storing results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Schools that the register does not know.
    pub unknown_schools: UnknownSchools,
    /// Results of the same schools in the same works; the confirmation stops when there are any and this is not said.
    pub earlier: Option<EarlierResults>,
}

/// What becomes of schools that the register does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownSchools {
    /// They stop the confirmation.
    Stop,
    /// They are added to the register.
    Add,
}

/// Last step: stores everything in one transaction and asks for a run. Repeating it changes nothing.
///
/// # Errors
/// `NotFound`, `HasErrors`, `SameFile`, `EarlierResults`, `Undone`, `ItemContradicts`, or those of the store.
pub async fn confirm(
    store: &Store,
    author: Author,
    id: ImportId,
    consent: Consent,
    now_ms: i64,
) -> Result<Import, FlowError> {
    let Consent {
        unknown_schools,
        earlier,
    } = consent;
    let municipality = author.municipality;
    let import = store
        .import(municipality, id)
        .await?
        .ok_or(FlowError::NotFound)?;
    match import.state {
        ImportState::Checked => {}
        ImportState::Confirmed => return Ok(import),
        ImportState::Undone => return Err(FlowError::Undone),
    }
    let unknown = import.structure.as_ref().map_or(0, |structure| {
        structure
            .schools
            .iter()
            .filter(|school| !school.known)
            .count() as u32
    });
    let mendable = match unknown_schools {
        UnknownSchools::Add => unknown,
        UnknownSchools::Stop => 0,
    };
    let same = store
        .import_hash(municipality, id)
        .await?
        .unwrap_or_default();
    if let Some((other, _)) = store.confirmed_import(municipality, &same).await? {
        return Err(FlowError::SameFile(other));
    }
    if import.error_count > mendable {
        return Err(FlowError::HasErrors(import.error_count - mendable));
    }
    let payload = store
        .import_payload(municipality, id)
        .await?
        .ok_or(FlowError::NotFound)?;
    let register = register(store, author).await?;
    let (staged, mut register) = tokio::task::spawn_blocking(move || {
        let staged = stage::unpack(&payload, &register);
        (staged, register)
    })
    .await?;
    let staged = staged.ok_or(FlowError::NotFound)?;

    let mut write = store.write(author, now_ms).await?;
    // Somebody else may have confirmed meanwhile; the writer's lock makes this reading the last word.
    match write.import(id).await?.map(|import| import.state) {
        Some(ImportState::Checked) => {}
        Some(ImportState::Confirmed) => {
            drop(write);
            return store
                .import(municipality, id)
                .await?
                .ok_or(FlowError::NotFound);
        }
        Some(ImportState::Undone) => return Err(FlowError::Undone),
        None => return Err(FlowError::NotFound),
    }
    let mut grades: HashMap<&str, BTreeSet<u8>> = HashMap::new();
    for row in &staged.rows {
        grades.entry(&row.school).or_default().insert(row.work.2);
    }
    for school in staged.schools.iter().filter(|school| !school.known) {
        if register
            .find(&school.code, school.name.as_deref())
            .is_some()
        {
            continue;
        }
        if unknown_schools == UnknownSchools::Stop {
            return Err(FlowError::HasErrors(1));
        }
        let grades = grades.get(school.code.as_str()).cloned();
        let new = new_school(school, grades.unwrap_or_default());
        write.put_organisation(&new).await?;
        register.add(&new.code, new.id);
    }
    let (rows, replaced) = store_rows(&mut write, id, &staged, &register, earlier).await?;
    write
        .set_import_state(id, ImportState::Confirmed, rows)
        .await?;
    let details =
        serde_json::json!({ "rows": rows, "schools_added": mendable, "rows_replaced": replaced });
    write
        .audit("import.confirm", format!("import {id}"), details)
        .await?;
    write
        .announce(None, None, &LiveChange::Import { import: id })
        .await?;
    write.request_run(RunId(Uuid::now_v7()), "import").await?;
    write.commit().await?;
    store
        .import(municipality, id)
        .await?
        .ok_or(FlowError::NotFound)
}

/// Takes an import back whole and asks for a run. Repeating it changes nothing.
///
/// # Errors
/// `NotFound`, or those of the store.
pub async fn undo(
    store: &Store,
    author: Author,
    id: ImportId,
    now_ms: i64,
) -> Result<Import, FlowError> {
    let mut write = store.write(author, now_ms).await?;
    match write.import(id).await?.map(|import| import.state) {
        None => return Err(FlowError::NotFound),
        Some(ImportState::Undone) => {}
        // A checked import has stored nothing yet: undoing it forgets the kept file.
        Some(state) => {
            let rows = write.remove_results(id).await?;
            write.set_import_state(id, ImportState::Undone, 0).await?;
            let details = serde_json::json!({ "rows": rows });
            write
                .audit("import.undo", format!("import {id}"), details)
                .await?;
            write
                .announce(None, None, &LiveChange::Import { import: id })
                .await?;
            if state == ImportState::Confirmed {
                write.request_run(RunId(Uuid::now_v7()), "undo").await?;
            }
            write.commit().await?;
        }
    }
    store
        .import(author.municipality, id)
        .await?
        .ok_or(FlowError::NotFound)
}

async fn register(store: &Store, author: Author) -> Result<Register, StoreError> {
    let organisations = store
        .organisations(author.municipality, &Reach::Municipality)
        .await?;
    Ok(Register::new(&organisations))
}

/// A school that the register did not know: what the file tells, and the rest to be filled in later.
fn new_school(school: &ImportSchool, grades: BTreeSet<u8>) -> Organisation {
    let name = school.name.clone().unwrap_or_else(|| school.code.clone());
    let kind = match grades.last() {
        Some(..=4) => OrganisationKind::PrimarySchool,
        Some(..=9) => OrganisationKind::BasicSchool,
        _ => OrganisationKind::SecondarySchool,
    };
    Organisation {
        id: OrganisationId(Uuid::now_v7()),
        code: school.code.clone(),
        short_name: name.clone(),
        name,
        kind,
        cluster: Cluster::Rural,
        grades: grades.into_iter().collect(),
        small_school: false,
        rural: true,
        pupils: school.rows,
        capacity: None,
        settlement: String::new(),
        place: None,
        parent: None,
        history: Vec::new(),
    }
}

/// Stores all rows, work by work; papers are made or completed on the way. Returns the rows stored and the earlier
/// rows whose place they took.
async fn store_rows(
    write: &mut Write,
    id: ImportId,
    staged: &Staged,
    register: &Register,
    earlier: Option<EarlierResults>,
) -> Result<(u32, u64), FlowError> {
    let mut known = write.papers().await?;
    let mut stored = 0_u32;
    let mut overlapping = 0_u64;
    let mut replaced = 0_u64;
    let mut twice = 0_u64;
    let schools: HashMap<&str, OrganisationId> = staged
        .schools
        .iter()
        .filter_map(|school| {
            let id = register.find(&school.code, school.name.as_deref())?;
            Some((school.code.as_str(), id))
        })
        .collect();
    let mut by_work: HashMap<(i32, &str, u8), Vec<&StagedRow>> = HashMap::new();
    for row in &staged.rows {
        let (year, subject, grade) = &row.work;
        by_work
            .entry((*year, subject, *grade))
            .or_default()
            .push(row);
    }
    for work in &staged.works {
        let procedure = &work.procedure;
        let kind = check::kind_of(staged.kind, procedure.grade);
        let (cuts, source) = work.cuts(None);
        let place = known.iter().position(|paper| {
            paper.kind == kind
                && paper.year == procedure.year
                && paper.subject == procedure.subject
                && paper.grade == procedure.grade
        });
        let paper = match place {
            Some(place) => {
                let paper = &mut known[place];
                complete(
                    paper,
                    &work.items(),
                    work.max_score(),
                    cuts.map(|cuts| (cuts, source)),
                )?;
                write.update_paper(paper).await?;
                paper.clone()
            }
            None => {
                let paper = StoredPaper {
                    id: Uuid::now_v7(),
                    procedure: write.procedure_for(kind, procedure.year).await?,
                    kind,
                    year: procedure.year,
                    subject: procedure.subject.clone(),
                    grade: procedure.grade,
                    items: work.items(),
                    max_score: work.max_score(),
                    cuts,
                    cuts_source: cuts.map(|_| source),
                };
                write.add_paper(&paper).await?;
                known.push(paper.clone());
                paper
            }
        };
        let places: Vec<Vec<Option<usize>>> = staged
            .tables
            .iter()
            .map(|table| {
                let place =
                    |item: &ItemSpec| table.iter().position(|other| other.code == item.code);
                paper.items.iter().map(place).collect()
            })
            .collect();
        let key = (procedure.year, procedure.subject.as_str(), procedure.grade);
        let rows: Vec<StoredResult> = by_work
            .remove(&key)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|row| {
                let places = places.get(row.table)?;
                Some(result(row, *schools.get(row.school.as_str())?, places))
            })
            .collect();
        if place.is_some() {
            let touched: BTreeSet<OrganisationId> =
                rows.iter().map(|row| row.organisation).collect();
            let touched: Vec<OrganisationId> = touched.into_iter().collect();
            match earlier {
                Some(EarlierResults::Keep) => {
                    twice += write
                        .pupils_in_force(paper.id, &touched, &rows)
                        .await?
                        .len() as u64;
                }
                Some(EarlierResults::Latest) => {
                    replaced += write
                        .supersede_pupils(id, paper.id, &touched, &rows)
                        .await?;
                }
                Some(EarlierResults::Replace) => {
                    replaced += write.supersede(id, paper.id, &touched).await?;
                }
                None => overlapping += write.rows_in_force(paper.id, &touched).await?,
            }
        }
        write.add_results(id, paper.id, &rows).await?;
        stored = stored.saturating_add(rows.len() as u32);
    }
    // The transaction ends here, so that nothing of the above stays.
    if overlapping > 0 {
        return Err(FlowError::EarlierResults(overlapping));
    }
    if twice > 0 {
        return Err(FlowError::CountedTwice(twice));
    }
    Ok((stored, replaced))
}

/// Adds what a further file knows of a paper: items at the end, a higher maximum, a scale where none was known.
fn complete(
    paper: &mut StoredPaper,
    items: &[ItemSpec],
    max_score: u16,
    scale: Option<([u16; 3], Source)>,
) -> Result<(), FlowError> {
    for item in items {
        match paper.items.iter_mut().find(|known| known.code == item.code) {
            Some(known) if known.max != item.max => {
                return Err(FlowError::ItemContradicts {
                    code: item.code.clone(),
                    stored: known.max,
                    found: item.max,
                });
            }
            Some(known) => known.difficulty = known.difficulty.or(item.difficulty),
            None => paper.items.push(item.clone()),
        }
    }
    let sum: u16 = paper.items.iter().map(|item| u16::from(item.max)).sum();
    paper.max_score = if sum > 0 {
        sum
    } else {
        paper.max_score.max(max_score)
    };
    if paper.cuts.is_none()
        && let Some((cuts, source)) = scale
    {
        paper.cuts = Some(cuts);
        paper.cuts_source = Some(source);
    }
    Ok(())
}

fn result(row: &StagedRow, organisation: OrganisationId, places: &[Option<usize>]) -> StoredResult {
    let work = &row.result;
    let mut items: Vec<u8> = places
        .iter()
        .map(|place| {
            place
                .and_then(|place| work.items.get(place).copied().flatten())
                .unwrap_or(MISSING_ITEM)
        })
        .collect();
    if items.iter().all(|&points| points == MISSING_ITEM) {
        items.clear();
    }
    let answered = items.iter().filter(|&&points| points != MISSING_ITEM);
    let sum: u16 = answered.map(|&points| u16::from(points)).sum();
    StoredResult {
        row: row.line,
        organisation,
        class: work.class.clone().unwrap_or_default(),
        pupil: work.pupil.clone().unwrap_or_default(),
        booklet: work.booklet.clone(),
        raw_score: work.raw_score.or((!items.is_empty()).then_some(sum)),
        items,
        mark: work.mark,
        register_mark: work.register_mark,
        prior_score: work.prior_score,
    }
}
