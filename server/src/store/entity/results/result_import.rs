//! Table `result_import`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "result_import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub file_name: String,
    pub bytes: i64,
    /// SHA-256 of the file.
    pub content_hash: Vec<u8>,
    pub state: String,
    pub person_id: Option<Uuid>,
    pub at_ms: i64,
    pub confirmed_ms: Option<i64>,
    pub undone_ms: Option<i64>,
    pub structure: Option<String>,
    pub preview: Option<String>,
    pub problems: String,
    pub problem_count: i32,
    pub error_count: i32,
    pub row_count: i32,
    /// The rows as read, compressed, until they are confirmed.
    pub payload: Option<Vec<u8>>,
}

impl ActiveModelBehavior for ActiveModel {}
