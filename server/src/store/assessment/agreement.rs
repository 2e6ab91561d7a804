//! The talk of school and expert about a disagreement: entries are added, never changed.

use api::assessment::agreement::{AgreementEntry, AgreementSide, NewAgreementEntry};
use api::id::{CampaignId, MunicipalityId, OrganisationId, PersonId};
use api::live::LiveChange;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
};

use crate::store::access::person::names_of;
use crate::store::entity::assessment::agreement_entry;
use crate::store::name::{name_of, named};
use crate::store::{Store, StoreError, Write};

impl Store {
    /// Entries about a school in a campaign, with the item of each, oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn agreement_entries(
        &self,
        municipality: MunicipalityId,
        campaign: CampaignId,
        organisation: OrganisationId,
    ) -> Result<Vec<(String, AgreementEntry)>, StoreError> {
        let rows = agreement_entry::Entity::find()
            .filter(agreement_entry::Column::MunicipalityId.eq(municipality.0))
            .filter(agreement_entry::Column::CampaignId.eq(campaign.0))
            .filter(agreement_entry::Column::OrganisationId.eq(organisation.0))
            .order_by_asc(agreement_entry::Column::Number)
            .all(&self.reader)
            .await?;
        let names = names_of(
            &self.reader,
            municipality.0,
            rows.iter().map(|row| row.person_id),
        )
        .await?;
        rows.into_iter()
            .map(|row| {
                let entry = AgreementEntry {
                    id: row.id,
                    kind: named(&row.kind)?,
                    value: row.value,
                    status: row.status,
                    body: row.body,
                    side: named(&row.side)?,
                    person: PersonId(row.person_id),
                    name: names.get(&row.person_id).cloned().unwrap_or_default(),
                    at_ms: row.at_ms,
                };
                Ok((row.item, entry))
            })
            .collect()
    }
}

impl Write {
    /// Adds an entry and tells the listeners; returns false when its id is known already.
    ///
    /// # Errors
    /// `Duplicate` when the id belongs to another school.
    pub async fn add_agreement_entry(
        &mut self,
        campaign: CampaignId,
        organisation: OrganisationId,
        side: AgreementSide,
        new: &NewAgreementEntry,
    ) -> Result<bool, StoreError> {
        let rows = agreement_entry::Entity::find()
            .filter(agreement_entry::Column::MunicipalityId.eq(self.municipality))
            .filter(agreement_entry::Column::CampaignId.eq(campaign.0))
            .filter(agreement_entry::Column::OrganisationId.eq(organisation.0))
            .order_by_desc(agreement_entry::Column::Number)
            .all(&self.transaction)
            .await?;
        if rows.iter().any(|row| row.id == new.id) {
            return Ok(false);
        }
        agreement_entry::ActiveModel {
            municipality_id: Set(self.municipality),
            campaign_id: Set(campaign.0),
            organisation_id: Set(organisation.0),
            number: Set(rows.first().map_or(1, |row| row.number + 1)),
            id: Set(new.id),
            item: Set(new.item.clone()),
            kind: Set(name_of(&new.kind)?),
            side: Set(name_of(&side)?),
            value: Set(new.value),
            status: Set(new.status.clone()),
            body: Set(new.body.clone()),
            person_id: Set(self.person.unwrap_or_default()),
            at_ms: Set(self.now_ms),
        }
        .insert(&self.transaction)
        .await?;
        self.announce(
            Some(organisation),
            None,
            &LiveChange::Agreement {
                campaign,
                organisation,
            },
        )
        .await?;
        Ok(true)
    }
}
