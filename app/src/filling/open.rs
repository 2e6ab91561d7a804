//! Opening a submission: from the device at once when it was open here before, otherwise from the server.

use std::sync::Arc;

use api::forms::submission::{OpenSubmission, Submission, SubmissionSubject};
use api::id::{AssignmentId, SubmissionId};
use forms::form::Form;
use leptos::prelude::WithUntracked;
use uuid::Uuid;

use super::desk::Desk;
use super::live::{keep_about, kept_about};
use super::storage::DeviceStorage;
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
    desk: Desk,
    person: Uuid,
    subject: SubmissionSubject,
) -> Result<Opened, Failure> {
    desk.settle(person).await;
    // By person: on a shared tablet nobody opens what another one keeps there.
    let key = subject_key(person, &subject);
    let known: Option<Uuid> = device::remembered(&key).and_then(|text| text.parse().ok());
    if let Some(id) = known
        && let Some(opened) = from_device(desk, SubmissionId(id)).await
    {
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

/// Brings what an assignment needs without a network onto this device: its submission and the form.
/// Returns the sizes of the form and of the submission, bytes.
///
/// # Errors
/// See [`Failure`]; a full device is [`Failure::Unreadable`] with status 507.
pub async fn prepare_assignment(
    client: Client,
    desk: Desk,
    person: Uuid,
    assignment: AssignmentId,
) -> Result<[u64; 2], Failure> {
    let subject = SubmissionSubject::Assignment { assignment };
    let opened = open_subject(client, desk, person, subject).await?;
    // An opened sheet keeps its own copy as it is filled in.
    if !opened.is_kept {
        desk.attend(
            sync::SubmissionId(opened.submission.id.0),
            &opened.submission.form[1],
            |_| {},
        );
        desk.leave(sync::SubmissionId(opened.submission.id.0));
        desk.see_snapshot(
            sync::SubmissionId(opened.submission.id.0),
            opened.submission.operations.clone(),
            opened.submission.revision,
        );
        keep_about(desk, &opened.submission);
    }
    let [id, version] = &opened.submission.form;
    let key = form_key(id, version);
    let Some(form) = desk.storage().document(&key).await else {
        return Err(Failure::Unreadable { status: 507 });
    };
    let submission = serde_json::to_string(&opened.submission).unwrap_or_default();
    Ok([form.len() as u64, submission.len() as u64])
}

/// Is the sheet of an assignment ready to be opened without a network?
pub async fn is_prepared(desk: Desk, person: Uuid, assignment: AssignmentId) -> bool {
    desk.settle(person).await;
    let key = subject_key(person, &SubmissionSubject::Assignment { assignment });
    let known: Option<Uuid> = device::remembered(&key).and_then(|text| text.parse().ok());
    match known {
        Some(id) => from_device(desk, SubmissionId(id)).await.is_some(),
        None => false,
    }
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
    let storage = DeviceStorage::new();
    let key = form_key(id, version);
    if let Some(form) = kept_form(&storage, &key).await {
        return Ok(form);
    }
    let text = client.get_text(&api::paths::form(id, version)).await?;
    let form: Form =
        serde_json::from_str(&text).map_err(|_| Failure::Unreadable { status: 200 })?;
    if let Err(error) = storage.keep_document(&key, &text).await {
        // The page works; only opening without a network does not.
        leptos::logging::warn!("the form is not kept: {error}");
    }
    Ok(Arc::new(form))
}

async fn kept_form(storage: &DeviceStorage, key: &str) -> Option<Arc<Form>> {
    let text = storage.document(key).await?;
    serde_json::from_str(&text).ok().map(Arc::new)
}

async fn from_device(desk: Desk, id: SubmissionId) -> Option<Opened> {
    let submission = kept_about(desk, id)?;
    let [form, version] = &submission.form;
    let form = kept_form(&desk.storage(), &form_key(form, version)).await?;
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
