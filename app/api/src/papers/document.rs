//! The register of documents (реестр документов) and the files in it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{DocumentId, FileId, OrganisationId};
use crate::text::Text;

/// Largest file accepted as evidence or document, bytes.
pub const MAX_FILE_BYTES: usize = 20 * 1024 * 1024;
/// Request header with the id of the file, made by the client.
pub const FILE_ID_HEADER: &str = "x-file-id";

/// A file as it was brought. What it is was told by its content, never by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StoredFile {
    /// Id.
    pub id: FileId,
    /// Name with the ending that fits the content.
    pub name: String,
    /// Media type by content.
    pub media_type: String,
    /// Size, bytes.
    pub bytes: u64,
    /// SHA-256, hex.
    pub hash: String,
    /// Has a virus scanner seen it? False where none is configured.
    pub scanned: bool,
}

/// A document to be registered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewDocument {
    /// Id made by the client.
    pub id: DocumentId,
    /// Whose it is; absent for the municipality's own.
    pub organisation: Option<OrganisationId>,
    /// Kind by the list of document types: `order`, `regulation`…
    pub kind: String,
    /// Title.
    pub title: String,
    /// Number.
    pub number: Option<String>,
    /// Date, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Where it is published, `https://…`.
    pub link: Option<String>,
    /// The file itself.
    pub file: Option<FileId>,
    /// Who answers for it.
    pub owner: Option<String>,
}

/// A document of the register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Document {
    /// Id.
    pub id: DocumentId,
    /// Whose it is; absent for the municipality's own.
    pub organisation: Option<OrganisationId>,
    /// Short name of the organisation.
    pub organisation_name: Option<String>,
    /// Kind by the list of document types.
    pub kind: String,
    /// Name of the kind.
    pub kind_name: Text,
    /// Title.
    pub title: String,
    /// Number.
    pub number: Option<String>,
    /// Date, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Where it is published.
    pub link: Option<String>,
    /// The file itself.
    pub file: Option<StoredFile>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Who registered it.
    pub person_name: Option<String>,
    /// When.
    pub at_ms: i64,
    /// Pieces of evidence that point to it.
    pub used: u32,
    /// When it left the register; what pointed to it still does.
    pub archived_ms: Option<i64>,
}

/// The register, and the kinds a document can have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DocumentRegister {
    /// Documents in the caller's scope, by organisation and title.
    pub documents: Vec<Document>,
    /// Kinds in the order of the reference.
    pub kinds: Vec<DocumentKind>,
    /// May the caller register documents of the municipality?
    pub may_register_municipal: bool,
    /// Organisations for which the caller may register documents.
    pub organisations: Vec<OrganisationId>,
}

/// A kind of document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DocumentKind {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: Text,
}

/// Takes something out with the reason that stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Reason {
    /// Why.
    pub reason: String,
}
