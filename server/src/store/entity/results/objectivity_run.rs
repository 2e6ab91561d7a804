//! Table `objectivity_run`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "objectivity_run")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub state: String,
    pub progress: f64,
    pub requested_ms: i64,
    pub finished_ms: Option<i64>,
    pub reason: String,
    pub engine_version: String,
    pub parameters: String,
    pub data_version: String,
    pub seed: i64,
    pub works: i64,
    pub cells: i32,
    pub result_hash: Option<String>,
    pub error: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
