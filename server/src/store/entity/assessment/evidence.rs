//! Table `evidence`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub submission_id: Option<Uuid>,
    pub assessment_id: Option<Uuid>,
    pub item: String,
    pub kind: String,
    pub title: String,
    pub link: Option<String>,
    pub document_id: Option<Uuid>,
    pub file_id: Option<Uuid>,
    pub reused_from: Option<Uuid>,
    pub person_id: Option<Uuid>,
    pub at_ms: i64,
    pub removed_ms: Option<i64>,
    pub removed_by: Option<Uuid>,
    pub remove_reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
