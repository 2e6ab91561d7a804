//! The log of one submission inside a change: read once, appended to, folded, acknowledged.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use api::id::SubmissionId;
use api::submission::{Operation, ScoreSheet, Submission, SubmissionState};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction,
    EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};
use sync::{DeviceId, OperationId, Receipt, Refusal};
use uuid::Uuid;

use super::whole;
use crate::store::case::CriticalItem;
use crate::store::entity::{form, municipality, operation, submission};
use crate::store::name::{document, named};
use crate::store::write::hex;
use crate::store::{StoreError, Write};

/// All a fold needs.
#[derive(Clone, Debug)]
pub struct FoldInput {
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
    pub operations: Vec<Operation>,
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
}

/// Municipality, id and version of a form.
type FormKey = (Uuid, String, String);

/// Documents of published forms; a published version never changes. Cheap to clone.
#[derive(Clone, Default)]
pub(in crate::store) struct FormDocuments(Arc<Mutex<HashMap<FormKey, Arc<str>>>>);

/// Documents kept; beyond this many all are read anew.
const DOCUMENTS: usize = 64;

impl FormDocuments {
    async fn get(
        &self,
        connection: &impl ConnectionTrait,
        key: &FormKey,
    ) -> Result<Option<Arc<str>>, StoreError> {
        let known = {
            let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= DOCUMENTS {
            kept.clear();
        }
        kept.insert(key.clone(), document.clone());
        Ok(Some(document))
    }
}

/// A submission and its operations, as they stand inside a change.
pub(in crate::store) struct SubmissionLog {
    row: submission::Model,
    /// In the order received.
    operations: Vec<operation::Model>,
}

impl Write {
    /// The submission with its whole log, inside this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn submission(&self, id: SubmissionId) -> Result<Submission, StoreError> {
        whole(&self.transaction, self.submission_row(id).await?).await
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
        match self.submission_log.take() {
            Some(log) if log.row.id == id.0 => Ok(log),
            _ => Ok(SubmissionLog {
                row: self.submission_row(id).await?,
                operations: held(&self.transaction, self.municipality, id.0).await?,
            }),
        }
    }

    /// Keeps the row in step after a change of it elsewhere.
    pub(super) fn keep_row(&mut self, row: submission::Model) {
        if let Some(log) = &mut self.submission_log
            && log.row.id == row.id
        {
            log.row = row;
        }
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
        let mut seen: BTreeSet<Uuid> = log.operations.iter().map(|row| row.id).collect();
        let mut added = Vec::new();
        let mut revision = log.row.revision;
        for operation in operations {
            if !seen.insert(operation.id.0) {
                continue;
            }
            revision += 1;
            added.push(operation.id);
            log.operations.push(operation::Model {
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
            });
        }
        if !added.is_empty() {
            let new = &log.operations[log.operations.len() - added.len()..];
            insert(&self.transaction, new).await?;
            let mut row = log.row.into_active_model();
            row.revision = Set(revision);
            row.changed_ms = Set(self.now_ms);
            log.row = row.update(&self.transaction).await?;
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
                for row in &mut log.operations {
                    if row.submission_id == id.0 && row.id == operation.0 {
                        row.set_aside = Some((*code).to_owned());
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
        let key = (
            self.municipality,
            log.row.form_id.clone(),
            log.row.form_version.clone(),
        );
        let missing = || StoreError::Meaning("the form of the submission is gone".into());
        let form = self
            .form_documents
            .get(&self.transaction, &key)
            .await?
            .ok_or_else(missing)?;
        let owner = municipality::Entity::find_by_id(self.municipality)
            .one(&self.transaction)
            .await?
            .ok_or_else(missing)?;
        let operations: Vec<Operation> = log
            .operations
            .iter()
            .filter(|row| row.set_aside.is_none())
            .map(travelling)
            .collect::<Result<_, _>>()?;
        let mut order: Vec<&Operation> = operations.iter().collect();
        sync::fold_order(&mut order);
        let input = FoldInput {
            form: key,
            document: form,
            opened_ms: log.row.opened_ms,
            zone_minutes: owner.zone_minutes,
            prefill: document(&log.row.prefill)?,
            operations: order.into_iter().cloned().collect(),
        };
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
            .filter(|row| row.device_id != device.0 && row.revision > signed(above))
            .map(travelling)
            .collect();
        self.submission_log = Some(log);
        others
    }
}

fn receipt(log: &SubmissionLog, device: DeviceId) -> Receipt {
    let mut rows: Vec<&operation::Model> = log
        .operations
        .iter()
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

async fn insert(
    transaction: &DatabaseTransaction,
    rows: &[operation::Model],
) -> Result<(), StoreError> {
    // 15 columns a row; SQLite takes 32,766 parameters in a statement. Only lengths that are powers of
    // two, so that every statement is prepared once.
    let mut rest = rows;
    while !rest.is_empty() {
        let length = (1_usize << rest.len().ilog2()).min(LONGEST);
        let (chunk, after) = rest.split_at(length);
        let rows = chunk
            .iter()
            .map(|row| row.clone().into_active_model().reset_all());
        operation::Entity::insert_many(rows)
            .exec_without_returning(transaction)
            .await?;
        rest = after;
    }
    Ok(())
}

/// Rows in one statement.
const LONGEST: usize = 512;

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Rows of a log, in the order received.
pub(super) async fn held(
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
pub(super) fn travelling(row: &operation::Model) -> Result<Operation, StoreError> {
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
