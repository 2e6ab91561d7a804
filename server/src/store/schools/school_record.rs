//! What schools record about themselves, in versions: context, SWOT, risks, changes, and frozen reports.

use std::collections::{BTreeMap, HashMap};

use api::id::{MunicipalityId, OrganisationId};
use api::schools::school_change::{ChangeReport, SchoolChange};
use api::schools::school_context::{Direction, Finding};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, sea_query::OnConflict,
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::hex::hex;
use crate::rules::schools::context::Shares;
use crate::store::access::person;
use crate::store::entity::schools::{
    change_report, context_finding, context_passport, school_record,
};
use crate::store::name::document;
use crate::store::{Store, StoreError, Write};

/// Kind of a school's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// The context passport of a year.
    Context,
    /// An item of a SWOT sheet.
    Swot,
    /// A mark of a risk factor.
    Risk,
    /// A change the school works on.
    Change,
}

impl RecordKind {
    fn name(self) -> &'static str {
        match self {
            RecordKind::Context => "context",
            RecordKind::Swot => "swot",
            RecordKind::Risk => "risk",
            RecordKind::Change => "change",
        }
    }
}

/// A record in force.
#[derive(Clone, Debug, PartialEq)]
pub struct SchoolRecord {
    /// School.
    pub organisation: OrganisationId,
    /// Year; 0 where it goes on over years.
    pub year: i32,
    /// Which thing.
    pub key: String,
    /// JSON.
    pub document: String,
    /// Who wrote this version.
    pub person_name: Option<String>,
    /// When.
    pub at_ms: i64,
    /// Versions so far.
    pub versions: u32,
}

/// A version to be appended.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRecord<'a, T> {
    /// Made by the client.
    pub operation: Uuid,
    /// School.
    pub organisation: OrganisationId,
    /// Kind.
    pub kind: RecordKind,
    /// Year; 0 where it goes on over years.
    pub year: i32,
    /// Which thing.
    pub key: String,
    /// As it shall stand; none removes it.
    pub document: Option<&'a T>,
}

impl Store {
    /// Records of a kind in force, in the order in which their things were first recorded; of one school, or of all.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn records(
        &self,
        municipality: MunicipalityId,
        kind: RecordKind,
        of: Option<OrganisationId>,
    ) -> Result<Vec<SchoolRecord>, StoreError> {
        let people = person::names(&self.reader, municipality.0).await?;
        let mut records: Vec<SchoolRecord> = Vec::new();
        let mut places: HashMap<(Uuid, i32, String), usize> = HashMap::new();
        let mut gone: Vec<bool> = Vec::new();
        for row in rows(&self.reader, municipality.0, kind, of).await? {
            let next = records.len();
            let at = *places
                .entry((row.organisation_id, row.year, row.key.clone()))
                .or_insert(next);
            if at == next {
                records.push(SchoolRecord {
                    organisation: OrganisationId(row.organisation_id),
                    year: row.year,
                    key: row.key,
                    document: String::new(),
                    person_name: None,
                    at_ms: 0,
                    versions: 0,
                });
                gone.push(false);
            }
            gone[at] = row.document.is_none();
            let record = &mut records[at];
            record.document = row.document.unwrap_or_default();
            record.person_name = row.person_id.and_then(|id| people.get(&id).cloned());
            record.at_ms = row.at_ms;
            record.versions += 1;
        }
        let mut gone = gone.into_iter();
        records.retain(|_| !gone.next().unwrap_or_default());
        Ok(records)
    }

    /// Frozen reports of one school or of all, newest version first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn change_reports(
        &self,
        municipality: MunicipalityId,
        of: Option<OrganisationId>,
    ) -> Result<Vec<(OrganisationId, ChangeReport)>, StoreError> {
        let people = person::names(&self.reader, municipality.0).await?;
        let mut query = change_report::Entity::find()
            .filter(change_report::Column::MunicipalityId.eq(municipality.0))
            .order_by_asc(change_report::Column::OrganisationId)
            .order_by_asc(change_report::Column::ReportWindow)
            .order_by_desc(change_report::Column::Version);
        if let Some(of) = of {
            query = query.filter(change_report::Column::OrganisationId.eq(of.0));
        }
        query
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| {
                let report = ChangeReport {
                    id: row.id,
                    window: row.report_window,
                    version: row.version.unsigned_abs(),
                    reason: row.reason,
                    person_name: row.person_id.and_then(|id| people.get(&id).cloned()),
                    at_ms: row.at_ms,
                    hash: row.content_hash,
                    changes: document(&row.document)?,
                };
                Ok((OrganisationId(row.organisation_id), report))
            })
            .collect()
    }

    /// Shares of all context passports, per cent by factor.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn context_shares(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<Shares>, StoreError> {
        context_passport::Entity::find()
            .filter(context_passport::Column::MunicipalityId.eq(municipality.0))
            .order_by_asc(context_passport::Column::Year)
            .order_by_asc(context_passport::Column::OrganisationId)
            .all(&self.reader)
            .await?
            .into_iter()
            .map(|row| {
                Ok(Shares {
                    organisation: OrganisationId(row.organisation_id),
                    year: row.year,
                    shares: document(&row.factors)?,
                })
            })
            .collect()
    }

    /// The newest finding of the territory about directions of factors.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn context_finding(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Option<Finding>, StoreError> {
        let row = context_finding::Entity::find()
            .filter(context_finding::Column::MunicipalityId.eq(municipality.0))
            .order_by_desc(context_finding::Column::Version)
            .one(&self.reader)
            .await?;
        let people = person::names(&self.reader, municipality.0).await?;
        row.map(|row| {
            Ok(Finding {
                version: row.version.unsigned_abs(),
                directions: document(&row.directions)?,
                reason: row.reason,
                person_name: row.person_id.and_then(|id| people.get(&id).cloned()),
                at_ms: row.at_ms,
            })
        })
        .transpose()
    }
}

impl Write {
    /// Appends a version; a repetition is recognised by its operation. Says whether it is new.
    ///
    /// # Errors
    /// `Duplicate` when the operation was used for another thing, `Dangling` for an unknown school.
    pub async fn add_record<T: Serialize>(
        &mut self,
        new: &NewRecord<'_, T>,
    ) -> Result<bool, StoreError> {
        if let Some(known) = school_record::Entity::find_by_id((self.municipality, new.operation))
            .one(&self.transaction)
            .await?
            && known.organisation_id == new.organisation.0
            && known.kind == new.kind.name()
            && known.key == new.key
        {
            return Ok(false);
        }
        let last = school_record::Entity::find()
            .filter(school_record::Column::MunicipalityId.eq(self.municipality))
            .filter(school_record::Column::OrganisationId.eq(new.organisation.0))
            .order_by_desc(school_record::Column::Sequence)
            .one(&self.transaction)
            .await?
            .map_or(0, |row| row.sequence);
        school_record::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(new.operation),
            organisation_id: Set(new.organisation.0),
            sequence: Set(last + 1),
            kind: Set(new.kind.name().to_owned()),
            year: Set(new.year),
            key: Set(new.key.clone()),
            document: Set(new.document.map(serde_json::to_string).transpose()?),
            person_id: Set(self.person),
            at_ms: Set(self.now_ms),
        }
        .insert(&self.transaction)
        .await?;
        Ok(true)
    }

    /// Puts the shares of a passport where runs look for them; who is enrolled by grade stays as imported.
    ///
    /// # Errors
    /// `Dangling` for an unknown school.
    pub async fn put_shares(
        &mut self,
        organisation: OrganisationId,
        year: i32,
        shares: &BTreeMap<String, f64>,
        pupils: u32,
    ) -> Result<(), StoreError> {
        use context_passport::Column as C;
        context_passport::Entity::insert(context_passport::ActiveModel {
            municipality_id: Set(self.municipality),
            organisation_id: Set(organisation.0),
            year: Set(year),
            factors: Set(serde_json::to_string(shares)?),
            context_index: Set(None),
            enrolled: Set(Some(i32::try_from(pupils).unwrap_or(i32::MAX))),
            enrolled_by: Set(None),
        })
        .on_conflict(
            OnConflict::columns([C::MunicipalityId, C::OrganisationId, C::Year])
                .update_columns([C::Factors, C::ContextIndex, C::Enrolled])
                .to_owned(),
        )
        .exec_without_returning(&self.transaction)
        .await?;
        Ok(())
    }

    /// Newest version of a school's report of a window, inside this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn report_version(
        &self,
        organisation: OrganisationId,
        window: &str,
    ) -> Result<u32, StoreError> {
        Ok(change_report::Entity::find()
            .filter(change_report::Column::MunicipalityId.eq(self.municipality))
            .filter(change_report::Column::OrganisationId.eq(organisation.0))
            .filter(change_report::Column::ReportWindow.eq(window))
            .order_by_desc(change_report::Column::Version)
            .one(&self.transaction)
            .await?
            .map_or(0, |row| row.version.unsigned_abs()))
    }

    /// Is this report stored already?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_report(&self, id: Uuid) -> Result<bool, StoreError> {
        Ok(change_report::Entity::find_by_id((self.municipality, id))
            .one(&self.transaction)
            .await?
            .is_some())
    }

    /// The changes of a school in force, inside this change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn changes_in_force(
        &self,
        organisation: OrganisationId,
    ) -> Result<Vec<SchoolChange>, StoreError> {
        let mut order: Vec<String> = Vec::new();
        let mut newest: BTreeMap<String, Option<String>> = BTreeMap::new();
        for row in rows(
            &self.transaction,
            self.municipality,
            RecordKind::Change,
            Some(organisation),
        )
        .await?
        {
            if newest.insert(row.key.clone(), row.document).is_none() {
                order.push(row.key);
            }
        }
        order
            .into_iter()
            .filter_map(|key| newest.remove(&key).flatten())
            .map(|text| document(&text))
            .collect()
    }

    /// Freezes changes as the report of a window.
    ///
    /// # Errors
    /// `Duplicate` when the id or the version is taken.
    pub async fn freeze_report(
        &mut self,
        id: Uuid,
        organisation: OrganisationId,
        window: &str,
        version: u32,
        reason: Option<String>,
        changes: &[SchoolChange],
    ) -> Result<String, StoreError> {
        let text = serde_json::to_string(changes)?;
        let hash = hex(&Sha256::digest(text.as_bytes()));
        change_report::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id),
            organisation_id: Set(organisation.0),
            report_window: Set(window.to_owned()),
            version: Set(i32::try_from(version).unwrap_or(i32::MAX)),
            reason: Set(reason),
            document: Set(text),
            content_hash: Set(hash.clone()),
            person_id: Set(self.person),
            at_ms: Set(self.now_ms),
        }
        .insert(&self.transaction)
        .await?;
        Ok(hash)
    }

    /// Records a finding of the territory as the next version; says which, or none for a repetition.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn add_finding(
        &mut self,
        id: Uuid,
        directions: &BTreeMap<String, Direction>,
        reason: &str,
    ) -> Result<Option<u32>, StoreError> {
        if context_finding::Entity::find_by_id((self.municipality, id))
            .one(&self.transaction)
            .await?
            .is_some()
        {
            return Ok(None);
        }
        let version = context_finding::Entity::find()
            .filter(context_finding::Column::MunicipalityId.eq(self.municipality))
            .order_by_desc(context_finding::Column::Version)
            .one(&self.transaction)
            .await?
            .map_or(0, |row| row.version)
            + 1;
        context_finding::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id),
            version: Set(version),
            directions: Set(serde_json::to_string(directions)?),
            reason: Set(reason.to_owned()),
            person_id: Set(self.person),
            at_ms: Set(self.now_ms),
        }
        .insert(&self.transaction)
        .await?;
        Ok(Some(version.unsigned_abs()))
    }
}

async fn rows(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
    kind: RecordKind,
    of: Option<OrganisationId>,
) -> Result<Vec<school_record::Model>, StoreError> {
    let mut query = school_record::Entity::find()
        .filter(school_record::Column::MunicipalityId.eq(municipality))
        .filter(school_record::Column::Kind.eq(kind.name()))
        .order_by_asc(school_record::Column::OrganisationId)
        .order_by_asc(school_record::Column::Sequence);
    if let Some(of) = of {
        query = query.filter(school_record::Column::OrganisationId.eq(of.0));
    }
    Ok(query.all(connection).await?)
}
