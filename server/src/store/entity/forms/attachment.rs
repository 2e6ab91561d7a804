//! Table `attachment`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attachment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    pub question: String,
    pub content_type: String,
    pub bytes: i64,
    pub received: i64,
    pub at_ms: i64,
    pub person_id: Uuid,
    pub created_ms: i64,
    pub completed_ms: Option<i64>,
    pub kept_hash: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
