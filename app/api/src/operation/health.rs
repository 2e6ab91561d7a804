//! Is the server alive?

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A sign of life; the database answered too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// Version of the server.
    pub version: String,
    /// `sqlite` or `postgresql`.
    pub database: String,
    /// Now by the server's clock.
    pub now_ms: i64,
}
