//! Table `job`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub payload: String,
    pub state: String,
    pub attempts: i32,
    pub run_after_ms: i64,
    /// A worker that died loses its job when this passes.
    pub locked_until_ms: i64,
    pub created_ms: i64,
    pub finished_ms: Option<i64>,
    pub error: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
