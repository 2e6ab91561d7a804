//! Table `mechanism_assessment`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mechanism_assessment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub year: i32,
    pub form_id: String,
    pub form_version: String,
    pub state: String,
    pub opened_by: Option<Uuid>,
    pub opened_ms: i64,
    pub submitted_by: Option<Uuid>,
    pub submitted_ms: Option<i64>,
    pub concluded_by: Option<Uuid>,
    pub concluded_ms: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
