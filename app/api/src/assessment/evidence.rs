//! Evidence (подтверждения): what proves the level chosen at a question.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{DocumentId, EvidenceId, FileId};
use crate::papers::document::StoredFile;

/// What a piece of evidence is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EvidenceSource {
    /// An address on the web.
    Link {
        /// `https://…`.
        url: String,
    },
    /// A document of the register.
    Document {
        /// Which.
        document: DocumentId,
    },
    /// A file.
    File {
        /// Which upload.
        file: FileId,
    },
}

/// Evidence to be bound to a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewEvidence {
    /// Id made by the client.
    pub id: EvidenceId,
    /// Name of the question or cell.
    pub item: String,
    /// What a reader sees.
    pub title: String,
    /// What it is.
    pub source: EvidenceSource,
    /// The piece of an earlier year that is taken over.
    pub reused_from: Option<EvidenceId>,
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// Id.
    pub id: EvidenceId,
    /// Name of the question or cell.
    pub item: String,
    /// What a reader sees.
    pub title: String,
    /// What it is.
    pub source: EvidenceSource,
    /// The file, of a file or of the document.
    pub file: Option<StoredFile>,
    /// The address, of a link or of the document.
    pub link: Option<String>,
    /// Was it taken over from an earlier year?
    pub reused: bool,
    /// Who bound it.
    pub person_name: Option<String>,
    /// When.
    pub at_ms: i64,
}

/// Evidence of a submission or an assessment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EvidenceList {
    /// In force, oldest first.
    pub evidence: Vec<Evidence>,
    /// Of earlier years at the same questions, newest first; can be taken over by one tap.
    pub earlier: Vec<Evidence>,
    /// Levels that need evidence, and how many have it.
    pub coverage: Coverage,
    /// May the caller add and remove?
    pub may_change: bool,
}

/// How many of the levels that need evidence have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Coverage {
    /// Levels with evidence.
    pub confirmed: u32,
    /// Levels that need it by the instrument.
    pub needed: u32,
}
