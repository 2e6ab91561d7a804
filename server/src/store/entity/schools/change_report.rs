//! Table `change_report`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "change_report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub report_window: String,
    pub version: i32,
    pub reason: Option<String>,
    pub document: String,
    pub content_hash: String,
    pub person_id: Option<Uuid>,
    pub at_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
