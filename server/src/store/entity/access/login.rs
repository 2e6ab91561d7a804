//! Table `login`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "login")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub login_key: String,
    pub municipality_id: Uuid,
    pub person_id: Uuid,
    pub login: String,
    pub password_hash: String,
    pub changed_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
