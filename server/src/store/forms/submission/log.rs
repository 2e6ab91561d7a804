//! The log of one submission inside a change: read once, appended to, folded, acknowledged.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use api::forms::submission::{Operation, ScoreSheet, Submission, SubmissionState};
use api::id::{MunicipalityId, SubmissionId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ActiveValue::Unchanged, ColumnTrait, ConnectionTrait,
    EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};
use sync::{DeviceId, OperationId, Receipt, Refusal};
use uuid::Uuid;

use super::kept::HeldOperation;
use super::whole;
use crate::hex::hex;
use crate::store::entity::forms::{form, operation, submission};
use crate::store::entity::registry::municipality;
use crate::store::management::case::CriticalItem;
use crate::store::name::{document, named};
use crate::store::rows;
use crate::store::transaction::Transaction;
use crate::store::{Store, StoreError, Write};

/// All a fold needs.
#[derive(Clone, Debug)]
pub struct FoldInput {
    /// Municipality and submission: the key of a fold that is kept.
    pub submission: (Uuid, Uuid),
    /// Municipality, form and version: the key of a cached form.
    pub form: FormKey,
    /// The form's document.
    pub document: Arc<str>,
    /// When it was opened, ms.
    pub opened_ms: i64,
    /// Minutes east of UTC at the school.
    pub zone_minutes: i32,
    /// Known before filling.
    pub prefill: BTreeMap<String, String>,
    /// All operations that are not set aside, in the order of folding.
    pub operations: Vec<Arc<Operation>>,
}

/// What a fold came to.
#[derive(Clone, Debug)]
pub struct Folded {
    /// Result by the form's rules.
    pub sheet: ScoreSheet,
    /// Names of required questions without an answer.
    pub open: Vec<String>,
    /// Operations that do not fit the form, with their codes.
    pub refused: Vec<(OperationId, &'static str)>,
    /// Critical items answered as a violation, worded as in the form.
    pub critical: Vec<CriticalItem>,
    /// All items answered as a violation, in the order of the form.
    pub remarks: Vec<CriticalItem>,
}

/// Municipality, id and version of a form.
type FormKey = (Uuid, String, String);

/// Documents of published forms, and zones of municipalities: neither ever changes. Cheap to clone.
#[derive(Clone, Default)]
pub(in crate::store) struct FormDocuments {
    documents: Arc<Mutex<HashMap<FormKey, Arc<str>>>>,
    zones: Arc<Mutex<HashMap<Uuid, i32>>>,
}

/// Documents kept; beyond this many all are read anew.
const DOCUMENTS: usize = 64;

impl FormDocuments {
    async fn get(
        &self,
        connection: &impl ConnectionTrait,
        key: &FormKey,
    ) -> Result<Option<Arc<str>>, StoreError> {
        let known = {
            let kept = lock(&self.documents);
            kept.get(key).cloned()
        };
        if known.is_some() {
            return Ok(known);
        }
        let Some(row) = form::Entity::find_by_id(key.clone())
            .one(connection)
            .await?
        else {
            return Ok(None);
        };
        let document: Arc<str> = row.document.into();
        let mut kept = lock(&self.documents);
        if kept.len() >= DOCUMENTS {
            kept.clear();
        }
        kept.insert(key.clone(), document.clone());
        Ok(Some(document))
    }

    /// Minutes east of UTC at the schools of a municipality.
    pub(in crate::store) async fn zone(
        &self,
        connection: &impl ConnectionTrait,
        municipality: Uuid,
    ) -> Result<Option<i32>, StoreError> {
        let known = lock(&self.zones).get(&municipality).copied();
        if known.is_some() {
            return Ok(known);
        }
        let row = municipality::Entity::find_by_id(municipality)
            .one(connection)
            .await?;
        let zone = row.map(|row| row.zone_minutes);
        if let Some(zone) = zone {
            lock(&self.zones).insert(municipality, zone);
        }
        Ok(zone)
    }
}

fn lock<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A submission and its operations, as they stand inside a change.
pub(in crate::store) struct SubmissionLog {
    pub(super) row: submission::Model,
    /// In the order received.
    pub(super) operations: Vec<HeldOperation>,
    pub(super) stored: StoredRow,
}

/// What the database has of a row that a change holds. The rest is written with the figures of the fold, or before the
/// commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoredRow {
    /// All of it.
    Whole,
    /// All but the newest revision.
    Behind,
    /// Nothing: the submission was opened in this change.
    Absent,
}

impl Write {
    /// The submission with its whole log, inside this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn submission(&mut self, id: SubmissionId) -> Result<Submission, StoreError> {
        let log = self.take_log(id).await?;
        let rows = log.operations.iter().map(|held| held.row.clone()).collect();
        let row = log.row.clone();
        self.submission_log = Some(log);
        whole(&self.transaction, row, rows).await
    }

    /// Where a submission stands and which revision it has.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn standing(
        &mut self,
        id: SubmissionId,
    ) -> Result<(SubmissionState, u64), StoreError> {
        let log = self.take_log(id).await?;
        let standing = (named(&log.row.state)?, log.row.revision.unsigned_abs());
        self.submission_log = Some(log);
        Ok(standing)
    }

    /// Version of the form that a submission is filled by.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn form_version(&mut self, id: SubmissionId) -> Result<String, StoreError> {
        let log = self.take_log(id).await?;
        let version = log.row.form_version.clone();
        self.submission_log = Some(log);
        Ok(version)
    }

    pub(super) async fn submission_row(
        &self,
        id: SubmissionId,
    ) -> Result<submission::Model, StoreError> {
        submission::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .ok_or_else(|| StoreError::Meaning("the submission is gone".into()))
    }

    /// The log, read at most once in a change. The caller puts it back.
    async fn take_log(&mut self, id: SubmissionId) -> Result<SubmissionLog, StoreError> {
        if let Some(log) = self.submission_log.take() {
            if log.row.id == id.0 {
                return Ok(log);
            }
            self.submission_log = Some(log);
            self.write_row().await?;
        }
        let row = self.submission_row(id).await?;
        let kept = self.kept_logs.take(self.municipality, id.0, row.revision);
        let operations = match kept {
            Some(operations) => operations,
            None if row.revision == 0 => Vec::new(),
            None => {
                let rows = held(&self.transaction, self.municipality, id.0).await?;
                rows.into_iter()
                    .map(HeldOperation::new)
                    .collect::<Result<_, _>>()?
            }
        };
        Ok(SubmissionLog {
            row,
            operations,
            stored: StoredRow::Whole,
        })
    }

    /// Writes the row of the submission when it is not there or does not have its newest revision yet.
    ///
    /// # Errors
    /// Those of the database.
    pub(in crate::store) async fn write_row(&mut self) -> Result<(), StoreError> {
        if let Some(log) = &mut self.submission_log {
            write_row(&self.transaction, log).await?;
        }
        Ok(())
    }

    /// The row, read at most once in a change; [`Write::keep_row`] keeps it in step.
    pub(in crate::store) async fn known_row(
        &mut self,
        id: SubmissionId,
    ) -> Result<submission::Model, StoreError> {
        Ok(self.known_stored(id).await?.0)
    }

    /// The row, and what the database has of it.
    pub(super) async fn known_stored(
        &mut self,
        id: SubmissionId,
    ) -> Result<(submission::Model, StoredRow), StoreError> {
        let log = self.take_log(id).await?;
        let known = (log.row.clone(), log.stored);
        self.submission_log = Some(log);
        Ok(known)
    }

    /// Keeps the row in step after it was written.
    pub(super) fn keep_row(&mut self, row: submission::Model) {
        if let Some(log) = &mut self.submission_log
            && log.row.id == row.id
        {
            log.row = row;
            log.stored = StoredRow::Whole;
        }
    }

    /// A submission that was opened just now has no operations yet, and no row.
    pub(super) fn begin_log(&mut self, row: submission::Model) {
        self.submission_log = Some(SubmissionLog {
            row,
            operations: Vec::new(),
            stored: StoredRow::Absent,
        });
    }

    /// Appends operations that are not held yet; returns the new ones. Nothing is refused: those that
    /// cannot be folded are kept with a code.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn append(
        &mut self,
        id: SubmissionId,
        operations: &[Operation],
        set_aside: impl Fn(&Operation) -> Option<&'static str>,
    ) -> Result<Vec<OperationId>, StoreError> {
        let mut log = self.take_log(id).await?;
        let mut seen: BTreeSet<Uuid> = log.operations.iter().map(|held| held.row.id).collect();
        let mut added = Vec::new();
        let mut revision = log.row.revision;
        for operation in operations {
            if !seen.insert(operation.id.0) {
                continue;
            }
            revision += 1;
            added.push(operation.id);
            let row = operation::Model {
                municipality_id: self.municipality,
                submission_id: id.0,
                id: operation.id.0,
                device_id: operation.device.0,
                sequence: signed(operation.sequence),
                revision,
                person_id: self.person.unwrap_or_default(),
                received_ms: self.now_ms,
                base_revision: signed(operation.base_revision),
                at_ms: operation.at_ms,
                zone_minutes: i32::from(operation.zone_minutes),
                form_version: operation.form_version.clone(),
                change: serde_json::to_string(&operation.change)?,
                set_aside: set_aside(operation).map(str::to_owned),
                correction: log.row.submitted_ms.is_some(),
            };
            log.operations.push(HeldOperation {
                row,
                operation: Arc::new(operation.clone()),
            });
        }
        if !added.is_empty() {
            // Operations belong to a row that is there.
            if log.stored == StoredRow::Absent {
                write_row(&self.transaction, &mut log).await?;
            }
            let new = &log.operations[log.operations.len() - added.len()..];
            let new = new.iter().map(|held| held.row.clone()).collect();
            rows::insert::<operation::Entity>(&self.transaction, new).await?;
            log.row.revision = revision;
            log.row.changed_ms = self.now_ms;
            log.stored = StoredRow::Behind;
        }
        self.submission_log = Some(log);
        Ok(added)
    }

    /// Notes why operations do not fit the form.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_aside(
        &mut self,
        id: SubmissionId,
        refused: &[(OperationId, &'static str)],
    ) -> Result<(), StoreError> {
        for (operation, code) in refused {
            operation::ActiveModel {
                municipality_id: Set(self.municipality),
                submission_id: Set(id.0),
                id: Set(operation.0),
                set_aside: Set(Some((*code).to_owned())),
                ..Default::default()
            }
            .update(&self.transaction)
            .await?;
            if let Some(log) = &mut self.submission_log {
                for held in &mut log.operations {
                    if held.row.submission_id == id.0 && held.row.id == operation.0 {
                        held.row.set_aside = Some((*code).to_owned());
                    }
                }
            }
        }
        Ok(())
    }

    /// What a fold of this submission needs.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn fold_input(&mut self, id: SubmissionId) -> Result<FoldInput, StoreError> {
        let log = self.take_log(id).await?;
        let input = input(&self.transaction, &self.form_documents, &log).await?;
        self.submission_log = Some(log);
        Ok(input)
    }

    /// What is held of one device, after this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn receipt(
        &mut self,
        id: SubmissionId,
        device: DeviceId,
    ) -> Result<Receipt, StoreError> {
        let log = self.take_log(id).await?;
        let receipt = receipt(&log, device);
        self.submission_log = Some(log);
        Ok(receipt)
    }

    /// Operations of other devices above a revision, in the order received.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn operations_of_others(
        &mut self,
        id: SubmissionId,
        device: DeviceId,
        above: u64,
    ) -> Result<Vec<Operation>, StoreError> {
        let log = self.take_log(id).await?;
        let others = log
            .operations
            .iter()
            .filter(|held| held.row.device_id != device.0 && held.row.revision > signed(above))
            .map(|held| Operation::clone(&held.operation))
            .collect();
        self.submission_log = Some(log);
        Ok(others)
    }
}

async fn write_row(transaction: &Transaction, log: &mut SubmissionLog) -> Result<(), StoreError> {
    match log.stored {
        StoredRow::Whole => return Ok(()),
        StoredRow::Behind => {
            let row = submission::ActiveModel {
                municipality_id: Unchanged(log.row.municipality_id),
                id: Unchanged(log.row.id),
                revision: Set(log.row.revision),
                changed_ms: Set(log.row.changed_ms),
                ..Default::default()
            };
            row.update(transaction).await?;
        }
        StoredRow::Absent => {
            let row = log.row.clone().into_active_model().reset_all();
            row.insert(transaction).await?;
        }
    }
    log.stored = StoredRow::Whole;
    Ok(())
}

impl Store {
    /// What a fold of a submission needs, read without a change; none when there is no such submission.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn kept_input(
        &self,
        municipality: MunicipalityId,
        id: SubmissionId,
    ) -> Result<Option<FoldInput>, StoreError> {
        let connection = &self.reader;
        let Some(row) = submission::Entity::find_by_id((municipality.0, id.0))
            .one(connection)
            .await?
        else {
            return Ok(None);
        };
        let log = log_of(connection, row).await?;
        input(connection, &self.form_documents, &log)
            .await
            .map(Some)
    }
}

/// What a fold of a submission needs, read outside of a change.
pub(in crate::store) async fn fold_input(
    connection: &impl ConnectionTrait,
    documents: &FormDocuments,
    municipality: Uuid,
    id: SubmissionId,
) -> Result<FoldInput, StoreError> {
    let row = submission::Entity::find_by_id((municipality, id.0))
        .one(connection)
        .await?
        .ok_or_else(|| StoreError::Meaning("the submission is gone".into()))?;
    let log = log_of(connection, row).await?;
    input(connection, documents, &log).await
}

async fn log_of(
    connection: &impl ConnectionTrait,
    row: submission::Model,
) -> Result<SubmissionLog, StoreError> {
    let rows = held(connection, row.municipality_id, row.id).await?;
    let held = rows.into_iter().map(HeldOperation::new);
    Ok(SubmissionLog {
        row,
        operations: held.collect::<Result<_, _>>()?,
        stored: StoredRow::Whole,
    })
}

async fn input(
    connection: &impl ConnectionTrait,
    documents: &FormDocuments,
    log: &SubmissionLog,
) -> Result<FoldInput, StoreError> {
    let key = (
        log.row.municipality_id,
        log.row.form_id.clone(),
        log.row.form_version.clone(),
    );
    let missing = || StoreError::Meaning("the form of the submission is gone".into());
    let form = documents.get(connection, &key).await?.ok_or_else(missing)?;
    let zone_minutes = documents
        .zone(connection, log.row.municipality_id)
        .await?
        .ok_or_else(missing)?;
    let mut operations: Vec<Arc<Operation>> = log
        .operations
        .iter()
        .filter(|held| held.row.set_aside.is_none())
        .map(|held| held.operation.clone())
        .collect();
    sync::fold_order(&mut operations);
    Ok(FoldInput {
        submission: (log.row.municipality_id, log.row.id),
        form: key,
        document: form,
        opened_ms: log.row.opened_ms,
        zone_minutes,
        prefill: document(&log.row.prefill)?,
        operations,
    })
}

fn receipt(log: &SubmissionLog, device: DeviceId) -> Receipt {
    let mut rows: Vec<&operation::Model> = log
        .operations
        .iter()
        .map(|held| &held.row)
        .filter(|row| row.device_id == device.0)
        .collect();
    rows.sort_unstable_by_key(|row| (row.sequence, row.id));
    let mut through = 0;
    let mut hash = Sha256::new();
    for row in &rows {
        if row.sequence != through + 1 {
            // A second operation under a sequence that is held: the hashes differ, so the device
            // keeps its log.
            if row.sequence == through && through > 0 {
                hash.update(row.id.as_bytes());
                continue;
            }
            break;
        }
        through += 1;
        hash.update(row.id.as_bytes());
    }
    Receipt {
        submission: sync::SubmissionId(log.row.id),
        device,
        through: through.unsigned_abs(),
        hash: hex(&hash.finalize()),
        revision: log.row.revision.unsigned_abs(),
        set_aside: rows
            .iter()
            .filter_map(|row| {
                Some(Refusal {
                    operation: OperationId(row.id),
                    code: row.set_aside.clone()?,
                })
            })
            .collect(),
    }
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Rows of a log, in the order received.
pub(in crate::store) async fn held(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    submission: Uuid,
) -> Result<Vec<operation::Model>, StoreError> {
    Ok(operation::Entity::find()
        .filter(operation::Column::MunicipalityId.eq(municipality))
        .filter(operation::Column::SubmissionId.eq(submission))
        .order_by_asc(operation::Column::Revision)
        .all(connection)
        .await?)
}

/// An operation as it travels.
pub(in crate::store) fn travelling(row: &operation::Model) -> Result<Operation, StoreError> {
    Ok(Operation {
        id: OperationId(row.id),
        device: DeviceId(row.device_id),
        sequence: row.sequence.unsigned_abs(),
        submission: sync::SubmissionId(row.submission_id),
        base_revision: row.base_revision.unsigned_abs(),
        at_ms: row.at_ms,
        zone_minutes: i16::try_from(row.zone_minutes).unwrap_or(0),
        form_version: row.form_version.clone(),
        change: document(&row.change)?,
    })
}
