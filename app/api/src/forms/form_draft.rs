//! Forms being written: a workbook on the way to a published version.

use forms::Form;
use forms::form::{Edit, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::forms::form::FormLabel;
use crate::id::FormDraftId;

/// Largest workbook accepted, bytes.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;
/// Request header with the id of the draft, made by the client.
pub const DRAFT_ID_HEADER: &str = "x-form-draft-id";

/// A form being written, for the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FormDraftLabel {
    /// Id.
    pub id: FormDraftId,
    /// Name of the file it came from.
    pub file_name: String,
    /// Who brought it.
    pub person_name: String,
    /// When it was changed last.
    pub changed_ms: i64,
    /// Id and version it was published as, the last time.
    pub published: Option<[String; 2]>,
}

/// A form being written, with everything the editor shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FormDraft {
    /// Name, person, dates.
    pub label: FormDraftLabel,
    /// Grows with each change.
    pub revision: u64,
    /// The sheets as they stand.
    pub sheets: Vec<FormSheet>,
    /// What was found in them, in the order of discovery.
    #[schema(value_type = Vec<Object>)]
    pub problems: Vec<Problem>,
    /// The form as far as it could be understood.
    #[schema(value_type = Object)]
    pub form: Form,
}

/// A sheet: rows of cells; the first row is the header.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FormSheet {
    /// Name on the tab.
    pub name: String,
    /// Rows of cells; rows may differ in length.
    pub rows: Vec<Vec<String>>,
}

/// A change of a form being written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FormEdits {
    /// Id made by the client: a repeated change changes nothing.
    pub id: Uuid,
    /// Revision the person has seen.
    pub revision: u64,
    /// Changes of cells, in order, all or none.
    #[schema(value_type = Vec<Object>)]
    pub edits: Vec<Edit>,
    /// Applies in addition every repair of an error, until none is left.
    #[serde(default)]
    pub repair_all: bool,
}

/// Publication of a form being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PublishForm {
    /// Revision the person has seen.
    pub revision: u64,
    /// Version to publish it as.
    pub version: String,
}

/// What publishing would change, and for whom.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FormEffect {
    /// The newest published version of the same form; absent for a new form.
    pub before: Option<FormLabel>,
    /// A version that is not taken yet.
    pub next_version: String,
    /// Questions that come new, by path.
    pub added: Vec<String>,
    /// Questions that go.
    pub removed: Vec<String>,
    /// Questions that stay and are asked, answered or scored otherwise.
    pub changed: Vec<FormChange>,
    /// Drafts of people on published versions: they go on with theirs.
    pub open_drafts: u64,
    /// Campaigns that use a published version, titles.
    pub campaigns: Vec<String>,
    /// Assignments with a published version whose sheet is not begun.
    pub waiting_assignments: u64,
}

/// A question that is asked, answered or scored otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FormChange {
    /// Path of the question.
    pub path: String,
    /// Which parts: `words`, `kind`, `choices`, `rules`, `score`.
    pub parts: Vec<String>,
}
