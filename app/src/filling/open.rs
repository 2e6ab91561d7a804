//! Opening a submission: from the device at once when it was open here before, otherwise from the server.

use std::sync::Arc;

use api::id::SubmissionId;
use api::submission::{OpenSubmission, Submission, SubmissionSubject};
use forms::form::Form;
use leptos::prelude::WithUntracked;
use uuid::Uuid;

use super::live::kept_about;
use super::storage;
use crate::client::{Client, Failure};
use crate::device;
use crate::session::CurrentSession;

/// A submission with its form.
#[derive(Clone, PartialEq)]
pub struct Opened {
    /// The submission.
    pub submission: Submission,
    /// Its form, in the version with which it was begun.
    pub form: Arc<Form>,
    /// Does it come from this device, so that the server may know more?
    pub is_kept: bool,
}

/// Opens the submission of a subject; makes one when there is none yet.
///
/// # Errors
/// See [`Failure`]; without a network only what was open here before can be opened.
pub async fn open_subject(
    client: Client,
    person: Uuid,
    subject: SubmissionSubject,
) -> Result<Opened, Failure> {
    // By person: on a shared tablet nobody opens what another one keeps there.
    let key = subject_key(person, &subject);
    let known: Option<Uuid> = device::remembered(&key).and_then(|text| text.parse().ok());
    if let Some(opened) = known.and_then(|id| from_device(SubmissionId(id))) {
        return Ok(opened);
    }
    let body = OpenSubmission {
        id: SubmissionId(known.unwrap_or_else(Uuid::now_v7)),
        subject,
    };
    let submission: Submission = client.post(api::paths::SUBMISSIONS, &body).await?;
    device::remember(&key, &submission.id.to_string());
    with_form(client, submission).await
}

/// Opens a submission by its id, as the server has it.
///
/// # Errors
/// See [`Failure`].
pub async fn open_submission(client: Client, id: SubmissionId) -> Result<Opened, Failure> {
    let submission = client.get(&api::paths::submission(id)).await?;
    with_form(client, submission).await
}

/// Id of the signed-in person; nil for nobody.
pub fn own_id(session: CurrentSession) -> Uuid {
    session
        .session
        .with_untracked(|session| Some(session.as_ref()?.person.as_ref()?.id.0))
        .unwrap_or_default()
}

async fn with_form(client: Client, submission: Submission) -> Result<Opened, Failure> {
    let form = form(client, &submission.form).await?;
    Ok(Opened {
        submission,
        form,
        is_kept: false,
    })
}

/// A published version never changes, so a kept one is as good as the server's.
async fn form(client: Client, [id, version]: &[String; 2]) -> Result<Arc<Form>, Failure> {
    if let Some(form) = kept_form(id, version) {
        return Ok(form);
    }
    let form: Form = client.get(&api::paths::form(id, version)).await?;
    if let Ok(text) = serde_json::to_string(&form) {
        storage::keep_document(&form_key(id, version), &text);
    }
    Ok(Arc::new(form))
}

fn kept_form(id: &str, version: &str) -> Option<Arc<Form>> {
    let text = storage::document(&form_key(id, version))?;
    serde_json::from_str(&text).ok().map(Arc::new)
}

fn from_device(id: SubmissionId) -> Option<Opened> {
    let submission = kept_about(id)?;
    let form = kept_form(&submission.form[0], &submission.form[1])?;
    Some(Opened {
        submission,
        form,
        is_kept: true,
    })
}

fn form_key(id: &str, version: &str) -> String {
    format!("form.{id}.{version}")
}

fn subject_key(person: Uuid, subject: &SubmissionSubject) -> String {
    match subject {
        SubmissionSubject::Assignment { assignment } => {
            format!("orientir.open.{person}.{assignment}")
        }
        SubmissionSubject::Campaign {
            campaign,
            organisation,
        } => format!("orientir.open.{person}.{campaign}.{organisation}"),
    }
}
