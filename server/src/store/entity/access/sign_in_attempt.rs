//! Table `sign_in_attempt`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_attempt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub failures: i32,
    pub window_ms: i64,
    pub blocked_until_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
