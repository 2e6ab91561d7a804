//! Table `event_change`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    pub kind: String,
    pub at_ms: i64,
    pub person_id: Uuid,
    pub reason: String,
    pub date_before: String,
    pub start_before: String,
    pub room_before: String,
}

impl ActiveModelBehavior for ActiveModel {}
