//! The storage contract in the browser, as a page of a test calls it.

use app::filling::storage::check_contract;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Runs the contract against IndexedDB; returns the names of the checks that hold.
///
/// # Errors
/// The first broken promise: the check and what was found.
#[wasm_bindgen]
pub async fn contract(prefix: String) -> Result<Vec<String>, JsValue> {
    let done = check_contract(&prefix).await;
    let done = done.map_err(|found| JsValue::from_str(&found))?;
    Ok(done.into_iter().map(str::to_owned).collect())
}
