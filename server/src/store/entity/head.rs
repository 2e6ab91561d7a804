//! Table `head`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "head")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    pub audit_sequence: i64,
    pub audit_hash: String,
    pub live_sequence: i64,
}

impl ActiveModelBehavior for ActiveModel {}
