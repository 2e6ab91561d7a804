//! The register of observers (реестр наблюдателей): applications, accreditation, training, reliability.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{ApplicationId, AttemptId, PersonId};
use crate::text::Text;

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationState {
    /// Waits for the coordinator.
    New,
    /// The person is on the register.
    Accepted,
    /// Declined, with the reason.
    Declined,
}

/// An application from the public page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Application {
    /// Id.
    pub id: ApplicationId,
    /// Name.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// Where the person lives.
    pub settlement: String,
    /// Languages and subjects the person understands.
    pub languages: String,
    /// About the person.
    pub about: String,
    /// What the person says of children and relatives at schools; for the coordinator's decision only.
    pub interests: String,
    /// When the person agreed to the use of these data.
    pub consent_ms: i64,
    /// Where it stands.
    pub state: ApplicationState,
    /// Reason of the decision.
    pub reason: Option<String>,
}

/// The coordinator's decision on an application.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Decision {
    /// Put the person on the register?
    pub accept: bool,
    /// Id of the new person, made by the client.
    pub person: PersonId,
    /// Login of the new person.
    #[serde(default)]
    pub login: String,
    /// Reason; needed for a refusal.
    #[serde(default)]
    pub reason: String,
}

/// What became of a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Decided {
    /// The application.
    pub application: Application,
    /// Password of the new person, shown once.
    pub password: Option<String>,
}

/// An observer on the register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Observer {
    /// Person.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Telephone.
    pub phone: Option<String>,
    /// Where the person lives.
    pub settlement: String,
    /// Languages and subjects.
    pub languages: String,
    /// Accreditation, if there is one.
    pub accreditation: Option<Accreditation>,
    /// The newest certificate, if there is one.
    pub certificate: Option<Certificate>,
    /// How past events went; for planning, never public.
    pub reliability: Reliability,
    /// Date of the next event with a part.
    pub next_event: Option<String>,
}

/// An accreditation (аккредитация).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Accreditation {
    /// Number.
    pub number: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
}

/// A certificate of training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Certificate {
    /// Number.
    pub number: String,
    /// Day of issue.
    pub issued: String,
    /// Last day.
    pub valid_until: String,
    /// Right answers and questions.
    pub score: [u32; 2],
}

/// How past events of an observer went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reliability {
    /// Past events with a part.
    pub assigned: u32,
    /// Of them with a sheet begun.
    pub attended: u32,
    /// Of them submitted in time.
    pub in_time: u32,
    /// Of them complete.
    pub complete: u32,
}

/// The training of the caller: course, quiz, certificate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Training {
    /// Pages of the course.
    pub course: Vec<CoursePage>,
    /// Rules of conduct to agree to.
    pub ethics: Vec<Text>,
    /// Questions, without their answers.
    pub questions: Vec<QuizQuestion>,
    /// Share of right answers that passes, 0–1.
    pub pass_share: f64,
    /// Months a certificate holds.
    pub valid_months: u32,
    /// Attempts left today.
    pub attempts_left: u32,
    /// The newest certificate.
    pub certificate: Option<Certificate>,
    /// Name as it stands in the certificate.
    pub name: String,
}

/// A page of the course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CoursePage {
    /// Title.
    pub title: Text,
    /// Paragraphs.
    pub paragraphs: Vec<Text>,
}

/// A question of the quiz.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QuizQuestion {
    /// Id.
    pub id: String,
    /// Question.
    pub text: Text,
    /// Options: id and text.
    pub options: Vec<QuizOption>,
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QuizOption {
    /// Id.
    pub id: String,
    /// Text.
    pub text: Text,
}

/// Answers to the quiz.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewAttempt {
    /// Id made by the client.
    pub id: AttemptId,
    /// Question to option.
    pub answers: std::collections::BTreeMap<String, String>,
    /// Does the person agree to the rules of conduct?
    pub ethics: bool,
}

/// How an attempt went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AttemptResult {
    /// Right answers and questions.
    pub score: [u32; 2],
    /// Is it passed?
    pub passed: bool,
    /// Question by question: right or not, and why.
    pub marks: Vec<QuestionMark>,
    /// The certificate, when passed.
    pub certificate: Option<Certificate>,
    /// Attempts left today.
    pub attempts_left: u32,
}

/// How one question was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QuestionMark {
    /// Question.
    pub question: String,
    /// Was it right?
    pub right: bool,
    /// Why.
    pub explanation: Text,
}
