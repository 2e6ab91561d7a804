//! Noting what a fold came to, and telling the listeners.

use std::collections::BTreeSet;

use api::forms::submission::{ScoreSheet, SubmissionState, Submit};
use api::id::{CampaignId, EventId, OrganisationId, SubmissionId};
use api::live::LiveChange;
use api::results::heat_map::CellLive;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, IntoActiveModel, Statement};

use super::log::{Folded, StoredRow};
use crate::store::name::{document, name_of, named};
use crate::store::registry::organisation::count;
use crate::store::{StoreError, Write};

impl Write {
    /// Stores the figures of a fold and tells the listeners: the submission's readers always, the map
    /// when the site moved on. Returns where the submission stands now.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn note_fold(
        &mut self,
        id: SubmissionId,
        folded: &Folded,
        submit: Option<&Submit>,
    ) -> Result<(), StoreError> {
        let (row, stored) = self.known_stored(id).await?;
        let event = row.event_id.map(EventId);
        let organisation = OrganisationId(row.organisation_id);
        let was_critical: BTreeSet<String> = document(&row.critical_items)?;
        let (campaign, revision, first) =
            (row.campaign_id, row.revision, row.submitted_ms.is_none());
        let (was_answered, was_answerable) = (row.answered, row.answerable);
        let corrected = !first && submit.is_none();
        let critical = folded
            .sheet
            .critical
            .iter()
            .find(|name| !was_critical.contains(*name))
            .cloned();
        // What a sheet adds to its site: an alert, and once submitted its index. An answer to a draft
        // changes neither, and then the site is not looked at.
        let moved = critical.is_some()
            || was_critical.is_empty() != folded.sheet.critical.is_empty()
            || (submit.is_some() && first)
            || (!first && row.overall != folded.sheet.overall);
        // The revision, too, is written here.
        let (row_revision, row_changed_ms) = (row.revision, row.changed_ms);
        let mut row = row.into_active_model();
        row.revision = Set(row_revision);
        row.changed_ms = Set(row_changed_ms);
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
        let row = match stored {
            StoredRow::Absent => row.reset_all().insert(&self.transaction).await?,
            StoredRow::Whole | StoredRow::Behind => row.update(&self.transaction).await?,
        };
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
        if let Some(event) = event
            && moved
        {
            self.announce_site(event, None, critical).await?;
        }
        self.keep_row(row);
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
                procedure: cell.kind,
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
        // A form that was given back is handed over for the first time again, and keeps its earlier results.
        let statement = Statement::from_sql_and_values(
            self.transaction.get_database_backend(),
            "INSERT INTO submission_score \
             (municipality_id, submission_id, version, revision, person_id, at_ms, sheet) \
             SELECT $1, $2, COALESCE(MAX(version), 0) + 1, $3, $4, $5, $6 FROM submission_score \
             WHERE municipality_id = $1 AND submission_id = $2",
            [
                self.municipality.into(),
                id.0.into(),
                revision.into(),
                self.person.unwrap_or_default().into(),
                self.now_ms.into(),
                serde_json::to_string(sheet)?.into(),
            ],
        );
        self.transaction.execute_raw(statement).await?;
        Ok(())
    }
}
