//! Table `form_draft`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "form_draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub file_name: String,
    /// JSON: sheets with their rows of cells.
    pub workbook: String,
    pub revision: i64,
    /// Id of the last change.
    pub change_id: Option<Uuid>,
    pub person_id: Uuid,
    pub created_ms: i64,
    pub changed_ms: i64,
    pub published_form: Option<String>,
    pub published_version: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
