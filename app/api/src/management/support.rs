//! Measures agreed with a school (меры поддержки): what was chosen, who does it by when, and whether it helped.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{EntryId, OrganisationId, ReviewId, SupportId};
use crate::schools::school_profile::Measure;
use crate::text::Text;

/// Level of the catalogue at which a measure is a penalty: it needs proof that help did not help.
pub const PENALTY: u8 = 4;

/// Where a measure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SupportState {
    /// Agreed; nobody has begun.
    Planned,
    /// Taken up.
    Running,
    /// Done; its effect is not looked at yet.
    Done,
    /// Its effect was looked at.
    Checked,
    /// Given up, with a reason.
    Dropped,
}

impl SupportState {
    /// Does somebody still have to act?
    pub fn is_open(self) -> bool {
        !matches!(self, SupportState::Checked | SupportState::Dropped)
    }
}

/// What a measure has brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The next data differ as hoped.
    Shift,
    /// Some of it.
    Partly,
    /// Nothing changed.
    NoShift,
    /// The data do not tell.
    CannotTell,
}

/// Who carries a measure out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Executor {
    /// The methodical service (методическая служба).
    MethodicalService,
    /// The education office (управление образования).
    Office,
    /// The school itself.
    School,
}

/// The cell of the heat map that led to a measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SupportCell {
    /// Calendar year.
    pub year: i32,
    /// Subject code.
    pub subject: String,
    /// Grade level.
    pub grade: u8,
}

/// A measure agreed with a school.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Support {
    /// Id.
    pub id: SupportId,
    /// School.
    pub organisation: OrganisationId,
    /// Short name of the school.
    pub organisation_name: String,
    /// The measure as the catalogue words it.
    pub measure: Measure,
    /// The cell that led to it.
    pub cell: Option<SupportCell>,
    /// Name of the cell's work: «Математика, 5 класс, 2026».
    pub work: Option<Text>,
    /// The review in which it was agreed, for those who may see that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewId>,
    /// Why, in words the school reads.
    pub reason: String,
    /// Who carries it out.
    pub executor: Executor,
    /// Day by which, `YYYY-MM-DD`.
    pub due: String,
    /// Is that day past while nobody has finished?
    pub overdue: bool,
    /// Where it stands.
    pub state: SupportState,
    /// What it has brought, once looked at.
    pub effect: Option<Effect>,
    /// When it was agreed.
    pub created_ms: i64,
    /// What the caller may do next.
    pub may: Vec<Step>,
    /// What happened, oldest first; only in the answer for one measure.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<SupportEntry>,
}

/// A step of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// It was agreed on.
    Plan,
    /// Somebody took it up.
    Begin,
    /// It is done.
    Finish,
    /// Its effect was looked at.
    Check,
    /// It is given up.
    Drop,
    /// Words beside it.
    Note,
}

/// An entry of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SupportEntry {
    /// Id.
    pub id: EntryId,
    /// When.
    pub at_ms: i64,
    /// Who.
    pub author: String,
    /// What.
    pub step: Step,
    /// What it has brought, for a check.
    pub effect: Option<Effect>,
    /// Words; blank when nothing was written.
    pub content: String,
}

/// What may be agreed with a school now, and what was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SupportOffer {
    /// School.
    pub organisation: OrganisationId,
    /// Short name of the school.
    pub organisation_name: String,
    /// Name of the cell's work, when a cell was asked about.
    pub work: Option<Text>,
    /// The catalogue, help first; penalties only where the caller may decide on them.
    pub measures: Vec<Measure>,
    /// Measures that answer to what the cell shows, help first; a part of the catalogue.
    pub proposed: Vec<String>,
    /// Is a penalty open: have measures of help been looked at and brought nothing?
    pub is_penalty_open: bool,
    /// Measures of this school, open ones first.
    pub agreed: Vec<Support>,
    /// May the caller agree on a measure?
    pub may_create: bool,
}

/// Which measures are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SupportQuery {
    /// Year of a cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Subject of a cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Grade level of a cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<u8>,
}

/// Agrees on a measure; repeating it with the same id changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewSupport {
    /// Id made by the client.
    pub id: SupportId,
    /// School.
    pub organisation: OrganisationId,
    /// Measure of the catalogue: `SM-01`.
    pub measure: String,
    /// The cell that led to it.
    pub cell: Option<SupportCell>,
    /// Why, in words the school reads.
    pub reason: String,
    /// Who carries it out.
    pub executor: Executor,
    /// Day by which, `YYYY-MM-DD`.
    pub due: String,
    /// Why a penalty is chosen before help was found to bring nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exception: Option<String>,
}

/// Takes a step; repeating it with the same id changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewStep {
    /// Id of the entry, made by the client.
    pub id: EntryId,
    /// Which step.
    pub step: Step,
    /// What it has brought; needed for a check and for nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// Words; a beginning needs none.
    pub content: String,
}
