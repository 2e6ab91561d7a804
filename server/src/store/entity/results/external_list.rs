//! Table `external_list`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "external_list")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Uuid,
    pub year: i32,
    pub subject: Option<String>,
    pub grade: Option<i32>,
    pub source: String,
    pub name: String,
}

impl ActiveModelBehavior for ActiveModel {}
