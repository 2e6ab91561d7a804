//! Photos and files of a submission: known by the hash of their content, sent in chunks.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most bytes of one chunk.
pub const CHUNK_BYTES: u64 = 256 * 1_024;
/// Most bytes of one photo: they are drawn anew, small, before they are sent.
pub const MAX_PHOTO_BYTES: u64 = 8 * 1_024 * 1_024;
/// Most bytes of one sound, film or document: it stays as it was brought.
pub const MAX_FILE_BYTES: u64 = 32 * 1_024 * 1_024;
/// Most photos and files of one submission.
pub const MAX_ATTACHMENTS: u64 = 100;
/// Most bytes of all photos and files of one submission.
pub const MAX_SHEET_BYTES: u64 = 256 * 1_024 * 1_024;
/// Kinds that are taken, each with the ending of its name in an answer. Nothing here can run a program.
pub const KINDS: [(&str, &str); 19] = [
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/webp", "webp"),
    ("audio/mpeg", "mp3"),
    ("audio/mp4", "m4a"),
    ("audio/aac", "aac"),
    ("audio/ogg", "ogg"),
    ("audio/wav", "wav"),
    ("audio/webm", "weba"),
    ("video/mp4", "mp4"),
    ("video/webm", "webm"),
    ("video/quicktime", "mov"),
    ("application/pdf", "pdf"),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "pptx",
    ),
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/vnd.oasis.opendocument.presentation", "odp"),
];

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
    /// Hex of SHA-256 over its content as it was announced; a picture is kept without its metadata.
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
