//! Table `audit`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    pub at_ms: i64,
    pub person_id: Option<Uuid>,
    pub action: String,
    pub object: String,
    pub details: String,
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
