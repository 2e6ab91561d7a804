//! Table `document`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Option<Uuid>,
    pub kind: String,
    pub title: String,
    pub number: Option<String>,
    pub date: Option<String>,
    pub link: Option<String>,
    pub file_id: Option<Uuid>,
    pub owner: Option<String>,
    pub person_id: Option<Uuid>,
    pub at_ms: i64,
    pub archived_ms: Option<i64>,
    pub archived_by: Option<Uuid>,
    pub archive_reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
