//! Table `agreement_entry`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agreement_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub campaign_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub id: Uuid,
    pub item: String,
    pub kind: String,
    pub side: String,
    pub value: Option<f64>,
    pub status: Option<String>,
    pub body: String,
    pub person_id: Uuid,
    pub at_ms: i64,
}

impl ActiveModelBehavior for ActiveModel {}
