//! Table `entry_link`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "entry_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// SHA-256 of the secret; the secret itself is shown once.
    pub token_hash: Vec<u8>,
    pub created_by: Uuid,
    pub created_ms: i64,
    pub expires_ms: i64,
    pub used_ms: Option<i64>,
    /// Another one was issued, or it was taken back.
    pub replaced_ms: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
