//! Table `low_result_identification`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "low_result_identification")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at_ms: i64,
    pub person_id: Uuid,
    pub year: i32,
    pub rule: String,
    pub run_id: Option<Uuid>,
    pub judged: i32,
    pub schools: String,
}

impl ActiveModelBehavior for ActiveModel {}
