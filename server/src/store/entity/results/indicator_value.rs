//! Table `indicator_value`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "indicator_value")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub indicator: String,
    pub year: i32,
    pub value: f64,
    pub evidence: String,
    pub person_id: Uuid,
    pub at_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
