//! Table `file_upload`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "file_upload")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub content_hash: String,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    pub scanned: bool,
    pub person_id: Option<Uuid>,
    pub at_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
