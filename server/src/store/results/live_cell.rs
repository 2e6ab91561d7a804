//! What is going on at the cells of the heat map.

use std::collections::HashMap;

use api::id::{EventId, MunicipalityId, OrganisationId};
use api::procedures::event::EventState;
use api::procedures::procedure::ProcedureKind;
use api::results::heat_map::CellLive;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use uuid::Uuid;

use crate::store::entity::forms::submission;
use crate::store::name::{name_of, named};
use crate::store::procedures::procedure::grade;
use crate::store::{Store, StoreError, Write};

/// What is going on at a cell of the heat map.
#[derive(Clone, Debug, PartialEq)]
pub struct LiveCell {
    /// School.
    pub organisation: OrganisationId,
    /// Year of the procedure.
    pub year: i32,
    /// Kind of the procedure.
    pub kind: ProcedureKind,
    /// Subject code.
    pub subject: String,
    /// Grade level.
    pub grade: u8,
    /// What is going on.
    pub live: CellLive,
}

impl Store {
    /// What is going on at all cells of a year, for those where anything is.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn live_cells(
        &self,
        municipality: MunicipalityId,
        year: i32,
        kind: ProcedureKind,
    ) -> Result<Vec<LiveCell>, StoreError> {
        let of = Of::Year(year, kind);
        live_cells(&self.reader, municipality.0, of).await
    }

    /// What is going on at the cell of an event, if anything is.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn live_cell(
        &self,
        municipality: MunicipalityId,
        event: EventId,
    ) -> Result<Option<LiveCell>, StoreError> {
        let cells = live_cells(&self.reader, municipality.0, Of::Event(event)).await?;
        Ok(cells.into_iter().next())
    }
}

impl Write {
    /// What is going on at the cell of an event, inside this change.
    pub(in crate::store) async fn live_cell_of(
        &self,
        event: EventId,
    ) -> Result<Option<LiveCell>, StoreError> {
        let cells = live_cells(&self.transaction, self.municipality, Of::Event(event)).await?;
        Ok(cells.into_iter().next())
    }
}

/// How far one sheet of an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Sheet {
    NotOpened,
    Open,
    Submitted,
    Alert,
}

impl Sheet {
    pub(in crate::store) fn of(submission: Option<&submission::Model>) -> Self {
        submission.map_or(Sheet::NotOpened, |row| {
            Sheet::standing(row.critical, row.submitted_ms, row.revision)
        })
    }

    fn standing(critical: i32, submitted_ms: Option<i64>, revision: i64) -> Self {
        if critical > 0 {
            Sheet::Alert
        } else if submitted_ms.is_some() {
            Sheet::Submitted
        } else if revision == 0 {
            // Prepared on a tablet the evening before: nobody has begun.
            Sheet::NotOpened
        } else {
            Sheet::Open
        }
    }
}

/// An alert outlasts the submission of the sheets: somebody still has to react.
pub(in crate::store) fn state(sheets: &[Sheet]) -> EventState {
    if sheets.contains(&Sheet::Alert) {
        EventState::Alert
    } else if sheets.is_empty() || sheets.iter().all(|sheet| *sheet == Sheet::NotOpened) {
        EventState::Planned
    } else if sheets.iter().all(|sheet| *sheet == Sheet::Submitted) {
        EventState::Done
    } else {
        EventState::Running
    }
}

/// Loudest first.
fn loudness(state: EventState) -> u8 {
    match state {
        EventState::Alert => 3,
        EventState::Running => 2,
        EventState::Done => 1,
        EventState::Planned => 0,
    }
}

/// Which cells are asked for.
enum Of {
    /// Those of a year and kind where a sheet was opened.
    Year(i32, ProcedureKind),
    /// The one of an event.
    Event(EventId),
}

/// A part of an event, with its sheet if there is one.
#[derive(FromQueryResult)]
struct Part {
    event: Uuid,
    part: Option<Uuid>,
    organisation: Uuid,
    subject: String,
    grade: i32,
    year: i32,
    kind: String,
    /// Set where a sheet is expected.
    form: Option<String>,
    /// The rest is set where a sheet was opened.
    revision: Option<i64>,
    critical: Option<i32>,
    submitted_ms: Option<i64>,
    changed_ms: Option<i64>,
    overall: Option<f64>,
}

const COLUMNS: &str = "SELECT e.id AS event, a.id AS part, e.organisation_id AS organisation, e.subject AS subject, \
    e.grade AS grade, p.year AS year, p.kind AS kind, a.form_id AS form, s.revision AS revision, \
    s.critical AS critical, s.submitted_ms AS submitted_ms, s.changed_ms AS changed_ms, \
    s.overall AS overall ";

const JOINS: &str = "LEFT JOIN assignment a ON a.municipality_id = e.municipality_id AND a.event_id = e.id \
    LEFT JOIN submission s ON s.municipality_id = a.municipality_id AND s.assignment_id = a.id ";

/// One statement: it is asked with every change of a site.
async fn parts(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    of: Of,
) -> Result<Vec<Part>, StoreError> {
    let (from, place, mut values) = match of {
        Of::Year(year, kind) => (
            "FROM procedure p JOIN event e ON e.municipality_id = p.municipality_id \
             AND e.procedure_id = p.id ",
            "WHERE p.municipality_id = $1 AND p.year = $2 AND p.kind = $3 AND EXISTS (\
             SELECT 1 FROM submission o WHERE o.municipality_id = e.municipality_id \
             AND o.event_id = e.id) ",
            vec![Value::from(year), Value::from(name_of(&kind)?)],
        ),
        Of::Event(event) => (
            "FROM event own JOIN event e ON e.municipality_id = own.municipality_id \
             AND e.procedure_id = own.procedure_id AND e.organisation_id = own.organisation_id \
             AND e.subject = own.subject AND e.grade = own.grade \
             JOIN procedure p ON p.municipality_id = e.municipality_id AND p.id = e.procedure_id ",
            "WHERE own.municipality_id = $1 AND own.id = $2 ",
            vec![Value::from(event.0)],
        ),
    };
    values.insert(0, Value::from(municipality));
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        format!("{COLUMNS}{from}{JOINS}{place}"),
        values,
    );
    let mut parts = Part::find_by_statement(statement).all(connection).await?;
    // The order decides in which the indices are added up. Asked of the database it would make SQLite go through all
    // events of the municipality, which lie in this order.
    parts.sort_by_key(|part| (part.event, part.part));
    Ok(parts)
}

/// A cell being put together.
struct Gathered {
    cell: LiveCell,
    indices: Vec<f64>,
}

async fn live_cells(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    of: Of,
) -> Result<Vec<LiveCell>, StoreError> {
    let parts = parts(connection, municipality, of).await?;
    let mut places: HashMap<(Uuid, String, i32, i32, String), usize> = HashMap::new();
    let mut cells: Vec<Gathered> = Vec::new();
    for parts in parts.chunk_by(|one, other| one.event == other.event) {
        let Some(gathered) = at_event(parts)? else {
            continue;
        };
        let first = &parts[0];
        let key = (
            first.organisation,
            first.subject.clone(),
            first.grade,
            first.year,
            first.kind.clone(),
        );
        match places.get(&key) {
            None => {
                places.insert(key, cells.len());
                cells.push(gathered);
            }
            Some(place) => cells[*place].add(gathered),
        }
    }
    Ok(cells.into_iter().map(Gathered::done).collect())
}

/// One event of a cell; none when no sheet was opened there.
fn at_event(parts: &[Part]) -> Result<Option<Gathered>, StoreError> {
    let opened = || parts.iter().filter(|part| part.revision.is_some());
    let first = match opened().next() {
        Some(first) => first,
        None => return Ok(None),
    };
    // Parts with a form that were not opened yet keep an event from being done.
    let sheets: Vec<Sheet> = parts
        .iter()
        .filter_map(|part| match part.revision {
            Some(revision) => Some(Sheet::standing(
                part.critical.unwrap_or(0),
                part.submitted_ms,
                revision,
            )),
            None => part.form.as_ref().map(|_| Sheet::NotOpened),
        })
        .collect();
    let submitted = || opened().filter(|part| part.submitted_ms.is_some());
    Ok(Some(Gathered {
        cell: LiveCell {
            organisation: OrganisationId(first.organisation),
            year: first.year,
            kind: named(&first.kind)?,
            subject: first.subject.clone(),
            grade: grade(first.grade)?,
            live: CellLive {
                event: EventId(first.event),
                state: state(&sheets),
                sheets: u32::try_from(opened().count()).unwrap_or(u32::MAX),
                submitted: u32::try_from(submitted().count()).unwrap_or(u32::MAX),
                index: None,
                at_ms: opened()
                    .filter_map(|part| part.changed_ms)
                    .max()
                    .unwrap_or(0),
            },
        },
        indices: submitted().filter_map(|part| part.overall).collect(),
    }))
}

impl Gathered {
    /// Adds another event of the same cell.
    fn add(&mut self, other: Gathered) {
        let (live, more) = (&mut self.cell.live, other.cell.live);
        if loudness(more.state) > loudness(live.state) {
            live.event = more.event;
            live.state = more.state;
        }
        live.sheets += more.sheets;
        live.submitted += more.submitted;
        live.at_ms = live.at_ms.max(more.at_ms);
        self.indices.extend(other.indices);
    }

    fn done(mut self) -> LiveCell {
        if !self.indices.is_empty() {
            let sum = self.indices.iter().sum::<f64>();
            self.cell.live.index = Some(sum / self.indices.len() as f64);
        }
        self.cell
    }
}
