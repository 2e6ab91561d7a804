//! Table `table_import`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "table_import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which list: `organisations`.
    pub register: String,
    pub file_name: String,
    /// SHA-256 of the file, hex.
    pub content_hash: String,
    /// The file, until it is confirmed or forgotten.
    pub content: Option<Vec<u8>>,
    /// JSON: [{header, field}].
    pub columns: String,
    pub state: String,
    pub created_by: Uuid,
    pub created_ms: i64,
    /// JSON: [new, changed, same, left_out].
    pub counts: String,
    /// JSON: what stood before and what stands after, until it is undone.
    pub effect: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
