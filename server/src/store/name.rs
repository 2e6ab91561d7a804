//! Enumerations are stored by the names they travel under.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::StoreError;

/// The name of a unit variant: `Role::SchoolHead` is `school_head`.
pub(super) fn name_of<T: Serialize>(value: &T) -> Result<String, StoreError> {
    match serde_json::to_value(value)? {
        Value::String(name) => Ok(name),
        other => Err(StoreError::Meaning(other.to_string())),
    }
}

/// The variant of a name.
pub(super) fn named<T: DeserializeOwned>(name: &str) -> Result<T, StoreError> {
    Ok(serde_json::from_value(Value::String(name.to_owned()))?)
}

/// A document stored as text.
pub(super) fn document<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    Ok(serde_json::from_str(text)?)
}
