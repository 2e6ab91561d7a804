//! The last resort: when no network ever comes, the answers leave the tablet as a file sealed with a password,
//! and any signed-in browser of the same person hands them in.

use api::forms::submission::{Operation, OperationsReceipt, PutOperations};
use serde::{Deserialize, Serialize};
use sync::SubmissionId;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

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
    /// The password is not the one it was sealed with.
    Locked,
    /// It holds the answers of somebody else.
    Foreign,
    /// The server could not be asked, or refused.
    Failed(Failure),
}

/// Hands everything that this person has written here to the browser as a file sealed with the password; says how
/// many answers it holds. `None` where the browser cannot seal.
pub async fn save(desk: Desk, person: Uuid, password: &str) -> Option<usize> {
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
    let text = serde_json::to_string(&rescue).ok()?;
    let sealed = call("seal", &text, password).await.ok()?.as_string()?;
    device::save_bytes(&name, "application/json", sealed.as_bytes());
    Some(count)
}

/// Asks `rescue.js`.
async fn call(name: &str, text: &str, password: &str) -> Result<JsValue, JsValue> {
    let function = |of: &JsValue, name: &str| {
        js_sys::Reflect::get(of, &name.into())?.dyn_into::<js_sys::Function>()
    };
    let load = function(&leptos::prelude::window().into(), "orientirRescue")?;
    let module = JsFuture::from(js_sys::Promise::resolve(&load.call0(&JsValue::NULL)?)).await?;
    let answer = function(&module, name)?.call2(&JsValue::NULL, &text.into(), &password.into())?;
    JsFuture::from(js_sys::Promise::resolve(&answer)).await
}

/// Hands in the answers of a file; repeating it is harmless. Says how many the server holds of them.
///
/// # Errors
/// See [`RescueError`].
pub async fn hand_in(
    client: Client,
    person: Uuid,
    file: &str,
    password: &str,
) -> Result<u64, RescueError> {
    let opened = call("unseal", file, password).await;
    let opened = opened.map_err(|_| RescueError::Unreadable)?;
    if opened.as_bool() == Some(false) {
        return Err(RescueError::Locked);
    }
    let text = opened.as_string().ok_or(RescueError::Unreadable)?;
    let rescue: Rescue = serde_json::from_str(&text).map_err(|_| RescueError::Unreadable)?;
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
