//! Heads of pages of submissions.

use std::collections::HashMap;

use api::forms::submission::SubmissionHeading;
use api::id::OrganisationId;
use api::text::Text;
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use crate::import::subject;
use crate::store::StoreError;
use crate::store::entity::assessment::campaign;
use crate::store::entity::forms::submission;
use crate::store::entity::procedures::event;
use crate::store::entity::registry::organisation;

/// Heads of pages, with what they share read once.
#[derive(Default)]
pub(super) struct Headings {
    organisations: HashMap<Uuid, String>,
    campaigns: HashMap<Uuid, (Text, String)>,
}

impl Headings {
    pub(super) async fn of(
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
