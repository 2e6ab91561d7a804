//! The last resort: when no network ever comes, the answers leave the tablet as a file, and any signed-in
//! browser of the same person hands them in.

use api::submission::{Operation, OperationsReceipt, PutOperations};
use serde::{Deserialize, Serialize};
use sync::SubmissionId;
use uuid::Uuid;

use super::desk::Desk;
use crate::client::{Client, Failure};
use crate::device;

/// Marks a file as ours.
const KIND: &str = "orientir-rescue";
/// Operations in one request.
const BATCH: usize = 200;

/// The file.
#[derive(Serialize, Deserialize)]
struct Rescue {
    kind: String,
    /// Whose answers they are: nobody else may hand them in.
    person: Uuid,
    made_ms: i64,
    sheets: Vec<RescuedSheet>,
}

#[derive(Serialize, Deserialize)]
struct RescuedSheet {
    submission: SubmissionId,
    /// Own operations of one device, ascending.
    operations: Vec<Operation>,
}

/// Why a file was not handed in.
#[derive(Clone, Debug, PartialEq)]
pub enum RescueError {
    /// It is no file of ours.
    Unreadable,
    /// It holds the answers of somebody else.
    Foreign,
    /// The server could not be asked, or refused.
    Failed(Failure),
}

/// Hands everything that this person has written here to the browser as a file; says how many answers it
/// holds.
pub fn save(desk: Desk, person: Uuid) -> usize {
    let sheets = desk.own_operations();
    let count = sheets.iter().map(|(_, operations)| operations.len()).sum();
    let rescue = Rescue {
        kind: KIND.into(),
        person,
        made_ms: device::now_ms(),
        sheets: sheets
            .into_iter()
            .map(|(submission, operations)| RescuedSheet {
                submission,
                operations,
            })
            .collect(),
    };
    let name = format!("orientir-{}.json", device::iso_date(rescue.made_ms));
    // Plain values: writing them as JSON does not fail.
    if let Ok(text) = serde_json::to_string(&rescue) {
        device::save_file(&name, &text);
    }
    count
}

/// Hands in the answers of a file; repeating it is harmless. Says how many the server holds of them.
///
/// # Errors
/// See [`RescueError`].
pub async fn hand_in(client: Client, person: Uuid, text: &str) -> Result<u64, RescueError> {
    let rescue: Rescue = serde_json::from_str(text).map_err(|_| RescueError::Unreadable)?;
    if rescue.kind != KIND {
        return Err(RescueError::Unreadable);
    }
    if rescue.person != person {
        return Err(RescueError::Foreign);
    }
    let mut held = 0;
    for sheet in rescue.sheets {
        let path = api::paths::operations(sheet.submission.0.into());
        let mut through = 0;
        for batch in sheet.operations.chunks(BATCH) {
            let body = PutOperations {
                operations: batch.to_vec(),
            };
            let answer = client.put::<OperationsReceipt>(&path, &body).await;
            through = answer.map_err(RescueError::Failed)?.receipt.through;
        }
        held += through;
    }
    Ok(held)
}
