//! Table `event_batch`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event_batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub procedure_id: Uuid,
    pub request: String,
    pub planned: i32,
    pub created_by: Uuid,
    pub created_ms: i64,
    pub undone_by: Option<Uuid>,
    pub undone_ms: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
