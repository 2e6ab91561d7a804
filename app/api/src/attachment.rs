//! Photos and files of a submission: known by the hash of their content, sent in chunks.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most bytes of one chunk.
pub const CHUNK_BYTES: u64 = 256 * 1_024;
/// Most bytes of one photo or file.
pub const MAX_BYTES: u64 = 8 * 1_024 * 1_024;
/// Most photos and files of one submission.
pub const MAX_ATTACHMENTS: u64 = 100;
/// Kinds that are taken.
pub const CONTENT_TYPES: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];

/// A photo or file to be sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewAttachment {
    /// Path of the question it belongs to.
    pub question: String,
    /// Its kind, `image/jpeg`.
    pub content_type: String,
    /// Size, bytes.
    pub bytes: u64,
    /// When it was taken up, by the device's clock.
    pub at_ms: i64,
}

/// A photo or file, and how much of it the server holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Attachment {
    /// Hex of SHA-256 over its content.
    pub hash: String,
    /// Path of the question it belongs to.
    pub question: String,
    /// Its kind.
    pub content_type: String,
    /// Size, bytes.
    pub bytes: u64,
    /// Bytes held, without gaps from the beginning.
    pub received: u64,
    /// Is all of it held, and is its hash the announced one?
    pub is_complete: bool,
    /// When it was taken up, by the device's clock.
    pub at_ms: i64,
}
