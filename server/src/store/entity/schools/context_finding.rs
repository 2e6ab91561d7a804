//! Table `context_finding`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "context_finding")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i32,
    pub directions: String,
    pub reason: String,
    pub person_id: Option<Uuid>,
    pub at_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
