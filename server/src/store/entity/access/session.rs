//! Table `session`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    /// SHA-256 of the secret in the cookie.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub person_id: Uuid,
    pub created_ms: i64,
    pub seen_ms: i64,
    pub idle_ms: i64,
    pub ends_ms: i64,
    /// Words of the browser about itself.
    pub device: String,
}

impl ActiveModelBehavior for ActiveModel {}
