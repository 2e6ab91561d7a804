//! Table `operation`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "operation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub device_id: Uuid,
    pub sequence: i64,
    pub revision: i64,
    pub person_id: Uuid,
    pub received_ms: i64,
    pub base_revision: i64,
    pub at_ms: i64,
    pub zone_minutes: i32,
    pub form_version: String,
    pub change: String,
    /// Why it is kept but not folded.
    pub set_aside: Option<String>,
    /// Received after the submission was submitted.
    pub correction: bool,
}

impl ActiveModelBehavior for ActiveModel {}
