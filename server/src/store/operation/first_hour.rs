//! What a municipality has by now, counted.

use api::id::MunicipalityId;
use api::operation::first_hour::FirstHour;
use api::results::import::ImportState;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::store::entity::access::person;
use crate::store::entity::forms::submission;
use crate::store::entity::procedures::event;
use crate::store::entity::registry::organisation;
use crate::store::entity::results::{objectivity_run, result_import};
use crate::store::name::name_of;
use crate::store::{Store, StoreError};

impl Store {
    /// Counts of what the first hour of an office fills.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn first_hour(&self, municipality: MunicipalityId) -> Result<FirstHour, StoreError> {
        let reader = &self.reader;
        let schools = organisation::Entity::find()
            .filter(organisation::Column::MunicipalityId.eq(municipality.0))
            .count(reader);
        let people = person::Entity::find()
            .filter(person::Column::MunicipalityId.eq(municipality.0))
            .count(reader);
        let imports = result_import::Entity::find()
            .filter(result_import::Column::MunicipalityId.eq(municipality.0))
            .filter(result_import::Column::State.eq(name_of(&ImportState::Confirmed)?))
            .count(reader);
        let runs = objectivity_run::Entity::find()
            .filter(objectivity_run::Column::MunicipalityId.eq(municipality.0))
            .filter(objectivity_run::Column::FinishedMs.is_not_null())
            .filter(objectivity_run::Column::Error.is_null())
            .count(reader);
        let events = event::Entity::find()
            .filter(event::Column::MunicipalityId.eq(municipality.0))
            .count(reader);
        let sheets = submission::Entity::find()
            .filter(submission::Column::MunicipalityId.eq(municipality.0))
            .filter(submission::Column::EventId.is_not_null())
            .filter(submission::Column::SubmittedMs.is_not_null())
            .count(reader);
        Ok(FirstHour {
            schools: schools.await?,
            people: people.await?,
            imports: imports.await?,
            runs: runs.await?,
            events: events.await?,
            sheets: sheets.await?,
        })
    }
}
