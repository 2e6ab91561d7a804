//! Table `event`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub procedure_id: Uuid,
    pub organisation_id: Uuid,
    pub date: String,
    pub start: String,
    pub duration_minutes: i32,
    pub subject: String,
    pub grade: i32,
    pub class: String,
    pub room: String,
}

impl ActiveModelBehavior for ActiveModel {}
