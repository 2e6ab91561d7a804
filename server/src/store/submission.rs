//! Filled forms as logs of operations.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use api::heat_map::CellLive;
use api::id::{
    AssignmentId, CampaignId, EventId, MunicipalityId, OrganisationId, PersonId, SubmissionId,
};
use api::live::LiveChange;
use api::submission::{
    Author as OperationAuthor, OpenSubmission, Operation, ScoreSheet, Submission,
    SubmissionHeading, SubmissionLabel, SubmissionState, SubmissionSubject,
};
use api::text::Text;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};
use sync::{DeviceId, OperationId, Receipt, Refusal};
use uuid::Uuid;

use super::entity::{
    assignment, campaign, campaign_school, event, form, municipality, operation, organisation,
    person, submission, submission_score,
};
use super::name::{document, name_of, named};
use super::organisation::count;
use super::write::hex;
use super::{Store, StoreError, Write};
use crate::auth::Place;
use crate::import::subject;

/// What a submission is about, for deciding who may see and change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubmissionPlace {
    /// Id.
    pub id: SubmissionId,
    /// Where it lies.
    pub place: Place,
    /// The person whose sheet it is, for an assignment.
    pub observer: Option<PersonId>,
    /// Where it stands.
    pub state: SubmissionState,
}

/// All a fold needs.
#[derive(Clone, Debug)]
pub struct FoldInput {
    /// Municipality, form and version: the key of a cached form.
    pub form: (Uuid, String, String),
    /// The form's document.
    pub document: String,
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
}

impl Store {
    /// Where a submission lies, if it exists.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn submission_place(
        &self,
        municipality: MunicipalityId,
        id: SubmissionId,
    ) -> Result<Option<SubmissionPlace>, StoreError> {
        match submission::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
        {
            Some(row) => place(&self.reader, &row).await.map(Some),
            None => Ok(None),
        }
    }

    /// Where the subject of a submission to be opened lies, whose it is, and which submission it has.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn subject_place(
        &self,
        municipality: MunicipalityId,
        subject: &SubmissionSubject,
    ) -> Result<Option<(Place, Option<PersonId>)>, StoreError> {
        match subject {
            SubmissionSubject::Assignment { assignment: id } => {
                let Some(part) = assignment::Entity::find_by_id((municipality.0, id.0))
                    .one(&self.reader)
                    .await?
                    .filter(|part| part.form_id.is_some())
                else {
                    return Ok(None);
                };
                let event = event::Entity::find_by_id((municipality.0, part.event_id))
                    .one(&self.reader)
                    .await?;
                Ok(event.map(|event| {
                    (
                        Place::event(OrganisationId(event.organisation_id), EventId(event.id)),
                        Some(PersonId(part.person_id)),
                    )
                }))
            }
            SubmissionSubject::Campaign {
                campaign,
                organisation,
            } => {
                let key = (municipality.0, campaign.0, organisation.0);
                Ok(campaign_school::Entity::find_by_id(key)
                    .one(&self.reader)
                    .await?
                    .map(|_| (Place::organisation(*organisation), None)))
            }
        }
    }

    /// A submission with its whole log.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn submission(
        &self,
        municipality: MunicipalityId,
        id: SubmissionId,
    ) -> Result<Option<Submission>, StoreError> {
        match submission::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
        {
            Some(row) => whole(&self.reader, row).await.map(Some),
            None => Ok(None),
        }
    }

    /// What a fold of a submission needs, outside of a change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn fold_input(
        &self,
        municipality: MunicipalityId,
        id: SubmissionId,
    ) -> Result<Option<FoldInput>, StoreError> {
        match submission::Entity::find_by_id((municipality.0, id.0))
            .one(&self.reader)
            .await?
        {
            Some(row) => fold_input(&self.reader, row).await.map(Some),
            None => Ok(None),
        }
    }

    /// Submissions for which `visible` says yes, last changed first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn submissions(
        &self,
        municipality: MunicipalityId,
        visible: impl Fn(&SubmissionPlace) -> bool,
    ) -> Result<Vec<SubmissionLabel>, StoreError> {
        let rows = submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(submission::Column::ChangedMs)
            .order_by_asc(submission::Column::Id)
            .all(&self.reader)
            .await?;
        let observers: HashMap<Uuid, Uuid> = assignment::Entity::find()
            .filter(assignment::Column::MunicipalityId.eq(municipality.0))
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|part| (part.id, part.person_id))
            .collect();
        let mut headings = Headings::default();
        let mut labels = Vec::new();
        for row in rows {
            let observer = row
                .assignment_id
                .and_then(|id| observers.get(&id).copied())
                .map(PersonId);
            if !visible(&placed(&row, observer)?) {
                continue;
            }
            labels.push(SubmissionLabel {
                id: SubmissionId(row.id),
                form: [row.form_id.clone(), row.form_version.clone()],
                heading: headings.of(&self.reader, &row).await?,
                state: named(&row.state)?,
                submitted_ms: row.submitted_ms,
            });
        }
        Ok(labels)
    }
}

impl Write {
    /// Opens a submission; when the subject has one, that one is left as it is. The caller has checked
    /// the subject.
    ///
    /// # Errors
    /// `Duplicate` when the id is in use for another subject, `Dangling` for an unknown subject.
    pub async fn open_submission(
        &mut self,
        new: &OpenSubmission,
    ) -> Result<(SubmissionId, bool), StoreError> {
        if let Some(known) = of_subject(&self.transaction, self.municipality, &new.subject).await? {
            return Ok((SubmissionId(known.id), false));
        }
        let missing = || StoreError::Meaning("the subject of the submission is gone".into());
        let connection = &self.transaction;
        let mut prefill = BTreeMap::new();
        let (assignment_id, event_id, campaign_id, organisation_id, form) = match &new.subject {
            SubmissionSubject::Assignment { assignment: id } => {
                let part = assignment::Entity::find_by_id((self.municipality, id.0))
                    .one(connection)
                    .await?
                    .ok_or_else(missing)?;
                let event = event::Entity::find_by_id((self.municipality, part.event_id))
                    .one(connection)
                    .await?
                    .ok_or_else(missing)?;
                prefill.insert("event.date".to_owned(), event.date.clone());
                prefill.insert("event.start".to_owned(), event.start.clone());
                prefill.insert("event.room".to_owned(), event.room.clone());
                prefill.insert(
                    "event.class".to_owned(),
                    format!("{}{}", event.grade, event.class),
                );
                prefill.insert("event.subject".to_owned(), subject::name(&event.subject).ru);
                prefill.insert(
                    "event.duration_minutes".to_owned(),
                    event.duration_minutes.to_string(),
                );
                let form = part.form_id.zip(part.form_version).ok_or_else(missing)?;
                (
                    Some(part.id),
                    Some(event.id),
                    None,
                    event.organisation_id,
                    form,
                )
            }
            SubmissionSubject::Campaign {
                campaign: id,
                organisation,
            } => {
                let campaign = campaign::Entity::find_by_id((self.municipality, id.0))
                    .one(connection)
                    .await?
                    .ok_or_else(missing)?;
                (
                    None,
                    None,
                    Some(campaign.id),
                    organisation.0,
                    (campaign.form_id, campaign.form_version),
                )
            }
        };
        if let Some(school) = organisation::Entity::find_by_id((self.municipality, organisation_id))
            .one(connection)
            .await?
        {
            prefill.insert("organisation.name".to_owned(), school.name);
            prefill.insert("organisation.code".to_owned(), school.code);
            prefill.insert("organisation.pupils".to_owned(), school.pupils.to_string());
        }
        submission::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.id.0),
            assignment_id: Set(assignment_id),
            event_id: Set(event_id),
            campaign_id: Set(campaign_id),
            organisation_id: Set(organisation_id),
            form_id: Set(form.0),
            form_version: Set(form.1),
            state: Set(name_of(&SubmissionState::Draft)?),
            revision: Set(0),
            prefill: Set(serde_json::to_string(&prefill)?),
            opened_by: Set(self.person.unwrap_or_default()),
            opened_ms: Set(self.now_ms),
            changed_ms: Set(self.now_ms),
            submitted_ms: Set(None),
            submitted_by: Set(None),
            incomplete_reason: Set(None),
            answered: Set(0),
            answerable: Set(0),
            critical_items: Set("[]".to_owned()),
            critical: Set(0),
            overall: Set(None),
        }
        .insert(connection)
        .await?;
        Ok((new.id, true))
    }

    /// The submission with its whole log, inside this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn submission(&self, id: SubmissionId) -> Result<Submission, StoreError> {
        whole(&self.transaction, self.submission_row(id).await?).await
    }

    async fn submission_row(&self, id: SubmissionId) -> Result<submission::Model, StoreError> {
        submission::Entity::find_by_id((self.municipality, id.0))
            .one(&self.transaction)
            .await?
            .ok_or_else(|| StoreError::Meaning("the submission is gone".into()))
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
        let row = self.submission_row(id).await?;
        let held: BTreeSet<Uuid> = operation::Entity::find()
            .filter(operation::Column::MunicipalityId.eq(self.municipality))
            .filter(operation::Column::SubmissionId.eq(id.0))
            .filter(operation::Column::Id.is_in(operations.iter().map(|operation| operation.id.0)))
            .all(&self.transaction)
            .await?
            .into_iter()
            .map(|row| row.id)
            .collect();
        let mut seen = held;
        let mut added = Vec::new();
        let mut revision = row.revision;
        let mut rows = Vec::new();
        for operation in operations {
            if !seen.insert(operation.id.0) {
                continue;
            }
            revision += 1;
            added.push(operation.id);
            rows.push(operation::ActiveModel {
                municipality_id: Set(self.municipality),
                submission_id: Set(id.0),
                id: Set(operation.id.0),
                device_id: Set(operation.device.0),
                sequence: Set(signed(operation.sequence)),
                revision: Set(revision),
                person_id: Set(self.person.unwrap_or_default()),
                received_ms: Set(self.now_ms),
                base_revision: Set(signed(operation.base_revision)),
                at_ms: Set(operation.at_ms),
                zone_minutes: Set(i32::from(operation.zone_minutes)),
                form_version: Set(operation.form_version.clone()),
                change: Set(serde_json::to_string(&operation.change)?),
                set_aside: Set(set_aside(operation).map(str::to_owned)),
                correction: Set(row.submitted_ms.is_some()),
            });
        }
        if added.is_empty() {
            return Ok(added);
        }
        // 16 columns a row; SQLite takes 32,766 parameters in a statement.
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(1_000));
            operation::Entity::insert_many(rows)
                .exec_without_returning(&self.transaction)
                .await?;
            rows = rest;
        }
        let changed_ms = self.now_ms;
        let mut row = row.into_active_model();
        row.revision = Set(revision);
        row.changed_ms = Set(changed_ms);
        row.update(&self.transaction).await?;
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
        }
        Ok(())
    }

    /// What a fold of this submission needs.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn fold_input(&self, id: SubmissionId) -> Result<FoldInput, StoreError> {
        let row = self.submission_row(id).await?;
        fold_input(&self.transaction, row).await
    }

    /// Stores the figures of a fold and tells the listeners: the submission's readers always, the map
    /// when the site moved on. Returns where the submission stands now.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn note_fold(
        &mut self,
        id: SubmissionId,
        folded: &Folded,
        submit: Option<&api::submission::Submit>,
    ) -> Result<(), StoreError> {
        let row = self.submission_row(id).await?;
        let event = row.event_id.map(EventId);
        let organisation = OrganisationId(row.organisation_id);
        let before = match event {
            Some(event) => self.live_cell_of(event).await?.map(|cell| cell.live),
            None => None,
        };
        let was_critical: BTreeSet<String> = document(&row.critical_items)?;
        let (campaign, revision, first) =
            (row.campaign_id, row.revision, row.submitted_ms.is_none());
        let (was_answered, was_answerable) = (row.answered, row.answerable);
        let corrected = !first && submit.is_none();
        let mut row = row.into_active_model();
        row.answered = Set(count(folded.sheet.answered[0]));
        row.answerable = Set(count(folded.sheet.answered[1]));
        row.critical_items = Set(serde_json::to_string(&folded.sheet.critical)?);
        row.critical = Set(i32::try_from(folded.sheet.critical.len()).unwrap_or(i32::MAX));
        row.overall = Set(folded.sheet.overall);
        if let Some(submit) = submit {
            row.state = Set(name_of(&SubmissionState::Submitted)?);
            if first {
                row.submitted_ms = Set(Some(self.now_ms));
                row.submitted_by = Set(self.person);
                row.incomplete_reason = Set(submit.incomplete_reason.clone());
                row.changed_ms = Set(self.now_ms);
            }
        }
        let row = row.update(&self.transaction).await?;
        if (submit.is_some() && first) || corrected {
            self.add_score(id, revision, &folded.sheet).await?;
        }
        self.announce(
            Some(organisation),
            event,
            &LiveChange::Submission {
                submission: id,
                organisation,
                revision: revision.unsigned_abs(),
                state: named(&row.state)?,
            },
        )
        .await?;
        if let Some(campaign) = campaign
            && (submit.is_some()
                || (was_answered, was_answerable) != (row.answered, row.answerable))
        {
            self.announce(
                Some(organisation),
                None,
                &LiveChange::Campaign {
                    campaign: CampaignId(campaign),
                    organisation,
                },
            )
            .await?;
        }
        let critical = folded
            .sheet
            .critical
            .iter()
            .find(|name| !was_critical.contains(*name))
            .cloned();
        if let Some(event) = event {
            self.announce_site(event, before, critical).await?;
        }
        Ok(())
    }

    /// Tells the map that a site moved on, if it did.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn announce_site(
        &mut self,
        event: EventId,
        before: Option<CellLive>,
        critical: Option<String>,
    ) -> Result<(), StoreError> {
        let Some(cell) = self.live_cell_of(event).await? else {
            return Ok(());
        };
        let quiet = |live: &CellLive| CellLive {
            at_ms: 0,
            ..live.clone()
        };
        if critical.is_none() && before.is_some_and(|before| quiet(&before) == quiet(&cell.live)) {
            return Ok(());
        }
        self.announce(
            Some(cell.organisation),
            Some(event),
            &LiveChange::Site {
                organisation: cell.organisation,
                year: cell.year,
                subject: cell.subject,
                grade: cell.grade,
                event,
                live: cell.live,
                critical,
            },
        )
        .await?;
        Ok(())
    }

    async fn add_score(
        &mut self,
        id: SubmissionId,
        revision: i64,
        sheet: &ScoreSheet,
    ) -> Result<(), StoreError> {
        let last = submission_score::Entity::find()
            .filter(submission_score::Column::MunicipalityId.eq(self.municipality))
            .filter(submission_score::Column::SubmissionId.eq(id.0))
            .order_by_desc(submission_score::Column::Version)
            .one(&self.transaction)
            .await?;
        submission_score::ActiveModel {
            municipality_id: Set(self.municipality),
            submission_id: Set(id.0),
            version: Set(last.map_or(1, |last| last.version + 1)),
            revision: Set(revision),
            person_id: Set(self.person.unwrap_or_default()),
            at_ms: Set(self.now_ms),
            sheet: Set(serde_json::to_string(sheet)?),
        }
        .insert(&self.transaction)
        .await?;
        Ok(())
    }

    /// What is held of one device, after this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn receipt(&self, id: SubmissionId, device: DeviceId) -> Result<Receipt, StoreError> {
        let revision = self.submission_row(id).await?.revision.unsigned_abs();
        let rows = operation::Entity::find()
            .filter(operation::Column::MunicipalityId.eq(self.municipality))
            .filter(operation::Column::SubmissionId.eq(id.0))
            .filter(operation::Column::DeviceId.eq(device.0))
            .order_by_asc(operation::Column::Sequence)
            .order_by_asc(operation::Column::Id)
            .all(&self.transaction)
            .await?;
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
        Ok(Receipt {
            submission: sync::SubmissionId(id.0),
            device,
            through: through.unsigned_abs(),
            hash: hex(&hash.finalize()),
            revision,
            set_aside: rows
                .iter()
                .filter_map(|row| {
                    Some(Refusal {
                        operation: OperationId(row.id),
                        code: row.set_aside.clone()?,
                    })
                })
                .collect(),
        })
    }

    /// Operations of other devices above a revision, in the order received.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn operations_of_others(
        &self,
        id: SubmissionId,
        device: DeviceId,
        above: u64,
    ) -> Result<Vec<Operation>, StoreError> {
        operation::Entity::find()
            .filter(operation::Column::MunicipalityId.eq(self.municipality))
            .filter(operation::Column::SubmissionId.eq(id.0))
            .filter(operation::Column::DeviceId.ne(device.0))
            .filter(operation::Column::Revision.gt(signed(above)))
            .order_by_asc(operation::Column::Revision)
            .all(&self.transaction)
            .await?
            .into_iter()
            .map(travelling)
            .collect()
    }
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

async fn of_subject(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    subject: &SubmissionSubject,
) -> Result<Option<submission::Model>, StoreError> {
    let query =
        submission::Entity::find().filter(submission::Column::MunicipalityId.eq(municipality));
    let query = match subject {
        SubmissionSubject::Assignment { assignment } => {
            query.filter(submission::Column::AssignmentId.eq(assignment.0))
        }
        SubmissionSubject::Campaign {
            campaign,
            organisation,
        } => query
            .filter(submission::Column::CampaignId.eq(campaign.0))
            .filter(submission::Column::OrganisationId.eq(organisation.0)),
    };
    Ok(query.one(connection).await?)
}

async fn log(
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

fn travelling(row: operation::Model) -> Result<Operation, StoreError> {
    Ok(Operation {
        id: OperationId(row.id),
        device: DeviceId(row.device_id),
        sequence: row.sequence.unsigned_abs(),
        submission: sync::SubmissionId(row.submission_id),
        base_revision: row.base_revision.unsigned_abs(),
        at_ms: row.at_ms,
        zone_minutes: i16::try_from(row.zone_minutes).unwrap_or(0),
        form_version: row.form_version,
        change: document(&row.change)?,
    })
}

fn placed(
    row: &submission::Model,
    observer: Option<PersonId>,
) -> Result<SubmissionPlace, StoreError> {
    let organisation = OrganisationId(row.organisation_id);
    Ok(SubmissionPlace {
        id: SubmissionId(row.id),
        place: match row.event_id {
            Some(event) => Place::event(organisation, EventId(event)),
            None => Place::organisation(organisation),
        },
        observer,
        state: named(&row.state)?,
    })
}

async fn place(
    connection: &impl ConnectionTrait,
    row: &submission::Model,
) -> Result<SubmissionPlace, StoreError> {
    let observer = match row.assignment_id {
        Some(assignment) => assignment::Entity::find_by_id((row.municipality_id, assignment))
            .one(connection)
            .await?
            .map(|part| PersonId(part.person_id)),
        None => None,
    };
    placed(row, observer)
}

async fn fold_input(
    connection: &impl ConnectionTrait,
    row: submission::Model,
) -> Result<FoldInput, StoreError> {
    let key = (
        row.municipality_id,
        row.form_id.clone(),
        row.form_version.clone(),
    );
    let missing = || StoreError::Meaning("the form of the submission is gone".into());
    let form = form::Entity::find_by_id(key.clone())
        .one(connection)
        .await?
        .ok_or_else(missing)?;
    let owner = municipality::Entity::find_by_id(row.municipality_id)
        .one(connection)
        .await?
        .ok_or_else(missing)?;
    let held = log(connection, row.municipality_id, row.id).await?;
    let operations: Vec<Operation> = held
        .into_iter()
        .filter(|row| row.set_aside.is_none())
        .map(travelling)
        .collect::<Result<_, _>>()?;
    let mut order: Vec<&Operation> = operations.iter().collect();
    sync::fold_order(&mut order);
    Ok(FoldInput {
        form: key,
        document: form.document,
        opened_ms: row.opened_ms,
        zone_minutes: owner.zone_minutes,
        prefill: document(&row.prefill)?,
        operations: order.into_iter().cloned().collect(),
    })
}

async fn whole(
    connection: &impl ConnectionTrait,
    row: submission::Model,
) -> Result<Submission, StoreError> {
    let rows = log(connection, row.municipality_id, row.id).await?;
    let people: HashMap<Uuid, String> = person::Entity::find()
        .filter(person::Column::MunicipalityId.eq(row.municipality_id))
        .filter(
            person::Column::Id.is_in(
                rows.iter()
                    .map(|row| row.person_id)
                    .collect::<BTreeSet<_>>(),
            ),
        )
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let mut authors = Vec::<OperationAuthor>::new();
    for operation in &rows {
        let known = authors.iter().any(|author| {
            author.device == operation.device_id && author.person.0 == operation.person_id
        });
        if !known {
            authors.push(OperationAuthor {
                device: operation.device_id,
                person: PersonId(operation.person_id),
                name: people
                    .get(&operation.person_id)
                    .cloned()
                    .unwrap_or_default(),
            });
        }
    }
    let subject = match (row.assignment_id, row.campaign_id) {
        (Some(assignment), _) => SubmissionSubject::Assignment {
            assignment: AssignmentId(assignment),
        },
        (None, Some(campaign)) => SubmissionSubject::Campaign {
            campaign: CampaignId(campaign),
            organisation: OrganisationId(row.organisation_id),
        },
        (None, None) => return Err(StoreError::Meaning("a submission without subject".into())),
    };
    Ok(Submission {
        id: SubmissionId(row.id),
        subject,
        form: [row.form_id.clone(), row.form_version.clone()],
        state: named(&row.state)?,
        revision: row.revision.unsigned_abs(),
        heading: Headings::default().of(connection, &row).await?,
        prefill: document(&row.prefill)?,
        operations: rows.into_iter().map(travelling).collect::<Result<_, _>>()?,
        authors,
        submitted_ms: row.submitted_ms,
        score: last_score(connection, row.municipality_id, row.id).await?,
        previous: previous_score(connection, &row).await?,
    })
}

async fn last_score(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    submission: Uuid,
) -> Result<Option<ScoreSheet>, StoreError> {
    submission_score::Entity::find()
        .filter(submission_score::Column::MunicipalityId.eq(municipality))
        .filter(submission_score::Column::SubmissionId.eq(submission))
        .order_by_desc(submission_score::Column::Version)
        .one(connection)
        .await?
        .map(|row| document(&row.sheet))
        .transpose()
}

/// The same school's last score by the same form in an earlier campaign.
async fn previous_score(
    connection: &impl ConnectionTrait,
    row: &submission::Model,
) -> Result<Option<ScoreSheet>, StoreError> {
    if row.campaign_id.is_none() {
        return Ok(None);
    }
    let earlier = submission::Entity::find()
        .filter(submission::Column::MunicipalityId.eq(row.municipality_id))
        .filter(submission::Column::OrganisationId.eq(row.organisation_id))
        .filter(submission::Column::FormId.eq(row.form_id.clone()))
        .filter(submission::Column::CampaignId.is_not_null())
        .filter(submission::Column::SubmittedMs.lt(row.opened_ms))
        .filter(submission::Column::Id.ne(row.id))
        .order_by_desc(submission::Column::SubmittedMs)
        .one(connection)
        .await?;
    match earlier {
        Some(earlier) => last_score(connection, row.municipality_id, earlier.id).await,
        None => Ok(None),
    }
}

/// Heads of pages, with what they share read once.
#[derive(Default)]
struct Headings {
    organisations: HashMap<Uuid, String>,
    campaigns: HashMap<Uuid, (Text, String)>,
}

impl Headings {
    async fn of(
        &mut self,
        connection: &impl ConnectionTrait,
        row: &submission::Model,
    ) -> Result<SubmissionHeading, StoreError> {
        let organisation_name = match self.organisations.get(&row.organisation_id) {
            Some(name) => name.clone(),
            None => {
                let name =
                    organisation::Entity::find_by_id((row.municipality_id, row.organisation_id))
                        .one(connection)
                        .await?
                        .map(|row| row.short_name)
                        .unwrap_or_default();
                self.organisations.insert(row.organisation_id, name.clone());
                name
            }
        };
        let mut heading = SubmissionHeading {
            organisation: OrganisationId(row.organisation_id),
            organisation_name,
            title: Text::new("", ""),
            date: String::new(),
            start: None,
            duration_minutes: None,
        };
        if let Some(id) = row.event_id
            && let Some(event) = event::Entity::find_by_id((row.municipality_id, id))
                .one(connection)
                .await?
        {
            let name = subject::name(&event.subject);
            heading.title = Text::new(
                format!(
                    "{}, {} «{}», кабинет {}",
                    name.ru, event.grade, event.class, event.room
                ),
                format!(
                    "{}, {} “{}”, room {}",
                    name.en, event.grade, event.class, event.room
                ),
            );
            heading.date = event.date;
            heading.start = Some(event.start);
            heading.duration_minutes = u16::try_from(event.duration_minutes).ok();
        }
        if let Some(id) = row.campaign_id {
            if !self.campaigns.contains_key(&id)
                && let Some(campaign) = campaign::Entity::find_by_id((row.municipality_id, id))
                    .one(connection)
                    .await?
            {
                let title = Text::new(campaign.title_ru, campaign.title_en);
                self.campaigns.insert(id, (title, campaign.closes));
            }
            if let Some((title, closes)) = self.campaigns.get(&id) {
                heading.title = title.clone();
                heading.date = closes.clone();
            }
        }
        Ok(heading)
    }
}
