//! Comments of colleagues on a question, with mentions.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::id::{CampaignId, OrganisationId, PersonId, SubmissionId};
use crate::text::Text;

/// Longest comment, characters.
pub const MAX_COMMENT: usize = 2_000;
/// Most mentions in one comment.
pub const MAX_MENTIONS: usize = 20;

/// A comment to be added; repeating it is harmless.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewComment {
    /// Id made by the client.
    pub id: Uuid,
    /// Question, as a path in the form.
    pub question: String,
    /// First comment of the talk this one belongs to; absent for a new talk.
    pub thread: Option<Uuid>,
    /// What it does.
    pub kind: CommentKind,
    /// The words; may be empty only when it settles or reopens.
    pub body: String,
    /// Colleagues who are asked.
    pub mentions: Vec<PersonId>,
    /// When it was written, by the device's clock.
    pub at_ms: i64,
}

/// What an entry of a talk does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CommentKind {
    /// Says something.
    Comment,
    /// Settles the talk.
    Resolved,
    /// Opens it again.
    Reopened,
}

/// An entry of a talk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Comment {
    /// Id.
    pub id: Uuid,
    /// Question, as a path in the form.
    pub question: String,
    /// First comment of the talk; its own id for the first.
    pub thread: Uuid,
    /// What it does.
    pub kind: CommentKind,
    /// The words.
    pub body: String,
    /// Colleagues who are asked.
    pub mentions: Vec<PersonId>,
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// When it was written.
    pub at_ms: i64,
}

/// All comments of a submission, and who can be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CommentList {
    /// Entries in the order received.
    pub comments: Vec<Comment>,
    /// People of the school, by name.
    pub colleagues: Vec<Colleague>,
}

/// Somebody of the school's team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CommentColleague)]
pub struct Colleague {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
}

/// An open talk in which the caller is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Mention {
    /// First comment of the talk.
    pub thread: Uuid,
    /// Submission.
    pub submission: SubmissionId,
    /// Campaign.
    pub campaign: CampaignId,
    /// School.
    pub organisation: OrganisationId,
    /// Title of the campaign.
    pub title: Text,
    /// Question, as a path in the form.
    pub question: String,
    /// Name of whoever asks.
    pub name: String,
    /// The words.
    pub body: String,
    /// When.
    pub at_ms: i64,
}
